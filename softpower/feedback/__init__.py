"""Questions, hints, and what each wrong answer shows.

``check("01.3")`` looks at the variable ``answer_3`` of the notebook and says what the answer
shows. ``hint("01.3")`` opens the next of three hints. Nothing here raises on a wrong answer,
so a learner never meets a traceback that is not their own; only where nbgrader marks does one
raise, because nbgrader counts by that.

``bank/`` holds the questions, a file a lesson, as data; ``reading/`` reads what somebody typed;
``special/`` checks the few answers that data cannot hold. ``writing`` takes what is written in
words, ``record`` keeps what was tried, ``progress`` shows it. ``question`` judges an answer and
says what an empty or a wrong one lacks; ``answers`` and ``number`` are the forms of an answer,
``misread`` and ``misread_number`` say why one cannot be read; ``slips`` and ``near_*`` know what
goes wrong in any question. ``loader`` and ``*entries`` read the bank.
"""

import os
import sys

from softpower import texts
from softpower.errors import CourseError
from softpower.feedback import kindly, progress, record, stale, writing
from softpower.feedback.loader import bank
from softpower.feedback.message import Message
from softpower.feedback.open_question import OpenQuestion
from softpower.feedback.plain import plain
from softpower.feedback.question import Question

__all__ = [
    "Message",
    "OpenQuestion",
    "Question",
    "bank",
    "check",
    "hint",
    "plain",
    "plan_report",
    "rubric",
    "side_by_side",
    "summary",
]

_ASK_NOTEBOOK = object()
_hints_opened = {}


def _question(question_id):
    questions = bank()
    if question_id not in questions:
        raise CourseError(
            texts.sentences(
                texts.text("There is no question {name!r}.", name=question_id),
                texts.meant(texts.near(question_id, questions)),
            )
        )
    return questions[question_id]


def plan_report(text):
    """Return what the check says of a plan in a text, warnings included, as a table.

    Parameters
    ----------
    text : str
        As it was pasted from the studio. A text that is damaged gives one line, which says where.
    """
    from softpower.feedback.special import plans

    return plans.report(text)


def _shell():
    """Return the notebook's shell, or None where no notebook runs."""
    # A notebook has loaded IPython; where nothing has, there is no shell, and none is loaded.
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


def _from_notebook(variable):
    # Read from the notebook, so that a cell run out of order is "not yet", not a NameError.
    shell = _shell()
    return ... if shell is None else shell.user_ns.get(variable, ...)


def _is_marked():
    """Say whether nbgrader marks or validates the notebook."""
    return os.environ.get("NBGRADER_EXECUTION") in ("autograde", "validate")


def check(question_id, value=_ASK_NOTEBOOK):
    """Check one answer and say what it shows.

    Parameters
    ----------
    question_id : str
        For example ``"01.3"``.
    value : object, optional
        The answer. Where not given, the notebook's variable that the question names.

    Returns
    -------
    Message
        Right, partly right or not right yet with three hints, or not yet. While nbgrader marks,
        a partly right answer gives its points as a number, which nbgrader counts.

    Raises
    ------
    CourseError
        Where there is no such question.
    AssertionError
        Only while nbgrader marks the notebook, where a wrong answer must fail its cell.
    """
    if not bank():
        return Message("recorded", "")
    question = _question(question_id)
    if question.by_hand:
        raise CourseError(
            texts.text(
                "Question {question} is marked by a person; its rubric is below it.",
                question=question_id,
            )
        )
    asked = value is _ASK_NOTEBOOK
    failed = stale.message(question.variable, question.asks_for_a_number) if asked else ""
    if asked and not failed and question.asks_for_a_number:
        failed = stale.of_pair(question.variable)
    if failed:
        message = Message("not yet", failed)
    else:
        answer = _from_notebook(question.variable) if asked else value
        message = question.judge(plain(answer, question.calls))
    if message.status != "right" and _is_marked():
        if message.status == "partly" and os.environ["NBGRADER_EXECUTION"] == "autograde":
            return question.points_for(message)
        raise AssertionError(str(message))
    judged = message.status in ("right", "partly", "wrong") and not message.unread
    if asked and judged and _shell() is not None:  # what could not be read is no try
        record.checked(question_id, message.status, message.share)
    return message


def hint(question_id):
    """Open the next hint of a question; after the third it is shown again.

    Parameters
    ----------
    question_id : str
        For example ``"01.3"``.

    Returns
    -------
    Message
    """
    if not bank():
        return Message("recorded", "")
    hints = _question(question_id).hints
    opened = _hints_opened.get(question_id, 0)
    _hints_opened[question_id] = min(opened + 1, len(hints) - 1)
    said = texts.text(
        "{opened} of {all}. {hint}",
        opened=opened + 1,
        all=len(hints),
        hint=texts.text(hints[opened]),
    )
    return Message("hint", said)


def rubric(question_id):
    """Return an open question's rubric as a grid: a row a criterion, a column a level.

    Parameters
    ----------
    question_id : str
        An open question, for example ``"01.11"``.

    Returns
    -------
    pandas.DataFrame
        ``criterion`` and one column for each number of points: what that level looks like,
        with a short sample.
    """
    import pandas as pd

    # Columns are called the same in every language; their headings are the reader's.
    labels = {"criterion": texts.text("criterion")}
    rows = [
        {"criterion": texts.text(criterion.name)}
        | {
            _level(level.points, labels): texts.text(
                "{descriptor} For example: {sample}",
                descriptor=texts.text(level.descriptor),
                sample=texts.text(level.sample),
            )
            for level in criterion.levels
        }
        for criterion in _question(question_id).rubric
    ]
    grid = pd.DataFrame(rows)
    grid.attrs["labels"] = labels
    return grid


def _level(points, labels):
    """Return the name of a level's column, and note its heading."""
    name = f"{points:g} point" if points == 1 else f"{points:g} points"
    labels[name] = texts.texts(
        "{points} point", "{points} points", points, points=texts.number(points)
    )
    return name


def summary(lesson=""):
    """Show what is done so far and what to look at again.

    Parameters
    ----------
    lesson : str, optional
        The number of one exercise, ``"03"``; the whole course where not given.
    """
    if not bank():
        return Message("recorded", "")
    if lesson:
        return progress.exercise(bank().of(lesson), record.read(), lesson)
    return progress.course(bank(), record.read())


def side_by_side(first, last):
    """Show two texts that the learner wrote with ``%%write``, one beside the other.

    Parameters
    ----------
    first, last : str
        The ids of their places, for example ``"01.start"`` and ``"10.end"``.
    """
    return progress.side_by_side(first, last, record.read())


def _join_notebook():
    """In a notebook: make ``%%write`` known, notice cells that fail, and say what to do."""
    shell = _shell()
    if shell is None:
        return
    if _is_marked():  # the marker's own record is nobody's work
        writing.register(shell, lambda question_id, text: True, lambda question_id: "")
    else:
        writing.register(shell, record.written, record.last_words)
        kindly.watch(shell)
    stale.watch(shell)


def load_ipython_extension(shell):
    """Let a kernel that ``start.py`` set up know ``%%write`` from its start: importing does it."""


_join_notebook()
