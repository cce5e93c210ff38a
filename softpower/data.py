"""Floor 1. The tables of the course by name, and where every figure comes from."""

import difflib
import json
from functools import cache
from pathlib import Path

import pandas as pd

from softpower.errors import CourseError

# In the repository the tables lie beside the package; an installed copy carries them inside.
_PLACES = (Path(__file__).parent / "_data", Path(__file__).parent.parent / "data")

_NONE = pd.Series(dtype=str)

_PANDAS_TYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


def folder():
    """Return the folder that holds the tables and their manifest.

    Raises
    ------
    CourseError
        Where no ``datapackage.json`` is found.
    """
    for place in _PLACES:
        if (place / "datapackage.json").exists():
            return place
    raise CourseError(
        "The folder data/ with its list of tables is missing. "
        "Download the course again; your own notebooks can stay where they are."
    )


@cache
def manifest():
    """Return the Frictionless manifest (``datapackage.json``) as a dictionary."""
    return json.loads((folder() / "datapackage.json").read_text(encoding="utf-8"))


def names():
    """Return the names of all tables, in alphabetical order."""
    return sorted(resource["name"] for resource in manifest()["resources"])


def resource(name):
    """Return the manifest's entry for one table: title, licence, sources, fields.

    Raises
    ------
    CourseError
        Where no table has that name; the message lists the names.
    """
    for entry in manifest()["resources"]:
        if entry["name"] == name:
            return entry
    near = difflib.get_close_matches(str(name), names(), n=1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    raise CourseError(f"There is no table {name!r}.{guess} The tables are: {', '.join(names())}.")


def load(name):
    """Return one table.

    Parameters
    ----------
    name : str
        A name from :func:`names`, for example ``"gspi_scores"``.

    Returns
    -------
    pandas.DataFrame
        A fresh copy, one row a figure. ``attrs["labels"]`` holds each column's title with
        its unit, which the charts use for their axes.

    Raises
    ------
    CourseError
        Where no table has that name, or its file is missing.
    """
    entry = resource(name)
    fields = entry["schema"]["fields"]
    path = folder() / entry["path"]
    if not path.exists():
        raise CourseError(
            f"The file data/{entry['path']} is missing. Download the course again to get it back."
        )
    types = {field["name"]: _PANDAS_TYPES[field["type"]] for field in fields}
    # Only an empty cell is a missing value: "NA" or "None" may be somebody's text.
    table = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])
    table.attrs = {"labels": {f["name"]: f.get("title", f["name"]) for f in fields}}
    return table


def fields(name):
    """Return what each column of a table means: a table of column, type and meaning."""
    rows = resource(name)["schema"]["fields"]
    return pd.DataFrame(
        {
            "column": [field["name"] for field in rows],
            "type": [field["type"] for field in rows],
            "meaning": [field["description"] for field in rows],
        }
    )


@cache
def _sources():
    return load("sources").set_index("source_id")


def source(source_id):
    """Return one row of the table ``sources``: kind, short name, reference, year, url, licence.

    Raises
    ------
    CourseError
        Where the source is not listed.
    """
    if source_id not in _sources().index:
        near = difflib.get_close_matches(str(source_id), list(_sources().index), n=1)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        raise CourseError(f"There is no source {source_id!r} in data/sources.csv.{guess}")
    return _sources().loc[source_id]


def reference(source_id):
    """Return one line of a list of references, in Markdown."""
    row = source(source_id)
    link = f" <{row['url']}>" if pd.notna(row["url"]) else ""
    return f"- **{source_id}**: {row['reference']}{link}"


def source_line(*tables, computed=False):
    """Return the line under a chart: the short names of its tables' sources, and their status.

    Parameters
    ----------
    *tables : pandas.DataFrame
        Each with a column ``source_id``, and ``status`` where it has one.
    computed : bool
        Whether what is shown was worked out from these tables; the line then says "derived".

    Returns
    -------
    str
        For example ``"Source: Brand Finance 2026 (second-hand)."``; empty where no table
        has a column ``source_id``.
    """
    named = pd.concat([table["source_id"] for table in tables if "source_id" in table] or [_NONE])
    shorts = [source(source_id)["short"] for source_id in dict.fromkeys(named.dropna())]
    if not shorts:
        return ""
    statuses = {status for table in tables if "status" in table for status in table["status"]}
    if computed:
        statuses.add("derived")
    flags = [flag for flag in ("second-hand", "derived", "simulated") if flag in statuses]
    remark = f" ({', '.join(flags)})" if flags else ""
    return f"Source{'s' if len(shorts) > 1 else ''}: {'; '.join(shorts)}{remark}."
