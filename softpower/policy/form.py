"""What the JSON Schema says of a plan, in words for whoever writes it."""

import difflib
import math
import re
from itertools import islice

from softpower.policy.links import LOOKALIKES
from softpower.policy.numbers import as_text, figure, shown, two_readings
from softpower.policy.plan import TO_BE_MEASURED, choices, schema
from softpower.schema import faults, finite

MOST_UNKNOWN = 20  # parts of another name that are told one by one


def form_faults(plan):
    """Yield (level, path, message) for what the JSON Schema says."""
    for fault in faults(schema(), plan):
        path = fault.path
        if fault.keyword == "required":
            for name in fault.expected:
                if name not in fault.instance:
                    yield "missing", (*path, name), _please_write(fault.part, name)
        elif fault.keyword == "minItems":
            yield "missing", path, f"add at least one {fault.part['items']['title']}."
        elif fault.keyword == "additionalProperties":
            known = fault.part["properties"]
            unknown = (name for name in fault.instance if name not in known)
            for name in islice(unknown, MOST_UNKNOWN):
                yield "error", (*path, name), _unknown_part(name, known)
        else:
            yield "error", path, _SAYS[fault.keyword](fault)


def endless(plan):
    """Yield what stops a plan whose parts are so many that nothing else needs to be looked at."""
    for name, part in schema()["properties"].items():
        most, rows = part.get("maxItems", math.inf), plan.get(name)
        if isinstance(rows, list) and len(rows) > 10 * most:
            yield "error", (name,), f"{len(rows)} are too many: choose the {most} that matter most."


def _unknown_part(name, known):
    near = difflib.get_close_matches(str(name), known, n=1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    return f"the plan has no part called {name!r}.{guess} The parts here are: {', '.join(known)}."


def _please_write(part, name):
    meaning = part.get("properties", {}).get(name, {}).get("description")
    return f"still to write. {meaning}" if meaning else "still to write."


_SAYS = {
    "type": lambda e: _of_another_kind(e),
    "enum": lambda e: f"choose one of: {'; '.join(e.expected)}. It is {shown(e.instance)}.",
    "oneOf": lambda e: f"choose one of: {'; '.join(choices(e.part))}. It is {shown(e.instance)}.",
    "const": lambda e: f"this should read {e.expected!r}, and it is {shown(e.instance)}.",
    "anyOf": lambda e: (
        two_readings(e.instance)
        or as_text(e.instance)
        or f'this should be a number, or the words "{TO_BE_MEASURED}".'
    ),
    "minLength": lambda e: (
        f"say a little more: {len(e.instance)} characters so far, at least {e.expected}."
    ),
    "maxLength": lambda e: (
        f"shorten this: {len(e.instance)} characters, at most {e.expected} fit the brief."
    ),
    "maxItems": lambda e: (
        f"{len(e.instance)} are too many: choose the {e.expected} that matter most."
    ),
    "minimum": lambda e: f"{_limited(e.instance)} is too low: the least is {e.expected}.",
    "maximum": lambda e: f"{_limited(e.instance)} is too high: the most is {e.expected}.",
    "pattern": lambda e: _bad_name(e.instance),
}


def _limited(number):
    """Write a number beside its limit: four digits may be a year, which has no comma."""
    return figure(number, thousands="" if abs(number) < 10_000 else ",")


def _of_another_kind(fault):
    if _KINDS[fault.expected] in ("a number", "a whole number"):
        said = two_readings(fault.instance) or as_text(fault.instance)
        if said:
            return said
        if finite(fault.instance):
            return f"this should be a whole number, and it is {figure(fault.instance)}."
    return f"this should be {_KINDS[fault.expected]}, and it is {shown(fault.instance)}."


def _bad_name(name):
    latin = name.translate(LOOKALIKES)
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", latin) and latin != name:
        return f"{name!r} has a letter of the Russian keyboard in it. Type it in Latin letters: {latin}."
    if re.search(r"[Ѐ-ӿ]", name):
        return (
            f"{name!r} is in Cyrillic letters. A short name takes Latin ones: I1, or survey-2027."
        )
    return "use letters, digits and hyphens only, and start with a letter: I1, for example."


_KINDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "array": "a list",
    "object": "a group of fields",
}
