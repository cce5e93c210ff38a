"""How a ranking is made, and how far it can be bent: composite indices as pure functions.

The steps of a composite index, in the words of the OECD and JRC handbook (2008): treat missing
values (:func:`complete`), normalise, weigh, aggregate, rank, and then ask how sure the rank is
(:func:`rank_distribution`, :func:`rank_bounds`, :func:`choice_effects`).

A table has one row a country and one column an indicator. Weights are shares that add up to 1.
Rank 1 is the best; tied countries share the better rank. Every function returns something new
and changes none of its arguments.
"""

import functools
import heapq
import json
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import optimize, stats

from softpower import data
from softpower.errors import CourseError

__all__ = [
    "AGGREGATIONS",
    "DRAWS",
    "FLOOR",
    "MISSING_RULES",
    "MOST_POINTS",
    "NORMALISATIONS",
    "SEED",
    "SETTINGS_FORMAT",
    "Bounds",
    "Completed",
    "Exploration",
    "RankDistribution",
    "aggregate",
    "check_weights",
    "choice_effects",
    "complete",
    "cross_section",
    "default_settings",
    "draw_weights",
    "entropy_weights",
    "equal_weights",
    "explore",
    "explored_bounds",
    "normalise",
    "own_weights",
    "rank",
    "rank_bounds",
    "rank_distribution",
    "reach_of_choices",
    "read_settings",
    "settings_problems",
    "share_above",
    "to_reach",
    "weight_effects",
]


def __dir__():
    """What TAB offers: the methods, and nothing that this file imports."""
    return __all__


NORMALISATIONS = {
    "minmax": "Minimum–maximum: the lowest country gets 0, the highest 1",
    "zscore": "z-score: how many standard deviations from the average",
    "rank": "Rank: only the order counts, not the distance",
    "goalposts": "Goalposts: from zero to the largest value seen",
}
AGGREGATIONS = {
    "arithmetic": "Arithmetic mean: a strength makes up for a weakness",
    "geometric": "Geometric mean: a weakness costs more than a strength gains",
}
MISSING_RULES = {
    "drop_countries": "Leave out each country that has a gap",
    "drop_indicators": "Leave out each indicator that has a gap",
    "median": "Fill each gap with the median of the other countries",
}
FLOOR = 0.01  # a zero in a geometric mean would wipe out everything else
DRAWS = 10_000
SEED = 2026
_BLOCK = 1_000  # weightings at a time: a block stays in the processor's cache
_MARGIN = 1e-6  # a lead counts in the search for bounds when it is larger than this
_CLEAR = 1e-9  # in the same search, a lead that is no rounding
_TIE = 1e-12  # scores closer than this are equal: it is rounding, not a difference


# --- missing values -------------------------------------------------------------------------


class Completed(NamedTuple):
    """A table without gaps, and what was done to it."""

    table: pd.DataFrame
    notes: tuple[str, ...]


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
    table = _numbers(table)
    if rule is not None and rule not in MISSING_RULES:
        raise CourseError(f"There is no rule {rule!r} for gaps. Choose {_or(MISSING_RULES)}.")
    gaps = table.isna()
    if not gaps.to_numpy().any():
        return Completed(table, ())
    where = [
        f"{country} has no value for {_and(table.columns[row])}"
        for country, row in zip(table.index, gaps.to_numpy(), strict=True)
        if row.any()
    ]
    for names, empty, what in (
        (table.index, gaps.all(axis=1), "country"),
        (table.columns, gaps.all(axis=0), "indicator"),
    ):
        if empty.any() and rule != f"drop_{'countries' if what == 'country' else 'indicators'}":
            raise CourseError(
                f"{_and(names[empty])} has no data at all. Leave this {what} out of the table."
            )
    if rule is None:
        raise CourseError(
            f"The table has gaps: {'; '.join(where)}. Say what to do with them first: "
            f"index.complete(table, rule) with rule {_or(MISSING_RULES)}."
        )
    if rule == "drop_countries":
        result = table[~gaps.any(axis=1)]
        notes = [f"Left out: {text}." for text in where]
    elif rule == "drop_indicators":
        result = table.loc[:, ~gaps.any(axis=0)]
        notes = [f"Left out the indicator {_and(table.columns[gaps.any(axis=0)])}: it has gaps."]
    else:
        result = table.fillna(table.median())
        notes = [f"Filled with the median of the others: {text}." for text in where]
    if len(result) < 2 or result.shape[1] < 1:
        raise CourseError(
            "After leaving out what has gaps, no ranking is possible: it takes two countries and "
            "one indicator. Choose another rule or other indicators."
        )
    return Completed(result, tuple(notes))


# --- normalise ------------------------------------------------------------------------------


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
        raise CourseError(f"There is no normalisation {method!r}. Choose {_or(NORMALISATIONS)}.")
    signs = _signs(directions, table.columns)
    values = table.to_numpy()
    constant = np.ptp(values, axis=0) <= _TIE * np.abs(values).max(axis=0)
    if constant.any():
        raise CourseError(
            f"{_and(table.columns[constant])} has the same value for every country, so it cannot "
            "tell them apart. Leave it out."
        )
    posts = None
    if method == "goalposts":
        posts = _posts(goalposts or {}, table.columns, values, signs)
    return pd.DataFrame(_normalised(values, method, signs, posts), table.index, table.columns)


def _normalised(values, method, signs, posts=None):
    """The arithmetic of :func:`normalise` on arrays: values (n, k), signs (k,), posts (2, k)."""
    if method == "rank":
        return (stats.rankdata(values * signs, axis=0) - 1) / (len(values) - 1)
    if method == "zscore":
        return signs * (values - values.mean(axis=0)) / values.std(axis=0)
    if method == "goalposts":
        worst, best = posts
    else:
        low, high = values.min(axis=0), values.max(axis=0)
        worst, best = np.where(signs > 0, (low, high), (high, low))
    return (values - worst) / (best - worst)


def _posts(goalposts, columns, values, signs):
    _known(goalposts, columns, "goalposts")
    top = values.max(axis=0)
    worst, best = np.where(signs > 0, (np.zeros_like(top), top), (top, np.zeros_like(top)))
    for position, name in enumerate(columns):
        if name in goalposts:
            worst[position], best[position] = goalposts[name]
    if (worst == best).any():
        name = columns[np.flatnonzero(worst == best)[0]]
        raise CourseError(f"The two goalposts of {name} are equal. Give a worst and a best value.")
    return worst, best


def _signs(directions, columns):
    directions = {} if directions is None else dict(directions)
    # A directions table may cover more indicators than this index uses: that is fine.
    signs = np.array([directions.get(name, 1) for name in columns], dtype=float)
    if not np.isin(signs, (-1, 1)).all():
        name = columns[np.flatnonzero(~np.isin(signs, (-1, 1)))[0]]
        raise CourseError(
            f"The direction of {name} must be 1 (more is better) or -1 (less is better)."
        )
    return signs


# --- weigh ----------------------------------------------------------------------------------


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
        raise CourseError("There is no indicator to weigh. Choose at least one.")
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
        raise CourseError("Every indicator needs points: give a number to each.")
    if (points < 0).any():
        raise CourseError(
            f"{_and(points.index[points < 0])} has negative points. A weight says how much an "
            "indicator counts: 0 is the least. If less is better, change its direction instead."
        )
    if points.sum() == 0:
        raise CourseError("All points are 0, so nothing counts. Give points to some indicator.")
    return points / points.sum()


def entropy_weights(table):
    """Let the data weigh: an indicator on which countries differ more weighs more.

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

    Source: C. E. Shannon, "A Mathematical Theory of Communication", 1948, for the entropy.
    """
    table = complete(table).table
    values = table.to_numpy()
    if (values < 0).any() or (values.sum(axis=0) <= 0).any():
        raise CourseError(
            "Entropy weights need values that are zero or more, with some above zero. Normalise "
            "with minmax, rank or goalposts first."
        )
    shares = values / values.sum(axis=0)
    logs = np.log(np.where(shares > 0, shares, 1))  # 0 · log 0 counts as 0
    diversity = 1 + (shares * logs).sum(axis=0) / np.log(len(values))
    if diversity.sum() <= _TIE:
        raise CourseError("No indicator tells the countries apart, so entropy cannot weigh them.")
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
    _known(weights.index, indicators, "weights")
    unweighted = [name for name in indicators if name not in weights.index]
    if unweighted:
        raise CourseError(f"{_and(unweighted)} has no weight. Give it one; 0 is allowed.")
    if weights.isna().any() or (weights < 0).any():
        wrong = weights.index[weights.isna() | (weights < 0)]
        raise CourseError(f"The weight of {_and(wrong)} must be a number from 0 to 1.")
    if abs(weights.sum() - 1) > 1e-6:
        raise CourseError(
            f"The weights add up to {weights.sum():.3g}; they must add up to 1. "
            "index.own_weights(points) turns any points into weights."
        )
    return weights.reindex(indicators)


# --- aggregate and rank ---------------------------------------------------------------------


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
    values = _additive(normalised.to_numpy(), method, floor) @ weights.to_numpy()
    return pd.Series(_plain(values, method), normalised.index, name="score")


def _additive(values, method, floor=FLOOR):
    """Values whose weighted *sum* ranks countries: themselves, or their logarithms."""
    if method not in AGGREGATIONS:
        raise CourseError(f"There is no aggregation {method!r}. Choose {_or(AGGREGATIONS)}.")
    if method == "arithmetic":
        return values
    if not 0 < floor < 1:
        raise CourseError("The floor of a geometric mean must lie between 0 and 1.")
    if values.min() < 0:
        raise CourseError(
            "A geometric mean needs values of zero or more, and z-scores go below zero. Choose "
            "another normalisation, or the arithmetic mean."
        )
    return np.log(np.maximum(values, floor))


def _plain(scores, method):
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
        raise CourseError(f"{_and(scores.index[scores.isna()])} has no score, so no rank.")
    return pd.Series(_ranks(scores.to_numpy()), scores.index, name="rank")


def _ranks(scores):
    """Competition ranks along the last axis; differences below rounding are ties."""
    scale = max(1.0, float(np.abs(scores).max(initial=0)))
    rounded = np.round(scores / scale, 11)
    return stats.rankdata(-rounded, method="min", axis=-1).astype(np.intp)


# --- how sure is the rank? ------------------------------------------------------------------


def draw_weights(indicators, draws=DRAWS, around=None, doubt=1.0, seed=SEED):
    """Many possible weightings, drawn from a Dirichlet distribution; the same at every call.

    With ``doubt=1`` every weighting is equally likely. With less, the draws stay near ``around``:
    each is ``(1 - doubt) × around + doubt × a free weighting``, so an indicator keeps at
    least the share ``1 - doubt`` of its weight.

    Parameters
    ----------
    indicators : iterable of str, or pandas.DataFrame
        Names of indicators, or a table with one column each.
    draws : int
        How many weightings.
    around : dict or pandas.Series, optional
        Indicator → weight, needed where doubt is below 1.
    doubt : float
        From 0 (these weights and no others) to 1 (any weights at all).
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    An array (draws, indicators); each row adds up to 1.
    """
    indicators = list(indicators)
    free = _free_weights(len(indicators), draws, seed)
    if not 0 <= doubt <= 1:
        raise CourseError("Doubt is a share from 0 (these weights only) to 1 (any weights).")
    if doubt == 1:
        return free.copy()
    if around is None:
        raise CourseError("Say around which weights to draw: around=index.equal_weights(table).")
    return (1 - doubt) * check_weights(around, indicators).to_numpy() + doubt * free


@functools.lru_cache(maxsize=16)
def _free_weights(count, draws, seed):
    if count < 1 or draws < 1:
        raise CourseError("It takes at least one indicator and one draw.")
    free = np.random.default_rng(seed).dirichlet(np.ones(count), draws)
    free.flags.writeable = False  # it is kept for the next call
    return free


class RankDistribution(NamedTuple):
    """How often each country takes each rank.

    Attributes
    ----------
    shares : pandas.DataFrame
        Countries × ranks; each row adds up to 1.
    draws : int
        How many weightings it rests on.
    """

    shares: pd.DataFrame
    draws: int

    def interval(self, level=0.9):
        """The ranks between which a country lies in ``level`` of the weightings.

        It covers the weights and no other choice. It is no confidence interval: nothing was
        drawn from a population, and "all weightings alike" is an assumption.

        Returns
        -------
        A table country → ``low`` (better), ``median``, ``high`` (worse) rank.
        """
        low, median, high = _interval(self.shares.to_numpy(), level)
        return pd.DataFrame({"low": low, "median": median, "high": high}, self.shares.index)


def _interval(shares, level):
    if not 0 < level < 1:
        raise CourseError("The level of an interval lies between 0 and 1, such as 0.9.")
    cumulated = shares.cumsum(axis=1)
    tail = (1 - level) / 2
    # The first rank at which the cumulated share reaches each point.
    return tuple((cumulated < at - 1e-9).sum(axis=1) + 1 for at in (tail, 0.5, 1 - tail))


def rank_distribution(normalised, weightings, method="arithmetic", floor=FLOOR):
    """Rank all countries under each of many weightings and count.

    Source: the rank acceptability indices of R. Lahdelma, J. Hokkanen and P. Salminen, "SMAA –
    Stochastic Multiobjective Acceptability Analysis", European Journal of Operational Research
    106, 1998.

    Parameters
    ----------
    normalised : pandas.DataFrame
        Countries × indicators on one scale, more is better.
    weightings : numpy.ndarray
        Array (draws, indicators), each row adding up to 1.
    method, floor
        As in :func:`aggregate`.

    Returns
    -------
    A :class:`RankDistribution`.
    """
    normalised = complete(normalised).table
    weightings = _weightings(weightings, normalised.shape[1])
    values = _additive(normalised.to_numpy(), method, floor)
    counts = _rank_counts(values, weightings)
    shares = pd.DataFrame(counts / len(weightings), normalised.index, range(1, len(normalised) + 1))
    return RankDistribution(shares, len(weightings))


def _weightings(weightings, count):
    weightings = np.asarray(weightings, dtype=float)
    if weightings.ndim != 2 or weightings.shape[1] != count:
        raise CourseError(
            f"The weightings must be a table with {count} columns, one for each indicator. "
            "index.draw_weights(table) makes one."
        )
    if (weightings < 0).any() or np.abs(weightings.sum(axis=1) - 1).max() > 1e-6:
        raise CourseError("Each weighting must be zero or more everywhere and add up to 1.")
    return weightings


def _rank_counts(values, weightings):
    """Count ranks: (n, k) values and (draws, k) weightings → (n, n) country × rank.

    A positive float keeps its order when its bits are read as an integer. So the country's
    number goes into the lowest bits, the integers are sorted in place, and the numbers are read
    back in rank order: several times as fast as argsort.
    """
    n = len(values)
    width = max(1, (n - 1).bit_length())
    mask = (1 << width) - 1
    # Weights add up to 1, so lifting every value lifts every score alike and moves no rank.
    columns = np.ascontiguousarray(values.T) - values.min() + 1
    numbers, places = np.arange(n), np.arange(n) << width
    near = 64 << width  # scores that differ in the last bits only: ties, which share a rank
    counts, slow = np.zeros(n << width, dtype=np.int64), np.zeros((n, n), dtype=np.int64)
    for start in range(0, len(weightings), _BLOCK):
        block = weightings[start : start + _BLOCK]
        keys = (block @ columns).view(np.int64)
        keys &= ~mask
        keys |= numbers
        keys.sort(axis=1)
        if (keys[:, 1:] - keys[:, :-1] < near).any():
            slow += _tied_counts(values, block)
            continue
        keys &= mask
        keys |= places
        # bincount wants the machine's own integers, which have 32 bits in a browser.
        counts += np.bincount(keys.ravel().astype(np.intp, copy=False), minlength=n << width)
    return counts.reshape(n, 1 << width)[::-1, :n].T + slow


def _tied_counts(values, weightings):
    """Count ranks where scores tie: slower, and tied countries share the better rank."""
    ranks = _ranks(weightings @ values.T) - 1
    return np.stack([np.bincount(column, minlength=len(values)) for column in ranks.T])


def share_above(normalised, weightings, country, method="arithmetic", floor=FLOOR):
    """In what share of the weightings a country stands above each other country.

    Parameters
    ----------
    normalised, weightings, method, floor
        As in :func:`rank_distribution`.
    country : str
        The country that is held.

    Returns
    -------
    A Series other country → share of weightings (0 to 1) in which ``country`` scores more.
    """
    normalised = complete(normalised).table
    held = _row(normalised, country)
    weightings = _weightings(weightings, normalised.shape[1])
    values = _additive(normalised.to_numpy(), method, floor)
    shares = pd.Series(_share_above(values, weightings, held), normalised.index, name="share")
    return shares.drop(country)


def _share_above(values, weightings, held):
    above = np.zeros(len(values))
    columns = np.ascontiguousarray((values[held] - values).T)
    for start in range(0, len(weightings), _BLOCK):
        above += np.count_nonzero(weightings[start : start + _BLOCK] @ columns > _TIE, axis=0)
    return above / len(weightings)


# --- exact bounds ---------------------------------------------------------------------------


class Bounds(NamedTuple):
    """The best and the worst rank that a country can reach."""

    best: int
    worst: int


def rank_bounds(normalised, country, lower=0.0, upper=1.0, method="arithmetic", floor=FLOOR):
    """The exact best and worst rank a country can reach by choice of weights within limits.

    Random weightings show what is common; they miss rare weightings, and so the true limits.
    Here a search over linear programmes finds the weights that put the fewest (then the most)
    countries above this one.

    Parameters
    ----------
    normalised : pandas.DataFrame
        Countries × indicators on one scale, more is better.
    country : str
        The country.
    lower, upper : float, dict or pandas.Series
        The least and the most that an indicator may weigh: one number for all,
        or indicator → number.
    method, floor
        As in :func:`aggregate`.

    Returns
    -------
    ``Bounds(best, worst)``.

    Raises
    ------
    CourseError
        Unknown country or indicator, or limits that no weighting can meet.
    """
    normalised = complete(normalised).table
    held = _row(normalised, country)
    limits = _limits(lower, upper, normalised.columns)
    return _rank_bounds(_additive(normalised.to_numpy(), method, floor), held, *limits)


def _limits(lower, upper, columns):
    limits = []
    for name, given, default in (("lower", lower, 0.0), ("upper", upper, 1.0)):
        if isinstance(given, (Mapping, pd.Series)):
            _known(given.keys(), columns, f"{name} limits")
            limits.append(np.array([given.get(column, default) for column in columns], float))
        else:
            limits.append(np.full(len(columns), float(given)))
    low, high = limits
    if (low < 0).any() or (low > high).any() or low.sum() > 1 + _TIE or high.sum() < 1 - _TIE:
        raise CourseError(
            "No weighting fits these limits: each lower limit must be from 0 up to its upper "
            "limit, the lower ones must add up to at most 1 and the upper ones to at least 1."
        )
    return low, high


def _rank_bounds(values, held, low, high):
    gaps = np.delete(values, held, axis=0) - values[held]  # above 0 where the other leads
    spare = 1 - low.sum()
    if spare < _MARGIN:  # the limits leave one weighting
        return Bounds(*[1 + int((gaps @ low > _CLEAR).sum())] * 2)
    # What is spare is shared out freely; the fixed part of the weights only shifts each gap.
    gaps = gaps + (gaps @ low)[:, None] / spare
    high = np.minimum((high - low) / spare, 1)
    ahead, behind = _largest(gaps, high), -_largest(-gaps, high)
    always, never = behind > _CLEAR, ahead <= _CLEAR
    undecided = gaps[~always & ~never]
    sure = 1 + int(always.sum())
    return Bounds(
        sure + _fewest_above(undecided, high),
        sure + len(undecided) - _fewest_above(-undecided, high, _MARGIN),
    )


def _largest(gaps, high):
    """Each row's largest weighted sum: shares go to its largest cells, up to their limits."""
    order = np.argsort(-gaps, axis=1)
    limit = high[order]
    left = 1 - np.cumsum(limit, axis=1) + limit
    return (np.clip(left, 0, limit) * np.take_along_axis(gaps, order, axis=1)).sum(axis=1)


def _fewest_above(gaps, high, margin=0.0):
    """The fewest rows whose weighted sum must stay above ``-margin``: branch and bound.

    Each step solves a linear programme in which an undecided row may exceed the line at a price;
    the sum of the prices is a lower bound. Then it splits on the row that exceeds it most: keep
    it below, or give it up. (scipy's own mixed-integer solver gives the same answers but prints
    stray lines into the notebook.)
    """
    if not len(gaps):
        return 0
    count = gaps.shape[1]
    reach = np.maximum(_largest(gaps, high), _MARGIN) + margin
    best, serial, queue = len(gaps), 0, [(0.0, 0, (), ())]
    while queue:
        bound, _, kept, given_up = heapq.heappop(queue)
        if np.ceil(bound - 1e-6) >= best:
            break
        free = [row for row in range(len(gaps)) if row not in kept and row not in given_up]
        rows = [*free, *kept]
        scale = np.r_[reach[free], np.ones(len(kept))]
        prices = np.vstack([-np.eye(len(free)), np.zeros((len(kept), len(free)))])
        solution = optimize.linprog(
            np.r_[np.zeros(count), np.ones(len(free))],
            A_ub=np.hstack([gaps[rows] / scale[:, None], prices]),
            b_ub=-margin / scale,
            A_eq=np.r_[np.ones(count), np.zeros(len(free))][None],
            b_eq=[1],
            bounds=[*[(0, limit) for limit in high], *[(0, None)] * len(free)],
            options={"presolve": False},
        )
        if solution.status != 0:
            continue  # the rows that were kept below cannot all be: a dead end
        excess = gaps @ solution.x[:count] + margin
        best = min(best, int((excess > _MARGIN / 2).sum()))
        bound = len(given_up) + solution.fun
        if np.ceil(bound - 1e-6) < best:
            row = max(free, key=lambda row: excess[row])
            for branch in ((*kept, row), given_up), (kept, (*given_up, row)):
                serial += 1
                heapq.heappush(queue, (bound, serial, *branch))
    return best


# --- what moves a rank? ---------------------------------------------------------------------


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
    held = _row(normalised, country)
    weights = check_weights(weights, normalised.columns).to_numpy()
    if not 0 < extra <= 1:
        raise CourseError("The extra share of an indicator lies between 0 and 1, such as 0.1.")
    values = _additive(normalised.to_numpy(), method, floor)
    single = np.eye(len(weights))
    more = _ranks(((1 - extra) * weights + extra * single) @ values.T)[:, held]
    alone = _ranks(single @ values.T)[:, held]
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
    held = _row(table, country)
    if table.shape[1] < 2:
        raise CourseError("Leaving an indicator out takes at least two indicators.")
    points = None if points is None else own_weights(points).reindex(table.columns)
    rows = []
    for left_out in ("nothing", *table.columns):
        part = table.drop(columns=left_out, errors="ignore")
        for normalisation in ("minmax", "rank", "goalposts"):
            normalised = normalise(part, normalisation, directions)
            weightings = {
                "equal": equal_weights(part),
                "entropy": entropy_weights(normalised.clip(lower=0)),
            }
            if points is not None and points[part.columns].sum() > 0:
                weightings["own"] = own_weights(points[part.columns])
            for method in AGGREGATIONS:
                values = _additive(normalised.clip(lower=0).to_numpy(), method)
                for name, weights in weightings.items():
                    place = _ranks(values @ weights.to_numpy())[held]
                    rows.append((normalisation, name, method, left_out, place))
    choices = ["normalisation", "weights", "aggregation", "left out"]
    ranks = pd.DataFrame(rows, columns=[*choices, "rank"])
    total = ranks["rank"].var(ddof=0)
    effects = {}
    for choice in choices:
        groups = ranks.groupby(choice, sort=False)["rank"]
        means, sizes = groups.mean(), groups.size()
        explained = np.average((means - ranks["rank"].mean()) ** 2, weights=sizes)
        effects[choice] = {
            "share": explained / total if total else 0.0,
            "best": means.min(),
            "worst": means.max(),
            "kindest": means.idxmin(),
            "harshest": means.idxmax(),
        }
    result = pd.DataFrame.from_dict(effects, orient="index")
    result = result.sort_values("share", ascending=False, kind="stable")
    result.attrs["ranks"] = ranks
    return result


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
            "With ranks there is no distance to cover, only countries to overtake. Choose minmax, "
            "zscore or goalposts to see how large a change is needed."
        )
    normalised = normalise(table, normalisation, directions)
    held = _row(normalised, country)
    if isinstance(target, bool) or target not in range(1, len(normalised) + 1):
        raise CourseError(f"The rank to reach is a whole number from 1 to {len(normalised)}.")
    weights = check_weights(weights, normalised.columns)
    scores = aggregate(normalised, weights)
    others = np.sort(scores.drop(country))[::-1]
    missing = max(0.0, others[target - 1] - scores[country]) if target <= len(others) else 0.0
    with np.errstate(divide="ignore"):
        change = np.where(weights > 0, missing / weights, np.nan)
    # Each of these scales is a straight line: one step of score is this many units.
    raw = complete(table).table
    unit = (raw.max() - raw.min()) / (normalised.max() - normalised.min())
    unit *= _signs(directions, raw.columns)
    goal = normalised.iloc[held] + change
    return pd.DataFrame(
        {
            "now": raw.loc[country],
            "needed": raw.loc[country] + change * unit,
            "within_reach": goal <= normalised.max() + _TIE,
        }
    )


# --- the course's own table, and a set of choices as a small JSON ---------------------------

SETTINGS_FORMAT = "softpower.index/1"
MOST_POINTS = 10


def cross_section():
    """Return the course's open cross-section as an index needs it.

    Returns
    -------
    tuple of pandas.DataFrame and pandas.DataFrame
        Countries × indicators in their own units, with gaps; and the table ``indicators``
        by the indicator's key.
    """
    indicators = data.load("indicators").set_index("indicator")
    rows = data.load("cross_section")
    table = rows.pivot(index="country", columns="indicator", values="value")
    return table[list(indicators.index)], indicators


def default_settings(indicators, hold):
    """Equal points for every indicator, minimum–maximum, arithmetic mean, half in doubt."""
    return {
        "format": SETTINGS_FORMAT,
        "points": {name: MOST_POINTS // 2 for name in indicators},
        "normalisation": "minmax",
        "aggregation": "arithmetic",
        "missing": "drop_countries",
        "doubt": 50,
        "hold": hold,
    }


def settings_problems(settings, indicators, countries):
    """Everything that is wrong with a set of choices, each in one sentence; empty when usable.

    Parameters
    ----------
    settings : dict
        Plain data as :func:`default_settings` returns. ``points`` names the chosen
        indicators, each with 0 to 10 points; ``doubt`` is a percentage.
    indicators, countries : iterable of str
        The names that exist.
    """
    if not isinstance(settings, Mapping):
        return ["The settings must be a JSON object, as the lab saves it."]
    problems = []
    wanted = default_settings((), None)
    for name in wanted:
        if name not in settings:
            problems.append(f"{name!r} is missing.")
    for name in settings:
        if name not in wanted:
            problems.append(f"{name!r} is not a setting; the settings are {_and(wanted)}.")
    if problems:
        return problems
    if settings["format"] != SETTINGS_FORMAT:
        problems.append(f"'format' must be {SETTINGS_FORMAT!r}.")
    points = settings["points"]
    if not isinstance(points, Mapping) or not points:
        problems.append("'points' must name at least one indicator, each with its points.")
    else:
        for name, value in points.items():
            if name not in set(indicators):
                problems.append(
                    f"There is no indicator {name!r}; the table has {_and(indicators)}."
                )
            elif not _number(value) or not 0 <= value <= MOST_POINTS:
                problems.append(f"The points of {name} must be from 0 to {MOST_POINTS}.")
        if not problems and sum(points.values()) == 0:
            problems.append("All points are 0, so nothing counts. Give points to some indicator.")
    for name, options in (
        ("normalisation", NORMALISATIONS),
        ("aggregation", AGGREGATIONS),
        ("missing", MISSING_RULES),
    ):
        if not isinstance(settings[name], str) or settings[name] not in options:
            problems.append(f"{name!r} must be {_or(options)}.")
    if (settings["normalisation"], settings["aggregation"]) == ("zscore", "geometric"):
        problems.append(
            "A geometric mean needs values of zero or more, and z-scores go below zero. Choose "
            "another normalisation, or the arithmetic mean."
        )
    if not _number(settings["doubt"]) or not 0 <= settings["doubt"] <= 100:
        problems.append("'doubt' must be a percentage from 0 to 100.")
    if settings["hold"] not in list(countries):
        problems.append(f"There is no country {settings['hold']!r} in the table.")
    return problems


def read_settings(text, indicators, countries):
    """Settings from JSON text (or plain data), checked.

    Raises
    ------
    CourseError
        With every problem in it, so that one reading repairs all.
    """
    if isinstance(text, str):
        try:
            text = json.loads(text)
        except json.JSONDecodeError as error:
            raise CourseError(
                f"This is not JSON: line {error.lineno} cannot be read. Copy the whole text that "
                "the lab saved, from the first curly bracket to the last."
            ) from None
    problems = settings_problems(text, list(indicators), list(countries))
    if problems:
        raise CourseError("These settings cannot be used. " + " ".join(problems))
    return json.loads(json.dumps(text))


class Exploration(NamedTuple):
    """One set of choices and all that follows from it.

    Attributes
    ----------
    ranks : pandas.DataFrame
        Country → ``rank``, ``score``, ``low``, ``median``, ``high`` (the 90 % interval)
        and ``above`` (share of weightings in which the held country stands above it; NaN for
        itself), best rank first.
    normalised : pandas.DataFrame
        Countries × chosen indicators.
    weights : pandas.Series
        The learner's own, as shares: chosen indicator → weight.
    notes : tuple of str
        What was left out or filled.
    """

    ranks: pd.DataFrame
    normalised: pd.DataFrame
    weights: pd.Series
    notes: tuple[str, ...]


def explore(table, settings, directions=None, draws=DRAWS, seed=SEED):
    """Rank by the settings, and again under ``draws`` weightings around them: the lab's one move.

    Parameters
    ----------
    table : pandas.DataFrame
        Countries × indicators in their own units; may have gaps.
    settings : dict
        As :func:`default_settings` returns.
    directions : dict or pandas.Series, optional
        As in :func:`normalise`.

    Returns
    -------
    An :class:`Exploration`.

    Raises
    ------
    CourseError
        The settings cannot be used, or the gap rule removes the held country.
    """
    problems = settings_problems(settings, table.columns, table.index)
    if problems:
        raise CourseError(" ".join(problems))
    points, method = settings["points"], settings["aggregation"]
    chosen = [name for name in table.columns if name in points]
    completed = complete(table[chosen], settings["missing"])
    chosen = list(completed.table.columns)
    if settings["hold"] not in completed.table.index:
        raise CourseError(
            f"{settings['hold']} has a gap and was left out. Choose another rule for gaps, other "
            "indicators, or another country to hold."
        )
    normalised = normalise(completed.table, settings["normalisation"], directions)
    weights = own_weights({name: points[name] for name in chosen})
    values = _additive(normalised.to_numpy(), method)
    doubt = settings["doubt"] / 100
    weightings = doubt * _free_weights(len(chosen), draws, seed)
    weightings += (1 - doubt) * weights.to_numpy()
    scores = values @ weights.to_numpy()
    low, median, high = _interval(_rank_counts(values, weightings) / draws, 0.9)
    held = normalised.index.get_loc(settings["hold"])
    above = _share_above(values, weightings, held)
    above[held] = np.nan
    ranks = pd.DataFrame(
        {
            "rank": _ranks(scores),
            "score": _plain(scores, method),
            "low": low,
            "median": median,
            "high": high,
            "above": above,
        },
        normalised.index,
    ).sort_values("rank", kind="stable")
    return Exploration(ranks, normalised, weights, completed.notes)


def explored_bounds(exploration, country, settings):
    """The exact best and worst rank of a country under the same doubt as the intervals.

    Parameters
    ----------
    exploration : Exploration
        What :func:`explore` returned for ``settings``.
    country : str
        The country.

    Returns
    -------
    ``Bounds(best, worst)``. With doubt d, an indicator keeps at least (1 - d) of its weight.
    """
    floor = (1 - settings["doubt"] / 100) * exploration.weights
    return rank_bounds(exploration.normalised, country, lower=floor, method=settings["aggregation"])


# --- small helpers --------------------------------------------------------------------------


def _numbers(table):
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
        raise CourseError(f"{_and(words)} holds words, not numbers. Leave it out.") from None


def _row(table, country):
    if country not in table.index:
        raise CourseError(f"There is no country {country!r} in the table. Check the spelling.")
    return table.index.get_loc(country)


def _known(names, columns, what):
    unknown = [name for name in names if name not in columns]
    if unknown:
        raise CourseError(
            f"The {what} name {_and(unknown)}, which is not an indicator of this table. It has "
            f"{_and(columns)}."
        )


def _number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value)


def _and(names):
    return ", ".join(str(name) for name in names)


def _or(names):
    return " or ".join(repr(name) for name in names)
