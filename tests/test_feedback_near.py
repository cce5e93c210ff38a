"""Near lines: what a wrong function or number was made of, where no entry of the bank knows it."""

import pytest

from softpower import feedback
from softpower.feedback import near_digits, near_sums, plain
from softpower.feedback.number import Number
from softpower.feedback.slips import cut, far, near
from softpower.feedback.special.functions import FUNCTIONS
from softpower.feedback.special.lines import LINES


@pytest.mark.parametrize("name", LINES)
def test_a_line_is_the_reference_in_one_line(name):
    tried = FUNCTIONS[name]
    assert tried.form(eval(LINES[name])).accepts(plain(tried.reference, _calls(tried)))
    assert not tried.form(eval(LINES[name])).accepts(plain(lambda *given: 0.5, _calls(tried)))


def _calls(tried):
    return [plain(list(case.arguments)) for case in tried.form().cases]


def sets_another(points):
    result = points / (points + 20)  # noqa: F841
    return bought  # noqa: F821


@pytest.mark.parametrize(
    ("question", "function", "says"),
    [
        ("05.code1", lambda loss, put_in: round(loss / put_in * 100), "rounds its result"),
        ("05.code1", lambda loss, put_in: round(loss / put_in * 100, 1), "rounds its result"),
        ("05.code1", lambda loss, put_in: round(loss / put_in, 2) * 100, "rounds its result"),
        ("05.code1", lambda loss, put_in: -loss / put_in * 100, "can what is asked for lie below"),
        ("05.code1", lambda loss, put_in: loss // put_in * 100, "nought at every call"),
        ("05.code1", lambda loss, put_in: int(loss / put_in * 100), "Whole numbers come out"),
        ("06.code1", lambda first, last: (first - last) / first * 100, "you take the last figure from the first"),
        ("08.code1", lambda move, deviation: abs(-7) / deviation, "A fixed number"),
        ("10.code1", lambda points: round(points / (points + 20), 2), "rounds its result"),
        ("10.code1", lambda points: points / (points + 200), "A number in your line is another"),
        ("03.code3", lambda points: points / points.median(), "`.median()` stands in your line"),
        ("03.code3", lambda points: points / 10, "A fixed number stands in your line, 10"),
        ("03.code4", lambda values, weights: (values * weights).median(), "`.median()`"),
        ("03.code5", lambda values, weights: (weights ** values.clip(lower=0.01)).prod(), "power"),
        ("03.code6", lambda scores: scores.rank(ascending=False, method="min").astype(str), "text"),
        ("04.code1", lambda before, after: after[-1] - before[-1], "the first or the last"),
        ("04.code1", lambda before, after: max(after) - max(before), "max(…)"),
        ("04.code1", lambda before, after: sum(after) / 3 - sum(before) / 3, "A fixed number"),
        ("04.code1", lambda before, after: after.mean() - before.mean(), "has no .mean"),
        ("04.code1", "lambda before, after: mean(after)", "no function mean( )"),
        ("05.code1", lambda loss, put_in: loss % put_in, "left over after a division"),
        ("05.code1", lambda loss, put_in: loss / 31 * 100, "A fixed number stands in your line, 31"),
        ("05.code1", lambda loss, put_in: loss / put_in * 100 + "%", "a number and a text"),
        ("06.code1", lambda first, last: (last[0] - first) / first, "one number, and no list"),
        ("07.code2", "lambda grades: grades.count(empty)", "stands in quotation marks"),
        ("07.code2", lambda grades: grades.count["empty"], "round brackets: len(...)"),
        ("07.code2", lambda grades: grades - grades.count("empty"), "with a whole list"),
        ("08.code1", lambda move, deviation: move.abs() / deviation, "For one number write abs(...)"),
        ("08.code1", lambda move, deviation: abs / deviation, "brackets after its name"),
        ("09.code1", lambda observed, expected: (observed - 0.31) / (1 - expected), "A fixed number"),
        ("10.code1", lambda points: points / (30 + 20), "A fixed number stands in your line, 50"),
        ("10.code1", lambda points: points % (points + 20), "left over after a division"),
        ("10.code1", lambda points: points(points + 20), "a sign is missing"),
        ("10.code1", lambda points: points / points / 20, "every instrument gets the same"),
        ("03.code3", lambda points: 100 - points, "a step on the way, `points`, with its sign"),
        ("03.code4", lambda values, weights: (values * weights).sum() * 3, "one and the same number"),
        ("03.code4", lambda values, weights: (values * weights).sum() + 0.3, "by one and the same"),
        ("03.code6", "lambda scores: scores.rank(ascending=false)", "with a capital letter"),
        ("03.code6", lambda scores: scores.rank(descending=True), "no setting descending"),
        ("03.code6", lambda scores: scores.rank(method="Min"), "'Min' is not known there"),
        ("03.code6", "lambda scores: rank(scores)", "behind the column's name"),
        ("07.code2", "lambda grades: count(grades, 'empty')", "behind the name of the list"),
        ("07.code2", lambda grades: len(grades.count("empty")), "one number already"),
        ("06.code1", "lambda first, last: last - First", "tells capital letters from small"),
        ("08.code1", lambda move, deviation: abs(move, deviation), "too few things in its brackets"),
        ("09.code1", lambda observed, expected: observed + expected, "has no part in your line"),
        ("10.code1", lambda points: points / (points - 20), "The rule adds the two"),
        ("10.code1", sets_another, "sets result, and hands over bought"),
    ],
)  # fmt: skip
def test_a_function_like_none_of_the_near_misses_is_told_what_it_does(question, function, says):
    asked = feedback.bank()[question]
    written = eval(function) if isinstance(function, str) else function
    message = asked.judge(plain(written, asked.calls))
    assert message.status == "wrong"
    assert says in message.text


WORKED = "(256 - 123.5) / 123.5 * 100"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (51.76, "256 stood in your line"),  # divided by the later figure
        (1472.2, "9 stood in your line"),
        (107.2874493927125, ""),
    ],
)
def test_a_number_of_another_place_is_told(number, says):
    said = near_sums.message(WORKED, number, (9,))
    assert says in said if says else not said


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (170.3, "Two digits"),
        (117.3, "One of its digits is one too large"),
        (157.3, "One digit"),
        (17.3, "A digit seems to be missing"),
        (53.65, "divided once too often"),
        (429.16, "multiplied or added up once too often"),
        (7.29, "A whole is in it"),
        (361, "You seem to have added 270 and 91"),
        (60, ""),
    ],
)
def test_a_number_that_no_line_explains_is_told_of_its_digits_or_steps(typed, says):
    said = far(Number(107.29, 0.5, "%"), typed, (270, 91))
    assert says in said if says else not said


def test_what_was_cut_off_is_told_apart_from_what_was_rounded_on_the_way():
    form = Number(0.8256, 0.0006, "share")
    assert "cut off and not rounded" in cut(form, 0.82) and not cut(form, 0.83)
    assert "a slip on the way" in near(form, 0.84)
    message = feedback.bank()["03.1"].judge(plain({"now": 0.66, "then": 0.82}))
    assert "cut off and not rounded" in message.text


def test_a_round_guess_is_not_read_as_a_known_error_rounded_so_far():
    asked = feedback.bank()["08.3"]
    assert "another country's row" in asked.judge(6.7).text
    assert "another country's row" not in asked.judge(7).text
    assert feedback.bank()["10.d"].judge(20).unread is False  # a whole number is as short as it is


def test_two_numbers_in_each_other_s_place_are_told():
    assert "80 and 20, seem to stand" in near_sums.message("(92 / 80) / (8 / 20)", 46)


def test_the_numbers_of_a_task_are_those_of_its_line_and_those_beside_it():
    assert near_digits.numbers_of("3 / 4 * 100", (9,)) == (3, 4, 9)
    assert near_digits.numbers_of({"a": "5 - 3", "b": "3 - 2"}) == (5, 3)
