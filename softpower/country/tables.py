"""The four tables of another country: what they hold, laid out to fill, read, and put to use."""

import csv
import io
from functools import cache

import pandas as pd

from softpower import data, spreadsheet
from softpower.errors import CourseError

NAMES = ("assets", "scores", "instruments", "sources")
EXAMPLE = "example2026"  # the key of the source of the rows that are laid out to be replaced
LISTED, SHOWN = "Soft Power 30, culture", "identity markers"
RANK, SCORE = "Global Soft Power Index, rank", "Global Soft Power Index, score"
# What a column of ours is called where the country is not Kazakhstan.
FOUND = "found"
# Scores hold what stands in two tables of the course; both describe their columns alike.
_SCORES = ("country", "indicator", "year", "value", "unit", "source_id", "place", "status", "note")
_NOT_ASKED = {"asset_id", "instrument_id", "case", "iso3"}


@cache
def fields(name):
    """Return what one table's columns are: the course's own descriptions, types and limits.

    Returns
    -------
    list of dict
        As a manifest describes fields: name, title, description, type, constraints.
    """
    if name == "scores":
        own = {
            field["name"]: field for field in data.resource("asset_benchmark")["schema"]["fields"]
        }
        return [own[column] for column in _SCORES]
    known = data.resource(name)["schema"]["fields"]
    return [
        {**field, "name": FOUND, "title": "What was found"}
        if field["name"] == "kazakhstan"
        else field
        for field in known
        if field["name"] not in _NOT_ASKED
    ]


def columns(name):
    """Return the headings of one table, in order."""
    return [field["name"] for field in fields(name)]


@cache
def listed():
    """Return the thirteen culture indicators, in the bulletin's order."""
    table = data.load("assets")
    return tuple(table[table["list"] == LISTED]["indicator"])


@cache
def measures():
    """Return what scores are asked for: the course's row of each for Kazakhstan, by indicator."""
    table = data.load("asset_benchmark")
    own = table[table["country"] == "Kazakhstan"].set_index("indicator")
    return own[["kind", "year", "unit", "per_head", "source_id", "place"]].to_dict("index")


@cache
def editions():
    """Return how many countries the index ranked in each year for which the course knows it."""
    return data.load("gspi_ranks").groupby("year")["ranked"].max().to_dict()


@cache
def units():
    """Return the units that the course's own tables of assets, scores and series use."""
    known = {
        unit for name in ("assets", "case_series") for unit in data.load(name)["unit"].dropna()
    }
    return sorted(known | {row["unit"] for row in measures().values()} | set(_INDEX_UNITS.values()))


_INDEX_UNITS = {RANK: "rank", SCORE: "points from 0 to 100"}


def unit_of(indicator):
    """Return the one unit in which a score is compared."""
    return _INDEX_UNITS.get(indicator) or measures()[indicator]["unit"]


def empty(country):
    """Return the four tables to fill for a country: each a list of rows, a row a dict of texts.

    What the course itself holds of the country is filled in, with its source. The rows of the
    source ``example2026`` show how a row looks and are to be replaced.
    """
    asset = _like("assets", data.load("assets").query("asset_id == 'a17'"))
    blank = [
        {"list": SHOWN, "marker": marker} for marker in data.load("identity_markers")["marker"]
    ]
    instrument = _like(
        "instruments", data.load("instruments").query("case == 'Kazakhstan'").head(1)
    )
    source = {
        "source_id": EXAMPLE,
        "kind": "press",
        "short": "Example News 2026",
        "reference": "Example News (2026). The title of the article, 1 March 2026.",
        "year": "2026",
        "url": "https://example.org/the-address-of-the-article",
        "licence": "all rights reserved; single figures quoted with credit",
        "read": "direct",
        "read_on": "2026-11-26",
    }
    rows = {
        "assets": [{"list": LISTED, "indicator": one} for one in listed()] + [asset] + blank,
        "scores": _scores(country),
        "instruments": [instrument],
        "sources": [source],
    }
    return {name: [_whole(name, row) for row in rows[name]] for name in NAMES}


def _whole(name, row):
    return {column: row.get(column, "") for column in columns(name)}


def _like(name, table):
    row = _texts(table.rename(columns={"kazakhstan": FOUND}))[0]
    return {**row, "source_id": EXAMPLE}


def _texts(table):
    """Rows of a table as they stand in its file."""
    text = table.to_csv(index=False, float_format="%.12g")
    return list(csv.DictReader(io.StringIO(text)))


def _scores(country):
    held = data.load("asset_benchmark").query("country == @country")
    places = data.load("gspi_ranks").query("country == @country and indicator in ('rank', 'score')")
    places = places.assign(indicator=places["indicator"].map({"rank": RANK, "score": SCORE}))
    rows = _texts(pd.concat([places[list(_SCORES)], held[list(_SCORES)]], ignore_index=True))
    known = {row["indicator"] for row in rows}
    for one in (RANK, SCORE, *measures()):
        if one not in known:
            year = max(editions()) if one in _INDEX_UNITS else measures()[one]["year"]
            year = "" if pd.isna(year) else str(int(year))
            rows.append({"country": country, "indicator": one, "year": year, "unit": unit_of(one)})
    return rows


def written(name, rows, separator=","):
    """Return one table as the text of its file; a spreadsheet reads its letters right."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns(name), delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()


def read(folder):
    """Read the four tables from a folder, as they stand.

    Parameters
    ----------
    folder : pathlib.Path

    Returns
    -------
    dict of str to list of (int, dict)
        For each table its rows that are not wholly empty, each with its number as a spreadsheet
        shows it: the headings are row 1.

    Raises
    ------
    CourseError
        Where a file is not there, is no text in UTF-8, or has not the headings that it had.
    """
    return {name: _rows(folder / f"{name}.csv") for name in NAMES}


def _rows(path):
    name = path.stem
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(
            f"{path.name} is not in {path.parent}. Put it back, or lay the tables out in a new folder."
        ) from None
    except (UnicodeDecodeError, OSError):
        raise CourseError(
            f"{path.name} cannot be read. Save it once more, as CSV UTF-8, and close it there."
        ) from None
    separator = spreadsheet.delimiter_of(text)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    there = [(column or "").strip() for column in reader.fieldnames or []]
    missing = [column for column in columns(name) if column not in there]
    strange = [column for column in there if column and column not in columns(name)]
    if missing or strange or len(set(there)) < len(there):
        wrong = (
            f"lacks {', '.join(missing)}" if missing else f"has {', '.join(strange) or 'one twice'}"
        )
        raise CourseError(
            f"{path.name}, row 1: the line of headings {wrong}. "
            f"It should be: {', '.join(columns(name))}."
        )
    reader.fieldnames = there
    return list(_numbered(reader, path.name, separator))


def _numbered(reader, file, separator):
    for number, row in enumerate(reader, 2):
        if None in row or None in row.values():
            raise CourseError(
                f"{file}, row {number}: it has more or fewer cells than the headings. A text with "
                f"{'a comma' if separator == ',' else 'a semicolon'} in it stands between "
                "quotation marks."
            )
        row = {column: value.strip() for column, value in row.items()}
        # Where cells are parted by semicolons, a spreadsheet writes its decimals with a comma.
        if separator == ";" and row.get("value", "").count(",") == 1:
            row["value"] = row["value"].replace(",", ".")
        if any(row.values()):
            yield number, row


def frames(read_tables, country):
    """Return checked tables in the shape of the course's own, to lay over them.

    Parameters
    ----------
    read_tables : dict
        From :func:`read`, without a fault.
    country : str

    Returns
    -------
    dict of str to pandas.DataFrame
        By the names of the course's tables: assets, asset_benchmark, gspi_ranks, instruments,
        sources.
    """
    rows = {name: [row for _, row in read_tables[name]] for name in NAMES}
    known = [row for row in rows["scores"] if row["indicator"] in measures()]
    index = [row for row in rows["scores"] if row["indicator"] not in measures() and row["value"]]
    made = {
        "assets": [{**row, "asset_id": f"u{at:02}"} for at, row in enumerate(rows["assets"], 1)],
        "asset_benchmark": _benchmark(known, country),
        "gspi_ranks": [_place(row) for row in index],
        "instruments": [
            {**row, "case": country, "instrument_id": f"u{at:02}"}
            for at, row in enumerate(rows["instruments"], 1)
        ],
        "sources": rows["sources"],
    }
    return {name: _laid(name, made[name]) for name in made}


def _benchmark(rows, country):
    """Rows of the country and its neighbours; a neighbour's missing rows are said to be missing."""
    by_country = {country: {}}
    for row in rows:
        by_country.setdefault(row["country"], {})[row["indicator"]] = row
    for name, own in by_country.items():
        for indicator, of in measures().items():
            row = {"country": name, "indicator": indicator, "status": "no data", "year": ""}
            row |= own.get(indicator, {})
            row |= {"kind": of["kind"], "per_head": of["per_head"], "unit": of["unit"]}
            row["source_id"] = row.get("source_id") or "eri2021"
            row["place"] = row.get("place") or "list of the culture indicators"
            yield row


def _place(row):
    which = {RANK: "rank", SCORE: "score"}[row["indicator"]]
    return {**row, "indicator": which, "ranked": editions()[int(row["year"])]}


def _laid(name, rows):
    """The course's table with a country's rows: theirs first, and in place of its own of them."""
    ours, new = data.load(name), pd.DataFrame(list(rows))
    labels = {**ours.attrs["labels"]}
    if name == "assets":
        ours = ours.rename(columns={"kazakhstan": FOUND}).head(0)
        labels[FOUND] = "What was found"
    for column in ours.columns:
        cells = new[column] if column in new else pd.Series([None] * len(new), dtype=object)
        cells = cells.where(cells.notna() & (cells != ""), None)
        if pd.api.types.is_numeric_dtype(ours[column]) and ours[column].dtype != "boolean":
            cells = pd.to_numeric(cells)
        new[column] = cells.astype(ours[column].dtype)
    if "country" in ours and name != "sources":
        ours = ours[~ours["country"].isin(set(new["country"]))]
    laid = pd.concat([new[list(ours.columns)], ours], ignore_index=True)
    laid.attrs = {"labels": labels}
    return laid
