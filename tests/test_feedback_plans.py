"""The check of a plan that is handed in: read as text, its faults named, and one's own."""

import json

import pytest

from softpower import feedback, policy
from softpower.feedback import plain
from softpower.feedback.special import plans

QUESTION = feedback.bank()["10.11"]


def judge(plan):
    return QUESTION.judge(plain(plan))


def test_a_plan_is_read_as_a_dictionary_and_as_the_studio_s_text():
    own = plans.own_plan()
    for given in (own, policy.dumps(own), f"\n{json.dumps(own)}\n"):
        assert judge(given).status == "right"


@pytest.mark.parametrize("name", plans.PUBLISHED)
def test_a_published_plan_is_not_one_s_own(name):
    plan = policy.example(name)
    for change in ({}, {"title": plan["title"] + "."}, {"problem": plan["problem"].upper()},
                   {"message": plan["message"] + " Yes.", "start": plan["start"]}):  # fmt: skip
        message = judge(plan | change)
        assert message.status == "wrong" and "as it stands or nearly so" in message.text


@pytest.mark.parametrize("name", plans.PUBLISHED)
def test_other_names_and_numbers_do_not_make_a_plan_one_s_own(name):
    plan = policy.example(name)
    plan["title"], plan["decision_maker"] = "Songs of the Altai", "Akimat of Semey"
    for number, row in enumerate(plan["instruments"]):
        row["name"] = f"A programme of four quiet towns, part {number}"
    plan["audiences"][0]["where"] = "Prague and Vienna"
    plan["kpis"][0]["target"] += 5
    assert "as it stands or nearly so" in judge(plan).text


def test_two_published_plans_put_together_are_not_one_s_own():
    lesson, exercise = map(policy.example, plans.PUBLISHED)
    for name in ("problem", "message", "counter_voice", "included", "left_out", "evidence"):
        exercise[name] = lesson[name]
    assert "the worked plan of the exercise, as it stands or nearly so" in judge(exercise).text


def test_one_sentence_in_many_boxes_is_one_new_sentence():
    plan = policy.example("steppe_voices")
    for name in ("problem", "message"):
        plan[name] = "This will be written later in the week, when there is time."
    assert "as it stands or nearly so" in judge(plan).text
    plan["included"] = plan["left_out"] = plan["problem"]
    assert "stands in 4 boxes" in judge(plan).text


@pytest.mark.parametrize("given", ["", "...", "\n...\n", ..., "   "])
def test_an_empty_place_is_not_yet(given):
    assert judge(given).status == "not yet"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.rstrip()[:-8], "the text stops before the plan does"),
        (lambda text: text + text, "pasted twice"),
        (lambda text: text.replace('"title"', "“title”"), "are curly"),
        (lambda text: "my plan", "damaged at line 1"),
        (lambda text: text.replace('"points": 40', '"points": 30'), "the points add up to 90"),
        (lambda text: text.replace("Riding courses", "").replace('"points": 40', '"points": 30'), "add up"),
        (lambda text: text.replace('"title": "Guests of the saddle: a visit that is repeated"', '"title": ""'),
         "Title: still to write"),
    ],
)  # fmt: skip
def test_what_stops_a_plan_is_said_with_its_place(change, says):
    message = judge(change(policy.dumps(plans.own_plan())))
    assert message.status == "wrong" and says in message.text, message


def test_empty_boxes_do_not_hide_the_errors_and_are_named():
    plan = plans.own_plan()
    plan["instruments"][0]["points"] = 10
    plan["problem"], plan["risks"] = ..., []
    text = judge(plan).text
    assert "add up to 70" in text and "Still to write: The problem and 1 more." in text


def test_no_sources_of_one_s_own_are_no_fault():
    plan = plans.own_plan() | {"sources": None}
    for row in plan["kpis"]:
        row["source"] = "konyrshin2025"
    assert judge(plan).status == "right"


def test_numbers_that_were_typed_as_text_are_read_as_the_studio_reads_them():
    plan = plans.own_plan()
    plan["kpis"][0]["target"] = "15,5"
    assert judge(plan).status == "right"
    plan["kpis"][0]["target"] = "15 %"
    assert "without the sign or word after it: 15" in judge(plan).text
