"""Thousands of classes, layouts by names by damages: nobody and no word is lost, no mark differs.

Most are run without a sandbox, because what is looked at is everything around it; a handful go
through the whole command.
"""

import contextlib
import csv
import html
import io
import json
import re
import tempfile
import time
import zipfile
from argparse import ArgumentParser
from pathlib import Path

import pytest
from grading_class import BANK, EXERCISE, cells, code, handed_in, text
from grading_fake import InThisProcess
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from softpower.errors import CourseError
from softpower.grading import command, housing, judge
from softpower.grading.discover import Found, discover
from softpower.grading.marking import Marks
from softpower.grading.names import readable
from softpower.grading.results import Results
from softpower.grading.sandbox import Limits
from softpower.grading.state import State

CLASSES = 2000
SETUP = "class Scores(dict):\n    pass"
MADE = {
    "one": "scores = {'Japan': 70, 'Korea': 60, 'Britain': 65}\nanswer_1 = 65",
    "two": "answer_2 = {'Korea': 60, 'Japan': 70}",
}


def honest(words, place):
    """Return the cells of a right submission with words typed at a place."""
    made = cells(**MADE, essay="")
    made[1] = code(SETUP)
    made = [cell for cell in made if "plt" not in cell["source"]]
    kind, where = place
    new = {
        "text": text(words),
        "heading": text(f"## My own\n\n{words}"),
        "raw": text(words) | {"cell_type": "raw"},
        "string": code(f'essay = "{words}"'),
        "list": code(f'essay = ["{words}", "{words}"]'),
        "place": code(f"%%write 77.4\n{words}", "q4"),
        "code": code(words),
    }[kind]
    return [*made[:where], new, *made[where:]] if where < len(made) else [*made[:-1], new]


PLACES = st.tuples(
    st.sampled_from(["text", "heading", "raw", "string", "list", "place", "code"]),
    st.integers(1, 14),
)


def as_stored(made, damage):
    """Return a notebook's bytes as an editor, a mailbox or an accident leaves them."""
    if damage == "no metadata":
        made = [cell | {"metadata": {}} for cell in made]
    if damage == "no checks":
        made = [cell for cell in made if "feedback.check" not in cell["source"]]
    stored = handed_in(made)
    text_of = stored.decode()
    return {
        "mark": b"\xef\xbb\xbf" + stored,
        "utf-16": text_of.encode("utf-16"),
        "utf-16 without mark": text_of.encode("utf-16-le"),
        "windows lines": json.dumps(json.loads(text_of), indent=1).replace("\n", "\r\n").encode(),
        "zeros": stored + b"\0" * 99,
        "junk after": stored + b"\nsent from a phone",
        "comma": text_of.replace('"cells": [', '"cells": [,', 1).encode(),
        "cut": stored[: stored.rindex(b"}", 0, -40)],
        "conflict": text_of.replace(
            '"cells": [', '<<<<<<< HEAD\n"cells": [\n=======\n>>>>>>> b\n', 1
        ).encode(),
    }.get(damage, stored)


DAMAGES = [
    *("", "no metadata", "no checks", "mark", "utf-16", "utf-16 without mark", "windows lines"),
    *("zeros", "junk after", "comma", "cut", "conflict"),
]
LAYOUTS = [
    "{who}/hw.ipynb",
    "{who}/deep/er/hw (1).ipynb",
    "{who}/my_work/01_x/01_x.ipynb",
    "{who}/{who}.ipynb.txt",
    "Group 7/{who}/hw.ipynb",
    "{who}_{number}_assignsubmission_file_/hw.ipynb",
    "{who}_{number}_assignsubmission_file_hw.ipynb",
    "3970-25573 - {who} - Sep 24, 2026 926 PM/hw.ipynb",
]
NAMES = st.text(
    st.sampled_from("abcXYZ'-=+@ ӘәҒғҚқҢңЁёЖжЙй漢字éÅ&<>\";,"), min_size=1, max_size=14
).filter(lambda name: name.strip() and name == name.strip() and " - " not in name)
WORDS = st.lists(
    st.text("abcdefgәғқңөүұіжшя", min_size=3, max_size=9), min_size=6, max_size=12
).map(" ".join)
PERSON = st.tuples(NAMES, WORDS, PLACES, st.sampled_from(DAMAGES))


def marked(place, out):
    course = judge.Course({"77": EXERCISE}, Limits(), "fake")
    found, state = Found(), State(out / ".state")
    submissions = list(discover(place, found, out))
    command.mark_all(submissions, course, state, 1)
    Results(out, course, state, Marks(out / "marking.csv")).write(submissions, found)
    return found


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def no_sandbox():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judge, "_sandbox", lambda course: InThisProcess())
        patch.setattr("softpower.feedback.bank", lambda: BANK)  # what the notebooks ask
        yield


def check(people, layout, wrapper, tmp):
    """Mark one class and say that nobody, no mark and no word is lost."""
    made, files = io.BytesIO(), {}
    for number, (who, words, where, damage) in enumerate(people):
        path = wrapper + layout.format(who=who, number=4000 + number)
        files[path] = as_stored(honest(words, where), damage)
    with zipfile.ZipFile(made, "w") as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path), content)
    place, out = tmp / "class.zip", tmp / "out"
    place.write_bytes(made.getvalue())
    found = marked(place, out)
    assert {name for name, _ in found.students} == {readable(who) for who, *_ in people}
    rows = table(out / "gradebook.csv")
    assert len(rows) == len(people)
    assert {row["total"] for row in rows} == {"7"}, rows  # as each would have alone
    pages = [path.read_text("utf-8") for path in (out / "feedback").rglob("*.html")]
    assert len(pages) == len(people)
    shown = html.unescape(re.sub(r"<[^>]+>", "", "\n".join(pages)))
    answers = "\n".join(row["answer"] for row in table(out / "marking.csv"))
    for _, words, *_ in people:
        assert words in shown and words in answers
    (out / "report.html").read_text("utf-8")


PEOPLE = st.lists(PERSON, min_size=2, max_size=3, unique_by=lambda one: readable(one[0]).casefold())


@pytest.mark.usefixtures("no_sandbox")
def test_in_thousands_of_classes_nobody_no_mark_and_no_word_is_lost():
    begun = time.process_time()

    @settings(
        max_examples=CLASSES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(PEOPLE, st.sampled_from(LAYOUTS), st.sampled_from(["", "week 3/", "a/b/"]))
    def holds(people, layout, wrapper):
        with tempfile.TemporaryDirectory() as tmp, contextlib.redirect_stderr(io.StringIO()):
            check(people, layout, wrapper, Path(tmp))

    holds()
    print(f"{CLASSES} classes in {time.process_time() - begun:.0f} s of computing")


@pytest.mark.parametrize("layout", LAYOUTS[:2])
def test_a_handful_goes_through_the_whole_command(layout, tmp_path, monkeypatch):
    monkeypatch.setattr("softpower.grading.command.feedback.bank", lambda: BANK)
    release = tmp_path / "exercises" / EXERCISE.name / f"{EXERCISE.name}.ipynb"
    release.parent.mkdir(parents=True)
    release.write_bytes(handed_in([cell for cell in cells() if cell["cell_type"] == "markdown"]))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number, damage in enumerate(DAMAGES):
            words = f"Words of number {number}, typed somewhere else by me"
            kind = ("text", "string", "code", "list")[number % 4]
            content = as_stored(honest(words, (kind, 2 + number)), damage)
            archive.writestr(layout.format(who=f"Студент {number}", number=number), content)
    (tmp_path / "class.zip").write_bytes(made.getvalue())
    parser = ArgumentParser()
    command.add_arguments(parser)
    typed = [str(tmp_path / "class.zip"), "--out", str(tmp_path / "out"), "--seconds", "5"]
    typed += ["--exercises", str(tmp_path / "exercises"), "--jobs", "1"]
    try:
        housing.best_mode()
    except CourseError:
        typed.append("--trust-submissions")  # these submissions are our own
    assert command.run(parser.parse_args(typed)) == 0
    rows = table(tmp_path / "out" / "gradebook.csv")
    assert [row["total"] for row in rows] == ["7"] * len(DAMAGES)
    answers = [row["answer"] for row in table(tmp_path / "out" / "marking.csv")]
    for number in range(len(DAMAGES)):
        assert any(f"Words of number {number}, typed" in answer for answer in answers)
