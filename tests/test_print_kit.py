"""The print kit: a room without laptops gets every card, claim, cell and rubric on paper."""

import itertools
import re
from html import unescape
from pathlib import Path

import pytest

from softpower import cli, data
from softpower.commands import keys, lessons, print_kit, print_sheets
from softpower.feedback.loader import bank
from softpower.quiz import items

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        out = tmp_path_factory.mktemp("kit")
        assert cli.main(["print", "--out", str(out)]) == 0
    return {path.stem[-2:]: unescape(path.read_text("utf-8")) for path in out.glob("lesson_*.html")}


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
    verdicts = claims.loc[print_sheets.SIX_CLAIMS, "verdict"]
    assert (verdicts == "holds up").sum() == 3, "the notes to lesson 02 say so"
    assert verdicts.nunique() == 4
    for claim in print_sheets.SIX_CLAIMS:
        for column in ("says", "check", "verdict", "reason", "doubt"):
            assert str(claims.loc[claim, column]) in pages["02"], (claim, column)


def test_the_matrix_and_the_transfer_carry_their_reasons(pages):
    filled = data.load("case_matrix").query("grade != 'empty'")
    for text in [*filled["says"], *filled["reason"], *data.load("transfer")["why"]]:
        assert text in pages["07"]


def test_the_sheet_for_a_pair_has_what_one_judges_by_and_no_verdict(pages):
    (sheet,) = [one for one in pages["07"].split("<section>") if "<h2>For each pair" in one]
    judged = data.load("transfer")
    for text in [*data.load("grades")["meaning"], *data.load("conditions")["meaning"]]:
        assert text in sheet
    for text in [*judged["audience"], *judged["instrument"], *judged["for_kazakhstan"]]:
        assert text in sheet
    assert not [why for why in judged["why"] if why in sheet]


def test_the_first_page_lists_every_sheet_with_its_copies_and_each_sheet_says_its_number(pages):
    for number, page in pages.items():
        front, *sections = page.split("<section>")
        assert len(sections) == front.count("<tr>") - 1
        for place, section in enumerate(sections, 1):
            title = re.match(r"<h2>(.*?)</h2>", section)[1]
            whom, thirty, many = next(
                use for use in print_sheets.USES.values() if f"sheet {place}, {use[0]}. " in section
            )
            row = "".join(f"<td>{one}</td>" for one in (place, title, whom, thirty, many))
            assert row in front, (number, title)


def test_what_a_class_may_guess_is_on_no_sheet_that_it_has_before(pages):
    asked = pages["07"].split("<section>")[1]
    assert "What the lesson shows and asks" in asked and "Ten statements" not in asked
    for verdict in data.load("table_1_corrected")["why"]:
        assert verdict not in asked and verdict in pages["07"]
    kappa = pages["09"].split("<section>")[1]
    assert "What is kappa for these" in kappa and "0.59" not in kappa


def test_without_a_wall_the_sentence_and_the_guesses_come_before_what_answers_them(pages):
    _, first, before, *_ = pages["02"].split("<section>")
    assert "600,000 foreign tourists" in before and "upper or the lower half" in before
    assert "597,000" not in before and "78 behind" not in before
    assert "<em>needs repair</em>: what we found" in first, "what the five verdicts mean"


def test_a_table_stands_below_the_question_that_leads_to_it(pages):
    asked = pages["02"].split("<section>")[1]
    question = asked.index("Which of the study's four places differs")
    assert question < asked.index("Places in 2024 and 2025.") < question + 400


def test_every_sheet_says_which_plan_needs_it(pages):
    for number, page in pages.items():
        rows = re.findall(r"<tr><td>(.*?)</td></tr>", page.partition("<section>")[0])
        told = [row.split("</td><td>")[-1] for row in rows]
        assert told == list(print_sheets.PLANS[number]) and "" not in told


def test_a_check_stands_below_the_rows_and_the_rate_that_it_needs(pages):
    asked = pages["02"].split("<section>")[1]
    order = ["World Nomad Games 2024: visits", "Check 02.a", "1,290.79", "Check 02.b"]
    order += ["Countries ranked", "Check 02.c"]
    places = [asked.index(one) for one in order]
    assert places == sorted(places)


def test_a_source_that_is_folded_on_the_screen_is_open_on_paper(pages):
    assert not [number for number, page in pages.items() if re.search("<details|<summary", page)]
    assert "US Government Accountability Office 2023" in pages["07"]


def test_the_printed_claims_are_sorted_by_document(pages):
    claims = data.load("claims")
    (sheet,) = [one for one in pages["02"].split("<section>") if "Claim browser</h2>" in one]
    for document, count in (
        claims["source_id"].map(lambda key: data.source(key)["short"]).value_counts().items()
    ):
        block = sheet.split(f"<h3>{document} ({count})</h3>")[1].partition("<h3>")[0]
        assert block.count("<tr>") == count + 1


def test_the_notes_to_a_lesson_lie_beside_its_sheets(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert cli.main(["print", "07", "--out", str(tmp_path)]) == 0
    notes = (tmp_path / "notes_07.html").read_text("utf-8")
    assert "<h2>Handle with care</h2>" in notes and "<td>*Break" not in notes
    assert notes.count("<th>minutes</th>") == 2 and "| ---" not in notes, "both plans are tables"
    assert "cite-" not in notes and "made from the lesson" not in notes


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
