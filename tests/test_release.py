"""Exercises are made from solutions, and a learner finds no answer in them."""

import posixpath
import re
import shutil
import sys
import zipfile
from datetime import date, timedelta

import nbformat
import pytest
from conftest import ROOT, SOLUTIONS

from softpower import notebooks
from softpower.cli import main
from softpower.commands import edition, release
from softpower.errors import CourseError
from softpower.feedback import writing
from softpower.grading.housing import hidden_folders

EXERCISES = sorted((ROOT / "exercises").glob("*/*.ipynb"))
each_exercise = pytest.mark.parametrize("path", EXERCISES, ids=lambda p: p.stem)


def check(solutions, exercises):
    return main(
        ["release", "--check", "--solutions", str(solutions), "--exercises", str(exercises)]
    )


def test_the_committed_exercises_are_what_the_solutions_make_today():
    assert len(EXERCISES) == len(SOLUTIONS) > 0
    assert check(ROOT / "solutions", ROOT / "exercises") == 0


@pytest.mark.parametrize("damage", ["change", "remove", "add"])
def test_a_difference_is_found_and_named(tmp_path, damage, capsys):
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    path = tmp_path / "exercises" / EXERCISES[0].relative_to(ROOT / "exercises")
    if damage == "change":
        path.write_text(path.read_text().replace("Question 1", "Question One"))
    elif damage == "remove":
        path.unlink()
    else:
        shutil.copy(path, path.with_name("stray.ipynb"))
    assert check(ROOT / "solutions", tmp_path / "exercises") == 1
    assert path.parent.name in capsys.readouterr().out


def test_making_them_twice_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        release.release(ROOT / "solutions", tmp_path / name)
    assert release.differences(tmp_path / "one", tmp_path / "two") == []


@each_exercise
def test_an_exercise_holds_no_answer_and_no_output(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert "SOLUTION" not in path.read_text()
    solution = nbformat.read(
        ROOT / "solutions" / path.relative_to(ROOT / "exercises"), as_version=4
    )
    worked = {cell.id: cell.source for cell in solution.cells}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("solution"):
            assert cell.source != worked[cell.id]
            assert "..." in cell.source or writing.is_place(cell.source)
            assert not writing.is_place(cell.source) or not writing.words(cell.source)
        if marks.get("locked"):
            assert cell.metadata.editable is False and cell.metadata.deletable is False


@each_exercise
def test_an_exercise_runs_as_it_is_and_every_check_says_not_yet(path):
    notebook = notebooks.run(notebooks.read(path), path.parent)
    checks = [c for c in notebook.cells if c.source.startswith("feedback.check(")]
    assert len(checks) >= 8
    for cell in checks:
        assert cell.outputs[0].data["text/plain"].startswith("Not yet."), cell.source


def test_no_solutions_gets_a_sentence(tmp_path, capsys):
    assert check(tmp_path, tmp_path) == 2
    assert "There are no solutions" in capsys.readouterr().err


def test_a_damaged_notebook_gets_a_sentence(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text('{"cells": [')
    with pytest.raises(CourseError, match=r"x\.ipynb is damaged"):
        notebooks.read(path)
    with pytest.raises(CourseError, match="There is no notebook"):
        notebooks.read(tmp_path / "y.ipynb")


def test_a_failing_cell_stops_a_refresh_with_its_error(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    with pytest.raises(CourseError, match="ZeroDivisionError"):
        notebooks.run(notebook, tmp_path)


def test_a_run_sees_nothing_of_the_work_of_whoever_runs_it(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    (tmp_path / "mine.txt").write_text("mine")
    made = nbformat.v4.new_notebook()
    made.cells = [
        nbformat.v4.new_code_cell("from softpower import keep\nkeep.my_work('mine.txt').exists()")
    ]
    ran = notebooks.run(made, tmp_path)
    assert ran.cells[0].outputs[0].data["text/plain"] == "False"


def packed(tmp_path, *more):
    target = tmp_path / "course.zip"
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    typed = ["release", "--solutions", str(ROOT / "solutions"), "--for-students", str(target)]
    assert main([*typed, "--exercises", str(tmp_path / "exercises"), *more]) == 0
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_copy_for_students_holds_no_worked_answer_before_the_day(tmp_path, capsys):
    tomorrow = str(date.today() + timedelta(days=1))
    files = packed(tmp_path, "--answers-from", tomorrow)
    names = {name.split("/")[1] for name in files}
    assert {"start.py", "notebooks", "exercises", "data", "softpower"} <= names
    assert not {"solutions", "tests", ".git", "my_work"} & names
    assert not [name for name in files if name.endswith((".po", ".pot")) or "docs/notes" in name]
    notebooks_in_it = [text for name, text in files.items() if name.endswith(".ipynb")]
    assert notebooks_in_it and not any(b"BEGIN SOLUTION" in text for text in notebooks_in_it)
    assert f"from {tomorrow} on" in capsys.readouterr().out


def test_what_translators_work_from_is_handed_to_no_learner(tmp_path):
    """It holds the worked answers: the day a language begins, no copy may have them."""
    names = [name.removeprefix("softpower_course/") for name in packed(tmp_path)]
    assert not [name for name in names if name.startswith("translations") or "solutions/" in name]
    for code in edition.languages(ROOT):  # it comes made, because a learner cannot make it
        for part in ("notebooks/05_japan.ipynb", "exercises/05_japan/exercise_05_japan.ipynb"):
            assert f"editions/{code}/{part}" in names
        assert f"editions/{code}/locale/{code}/LC_MESSAGES/softpower.mo" in names
        assert not [name for name in names if name.startswith(f"editions/{code}/docs/notes")]
    # The package has none either: the browser's copy, the wheel and the sandbox are made of it.
    assert not [path for path in (ROOT / "softpower").rglob("*") if path.suffix in (".po", ".pot")]
    hidden = [path for path in hidden_folders() if path.is_relative_to(ROOT)]
    assert ROOT / "translations" in hidden and (ROOT / "translations" / "templates").is_dir()


def test_what_the_copy_links_to_is_in_it(tmp_path):
    files = packed(tmp_path)
    there = {name.removeprefix("softpower_course/") for name in files}
    pages = [name for name in there if re.match(r"(docs/)?[^/]+\.md$", name)]
    for page in [*pages, *(name for name in there if re.match(r"notebooks/.*\.ipynb$", name))]:
        text = files[f"softpower_course/{page}"].decode()
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)", text):
            place = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
            # What is kept in my_work is made at the first start, the answers come on their day.
            if not place.startswith(("my_work", "solutions")):
                assert place in there or any(name.startswith(f"{place}/") for name in there), (
                    page,
                    link,
                )


def test_from_the_day_on_the_worked_answers_are_in_it(tmp_path):
    files = packed(tmp_path, "--answers-from", str(date.today()))
    assert any(b"BEGIN SOLUTION" in text for name, text in files.items() if "solutions/" in name)


def test_a_lecturer_needs_no_nbgrader_to_release(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "nbgrader", None)
    monkeypatch.setitem(sys.modules, "nbgrader.preprocessors", None)
    release.release(ROOT / "solutions", tmp_path / "made")
    assert release.differences(tmp_path / "made", ROOT / "exercises") == []


@pytest.mark.parametrize(
    "more", [["--answers-from", "15.12.2026"], ["--answers-from", "2026-12-15"]]
)
def test_a_day_that_cannot_be_used_is_said(tmp_path, more, capsys):
    student_copy = ["--for-students", str(tmp_path / "c.zip")] if "." in more[1] else []
    typed = ["release", "--exercises", str(tmp_path / "e"), *student_copy, *more]
    assert main([*typed, "--solutions", str(ROOT / "solutions")]) == 2
    assert not (tmp_path / "e").exists()
