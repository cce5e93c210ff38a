"""Every case of a class as it was handed in and attacked, with the mark or the place that is fair.

The inputs are made here, a few lines each. What is about whose work it is comes first, then what
was written and not seen, then what is large or hostile; each line says what is fair.
"""

import contextlib
import csv
import html
import io
import json
import math
import re
import socket
import tarfile
import threading
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from grading_class import COMMON, EXERCISE, TASKS, cells, code, handed_in, text
from grading_fake import InThisProcess

from softpower import feedback, policy
from softpower.errors import CourseError
from softpower.feedback import Question
from softpower.feedback.answers import Listing
from softpower.grading import command, judge, pages, sheets
from softpower.grading.assignment import Exercise
from softpower.grading.discover import Found, discover
from softpower.grading.hearing import Hearing, Outcome
from softpower.grading.housing import best_mode
from softpower.grading.judge import Job
from softpower.grading.marking import Marks
from softpower.grading.sandbox import Limits, Sandbox
from softpower.grading.state import State

GOOD = handed_in()


def zipped(files, date=(2026, 9, 15, 10, 0, 0)):
    """Return a zip: ``files`` are names, or (name, bytes)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for one in files:
            name, content = one if isinstance(one, tuple) else (one, GOOD)
            entry = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, date)
            archive.writestr(entry, content)
    return made.getvalue()


def tarred(files, how="w:gz"):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=how, format=tarfile.GNU_FORMAT) as archive:
        for one in files:
            name, content = one if isinstance(one, tuple) else (one, GOOD)
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


def folder(place, files):
    for one in files:
        name, content = one if isinstance(one, tuple) else (one, GOOD)
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return place


def people(place):
    """Return who handed in what: sorted (student, number) of each notebook, and what was found."""
    found = Found()
    handed = list(discover(Path(place), found))
    assert len({one.key for one in handed}) == len(handed)
    assert all(one.read() for one in handed)
    return sorted((one.student, one.number) for one in handed), found


def names(place):
    return [student for student, _ in people(place)[0]]


# --- whose work it is -----------------------------------------------------------------------

ANN, BOB = "Ann Lee", "Bob Kim"
LAYOUTS = {
    "a folder for each study group": (
        ["Group 301/Ann Lee/hw.ipynb", "Group 301/Bob Kim/hw.ipynb", "Group 302/Cat/hw.ipynb"],
        [(ANN, ""), (BOB, ""), ("Cat", "")],
    ),
    "a folder named like an exercise, my_work in it": (
        ["01_ann/my_work/01_x/hw.ipynb", "02_bob/my_work/01_x/hw.ipynb"],
        [("01_ann", ""), ("02_bob", "")],
    ),
    "a date in the file's name, folders by name": (
        ["Ann Lee/hw_1_20250915_final.ipynb", "Bob Kim/hw_1_20250915_final.ipynb"],
        [(ANN, ""), (BOB, "")],
    ),
    "a date and a name in loose files": (
        ["hw_1_20231201_Ахметов.ipynb", "hw_1_20231201_Ким.ipynb", "hw_1_20231202_Цой.ipynb"],
        [
            ("hw_1_20231201_Ахметов", ""),
            ("hw_1_20231201_Ким", ""),
            ("hw_1_20231202_Цой", ""),
        ],
    ),
    "a student's number in loose files": (
        ["hw_1_54321_Ахметов.ipynb", "hw_1_54322_Ким.ipynb"],
        [("hw_1_54321_Ахметов", ""), ("hw_1_54322_Ким", "")],
    ),
    "nbgrader's folder, a number in the file's name": (
        ["submitted/ann/01_what/hw_1_54321_x.ipynb", "submitted/bob/01_what/hw_1_54322_x.ipynb"],
        [("ann", ""), ("bob", "")],
    ),
    "a folder with somebody else's platform name in it": (
        ["Ann Lee/Bob Kim_4712_assignsubmission_file_/hw.ipynb", "Bob Kim/hw.ipynb"],
        [(ANN, ""), (BOB, "")],
    ),
    "sections of Moodle": (
        [
            "A/Ann Lee_4711_assignsubmission_file_/hw.ipynb",
            "A/Bob Kim_4712_assignsubmission_file_/hw.ipynb",
            "B/Cat_4713_assignsubmission_file_/hw.ipynb",
        ],
        [(ANN, "4711"), (BOB, "4712"), ("Cat", "4713")],
    ),
    "Canvas": (
        ["leeann_4711_900107_hw.ipynb", "kimbob_LATE_4712_900114_hw-1.ipynb"],
        [("leeann", "4711"), ("kimbob", "4712")],
    ),
    "Canvas, groups with a line below": (
        ["team_red_4711_900107_hw.ipynb", "team_blue_4712_900114_hw.ipynb"],
        [("team_red", "4711"), ("team_blue", "4712")],
    ),
    "Canvas, names hidden": (
        ["anon_Ab3xY_900107_hw.ipynb", "LATE_anon_zQ9kk_900108_hw.ipynb"],
        [("anon_Ab3xY", ""), ("anon_zQ9kk", "")],
    ),
    "Blackboard": (
        [
            "Week 1_annlee_attempt_2026-09-15-10-22-33_hw.ipynb",
            ("Week 1_annlee_attempt_2026-09-15-10-22-33.txt", b"Name: Ann"),
            "Week 1_bobkim_attempt_2026-09-15-11-22-33_my hw.ipynb",
        ],
        [("annlee", ""), ("bobkim", "")],
    ),
    "Brightspace": (
        [
            "397063-2557369 - Ann Lee - Sep 24, 2026 926 PM/hw.ipynb",
            "397063-2557369 - Bob Kim - Sep 24, 2026 1011 AM/hw.ipynb",
            ("index.html", b"<html>"),
        ],
        [(ANN, ""), (BOB, "")],
    ),
    "Brightspace, flat": (
        [
            "397063-2557369 - Ann Lee - 24 September, 2026 926 PM - hw.ipynb",
            "397063-2557369 - Bob Kim - 24 September, 2026 926 PM - hw - 2.ipynb",
        ],
        [(ANN, ""), (BOB, "")],
    ),
    "one name, composed and decomposed": (
        ["Андрей Й/hw.ipynb", "Андрей И\u0306/hw2.ipynb", "Bob Kim/hw.ipynb"],
        [("Андрей Й", ""), ("Андрей Й", ""), (BOB, "")],
    ),
    "names of ninety Chinese letters": (
        ["漢" * 80 + "/hw.ipynb", "字" * 80 + "/hw.ipynb"],
        [("漢" * 80, ""), ("字" * 80, "")],
    ),
}


@pytest.mark.parametrize("packed", ["folder", "zip", "tar.gz"])
@pytest.mark.parametrize(("files", "who"), LAYOUTS.values(), ids=LAYOUTS)
def test_whose_work_it_is(files, who, packed, tmp_path):
    place = tmp_path / f"class.{packed}"
    if packed == "folder":
        folder(place, files)
    else:
        place.write_bytes((zipped if packed == "zip" else tarred)(files))
    handed, found = people(place)
    assert handed == sorted(who)
    assert set(found.students) == set(who)
    assert not any(left.others for left in found.students.values())


def test_a_students_flat_zip_makes_no_students_of_its_folders(tmp_path):
    flat = zipped([("data/x.csv", b"x"), "notebooks/hw.ipynb", ("softpower/a.py", b"")])
    folder(tmp_path / "in", [("Ann Lee.zip", flat), ("Bob Kim.zip", zipped(["hw.ipynb"]))])
    assert names(tmp_path / "in") == [ANN, BOB]
    assert names(tmp_path / "in" / "Ann Lee.zip") == [ANN]


@pytest.mark.parametrize("make", [zipped, tarred])
def test_a_students_zip_does_not_speak_for_somebody_else(make, tmp_path):
    ending = "zip" if make is zipped else "tar.gz"
    forged = make(["Bob Kim/hw.ipynb", "Cat/hw.ipynb"])
    folder(tmp_path / "a", [(f"Ann Lee.{ending}", forged), "Bob Kim/hw.ipynb"])
    folder(tmp_path / "b", [(f"Ann Lee.{ending}", forged), ("Bob Kim.zip", zipped(["hw.ipynb"]))])
    folder(tmp_path / "c", [(f"Ann Lee/hw.{ending}", forged), "Bob Kim/hw.ipynb"])
    for place in "abc":
        assert names(tmp_path / place) == [ANN, ANN, BOB], place


def test_the_zips_of_two_sections_are_two_classes(tmp_path):
    sections = {
        "one.zip": zipped(["Ann Lee/hw.ipynb", "Bob Kim/hw.ipynb"]),
        "two.zip": zipped(["Cat/hw.ipynb", "Dan/hw.ipynb"]),
    }
    assert names(folder(tmp_path / "in", sections.items())) == [ANN, BOB, "Cat", "Dan"]


@pytest.mark.parametrize("page", ["cp866", "cp1251", "utf-8"])
@pytest.mark.parametrize("packed", ["folder", "zip", "tar"])
def test_names_in_the_bytes_of_a_russian_windows(packed, page, tmp_path):
    who = ["Анна Ким", "Олег Цой"]
    raw = [name.encode(page) for name in who]
    if packed == "zip":
        blanks = ["\x01" * len(one) for one in raw]
        content = zipped(f"{blank}{n}/hw.ipynb" for n, blank in enumerate(blanks))
        for number, (blank, one) in enumerate(zip(blanks, raw, strict=True)):
            content = content.replace(f"{blank}{number}/".encode(), one + b"%d/" % number)
        (tmp_path / "class.zip").write_bytes(content)
        assert names(tmp_path / "class.zip") == ["Анна Ким0", "Олег Цой1"]
        return
    kept = [one.decode("utf-8", "surrogateescape") for one in raw]
    if packed == "tar":
        content = tarred([f"class/{name}/hw.ipynb" for name in kept], "w")
        (tmp_path / "class.tar").write_bytes(content)
        assert names(tmp_path / "class.tar") == who
    else:
        assert names(folder(tmp_path / "in", [f"{name}/hw.ipynb" for name in kept])) == who


def test_names_in_a_zips_unicode_field(tmp_path):
    entries = []
    for name in ("Әлия Серік", "Олег Цой"):
        entry = zipfile.ZipInfo("x" * len(entries) + "????/hw.ipynb")
        content = b"\x01" + b"\0" * 4 + f"{name}/hw.ipynb".encode()
        entry.extra = b"\x75\x70" + len(content).to_bytes(2, "little") + content
        entries.append(entry)
    (tmp_path / "class.zip").write_bytes(zipped(entries))
    assert names(tmp_path / "class.zip") == ["Олег Цой", "Әлия Серік"]


@pytest.mark.parametrize("name", ["class.7z", "class.rar"])
def test_an_archive_that_cannot_be_read_here_is_told_in_one_sentence(name, tmp_path):
    (tmp_path / name).write_bytes(b"7z\xbc\xaf'\x1c")
    with pytest.raises(CourseError, match="Unpack it, and give the folder"):
        people(tmp_path / name)


def test_a_tar_brings_no_links_and_no_endless_file(tmp_path, monkeypatch):
    monkeypatch.setattr("softpower.grading.archives.MOST_BYTES", 3 * len(GOOD))
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in (("Ann Lee/a.ipynb", tarfile.SYMTYPE), ("Ann Lee/b.ipynb", b"0")):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            entry.size = len(GOOD) if kind == b"0" else 0
            archive.addfile(entry, io.BytesIO(GOOD))
        for number in range(9):
            entry = tarfile.TarInfo(f"Bob Kim/{number}.ipynb")
            entry.size = len(GOOD)
            archive.addfile(entry, io.BytesIO(GOOD))
    (tmp_path / "class.tar").write_bytes(made.getvalue())
    handed, found = people(tmp_path / "class.tar")
    assert handed == [(ANN, ""), (BOB, ""), (BOB, "")]
    assert any("more than" in remark for remark in found.remarks)


# --- people who are in no list --------------------------------------------------------------


@pytest.mark.parametrize("packed", ["folder", "zip"])
def test_whoever_left_no_notebook_is_listed_and_what_they_left_is_named(packed, tmp_path):
    files = [
        "Ann Lee/.ipynb_checkpoints/hw-checkpoint.ipynb",
        ("Bob Kim/.hw.ipynb.icloud", b"bplist"),
        "Cat/hw.ipynb",
        "Cat/.ipynb_checkpoints/hw-checkpoint.ipynb",
        ("__MACOSX/Cat/._hw.ipynb", b"x"),
        ("Dan/essay.docx", b"x"),
    ]
    place = tmp_path / "class.zip"
    if packed == "zip":
        place.write_bytes(zipped([*files, ("Eve/", b"")]))
    else:
        place = folder(tmp_path / "class", files)
        (place / "Eve").mkdir()
    handed, found = people(place)
    assert handed == [("Cat", "")]
    left = {name: (one.others, one.copies) for (name, _), one in found.students.items()}
    assert left == {
        ANN: ([], ["hw-checkpoint.ipynb"]),
        BOB: ([], [".hw.ipynb.icloud"]),
        "Cat": ([], []),
        "Dan": (["essay.docx"], []),
        "Eve": ([], []),
    }


# --- written and not seen -------------------------------------------------------------------

WORDS = "My own words on attraction, which nobody handed out."
BLANK = "*Write your answer here: click twice on this line, delete it, and type.*"
PLACE = code("%%write 77.4\n\n\n", "q4")
BEFORE = cells()[:-1]  # up to the task of the open question
TASK = TASKS[4]


def raw(source, grade_id=""):
    return text(source, grade_id) | {"cell_type": "raw"}


ESSAYS = {
    "below the placeholder": [text(f"{BLANK}\n\n{WORDS}", "q4")],
    "inside the placeholder": [text(f"*Write your answer here: {WORDS}*", "q4")],
    "turned into code": [code(WORDS, "q4")],
    "turned into raw": [raw(WORDS, "q4")],
    "a variable": [PLACE, code(f'answer_11 = """{WORDS}"""')],
    "a string": [PLACE, code(f"'''{WORDS}'''")],
    "own heading like a question's": [text(f"### Question 4, my answer\n\n{WORDS}", "q4")],
    "another's heading": [text(f"### Question of power: is it soft?\n\n{WORDS}", "q4")],
    "a heading apart": [text("## My essay"), text(WORDS)],
    "the last cell": [PLACE, code("x = 1"), text(WORDS)],
    "metadata lost": [text(WORDS)],
    "begins like the rubric": [text(f"The rubric asks for a definition. {WORDS}", "q4")],
    "a sum with a bracket": [code(f'essay = "{WORDS[:9]}" + ("{WORDS[9:20]}" + "{WORDS[20:]}")')],
    "a list": [code(f'essay = ["{WORDS}", "And a second line of it."]')],
    "a dictionary": [code(f'{{"first": "{WORDS}"}}')],
    "format": [code('"My own {} on attraction, which nobody handed out.".format("words")')],
    "join": [code(f'" ".join(["{WORDS}", "And more of them."])')],
    "a call": [code(f'display(Markdown("{WORDS}"))')],
    "an argument of the check": [code(f'feedback.check("77.4", "{WORDS}")')],
    "a function that returns it": [code(f'def essay():\n    return "{WORDS}"')],
    "comments": [code(f"# {WORDS}\n# {WORDS}\n# {WORDS}")],
    "comments that look like code": [
        code(f"# from Nye we import the word,\n# for power = attraction, he says.\n# {WORDS} x3")
    ],
    "comments beside code": [code(f"x = 1\n# {WORDS}\n# {WORDS}\n# {WORDS}")],
    "a string in comments": [code(f"# '''\n# {WORDS}\n# {WORDS}\n# {WORDS}\n# '''")],
    "code that looks like code": [
        code(f"Power = attraction, says Nye.\nimport culture and export films\n{WORDS}")
    ],
}
PARTLY = {"format": "on attraction, which nobody handed out."}


def marked(made, run=None, **known):
    """Return a submission's result and its page, run by ``run`` or in this process."""
    exercise = known.get("exercise", EXERCISE)
    course = judge.Course({exercise.lesson: exercise}, Limits(), "fake")
    content = made if isinstance(made, bytes) else handed_in(made)
    result = judge.grade(Job(ANN, "", "hw.ipynb", ANN, content), course, run or InThisProcess())
    page = pages.feedback(ANN, exercise, result["problem"], result["scores"], result["cells"], "")
    return result, html.unescape(page)


@pytest.mark.parametrize("name", ESSAYS)
def test_an_essay_reaches_the_marker_and_is_on_the_page(name):
    result, page = marked([*BEFORE, *ESSAYS[name]])
    wanted = PARTLY.get(name, WORDS)
    assert wanted in result["open"]["77.4"]
    (score,) = [one for one in result["scores"] if one["question"] == "77.4"]
    assert score["status"] == "to mark" and score["points"] is None
    assert wanted[10:] in re.sub(r"<[^>]+>", "", page) or name.startswith("a sum")
    assert "Write your answer here" not in result["open"]["77.4"]


@pytest.mark.parametrize("first", [0, 3], ids=["at the top", "under question 1"])
@pytest.mark.parametrize("name", [one for one in ESSAYS if one != "own heading like a question's"])
def test_an_essay_in_a_strange_place_comes_with_a_question_mark(name, first):
    moved = [cell for cell in ESSAYS[name] if cell is not PLACE]
    for cell in moved:
        cell["metadata"] = {}
    result, page = marked([*BEFORE[:first], *moved, *BEFORE[first:], PLACE])
    wanted = PARTLY.get(name, WORDS)
    assert wanted in result["open"]["77.4"]
    assert "perhaps meant for this question" in result["open"]["77.4"]
    assert sum("Please look where they belong" in one for one in result["remarks"]) == 1
    assert wanted[10:] in re.sub(r"<[^>]+>", "", page) or name.startswith("a sum")


def test_the_courses_own_worked_answers_are_named_and_honest_work_is_not():
    worked = code("### BEGIN SOLUTION\nanswer_1 = 5\n### END SOLUTION")
    assert any("worked answers" in one for one in marked([*BEFORE, worked])[0]["remarks"])
    assert not any("worked answers" in one for one in marked([*BEFORE])[0]["remarks"])


def test_words_in_the_tasks_own_cell_are_the_answer_and_on_the_page():
    for made in ([text(f"{TASK}\n\n{WORDS}"), PLACE], [text(f"{TASK}\n{WORDS}")]):
        result, page = marked([*BEFORE[:-1], *made])
        assert result["open"]["77.4"] == WORDS and WORDS in page
    # the words of another question's task cell are on the page too
    other = [
        text(f"{one['source']}\n\n{WORDS}") if one["source"] == TASKS[2] else one for one in BEFORE
    ]
    assert WORDS in marked([*other, PLACE])[1]


@pytest.mark.parametrize(
    "made",
    [
        [text(BLANK, "q4")],
        [text("### Question 4 · 4 points · 5 minutes"), text(TASK.partition("\n\n")[2]), PLACE],
        [text("### Question 4 · 9 points · 1 minute\n\nAn older task, in other words."), PLACE],
        [code("# check this again"), code("# x = 1\n# print(x)\n" * 30), PLACE],
        [code("scores.plot(color='red', title='Scores')"), PLACE],
        [code("answer_1 = = 65"), code("import pandas as\nx = pd.DataFrame("), PLACE],
        [],
    ],
    ids=["blank", "split", "older", "comments", "chart", "broken code", "nothing"],
)
def test_where_nothing_was_written_nothing_is_to_mark(made):
    result, _ = marked([*BEFORE, *made])
    assert result["open"]["77.4"] == "" and result["scores"][-1]["status"] == "not yet"
    assert result["scores"][-1]["points"] == 0


# --- code that the notebook's own check called right ---------------------------------------


@pytest.fixture(scope="session")
def warm():
    """One warm sandbox for all of these, where there is one; else these harmless ones run without."""
    limits = Limits(cell_seconds=2, total_seconds=60)
    try:
        mode = best_mode()
    except CourseError:
        mode = "trusted"
    with Sandbox(mode, limits) as sandbox:
        yield sandbox


SETUP = "import pandas as pd\nimport matplotlib.pyplot as plt\nfrom softpower import feedback"
ONE, TWO = "answer_1 = scores.mean()", "answer_2 = {'Japan': 70, 'Korea': 60}"
SCORES = "scores = pd.Series({'Japan': 70, 'Korea': 60, 'Britain': 65})"


def worked(one=f"{SCORES}\n{ONE}", two=TWO, after=(), setup=SETUP):
    made = cells(one=one, two=two, essay="")
    made[1] = code(setup)
    return [*made, *after]


def without_checks(made):
    return [cell for cell in made if "feedback.check" not in cell["source"]]


RIGHT_IN_ITS_NOTEBOOK = {
    "a name used again": worked(after=[code("share = share(1, 4)\nanswer_1 = 'gone'")]),
    "the same, checks deleted": without_checks(worked(after=[text("## My notes"), code("x = 1")])),
    "a name used again, checks deleted": without_checks(
        [*worked(), text("# The end"), code("answer_1 = 'gone'\nshare = 7")]
    ),
    "used up in a later cell": worked(after=[code("answer_2.clear()\ndel answer_1")]),
    "run from the bottom up": [
        code("answer_1 = mean_of_all"),
        code("mean_of_all = total / 3"),
        code("total = scores.sum()"),
        code(SCORES),
        *worked(one="x = 1"),
    ],
    "a lazy answer": worked(two="answer_2 = {'Japan': 70, 'Korea': 60}\nnames = map(str, [1])"),
    "an answer cell turned into text": [
        text(TWO) if cell["source"] == TWO else cell for cell in worked()
    ],
    "a first line for Colab": worked(
        setup="from google.colab import drive\ndrive.mount('/content/drive')\n" + SETUP
    ),
    "a module that is not here": worked(setup="import seaborn_of_mine as sns\n" + SETUP),
    "magics for Colab": worked(setup="!pip install softpower\n%cd /content\n" + SETUP),
}


@pytest.mark.parametrize("made", RIGHT_IN_ITS_NOTEBOOK.values(), ids=RIGHT_IN_ITS_NOTEBOOK)
def test_what_was_right_in_its_notebook_is_worth_its_points(made, warm):
    result, _ = marked(made, warm)
    assert [one["points"] for one in result["scores"][:3]] == [2, 2, 3], result


def test_a_module_that_is_not_here_and_text_that_was_code_are_told(warm):
    result, _ = marked(RIGHT_IN_ITS_NOTEBOOK["a module that is not here"], warm)
    assert any("seaborn_of_mine" in remark for remark in result["remarks"])
    result, _ = marked(RIGHT_IN_ITS_NOTEBOOK["an answer cell turned into text"], warm)
    assert any("is text, and was run" in remark for remark in result["remarks"])


LETTERS = Question(id="76.1", variable="chosen", right=Listing(("b", "d")), points=2, **COMMON)


@pytest.mark.parametrize("checked", [True, False])
@pytest.mark.parametrize(
    "lazy",
    ["filter(lambda one: one in 'bd', 'abcd')", "map(str.lower, ['B', 'D'])"],
)
def test_a_lazy_answer_is_looked_at_once(lazy, checked, warm):
    exercise = Exercise("76", "76_lazy", (LETTERS,), frozenset())
    made = [text("# Exercise 76"), code("from softpower import feedback"), code(f"chosen = {lazy}")]
    made += [code('feedback.check("76.1")')] if checked else []
    result, _ = marked(made, warm, exercise=exercise)
    assert result["scores"][0]["points"] == 2, result["scores"]


def test_the_published_plans_earn_nothing_with_one_letter_changed():
    question = feedback.bank()["10.11"]
    for name in ("steppe_voices", "after_the_games"):
        plan = policy.dumps(policy.example(name))
        for text_of_plan in (plan, plan.replace("The ", "A ", 1), plan.upper()):
            message = question.judge(text_of_plan)
            assert question.points_for(message) == 0, name


# --- large, slow and hostile ----------------------------------------------------------------

SEND = """
import gc, json, socket
def send(*frames):
    for thing in gc.get_objects():
        if isinstance(thing, socket.socket):
            for frame in frames:
                try: thing.sendall(json.dumps(frame).encode() + b"\\n")
                except OSError: pass
"""
MAP = "{'$': 'mapping', 'keys': ['objectives'], 'values': [rows]}"
HOSTILE = {
    "half a character in an error": ("raise ValueError('a\\udce0b')", 5),
    "half a character in a function's error": (
        "def share(part, whole):\n    raise ValueError('\\ud800')\nanswer_1 = 65",
        7,
    ),
    "half a character in an answer": ("answer_1 = 'a\\udce0'", 5),
    "an error text of 8 MB": ("raise ValueError('x' * 8_000_000)", 5),
    "a name of an error of 8 MB": ("raise type('E' * 8_000_000, (Exception,), {})('x')", 5),
    "700,000 forged remarks": (
        SEND + "send(*(['error', n, 'TimeLimit', 'x'] for n in range(100, 700_100)))",
        0,
    ),
    "forged steps without end": (
        SEND + "send(*(frame for n in range(10**6) for frame in "
        "(['start', f'cell {n % 20}'], ['unreadable', str(n), 'x'])))",
        0,
    ),
    "9,000 forged rows of a plan": (
        SEND + f"rows = [{{'id': 'o'}}] * 9000\nsend(['value', 'answer_1', {MAP}])\nanswer_1 = 65",
        7,
    ),
    "a forged list of nothing": (
        SEND
        + "send(['value', 'answer_1', [[]] * 300_000], ['checked', 'answer_1', [0] * 400_000])",
        5,
    ),
    "a forged text of 2 MB": (SEND + "send(['value', 'answer_1', 'x' * 2_000_000])", 5),
    "a forged frame without an end": (
        SEND.replace('+ b"\\n"', "") + "send('x' * 30_000_000)",
        0,
    ),
    "an endless number": ("answer_1 = 7 ** 2000", 5),
    "1.5 GB in files of memory": (
        "import os\nheld = []\nfor _ in range(15):\n    handle = os.memfd_create('m')\n"
        "    os.write(handle, b'x' * 10**8)\n    held.append(handle)\nanswer_1 = 65",
        5,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_leaves_the_sandbox_is_bounded_and_clean(name, warm):
    if warm.mode == "trusted":
        pytest.skip("no sandbox on this machine")
    source, least = HOSTILE[name]
    made = cells(one=source, two=TWO, essay="")
    made[1] = code(SETUP)
    tracemalloc.start()
    begun = time.process_time()
    result, page = marked(made, warm)
    seconds, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 120 and peak < 250e6, (seconds, peak)
    assert len(result["remarks"]) <= 41 and len(str(result)) < 100_000 and len(page) < 200_000
    json.dumps(result, ensure_ascii=False).encode("utf-8")
    assert sum(one["points"] or 0 for one in result["scores"]) >= least, result["scores"]
    if "forged" in name and least < 7:
        assert result["scores"][0]["points"] == 0


def test_steps_forged_one_by_one_do_not_outlast_the_time_of_the_notebook():
    ours, theirs = socket.socketpair()
    control, _open = socket.socketpair()

    def forge():
        with contextlib.suppress(OSError):
            for number in range(10**6):  # each new step has the patience of a cell of its own
                theirs.sendall(json.dumps(["start", f"cell {number % 2}"]).encode() + b"\n")
                time.sleep(0.01)

    known, until = {"cell 0", "cell 1"}, time.monotonic() + 1
    hearing = Hearing(ours, control, Outcome(), until, 100, known)
    writer = threading.Thread(target=forge)
    writer.start()
    assert hearing.listen() == "time" and hearing.step in known
    ours.close()
    writer.join(60)


LARGE = {
    "40,000 blank lines of code": code("x = 1" + "\n" * 40_000 + "y = 2"),
    "40,000 blank lines of text": text("a" + "\n" * 40_000 + "b"),
    "a heading of 240 KB": text("# " + "x " * 120_000),
    "a question's heading of 240 KB": text("### Question 4 " + "x" * 240_000),
    "100 KB of brackets": text("[a](" * 25_000),
    "half a link, again and again": text("<a " * 100_000),
    "2,000 lists in lists": text("\n".join("  " * n + "- a" for n in range(2000))),
    "a sum of 20,000": code("+".join(['"word word"'] * 20_000)),
    "20,000 lines that are no code": code("word = word (\n" * 20_000),
    "minus, minus": code("-" * 100_000 + "1"),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_takes_no_time_and_costs_nothing_else(name):
    begun = time.process_time()
    result, page = marked([*cells(), LARGE[name]])
    assert time.process_time() - begun < 60
    assert sum(one["points"] or 0 for one in result["scores"]) == 7
    assert len(page) < 3_000_000


@pytest.mark.parametrize(
    "content",
    [
        b'{"cells":[' + b"[]," * 10_000_000 + b"[]]}",
        b'{"cells":["' + b"a" * 20_000_000,
        b'{"source":' * 800_000,
        json.dumps({"cells": [code("# x")] * 50_000}).encode(),
    ],
    ids=["30 MB of nothing", "a text without an end", "braces", "50,000 cells"],
)
def test_a_file_that_would_fill_the_memory_is_refused_or_cut(content):
    tracemalloc.start()
    begun = time.process_time()
    result, _ = marked(content)
    seconds, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 150 and peak < 400e6, (seconds, peak)
    assert result["problem"]


def test_a_plan_with_4000_objectives_is_told_at_once():
    plan = policy.example("steppe_voices")
    plan["objectives"] = [plan["objectives"][0] | {"id": f"o{n}"} for n in range(4000)]
    begun = time.process_time()
    found = policy.check(plan)
    assert time.process_time() - begun < 30 and len(found) == 1
    assert "4,000 are too many: choose the 4" in str(found[0])


def test_four_notebooks_that_use_all_their_time_do_not_stop_a_class(tmp_path, monkeypatch):
    used = []

    def slow(job, course, seconds=math.inf):
        result = judge._empty(job, course)
        if seconds <= 0:
            return real(job, course, seconds)
        used.append(job.file)
        return result | {"lesson": "77", "seconds": 300}

    real = judge.work
    monkeypatch.setattr(judge, "work", slow)
    place = folder(tmp_path / "in", [f"{ANN}/{n}.ipynb" for n in range(4)] + [f"{BOB}/hw.ipynb"])
    course = judge.Course({"77": EXERCISE}, Limits(), "fake")
    state = State(tmp_path / "state")
    submissions = list(discover(place, Found()))
    command.mark_all(submissions, course, state, 1)
    assert len(used) == 3 and sum(BOB in file for file in used) == 1
    results = [state.load(one.key)["result"] for one in submissions]
    assert sum("was not run" in one["problem"] for one in results) == 2


def test_a_neighbour_that_hogs_the_processor_costs_nobody_a_mark(tmp_path, monkeypatch):
    tries = []

    def busy(job, course, seconds=math.inf):
        tries.append(job.student)
        waited = job.student == ANN and tries.count(ANN) == 1
        return judge._empty(job, course) | {"lesson": "77", "waited": waited}

    monkeypatch.setattr(judge, "work", busy)
    place = folder(tmp_path / "in", [f"{ANN}/hw.ipynb", f"{BOB}/hw.ipynb"])
    state, submissions = State(tmp_path / "state"), list(discover(place, Found()))
    command.mark_all(submissions, judge.Course({"77": EXERCISE}, Limits(), "fake"), state, 2)
    assert sorted(tries) == [ANN, ANN, BOB] and tries[-1] == ANN
    assert not any(state.load(one.key)["result"]["waited"] for one in submissions)


# --- marks that a person gave ---------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize(
    "words",
    ["=good", "'=good", "''=x", "' =x", "＝1", "-5", "see;=1+1", 'a";"=1', "a\n=1+1", "a,@b", "x"],
)
def test_a_comment_stays_as_it_was_typed_and_is_never_a_formula(words, delimiter, tmp_path):
    before = words
    for _ in range(4):
        sheets.write(tmp_path / "m.csv", ["a", "comment"], [{"comment": before}], delimiter)
        raw_text = (tmp_path / "m.csv").read_text("utf-8-sig")
        for other in ",;\t":  # also where it is read with the wrong delimiter
            parts = (
                part.lstrip('"') for line in raw_text.splitlines() for part in line.split(other)
            )
            assert not any(part.startswith(sheets.FORMULA) for part in parts), (other, raw_text)
        (row,) = sheets.read(tmp_path / "m.csv", ["comment"])[1]
        before = row["comment"].replace("\r\n", "\n")
        assert before == words


def test_a_sheet_saved_while_the_results_are_written_keeps_its_marks(tmp_path):
    path = tmp_path / "marking.csv"
    answers = [
        {"student": ANN, "number": "", "assignment": "x", "question": one, "answer": WORDS}
        for one in EXERCISE.open
    ]
    marks = Marks(path)
    marks.write(lambda: answers)
    marks.read()

    saved = []
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["level"], row["comment"] = "2", "good"

    def saves():
        yield from answers
        if not saved:
            saved.append(1)
            sheets.write(path, list(rows[0]), rows)

    marks.write(saves)
    again = Marks(path)
    assert saved and {row["level"] for row in again.rows.values()} == {"2"}
