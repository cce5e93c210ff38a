"""A lecturer with only the guide and a zip from Moodle gets a gradebook."""

import csv
import json
import re
import shlex
import zipfile
from argparse import ArgumentParser
from pathlib import Path

import pytest

from softpower.cli import main
from softpower.commands import release
from softpower.errors import CourseError
from softpower.grading import command
from softpower.grading.housing import NO_SANDBOX, best_mode

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "lecturer_guide.md").read_text("utf-8")
SOLUTION = next((ROOT / "solutions").glob("01_*/*.ipynb"))


def trusted():
    """The option for a machine without a sandbox: these submissions are our own."""
    try:
        best_mode()
    except CourseError:
        return ["--trust-submissions"]
    return []


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What the guide's own line makes of a zip as Moodle names things."""
    home = tmp_path_factory.mktemp("lecturer")
    with zipfile.ZipFile(home / "submissions.zip", "w") as archive:
        for number, name in enumerate(["Әлия Серік", "Bob Smith", "Ольга Ким"]):
            archive.write(
                SOLUTION, f"{name}_{41 + number}_assignsubmission_file_/hw ({number}).ipynb"
            )
    # The first line is the whole of it; a later one adds lists and dates.
    line = re.findall(r"^python3 start\.py (grade .*)$", GUIDE, re.MULTILINE)[0]
    typed = shlex.split(line.replace("~/Downloads/submissions.zip", str(home / "submissions.zip")))
    typed = [str(home / word) if word == "results" else word for word in typed]
    assert main(typed + trusted()) == 0
    return home / "results"


def test_the_guides_line_gives_a_gradebook(results):
    with open(results / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["student"] for row in rows] == ["Bob Smith", "Әлия Серік", "Ольга Ким"]
    assert len({row["total"] for row in rows}) == 1 and float(rows[0]["total"]) > 0


def test_worked_solutions_get_every_point_and_untouched_exercises_none(tmp_path):
    for student, source in (("solver", "solutions"), ("sleeper", "exercises")):
        for path in (ROOT / source).glob("*/*.ipynb"):
            target = tmp_path / "in" / student / path.parent.name / path.name
            target.parent.mkdir(parents=True)
            target.write_bytes(path.read_bytes())
    typed = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    assert main(typed + trusted()) == 0
    with open(tmp_path / "out" / "scores.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        expected = {"right", "to mark"} if row["student"] == "solver" else {"not yet"}
        assert row["status"] in expected, row
    assert {row["assignment"] for row in rows} == {p.name for p in (ROOT / "exercises").iterdir()}


def test_whoever_hands_in_another_exercise_is_written_to(tmp_path):
    names = [f"Student {letter}" for letter in "ABCDEF"]
    for name in names:
        lesson = "02" if name == names[0] else "01"
        (source,) = (ROOT / "exercises").glob(f"{lesson}_*/*.ipynb")
        (tmp_path / "in" / name).mkdir(parents=True)
        made = json.loads(source.read_bytes())
        if name == names[0]:
            words = "I wrote these words of mine for the other exercise, by mistake."
            made["cells"].append(made["cells"][0] | {"source": words, "id": "mine"})
        (tmp_path / "in" / name / "hw.ipynb").write_text(json.dumps(made), "utf-8")
    (tmp_path / "list.csv").write_text("Full name\n" + "\n".join(names) + "\nNobody\n", "utf-8")
    out = tmp_path / "out"
    typed = [
        "grade",
        str(tmp_path / "in"),
        "--out",
        str(out),
        "--class",
        str(tmp_path / "list.csv"),
    ]
    assert main(typed + trusted()) == 0
    text = (out / "report.html").read_text("utf-8")
    write, missing, _ = (
        text.partition(f"<h2>{title}")[2].partition("</ul>")[0]
        for title in ("Write to these students", "Not handed in", "Look at")
    )
    assert "Student A, hw.ipynb: handed in 02_" in write and "and not 01_" in write
    assert re.findall(r"<li>(.*?):", missing) == ["Nobody"]
    with open(out / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert (
        rows["Student A"]["total"] == rows["Student A"]["out_of"] == rows["Nobody"]["total"] == ""
    )
    assert rows["Student B"]["total"] == "0" and float(rows["Student B"]["out_of"]) > 0
    (page,) = (out / "feedback" / "Student A").glob("*.html")
    assert "The exercise that was collected is 01_" in page.read_text("utf-8")
    assert "to be marked" not in page.read_text("utf-8")  # nobody marks it
    assert not (out / "marking.csv").exists() and rows["Student A"]["to_mark"] == "0"
    assert words in page.read_text("utf-8")


def test_every_file_that_the_guide_names_is_there(results):
    table = GUIDE.partition("the folder `results` holds")[2].partition("Try it now")[0]
    named = re.findall(
        r"`([\w/.…]+)`", "".join(line.split("|")[1] for line in table.splitlines() if "|" in line)
    )
    assert len(named) >= 7
    for name in named:
        if name != "for_canvas.csv":  # this zip is Moodle's
            assert list(results.glob(name.rstrip("/").replace("…", "*"))), name


def test_every_option_and_message_in_the_guide_is_real():
    parser = ArgumentParser()
    command.add_arguments(parser)
    release_parser = ArgumentParser()
    release.add_arguments(release_parser)
    actions = [*parser._actions, *release_parser._actions]
    known = {option for action in actions for option in action.option_strings}
    assert set(re.findall(r"`(--[\w-]+)", GUIDE)) <= known
    for message in re.findall(r"^\| \*(.*?)\* \|", GUIDE, re.MULTILINE):
        start = message.partition("(")[0].strip()
        source = (ROOT / "softpower" / "grading" / "housing.py").read_text("utf-8")
        assert start in NO_SANDBOX or start in source, message


def test_every_status_in_the_guide_is_one_that_is_given():
    from softpower.grading.pages import WORDS

    table = GUIDE.partition("| status |")[2].partition("\n\n")[0]
    named = {
        word.strip() for line in table.splitlines()[2:] for word in line.split("|")[1].split(",")
    }
    assert named == set(WORDS)
