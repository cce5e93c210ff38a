"""The series with breaks: what each drawing supports, and a learner with the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from softpower import data, labs
from softpower.labs.method_breaks import DRAWINGS, RULES, claims, draw, judge, published

TABLE = data.load("bbc_audience")


def test_the_rules_are_those_of_the_table_in_its_order():
    assert list(published(TABLE)["rule"].unique()) == list(RULES)


def test_a_joined_line_supports_nothing():
    assert {judge(claim, "joined", "")[0] for claim in claims()} == {"not supported"}


@pytest.mark.parametrize("claim", claims())
def test_a_claim_over_two_rules_is_never_supported(claim):
    rules = claims()[claim]["rules"]
    if len(rules) > 1:
        assert all(
            judge(claim, drawing, rule)[0] != "supported" for drawing in DRAWINGS for rule in RULES
        )


def test_one_rule_shows_only_its_own_claims():
    assert judge("half", "restricted", "Global Audience Measure")[0] == "supported"
    assert judge("half", "restricted", "radio estimate")[0] == "not shown"
    assert judge("cuts", "restricted", "all-platform estimate")[0] == "not supported"


def test_the_figures_in_the_reasons_are_those_of_the_table():
    value = TABLE.set_index(["part", "year"])["value"]
    assert value["radio", 2009] == 177 and value["all", 2008] == 182  # the record of 2009
    assert value["all", 2022] == 365 == value["all"].max() and value["all", 2025] == 313
    assert value["all", 2022] - value["all", 2025] == 52 == value["fall since 2021–22", 2025]
    assert value["lost to closed radio and television", 2025] == 30
    assert value["all", 2010] - value["all", 2011] == 14
    assert value["closed or closing services, no longer counted", 2011] == 16.8
    assert 1.45 < value["all", 2025] / value["all", 2015] < 1.55
    assert 1.3 < value["all", 2008] / value["all", 1998] < 1.37
    assert value["all", 2025] / value["all", 1974] > 5


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_the_picture_holds_every_figure_once_and_inside(drawing):
    picture = draw(TABLE, drawing, "radio estimate")
    rows = published(TABLE)
    if drawing == "restricted":
        rows = rows[rows["rule"] == "radio estimate"]
    assert len(picture.dots) == len(rows)
    for thing in picture.dots + picture.words:
        assert 0 <= thing["x"] <= picture.width and 0 <= thing["y"] <= picture.height


def test_the_twin_gives_every_claim_with_its_reason():
    _, twin = labs.MethodBreaks().twin()
    assert len(twin) == len(claims()) and twin["why"].str.len().min() > 40
    assert "<caption" in labs.MethodBreaks()._repr_mimebundle_()[0]["text/html"]


def test_the_keyboard_alone_draws_and_judges(run_notebook, axe):
    page = run_notebook("from softpower import labs\nlabs.MethodBreaks()")
    lab = page.locator(".softpower-breaks")
    lab.wait_for()
    joined = re.compile("one line from 59 in 1974")
    expect(lab.get_by_role("img")).to_have_attribute("aria-label", joined)
    lab.get_by_label("Claim").focus()
    page.keyboard.press("ArrowDown")  # the first claim
    page.wait_for_function(
        "() => document.querySelector('.softpower-breaks [role=status]')"
        ".textContent.startsWith('Not supported. The line invites you')"
    )
    lab.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # restricted
    page.wait_for_function(
        "() => document.querySelector('.softpower-breaks [role=status]')"
        ".textContent.startsWith('Not shown.')"
    )
    lab.get_by_label("Claim").focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")  # from 2015 to 2025
    page.wait_for_function(
        "() => document.querySelector('.softpower-breaks [role=status]')"
        ".textContent.startsWith('Supported.')"
    )
    assert axe(page, ".jp-OutputArea-output") == []
