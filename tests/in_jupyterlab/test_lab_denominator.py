"""The denominator lab: its arithmetic, its words, and a learner at the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from softpower import data, labs
from softpower.labs.denominator import fields, reading, share_ahead


@pytest.mark.parametrize(
    ("rank", "ranked", "share"), [(1, 60, 0), (31, 60, 50), (79, 121, 64.46), (80, 193, 40.93)]
)
def test_the_share_ahead_leaves_the_country_itself_out(rank, ranked, share):
    assert share_ahead(rank, ranked) == pytest.approx(share, abs=0.01)


def test_there_is_no_place_behind_the_last():
    assert share_ahead(60, 60) is not None
    assert share_ahead(61, 60) is None
    assert reading(61, 60) == "On a list of 60 there is no 61st place."


def test_the_fields_are_those_of_the_index():
    editions = data.load("index_editions")
    ours = editions[editions["index"] == "Global Soft Power Index"]
    sizes = ours[ours["indicator"] == "countries ranked"]["value"]
    assert set(fields()) == set(sizes.astype(int))


def test_the_twin_gives_all_five_fields():
    caption, table = labs.DenominatorLab(rank=79).twin()
    assert "79" in caption
    assert table["Ahead"].tolist() == ["no such place", "78.0%", "65.0%", "64.5%", "40.4%"]
    assert "no 79th place" in table["In words"][0]


def test_the_arrow_keys_move_the_place(run_notebook, axe):
    page = run_notebook("from softpower import labs\nlabs.DenominatorLab()")
    lab = page.locator(".softpower-denominator")
    lab.wait_for()
    lab.get_by_label("Place on the list").press("ArrowRight")
    page.wait_for_function(
        "() => document.querySelector('.softpower-denominator [role=status]')"
        ".textContent.startsWith('Place 81.')"
    )
    expect(lab).to_contain_text(reading(81, 193), use_inner_text=True)
    expect(lab.get_by_role("img")).to_have_attribute("aria-label", re.compile("41% of 193"))
    assert axe(page, ".jp-OutputArea-output") == []
