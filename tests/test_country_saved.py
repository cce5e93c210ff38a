"""Another country's tables as a spreadsheet saves them: marks, letters, days, what gets lost."""

import copy
from datetime import date

import pytest
from conftest import ROOT

from softpower.country import check, tables
from softpower.errors import CourseError

HERE = "Uzbekistan"
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def whole():
    return tables.read(ROOT / "data" / "own_country_examples" / "uzbekistan")


@pytest.fixture
def mine(whole):
    return copy.deepcopy(whole)


@pytest.fixture
def desk(tmp_path, whole):
    """A folder with the tables of Uzbekistan, as they are laid out."""
    for name in tables.NAMES:
        rows = [one for _, one in whole[name]]
        (tmp_path / f"{name}.csv").write_text(tables.written(name, rows), "utf-8")
    return tmp_path


def test_a_table_of_another_spreadsheet_is_read(desk, whole):
    for name in tables.NAMES:
        rows = [dict(one) for _, one in whole[name]]
        for one in rows:
            one["value"] = one.get("value", "").replace(".", ",")
        if name not in ("assets", "scores"):
            rows = [{k: v for k, v in one.items() if k != "value"} for one in rows]
        (desk / f"{name}.csv").write_text(tables.written(name, rows, ";"), "utf-8")
    assert tables.read(desk) == whole


# Each way in which Excel and LibreOffice Calc save a table: marks, letters, line ends, days.
SAVED = {
    "CSV UTF-8": (",", "utf-8-sig", "\r\n"),
    "CSV UTF-8, Russian or Kazakh Excel": (";", "utf-8-sig", "\r\n"),
    "Unicode text, Excel": ("\t", "utf-16", "\r\n"),
    "CSV, LibreOffice": (",", "utf-8", "\n"),
    "CSV, an old Macintosh": (";", "utf-8-sig", "\r"),
}


@pytest.mark.parametrize("way", SAVED)
def test_a_table_is_read_in_each_way_in_which_a_spreadsheet_saves_it(desk, whole, way):
    separator, encoding, end = SAVED[way]
    for name in tables.NAMES:
        rows = [dict(one) for _, one in whole[name]]
        if name == "sources":  # opened and saved, a day has the form of the country
            for one in rows:
                one["read_on"] = ".".join(reversed(one["read_on"].split("-")))
        text = tables.written(name, rows, separator).removeprefix("\ufeff").replace("\n", end)
        (desk / f"{name}.csv").write_bytes(text.encode(encoding))
    assert tables.read(desk) == whole


def test_what_a_spreadsheet_puts_around_a_table_does_no_harm(desk, whole):
    text = (desk / "scores.csv").read_text("utf-8-sig")
    wider = "\n".join(f"{line},," for line in text.splitlines())
    (desk / "scores.csv").write_text(f"sep=,\n{wider}\n{',' * 10}\n", "utf-8")
    assert tables.read(desk)["scores"] == whole["scores"]
    (desk / "scores.csv").write_text(wider.replace(",,", ",a word,", 2), "utf-8")
    with pytest.raises(CourseError, match=r"more or fewer cells|headings has a word"):
        tables.read(desk)


def test_decimals_have_a_comma_where_cells_are_parted_by_semicolons(whole):
    """A spreadsheet in Russian takes 3.5 for the third of May."""
    rows = [{**one, "value": "3.5"} for _, one in whole["scores"]]
    assert ";3,5;" in tables.written("scores", rows, ";")
    assert ",3.5," in tables.written("scores", rows)


@pytest.mark.parametrize("value", ["03.май", "3-May", "May-35", "01.02.2026", "2026-02-01"])
def test_a_number_that_became_a_day_is_said(mine, value):
    mine["scores"][1][1]["value"] = value
    said = check.faults(mine, HERE, TODAY)
    assert any("has taken a number with a point for a day" in one for one in said)


def test_a_space_that_does_not_break_is_shown_as_a_space(mine):
    mine["scores"][1][1]["value"] = "11\xa0700"
    assert any("value says '11 700'" in one for one in check.faults(mine, HERE, TODAY))


def test_letters_that_were_lost_are_said(mine):
    """Saved in an alphabet that lacks a letter, a word has a question mark in its place."""
    mine["sources"][0][1]["reference"] += " Mus?e du Louvre."
    said = check.faults(mine, HERE, TODAY)
    assert any("reference has a question mark inside a word" in one for one in said)


def test_a_workbook_is_not_read_and_it_is_said(desk):
    (desk / "assets.csv").rename(desk / "assets.xlsx")
    with pytest.raises(CourseError, match=r"assets\.csv is not there, and assets\.xlsx is"):
        tables.read(desk)
    (desk / "assets.csv").write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(CourseError, match="is a workbook under the name of a CSV"):
        tables.read(desk)


def test_a_point_that_may_part_thousands_is_asked_about(desk):
    path = desk / "scores.csv"
    rows = [dict(one) for _, one in tables.read(desk)["scores"]]
    rows[1]["value"] = "POINT"
    text = tables.written("scores", rows, ";")
    for value, ways in (("11.700", "11700 or 11,7"), ("1.234.567", "write 1234567.")):
        path.write_text(text.replace("POINT", value), "utf-8")
        said = check.faults(tables.read(desk), HERE, TODAY)
        assert any(f"value says {value}, and" in one and ways in one for one in said)
    path.write_text(text.replace("POINT", "11,700"), "utf-8")
    assert tables.read(desk)["scores"][1][1]["value"] == "11.700"


@pytest.mark.parametrize(
    ("others", "read"), [("11/26/2026", "2026-03-04"), ("3/5/2026", "3/4/2026")]
)
def test_days_of_a_spreadsheet_in_english_are_read_where_one_tells_their_order(desk, others, read):
    rows = [dict(one) for _, one in tables.read(desk)["sources"]]
    for one in rows:
        one["read_on"] = others
    rows[0]["read_on"] = "3/4/2026"
    (desk / "sources.csv").write_text(tables.written("sources", rows), "utf-8")
    assert tables.read(desk)["sources"][0][1]["read_on"] == read


def test_headings_with_a_capital_and_a_second_ending_are_understood(desk, whole):
    text = (desk / "assets.csv").read_text("utf-8-sig")
    (desk / "assets.csv").write_text(text.replace("list,", "List,", 1), "utf-8")
    assert tables.read(desk) == whole
    (desk / "assets.csv").rename(desk / "Assets.csv.CSV")
    with pytest.raises(CourseError, match=r"assets\.csv is not there, and Assets\.csv\.CSV is"):
        tables.read(desk)
