"""The tables of the course by name, and where every figure comes from."""

import json
import re
from functools import cache
from pathlib import Path
from string import ascii_lowercase

import pandas as pd

from softpower import texts
from softpower.errors import CourseError

# In the repository the tables lie beside the package; an installed copy carries them inside.
_PLACES = (Path(__file__).parent / "_data", Path(__file__).parent.parent / "data")

_NONE = pd.Series(dtype=str)

# What a figure is, where it is not what its source says at first hand.
STATUSES = (texts.mark("second-hand"), texts.mark("derived"), texts.mark("simulated"))

# Whose assets are counted and whose place is drawn; and tables laid over the course's own.
_LAID = {"home": "Kazakhstan", "tables": {}}

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
        texts.text(
            "The folder data/ with its list of tables is missing. "
            "Download the course again; your own notebooks can stay where they are."
        )
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
    raise CourseError(
        texts.sentences(
            texts.text("There is no table {name!r}.", name=name),
            texts.meant(texts.near(name, names())),
            texts.text("The tables are: {names}.", names=", ".join(names())),
        )
    )


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
    if name in _LAID["tables"]:
        return _LAID["tables"][name].copy()
    entry = resource(name)
    fields = entry["schema"]["fields"]
    path = folder() / entry["path"]
    if not path.exists():
        raise CourseError(
            texts.text(
                "The file {name} is missing. Download the course again to get it back.",
                name=f"data/{entry['path']}",
            )
        )
    types = {field["name"]: _PANDAS_TYPES[field["type"]] for field in fields}
    # Only an empty cell is a missing value: "NA" or "None" may be somebody's text.
    table = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])
    table.attrs = {"labels": {f["name"]: f.get("title", f["name"]) for f in fields}}
    return table


def lay_over(tables, home):
    """Let :func:`load` return other tables under some names, for another country's lessons.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        In the shape of the course's tables of these names; empty: the course's own again.
    home : str
        The country that :func:`home` names from now on.
    """
    _LAID.update(home=home, tables=dict(tables))
    _sources.cache_clear()
    _authors_and_years.cache_clear()


def home():
    """Return the country whose assets and place lessons 08 and 10 speak of: Kazakhstan."""
    return _LAID["home"]


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
    """Return each source's row by its key: looked up some thousand times while a page is read."""
    return {key: row for key, row in load("sources").set_index("source_id").iterrows()}


def source(source_id):
    """Return one row of the table ``sources``: kind, short name, reference, year, url, licence.

    Raises
    ------
    CourseError
        Where the source is not listed.
    """
    if source_id not in _sources():
        raise CourseError(
            texts.sentences(
                texts.text("There is no source {name!r} in data/sources.csv.", name=source_id),
                texts.meant(texts.near(source_id, _sources())),
            )
        )
    return _sources()[source_id]


@cache
def _authors_and_years():
    """Return each source's author and year as it is cited: 2024a, 2024b tell two apart."""
    named = {key: (author_of(row["short"]), _year(row)) for key, row in _sources().items()}
    groups = {}
    for key, author_year in named.items():
        groups.setdefault(author_year, []).append(key)
    for (author, year), keys in groups.items():
        if len(keys) == 1 or not year[-1].isdigit():
            continue
        # A key's own letter stays, so that a new source changes no old citation.
        letters = {key: key[-1] for key in keys if re.search(r"\d[a-z]$", key)}
        free = (letter for letter in ascii_lowercase if letter not in letters.values())
        for key in keys:
            named[key] = (author, year + (letters.get(key) or next(free)))
    return named


def author_of(short):
    """Return a source's author: its short name has the year too, or what tells it apart."""
    name = short if " and " in short else short.partition(",")[0]
    return re.sub(r" \d{4}$", "", name)


def _year(row):
    found = re.search(r"\(((?:about )?\d{4})\)", row["reference"])
    return found[1] if found else texts.mark("no date")


def citation(source_id, place="", *, named=False):
    """Return how a text cites a source.

    Parameters
    ----------
    source_id : str
        A key of the table ``sources``.
    place : str
        A page, a section, a table.
    named : bool
        Whether the author is part of the sentence: ``"Yessirkep and colleagues (2025, §2)"``;
        otherwise ``"Yessirkep et al. 2025, §2"``, to stand in brackets.

    Raises
    ------
    CourseError
        Where the source is not listed.
    """
    source(source_id)
    author, year = _authors_and_years()[source_id]
    author = author if author.endswith("et al.") else texts.cell(author)
    dated = year[0].isdigit()
    if year.startswith("about "):
        year = texts.text("about {year}", year=year.removeprefix("about "))
    elif not dated:
        year = texts.text(year)
    when = ", ".join(part for part in (year, place) if part)
    if named:
        return f"{author.replace('et al.', texts.text('and colleagues'))} ({when})"
    author = author.replace("et al.", texts.text("et al."))
    return f"{author} {when}" if dated else f"{author}, {when}"


def cite_keys(text):
    """Return a text in which every key of a source is its author and year, as a reader knows it.

    A key without a year may also be a word; it is replaced only where it is the whole text.
    """
    if text in _sources():
        return citation(text)
    return re.sub(
        r"\b[a-z0-9]*\d{4}[a-z]?\b",
        lambda match: citation(match[0]) if match[0] in _sources() else match[0],
        text,
    )


def reference(source_id):
    """Return a source's whole reference, as a list of references gives it, without its address."""
    text = source(source_id)["reference"]
    _, year = _authors_and_years()[source_id]
    if year[-1].islower() and year[-2].isdigit():
        text = text.replace(f"({year[:-1]})", f"({year})", 1)
    return cite_keys(text)


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
    shorts = [citation(source_id) for source_id in dict.fromkeys(named.dropna())]
    if not shorts:
        return ""
    statuses = {status for table in tables if "status" in table for status in table["status"]}
    if computed:
        statuses.add("derived")
    flags = [texts.text(flag) for flag in STATUSES if flag in statuses]
    listed = "; ".join(shorts)
    if not flags:
        return texts.texts("Source: {sources}.", "Sources: {sources}.", len(shorts), sources=listed)
    return texts.texts(
        "Source: {sources} ({status}).",
        "Sources: {sources} ({status}).",
        len(shorts),
        sources=listed,
        status=", ".join(flags),
    )
