"""nbgrader, unchanged, marks our exercises, and honest work gets the same points as from us."""

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path

import pytest

from softpower import feedback
from softpower.errors import CourseError
from softpower.grading import command, notebook
from softpower.grading.assignment import exercises
from softpower.grading.form_grader import from_form_grader
from softpower.grading.housing import best_mode
from softpower.grading.state import State

ROOT = Path(__file__).parent.parent
SOLUTIONS = sorted((ROOT / "solutions").glob("*/*.ipynb"))


def half_done(solution, exercise):
    """Return a submission: the released exercise with every second answer filled in."""
    right = {cell["id"]: cell for cell in json.loads(solution.read_text(encoding="utf-8"))["cells"]}
    made = json.loads(exercise.read_text(encoding="utf-8"))
    answers = [
        cell for cell in made["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")
    ]
    for cell in answers[::2]:
        cell["source"] = right[cell["id"]]["source"]
    return made


def campus(folder):
    """Return nbgrader's Python API on a course in a folder, with our folder names."""
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    config.CourseDirectory.db_url = f"sqlite:///{folder / 'gradebook.db'}"
    config.ClearSolutions.code_stub = {"python": ""}
    config.ExecutePreprocessor.timeout = 120
    return NbGraderAPI(config=config)


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Every exercise released and autograded by nbgrader, for one honest student."""
    folder = tmp_path_factory.mktemp("campus")
    shutil.copytree(ROOT / "solutions", folder / "solutions")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        _mark_all(folder, campus(folder))
    return folder


def _mark_all(folder, api):
    for solution in SOLUTIONS:
        name = solution.parent.name
        released = api.generate_assignment(name)
        assert released["success"], released["log"]
        work = folder / "submitted" / "student_a" / name / solution.name
        work.parent.mkdir(parents=True)
        work.write_text(json.dumps(half_done(solution, ROOT / "exercises" / name / solution.name)))
        graded = api.autograde(name, "student_a")
        assert graded["success"], graded["log"]


def points_by_nbgrader(folder, name):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(name, "student_a")
        return {
            grade.name.removesuffix("-check").removeprefix("q"): grade.auto_score
            for sheet in submission.notebooks
            for grade in sheet.grades
            if grade.auto_score is not None
        }


def grade(folder, out, *more):
    parser = ArgumentParser()
    command.add_arguments(parser)
    typed = [str(folder), "--out", str(out), "--jobs", "1", *map(str, more)]
    try:
        best_mode()
    except CourseError:
        typed.append("--trust-submissions")
    assert command.run(parser.parse_args(typed)) == 0
    stored = [State(out / ".state").load(path.stem) for path in (out / ".state").glob("*.json")]
    return {one["result"]["lesson"]: one["result"]["scores"] for one in stored}


def test_nbgrader_and_we_give_honest_work_the_same_points(marked, tmp_path):
    ours = grade(marked, tmp_path / "results")
    questions = feedback.bank()
    for solution in SOLUTIONS:
        lesson = solution.parent.name[:2]
        theirs = points_by_nbgrader(marked, solution.parent.name)
        mine = {
            score["question"].partition(".")[2]: score["points"]
            for score in ours[lesson]
            if not isinstance(questions[score["question"]], feedback.OpenQuestion)
        }
        assert mine == theirs, solution.parent.name
        assert (
            0 < sum(mine.values()) < sum(q.points for q in questions.values() if q.lesson == lesson)
        )


def test_nbgrader_releases_the_exercises_that_we_release(marked):
    for solution in SOLUTIONS:
        released = marked / "exercises" / solution.parent.name / solution.name
        ours = ROOT / "exercises" / solution.parent.name / solution.name
        kinds = [
            [(cell.kind, cell.grade_id) for cell in notebook.read(path.read_bytes())]
            for path in (released, ours)
        ]
        assert kinds[0] == kinds[1]


def test_marks_from_the_form_grader_are_taken_over(marked, tmp_path):
    from nbgrader.api import Gradebook

    known = exercises(feedback.bank(), ROOT / "exercises")
    exercise = next(one for one in known.values() if one.open)
    question = exercise.open[0]
    number = question.id.partition(".")[2]
    work = next((marked / "submitted" / "student_a" / exercise.name).glob("*.ipynb"))
    made = json.loads(work.read_text(encoding="utf-8"))
    for cell in made["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == f"q{number}":
            cell["source"] = "My own words about soft power."
    work.write_text(json.dumps(made))
    with Gradebook(f"sqlite:///{marked / 'gradebook.db'}") as gradebook:
        sheet = gradebook.find_submission(exercise.name, "student_a").notebooks[0]
        mark = next(one for one in sheet.grades if one.name == f"q{number}")
        mark.manual_score = 5
        next(
            one for one in sheet.comments if one.name == f"q{number}"
        ).manual_comment = "Well argued."
        gradebook.db.commit()
    marks = from_form_grader(marked / "gradebook.db", known)
    assert marks == {("student_a", question.id): {"points": 5, "comment": "Well argued."}}
    out = tmp_path / "results"
    grade(marked, out, "--nbgrader", marked / "gradebook.db")
    rows = (out / "scores.csv").read_text(encoding="utf-8-sig")
    assert f"{question.id},5,{question.points},marked,Well argued." in rows
