"""From a submission to its points: a pure job, run by any worker, on values alone."""

import atexit
import math
import re
import threading
import time
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field

from softpower import texts
from softpower.feedback import writing
from softpower.grading import assignment, notebook, troubles
from softpower.grading.messages import message
from softpower.grading.plain_data import clean, is_plain
from softpower.grading.sandbox import Nest, Sandbox
from softpower.grading.troubles import LONG_WAIT, named, remarks_on, why_stopped

# Errors of code that reaches for what is not there while it is marked.
REACHING_OUT = {
    *("ConnectionError", "FileNotFoundError", "HTTPError", "ModuleNotFoundError", "OSError"),
    *("PermissionError", "TimeoutError", "URLError", "gaierror"),
}
LONGEST_CODE = 100_000  # characters of a text cell that may have been code
CHECKED = re.compile(r"""\bcheck\(\s*['"](\d\d\.(?:code)?\d+)['"]""")
UNSET = texts.mark("No cell sets {name}. Keep that name, so that the check finds your answer.")
SPENT = texts.mark(
    "This notebook was not run: the notebooks of this student have used {seconds} seconds together."
)
FAILED = texts.mark(
    "The grader itself failed ({error}). Nothing is lost: your lecturer will grade again."
)
NO_QUESTION = texts.mark(
    "No question of an exercise was found in this notebook. Please check that you handed in the "
    "exercise, not the lesson."
)
ALONE = texts.mark(
    "A notebook is marked without the internet, with the course's own files and packages only."
)


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
        ``language``, ``problem`` (why it could not be read, or empty), ``told`` (the same for the
        lecturer), ``scores`` (one a question), ``open`` (text by question id), ``cells`` (for the
        feedback page), ``remarks`` (the lecturer's), ``waited``, whether it was kept from the
        processor, ``lacks_a_part``, whether it arrived damaged and something is gone, ``guessed``,
        whose open answers are then words from elsewhere, ``is_worked``, whether it holds the
        course's own answers, ``asides`` (written outside the answers), ``seconds`` that it ran.
    """
    result = _empty(job, course)
    with texts.speaking(result["language"]):
        return _grade(job, course, sandbox, seconds, result)


def _grade(job, course, sandbox, seconds, result):
    try:
        with texts.speaking(None):  # a remark is the lecturer's
            cells, damage = notebook.read_with_remark(job.content)
    except notebook.Unreadable as error:
        why = str(error)
        return clean(result | _problem(job, lambda: _unreadable(why)))
    result["cells"] = [dict(vars(cell)) for cell in cells]
    lessons = assignment.candidates(cells, course.exercises, job.file)
    if not lessons:
        return result | _problem(job, lambda: texts.text(NO_QUESTION))
    # Where even its content fits several exercises, it is the one that it answers best.
    runs = [_Run(cells, course.exercises[lesson]) for lesson in lessons]
    with _turns:  # others run meanwhile what this one has read, or judge what they have run
        begun = time.monotonic()
        until = begun + min(seconds, course.limits.total_seconds)
        for run in runs:
            left = max(until - time.monotonic(), 1)
            run.outcome = sandbox.run(run.code, run.answers, left)
        result["seconds"] = time.monotonic() - begun
    marked = [_mark(run, course, damage) for run in runs]
    best = max(marked, key=lambda one: sum(score["points"] or 0 for score in one["scores"]))
    if any("### BEGIN SOLUTION" in cell.source for cell in cells):
        best["is_worked"] = True
        with texts.speaking(None):
            best["remarks"].append(
                texts.text("it is the course's own worked answers, or holds cells of them.")
            )
    return clean(result | best)


def _problem(job, said):
    """Return why something could not be marked, in the student's language and the lecturer's."""
    with texts.speaking(notebook.language(job.content)):
        problem = said()
    with texts.speaking(None):
        return {"problem": problem, "told": said()}


def _unreadable(why):
    return texts.sentences(texts.text(why), texts.text("Please hand in the notebook again."))


def _empty(job, course):
    return {
        "language": notebook.language(job.content),
        "student": job.student,
        "number": job.number,
        "file": job.file,
        "folder": job.folder,
        "lesson": assignment.named_in(job.file, course.exercises) if course else None,
        "problem": "",
        "told": "",
        "scores": [],
        "open": {},
        "cells": [],
        "remarks": [],
        "waited": False,
        "lacks_a_part": False,
        "guessed": [],
        "is_worked": False,
        "asides": [],
        "seconds": 0,
    }


class _Run:
    """What is run of a notebook, as the exercise that it may be: its code, the answers to take."""

    def __init__(self, cells, exercise):
        code = [
            (number, cell.source)
            for number, cell in enumerate(cells)
            if cell.kind == "code" and cell.source.strip() and not writing.is_place(cell.source)
        ]
        self.cells, self.exercise, self.outcome = cells, exercise, None
        self.checks = {question.variable: question for question in exercise.checked}
        with texts.speaking(None):  # remarks are the lecturer's, in the lecturer's own language
            self.code, self.revived = _with_code_in_text(code, cells, self.checks)
        ends = _ends_of_sections(cells, exercise)
        self.answers = {
            variable: {"id": question.id, "calls": question.calls, "until": ends.get(question.id)}
            for variable, question in self.checks.items()
        }


def _mark(run, course, damage):
    cells, exercise, outcome = run.cells, run.exercise, run.outcome
    with texts.speaking(None):
        remarks = remarks_on(outcome, course, run.revived)
    scores, words, asides, guesses = [], {}, [], set()
    written, doubts = assignment.open_answers(cells, exercise, asides, guesses)
    remarks += doubts
    for question in exercise.questions:
        if question in exercise.open:
            text, position = written[question.id]
            words[question.id] = text
            scores.append(_written(question, text, position))
        else:
            scores.append(_checked(question, outcome, cells, course.limits))
    unset = [
        name
        for name, question in run.checks.items()
        if not question.optional
        and any(s["question"] == question.id and s["why"] == "unset" for s in scores)
    ]
    alone = [score["question"] for score in scores if score["why"] == "alone"]
    with texts.speaking(None):  # the words of those are the student's
        for question in exercise.checked:
            if question.id in alone:
                remarks.append(_checked(question, outcome, cells, course.limits)["message"])
        remarks = troubles.with_what_is_lost(remarks, unset, damage)
    lacks_a_part = bool(damage) and troubles.mark_what_is_gone(run, scores, words)
    return {
        "lesson": exercise.lesson,
        "scores": scores,
        "lacks_a_part": lacks_a_part,
        "guessed": sorted(guesses) * lacks_a_part,
        "open": words,
        "asides": asides,
        "remarks": remarks,
        "waited": _waited(outcome),
    }


def _waited(outcome):
    """Say whether a cell, or the reading of an answer, was kept from the processor too long."""
    stopped = [name for name, _ in outcome.errors.values()]
    return "Waited" in [*stopped, *outcome.unreadable.values()]


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
        texts.text("{cell} is text, and was run as the code in it.", cell=named(f"cell {number}"))
        for number, _ in added
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


def _written(question, text, position):
    """Return the score of an open answer, which waits for a person."""
    if text:
        return _score(question, None, "to mark", "", position)
    return _score(question, 0, "not yet", texts.text("Nothing was written here."), position)


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
        found = max((message(question, value) for value in given), key=lambda one: one.share)
        status, text, trouble = found.status, found.text, ""
        points = question.points_for(found)
        why = ""
        if status == "not yet":  # the check's own words speak of cells to run
            trouble, why = _trouble(where, outcome, limits)
            text = texts.text("{name} is still blank, in part or in whole.", name=variable)
        elif endless := [number for number in where if _did_not_end(number, outcome)]:
            text = texts.sentences(text, _trouble(endless, outcome, limits)[0])
        return _score(question, points, status, texts.sentences(trouble, text), position, why)
    if variable in outcome.values or variable in outcome.unreadable or variable in outcome.stopped:
        why = outcome.unreadable.get(variable, "")
        said = texts.text(_NO_VALUE.get(why, _UNREAD), name=variable)
        return _score(question, 0, "wrong", said, position)
    trouble, why = _trouble(where, outcome, limits)
    if trouble:
        said = texts.sentences(trouble, texts.text("So {name} has no value.", name=variable))
        return _score(question, 0, "stopped", said, position, why)
    there = texts.mark("There is no answer in {name}.")
    text = texts.text(there if setting else UNSET, name=variable)
    return _score(question, 0, "not yet", text, position, "" if setting else "unset")


_UNREAD = texts.mark("The value of {name} could not be read.")
_NO_VALUE = {
    "TimeUp": texts.mark("The value of {name} took too long."),
    "Waited": texts.mark(
        "The value of {name} waited too long for a processor that others kept busy."
    ),
    "too long": texts.mark("The value of {name} is too long."),
}


def _did_not_end(number, outcome):
    """Say whether a cell had to be stopped: its answer may be right, and its student should know."""
    return f"cell {number}" in outcome.stopped or outcome.errors.get(number, "")[:1] == (
        "TimeLimit",
    )


def _trouble(where, outcome, limits):
    """Say what went wrong in the cells that should have set an answer, if anything did.

    Returns a text, and "alone" where a cell reached for what is not there.
    """
    for number in where:
        step = f"cell {number}"
        if step in outcome.stopped:
            return why_stopped(step, outcome.stopped[step], limits), ""
        if number in outcome.errors:
            name, text = outcome.errors[number]
            alone = name in REACHING_OUT
            said = _error(named(step), name, text, limits)
            return texts.sentences(said, texts.text(ALONE) if alone else ""), "alone" * alone
    return "", ""


def _error(cell, name, text, limits):
    """Say with which error a cell stopped."""
    if name == "Waited":
        return texts.text(LONG_WAIT, cell=cell)
    if name == "TimeLimit":
        return texts.texts(
            "{cell} ran longer than {count} second.",
            "{cell} ran longer than {count} seconds.",
            limits.cell_seconds,
            cell=cell,
        )
    # "(<ipython-input-1-...>, line 1)" tells a learner nothing but the line
    line = re.search(r" \([^()]*, line (\d+)\)$", text)
    error = f"{name}: {text[: line.start()] if line else text}" if text else name
    if line:
        return texts.text(
            "{cell} stopped with {error} in its line {line}.", cell=cell, error=error, line=line[1]
        )
    return texts.text("{cell} stopped with {error}.", cell=cell, error=error)


# --- workers ----------------------------------------------------------------------------

_mine = threading.local()
_all, _nests, _lock = [], {}, threading.Lock()
_turns = nullcontext()


def workers(jobs, course):
    """Let so many submissions run at a time; returns how many threads keep them running.

    One more reads the next notebook or judges the last meanwhile, where that costs no more than a
    fork: elsewhere each has a warm process of its own.
    """
    global _turns
    _turns = threading.Semaphore(jobs)
    return jobs + (course.mode == "nested")


def work(job, course, seconds=math.inf):
    """Mark one submission with this thread's own warm sandbox; never raises.

    One bad submission must not stop the batch: what goes wrong becomes its ``problem``.
    ``seconds`` is what is left of the student's time.
    """
    if seconds <= 0:
        used = texts.number(course.limits.student_seconds)
        spent = _problem(job, lambda: texts.text(SPENT, seconds=used))
        return _empty(job, course) | spent | {"remarks": [texts.text("it was not run.")]}
    try:
        return grade(job, course, _sandbox(course), seconds)
    except Exception as error:
        name = type(error).__name__
        failed = _problem(job, lambda: texts.text(FAILED, error=name))
        told = texts.text("the grader failed: {error}", error=f"{name}: {error}")[:500]
        return _empty(job, None) | failed | {"remarks": [told], "failed": True}


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
