"""The steps of a composite index: normalise, weigh, aggregate, rank."""

import numpy as np
import pandas as pd

from softpower import texts
from softpower.errors import CourseError
from softpower.index.gaps import complete
from softpower.index.tables import TIE, alternatives, known, listed

NORMALISATIONS = {
    "minmax": texts.mark("Minimum–maximum: the lowest country gets 0, the highest 1"),
    "zscore": texts.mark("z-score: how many standard deviations from the average"),
    "rank": texts.mark("Rank: only the order counts, not the distance"),
    "goalposts": texts.mark("Goalposts: from zero to the largest value seen"),
}
AGGREGATIONS = {
    "arithmetic": texts.mark("Arithmetic mean: a strength makes up for a weakness"),
    "geometric": texts.mark("Geometric mean: a weakness costs more than a strength gains"),
}
NOTHING_COUNTS = texts.mark("All points are 0, so nothing counts. Give points to some indicator.")
BELOW_ZERO = texts.mark(
    "A geometric mean needs values of zero or more, and z-scores go below zero. "
    "Choose another normalisation, or the arithmetic mean."
)
FLOOR = 0.01  # a zero in a geometric mean would wipe out everything else


# --- normalise ------------------------------------------------------------------------------------


def normalise(table, method="minmax", directions=None, goalposts=None):
    """Bring indicators with different units to one scale on which more is better.

    Parameters
    ----------
    table : pandas.DataFrame
        Countries × indicators, no gaps.
    method : str
        A key of ``NORMALISATIONS``. Minimum–maximum, rank and goalposts give 0 to 1
        (goalposts can leave that range where a country lies beyond a post);
        z-scores have mean 0 and standard deviation 1 (of this set of countries).
    directions : dict or pandas.Series, optional
        Indicator → 1 (more is better, the default) or -1 (less is better).
    goalposts : dict of str to (float, float), optional
        Indicator → (worst, best) in the indicator's unit, for ``"goalposts"``.
        Default: from zero to the largest value, or the other way round for direction -1.

    Returns
    -------
    A table of the same shape.

    Raises
    ------
    CourseError
        An unknown method, direction or indicator; a gap; a constant indicator.
    """
    table = complete(table).table
    if method not in NORMALISATIONS:
        raise CourseError(
            texts.text(
                "There is no normalisation {method!r}. Choose {alternatives}.",
                method=method,
                alternatives=alternatives(NORMALISATIONS),
            )
        )
    signs = signs_of(directions, table.columns)
    values = table.to_numpy()
    constant = np.ptp(values, axis=0) <= TIE * np.abs(values).max(axis=0)
    if constant.any():
        raise CourseError(
            texts.text(
                "{indicators} has the same value for every country, so it cannot tell them apart. "
                "Leave it out.",
                indicators=listed(table.columns[constant]),
            )
        )
    posts = None
    if method == "goalposts":
        posts = _posts(goalposts or {}, table.columns, values, signs)
    return pd.DataFrame(_normalised(values, method, signs, posts), table.index, table.columns)


def _normalised(values, method, signs, posts=None):
    """The arithmetic of :func:`normalise` on arrays: values (n, k), signs (k,), posts (2, k)."""
    if method == "rank":
        return (pd.DataFrame(values * signs).rank().to_numpy() - 1) / (len(values) - 1)
    if method == "zscore":
        return signs * (values - values.mean(axis=0)) / values.std(axis=0)
    if method == "goalposts":
        worst, best = posts
    else:
        low, high = values.min(axis=0), values.max(axis=0)
        worst, best = np.where(signs > 0, (low, high), (high, low))
    return (values - worst) / (best - worst)


def _posts(goalposts, columns, values, signs):
    known(goalposts, columns, "goalposts")
    top = values.max(axis=0)
    worst, best = np.where(signs > 0, (np.zeros_like(top), top), (top, np.zeros_like(top)))
    for position, name in enumerate(columns):
        if name in goalposts:
            worst[position], best[position] = goalposts[name]
    if (worst == best).any():
        name = columns[np.flatnonzero(worst == best)[0]]
        raise CourseError(
            texts.text(
                "The two goalposts of {name} are equal. Give a worst and a best value.", name=name
            )
        )
    return worst, best


def signs_of(directions, columns):
    directions = {} if directions is None else dict(directions)
    # A directions table may cover more indicators than this index uses: that is fine.
    signs = np.array([directions.get(name, 1) for name in columns], dtype=float)
    if not np.isin(signs, (-1, 1)).all():
        name = columns[np.flatnonzero(~np.isin(signs, (-1, 1)))[0]]
        raise CourseError(
            texts.text(
                "The direction of {name} must be 1 (more is better) or -1 (less is better).",
                name=name,
            )
        )
    return signs


# --- weigh ----------------------------------------------------------------------------------------


def equal_weights(indicators):
    """The same weight for every indicator.

    Parameters
    ----------
    indicators : iterable of str, or pandas.DataFrame
        Names of indicators, or a table with one column each.

    Returns
    -------
    A Series indicator → weight that adds up to 1.
    """
    names = list(indicators)
    if not names:
        raise CourseError(texts.text("There is no indicator to weigh. Choose at least one."))
    return pd.Series(1 / len(names), index=names, name="weight")


def own_weights(points):
    """Turn points into weights: an indicator with 20 points of 100 weighs 0.2.

    Parameters
    ----------
    points : dict or pandas.Series
        Indicator → points, none negative, not all zero.

    Returns
    -------
    A Series indicator → weight that adds up to 1.
    """
    points = pd.Series(dict(points), dtype=float, name="weight")
    if points.empty or points.isna().any():
        raise CourseError(texts.text("Every indicator needs points: give a number to each."))
    if (points < 0).any():
        raise CourseError(
            texts.text(
                "{indicators} has negative points. A weight says how much an indicator counts: 0 is "
                "the least. If less is better, change its direction instead.",
                indicators=listed(points.index[points < 0]),
            )
        )
    if points.sum() == 0:
        raise CourseError(texts.text(NOTHING_COUNTS))
    return points / points.sum()


def entropy_weights(table):
    """Let the data weigh: an indicator on which countries differ more weighs more.

    Source: C. E. Shannon, "A Mathematical Theory of Communication", 1948, for the entropy.

    Parameters
    ----------
    table : pandas.DataFrame
        Countries × indicators, no gaps and nothing negative. Shannon's entropy of each
        column's shares is taken, and an indicator weighs 1 minus it.

    Returns
    -------
    A Series indicator → weight that adds up to 1.

    Raises
    ------
    CourseError
        A negative value (z-scores have them), or all columns alike.
    """
    table = complete(table).table
    values = table.to_numpy()
    if (values < 0).any() or (values.sum(axis=0) <= 0).any():
        raise CourseError(
            texts.text(
                "Entropy weights need values that are zero or more, with some above zero. "
                "Normalise with minmax, rank or goalposts first."
            )
        )
    shares = values / values.sum(axis=0)
    logs = np.log(np.where(shares > 0, shares, 1))  # 0 · log 0 counts as 0
    diversity = 1 + (shares * logs).sum(axis=0) / np.log(len(values))
    if diversity.sum() <= TIE:
        raise CourseError(
            texts.text("No indicator tells the countries apart, so entropy cannot weigh them.")
        )
    return pd.Series(diversity / diversity.sum(), table.columns, name="weight")


def check_weights(weights, indicators):
    """Weights in the order of the indicators, or a clear error.

    Parameters
    ----------
    weights : dict or pandas.Series
        Indicator → weight.
    indicators : iterable of str, or pandas.DataFrame
        The names the weights must cover, each once.

    Returns
    -------
    A Series in the order of ``indicators``; a missing indicator is an error, not a zero.
    """
    weights = pd.Series(dict(weights), dtype=float, name="weight")
    indicators = list(indicators)
    known(weights.index, indicators, "weights")
    unweighted = [name for name in indicators if name not in weights.index]
    if unweighted:
        raise CourseError(
            texts.texts(
                "{indicators} has no weight. Give it one; 0 is allowed. Or leave it out of the table.",
                "{indicators} have no weight. Give them one each; 0 is allowed. Or leave them out of "
                "the table.",
                len(unweighted),
                indicators=listed(unweighted),
            )
        )
    if weights.isna().any() or (weights < 0).any():
        wrong = weights.index[weights.isna() | (weights < 0)]
        raise CourseError(
            texts.text(
                "The weight of {indicators} must be a number from 0 to 1.", indicators=listed(wrong)
            )
        )
    if abs(weights.sum() - 1) > 1e-6:
        raise CourseError(
            texts.text(
                "The weights add up to {total}; they must add up to 1. "
                "index.own_weights(points) turns any points into weights.",
                total=texts.spelt(f"{weights.sum():.3g}"),
            )
        )
    return weights.reindex(indicators)


# --- aggregate and rank ---------------------------------------------------------------------------


def aggregate(normalised, weights, method="arithmetic", floor=FLOOR):
    """One score a country: the weighted mean of its normalised indicators.

    Parameters
    ----------
    normalised : pandas.DataFrame
        Countries × indicators on one scale, more is better.
    weights : dict or pandas.Series
        Indicator → weight, adding up to 1.
    method : str
        ``"arithmetic"`` (sum of weight × value) or ``"geometric"`` (product of
        value to the power of its weight).
    floor : float
        For the geometric mean, values below this are raised to it, because a single
        zero would make the whole product zero.

    Returns
    -------
    A Series country → score.

    Raises
    ------
    CourseError
        Unknown method, weights that do not fit, or a geometric mean of values
        below zero (z-scores).
    """
    normalised = complete(normalised).table
    weights = check_weights(weights, normalised.columns)
    values = additive(normalised.to_numpy(), method, floor) @ weights.to_numpy()
    return pd.Series(plain(values, method), normalised.index, name="score")


def additive(values, method, floor=FLOOR):
    """Values whose weighted *sum* ranks countries: themselves, or their logarithms."""
    if method not in AGGREGATIONS:
        raise CourseError(
            texts.text(
                "There is no aggregation {method!r}. Choose {alternatives}.",
                method=method,
                alternatives=alternatives(AGGREGATIONS),
            )
        )
    if method == "arithmetic":
        return values
    if not 0 < floor < 1:
        raise CourseError(texts.text("The floor of a geometric mean must lie between 0 and 1."))
    if values.min() < 0:
        raise CourseError(texts.text(BELOW_ZERO))
    return np.log(np.maximum(values, floor))


def plain(scores, method):
    return np.exp(scores) if method == "geometric" else scores


def rank(scores):
    """Rank 1 for the highest score; tied countries share the better rank.

    Parameters
    ----------
    scores : dict or pandas.Series
        Country → score.

    Returns
    -------
    A Series country → rank (whole numbers).
    """
    scores = pd.Series(scores, dtype=float)
    if scores.isna().any():
        raise CourseError(
            texts.text(
                "{countries} has no score, so no rank.",
                countries=listed(scores.index[scores.isna()]),
            )
        )
    return pd.Series(ranks_of(scores.to_numpy()), scores.index, name="rank")


def ranks_of(scores):
    """Competition ranks along the last axis; differences below rounding are ties."""
    scale = max(1.0, float(np.abs(scores).max(initial=0)))
    rounded = np.round(scores / scale, 11)
    table = pd.DataFrame(np.atleast_2d(-rounded))
    ranks = table.rank(axis=1, method="min").to_numpy().astype(np.intp)
    return ranks.reshape(scores.shape)
