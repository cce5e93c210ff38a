"""The print kit: a room without laptops gets every card, claim, cell and rubric on paper."""

import itertools
import re
from html import unescape
from pathlib import Path

import pytest

from softpower import cli, data
from softpower.commands import print_kit
from softpower.feedback.loader import bank

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
    for claim in print_kit.SIX_CLAIMS:
        for column in ("says", "check", "verdict", "reason", "doubt"):
            assert str(claims.loc[claim, column]) in pages["02"], (claim, column)


def test_the_matrix_and_the_transfer_carry_their_reasons(pages):
    filled = data.load("case_matrix").query("grade != 'empty'")
    for text in [*filled["says"], *filled["reason"], *data.load("transfer")["why"]]:
        assert text in pages["07"]


def test_every_rubric_is_a_grid(pages):
    for question in bank().values():
        if question.by_hand:
            assert f"Rubric for question {question.number}." in pages[question.lesson]
            for criterion in question.rubric:
                assert criterion.levels[-1].descriptor in pages[question.lesson]


def test_every_lab_is_there_and_says_nothing_of_waking_it(pages):
    assert sum(text.count('class="softpower-twin"') for text in pages.values()) == 18
    assert not any("Run the first cell" in text for text in pages.values())


def test_a_lesson_that_does_not_exist_is_said_and_nothing_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert cli.main(["print", "03", "11", "--out", str(tmp_path / "kit")]) == 2
    assert "lesson 11" in capsys.readouterr().err and not (tmp_path / "kit").exists()
