"""A class is marked as a lecturer does it: from what an LMS left to a gradebook, twice."""

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from grading_class import (
    BANK,
    ESSAY,
    EXERCISE,
    FORK_BOMB,
    ONE,
    TASKS,
    cells,
    code,
    handed_in,
    stripped,
    text,
)
from grading_room import fill, folder_of, grade, table, totals
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.errors import CourseError
from softpower.grading import assignment, command, judge, notebook, sheets
from softpower.grading.discover import Found, discover
from softpower.grading.marking import Marks
from softpower.grading.state import State

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.usefixtures("small_exercise")


# --- finding ------------------------------------------------------------------------------


def found_in(place):
    found = Found()
    return [(one.student, one.number, one.read()) for one in discover(place, found)], found


def zipped(names, content=b"{}"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("files", "students"),
    [
        (
            ["Бірінші студент/hw.ipynb", "Второй студент/deep/er/x.ipynb"],
            [("Бірінші студент", ""), ("Второй студент", "")],
        ),
        (["Асель Омарова_4711_assignsubmission_file_/hw (2).ipynb"], [("Асель Омарова", "4711")]),
        (["Асель Омарова_4711_assignsubmission_file_hw.ipynb"], [("Асель Омарова", "4711")]),
        (
            ["omarovaasel_4711_900107_hw-1.ipynb", "smithann_LATE_4712_900114_my_file.ipynb"],
            [("omarovaasel", "4711"), ("smithann", "4712")],
        ),
        (
            ["hw_2025_02_ivanov.ipynb", "hw_2025_02_petrov.ipynb"],
            [("hw_2025_02_ivanov", ""), ("hw_2025_02_petrov", "")],
        ),
        (
            ["ann/hw_2025_02_final.ipynb", "bob/hw_2025_2026_final.ipynb"],
            [("ann", ""), ("bob", "")],
        ),
        (["student_a.ipynb", "student_b.ipynb"], [("student_a", ""), ("student_b", "")]),
        (["ann/01_what/01_what.ipynb", "ann/02_can/02_can.ipynb"], [("ann", ""), ("ann", "")]),
        (
            ["01_what/ann/a.ipynb", "02_can/ann/b.ipynb", "02_can/bob/b.ipynb"],
            [("ann", ""), ("ann", ""), ("bob", "")],
        ),
        (["bob/hw_1_2_final.ipynb", "ann/hw.ipynb"], [("ann", ""), ("bob", "")]),
        (
            ["week 3/class/ann/hw.ipynb", "week 3/class/bob/deep/hw.ipynb"],
            [("ann", ""), ("bob", "")],
        ),
        (["week 3/Асель Омарова_4711_assignsubmission_file_/a.ipynb"], [("Асель Омарова", "4711")]),
        (
            [
                "bob/.ipynb_checkpoints/hw-checkpoint.ipynb",
                "bob/hw.ipynb",
                "__MACOSX/bob/._hw.ipynb",
            ],
            [("bob", "")],
        ),
        (["bob/HW.IPYNB"], [("bob", "")]),
    ],
)
@pytest.mark.parametrize("packed", ["folder", "zip", "zip in a folder"])
def test_every_layout_is_found(files, students, packed, tmp_path):
    place = tmp_path / "in"
    place.mkdir()
    if packed == "folder":
        for name in files:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(b"{}")
    else:
        (place / "CS-1 Assignment 1-2044.zip").write_bytes(zipped(files))
        loose = not any("/" in name or "_9001" in name or "assign" in name for name in files)
        if len(set(students)) == 1 or loose:
            packed = "zip"  # in a folder it could as well be the zip of one student
    if packed == "zip":
        place = place / "CS-1 Assignment 1-2044.zip"
    submissions, _ = found_in(place)
    assert sorted((student, number) for student, number, _ in submissions) == sorted(students)
    assert all(content == b"{}" for *_, content in submissions)


def test_nbgraders_course_folder_is_understood(tmp_path):
    for name in (
        "submitted/bob/01_what/01_what.ipynb",
        "submitted/bob/01_what/timestamp.txt",
        "source/01_what/01_what.ipynb",
        "release/01_what/01_what.ipynb",
    ):
        (tmp_path / "course" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "course" / name).write_bytes(b"{}")
    submissions, found = found_in(tmp_path / "course")
    assert [(student, number) for student, number, _ in submissions] == [("bob", "")]
    assert found.remarks == []


def test_a_students_own_zip_is_opened(tmp_path):
    inner = zipped(["work/hw.ipynb", "work/notes.docx"])
    name = "Асель Омарова_4711_assignsubmission_file_"
    for place in (f"{name}/hw.zip", f"{name}hw.zip"):
        outer = tmp_path / f"class{len(place)}.zip"
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr(place, inner)
        submissions, found = found_in(outer)
        assert [(student, number) for student, number, _ in submissions] == [
            ("Асель Омарова", "4711")
        ]
        assert found.students["Асель Омарова", "4711"].others == ["notes.docx"]


def test_a_zip_and_typed_text_in_canvas_keep_their_student(tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("omarovaasel_LATE_4711_900107_work.zip", zipped(["a/hw.ipynb", "b.ipynb"]))
        archive.writestr("smithann_4712_900114_hw.ipynb", b"{}")
        archive.writestr("kimolga_4713_text.html", "<p>My answer</p>")
        archive.writestr("kimolga_LATE_4714_link.html", "<p>a link</p>")
    submissions = list(discover(tmp_path / "class.zip", found := Found()))
    assert {(one.student, one.number, one.folder) for one in submissions} == {
        ("omarovaasel", "4711", "omarovaasel_LATE_4711_900107_work"),
        ("smithann", "4712", "smithann_4712_900114_hw"),
    }
    assert set(found.students) == {
        ("omarovaasel", "4711"),
        ("smithann", "4712"),
        ("kimolga", "4713"),
        ("kimolga", "4714"),
    }


def test_a_list_beside_the_students_folders_is_no_student(tmp_path):
    place = folder_of(tmp_path, ann=b"{}", bob=b"{}")
    (place / "class list.xlsx").write_bytes(b"x")
    _, found = found_in(place)
    assert {name for name, _ in found.students} == {"ann", "bob"}
    assert "class list.xlsx: is not a notebook and belongs to nobody" in found.remarks[0]


def test_a_zip_from_each_student_is_that_students(tmp_path):
    for student in ("ann", "bob"):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{student}.zip").write_bytes(zipped(["hw.ipynb"]))
    submissions, _ = found_in(tmp_path / "in")
    assert [student for student, *_ in submissions] == ["ann", "bob"]


def test_one_student_alone_is_not_taken_for_a_class(tmp_path):
    place = folder_of(tmp_path, bob=b"{}")
    submissions, _ = found_in(place)
    assert [student for student, *_ in submissions] == ["bob"]


def test_russian_windows_names_in_a_zip_are_read(tmp_path):
    made = zipped([f"{'X' * 11}/hw.ipynb"])
    (tmp_path / "class.zip").write_bytes(made.replace(b"X" * 11, "Студент два".encode("cp866")))
    submissions, _ = found_in(tmp_path / "class.zip")
    assert submissions[0][0] == "Студент два"


def test_odd_files_are_remarks_and_links_are_not_followed(tmp_path):
    place = folder_of(tmp_path, bob=b"{}", carol=b"{}")
    (place / "carol" / "hw.ipynb").unlink()
    (place / "carol" / "essay.docx").write_bytes(b"x")
    (place / "bob" / "solution.ipynb").symlink_to(ROOT / "README.md")
    (place / "dave").mkdir()
    (place / "dave" / "hw.zip").write_bytes(b"not a zip")
    submissions, found = found_in(place)
    assert [student for student, *_ in submissions] == ["bob"]
    assert {name: left.others for (name, _), left in found.students.items()} == {
        "bob": [],
        "carol": ["essay.docx"],
        "dave": ["hw.zip"],
    }
    assert len(found.remarks) == 2


def test_a_zip_cannot_climb_out_or_blow_up(tmp_path, monkeypatch):
    monkeypatch.setattr("softpower.grading.archives.BIGGEST_FILE", 1000)
    (tmp_path / "class.zip").write_bytes(zipped(["../../etc/bob/hw.ipynb"], b"0" * 10**6))
    ((student, _, content),) = found_in(tmp_path / "class.zip")[0]
    assert student == "etc"
    assert len(content) == 1001


# --- which exercise it is -------------------------------------------------------------------


def known():
    other = [replace(q, id=q.id.replace("77", "78")) for q in EXERCISE.questions]
    return {"77": EXERCISE, "78": assignment.Exercise("78", "78_other", tuple(other))}


@pytest.mark.parametrize("kept", ["check", "title", "task"])
def test_the_exercise_is_told_by_its_questions(kept):
    parts = {
        "check": code('feedback.check("77.1", x)'),
        "title": text("# Exercise 77: small"),
        "task": text(TASKS[1]),
    }
    made = notebook.read(handed_in([code("answer_1 = 65"), parts[kept]]))
    assert assignment.candidates(made, known(), "78_other/78_other.ipynb") == ["77"]


def test_without_any_sign_the_variables_speak_then_the_name():
    made = notebook.read(handed_in([code("answer_1 = 65")]))
    assert assignment.candidates(made, known(), "78_other.ipynb") == ["78"]
    assert assignment.candidates(made, known(), "hw.ipynb") == ["77", "78"]
    assert (
        assignment.candidates(notebook.read(handed_in([code("x = 1")])), known(), "77_a.ipynb")
        == []
    )


@pytest.mark.parametrize(
    "made",
    [
        cells(),
        stripped(),
        [*cells(essay="*Write your answer here*"), text(ESSAY)],
        [*cells()[:-1], text(ESSAY, "q4"), text(ESSAY, "q4")],
        [*cells()[:-1], text(ESSAY)],
    ],
)
def test_the_open_answer_is_found_wherever_it_stands(made):
    answer, position = assignment.open_answer(
        notebook.read(handed_in(made)), EXERCISE.open[0], EXERCISE
    )
    assert answer == ESSAY
    assert position is not None


def test_an_untouched_open_answer_is_empty():
    blank = "*Write your answer here: click twice on this line, delete it, and type.*"
    for made in (cells(essay=blank), cells(essay="")):
        assert (
            assignment.open_answer(notebook.read(handed_in(made)), EXERCISE.open[0], EXERCISE)[0]
            == ""
        )


# --- damaged notebooks ----------------------------------------------------------------------

DAMAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "source",
                    "cell_type",
                    "metadata",
                    "nbgrader",
                    "grade_id",
                    "outputs",
                    "worksheets",
                    "input",
                    "data",
                    "text/plain",
                    "image/png",
                    "ename",
                    "code",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


def readable(content):
    try:
        made = notebook.read(content)
    except notebook.Unreadable as error:
        assert str(error)
        return None
    assignment.candidates(made, known(), "x.ipynb")
    for question in EXERCISE.open:
        assignment.open_answer(made, question, EXERCISE)
    return made


@settings(max_examples=300, deadline=None)
@given(DAMAGE)
def test_any_json_is_read_or_refused_with_a_message(damaged):
    readable(json.dumps(damaged).encode())
    readable(json.dumps({"cells": damaged}).encode())
    readable(json.dumps({"cells": [damaged, {"cell_type": "code", "source": damaged}]}).encode())


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 300), st.binary(max_size=40))
def test_a_notebook_cut_or_overwritten_is_read_or_refused(start, length, junk):
    whole = handed_in()
    readable(whole[:start])
    readable(whole[:start] + junk + whole[start + length :])


def test_deep_json_and_huge_numbers_are_refused():
    for content in (b"[" * 10**6, b'{"cells": ' * 10**5, b'{"cells": [' + b"1" * 10**4 + b"]}"):
        readable(content)


@settings(max_examples=100, deadline=None)
@given(DAMAGE, st.text(max_size=50))
def test_any_readable_notebook_has_a_page(damaged, words):
    from softpower.grading import pages

    made = readable(
        json.dumps({"cells": [damaged, {"cell_type": "markdown", "source": words}]}).encode()
    )
    shown = [cell.__dict__ for cell in made or []]
    page = pages.feedback("A <b>", EXERCISE, "", [], shown)
    assert "<script" not in page and "A &lt;b&gt;" in page


# --- the whole run --------------------------------------------------------------------------


def test_a_batch_of_300_with_ten_bad_ones(tmp_path):
    bad = {
        7: b"",
        40: b"not json",
        77: handed_in()[:300],
        110: handed_in([]),
        140: b"[]",
        171: handed_in(one="import os\nos._exit(0)"),
        200: handed_in(one="while True: pass"),
        230: handed_in(one="import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
        260: handed_in(one="block = []\nwhile True: block.append(bytearray(10**8))"),
        299: handed_in(one=dedent(FORK_BOMB)),
    }
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for number in range(300):
            name = f"Студент {number:03}_{5000 + number}_assignsubmission_file_/hw.ipynb"
            archive.writestr(name, bad.get(number, handed_in()))
    out = tmp_path / "results"
    assert grade(tmp_path / "class.zip", out, "--jobs", 2) == 0
    made = totals(out)
    assert len(made) == 300
    for number in range(300):
        expected = 7 if number not in bad else 0 if number < 150 else 3
        assert made[f"Студент {number:03}"] == expected, number
    rows = table(out / "scores.csv")
    assert len(rows) == 300 * 4
    moodle = table(out / f"for_moodle_{EXERCISE.name}.csv")
    assert {row["Identifier"] for row in moodle} == {
        f"Participant {5000 + number}" for number in range(300)
    }
    # Moodle refuses a worksheet without these; a mark that a person still owes is left empty, and
    # one for which a file that can be read has still to come.
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(moodle[0])
    assert (moodle[7]["Grade"], moodle[8]["Grade"]) == ("", "")
    report = (out / "report.html").read_text(encoding="utf-8")
    assert all(f"Студент {number:03}" in report for number in bad)
    with zipfile.ZipFile(out / "feedback.zip") as archive:  # the folders that Moodle wants back
        assert f"Студент 007_5007_assignsubmission_file_/{EXERCISE.name}.html" in archive.namelist()
        assert len(archive.namelist()) == 300


@pytest.mark.usefixtures("one_warm_process")
def test_a_second_run_marks_only_what_changed(tmp_path, monkeypatch):
    place = folder_of(tmp_path, ann=handed_in(), bob=handed_in(one="answer_1 = 1"))
    out = tmp_path / "results"
    grade(place, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    marked = []
    real = judge.work
    monkeypatch.setattr(
        judge, "work", lambda job, *more: marked.append(job.student) or real(job, *more)
    )
    grade(place, out)
    assert marked == []
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    (place / "bob" / "hw.ipynb").write_bytes(handed_in())
    grade(place, out)
    assert marked == ["bob"]
    assert totals(out) == {"ann": 7, "bob": 7}
    changed = BANK | {"77.1": replace(BANK["77.1"], points=3)}
    monkeypatch.setattr("softpower.grading.command.feedback.bank", lambda: changed)
    grade(place, out)
    assert sorted(marked) == ["ann", "bob", "bob"]
    assert totals(out) == {"ann": 8, "bob": 8}


def test_the_command_interrupted_keeps_what_is_done_and_continues(tmp_path):
    """A real Ctrl-C on the real command, in the middle of a class of the real exercise."""
    place = tmp_path / "in"
    source = next((ROOT / "solutions").glob("01_*/*.ipynb")).read_text(encoding="utf-8")
    slow = json.loads(source)
    slow["cells"].append(code("import time\ntime.sleep(0.2)"))
    for number in range(40):
        (place / f"s{number:02}").mkdir(parents=True)
        (place / f"s{number:02}" / "hw.ipynb").write_text(json.dumps(slow), encoding="utf-8")
    out = tmp_path / "results"
    typed = [
        sys.executable,
        "-m",
        "softpower",
        "grade",
        str(place),
        "--out",
        str(out),
        "--jobs",
        "2",
        "--trust-submissions",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        typed,
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A test run in the background ignores Ctrl+C, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    state = out / ".state"
    while running.poll() is None and len(list(state.glob("*.json")) if state.exists() else []) < 5:
        pass
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=300)
    assert running.returncode == 130, said
    assert "Run the same command again" in said and "Traceback" not in said
    done = len(table(out / "gradebook.csv"))
    times = {path: path.stat().st_mtime_ns for path in state.glob("*.json")}
    assert 5 <= len(times) < 40 and done == 40
    finished = subprocess.run(typed, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    assert all(path.stat().st_mtime_ns == when for path, when in times.items())
    assert len(set(totals(out).values())) == 1 and len(list(state.glob("*.json"))) == 40


@pytest.mark.usefixtures("one_warm_process")
def test_the_best_of_several_notebooks_counts_and_is_reported(tmp_path):
    place = folder_of(tmp_path, ann=handed_in(), bob=handed_in())
    (place / "ann" / "a copy.ipynb").write_bytes(handed_in(one="answer_1 = 1"))
    (place / "ann" / "broken.ipynb").write_bytes(b"{")
    out = tmp_path / "results"
    grade(place, out)
    assert totals(out) == {"ann": 7, "bob": 7}
    report = (out / "report.html").read_text()
    assert "ann, a copy.ipynb: does not count (3 points by the checks); hw.ipynb does (7)" in report
    assert "ann, broken.ipynb: does not count (it cannot be read)" in report
    pages = [path.read_text(encoding="utf-8") for path in (out / "feedback" / "ann").glob("*")]
    assert sum("This notebook does not count." in page for page in pages) == 2


@pytest.mark.usefixtures("one_warm_process")
def test_of_two_notebooks_with_as_many_points_the_latest_counts_but_not_without_its_essay(tmp_path):
    place = folder_of(tmp_path, ann=handed_in(essay="First."), bob=handed_in(essay="First."))
    for student, essay in (("ann", "Second, and better."), ("bob", "")):
        (place / student / "again.ipynb").write_bytes(handed_in(essay=essay))
        os.utime(place / student / "hw.ipynb", (10**9, 10**9))
    out = tmp_path / "results"
    grade(place, out)
    rows = table(out / "marking.csv")
    answers = [(row["student"], row["answer"]) for row in rows[::2]]
    assert answers == [("ann", "Second, and better."), ("ann", "First."), ("bob", "First.")]
    # The latest counts so far; the other could overtake it, and says so.
    assert [bool(row["note"]) for row in rows] == [False, False, True, True, False, False]
    fill(out / "marking.csv", ["2"] * 6)
    grade(place, out)
    assert totals(out) == {"ann": 11, "bob": 11}
    # Each page has the mark of its own answer, and neither says "changed".
    assert "changed after" not in (out / "report.html").read_text()
    page = (out / "feedback" / "ann" / f"{EXERCISE.name}-2.html").read_text(encoding="utf-8")
    assert "does not count" in page and "What the marker saw" in page
    assert "First." in page and "Second, and better." not in page


@pytest.mark.usefixtures("one_warm_process")
def test_a_student_without_a_notebook_is_in_the_gradebook(tmp_path):
    place = folder_of(tmp_path, ann=handed_in(), bob=b"")
    (place / "bob" / "hw.ipynb").rename(place / "bob" / "essay.docx")
    out = tmp_path / "results"
    grade(place, out)
    rows = {row["student"]: row for row in table(out / "gradebook.csv")}
    assert rows["bob"][EXERCISE.name] == "" and rows["ann"][EXERCISE.name] == "7"
    assert "bob: handed in essay.docx, and no notebook" in (out / "report.html").read_text()
    page = (out / "feedback" / "bob" / "notebook.html").read_text(encoding="utf-8")
    assert "You handed in essay.docx, and no notebook" in page and " points" not in page
    with zipfile.ZipFile(out / "feedback.zip") as archive:
        assert "bob/notebook.html" in archive.namelist()


@pytest.mark.usefixtures("one_warm_process")
def test_results_among_the_submissions_are_not_submissions(tmp_path):
    place = folder_of(tmp_path, ann=handed_in(), bob=handed_in())
    out = place / "results"
    for _ in range(2):
        grade(place, out)
        assert totals(out) == {"ann": 7, "bob": 7}


@pytest.mark.usefixtures("one_warm_process")
def test_canvas_gets_its_own_columns_and_flat_feedback_files(tmp_path):
    place = tmp_path / "submissions.zip"
    place.write_bytes(
        zipped(
            ["omarovaasel_4711_900107_hw-1.ipynb", "smithann_LATE_4712_900114_my_file.ipynb"],
            handed_in(essay=""),
        )
    )
    out = tmp_path / "results"
    grade(place, out)
    assert [
        (row["Student"], row["ID"], row[EXERCISE.name]) for row in table(out / "for_canvas.csv")
    ] == [("omarovaasel", "4711", "7"), ("smithann", "4712", "7")]
    with zipfile.ZipFile(out / "feedback.zip") as archive:
        assert archive.namelist() == [
            "omarovaasel_4711_900107_hw-1.html",
            "smithann_LATE_4712_900114_my_file.html",
        ]


@pytest.mark.usefixtures("one_warm_process")
def test_the_grader_failing_on_one_costs_nobody_else(tmp_path, monkeypatch):
    place = folder_of(tmp_path, ann=handed_in(), bob=handed_in(), carol=handed_in())
    out = tmp_path / "results"
    real = judge.grade

    def fails(job, course, sandbox, seconds):
        if job.student == "bob":
            raise MemoryError("no luck")
        return real(job, course, sandbox)

    monkeypatch.setattr(judge, "grade", fails)
    assert grade(place, out) == 0
    assert totals(out) == {"ann": 7, "bob": 0, "carol": 7}
    assert "the grader failed: MemoryError" in (out / "report.html").read_text()
    monkeypatch.setattr(judge, "grade", real)
    grade(place, out)  # and the next run tries again
    assert totals(out) == {"ann": 7, "bob": 7, "carol": 7}


@pytest.mark.usefixtures("one_warm_process")
def test_a_run_broken_off_at_once_takes_nothing_from_the_gradebook(tmp_path, monkeypatch):
    place = folder_of(tmp_path, ann=handed_in(), bob=handed_in())
    out = tmp_path / "results"
    grade(place, out)

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "mark_all", stop)
    assert grade(place, out) == 130
    assert totals(out) == {"ann": 7, "bob": 7}
    assert "Not finished" in (out / "report.html").read_text()


@pytest.mark.usefixtures("one_warm_process")
def test_whose_turn_had_not_come_is_not_told_that_no_notebook_was_there(tmp_path, monkeypatch):
    place, out = folder_of(tmp_path, ann=handed_in(), bob=handed_in()), tmp_path / "results"
    (place / "ann" / "essay.docx").write_bytes(b"words")

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "mark_all", stop)
    assert grade(place, out) == 130
    said = (out / "report.html").read_text("utf-8")
    assert "Not finished" in said and "no notebook" not in said


@pytest.mark.usefixtures("one_warm_process")
def test_a_folder_that_cannot_be_written_is_said_kindly(tmp_path):
    place = folder_of(tmp_path, ann=handed_in())
    (tmp_path / "results").write_text("a file, not a folder")
    with pytest.raises(CourseError, match="could not be written"):
        grade(place, tmp_path / "results")


def test_nothing_to_mark_is_said_kindly(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CourseError, match="no notebook"):
        grade(tmp_path / "empty", tmp_path / "results")
    with pytest.raises(CourseError, match="nothing at"):
        grade(tmp_path / "nowhere", tmp_path / "results")


# --- marks by a person ----------------------------------------------------------------------


@pytest.mark.usefixtures("one_warm_process")
@pytest.mark.parametrize(
    "saved",
    [
        {},
        {"delimiter": ";"},
        {"delimiter": "\t", "encoding": "utf-16"},
        {"delimiter": ";", "encoding": "cp1251"},
    ],
)
def test_marks_come_back_from_any_spreadsheet_and_survive_a_regrade(saved, tmp_path):
    place = folder_of(tmp_path, **{"Студент": handed_in()})
    out = tmp_path / "results"
    grade(place, out)
    row = table(out / "marking.csv")[0]
    assert (row["student"], row["criterion"], row["answer"]) == ("Студент", "Claim", ESSAY)
    assert "2: descriptor 2 (2 points)" in row["levels"]
    assert table(out / "gradebook.csv")[0]["to_mark"] == "1"
    fill(out / "marking.csv", ["2", "1,0"], comment="Хорошо.", **saved)
    grade(place, out)
    assert totals(out) == {"Студент": 10}
    score = table(out / "scores.csv")[3]
    assert (score["points"], score["out_of"], score["status"]) == ("3", "4", "marked")
    page = next((out / "feedback").rglob("*.html")).read_text(encoding="utf-8")
    assert "descriptor 2" in page and page.count("Хорошо.") == 2  # once for each criterion
    (place / "Студент" / "hw.ipynb").write_bytes(
        handed_in(one="answer_1 = 1", essay="Something else.")
    )
    grade(place, out)
    assert totals(out) == {"Студент": 6}
    sheet = table(out / "marking.csv")
    assert [row["level"] for row in sheet] == ["2", "1,0"]
    assert "changed after it was marked" in sheet[0]["note"]
    for _ in range(2):  # until the marker says that it was seen
        report = (out / "report.html").read_text(encoding="utf-8")
        assert report.count("changed after it was marked") == 1
        grade(place, out)
    for row in (rows := table(out / "marking.csv")):
        row["note"] = ""
    sheets.write(out / "marking.csv", list(rows[0]), rows)
    grade(place, out)
    assert "changed after" not in (out / "report.html").read_text(encoding="utf-8")
    assert "changed after" not in (out / "marking.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("one_warm_process")
@pytest.mark.parametrize("question", ["1.11", "01.ноя", "01.11.2026", "Q77.4"])
def test_marks_survive_what_a_russian_excel_does_to_names_and_numbers(question, tmp_path):
    """Its CSV has no Kazakh letters, and it takes 01.11 for the first of November."""
    place = folder_of(tmp_path, **{"Әлия Қасым": handed_in(), "Өлия Ғасым": handed_in(essay="No.")})
    out = tmp_path / "results"
    grade(place, out, "--semicolons")
    for name in ("marking.csv", "scores.csv", "gradebook.csv"):
        assert ";" in (out / name).read_text(encoding="utf-8-sig").partition("\n")[0]
    rows = table(out / "marking.csv")
    for row in rows:
        row |= {"level": "2" if row["student"].startswith("Ә") else "0", "question": question}
    with open(out / "marking.csv", "w", encoding="cp1251", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    grade(place, out)
    assert totals(out) == {"Әлия Қасым": 11, "Өлия Ғасым": 7}
    sheet = table(out / "marking.csv")
    assert {row["student"] for row in sheet} == {"Әлия Қасым", "Өлия Ғасым"} and len(sheet) == 4
    assert {row["note"] for row in sheet} == {""}
    # A sheet saved with semicolons stays so; the others are as asked for.
    assert ";" in (out / "marking.csv").read_text(encoding="utf-8-sig").partition("\n")[0]


@pytest.mark.usefixtures("one_warm_process")
def test_an_endless_essay_fits_in_the_cell_of_a_spreadsheet(tmp_path):
    out = tmp_path / "results"
    grade(folder_of(tmp_path, ann=handed_in(essay="word " * 10_000)), out)
    assert len(table(out / "marking.csv")[0]["answer"]) < 32_767
    assert "word " * 9_000 in next((out / "feedback").rglob("*.html")).read_text(encoding="utf-8")


@pytest.mark.usefixtures("one_warm_process")
def test_a_mark_is_kept_though_its_submission_is_gone(tmp_path):
    place = folder_of(tmp_path, ann=handed_in(), bob=handed_in())
    out = tmp_path / "results"
    grade(place, out)
    fill(out / "marking.csv", ["2", "2", "1", "1"])
    (place / "ann" / "hw.ipynb").unlink()
    grade(place, out)
    kept = [row for row in table(out / "marking.csv") if row["student"] == "ann"]
    assert [row["level"] for row in kept] == ["2", "2"] and "mark is kept" in kept[0]["note"]
    (place / "ann" / "hw.ipynb").write_bytes(handed_in())
    grade(place, out)
    assert totals(out) == {"ann": 11, "bob": 9}


@pytest.mark.usefixtures("one_warm_process")
def test_a_page_says_that_its_marks_are_of_an_earlier_text(tmp_path):
    place, out = folder_of(tmp_path, ann=handed_in(), bob=handed_in()), tmp_path / "results"
    grade(place, out)
    fill(out / "marking.csv", ["2", "2", "1", "1"])
    (place / "ann" / "hw.ipynb").write_bytes(handed_in(essay="All of it is new."))
    grade(place, out)
    pages = {path.parent.name: path.read_text("utf-8") for path in out.glob("feedback/*/*.html")}
    assert "given for an earlier text of yours" in pages["ann"]
    assert "given for an earlier text" not in pages["bob"]


@pytest.mark.usefixtures("one_warm_process")
def test_a_half_marked_answer_and_a_wrong_level_are_not_counted(tmp_path):
    place = folder_of(tmp_path, ann=handed_in())
    out = tmp_path / "results"
    grade(place, out)
    fill(out / "marking.csv", ["9", ""])
    grade(place, out)
    assert totals(out) == {"ann": 7}
    assert "is not one of the levels 0 to 2" in (out / "report.html").read_text()
    assert table(out / "marking.csv")[0]["level"] == "9"  # what a person typed stays


@pytest.mark.usefixtures("one_warm_process")
def test_a_sheet_that_cannot_be_read_is_left_alone(tmp_path):
    place = folder_of(tmp_path, ann=handed_in())
    out = tmp_path / "results"
    grade(place, out)
    (out / "marking.csv").write_text("name,mark\nann,5\n")
    with pytest.raises(CourseError, match="no column 'student'"):
        grade(place, out)
    assert (out / "marking.csv").read_text() == "name,mark\nann,5\n"


@given(st.text(max_size=30))
def test_no_cell_of_a_sheet_is_a_formula_and_each_reads_back(words):
    words = words.replace("\x00", "").encode("utf-8", "replace").decode()
    assert not sheets.safe(words).startswith(sheets.FORMULA)
    assert sheets.plain_text(sheets.safe(words)) == words or words.startswith("'")


@pytest.mark.usefixtures("one_warm_process")
def test_names_and_answers_cannot_run_in_a_spreadsheet(tmp_path):
    place = folder_of(tmp_path, **{"=cmd()": handed_in(essay="=HYPERLINK('x')")})
    out = tmp_path / "results"
    grade(place, out)
    for name in ("scores.csv", "gradebook.csv", "marking.csv"):
        assert not any(
            value.startswith(sheets.FORMULA) for row in table(out / name) for value in row.values()
        )
    fill(out / "marking.csv", ["2", "2"])
    grade(place, out)
    assert list(totals(out).values()) == [11]


# --- the page -------------------------------------------------------------------------------


@pytest.mark.usefixtures("one_warm_process")
def test_the_feedback_page_shows_the_work_beside_its_question_and_runs_nothing(tmp_path):
    nasty = "Look <script>alert(1)</script> [x](javascript:alert(1)) ![p](http://example.org/x.png)\n\n# Big"
    out = tmp_path / "results"
    picture = {
        "output_type": "display_data",
        "data": {"image/png": "iVBORw0KGgo=\n", "text/html": "<script>"},
    }
    made = [
        cell | {"outputs": [picture]} if cell["source"] == ONE else cell
        for cell in cells(essay=nasty)
    ]
    grade(folder_of(tmp_path, ann=handed_in(made)), out)
    page = next((out / "feedback").rglob("*.html")).read_text(encoding="utf-8")
    assert "<script" not in page and 'href="javascript' not in page and 'src="http' not in page
    assert "data:image/png;base64,iVBORw0KGgo=" in page and 'alt="Picture 1' in page
    first = page.index('id="q1"'), page.index("answer_1 = scores.mean()"), page.index('id="q2"')
    assert first == tuple(sorted(first))
    assert page.count("<h1") == 1 and 'lang="en"' in page


@pytest.mark.usefixtures("one_warm_process")
def test_the_pages_pass_an_accessibility_check(tmp_path, browser):
    from axe_playwright_python.sync_playwright import Axe

    out = tmp_path / "results"
    long = handed_in(one=ONE + "\n" + "\n".join(f"x{n} = {n}" for n in range(80)))
    grade(folder_of(tmp_path, ann=long, bob=b"{"), out)
    fill(out / "marking.csv", ["2", "2"])
    grade(folder_of(tmp_path / "again", ann=long, bob=b"{"), out)
    for path in [*(out / "feedback").rglob("*.html"), out / "report.html"]:
        page = browser.new_page()
        page.goto(path.as_uri())
        assert page.title()
        # The page's own policy forbids scripts; the checker needs one, so it gets a copy without.
        page.set_content(
            path.read_text(encoding="utf-8")
            .replace("default-src 'none'", "default-src *")
            .replace("style-src", "script-src 'unsafe-inline' 'unsafe-eval'; style-src")
        )
        found = Axe().run(page).response["violations"]
        assert found == [], [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        page.close()


# --- scale ----------------------------------------------------------------------------------


def held_while_marking(count, tmp_path, monkeypatch):
    """Return the peak memory of Python objects while marking and writing ``count`` submissions."""
    import tracemalloc

    place = tmp_path / f"class{count}"
    place.mkdir()
    for number in range(count):
        (place / f"s{number}.ipynb").write_bytes(handed_in() + b" " * 20_000)
    score = {
        "question": "77.1",
        "points": 2,
        "out_of": 2,
        "status": "right",
        "message": "Yes.",
        "cell": 3,
    }
    shown = [cell.__dict__ for cell in notebook.read(handed_in())]
    monkeypatch.setattr(
        judge,
        "work",
        lambda job, course, seconds=0: {
            "student": job.student,
            "number": "",
            "file": job.file,
            "folder": job.folder,
            "lesson": "77",
            "problem": "",
            "scores": [score],
            "open": {},
            "cells": shown,
            "remarks": [],
        },
    )
    tracemalloc.start()
    grade(place, tmp_path / f"results{count}", "--jobs", 2)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(table(tmp_path / f"results{count}" / "gradebook.csv")) == count
    return peak


def test_memory_stays_flat(tmp_path, monkeypatch):
    """What is held for one more submission is a few words of it, not its notebook or its page."""
    (tmp_path / "exercises").mkdir(exist_ok=True)
    held_while_marking(5, tmp_path, monkeypatch)  # what is imported on the way
    few, many = (held_while_marking(count, tmp_path, monkeypatch) for count in (50, 550))
    assert (many - few) / 500 < 4_000  # bytes; the notebook alone has 22,000


def test_a_cluster_gives_the_same_marks_and_loses_none_with_a_worker(tmp_path, monkeypatch):
    from dask.distributed import Client, LocalCluster

    place = folder_of(tmp_path, **{f"s{number:02}": handed_in() for number in range(24)})
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "tests")]))
    out, killed, save = tmp_path / "results", [], State.save
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            victim = random.choice(list(client.run(os.getpid).values()))

        def save_and_lose_a_worker(state, key, stored):
            save(state, key, stored)
            if len(list(state.folder.glob("*.json"))) == 6:
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)

        monkeypatch.setattr(State, "save", save_and_lose_a_worker)
        assert grade(place, out, "--dask", cluster.scheduler_address) == 0
    assert killed
    assert totals(out) == {f"s{number:02}": 7 for number in range(24)}


def test_marks_read_from_a_missing_sheet_are_none(tmp_path):
    marks = Marks(tmp_path / "marking.csv")
    assert marks.under("ann", "", "", EXERCISE.open[0], "")["points"] is None


def test_a_second_batch_of_one_process_has_sandboxes_of_its_own(tmp_path):
    place = folder_of(tmp_path, ann=handed_in(cells(one="answer = 65")))
    for number in ("first", "second"):
        grade(place, tmp_path / number, "--jobs", "1")
    assert totals(tmp_path / "second") == totals(tmp_path / "first") != {"ann": 0}
