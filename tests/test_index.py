"""The methods of lesson 03: equal to their five-line versions, to other libraries, and fair."""

import numpy as np
import pandas as pd
import pymcdm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import sobol as sobol_sample
from scipy import optimize, stats

from softpower import index
from softpower.errors import CourseError


def random_table(seed=0, countries=30, indicators=12):
    values = np.random.default_rng(seed).random((countries, indicators)) * 100
    return pd.DataFrame(
        values,
        [f"country {number}" for number in range(countries)],
        [f"indicator {number}" for number in range(indicators)],
    )


def named(values):
    rows, columns = values.shape
    return pd.DataFrame(
        values, [f"c{row}" for row in range(rows)], [f"i{column}" for column in range(columns)]
    )


# Values on a coarse grid, so that ties and twins turn up often.
tables = (
    st.tuples(st.integers(3, 9), st.integers(1, 4))
    .flatmap(lambda shape: arrays(float, shape, elements=st.integers(0, 20).map(float)))
    .filter(lambda values: (np.ptp(values, axis=0) > 0).all())
    .map(named)
)
methods = st.sampled_from(list(index.AGGREGATIONS))


# --- the five-line versions of the lesson -----------------------------------------------------


def test_minmax_equals_the_lessons_lines():
    table = random_table()
    lowest, highest = table.min(), table.max()
    by_hand = (table - lowest) / (highest - lowest)
    pd.testing.assert_frame_equal(index.normalise(table), by_hand)


def test_a_direction_turns_an_indicator_round():
    table = random_table()
    turned = index.normalise(table, directions={"indicator 0": -1})
    np.testing.assert_allclose(turned["indicator 0"], 1 - index.normalise(table)["indicator 0"])
    np.testing.assert_allclose(turned["indicator 1"], index.normalise(table)["indicator 1"])


def test_goalposts_run_from_zero_to_the_largest_value():
    table = pd.DataFrame({"more": [2.0, 4, 8], "less": [0.0, 5, 10]}, list("ABC"))
    scaled = index.normalise(table, "goalposts", {"less": -1})
    assert scaled["more"].to_list() == [0.25, 0.5, 1] and scaled["less"].to_list() == [1, 0.5, 0]
    set_by_hand = index.normalise(table, "goalposts", goalposts={"more": (0, 16)})
    assert set_by_hand["more"].to_list() == [0.125, 0.25, 0.5]


def test_ranks_of_the_distribution_equal_the_lessons_lines():
    normalised = index.normalise(random_table())
    weightings = index.draw_weights(normalised, draws=2_000)
    scores = weightings @ normalised.T.to_numpy()
    ranks = (-scores).argsort(axis=1).argsort(axis=1) + 1
    distribution = index.rank_distribution(normalised, weightings)
    for position, country in enumerate(normalised.index):
        for place in distribution.shares:
            share = (ranks[:, position] == place).mean()
            assert distribution.shares.loc[country, place] == share
    low, high = np.quantile(ranks, [0.05, 0.95], axis=0, method="inverted_cdf")
    interval = distribution.interval(0.9)
    assert (interval["low"] == low).all() and (interval["high"] == high).all()


def test_share_above_equals_the_lessons_line():
    normalised = index.normalise(random_table())
    weightings = index.draw_weights(normalised, draws=2_000)
    scores = weightings @ normalised.T.to_numpy()
    share = index.share_above(normalised, weightings, "country 3")
    assert share["country 8"] == (scores[:, 3] > scores[:, 8]).mean()
    assert "country 3" not in share.index


# --- other libraries as oracles ----------------------------------------------------------------


def test_zscore_and_rank_equal_scipy():
    table = random_table()
    np.testing.assert_allclose(index.normalise(table, "zscore"), stats.zscore(table, axis=0))
    expected = (stats.rankdata(table, axis=0) - 1) / 29
    np.testing.assert_allclose(index.normalise(table, "rank"), expected)


def test_minmax_weights_and_scores_equal_pymcdm():
    table = random_table()
    types = np.array([1, -1] * 6)
    directions = dict(zip(table.columns, types, strict=True))
    normalised = index.normalise(table, directions=directions)
    minmax = pymcdm.normalizations.minmax_normalization
    expected = pymcdm.helpers.normalize_matrix(table.to_numpy(), minmax, types)
    np.testing.assert_allclose(normalised, expected, atol=1e-12)
    weights = index.entropy_weights(table)
    np.testing.assert_allclose(weights, pymcdm.weights.entropy_weights(table.to_numpy()))
    method = pymcdm.methods.WSM(normalization_function=minmax)
    preferences = method(table.to_numpy(), weights.to_numpy(), types)
    np.testing.assert_allclose(index.aggregate(normalised, weights), preferences)


def test_the_geometric_mean_equals_scipy():
    values = random_table() / 100 + 0.02
    scores = index.aggregate(values, index.equal_weights(values), "geometric")
    np.testing.assert_allclose(scores, stats.gmean(values, axis=1))


def test_the_floor_keeps_a_zero_from_wiping_out_the_rest():
    table = pd.DataFrame({"x": [0.0, 1], "y": [1.0, 1]}, list("AB"))
    scores = index.aggregate(table, {"x": 0.5, "y": 0.5}, "geometric", floor=0.04)
    assert scores.to_dict() == pytest.approx({"A": 0.2, "B": 1})


def test_exact_bounds_equal_scipys_integer_programme(capfd):
    lower = np.array([0.02, 0.1, 0.0, 0.15])
    for trial in range(6):
        table = index.normalise(random_table(trial, countries=10, indicators=4))
        gaps = np.delete(table.to_numpy(), 0, axis=0) - table.to_numpy()[0]
        floors = dict(zip(table.columns, lower, strict=True))
        n, k = gaps.shape
        fewest = []
        for sign in (1, -1):  # the fewest countries above, then the fewest not above
            programme = optimize.milp(
                np.r_[np.zeros(k), np.ones(n)],
                integrality=np.r_[np.zeros(k), np.ones(n)],
                bounds=optimize.Bounds(np.r_[lower, np.zeros(n)], np.ones(k + n)),
                constraints=[
                    optimize.LinearConstraint(np.hstack([sign * gaps, -2 * np.eye(n)]), ub=0),
                    optimize.LinearConstraint(np.r_[np.ones(k), np.zeros(n)][None], 1, 1),
                ],
            )
            fewest.append(round(programme.fun))
        bounds = index.rank_bounds(table, "country 0", lower=floors)
        assert bounds == (1 + fewest[0], 1 + n - fewest[1])
    capfd.readouterr()  # the integer programme prints stray lines


def test_the_sensitivity_of_choices_equals_salib():
    effects = index.choice_effects(random_table(3, countries=12, indicators=4), "country 1")
    ranks = effects.attrs["ranks"]
    names = ["normalisation", "weights", "aggregation", "left out"]
    options = [list(dict.fromkeys(ranks[name])) for name in names]
    lookup = ranks.set_index(names)["rank"]
    problem = {"num_vars": 4, "names": names, "bounds": [[0, 1]] * 4}
    sample = sobol_sample.sample(problem, 4096, calc_second_order=False, seed=1)
    places = np.array(
        [
            lookup[tuple(o[int(x * len(o))] for o, x in zip(options, row, strict=True))]
            for row in np.clip(sample, 0, 1 - 1e-12)
        ],
        dtype=float,
    )
    estimate = sobol_analysis.analyze(problem, places, calc_second_order=False, seed=1)["S1"]
    np.testing.assert_allclose(effects["share"].reindex(names), estimate, atol=0.03)


# --- properties -------------------------------------------------------------------------------


@given(tables, st.floats(0.01, 1000), st.floats(-50, 50), methods)
def test_a_change_of_unit_changes_no_rank_under_minmax(table, factor, shift, method):
    weights = index.equal_weights(table)
    converted = table.copy()
    converted["i0"] = converted["i0"] * factor + shift
    before, after = (
        index.rank(index.aggregate(index.normalise(one), weights, method))
        for one in (table, converted)
    )
    assert (before == after).all()


@given(tables, st.randoms(use_true_random=False), methods)
def test_the_order_of_the_rows_changes_nothing(table, random, method):
    shuffled = table.loc[random.sample(list(table.index), len(table))]
    weightings = index.draw_weights(table, draws=40)
    first, second = (
        index.rank_distribution(index.normalise(one), weightings, method).shares
        for one in (table, shuffled)
    )
    pd.testing.assert_frame_equal(first.loc[shuffled.index], second)


@settings(max_examples=40, deadline=None)
@given(tables, st.just(0.0) | st.floats(0.001, 1), methods)
def test_drawn_ranks_lie_within_the_exact_bounds(table, doubt, method):
    normalised = index.normalise(table)
    around = index.equal_weights(table)
    weightings = index.draw_weights(table, draws=200, around=around, doubt=doubt)
    shares = index.rank_distribution(normalised, weightings, method).shares
    for country in table.index[:3]:
        seen = shares.columns[shares.loc[country] > 0]
        bounds = index.rank_bounds(normalised, country, lower=(1 - doubt) * around, method=method)
        assert bounds.best <= min(seen) and max(seen) <= bounds.worst


@given(tables, methods)
def test_without_doubt_the_bounds_are_the_rank(table, method):
    normalised, weights = index.normalise(table), index.equal_weights(table)
    ranks = index.rank(index.aggregate(normalised, weights, method))
    for country in table.index:
        bounds = index.rank_bounds(normalised, country, weights, weights, method)
        assert bounds == (ranks[country], ranks[country])


def test_random_weightings_miss_what_the_bounds_find():
    normalised = index.normalise(random_table(2))
    shares = index.rank_distribution(normalised, index.draw_weights(normalised)).shares
    best_seen = (shares > 0).idxmax(axis=1)
    found = [index.rank_bounds(normalised, country).best for country in normalised.index]
    assert (found <= best_seen).all() and (found < best_seen).any()


def test_the_same_seed_gives_the_same_draws():
    first, second = (index.draw_weights("abc", draws=50) for _ in range(2))
    assert (first == second).all()
    assert not (first == index.draw_weights("abc", draws=50, seed=1)).all()
    np.testing.assert_allclose(first.sum(axis=1), 1)


def test_doubt_keeps_each_weight_above_its_floor():
    around = {"a": 0.8, "b": 0.2, "c": 0.0}
    near = index.draw_weights(around, around=around, doubt=0.1)
    assert near[:, 0].min() >= 0.72 and near[:, 2].max() <= 0.1
    only = index.draw_weights(around, draws=3, around=around, doubt=0)
    np.testing.assert_allclose(only, [[0.8, 0.2, 0.0]] * 3)


# --- ranks, ties and what a change would take ---------------------------------------------------


def test_ties_share_the_better_rank():
    ranks = index.rank({"A": 3, "B": 5, "C": 3, "D": 1})
    assert ranks.to_dict() == {"A": 2, "B": 1, "C": 2, "D": 4}


def test_tied_scores_share_a_rank_in_the_distribution_too():
    table = pd.DataFrame({"x": [1.0, 0, 0.5, 0], "y": [0.0, 1, 0.5, 0]}, list("ABCD"))
    shares = index.rank_distribution(table, [[0.5, 0.5], [0.25, 0.75]]).shares
    assert shares.loc["A"].to_dict() == {1: 0.5, 2: 0, 3: 0.5, 4: 0}
    assert shares.loc["B", 1] == 1 and shares.loc["D", 4] == 1


def test_rounding_in_the_last_digit_is_a_tie():
    assert index.rank({"A": 0.1 + 0.2, "B": 0.3}).to_dict() == {"A": 1, "B": 1}


def test_to_reach_is_enough_and_no_less_is():
    table = random_table(1)
    weights = index.equal_weights(table)
    directions = {"indicator 2": -1}
    answer = index.to_reach(table, "country 5", 5, weights, "goalposts", directions)
    assert answer.loc["indicator 2", "needed"] < answer.loc["indicator 2", "now"]
    tops = table.max()
    posts = {name: (top, 0) if name in directions else (0, top) for name, top in tops.items()}
    for name in ("indicator 0", "indicator 2"):
        step = answer.loc[name, "needed"] - answer.loc[name, "now"]
        for part, enough in ((1.0001, True), (0.9999, False)):
            changed = table.copy()
            changed.loc["country 5", name] += part * step
            scaled = index.normalise(changed, "goalposts", directions, posts)
            reached = index.rank(index.aggregate(scaled, weights))["country 5"] <= 5
            assert reached == enough


def test_a_country_already_there_needs_no_change():
    table = random_table(1)
    weights = index.equal_weights(table)
    first = index.rank(index.aggregate(index.normalise(table), weights)).idxmin()
    answer = index.to_reach(table, first, 5, weights)
    assert (answer["now"] == answer["needed"]).all()


def test_the_weight_that_helps_most_comes_first():
    table = pd.DataFrame({"x": [9, 1, 5], "y": [1, 9, 5], "z": [4, 5, 6]}, list("ABC"))
    effects = index.weight_effects(index.normalise(table), index.equal_weights(table), "A", 0.9)
    assert effects.index[0] == "x" and effects.loc["x", "alone"] == 1
    assert effects.loc["z", "alone"] == 3


# --- gaps ---------------------------------------------------------------------------------------


@pytest.fixture
def with_gap():
    return pd.DataFrame({"x": [1.0, 2, 4], "y": [3.0, np.nan, 5]}, ["A", "B", "C"])


def test_no_gap_is_filled_without_being_asked(with_gap):
    with pytest.raises(CourseError, match="B has no value for y"):
        index.normalise(with_gap)


@pytest.mark.parametrize(
    ("rule", "shape", "said"),
    [
        ("drop_countries", (2, 2), "Left out: B has no value for y"),
        ("drop_indicators", (3, 1), "Left out the indicator y"),
        ("median", (3, 2), "Filled with the median of the others: B"),
    ],
)
def test_a_gap_rule_does_what_it_says_and_says_it(with_gap, rule, shape, said):
    table, notes = index.complete(with_gap, rule)
    assert table.shape == shape and not table.isna().any(axis=None)
    assert said in " ".join(notes)
    assert with_gap.isna().sum().sum() == 1  # the caller's table is untouched
    if rule == "median":
        assert table.loc["B", "y"] == 4


# --- errors that speak ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda t, w: index.normalise(t, "percent"), "no normalisation 'percent'"),
        (lambda t, w: index.normalise(t.assign(x=7)), "same value for every country"),
        (lambda t, w: index.normalise(t, directions={"x": 0}), "must be 1"),
        (lambda t, w: index.normalise(t, "goalposts", goalposts={"q": (0, 1)}), "not an indicator"),
        (lambda t, w: index.normalise(t, "goalposts", goalposts={"x": (1, 1)}), "are equal"),
        (lambda t, w: index.normalise(t.assign(x=list("pqr"))), "words, not numbers"),
        (lambda t, w: index.normalise(t * np.nan), "no data at all"),
        (lambda t, w: index.normalise(t.iloc[[0, 0, 1]]), "once only"),
        (lambda t, w: index.normalise([1, 2]), "A table with one row a country"),
        (lambda t, w: index.aggregate(t, {"x": 0.5}), "y has no weight"),
        (lambda t, w: index.aggregate(t, {"x": 0.5, "z": 0.5}), "z, which is not an indicator"),
        (lambda t, w: index.aggregate(t, {"x": 1.5, "y": -0.5}), "must be a number from 0"),
        (lambda t, w: index.aggregate(t, {"x": 0.5, "y": 0.4}), "add up to 0.9"),
        (lambda t, w: index.aggregate(t - 5, w, "geometric"), "below zero"),
        (lambda t, w: index.aggregate(t, w, "geometric", floor=0), "between 0 and 1"),
        (lambda t, w: index.aggregate(t, w, "median"), "no aggregation 'median'"),
        (lambda t, w: index.equal_weights([]), "no indicator to weigh"),
        (lambda t, w: index.own_weights({"x": 3, "y": -1}), "negative points"),
        (lambda t, w: index.own_weights({"x": 0, "y": 0}), "nothing counts"),
        (lambda t, w: index.entropy_weights(t - 5), "zero or more"),
        (lambda t, w: index.complete(t.assign(x=np.nan), "median"), "x has no data at all"),
        (lambda t, w: index.complete(t, "guess"), "no rule 'guess'"),
        (lambda t, w: index.draw_weights(t, doubt=2), "from 0"),
        (lambda t, w: index.draw_weights(t, doubt=0.5), "around which weights"),
        (lambda t, w: index.rank_distribution(t, [[1]]), "2 columns"),
        (lambda t, w: index.rank_distribution(t, [[0.9, 0.9]]), "add up to 1"),
        (lambda t, w: index.rank_bounds(t, "Atlantis"), "no country 'Atlantis'"),
        (lambda t, w: index.rank_bounds(t, "A", lower=0.6), "No weighting fits"),
        (lambda t, w: index.to_reach(t, "A", 9, w), "from 1 to 3"),
        (lambda t, w: index.to_reach(t, "A", 1, w, "rank"), "no distance"),
        (lambda t, w: index.choice_effects(t[["x"]], "A"), "at least two indicators"),
        (lambda t, w: index.weight_effects(t, w, "A", extra=2), "between 0 and 1"),
        (lambda t, w: index.rank({"A": 1, "B": float("nan")}), "B has no score"),
    ],
)
def test_each_mistake_has_its_sentence(call, words):
    table = pd.DataFrame({"x": [1.0, 2, 4], "y": [3.0, 1, 5]}, ["A", "B", "C"])
    with pytest.raises(CourseError, match=words):
        call(table, index.equal_weights(table))


def test_tab_offers_the_methods_and_nothing_that_the_file_imports():
    assert set(dir(index)) == set(index.__all__)
    assert all(hasattr(index, name) and not name.startswith("_") for name in index.__all__)
    assert "heapq" not in dir(index)
