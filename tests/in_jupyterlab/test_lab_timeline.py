"""The timeline: what it says of each choice, and a learner who works it with the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from softpower import data, labs
from softpower.labs.timeline import before_and_latest, draw, known, starts, temptation

TABLE = data.load("japan_timeline")


def test_cool_japan_can_begin_in_four_years():
    assert sorted(starts()) == [2002, 2010, 2011, 2013]


@pytest.mark.parametrize(
    ("start", "before"),
    [(2002, "2.10"), (2010, "3.65"), (2011, "3.65"), (2013, "3.99")],
)
def test_the_start_decides_what_learners_are_compared_with(start, before):
    row = before_and_latest(TABLE, ["reach"], start).iloc[0]
    assert row["last figure before"].startswith(before)
    assert row["latest figure"] == "4.00 million learners (2024)"


@pytest.mark.parametrize(
    ("start", "before"),
    [(2002, "no figure before"), (2010, "place 5 (2009)"), (2013, "place 5 (2010)")],
)
def test_standing_has_a_figure_before_the_fund_and_none_before_the_phrase(start, before):
    row = before_and_latest(TABLE, ["standing"], start).iloc[0]
    assert row["last figure before"] == before
    assert row["latest figure"] == "place 1 (2024)"


def test_every_choice_of_strands_has_a_temptation_and_a_doubt():
    for one in known():
        for other in known():
            claim, doubt = temptation({one, other})
            assert claim and doubt and claim != doubt
            assert one == other or claim not in (temptation({one})[0], temptation({other})[0])
    assert temptation(["money", "standing"])[0].startswith("The fund lost money")
    assert temptation([]) == ("", "Nothing is drawn. Tick a strand.")
    assert "almost any story" in temptation(known())[0]


def test_what_learners_tempt_one_to_say_depends_on_the_year():
    said = {start: temptation(["reach"], start)[0] for start in starts()}
    assert "almost doubled" in said[2002] and "stopped growing" in said[2013]
    assert "went on growing" in said[2010]


def test_first_place_is_drawn_above_fifth():
    dots = {dot["note"]: dot["y"] for dot in draw(TABLE, ["standing"], 2013).dots}
    assert dots["place 1 (2023)"] < dots["place 5 (2019)"]


def test_the_start_line_crosses_no_title():
    drawing = draw(TABLE, known(), 2002)
    dashed = [line["points"] for line in drawing.strokes if line["dash"]]
    spans = [[float(point.split(",")[1]) for point in points.split()] for points in dashed]
    titles = [word["y"] for word in drawing.words if word["x"] == 60]
    assert len(spans) == len(titles) == len(known())
    # A title's letters reach from 10 pixels above its foot to 4 below it.
    assert all(not low < y + 4 or not y - 10 < high for low, high in spans for y in titles)


def test_everything_is_drawn_inside_the_picture():
    drawing = draw(TABLE, known(), 2002)
    for thing in drawing.dots + drawing.words:
        assert 0 <= thing["x"] <= drawing.width
        assert 0 <= thing["y"] <= drawing.height


def test_the_twin_holds_every_strand_for_every_start():
    _, twin = labs.StrandTimeline().twin()
    assert len(twin) == len(known()) * len(starts())
    assert "<caption" in labs.StrandTimeline()._repr_mimebundle_()[0]["text/html"]


def test_the_keyboard_alone_changes_strands_and_start(run_notebook, axe):
    page = run_notebook("from softpower import labs\nlabs.StrandTimeline()")
    lab = page.locator(".softpower-timeline")
    lab.wait_for()
    # It opens on the strand of which no question asks, so that no answer stands there already.
    expect(lab.get_by_role("status")).to_contain_text("Tempting to say: Heritage policy works")
    lab.get_by_role("checkbox", name="Reach").focus()
    page.keyboard.press("Space")  # reach on
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # heritage off
    status = "document.querySelector('.softpower-timeline [role=status]').textContent"
    page.wait_for_function(f"() => {status}.includes('stopped growing')")
    expect(lab).to_contain_text("3.99 million learners (2012)", use_inner_text=True)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")  # the first start, 2002
    page.wait_for_function(f"() => {status}.includes('almost doubled')")
    page.wait_for_function(
        "() => document.querySelector('.softpower-timeline table').textContent.includes('2.10')"
    )
    expect(lab.get_by_role("img")).to_have_attribute(
        "aria-label", re.compile("start drawn at 2002")
    )
    assert axe(page, ".jp-OutputArea-output") == []
