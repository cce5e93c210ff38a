"""Did it work? Methods that tell a change from an effect, as pure functions.

A panel is a table with one row a country and year: the columns ``country``, ``year`` and
``value``. One country has a programme from the year ``start`` on; the others are its controls.
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from softpower import texts
from softpower.errors import CourseError

__all__ = [
    "CONDITIONS",
    "JUDGEMENTS",
    "START",
    "TREATED",
    "WORLDS",
    "DifferenceInDifferences",
    "Transfer",
    "TwoProportions",
    "World",
    "before_after",
    "by_people_asked",
    "difference_in_differences",
    "judge_transfer",
    "placebo_in_space",
    "placebo_share",
    "simulated_panel",
    "two_proportions",
    "verdicts",
    "without_programme",
]


def __dir__():
    """What TAB offers: the methods, and nothing that this file imports."""
    return __all__


# In the order in which they are asked; what each means stands in the table ``conditions``.
CONDITIONS = ("marketplace", "messenger", "attitudes")
JUDGEMENTS = (
    texts.word("met"),
    texts.word("partly"),
    texts.word("not met"),
    texts.word("not known"),
)


# --- two percentages --------------------------------------------------------------------------


class TwoProportions(NamedTuple):
    """The difference of two shares, with its interval and its distance from zero."""

    difference: float
    low: float
    high: float
    z: float


def two_proportions(share_1, n_1, share_2, n_2, confidence=0.95):
    """Return the difference between two shares from two polls, with its interval.

    The interval is Wald's (each poll keeps its own variance); ``z`` is the two-proportion test,
    with one variance for both. Newcombe (1998) shows when Wald's interval is too narrow: with
    few people, or shares very near 0 or 1.

    Parameters
    ----------
    share_1, share_2 : float
        Shares from 0 to 1; the difference is the first minus the second.
    n_1, n_2 : int
        How many people each poll asked.
    confidence : float
        How often, in many repetitions, such an interval would hold the true difference.

    Returns
    -------
    TwoProportions

    Raises
    ------
    CourseError
        Where a share or the confidence is not between 0 and 1, or a poll asked nobody.
    """
    if not (0 <= share_1 <= 1 and 0 <= share_2 <= 1):
        raise CourseError(texts.text("A share lies between 0 and 1: write 13 % as 0.13."))
    if n_1 < 1 or n_2 < 1:
        raise CourseError(texts.text("Each poll needs the number of people it asked, at least 1."))
    if not 0 < confidence < 1:
        raise CourseError(texts.text("A confidence lies between 0 and 1: write 95 % as 0.95."))
    difference = share_1 - share_2
    spread = np.sqrt(share_1 * (1 - share_1) / n_1 + share_2 * (1 - share_2) / n_2)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * spread
    both = (share_1 * n_1 + share_2 * n_2) / (n_1 + n_2)
    pooled = np.sqrt(both * (1 - both) * (1 / n_1 + 1 / n_2))
    z = difference / pooled if pooled else 0.0
    return TwoProportions(
        float(difference), float(difference - reach), float(difference + reach), float(z)
    )


def by_people_asked(share_1, share_2, people):
    """Return the difference between two shares and its interval, for polls of several sizes.

    Parameters
    ----------
    share_1, share_2 : float
        Shares from 0 to 1.
    people : list of int
        How many people each of the two polls asked; one row a number.

    Returns
    -------
    pandas.DataFrame
        Columns ``people``, ``difference``, ``low``, ``high``, the last three in percentage points.
    """
    found = [two_proportions(share_1, number, share_2, number) for number in people]
    table = pd.DataFrame(found)[["difference", "low", "high"]] * 100
    table.insert(0, "people", list(people))
    return table


# --- before and after -------------------------------------------------------------------------


def before_after(panel, start):
    """Return each country's mean before ``start``, from ``start`` on, and the change.

    Parameters
    ----------
    panel : pandas.DataFrame
        Columns ``country``, ``year``, ``value``.
    start : int
        The programme's first year; it counts as after.

    Returns
    -------
    pandas.DataFrame
        Columns ``country``, ``before``, ``after``, ``change``.

    Raises
    ------
    CourseError
        Where a country has no year before ``start`` or none from ``start`` on.
    """
    after = panel["year"] >= start
    table = pd.DataFrame(
        {
            texts.word("before"): panel[~after].groupby("country")["value"].mean(),
            texts.word("after"): panel[after].groupby("country")["value"].mean(),
        }
    )
    if table.empty or table.isna().any(axis=None):
        raise CourseError(
            texts.text(
                "Before and after need years on both sides of {start}. Look at the column year.",
                start=start,
            )
        )
    return table.assign(change=table["after"] - table["before"]).reset_index()


class DifferenceInDifferences(NamedTuple):
    """The change of the country with the programme, that of the others, and the gap."""

    change: float
    change_of_others: float
    estimate: float


def difference_in_differences(panel, treated, start):
    """Return the change of one country beyond the mean change of the others.

    It is the coefficient of country-and-period in a regression with country and year effects.
    It is an effect only if the country would have moved like the others without the programme
    (parallel trends): nothing in the figures after ``start`` can show that.

    Parameters
    ----------
    panel : pandas.DataFrame
        Columns ``country``, ``year``, ``value``, the same years for every country.
    treated : str
        The country with the programme.
    start : int
        The programme's first year.

    Returns
    -------
    DifferenceInDifferences

    Raises
    ------
    CourseError
        Where ``treated`` is not in the panel or stands there alone.
    """
    change = before_after(panel, start).set_index("country")["change"]
    if treated not in change.index and len(change) > 1:
        raise CourseError(
            texts.text(
                "There is no {treated!r} in this table, where a country is written like {other!r}.",
                treated=treated,
                other=str(change.index[0]),
            )
        )
    if treated not in change.index or len(change) < 2:
        raise CourseError(
            texts.text(
                "The table needs {treated!r} and at least one other country to compare it with.",
                treated=treated,
            )
        )
    own, others = float(change[treated]), float(change.drop(treated).mean())
    return DifferenceInDifferences(own, others, own - others)


def without_programme(panel, treated, start):
    """Return the path of ``treated`` had it moved like the mean of the others.

    Parameters
    ----------
    panel, treated, start
        As for :func:`difference_in_differences`.

    Returns
    -------
    pandas.Series
        The value of each year: the others' mean, moved to the height of ``treated`` before
        ``start``. Its mean gap to the true path from ``start`` on is the estimate.
    """
    table = panel.pivot(index="year", columns="country", values="value")
    others = table.drop(columns=treated).mean(axis="columns")
    before = table.index < start
    return others + (table.loc[before, treated] - others[before]).mean()


def placebo_in_space(panel, treated, start):
    """Return the estimate of every country, as if each had had the programme.

    The country that really had it is no control for the others (Abadie, Diamond and
    Hainmueller 2010).

    Parameters
    ----------
    panel, treated, start
        As for :func:`difference_in_differences`.

    Returns
    -------
    pandas.DataFrame
        Columns ``country``, ``estimate``, ``programme`` (true for ``treated``), largest first.
    """
    alone = panel[panel["country"] != treated]
    rows = [
        {
            "country": country,
            "estimate": difference_in_differences(
                panel if country == treated else alone, country, start
            ).estimate,
            "programme": country == treated,
        }
        for country in panel["country"].unique()
    ]
    table = pd.DataFrame(rows).sort_values("estimate", ascending=False, kind="stable")
    return table.reset_index(drop=True)


def placebo_share(placebos):
    """Return the share of countries whose estimate is at least as far from 0 as the treated one.

    With ten countries the share cannot be less than one in ten: few cases, weak inference.

    Parameters
    ----------
    placebos : pandas.DataFrame
        From :func:`placebo_in_space`.
    """
    size = placebos["estimate"].abs()
    return float((size >= size[placebos["programme"]].iloc[0] - 1e-12).mean())


# --- simulated data ---------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """A made-up world: what is true in it, which a learner in the real one could not see.

    ``effect`` is what the programme does, in points, in each year from ``START`` on;
    ``common`` what every country gains a year; ``own`` what the country with the programme
    gains a year beyond that, whether it has a programme or not.
    """

    effect: float
    common: float
    own: float
    seed: int


START = 7
TREATED = "Country A"
WORLDS = {
    "one": World(effect=4.0, common=0.8, own=0.0, seed=11),
    "two": World(effect=0.0, common=0.9, own=0.0, seed=23),
    "three": World(effect=1.0, common=0.5, own=0.9, seed=35),
    "four": World(effect=-2.0, common=0.7, own=0.0, seed=47),
}


def simulated_panel(world, countries=10, years=12, noise=1.0):
    """Return a simulated panel of favourable views, made by a stated rule.

    Value = the country's own level + the common rise + a shock that all share in a year
    + chance; for ``TREATED`` also its own rise, and the effect from ``START`` on.

    Parameters
    ----------
    world : World
        What is true, and the seed that makes the same table every time.
    countries, years : int
    noise : float
        Standard deviation of chance, in points.

    Returns
    -------
    pandas.DataFrame
        Columns ``country``, ``year`` (from 1), ``value`` (% of people asked, simulated).
    """
    draw = np.random.default_rng(world.seed)
    names = [f"Country {chr(ord('A') + i)}" for i in range(countries)]
    year = np.arange(1, years + 1)
    level = 48 + draw.normal(0, 5, countries)
    shared = world.common * year + draw.normal(0, 0.6, years)
    value = level[:, None] + shared + draw.normal(0, noise, (countries, years))
    value[0] += world.own * year + world.effect * (year >= START)
    return pd.DataFrame(
        {
            "country": np.repeat(names, years),
            "year": np.tile(year, countries),
            "value": value.ravel().round(1),
        }
    )


# --- does it travel? --------------------------------------------------------------------------


class Transfer(NamedTuple):
    """What three judgements together say, and what to find out next."""

    verdict: str
    because: str


def judge_transfer(judgements):
    """Say what judgements of the three conditions together allow one to conclude.

    Kroenig, McAdam and Weber (2010) name three conditions under which soft power is most
    likely to succeed. The course reads them as a chain, so the weakest decides; that is ours.

    Parameters
    ----------
    judgements : mapping
        One of ``JUDGEMENTS`` for each name in ``CONDITIONS``.

    Returns
    -------
    Transfer
        ``verdict`` is "not as it stands", "not known yet", "with changes" or "worth a trial".

    Raises
    ------
    CourseError
        Where a condition is missing or a judgement is not one of the four.
    """
    missing = [name for name in CONDITIONS if judgements.get(name) not in JUDGEMENTS]
    if missing:
        raise CourseError(
            texts.text(
                "Judge each condition as one of: {names}. Still to judge: {missing}.",
                names=", ".join(JUDGEMENTS),
                missing=", ".join(missing),
            )
        )

    def those(judgement):
        return ", ".join(texts.cell(name) for name in CONDITIONS if judgements[name] == judgement)

    if those("not met"):
        return Transfer(
            texts.word("not as it stands"),
            texts.text("This condition fails: {conditions}.", conditions=those("not met")),
        )
    if those("not known"):
        return Transfer(
            texts.word("not known yet"),
            texts.text(
                "Find this out before spending: {conditions}.", conditions=those("not known")
            ),
        )
    if those("partly"):
        return Transfer(
            texts.word("with changes"),
            texts.text(
                "Change the design for the weak point: {conditions}.", conditions=those("partly")
            ),
        )
    return Transfer(
        texts.word("worth a trial"),
        texts.text("All three are met. That allows it to work; it does not make it work."),
    )


def verdicts(table):
    """Return the verdict of :func:`judge_transfer` for every instrument and audience.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns ``instrument``, ``audience``, ``condition``, ``judgement``, as in ``transfer``.

    Returns
    -------
    pandas.DataFrame
        One row an instrument, in the table's order, and one column an audience.
    """
    pairs = table.pivot(index=["instrument", "audience"], columns="condition", values="judgement")
    judged = pd.Series(
        [judge_transfer(row).verdict for row in pairs.to_dict("records")], index=pairs.index
    )
    wide = judged.unstack("audience").loc[list(dict.fromkeys(table["instrument"]))]
    return wide.rename_axis(columns=None).reset_index()
