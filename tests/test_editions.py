"""Each language in which the course stands, proved whole.

What ``test_translation.py`` shows of the pseudo-language is shown here of real ones, with what only
real words can show: that answers in them are read, and that no message gives one away.
"""

import contextlib
import json
import os
import re
import subprocess
import sys

import feedback_figures as figures
import pytest
from conftest import ROOT
from grading_fake import InThisProcess
from made_notebooks import answers, run_all

from softpower import feedback, texts
from softpower.cli import main
from softpower.commands import edition, front, theme, translate
from softpower.feedback import plain
from softpower.feedback.answers import Listing, Mapping, Words, literal
from softpower.grading import assignment, judge
from softpower.grading.sandbox import Limits

pytestmark = pytest.mark.parametrize("code", edition.languages(ROOT), scope="module")


@pytest.fixture(scope="module")
def made(code, tmp_path_factory):
    """The edition, in a folder like the course's."""
    return edition.make(code, ROOT, tmp_path_factory.mktemp("course") / "editions" / code)


@contextlib.contextmanager
def spoken(made, code):
    with texts.speaking(code), texts.found_in(made / "locale"):
        yield


@pytest.fixture
def speaking(made, code):
    """Speak the language of the edition."""
    with spoken(made, code):
        yield


def test_it_says_what_its_source_says(made, code, today):
    found = translate.faults(today, ROOT, code) + translate.of_notebooks(ROOT, made)
    assert [str(one) for one in found] == []


def test_every_notebook_runs_and_every_worked_answer_is_right(made, code, tmp_path):
    result = run_all(made, code, tmp_path)
    assert result["errors"] == []
    assert set(answers(result).values()) == {"right"} and len(answers(result)) > 100


def test_no_wrong_answer_passes_and_no_right_one_is_refused(speaking):
    _, poor, refused = figures.figures()
    assert not refused
    assert not [one for one in poor if one.kind == "passed"]


def test_no_message_gives_an_answer_away(speaking):
    assert [one for question in figures.checked() for one in figures.leaks(question)] == []


def in_words(form):
    """A right answer with each of its words in the reader's language; None where it has none."""
    form = literal(form)
    if isinstance(form, Words):
        return texts.cell(form.text)
    if isinstance(form, Listing) and not form.of_letters:
        said = [in_words(item) for item in form.items]
        return said if all(said) else None
    if isinstance(form, Mapping):
        said = {key: in_words(item) for key, item in form.items.items()}
        return said if all(said.values()) else None
    return None


def test_an_answer_in_its_words_is_right_where_the_english_one_is(speaking):
    asked = [(q, in_words(q.right)) for q in figures.checked()]
    asked = [(question, said) for question, said in asked if said]
    wrong = [
        (question.id, said)
        for question, said in asked
        if question.judge(plain(said, question.calls)).status != "right"
    ]
    assert wrong == [] and len(asked) > 10


def test_a_class_has_the_points_of_the_english_one(made, code):
    """The worked answers of all exercises, handed in in both languages and marked together."""
    own = assignment.exercises(feedback.bank(), ROOT / "exercises")
    for path in sorted((made / "exercises").glob("*/*.ipynb")):
        lesson = path.parent.name[:2]
        cells = assignment.notebook.read(path.read_bytes())
        both = own | {lesson: assignment.with_cells(own[lesson], cells, code)}
        course = judge.Course(both, Limits(), "fake")
        solution = f"solutions/{path.parent.name}/{path.name}"
        results = [
            judge.grade(job(folder / solution), course, InThisProcess()) for folder in (ROOT, made)
        ]
        points = [[(s["question"], s["points"]) for s in one["scores"]] for one in results]
        assert points[0] == points[1], lesson
        assert results[0]["open"].keys() == results[1]["open"].keys()
        assert results[1]["language"] == code
        assert len(results[0]["remarks"]) == len(results[1]["remarks"])


def job(path):
    return judge.Job("Ann", "", path.name, "Ann", path.read_bytes())


SAID_BY_THEMES = r'<[^>]*\b(?:aria-label|title|placeholder)="([^"]*)"|>([^<>]+)<'


def test_a_page_to_read_says_nothing_in_english_by_itself(made, code, tmp_path):
    shown = {"include_patterns": "docs/code_of_conduct.md", "root_doc": "docs/code_of_conduct"}
    wanted = [part for pair in shown.items() for part in ("-D", "=".join(pair))]
    command = [sys.executable, "-m", "sphinx", "-q", "-c", str(ROOT / "docs"), *wanted]
    said = {texts.SETTING: code, texts.FOLDER: str(made / "locale")}
    done = subprocess.run(
        [*command, "-d", str(tmp_path / "cache"), str(made), str(tmp_path / "site")],
        env=os.environ | said,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    english = {*theme.WORDS, *theme.LABELS, theme.AUTHOR, *front.WORDS.values()}
    for name in ("docs/code_of_conduct", "search", "genindex"):
        page = (tmp_path / "site" / f"{name}.html").read_text("utf-8")
        found = re.findall(SAID_BY_THEMES, re.sub(NO_WORDS, "", page, flags=re.DOTALL))
        assert not english & {word.strip() for pair in found for word in pair}, name
    script = (tmp_path / "site" / "_static" / "translations.js").read_text("utf-8")
    assert json.loads(script[script.index("{") : script.rindex("}") + 1])["locale"] == code
    assert not any(f'": "{word}"' in script for word in theme.SEARCHING.values() if word != ", in ")


ENGLISH = re.compile(r"(?:\b[a-z]{2,}\b[ ,]+){3}")  # three words in a row: a sentence, no name
NO_WORDS = r"<(style|script|code)\b.*?</\1>|<!--.*?-->|data:[\w/;,+=]*"  # what no reader reads
REFERENCE = re.compile(r"\(\d{4}[a-z]?\)\. ")  # as its authors wrote it
SHEETS = {
    "slides": ("01", "--out", "made"),
    "print": ("01", "--out", "made"),
    "quiz": ("01.2", "01.a", "--out", "made/quiz.xml"),
    "syllabus": ("--out", "made/syllabus.html"),
}


@pytest.mark.parametrize("command", SHEETS)
def test_a_lecturers_papers_are_in_its_words(made, code, command, monkeypatch, tmp_path):
    for name in ("solutions", "data"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "editions").symlink_to(made.parent)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(texts.SETTING, code)
    monkeypatch.setenv(texts.FOLDER, str(made / "locale"))
    (tmp_path / "made").mkdir()
    with spoken(made, code):
        assert main([command, *SHEETS[command]]) == 0
    written = [path.read_text("utf-8") for path in (tmp_path / "made").iterdir()]
    read = [re.sub(NO_WORDS, " ", text, flags=re.DOTALL) for text in written]
    lines = [line for text in read for line in re.sub("<[^>]*>", "\n", text).split("\n")]
    assert written and len(lines) > 20
    words = [line.strip() for line in lines if not REFERENCE.search(line)]
    assert [line for line in words if ENGLISH.search(line)] == []
