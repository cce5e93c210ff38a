"""The question bank: read from data, and told what is broken, where, in words."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from conftest import ROOT

from softpower import feedback
from softpower.feedback import Question, loader, plain
from softpower.feedback.special.functions import FUNCTIONS

FILES = sorted(loader.FOLDER.glob("*.toml"))
WORKS = """
[[question]]
id = "99.1"
objective = "test the loader"
points = 2
minutes = 3
answer = { number = 12, tolerance = 0.5 }
right = "R."
otherwise = "Look at the table again."
hints = ["A", "B", "C"]

  [[question.wrong]]
  answer = { number = 21 }
  message = "Digits exchanged."

[[question]]
id = "99.a"
objective = "test the loader"
answer = { letter = "b" }
right = "R."
hints = ["A", "B", "C"]

  [question.letters]
  a = "Not a."
  c = "Not c."
"""
MAPPING = """
[[question]]
id = "99.2"
objective = "test the loader"
points = 2
minutes = 3
answer = { mapping = { A = "tea", B = "milk" } }
right = "R."
otherwise = "O."
hints = ["A", "B", "C"]

  [[question.wrong]]
  answer = { but = { A = "milk" } }
  message = "Not milk."
"""


def read(tmp_path, text):
    path = tmp_path / "lesson99.toml"
    path.write_text(text, encoding="utf-8")
    return loader.read(path)


def test_an_entry_becomes_a_question(tmp_path):
    number, letter = read(tmp_path, WORKS)
    assert number.judge(12.4).status == "right"
    assert number.judge(21).text == "Digits exchanged."
    assert (number.points, number.minutes, number.cell, number.variable) == (2, 3, "q1", "answer_1")
    assert letter.judge("a").text == "Not a."
    assert letter.otherwise == "Choose one of the letters a, b and c."
    assert not letter.points


BREAKS = {
    "a message is missing": ('  message = "Digits exchanged."\n', "", "has no message"),
    "a key is misspelt": ("otherwise =", "othervise =", "no key othervise. Did you mean otherwise"),
    "an answer's key is misspelt": ("tolerance", "tolerence", "Did you mean tolerance"),
    "a wrong answer is right": ("number = 21", "number = 12.3", "is right"),
    "two wrong answers overlap": (
        '  message = "Digits exchanged."',
        '  message = "X"\n  [[question.wrong]]\n  answer = { number = 21 }\n  message = "Y"',
        "is taken for wrong answer 1",
    ),
    "one message twice": (
        '  message = "Digits exchanged."',
        '  message = "X"\n  [[question.wrong]]\n  answer = { number = 22 }\n  message = "X"',
        "the same message",
    ),
    "a share above 1": ("tolerance = 0.5 }", 'unit = "share" }', "between 0 and 1"),
    "a unit without marks": ("tolerance = 0.5 }", "unit = 3 }", "text in quotation marks"),
    "decimals in words": ("tolerance = 0.5 }", 'decimals = "one" }', "one of 0 to 3"),
    "within in words": ("number = 21", 'number = 21, within = "yes"', "true or false"),
    "within in a right answer": ("tolerance = 0.5 }", "within = true }", "no key within"),
    "an id is bad": ('id = "99.1"', 'id = "99-1"', "must be like"),
    "an id of another lesson": ('id = "99.1"', 'id = "98.1"', "belongs to another lesson"),
    "an id is used twice": ('id = "99.a"', 'id = "99.1"', "used twice"),
    "there is no id": ('id = "99.1"\n', "", "no id"),
    "hints are two": ('["A", "B", "C"]', '["A", "B"]', "three different texts"),
    "points without minutes": ("minutes = 3\n", "", "needs minutes"),
    "minutes without points": ("points = 2\n", "", "needs points"),
    "points in words": ("points = 2", 'points = "two"', "whole number"),
    "points in a lesson": ('id = "99.a"', 'id = "99.a"\npoints = 1', "carries no points"),
    "no answer": ("answer = { number = 12, tolerance = 0.5 }\n", "", "no answer"),
    "an answer of no kind": ("{ number = 12, ", "{ numbr = 12, ", "must be one of"),
    "a number in words": ("number = 12,", 'number = "12",', "must be a number"),
    "no right": ('right = "R."\n', "", "has no right"),
    "no otherwise": ('otherwise = "Look at the table again."\n', "", "no otherwise"),
    "a letter without message": ('  a = "Not a."\n', "", "one message for each other letter"),
    "a message for the right letter": ("  a =", "  b =", "one message for each other letter"),
    "no TOML": ("points = 2", "points = ", "not TOML"),
    "a key before the questions": (
        '\n[[question]]\nid = "99.1"',
        'x = 1\n[[question]]\nid = "99.1"',
        "outside a question",
    ),
    "an unknown special": (
        "{ number = 12, tolerance = 0.5 }",
        '{ special = "x" }',
        "special is one of",
    ),
    "an unknown function": (
        "{ number = 12, tolerance = 0.5 }",
        '{ function = "chang" }',
        "Did you mean change",
    ),
    "but without a mapping": ("{ number = 21 }", "{ but = { A = 1 } }", "belongs to an answer"),
    "has without a list": ("{ number = 21 }", '{ has = ["a"] }', "belong to a list"),
    "a code question without name": ('id = "99.1"', 'id = "99.code1"', "names its variable"),
}


@pytest.mark.parametrize("was, becomes, says", BREAKS.values(), ids=BREAKS)
def test_a_broken_entry_names_file_line_question_and_fault(tmp_path, was, becomes, says):
    assert was in WORKS
    with pytest.raises(loader.BankError) as fault:
        read(tmp_path, WORKS.replace(was, becomes, 1))
    assert str(fault.value).startswith("lesson99.toml") and says in str(fault.value)
    if says not in ("not TOML", "outside a question"):
        assert re.search(r"lesson99\.toml, line \d+, question \S+", str(fault.value))


def test_the_line_is_that_of_the_key(tmp_path):
    broken = WORKS.replace("otherwise =", "othervise =")
    line = broken.splitlines().index('othervise = "Look at the table again."') + 1
    with pytest.raises(loader.BankError, match=f"line {line}, question 99.1"):
        read(tmp_path, broken)


@pytest.mark.parametrize(
    "was, becomes, says",
    [
        ("{ but = { A =", "{ but = { C =", "the right answer has no C"),
        ("{ but = { A =", "{ has = { C =", "the right answer has no C"),
        ('{ A = "tea", B = "milk" }', "{}", "a value for each name"),
        ("[[question.wrong]]", "[question.letters]\na = 'x'\n[[question.wrong]]", "letters belong"),
    ],
)
def test_a_broken_mapping_is_told(tmp_path, was, becomes, says):
    with pytest.raises(loader.BankError, match=says):
        read(tmp_path, MAPPING.replace(was, becomes, 1))


def test_a_part_of_a_wrong_list_or_mapping_is_enough(tmp_path):
    by_part = MAPPING.replace("but =", "has =")
    (question,) = read(tmp_path, by_part)
    assert question.judge(plain({"A": "milk", "B": "water"})).text == "Not milk."
    (question,) = read(
        tmp_path,
        MAPPING.replace('{ mapping = { A = "tea", B = "milk" } }', '{ list = ["a", "c"] }').replace(
            '{ but = { A = "milk" } }', '{ has = ["b"], lacks = ["c"] }'
        ),
    )
    assert question.judge(["a", "b"]).text == "Not milk."
    assert question.judge(["a", "b", "c"]).text == "O."
    assert question.judge(["c", "a"]).status == "right"


def test_a_rubric_is_told_what_is_wrong(tmp_path):
    source = loader.FOLDER / "lesson01.toml"
    text = source.read_text("utf-8")
    first = text.index("[[question.rubric]]")
    for was, becomes, says in (
        ("look_for", "lookfor", "Did you mean look_for"),
        ("points = 3", "points = 4", "the rubric adds up to"),
        ("{ points = 0", "{ points = 5", "rise from 0"),
    ):
        path = tmp_path / source.name
        path.write_text(text[:first] + text[first:].replace(was, becomes, 1), "utf-8")
        with pytest.raises(loader.BankError, match=says):
            loader.read(path)


def test_a_fault_in_one_file_stops_the_course_and_never_records(tmp_path, monkeypatch):
    shutil.copytree(loader.FOLDER, tmp_path / "bank")
    broken = tmp_path / "bank" / "lesson03.toml"
    broken.write_text(broken.read_text("utf-8").replace("hints =", "hnts =", 1), "utf-8")
    monkeypatch.setattr(loader, "FOLDER", tmp_path / "bank")
    loader.bank.cache_clear()
    try:
        with pytest.raises(loader.BankError, match=r"lesson03\.toml, line"):
            feedback.check("03.1", "tea")
        with pytest.raises(loader.BankError, match=r"lesson03\.toml, line"):
            list(feedback.bank().values())
        assert feedback.check("01.2", "tea").status == "wrong"  # another lesson goes on
        monkeypatch.setattr(loader, "FOLDER", tmp_path / "hidden")
        loader.bank.cache_clear()
        assert not loader.bank() and feedback.check("01.2", "tea").status == "recorded"
    finally:
        loader.bank.cache_clear()


def test_a_lecturer_adds_a_question_by_the_walk_of_the_guide(tmp_path):
    guide = (ROOT / "docs" / "lecturer_guide.md").read_text("utf-8")
    walk = guide.partition("## Add a question of your own")[2].partition("\n## ")[0]
    entry = re.search(r"```toml\n(.*?)```", walk, re.DOTALL)[1]
    before = (loader.FOLDER / "lesson05.toml").read_text("utf-8")
    path = tmp_path / "lesson05.toml"
    path.write_text(f"{before}\n{entry}", "utf-8")
    mine = loader.read(path)[-1]
    assert (
        isinstance(mine, Question)
        and mine.points
        and mine.id == tomllib.loads(entry)["question"][0]["id"]
    )
    assert mine.id not in feedback.bank()
    for answer in mine.right.examples():
        assert mine.judge(plain(answer)).status == "right"
    for wrong in mine.wrong:
        assert mine.judge(plain(next(iter(wrong.answer.examples())))).text == wrong.message


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_file_holds_its_own_lesson_and_no_id_twice(path):
    ids = [q.id for q in loader.read(path)]
    assert len(ids) == len(set(ids)) and all(path.stem == f"lesson{i[:2]}" for i in ids)


# Functions: the calls tell the method from every near miss


NEAR = [(name, near) for name, tried in FUNCTIONS.items() for near in tried.near]


def asked(name):
    """The question that asks for a function of this name in the table."""
    for path in FILES:
        for entry in tomllib.loads(path.read_text("utf-8"))["question"]:
            if entry.get("answer", {}).get("function") == name:
                return feedback.bank()[entry["id"]], entry
    return None, None


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_as_it_should_be_passes(name):
    question, _ = asked(name)
    if question:
        assert question.judge(plain(FUNCTIONS[name].reference, question.calls)).status == "right"


@pytest.mark.parametrize("name, near", NEAR, ids=[f"{a}-{b}" for a, b in NEAR])
def test_each_near_miss_is_refused_with_its_own_message(name, near):
    question, entry = asked(name)
    if not question:
        pytest.skip("no question asks for this function")
    message = question.judge(plain(FUNCTIONS[name].near[near], question.calls))
    own = [
        one["message"]
        for one in entry["wrong"]
        if near in _names(one["answer"].get("near_miss", []))
    ]
    assert message.status == "wrong" and [message.text] == own


def _names(value):
    return [value] if isinstance(value, str) else value


def test_a_function_that_returns_text_or_a_list_with_the_number_does_not_pass():
    for name, tried in FUNCTIONS.items():
        question, _ = asked(name)
        if not question:
            continue
        for wrap in (str, lambda value: [value]):
            given = plain(lambda *a, t=tried, w=wrap: w(t.reference(*a)), question.calls)
            assert question.judge(given).status == "wrong", name


def test_a_check_reads_its_own_lesson_only():
    code = (
        "import sys; from softpower import feedback; feedback.check('05.3', 12); "
        "print({'softpower.index', 'pandas'} & set(sys.modules), sorted(feedback.bank()._read))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set() ['05']\n"
