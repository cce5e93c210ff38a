"""What one learner's counted work says, in few words: for the pages on the whole class."""

import re
import sys
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Learner:
    """One learner's work for one exercise.

    ``answers``: by question id the share of the points (None where it waits, or was lost), the
    status and the message; ``texts``: what was written freely; ``wrong``: what a wrong answer
    says, as typed; ``first``: whether each was right at the first try, where the record of
    learning is there.
    """

    name: str
    groups: tuple
    lesson: str
    answers: dict
    texts: dict = field(default_factory=dict)
    wrong: dict = field(default_factory=dict)
    first: dict = field(default_factory=dict)


def learner(name, groups, exercise, result, record=None):
    """Return the Learner that a stored result describes.

    Parameters
    ----------
    name : str
    groups : tuple of str
        Whoever shares one may well write alike.
    exercise : assignment.Exercise
    result : dict
        As ``judge.grade`` returns it, with the marks of people.
    record : dict, optional
        The record of learning, where it was handed in.
    """
    answers, wrong = {}, {}
    variables = {one.id: one.variable for one in exercise.checked}
    for score in result["scores"]:
        is_known = score["points"] is not None and score["status"] != "unreadable"
        share = score["points"] / (score["out_of"] or 1) if is_known else None
        # Many are told the same: it is held once.
        said = sys.intern(score["status"]), sys.intern(score["message"])
        answers[sys.intern(score["question"])] = share, *said
        if score["status"] in ("wrong", "partly") and score["cell"] is not None:
            source = result["cells"][score["cell"]]["source"]
            found = re.search(
                rf"^[ \t]*{variables.get(score['question'], '')}[ \t]*=(.*)", source, re.M | re.S
            )
            if found:
                wrong[score["question"]] = " ".join(re.sub(r"#.*", "", found[1]).split()).casefold()
    checks = record.get("checks") if isinstance(record, dict) else None
    first = {
        key: one.get("first") == "right"
        for key, one in (checks.items() if isinstance(checks, dict) else ())
        if isinstance(one, dict) and key in variables
    }
    return Learner(name, groups, exercise.lesson, answers, dict(result["open"]), wrong, first)
