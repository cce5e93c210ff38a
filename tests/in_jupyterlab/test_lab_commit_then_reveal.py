"""Commit, then reveal: nothing is shown before the commitment, and the commitment is kept."""

import json

import pytest
from conftest import run_all
from playwright.sync_api import expect

from softpower import data, labs
from softpower.errors import CourseError
from softpower.evaluation import START, TREATED, WORLDS, DifferenceInDifferences
from softpower.labs.commit_then_reveal import draw, lines, read_estimate, reply


@pytest.fixture
def file(tmp_path):
    return tmp_path / "estimates.json"


def everything_sent(lab):
    return json.dumps(lab.get_state(lab.keys), default=str)


def test_before_the_commitment_nothing_about_the_truth_reaches_the_browser(file):
    lab = labs.CommitThenReveal("one", file=file)
    assert lab.revealed == []
    assert "True effect" not in everything_sent(lab)
    assert "A without it" not in str(lab.picture)
    assert "True effect" not in lab.twin()[0]


@pytest.mark.parametrize(
    "typed",
    [
        {"estimate": "", "reason": "a feeling"},
        {"estimate": "a lot", "reason": "a feeling"},
        {"estimate": "between 3 and 5", "reason": "a feeling"},
        {"estimate": "4", "reason": "  "},
    ],
)
def test_half_a_commitment_reveals_nothing_and_says_what_is_missing(file, typed):
    lab = labs.CommitThenReveal("one", file=file)
    lab.typed = typed
    assert lab.revealed == [] and lab.committed == {} and not file.exists()
    assert ("a few words" if typed["estimate"] == "4" else "one number") in lab.status


def test_a_commitment_reveals_the_truth_once_and_cannot_be_changed(file):
    lab = labs.CommitThenReveal("one", file=file)
    lab.typed = {"estimate": "9,0 points", "reason": "after minus before"}
    assert ["True effect (simulated)", f"{WORLDS['one'].effect:.1f}"] in lab.revealed
    assert "A without it" in str(lab.picture)
    lab.typed = {"estimate": "4", "reason": "I have seen it"}
    assert lab.committed == {"estimate": 9.0, "reason": "after minus before"}
    assert json.loads(file.read_text())["one"]["estimate"] == 9.0


def test_the_commitment_is_there_when_the_lesson_is_opened_again(file):
    labs.CommitThenReveal("one", file=file).typed = {"estimate": "3", "reason": "a guess"}
    labs.CommitThenReveal("two", file=file).typed = {"estimate": "1", "reason": "a guess"}
    again = labs.CommitThenReveal("one", file=file)
    assert again.committed["estimate"] == 3.0 and again.revealed
    assert not labs.CommitThenReveal("three", file=file).committed


def test_a_damaged_file_is_set_aside_not_overwritten(file):
    file.write_text("{ not json")
    labs.CommitThenReveal("one", file=file).typed = {"estimate": "3", "reason": "a guess"}
    assert [p.read_text() for p in file.parent.glob("*damaged*")] == ["{ not json"]
    assert "one" in json.loads(file.read_text())


@pytest.mark.parametrize(
    ("text", "number"), [("4", 4), ("-2,5", -2.5), ("about 3 points", 3), ("−4,25 %", -4.25)]
)
def test_a_number_is_read_as_people_type_it(text, number):
    assert read_estimate(text) == number


def test_the_reply_names_the_trap_that_the_estimate_fell_into():
    fair, unfair = DifferenceInDifferences(9, 5, 4), DifferenceInDifferences(10, 3, 7)
    assert "within one point" in reply(4.2, fair, 4)
    assert "what every country gained" in reply(9, fair, 4)
    assert "2.0 points above" in reply(6, fair, 4)
    assert "done correctly, and it is far" in reply(7, unfair, 1)
    assert "already rising faster" in reply(1, unfair, 1)
    assert "already rising faster" not in reply(4, fair, 4)


def test_the_picture_keeps_the_order_of_the_figures():
    panel = data.load("simulated_panel").query("world == 'one'")
    assert len(lines(panel)) == 11
    treated = draw(panel).strokes[-1]["points"].split()  # drawn last, above the others
    points = [float(point.split(",")[1]) for point in treated]
    values = panel[panel["country"] == TREATED]["value"].tolist()
    assert sorted(range(12), key=values.__getitem__) == sorted(range(12), key=lambda i: -points[i])


def test_an_unknown_world_is_named():
    with pytest.raises(CourseError, match="The worlds are: one, two"):
        labs.CommitThenReveal("five")


def test_the_twin_is_a_table_of_every_year(file):
    caption, table = labs.CommitThenReveal("two", file=file).twin()
    assert "Simulated" in caption and f"begins in year {START}" in caption
    assert len(table) == 12 and "simulated" in table.columns[-1]


CELL = "from softpower import labs\nlabs.CommitThenReveal('one', file='mine/{}.json')"


def test_the_keyboard_alone_commits_and_reads_the_truth(run_notebook, axe):
    page = run_notebook(CELL.format("keyboard"))
    lab = page.locator(".softpower-commit")
    lab.wait_for()
    assert axe(page, ".jp-OutputArea-output") == []
    assert "True effect" not in page.content()
    # An empty form says what is missing.
    lab.get_by_label("effect of the programme").click()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('.softpower-commit [role=status]').textContent.includes('one number')"
    )
    page.keyboard.type("9")
    page.keyboard.press("Tab")
    page.keyboard.type("after minus before")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('.softpower-commit').textContent.includes('True effect')"
    )
    page.wait_for_function(
        "() => document.querySelector('.softpower-commit [role=status]').textContent.includes('the whole change of Country A')"
    )
    expect(lab.locator(":focus")).to_contain_text("You committed to 9 points")
    expect(lab.get_by_role("button", name="Commit")).to_be_hidden()
    assert axe(page, ".jp-OutputArea-output") == []


def test_the_commitment_survives_a_new_run_of_the_notebook(run_notebook):
    page = run_notebook(CELL.format("again"))
    lab = page.locator(".softpower-commit")
    lab.wait_for()
    lab.get_by_label("effect of the programme").fill("4")
    lab.get_by_label("How I came to it").fill("beyond the others")
    lab.get_by_role("button", name="Commit").click()
    lab.get_by_text("You committed to 4 points").wait_for()
    reopened = run_notebook(CELL.format("again")).locator(".softpower-commit")
    reopened.get_by_text("You committed to 4 points").wait_for()
    expect(reopened).to_contain_text("beyond the others", use_inner_text=True)


def test_what_is_typed_survives_a_reload(run_notebook, tmp_path):
    file = str(tmp_path / "e.json")
    page = run_notebook(
        f"from softpower import labs\nlabs.CommitThenReveal('two', {file!r})", anew=True
    )
    lab = page.locator(".softpower-commit")
    lab.wait_for()
    lab.get_by_label("How I came to it").click()
    page.keyboard.type("beyond the others")
    page.reload()
    run_all(page)
    expect(lab.get_by_label("How I came to it")).to_have_value("beyond the others")
