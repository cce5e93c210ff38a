"""Checks data against a JSON Schema, with the keywords that the course uses.

The library for the whole of JSON Schema takes seconds to import, for parts that nobody here
needs. A test holds that this gives what the library gives, for every schema of the course.
"""

import math
import re
from dataclasses import dataclass
from numbers import Real


@dataclass(frozen=True)
class Fault:
    """One thing that does not fit.

    Attributes
    ----------
    keyword : str
        The keyword that is not kept, for example ``"minLength"``.
    expected : object
        What the schema says there.
    path : tuple
        Where, in names and positions.
    instance : object
        What stands there.
    part : dict
        The part of the schema that speaks of it.
    """

    keyword: str
    expected: object
    path: tuple
    instance: object
    part: dict


def faults(schema, instance):
    """Yield a :class:`Fault` for each thing in an instance that does not fit a schema.

    Parameters
    ----------
    schema : dict
        Of JSON Schema 2020-12: type, enum, const, oneOf, anyOf, required, properties,
        additionalProperties (false), items, minItems, maxItems, minLength, maxLength, pattern,
        minimum, maximum, and $ref to a place of its own.
    instance : object
        Data as JSON has them.
    """
    yield from _faults(schema, instance, (), schema)


def _faults(part, instance, path, whole):
    if "$ref" in part:
        yield from _faults(_referred(part["$ref"], whole), instance, path, whole)
    for keyword, expected in part.items():
        kept = _KEEPS.get(keyword)
        if kept and not kept(expected, instance, whole):
            yield Fault(keyword, expected, path, instance, part)
    if isinstance(instance, dict):
        known = part.get("properties", {})
        if part.get("additionalProperties") is False and set(instance) - set(known):
            yield Fault("additionalProperties", False, path, instance, part)
        for name, below in known.items():
            if name in instance:
                yield from _faults(below, instance[name], (*path, name), whole)
    if isinstance(instance, list) and "items" in part:
        for position, item in enumerate(instance):
            yield from _faults(part["items"], item, (*path, position), whole)


def _referred(address, whole):
    part = whole
    for name in address.removeprefix("#/").split("/"):
        part = part[name]
    return part


def _is_number(value):
    return isinstance(value, Real) and not isinstance(value, bool)


def _is_whole(value):
    return _is_number(value) and (isinstance(value, int) or float(value).is_integer())


def _fits(part, instance, whole):
    return next(_faults(part, instance, (), whole), None) is None


def _same(one, other):
    """Say whether two values are one: in JSON true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


_TYPES = {
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": _is_whole,
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_KEEPS = {
    "type": lambda kind, value, whole: _TYPES[kind](value),
    "enum": lambda choices, value, whole: any(_same(value, one) for one in choices),
    "const": lambda only, value, whole: _same(value, only),
    "oneOf": lambda parts, value, whole: sum(_fits(part, value, whole) for part in parts) == 1,
    "anyOf": lambda parts, value, whole: any(_fits(part, value, whole) for part in parts),
    "required": lambda names, value, whole: (
        not isinstance(value, dict) or all(name in value for name in names)
    ),
    "minItems": lambda least, value, whole: not isinstance(value, list) or len(value) >= least,
    "maxItems": lambda most, value, whole: not isinstance(value, list) or len(value) <= most,
    "minLength": lambda least, value, whole: not isinstance(value, str) or len(value) >= least,
    "maxLength": lambda most, value, whole: not isinstance(value, str) or len(value) <= most,
    "pattern": lambda form, value, whole: not isinstance(value, str) or re.search(form, value),
    "minimum": lambda least, value, whole: not _is_number(value) or not value < least,
    "maximum": lambda most, value, whole: not _is_number(value) or not value > most,
}


def finite(value):
    """Say whether a value is a number that arithmetic can use: neither endless nor too long."""
    try:
        return _is_number(value) and math.isfinite(float(value))
    except OverflowError:
        return False
