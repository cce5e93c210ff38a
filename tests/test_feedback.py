"""Every question is fed its right answers in every form, its known wrong ones, and the blank."""

import re

import nbformat
import numpy as np
import pandas as pd
import pytest
from conftest import LESSONS, ROOT, SOLUTIONS, number_of

from softpower import feedback
from softpower.errors import CourseError
from softpower.feedback import OpenQuestion, plain
from softpower.feedback.answers import (
    AnyOf,
    Case,
    Choice,
    Column,
    Function,
    Listing,
    Mapping,
    Number,
    Words,
)
from softpower.feedback.question import Message, Question

BANK = feedback.bank()
CHECKED = [q for q in BANK.values() if isinstance(q, Question)]
OPEN = [q for q in BANK.values() if isinstance(q, OpenQuestion)]
WRONG = [(q, wrong) for q in CHECKED for wrong in q.wrong]
each = pytest.mark.parametrize("question", CHECKED, ids=lambda q: q.id)


def judge(question, value):
    return question.judge(plain(value, question.calls))


@each
def test_right_answers_pass_in_every_form(question):
    for value in question.right.examples():
        message = judge(question, value)
        assert message.status == "right", f"{value!r}: {message}"


@pytest.mark.parametrize(
    "question, wrong", WRONG, ids=[f"{q.id}-{i}" for i, (q, _) in enumerate(WRONG)]
)
def test_a_known_wrong_answer_gets_its_own_message(question, wrong):
    for value in wrong.answer.examples():
        message = judge(question, value)
        assert message.status in ("wrong", "partly"), f"{value!r} passes"
        assert message.text.endswith(wrong.message), f"{value!r} gets another message"


@each
def test_the_blank_is_not_yet(question):
    in_part = [] if getattr(question.right, "reads_blanks", False) else [[..., "a"], {"A": ...}]
    for value in (..., None, "", "...", *in_part):
        assert judge(question, value).status == "not yet"


@each
def test_any_other_answer_is_wrong_and_says_what_to_look_at(question):
    for value in (object(), "a sentence about horses", -987654.321, ["x"] * 7, pd.DataFrame()):
        message = judge(question, value)
        assert message.status == "wrong"
        assert len(message.text) > 15


@each
def test_messages_differ_and_hints_are_three(question):
    messages = [wrong.message for wrong in question.wrong]
    assert len(set(messages)) == len(messages)
    assert len(set(question.hints)) == 3
    assert question.explain and question.otherwise and question.objective
    assert "!" not in "".join([*messages, *question.hints, question.explain, question.otherwise])


@each
def test_no_message_gives_the_answer_away(question):
    if not isinstance(question.right, Number | Words):
        return
    value = question.right.value if isinstance(question.right, Number) else question.right.text
    text = f"{value:g}" if isinstance(value, (int, float)) else value
    if len(text) < 3:
        return
    for message in [question.otherwise, *(wrong.message for wrong in question.wrong)]:
        assert text not in message


@each
def test_a_multiple_choice_question_knows_its_other_options(question):
    if isinstance(question.right, Choice):
        assert len(question.wrong) >= 2, "each wrong letter deserves its own message"


@pytest.mark.parametrize("question", OPEN, ids=lambda q: q.id)
def test_a_rubric_has_four_levels_with_samples_and_adds_up(question):
    assert sum(max(level.points for level in c.levels) for c in question.rubric) == question.points
    for criterion in question.rubric:
        points = [level.points for level in criterion.levels]
        assert len(points) == 4 and points == sorted(points) and points[0] == 0
        assert criterion.look_for
        assert all(level.descriptor and level.sample for level in criterion.levels)
    table = feedback.rubric(question.id)
    assert list(table.columns) == ["criterion", "0 points", "1 point", "2 points", "3 points"]
    assert len(table) == len(question.rubric) and not table.isna().any(axis=None)


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda p: p.stem)
def test_an_exercise_and_its_questions_agree(path):
    notebook = nbformat.read(path, as_version=4)
    lesson = number_of(path)
    cells = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }
    mine = [q for q in BANK.values() if q.lesson == lesson and q.points]
    assert len([q for q in mine if isinstance(q, Question)]) >= 8
    assert [q for q in mine if isinstance(q, OpenQuestion)]
    for question in mine:
        name = (
            f"In code {question.number[4:]}" if question.optional else f"Question {question.number}"
        )
        heading = f"### {name} · {question.points} points · {question.minutes} minutes"
        assert any(c.source.startswith(heading) for c in notebook.cells), heading
        if isinstance(question, OpenQuestion):
            assert cells[question.cell].metadata.nbgrader.points == question.points
            continue
        check = cells[f"{question.cell}-check"]
        assert check.metadata.nbgrader.points == question.points
        assert check.source == f'feedback.check("{question.id}")'
        assert question.variable in cells[question.cell].source
        assert "Right." in str(check.outputs), "the worked answer passes"
    assert len(cells) == sum(2 if isinstance(q, Question) else 1 for q in mine)


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_a_lesson_asks_the_questions_that_it_has(path):
    notebook = nbformat.read(path, as_version=4)
    asked = {c.source for c in notebook.cells if c.source.startswith("feedback.check(")}
    lesson = number_of(path)
    mine = [q for q in BANK.values() if q.lesson == lesson and not q.points]
    assert asked == {f'feedback.check("{q.id}")' for q in mine}
    assert len(mine) >= 2


# The forms of an answer


@pytest.mark.parametrize(
    "given", [12, 12.0, "12", "12 %", np.int64(12), pd.Series([12]), [12.0], "≈ 12"]
)
def test_twelve_is_twelve(given):
    assert Number(12, unit="%").accepts(plain(given))


def test_a_currency_is_that_of_the_task():
    dollars = Number(12, unit="US dollars")
    for given in ("US$ 12", "$12", "12 dollars", "12 долларов", "12"):
        assert dollars.accepts(given), given
    for given in ("12 тенге", "€12", "12 euros", "12 рублей", "12 won", "12 people"):
        assert not dollars.accepts(given), given


@pytest.mark.parametrize(
    "given", [True, "a dozen", "12 or 13", None, float("nan"), [12, 12], "1e999"]
)
def test_what_is_not_one_number_is_not_twelve(given):
    assert not Number(12).accepts(plain(given))


def test_thousands_and_minus_signs_are_read():
    assert Number(1250).accepts("US$ 1,250")
    assert Number(-3.1).accepts("−3.1")
    assert Number(1300, tolerance=0.5).accepts("1 300")


@pytest.mark.parametrize(
    ("given", "value"), [("98,5", 98.5), ("-0,125", -0.125), ("1,250", 1.25), ("71 368,5", 71368.5)]
)
def test_a_decimal_comma_is_read_as_one_writes_it_in_kazakhstan(given, value):
    assert Number(value).accepts(given)
    assert not Number(value * 10).accepts(given)


def test_a_letter_from_a_russian_keyboard_is_the_letter_that_it_looks_like():
    assert Choice("c").accepts("с") and Choice("a").accepts("А")
    assert Listing(("a", "c")).accepts(["с", "а"])
    assert Choice("b").accepts("б")  # the second letter, and its sound
    assert not Choice("b").understands("в")  # its look, or the third letter? It asks for Latin.


def test_a_listing_minds_order_only_where_asked():
    assert Listing(("a", "b")).accepts(plain({"b", "a"}))
    assert Listing(("a", "b")).accepts("b; a")
    assert not Listing(("a", "b"), ordered=True).accepts(["b", "a"])
    assert not Listing(("a", "b")).accepts(["a", "a"])


def test_a_mapping_is_read_from_a_series_or_table_in_any_order():
    form = Column({"Japan": 70.6, "Kazakhstan": 35.9}, tolerance=0.05)
    frame = pd.DataFrame({"country": ["Kazakhstan", "Japan"], "score": [35.9, 70.62]})
    assert form.accepts(plain(frame))
    assert form.accepts(plain(frame.set_index("country")["score"]))
    assert form.accepts(plain(frame.set_index("country")))
    assert not form.accepts(plain(frame.assign(score=[70.6, 35.9])))


def test_a_partly_right_mapping_hears_which_part_to_look_at():
    question = Question(
        "99.1", "a", "o", Mapping({"A": "x", "B": "y"}), "Otherwise.", "E", ("1", "2", "3")
    )
    assert "Look again at: B." in judge(question, {"A": "x", "B": "z"}).text


def test_a_function_is_judged_by_its_results_and_its_errors_are_told():
    form = Function((Case(([1, 2, 3],), 6), Case(([],), 0)))
    question = Question("99.1", "total", "o", form, "Otherwise.", "E", ("1", "2", "3"))
    assert judge(question, sum).status == "right"
    assert "divides by zero when it is called as total([1, 2, 3])" in (
        judge(question, lambda x: 1 / 0).text
    )
    assert "stopped when it was tried" in judge(question, lambda x: {}[1]).text
    assert judge(question, lambda x: ...).status == "not yet"
    assert judge(question, 6).text.startswith("total should be a function, made with def")


def test_a_function_cannot_spoil_the_arguments_of_the_next_call():
    form = Function((Case((pd.Series([1, 2]),), 3), Case((pd.Series([1, 2]),), 3)))

    def spoils(values):
        total = int(values.sum())
        values[:] = 0
        return total

    assert form.accepts(plain(spoils, [plain([c.arguments[0]]) for c in form.cases]))


def test_any_of_several_forms():
    form = AnyOf((Words("payment"), Words("attraction")))
    assert form.accepts("Payment") and form.accepts("attraction") and not form.accepts("coercion")


def test_values_of_every_kind_become_plain_data():
    kinds = [
        1,
        1.5,
        "x",
        None,
        True,
        (1, 2),
        {1, 2},
        {"a": [1]},
        pd.Series([1]),
        pd.DataFrame({"a": [1]}),
    ]
    kinds += [
        np.array([1]),
        pd.Index([1]),
        range(3),
        {}.keys(),
        object(),
        len,
        pd.NA,
        pd.Timestamp("2026"),
    ]
    import json

    for value in kinds:
        json.dumps(plain(value))


def test_a_list_without_end_is_cut():
    assert len(plain(list(range(10**6)))) == 5_000


# What a learner meets


def test_check_finds_the_variable_in_the_notebook(monkeypatch):
    monkeypatch.setattr(feedback, "_from_notebook", {"answer_2": ["a", "d"]}.get)
    assert feedback.check("01.2").status == "right"


def test_a_check_before_its_answer_is_not_yet():
    assert feedback.check("01.2").status == "not yet"


def test_hints_come_one_by_one_and_the_last_stays():
    texts = [str(feedback.hint("01.2")) for _ in range(4)]
    assert [text.split(".")[0] for text in texts] == [
        "Hint 1 of 3",
        "Hint 2 of 3",
        "Hint 3 of 3",
        "Hint 3 of 3",
    ]


def test_an_unknown_question_gets_a_guess():
    with pytest.raises(CourseError, match=r"There is no question '01\.99'"):
        feedback.check("01.99")


def test_a_wrong_answer_raises_only_for_nbgrader(monkeypatch):
    assert feedback.check("01.2", "tea").status == "wrong"
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(AssertionError, match="Not judged yet"):
        feedback.check("01.2", "tea")
    assert feedback.check("01.2", ["a", "d"]).status == "right"


def test_a_message_is_safe_html_and_says_its_status_in_words():
    html = Message("wrong", "<b>x</b>", ("h1", "h2", "h3"))._repr_mimebundle_()["text/html"]
    assert "Not right yet." in html and "<b>x</b>" not in html and html.count("<details>") == 3


def test_where_the_questions_are_hidden_a_check_records(monkeypatch):
    monkeypatch.setattr(feedback, "bank", dict)
    assert feedback.check("01.2", "tea").status == "recorded"
    assert feedback.hint("01.2").status == "recorded"


def _tasks():
    """Return the task of each question of the exercises: the Markdown that stands before its check."""
    found = {}
    for path in sorted((ROOT / "exercises").glob("*/*.ipynb")):
        task = ""
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                task = cell.source if "### " in cell.source else f"{task}\n{cell.source}"
            for named in re.findall(r'feedback\.check\("([^"]+)"\)', cell.source):
                found[named] = task[task.rfind("### ") :]
    return found


def test_part_of_the_points_is_stated_in_the_task():
    says = r"[Pp]art of the points|is one point|[Ss]o many of the points|counts for (a|half)"
    tasks = _tasks()
    partly = [q.id for q in CHECKED if q.part and q.id in tasks]
    assert len(partly) > 20
    assert not [named for named in partly if not re.search(says, tasks[named])]


def test_the_longest_option_is_right_no_more_often_than_chance():
    longest, chance = 0, 0.0
    for named, task in _tasks().items():
        options = dict(re.findall(r"^- \*\*([a-j])\*\* (.*)$", re.sub(r"<[^>]+>", "", task), re.M))
        question = feedback.bank()[named]
        if isinstance(question, Question) and isinstance(question.right, Choice) and options:
            lengths = {letter: len(text) for letter, text in options.items()}
            longest += lengths[question.right.letter] == max(lengths.values())
            chance += 1 / len(options)
    assert chance > 8 and longest <= chance + 1, (longest, chance)
