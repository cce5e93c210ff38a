"""The transfer checker: judge first, then the course's view; what is written is kept."""

import json
import re

import pytest
from playwright.sync_api import expect

from softpower import data, evaluation, labs
from softpower.evaluation import CONDITIONS
from softpower.labs.transfer_checker import compare, course_view

TABLE = data.load("transfer")
MET = dict.fromkeys(CONDITIONS, "met") | {"reason": "a guess"}


@pytest.fixture
def lab(tmp_path):
    return labs.TransferChecker(file=tmp_path / "transfers.json")


def test_the_course_judges_every_pair_on_every_condition():
    pairs = TABLE.groupby(["instrument_id", "audience"])
    assert len(pairs) == 12
    for (instrument_id, audience), _ in pairs:
        view = course_view(TABLE, instrument_id, audience)
        assert view["condition"].tolist() == list(CONDITIONS)
        evaluation.judge_transfer(dict(zip(view["condition"], view["judgement"], strict=True)))


def test_a_condition_of_the_audience_is_judged_alike_for_every_instrument():
    audience_only = TABLE[TABLE["condition"] != "messenger"]
    assert (audience_only.groupby(["audience", "condition"])["judgement"].nunique() == 1).all()


def test_figures_in_the_reasons_are_the_figures_of_the_rows():
    for row in TABLE.dropna(subset=["value"]).itertuples():
        assert f"{row.value:g}" in row.why


def test_the_courses_view_comes_after_ones_own(lab):
    assert lab.course == []
    lab.typed = MET | {"messenger": ""}
    assert lab.course == [] and "Still to judge: messenger" in lab.status
    lab.typed = MET | {"reason": " "}
    assert lab.course == [] and "a few words" in lab.status
    lab.typed = MET
    assert len(lab.course) == 3
    assert lab.status.startswith("Your verdict: worth a trial.")


def test_what_is_judged_is_kept_and_comes_back_with_its_pair(lab):
    lab.typed = MET
    other = {"instrument": "i02", "audience": "Turkey"}
    lab.chosen = other
    assert lab.mine == {} and lab.course == []
    again = labs.TransferChecker(file=lab._file)
    assert again.mine["reason"] == "a guess" and len(again.course) == 3
    assert list(json.loads(lab._file.read_text())) == ["i15 Germany"]


def test_the_comparison_names_where_we_differ():
    view = course_view(TABLE, "i02", "Germany")
    assert "differs on: messenger; its verdict: not as it stands" in compare(MET, view)
    same = dict(zip(view["condition"], view["judgement"], strict=True))
    assert "all three as the course does" in compare(same, view)


def test_the_twin_has_room_for_a_judgement_and_then_the_comparison(lab):
    assert lab.twin()[1]["Your judgement"].tolist() == ["not judged yet"] * 3
    lab.typed = MET
    assert lab.twin()[1]["You"].tolist() == ["met"] * 3


def test_the_keyboard_alone_judges(run_notebook, axe):
    page = run_notebook("from softpower import labs\nlabs.TransferChecker(file='mine/t.json')")
    lab = page.locator(".softpower-transfer")
    lab.wait_for()
    assert axe(page, ".jp-OutputArea-output") == []
    lab.get_by_text("For Kazakhstan:").click()
    lab.get_by_label("Borrow").focus()
    page.keyboard.press("ArrowDown")  # the second instrument
    lab.get_by_text("For Kazakhstan: Kazakh language institutes").wait_for()
    page.keyboard.press("Tab")
    for _ in CONDITIONS:
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("an Abai house stands in Germany")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    lab.get_by_role("table").wait_for()
    status = lab.get_by_role("status")
    expect(status).to_have_text(re.compile(r"^Your verdict: worth a trial\."))
    expect(status).to_contain_text("The course differs on: messenger")
    assert axe(page, ".jp-OutputArea-output") == []


def test_a_second_judgement_keeps_the_first(tmp_path):
    file = tmp_path / "t.json"
    lab = labs.TransferChecker(file)
    for reason in ("first thought", "second thought"):
        lab.typed = dict.fromkeys(CONDITIONS, "met") | {"reason": reason}
    (kept_one,) = json.loads(file.read_text(encoding="utf-8")).values()
    assert kept_one["reason"] == "second thought"
    assert [one["reason"] for one in kept_one["before"]] == ["first thought"]
    assert labs.TransferChecker(file).mine["reason"] == "second thought"


def test_what_is_typed_stays_with_its_instrument(run_notebook, tmp_path):
    file = str(tmp_path / "t.json")
    page = run_notebook(f"from softpower import labs\nlabs.TransferChecker(file={file!r})")
    lab = page.locator(".softpower-transfer")
    lab.wait_for()
    words = lab.get_by_label("What I know that says so")
    words.click()
    page.keyboard.type("half a thought")
    lab.get_by_label("Partly").first.check()
    borrow = lab.get_by_label("Borrow")
    first = borrow.input_value()
    borrow.select_option(index=1)
    page.wait_for_function(
        "() => document.querySelector('.softpower-transfer textarea').value === ''"
    )
    borrow.select_option(first)
    page.wait_for_function(
        "() => document.querySelector('.softpower-transfer textarea').value === 'half a thought'"
    )
    expect(lab.get_by_label("Partly").first).to_be_checked()
