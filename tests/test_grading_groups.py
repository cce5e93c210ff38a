"""Of several hand-ins the best counts, also after marking; one team has one mark."""

import re
import zipfile

import pytest
from grading_class import BANK, EXERCISE, handed_in
from grading_room import fill, folder_of, grade, table, totals

from softpower.grading import choice, desk, marking

pytestmark = pytest.mark.usefixtures("one_warm_process")
FIRST, SECOND = "A first essay about funds.", "A second essay, on strategy."
# 7 points by the checks and a poor essay; 4 points by the checks and a good one.
SEVEN = handed_in(essay=FIRST)
FOUR = handed_in(three="share = 1", essay=SECOND)
TEAM = "Full name,Groups\nAman A,G\nBela B,G\nCara C,G\n"


def zipped(tmp_path, **files):
    """Write a zip as Moodle makes it: ``a1`` is the first file of the first person."""
    names = {"a": "Aman A_1", "b": "Bela B_2", "c": "Cara C_3"}
    place = tmp_path / f"{'_'.join(files)}.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for short, content in files.items():
            folder = f"{names[short[0]]}_assignsubmission_file_"
            archive.writestr(zipfile.ZipInfo(f"{folder}/{short}.ipynb"), content)
    return place


def team(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(TEAM, encoding="utf-8")
    return ["--class", path, "--groups"]


def mark(out, essay, level):
    """Type one level into all rows of an answer."""
    rows = table(out / "marking.csv")
    assert any(row["answer"] == essay for row in rows)
    levels = [level if row["answer"] == essay else row["level"] for row in rows]
    fill(out / "marking.csv", levels, comment="")


def asked(out):
    return [
        row["answer"] for row in table(out / "marking.csv")[::2] if "not asked" not in row["note"]
    ]


def report(out):
    return (out / "report.html").read_text("utf-8")


# --- the same file for each of a team, as Moodle packs it -----------------------------------


def test_one_file_of_a_team_is_one_answer_and_one_mark(tmp_path):
    place, out = zipped(tmp_path, a1=SEVEN, b1=SEVEN), tmp_path / "out"
    grade(place, out, *team(tmp_path))
    assert asked(out) == [FIRST]
    assert "several hand-ins" not in report(out) and "does not count" not in report(out)
    (shown,) = desk.contents(desk.Sheet(out / "marking.csv").rows(), {"77": EXERCISE})
    assert len(shown["answers"]) == 1
    fill(out / "marking.csv", ["1", "2"])
    grade(place, out, *team(tmp_path))
    assert totals(out) == {"Aman A": 10, "Bela B": 10, "Cara C": 10}
    for name in ("Aman A_1", "Bela B_2"):
        (page,) = (out / "feedback" / f"{name}_assignsubmission_file_").glob("*.html")
        assert "What the marker saw" in page.read_text("utf-8")


def test_the_same_words_overtake_nothing(tmp_path):
    place, out = (
        zipped(tmp_path, a1=SEVEN, b1=handed_in(three="share = 1", essay=FIRST)),
        tmp_path / "out",
    )
    grade(place, out, *team(tmp_path))
    assert "does not count (4 points by the checks)" in report(out)
    assert "could still overtake" not in report(out)


def test_words_that_differ_in_spaces_alone_are_one_answer(tmp_path):
    spaced = handed_in(essay="A first   essay\nabout funds. ")
    out = tmp_path / "out"
    grade(zipped(tmp_path, a1=SEVEN, b1=spaced), out, *team(tmp_path))
    assert len(asked(out)) == 1


def test_two_marks_that_one_answer_once_got_are_told_and_count_alike(tmp_path):
    place, out = zipped(tmp_path, a1=SEVEN, b1=SEVEN), tmp_path / "out"
    grade(place, out)  # without groups each is marked alone
    fill(out / "marking.csv", ["0", "0", "2", "2"])
    grade(place, out, *team(tmp_path))
    assert set(totals(out).values()) == {7.0}
    assert "was marked under both names, and not alike" in report(out)
    levels = [row["level"] for row in table(out / "marking.csv")]
    assert levels == ["0", "0", "2", "2"]  # nothing that a person typed is thrown away
    grade(place, out)
    assert totals(out) == {"Aman A": 7, "Bela B": 11}


def test_what_a_marker_wrote_of_the_other_notebook_of_a_team_goes_back(tmp_path):
    place, out = zipped(tmp_path, a1=handed_in(three="share = 1", essay=FIRST), b1=FOUR), tmp_path
    grade(place, out, *team(tmp_path))
    rows = table(out / "marking.csv")
    fill(out / "marking.csv", ["1"] * len(rows), comment="A word to both.")
    grade(place, out, *team(tmp_path))
    assert set(totals(out).values()) == {6.0}
    assert "does not count (6 points); " in report(out) and "Of equal ones the latest" in report(
        out
    )
    for name in ("Aman A_1", "Bela B_2"):
        folder = out / "feedback" / f"{name}_assignsubmission_file_"
        texts = {path.stem: path.read_text("utf-8") for path in folder.glob("*.html")}
        assert all(
            "6 of 11 points" in page and "A word to both." in page for page in texts.values()
        )
        # What counts has the plain name, whoever handed it in.
        assert {stem for stem, page in texts.items() if "does not count" in page} <= {
            f"{EXERCISE.name}-2"
        }
        other = [page for page in texts.values() if "does not count" in page]
        assert len(texts) - len(other) == 1
    assert any((out / "feedback").rglob("*-2.html"))
    pages = [path.read_text("utf-8") for path in (out / "feedback").rglob(f"{EXERCISE.name}.html")]
    assert sum("handed this in for your group" in page for page in pages) == 1


# --- different files ------------------------------------------------------------------------


def test_a_better_essay_of_a_team_overtakes_when_it_is_marked(tmp_path):
    place, out = zipped(tmp_path, a1=SEVEN, b1=FOUR), tmp_path / "out"
    grade(place, out, *team(tmp_path))
    assert asked(out) == [FIRST, SECOND]  # the one that counts so far, first
    assert "the best counts for all so far: Aman A" in report(out)
    mark(out, FIRST, "0")
    grade(place, out, *team(tmp_path))
    assert FIRST in asked(out) and SECOND in asked(out)
    mark(out, SECOND, "2")
    grade(place, out, *team(tmp_path))
    assert totals(out) == {"Aman A": 8, "Bela B": 8, "Cara C": 8}
    assert "the best counts for all: Bela B" in report(out)
    before = (out / "marking.csv").read_bytes()
    grade(place, out, *team(tmp_path))  # once chosen it stays
    assert set(totals(out).values()) == {8.0} and (out / "marking.csv").read_bytes() == before
    mark(out, SECOND, "1")
    grade(place, out, *team(tmp_path))
    assert totals(out) == {"Aman A": 7, "Bela B": 7, "Cara C": 7}


def test_what_cannot_overtake_any_more_is_not_asked_for(tmp_path):
    place, out = zipped(tmp_path, a1=SEVEN, b1=FOUR), tmp_path / "out"
    grade(place, out, *team(tmp_path))
    mark(out, FIRST, "1")  # 9, and the other could have 8
    grade(place, out, *team(tmp_path))
    assert asked(out) == [FIRST] and set(totals(out).values()) == {9.0}
    (sheet,) = out.glob("for_moodle_*.csv")
    assert [row["Grade"] for row in table(sheet)][:2] == ["9", "9"]


def test_an_import_waits_for_what_could_still_overtake(tmp_path):
    place, out = zipped(tmp_path, a1=SEVEN, b1=FOUR), tmp_path / "out"
    grade(place, out, *team(tmp_path))
    mark(out, FIRST, "0")
    grade(place, out, *team(tmp_path))
    (sheet,) = out.glob("for_moodle_*.csv")
    assert {row["Grade"] for row in table(sheet)} == {""}


def test_of_one_persons_notebooks_the_better_marked_counts(tmp_path):
    place, out = zipped(tmp_path, a1=SEVEN, a2=FOUR, c1=SEVEN), tmp_path / "out"
    grade(place, out)
    assert asked(out) == [FIRST, SECOND, FIRST]
    (shown,) = desk.contents(desk.Sheet(out / "marking.csv").rows(), {"77": EXERCISE})
    assert len(shown["answers"]) == 3
    mark(out, FIRST, "0")
    grade(place, out)
    mark(out, SECOND, "2")
    grade(place, out)
    assert totals(out) == {"Aman A": 8, "Cara C": 7}
    # One sum against the same sum: with the marks, where all are there.
    assert "a1.ipynb: does not count (7 points); a2.ipynb does (8)" in report(out)


def test_marks_stay_with_their_words_when_a_notebook_comes_or_goes(tmp_path):
    out = tmp_path / "out"
    grade(zipped(tmp_path, a2=FOUR), out)
    mark(out, SECOND, "2")
    grade(zipped(tmp_path, a1=SEVEN, a2=FOUR), out)
    levels = {row["answer"]: row["level"] for row in table(out / "marking.csv")}
    assert levels == {SECOND: "2", FIRST: ""} and "changed after" not in report(out)
    mark(out, FIRST, "1")
    grade(zipped(tmp_path, a1=SEVEN), out)
    assert totals(out) == {"Aman A": 9} and "changed after" not in report(out)
    assert "2" in {row["level"] for row in table(out / "marking.csv")}  # kept
    grade(zipped(tmp_path, a1=SEVEN, a2=FOUR), out)
    assert totals(out) == {"Aman A": 9} and "changed after" not in report(out)


def test_a_damaged_file_says_what_happened_what_was_saved_and_what_to_do(tmp_path):
    whole = handed_in()
    place = folder_of(tmp_path, Ann=whole[: whole.index(b"def share")], Bob=whole)
    grade(place, tmp_path / "out")
    (line,) = [one for one in report(tmp_path / "out").splitlines() if "Ann, hw.ipynb" in one]
    parts = ["the file is damaged", "of its cells could be read", "No cell sets", "Ask the student"]
    assert [line.index(part) for part in parts] == sorted(line.index(part) for part in parts)
    assert "another name" not in line


def test_a_file_that_lacks_a_part_has_no_mark_until_it_comes_again(tmp_path):
    whole, out = handed_in(essay=""), tmp_path / "out"
    for file, cut, words in (
        ("a1", whole[: whole.index(b"def share")], "share"),
        ("a2", b"{", "damaged"),
    ):
        grade(zipped(tmp_path, **{file: cut}, b1=whole), out)
        rows = {row["student"]: row for row in table(out / "gradebook.csv")}
        assert rows["Aman A"]["per_cent"] == rows["Aman A"]["letter"] == ""
        assert rows["Bela B"]["letter"]
        moodle = next(out.glob("for_moodle*.csv"))
        grades = {row["Full name"]: row["Grade"] for row in table(moodle)}
        assert grades == {"Aman A": "", "Bela B": "7"}
        write = report(out).partition("Write to these students")[2].partition("</ul>")[0]
        assert f"Aman A (1), {file}.ipynb" in write and words in write
        page = next((out / "feedback").glob("Aman*/*.html")).read_text("utf-8")
        assert page.index("hand in the") < (page.find("<table>") + 1 or len(page))
        if words == "share":  # what was behind the cut was not left blank, nor is it wrong
            assert "4 of 4 points in what could be read" in page
            assert "this part of it is not there" in page and "No answer yet" not in page
            lost = [row for row in table(out / "scores.csv") if row["student"] == "Aman A"][2:]
            assert [row["status"] for row in lost] == ["unreadable"] * 2
            insight = (out / "insight.html").read_text("utf-8")
            assert re.search(r"77\.3</th>.*?100%</td>", insight)  # Bob's alone
    grade(zipped(tmp_path, a2=cut, a3=whole, b1=whole), out)
    assert {row["letter"] for row in table(out / "gradebook.csv")} == {rows["Bela B"]["letter"]}


def test_the_counts_of_the_terminal_are_those_of_the_pages(tmp_path, capsys):
    place, out = zipped(tmp_path, a1=SEVEN, a2=FOUR, b1=SEVEN, c1=b"{"), tmp_path / "out"
    (tmp_path / "list.csv").write_text(TEAM.replace("Cara C,G", "Cara C,") + "Di D,\n", "utf-8")
    grade(place, out, "--class", tmp_path / "list.csv", "--groups")
    said = capsys.readouterr().out
    told = "4 notebooks; 1 counts, for 2 people. 2 people have nothing that counts."
    assert told in said and told in report(out)
    (shown,) = desk.contents(desk.Sheet(out / "marking.csv").rows(), {"77": EXERCISE})
    assert f"{len(shown['answers'])} open answers wait" in said and len(shown["answers"]) == 2
    asks = [int(n) for n in re.findall(r"(?:students|marks) \((\d+)\)", report(out))]
    assert f"{sum(asks)} things ask for you" in said
    insight = (out / "insight.html").read_text("utf-8")
    assert "1 notebook is in these figures" in insight
    fill(out / "marking.csv", ["1"] * 2 + [""] * 2, comment="")
    capsys.readouterr()
    grade(place, out, "--class", tmp_path / "list.csv", "--groups")
    assert "open answer" not in capsys.readouterr().out  # 9, and the other could have 8


def test_a_team_is_the_smallest_group_and_everybody_is_in_one(tmp_path):
    place = folder_of(tmp_path, Ann=SEVEN, Cy=FOUR)
    path = tmp_path / "l.csv"
    path.write_text(
        'Full name,Groups\nAnn,"Seminar, T1"\nBob,"Seminar, T1"\nCy,"Seminar, T2"\nDi,"Seminar, T2"\n'
        "Eve,Seminar\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    grade(place, out, "--class", path, "--groups")
    assert totals(out) == {"Ann": 7, "Bob": 7, "Cy": 4, "Di": 4, "Eve": ""}


def test_more_time_for_one_of_a_team_is_time_for_all(tmp_path):
    place = folder_of(tmp_path, **{"Aman A": SEVEN})
    (tmp_path / "list.csv").write_text(
        "Full name,Groups,Last modified (submission)\nAman A,G,2026-12-03 12:00\nBela B,G,-\n",
        encoding="utf-8",
    )
    (tmp_path / "more.csv").write_text("student,until\nBela B,2026-12-04\n", encoding="utf-8")
    late = ["--class", tmp_path / "list.csv", "--groups", "--due", "2026-12-01"]
    late += ["--late-points", "2"]
    grade(place, tmp_path / "out", *late)
    assert set(totals(tmp_path / "out").values()) == {3.0}
    grade(place, tmp_path / "more", *late, "--extensions", tmp_path / "more.csv")
    assert set(totals(tmp_path / "more").values()) == {7.0}


def test_a_guess_in_a_cut_file_overtakes_no_whole_one_that_is_marked(tmp_path):
    def entry(key, answers, cut, guessed=()):
        who = (key, "1", f"{key}.ipynb", key, "77", True)
        return choice.Entry(key, *who, 4, answers, key, 1, cut, guessed)

    cut = entry("cut", {"77.4": ("a1", "a1")}, True, ("77.4",))
    pool = choice.Pool("77", [cut, entry("whole", {}, False)], [("cut", "1"), ("whole", "1")])
    choice.choose(pool, marking.Marks(tmp_path / "m.csv"), {"77.4": BANK["77.4"]})
    assert pool.best.key == "whole" and not pool.waiting and not pool.lacks_a_file


def test_whose_file_was_whole_is_not_told_that_it_is_damaged(tmp_path):
    whole, out = handed_in(essay=""), tmp_path / "out"
    cut = whole[: whole.index(b"def share")]  # 4 points
    weak = handed_in(one="", two="", three="", essay="")
    path = tmp_path / "list.csv"
    path.write_text("Full name,Groups\nAman A,G\nBela B,G\nCara C,G\n", "utf-8")
    for other, says in ((weak, "handed in for your group arrived"), (whole, "")):
        place = folder_of(tmp_path / (says or "best"), **{"Aman A": cut, "Bela B": other})
        grade(place, out, "--class", path, "--groups")
        pages = {
            page.parent.name: page.read_text("utf-8")
            for page in (out / "feedback").rglob("77_small_exercise.html")
        }
        for name in ("Bela B", "Cara C"):
            assert "Your file arrived damaged" not in pages[name] and says in pages[name]
        own = "".join(page.read_text("utf-8") for page in (out / "feedback" / "Aman A").iterdir())
        assert "Your file arrived damaged" in own
        write = report(out).partition("Write to these students")[2].partition("</ul>")[0]
        assert "Aman A, hw.ipynb" in write


@pytest.mark.parametrize(("whole", "essay", "counts"), [(4, 0, "cut"), (14, 4, "whole")])
def test_a_whole_file_beside_a_damaged_one_is_no_mark_unless_it_counts(
    tmp_path, whole, essay, counts
):
    def entry(key, points, answers, when, cut):
        who = ("Aman A", "1", f"{key}.ipynb", "Aman A", "77", True)
        return choice.Entry(key, *who, points, answers, key, when, cut)

    answers = {"77.4": ("a1", "a1")} if essay else {}
    cut = entry("cut", 18, {}, 2, True)  # the later one
    pool = choice.Pool("77", [cut, entry("whole", whole, answers, 1, False)], [("Aman A", "1")])
    choice.choose(pool, marking.Marks(tmp_path / "m.csv"), {"77.4": BANK["77.4"]})
    assert pool.best.key == counts and len(pool.waiting) == bool(essay)
    assert pool.lacks_a_file is pool.asks_again(cut) is (counts == "cut")
