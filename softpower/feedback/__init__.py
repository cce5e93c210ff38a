"""Floor 3. Questions, hints, and what each wrong answer shows.

``check("01.3")`` looks at the variable ``answer_3`` of the notebook and says what the answer
shows. ``hint("01.3")`` opens the next of three hints. Nothing here raises on a wrong answer,
so a learner never meets a traceback that is not their own.
"""

import difflib
import os

from softpower.errors import CourseError
from softpower.feedback.loader import bank
from softpower.feedback.plain import plain
from softpower.feedback.question import Message, OpenQuestion, Question

__all__ = ["Message", "OpenQuestion", "Question", "bank", "check", "hint", "plain", "rubric"]

_ASK_NOTEBOOK = object()
_hints_opened = {}


def _question(question_id):
    questions = bank()
    if question_id not in questions:
        near = difflib.get_close_matches(str(question_id), list(questions), n=1)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        raise CourseError(f"There is no question {question_id!r}.{guess}")
    return questions[question_id]


def _from_notebook(variable):
    # Read from the notebook, so that a cell run out of order is "not yet", not a NameError.
    try:
        from IPython import get_ipython

        return get_ipython().user_ns.get(variable, ...)
    except (ImportError, AttributeError):
        return ...


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
        Right, not right yet with three hints, or not yet.

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
    if isinstance(question, OpenQuestion):
        raise CourseError(f"Question {question_id} is marked by a person; its rubric is below it.")
    answer = _from_notebook(question.variable) if value is _ASK_NOTEBOOK else value
    message = question.judge(plain(answer, question.calls))
    if message.status != "right" and os.environ.get("NBGRADER_EXECUTION") in (
        "autograde",
        "validate",
    ):
        raise AssertionError(str(message))
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
    return Message("hint", f"{opened + 1} of {len(hints)}. {hints[opened]}")


def rubric(question_id):
    """Return an open question's rubric as a table: criterion, level, points, sample."""
    import pandas as pd

    rows = [
        {
            "criterion": criterion.name,
            "points": level.points,
            "what it looks like": level.descriptor,
            "sample": level.sample,
        }
        for criterion in _question(question_id).rubric
        for level in criterion.levels
    ]
    return pd.DataFrame(rows)
