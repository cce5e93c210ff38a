"""The record of learning: what was tried, what to look at again, and no old answer judged."""

import json
import re
from html import unescape
from urllib.parse import unquote

import nbformat
import pytest
from conftest import EXERCISE_OF
from nbclient import NotebookClient

from softpower import feedback
from softpower.feedback import OpenQuestion, progress, record, stale

BANK = feedback.bank()
ASKED = next(q for q in BANK.values() if q.lesson == "01" and hasattr(q.right, "letter"))
RIGHT = ASKED.right.letter
WRONG, ALSO_WRONG = [letter for letter in "abc" if letter != RIGHT][:2]
CHECK = f'feedback.check("{ASKED.id}")'
NOTHING = {"checks": {}, "words": {}, "last": ""}


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))


def run(*sources):
    """Run cells in a notebook's kernel; returns what each showed, an error as its name."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    NotebookClient(notebook, timeout=60, allow_errors=True).execute()
    return [
        " ".join(o.get("ename", "") or o.get("data", {}).get("text/plain", "") for o in c.outputs)
        for c in notebook.cells
    ]


def test_each_try_leaves_a_trace_and_the_best_one_counts():
    run(
        "from softpower import feedback",
        CHECK,
        f'{ASKED.variable} = "{WRONG}"',
        CHECK,
        f'{ASKED.variable} = "{RIGHT}"',
        CHECK,
        f'{ASKED.variable} = "{ALSO_WRONG}"',
        CHECK,
        'feedback.check("00.a", "Japan")',
    )
    kept = record.read()["checks"]
    assert set(kept) == {ASKED.id}  # what was not answered, or not in the notebook, leaves none
    assert (kept[ASKED.id]["tries"], kept[ASKED.id]["first"], kept[ASKED.id]["best"]) == (
        3,
        "wrong",
        1,
    )


def test_an_answer_that_cannot_be_read_is_no_try():
    shown = run(
        "from softpower import feedback",
        f'{ASKED.variable} = "the first one"',
        CHECK,
        f"{ASKED.variable} = ['a', 'b']",
        CHECK,
        f"{ASKED.variable} = None",
        CHECK,
    )
    assert shown[2].startswith("Not judged yet.") and shown[4].startswith("Not judged yet.")
    assert record.read()["checks"] == {}
    run("from softpower import feedback", f'{ASKED.variable} = "{WRONG}"', CHECK)
    assert record.read()["checks"][ASKED.id]["tries"] == 1


@pytest.mark.parametrize(
    ("wrong", "error", "advice"),
    [
        ("{} = c", "NameError", "quotation marks"),
        ("{} = “c”", "SyntaxError", "“ ”"),
        ('{} = "c', "SyntaxError", "quotation mark"),
        ("{} = 1 / 0", "ZeroDivisionError", "red text"),
    ],
)
def test_an_answer_that_failed_is_never_judged_in_its_old_form(wrong, error, advice):
    shown = run(
        "from softpower import feedback",
        f'{ASKED.variable} = "{WRONG}"',
        CHECK,
        wrong.format(ASKED.variable),
        "1 + 1",
        CHECK,
        f'{ASKED.variable} = "{RIGHT}"',
        CHECK,
    )
    assert shown[2].startswith("Not right yet.") and shown[3].startswith(error)
    assert (
        shown[5].startswith(f"Not yet. The cell that sets {ASKED.variable} stopped")
        and advice in shown[5]
    )
    assert shown[7].startswith("Right.")
    assert record.read()["checks"][ASKED.id]["tries"] == 2


def test_what_python_takes_otherwise_without_an_error_is_not_judged():
    name, other = ASKED.variable, WRONG
    shown = run(
        "from softpower import feedback",
        f'{name} = "{RIGHT}" or "{other}"',
        CHECK,
        f'{name} = "{RIGHT}"',
        f'{name} == "{other}"',
        CHECK,
        f"{name} = input",
        CHECK,
        f'{name} = "{RIGHT}"',
        CHECK,
    )
    assert shown[2].startswith("Not yet.") and 'both sides of "or"' in shown[2]
    assert shown[5].startswith("Not yet.") and f"write {name} = …" in shown[5]
    assert shown[7].startswith("Not judged yet.") and '"input", and not input' in shown[7]
    assert shown[9].startswith("Right.")


def reports(*sources):
    """Run cells in a notebook's kernel; returns what each printed in red, without colours."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    NotebookClient(notebook, timeout=60, allow_errors=True).execute()
    red = [[o for o in cell.outputs if o.output_type == "error"] for cell in notebook.cells]
    lines = ["\n".join(errors[0].traceback) if errors else "" for errors in red]
    return [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines]


def test_an_error_says_first_what_to_do():
    _, bare, marks, other, gone, code = reports(
        "from softpower import feedback",
        "answer_1 = tea",
        "answer_1 = “tea”",
        "answer_1 = 1 / 0",
        "labs.IndexLab()",
        "[1, 2][5]",
    )
    assert bare.startswith('Words and letters need quotation marks: "tea", and not tea.')
    assert bare.endswith("\n\nNameError: name 'tea' is not defined")  # no number, no arrow
    assert marks.startswith("Python cannot read this cell yet.") and "^" in marks
    assert "Cell In" not in marks and "answer_1 = “tea”" in marks
    assert other.startswith("This cell stopped;") and other.endswith("division by zero")
    assert gone.startswith("The name labs is not known yet.") and "Run All Above" in gone
    assert "Traceback" in gone and code.startswith("-----")  # code keeps its whole report


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("answer_1 = 3", {"answer_1"}),
        ("def share(a, b):\n    part = a / b\n    return part", {"share", "part"}),
        ("x == 3", set()),
        ("answer_2: float = 1", {"answer_2"}),
        ("data.load('x')", set()),
    ],
)
def test_the_names_that_a_cell_sets(source, names):
    assert stale.names_set(source) == names


def test_what_a_broken_record_holds_stops_nothing(tmp_path):
    for content in ('{"checks": {"03.1": 5}, "words": []}', "[]", '{"checks": 1, "last": 3}', ""):
        (tmp_path / "record.json").write_text(content)
        assert progress.exercise(BANK, record.read(), "03").text
        assert progress.course(BANK, record.read()).text
        assert record.checked("03.1", "wrong", 0.0)
        assert json.loads((tmp_path / "record.json").read_text())["checks"]["03.1"]["tries"] >= 1


@pytest.mark.parametrize("lesson", sorted(EXERCISE_OF))
def test_an_exercise_ends_with_its_points_and_what_to_look_at_again(lesson, monkeypatch):
    monkeypatch.chdir(EXERCISE_OF[lesson].parent)
    mine = [q for q in BANK.values() if q.lesson == lesson and q.points]
    checked = [q for q in mine if not isinstance(q, OpenQuestion) and not q.optional]
    points = f"0 of {sum(q.points for q in checked)} points"
    page = progress.exercise(BANK, NOTHING, lesson)
    assert points in page.text and "<li>" not in page.html
    numbers = progress.spans([int(q.id.partition(".")[2]) for q in checked])
    assert f"Not answered yet: questions {numbers}." in page.text
    wrong = {q.id: {"tries": 1, "first": "wrong", "best": 0.0} for q in checked}
    page = progress.exercise(BANK, NOTHING | {"checks": wrong}, lesson)
    assert points in page.text and "Not answered yet" not in page.text
    assert page.html.count("<li>") == len(checked)
    for link in re.findall(r'href="([^"]+)"', unescape(page.html)):
        file, _, anchor = link.partition("#")
        heading = unquote(anchor).replace("-", " ")
        prose = "\n".join(c.source for c in nbformat.read(file, as_version=4).cells)
        headings = [h.replace("-", " ") for h in re.findall(r"^##+ (.+)$", prose, re.MULTILINE)]
        assert heading in headings
    done = {q.id: {"tries": 1, "first": "right", "best": 1.0} for q in checked}
    page = progress.exercise(BANK, NOTHING | {"checks": done}, lesson)
    assert "Every question that checks itself is right." in page.text and "<li>" not in page.html


def test_the_course_shows_what_is_begun_and_names_what_waits():
    page = progress.course(BANK, NOTHING)
    assert page.text.startswith("Nothing is recorded yet.") and "<table>" not in page.html
    kept = NOTHING | {
        "checks": {"00.a": {"tries": 1, "first": "right", "best": 1.0}},
        "words": {"01.start": [{"text": "Liked."}], "02.start": [{"text": ""}]},
    }
    page = progress.course(BANK, kept)
    lessons = [line.split(":")[0] for line in page.text.splitlines() if line.startswith("Lesson")]
    assert lessons == ["Lesson 00", "Lesson 01"]
    assert (
        "1 of 4 right" in page.text
        and "Lesson 01: no check tried yet; exercise: not begun" in page.text
    )
    assert "Places where you have written: 1." in page.text
    assert "Not begun yet: lessons 02 to 10." in page.text
    assert page.html.count("<tr>") == 1 + 2 and " 0 of" not in page.text


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([3], "3"),
        ([3, 4], "3 and 4"),
        ([1, 2, 3], "1 to 3"),
        ([9, 1, 3, 4, 5], "1, 3 to 5 and 9"),
        ([1, 2, 7], "1, 2 and 7"),
    ],
)
def test_numbers_in_words(numbers, said):
    assert progress.spans(numbers) == said


def test_part_of_the_points_and_words_are_counted():
    kept = {
        "checks": {"01.1": {"tries": 2, "first": "wrong", "best": 0.5}},
        "words": {"01.11": [{"text": "One."}, {"text": "Soft power is attraction."}]},
    }
    page = progress.exercise(BANK, NOTHING | kept, "01")
    assert f"{BANK['01.1'].points / 2:g} of" in page.text
    assert "4 words so far" in page.text and "Question 1, partly right" in page.text


def test_first_and_last_words_stand_side_by_side_and_are_never_html():
    kept = NOTHING | {"words": {"01.start": [{"text": "<b>Liked</b>"}]}}
    page = progress.side_by_side("01.start", "10.end", kept)
    assert "&lt;b&gt;Liked" in page.html and "Nothing is kept here yet" in page.html


@pytest.mark.parametrize(
    ("session", "last"),
    [
        ("/somewhere/course/notebooks/03_a.ipynb", "notebooks/03_a.ipynb"),
        ("my_work/03_a/exercise_03_a.ipynb", "my_work/03_a/exercise_03_a.ipynb"),
        ("/elsewhere/x.ipynb", ""),
    ],
)
def test_the_record_knows_where_one_stopped(session, last, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", session)
    record.checked("00.a", "right", 1.0)
    assert record.read()["last"] == last
