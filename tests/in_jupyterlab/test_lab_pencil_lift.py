"""Lifting the pencil: the gaps of the series, and a learner who commits before the rules appear."""

import pytest
from playwright.sync_api import expect

from softpower import data, labs
from softpower.labs.pencil_lift import NEW, SAME, WITHIN, draw, gaps, reply

AUDIENCE, BREAKS = data.load("bbc_audience"), data.load("bbc_breaks")
TABLE = gaps(AUDIENCE, BREAKS)


def test_every_row_of_the_breaks_is_a_gap_of_the_series_and_agrees_with_its_rules():
    found = TABLE.set_index(["from_year", "to_year"])["change"]
    for row in BREAKS.itertuples():
        assert found[row.from_year, row.to_year] == row.change
    # Where the rule changed, the table says how.
    assert (TABLE[TABLE["change"] == NEW]["what"] != "").all()
    assert found.value_counts()[NEW] == AUDIENCE[AUDIENCE["part"] == "all"]["rule"].nunique() - 1


def test_the_figures_in_the_reasons_are_those_of_the_audience():
    value = AUDIENCE.set_index(["part", "year"])["value"]
    assert value["all", 2007] - value["all", 2006] == 20
    assert value["all", 2019] - value["all", 2018] == 40
    assert value["all", 2022] - value["all", 2023] == 47
    steps = value["all"].diff().abs()
    assert steps.loc[2010:].max() == 47
    assert value["lost to closed radio and television", 2025] == 30
    assert value["radio", 2009] == 177


def test_the_reply_tells_a_found_break_from_a_large_step():
    right = TABLE[TABLE["change"] == NEW]["from_year"].tolist()
    assert "you lifted at 3 of them" in reply(TABLE, right) and "Not lifted" not in reply(
        TABLE, right
    )
    large = reply(TABLE, [2018])
    assert "2018 to 2019 we found no change" in large and "you lifted at 0" in large
    inside = TABLE[TABLE["change"] == WITHIN]["from_year"].iloc[0]
    assert "well seen" in reply(TABLE, [inside])
    assert "Not lifted: 1974 to 1998" in reply(TABLE, [])
    assert TABLE[TABLE["from_year"] == 2018]["change"].item() == SAME


@pytest.mark.parametrize("rules", [False, True])
def test_the_line_stops_at_each_lift_and_stays_inside(rules):
    picture = draw(AUDIENCE, [2008, 2014], rules=rules)
    thick = [stroke for stroke in picture.strokes if stroke["width"] == 2.5]
    assert len(thick) == 3
    names = {word["text"] for word in picture.words}
    assert ("radio estimate" in names) == rules
    for thing in picture.dots + picture.words:
        assert 0 <= thing["x"] <= picture.width and 0 <= thing["y"] <= picture.height


def test_the_key_is_not_sent_before_one_commits(tmp_path):
    lab = labs.PencilLift(tmp_path / "breaks.json")
    lab.lifts = [2008]
    state = str({name: lab.trait_values()[name] for name in lab.keys if name != "layout"})
    assert lab.key == [] and "Arabic" not in state and "new rule" not in state
    again = labs.PencilLift(tmp_path / "breaks.json")  # a kernel later
    assert again.lifts == [2008] and not again.committed
    again.committed = True
    assert labs.PencilLift(tmp_path / "breaks.json").committed
    caption, table = again.twin()
    assert "lifted at 1 of them" in caption and "lifted" in table["You"].tolist()
    assert "<details>" in again.below()


def test_a_learner_commits_with_the_keyboard(run_notebook, axe, tmp_path):
    file = str(tmp_path / "breaks.json")
    page = run_notebook(f"from softpower import labs\nlabs.PencilLift({file!r})")
    lab = page.locator(".softpower-pencil")
    lab.wait_for()
    lab.locator("input[value='2008']").focus()
    page.keyboard.press("Space")
    lab.get_by_role("status").filter(has_text="Lifted at 1 gap.").wait_for()
    expect(lab).not_to_contain_text("Television came in")
    lab.get_by_role("button", name="Commit, then show the rules").focus()
    page.keyboard.press("Enter")
    lab.get_by_text("Television came in").wait_for()
    expect(lab.locator(":focus")).to_contain_text("you lifted at 1 of them")
    expect(lab.locator("input[value='1974']")).to_be_disabled()
    assert axe(page, ".jp-OutputArea-output") == []
