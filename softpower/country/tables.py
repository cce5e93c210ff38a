"""The four tables of another country: what they hold, laid out to fill, read, and put to use."""

import csv
import io
import re
from functools import cache

import pandas as pd

from softpower import data, spreadsheet, texts
from softpower.errors import CourseError

NAMES = ("assets", "scores", "instruments", "sources")
EXAMPLE = "example2026"  # the key of the source of the rows that are laid out to be replaced
LISTED, SHOWN = "Soft Power 30, culture", "identity markers"
RANK, SCORE = "Global Soft Power Index, rank", "Global Soft Power Index, score"
# What a column of ours is called where the country is not Kazakhstan.
FOUND = "found"
# Behind a value that may be read in two ways, so that it is no number until somebody says which.
TWO_WAYS = " ?"
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
    if separator != ",":
        # A spreadsheet that parts by semicolons would take 3.5 for the third of May.
        rows = [_with_a_comma(row) for row in rows]
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()


def _with_a_comma(row):
    number = re.fullmatch(r"-?\d+\.\d+", row.get("value", ""))
    return {**row, "value": row["value"].replace(".", ",")} if number else row


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
    text = _text(path)
    separator = spreadsheet.delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    there = [column.strip().lower() for column in next(reader, [])]
    _headings(path, [column for column in there if column])
    rows = list(_numbered(reader, there, path.name, separator))
    _without_slashes([row for _, row in rows])
    return rows


def _text(path):
    """The text of a table's file, whichever of its ways a spreadsheet took to save it."""
    workbook = path.with_suffix(".xlsx")
    if not path.exists() and workbook.exists():
        raise CourseError(
            texts.text(
                "{file} is not there, and {workbook} is. A workbook is not read: save it as CSV "
                "UTF-8, under the name {file}.",
                file=path.name,
                workbook=workbook.name,
            )
        )
    other = _under_another_name(path)
    if other:
        raise CourseError(
            texts.text(
                "{file} is not there, and {other} is. Give it the name {file}; some systems hide the "
                "last part of a name.",
                file=path.name,
                other=other,
            )
        )
    if not path.exists():
        raise CourseError(
            texts.text(
                "{file} is not in {folder}. Put it back, or lay the tables out in a new folder.",
                file=path.name,
                folder=path.parent,
            )
        )
    try:
        if path.read_bytes()[:2] == b"PK":
            raise CourseError(
                texts.text(
                    "{file} is a workbook under the name of a CSV. Open it, and save it as CSV UTF-8.",
                    file=path.name,
                )
            )
        return spreadsheet.text_of(path, alphabets=False)
    except (UnicodeDecodeError, OSError):
        raise CourseError(
            texts.text(
                "{file} cannot be read: it was saved in an old alphabet, in which letters get lost, "
                "or it is still open. Save it once more, as CSV UTF-8, and close it there.",
                file=path.name,
            )
        ) from None


def _under_another_name(path):
    """Return the name of a file that was meant to be this one, or ``""``."""
    if path.exists() or not path.parent.is_dir():
        return ""
    meant = {path.name, f"{path.name}.csv", f"{path.name}.txt", f"{path.stem}.txt"}
    return next(
        (one.name for one in sorted(path.parent.iterdir()) if one.name.casefold() in meant), ""
    )


def _headings(path, there):
    known = columns(path.stem)
    missing = [column for column in known if column not in there]
    strange = [column for column in there if column not in known]
    if not (missing or strange or len(set(there)) < len(there)):
        return
    if missing:
        wrong = texts.text("lacks {columns}", columns=", ".join(missing))
    elif strange:
        wrong = texts.text("has {columns}", columns=", ".join(strange))
    else:
        wrong = texts.text("has one twice")
    raise CourseError(
        texts.text(
            "{file}, row 1: the line of headings {wrong}. It should be: {columns}.",
            file=path.name,
            wrong=wrong,
            columns=", ".join(known),
        )
    )


def _numbered(reader, there, file, separator):
    for number, cells in enumerate(reader, 2):
        if not any(cells):
            continue
        # To the right of the headings a spreadsheet may have columns in which nothing stands.
        named = [(column, cell) for column, cell in zip(there, cells, strict=False) if column]
        beyond = [cell for column, cell in zip(there, cells, strict=False) if not column]
        if len(cells) < len(there) or any([*beyond, *cells[len(there) :]]):
            raise CourseError(_torn(file, number, separator))
        row = {column: cell.strip() for column, cell in named}
        if any(row.values()):
            yield number, _undone(row, separator)


def _torn(file, number, separator):
    if separator == ",":
        message = texts.mark(
            "{file}, row {number}: it has more or fewer cells than the headings. A text with a comma "
            "in it stands between quotation marks."
        )
    else:
        message = texts.mark(
            "{file}, row {number}: it has more or fewer cells than the headings. A text with a "
            "semicolon in it stands between quotation marks."
        )
    return texts.text(message, file=file, number=number)


def _undone(row, separator):
    """A row without what a spreadsheet made of it by itself: its decimals, its days."""
    # Where cells are not parted by commas, decimals have one, and a point may part thousands.
    if separator != ",":
        value = row.get("value", "")
        if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+", value):
            row["value"] += TWO_WAYS
        elif value.count(",") == 1:
            row["value"] = value.replace(",", ".")
    day = re.fullmatch(r"(\d\d?)\.(\d\d?)\.(\d{4})", row.get("read_on", ""))
    if day:
        row["read_on"] = f"{day[3]}-{day[2]:>02}-{day[1]:>02}"
    return row


def _without_slashes(rows):
    """Undo what a spreadsheet in English made of the days: 11/26/2026, or 26/11/2026.

    One spreadsheet writes all in one order; where no day tells which, none is guessed.
    """
    found = [
        (row, day)
        for row in rows
        if (day := re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", row.get("read_on", "")))
    ]
    over = {place for _, day in found for place in (1, 2) if int(day[place]) > 12}
    if len(over) == 1:
        (at,) = over
        for row, day in found:
            row["read_on"] = f"{day[3]}-{day[3 - at]:>02}-{day[at]:>02}"


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
