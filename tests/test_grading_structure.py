"""A grader finds its way by what cells say they are: headings may have any words, in any language."""

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT, SOLUTIONS
from grading_fake import InThisProcess

from softpower import feedback, notebooks
from softpower.commands.exercises import BEGIN, END
from softpower.grading import assignment, judge, pages
from softpower.grading.notebook import read
from softpower.grading.sandbox import Limits

EXERCISES = assignment.exercises(feedback.bank(), ROOT / "exercises")
LESSON = "01"
SOLUTION = next(path for path in SOLUTIONS if path.parent.name.startswith(LESSON))
ESSAY = "Words that only a learner can have written, about attraction and its doubts."


RELEASED = ROOT / "exercises" / SOLUTION.parent.name / SOLUTION.name


def handed_in(released=RELEASED):
    """A copy as a student hands it in: every answer right, the open ones in words of their own."""
    made = json.loads(released.read_text("utf-8"))
    worked = {cell.id: cell.source for cell in notebooks.read(SOLUTION).cells}
    for cell in made["cells"]:
        if "".join(cell["source"]).startswith("%%write"):
            cell["source"] = "".join(cell["source"]).strip() + f"\n{ESSAY} ({cell['id']})"
        elif cell["id"].endswith("-answer"):
            cell["source"] = re.sub(rf".*({BEGIN}|{END}).*", "", worked[cell["id"]])
    return made


def without_what_cells_say(made):
    for cell in made["cells"]:
        cell["metadata"].pop("softpower", None)


def without_names(made):
    without_what_cells_say(made)
    made["nbformat_minor"] = 4
    for number, cell in enumerate(made["cells"]):
        cell["id"] = f"cell-{number}"


def without_nbgrader(made):
    """What remains when a platform drops nbgrader's names: the section tells the question."""
    for cell in made["cells"]:
        cell["metadata"].pop("nbgrader", None)
        if "".join(cell["source"]).startswith("%%write"):
            cell["source"] = "".join(cell["source"]).partition("\n")[2]
            cell["cell_type"] = "markdown"


def headed(word, sections=r"^(## )\D+$"):
    """Give every heading and title other words, keeping the number and the dots of a task."""

    def change(made):
        for cell in made["cells"]:
            if cell["cell_type"] == "markdown":
                text = "".join(cell["source"])
                text = re.sub(r"^(#+) (?:Question|In code|Exercise) (\d+)", rf"\1 {word} \2", text)
                cell["source"] = re.sub(sections, rf"\1{word}", text, flags=re.M)

    return change


def other_checks(made):
    """Without the checks, whose ids tell the exercise as well."""
    made["cells"] = [c for c in made["cells"] if not c["id"].endswith("-check")]


CLASS = {
    "as handed out": [],
    "of today's release, without what cells say": [without_what_cells_say],
    "without any names of cells": [without_names],
    "with other headings": [headed("Task")],
    "with Russian headings": [headed("Вопрос")],
    "Russian, nbgrader's names lost": [headed("Вопрос"), without_nbgrader],
    "Russian, the checks deleted": [headed("Задание"), other_checks],
    "Russian tasks, told by the cells' names": [
        headed("Вопрос", r"^(@)\D+$"),
        without_what_cells_say,
    ],
}


def marked(made):
    content = json.dumps(made, ensure_ascii=False).encode()
    course = judge.Course(EXERCISES, Limits(), "fake")
    job = judge.Job("Ann", "", "work.ipynb", "Ann", content)
    return judge.grade(job, course, InThisProcess())


@pytest.fixture(scope="module")
def best():
    return marked(handed_in())


@pytest.mark.parametrize("changes", CLASS.values(), ids=CLASS)
def test_whatever_its_headings_say_it_has_the_same_points(changes, best):
    made = handed_in()
    for change in changes:
        change(made)
    result = marked(made)
    assert result["lesson"] == LESSON and result["problem"] == ""
    points = {score["question"]: score["points"] for score in result["scores"]}
    assert points == {score["question"]: score["points"] for score in best["scores"]}
    assert sum(filter(None, points.values())) >= 20
    assert all(ESSAY in text for text in result["open"].values())
    assert not any("stand outside" in remark for remark in result["remarks"])
    page = pages.feedback("Ann", EXERCISES[LESSON], "", result["scores"], result["cells"])
    assert page.count(ESSAY) == len(result["open"])


def test_every_cell_of_an_exercise_says_what_it_is():
    for path in [*SOLUTIONS, *sorted((ROOT / "exercises").glob("*/*.ipynb"))]:
        lesson = Path(path).parent.name[:2]
        cells = notebooks.read(path).cells
        assert all(notebooks.part(cell) for cell in cells), path
        for part in ("task", "answer"):
            asked = [c.metadata.softpower.question for c in cells if notebooks.part(c) == part]
            wanted = [q.id for q in feedback.bank().values() if q.lesson == lesson and q.points]
            assert sorted(asked) == sorted(wanted), path
        for cell in cells:
            if notebooks.part(cell) == "check":
                assert f'"{cell.metadata.softpower.question}"' in cell.source, path


def test_a_cell_that_says_nonsense_is_read_all_the_same():
    odd = [{"part": 3, "question": None}, {"part": ["task"]}, "task", {"part": "task"}, None]
    cells = [
        {"cell_type": "markdown", "source": "# One", "metadata": {"softpower": one}} for one in odd
    ]
    made = read(json.dumps({"cells": cells, "nbformat": 4}).encode())
    assert [cell.number for cell in made] == [""] * len(odd)
    assert assignment.candidates(made, EXERCISES) == []
