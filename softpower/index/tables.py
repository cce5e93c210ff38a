"""What every step asks of a table: numbers without repeats, a row by name, names that exist."""

import numpy as np
import pandas as pd

from softpower import texts
from softpower.errors import CourseError

TIE = 1e-12  # scores closer than this are equal: it is rounding, not a difference


def numbers(table):
    if not isinstance(table, pd.DataFrame) or table.empty:
        raise CourseError(
            texts.text(
                "A table with one row a country and one column an indicator is needed, and it "
                "must not be empty."
            )
        )
    if table.columns.has_duplicates or table.index.has_duplicates:
        raise CourseError(texts.text("Every country and every indicator must appear once only."))
    try:
        return table.astype(float)
    except (TypeError, ValueError):
        words = [name for name in table if not pd.api.types.is_numeric_dtype(table[name])]
        raise CourseError(
            texts.text("{columns} holds words, not numbers. Leave it out.", columns=listed(words))
        ) from None


def row(table, country):
    if country not in table.index:
        raise CourseError(
            texts.text(
                "There is no country {country!r} in the table. Check the spelling.", country=country
            )
        )
    return table.index.get_loc(country)


_STRANGERS = {
    "goalposts": texts.mark(
        "The goalposts name {names}, which is not an indicator of this table. It has {known}."
    ),
    "weights": texts.mark(
        "The weights name {names}, which is not an indicator of this table. It has {known}."
    ),
    "lower limits": texts.mark(
        "The lower limits name {names}, which is not an indicator of this table. It has {known}."
    ),
    "upper limits": texts.mark(
        "The upper limits name {names}, which is not an indicator of this table. It has {known}."
    ),
}


def known(names, columns, what):
    unknown = [name for name in names if name not in columns]
    if unknown:
        raise CourseError(
            texts.text(_STRANGERS[what], names=listed(unknown), known=listed(columns))
        )


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value)


def listed(names):
    return ", ".join(texts.cell(str(name)) for name in names)


def alternatives(names):
    return texts.listing(map(repr, names), "or")
