"""A course that is mended while a term is on: older words of a task are nobody's answer."""

import pytest
from grading_class import EXERCISE, TASKS, cells, handed_in, text
from grading_room import folder_of, grade, table

from softpower.grading import editions

OLDER = TASKS[4].replace("in fifty words or fewer, please", "in sixty words at the most, please")
NAMES = ("Ann", "Bob", "Cy", "Di", "Eve")


def of_an_older_edition(essay, number, extra=""):
    made = cells(one=f"answer_1 = {number}", essay=essay)
    made = [text(OLDER) if cell["source"] == TASKS[4] else cell for cell in made]
    return handed_in([*made, *([text(extra)] if extra else [])])


@pytest.mark.usefixtures("one_warm_process")
def test_the_task_in_older_words_is_nobodys_answer(tmp_path):
    place = folder_of(
        tmp_path,
        **{
            name: of_an_older_edition("" if name == "Bob" else f"Words of {name} alone.", number)
            for number, name in enumerate(NAMES)
        },
    )
    grade(place, tmp_path / "out")
    answers = {row["student"]: row["answer"] for row in table(tmp_path / "out" / "marking.csv")}
    assert answers == {name: f"Words of {name} alone." for name in NAMES if name != "Bob"}
    assert "stand outside" not in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_what_a_group_wrote_together_is_its_own():
    shared = "We four wrote this at one table, and each of us handed it in by hand."
    class_ = [of_an_older_edition("", number, shared) for number in range(6)]
    older = editions.with_older({"77": EXERCISE}, class_)["77"].older
    assert len(older) == 1 and "sixty words" in next(iter(older))


def test_a_line_of_few_or_of_one_file_is_no_edition():
    alone = [of_an_older_edition("", 1)] * 9 + [handed_in(one=f"answer_1 = {n}") for n in range(9)]
    found = editions.with_older({"77": EXERCISE}, [*alone, b"{broken"])
    assert found == {"77": EXERCISE} and not found["77"].older
