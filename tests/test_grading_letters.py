"""Points in per cent and as letters, by the usual scale or the lecturer's own."""

import pytest
from grading_class import handed_in
from grading_room import folder_of, grade, table

from softpower.errors import CourseError
from softpower.grading import letters

pytestmark = pytest.mark.usefixtures("one_warm_process")


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (44, (100, "A")),
        (41.5, (94, "A-")),
        (41.8, (95, "A")),
        (22, (50, "D-")),
        (11, (25, "FX")),
        (21.7, (49, "FX")),
        (0, (0, "F")),
        (50, (100, "A")),
    ],
)
def test_a_total_has_its_letter(points, said):
    assert letters.of(points, 44, letters.SCALE) == said


def test_every_per_cent_has_one_letter_and_none_falls():
    found = [letters.of(share, 100, letters.SCALE)[1] for share in range(101)]
    assert list(dict.fromkeys(reversed(found))) == [letter for letter, _ in letters.SCALE]


def test_a_scale_may_be_the_lecturers_own(tmp_path):
    path = tmp_path / "scale.csv"
    path.write_text("Letter;From\nfail;0\npass;49,5 %\n", "utf-8")
    scale = letters.read(path)
    assert letters.of(22, 44, scale) == (50, "pass") and letters.of(21, 44, scale)[1] == "fail"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "no scale at"),
        ("grade,from\nA,90\n", "two columns: letter, and from"),
        ("letter,from\nA,ninety\nF,0\n", "'ninety' beside 'A'"),
        ("letter,from\nA,190\nF,0\n", "'190' beside 'A'"),
        ("letter,from\n,90\nF,0\n", "'90' beside ''"),
        ("letter,from\nA,90\nB,90\nF,0\n", "a per cent of its own"),
        ("letter,from\nA,90\nB,50\n", "one must begin at 0"),
        ("letter,from\n", "one must begin at 0"),
    ],
)
def test_a_bad_scale_is_told_in_one_sentence(text, says, tmp_path):
    path = tmp_path / "scale.csv"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(CourseError, match=says):
        letters.read(path)


def test_a_letter_stands_where_nothing_waits_or_is_missing(tmp_path, small_exercise):
    place = folder_of(tmp_path, Ann=handed_in(essay=""), Bob=handed_in())
    roster = tmp_path / "list.csv"
    roster.write_text("Student\nAnn\nBob\nCai\n", "utf-8")
    grade(place, tmp_path / "out", "--class", roster)
    rows = {row["student"]: row for row in table(tmp_path / "out" / "gradebook.csv")}
    said = {name: (row["per_cent"], row["letter"]) for name, row in rows.items()}
    assert said == {"Ann": ("64", "C-"), "Bob": ("", ""), "Cai": ("", "")}
