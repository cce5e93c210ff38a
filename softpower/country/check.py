"""What is wrong with another country's tables: one sentence for each fault, with file and row."""

import re
from datetime import date

import numpy as np

from softpower import data, scenario, texts
from softpower.country import tables
from softpower.country.rows import OF, fields_of

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
                said = [*fields_of(name, row), *OF[name](row, country, today, known)]
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
                ", row {number}: {what} stands already in row {first}. Keep one.",
                number=number,
                what=what,
                first=first[key],
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
        yield texts.text(
            ": place {rank:.0f} of {year} goes with a score of about {near}, by the "
            "places that the course knows, and yours is {score:g}. One of the two is "
            "another year's.",
            rank=rank,
            year=scenario.BASE_YEAR,
            near=near,
            score=score,
        )
