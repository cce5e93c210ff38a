"""The record of learning: what was tried, what is right, what was written. It stays in ``my_work``.

One small file, ``my_work/record.json``, that no lesson needs: where it is missing, damaged or
cannot be written, everything else works, and a new one is begun.
"""

import os
from datetime import datetime
from pathlib import Path

from softpower import keep
from softpower.errors import CourseError

FILE = "record.json"


def path():
    """Return where the record is kept."""
    return keep.my_work(FILE)


def read():
    """Return the record: ``{"checks": {id: ...}, "words": {id: [...]}, "last": path}``.

    Every part is there, empty where nothing was done yet.
    """
    try:
        found = keep.read_json(path())
    except OSError:
        found = {}
    parts = {
        name: found.get(name) if isinstance(found.get(name), dict) else {}
        for name in ("checks", "words")
    }
    last = found.get("last")
    return parts | {"last": last if isinstance(last, str) else ""}


def checked(question_id, status, share):
    """Add one try to the record; an answer not yet given is none.

    Parameters
    ----------
    question_id : str
    status : str
        ``"right"``, ``"partly"`` or ``"wrong"``.
    share : float
        Which part of the points the answer is worth, 0 to 1.

    Returns
    -------
    bool
        Whether it was kept.
    """
    record = read()
    before = record["checks"].get(question_id)
    before = before if isinstance(before, dict) else {"tries": 0, "first": status, "best": 0.0}
    record["checks"][question_id] = {
        "tries": int(before.get("tries", 0)) + 1,
        "first": before.get("first", status),
        "best": max(float(before.get("best", 0.0)), float(share)),
        "when": _now(),
    }
    return _write(record)


def written(question_id, text):
    """Keep a copy of a learner's words; earlier ones stay. Returns whether it was kept."""
    record = read()
    versions = record["words"].get(question_id)
    versions = versions if isinstance(versions, list) else []
    if not versions or versions[-1].get("text") != text:
        versions.append({"text": text, "when": _now()})
    record["words"][question_id] = versions
    return _write(record)


def last_words(question_id):
    """Return what was kept last of a learner's words for one place, or an empty text."""
    versions = read()["words"].get(question_id)
    last = versions[-1] if isinstance(versions, list) and versions else {}
    return str(last.get("text", "")) if isinstance(last, dict) else ""


def best(question_id, checks):
    """Return the best share of the points that one question's tries were worth, 0 to 1."""
    try:
        return min(1.0, max(0.0, float(checks[question_id]["best"])))
    except (KeyError, TypeError, ValueError):
        return 0.0


def _now():
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _write(record):
    here = notebook()
    try:
        keep.write_json(path(), record | ({"last": here} if here else {}))
    except CourseError:  # a full disk must not stop a check; it says so where words are kept
        return False
    return True


def notebook():
    """Return the path of the notebook that runs, from the course's folder, or an empty text."""
    session = os.environ.get("JPY_SESSION_NAME", "")
    if not session:
        return ""
    parts = Path(session).parts
    for folder in ("notebooks", "my_work"):
        if folder in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(folder) :])
    return ""
