"""What is wrong with one row of another country's tables, in sentences that begin after its place."""

import re
from datetime import date

from softpower import data, scenario, texts
from softpower.country import tables

# A thing that nobody has counted before needs a unit that the course cannot know.
OWN_UNIT = re.compile(r"number of \S.*")
# What a spreadsheet makes of 3.5 where decimals have a comma: the third of May.
_A_DAY = re.compile(
    r"\d{1,2}[-. ][^\W\d_]{3,4}\.?|[^\W\d_]{3,4}[-. ]\d{1,2}"
    r"|\d{1,2}([./])\d{1,2}\1\d{2,4}|\d{4}-\d\d-\d\d"
)
_FIGURE = {"figure", "none"}
_SAYS_HOW = re.compile("second-hand|copy|through|abstract|summary|quoted", re.IGNORECASE)


def fields_of(name, row):
    """What each cell must hold by the course's own description of its column."""
    gap = "no data" in (row.get("finding"), row.get("status"))
    for field in tables.fields(name):
        column, value, limits = field["name"], row[field["name"]], field.get("constraints", {})
        if not value:
            # Where nothing was found there is no source and no place to name, but a note.
            if limits.get("required") and not (gap and column in ("source_id", "place", "status")):
                yield texts.text(
                    "the cell {column} is empty.",
                    column=column,
                )
        elif field["type"] in ("integer", "number"):
            yield from _number(column, value, field["type"], limits)
        elif column != "url" and re.search(r"[^\W\d_]\?[^\W\d_]", value):
            yield texts.text(
                "{column} has a question mark inside a word. A letter was lost when the table was "
                "saved in an old alphabet: write it again, and save as CSV UTF-8.",
                column=column,
            )
        elif "enum" in limits and value not in limits["enum"]:
            yield texts.text(
                "{column} says {value!r}. It can be: {enum}.",
                column=column,
                value=value,
                enum=", ".join(limits["enum"]),
            )
        elif "pattern" in limits and not re.fullmatch(limits["pattern"], value):
            yield texts.text(
                "{column} says {value!r}. A day is written like 2026-11-26.",
                column=column,
                value=value,
            )


def _number(column, value, kind, limits):
    pattern = r"-?\d+" if kind == "integer" else r"-?\d+(\.\d+)?"
    if value.endswith(tables.TWO_WAYS):
        value = value.removesuffix(tables.TWO_WAYS)
        ways = [value.replace(".", "")]
        ways += [f"{float(value):g}".replace(".", ",")] if value.count(".") == 1 else []
        yield texts.text(
            "{column} says {value}, and the point may part thousands. Where no commas part the "
            "cells, decimals have a comma: write {ways}.",
            column=column,
            value=value,
            ways=texts.listing(ways, "or"),
        )
    elif not re.fullmatch(pattern, value):
        value = " ".join(value.split())  # a space that does not break would be shown as code
        if column == "value" and _A_DAY.fullmatch(value):
            yield texts.text(
                "value says {value!r}: perhaps the spreadsheet has taken a number with a point for a "
                "day. Make the cell a text, and write the number again.",
                value=value,
            )
        elif column == "year":
            yield texts.text(
                "{value!r} is no year. Write four digits, like 2024.",
                value=value,
            )
        else:
            yield texts.text(
                "{column} says {value!r}. Write a bare number, like 8515 or 35.9, without its "
                "unit.",
                column=column,
                value=value,
            )
    elif float(value) < limits.get("minimum", float("-inf")):
        yield texts.text(
            "{column} is {value}, and it cannot lie below {minimum}.",
            column=column,
            value=value,
            minimum=limits["minimum"],
        )


def _year(row, today):
    text = row["year"]
    if re.fullmatch(r"\d+", text) and not 1000 <= int(text) <= max(today.year, scenario.BASE_YEAR):
        yield texts.text(
            "{text} is no year that a figure can be of.",
            text=text,
        )


def _sourced(row, known, *, gap=False):
    """A figure's source is listed, and the row does not claim to be better than its source."""
    key = row["source_id"]
    if key and key not in known.read:
        guess = _guess(key, [*known.own, *known.course], 0.75) or texts.text(
            "Add it to sources.csv."
        )
        yield texts.text(
            "there is no source {key!r}, neither in your sources.csv nor in the course's. {guess}",
            key=key,
            guess=guess,
        )
    elif key and not gap and known.read[key] == "second-hand" and row.get("status") == "observed":
        yield texts.text(
            "status says observed, but {key} was read second-hand. Write second-hand, or "
            "derived where you computed it.",
            key=key,
        )


def _said_how(row, what="found"):
    if row["status"] == "derived" and not row["note"]:
        yield texts.text("the figure is derived, and the note does not say how you computed it.")
    if what == "gap" and not row["note"]:
        yield texts.text("no data were found, and the note does not say where you looked.")


def _guess(name, known, cutoff=0.6):
    near = texts.near(name, known, cutoff)
    return (
        texts.text(
            "Did you mean {near!r}?",
            near=near,
        )
        if near
        else ""
    )


def _unit(row):
    unit = row["unit"]
    if unit and unit not in tables.units() and not OWN_UNIT.fullmatch(unit):
        guess = _guess(unit, tables.units())
        yield texts.text(
            "the unit {unit!r} is none that the course knows. {guess}The units "
            "stand in columns.md; for anything else write: number of …",
            unit=unit,
            guess=guess and f"{guess} ",
        )


def _asset(row, country, today, known):
    finding, gap = row["finding"], row["finding"] == "no data"
    if row["list"] == tables.LISTED and row["indicator"] not in tables.listed():
        yield texts.text(
            "this is none of the thirteen indicators of the list. Write its name as it was laid out."
        )
    if row["list"] == tables.SHOWN and not row["marker"]:
        yield texts.text(
            "an asset under the markers needs its marker: heritage, language, values or creativity."
        )
    if finding in _FIGURE and not (row["value"] and row["unit"]):
        yield texts.text(
            "the finding is {finding}, so value and unit must be there.",
            finding=finding,
        )
    if finding == "none" and row["value"] not in ("", "0"):
        yield texts.text(
            "none is a zero that was counted, and the value is {value}.",
            value=row["value"],
        )
    if finding in ("named", "no data") and row["value"]:
        yield texts.text(
            "the finding is {finding}, and there is a value. Write figure, or take the value out.",
            finding=finding,
        )
    if finding == "figure" and not row["year"] and not row["note"]:
        yield texts.text(
            "the figure has no year. Write it, or say in the note that the source gives none."
        )
    yield from _year(row, today)
    yield from _unit(row)
    yield from _sourced(row, known, gap=gap)
    yield from _said_how(row, "gap" if gap else "found")
    yield from _another(row[tables.FOUND], country)


def _another(text, country):
    """What was found is said of this country, and not left over from ours."""
    if country != "Kazakhstan" and re.match(r"\W*kazakh(stan)?\b", text, re.IGNORECASE):
        yield texts.text(
            "what was found begins with Kazakhstan. Say what was found of your own country."
        )


def _score(row, country, today, known):
    indicator, gap = row["indicator"], row["status"] == "no data"
    index = indicator in (tables.RANK, tables.SCORE)
    if not index and indicator not in tables.measures():
        guess = _guess(indicator, tables.measures())
        yield texts.text(
            "the lessons compare no indicator of this name. {guess}",
            guess=guess,
        ).strip()
        return
    if row["unit"] and row["unit"] != tables.unit_of(indicator):
        yield texts.text(
            "the unit is {unit!r}, and this is compared in {wanted!r}. Bring the figure into "
            "that unit.",
            unit=row["unit"],
            wanted=tables.unit_of(indicator),
        )
    if gap and row["value"]:
        yield texts.text("status says no data, and there is a value. Change one of them.")
    if not gap and not row["value"]:
        yield texts.text("there is no value. Write it, or write no data in the column status.")
    if row["value"] and not row["year"] and not gap:
        yield texts.text("the figure has no year.")
    yield from _year(row, today)
    yield from _edition(row) if index else _same_year(row, indicator)
    yield from _sourced(row, known, gap=gap)
    yield from _said_how(row, "gap" if gap else "found")
    yield from _named(row["country"], country)


def _edition(row):
    if not re.fullmatch(r"\d{4}", row["year"]):
        return
    size = tables.editions().get(int(row["year"]))
    if size is None:
        years = ", ".join(str(year) for year in tables.editions())
        yield texts.text(
            "the course does not know how many countries the edition of {year} ranked. It "
            "knows: {years}.",
            year=row["year"],
            years=years,
        )
        return
    value = row["value"]
    if not re.fullmatch(r"\d+(\.\d+)?", value):
        return
    if row["indicator"] == tables.RANK and not (value.isdigit() and 1 <= int(value) <= size):
        yield texts.text(
            "{value} is no place in a list of {size} countries.",
            value=value,
            size=size,
        )
    if row["indicator"] == tables.SCORE and float(value) > 100:
        yield texts.text(
            "the score is {value}, and the index goes from 0 to 100.",
            value=value,
        )


def _same_year(row, indicator):
    year = tables.measures()[indicator]["year"]
    if row["value"] and row["year"].isdigit() and year == year and int(row["year"]) != year:
        yield texts.text(
            "the other countries' figures are of {year}, and yours is of {own}. Compare "
            "like with like here; a newer figure belongs into assets.csv.",
            year=int(year),
            own=row["year"],
        )


def _names():
    tables_of_ours = ("countries", "gspi_ranks", "asset_benchmark", "outlines")
    return {name for table in tables_of_ours for name in data.load(table)["country"]}


def meant(name, *others):
    """Return the known country of which a name is nearly the name; "" where it is one itself.

    Parameters
    ----------
    name : str
    *others : str
        Names that are known beside those of the course's tables.
    """
    known = _names() | set(others)
    folded = {one.casefold(): one for one in known}
    near = texts.near(name.casefold(), folded, 0.85)
    return folded[near] if near and name not in known else ""


def _named(name, country):
    """One country has one name: not two spellings, and not one that is nearly another's."""
    other = meant(name, country)
    if other:
        yield texts.text(
            "the country {name!r} stands elsewhere as {other!r}. Give it one name.",
            name=name,
            other=other,
        )


def _instrument(row, country, today, known):
    yield from _sourced(row, known)
    if row["began"].isdigit() and not 1000 <= int(row["began"]) <= today.year:
        yield texts.text(
            "{began} is no year in which it can have begun.",
            began=row["began"],
        )
    if bool(row["outcome"]) == (row["evidence"] == "no outcome named"):
        yield texts.text(
            "outcome and evidence do not fit: either write what it is said to have brought, or "
            "write no outcome named."
        )


def _source(row, country, today, known):
    if row["source_id"] in known.course:
        yield texts.text(
            "the course has this source already. Delete the row; your tables may name it as it is."
        )
    if not re.fullmatch(r"[a-z0-9]+", row["source_id"]):
        yield texts.text("a key has small Latin letters and digits only, like timesca2025.")
    if not row["url"] and not re.search(r"\bdoi\b|10\.\d{4,}/|ISBN|through ", row["reference"]):
        yield texts.text("nobody could find it: there is no address, no DOI and no ISBN.")
    if row["url"] and not re.match(r"https?://\S+$", row["url"]):
        yield texts.text(
            "{url!r} is no address. It begins with https:// or http://.",
            url=row["url"],
        )
    if row["read"] == "second-hand" and not _SAYS_HOW.search(row["reference"]):
        yield texts.text(
            "it was read second-hand, and the reference does not say where you read it."
        )
    if row["year"] and f"({row['year']}" not in row["reference"]:
        yield texts.text(
            "the year is {year}, and the reference does not give it in round brackets.",
            year=row["year"],
        )
    yield from _year(row, today)
    yield from _day(row["read_on"], today)


def _day(text, today):
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield texts.text(
            "{text} is no day of the calendar.",
            text=text,
        )
        return
    if day > max(today, date(scenario.BASE_YEAR, 12, 31)):
        yield texts.text(
            "it cannot have been read on {text}, which is still to come.",
            text=text,
        )


OF = {"assets": _asset, "scores": _score, "instruments": _instrument, "sources": _source}
