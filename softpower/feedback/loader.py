"""Reads the question bank: one TOML file a lesson, checked entry by entry.

How an entry is written is told in ``docs/lecturer_guide.md``, "Add a question of your own". A
fault names the file, the line, the question and what is wrong, and stops whoever asked: it
never turns the course into one without questions.
"""

import difflib
import re
import tomllib
from collections import abc
from functools import cache
from pathlib import Path

from softpower.errors import CourseError
from softpower.feedback.answers import (
    SHARE,
    AnyOf,
    Choice,
    Listing,
    Mapping,
    Number,
    With,
    Words,
    measured_as,
)
from softpower.feedback.plain import plain
from softpower.feedback.question import Criterion, Level, OpenQuestion, Question, Wrong

FOLDER = Path(__file__).parent / "bank"

CHECKED = {
    *("id", "variable", "objective", "taught", "points", "minutes", "part", "choose_from"),
    *("answer", "right", "otherwise", "hints", "letters", "wrong", "figures"),
}
OPEN = {"id", "objective", "taught", "points", "minutes", "rubric", "rubric_from", "figures"}
ANSWER = {
    "number": {"number", "tolerance", "unit", "whole"},
    "letter": {"letter"},
    "words": {"words", "also"},
    "list": {"list", "ordered"},
    "mapping": {"mapping", "tolerance"},
    "any": {"any"},
    "function": {"function"},
    "special": None,  # its settings are those of the form in Python
}
WRONG = ANSWER | {
    "but": {"but", "tolerance"},
    "has": {"has", "lacks"},
    "lacks": {"has", "lacks"},
    "near_miss": {"near_miss"},
}
ID = re.compile(r"(\d\d)\.([a-z]|[1-9]\d?|code[1-9]\d?)")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class BankError(CourseError):
    """A fault in a file of the bank; the message says where and what."""


class Bank(abc.Mapping):
    """Every question by its id; a lesson's file is read when one of its questions is asked for."""

    def __init__(self, folder):
        self._paths = {
            path.stem.removeprefix("lesson"): path for path in sorted(folder.glob("*.toml"))
        }
        self._read = {}

    def _of(self, lesson):
        if lesson not in self._read and lesson in self._paths:
            self._read[lesson] = {q.id: q for q in read(self._paths[lesson])}
        return self._read.get(lesson, {})

    def __getitem__(self, question_id):
        return self._of(str(question_id).partition(".")[0])[question_id]

    def __iter__(self):
        for lesson in self._paths:
            yield from self._of(lesson)

    def __len__(self):
        return sum(len(self._of(lesson)) for lesson in self._paths)

    def __bool__(self):
        return bool(self._paths)


@cache
def bank():
    """Return every question of the course by its id, a :class:`Bank`.

    It is empty where there is no bank: the grader hides its folder from a submission's process.

    Raises
    ------
    BankError
        When a question is asked for whose file has a broken entry, or all of them are.
    """
    return Bank(FOLDER)


def read(path):
    """Return the questions of one bank file, in its order.

    Parameters
    ----------
    path : pathlib.Path
        A file named ``lessonNN.toml``.

    Raises
    ------
    BankError
        With the file, the line, the question and what is wrong.
    """
    text = path.read_text(encoding="utf-8")
    try:
        file = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BankError(f"{path.name}: this is not TOML. {error}") from None
    lesson = re.fullmatch(r"lesson(\d\d)\.toml", path.name)
    if not lesson:
        raise BankError(f"{path.name}: a bank file is called lesson01.toml, lesson02.toml, …")
    if set(file) - {"question"}:
        wrong = ", ".join(sorted(set(file) - {"question"}))
        raise BankError(f"{path.name}: {wrong} stands outside a question. Begin with [[question]].")
    questions, ids = [], set()
    for number, entry in enumerate(file.get("question", []), 1):
        name = str(entry.get("id", f"number {number}"))
        try:
            if name in ids:
                raise BankError("this id is used twice.")
            ids.add(name)
            questions.append(_question(entry, lesson[1]))
        except BankError as fault:
            line = _line(text, number, fault.args[1:])
            raise BankError(f"{path.name}, line {line}, question {name}: {fault.args[0]}") from None
    return questions


def _line(text, number, key):
    """Return the line of the question with this number, or of a key in it that is at fault."""
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*question\s*\]\]", line)]
    starts.append(len(lines) + 1)
    first = starts[min(number, len(starts)) - 1]
    if key:
        for i in range(first, starts[min(number, len(starts) - 1)]):
            if re.search(rf"(?<![\w-]){re.escape(str(key[0]))}\"?\s*[=\].]", lines[i - 1]):
                return i
    return first


def _require(condition, text, key=""):
    if not condition:
        raise BankError(text, *([key] if key else []))


def _known(entry, allowed, what):
    for key in entry:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            guess = f" Did you mean {near[0]}?" if near else f" It may have: {_listed(allowed)}."
            raise BankError(f"{what} has no key {key}.{guess}", key)


def _listed(names):
    return ", ".join(sorted(names))


def _text(entry, key, what="the question"):
    value = entry.get(key)
    _require(value is not None, f"{what} has no {key}.")
    _require(
        isinstance(value, str) and value.strip(), f"{key} must be text in quotation marks.", key
    )
    return value


def _question(entry, lesson):
    named = _text(entry, "id")
    found = ID.fullmatch(named)
    _require(
        found,
        f'the id "{named}" must be like "{lesson}.a" (in the lesson), "{lesson}.7" (in the '
        f'exercise) or "{lesson}.code2" (in its part In code).',
        "id",
    )
    _require(found[1] == lesson, f'the id "{named}" belongs to another lesson.', "id")
    worth = _worth(entry, found[2])
    if "rubric" in entry or "rubric_from" in entry:
        _known(entry, OPEN, "an open question")
        return _open(entry, named, worth)
    _known(entry, CHECKED, "the question")
    return _checked(entry, named, found[2], worth)


def _worth(entry, part):
    """Return the points and minutes, as settings of a question."""
    for key in ("points", "minutes"):
        value = entry.get(key, 1)
        _require(
            isinstance(value, int) and not isinstance(value, bool) and value > 0,
            f"{key} must be a whole number above 0.",
            key,
        )
    if part.isalpha() and len(part) == 1:
        _require("points" not in entry, "a question of a lesson carries no points.", "points")
        return {"minutes": entry.get("minutes", 1)}
    _require("points" in entry, "a question of an exercise needs points.")
    _require("minutes" in entry, "a question with points needs minutes.", "points")
    return {"points": entry["points"], "minutes": entry["minutes"]}


def _checked(entry, named, part, worth):
    _require("answer" in entry, "the question has no answer.")
    _require(
        "variable" in entry or not part.startswith("code"),
        "a question in code names its variable or function: variable = …",
    )
    right = form(entry["answer"], ANSWER)
    hints = entry.get("hints")
    _require(
        isinstance(hints, list)
        and len(hints) == 3
        and all(isinstance(hint, str) and hint.strip() for hint in hints)
        and len(set(hints)) == 3,
        "hints must be three different texts: a nudge, the method, nearly there.",
        "hints",
    )
    otherwise = entry.get("otherwise")
    if isinstance(right, Choice):
        wrong, otherwise = _letters(entry, right, otherwise)
    else:
        _require("letters" not in entry, "letters belong to an answer that is a letter.", "letters")
        wrong = []
    wrong += [_wrong(one, entry["answer"], right) for one in entry.get("wrong", [])]
    _require(otherwise, "the question has no otherwise: the message for any other wrong answer.")
    choose_from = entry.get("choose_from", [])
    _require(
        isinstance(choose_from, list) and all(isinstance(word, str) for word in choose_from),
        "choose_from must be a list of words.",
        "choose_from",
    )
    _require(isinstance(entry.get("part", False), bool), "part must be true or false.", "part")
    question = Question(
        id=named,
        variable=entry.get("variable", f"answer_{part}"),
        objective=_text(entry, "objective"),
        right=right,
        wrong=tuple(wrong),
        otherwise=otherwise,
        explain=_text(entry, "right"),
        hints=tuple(hints),
        taught=entry.get("taught", ""),
        part=entry.get("part", False),
        choose_from=tuple(choose_from),
        **worth,
    )
    _sound(question)
    return question


def _letters(entry, right, otherwise):
    """Return the wrong letters with their messages, and what is said of anything else."""
    messages = entry.get("letters", {})
    every = sorted([*messages, right.letter])
    _require(
        len(every) >= 2 and every == list(LETTERS[: len(every)]),
        "letters needs one message for each other letter, a, b, c and so on, without the right one.",
        "letters",
    )
    wrong = [Wrong(Choice(letter), _text(messages, letter, "letters")) for letter in messages]
    listed = f"{', '.join(every[:-1])} and {every[-1]}"
    return wrong, otherwise or f"Choose one of the letters {listed}."


def _wrong(entry, answer, right):
    _known(entry, {"answer", "message"}, "a known wrong answer")
    _require("answer" in entry, "a known wrong answer has no answer.", "message")
    message = entry.get("message")
    _require(
        isinstance(message, str) and message.strip(),
        f"the wrong answer {entry['answer']} has no message.",
        "wrong",
    )
    return Wrong(measured_as(form(entry["answer"], WRONG, answer, right), right), message)


def form(entry, kinds=ANSWER, answer=None, right=None):
    """Return the form of an answer from an entry of a bank file.

    Parameters
    ----------
    entry : dict, str, int, float, bool or list
        For example ``{"number": 12, "tolerance": 0.5}``; a bare value stands for itself.
    kinds : dict
        The kinds that are allowed here, each with its keys.
    answer, right : dict, form
        For a wrong answer: the question's own answer, as written and as a form.

    Raises
    ------
    BankError
    """
    if not isinstance(entry, dict):
        return entry
    kind = next((key for key in entry if key in kinds), None)
    _require(kind, f"an answer must be one of: {_listed(kinds)}.", next(iter(entry), "answer"))
    if kinds[kind]:
        _known(entry, kinds[kind], f"an answer with {kind}")
    return _FORMS[kind](entry, kinds, answer, right)


def _number(entry, *_):
    for key in ("number", "tolerance"):
        value = entry.get(key, 0)
        _require(
            isinstance(value, (int, float)) and not isinstance(value, bool),
            f"{key} must be a number.",
            key,
        )
    tolerance = entry.get("tolerance", 0)
    _require(tolerance >= 0, "tolerance must not be below 0.", "tolerance")
    unit = entry.get("unit", "")
    _require(isinstance(unit, str), "unit must be text in quotation marks.", "unit")
    _require(
        unit != SHARE or 0 <= entry["number"] <= 1,
        'a share lies between 0 and 1; for per cent the unit is "%".',
        "unit",
    )
    whole = entry.get("whole", False)
    _require(isinstance(whole, bool), "whole must be true or false.", "whole")
    return Number(entry["number"], float(tolerance), unit, whole=whole)


def _letter(entry, *_):
    letter = entry["letter"]
    _require(
        isinstance(letter, str) and letter in LETTERS[:10] and letter,
        "letter is one of a to j.",
        "letter",
    )
    return Choice(letter)


def _words(entry, *_):
    also = entry.get("also", [])
    _require(isinstance(also, list), "also must be a list of other spellings.", "also")
    return Words(_text(entry, "words", "the answer"), tuple(also))


def _list(entry, *_):
    items = entry["list"]
    _require(isinstance(items, list) and items, "list must be a list of items.", "list")
    return Listing(tuple(form(item) for item in items), entry.get("ordered", False))


def _mapping(entry, *_):
    items = entry["mapping"]
    _require(
        isinstance(items, dict) and items, "mapping must have a value for each name.", "mapping"
    )
    return Mapping({key: form(value) for key, value in items.items()}, entry.get("tolerance", 0.0))


def _any(entry, kinds, answer, right):
    _require(
        isinstance(entry["any"], list) and len(entry["any"]) > 1,
        "any must be a list of two answers or more.",
        "any",
    )
    return AnyOf(tuple(form(one, kinds, answer, right) for one in entry["any"]))


def _function(entry, *_):
    return _tried(entry["function"], "function").form()


def _tried(name, key):
    from softpower.feedback.special.functions import FUNCTIONS

    near = difflib.get_close_matches(str(name), FUNCTIONS, n=1)
    _require(
        name in FUNCTIONS,
        f"there is no function {name} in special/functions.py."
        + (f" Did you mean {near[0]}?" if near else ""),
        key,
    )
    return FUNCTIONS[name]


def _near_miss(entry, kinds, answer, right):
    _require(
        "function" in answer, "near_miss belongs to an answer that is a function.", "near_miss"
    )
    tried = _tried(answer["function"], "function")
    names = entry["near_miss"]
    forms = []
    for name in [names] if isinstance(names, str) else names:
        near = difflib.get_close_matches(name, tried.near, n=1)
        guess = f"Did you mean {near[0]}?" if near else f"There are: {_listed(tried.near)}."
        _require(name in tried.near, f"there is no near miss {name!r}. {guess}", "near_miss")
        forms.append(tried.form(tried.near[name]))
    return forms[0] if len(forms) == 1 else AnyOf(tuple(forms))


def _special(entry, *_):
    from softpower.feedback import special

    name, settings = entry["special"], {k: v for k, v in entry.items() if k != "special"}
    _require(name in special.SPECIAL, f"special is one of: {_listed(special.SPECIAL)}.", "special")
    try:
        return special.form(name)(**settings)
    except TypeError as error:
        raise BankError(f"{name}: {error}", "special") from None


def _but(entry, kinds, answer, right):
    _require(isinstance(right, Mapping), "but belongs to an answer that is a mapping.", "but")
    changed = {key: form(value) for key, value in entry["but"].items()}
    _keys_of(changed, right)
    return Mapping(right.items | changed, entry.get("tolerance", right.tolerance))


def _keys_of(named, right):
    for key in named:
        _require(key in right.items, f"the right answer has no {key}.", key)


def _has(entry, kinds, answer, right):
    has, lacks = entry.get("has", []), entry.get("lacks", [])
    if isinstance(right, Mapping):
        _require(isinstance(has, dict) and not lacks, "has must name keys and values here.", "has")
        _keys_of(has, right)
        return With(right, {key: form(value) for key, value in has.items()})
    _require(isinstance(right, Listing), "has and lacks belong to a list or a mapping.", "has")
    _require(
        isinstance(has, list) and isinstance(lacks, list), "has and lacks must be lists.", "has"
    )
    return With(right, tuple(form(one) for one in has), tuple(form(one) for one in lacks))


_FORMS = {
    "number": _number,
    "letter": _letter,
    "words": _words,
    "list": _list,
    "mapping": _mapping,
    "any": _any,
    "function": _function,
    "special": _special,
    "but": _but,
    "has": _has,
    "lacks": _has,
    "near_miss": _near_miss,
}


def _sound(question):
    """Raise where a known wrong answer is right, or is taken for an earlier one."""
    for number, wrong in enumerate(question.wrong, 1):
        example = plain(next(iter(wrong.answer.examples())), question.calls)
        shown = f"wrong answer {number} ({wrong.message[:40]}…)"
        _require(not question.right.accepts(example), f"{shown} is right.", "wrong")
        for earlier, other in enumerate(question.wrong[: number - 1], 1):
            _require(
                not other.answer.accepts(example),
                f"{shown} is taken for wrong answer {earlier}: put it before that one, or make "
                "that one narrower.",
                "wrong",
            )
    near = {}
    for wrong in question.wrong:
        near.setdefault(wrong.message, wrong)
    _require(len(near) == len(question.wrong), "two wrong answers have the same message.", "wrong")


def _open(entry, named, worth):
    if "rubric_from" in entry:
        rubric = tuple(_rubric_in(entry["rubric_from"]))
    else:
        rubric = tuple(_criterion(one) for one in entry["rubric"])
    best = sum(max(level.points for level in one.levels) for one in rubric)
    points = worth.get("points")
    _require(points == best, f"points is {points}, and the rubric adds up to {best}.", "points")
    return OpenQuestion(
        id=named,
        objective=_text(entry, "objective"),
        rubric=rubric,
        taught=entry.get("taught", ""),
        **worth,
    )


def _criterion(entry):
    _known(entry, {"name", "look_for", "levels"}, "a criterion")
    name = _text(entry, "name", "a criterion")
    levels = entry.get("levels", [])
    _require(
        isinstance(levels, list) and len(levels) == 4,
        f"the criterion {name} must have four levels.",
        "levels",
    )
    for level in levels:
        _known(level, {"points", "descriptor", "sample"}, "a level")
        for key in ("descriptor", "sample"):
            _text(level, key, f"a level of {name}")
    points = [level.get("points") for level in levels]
    _require(
        all(isinstance(p, (int, float)) for p in points)
        and points == sorted(points)
        and not points[0],
        f"the levels of {name} must have points that rise from 0.",
        "levels",
    )
    return Criterion(
        name, _text(entry, "look_for", "a criterion"), tuple(Level(**level) for level in levels)
    )


def _rubric_in(table):
    """The rubric of a table of ``data/``, which a lesson shows as well."""
    from softpower import data

    for name, rows in data.load(table).groupby("criterion", sort=False):
        levels = tuple(
            Level(int(row["points"]), row["descriptor"], row["sample"])
            for row in rows.to_dict("records")
        )
        yield Criterion(name, rows["look_for"].iloc[0], levels)
