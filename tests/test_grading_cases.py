"""Every case of a class as it was handed in and attacked, with the mark or the place that is fair.

The inputs are made here, a few lines each. What is about whose work it is comes first, then what
was written and not seen, then what is large or hostile; each line says what is fair.
"""

import html
import io
import re
import tarfile
import zipfile
from pathlib import Path

import pytest
from grading_class import COMMON, EXERCISE, TASKS, cells, code, handed_in, text
from grading_fake import InThisProcess

from softpower import feedback, policy
from softpower.errors import CourseError
from softpower.feedback import Question
from softpower.feedback.answers import Listing
from softpower.grading import judge, pages
from softpower.grading.assignment import Exercise
from softpower.grading.discover import Found, discover
from softpower.grading.judge import Job
from softpower.grading.sandbox import Limits, Sandbox, best_mode

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
