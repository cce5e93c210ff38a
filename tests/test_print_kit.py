"""The print kit: a room without laptops gets every card, claim, cell and rubric on paper."""

import itertools
import re
from html import unescape
from pathlib import Path

import pytest

from softpower import cli, data
from softpower.commands import keys, lessons, print_kit
from softpower.feedback.loader import bank
from softpower.quiz import items

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        out = tmp_path_factory.mktemp("kit")
        assert cli.main(["print", "--out", str(out)]) == 0
    return {path.stem[-2:]: unescape(path.read_text("utf-8")) for path in out.glob("*.html")}


def test_every_lesson_has_its_page(pages):
    assert sorted(pages) == print_kit.LESSONS


def test_the_twenty_acts_are_cards_in_no_order_that_tells_the_step(pages):
    acts = data.load("acts")
    cards = re.findall(r'<div class="card">(.*?)<small>\d+\. ', pages["01"], re.S)
    assert sorted(cards) == sorted(acts["act"])
    steps = acts.set_index("act")["step"].loc[cards].tolist()
    assert sum(a != b for a, b in itertools.pairwise(steps)) > 8


def test_six_claims_carry_their_check_and_its_doubt(pages):
    claims = data.load("claims").set_index("claim_id")
    verdicts = claims.loc[print_kit.SIX_CLAIMS, "verdict"]
    assert (verdicts == "holds up").sum() == 3, "the notes to lesson 02 say so"
    assert verdicts.nunique() == 4
    for claim in print_kit.SIX_CLAIMS:
        for column in ("says", "check", "verdict", "reason", "doubt"):
            assert str(claims.loc[claim, column]) in pages["02"], (claim, column)


def test_the_matrix_and_the_transfer_carry_their_reasons(pages):
    filled = data.load("case_matrix").query("grade != 'empty'")
    for text in [*filled["says"], *filled["reason"], *data.load("transfer")["why"]]:
        assert text in pages["07"]


def test_the_sheet_for_a_pair_has_what_one_judges_by_and_no_verdict(pages):
    (sheet,) = [one for one in pages["07"].split("<section>") if "For each pair" in one]
    judged = data.load("transfer")
    for text in [*data.load("grades")["meaning"], *data.load("conditions")["meaning"]]:
        assert text in sheet
    for text in [*judged["audience"], *judged["instrument"], *judged["for_kazakhstan"]]:
        assert text in sheet
    assert not [why for why in judged["why"] if why in sheet]


def test_every_rubric_is_a_grid(pages):
    for question in bank().values():
        if question.by_hand:
            assert f"Rubric for question {question.number}." in pages[question.lesson]
            for criterion in question.rubric:
                assert criterion.levels[-1].descriptor in pages[question.lesson]


def test_what_the_lesson_asks_is_handed_out_and_the_answers_come_last_by_themselves(
    pages, monkeypatch
):
    monkeypatch.chdir(ROOT)
    for number, page in pages.items():
        handed, _, kept = page.partition("<h2>For whoever asks, not to hand out")
        assert "Think deeper" in handed and "<section><h2>" in page
        road = lessons.road(lessons.read(number))
        asked = {name for cell in road for name in lessons.CHECK.findall(cell.source)}
        assert len(asked) > 3
        for question in (bank()[name] for name in asked):
            assert f"<h3>Check {question.id}</h3>" in handed or not items.read(question)
            assert f"<th>{question.id}</th>" in kept and f"<th>{question.id}</th>" not in handed
            for _, words in keys.replies(question):
                assert words in kept, question.id


def test_a_room_without_laptops_has_the_short_tables_of_the_lesson(pages):
    for number, words in {
        "07": ["figure without a source", "Six efforts that failed", "Table 1 of the document"],
        "09": ["most people are said to be sceptical", "Six codes (examples invented)"],
        "10": ["Steppe Voices: four instruments", "What one must believe to reach rank 60"],
    }.items():
        assert all(one in pages[number] for one in words), number


def test_every_lab_is_there_and_says_nothing_of_waking_it(pages):
    assert sum(text.count('class="softpower-twin"') for text in pages.values()) == 18
    assert not any("Run the first cell" in text for text in pages.values())


def test_a_lesson_that_does_not_exist_is_said_and_nothing_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert cli.main(["print", "03", "11", "--out", str(tmp_path / "kit")]) == 2
    assert "lesson 11" in capsys.readouterr().err and not (tmp_path / "kit").exists()
