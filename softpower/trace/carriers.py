"""The rows of ``data/``, and which of them carries a figure."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd

from softpower import data, references
from softpower.trace.reading import SCALES, Figure, figures_in, years_in


@dataclass(frozen=True)
class Row:
    """A row of ``data/`` with the figures that it holds for some sources.

    ``measured`` where they are its numbers; otherwise they stand in its words.
    """

    table: str
    key: str
    sources: tuple
    figures: tuple
    measured: bool
    years: frozenset  # empty where any year will do
    country: str

    @cached_property
    def address(self):
        """How a cell names the row: ``gspi_scores [KAZ, 2026]``."""
        return f"{self.table} [{self.key}]"


def citations(text):
    """Return the source_ids that a text cites, in order of appearance."""
    return references.cited(text)


@cache
def rows():
    """Return every row of every table, with the figures in its numbers and in its words."""
    tables = [name for name in data.names() if name not in ("sources", "outlines")]
    return [row for name in tables for row in _rows_of(name)]


@cache
def rows_from(source):
    """Return every row that has a source."""
    return [row for row in rows() if source in row.sources]


_YEARS = ("year", "edition", "data_year", "began", "lesson")


@cache
def _keys(name):
    table = data.resource(name)
    key = table["schema"].get("primaryKey", table["schema"]["fields"][0]["name"])
    return [key] if isinstance(key, str) else list(key)


def key_of(name, record):
    """Return the key of a row, as an address has it between its brackets."""
    return ", ".join(str(record[column]) for column in _keys(name))


def _rows_of(name):
    table = data.load(name)
    keys = _keys(name)
    ids = [c for c in table if c.endswith("source_id") or c == "read_in"]
    # A year tells rows apart where the same thing is given for several years, and for a rank.
    year = next((column for column in ("year", "edition") if column in table), None)
    same = [column for column in keys if column not in (year, "source_id", "value")]
    dated = table.get("unit", pd.Series("", table.index)) == "rank"
    if year in keys and same:
        dated |= table.groupby(same)[year].transform("nunique") > 1
    for record, has_year in zip(table.to_dict("records"), dated, strict=True):
        for sources, figures, measured in _held(record, ids):
            yield Row(
                table=name,
                key=key_of(name, record),
                sources=tuple(source for source in sources if pd.notna(source)),
                figures=tuple(figures),
                measured=measured,
                years=_named_years(
                    record[year] if year and has_year else " ".join(str(record[c]) for c in same)
                ),
                country=str(record.get("country", record.get("case", ""))),
            )


def _named_years(value):
    # A key in words may name the year of its figure: "rank in the index of 2025".
    return frozenset(years_in(str(value)))


def _held(record, ids):
    """Yield (sources, figures, whether they are numbers) for the parts of one record."""
    everyone = [record[column] for column in ids]
    yield everyone, _numbers(record), True
    if "check" in record:  # a claim is one source's, and its check another's
        yield [record["source_id"]], figures_in(record["says"]), False
        yield [record["check_source_id"]], figures_in(record["check"]), False
        return
    words = (
        value
        for column, value in record.items()
        if isinstance(value, str) and not column.endswith(("_id", "iso3", "place", "unit"))
    )
    yield everyone, [figure for text in words for figure in figures_in(text)], False


def _numbers(record):
    for column, value in record.items():
        if isinstance(value, (str, bool)) or pd.isna(value) or column in _YEARS:
            continue
        unit = str(record.get("unit", "")) if column in ("value", "score") else column
        value *= next((SCALES[word] for word in unit.split() if word in SCALES), 1)
        yield Figure(unit, float(value), float(value), unit.lower())


_RANK = re.compile(
    r"(?<!% of the )rank|ordinal|place\b"
)  # a difference of ranks is measured in places


def _same(stated, held):
    # "A fall of 3.1 per cent" has no sign, and its row has one.
    value = (held.low + held.high) / 2
    value = value if stated.low < 0 else abs(value)
    slack = 1e-9 * max(1.0, abs(value))
    if not stated.low - slack <= value <= stated.high + slack:
        return False
    if stated.kind == "percent":
        return "%" in held.kind or held.kind == "percent"
    if stated.kind == "rank":
        return bool(_RANK.search(held.kind))
    return stated.kind in held.kind


# How prose names a country, where that is not its name.
_NAMED = {
    "South Korea": "Korea|Hallyu|King Sejong",
    "Kazakhstan": "Kazakh|Astana|Bolashak",
    "United Kingdom": "United Kingdom|Brit|BBC|UK",
    "United States": "United States|America|USA",
    "Turkey": "Turk",
    "China": "Chin",
}


@cache
def _countries_in(text):
    known = {row.country for row in rows()} - {""}
    return {country for country in known if re.search(_NAMED.get(country, country), text)}


def _fits(row, passage, topic):
    """Say whether a row can be what a passage speaks of: its country and its year."""
    countries = set() if topic is None else _countries_in(passage + topic)
    if row.country and countries and row.country not in countries:
        return False
    years = years_in(passage)
    return not row.years or not years or bool(row.years & years)


def speaks_of(row, figure):
    """Return whether a row can be meant by the words next to a rank: "Tajikistan 145th".

    Only ranks are judged so: a list of places is a list of countries, and one country's place is
    easily another's. A part of a sentence with no country in it, or with two, judges nothing.
    """
    if figure.kind != "rank" or not row.country:
        return True
    countries = _countries_in(figure.part)
    return len(countries) != 1 or row.country in countries


def carrier(figure, passage, topic="", named=None):
    """Return the row that carries a figure and the source cited for it, or None.

    Parameters
    ----------
    figure : Figure
    passage : str
        The cell or paragraph: its citations, years and countries narrow the choice.
    topic : str or None
        The title of the page, which may name the country for all passages. None where the
        passage stands over a chart, which shows more countries than it names.
    named : dict, optional
        The addresses of the rows that the passage's cell names for each figure; any row that
        fits by its country and year will do where it names none at all.
    """
    addresses = named.get(figure.text, []) if named else None
    for cited in (citations(figure.sentence), citations(passage)):  # the nearest source first
        found = [
            (row, source)
            for source in cited
            for row in rows_from(source)
            if addresses is None or row.address in addresses
            if holds(row, figure)
        ]
        # Where a row measures this number, its country and year decide; words only otherwise.
        measured = [(row, source) for row, source in found if row.measured]
        fitting = [
            one
            for one in measured or found
            if addresses or (_fits(one[0], passage, topic) and speaks_of(one[0], figure))
        ]
        # The sentence's own country and year tell more than the passage's.
        nearest = [one for one in fitting if _fits(one[0], figure.sentence, "")]
        if fitting:
            return (nearest or fitting)[0]
    return None


def fitting(figure, passage, topic):
    """Return the addresses of all rows that could carry a figure, the chosen one first."""
    chosen = carrier(figure, passage, topic)
    if not chosen:
        return []
    others = {
        row.address
        for row in rows_from(chosen[1])
        if row.measured and holds(row, figure) and _fits(row, passage, topic)
    }
    return [chosen[0].address, *sorted(others - {chosen[0].address})]


@cache
def _by_address():
    found = {}
    for row in rows():
        found.setdefault(row.address, []).append(row)
    return found


def at(address):
    """Return the rows of an address: one for its numbers, and one or two for its words."""
    return _by_address().get(address, [])


def holds(row, figure):
    """Return whether a row holds a figure, at the rounding shown."""
    return any(_same(figure, held) for held in row.figures)


@cache
def numbers():
    """Return every number of the tables, in its own unit: 313 where the unit is a million."""
    found = set()
    for name in data.names():
        for column in data.load(name).select_dtypes("number"):
            found |= set(data.load(name)[column].dropna().abs().astype(float))
    return frozenset(found)


def carries_words(figure, passage, but):
    """Return a row, other than the one at an address, in which a figure stands.

    A row that measures it comes before one whose words only speak of it.
    """
    others = (row for source in citations(passage) for row in rows_from(source))
    found = [row for row in others if row.address != but and holds(row, figure)]
    return next((row for row in found if row.measured), found[0] if found else None)
