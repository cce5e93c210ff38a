"""Benchmarking assets: a missing figure is never hidden, never a zero, never a rank."""

import pandas as pd
import pytest

from softpower import assets, data
from softpower.errors import CourseError
from softpower.labs.asset_benchmark import view

TABLE = data.load("asset_benchmark")
ALL = list(dict.fromkeys(TABLE["country"]))


@pytest.mark.parametrize("indicator", dict.fromkeys(TABLE["indicator"]))
def test_every_country_asked_for_keeps_its_row(indicator):
    rows = assets.compare(TABLE, indicator, ALL)
    assert sorted(rows["country"]) == sorted(ALL)
    known = rows["value"].notna().tolist()
    assert known == sorted(known, reverse=True)  # those without a figure stand last
    bars, *_ = view(TABLE, indicator, ALL[1:], False)
    assert [bar["label"] for bar in bars].count("no data") == known.count(False)


def test_a_zero_is_a_figure_and_a_gap_is_not():
    bars, _, sentence, _ = view(TABLE, "restaurants with a Michelin star", ["Japan"], False)
    assert [(bar["country"], bar["label"]) for bar in bars] == [
        ("Kazakhstan", "0"),
        ("Japan", "no data"),
    ]
    assert "nobody to compare it with" in sentence
    assert view(TABLE, "music market", ["Japan"], False)[2].startswith(
        "We found no open figure for Kazakhstan"
    )


def test_dividing_by_people_changes_the_order():
    as_it_is = assets.compare(TABLE, "visitors", ["Kazakhstan", "Georgia"])
    per_head = assets.compare(TABLE, "visitors", ["Kazakhstan", "Georgia"], per_million=True)
    assert as_it_is["country"].tolist() == ["Kazakhstan", "Georgia"]
    assert per_head["country"].tolist() == ["Georgia", "Kazakhstan"]
    assert per_head["value"].tolist()[1] == pytest.approx(8515 / 19.2)


def test_dividing_what_does_not_grow_with_people_is_refused():
    with pytest.raises(CourseError, match="says nothing"):
        assets.compare(TABLE, "football ranking points", ["Kazakhstan"], per_million=True)


@pytest.mark.parametrize(
    ("indicator", "country", "says"),
    [("songs", "Kazakhstan", "The indicators are"), ("visitors", "Atlantis", "The countries are")],
)
def test_an_unknown_name_gets_the_list(indicator, country, says):
    with pytest.raises(CourseError, match=says):
        assets.compare(TABLE, indicator, [country])


def test_shared_places_are_said_to_be_shared():
    sentence = view(TABLE, "World Heritage sites", ["Uzbekistan", "South Korea"], False)[2]
    assert sentence == "Kazakhstan is number 2 (shared) of the 3 countries with a figure."


def test_coverage_counts_what_can_be_compared():
    table = pd.DataFrame(
        [
            ("A", "x", 1),
            ("A", "y", None),
            ("A", "z", 0),
            ("B", "x", 2),
            ("B", "y", 3),
            ("B", "z", None),
        ],
        columns=["country", "indicator", "value"],
    ).assign(kind="k")
    counts = assets.coverage(table, ["A", "B"]).set_index("indicator")
    assert counts["own"].to_dict() == {"x": True, "y": False, "z": True}
    assert counts["others"].to_dict() == {"x": 1, "y": 1, "z": 0}
    assert counts["comparable"].to_dict() == {"x": True, "y": False, "z": False}


def test_the_lesson_may_say_eight_and_five_of_thirteen():
    counts = assets.coverage(TABLE, ALL)
    listed = counts[counts["kind"] == "Soft Power 30 culture indicator"]
    assert (len(listed), listed["own"].sum(), listed["comparable"].sum()) == (13, 8, 5)


def test_the_heading_gives_the_year_and_the_line_below_the_source():
    _, heading, _, source = view(TABLE, "World Heritage sites", ["Japan"], False)
    assert heading == "World Heritage sites: sites inscribed, 2019"
    assert source == "Source: UNESCO 2023 (second-hand)."
    assert view(TABLE, "music market", ["Japan"], False)[3] == ""
