"""The lecturer's notes: what they say of a lesson is the lesson's, and their minutes add up."""

import re
import shutil
from pathlib import Path

import pytest

from softpower import cli, references
from softpower.commands import keys, lessons, notes
from softpower.feedback.loader import bank

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs" / "notes").glob("*.md"))
PARTS = (
    *("In one line", "Before the class", "50 minutes", "100 minutes"),
    *("With 30, with 150, without laptops", "Three misconceptions", "Handle with care"),
    *("Two texts to read", "From the lesson"),
)


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture(params=PAGES, ids=lambda path: path.stem[:2])
def page(request):
    return request.param.read_text(encoding="utf-8")


def part(page, heading):
    return re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.M | re.S)[1]


def test_every_lesson_has_its_page_under_its_own_name():
    lessons = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert [path.stem for path in PAGES] == lessons


def test_what_the_lesson_says_is_up_to_date(capsys):
    assert cli.main(["notes", "--check"]) == 0, capsys.readouterr().out


def test_a_page_has_every_part(page):
    for heading in PARTS:
        assert part(page, heading).strip(), heading
    if not page.startswith("# Teaching lesson 00"):
        said = part(page, "*Think deeper*: what answers touch")
        for word in ("Strong", "Middling", "Weak", "If nobody speaks", "Ask on"):
            assert f"**{word}.**" in said
        assert "*For the class, " in said, "the question itself"


@pytest.mark.parametrize("minutes", [50, 100])
def test_the_plans_add_up(page, minutes):
    table = re.findall(r"^\| (\d+) \|", part(page, f"{minutes} minutes"), re.M)
    assert not table or sum(map(int, table)) == minutes
    assert table or page.startswith("# Teaching lesson 00")


def test_a_row_of_a_plan_says_which_pages_are_on_the_wall():
    sections = {"Who is counted?": (3, 5), "Out of how many?": (8, 14)}
    row = "| 10 | *Who is counted?* as above; check 02.a, then 02.g. | 99 |"
    found = notes._ROW.match(row)
    told = notes._walled(found, sections, {"02.a": 5, "02.g": 36})
    assert told == "| 10 | *Who is counted?* as above; check 02.a, then 02.g. | 3–5, 36 |"


def test_minutes_and_sheets_of_a_page_make_the_lessons(page):
    table = part(page, "From the lesson")
    rows = re.findall(r"^\| [^|*]+ \| (\d+)(?:, with the head)? \| [\d–]+ \|$", table, re.M)
    total = re.search(r"^\| all, without \*.*?\* \| (\d+) \|", table, re.M)
    assert page.startswith("# Teaching lesson 00") or sum(map(int, rows)) == int(total[1])
    assert page.startswith("# Teaching lesson 00") or "| sheet to print | for whom |" in table


def test_the_break_of_a_double_hour_falls_after_fifty_minutes(page):
    before, _, after = part(page, "100 minutes").partition("| *Break.* |  |")
    halves = [sum(map(int, re.findall(r"^\| (\d+) \|", half, re.M))) for half in (before, after)]
    assert halves == [50, 50] or page.startswith("# Teaching lesson 00")


def test_every_check_that_a_page_names_has_its_answer_on_it(page):
    number = page[len("# Teaching lesson ") :][:2]
    named = set(re.findall(rf"\b{number}\.[a-z]\b", page))
    assert named
    for check in named:
        assert f"{check} **{keys.right(bank()[check])}**" in part(page, "From the lesson")


def test_a_hall_knows_how_it_answers_a_check_without_letters(page):
    number = page[len("# Teaching lesson ") :][:2]
    plans = part(page, "50 minutes") + part(page, "100 minutes")
    rooms = re.search(
        r"^- \*\*150\.\*\*.*$", part(page, "With 30, with 150, without laptops"), re.M
    )
    for check in set(re.findall(rf"\b{number}\.[a-z]\b", plans)):
        assert re.fullmatch("[a-z]", keys.right(bank()[check])) or check in rooms[0], check


def test_a_plan_has_a_word_for_a_silent_room_and_for_laptops(page):
    if not page.startswith("# Teaching lesson 00"):
        for minutes in (50, 100):
            assert "(Nobody" in part(page, f"{minutes} minutes"), minutes
        assert "**With laptops.** Closed until" in page


def test_three_misconceptions_name_what_meets_them(page):
    rows = re.findall(r"^\| [\"“].*\|$", part(page, "Three misconceptions"), re.M)
    assert len(rows) == 3
    number = page[len("# Teaching lesson ") :][:2]
    named = set(re.findall(rf"\b{number}\.(?:[a-z]\b|\d+)", "\n".join(rows)))
    assert named and named <= set(bank())


def test_every_question_tests_one_objective_and_every_objective_has_a_question():
    for path in PAGES:
        tested = notes.tested_by(lessons.read(path.stem[:2]), path.stem[:2])
        bare = [objective for objective, questions in tested.items() if not questions]
        # Lesson 00 has no exercise: running a cell and writing a sentence are seen, not checked.
        assert not bare or path.stem.startswith("00"), bare


def test_a_question_that_tests_what_no_lesson_names_is_said(monkeypatch):
    astray = {
        "05.1": type("Q", (), {"id": "05.1", "lesson": "05", "objective": "sing", "points": 2})()
    }
    monkeypatch.setattr(notes, "bank", lambda: astray)
    with pytest.raises(notes.CourseError, match=r"05\.1 tests 'sing'"):
        notes.tested_by(lessons.read("05"), "05")


def test_a_page_out_of_date_is_written_anew_and_keeps_what_was_written_by_hand(
    tmp_path, monkeypatch, capsys
):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    folder = tmp_path / "docs" / "notes"
    folder.mkdir(parents=True)
    page = folder / PAGES[5].name
    pair = f"{notes.BEGIN}\nold\n{notes.END}\n"
    page.write_text(f"{pair}\nMy own words.\n{pair}{pair}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["notes", "--check"]) == 1
    assert cli.main(["notes"]) == 0
    text = page.read_text(encoding="utf-8")
    assert "My own words." in text and "old" not in text and "05.10 (12)" in text
    for lost in ("no marks", pair + pair):
        page.write_text(lost, encoding="utf-8")
        assert cli.main(["notes"]) == 2 and "pair of its marks, of 3" in capsys.readouterr().err
        assert page.read_text(encoding="utf-8") == lost


def test_a_lesson_that_does_not_exist_is_said():
    with pytest.raises(notes.CourseError, match="no lesson 11"):
        lessons.read("11")


def test_the_hours_of_the_syllabus_add_up():
    page = (ROOT / "docs" / "syllabus.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \| (\d+) \| (\d+) \|$", part(page, "Hours"), re.M)
    assert [sum(int(row[at]) for row in rows) for at in (0, 1)] == [90, 150]
    points = re.findall(r"^\| [^|]+ \| (\d+) \|", part(page, "Hundred points"), re.M)
    assert sum(map(int, points)) == 100


def test_the_outcomes_of_the_course_take_in_every_lesson_once():
    taught = [lesson for lessons in notes.OUTCOMES.values() for lesson in lessons]
    assert taught == [f"{number:02}" for number in range(1, 11)]


def test_the_syllabus_is_a_file_for_a_word_processor(tmp_path, capsys):
    out = tmp_path / "syllabus.html"
    assert cli.main(["syllabus", "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "<table>" in text and "made from the lesson" not in text
    assert not re.findall(r'href="(?!https?:)', text)


def test_a_syllabus_outside_the_course_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["syllabus"]) == 2 and "folder of the course" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)")
MADE = re.compile(r"<!-- From here on made.*?<!-- Up to here made[^>]*-->", re.S)


def figures(text):
    """Return the numbers of a text that are figures, not minutes, seats or pages, as they stand."""
    for found in NUMBER.finditer(text):
        number = found[0].rstrip(",")
        counted = re.match(r"\s*(?:%|per cent|million|billion)", text[found.end() :])
        if counted or "." in number or "," in number:
            yield number


def of_lesson(number):
    """Return everything that a lesson, its exercise and their checks say, results too."""
    pages = [*ROOT.glob(f"notebooks/{number}_*.ipynb"), *ROOT.glob(f"solutions/{number}_*/*.ipynb")]
    pages += ROOT.glob(f"softpower/feedback/bank/lesson{number}.toml")
    return "\n".join(path.read_text(encoding="utf-8") for path in pages)


def test_every_figure_in_the_notes_is_one_of_the_lesson():
    lost = []
    for path in PAGES:
        known = {
            float(found.replace(",", "")) for found in NUMBER.findall(of_lesson(path.stem[:2]))
        }
        for figure in figures(references.body(MADE.sub("", path.read_text(encoding="utf-8")))):
            decimals = len(figure.partition(".")[2])
            value = float(figure.replace(",", ""))
            if not any(round(other, decimals) == value for other in known):
                lost.append((path.stem, figure))
    assert not lost
