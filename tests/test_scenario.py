"""The scenario: it answers what one would have to believe, and claims no more."""

import numpy as np
import pytest

from softpower import data, policy, scenario
from softpower.errors import CourseError

RANK_60 = {"measure": "rank", "value": 60}


@pytest.fixture
def plan():
    return policy.example()


def believing(gain, about="I1", end=2030):
    """A plan that adds exactly this much a year: all its points, every edition."""
    instrument = {"id": "I1", "points": 100, "starts": 2026}
    beliefs = [{"about": about, "low": gain, "central": gain, "high": gain}]
    return {"end": end, "instruments": [instrument], "assumptions": beliefs}


def gain_at_100_points(gain):
    return gain / float(scenario.share(100))


def test_field_gives_back_the_quoted_places():
    rivals, score, rank, _ = scenario.world()
    everyone = np.insert(rivals, rank - 1, score)
    quoted = scenario.quoted_places()
    assert len(everyone) == data.load("gspi_bands")["countries"].sum() == 193
    assert (np.diff(everyone) <= 0).all()
    assert everyone[quoted["rank"].astype(int) - 1] == pytest.approx(quoted["score"].to_numpy())


def test_bands_and_quoted_scores_tell_the_same_story():
    bands, quoted = data.load("gspi_bands"), scenario.quoted_places()
    for edge in (36, 39):
        above = bands.loc[bands["band_id"].astype(int) >= edge, "countries"].sum()
        assert (quoted.loc[quoted["rank"] <= above, "score"] >= edge).all()
        assert (quoted.loc[quoted["rank"] > above, "score"] < edge).all()


def test_noise_is_calibrated_on_the_observed_changes_of_rank():
    changes = data.load("gspi_rank_changes")
    wobble = scenario.observed_wobble(changes)
    assert changes["countries"].sum() == 51
    rivals, score, rank, noise = scenario.world()
    everyone = np.insert(rivals, rank - 1, score)
    moved = everyone + noise * np.random.default_rng(7).standard_normal((500, len(everyone)))
    after = (-moved).argsort(axis=1).argsort(axis=1)
    simulated = (np.arange(len(everyone)) - after)[:, 59:110].std()
    assert simulated == pytest.approx(wobble, rel=0.03)


def test_without_a_plan_the_chance_of_rank_60_is_small():
    result = scenario.run(policy.new_plan() | {"end": 2030})
    assert result.chance == result.chance_without < 0.02
    assert result.gain == 0
    assert result.believe["times"].isna().all()


@pytest.mark.parametrize(
    "target", [RANK_60, {"measure": "score", "value": 38}], ids=["rank", "score"]
)
@pytest.mark.parametrize("row", [0, 1, 2])
def test_believing_what_is_needed_gives_that_chance(target, row):
    needed = scenario.run(believing(0), target=target).believe.iloc[row]
    result = scenario.run(believing(gain_at_100_points(needed["needed"])), target=target)
    assert result.chance == pytest.approx(float(needed["chance"].rstrip("%")) / 100, abs=0.02)
    assert result.gain == pytest.approx(needed["needed"])


def test_more_belief_more_chance_and_rivals_take_some_back(plan):
    chances = [scenario.run(believing(gain)).chance for gain in (-0.5, 0, 0.5, 1, 2)]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]
    assert scenario.run(plan).chance < scenario.run(plan, rivals_move=False).chance


def test_rivals_move_the_rank_and_not_the_score():
    still, moving = (scenario.run(believing(gain, "rivals")).fan for gain in (0, 0.5))
    score, rank = (still["measure"] == name for name in ("score", "rank"))
    assert moving[score].equals(still[score])
    assert (
        moving.loc[rank & (still["year"] == 2030), "middle"]
        > still.loc[rank & (still["year"] == 2030), "middle"]
    ).all()


def test_points_buy_less_and_less_and_late_starts_buy_nothing(plan):
    bought = scenario.share([0, 20, 60, 100])
    assert bought[:3] == pytest.approx([0, 0.5, 0.75])
    assert (np.diff(bought, 2) < 0).all()
    for row in plan["instruments"]:
        row["starts"] = 2030
    assert scenario.run(plan).gain == 0


def test_a_moved_point_moves_the_scenario_at_once_and_repeatably(plan):
    before = scenario.run(plan)
    assert scenario.run(plan).fan.equals(before.fan)
    plan["instruments"][0]["points"], plan["instruments"][3]["points"] = 50, 0
    assert scenario.run(plan).gain > before.gain


def test_fan_is_ordered_and_starts_where_kazakhstan_is(plan):
    fan = scenario.run(plan).fan
    steps = fan[["low", "lower", "middle", "upper", "high"]].to_numpy()
    assert (np.diff(steps, axis=1) >= 0).all()
    now = fan[fan["year"] == scenario.BASE_YEAR]
    assert set(now.loc[now["measure"] == "score", "middle"]) == {35.9}
    assert set(now.loc[now["measure"] == "rank", "middle"]) == {82}


def test_half_written_plans_have_a_scenario(plan):
    plan["assumptions"].append({"about": "I4", "low": 2, "central": 1, "high": 3})
    plan["instruments"].append({"id": "", "points": "", "starts": None})
    assert scenario.run(plan).gain == scenario.run(policy.example()).gain


def test_what_cannot_be_drawn_is_said_in_words(plan):
    with pytest.raises(CourseError, match="ends in 2026"):
        scenario.run(plan | {"end": 2026})
    with pytest.raises(CourseError, match="A target names"):
        scenario.run(plan, target={"measure": "love", "value": 1})


# The two switches, and what the scenario says of itself.


def ends(result, measure="score", name="with the plan"):
    fan = result.fan
    last = fan[(fan["year"] == 2030) & (fan["path"] == name) & (fan["measure"] == measure)]
    return last.iloc[0]


def test_without_the_switches_the_scenario_is_the_one_of_before(plan):
    assert scenario.run(plan, fade=0.0, shared=0.0).fan.equals(scenario.run(plan).fan)
    assert scenario.run(plan).chance == pytest.approx(0.0276, abs=0.0005)


def test_gains_that_fade_leave_what_a_sum_of_powers_leaves():
    # One point a year for four years, of which half is lost each year: 1 + ½ + ¼ + ⅛.
    gain = gain_at_100_points(1)
    kept, faded = (scenario.run(believing(gain), fade=fade) for fade in (0, 0.5))
    fall = ends(kept)["middle"] - ends(faded)["middle"]
    assert fall == pytest.approx(4 - (1 + 1 / 2 + 1 / 4 + 1 / 8), abs=0.11)  # shown to 0.1
    assert faded.chance < kept.chance
    # What must be added each year grows; what the plan's authors believe does not.
    assert (faded.believe["needed"] > kept.believe["needed"]).all()
    assert faded.gain == pytest.approx(kept.gain)


def test_a_shared_shock_widens_the_scores_and_leaves_the_ranks(plan):
    alone, together = scenario.run(plan), scenario.run(plan, shared=1.5)
    width = [ends(one)["high"] - ends(one)["low"] for one in (alone, together)]
    assert width[1] > 1.5 * width[0]
    rank = alone.fan["measure"] == "rank"
    assert together.fan[rank].equals(alone.fan[rank])


def test_the_width_without_a_plan_is_what_the_square_root_says():
    _, start, _, noise = scenario.world()
    end = ends(scenario.run(believing(0)), name="without it")
    after_four = scenario.noise_after(noise, 4)
    assert after_four == 2 * noise
    assert end["high"] - end["low"] == pytest.approx(2 * 1.645 * after_four, rel=0.05)
    assert end["middle"] == pytest.approx(start, abs=0.1)


@pytest.mark.parametrize(
    ("switch", "says"),
    [
        ({"fade": 1}, "fades each year"),
        ({"fade": -0.1}, "fades each year"),
        ({"fade": "a fifth"}, "fades each year"),
        ({"shared": -1}, "all countries share"),
        ({"shared": float("nan")}, "all countries share"),
    ],
)
def test_a_switch_that_cannot_be_used_is_refused_in_words(plan, switch, says):
    with pytest.raises(CourseError, match=says):
        scenario.run(plan, **switch)


def test_a_scenario_says_how_it_was_drawn(plan):
    plain = " ".join(scenario.drawn_how(scenario.run(plan)))
    assert "never fade" in plain and "No shock" in plain and "between low and high" in plain
    switched = " ".join(scenario.drawn_how(scenario.run(plan, fade=0.2, shared=0.5)))
    assert "20% of all gains fades" in switched and "together by about 0.5 points" in switched
