"""What every question has, and a question that a person marks, by a rubric."""

from dataclasses import dataclass, field


class Named:
    """What an id tells: ``01.a`` stands in the lesson, ``01.7`` and ``01.code2`` in the exercise."""

    by_hand = False  # whether a person marks it, by a rubric

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

    by_hand = True
    id: str
    objective: str
    points: int
    minutes: int
    rubric: tuple = field(default_factory=tuple)
    taught: str = ""
