"""What is typed behind ``softpower``: one command a file, each with ``add_arguments`` and ``run``.

``softpower.cli`` names them all; ``trace``, ``grade`` and ``references`` lie in their own rooms.
``release`` makes ``exercises/`` from ``solutions/`` and publishes nothing; ``policy_plan`` is the
command ``plan``, which checks a learner's plan, and ``syllabus`` the page for a term as a file for
Word. Three files are no commands: ``lessons`` is what several share, ``edition`` makes a language's
pages for ``translate``, and ``front`` makes the site's front door.
"""
