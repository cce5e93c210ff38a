"""The agreement meter: equal to the measures, and usable with whatever a classmate sends."""

import re

import pytest
from playwright.sync_api import expect

from softpower import coding, data, labs
from softpower.errors import CourseError
from softpower.labs.agreement_meter import AGAIN, PRACTICE, SECOND, report
from softpower.labs.coding_desk import units

READERS = data.load("second_reader").set_index("statement_id")


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    return tmp_path


def test_the_meter_shows_what_the_lesson_computes():
    first, second = READERS["practice_first"], READERS["code"]
    found = report(first.to_dict(), second.to_dict(), units())
    values = {one["name"]: round(one["value"], 2) for one in found["measures"]}
    assert values == {"Percent agreement": 0.67, "Cohen's kappa": 0.59, "Krippendorff's alpha": 0.6}
    assert found["measures"][1]["label"] == "0.59 (between 0.35 and 0.79)"
    assert len(found["apart"]) == 8
    assert found["weak"][0]["code"] == "attraction"


def test_statements_that_one_reader_left_out_do_not_count():
    found = report({"s01": "trend", "s02": ""}, READERS["code"].to_dict(), units())
    assert found["sentence"].startswith("1 statement coded by both, 0 of them alike.")


def test_one_code_for_all_is_said_and_not_computed():
    same = dict.fromkeys(units()["statement_id"], "trend")
    found = report(same, same, units())
    assert "Cohen's kappa is not defined" in found["sentence"]
    assert found["measures"][1]["value"] is None


def test_readers_without_a_statement_in_common_get_a_sentence():
    with pytest.raises(CourseError, match="No unit"):
        report({"s01": "trend"}, {"s02": "trend"}, units())


def test_ones_own_codes_come_first_and_a_classmates_are_found(work):
    coding.save_codes(work / "lesson_09_codes.csv", {"s01": ("resistance", "")})
    meter = labs.AgreementMeter()
    assert meter.first == "lesson_09_codes.csv" and meter.second == SECOND
    assert meter.sentence.startswith("1 statement coded by both, 1 of them alike.")
    coding.save_codes(work / "codes_of_a_friend.csv", {"s01": ("trend", "")})
    meter.looked += 1
    assert "codes_of_a_friend.csv" in meter.readers
    # Whoever looks again wants to see the file that was found compared, under a human name.
    assert meter.second == "codes_of_a_friend.csv"
    assert meter.sentence.startswith("Found the file codes_of_a_friend.csv. 1 statement coded")
    assert "0 of them alike. Percent agreement 0%" in meter.sentence
    assert meter.names["lesson_09_codes.csv"] == "you, round 1"
    coding.save_codes(work / "lesson_09_codes_round_2.csv", {"s01": ("trend", "")})
    meter.looked += 1
    assert meter.names[meter.first] == "you, round 2"
    assert "you, round 2 and the file codes_of_a_friend.csv" in meter.twin()[0]


def test_a_damaged_file_of_a_classmate_says_where(work):
    (work / "codes_of_a_friend.csv").write_text("statement_id,code\ns01,trend\ns01,trend\n")
    meter = labs.AgreementMeter(first="codes_of_a_friend.csv")
    assert "codes_of_a_friend.csv, line 3" in meter.sentence
    assert meter.twin()[1].empty
    meter.first = PRACTICE
    assert meter.sentence.startswith("24 statements")


def test_the_meter_by_keyboard_and_for_a_screen_reader(run_notebook, axe):
    page = run_notebook(
        f"from softpower import labs\nlabs.AgreementMeter(first={PRACTICE!r}, second={SECOND!r})"
    )
    meter = page.locator(".softpower-meter")
    meter.wait_for()
    kappa = re.compile(r"Cohen's kappa 0\.59 \(between 0\.35 and 0\.79\)")
    expect(meter.get_by_role("img")).to_have_attribute("aria-label", kappa)
    for words in ("Which codes are weak?", "on which they part", "Every pair of codes"):
        meter.get_by_text(words).click()
    expect(meter.locator("td.same")).to_have_count(6)
    assert axe(page, ".jp-OutputArea-output") == []
    meter.get_by_label("One reader").focus()
    page.keyboard.press("ArrowDown")  # the next in the list: the practice reader's second round
    page.wait_for_function(
        "() => document.querySelector('.softpower-meter [role=status]')"
        ".textContent.includes('21 of them alike')"
    )
    expect(meter.get_by_label("One reader")).to_have_value(AGAIN)
