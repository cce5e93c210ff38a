"""The main road: no code to write, something to do every few minutes, and hours that are honest."""

import ast
import re
from urllib.parse import unquote

import nbformat
import pytest
from conftest import LESSONS, ROOT, SOLUTIONS, number_of

from softpower import feedback, notebooks
from softpower.commands import front
from softpower.feedback import OpenQuestion, writing

EXERCISES = sorted((ROOT / "exercises").glob("*/*.ipynb"))
TAUGHT = [path for path in LESSONS if number_of(path) != "00"]
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
each_exercise = pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
each_solution = pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)

LONGEST_WALK = 600  # words from one thing to do to the next
LITERAL = (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Load)
SUM = (ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop)


def cells(path):
    return nbformat.read(path, as_version=4).cells


def main_road(path):
    """Return the cells of a lesson before what one need not read, and the references."""
    road = []
    for cell in cells(path):
        if notebooks.part(cell) in ("deeper", "trouble", "references"):
            break
        road.append(cell)
    return road


def is_an_act(cell):
    return cell.cell_type == "code" and (
        cell.source.startswith("feedback.check(")
        or writing.is_place(cell.source)
        or re.search(r"\blabs\.[A-Z]", cell.source) is not None
    )


def words(text):
    """Count what is read: neither the addresses of links nor the hover texts of citations."""
    text = re.sub(r"<[^>]*>|\]\([^)]*\)", " ", text)
    return writing.count(text)


def main_questions(lesson):
    return [
        q
        for q in feedback.bank().values()
        if q.lesson == lesson and q.points and not q.optional and not isinstance(q, OpenQuestion)
    ]


def answer_cells(path):
    """Return each question of the main road with the source of its answer cell."""
    named = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in cells(path)
        if "nbgrader" in cell.metadata
    }
    return [(q, named[q.cell]) for q in main_questions(number_of(path))]


def assigned(source):
    """Return the values that a cell gives to names; anything else in it fails."""
    body = ast.parse(source).body
    assert all(isinstance(line, ast.Assign) for line in body), f"more than answers:\n{source}"
    return [(line.targets[0].id, line.value) for line in body]


@each_exercise
def test_every_answer_of_the_main_road_is_a_value_in_place_of_the_dots(path):
    for question, source in answer_cells(path):
        ((name, value),) = assigned(source)
        assert name == question.variable == f"answer_{question.number}"
        for node in ast.walk(value):
            assert isinstance(node, LITERAL), f"{question.id}: {ast.unparse(node)}"
        assert "..." in source


@each_solution
def test_the_main_road_is_walked_without_code(path):
    """Each worked answer is a value, a sum of numbers or the text of a lab; its check says Right."""
    said = {c.source: str(c.get("outputs", "")) for c in cells(path)}
    for question, source in answer_cells(path):
        _, (_, value) = assigned(re.sub(r"### (BEGIN|END) SOLUTION", "", source))
        for node in ast.walk(value):
            assert isinstance(node, (*LITERAL, *SUM)), f"{question.id}: {ast.unparse(node)}"
        assert "Right." in said[f'feedback.check("{question.id}")']


@each_exercise
def test_code_is_optional_and_stands_last(path):
    said = [(notebooks.part(c), c.metadata["softpower"].get("question", "")) for c in cells(path)]
    tasks = [question.partition(".")[2] for part, question in said if part == "task"]
    in_code = [number.startswith("code") for number in tasks]
    assert in_code == sorted(in_code)
    assert ("in code" in dict(said)) == any(in_code)


@each_lesson
def test_there_is_something_to_do_every_six_hundred_words(path):
    walked, since = 0, ""
    for cell in main_road(path):
        if is_an_act(cell):
            walked, since = 0, cell.id
        elif cell.cell_type == "markdown":
            walked += words(cell.source)
        assert walked <= LONGEST_WALK, f"{walked} words after {since or 'the start'}: {cell.id}"


def minutes(path):
    text = "\n".join(cell.source for cell in cells(path))
    return int(re.search(r"\*\*Minutes\*\* (?:about )?(\d+)", text).group(1))


def test_the_lessons_take_twelve_hours_and_the_exercises_eight():
    assert sum(map(minutes, TAUGHT)) <= 12 * 60
    assert sum(map(minutes, EXERCISES)) <= 8 * 60


@each_lesson
def test_the_minutes_are_enough_to_read_and_to_do_what_is_there(path):
    road = main_road(path)
    read = sum(words(cell.source) for cell in road if cell.cell_type == "markdown")
    needed = read / 180 + 1.5 * sum(map(is_an_act, road))
    assert needed <= minutes(path), f"about {needed:.0f} minutes"


def rule_of_parts(question):
    """The sentence of a task that says how a partly right answer counts."""
    if not question.takes_back:
        return "So many right, so many of the points."
    rate = {1.0: "one", 1.5: "one and a half"}.get(max(1.0, question.takes_back))
    return f"So many right, so many of the points; each wrong one takes {rate} back."


@each_exercise
def test_each_task_says_how_a_part_counts(path):
    bank, own_words = feedback.bank(), r"[Ee]ach [^.]* (?:is|counts for) [^.]*points?\b"
    for cell in cells(path):
        is_task = notebooks.part(cell) == "task"
        question = bank.get(cell.metadata["softpower"]["question"]) if is_task else None
        if question and getattr(question, "part", False):
            free = not question.takes_back and re.search(own_words, cell.source)
            assert free or rule_of_parts(question) in cell.source, question.id


@each_exercise
def test_the_minutes_of_an_exercise_are_those_of_its_questions(path):
    lesson = number_of(path)
    mine = [q for q in feedback.bank().values() if q.lesson == lesson and q.points]
    needed = sum(q.minutes for q in mine if not q.optional)
    assert needed <= minutes(path) <= needed + 10


@each_lesson
def test_each_question_names_the_section_that_teaches_it(path):
    headings = re.findall(r"^##+ (.+)$", "\n".join(c.source for c in cells(path)), re.MULTILINE)
    mine = [q for q in feedback.bank().values() if q.lesson == number_of(path)]
    assert {q.id: q.taught for q in mine if q.taught not in headings} == {}


@each_lesson
def test_cells_that_only_draw_are_folded(path):
    for cell in main_road(path):
        draws = re.match(r"figures\.(?!table)\w+\(", cell.source)
        if cell.cell_type == "code" and draws and number_of(path) != "00":
            assert cell.metadata.get("jupyter", {}).get("source_hidden") is True, cell.id
            assert "hide-input" in cell.metadata.get("tags", []), cell.id


@each_lesson
def test_no_raw_output_of_pandas(path):
    for cell in cells(path):
        for output in cell.get("outputs", []):
            shown = str(output.get("data", {}).get("text/html", ""))
            assert 'class="dataframe"' not in shown, cell.id
            assert "dtype:" not in str(output.get("data", {}).get("text/plain", "")), cell.id


def sections(path):
    """Return the minutes of each section of a lesson's main road, by its heading."""
    text = "\n".join(cell.source for cell in main_road(path))
    found = re.findall(r"^## (.+)\n\n\*(\d+) minutes\*$", text, re.MULTILINE)
    return {heading: int(count) for heading, count in found}


def rows_of(part):
    page = (ROOT / "docs" / "lecturers.md").read_text("utf-8")
    section = page.partition(f"## {part}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return rows[2:]


def test_one_day_is_six_hours_of_sections_that_exist():
    lessons = {number_of(path): path for path in LESSONS}
    total = 0
    for number, named, stated in rows_of("One day"):
        known = sections(lessons[number])
        here = minutes(lessons[number])
        if named != "all":
            here = sum(known[heading] for heading in named.split("; "))
        assert here == int(stated), number
        total += here
    assert 300 <= total + 30 <= 360  # with half an hour of breaks


def test_the_learners_one_day_is_the_lecturers():
    text = next(cell.source for cell in cells(LESSONS[0]) if cell.id == "one-day")
    lessons = {number_of(path): path for path in LESSONS}
    for number, named, stated in rows_of("One day")[1:]:
        line = next(line for line in text.splitlines() if line.startswith(f"- **Lesson {number}**"))
        assert f"{stated} minutes" in line
        assert "; ".join(re.findall(r"\[([^]]+)\]\(", line)) == named
    for file, anchor in re.findall(r"\(([\w.]+)#([^)]+)\)", text):
        headings = [cell.source for cell in cells(lessons[file[:2]])]
        assert re.search(
            rf"^## {re.escape(unquote(anchor).replace('-', ' '))}$", "\n".join(headings), re.M
        )


def test_the_ten_weeks_give_each_lessons_minutes():
    stated = [int(n) for row in rows_of("Ten weeks") for n in re.findall(r"\d+", row[-1])]
    assert stated == [minutes(path) for path in LESSONS]


def test_the_ten_weeks_and_the_front_page_have_each_lessons_question():
    headers = list(front.headers(ROOT / "notebooks").values())[1:]
    assert [row[2] for row in rows_of("Ten weeks")] == [header.question for header in headers]
    # The front page lists them; tests/test_site.py compares its cards.
    page = (ROOT / "docs" / "index.md").read_text("utf-8")
    listed = re.findall(r"^\d+\. \[(.+?)\]", page, re.M)
    assert listed == [header.title for header in headers]
