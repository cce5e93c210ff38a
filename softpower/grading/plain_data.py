"""What comes out of the sandbox is a claim; this says whether it has the shape of plain data."""

from softpower import texts

_PARTS = {  # kind: its parts, each a list
    "blank": (),
    "other": (),
    "set": ("values",),
    "mapping": ("keys", "values"),
    "series": ("index", "values"),
    "table": ("columns", "index", "rows"),
    "function": ("results",),
}
DEEPEST = 30


def is_plain(value, depth=0):
    """Say whether a value is plain data as :func:`softpower.feedback.plain` makes it."""
    if depth > DEEPEST:
        return False
    if value is None or isinstance(value, (bool, int, float, str)):
        return True
    if isinstance(value, list):
        return all(is_plain(item, depth + 1) for item in value)
    if (
        not isinstance(value, dict)
        or not isinstance(kind := value.get("$"), str)
        or kind not in _PARTS
    ):
        return False
    parts = [value.get(name) for name in _PARTS[kind]]
    if not all(isinstance(part, list) for part in parts):
        return False
    if kind == "function":
        return all(_is_result(result, depth) for result in value["results"])
    if kind in ("mapping", "series") and len(parts[0]) != len(parts[1]):
        return False
    if kind == "table" and not _is_table(*parts):
        return False
    return all(is_plain(part, depth + 1) for part in parts)


def _is_table(columns, index, rows):
    return len(index) == len(rows) and all(
        isinstance(row, list) and len(row) == len(columns) for row in rows
    )


def _is_result(result, depth):
    if not isinstance(result, dict):
        return False
    if "error" in result:
        return isinstance(result["error"], str) and "value" not in result
    return "value" in result and is_plain(result["value"], depth + 1)


# How much of anything is kept of one submission; what is longer is cut, and says so.
LONGEST_VALUE = 1_000_000  # characters of JSON for one answer
LONGEST_ANSWER = 50_000  # characters of one text in an answer: a plan has some 15,000
MOST_PARTS = 10_000  # texts, numbers, lists and dictionaries in one answer
LONGEST_TEXT = 500_000  # characters of one text: a cell, an essay
MOST_TEXT = 10_000_000  # characters of all that the pages show of one submission
LONGEST_LINE = {"remarks": 600, "message": 3_000, "problem": 1_000}
MOST_LINES = {"remarks": 40, "cells": 5_000}  # the rest says nothing new
CUT = "\n[cut here]"


def is_small(value):
    """Say whether a value is of a size that somebody's answer can have.

    Whatever judges it may look at each part more than once: so the parts are counted first.
    """
    left, stack = MOST_PARTS, [value]
    while stack:
        one = stack.pop()
        left -= 1
        if isinstance(one, str):
            if len(one) > LONGEST_ANSWER:
                return False
        elif isinstance(one, int) and not isinstance(one, bool):
            if one.bit_length() > 1100:  # plain() sends none: too long to be written out
                return False
        elif isinstance(one, (list, dict)):
            if len(one) > left:
                return False
            stack += one.values() if isinstance(one, dict) else one
        if left < 0:
            return False
    return True


def clean(result):
    """Return one submission's result so that it can be written anywhere, and is of a bounded size.

    Everything in it may come out of the sandbox, or from a file that somebody made on purpose:
    half characters (lone surrogates) become question marks, endless texts are cut.
    """
    return _clean(result, LONGEST_TEXT, [MOST_TEXT])


def _clean(value, longest, left):
    if isinstance(value, str):
        return _text(value, longest, left)
    if isinstance(value, dict):
        made = {}
        for key, inner in value.items():
            if key in MOST_LINES and isinstance(inner, (list, tuple)):
                inner = _first(inner, MOST_LINES[key], key)
            key = _text(key, 200, [200]) if isinstance(key, str) else key
            made[key] = _clean(inner, LONGEST_LINE.get(key, longest), left)
        return made
    if isinstance(value, (list, tuple)):
        return [_clean(item, longest, left) for item in value]
    return value


def _text(value, longest, left):
    # Cut first: what is only cut away need not be cleaned.
    most = min(longest, max(left[0], 0))
    text = value[:most]
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    text = text.replace("\0", "")
    left[0] -= len(text)
    return text + CUT if len(value) > most else text


def _first(items, most, name):
    if len(items) <= most:
        return items
    left = texts.number(len(items) - most)
    more = texts.text("and {count} more.", count=left) if name == "remarks" else None
    return [*items[:most], *([more] if more else [])]
