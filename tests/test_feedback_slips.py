"""What a wrong answer is told that no entry of the bank knows: how it came about."""

from types import SimpleNamespace

import pytest

from softpower import evaluation, feedback
from softpower.errors import CourseError
from softpower.feedback import kindly, near_sums, plain, reading, signs, stale
from softpower.feedback.answers import Listing, Mapping, Number, Words, freely
from softpower.feedback.question import Question
from softpower.feedback.special.functions import Tried

LINE = "(150 - 49) / 150 * 100"


def ask(right, **more):
    hints = ("1", "2", "3")
    return Question("99.1", "answer_1", "o", right, "Otherwise.", "R.", hints, points=3, **more)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (117.33, "Without its brackets"),
        (101, "a step on the way"),
        (150, "one of the numbers with which the answer begins"),
        (-67.3, "which is taken from which? Look at 150 and 49"),
        (148.5, "which is divided by which"),
        (10100, "150 has no part in your result"),
        (132.7, "You seem to have added 150 and 49"),
        (88.8, ""),
        (67.33, ""),
    ],
)
def test_a_wrong_number_is_told_what_it_was_made_of(number, says):
    said = near_sums.message(LINE, number)
    assert said.startswith(says) or (says and says in said)
    assert bool(said) is bool(says)
    assert "67" not in said.replace("-67", "")


def test_the_share_in_place_of_per_cent_is_told_as_such_and_not_as_a_step():
    question = ask(Number(67.33, 0.06, "%", decimals=1), worked=LINE)
    assert "share of one" in question.judge(0.6733).text
    assert "a step on the way" in question.judge(101).text


def test_each_number_of_a_mapping_has_its_own_line():
    right = Mapping({"now": Number(0.6685, 0.006), "then": Number(0.8256, 0.006)})
    lines = {"now": "(78.4 - 66.3) / (84.4 - 66.3)", "then": "(78.4 - 50) / (84.4 - 50)"}
    question = ask(right, worked=lines)
    said = question.judge(plain({"now": 0.67, "then": 28.4})).text
    assert said.startswith('Look again at: "then". That is a step on the way')


def test_a_number_with_two_ways_to_it_is_told_of_a_slip_in_either():
    ways = ("(256 / 123.5 - 1) * 100", "(256 - 123.5) / 123.5 * 100")
    question = ask(Number(107.29, 0.6, "%", change=True), worked=ways)
    for typed in ("256 - 123.5 / 123.5 * 100", "(256 / 123.5) - 1 * 100"):
        assert "Without its brackets" in question.judge(typed).text, typed


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("fell by 2.46", -2.46),
        ("down 2,46 points", -2.46),
        ("снизилось на 2,46", -2.46),
        ("2,46 төмендеді", -2.46),
        ("a fall of -2.46", -2.46),
        ("rose by 2.46", 2.46),
        ("1.87-4.33", -2.46),
        ("4.33 - 1.87", 2.46),
        ("rose, then fell by 2.46", None),
        ("2-3", None),
    ],
)
def test_a_change_has_the_sign_of_its_words(typed, held):
    read = Number(-2.46, 0.02, "points", change=True).numbers_in(typed)
    assert read == (() if held is None else (pytest.approx(held),))
    assert Number(5, unit="million").accepts("a fall of 5 million")  # no change is asked for


def test_an_ending_changes_no_word_and_no_other_word_is_taken_for_it():
    options = ("strategy", "fund", "reputation", "holds up", "unverified")
    read = {"стратегии": "strategy", "фондтар": "fund", "репутацию": "reputation"}
    assert {word: reading.closest(word, options) for word in read} == read
    for word in ("расталмады", "проверено", "репутационный"):  # a denial is no ending
        assert reading.closest(word, options) is None, word


@pytest.mark.parametrize(
    "typed",
    ["Я думаю c", "c дұрыс", "answer_1 = 'c'", "I think it is c", "c is right", "по-моему, c", "c верно."],
)  # fmt: skip
def test_a_letter_is_read_among_words_that_say_nothing_of_their_own(typed):
    assert reading.letter_in(typed) == "c"
    for other in ("not c", "I think a or c", "c is wrong", "думаю не c", "a верно, c нет"):
        assert reading.letter_in(other) is None, other
    options = ("resource", "outcome")
    assert reading.closest("ответ: resource", options) == "resource"
    assert reading.closest("outcome (I think)", options) == "outcome"
    assert reading.closest("outcome (not resource)", options) is None


def test_a_number_that_may_be_the_right_one_rounded_too_far_is_no_try():
    assert feedback.bank()["04.code2"].judge(0.07).unread


def test_a_second_right_number_passes_and_nothing_between_the_two():
    form = Number(12, 0.05, "times", also=(11.6,))
    assert form.accepts("11.6 times") and form.accepts(11.6) and form.accepts(12)
    assert not form.accepts(11.8) and not form.accepts(11.9)


def test_a_hundred_on_the_wrong_side_is_told():
    assert "ten thousand times too small" in ask(Number(28.37, 0.06, "%")).judge(0.0028).text
    assert "ten thousand times too large" in ask(Number(0.6, 0.01, "share")).judge(6000).text


def test_every_line_of_the_bank_comes_to_its_answer():
    worked = [q for q in feedback.bank().values() if getattr(q, "worked", "")]
    assert len(worked) > 30  # the loader has worked each of them out


TRIED = Tried(
    lambda part, whole: part / whole * 100, [(5, 3), (-7, 3), (12, 8), (-9, 4)], tolerance=1e-6
)


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lambda part, whole: part // whole * 100, "Whole numbers come out"),
        (lambda part, whole: part / whole * 100 // 1, "Whole numbers come out"),
        (lambda part, whole: round(part / whole * 100), "rounds its result"),
        (lambda part, whole: abs(part / whole * 100), "The sign is lost"),
        (lambda part, whole: max(0, part / whole * 100), "comes out as nought"),
        (lambda part, whole: part / whole * 200, "twice as large"),
        (lambda part, whole: part, "hands back what it was given"),
        (lambda part, whole: part + whole, "Tried as answer_1(5, 3), yours gives 8 and should give 166.7"),
    ],
)  # fmt: skip
def test_a_function_is_told_of_a_call_at_which_it_is_wrong_or_of_what_all_have_in_common(
    function, says
):
    question = ask(TRIED.form())
    assert says in question.judge(plain(function, question.calls)).text


def test_a_result_with_several_names_is_asked_to_be_opened():
    drop = evaluation.two_proportions(0.13, 400, 0.02, 400)
    message = ask(Number(0.0743, 0.001)).judge(plain(drop))
    assert message.unread and "difference, low, high and z" in message.text


def test_what_was_not_read_takes_no_point_back():
    right = Mapping({"A": "yes", "B": "no", "C": "no", "D": "yes"})
    question = ask(right, choose_from=("yes", "no"), part=True)
    unread = question.judge(plain({"A": "yes", "B": "no", "C": "not sure", "D": "yes"}))
    wrong = question.judge(plain({"A": "yes", "B": "no", "C": "yes", "D": "yes"}))
    assert unread.part > wrong.part and "takes one back" not in unread.text
    letters = ask(Listing(("a", "d", "e")), part=True).judge("а, д, е")
    assert letters.unread and not letters.part


def test_a_word_with_an_or_is_asked_about_and_nothing_is_given_away():
    question = ask(Words("tea"), choose_from=("tea", "milk"))
    assert (
        question.judge("tea or milk").unread
        and "Did you mean" not in question.judge("tea or milk").text
    )
    assert ask(freely(Listing((1, 2)))).judge("not 1, 2").unread


@pytest.mark.parametrize(
    ("source", "word", "says"),
    [
        ("answer_1 = c", "c", '"c", and not c'),
        ("answer_1 = [Japan, France]", "Japan", '"Japan", and not Japan'),
        ("answer_1 = minmax(values)", "minmax", "not known yet"),
        ("answer_1 = scores.sum()", "scores", "not known yet"),
    ],
)  # fmt: skip
def test_a_word_without_marks_is_shown_in_marks_and_no_other(source, word, says, monkeypatch):
    monkeypatch.setattr(stale, "_failed", {})
    error = NameError(f"name {word!r} is not defined", name=word)
    monkeypatch.setitem(stale._failed, "answer_1", ("NameError", stale.left_bare(error, source)))
    assert says in stale.message("answer_1")


def test_arithmetic_that_begins_with_a_sign_is_taken_apart_too():
    assert "a step on the way" in near_sums.message("-(8 - 3 * 2)", 6)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("answer_1 = “c”", "straight ones"), ("answer_1 = «c»", "straight ones"), ("answer_1 = 9 * √4", "25 ** 0.5"),
        ("answer_1 = 18 * 60 : 80", "written /"), ("answer_1 = 1,045,000 / 3", "between the thousands"), ("answer_1 = 94.5 %", "Leave the %"),
        ("answer_1 = 9^0.5", "two stars"), ("answer_1 = 9 * 2^2", "two stars"), ("answer_1 = 3 + '%'", "cannot be added"),
        ("answer_1 = sqrt(9)", "25 ** 0.5"), ("answer_1 = answer_z", "name of another answer"), ("answer_1 = [1", "put ] where it ends"), ("answer_1 = 9 ** 2", ""),
        ("answer_1 = (25,4 - 1) / (48,9 - 1)", ": (25.4 - 1) / (48.9 - 1)."), ("answer_1 = 1,15/0,4", ": 1.15/0.4."), ("answer_1 = 1,15 / 0,04", ": 1.15 / 0.04."),
        ("answer_1 = 1,045 / (2,5 - 0,5)", "a point before decimals"), ("answer_1 = [3,4]", ""), ("answer_1 = round(2.5,0)", ""), ("answer_1 = {'A': 1,5, 'B': 2}", "a point before decimals"),
        ("answer_1 = (150 - 49) : 150 * 100", "not with a colon"), ("answer_1 = (92:80) : (8:20)", "not with a colon"), ("answer_1 = (92÷80)/(8÷20)", "not with ÷"),
        ("answer_1 = −2.46", "the short one"), ("answer_1 = 2 × 3", "with a star"), ("answer_1 = 3 out of 20", '"out of"'), ("answer_1 = 3 in 20", '"in"'), ("answer_1 = 4 500 000", "between the thousands"),
        ('answer_1 = """{"a": 1}""""', "Three quotation marks"), ('answer_1 = """{"a": 1', "Three quotation marks"), ('answer_1 = "{\n "a": 1}"', "Three quotation marks"), ('answer_1 = "{"a": 1}"', "Three quotation marks"),
        ("answer_1 = 3 + 4)", "put ( where it begins"), ("answer_1 = [1, 2)", "close it by ]"), ('answer_1 = "tea', "A quotation mark is missing"), ("answer_1 = [1 2]", "A comma is missing"), ("answer_1 = 5 +", "belongs behind it"),
        ("answer_1 = South Korea", '"South Korea", and not South Korea'), ("answer_1 = 13.5 million", "round both"), ("answer_1 = > 24", "sign before the number"), ("answer_1 = 3(4 + 5)", "a sign is missing"), ("answer_1 = 3 / 0", ""),
        ("answer_1 = 'tea'.Upper()", "Upper and upper are two names"), ("answer_1 = 'tea'.uppr()", "Is upper meant?"), ("answer_1 = {'tea': 1}['Tea']", "'Tea' is not known there"), ("answer_1 = (lambda start: 1)()", "start=…"),
    ],
)  # fmt: skip
def test_a_sign_that_python_reads_otherwise_is_told_with_what_to_write(line, says):
    try:
        exec(compile(line, "cell", "exec"), {})
        said = signs.unheard(line)
    except Exception as error:
        said = signs.advice(error, line)
        assert not said or said in kindly.sentence(error, line)
    assert says in said if says else not said


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("answer_1 = 8,508 / 6.6 / (6,749 / 33)", "thousands, 8508 / 6.6 / (6749 / 33)."),
        ("answer_1 = 8508 / 6,6 / (6749 / 33,0)", "8508 / 6.6 / (6749 / 33.0)"),
        ("answer_1 = 1.20 / believed", "believed is a word"), ("answer_1 = 1.20 / 'believed'", "not with what stands in quotation marks"),
        ("answer_1 = soft-power", '"soft", and not soft'), ("answer_1 = a + c", '"a", and not a'), ("answer_1 = 6,3", ""),
        ("def f(x):\nreturn x", "four spaces each"), ("def f(x):\n    y = x\n     return y", "spaces that do not belong"),
        ("def f(x)\n    return x", "A colon, :, is missing"), ("def f(x):\n    return x + 20)", "closes nothing"),
        ("def f(x):\n    return (x", "never closed"), ("def f(x):\n    retrun x", "begins with return"), ("def f(x):\n    return x x", "each bracket has its partner"),
        ('answer_1 = "c', "quotation mark is missing"), ("answer_1 =", "something belongs behind it"), ('answer_1 = "b"c', "behind the closing quotation mark"),
        ('answer_1 = {"P": "x" "Q": "y"}', "Between two pairs"), ('answer_1 = ["a" b]', "A comma is missing"), ('answer_1 = ["a"}', "is closed by"),
    ],
)  # fmt: skip
def test_a_cell_that_stops_is_told_why_in_the_cell_and_in_the_check(source, says, monkeypatch):
    monkeypatch.setattr(stale, "_failed", {})
    error = None
    try:
        exec(compile(source, "cell", "exec"), {})
    except Exception as one:
        error = one
        assert says in kindly.sentence(one, source)
    info = SimpleNamespace(raw_cell=source)
    stale._note(SimpleNamespace(info=info, error_before_exec=error, error_in_exec=None))
    said = stale.message("f" if source.startswith("def") else "answer_1")
    assert says in said if says else not said


def test_a_line_with_a_wrong_power_is_not_judged(monkeypatch):
    monkeypatch.setattr(stale, "_failed", {})
    info = SimpleNamespace(raw_cell="answer_1 = 9 * 2^2")
    stale._note(SimpleNamespace(info=info, error_before_exec=None, error_in_exec=None))
    assert stale.message("answer_1").startswith("A power is written with two stars")
    info.raw_cell = "answer_1 = 9 * 2**2"
    stale._note(SimpleNamespace(info=info, error_before_exec=None, error_in_exec=None))
    assert not stale.message("answer_1")


def test_a_comma_of_which_python_makes_two_numbers_is_told_with_a_point(monkeypatch):
    for line, says in [
        ("answer_1 = 92,5/80", "before decimals: 92.5/80. Write it so"),
        ("answer_1 = 92.5/80", ""),
        ("answer_1 = 9, 5", ""),
        ("answer_1 = 92,5/80\nanswer_2 = 3,5*2", ""),  # which of the two is meant is not known
    ]:
        info = SimpleNamespace(raw_cell=line)
        stale._note(SimpleNamespace(info=info, error_before_exec=None, error_in_exec=None))
        assert says in stale.of_pair("answer_1") if says else not stale.of_pair("answer_1")


def test_a_stop_with_an_error_of_the_course_says_so_in_its_own_words_once():
    error = CourseError("The weights add up to 0.36.")
    assert signs.advice(error, "answer_1 = f()") == str(error)
    assert str(error) not in kindly.sentence(error, "answer_1 = f()")


@pytest.mark.parametrize(
    ("typed", "says"),
    [(15, ""), (16, ""), (43.65, "a step on the way"), (101.5, "")],
)  # fmt: skip
def test_a_number_that_may_be_a_guess_is_not_said_to_be_made_of_the_task_s(typed, says):
    said = near_sums.message("(43.72 - 24.86) / (43.72 - 0.07)", typed, (80, 12))
    assert says in said if says else not said
    assert near_sums.message("18 * 60 / (60 + 20)", 15, (80,)) == ""


@pytest.mark.parametrize(
    ("question", "typed", "says", "not_said"),
    [
        ("01.8", (149 - 49) / 149 * 100, "one country off the list", "Near"),
        ("02.2", 287.5, "how many times, and not per cent", "a share of one"),
        ("02.2", 92 / 80 / 8 / 20, "from left to right", "multiplies and divides first"),
        ("04.8", 49.37 - 47.5 - 50.52 - 46.2, "from left to right", "multiplies and divides first"),
        ("01.8", 150 - 49 / 150 * 100, "multiplies and divides first", "from left to right"),
        ("04.9", 3 / 10, "or the whole is not all the countries", "That is more countries"),
        ("04.code3", 1.87 - 4.33, "to two decimals", "not rounded"),
        ("04.code3", -2.465, "Rounded on the way", "by hand"),
        ("03.2", ["a", "x"], "'x' is none of the letters", "quotation marks"),
        ("03.2", [], "still empty", "quotation marks"),
        ("03.7", {}, "between the curly brackets", "not those"),
        ("03.7", {"A": 2, "B": 4, "C": 4, "D": 5, "E": 3}, "A, B, C, and at others", "A, B, C. "),
        ("05.a", "", "between the quotation marks", "three dots"),
        ("05.a", "...", "three dots", "between the quotation marks"),
    ],
)
def test_what_is_said_is_true_of_what_was_typed(question, typed, says, not_said):
    said = feedback.bank()[question].judge(plain(typed)).text
    assert says in said and not_said not in said
