"""Slides and pictures are the lesson's: every chart with its source, every check without its key."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from softpower import cli, data
from softpower.commands import keys, lessons, pictures, slides
from softpower.feedback.loader import bank

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        out = tmp_path_factory.mktemp("pictures")
        assert cli.main(["pictures", "--out", str(out)]) == 0
    return {path.stem: path.read_text("utf-8") for path in out.glob("*.svg")}


def road(number):
    return lessons.road(lessons.read(number))


def test_every_chart_of_every_lesson_is_a_picture_with_its_source(drawn):
    charts = {
        f"lesson_{number}_{cell['id']}": html
        for number in lessons.ALL
        for cell in lessons.read(number).cells
        for html in pictures.figures_of(cell)
    }
    assert set(drawn) == set(charts) and len(drawn) > 30
    for name, svg in drawn.items():
        ET.fromstring(svg)
        words = " ".join(unescape(one) for one in re.findall(r"<text[^>]*>([^<]*)</text>", svg))
        source = pictures.source_of(charts[name])
        assert source and source in " ".join(words.split()), name
        assert f"lesson {name[7:9]} (CC BY 4.0)" in words


@pytest.mark.parametrize("number", lessons.ALL)
def test_a_lesson_for_the_wall_has_its_sections_checks_and_charts(number):
    page = slides.page(number)
    seen = unescape(re.sub(r"<aside>.*?</aside>", "", page, flags=re.S))
    for cell in road(number):
        for heading in re.findall(r"^## (.+)$", cell.source, re.M):
            assert heading in seen
    checks = sum("### Check yourself" in cell.source for cell in road(number))
    assert seen.count("<h2>Check yourself</h2>") == checks
    charts = sum(len(pictures.figures_of(cell)) for cell in road(number))
    assert page.count('class="chart"') == charts
    assert page.count("data:image/svg") == charts and "http" not in re.sub(r"xmlns\S+", "", seen)


def test_every_chart_on_the_wall_is_told_in_words():
    told = re.findall(r'class="chart"[^>]* alt="([^"]*)"', slides.page("04"))
    assert told and all(len(one) > 30 for one in told)


def test_the_speaker_finds_what_stands_around_a_chart():
    page = slides.page("02")
    assert "About 25 dollars for each visitor" in re.sub(r"<[^>]+>", "", page)
    assert page.count("<aside>") > 10


@pytest.mark.parametrize("number", ["02", "07"])
def test_a_check_on_the_wall_has_its_name_and_its_answers_in_the_notes_alone(number):
    made = slides.slides(lessons.read(number), number)
    asked = {name: one for one in made for name in re.findall(r"Check (\d\d\.\w+)<", one.seen)}
    checks = [q.id for q in bank().of(number).values() if not q.points]
    assert list(asked) == [name for name in checks if name in asked] and len(asked) > 4
    for name, slide in asked.items():
        for answer, words in keys.replies(bank()[name]):
            assert f"<strong>{answer}</strong>" in slide.notes, (name, answer)
            assert words in unescape(slide.notes) and words not in unescape(slide.seen)


def test_a_lab_on_the_wall_says_how_to_open_it_and_what_stands_for_it():
    labs = [one.seen for one in slides.slides(lessons.read("07"), "07") if "<h2>Lab" in one.seen]
    assert len(labs) == 2 and all("Run All Cells" in one for one in labs)
    assert "start.py print 07" in labs[0] and "<table" in labs[1]


def test_no_page_for_the_wall_runs_a_cell_and_no_note_repeats_a_check():
    for number in lessons.ALL[1:]:
        page = re.sub(r"<[^>]+>", "", slides.page(number))
        assert not re.search(
            "run the cell|Run that cell|Run the cell above|Before you press the button", page
        ), number
    made = slides.slides(lessons.read("02"), "02")
    check = next(one for one in made if "02.a" in one.checks)
    assert "Which two rows describe" in check.seen and "Which two rows" not in check.notes


def test_a_page_says_where_one_is_and_that_there_is_no_such_page():
    page = slides.page("02")
    last = page.count("<section ")
    assert f"<output>1 / {last}</output>" in page
    assert f'data-lacks="There is no page #: 1 to {last}."' in page


def test_six_claims_and_the_whole_matrix_are_on_the_wall():
    made = slides.slides(lessons.read("02"), "02")
    claims = [one for one in made if "Does it hold up?" in one.seen]
    assert len(claims) == 6 and all("Checked against" in one.notes for one in claims)
    assert not any("Checked against" in one.seen for one in claims)
    shown = "".join(one.seen for one in slides.slides(lessons.read("07"), "07"))
    for instrument in data.load("instruments")["instrument"]:
        assert f">{instrument}</td>" in unescape(shown)


def test_sections_and_checks_are_found_on_the_wall_where_they_stand():
    for number in lessons.ALL[1:]:
        lesson = lessons.read(number)
        made = [unescape(one.seen) for one in slides.slides(lesson, number)]
        sections, checks = slides.places(lesson, number)
        assert set(dict(lessons.sections(lesson))) <= set(sections)
        spans = sorted(sections.values())
        assert all(a[1] + 1 == b[0] for a, b in pairwise(spans)) and spans[-1][1] == len(made)
        for name, (first, _) in sections.items():
            assert made[first - 1].startswith(f"<h2>{name}</h2>")
        for check, page in checks.items():
            assert f"Check {check}<" in made[page - 1]


def test_a_table_of_the_text_is_on_the_wall():
    seen = "".join(one.seen for one in slides.slides(lessons.read("07"), "07"))
    assert "figure without a source" in seen and "otherwise, if any is not known" in seen


@pytest.mark.parametrize("command", ["slides", "pictures"])
def test_a_lesson_that_does_not_exist_is_said_and_nothing_is_written(command, tmp_path, capsys):
    assert cli.main([command, "3", "12", "--out", str(tmp_path / "made")]) == 2
    assert "no lesson 12" in capsys.readouterr().err and not (tmp_path / "made").exists()
    assert cli.main([command, "", "--out", str(tmp_path / "made")]) == 2
    assert "without a number" in capsys.readouterr().err and not (tmp_path / "made").exists()
