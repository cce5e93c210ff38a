"""Reads the question bank: one TOML file a lesson, checked entry by entry.

How an entry is written is told in ``docs/lecturer_guide.md``, "Add a question of your own". A
fault names the file, the line, the question and what is wrong, and stops whoever asked: it
never turns the course into one without questions.
"""

import re
import tomllib
from collections import abc
from functools import cache
from pathlib import Path

from softpower.feedback import near_sums
from softpower.feedback.answer_entries import ANSWER, WRONG, form
from softpower.feedback.answers import Choice, Mapping, Number, freely, measured_as
from softpower.feedback.entries import LETTERS, BankError, known, require, text
from softpower.feedback.plain import plain
from softpower.feedback.question import Question, Wrong
from softpower.feedback.rubric_entries import open_question

FOLDER = Path(__file__).parent / "bank"

CHECKED = {
    *("id", "variable", "objective", "taught", "points", "minutes", "part", "choose_from"),
    *("answer", "worked", "beside", "right", "otherwise", "hints", "letters", "wrong", "figures"),
}
OPEN = {"id", "objective", "taught", "points", "minutes", "rubric", "rubric_from", "figures"}
ID = re.compile(r"(\d\d)\.([a-z]|[1-9]\d?|code[1-9]\d?)")


class Bank(abc.Mapping):
    """Every question by its id; a lesson's file is read when one of its questions is asked for."""

    def __init__(self, folder):
        self._paths = {
            path.stem.removeprefix("lesson"): path for path in sorted(folder.glob("*.toml"))
        }
        self._read = {}

    def of(self, lesson):
        """Return the questions of one lesson by id."""
        if lesson not in self._read and lesson in self._paths:
            # A learner waits for this: that no two answers overlap is proved by the tests.
            self._read[lesson] = {q.id: q for q in read(self._paths[lesson], prove=False)}
        return self._read.get(lesson, {})

    @property
    def lessons(self):
        """The numbers of the lessons that have a file."""
        return list(self._paths)

    def __getitem__(self, question_id):
        return self.of(str(question_id).partition(".")[0])[question_id]

    def __iter__(self):
        for lesson in self._paths:
            yield from self.of(lesson)

    def __len__(self):
        return sum(len(self.of(lesson)) for lesson in self._paths)

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


def read(path, prove=True):
    """Return the questions of one bank file, in its order.

    Parameters
    ----------
    path : pathlib.Path
        A file named ``lessonNN.toml``.
    prove : bool
        Whether to hold each known wrong answer against the right one and the others as well.

    Raises
    ------
    BankError
        With the file, the line, the question and what is wrong.
    """
    source = path.read_text(encoding="utf-8")
    try:
        file = tomllib.loads(source)
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
            if prove and isinstance(questions[-1], Question):
                _sound(questions[-1])
        except BankError as fault:
            line = _line(source, number, fault.args[1:])
            raise BankError(f"{path.name}, line {line}, question {name}: {fault.args[0]}") from None
    return questions


def _line(source, number, key):
    """Return the line of the question with this number, or of a key in it that is at fault."""
    lines = source.splitlines()
    starts = [i for i, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*question\s*\]\]", line)]
    starts.append(len(lines) + 1)
    first = starts[min(number, len(starts)) - 1]
    if key:
        for i in range(first, starts[min(number, len(starts) - 1)]):
            if re.search(rf"(?<![\w-]){re.escape(str(key[0]))}\"?\s*[=\].]", lines[i - 1]):
                return i
    return first


def _question(entry, lesson):
    named = text(entry, "id")
    found = ID.fullmatch(named)
    require(
        found,
        f'the id "{named}" must be like "{lesson}.a" (in the lesson), "{lesson}.7" (in the '
        f'exercise) or "{lesson}.code2" (in its part In code).',
        "id",
    )
    require(found[1] == lesson, f'the id "{named}" belongs to another lesson.', "id")
    worth = _worth(entry, found[2])
    if "rubric" in entry or "rubric_from" in entry:
        known(entry, OPEN, "an open question")
        return open_question(entry, named, worth)
    known(entry, CHECKED, "the question")
    return _checked(entry, named, found[2], worth)


def _worth(entry, part):
    """Return the points and minutes, as settings of a question."""
    for key in ("points", "minutes"):
        value = entry.get(key, 1)
        require(
            isinstance(value, int) and not isinstance(value, bool) and value > 0,
            f"{key} must be a whole number above 0.",
            key,
        )
    if part.isalpha() and len(part) == 1:
        require("points" not in entry, "a question of a lesson carries no points.", "points")
        return {"minutes": entry.get("minutes", 1)}
    require("points" in entry, "a question of an exercise needs points.")
    require("minutes" in entry, "a question with points needs minutes.", "points")
    return {"points": entry["points"], "minutes": entry["minutes"]}


def _checked(entry, named, part, worth):
    require("answer" in entry, "the question has no answer.")
    require(
        "variable" in entry or not part.startswith("code"),
        "a question in code names its variable or function: variable = …",
    )
    right = form(entry["answer"], ANSWER)
    right = right if part.startswith("code") else freely(right)  # code rounds nothing by itself
    hints = entry.get("hints")
    require(
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
        require("letters" not in entry, "letters belong to an answer that is a letter.", "letters")
        wrong = []
    wrong += [_wrong(one, entry["answer"], right) for one in entry.get("wrong", [])]
    require(otherwise, "the question has no otherwise: the message for any other wrong answer.")
    choose_from = entry.get("choose_from", [])
    require(
        isinstance(choose_from, list) and all(isinstance(word, str) for word in choose_from),
        "choose_from must be a list of words.",
        "choose_from",
    )
    require(isinstance(entry.get("part", False), bool), "part must be true or false.", "part")
    return Question(
        id=named,
        variable=entry.get("variable", f"answer_{part}"),
        objective=text(entry, "objective"),
        right=right,
        wrong=tuple(wrong),
        otherwise=otherwise,
        explain=text(entry, "right"),
        hints=tuple(hints),
        taught=entry.get("taught", ""),
        part=entry.get("part", False),
        choose_from=tuple(choose_from),
        worked=_worked(entry.get("worked", ""), right),
        beside=_beside(entry.get("beside", [])),
        **worth,
    )


def _beside(numbers):
    """Return the numbers of the task that have no part in the arithmetic of the right one."""
    fine = isinstance(numbers, list) and all(
        isinstance(one, (int, float)) and not isinstance(one, bool) for one in numbers
    )
    require(fine, "beside is a list of numbers, those of the task that answer nothing.", "beside")
    return tuple(numbers)


def _worked(worked, right):
    """Return the arithmetic of a right number, or of each by name, which must come to it.

    A number may have several lines, each another way to it.
    """
    if isinstance(worked, list):
        return tuple(_worked(line, right) for line in worked)
    lines = worked if isinstance(worked, dict) else {None: worked} if worked else {}
    for name, line in lines.items():
        one = (
            right if name is None else right.forms.get(name) if isinstance(right, Mapping) else None
        )
        require(
            isinstance(one, Number) and isinstance(line, str),
            "worked is arithmetic of a number.",
            "worked",
        )
        came = near_sums.comes_to(line)
        require(
            came is not None and one.takes(came),
            f"worked comes to {came}, which is not right.",
            "worked",
        )
    return worked


def _letters(entry, right, otherwise):
    """Return the wrong letters with their messages, and what is said of anything else."""
    messages = entry.get("letters", {})
    every = sorted([*messages, right.letter])
    require(
        len(every) >= 2 and every == list(LETTERS[: len(every)]),
        "letters needs one message for each other letter, a, b, c and so on, without the right one.",
        "letters",
    )
    wrong = [Wrong(Choice(letter), text(messages, letter, "letters")) for letter in messages]
    listed = f"{', '.join(every[:-1])} and {every[-1]}"
    return wrong, otherwise or f"Choose one of the letters {listed}."


def _wrong(entry, answer, right):
    known(entry, {"answer", "message"}, "a known wrong answer")
    require("answer" in entry, "a known wrong answer has no answer.", "message")
    message = entry.get("message")
    require(
        isinstance(message, str) and message.strip(),
        f"the wrong answer {entry['answer']} has no message.",
        "wrong",
    )
    return Wrong(measured_as(form(entry["answer"], WRONG, answer, right), right), message)


def _sound(question):
    """Raise where a known wrong answer is right, or is taken for an earlier one."""
    for number, wrong in enumerate(question.wrong, 1):
        example = plain(next(iter(wrong.answer.examples())), question.calls)
        shown = f"wrong answer {number} ({wrong.message[:40]}…)"
        right = question.right.accepts(example) and not question.told_apart(wrong)
        require(not right, f"{shown} is right.", "wrong")
        for earlier, other in enumerate(question.wrong[: number - 1], 1):
            require(
                not other.answer.accepts(example),
                f"{shown} is taken for wrong answer {earlier}: put it before that one, or make "
                "that one narrower.",
                "wrong",
            )
    near = {}
    for wrong in question.wrong:
        near.setdefault(wrong.message, wrong)
    require(len(near) == len(question.wrong), "two wrong answers have the same message.", "wrong")
