"""What the JSON Schema says of a plan, in words for whoever writes it."""

import math
import re
from itertools import islice

from softpower import texts
from softpower.policy.doubt import stop
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
            yield (
                "missing",
                path,
                texts.text(
                    "add at least one {title}.", title=texts.cell(fault.part["items"]["title"])
                ),
            )
        elif fault.keyword == "additionalProperties":
            known = fault.part["properties"]
            unknown = (name for name in fault.instance if name not in known)
            for name in islice(unknown, MOST_UNKNOWN):
                yield stop(*path, name, _unknown_part(name, known))
        else:
            yield stop(*path, _SAYS[fault.keyword](fault))


def endless(plan):
    """Yield what stops a plan whose parts are so many that nothing else needs to be looked at."""
    for name, part in schema()["properties"].items():
        most, rows = part.get("maxItems", math.inf), plan.get(name)
        if isinstance(rows, list) and len(rows) > 10 * most:
            yield stop(name, _too_many(len(rows), most))


def _unknown_part(name, known):
    return texts.sentences(
        texts.text("the plan has no part called {name!r}.", name=name),
        texts.meant(texts.near(name, known)),
        texts.text("The parts here are: {names}.", names=", ".join(known)),
    )


def _please_write(part, name):
    meaning = texts.cell(part.get("properties", {}).get(name, {}).get("description", ""))
    return (
        texts.text("still to write. {meaning}", meaning=meaning)
        if meaning
        else texts.text("still to write.")
    )


_SAYS = {
    "type": lambda e: _of_another_kind(e),
    "enum": lambda e: _choose(e.expected, e.instance),
    "oneOf": lambda e: _choose(choices(e.part), e.instance),
    "const": lambda e: texts.text(
        "this should read {expected!r}, and it is {written}.",
        expected=e.expected,
        written=shown(e.instance),
    ),
    "anyOf": lambda e: (
        two_readings(e.instance)
        or as_text(e.instance)
        or texts.text(
            'this should be a number, or the words "{words}".',
            words=TO_BE_MEASURED,
        )
    ),
    "minLength": lambda e: texts.texts(
        "say a little more: {count} character so far, at least {least}.",
        "say a little more: {count} characters so far, at least {least}.",
        len(e.instance),
        least=e.expected,
    ),
    "maxLength": lambda e: texts.texts(
        "shorten this: {count} character, at most {most} fit the brief.",
        "shorten this: {count} characters, at most {most} fit the brief.",
        len(e.instance),
        most=e.expected,
    ),
    "maxItems": lambda e: _too_many(len(e.instance), e.expected),
    "minimum": lambda e: texts.text(
        "{number} is too low: the least is {limit}.",
        number=_limited(e.instance),
        limit=e.expected,
    ),
    "maximum": lambda e: texts.text(
        "{number} is too high: the most is {limit}.",
        number=_limited(e.instance),
        limit=e.expected,
    ),
    "pattern": lambda e: _bad_name(e.instance),
}


def _choose(known, written):
    """Name the choices as they are stored: a plan's file holds them so in every language."""
    return texts.text(
        "choose one of: {choices}. It is {written}.",
        choices="; ".join(known),
        written=shown(written),
    )


def _too_many(count, most):
    return texts.texts(
        "{count} is too many: choose the {most} that matter most.",
        "{count} are too many: choose the {most} that matter most.",
        count,
        most=most,
    )


def _limited(number):
    """Write a number beside its limit: four digits may be a year, which has no comma."""
    return figure(number, thousands="" if abs(number) < 10_000 else ",")


def _of_another_kind(fault):
    if fault.expected in ("number", "integer"):
        said = two_readings(fault.instance) or as_text(fault.instance)
        if said:
            return said
        if finite(fault.instance):
            return texts.text(_KINDS["integer"], written=figure(fault.instance))
    return texts.text(_KINDS[fault.expected], written=shown(fault.instance))


def _bad_name(name):
    latin = name.translate(LOOKALIKES)
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", latin) and latin != name:
        return texts.text(
            "{name!r} has a letter of the Russian keyboard in it. Type it in Latin "
            "letters: {latin}.",
            name=name,
            latin=latin,
        )
    if re.search(r"[Ѐ-ӿ]", name):
        return texts.text(
            "{name!r} is in Cyrillic letters. A short name takes Latin ones: I1, or survey-2027.",
            name=name,
        )
    return texts.text(
        "use letters, digits and hyphens only, and start with a letter: I1, for example."
    )


_KINDS = {
    "string": texts.mark("this should be text, and it is {written}."),
    "number": texts.mark("this should be a number, and it is {written}."),
    "integer": texts.mark("this should be a whole number, and it is {written}."),
    "array": texts.mark("this should be a list, and it is {written}."),
    "object": texts.mark("this should be a group of fields, and it is {written}."),
}
