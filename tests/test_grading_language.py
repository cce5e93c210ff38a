"""A class of several languages: a message is the student's, a remark is the lecturer's."""

import html
import json
import re
from dataclasses import replace

import pytest
from conftest import ROOT
from grading_fake import InThisProcess
from test_grading_structure import EXERCISES, RELEASED, handed_in

from softpower import cli, texts
from softpower.commands import edition
from softpower.grading import agreement, assignment, command, desk, judge, marking, pages
from softpower.grading.notebook import read
from softpower.grading.sandbox import Limits
from softpower.translation import pseudo, sources

CYRILLIC = re.compile("[а-я]")


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory):
    """What the package and the bank say, in the pseudo-language."""
    bank = ROOT / "softpower" / "feedback" / "bank" / "lesson01.toml"
    messages = {one.key: one for one in [*sources.package(ROOT / "softpower"), *sources.bank(bank)]}
    folder = tmp_path_factory.mktemp("locale")
    said = edition.Catalogue(pseudo.entries(messages.values()))
    edition.compile_into(folder, pseudo.CODE, said)
    with texts.found_in(folder):
        yield folder


def test_a_remark_is_the_lecturers_and_a_message_the_students(catalogues):
    work = handed_in()
    work["metadata"]["softpower"] = {"language": pseudo.CODE}
    cell = next(one for one in work["cells"] if "answer_1 = " in "".join(one["source"]))
    cell["source"] = 'open("my_notes.txt")\n' + "".join(cell["source"])
    course = judge.Course(EXERCISES, Limits(), "fake")
    job = judge.Job("Ann", "", "work.ipynb", "Ann", json.dumps(work).encode())
    result = judge.grade(job, course, InThisProcess())
    spent = judge.work(job, course, 0)
    alone = next(one for one in result["remarks"] if "my_notes.txt" in one)
    assert "without the internet" in alone and not CYRILLIC.search(alone)
    (score,) = [one for one in result["scores"] if one["why"] == "alone"]
    assert CYRILLIC.search(score["message"]) and "my_notes.txt" in score["message"]
    assert CYRILLIC.search(spent["problem"]) and "was not run" in spent["told"]


# --- the lecturer's side ----------------------------------------------------------------------

NAMES = ["Әлия", "Болат", "Ермек", "Жанар", "Қанат", "Марат", "Нұрлан", "Сәуле", "Тимур", "Ұлан"]
ESSAY = "Тартылыс " + " ".join(f"сөз{number}" for number in range(40))
KEPT = re.compile(  # names of files, columns, options, Python's errors: the same in every language
    r"FileNotFoundError: \[Errno 2\] No such file or directory|"
    r"[\w.-]*\.(?:csv|html|zip|ipynb|json|txt|db|docx)\b|--[a-z-]+|\b\w*_\w*\b|\bQ?\d\d\.(?:code)?\d+\b"
    r"|https?://\S+|\bCSV\b|\bMB\b|\bCtrl\+C\b|\b[A-Z]\b|\b[a-z]\b|\bEsc\b|\bAlt\b|\bXX\b"
)
HIDDEN = re.compile(r"<(style|script|pre|code|head)\b.*?</\1>|<!--.*?-->", re.S)


def left(page):
    """Return the English words that a page shows, also to a screen reader."""
    page = HIDDEN.sub(" ", page)
    said = " ".join(re.findall(r'(?:aria-label|alt|title)="([^"]*)"', page))
    text = html.unescape(re.sub(r"<[^>]*>", " ", page) + " " + said)
    return set(re.findall(r"[A-Za-z]{2,}", KEPT.sub(" ", text)))


@pytest.fixture
def graded(catalogues, tmp_path, monkeypatch, capsys):
    """The results of a class with everything that a report speaks of, and what the terminal said."""
    monkeypatch.setenv(texts.SETTING, pseudo.CODE)
    monkeypatch.setenv(texts.FOLDER, str(catalogues))
    cells = [replace(c, source=pseudo.said(c.source)) for c in read(RELEASED.read_bytes())]
    own = assignment.with_cells(EXERCISES["01"], cells, pseudo.CODE)
    course = judge.Course({"01": own}, Limits(), "fake")
    monkeypatch.setattr(command, "course_now", lambda *_: course)
    monkeypatch.setattr(judge, "_sandbox", lambda _: InThisProcess())
    place, out = tmp_path / "class", tmp_path / "out"
    for number, name in enumerate(NAMES):
        (place / name).mkdir(parents=True)
        (place / name / "01_work.ipynb").write_bytes(hers(number))
    (place / NAMES[0] / "01_again.ipynb").write_bytes(hers(7))
    (place / NAMES[8] / "01_work.ipynb").write_bytes(b"{")
    (place / NAMES[9] / "01_work.ipynb").rename(place / NAMES[9] / "work.docx")
    listed = [f"{name},{number},{'ГД'[number % 2]}" for number, name in enumerate(NAMES[1:])]
    (place / NAMES[2] / "timestamp.txt").write_text("2026-01-03 10:00:00 UTC")
    (tmp_path / "list.csv").write_text("\n".join(["Student,ID,Group", "Дархан,99,Г", *listed]))
    (tmp_path / "more.csv").write_text(f"student,until\n{NAMES[1]},2026-01-01\nКім,3 days\n")
    options = ["--class", "list.csv", "--due", "2026-01-01", "--extensions", "more.csv"]
    options += ["--late-points", "2", "--jobs", "1"]
    monkeypatch.chdir(tmp_path)
    assert cli.main(["grade", str(place), "--out", str(out), *options]) == 0
    return out, own, capsys.readouterr().out


def hers(number):
    """A notebook in the pseudo-language: some answers wrong, one of several kinds of trouble."""
    work = handed_in()
    work["metadata"]["softpower"] = {"language": pseudo.CODE}
    for cell in work["cells"]:
        source = "".join(cell["source"])
        if source.startswith("%%write"):
            words = ESSAY if number < 2 else ESSAY.replace("сөз", f"ой{number}") * (number != 5)
            cell["source"] = source.partition("\n")[0] + "\n" + words
        elif cell["cell_type"] == "markdown":
            cell["source"] = pseudo.said(source)
        elif cell["id"].endswith("-answer") and number in (3, 4, 6):
            cell["source"] = re.sub(r"(answer_[1-5]) = .*", rf"\1 = {number}", source, flags=re.S)
        if number == 2 and "answer_1 = " in source:
            cell["source"] = f"open('a_b.txt')\n{source}"
    if number == 3:  # a remark to the lecturer
        aside = {
            "cell_type": "markdown",
            "id": "own",
            "metadata": {},
            "source": "Бұл жерде қиын болды.",
        }
        work["cells"].insert(1, aside)
    return json.dumps(work).encode()


def test_a_lecturer_meets_no_english_word(graded):
    out, own, said = graded
    pages_ = [out / f"{name}.html" for name in ("report", "insight", "similar")]
    pages_ += sorted((out / "feedback").rglob("*.html"))
    assert len(pages_) > len(NAMES) + 3
    found = {path.name: left(path.read_text("utf-8")) for path in pages_}
    assert {name: words for name, words in found.items() if words} == {}
    report = (out / "report.html").read_text("utf-8")
    assert "Дархан" in report and "a_b.txt" in report and len(re.findall("<li>", report)) > 14
    assert "<mark>" in (out / "similar.html").read_text("utf-8")
    row = {"question": "Q01.11", "criterion": own.open[0].rubric[0].name, "student": NAMES[0]}
    agreed = agreement.compare({number: (row, "2", str(number % 3)) for number in range(6)})
    assert left(agreed["said"] + agreed["rows"][0]["criterion"]) == set()
    assert left(said.replace(str(out), "")) == set()


def test_the_marking_page_has_no_english_word(graded):
    out, own, _ = graded
    rows = desk.Sheet(out / "marking.csv").rows()
    rows[0]["note"] = marking.CHANGED
    (question, *_) = desk.contents(rows, {"01": own})
    shown = [question["title"], question["task"], rows[0]["levels"], rows[0]["look for"]]
    for one in question["criteria"]:
        shown += [one["name"], one["look"], *(v for level in one["levels"] for v in level.values())]
    shown += [mark["note"] for one in question["answers"] for mark in one["marks"]]
    assert left(" ".join(map(str, shown))) == set()
    script = desk._script()
    page = pages.desk(script, "nonce")
    assert left(page) == set()
    speech = json.loads(re.search(r'id="speech">(.*?)</script>', page, re.S)[1])
    plain, counted = texts.in_script(script)
    assert len(plain) > 15 and counted
    assert all(
        CYRILLIC.search(speech["messages"][one]) for one in plain if one != "{level}, “{comment}”"
    )
