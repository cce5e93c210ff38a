"""Grade a class: find the submissions, run each in a sandbox, judge the values it hands over.

``discover`` finds the notebooks, ``notebook`` reads them, ``assignment`` tells which exercise
each one is. ``sandbox`` outside (with ``housing`` and ``hearing``) and ``runner`` inside (with
``shell``, ``running``, ``watching``) execute them, ``judge`` turns values into points,
``marking`` holds what a person decides, ``state`` what is done already. ``choice`` says which
of several hand-ins counts and for whom, ``standing`` how the class stands; ``gradebook``,
``returned``, ``pages``, ``sheets`` and ``results`` write it all down, and ``command`` is
``softpower grade``. ``sandbox_refuses`` lists what is refused to a submission, ``isolate`` and
``cgroup`` set its limits. ``desk`` is marking in a browser, ``insight`` and ``similar`` look at
the whole class (``learners`` says what one learner's work says), ``roster``, ``term`` and
``late`` know who and by when, ``letters`` the university's scale.

Whose a file is: ``archives`` opens zips, ``names`` and ``class_names`` read folders, the column
``handed_in_as`` has the last word. ``words`` finds what was written in free words, ``editions``
knows the words of former copies, ``plain_data`` what may come out of a sandbox, ``messages`` and
``troubles`` say what is told of an answer and of a notebook. ``markers`` and ``agreement`` are for
several who mark, ``form_grader`` takes marks from nbgrader; ``templates/`` holds the pages.
"""

# What both sides of the sandbox must agree on.
PATIENCE = 5  # a step may take this many times its computing time, waiting included
NOT_NESTED = 3  # the probe's exit code where a fork cannot have namespaces of its own
