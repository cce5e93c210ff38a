"""Answers that are a policy plan, as a dictionary or as the text that the studio shows."""

import copy
import re
from dataclasses import dataclass
from functools import cache

import pandas as pd

from softpower import policy, texts
from softpower.errors import CourseError
from softpower.feedback.plain import restore

PUBLISHED = ("steppe_voices", "after_the_games")
# A plan with fewer new sentences than these is a published one. Names do not count: five of them
# are soon changed. One sentence counts once, in however many boxes it stands.
NEW = 5
WORDS = 4
_NAMES = {"title", "name", "where", "who", "decision_maker", "precedent", "reference"}
_CHOSEN = {"format", "level", "lever", "marker", "precedent_case", "comparison", "basis", "about"}
_CHOSEN |= {"id", "objective", "audience", "source", "precedent_source"}


def _copied(text):
    """Return the plan in a text without what was copied with it: a fence, a sentence before it."""
    whole = re.fullmatch(
        r"\s*\ufeff?(?:[^{}]{0,200}?\n|[^{}\n]{0,60}?)?\s*(?:`{3}\w*\s*)?(\{.*\})\s*`{0,3}\s*",
        text,
        re.DOTALL,
    )
    return whole[1] if whole else text.strip()


def plan_in(given):
    """Return the plan in plain data, and why there is none: one of the two is empty."""
    if isinstance(given, dict) and given.get("$") == "mapping":
        return policy.read_numbers(restore(given)), ""
    if not isinstance(given, str):
        return None, ""
    then = texts.text("Copy the plan from the studio again, or mend that place.")
    try:
        return policy.read_numbers(policy.loads(_copied(given), texts.text("The text"), then)), ""
    except CourseError as why:
        return None, str(why)


def report(text):
    """Return the findings of a plan in a text as a table: level, place, message.

    Parameters
    ----------
    text : str
        As it was pasted. A damaged one gives one line, which says where it is damaged; the three
        dots that stood there give all that is still to write.
    """
    plan, why = plan_in(text)
    if plan is None and text.strip(" .\n"):
        found = [("error", texts.text("The text"), why)]
        return pd.DataFrame(found, columns=["level", "place", "message"])
    return policy.report(policy.new_plan() if plan is None else plan)


def written(plan):
    """Return the sentences in a plan, without its names, choices, numbers and short names.

    They come in small letters without punctuation, so that a full stop more is nothing new.
    """
    found = []
    for name, value in plan.items() if isinstance(plan, dict) else enumerate(plan):
        if isinstance(value, (dict, list)):
            found += written(value)
        elif isinstance(value, str) and name not in _CHOSEN | _NAMES:
            bare = re.sub(r"[\W_]+", " ", value.casefold()).strip()
            if len(bare.split()) >= WORDS:
                found.append(bare)
    return found


def new_in(plan):
    """Return how many sentences of a plan are in no published one; of many, ``NEW``."""
    theirs, new = [one for name in PUBLISHED for one in _published(name)], []
    for one in written(plan):
        if not any(_alike(one, other) for other in (*theirs, *new)):
            new.append(one)
        if len(new) == NEW:
            break
    return len(new)


def nearest(plan):
    """Return the name of the published plan with which a plan has most sentences in common."""
    mine = set(written(plan))
    return max(PUBLISHED, key=lambda name: len(mine.intersection(_published(name))))


@cache
def _published(name):
    return tuple(dict.fromkeys(written(policy.example(name))))


def _alike(one, other):
    """Say whether two texts are the same but for a letter or two."""
    if one == other or min(len(one), len(other)) < 20:
        return one == other
    mine, theirs = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(mine & theirs) > 0.85 * len(mine | theirs)


@dataclass(frozen=True)
class ValidPlan:
    """A policy plan without errors or missing parts, and not a published plan of the course."""

    other_than: object = PUBLISHED
    reads_blanks = True  # an empty box of a plan is told by its name
    wanted = texts.mark(
        "{name} should be a plan: paste the studio's text between the quotation marks."
    )

    def accepts(self, given):
        names = [self.other_than] if isinstance(self.other_than, str) else self.other_than
        if not self.understands(given) or any(SamePlan(name).accepts(given) for name in names):
            return False
        return policy.is_valid(policy.check(plan_in(given)[0]))

    def understands(self, given):
        return plan_in(given)[0] is not None

    def cannot_read(self, given):
        """Return why a text cannot be read as a plan, or nothing."""
        return plan_in(given)[1]

    def says(self, given):
        """Return what stops the plan: how many things, and the first three of them."""
        found = policy.check(plan_in(given)[0])
        wrong = [f for f in found if f.level == "error"]
        empty = [f for f in found if f.level == "missing"]
        stops = wrong or empty
        if not stops:
            return texts.text(
                "It is a published plan of the course. Change what you would do differently."
            )
        said = [
            texts.texts("One thing stops this plan.", "{count} things stop this plan.", len(stops))
        ]
        said += [f"({number}) {one}" for number, one in enumerate(stops[:3], 1)]
        if len(stops) > 3:
            said.append(texts.texts("And {count} more.", "And {count} more.", len(stops) - 3))
        if wrong and len(empty) > 1:
            said.append(
                texts.texts(
                    "Still to write: {place} and {count} more.",
                    "Still to write: {place} and {count} more.",
                    len(empty) - 1,
                    place=empty[0].place,
                )
            )
        elif wrong and empty:
            said.append(texts.text("Still to write: {place}.", place=empty[0].place))
        mend = texts.text("Mend it in the studio, and paste the text again.")
        return texts.sentences(*said, mend)

    def examples(self):
        yield policy.dumps(own_plan())
        yield own_plan()


@dataclass(frozen=True)
class SamePlan:
    """A published plan of the course, handed in as it stands or with a few words changed."""

    name: str
    wanted = texts.mark("{name} should be a plan of your own.")

    def accepts(self, given):
        plan = plan_in(given)[0]
        if plan is None or not written(plan) or new_in(plan) >= NEW:
            return False
        if nearest(plan) != self.name:
            return False
        return policy.is_valid(policy.check(plan))  # what stops a plan is told first

    def understands(self, given):
        return plan_in(given)[0] is not None

    def cannot_read(self, given):
        """Return why a text cannot be read as a plan, or nothing."""
        return plan_in(given)[1]

    def examples(self):
        plan = policy.example(self.name)
        yield plan
        yield policy.dumps(plan)
        changed = copy.deepcopy(plan)
        changed["title"] += "."
        changed["problem"] = changed["problem"].upper()
        yield changed


def own_plan():
    """Return a plan as somebody may hand it in: one that began from the exercise's."""
    plan = policy.example("after_the_games")
    plan["title"] = "Guests of the saddle: a visit that is repeated"
    plan["decision_maker"] = "Akimat of Astana, Department of Tourism"
    plan["message"] = "You saw the riders once. Come and learn how to hold the reins."
    plan["counter_voice"] = (
        "Most of us live in flats and have never sat on a horse. Why is that us?"
    )
    plan["left_out"] = (
        "People who cannot travel. A school in their own city is open to them each spring."
    )
    plan["instruments"][0] |= {
        "name": "Riding courses in spring, with words for the road",
        "points": 40,
    }
    plan["instruments"][1]["points"] = 25
    plan["instruments"][0]["transfer"] = (
        "Riding can be learnt at any age. Few cities have stables, so each course begins near one."
    )
    plan["problem"] = (
        "Of the guests of the Games of 2024 we found no count of those who came back. A city that "
        "does not know this pays for the next week of games in the dark."
    )
    return plan
