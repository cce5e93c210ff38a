"""The methods of lessons 04 and 07 against statsmodels, closed forms and worlds of known truth."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower import evaluation
from softpower.errors import CourseError
from softpower.evaluation import CONDITIONS, JUDGEMENTS, START, TREATED, WORLDS, World

PANEL = evaluation.simulated_panel(WORLDS["one"])
SHARES = st.floats(0.02, 0.98)
SIZES = st.integers(50, 5_000)


@settings(deadline=None)  # a busy machine is not a fault
@given(SHARES, SIZES, SHARES, SIZES)
def test_two_proportions_agree_with_statsmodels(share_1, n_1, share_2, n_2):
    from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

    x_1, x_2 = round(share_1 * n_1), round(share_2 * n_2)
    ours = evaluation.two_proportions(x_1 / n_1, n_1, x_2 / n_2, n_2)
    low, high = confint_proportions_2indep(x_1, n_1, x_2, n_2, compare="diff", method="wald")
    assert (ours.low, ours.high) == pytest.approx((low, high), abs=1e-12)
    z, _ = proportions_ztest([x_1, x_2], [n_1, n_2])
    assert ours.z == pytest.approx(z, abs=1e-9)


def test_the_drop_in_the_document_is_outside_chance_if_each_poll_asked_a_thousand():
    drop = evaluation.two_proportions(0.13, 1000, 0.02, 1000)
    assert (drop.low, drop.high) == pytest.approx((0.0874, 0.1326), abs=1e-4)
    assert drop.z == pytest.approx(9.3, abs=0.05)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((13, 1000, 2, 1000), "0.13"), ((0.13, 0, 0.02, 1000), "at least 1")],
)
def test_a_wrong_share_or_an_empty_poll_says_what_to_write(arguments, words):
    with pytest.raises(CourseError, match=words):
        evaluation.two_proportions(*arguments)


def test_before_and_after_of_four_numbers_done_by_hand():
    panel = pd.DataFrame({"country": "A", "year": [1, 2, 3, 4], "value": [10, 20, 40, 50]})
    row = evaluation.before_after(panel, 3).iloc[0]
    assert (row["before"], row["after"], row["change"]) == (15, 45, 30)


@pytest.mark.parametrize("name", WORLDS)
def test_difference_in_differences_is_the_coefficient_of_a_regression(name):
    from statsmodels.formula.api import ols

    panel = evaluation.simulated_panel(WORLDS[name])
    panel["programme"] = ((panel["country"] == TREATED) & (panel["year"] >= START)).astype(float)
    fitted = ols("value ~ programme + C(country) + C(year)", panel).fit()
    ours = evaluation.difference_in_differences(panel, TREATED, START)
    assert ours.estimate == pytest.approx(fitted.params["programme"], abs=1e-8)
    assert ours.change - ours.change_of_others == pytest.approx(ours.estimate)


def test_without_chance_it_finds_the_true_effect_and_before_after_does_not():
    panel = evaluation.simulated_panel(World(3.0, 0.8, 0.0, seed=1), noise=0)
    found = evaluation.difference_in_differences(panel, TREATED, START)
    assert found.estimate == pytest.approx(3.0, abs=0.06)  # values are rounded to 0.1
    assert found.change > 6


def test_where_trends_are_not_parallel_it_is_wrong_by_the_own_rise():
    panel = evaluation.simulated_panel(World(0.0, 0.8, 1.0, seed=1), noise=0)
    found = evaluation.difference_in_differences(panel, TREATED, START)
    assert found.estimate == pytest.approx(6.0, abs=0.06)  # 6 years from middle to middle


def test_over_many_worlds_the_estimate_is_centred_on_the_truth():
    found = [
        evaluation.difference_in_differences(
            evaluation.simulated_panel(World(2.0, 0.8, 0.0, seed)), TREATED, START
        ).estimate
        for seed in range(60)
    ]
    assert np.mean(found) == pytest.approx(2.0, abs=4 * np.std(found) / np.sqrt(60))


def test_the_path_without_the_programme_leaves_the_estimate_as_its_gap():
    path = evaluation.without_programme(PANEL, TREATED, START)
    true = PANEL[PANEL["country"] == TREATED].set_index("year")["value"]
    gap = (true - path)[true.index >= START].mean()
    estimate = evaluation.difference_in_differences(PANEL, TREATED, START).estimate
    assert gap == pytest.approx(estimate)


def test_a_placebo_leaves_the_treated_country_out_of_the_controls():
    placebos = evaluation.placebo_in_space(PANEL, TREATED, START)
    alone = PANEL[PANEL["country"] != TREATED]
    for row in placebos.itertuples():
        panel = PANEL if row.programme else alone
        expected = evaluation.difference_in_differences(panel, row.country, START).estimate
        assert row.estimate == expected
    # Of the untouched nine, what some gain beyond the others, others lose.
    assert placebos[~placebos["programme"]]["estimate"].sum() == pytest.approx(0, abs=1e-9)


def test_ten_countries_allow_no_share_below_one_in_ten():
    placebos = evaluation.placebo_in_space(PANEL, TREATED, START)
    assert evaluation.placebo_share(placebos) == pytest.approx(0.1)
    none = evaluation.simulated_panel(WORLDS["two"])
    assert evaluation.placebo_share(evaluation.placebo_in_space(none, TREATED, START)) > 0.1


@pytest.mark.parametrize("name", WORLDS)
def test_the_table_of_the_course_is_what_the_seed_makes_today(name):
    from softpower import data

    table = data.load("simulated_panel")
    assert set(table["status"]) == {"simulated"}
    kept = table[table["world"] == name][["country", "year", "value"]].reset_index(drop=True)
    made = evaluation.simulated_panel(WORLDS[name])
    pd.testing.assert_frame_equal(kept, made, check_dtype=False)


def test_a_country_that_is_not_there_is_named():
    with pytest.raises(CourseError, match="Country Z"):
        evaluation.difference_in_differences(PANEL, "Country Z", START)
    with pytest.raises(CourseError, match="both sides of 99"):
        evaluation.before_after(PANEL, 99)


@settings(deadline=None)  # a busy machine is not a fault
@given(st.fixed_dictionaries({name: st.sampled_from(JUDGEMENTS) for name in CONDITIONS}))
def test_the_weakest_condition_decides(judgements):
    verdict, because = evaluation.judge_transfer(judgements)
    worst = {
        "not met": "not as it stands",
        "not known": "not known yet",
        "partly": "with changes",
        "met": "worth a trial",
    }
    found = next(word for word in worst if word in judgements.values())
    assert verdict == worst[found]
    if found != "met":
        assert all((judgements[name] == found) == (name in because) for name in CONDITIONS)


def test_an_unjudged_condition_is_named():
    with pytest.raises(CourseError, match="Still to judge: messenger, attitudes"):
        evaluation.judge_transfer({"marketplace": "met", "messenger": "perhaps"})


def test_the_verdicts_of_the_course_follow_the_rule():
    from softpower import data

    table = data.load("transfer")
    wide = evaluation.verdicts(table).set_index("instrument")
    assert wide.shape == (6, 2)
    for (instrument, audience), part in table.groupby(["instrument", "audience"]):
        judged = dict(zip(part["condition"], part["judgement"], strict=True))
        assert wide.loc[instrument, audience] == evaluation.judge_transfer(judged).verdict


def test_an_interval_halves_when_four_times_as_many_are_asked():
    table = evaluation.by_people_asked(0.13, 0.02, [100, 400])
    assert list(table["people"]) == [100, 400]
    assert table["difference"].to_list() == pytest.approx([11, 11])
    width = table["high"] - table["low"]
    assert width[0] == pytest.approx(2 * width[1])
    one = evaluation.two_proportions(0.13, 400, 0.02, 400)
    assert table["low"][1] == pytest.approx(100 * one.low)
