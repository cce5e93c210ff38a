"""What is the same for most of a class is worked out once, and is the same as worked out anew."""

from dataclasses import replace

from conftest import ROOT
from grading_class import BANK, EXERCISE

from softpower import feedback, texts
from softpower.feedback import loader
from softpower.grading import assignment, messages, words
from softpower.grading.notebook import Cell


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
