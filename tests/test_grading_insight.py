"""What a class understood, and work that is alike: figures by hand, and no verdict."""

import json
import random
import time
from dataclasses import replace

import pytest
from grading_class import EXERCISE, cells, handed_in, text
from grading_room import folder_of, grade, table

from softpower.errors import CourseError
from softpower.grading import insight, similar
from softpower.grading.learners import Learner

WORDS = [f"word{number}" for number in range(400)]


def learner(name, right=(), wrong=None, words="", groups=(), message="", first=None):
    answers = {
        question.id: ((1.0, "right", "") if question.id in right else (0.0, "wrong", message))
        for question in EXERCISE.checked
    }
    return Learner(name, groups, "77", answers, {"77.4": words}, wrong or {}, first or {})


def prose(seed, count=150):
    return " ".join(random.Random(seed).choices(WORDS, k=count))


def row(found, question):
    return next(one for one in found["rows"] if one["id"] == question)


def test_how_many_were_right_and_which_mistake_how_many_made():
    known = EXERCISE.checked[0].wrong[0].message
    class_ = [learner("a", {"77.1"}), *(learner(n, {"77.2"}, message=known) for n in "bcd")]
    found = insight.of(class_, EXERCISE, missing=2)
    assert (row(found, "77.1")["right"], row(found, "77.1")["wrong"]) == (1, 3)
    assert found["small"] and found["missing"] == 2
    assert {"id": "77.1", "count": 3, "message": known} in found["mistakes"]
    page = insight.page([found])
    assert "These figures are small" in page and "<script" not in page
    assert page.count("<svg") <= page.count("<table") and "is not known" in page


def test_which_questions_separate():
    class_ = [learner(str(n), {"77.1", "77.2"} if n < 6 else {"77.3"}) for n in range(12)]
    found = insight.of(class_, EXERCISE)
    # By hand: 77.1 with the mean of 77.2 and 77.3, which is one half for everybody.
    assert row(found, "77.1")["rest"] is None and row(found, "77.3")["rest"] == pytest.approx(-1)
    assert "does not separate" in row(found, "77.3")["says"]
    assert row(insight.of(class_[:4], EXERCISE), "77.3")["says"] == "too few to say"


def test_the_first_try_is_told_where_the_record_came(tmp_path, one_warm_process):
    place = folder_of(tmp_path, Ann=handed_in(), Bob=handed_in())
    record = {"checks": {"77.1": {"first": "wrong"}, "77.2": {"first": "right"}, "x": 3}}
    (place / "Ann" / "record.json").write_text(json.dumps(record))
    (place / "Bob" / "record.json").write_text("{damaged")
    grade(place, tmp_path / "out")
    page = (tmp_path / "out" / "insight.html").read_text("utf-8")
    assert "came with 1 of the notebooks" in page
    assert "0 of 1" in page and "1 of 1" in page


def test_an_earlier_term_stands_beside_this_one(tmp_path, one_warm_process):
    grade(folder_of(tmp_path, Ann=handed_in(one="answer_1 = 1")), tmp_path / "old")
    grade(tmp_path / "submissions", tmp_path / "new", "--before", tmp_path / "old")
    assert "Mean before" in (tmp_path / "new" / "insight.html").read_text("utf-8")
    assert insight.earlier(tmp_path / "old")["77.1"] == 0
    with pytest.raises(CourseError, match=r"no scores\.csv"):
        grade(tmp_path / "submissions", tmp_path / "new", "--before", tmp_path / "nothing")


# --- similar work -------------------------------------------------------------------------


def names(found):
    return {frozenset(one["names"]) for one in found}


def class_of(count):
    return [learner(f"p{n}", words=prose(n)) for n in range(count)]


def test_a_copied_text_is_found_and_nobody_else():
    class_ = class_of(40)
    class_.append(learner("copier", words=f"My own beginning here. {prose(3)}"))
    (one,) = similar.pairs(class_, EXERCISE)
    assert set(one["names"]) == {"p3", "copier"} and "<mark>" in one["sides"][0]
    assert any(str(side).startswith("My own beginning") for side in one["sides"])


def test_one_group_what_all_quote_and_the_task_itself_are_no_likeness():
    quotation = " ".join(WORDS[:60])
    task = next(text for text in sorted(EXERCISE.released) if "soft power?" in text)
    class_ = [learner(f"p{n}", words=f"{quotation} {task} {prose(n, 60)}") for n in range(40)]
    class_ += [learner(name, words=prose(99), groups=("T",)) for name in ("g1", "g2")]
    assert similar.pairs(class_, EXERCISE) == []


def test_shared_unusual_wrong_answers_are_found_and_usual_ones_are_not():
    usual = {"77.1": "1", "77.2": "2", "77.3": "3"}
    class_ = [learner(f"p{n}", wrong=usual, words=prose(n)) for n in range(30)]
    odd = {"77.1": "[3.14, 'x']", "77.2": "'odd one'", "77.3": "{'a': 17}"}
    class_ += [learner(name, wrong=odd, words=prose(name)) for name in ("a", "b")]
    (one,) = similar.pairs(class_, EXERCISE)
    assert set(one["names"]) == {"a", "b"}


def test_what_a_learner_wrote_is_no_html_and_no_verdict_is_given():
    bad = "<script>alert(1)</script> " + prose(1)
    pairs = similar.pairs(
        [*class_of(6)[2:], learner("x", words=bad), learner("y", words=bad)], EXERCISE
    )
    page = similar.page([("T", pairs)])
    assert names(pairs) == {frozenset("xy")} and "<script" not in page and "no verdict" in page


def test_three_hundred_are_compared_without_endless_work():
    class_ = class_of(300)
    class_ += [learner(f"c{n}", words=prose(n)) for n in range(5)]
    began = time.process_time()
    assert len(similar.pairs(class_, EXERCISE)) == 5
    assert (
        time.process_time() - began < 20
    )  # it takes a fifth of one; each with each in full takes minutes


def test_axe_finds_nothing_on_both_pages(tmp_path, one_warm_process, browser):
    from axe_playwright_python.sync_playwright import Axe

    essay = prose(5)
    people = {
        f"p{n}": handed_in([*cells(one="answer_1 = 1", essay=essay), text("x")]) for n in range(2)
    }
    grade(folder_of(tmp_path, **people), tmp_path / "out")
    page = browser.new_page()
    for name in ("insight", "similar", "report"):
        page.goto((tmp_path / "out" / f"{name}.html").as_uri())
        assert Axe().run(page).response["violations"] == []
    page.close()


def test_monday_begins_where_questions_went_worst_each_with_its_commonest_mistake():
    rows = [
        {"id": "1", "taught": "A", "mean": 0.9},
        {"id": "2", "taught": "A", "mean": 0.2},
        {"id": "7", "taught": "A", "mean": 0.7},
        {"id": "3", "taught": "B", "mean": 0.5},
        {"id": "4", "taught": "C", "mean": 1.0},
        {"id": "5", "taught": "D", "mean": 0.4},
        {"id": "6", "taught": "E", "mean": 0.6},
        {"id": "8", "taught": "F", "mean": None},
    ]
    made = [{"id": "2", "count": 5, "message": "often"}, {"id": "2", "count": 1, "message": "once"}]
    made.append({"id": "7", "count": 4, "message": "beside"})
    again = insight._again(rows, EXERCISE, made)
    named = [(one["section"], [row["id"] for row in one["questions"]]) for one in again]
    assert named == [("A", ["2", "7"]), ("D", ["5"]), ("B", ["3"])]
    said = [row["mistake"] and row["mistake"]["message"] for row in again[0]["questions"]]
    assert said == ["often", "beside"] and again[1]["questions"][0]["mistake"] is None
    empty = insight.of([learner("a")], EXERCISE)
    page = insight.page([empty | {"again": again}])
    assert (
        "20% of the points of 2. 5 made the same known mistake: often Of 7 it earned 70%." in page
    )


def test_an_essay_has_no_mean_before_it_is_marked_and_is_taught_again_after():
    def with_essay(name, share, status):
        one = learner(name, {"77.1", "77.2", "77.3"})
        return replace(one, answers=one.answers | {"77.4": (share, status, "")})

    taught = [replace(one, taught="A section") for one in EXERCISE.questions]
    own = replace(EXERCISE, questions=tuple(taught))
    blank = with_essay("a", 0.0, "not yet")
    found = insight.of([blank, with_essay("b", None, "to mark")], own)
    assert row(found, "77.4")["mean"] is None and found["again"] == []
    found = insight.of([blank, with_essay("b", 0.5, "marked")], own)
    assert row(found, "77.4")["mean"] == 0.25
    assert [one["id"] for one in found["again"][0]["questions"]] == ["77.4"]


def test_of_an_optional_question_only_whoever_tried_it_says_something():
    optional = replace(EXERCISE.checked[2], id="77.code1")
    class_ = [learner(str(n), {"77.1"} if n % 2 else {"77.2"}) for n in range(20)]
    for number, one in enumerate(class_):
        tried = (1.0, "right", "") if number < 7 else (0.0, "not yet", "")
        one.answers["77.code1"] = tried
    assert insight._question(optional, class_, {})["says"] == "too few to say"


def test_the_courses_own_answers_are_in_no_figure_and_told_to_the_marker(
    tmp_path,
    one_warm_process,
):
    worked = handed_in(one="### BEGIN SOLUTION\nanswer_1 = 65\n### END SOLUTION")
    aside = handed_in(
        [*cells(essay=""), text("Dear teacher, the second task was unclear.", "mine")]
    )
    out = tmp_path / "out"
    grade(folder_of(tmp_path, Ann=worked, Bob=handed_in(), Cy=aside), out)
    page = (out / "insight.html").read_text("utf-8")
    assert "2 notebooks are in these figures" in page
    assert "1 more holds the course&#39;s own worked answers and is left out" in page
    notes = {row["student"]: row["note"] for row in table(out / "marking.csv")}
    assert "worked answers" in notes["Ann"] and notes["Bob"] == ""
