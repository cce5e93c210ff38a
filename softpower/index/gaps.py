"""Missing values: the first step of an index, by a rule that somebody chooses and can read."""

from typing import NamedTuple

import pandas as pd

from softpower import texts
from softpower.errors import CourseError
from softpower.index.tables import alternatives, listed, numbers

MISSING_RULES = {
    "drop_countries": texts.mark("Leave the country out: who has a gap is not ranked"),
    "drop_indicators": texts.mark(
        "Leave the indicator out: it counts for nobody, where one country has a gap"
    ),
    "median": texts.mark("Fill with the median: a gap gets the middle value of the others"),
}


class Completed(NamedTuple):
    """A table without gaps, and what was done to it."""

    table: pd.DataFrame
    notes: tuple[str, ...]


_EMPTY = {
    "country": texts.mark("{names} has no data at all. Leave this country out of the table."),
    "indicator": texts.mark("{names} has no data at all. Leave this indicator out of the table."),
}


def complete(table, rule=None):
    """Make a table without gaps by a rule that the caller chooses.

    Parameters
    ----------
    table : pandas.DataFrame
        Countries × indicators, in the indicators' own units; gaps are NaN.
    rule : str, optional
        A key of ``MISSING_RULES``, or None where there should be no gap.

    Returns
    -------
    ``Completed(table, notes)``: the notes name everything that was left out or filled.

    Raises
    ------
    CourseError
        There is a gap and no rule, the rule is unknown, a country or an indicator
        has no value at all, or fewer than two countries or no indicator remain.
    """
    table = numbers(table)
    if rule is not None and rule not in MISSING_RULES:
        raise CourseError(
            texts.text(
                "There is no rule {rule!r} for gaps. Choose {alternatives}.",
                rule=rule,
                alternatives=alternatives(MISSING_RULES),
            )
        )
    gaps = table.isna()
    if not gaps.to_numpy().any():
        return Completed(table, ())
    said = _said_of(gaps)
    _refuse_empty(gaps, rule)
    if rule is None:
        raise CourseError(
            texts.text(
                "The table has gaps: {names}. Say what to do with them first: "
                "index.complete(table, rule) with rule {alternatives}.",
                names="; ".join(said),
                alternatives=alternatives(MISSING_RULES),
            )
        )
    result, notes = _without_gaps(table, gaps, rule, said)
    if len(result) < 2 or result.shape[1] < 1:
        raise CourseError(
            texts.text(
                "After leaving out what has gaps, no ranking is possible: it takes two "
                "countries and one indicator. Choose another rule or other indicators."
            )
        )
    return Completed(result, tuple(notes))


def _said_of(gaps):
    """Name the gaps: one sentence for each country that has some."""
    return [
        texts.text(
            "{country} has no value for {indicators}",
            country=texts.cell(country),
            indicators=listed(gaps.columns[row]),
        )
        for country, row in zip(gaps.index, gaps.to_numpy(), strict=True)
        if row.any()
    ]


def _refuse_empty(gaps, rule):
    """Raise where a country or an indicator has no value at all and the rule would keep it."""
    for names, empty, what, leaves_out in (
        (gaps.index, gaps.all(axis=1), "country", "drop_countries"),
        (gaps.columns, gaps.all(axis=0), "indicator", "drop_indicators"),
    ):
        if empty.any() and rule != leaves_out:
            raise CourseError(texts.text(_EMPTY[what], names=listed(names[empty])))


def _without_gaps(table, gaps, rule, said):
    """Apply a rule; returns the table and the notes of what was left out or filled."""
    if rule == "drop_countries":
        notes = [texts.text("Left out: {gap}.", gap=gap) for gap in said]
        return table[~gaps.any(axis=1)], notes
    if rule == "drop_indicators":
        gone = listed(table.columns[gaps.any(axis=0)])
        note = texts.text("Left out the indicator {indicators}: it has gaps.", indicators=gone)
        return table.loc[:, ~gaps.any(axis=0)], [note]
    notes = [texts.text("Filled with the median of the others: {gap}.", gap=gap) for gap in said]
    return table.fillna(table.median()), notes
