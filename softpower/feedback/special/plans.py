"""Answers that are a policy plan."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from softpower import policy
from softpower.feedback.plain import restore

# So many of a plan's texts may be those of a published one before it is no longer one's own.
BORROWED = 0.7
_CHOSEN = {"format", "level", "lever", "marker", "precedent_case", "comparison", "basis", "about"}
_CHOSEN |= {"id", "objective", "audience", "source", "precedent_source"}


def texts(plan):
    """Return what is written in a plan, without its choices and names: letters and digits only."""
    found = []
    parts = plan.items() if isinstance(plan, dict) else enumerate(plan)
    for name, value in parts:
        if isinstance(value, (dict, list)):
            found += texts(value)
        elif isinstance(value, str) and name not in _CHOSEN and len(value) > 4:
            found.append(re.sub(r"[\W_]+", " ", value.casefold()).strip())
    return found


def borrowed(plan, name):
    """Return the share of a plan's texts that stand in a published one, a letter or two apart."""
    mine, theirs = texts(plan), [set(_pairs(text)) for text in texts(policy.example(name))]
    if not mine:
        return 0.0
    return sum(any(_alike(text, other) for other in theirs) for text in mine) / len(mine)


def _pairs(text):
    return [text[i : i + 2] for i in range(len(text) - 1)]


def _alike(text, other):
    mine = set(_pairs(text))
    return bool(mine) and len(mine & other) / max(1, len(mine | other)) > 0.85


@dataclass(frozen=True)
class ValidPlan:
    """A policy plan without errors or missing parts, and not a worked plan as it stands."""

    other_than: str
    reads_blanks = True  # an empty box of a plan is told by its name
    wanted = "a plan: paste the studio's text between the quotation marks"

    def accepts(self, given):
        if not self.understands(given) or SamePlan(self.other_than).accepts(given):
            return False
        return policy.is_valid(policy.check(restore(given)))

    def understands(self, given):
        return isinstance(given, dict) and given.get("$") == "mapping"

    def says(self, given):
        """Return what stops the plan: how many things, and the first three of them."""
        found = policy.check(restore(given))
        stops = [f for f in found if f.level == "error"] or [
            f for f in found if f.level == "missing"
        ]
        waiting = sum(f.level == "missing" for f in found) if stops[0].level == "error" else 0
        count = f"{len(stops)} things stop" if len(stops) > 1 else "One thing stops"
        shown = " ".join(f"({number}) {one}" for number, one in enumerate(stops[:3], 1))
        more = f" And {len(stops) - 3} more." if len(stops) > 3 else ""
        boxes = f" {waiting} boxes are still to write." if waiting > 1 else ""
        boxes = " One box is still to write." if waiting == 1 else boxes
        return f"{count} this plan. {shown}{more}{boxes} Mend it in the studio, and paste the text again."

    def examples(self):
        yield own_plan()


@cache
def _own_plan():
    return (Path(__file__).parent / "after_the_games.json").read_text(encoding="utf-8")


def own_plan():
    """Return a plan as somebody may hand it in: that of the worked exercise."""
    return policy.loads(_own_plan())


@dataclass(frozen=True)
class SamePlan:
    """A published plan of the course, handed in as it stands or with a few words changed."""

    name: str
    wanted = "a plan of your own"

    def accepts(self, given):
        return self.understands(given) and borrowed(restore(given), self.name) > BORROWED

    def understands(self, given):
        return isinstance(given, dict) and given.get("$") == "mapping"

    def examples(self):
        yield policy.example(self.name)
