"""What every step asks of a table: numbers without repeats, a row by name, names that exist."""

import numpy as np
import pandas as pd

from softpower.errors import CourseError

TIE = 1e-12  # scores closer than this are equal: it is rounding, not a difference


def numbers(table):
    if not isinstance(table, pd.DataFrame) or table.empty:
        raise CourseError(
            "A table with one row a country and one column an indicator is needed, and it must "
            "not be empty."
        )
    if table.columns.has_duplicates or table.index.has_duplicates:
        raise CourseError("Every country and every indicator must appear once only.")
    try:
        return table.astype(float)
    except (TypeError, ValueError):
        words = [name for name in table if not pd.api.types.is_numeric_dtype(table[name])]
        raise CourseError(f"{listed(words)} holds words, not numbers. Leave it out.") from None


def row(table, country):
    if country not in table.index:
        raise CourseError(f"There is no country {country!r} in the table. Check the spelling.")
    return table.index.get_loc(country)


def known(names, columns, what):
    unknown = [name for name in names if name not in columns]
    if unknown:
        raise CourseError(
            f"The {what} name {listed(unknown)}, which is not an indicator of this table. It has "
            f"{listed(columns)}."
        )


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value)


def listed(names):
    return ", ".join(str(name) for name in names)


def alternatives(names):
    return " or ".join(repr(name) for name in names)
