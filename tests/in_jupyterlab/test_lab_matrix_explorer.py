"""The matrix explorer: every cell opens, empty ones say what is missing, filters and keys work."""

import re

import pytest
from conftest import settled
from playwright.sync_api import expect

from softpower import data, labs
from softpower.labs.matrix_explorer import chosen, letters, tally, wide

MATRIX = data.load("case_matrix")
SOURCES = set(data.load("sources")["source_id"])


def test_every_instrument_has_a_cell_for_every_outcome_with_reason_and_source():
    counts = MATRIX.groupby("instrument_id")["outcome"].nunique()
    assert set(counts) == {MATRIX["outcome"].nunique()}
    assert set(counts.index) == set(data.load("instruments")["instrument_id"])
    assert MATRIX["reason"].str.len().min() > 10
    assert set(MATRIX["source_id"]) <= SOURCES
    assert (MATRIX["says"].isna() == (MATRIX["grade"] == "empty")).all()


def test_the_matrix_agrees_with_the_table_of_instruments():
    merged = MATRIX.merge(data.load("instruments"), on="instrument_id", suffixes=("", "_there"))
    for column in ("case", "instrument", "kind", "marker"):
        assert (merged[column] == merged[f"{column}_there"]).all()


def test_filters_meet():
    both = chosen(MATRIX, case="Japan", kind="fund", marker="all")
    assert set(both["instrument"]) == {"Cool Japan Fund"}
    assert wide(both).shape == (1, 8)
    assert set(wide(MATRIX)[MATRIX["outcome"].unique()].to_numpy().ravel()) <= set(
        letters().values()
    )


def test_the_tally_counts_and_an_empty_filter_is_a_finding():
    japan = chosen(MATRIX, case="Japan")
    filled = int((japan["grade"] != "empty").sum())
    assert f"5 instruments, 30 cells: {filled} filled" in tally(japan)
    nobody = chosen(MATRIX, case="Kazakhstan", kind="fund")
    assert "the documents name none" in tally(nobody)
    assert len(labs.MatrixExplorer(case="Kazakhstan", kind="fund").twin()[1]) == 0


@pytest.mark.parametrize("row", [MATRIX.iloc[0], MATRIX.iloc[1], MATRIX.iloc[-1]])
def test_an_opened_cell_shows_grade_reason_and_source(row):
    lab = labs.MatrixExplorer()
    lab.opened = [row["instrument_id"], row["outcome"]]
    assert lab.cell["grade"] == row["grade"]
    assert lab.cell["reason"] == row["reason"]
    assert data.source(row["source_id"])["short"] in lab.cell["source"]


def test_a_detail_goes_with_its_row():
    lab = labs.MatrixExplorer()
    row = MATRIX[MATRIX["case"] == "United Kingdom"].iloc[1]
    lab.opened = [row["instrument_id"], row["outcome"]]
    lab.filters = lab.filters | {"case": "United Kingdom"}
    assert lab.cell["grade"] == row["grade"]  # still to be seen
    lab.filters = lab.filters | {"case": "Japan"}
    assert lab.cell == {} and lab.opened == []


def test_the_line_of_outcomes_counts_what_is_filled():
    line = labs.MatrixExplorer().columns
    for outcome, part in MATRIX.groupby("outcome"):
        assert f"{outcome} {(part['grade'] != 'empty').sum()}" in line


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 800)])
def test_the_whole_matrix_is_seen_at_once_and_grades_differ_by_more_than_colour(
    run_notebook, axe, width, height
):
    page = run_notebook("from softpower import labs\nlabs.MatrixExplorer()")
    lab = page.locator(".softpower-matrix")
    lab.wait_for()
    if width < 500:
        page.evaluate(
            "() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight(); }"
        )
    page.set_viewport_size({"width": width, "height": height})
    expect(lab.locator("td button")).to_have_count(len(MATRIX))
    # On a laptop the two halves stand side by side and fit the window; on a telephone one is
    # below the other, and neither is wider than the lab.
    seen = """() => {
        const lab = document.querySelector(".softpower-matrix"), box = (one) => one.getBoundingClientRect();
        const tables = [...lab.querySelectorAll(".stacks table")].map(box), wide = innerWidth > 500;
        return [
            (tables[0].y === tables[1].y) === wide,
            Math.max(...tables.map((table) => table.height)) < (wide ? 700 : 1050),
            [...lab.querySelectorAll("td button, tbody th")].every((one) => box(one).right <= box(lab).right),
        ];
    }"""
    assert settled(page, seen, [True] * 3) == [True] * 3
    looks = lab.evaluate(
        """(l) => [...new Set([...l.querySelectorAll("td button")].map((b) => {
            const s = getComputedStyle(b);
            return [b.textContent, s.borderStyle, s.borderWidth, s.backgroundColor].join(" ");
        }))]"""
    )
    assert len(looks) == MATRIX["grade"].nunique()
    # What stands behind a cell appears within sight of it: beside, or right under its row.
    button = lab.locator("button.grade-B").first
    button.click()
    lab.locator(".cell h3").wait_for()
    apart = """() => {
        const [pressed, panel] = ["button.grade-B", ".cell"]
            .map((one) => document.querySelector(`.softpower-matrix ${one}`).getBoundingClientRect().y);
        return [panel - pressed < (innerWidth > 500 ? 600 : 60)];
    }"""
    assert settled(page, apart, [True]) == [True]
    assert axe(page, ".jp-OutputArea-output") == []


def test_filters_keys_and_cells_in_a_browser(run_notebook, axe):
    page = run_notebook("from softpower import labs\nlabs.MatrixExplorer()")
    lab = page.locator(".softpower-matrix")
    lab.wait_for()
    assert axe(page, ".jp-OutputArea-output") == []
    lab.get_by_label("Country").select_option("Japan")
    page.wait_for_function(
        "() => document.querySelectorAll('.softpower-matrix tr.instrument').length === 5"
    )
    lab.get_by_text("5 instruments, 30 cells").wait_for()

    # By keyboard: one stop of Tab for the whole matrix, arrows inside it.
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.closest('td') !== null"):
            break
    steps = [
        ("ArrowRight", "^Japan Foundation, money"),
        ("ArrowDown", "^Cool Japan strategy, money"),
        ("ArrowLeft", "^Cool Japan strategy, reach: empty"),
        ("ArrowLeft", "^Cool Japan strategy, reach: empty"),  # there is nothing further left
    ]
    for key, name in steps:
        page.keyboard.press(key)
        expect(lab.locator(":focus")).to_have_attribute("aria-label", re.compile(name))
    page.keyboard.press("Enter")
    panel = lab.locator(".cell")
    panel.get_by_text("Nothing is said.").wait_for()
    expect(panel).to_contain_text("Where we looked: Konyrshin and Sydyknazarov 2025")
    assert axe(page, ".jp-OutputArea-output") == []
