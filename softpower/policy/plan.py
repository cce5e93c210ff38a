"""What a plan is made of: its form, an empty one, its rows and their names."""

import json
from functools import cache
from numbers import Real
from pathlib import Path

from softpower import data, texts
from softpower.schema import finite

FORMAT = "softpower-plan-1"
TO_BE_MEASURED = texts.word("to be measured")
# Fields of a plan that a table shows by their names, and whom an assumption may be about.
_SHOWN = (texts.word("measures"), texts.word("low"), texts.word("central"), texts.word("high"))
_SHOWN += (texts.word("because"), texts.word("rivals"))
RIVALS = "rivals"
MY_PLAN = "policy_plan.json"  # the learner's own, in my_work
OUTCOMES = ("outcome", "impact")
SECTIONS = (
    "evidence",
    "audiences",
    "objectives",
    "instruments",
    "kpis",
    "assumptions",
    "risks",
    "sources",
)
HERE = Path(__file__).parent
# The identity markers by their plain names: the form has the words of a document on Kazakhstan.
MARKERS = ("heritage", "language", "values", "creativity")
ID_LETTERS = {"audiences": "A", "objectives": "O", "instruments": "I", "kpis": "K", "sources": "S"}


@cache
def schema():
    """Return the plan's JSON Schema (draft 2020-12) as a dictionary; do not change it."""
    return json.loads((HERE / "schema.json").read_text(encoding="utf-8"))


def new_plan():
    """Return a plan in which nothing is written yet."""
    empty = {"array": list, "string": str}
    parts = schema()["properties"]
    plan = {name: empty.get(part.get("type"), lambda: None)() for name, part in parts.items()}
    return plan | {"format": FORMAT}


def choices(field):
    """Return the choices of a field of the schema: what is stored, and how it reads."""
    if "enum" in field:
        return {value: value for value in field["enum"]}
    return {choice["const"]: choice["title"] for choice in field.get("oneOf", ())}


def in_words(section, name, value):
    """Say a chosen value as it reads: ``outreach_infrastructure`` is "visible outreach".

    In the reader's language, as :func:`softpower.texts.cell` has it.
    """
    field = schema()["properties"][section]["items"]["properties"][name]
    return texts.cell(_title(value, choices(field).get(value, value)))


def shown(part):
    """Return a part of the plan's schema as a form shows it, in the reader's language.

    Parameters
    ----------
    part : dict, list or scalar
        The schema, or what stands in it.
    """
    if isinstance(part, list):
        return [shown(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {name: shown(value) for name, value in part.items()}
    if isinstance(part.get("title"), str):
        found["title"] = texts.cell(_title(part.get("const"), part["title"]))
    if isinstance(part.get("description"), str):
        found["description"] = texts.cell(part["description"])
    if isinstance(part.get("enum"), list):
        found["shown"] = [texts.cell(choice) for choice in part["enum"]]
    return found


def _title(value, title):
    """A marker reads as our document has it for Kazakhstan; for another country by its plain name."""
    return value if value in MARKERS and data.home() != "Kazakhstan" else title


def new_row(plan, section):
    """Return an empty row for a section, with the next free short name (``I1``, ``I2``, …)."""
    fields = schema()["properties"][section]["items"]["properties"]
    row = dict.fromkeys(fields, "")
    if "id" in row:
        taken = {item.get("id") for item in rows(plan, section)}
        letter = ID_LETTERS[section]
        row["id"] = next(f"{letter}{n}" for n in range(1, 1000) if f"{letter}{n}" not in taken)
    return row


class Plan(dict):
    """A plan that is read and not written in: each section's rows are gone through once.

    It stands for the dictionary that it was made of, so that a rule can still ask what else
    was written where.

    Parameters
    ----------
    written : dict
        As a learner left it, finished or not.
    """

    def __init__(self, written):
        super().__init__(written)
        self._rows = {}

    @classmethod
    def of(cls, plan):
        """Return a plan as it is read; one that is being read already is not read again."""
        return plan if isinstance(plan, cls) else cls(plan)

    def rows(self, section):
        """Return a section's rows, as :func:`rows` does; nobody may change them."""
        if section not in self._rows:
            self._rows[section] = _readable(self.get(section))
        return self._rows[section]


def _readable(written):
    return [
        {key: value for key, value in row.items() if isinstance(value, (str, Real))}
        if isinstance(row, dict)
        else {}
        for row in (written if isinstance(written, list) else ())
    ]


def rows(plan, section):
    """Return a section's rows, only with what can be text or a number: the form says the rest."""
    return Plan.of(plan).rows(section)


def ids(plan, section):
    return [row["id"] for row in rows(plan, section) if isinstance(row.get("id"), str)]


def number(value):
    """Return a value that is a finite number, or None."""
    return value if finite(value) else None


def budget(plan):
    """Return the points that the instruments of a plan add up to."""
    return sum(number(row.get("points")) or 0 for row in rows(plan, "instruments"))


def for_measurement(plan):
    """Return the points that the instruments of a plan give to measurement."""
    paid = (row for row in rows(plan, "instruments") if row.get("lever") == "measurement")
    return sum(number(row.get("points")) or 0 for row in paid)
