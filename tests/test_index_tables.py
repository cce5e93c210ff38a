"""What lesson 03 says about its tables is what the tables give today."""

import numpy as np
import pandas as pd
import pytest

from softpower import data, index

TABLE, INDICATORS = index.cross_section()
DIRECTION = INDICATORS["direction"]
COMPLETE = index.complete(TABLE, "drop_countries").table
NORMALISED = index.normalise(COMPLETE, directions=DIRECTION)
EQUAL = index.equal_weights(NORMALISED)
WEIGHTINGS = index.draw_weights(NORMALISED)
SHARES = index.rank_distribution(NORMALISED, WEIGHTINGS)


def stated(derived_id):
    return data.load("derived").set_index("derived_id").loc[derived_id, "value"]


def rank(country, normalisation="minmax", method="arithmetic", weights=EQUAL):
    normalised = index.normalise(COMPLETE, normalisation, DIRECTION)
    return index.rank(index.aggregate(normalised, weights, method))[country]


def choices(country):
    return index.choice_effects(COMPLETE, country, DIRECTION).attrs["ranks"]["rank"]


def influence():
    return NORMALISED.corrwith(index.aggregate(NORMALISED, EQUAL))


def together(first, second, among=NORMALISED):
    return among[first].corr(among[second])


def perception():
    ranks = data.load("gspi_ranks").query("indicator == 'score' and year == 2026")
    both = TABLE.join(ranks.set_index("country")["value"].rename("gspi"), how="inner")
    return both, both.corr(method="spearman")["gspi"]


def test_the_cross_section_is_thirty_by_twelve_and_every_gap_is_explained():
    rows = data.load("cross_section")
    assert TABLE.shape == (30, 12) and len(rows) == 360
    gaps = rows[rows["value"].isna()]
    assert len(gaps) == 3 and gaps["note"].str.startswith("No value").all()
    units = rows.groupby("indicator")["unit"].unique().str[0]
    assert (units == INDICATORS["unit"].reindex(units.index)).all()
    four = {"Kazakhstan", "South Korea", "Japan", "United Kingdom"}
    assert four <= set(COMPLETE.index)


@pytest.mark.parametrize(
    ("derived_id", "computed"),
    [
        ("index-draws", lambda: len(WEIGHTINGS)),
        ("index-complete", lambda: len(COMPLETE)),
        ("index-korea", lambda: rank("South Korea")),
        ("index-korea-geometric", lambda: rank("South Korea", method="geometric")),
        ("index-korea-ranks", lambda: rank("South Korea", "rank")),
        (
            "index-korea-entropy",
            lambda: rank("South Korea", weights=index.entropy_weights(NORMALISED)),
        ),
        ("index-japan", lambda: rank("Japan")),
        ("index-japan-geometric", lambda: rank("Japan", method="geometric")),
        ("index-uk", lambda: rank("United Kingdom")),
        ("index-kazakhstan", lambda: rank("Kazakhstan")),
        ("index-korea-low", lambda: SHARES.interval().loc["South Korea", "low"]),
        ("index-korea-high", lambda: SHARES.interval().loc["South Korea", "high"]),
        ("index-kazakhstan-low", lambda: SHARES.interval().loc["Kazakhstan", "low"]),
        ("index-kazakhstan-high", lambda: SHARES.interval().loc["Kazakhstan", "high"]),
        ("index-poland", lambda: rank("Poland")),
        ("index-poland-low", lambda: SHARES.interval().loc["Poland", "low"]),
        ("index-poland-high", lambda: SHARES.interval().loc["Poland", "high"]),
        ("index-korea-best", lambda: index.rank_bounds(NORMALISED, "South Korea").best),
        ("index-korea-worst", lambda: index.rank_bounds(NORMALISED, "South Korea").worst),
        ("index-kazakhstan-best", lambda: index.rank_bounds(NORMALISED, "Kazakhstan").best),
        (
            "index-kazakhstan-any",
            lambda: index.reach_of_choices(COMPLETE, "Kazakhstan", DIRECTION)["best"].min(),
        ),
        ("index-tajikistan-seen", lambda: (SHARES.shares.loc["Tajikistan"] > 0).idxmax()),
        ("index-tajikistan-best", lambda: index.rank_bounds(NORMALISED, "Tajikistan").best),
        (
            "index-korea-japan",
            lambda: 100 * index.share_above(NORMALISED, WEIGHTINGS, "South Korea")["Japan"],
        ),
        (
            "index-firsts",
            lambda: sum(index.rank_bounds(NORMALISED, c).best == 1 for c in NORMALISED.index),
        ),
        (
            "index-korea-normalisation",
            lambda: (
                100
                * index.choice_effects(COMPLETE, "South Korea", DIRECTION).loc[
                    "normalisation", "share"
                ]
            ),
        ),
        ("index-kazakhstan-choices-best", lambda: choices("Kazakhstan").min()),
        ("index-kazakhstan-choices-worst", lambda: choices("Kazakhstan").max()),
        ("index-korea-choices-best", lambda: choices("South Korea").min()),
        ("index-korea-choices-worst", lambda: choices("South Korea").max()),
        (
            "index-korea-uk",
            lambda: (
                100 * index.share_above(NORMALISED, WEIGHTINGS, "South Korea")["United Kingdom"]
            ),
        ),
        ("index-influence-low", lambda: influence()["visa_openness"]),
        ("index-influence-high", lambda: influence()["life_expectancy"]),
        ("index-double-count", lambda: together("tourism_spending", "ip_receipts")),
        (
            "index-double-count-without-us",
            lambda: together("tourism_spending", "ip_receipts", NORMALISED.drop("United States")),
        ),
        ("index-double-count-visa", lambda: together("life_expectancy", "visa_free_out")),
        ("entropy-homicides", lambda: 100 * index.entropy_weights(NORMALISED)["homicides"]),
        (
            "entropy-homicides-unreversed",
            lambda: 100 * index.entropy_weights(index.normalise(COMPLETE))["homicides"],
        ),
        ("perception-countries", lambda: len(perception()[0])),
        ("perception-articles", lambda: perception()[1]["science_articles"]),
        ("perception-ideas", lambda: perception()[1]["ip_receipts"]),
        ("perception-openness", lambda: perception()[1]["visa_openness"]),
    ],
)
def test_what_the_lesson_states_is_what_the_tables_give(derived_id, computed):
    value = stated(derived_id)
    decimals = len(f"{value:g}".partition(".")[2])
    assert round(float(computed()), decimals) == value


def test_one_point_is_worth_seven_places_in_kazakhstans_part_of_the_list():
    ranks = data.load("gspi_ranks").query("year == 2026")
    near = ranks.pivot(index="country", columns="indicator", values="value").dropna(
        subset=["rank", "score"]
    )
    near = near[near["rank"].between(55, 86)].sort_values("rank")
    first, last = near.iloc[0], near.iloc[-1]
    worth = (last["rank"] - first["rank"]) / (first["score"] - last["score"])
    assert round(worth, 1) == stated("gspi-places-per-point")


def test_the_published_weights_reproduce_the_published_soft_presence():
    weights = data.load("elcano_weights").set_index("variable")
    assert weights["weight"].sum() == pytest.approx(1)
    soft = weights.query("dimension == 'soft'")["weight"]
    assert soft.sum() == pytest.approx(stated("elcano-soft-share"))
    rows = data.load("elcano_soft").pivot(index="country", columns="variable", values="value")
    scores = index.aggregate(rows[soft.index], index.own_weights(soft))
    np.testing.assert_allclose(scores, rows["soft_presence"], atol=0.03)
    pd.testing.assert_series_equal(
        scores.rank(ascending=False), rows["soft_presence_rank"].rank(), check_names=False
    )
