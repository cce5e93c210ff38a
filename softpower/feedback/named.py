"""Reads values by name as people type them: a dictionary, a table, "A: yes, B: no", or a list.

A list or text without names is taken in the order of the task's blanks, where it holds as many
values as there are blanks. Pure functions on plain data; nothing here raises.
"""

import re
from dataclasses import dataclass

from softpower.feedback import reading


@dataclass(frozen=True)
class Named:
    """An answer by name: the value at each name that was asked for, and what else it has."""

    values: dict
    extra: tuple
    missing: tuple


def by_name(value, names, options=()):
    """Return plain data as a :class:`Named` for these names, or None where it has no names.

    Parameters
    ----------
    value : plain data
    names : iterable of str
        What the task calls its blanks, in its order. A name may be shortened or lengthened where
        only one can be meant: "Kroenig" for "Kroenig and colleagues", 2021 for "2021–22".
    options : iterable of str
        The words that may stand in a blank.
    """
    names = list(names)
    pairs = pairs_in(value, names, options)
    if pairs is None:
        return None
    wanted = {key_of(name): name for name in names}
    keys = _of_one_alphabet([key for key, _ in pairs], names)
    values, extra = {}, []
    for key, (typed, item) in zip(keys, pairs, strict=True):
        name = _meant(key, wanted)
        if name is None or name in values:
            extra.append(typed)
        else:
            values[name] = item
    return Named(values, tuple(extra), tuple(name for name in names if name not in values))


def pairs_in(value, names=(), options=()):
    """Return the (key, value) pairs in plain data, or None: see :func:`by_name`."""
    names = list(names)
    if isinstance(value, str):
        return (
            _those_with_yes(reading.items_in(value), names, options)
            or _pairs_in_text(value, names, options)
            or _in_order(reading.sequence_in(value, options, len(names)), names)
        )
    if isinstance(value, list) and value:
        return _pairs_in_list(value, names, options)
    if not isinstance(value, dict):
        return None
    pairs = _pairs_in_dict(value)
    if value.get("$") == "set" and isinstance(value.get("values"), list):
        held = value["values"]
        return _those_with_yes(held, names, options) or _each_with_its_name(held, names, options)
    return _turned(pairs, names) if pairs else pairs


def _pairs_in_dict(value):
    kind = value.get("$")
    if kind == "mapping":
        return list(zip(value["keys"], value["values"], strict=False))
    if kind == "series":
        return list(zip(value["index"], value["values"], strict=False))
    if kind == "table" and len(value["columns"]) == 1:
        return [(key, row[0]) for key, row in zip(value["index"], value["rows"], strict=False)]
    if kind == "table" and len(value["columns"]) == 2:
        return [tuple(row) for row in value["rows"]]
    return None


def _pairs_in_list(value, names, options):
    if all(isinstance(item, list) and len(item) == 2 for item in value):
        return [tuple(item) for item in value]
    if all(isinstance(item, dict) and item.get("$") == "mapping" for item in value):
        return [pair for item in value for pair in _pairs_in_dict(item)]
    if len(value) == 1 and isinstance(value[0], str):
        return pairs_in(value[0], names, options)
    return (
        _those_with_yes(value, names, options)
        or _each_with_its_name(value, names, options)
        or _in_order(value, names)
    )


def _those_with_yes(items, names, options):
    """Return the pairs of ["A", "D"] where each name has a yes or a no: these are the yes ones."""
    words = {reading.same(option) for option in options}
    if not {"yes", "no"} <= words or not items or not all(isinstance(one, str) for one in items):
        return None
    wanted = {key_of(name): name for name in names}
    chosen = [wanted.get(key_of(one)) for one in items]
    if not all(chosen) or len(set(chosen)) != len(chosen):
        return None
    return [(name, "yes" if name in chosen else "no") for name in names]


def _each_with_its_name(items, names, options):
    """Return the pairs of ["A: yes", "B: no"], or None."""
    if not items or not all(isinstance(item, str) for item in items):
        return None
    pairs = [_pairs_in_text(item, names, options) for item in items]
    return [pair for found in pairs for pair in found] if all(pairs) else None


def _in_order(items, names):
    """Return values without names as pairs, where there is one for each name."""
    if items is None or not names or len(items) != len(names):
        return None
    if any(isinstance(item, (list, dict)) and reading.unwrap(item) is item for item in items):
        return None
    return list(zip(names, items, strict=True))


def _turned(pairs, names):
    """Return pairs that were typed the other way round, or numbered, by the names of the task."""
    wanted = {key_of(name): name for name in names}
    if not wanted or any(_meant(key, wanted) for key, _ in pairs):
        return pairs
    held = [value if isinstance(value, list) else [value] for _, value in pairs]
    meant = [[_meant(one, wanted) for one in values] for values in held]
    flat = [one for found in meant for one in found]
    if flat and all(flat) and len(set(flat)) == len(flat):  # {"hard power": "A"}
        return [(name, key) for (key, _), found in zip(pairs, meant, strict=True) for name in found]
    numbers = [reading.number_in(key) for key, _ in pairs]
    if len(pairs) == len(names) and numbers in (
        list(range(len(names))),
        list(range(1, len(names) + 1)),
    ):
        return list(zip(names, (value for _, value in pairs), strict=True))
    return pairs


# --- Text -----------------------------------------------------------------------------------

_OPENS = r"(?:(?<=^)|(?<=[\s,;|.(\[{\"'«“]))"
_JOINS = r"[\"'»”)\]]*\s*(?:[:=→>.)\-]+|\bis\b|\bэто\b|\bдеген\b)\s*"
_EDGES = " \t\r\n,;.|'\"“”«»()[]{}"


def _pairs_in_text(text, names, options):
    """Return the pairs of "A: yes, B: no", "A-hard B-soft" or "A yes B no", or None."""
    if not names or len(text) > 1000:
        return None
    text = reading.one_kind(text).strip()
    spelt = "|".join(_pattern(name) for name in sorted(names, key=len, reverse=True))
    for flags, joins in ((re.IGNORECASE, _JOINS), (0, r"\s+"), (0, r"(?=\d)")):  # "A3 B1" last
        found = list(re.finditer(rf"{_OPENS}({spelt}){joins}", text, flags))
        begins = found and not text[: found[0].start()].strip(_EDGES)
        if not begins or (joins != _JOINS and len(found) != len(names)):
            continue  # "A visit" may be words: without a sign each name must stand there once
        ends = [*(match.start() for match in found[1:]), len(text)]
        return [(m[1], _held(text[m.end() : end])) for m, end in zip(found, ends, strict=True)]
    return None


def _pattern(name):
    """Return a pattern for a name, in letters of any keyboard and with any dash or space."""
    text = reading.one_kind(str(name))
    year = _year_in(name)
    if year and len(text) > len(year):
        return rf"(?:{_spaced(text)}|(?:in\s+)?{year})"
    if len(text) == 1:
        return "[" + re.escape(text) + "".join(map(re.escape, reading.looks_like(text))) + "]"
    return _spaced(text)


def _spaced(text):
    return re.sub(r"(?:\\[ \-]|[\s,])+", r"[\\s,\\-]+", re.escape(text))


def _year_in(name):
    """Return the one year in a name, "2025" in "at most, in 2025", or an empty text."""
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", str(name))
    return years[0] if len(years) == 1 else ""


def _held(text):
    text = re.sub(r"\s+(?:and|и|және|мен)\s*[,;]?\s*$", "", text.strip(_EDGES)).strip(_EDGES)
    return text


# --- Names ----------------------------------------------------------------------------------


def key_of(name):
    """Return what two spellings of a name have in common: a number, or words."""
    number = None if isinstance(name, str) else reading.number_in(name)
    if number is not None:
        return f"{number:g}"
    known = reading.in_english(name) if isinstance(name, str) else ()
    return reading.same(next(iter(known), name)) or ""


def _of_one_alphabet(keys, names):
    """Return single Cyrillic letters as those of the task, where they were typed in order."""
    typed = [str(key).strip().casefold() for key in keys if isinstance(key, str)]
    if len(typed) != len(keys) or any(len(name) != 1 for name in map(str, names)):
        return keys
    return reading.in_alphabet(typed) or keys


def _meant(key, wanted):
    known = key_of(key)
    if known in wanted or not known:
        return wanted.get(known) if known else None
    if all(len(name) == 1 for name in wanted) and isinstance(key, str):
        alone = [part for part in re.findall(r"\w+", key.casefold()) if part in wanted]
        return wanted[alone[0]] if len(alone) == 1 and len(key) <= 20 else None  # "question A"
    year = _year_in(key)
    of_year = [name for name in wanted.values() if year and year == _year_in(name)]
    if len(of_year) == 1:
        return of_year[0]
    near = [
        name
        for other, name in wanted.items()
        if min(len(known), len(other)) >= 4
        and (other.startswith(known) or known.startswith(other) or reading.one_off(known, other))
    ]
    return near[0] if len(near) == 1 else None
