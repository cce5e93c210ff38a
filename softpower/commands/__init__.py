"""What a maintainer runs: one command a file, each with ``add_arguments`` and ``run``.

``softpower.cli`` names them; what has rooms of its own (``trace``, ``grading``) is not here.
"""
