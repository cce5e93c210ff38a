"""How sure a rank is: many weightings, drawn at random, and how often each rank comes out."""

import functools
from typing import NamedTuple

import numpy as np
import pandas as pd

from softpower import texts
from softpower.errors import CourseError
from softpower.index.build import FLOOR, additive, check_weights, ranks_of
from softpower.index.gaps import complete
from softpower.index.tables import TIE, row

DRAWS = 10_000
SEED = 2026
_BLOCK = 1_000  # weightings at a time: a block stays in the processor's cache


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
    free = free_weights(len(indicators), draws, seed)
    if not 0 <= doubt <= 1:
        raise CourseError(
            texts.text("Doubt is a share from 0 (these weights only) to 1 (any weights).")
        )
    if doubt == 1:
        return free.copy()
    if around is None:
        raise CourseError(
            texts.text("Say around which weights to draw: around=index.equal_weights(table).")
        )
    return (1 - doubt) * check_weights(around, indicators).to_numpy() + doubt * free


@functools.lru_cache(maxsize=16)
def free_weights(count, draws, seed):
    if count < 1 or draws < 1:
        raise CourseError(texts.text("It takes at least one indicator and one draw."))
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
        low, median, high = interval_of(self.shares.to_numpy(), level)
        return pd.DataFrame(
            {"low": low, texts.word("median"): median, "high": high}, self.shares.index
        )


def interval_of(shares, level):
    if not 0 < level < 1:
        raise CourseError(texts.text("The level of an interval lies between 0 and 1, such as 0.9."))
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
    values = additive(normalised.to_numpy(), method, floor)
    counts = rank_counts(values, weightings)
    shares = pd.DataFrame(counts / len(weightings), normalised.index, range(1, len(normalised) + 1))
    return RankDistribution(shares, len(weightings))


def _weightings(weightings, count):
    weightings = np.asarray(weightings, dtype=float)
    if weightings.ndim != 2 or weightings.shape[1] != count:
        raise CourseError(
            texts.text(
                "The weightings must be a table with {count} columns, one for each indicator. "
                "index.draw_weights(table) makes one.",
                count=count,
            )
        )
    if (weightings < 0).any() or np.abs(weightings.sum(axis=1) - 1).max() > 1e-6:
        raise CourseError(
            texts.text("Each weighting must be zero or more everywhere and add up to 1.")
        )
    return weightings


def rank_counts(values, weightings):
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
    ranks = ranks_of(weightings @ values.T) - 1
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
    held = row(normalised, country)
    weightings = _weightings(weightings, normalised.shape[1])
    values = additive(normalised.to_numpy(), method, floor)
    shares = pd.Series(share_above_each(values, weightings, held), normalised.index, name="share")
    return shares.drop(country)


def share_above_each(values, weightings, held):
    above = np.zeros(len(values))
    columns = np.ascontiguousarray((values[held] - values).T)
    for start in range(0, len(weightings), _BLOCK):
        above += np.count_nonzero(weightings[start : start + _BLOCK] @ columns > TIE, axis=0)
    return above / len(weightings)
