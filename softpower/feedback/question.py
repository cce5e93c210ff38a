"""A question of an exercise: what is right, what is wrong in a known way, and what to say."""

from dataclasses import dataclass, field
from html import escape

from softpower.feedback.answers import Function, Mapping
from softpower.feedback.plain import blanks, is_blank, plain

STATUSES = {
    "right": ("Right.", "#00735C"),
    "wrong": ("Not right yet.", "#B34700"),
    "not yet": ("Not yet.", "#555555"),
    "recorded": ("Recorded.", "#555555"),
    "hint": ("Hint", "#555555"),
}


@dataclass(frozen=True)
class Message:
    """What a learner reads after a check: a status in words, a text, and hints to open."""

    status: str
    text: str
    hints: tuple = ()
    part: float = 0.0

    @property
    def share(self):
        """Which part of the points the answer is worth: 1 where it is right."""
        return 1.0 if self.status == "right" else self.part

    def __str__(self):
        return f"{STATUSES[self.status][0]} {self.text}".strip()

    def _repr_mimebundle_(self, include=None, exclude=None):
        word, colour = STATUSES[self.status]
        hints = "".join(
            f"<details><summary>{label}</summary><p>{escape(hint)}</p></details>"
            for label, hint in zip(
                ("A nudge", "The method", "Nearly there"), self.hints, strict=False
            )
        )
        html = (
            f'<div style="border-left:.4rem solid {colour};padding:.4rem .8rem">'
            f'<strong style="color:{colour}">{word}</strong> {escape(self.text)}{hints}</div>'
        )
        return {"text/html": html, "text/plain": str(self)}


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that people really give, and the message that explains it."""

    answer: object
    message: str


class Named:
    """What an id tells: ``01.a`` stands in the lesson, ``01.7`` and ``01.code2`` in the exercise."""

    @property
    def lesson(self):
        """The lesson's number, ``"01"``."""
        return self.id.partition(".")[0]

    @property
    def number(self):
        """What stands after the lesson: ``"a"``, ``"7"``, ``"code2"``."""
        return self.id.partition(".")[2]

    @property
    def cell(self):
        """The name of its cell in the exercise: ``"q7"``, ``"code2"``."""
        return self.number if self.optional else f"q{self.number}"

    @property
    def optional(self):
        """Whether it stands in the part *In code*, whose points are counted by themselves."""
        return self.number.startswith("code")


@dataclass(frozen=True)
class Question(Named):
    """A question that is checked by value.

    Parameters
    ----------
    id : str
        Lesson and number, ``"01.3"``; in a lesson itself a letter, ``"01.a"``.
    variable : str
        The name that the learner gives to the answer.
    objective : str
        Which of the lesson's objectives it tests.
    points, minutes : int
        What it is worth and how long it takes.
    right : form of an answer
        See :mod:`softpower.feedback.answers`.
    wrong : tuple of Wrong
        Known wrong answers. The first that fits speaks.
    otherwise : str
        The message for any other wrong answer: what to look at next, never the answer.
    explain : str
        What the right answer shows.
    hints : tuple of str
        A nudge, the method, nearly there.
    taught : str
        The heading of the lesson's section that teaches it.
    part : bool
        Whether a partly right list or mapping earns part of the points.
    choose_from : tuple of str
        Where the task gives a closed list of words: these.
    """

    id: str
    variable: str
    objective: str
    right: object
    otherwise: str
    explain: str
    hints: tuple
    wrong: tuple = ()
    points: int = 0
    minutes: int = 1
    taught: str = ""
    part: bool = False
    choose_from: tuple = ()

    @property
    def calls(self):
        """The calls to make where the answer is a function, as plain data."""
        cases = self.right.cases if isinstance(self.right, Function) else ()
        return [plain(list(case.arguments)) for case in cases]

    def judge(self, given):
        """Return the :class:`Message` for an answer given as plain data."""
        empty = blanks(given)
        if empty:
            return Message("not yet", self._what_is_blank(given, empty))
        if self.right.accepts(given):
            return Message("right", self.explain)
        return Message("wrong", self._what_is_wrong(given), self.hints)

    def _what_is_blank(self, given, empty):
        if is_blank(given) or (isinstance(given, dict) and given.get("$") == "function"):
            return f"Put your answer in place of the three dots of {self.variable}, run that cell, then this one."
        part = "One part is" if empty == 1 else f"{empty} parts are"
        return f"{part} still blank. Fill them in, run that cell, then this one."

    def _what_is_wrong(self, given):
        for wrong in self.wrong:
            if wrong.answer.accepts(given):
                return wrong.message
        if not self.right.understands(given):
            return f"{self.variable} should be {self.right.wanted}."
        if isinstance(self.right, Function) and self.right.first_error(given):
            return f"Your function stopped with: {self.right.first_error(given)}. {self.otherwise}"
        if isinstance(self.right, Mapping) and len(self.right.unlike(given)) < len(
            self.right.items
        ):
            again = ", ".join(str(key) for key in self.right.unlike(given)[:3])
            return f"Partly. Look again at: {again}. {self.otherwise}"
        # A form that knows what is wrong with an answer says so itself.
        says = getattr(self.right, "says", None)
        return says(given) if says else self.otherwise


@dataclass(frozen=True)
class Level:
    """One level of a criterion: its points, what it looks like, and a short sample."""

    points: float
    descriptor: str
    sample: str


@dataclass(frozen=True)
class Criterion:
    """One criterion of a rubric, with four levels and what a marker should look for."""

    name: str
    look_for: str
    levels: tuple


@dataclass(frozen=True)
class OpenQuestion(Named):
    """A question that a person marks, by a rubric of criteria with four levels each."""

    id: str
    objective: str
    points: int
    minutes: int
    rubric: tuple = field(default_factory=tuple)
    taught: str = ""
