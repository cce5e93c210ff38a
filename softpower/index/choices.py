"""What moves a rank: one weight, one choice of the analyst, one indicator of the country."""

import numpy as np
import pandas as pd

from softpower import texts
from softpower.errors import CourseError
from softpower.index.build import (
    AGGREGATIONS,
    FLOOR,
    NORMALISATIONS,
    additive,
    aggregate,
    check_weights,
    entropy_weights,
    equal_weights,
    normalise,
    own_weights,
    ranks_of,
    signs_of,
)
from softpower.index.gaps import complete
from softpower.index.rank_bounds import rank_bounds
from softpower.index.tables import TIE, row

# Columns and options as a table shows them.
_SHOWN = (texts.word("within reach"), texts.word("own"), texts.word("nothing"))
_SHOWN += (texts.word("arithmetic"), texts.word("geometric"), texts.word("goalposts"))


def weight_effects(normalised, weights, country, extra=0.1, method="arithmetic", floor=FLOOR):
    """Which weight helps a country, and which hurts it.

    Parameters
    ----------
    normalised, weights, method, floor
        As in :func:`aggregate`.
    country : str
        The country that is held.
    extra : float
        The share that one indicator gets in addition; all others shrink in proportion.

    Returns
    -------
    A table indicator → ``with_more`` (rank when this indicator gets ``extra``) and
    ``alone`` (rank when nothing else counts), the most helpful first.
    """
    normalised = complete(normalised).table
    held = row(normalised, country)
    weights = check_weights(weights, normalised.columns).to_numpy()
    if not 0 < extra <= 1:
        raise CourseError(
            texts.text("The extra share of an indicator lies between 0 and 1, such as 0.1.")
        )
    values = additive(normalised.to_numpy(), method, floor)
    single = np.eye(len(weights))
    more = ranks_of(((1 - extra) * weights + extra * single) @ values.T)[:, held]
    alone = ranks_of(single @ values.T)[:, held]
    table = pd.DataFrame({"with_more": more, "alone": alone}, normalised.columns)
    return table.sort_values(["with_more", "alone"], kind="stable")


def choice_effects(table, country, directions=None, points=None):
    """Which of the analyst's choices moves a country's rank most.

    Every combination of four choices is tried: the normalisation, the weights (equal, entropy and
    the analyst's own where given), the aggregation, and one indicator left out. For each choice
    the share of the rank's variance that it explains on its own is its first-order sensitivity
    index (Saltelli and others 2008), exact here because every combination is counted. z-scores
    are not among them: they allow no geometric mean.

    Parameters
    ----------
    table : pandas.DataFrame
        Countries × indicators in their own units, no gaps, at least two indicators.
    country : str
        The country that is held.
    directions : dict or pandas.Series, optional
        As in :func:`normalise`.
    points : dict or pandas.Series, optional
        The analyst's own points, indicator → points.

    Returns
    -------
    A table choice → ``share`` (0 to 1), ``best`` and ``worst`` (the mean rank under the
    kindest and the least kind option), ``kindest`` and ``harshest`` (those options), the
    choice with the largest share first. Its ``attrs["ranks"]`` holds the rank under each
    combination.
    """
    table = complete(table).table
    held = row(table, country)
    if table.shape[1] < 2:
        raise CourseError(texts.text("Leaving an indicator out takes at least two indicators."))
    points = None if points is None else own_weights(points).reindex(table.columns)
    rows = []
    for left_out in ("nothing", *table.columns):
        part = table.drop(columns=left_out, errors="ignore")
        for normalisation in ("minmax", "rank", "goalposts"):
            normalised = normalise(part, normalisation, directions)
            weightings = {
                texts.word("equal"): equal_weights(part),
                texts.word("entropy"): entropy_weights(normalised.clip(lower=0)),
            }
            if points is not None and points[part.columns].sum() > 0:
                weightings["own"] = own_weights(points[part.columns])
            for method in AGGREGATIONS:
                values = additive(normalised.clip(lower=0).to_numpy(), method)
                for name, weights in weightings.items():
                    place = ranks_of(values @ weights.to_numpy())[held]
                    rows.append((normalisation, name, method, left_out, place))
    choices = ["normalisation", texts.word("weights"), "aggregation", texts.word("left out")]
    ranks = pd.DataFrame(rows, columns=[*choices, "rank"])
    effects = {choice: _effect(ranks, choice) for choice in choices}
    result = pd.DataFrame.from_dict(effects, orient="index")
    result = result.sort_values("share", ascending=False, kind="stable")
    result.attrs["ranks"] = ranks
    return result


def _effect(ranks, choice):
    """Return one choice's row: its share of the variance, and its kindest and harshest option."""
    groups = ranks.groupby(choice, sort=False)["rank"]
    means, sizes = groups.mean(), groups.size()
    explained = np.average((means - ranks["rank"].mean()) ** 2, weights=sizes)
    total = ranks["rank"].var(ddof=0)
    return {
        "share": explained / total if total else 0.0,
        "best": means.min(),
        "worst": means.max(),
        texts.word("kindest"): means.idxmin(),
        texts.word("harshest"): means.idxmax(),
    }


def reach_of_choices(table, country, directions=None):
    """The exact best and worst rank of a country under every normalisation, mean and weighting.

    Parameters
    ----------
    table : pandas.DataFrame
        Countries × indicators in their own units, no gaps.
    country : str
        The country.
    directions : dict or pandas.Series, optional
        As in :func:`normalise`.

    Returns
    -------
    A table with one row for each normalisation and aggregation that go together: ``best``
    and ``worst`` rank over all weights.
    """
    rows = []
    for normalisation in NORMALISATIONS:
        normalised = normalise(table, normalisation, directions)
        for method in AGGREGATIONS:
            if (normalisation, method) != ("zscore", "geometric"):
                bounds = rank_bounds(normalised, country, method=method)
                rows.append((normalisation, method, *bounds))
    return pd.DataFrame(rows, columns=["normalisation", "aggregation", "best", "worst"])


def to_reach(table, country, target, weights, normalisation="minmax", directions=None):
    """What one indicator would have to become for a country to reach a rank.

    All other countries stand still, and so does the scale: the country's own change does not
    move the posts. The index is the arithmetic mean.

    Parameters
    ----------
    table : pandas.DataFrame
        Countries × indicators in their own units, no gaps.
    country : str
        The country that is held.
    target : int
        The rank to reach, from 1 to the number of countries.
    weights : dict or pandas.Series
        Indicator → weight, adding up to 1.
    normalisation : str
        ``"minmax"``, ``"zscore"`` or ``"goalposts"``. Under ``"rank"`` a change
        has no size, so the question has no answer.
    directions : dict or pandas.Series, optional
        As in :func:`normalise`.

    Returns
    -------
    A table indicator → ``now``, ``needed`` (in the indicator's unit; NaN where its weight
    is 0) and ``within_reach`` (True where another country is already there or beyond).
    A country already at the rank or better needs what it has.
    """
    if normalisation == "rank":
        raise CourseError(
            texts.text(
                "With ranks there is no distance to cover, only countries to overtake. Choose "
                "minmax, zscore or goalposts to see how large a change is needed."
            )
        )
    normalised = normalise(table, normalisation, directions)
    held = row(normalised, country)
    _check_rank(target, len(normalised))
    weights = check_weights(weights, normalised.columns)
    scores = aggregate(normalised, weights)
    others = np.sort(scores.drop(country))[::-1]
    missing = max(0.0, others[target - 1] - scores[country]) if target <= len(others) else 0.0
    with np.errstate(divide="ignore"):
        change = np.where(weights > 0, missing / weights, np.nan)
    # Each of these scales is a straight line: one step of score is this many units.
    raw = complete(table).table
    unit = (raw.max() - raw.min()) / (normalised.max() - normalised.min())
    unit *= signs_of(directions, raw.columns)
    goal = normalised.iloc[held] + change
    return pd.DataFrame(
        {
            texts.word("now"): raw.loc[country],
            texts.word("needed"): raw.loc[country] + change * unit,
            "within_reach": goal <= normalised.max() + TIE,
        }
    )


def _check_rank(target, count):
    if isinstance(target, bool) or target not in range(1, count + 1):
        raise CourseError(
            texts.text("The rank to reach is a whole number from 1 to {count}.", count=count)
        )
