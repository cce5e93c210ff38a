"""Turns a learner's value into plain data, so that one judge serves notebook and grader.

Plain data are what JSON can carry: numbers, text, true and false, lists; everything else is
a dictionary whose key ``"$"`` names its kind. The grader runs a submission in a process of
its own and gets these back: values, never verdicts.
"""

from collections.abc import Mapping
from numbers import Integral, Real

BLANK = {"$": "blank"}

# A learner's loop can make a list without end; nobody's answer is longer than this.
LONGEST = 5_000


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
    if value is ...:
        return dict(BLANK)
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    if isinstance(value, Mapping):
        return _tagged("mapping", keys=list(value.keys()), values=list(value.values()))
    if hasattr(value, "columns") and hasattr(value, "to_numpy"):
        return _tagged(
            "table",
            columns=list(value.columns),
            index=list(value.index),
            rows=[list(row) for row in value.head(LONGEST).itertuples(index=False)],
        )
    if hasattr(value, "index") and hasattr(value, "to_numpy"):
        return _tagged("series", index=list(value.index), values=value.tolist())
    if hasattr(value, "tolist"):  # numpy arrays and scalars, a pandas Index
        return plain(value.tolist())
    if isinstance(value, (set, frozenset)):
        return _tagged("set", values=sorted(value, key=str))
    if isinstance(value, (list, tuple, range)) or type(value).__name__ in _VIEWS:
        return [plain(item) for item in list(value)[:LONGEST]]
    if callable(value):
        return {"$": "function", "results": [_result(value, call) for call in calls]}
    return {"$": "other", "type": type(value).__name__}


_VIEWS = {"dict_keys", "dict_values", "dict_items", "map", "filter", "zip"}


def _tagged(kind, **parts):
    return {"$": kind} | {
        name: [plain(item) for item in items[:LONGEST]] for name, items in parts.items()
    }


def _result(function, call):
    try:
        return {"value": plain(function(*[restore(argument) for argument in call]))}
    except Exception as error:  # a learner's function may fail in any way
        return {"error": f"{type(error).__name__}: {error}"[:300]}


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
    return value is None or value == BLANK or (isinstance(value, str) and not value.strip(" ._"))


def blanks(value):
    """Count the blanks in plain data, also inside lists, mappings, series and tables."""
    if is_blank(value):
        return 1
    if isinstance(value, list):
        return sum(blanks(item) for item in value)
    if isinstance(value, dict):
        if value.get("$") == "function":
            results = value["results"]
            return int(bool(results) and all(is_blank(r.get("value", 0)) for r in results))
        return sum(blanks(part) for part in value.values() if isinstance(part, list))
    return 0
