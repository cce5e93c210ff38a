"""Questions of the course as a quiz of a learning platform: Moodle XML, and QTI for Canvas.

``items`` reads a question whole, its task from the notebook and its answers and messages from the
bank; ``moodle`` and ``canvas`` write it. What a platform cannot judge (functions, the settings of
a lab, a plan) is named and left out.
"""
