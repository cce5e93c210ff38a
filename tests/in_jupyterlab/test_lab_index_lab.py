"""The index lab: what it says, and a reader who works it with the keyboard."""

import json
import re

import pandas as pd
import pytest
from playwright.sync_api import expect

from softpower import index, labs
from softpower.errors import CourseError
from softpower.labs.index_lab import (
    helps,
    limits,
    neighbours,
    status,
    verdict,
)

RANKS = pd.DataFrame(
    {"rank": [1, 2, 3], "low": [1, 1, 3], "high": [1, 3, 3], "above": [0.0, float("nan"), 0.84]},
    ["Japan", "Kazakhstan", "France"],
)


def settings(**changes):
    table, _ = index.cross_section()
    return index.default_settings(table.columns, "Kazakhstan") | changes


def test_the_status_gives_the_interval_before_anything_else_is_asked():
    assert status(RANKS, "Kazakhstan", before=3) == (
        "Kazakhstan is 2nd of 3 by your points, and was 3rd. "
        "In nine of ten weightings it is 1st to 3rd."
    )
    assert "and was" not in status(RANKS, "Kazakhstan", before=2)


def test_neighbours_are_the_two_beside():
    said = neighbours(RANKS, "Kazakhstan")
    assert said == (
        "Kazakhstan stands above Japan in 0% and above France in 84% of the weightings."
    )
    alone = RANKS.assign(above=[float("nan"), 0.9, 1.0])
    assert neighbours(alone, "Japan") == ("Japan stands above Kazakhstan in 90% of the weightings.")


def test_a_country_that_no_weighting_lifts_hears_so():
    assert "No weighting within your doubt can lift Kazakhstan: 2nd is its best" in limits(
        index.Bounds(2, 3), "Kazakhstan", 3, 2
    )
    assert "moves Kazakhstan from its 2nd place" in limits(index.Bounds(2, 2), "Kazakhstan", 3, 2)
    assert "can put Kazakhstan 1st" in limits(index.Bounds(1, 3), "Kazakhstan", 3, 2)


def test_helps_names_the_weight_that_lifts_or_says_that_none_does():
    effects = pd.DataFrame({"with_more": [1, 3]}, ["a", "b"])
    said = helps(effects, {"a": "Broadband", "b": "Homicides"}, "Kazakhstan", 2)
    assert said.startswith("The weight that helps Kazakhstan most: Broadband.")
    assert "No single indicator lifts" in helps(effects, {}, "Kazakhstan", 1)


def test_the_verdict_says_what_no_choice_can_do():
    effects = pd.DataFrame({"share": [0.6]}, ["left out"])
    reach = pd.DataFrame({"best": [4, 3], "worst": [9, 8]})
    said = verdict(reach, effects, "Kazakhstan", 28)
    assert "No choice whatever lifts Kazakhstan above 3rd of 28" in said and "60%" in said


def test_the_twin_shows_each_country_with_interval_and_bounds():
    lab = labs.IndexLab(settings(doubt=20))
    lab.moved = True
    caption, table = lab.twin()
    assert "Kazakhstan is" in caption and "Left out: Canada" in caption
    assert (table["Best possible"] <= table["Rank"]).all()
    assert (table["Rank"] <= table["Worst possible"]).all()
    assert "<caption" in lab._repr_mimebundle_()[0]["text/html"]


def test_before_the_first_move_the_saved_picture_answers_no_guess(monkeypatch):
    monkeypatch.setenv("SOFTPOWER_PRINTED", "1")
    lab = labs.IndexLab(watch="Kazakhstan")
    caption, table = lab.twin()
    assert "Kazakhstan is 22nd of 28" in caption and "one weighting can put" not in caption
    assert list(table) == ["Country", "Rank", "Nine of ten weightings"]
    assert lab.below().startswith("<details><summary>After your guess")  # folded, and complete
    assert lab.below().count("<tr>") == 1 + 28
    lab.settings = lab.settings | {"doubt": 60}
    assert "one weighting can put Kazakhstan" in lab.twin()[0] and lab.below() == ""


def test_the_first_display_computes_no_bounds_that_it_does_not_show(monkeypatch):
    asked = []
    monkeypatch.setattr(index, "explored_bounds", lambda *given: asked.append(given))
    monkeypatch.delenv("SOFTPOWER_PRINTED", raising=False)  # a learner's own notebook
    labs.IndexLab()._repr_mimebundle_()
    assert asked == []


def test_settings_are_saved_shared_and_loaded(tmp_path):
    lab = labs.IndexLab(settings(normalisation="rank"))
    lab.save(tmp_path / "mine.json")
    again = labs.IndexLab.load(tmp_path / "mine.json")
    assert again.settings == lab.settings and again.view["rows"] == lab.view["rows"]
    with pytest.raises(CourseError, match="no file"):
        labs.IndexLab.load(tmp_path / "nobodys.json")
    with pytest.raises(CourseError, match="'doubt' must be"):
        labs.IndexLab(settings(doubt=-1))


def test_a_choice_that_cannot_be_keeps_the_last_picture_and_says_why():
    lab = labs.IndexLab()
    rows = lab.view["rows"]
    lab.settings = settings(normalisation="zscore", aggregation="geometric")
    assert "z-scores go below zero" in lab.view["problem"] and lab.view["rows"] == rows
    lab.settings = settings()
    assert lab.view["problem"] == ""


def test_the_last_settings_are_kept_and_loading_others_has_a_way_back(tmp_path):
    file = tmp_path / "index_lab.json"
    lab = labs.IndexLab(file=file)
    first = lab.settings
    assert not lab.former and not file.exists()  # looking writes nothing
    lab.settings = mine = first | {"aggregation": "geometric"}
    again = labs.IndexLab(file=file)  # opens as the lesson says, and offers the last ones
    assert again.settings == first and again.former
    again._asked(None, {"ask": "back"}, None)
    assert again.settings == mine
    again._asked(None, {"ask": "load", "text": json.dumps(first | {"doubt": 0})}, None)
    assert again.settings["doubt"] == 0
    again._asked(None, {"ask": "back"}, None)
    assert again.settings == mine


def test_a_drag_is_told_from_where_it_began(tmp_path):
    lab = labs.IndexLab(file=tmp_path / "index_lab.json")
    first = lab.settings

    def drag(*values):
        for value in values:
            lab.settings = first | {"points": first["points"] | {"heritage_sites": value}}

    drag(6, 7, 8, 10)
    assert lab.view["status"].startswith("South Korea is 8th of 28 by your points, and was 3rd.")
    lab._asked(None, {"ask": "bounds", "of": lab.view["json"]}, None)  # the reader rests
    drag(8, 5)
    assert lab.view["status"].startswith("South Korea is 3rd of 28 by your points, and was 8th.")


def test_begin_again_puts_everything_back_and_has_a_way_back(tmp_path):
    lab = labs.IndexLab(file=tmp_path / "index_lab.json")
    first = lab.settings
    lab.settings = mine = first | {"doubt": 100, "points": first["points"] | {"homicides": 0}}
    lab._asked(None, {"ask": "again"}, None)
    assert lab.settings == first and lab.former
    lab._asked(None, {"ask": "back"}, None)
    assert lab.settings == mine


def test_where_nothing_counts_no_sentence_of_before_is_left(tmp_path):
    lab = labs.IndexLab(file=tmp_path / "index_lab.json")
    lab.settings = lab.settings | {"points": dict.fromkeys(lab.settings["points"], 0)}
    assert "nothing counts" in lab.view["problem"]
    assert lab.view["neighbours"] == lab.view["helps"] == ""


OPEN = "from softpower import labs\nlab = labs.IndexLab()\nlab"


def wait_for_text(page, selector, text):
    page.wait_for_function(
        "([s, t]) => document.querySelector(s)?.textContent.includes(t)", arg=[selector, text]
    )


def test_the_keyboard_moves_a_weight_and_the_ranks_follow(run_notebook, axe):
    page = run_notebook(OPEN)
    lab = page.locator(".softpower-index")
    lab.wait_for()
    says = ".softpower-index .status"
    wait_for_text(page, says, "South Korea is 3rd of 28 by your points. In nine of ten")
    # What answers the lesson's guesses is not there before the first move.
    expect(lab.get_by_text("Guess first.")).to_be_visible()
    expect(lab).not_to_contain_text("helps South Korea most", use_inner_text=True)
    expect(lab.locator("svg .bounds")).to_have_count(0)
    assert axe(page, ".jp-OutputArea-output") == []

    page.evaluate(
        """() => {
            window.said = [];
            const line = document.querySelector(".softpower-index .status");
            new MutationObserver(() => window.said.push(line.textContent)).observe(line, { childList: true });
        }"""
    )
    lab.get_by_label("World Heritage sites", exact=True).focus()
    page.keyboard.press("End")
    wait_for_text(page, says, "South Korea is 8th of 28 by your points, and was 3rd")
    # The exact bounds come in many parts; a screen reader hears the status once for all of them.
    page.wait_for_function(
        "() => document.querySelectorAll('.softpower-index svg .bounds').length === 28 * 3"
    )
    assert len(page.evaluate("() => window.said")) == 1
    wait_for_text(page, ".softpower-index .said", "The weight that helps South Korea most")
    expect(lab.get_by_text("Guess first.")).to_be_hidden()
    assert axe(page, ".jp-OutputArea-output") == []
    expect(lab.get_by_role("img")).to_have_attribute("aria-label", re.compile("South Korea is 8th"))

    lab.get_by_label("Doubt").focus()
    page.keyboard.press("Home")
    wait_for_text(page, says, "8th of 28 by your points. With no doubt left")
    wait_for_text(page, ".softpower-index", "moves South Korea from its 8th place")


def test_who_does_not_want_to_guess_asks(run_notebook):
    page = run_notebook(OPEN)
    lab = page.locator(".softpower-index")
    lab.wait_for()
    lab.get_by_role("button", name="Show it now").press("Enter")
    wait_for_text(page, ".softpower-index .said", "The weight that helps South Korea most")
    # The exact bounds follow by themselves, for every country.
    page.wait_for_function(
        "() => document.querySelectorAll('.softpower-index svg .bounds').length === 28 * 3"
    )
    expect(lab.locator(".said")).to_be_focused()


def test_on_a_low_screen_the_ranks_stay_in_view_beside_every_slider(run_notebook):
    page = run_notebook(OPEN)
    lab = page.locator(".softpower-index")
    lab.wait_for()
    page.set_viewport_size({"width": 1366, "height": 800})
    page.wait_for_function("() => document.querySelector('.softpower-index svg').clientWidth > 400")
    high = page.evaluate(
        """() => {
            const lab = document.querySelector(".softpower-index");
            const box = (one) => lab.querySelector(one).getBoundingClientRect();
            const [says, last, picture] = [box(".status"), box(".point:last-child"), box("svg")];
            return Math.max(last.bottom, picture.bottom) - says.top;
        }"""
    )
    assert high < 560  # JupyterLab leaves 679 of the 800 pixels to the page


def test_on_a_telephone_the_rank_stands_above_sliders_in_one_column(run_notebook):
    page = run_notebook(OPEN)
    lab = page.locator(".softpower-index")
    lab.wait_for()
    page.evaluate("() => jupyterapp.shell.collapseLeft()")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.querySelector('.softpower-index svg').clientWidth < 300")
    places = page.evaluate(
        """() => {
            const all = [...document.querySelectorAll(".softpower-index .point")];
            const boxes = all.map((row) => row.querySelector("[type=range]").getBoundingClientRect());
            const says = document.querySelector(".softpower-index .status").getBoundingClientRect();
            return {
                starts: new Set(boxes.map((box) => Math.round(box.left))).size,
                above: says.bottom <= boxes[0].top,
                high: boxes.at(-1).bottom - says.top,
                touching: all.slice(1).filter((row, at) => row.querySelector("label").getBoundingClientRect().top
                    < all[at].getBoundingClientRect().bottom).length,
            };
        }"""
    )
    assert places["starts"] == 1 and places["above"] and places["touching"] == 0
    assert places["high"] < 720


def test_every_other_choice_is_heard(run_notebook):
    page = run_notebook(OPEN)
    lab = page.locator(".softpower-index")
    lab.wait_for()
    says = ".softpower-index .status"
    lab.get_by_label("Mean", exact=True).select_option("geometric")
    wait_for_text(page, says, "South Korea is 9th")
    lab.get_by_label("Normalisation").select_option("zscore")
    wait_for_text(page, says, "z-scores go below zero")
    lab.get_by_label("Mean", exact=True).select_option("arithmetic")
    wait_for_text(page, says, "South Korea is 3rd")
    # A move is told from where the ranks last rested: let them rest, also on a busy machine.
    page.wait_for_selector(".softpower-index .stale", state="detached")
    lab.get_by_label("Use Research and development").uncheck()
    wait_for_text(page, says, "and was 3rd")
    expect(lab.get_by_label("Research and development", exact=True)).to_be_disabled()
    lab.get_by_label("Gaps").select_option("median")
    wait_for_text(page, says, " of 30 ")
    wait_for_text(page, ".softpower-index", "Filled with the median of the others: Canada")
    lab.get_by_label("Watch this country").select_option("Kazakhstan")
    wait_for_text(page, says, "Kazakhstan is")
    lab.get_by_role("button", name="What could any choice do").click()
    wait_for_text(page, ".softpower-index", "No choice whatever lifts Kazakhstan")


def test_settings_travel_as_text(run_notebook, axe):
    page = run_notebook(OPEN)
    lab = page.locator(".softpower-index")
    lab.wait_for()
    lab.get_by_text("Save, share or load these settings").click()
    lab.get_by_text("The same ranks as a table").click()
    field = lab.get_by_label("Your settings as text")
    shared = json.loads(field.input_value()) | {"normalisation": "rank"}
    field.fill(json.dumps(shared))
    lab.get_by_role("button", name="Load these settings").click()
    wait_for_text(page, ".softpower-index .status", "South Korea is 1st of 28")
    expect(lab.get_by_label("Normalisation")).to_have_value("rank")
    expect(lab.get_by_role("row").nth(1)).to_have_text(
        re.compile(r"^South Korea\s*1"), use_inner_text=True
    )
    lab.get_by_role("button", name="Take my last settings back").click()
    wait_for_text(page, ".softpower-index .status", "South Korea is 3rd of 28")
    field.fill("{")
    lab.get_by_role("button", name="Load these settings").click()
    wait_for_text(page, ".softpower-index", "This text breaks off")
    assert axe(page, ".jp-OutputArea-output") == []
