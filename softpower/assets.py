"""One country's assets beside others', without hiding what is not known."""

import pandas as pd

from softpower import texts
from softpower.errors import CourseError


def compare(table, indicator, countries, *, per_million=False):
    """Put countries in order by one indicator; those without a figure stand last, visibly.

    Parameters
    ----------
    table : pandas.DataFrame
        With columns country, indicator, value (NaN where there is none) and per_head.
    indicator : str
        One of the table's indicators.
    countries : list of str
        Which countries, in the order in which those without a figure are listed.
    per_million : bool
        Divide by the rows of the indicator ``inhabitants`` (in millions).

    Returns
    -------
    pandas.DataFrame
        One row for *every* country asked for, the table's columns, with ``value`` divided
        where asked.

    Raises
    ------
    CourseError
        Where the indicator or a country is not in the table, or dividing this indicator by
        people makes no sense.
    """
    rows = table[table["indicator"] == indicator]
    _check_names(table, rows, indicator, countries)
    rows = rows.set_index("country").loc[list(countries)].reset_index()
    if per_million:
        if not rows["per_head"].all():
            raise CourseError(
                texts.text(
                    "Dividing {indicator!r} by people says nothing: it is not a count of things "
                    "that grow with a country. Compare it as it is.",
                    indicator=indicator,
                )
            )
        people = table[table["indicator"] == "inhabitants"].set_index("country")["value"]
        rows["value"] = rows["value"] / rows["country"].map(people)
    return rows.sort_values(
        "value", ascending=False, na_position="last", kind="stable"
    ).reset_index(drop=True)


def _check_names(table, rows, indicator, countries):
    if rows.empty:
        raise CourseError(
            texts.text(
                "There is no indicator {indicator!r}. The indicators are: {known}.",
                indicator=indicator,
                known=", ".join(dict.fromkeys(table["indicator"])),
            )
        )
    strangers = [country for country in countries if country not in set(rows["country"])]
    if strangers:
        raise CourseError(
            texts.text(
                "{country!r} is not in the table. The countries are: {known}.",
                country=strangers[0],
                known=", ".join(rows["country"]),
            )
        )


def coverage(table, countries):
    """Count, for each indicator, how many of some countries have a figure.

    Parameters
    ----------
    table : pandas.DataFrame
        As in :func:`compare`.
    countries : list of str
        The first is the country whose assets are benchmarked.

    Returns
    -------
    pandas.DataFrame
        Columns indicator, kind, ``own`` (the first country has a figure), ``others`` (how
        many of the rest have one) and ``comparable`` (both).
    """
    own, *others = countries
    rows = table[table["country"].isin(countries)]
    known = rows.assign(known=rows["value"].notna()).pivot_table(
        index=["indicator", "kind"], columns="country", values="known", aggfunc="any", sort=False
    )
    counts = pd.DataFrame({"own": known[own], "others": known[others].sum(axis="columns")})
    counts["comparable"] = counts["own"] & (counts["others"] > 0)
    return counts.reset_index()
