"""A set of choices: saved, read, refused in words, and explored step by step."""

import json
import math

import numpy as np
import pytest
from test_index import random_table

from softpower import index
from softpower.errors import CourseError


def test_settings_survive_being_saved_and_read():
    table = random_table(countries=5, indicators=3)
    chosen = index.default_settings(table.columns, "country 1")
    assert index.read_settings(json.dumps(chosen), table.columns, table.index) == chosen


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"points": {}}, "at least one indicator"),
        ({"points": {"indicator 9": 5}}, "no indicator 'indicator 9'"),
        ({"points": {"indicator 0": 11}}, "from 0 to 10"),
        ({"points": {"indicator 0": math.nan}}, "from 0 to 10"),
        ({"points": {"indicator 0": 0}}, "nothing counts"),
        ({"normalisation": "log"}, "'normalisation' must be"),
        ({"normalisation": ["minmax"]}, "'normalisation' must be"),
        ({"normalisation": "zscore", "aggregation": "geometric"}, "z-scores go below zero"),
        ({"doubt": 101}, "percentage"),
        ({"doubt": True}, "percentage"),
        ({"hold": "Atlantis"}, "no country 'Atlantis'"),
        ({"hold": ["country 1"]}, "no country"),
        ({"format": "other"}, "'format' must be"),
        ({"colour": "red"}, "'colour' is not a setting"),
    ],
)
def test_unusable_settings_say_why(change, words):
    table = random_table(countries=5, indicators=3)
    chosen = index.default_settings(table.columns, "country 1") | change
    with pytest.raises(CourseError, match=words):
        index.read_settings(chosen, table.columns, table.index)
    with pytest.raises(CourseError, match=words):
        index.explore(table, chosen)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{oops", "damaged in line 1"),
        ("[1]", "must be a JSON object"),
        ("{}", "'points' is missing"),
    ],
)
def test_text_that_is_no_settings_says_why(text, words):
    with pytest.raises(CourseError, match=words):
        index.read_settings(text, ["x"], ["A"])


def test_exploring_is_the_steps_one_by_one():
    table = random_table(7)
    table.iloc[4, 2] = np.nan
    directions = {"indicator 1": -1}
    chosen = index.default_settings(table.columns, "country 1")
    chosen["points"]["indicator 3"] = 10
    chosen["doubt"] = 30
    seen = index.explore(table, chosen, directions)
    completed = index.complete(table, "drop_countries").table
    normalised = index.normalise(completed, directions=directions)
    weights = index.own_weights(chosen["points"])
    draws = index.draw_weights(weights.index, around=weights, doubt=0.3)
    interval = index.rank_distribution(normalised, draws).interval()
    assert "country 4" not in seen.ranks.index and "country 4" in seen.notes[0]
    assert seen.ranks["rank"].is_monotonic_increasing
    ranks = seen.ranks.loc[normalised.index]
    assert (ranks["rank"] == index.rank(index.aggregate(normalised, weights))).all()
    assert (ranks[["low", "median", "high"]] == interval).all(axis=None)
    share = index.share_above(normalised, draws, "country 1")
    np.testing.assert_allclose(ranks["above"].drop("country 1"), share)
    bounds = index.explored_bounds(seen, "country 1", chosen)
    assert bounds.best <= ranks.loc["country 1", "low"]
    assert bounds.worst >= ranks.loc["country 1", "high"]


def test_a_held_country_that_the_rule_drops_is_an_error():
    table = random_table(7)
    table.iloc[1, 2] = np.nan
    with pytest.raises(CourseError, match="country 1 has a gap"):
        index.explore(table, index.default_settings(table.columns, "country 1"))
