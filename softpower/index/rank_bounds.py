"""The exact best and worst rank that weights within limits allow."""

import heapq
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from softpower import texts
from softpower.errors import CourseError
from softpower.index.build import FLOOR, additive
from softpower.index.gaps import complete
from softpower.index.tables import TIE, known, row

_MARGIN = 1e-6  # a lead counts in the search for bounds when it is larger than this
_CLEAR = 1e-9  # in the same search, a lead that is no rounding


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
    held = row(normalised, country)
    limits = _limits(lower, upper, normalised.columns)
    return _rank_bounds(additive(normalised.to_numpy(), method, floor), held, *limits)


def _limits(lower, upper, columns):
    limits = []
    for name, given, default in (("lower", lower, 0.0), ("upper", upper, 1.0)):
        if isinstance(given, (Mapping, pd.Series)):
            known(given.keys(), columns, f"{name} limits")
            limits.append(np.array([given.get(column, default) for column in columns], float))
        else:
            limits.append(np.full(len(columns), float(given)))
    low, high = limits
    if (low < 0).any() or (low > high).any() or low.sum() > 1 + TIE or high.sum() < 1 - TIE:
        raise CourseError(
            texts.text(
                "No weighting fits these limits: each lower limit must be from 0 up to its "
                "upper limit, the lower ones must add up to at most 1 and the upper ones to at "
                "least 1."
            )
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
    from scipy import optimize  # half a second, and only the exact bounds need it

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
