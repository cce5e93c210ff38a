"""Every lesson keeps the promises of a lesson: its parts, its cells, its references."""

import re
from collections import Counter
from itertools import pairwise

import nbformat
import pytest
from conftest import LESSONS, ROOT, SOLUTIONS, number_of

from softpower import feedback, notebooks, references
from softpower.feedback import writing
from softpower.feedback.answers import Choice

PAGES = [*LESSONS, *SOLUTIONS]
TAUGHT = [path for path in LESSONS if not path.stem.startswith("00")]
each_page = pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.stem}")
each_lesson = pytest.mark.parametrize("path", TAUGHT, ids=lambda p: p.stem)


def cells(path):
    return nbformat.read(path, as_version=4).cells


def prose(path):
    return "\n\n".join(
        cell.source
        for cell in cells(path)
        if cell.cell_type == "markdown" or writing.is_place(cell.source)
    )


def of_part(path, part):
    return next(cell.source for cell in cells(path) if notebooks.part(cell) == part)


def outside_code(text):
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


@each_page
def test_one_title_and_headings_in_order(path):
    levels = [len(m) for m in re.findall(r"^(#+) ", outside_code(prose(path)), re.MULTILINE)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@each_page
def test_code_comes_after_words_and_in_small_pieces(path):
    before = None
    for cell in cells(path):
        if cell.cell_type == "code" and not writing.is_place(cell.source):
            # A plan that is pasted in is text, however long, and no code.
            source = re.sub(r'r"""\n.*?\n"""', "TEXT", cell.source, flags=re.DOTALL)
            lines = [line for line in source.split("\n") if line.strip()]
            lines = [line for line in lines if "SOLUTION" not in line]
            assert len(lines) <= 15, cell.id
            assert max(map(len, lines)) <= 100, cell.id
            checks = cell.source.startswith("feedback.check(")
            assert before == "markdown" or checks, f"{cell.id} has no sentence before it"
        before = cell.cell_type


@each_page
def test_cells_have_readable_names(path):
    ids = [cell.id for cell in cells(path)]
    assert len(set(ids)) == len(ids)
    assert not [name for name in ids if re.fullmatch(r"[0-9a-f]{8}", name)]


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_a_lesson_that_is_only_opened_is_not_changed(path):
    stored = nbformat.read(path, as_version=4)
    assert stored == notebooks.normalised(nbformat.read(path, as_version=4))
    assert not [c.id for c in stored.cells if c.get("execution_count")], "it has not run here"


@each_page
def test_stored_outputs_hold_no_error_and_no_warning(path):
    for cell in cells(path):
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", cell.id


@each_page
def test_every_picture_has_alternative_text(path):
    for cell in cells(path):
        for output in cell.get("outputs", []):
            bundle = output.get("data", {})
            assert "image/png" not in bundle, "a bare picture loses its description"
            for picture in re.findall(r"<img[^>]*>", bundle.get("text/html", "")):
                assert len(re.search(r'alt="([^"]*)"', picture).group(1)) > 40


@each_page
def test_citations_and_references_are_as_the_command_writes_them(path):
    assert "](#References)" not in prose(path)
    assert not references.differs(path)


@each_page
def test_links_between_pages_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+\.(?:ipynb|md))\)", prose(path)):
        # The start command fills my_work/ from exercises/.
        target = target.replace("../my_work/", "../exercises/")
        assert (path.parent / target).resolve().exists(), target


@each_page
def test_no_exclamation_marks_in_prose(path):
    assert "!" not in re.sub(r"!\[|<!--|!=", "", outside_code(prose(path)))


@each_lesson
def test_a_lesson_has_every_part(path):
    parts = [notebooks.part(cell) for cell in cells(path)]
    once = ("title", "header", "setup", "think", "remember", "deeper", "references")
    assert {part: parts.count(part) for part in once} == dict.fromkeys(once, 1)
    assert "ask" in parts
    header = of_part(path, "header")
    for label in (
        "you will be able to",
        "You make",
        "Minutes",
        "You need first",
        "Documents",
        "Tables",
    ):
        assert label in header, label
    assert re.fullmatch(r"# .+\n\n\*.+\?\*", of_part(path, "title")), "title, then its question"
    assert cells(path)[3].source.startswith("from softpower import")
    assert (ROOT / "exercises" / path.stem / f"exercise_{path.stem}.ipynb").exists()


@each_lesson
def test_a_lesson_sends_learners_to_their_own_copy_of_the_exercise(path):
    # What is written into exercises/ would be lost with the next update.
    assert f"](../my_work/{path.stem}/exercise_{path.stem}.ipynb)" in prose(path)
    assert "](../exercises" not in prose(path)


@each_lesson
def test_a_lesson_gives_one_line_to_remember_for_each_objective(path):
    objectives = of_part(path, "header").split("**Minutes**")[0].count("\n- ")
    remembered = of_part(path, "remember").count("\n- ")
    assert 3 <= objectives <= 6
    assert remembered >= objectives


@each_lesson
def test_the_minutes_of_the_parts_fit_the_lesson(path):
    text = prose(path)
    stated = int(re.search(r"\*\*Minutes\*\* (\d+)", text).group(1))
    parts = sum(int(n) for n in re.findall(r"^\*(\d+) minutes\*$", text, re.MULTILINE))
    assert 0.7 * stated <= parts <= stated


@each_lesson
def test_a_lab_stands_after_numbered_questions_and_leaves_a_twin(path):
    for before, cell in pairwise(cells(path)):
        if cell.cell_type == "code" and re.search(r"\blabs\.[A-Z]\w+\(", cell.source):
            assert before.cell_type == "markdown" and "\n2. " in before.source, cell.id
            shown = [o for o in cell.outputs if "text/html" in o.get("data", {})]
            assert shown and "<table" in shown[-1].data["text/html"], cell.id


def choices():
    """Each question of choice in the lessons and exercises: its id, right letter and options."""
    right = {
        question.id: question.right.letter
        for question in feedback.bank().values()
        if isinstance(getattr(question, "right", None), Choice)
    }
    for path in PAGES:
        for task, answer in pairwise(cells(path)):
            options = dict(re.findall(r"^- \*\*([a-f])\*\* (.+)$", task.source, re.MULTILINE))
            variable = re.match(r"answer_(\w+) =", answer.source)
            question = variable and f"{number_of(path)}.{variable.group(1)}"
            if options and question in right:
                yield question, right[question], options


def test_neither_place_nor_length_gives_a_right_answer_away():
    letters, telling = Counter(), []
    for question, letter, options in choices():
        letters[letter] += 1
        others = [len(text) for key, text in options.items() if key != letter]
        if len(options[letter]) > 1.25 * max(others):
            telling.append(question)
    assert sum(letters.values()) > 40
    assert max(letters.values()) <= 0.4 * sum(letters.values()), letters
    assert len(telling) <= 2, telling
