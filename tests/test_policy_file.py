"""The file of a plan: what is written comes back, and what is damaged is kept and explained."""

import json

import pytest

from softpower import policy
from softpower.errors import CourseError


@pytest.fixture
def plan():
    return policy.example()


def test_a_half_finished_plan_comes_back_as_it_was(tmp_path):
    path = tmp_path / "work" / "plan.json"
    file = policy.PlanFile(path)
    plan = file.open() | {"title": "Қазақстан: a beginning"}
    assert file.save(plan) is None
    again = policy.PlanFile(path)
    assert again.open() == plan
    assert again.problem == ""
    assert again.save(plan | {"start": 2027}) is None
    assert policy.read(path)["start"] == 2027


DAMAGES = {
    "cut off": (lambda text: text[: text.rindex("]")], "the text stops before the plan does"),
    "a comma lost": (
        lambda text: text.replace('2027,\n  "end"', '2027\n  "end"'),
        "a comma or a closing bracket is missing",
    ),
    "a quotation mark lost": (
        lambda text: text.replace('be known by name in two cities"', "be known"),
        "line 3",
    ),
    "brackets without end": (lambda text: "[" * 100_000, "damaged"),
    "a list": (lambda text: "[]", "holds no plan"),
    "not a number": (lambda text: text.replace("35.9", "NaN"), "holds NaN"),
    "a decimal comma": (
        lambda text: text.replace("35.9", "35,9"),
        "a comma stands inside a number",
    ),
    "per cent": (
        lambda text: text.replace('"target": 20', '"target": 20 %'),
        "a % sign stands after",
    ),
    "curly quotation marks": (lambda text: text.replace('"title"', "“title”"), "are curly"),
    "pasted twice": (lambda text: text + text, "pasted twice"),
}


@pytest.mark.parametrize(("damage", "words"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_says_where_and_is_kept(tmp_path, plan, damage, words):
    path = tmp_path / "plan.json"
    damaged = damage(policy.dumps(plan))
    path.write_text(damaged, encoding="utf-8")
    with pytest.raises(CourseError, match=words):
        policy.read(path)
    file = policy.PlanFile(path)
    empty = file.open()
    assert words in file.problem
    assert path.read_text(encoding="utf-8") == damaged
    aside = file.save(empty)
    assert (tmp_path / aside).read_text(encoding="utf-8") == damaged
    assert policy.read(path) == empty


def test_bytes_that_are_no_text_are_kept_too(tmp_path):
    path = tmp_path / "plan.json"
    path.write_bytes(b"\xff\xfe\x00")
    file = policy.PlanFile(path)
    file.open()
    assert "not text" in file.problem
    assert (tmp_path / file.save(policy.new_plan())).read_bytes() == b"\xff\xfe\x00"


def test_a_file_in_a_russian_encoding_is_told_how_to_be_saved(tmp_path, plan):
    path = tmp_path / "plan.json"
    path.write_bytes(policy.dumps(plan | {"title": "Степные голоса"}).encode("cp1251", "replace"))
    with pytest.raises(CourseError, match="Windows-1251"):
        policy.read(path)


def test_a_number_of_thousands_of_digits_is_no_plan_s_end(tmp_path, plan):
    text = policy.dumps(plan).replace("35.9", "9" * 5000)
    assert not policy.is_valid(policy.check(policy.loads(text)))


def test_two_windows_on_one_plan_lose_nothing(tmp_path, plan):
    first, second = policy.PlanFile(tmp_path / "plan.json"), policy.PlanFile(tmp_path / "plan.json")
    first.save(plan)
    second.open()
    first.save(plan | {"title": "From the first window"})
    aside = second.save(plan | {"title": "From the second window"})
    assert aside == "plan-other-1.json"
    assert (
        json.loads((tmp_path / aside).read_text(encoding="utf-8"))["title"]
        == "From the first window"
    )
    assert policy.read(tmp_path / "plan.json")["title"] == "From the second window"


def test_a_missing_file_is_said_in_a_sentence(tmp_path):
    with pytest.raises(CourseError, match="There is no file"):
        policy.read(tmp_path / "nowhere.json")
