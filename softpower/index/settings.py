"""The course's own table, a set of choices as a small JSON, and all that follows from it."""

import json
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from softpower import data, texts
from softpower.errors import CourseError
from softpower.index.build import (
    AGGREGATIONS,
    BELOW_ZERO,
    NORMALISATIONS,
    NOTHING_COUNTS,
    additive,
    normalise,
    own_weights,
    plain,
    ranks_of,
)
from softpower.index.gaps import MISSING_RULES, complete
from softpower.index.rank_bounds import rank_bounds
from softpower.index.rank_intervals import (
    DRAWS,
    SEED,
    free_weights,
    interval_of,
    rank_counts,
    share_above_each,
)
from softpower.index.tables import alternatives, is_number, listed

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
        return [texts.text("The settings must be a JSON object, as the lab saves it.")]
    problems = _names_wrong(settings)
    if problems:
        return problems
    if settings["format"] != SETTINGS_FORMAT:
        problems.append(texts.text("'format' must be {format!r}.", format=SETTINGS_FORMAT))
    problems += _points_wrong(settings["points"], indicators)
    return problems + _choices_wrong(settings, countries)


def _names_wrong(settings):
    """Say which settings are missing, and which are none; the rest is not looked at then."""
    wanted = default_settings((), None)
    missing = [
        texts.text("{name!r} is missing.", name=name) for name in wanted if name not in settings
    ]
    strange = [
        texts.text(
            "{name!r} is not a setting; the settings are {settings}.",
            name=name,
            settings=listed(wanted),
        )
        for name in settings
        if name not in wanted
    ]
    return missing + strange


def _points_wrong(points, indicators):
    """Say what is wrong with the points of the chosen indicators."""
    if not isinstance(points, Mapping) or not points:
        return [texts.text("'points' must name at least one indicator, each with its points.")]
    problems = []
    for name, value in points.items():
        if name not in set(indicators):
            problems.append(
                texts.text(
                    "There is no indicator {name!r}; the table has {indicators}.",
                    name=name,
                    indicators=listed(indicators),
                )
            )
        elif not is_number(value) or not 0 <= value <= MOST_POINTS:
            problems.append(
                texts.text(
                    "The points of {name} must be from 0 to {most}.", name=name, most=MOST_POINTS
                )
            )
    if not problems and sum(points.values()) == 0:
        problems.append(texts.text(NOTHING_COUNTS))
    return problems


def _choices_wrong(settings, countries):
    """Say what is wrong with the choices, with the doubt and with the country that is held."""
    problems = []
    for name, options in (
        ("normalisation", NORMALISATIONS),
        ("aggregation", AGGREGATIONS),
        ("missing", MISSING_RULES),
    ):
        if not isinstance(settings[name], str) or settings[name] not in options:
            problems.append(
                texts.text(
                    "{name!r} must be {alternatives}.",
                    name=name,
                    alternatives=alternatives(options),
                )
            )
    if (settings["normalisation"], settings["aggregation"]) == ("zscore", "geometric"):
        problems.append(texts.text(BELOW_ZERO))
    if not is_number(settings["doubt"]) or not 0 <= settings["doubt"] <= 100:
        problems.append(texts.text("'doubt' must be a percentage from 0 to 100."))
    if settings["hold"] not in list(countries):
        problems.append(
            texts.text("There is no country {country!r} in the table.", country=settings["hold"])
        )
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
                texts.text(
                    "This text breaks off or is damaged in line {line}. Copy the whole text that the "
                    "lab saved, from the first curly bracket to the last.",
                    line=error.lineno,
                )
            ) from None
    problems = settings_problems(text, list(indicators), list(countries))
    if problems:
        raise CourseError(texts.sentences(texts.text("These settings cannot be used."), *problems))
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
            texts.text(
                "{country} has a gap and was left out. Choose another rule for gaps, other "
                "indicators, or another country to hold.",
                country=settings["hold"],
            )
        )
    normalised = normalise(completed.table, settings["normalisation"], directions)
    weights = own_weights({name: points[name] for name in chosen})
    values = additive(normalised.to_numpy(), method)
    doubt = settings["doubt"] / 100
    weightings = doubt * free_weights(len(chosen), draws, seed)
    weightings += (1 - doubt) * weights.to_numpy()
    scores = values @ weights.to_numpy()
    low, median, high = interval_of(rank_counts(values, weightings) / draws, 0.9)
    held = normalised.index.get_loc(settings["hold"])
    above = share_above_each(values, weightings, held)
    above[held] = np.nan
    ranks = pd.DataFrame(
        {
            "rank": ranks_of(scores),
            "score": plain(scores, method),
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
