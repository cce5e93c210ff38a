"""A small exercise and a class of submissions for the tests of the grader.

Four questions: a number (2 points), a value for each country (2), a function (3) and an open
answer (4). ``submissions`` has those of every kind that graders met, each with the mark
that is fair: what is there counts, what is broken costs its own question only.
"""

import json
from textwrap import dedent

from softpower.feedback import OpenQuestion, Question
from softpower.feedback.answers import Case, Function, Mapping, Number
from softpower.feedback.open_question import Criterion, Level
from softpower.feedback.question import Wrong
from softpower.grading.assignment import Exercise

COMMON = {
    "objective": "count",
    "otherwise": "Look again.",
    "explain": "Yes.",
    "hints": ("a", "b", "c"),
}
LEVELS = tuple(Level(points, f"descriptor {points}", f"sample {points}") for points in range(3))
QUESTIONS = (
    Question(
        id="77.1",
        variable="answer_1",
        right=Number(65, tolerance=0.5),
        points=2,
        wrong=(Wrong(Number(260), "That is the sum."),),
        **COMMON,
    ),
    Question(
        id="77.2",
        variable="answer_2",
        right=Mapping({"Japan": 70, "Korea": 60}),
        points=2,
        **COMMON,
    ),
    Question(
        id="77.3",
        variable="share",
        points=3,
        **COMMON,
        right=Function((Case((1, 4), 25), Case((3, 4), 75))),
    ),
    OpenQuestion(
        id="77.4",
        objective="argue",
        points=4,
        minutes=5,
        rubric=(
            Criterion("Claim", "one clear claim", LEVELS),
            Criterion("Evidence", "a source", LEVELS),
        ),
    ),
)
BANK = {question.id: question for question in QUESTIONS}

SETUP = "import pandas as pd\nimport matplotlib.pyplot as plt\nfrom softpower import feedback"
ONE = "scores = pd.Series({'Japan': 70, 'Korea': 60, 'Britain': 65})\nanswer_1 = scores.mean()"
TWO = "answer_2 = scores[['Korea', 'Japan']]"
THREE = "def share(part, whole):\n    return 100 * part / whole"
CHART = "figure, axes = plt.subplots()\naxes.bar(scores.index, scores)\nplt.show()"
ESSAY = "Soft power is attraction. **Nye** says so."
TASKS = {
    1: "### Question 1 · 2 points · 3 minutes\n\nWhat is the mean of the three scores? Write it as a number in answer_1.",
    2: "### Question 2 · 2 points · 3 minutes\n\nGive the scores of Japan and Korea by name, as a table, series or dictionary.",
    3: "### Question 3 · 3 points · 3 minutes\n\nWrite a function share(part, whole) that returns the part as a percentage.",
    4: "### Question 4 · 4 points · 5 minutes\n\nWhat is soft power? Answer in your own words, in fifty words or fewer, please.",
}
EXERCISE = Exercise(
    "77",
    "77_small_exercise",
    QUESTIONS,
    frozenset([*TASKS.values(), "# Exercise 77: small", SETUP, CHART]),
)


def code(source, grade_id="", **more):
    """Return a code cell; ``grade_id`` as nbgrader stores it."""
    metadata = {"nbgrader": {"grade_id": grade_id, "schema_version": 3}} if grade_id else {}
    return {
        "cell_type": "code",
        "metadata": metadata,
        "execution_count": None,
        "outputs": [],
        "source": dedent(source),
        "id": f"cell-{abs(hash(source)) % 10**8}",
        **more,
    }


def text(source, grade_id=""):
    """Return a Markdown cell."""
    return code(source, grade_id) | {"cell_type": "markdown"}


def cells(one=ONE, two=TWO, three=THREE, essay=ESSAY):
    """Return the cells of the exercise with these answers in it."""
    return [
        text("# Exercise 77: small"),
        code(SETUP),
        text(TASKS[1]),
        code(one, "q1"),
        code('feedback.check("77.1")', "q1-check"),
        text(TASKS[2]),
        code(two, "q2"),
        code('feedback.check("77.2")', "q2-check"),
        code(CHART),
        text(TASKS[3]),
        code(three, "q3"),
        code('feedback.check("77.3")', "q3-check"),
        text(TASKS[4]),
        text(essay, "q4"),
    ]


def notebook(made=None, **answers):
    """Return a notebook as a dictionary."""
    return {
        "cells": cells(**answers) if made is None else made,
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
    }


def as_bytes(made):
    return json.dumps(made, ensure_ascii=False).encode()


def handed_in(made=None, **answers):
    """Return a submission's bytes."""
    return as_bytes(notebook(made, **answers))


def without(grade_id):
    return [
        cell for cell in cells() if cell["metadata"].get("nbgrader", {}).get("grade_id") != grade_id
    ]


def changed(grade_id, **answers_and_source):
    source = answers_and_source.pop("source")
    made = cells(**answers_and_source)
    for cell in made:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            cell["source"] = source
    return made


def stripped():
    return [
        {key: value for key, value in cell.items() if key != "id"} | {"metadata": {}}
        for cell in cells()
    ]


def moved():
    """The answer stands in a new cell at the end; the scaffold is as it was."""
    return [*cells(one=ONE.replace("scores.mean()", "...")), code("answer_1 = 65")]


def pasted(grade_id, first):
    """An answer cell copied: the scaffold before or after the answer."""
    made = []
    for cell in cells():
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "q1":
            blank = code("answer_1 = ...", grade_id)
            made += [blank, cell] if first else [cell, blank]
        else:
            made.append(cell)
    return made


def version_3():
    """The format of IPython 2: worksheets, ``input``."""
    old = []
    for cell in stripped():
        if cell["cell_type"] == "code":
            cell = {key: value for key, value in cell.items() if key != "source"} | {
                "input": cell["source"],
                "language": "python",
                "prompt_number": 1,
            }
        old.append(cell)
    return {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": old, "metadata": {}}],
    }


def version_4_2():
    made = notebook(
        [{key: value for key, value in cell.items() if key != "id"} for cell in cells()]
    )
    return made | {"nbformat_minor": 2}


def colab():
    made = [
        cell | {"metadata": cell["metadata"] | {"id": "abc", "colab": {"base_uri": "x"}}}
        for cell in cells()
    ]
    made = [{key: value for key, value in cell.items() if key != "id"} for cell in made]
    return notebook(made) | {
        "nbformat_minor": 0,
        "metadata": {
            "colab": {"provenance": []},
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
        },
    }


def kernel(**kernelspec):
    return notebook() | {"metadata": {"kernelspec": kernelspec} if kernelspec else {}}


STRIP_ASSERTS = """
    import ast, sys
    class Strip(ast.NodeTransformer):
        def visit_Assert(self, node): return ast.Pass()
        def visit_Raise(self, node): return ast.Pass()
    get_ipython().ast_transformers.append(Strip())
    from softpower.feedback import question, plain
    question.Question.judge = lambda *a: question.Message("right", "passed")
    answer_1 = 1
"""
SWALLOW = """
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
READ_SOLUTION = """
    import glob, json, os
    found = [path for root in ("/", os.path.expanduser("~"), "../..") for part in ("*", "*/*", "*/*/*")
             for path in glob.glob(os.path.join(root, part, "*.ipynb"))]
    for path in [*found, {SOLUTION!r}]:
        for cell in json.load(open(path))["cells"]:
            if cell["cell_type"] == "code": exec("".join(cell["source"]))
"""
FORGE = """
    import gc, json, os, socket
    import softpower.feedback as feedback_module
    import softpower.grading.running as runner
    lie = lambda *a, **k: {"$": "right", "status": "right", "points": 99}
    feedback_module.plain = runner.send = json.dumps = lie
    for thing in gc.get_objects():
        if isinstance(thing, socket.socket):
            try:
                thing.send(b'["score", "77.1", 2]\\n["right", "77.1"]\\n["value", "answer_1", {"$": "right"}]\\n')
            except Exception: pass
    answer_1 = 1
"""
KILL_ALL = """
    import os, signal
    for pid in [-1, os.getppid(), 1, *range(2, 3000)]:
        if pid != os.getpid():
            try: os.kill(pid, signal.SIGKILL)
            except OSError: pass
"""
FORK_BOMB = """
    import os
    while True:
        try:
            if os.fork() == 0:
                while True: os.fork()
        except OSError: pass
"""
FILL_DISK = """
    for number in range(10_000):
        with open(f"file{number}", "wb") as file: file.write(b"x" * 10**7)
"""
NEVER = "import time\nwhile True: time.sleep(1)"
OUTSIDE = """
    import os
    for place in {PLACES!r}:
        try:
            with open(place, "w") as file: file.write("I was here")
        except OSError: pass
    answer_1 = 0
"""


def first(source):
    """Break the first question: this cell instead of its answer. ``scores`` is needed later."""
    return handed_in(
        changed("q1", source=dedent(source), two="answer_2 = {'Japan': 70, 'Korea': 60}")
    )


def submissions(solution="/nowhere.ipynb", outside=()):
    """Return the hostile, broken and unusual submissions: name, bytes, fair mark of 7.

    The first thirty-one are those on which nbgrader and otter-grader were tried.
    """
    wrong = {"one": "answer_1 = 1", "two": "answer_2 = 1", "three": "share = 1"}
    return [
        ("good, first of the batch", handed_in(), 7),
        ("not JSON", b"This is not a notebook", 0),
        ("truncated", handed_in()[:700], 0),
        ("empty file", b"", 0),
        ("test cell deleted", handed_in(without("q1-check")), 7),
        (
            "test cell overwritten, answer wrong",
            handed_in(changed("q1-check", source="assert True", one=ONE + " + 10")),
            5,
        ),
        (
            "test cell turned into Markdown",
            handed_in(
                [text(c["source"], "q1-check") if "77.1" in c["source"] else c for c in cells()]
            ),
            7,
        ),
        ("answer in an added cell", handed_in(moved()), 7),
        ("answer cell copied, same ids", handed_in(pasted("q1", first=True)), 7),
        ("answer cell pasted with a new id", handed_in(pasted("q1-copy", first=False)), 7),
        ("endless loop", first("while True: pass"), 5),
        ("endless loop that swallows the interrupt", first(SWALLOW), 5),
        (
            "3 GB array, then right",
            handed_in(one="import numpy as np\nbig = np.zeros(3 * 2**27)\n" + ONE),
            7,
        ),
        ("sys.exit()", first("import sys\nsys.exit()"), 5),
        ("os._exit(0)", first("import os\nos._exit(0)"), 5),
        ("kill -9 of itself", first("import os\nos.kill(os.getpid(), 9)"), 5),
        ("os._exit(0) in the last", handed_in(three=THREE + "\nimport os\nos._exit(0)"), 4),
        ("prints 100 MB", handed_in(one=ONE + "\nfor _ in range(100): print('x' * 10**6)"), 7),
        (
            "strips every assert, patches the judge, answers wrong",
            handed_in(**wrong | {"one": STRIP_ASSERTS}),
            0,
        ),
        (
            "reads the worked solution and runs it",
            handed_in(
                one=READ_SOLUTION.replace("{SOLUTION!r}", repr(str(solution))), two="", three=""
            ),
            0,
        ),
        (
            "writes outside its folder",
            handed_in(
                **wrong
                | {"one": OUTSIDE.replace("{PLACES!r}", repr([str(path) for path in outside]))}
            ),
            0,
        ),
        ("notebook format 4.2", as_bytes(version_4_2()), 7),
        ("saved by Colab", as_bytes(colab()), 7),
        ("all metadata stripped", handed_in(stripped()), 7),
        ("unknown kernel name", as_bytes(kernel(name="my-env", display_name="My env")), 7),
        ("no kernel name", as_bytes(kernel()), 7),
        ("syntax error", first("answer_1 = = 65"), 5),
        ("input()", first("answer_1 = float(input('mean? '))"), 5),
        ("missing module", first("import nosuchmodule\nanswer_1 = 65"), 5),
        ("file renamed hw1 (1).ipynb", handed_in(), 7),
        ("good, last of the batch", handed_in(), 7),
        # --- added by us ---
        ("notebook format 3", as_bytes(version_3()), 7),
        ("UTF-16 with a mark", json.dumps(notebook()).encode("utf-16"), 7),
        ("UTF-8 with a mark", b"\xef\xbb\xbf" + handed_in(), 7),
        ("forges frames and patches json", handed_in(**wrong | {"one": FORGE}), 0),
        ("kills every process it can name", first(KILL_ALL), 5),
        ("fork bomb", first(FORK_BOMB), 5),
        ("copies itself", handed_in(one="import os\nos.fork()\nos.fork()\n" + ONE), 7),
        ("fills the disk", first(FILL_DISK), 5),
        ("sleeps for ever", first(NEVER), 5),
        ("recursion without end", first("def f(): return f()\nf()"), 5),
        ("memory without end", first("block = []\nwhile True: block.append(bytearray(10**8))"), 5),
        (
            "a value without end",
            first("import itertools\nanswer_1 = map(str, itertools.count())"),
            5,
        ),
        ("a value of 20 MB", handed_in(one=ONE + "\nanswer_1 = 'x' * 20_000_000"), 5),
        ("a number of 5000 digits", handed_in(one=ONE + "\nanswer_1 = 10 ** 5000"), 5),
        (
            "a value that kills whoever reads it",
            first(
                "import os\nclass Evil:\n    def __getattr__(self, name): os._exit(1)\nanswer_1 = Evil()"
            ),
            5,
        ),
        (
            "a function that never returns",
            handed_in(three="def share(part, whole):\n    while True: pass"),
            4,
        ),
        (
            "a function that kills the program",
            handed_in(three="import os\ndef share(part, whole):\n    os._exit(1)"),
            4,
        ),
        (
            "a function that prints and draws",
            handed_in(
                three="def share(part, whole):\n    print(part)\n    plt.plot([1])\n    return part / whole * 100"
            ),
            7,
        ),
        (
            "deletes everything it can",
            handed_in(
                one="import shutil\nfor p in ('/scratch', '/etc', '/home', '/bin'): shutil.rmtree(p, ignore_errors=True)\n"
                + ONE
            ),
            7,
        ),
        (
            "answer given to the check alone",
            handed_in(
                changed(
                    "q1-check",
                    one="scores = pd.Series({'Japan': 70, 'Korea': 60})\nmean = 65",
                    source='feedback.check("77.1", mean)',
                )
            ),
            7,
        ),
        (
            "cells that were run in another order",
            handed_in([*cells(one="answer_1 = ..."), code(ONE)]),
            7,
        ),
        (
            "variable set again to a blank at the end",
            handed_in([*cells(), code("answer_1 = ...")]),
            7,
        ),
        (
            "patches the answer's class",
            handed_in(
                **wrong
                | {
                    "one": "from softpower.feedback import answers\nanswers.Number.accepts = lambda *a: True\nanswer_1 = 1"
                }
            ),
            0,
        ),
        (
            "a traced and threaded kernel",
            handed_in(
                one="import threading\nthreading.Thread(target=lambda: [0 for _ in iter(int, 1)], daemon=True).start()\n"
                + ONE
            ),
            7,
        ),
        (
            "magics and shell commands",
            handed_in(
                one="%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\ndisplay(1)\n!echo hello\n%time x = 1\n"
                + ONE
            ),
            7,
        ),
        (
            "a cell of spaces, a cell of Cyrillic",
            handed_in(
                [
                    *cells(),
                    code("   "),
                    code("жауап = 'Қазақстан'"),
                    {"cell_type": "code"},
                    "nonsense",
                    7,
                ]
            ),
            7,
        ),
        ("lone surrogates", json.dumps(notebook([*cells(), text("\ud800 \udfff")])).encode(), 7),
    ]
