"""The coding desk: every choice is kept, whatever happens to the page or the file."""

import os

import pytest
from conftest import run_all, tab_to, until
from playwright.sync_api import expect

from softpower import coding, data, keep, labs
from softpower.labs.coding_desk import units

STATUS = "() => document.querySelector('.softpower-desk [role=status]').textContent"


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    return tmp_path


def test_a_choice_is_in_the_file_before_the_desk_says_so(work):
    desk = labs.CodingDesk()
    desk.given = {"s01": ["resistance", "values, not people"]}
    assert coding.load_codes(work / "lesson_09_codes.csv") == {
        "s01": ("resistance", "values, not people")
    }
    assert desk.saved.startswith("1 of 24 statements coded.")


def test_the_codes_are_there_when_the_desk_opens_again(work):
    labs.CodingDesk().given = {"s01": ["trend", ""], "s02": ["", "later"]}
    again = labs.CodingDesk()
    assert again.given == {"s01": ["trend", ""], "s02": ["", "later"]}
    assert again.coded == {"s01": "trend"}


def test_a_second_round_leaves_the_first_alone(work):
    labs.CodingDesk().given = {"s01": ["trend", ""]}
    second = labs.CodingDesk(round=2)
    assert second.given == {}
    second.given = {"s01": ["channel", ""]}
    assert labs.CodingDesk().coded == {"s01": "trend"}


def test_a_damaged_file_is_set_aside_and_named(work):
    (work / "lesson_09_codes.csv").write_text("statement_id,code,note\ns01,trend\n")
    desk = labs.CodingDesk()
    assert "line 2" in desk.saved and "lesson_09_codes-damaged-1.csv" in desk.saved
    desk.given = {"s02": ["channel", ""]}
    assert (work / "lesson_09_codes-damaged-1.csv").read_text().endswith("s01,trend\n")


def test_a_disk_that_is_full_is_said_on_the_desk(work, monkeypatch):
    desk = labs.CodingDesk()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keep.os, "fsync", full)
    desk.given = {"s01": ["trend", ""]}
    assert "No space left" in desk.saved and "still on the screen" in desk.saved
    assert desk.coded == {"s01": "trend"}


def test_the_folder_is_the_same_from_a_lesson_and_from_an_exercise(tmp_path, monkeypatch):
    monkeypatch.delenv("SOFTPOWER_WORK")
    for place in ("notebooks", "my_work/09_exercise", "solutions/09"):
        (tmp_path / place).mkdir(parents=True)
    found = set()
    for place in ("notebooks", "my_work/09_exercise", "solutions/09", "."):
        monkeypatch.chdir(tmp_path / place)
        found.add(keep.my_work("codes.csv"))
    assert found == {tmp_path / "my_work" / "codes.csv"}


def test_the_second_reader_coded_every_unit_by_the_codebook():
    codes = data.load("second_reader")
    assert codes["statement_id"].tolist() == units()["statement_id"].tolist()
    known = set(data.load("codebook")["code"])
    for column in ("code", "practice_first", "practice_again"):
        assert set(codes[column]) <= known
    assert (codes["status"] == "simulated").all()


def test_the_twin_shows_every_statement(work):
    desk = labs.CodingDesk()
    desk.given = {"s01": ["trend", ""]}
    caption, table = desk.twin()
    assert len(table) == 24 and table["Your code"].tolist()[:2] == ["trend", "not coded"]
    assert "necessity" in caption


def test_the_keyboard_codes_a_statement_and_a_reload_keeps_it(run_notebook, axe):
    keep.my_work("lesson_09_codes.csv").unlink(missing_ok=True)
    page = run_notebook("from softpower import labs\nlabs.CodingDesk()")
    desk = page.locator(".softpower-desk")
    desk.wait_for()
    desk.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function(STATUS + ".startsWith('1 of 24')")
    page.keyboard.press("Tab")
    page.keyboard.type("admired, says R2")
    page.keyboard.press("Tab")
    tab_to(page, desk.get_by_role("button", name="Next statement"))
    page.keyboard.press("Enter")
    expect(desk).to_contain_text("Statement 2 of 24")
    page.wait_for_function(STATUS + ".startsWith('1 of 24')")
    desk.get_by_text("The codebook").click()
    desk.get_by_text("All statements and your codes").click()
    assert axe(page, ".jp-OutputArea-output") == []
    file = os.path.join(os.environ["SOFTPOWER_WORK"], "lesson_09_codes.csv")
    coded = {"s01": ("attraction", "admired, says R2")}
    until(page, lambda: coding.load_codes(file) == coded, lambda: coding.load_codes(file))
    assert labs.CodingDesk().coded == {"s01": "attraction"}


def test_a_code_given_to_a_deaf_desk_is_there_after_the_cell_is_run_again(run_notebook, tmp_path):
    page = run_notebook(
        f"import os; os.environ['SOFTPOWER_WORK'] = {str(tmp_path)!r}\n"
        "from softpower import labs\nlabs.CodingDesk()"
    )
    desk = page.locator(".softpower-desk")
    desk.wait_for()
    page.evaluate(
        "() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart(); }"
    )
    desk.get_by_role("alert").filter(has_text="no longer answers").wait_for()
    desk.get_by_role("radio", name="attraction").check()
    page.wait_for_function(STATUS + ".startsWith('Not saved yet')")
    run_all(page)
    desk.get_by_role("status").filter(has_text="1 of 24").wait_for()
    kept = coding.load_codes(tmp_path / "lesson_09_codes.csv")
    assert kept == {"s01": ("attraction", "")}
