"""The shared package of the course: data, methods, figures, feedback and labs.

Floors, from the bottom: ``data``; ``index``, ``evaluation``, ``coding``, ``policy``;
``figures`` and ``feedback``; ``labs``. A module imports only from floors below its own.
"""

__version__ = "1.0.0"
