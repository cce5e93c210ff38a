"""Two people mark: nobody's mark is lost or overruled, and nobody agrees with themselves."""

import pytest
from grading_class import BANK

from softpower.grading import agreement, pages, sheets
from softpower.grading.marking import Marks

QUESTION = BANK["77.4"]
NAMES = ("Гүлнәр", "Боб")
COLUMNS = ("level", "comment")


class Desk:
    """A marking sheet of two answers, four criteria in all, and a second marker's copies of it."""

    def __init__(self, folder):
        self.folder, self.mine, self.asked = folder, folder / "marking.csv", []
        self.run()

    def run(self, *others):
        """Do what each run does with the sheet; ``others``: names of second markers' sheets."""
        marks = Marks(self.mine)
        marks.add_others([self.folder / name for name in others])
        marks.write(
            lambda: [
                {
                    "student": name,
                    "number": str(number),
                    "assignment": "x",
                    "question": QUESTION,
                    "answer": f"An answer of {name}.",
                }
                for number, name in enumerate(NAMES)
            ]
        )
        self.marks = marks
        return marks

    def rows(self, name="marking.csv"):
        return sheets.read(self.folder / name, [])[1]

    def give(self, name, *cells, start="marking.csv"):
        """Save a sheet with these (level, comment), a row each; None leaves a row as it stands."""
        rows = self.rows(start)
        for row, cell in zip(rows, cells, strict=True):
            row |= dict(zip(COLUMNS, cell, strict=True)) if cell is not None else {}
        sheets.write(self.folder / name, list(rows[0]), rows)

    def cells(self, column):
        return [row[column] for row in self.rows()]

    def compared(self):
        """Return (level that counts, the other's) of what two people have marked."""
        return [pair[1:] for pair in self.marks.compared().values()]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


B = ("", "")


def test_a_second_sheet_pasted_below_stays_a_second_opinion(desk):
    desk.give("theirs.csv", ("2", "не согласен"), ("1", ""), ("2", ""), B)
    desk.give("marking.csv", ("1", "my word"), ("1", ""), B, B)
    both = desk.rows() + desk.rows("theirs.csv")
    sheets.write(desk.mine, list(both[0]), both)
    for _ in range(3):  # it is said at each later run, not once
        desk.run()
        assert desk.cells("level") == ["1", "1", "2", ""]
        assert desk.cells("comment") == ["my word", "", "", ""]  # what the student reads
        assert desk.compared() == [("1", "2"), ("1", "1")]
        found = agreement.compare(desk.marks.compared())
        assert [(row["student"], row["words"]) for row in found["rows"]] == [
            ("Гүлнәр (0)", "не согласен")
        ]


def test_what_the_second_marker_corrects_is_corrected(desk):
    desk.give("theirs.csv", ("1", "so"), ("3", ""), B, B)
    desk.give("marking.csv", B, B, ("2", "mine"), B)
    desk.run("theirs.csv")
    assert desk.cells("level") == ["1", "3", "2", ""]
    desk.give("theirs.csv", ("0", "not at all"), ("0", ""), B, B, start="theirs.csv")
    desk.run("theirs.csv")
    assert desk.cells("level") == ["0", "0", "2", ""]
    assert desk.cells("comment") == ["not at all", "", "mine", ""]
    assert desk.compared() == []
    # What the first has decided about her mark stays, whatever her sheet says later.
    desk.give("marking.csv", ("2", "not at all"), None, None, None)
    desk.give("theirs.csv", ("1", "well"), B, B, B, start="theirs.csv")
    marks = desk.run("theirs.csv")
    assert desk.cells("level") == ["2", "0", "2", ""] and desk.compared() == [("2", "1")]
    (line,) = marks.doubles  # a mark that she took back is kept, and told
    assert "theirs.csv has no level there any more; 0" in line


def test_the_same_marker_under_another_file_name_is_no_third_opinion(desk):
    desk.give("theirs.csv", ("1", ""), ("2", ""), B, B)
    desk.give("their2.csv", ("1", ""), ("2", ""), ("2", ""), ("0", ""))
    desk.give("marking.csv", ("2", ""), B, B, B)
    desk.run("theirs.csv")
    assert desk.compared() == [("2", "1")]
    for given in (["their2.csv"], ["theirs.csv", "their2.csv"], []):
        desk.run(*given)
        assert desk.cells("level") == ["2", "2", "2", "0"]
        assert desk.compared() == [("2", "1")]  # her own three agree with nobody
    # Where another sheet says otherwise, it overrules nothing, and is shown.
    desk.give("their3.csv", B, B, ("1", ""), B)
    desk.run("their3.csv")
    assert desk.cells("level") == ["2", "2", "2", "0"] and ("2", "1") in desk.compared()[-1:]


def test_a_copy_made_after_the_first_had_marked_is_no_second_opinion(desk):
    desk.give("marking.csv", ("1", "Good."), ("2", ""), ("2", ""), B)
    desk.run()
    desk.give("theirs.csv", None, None, None, ("3", "her own"))  # copied now
    desk.run("theirs.csv")
    assert desk.cells("level") == ["1", "2", "2", "3"]
    assert desk.compared() == []
    desk.give("theirs.csv", ("0", ""), None, None, None, start="theirs.csv")
    desk.run("theirs.csv")
    assert desk.compared() == [("1", "0")]


def test_two_who_agree_by_themselves_are_two(desk):
    desk.give("theirs.csv", ("1", "Good."), ("2", ""), ("2", ""), ("0", ""))
    desk.give("marking.csv", ("1", "Good."), ("2", ""), ("2", ""), ("0", ""))
    desk.run("theirs.csv")
    assert desk.compared() == [("1", "1"), ("2", "2"), ("2", "2"), ("0", "0")]
    assert "copied before the first" in agreement.compare(desk.marks.compared())["said"]


def test_what_is_no_level_is_told_and_not_counted(desk):
    desk.give("theirs.csv", ("2,5", ""), ("2,0", ""), ("9", ""), B)
    desk.give("marking.csv", ("2", ""), ("2", ""), ("1", ""), B)
    marks = desk.run("theirs.csv")
    assert desk.compared() == [("2", "2,0")]
    assert ["'2,5'" in line or "'9'" in line for line in marks.no_levels()] == [True, True]


def test_words_of_the_second_go_out_only_with_her_level(desk):
    desk.give("theirs.csv", ("3", "better"), ("1", "poor"), ("2", "agreed"), ("0", "hers"))
    desk.give("marking.csv", ("1", "first"), ("2", ""), ("2", ""), ("", "also"))
    for _ in range(2):
        desk.run("theirs.csv")
        assert desk.cells("comment") == ["first", "", "agreed", "also\nhers"]
    desk.give("theirs.csv", *[(n, "new words") for n in "3120"], start="theirs.csv")
    desk.run("theirs.csv")
    assert desk.cells("comment") == ["first", "", "new words", "also\nnew words"]


def test_an_excel_that_loses_letters_takes_no_name_from_the_table(desk):
    desk.give("theirs.csv", ("1", ""), B, B, B)
    text = (desk.folder / "theirs.csv").read_text("utf-8-sig")
    (desk.folder / "theirs.csv").write_bytes(text.encode("cp1251", "replace"))
    desk.give("marking.csv", ("2", ""), B, B, B)
    desk.run("theirs.csv")
    assert agreement.compare(desk.marks.compared())["rows"][0]["student"] == "Гүлнәр (0)"


def test_a_row_with_a_comment_of_the_firsts_own_is_not_overruled(desk):
    desk.give("theirs.csv", ("2", "hers"), ("2", ""), B, B)
    desk.run("theirs.csv")
    desk.give("marking.csv", ("2", "I agree"), ("2", ""), B, B)
    desk.give("theirs.csv", ("0", "no"), ("0", ""), B, B, start="theirs.csv")
    for _ in range(2):
        desk.run("theirs.csv")
        assert desk.cells("level") == ["2", "0", "", ""]
        assert desk.cells("comment")[0] == "I agree"
        assert desk.compared() == []  # she has taken the 2 back, and the first gave none
        (line,) = desk.marks.doubles
        assert "theirs.csv has 0 now. 2" in line and "a word of your own" in line


def test_a_sheet_below_after_a_run_is_a_marker_more(desk):
    desk.give("blank.csv", B, B, B, B)
    desk.give("marking.csv", ("1", ""), ("1", ""), ("1", ""), B)
    for level, others in (("2", ["2"]), ("0", ["2", "0"]), ("0", ["2", "0"])):
        desk.give("theirs.csv", (level, ""), ("1", ""), B, B, start="blank.csv")
        both = desk.rows() + desk.rows("theirs.csv")
        sheets.write(desk.mine, list(both[0]), both)
        desk.run()
        assert [pair[1] for pair in desk.compared() if pair[1] != "1"] == others
    said = agreement.compare(desk.marks.compared())["said"]
    assert said.startswith("2 criteria were marked by several people. In 4 pairs")


def test_a_later_sheet_under_another_name_is_asked_about_and_the_old_name_settles_it(desk):
    desk.give("hers.csv", ("1", ""), ("2", ""), B, B)
    desk.run("hers.csv")
    desk.give("hers2.csv", ("3", ""), ("0", ""), B, B)
    (line,) = desk.run("hers2.csv").doubles
    assert line.startswith("hers.csv was given before") and "hers2.csv a later" in line
    desk.give("hers.csv", ("3", ""), ("0", ""), B, B)
    assert desk.run("hers.csv").doubles == []
    assert desk.cells("level") == ["3", "0", "", ""] and desk.compared() == []


def test_levels_that_were_copied_are_no_opinions_once_they_are_emptied(desk):
    """No run came between marking and copying, so nothing tells a copy: the report says so."""
    desk.give("marking.csv", ("1", ""), ("2", ""), ("2", ""), B)
    desk.give("theirs.csv", None, None, ("0", "no"), B)
    desk.run("theirs.csv")
    assert desk.compared() == [("1", "1"), ("2", "2"), ("2", "0")]
    assert "copied with the sheet" in agreement.compare(desk.marks.compared())["said"]
    desk.give("theirs.csv", B, B, None, B, start="theirs.csv")
    desk.run("theirs.csv")
    assert desk.compared() == [("2", "0")] and desk.cells("level") == ["1", "2", "2", ""]


def test_a_second_sheet_that_ends_early_is_told(desk):
    desk.give("theirs.csv", ("1", ""), ("1", ""), B, B)
    rows = desk.rows("theirs.csv")
    sheets.write(desk.folder / "theirs.csv", list(rows[0]), rows[:3])
    (line,) = desk.run("theirs.csv").doubles
    assert "the first 3 of the 4 rows" in line


def test_a_word_with_stress_has_no_asterisks_on_a_page():
    assert pages.stressed("the *filled* <b> 2*x*y") == "the <em>filled</em> &lt;b&gt; 2*x*y"


class Costs:
    """Handed in late, which takes four points."""

    points = 4

    def counted(self, points):
        return points - self.points

    def __str__(self):
        return "handed in late"


def test_a_late_page_begins_with_the_mark():
    score = {"question": "Q77.1", "points": 30, "out_of": 39, "status": "right", "cell": None}
    page = pages.feedback("A", None, "", [score | {"message": ""}], [], late=Costs())
    assert "<p><strong>26 of 39 points.</strong>" in page and "30 before, 26 after." in page
