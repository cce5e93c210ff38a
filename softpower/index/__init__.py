"""How a ranking is made, and how far it can be bent: composite indices as pure functions.

The steps of a composite index, in the words of the OECD and JRC handbook (2008): treat missing
values (:func:`complete`), normalise, weigh, aggregate, rank, and then ask how sure the rank is
(:func:`rank_distribution`, :func:`rank_bounds`, :func:`choice_effects`). ``gaps`` has the missing
values, ``build`` the steps from a table to a ranking, ``choices`` what changes when one of them is
made otherwise, ``rank_bounds`` and ``rank_intervals`` how sure a rank is, ``settings`` the choices
that a reader sets and keeps, where they begin (:func:`default_settings`), and what follows.

A table has one row a country and one column an indicator. Weights are shares that add up to 1.
Rank 1 is the best; tied countries share the better rank. Every function returns something new
and changes none of its arguments.
"""

from softpower.index.build import (
    AGGREGATIONS,
    FLOOR,
    NORMALISATIONS,
    aggregate,
    check_weights,
    entropy_weights,
    equal_weights,
    normalise,
    own_weights,
    rank,
)
from softpower.index.choices import choice_effects, reach_of_choices, to_reach, weight_effects
from softpower.index.gaps import MISSING_RULES, Completed, complete
from softpower.index.rank_bounds import Bounds, rank_bounds
from softpower.index.rank_intervals import (
    DRAWS,
    SEED,
    RankDistribution,
    draw_weights,
    rank_distribution,
    share_above,
)
from softpower.index.settings import (
    MOST_POINTS,
    SETTINGS_FORMAT,
    Exploration,
    cross_section,
    default_settings,
    explore,
    explored_bounds,
    read_settings,
    settings_problems,
)

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
