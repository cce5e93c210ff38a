"""What is wrong with another country's tables: one sentence for each fault, with file and row."""

import re
from datetime import date

import numpy as np

from softpower import data, scenario, texts
from softpower.country import tables

# A thing that nobody has counted before needs a unit that the course cannot know.
OWN_UNIT = re.compile(r"number of \S.*")
# What a spreadsheet makes of 3.5 where decimals have a comma: the third of May.
_A_DAY = re.compile(r"\d{1,2}[-. ][^\W\d_]{3,4}\.?|[^\W\d_]{3,4}[-. ]\d{1,2}")
_FIGURE = {"figure", "none"}
_SAYS_HOW = re.compile("second-hand|copy|through|abstract|summary|quoted", re.IGNORECASE)
# A place and a score of one edition belong together: this far apart they cannot be of one list.
_APART = 1.5


def faults(read_tables, country, today=None):
    """Return every fault of a country's tables, in the order of the files and rows.

    Parameters
    ----------
    read_tables : dict
        From :func:`softpower.country.tables.read`.
    country : str
    today : datetime.date, optional
        No figure is younger than this day.

    Returns
    -------
    list of str
        One sentence or two each, ``"assets.csv, row 5 (Olympic medals): …"``. Empty: all is well.
    """
    today = today or date.today()
    known = _Sources(read_tables["sources"])
    found = []
    for name in tables.NAMES:
        rows = read_tables[name]
        waiting = [number for number, row in rows if _untouched(name, row)]
        if waiting:
            found.append(_waiting(name, waiting))
        for number, row in rows:
            if name != "sources":
                known.use(row)
            if number in waiting:
                continue
            if row["source_id"] == tables.EXAMPLE:
                said = [
                    texts.text(
                        "this is still the example. Write your own over it, or delete the row."
                    )
                ]
            else:
                said = [*_fields(name, row), *_OF[name](row, country, today, known)]
            found += [f"{_where(name, number, row)}: {sentence}" for sentence in said]
        found += [f"{name}.csv{sentence}" for sentence in _whole(name, rows, country, known)]
    return found


class _Sources:
    """The sources that a row may name: the course's and the country's own."""

    def __init__(self, rows):
        course = data.load("sources").set_index("source_id")
        self.read = course["read"].to_dict()
        self.course = set(self.read)
        self.own = [row["source_id"] for _, row in rows]
        self.read |= {row["source_id"]: row["read"] for _, row in rows}
        self.used = set()

    def use(self, row):
        """Remember which sources a row names: in its own column, or in a note."""
        words = re.findall(r"[a-z0-9]+", " ".join(row.values()))
        self.used |= set(words) & set(self.own)


_MAIN = {"assets": "indicator", "scores": "indicator", "instruments": "instrument"}


def _where(name, number, row):
    main = row[_MAIN.get(name, "source_id")]
    where = texts.text("{file}, row {number}", file=f"{name}.csv", number=number)
    return f"{where} ({main})" if main else where


_LAID_OUT = {
    "assets": {"list", "indicator", "marker"},
    "scores": {"country", "indicator", "year", "unit"},
}


def _untouched(name, row):
    """Say whether nobody has written into a row that was laid out."""
    laid = _LAID_OUT.get(name, set())
    return bool(laid) and not any(value for column, value in row.items() if column not in laid)


def _waiting(name, numbers):
    if len(numbers) == 1:
        said = texts.text(
            "row {number} is not filled in yet",
            number=numbers[0],
        )
    else:
        said = texts.text(
            "rows {numbers} are not filled in yet",
            numbers=_spans(numbers),
        )
    told = {
        "assets": texts.text("Write what you found, or no data and where you looked."),
        "scores": texts.text(
            "Write the figure, or no data in the column status and where you looked."
        ),
    }
    return f"{name}.csv: {said}. {told[name]}"


def _spans(numbers):
    """Write 2, 3, 4, 7 as ``2 to 4, 7``."""
    spans = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(
        str(a) if a == b else texts.text("{first} to {last}", first=a, last=b) for a, b in spans
    )


def _fields(name, row):
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
    if not re.fullmatch(pattern, value):
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
        yield (
            texts.text(
                "there is no source {key!r}, neither in your sources.csv nor in the course's. "
                "{guess}",
                key=key,
                guess=guess,
            )
        )
    elif key and not gap and known.read[key] == "second-hand" and row.get("status") == "observed":
        yield (
            texts.text(
                "status says observed, but {key} was read second-hand. Write second-hand, or "
                "derived where you computed it.",
                key=key,
            )
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
        yield (
            texts.text(
                "the unit {unit!r} is none that the course knows. {guess}The units "
                "stand in columns.md; for anything else write: number of …",
                unit=unit,
                guess=guess and f"{guess} ",
            )
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
        yield (
            texts.text(
                "the unit is {unit!r}, and this is compared in {indicator!r}. Bring the figure "
                "into that unit.",
                unit=row["unit"],
                indicator=tables.unit_of(indicator),
            )
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
        yield (
            texts.text(
                "the other countries' figures are of {year}, and yours is of {own}. Compare "
                "like with like here; a newer figure belongs into assets.csv.",
                year=int(year),
                own=row["year"],
            )
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
        yield (
            texts.text(
                "outcome and evidence do not fit: either write what it is said to have brought, or "
                "write no outcome named."
            )
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


_OF = {"assets": _asset, "scores": _score, "instruments": _instrument, "sources": _source}


def _whole(name, rows, country, known):
    """What can be seen only when all rows of a table are read."""
    yield from _twice(name, rows)
    if name == "assets":
        yield from _all_assets([row for _, row in rows])
    if name == "scores":
        yield from _all_scores(rows, country)
    if name == "instruments" and not rows:
        yield texts.text(": no instrument stands in it. One is enough to begin with.")
    if name == "sources":
        for number, row in rows:
            key = row["source_id"]
            if key and key not in known.used | {tables.EXAMPLE}:
                yield texts.text(
                    ", row {number} ({key}): no table names this source. Name it, or delete the "
                    "row.",
                    number=number,
                    key=key,
                )


_KEYS = {
    "assets": ("list", "indicator"),
    "scores": ("country", "indicator", "year"),
    "instruments": ("instrument",),
    "sources": ("source_id",),
}


def _twice(name, rows):
    first = {}
    for number, row in rows:
        key = tuple(row[column].casefold() for column in _KEYS[name])
        if name == "scores" and row["indicator"] in tables.measures():
            key = key[:2]
        if not all(key) and name != "scores":
            continue
        if key in first:
            what = " · ".join(row[column] for column in _KEYS[name] if row[column])
            yield texts.text(
                ", row {number}: {what} stands already in row {key}. Keep one.",
                number=number,
                what=what,
                key=first[key],
            )
        first.setdefault(key, number)


def _all_assets(rows):
    there = {row["indicator"] for row in rows if row["list"] == tables.LISTED}
    for one in tables.listed():
        if one not in there:
            yield texts.text(
                ": the indicator {one!r} is missing. A gap is written no data, never left out.",
                one=one,
            )
    shown = {row["marker"] for row in rows if row["list"] == tables.SHOWN}
    for marker in data.load("identity_markers")["marker"]:
        if marker not in shown:
            yield texts.text(
                ": nothing stands under the marker {marker}. If nothing was found, write no data.",
                marker=marker,
            )
    listed = [row for row in rows if row["list"] == tables.LISTED]
    if all(row["finding"] for row in listed) and not any(row["value"] for row in listed):
        yield texts.text(
            ": none of the thirteen indicators has a figure, so there is nothing to draw. Find one."
        )


def _all_scores(rows, country):
    own = [row for _, row in rows if row["country"] == country]
    if not own:
        yield texts.text(
            ": no row is of {country}. Write the name as you typed it in the command.",
            country=country,
        )
        return
    there = {row["indicator"] for row in own}
    for one in (tables.RANK, tables.SCORE, *tables.measures()):
        if one not in there:
            yield texts.text(
                ": {country} has no row {one!r}. A gap is written no data, never left out.",
                country=country,
                one=one,
            )
    yield from _fits(own)


def place(rows):
    """Return a country's rank and score in the scenario's first year, each None where not known."""
    found = {
        row["indicator"]: float(row["value"])
        for row in rows
        if row["year"] == str(scenario.BASE_YEAR) and re.fullmatch(r"\d+(\.\d+)?", row["value"])
    }
    return found.get(tables.RANK), found.get(tables.SCORE)


def _fits(own):
    rank, score = place(own)
    if rank is None or score is None or not rank.is_integer():
        return
    field = scenario.field(data.load("gspi_bands"), scenario.quoted_places())
    if not 1 <= rank <= len(field) or score > 100:
        return
    near = float(np.round(field[int(rank) - 1], 1))
    if abs(near - score) > _APART:
        yield (
            texts.text(
                ": place {rank:.0f} of {scenario} goes with a score of about {near}, by the "
                "places that the course knows, and yours is {score:g}. One of the two is "
                "another year's.",
                rank=rank,
                scenario=scenario.BASE_YEAR,
                near=near,
                score=score,
            )
        )
