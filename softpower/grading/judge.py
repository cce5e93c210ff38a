"""From a submission to its points: a pure job, run by any worker, on values alone."""

import atexit
import math
import re
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from softpower.feedback import Message, writing
from softpower.grading import assignment, notebook
from softpower.grading.plain_data import clean, is_plain
from softpower.grading.sandbox import Nest, Sandbox

KINDS_OF_STOP = {
    "time": "was stopped after its time ({seconds} seconds) and would not end",
    "memory": "used too much memory and was stopped",
    "output": "sent more data than any answer needs and was stopped",
    "died": "ended the whole program",
}

# Errors of code that reaches for what is not there while it is marked.
REACHING_OUT = {
    *("ConnectionError", "FileNotFoundError", "HTTPError", "ModuleNotFoundError", "OSError"),
    *("PermissionError", "TimeoutError", "URLError", "gaierror"),
}
LONGEST_CODE = 100_000  # characters of a text cell that may have been code
CHECKED = re.compile(r"""\bcheck\(\s*['"](\d\d\.(?:code)?\d+)['"]""")
UNSET = "No cell sets {}. Keep that name, so that the check finds your answer."
WAITED = "waited too long for a processor that others kept busy"
SPENT = (
    "This notebook was not run: the notebooks of this student have used {seconds} seconds together."
)
ALONE = "A notebook is marked without the internet, with the course's own files and packages only."


@dataclass(frozen=True)
class Job:
    """One submission on its way to a worker: who, which file, and its bytes."""

    student: str
    number: str
    file: str
    folder: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Course:
    """What marking needs to know: the exercises, and how submissions are run."""

    exercises: dict
    limits: object
    mode: str
    hidden: tuple = ()


def grade(job, course, sandbox, seconds=math.inf):
    """Mark one submission.

    Parameters
    ----------
    job : Job
    course : Course
    sandbox : Sandbox
        A warm one; it is used and handed back.
    seconds : float
        What is left of the time for this student's notebooks.

    Returns
    -------
    dict
        Plain data: ``student``, ``number``, ``file``, ``folder``, ``lesson`` (or None),
        ``problem`` (why it could not be read, or empty), ``scores`` (one a question), ``open``
        (text by question id), ``cells`` (what the feedback page shows) and ``remarks``.
    """
    result = _empty(job, course)
    try:
        cells, damage = notebook.read_with_remark(job.content)
    except notebook.Unreadable as error:
        return clean(result | {"problem": f"{error} Please hand in the notebook again."})
    result["cells"] = [asdict(cell) for cell in cells]
    lessons = assignment.candidates(cells, course.exercises, job.file)
    if not lessons:
        return result | {
            "problem": "No question of an exercise was found in this notebook. "
            "Please check that you handed in the exercise, not the lesson."
        }
    # Where even its content fits several exercises, it is the one that it answers best.
    until = time.monotonic() + min(seconds, course.limits.total_seconds)
    marked = []
    for lesson in lessons:
        left = max(until - time.monotonic(), 1)
        marked.append(_mark(cells, course.exercises[lesson], course, sandbox, left, damage))
    best = max(marked, key=lambda one: sum(score["points"] or 0 for score in one["scores"]))
    if any("### BEGIN SOLUTION" in cell.source for cell in cells):
        best["remarks"].append("it is the course's own worked answers, or holds cells of them.")
    return clean(result | best)


def _empty(job, course):
    return {
        "student": job.student,
        "number": job.number,
        "file": job.file,
        "folder": job.folder,
        "lesson": assignment.named_in(job.file, course.exercises) if course else None,
        "problem": "",
        "scores": [],
        "open": {},
        "cells": [],
        "remarks": [],
    }


def _mark(cells, exercise, course, sandbox, seconds, damage):
    code = [
        (number, cell.source)
        for number, cell in enumerate(cells)
        if cell.kind == "code" and cell.source.strip() and not writing.is_place(cell.source)
    ]
    checks = {question.variable: question for question in exercise.checked}
    code, revived = _with_code_in_text(code, cells, checks)
    ends = _ends_of_sections(cells, exercise)
    answers = {
        variable: {"id": question.id, "calls": question.calls, "until": ends.get(question.id)}
        for variable, question in checks.items()
    }
    outcome = sandbox.run(code, answers, seconds)
    remarks = [
        f"{_step(step)} {_why(why, course.limits)}." for step, why in outcome.stopped.items()
    ]
    remarks += [
        f"{_step(f'cell {number}')} was interrupted after {course.limits.cell_seconds} seconds."
        for number, (name, _) in outcome.errors.items()
        if name == "TimeLimit"
    ]
    remarks += [
        f"{_step(f'cell {number}')} {WAITED}."
        for number, (name, _) in outcome.errors.items()
        if name == "Waited"
    ]
    remarks += [
        f"{_step(f'cell {number}')} ran out of memory ({course.limits.memory_mb} MB)."
        for number, (name, _) in outcome.errors.items()
        if name == "MemoryError"
    ]
    if not outcome.complete and not remarks:
        remarks.append("did not run to its end.")
    remarks += revived
    remarks += [
        f"{_step(f'cell {number}')} could not import a module ({text}); the rest of its imports "
        "were made."
        for number, (name, text) in outcome.errors.items()
        if name == "ModuleNotFoundError"
    ]
    scores, texts = [], {}
    written, doubts = assignment.open_answers(cells, exercise)
    remarks += doubts
    for question in exercise.questions:
        if question in exercise.open:
            text, position = written[question.id]
            texts[question.id] = text
            score = _score(
                question,
                None if text else 0,
                "to mark" if text else "not yet",
                "" if text else "Nothing was written here.",
                position,
            )
        else:
            score = _checked(question, outcome, cells, course.limits)
        scores.append(score)
    remarks += [score["message"] for score in scores if score["why"] == "alone"]
    unset = [
        name
        for name, question in checks.items()
        if not question.optional
        and any(s["question"] == question.id and s["why"] == "unset" for s in scores)
    ]
    remarks = _with_what_is_lost(remarks, unset, damage)
    return {"lesson": exercise.lesson, "scores": scores, "open": texts, "remarks": remarks}


def _with_what_is_lost(remarks, unset, damage):
    """Add the answers that no cell sets. In a damaged file that is what its damage cost, so it is
    told with it, first: what happened, what was saved, what to do."""
    more = f" and {len(unset) - 3} more" if len(unset) > 3 else ""
    names = f"{', '.join(unset[:3])}{more}"
    if damage:
        lost = f" No cell sets {names} any more." if unset else ""
        return [f"{damage}.{lost} Ask the student for the whole file.", *remarks]
    if unset:
        return [*remarks, f"no cell sets {names}. Was the work done under another name?"]
    return remarks


def _with_code_in_text(code, cells, checks):
    """Add the answers that stand in a text cell: it was code when its check said Right.

    Returns the cells to run, and a remark on each that was added.
    """
    given = "\n".join(source for _, source in code)
    missing = {name for name in checks if name in given and not assignment.assigns(given, name)}
    missing |= {name for name in checks if name not in given}
    added = []
    for number, cell in enumerate(cells):
        if cell.kind == "code" or len(cell.source) > LONGEST_CODE:
            continue
        if not any(n in cell.source and assignment.assigns(cell.source, n) for n in missing):
            continue
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            compile(cell.source, "cell", "exec")
            added.append((number, cell.source))
    remarks = [
        f"{_step(f'cell {number}')} is text, and was run as the code in it." for number, _ in added
    ]
    return sorted([*code, *added]), remarks


def _ends_of_sections(cells, exercise):
    """Return the last code cell under each question whose check is gone: its answer stands there."""
    ends, section = {}, None
    numbers = {question.number: question.id for question in exercise.checked}
    for number, cell in enumerate(cells):
        if cell.kind == "markdown":
            section = next(filter(None, reversed(assignment.begun(cell, exercise))), section)
        elif cell.kind == "code" and section in numbers:
            ends[numbers[section]] = number
    kept = {one for cell in cells if cell.kind == "code" for one in CHECKED.findall(cell.source)}
    return {one: number for one, number in ends.items() if one not in kept}


def _score(question, points, status, message, position, why=""):
    """Return a score; ``why`` is for programs: "unset" by any cell, "alone": it reached out."""
    return {
        "question": question.id,
        "points": points,
        "out_of": question.points,
        "in_code": question.optional,
        "status": status,
        "message": message,
        "cell": position,
        "why": why,
    }


def _checked(question, outcome, cells, limits):
    """Judge one answer by the value that came out."""
    code = [(number, cell) for number, cell in enumerate(cells) if cell.kind == "code"]
    setting = [
        number for number, cell in code if assignment.assigns(cell.source, question.variable)
    ]
    # A cell that no longer sets the answer may still be the one made for it.
    where = setting or [number for number, cell in code if cell.grade_id == question.cell]
    position = (
        where[-1]
        if where
        else next(
            (number for number, cell in enumerate(cells) if f'"{question.id}"' in cell.source), None
        )
    )
    variable = question.variable
    given = [values[variable] for values in (outcome.values, outcome.checked) if variable in values]
    given = [value for value in given if is_plain(value)]
    if len(given) == 2 and repr(given[0]) == repr(given[1]):  # True is no 1
        given.pop()
    if given:
        # As it stands at the end, or as its check met it: the better counts.
        message = max((_message(question, value) for value in given), key=lambda one: one.share)
        status, text, trouble = message.status, message.text, ""
        points = question.points_for(message)
        if status == "not yet":  # the check's own words speak of cells to run
            trouble = _trouble(where, outcome, limits)
            text = f"{variable} is still blank, in part or in whole."
        why = "alone" if trouble and _reached_out(where, outcome) else ""
        return _score(question, points, status, f"{trouble} {text}".strip(), position, why)
    if variable in outcome.values or variable in outcome.unreadable or variable in outcome.stopped:
        why = outcome.unreadable.get(variable, "")
        why = {"TimeUp": "took too long", "Waited": WAITED, "too long": "is too long"}.get(
            why, "could not be read"
        )
        return _score(question, 0, "wrong", f"The value of {variable} {why}.", position)
    trouble = _trouble(where, outcome, limits)
    if trouble:
        why = "alone" if _reached_out(where, outcome) else ""
        said = f"{trouble} So {variable} has no value."
        return _score(question, 0, "stopped", said, position, why)
    text = f"There is no answer in {variable}." if setting else UNSET.format(variable)
    return _score(question, 0, "not yet", text, position, "" if setting else "unset")


def _message(question, value):
    try:
        return question.judge(value)
    except Exception as error:  # a value of a shape that no form foresaw
        text = f"{question.variable} holds a value that could not be checked ({error})."
        return Message("wrong", text[:300])


def _trouble(where, outcome, limits):
    """Say what went wrong in the cells that should have set an answer, if anything did."""
    for number in where:
        if f"cell {number}" in outcome.stopped:
            return f"{_step(f'cell {number}')} {_why(outcome.stopped[f'cell {number}'], limits)}."
        if number in outcome.errors:
            name, text = outcome.errors[number]
            if name == "Waited":
                return f"{_step(f'cell {number}')} {WAITED}."
            if name == "TimeLimit":
                return f"{_step(f'cell {number}')} ran longer than {limits.cell_seconds} seconds."
            # "(<ipython-input-1-...>, line 1)" tells a learner nothing but the line
            text = re.sub(r" \([^()]*, line (\d+)\)$", r" in its line \1", text)
            return " ".join(
                [
                    f"{_step(f'cell {number}')} stopped with {name}{': ' + text if text else ''}.",
                    *([ALONE] if name in REACHING_OUT else []),
                ]
            )
    return ""


def _reached_out(where, outcome):
    """Say whether the trouble of those cells is that they reached for what is not there."""
    for number in where:
        if f"cell {number}" in outcome.stopped:
            return False
        if number in outcome.errors:
            return outcome.errors[number][0] in REACHING_OUT
    return False


def _step(step):
    kind, _, number = step.partition(" ")
    return f"Cell {int(number) + 1}" if kind == "cell" and number.isdigit() else f"Reading {step}"


def _why(why, limits):
    return KINDS_OF_STOP.get(why, "ended the whole program").format(seconds=limits.cell_seconds)


# --- workers ----------------------------------------------------------------------------

_mine = threading.local()
_all, _nests, _lock = [], {}, threading.Lock()


def work(job, course, seconds=math.inf):
    """Mark one submission with this thread's own warm sandbox; never raises.

    One bad submission must not stop the batch: what goes wrong becomes its ``problem``.
    ``seconds`` is what is left of the student's time.
    """
    if seconds <= 0:
        spent = SPENT.format(seconds=course.limits.student_seconds)
        return _empty(job, course) | {"problem": spent, "remarks": ["it was not run."]}
    try:
        return grade(job, course, _sandbox(course), seconds)
    except Exception as error:
        return _empty(job, None) | {
            "problem": f"The grader itself failed ({type(error).__name__}). Nothing is lost: "
            "your lecturer will grade again.",
            "remarks": [f"the grader failed: {type(error).__name__}: {error}"[:500]],
            "failed": True,
        }


def _sandbox(course):
    wanted = (course.mode, course.limits, course.hidden)
    nest = _nest(wanted) if course.mode == "nested" else None
    if getattr(_mine, "made_for", None) != (wanted, nest):  # a closed nest is not used again
        if hasattr(_mine, "sandbox"):
            _mine.sandbox.close()
        _mine.sandbox, _mine.made_for = Sandbox(*wanted, nest=nest), (wanted, nest)
        _all.append(_mine.sandbox)
    return _mine.sandbox


def prepare(mode, limits, hidden):
    """Begin to start the warm process that :func:`work` will ask for."""
    if mode == "nested":
        _nest((mode, limits, hidden)).prepare()


def _nest(wanted):
    """Return the warm process that all threads of this process share."""
    with _lock:
        if wanted not in _nests:
            _nests[wanted] = Nest(*wanted)
        return _nests[wanted]


@atexit.register
def close_sandboxes():
    """End every warm process that this process has started."""
    while _all:
        with suppress(Exception):
            _all.pop().close()
    while _nests:
        with suppress(Exception):
            _nests.popitem()[1].close()
