"""Turns a learner's value into plain data, so that one judge serves notebook and grader.

Plain data are what JSON can carry: numbers, text, true and false, lists; everything else is
a dictionary whose key ``"$"`` names its kind. The grader runs a submission in a process of
its own and gets these back: values, never verdicts.
"""

import builtins
import contextlib
import dis
import io
import math
from collections.abc import Mapping
from decimal import Decimal
from itertools import islice, pairwise
from numbers import Integral, Real

BLANK = {"$": "blank"}

# A learner's loop can make a list without end; nobody's answer is longer than this.
LONGEST = 5_000
DEEPEST = 20


def plain(value, calls=()):
    """Return a value as plain data.

    Parameters
    ----------
    value : object
        Whatever the learner's variable holds.
    calls : list of list
        For a function: the arguments, as plain data, of each call to make.

    Returns
    -------
    None, bool, int, float, str, list or dict
        ``...`` becomes ``{"$": "blank"}``; a mapping, series, table, set or function a
        dictionary with its kind under ``"$"``; anything else ``{"$": "other"}``.
    """
    try:
        return _plain(value, calls, 0)
    except Exception:  # a value may refuse to be looked at in any way
        return {"$": "other", "type": type(value).__name__}


def _plain(value, calls, depth):
    if value is ...:
        return dict(BLANK)
    if depth > DEEPEST:
        return {"$": "other", "type": type(value).__name__}
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (Real, Decimal)):
        return _number(value)
    if isinstance(value, Mapping):
        return _tagged("mapping", depth, keys=list(value.keys()), values=list(value.values()))
    if hasattr(value, "columns") and hasattr(value, "to_numpy"):
        return _tagged(
            "table",
            depth,
            columns=list(value.columns),
            index=list(value.index),
            rows=[list(row) for row in value.head(LONGEST).itertuples(index=False)],
        )
    if hasattr(value, "index") and hasattr(value, "to_numpy"):
        return _tagged("series", depth, index=list(value.index), values=value.tolist())
    if hasattr(value, "tolist"):  # numpy arrays and scalars, a pandas Index
        return _plain(value.tolist(), calls, depth + 1)
    if isinstance(value, (set, frozenset)):
        return _tagged("set", depth, values=sorted(value, key=str))
    if isinstance(value, tuple) and hasattr(value, "_fields"):  # several values with names
        return _tagged("mapping", depth, keys=list(value._fields), values=list(value))
    if isinstance(value, (list, tuple, range)) or type(value).__name__ in _VIEWS:
        return [_plain(item, (), depth + 1) for item in islice(value, LONGEST)]
    if callable(value):
        made = {"$": "function", "results": [_result(value, call) for call in calls]}
        return made | _own_word(value)
    return {"$": "other", "type": type(value).__name__}


def _own_word(function):
    """Return the name of a function of Python's own: whoever typed ``input`` may have meant the word."""
    known = (name for name, one in vars(builtins).items() if one is function or one == function)
    word = next(known, "")
    return {"word": word} if word else {}


_VIEWS = {"dict_keys", "dict_values", "dict_items", "map", "filter", "zip"}


def _number(value):
    """Return a number as JSON can carry it: one too large for that is without end."""
    try:
        if isinstance(value, Integral) and abs(value) < 2**1000:
            return int(value)
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _tagged(kind, depth, **parts):
    return {"$": kind} | {
        name: [_plain(item, (), depth + 1) for item in items[:LONGEST]]
        for name, items in parts.items()
    }


class _Noted(io.TextIOBase):
    """Output that keeps nothing but whether there was any."""

    any = False

    def write(self, text):
        self.any = True
        return len(text)


def _result(function, call):
    """Call a learner's function; what it prints is kept from the page, and noted."""
    printed = _Noted()
    try:
        with contextlib.redirect_stdout(printed):
            result = function(*[restore(argument) for argument in call])
    except Exception as error:  # a learner's function may fail in any way
        stopped = {"error": f"{type(error).__name__}: {error}"[:300]}
        set_there = _set_in_place_of(error, function)
        return stopped | ({"set": set_there} if set_there else {})
    return {"value": plain(result)} | ({"printed": True} if printed.any else {})


def _set_in_place_of(error, function):
    """Return the names that a function sets, where what it returns is a name that it never set."""
    code = getattr(function, "__code__", None)
    if not isinstance(error, NameError) or code is None:
        return []
    steps = list(dis.get_instructions(code))
    returned = [
        one.argval
        for one, following in pairwise(steps)
        if one.opname == "LOAD_GLOBAL" and following.opname == "RETURN_VALUE"
    ]
    asked = getattr(error, "name", None) in returned
    return list(code.co_varnames[code.co_argcount :]) if asked else []


def values_of(value):
    """Return the values of plain data that has such, of a column or a mapping; else the data."""
    return value.get("values") if isinstance(value, dict) else value


def restore(value):
    """Return plain data as the Python object it came from: the arguments of a call.

    Parameters
    ----------
    value : plain data
        As :func:`plain` makes it.

    Returns
    -------
    object
        Lists, dictionaries, pandas series and tables; other kinds as they are.
    """
    if isinstance(value, list):
        return [restore(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value == BLANK:
        return None
    if value["$"] == "mapping":
        return dict(zip(map(restore, value["keys"]), map(restore, value["values"]), strict=True))
    if value["$"] in ("series", "table"):
        import pandas as pd

        if value["$"] == "series":
            return pd.Series(restore(value["values"]), index=restore(value["index"]))
        return pd.DataFrame(
            restore(value["rows"]), columns=restore(value["columns"]), index=restore(value["index"])
        )
    return value


def is_blank(value):
    """Say whether plain data are an answer not yet given: ``...``, nothing, or empty text."""
    return (
        value is None
        or value == BLANK
        or (isinstance(value, str) and not value.strip(" ._…\n\r\t"))
    )


def holds_nothing(value):
    """Say whether plain data are None or an empty list, set or dictionary."""
    if isinstance(value, dict):
        return value.get("$") in ("set", "mapping", "series") and not value.get("values")
    return value is None or value == []


def blanks(value):
    """Count the blanks in plain data, also inside lists, mappings, series and tables."""
    if is_blank(value):
        return 1
    if isinstance(value, list):
        return sum(blanks(item) for item in value)
    if isinstance(value, dict):
        if value.get("$") == "function":
            results = value["results"]
            return int(bool(results) and all(r.get("value") == BLANK for r in results))
        return sum(blanks(part) for part in value.values() if isinstance(part, list))
    return 0
