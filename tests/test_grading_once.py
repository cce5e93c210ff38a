"""What is the same for most of a class is worked out once, and is the same as worked out anew."""

from dataclasses import replace
from types import SimpleNamespace

from conftest import ROOT
from grading_class import BANK, EXERCISE

from softpower import feedback, texts
from softpower.feedback import loader
from softpower.grading import assignment, judge, messages, words
from softpower.grading.hearing import Outcome
from softpower.grading.notebook import Cell
from softpower.grading.sandbox import Limits
from softpower.grading.standing import Standing


def test_a_class_of_one_exercise_reads_that_one_alone():
    bank = loader.Bank(loader.FOLDER)
    known = assignment.exercises(bank, ROOT / "exercises")
    handed_out = [f"{number:02}" for number in range(1, 11)]
    assert list(known) == handed_out and not set(handed_out) & set(bank._read)
    assert known["03"].points > 0 and set(handed_out) & set(bank._read) == {"03"}
    eager = [one for one in feedback.bank().values() if one.lesson == "03" and one.points]
    assert {one.id for one in eager} == {one.id for one in known["03"].questions}
    ids = [
        one.id for one in assignment.exercises(dict(feedback.bank()), ROOT / "no")["03"].questions
    ]
    assert ids == [one.id for one in known["03"].questions]


def test_what_is_said_of_a_value_is_what_its_question_says_in_each_language():
    (question, *_) = (one for one in BANK.values() if one.id == "77.1")
    for value in (65, 65.0, 260, True, "65", [65], 1, None, "x" * 5_000):
        for language in ("en", "ru"):
            with texts.speaking(language):
                for _ in range(2):
                    assert messages.message(question, value) == messages._judged(question, value)
    other = replace(question, explain="Another question of the same id.")
    assert messages.message(other, 65).text == "Another question of the same id."


def test_whose_words_are_is_found_for_each_exercise_and_question_anew():
    cell = Cell("markdown", "Words that only one edition hands out.")
    assert [words.own(cell, EXERCISE) for _ in range(2)] == [cell.source] * 2
    edition = replace(EXERCISE, released=EXERCISE.released | {cell.source})
    assert words.own(cell, edition) == "" and words.own(cell, EXERCISE) == cell.source
    short = Cell("code", '"soft power"', "q4")
    assert words.own(short, EXERCISE, EXERCISE.open[0]) == "soft power"
    assert words.own(short, EXERCISE) == ""


def test_a_right_answer_before_an_endless_loop_says_so_to_its_student():
    question = BANK["77.1"]
    cells = [Cell("code", "answer_1 = 65\nwhile True: pass", question.cell)]
    for loop in ({"errors": {0: ("TimeLimit", "")}}, {"stopped": {"cell 0": "time"}}):
        outcome = Outcome(values={"answer_1": 65}, complete=True, **loop)
        score = judge._checked(question, outcome, cells, Limits())
        assert score["status"] == "right" and score["points"] == 2
        assert "Cell 1" in score["message"] and "10 seconds" in score["message"]


def test_a_mark_whose_answer_came_back_blank_is_told():
    row = {"student": "Ann", "number": "1", "question": "Q77.4"}
    entry = SimpleNamespace(owner=("Ann", "1"), number="1", answers={})
    standing = Standing.__new__(Standing)
    standing.pools = [SimpleNamespace(lesson="77", entries=[entry], best=entry)]
    standing.marks = SimpleNamespace(gone=[row, row, row | {"student": "Bob"}])
    (line,) = standing.marked_and_gone()
    assert line.startswith("Ann (1), 77.4: was marked")
    entry.answers = {"77.4": ("a", "a")}
    assert standing.marked_and_gone() == []
