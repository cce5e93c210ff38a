"""A term with a class: who is on the list, who works together, who came late."""

import re
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from grading_class import handed_in
from grading_room import folder_of, grade, table, totals

from softpower.errors import CourseError
from softpower.grading import handed_in_as, late, lost_letters, roster, term
from softpower.grading.discover import Found
from softpower.grading.roster import Person

pytestmark = pytest.mark.usefixtures("one_warm_process")
WRONG = handed_in(one="answer_1 = 1", two="answer_2 = 1", three="share = 1", essay="")
FIVE = handed_in(one="answer_1 = 1", two="answer_2 = {'Japan': 70, 'Korea': 60}", essay="")


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def report(out):
    return (out / "report.html").read_text("utf-8")


# --- reading a list -----------------------------------------------------------------------

LISTS = {
    "Moodle, participants": (
        '\ufeff"First name","Last name","Email address",Groups\n'
        'Әлия,Серік,alia@uni.kz,"Seminar 1, Team 3"\nBob,Smith,bob@uni.kz,\n'
    ),
    "Moodle, Russian": (
        "Имя;Фамилия;Адрес электронной почты;Группы\n"
        "Әлия;Серік;alia@uni.kz;Seminar 1, Team 3\nBob;Smith;bob@uni.kz;\n"
    ),
    "Moodle, worksheet": (
        "Identifier,Full name,Email address,Status,Group,Grade,Last modified (submission)\n"
        'Participant 41,Әлия Серік,alia@uni.kz,Submitted,"Seminar 1, Team 3",,"Tuesday, 1 '
        'December 2026, 2:14 PM"\nParticipant 42,Bob Smith,bob@uni.kz,No submission,,,-\n'
    ),
    "Canvas, gradebook": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Essay (12)\n,,,,,Manual Posting\n"
        '    Points Possible,,,,,10\n"Серік, Әлия",41,S1,alia,A,\n"Smith, Bob",42,S2,bob,A,\n'
        '"Student, Test",99,,x,A,\n'
    ),
    "Canvas, groups": (
        "name,canvas_user_id,user_id,login_id,sections,group_name\n"
        "Әлия Серік,41,S1,alia,A,Team 3\nBob Smith,42,S2,bob,A,\n"
    ),
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_is_read_as_a_platform_exports_it(tmp_path, kind):
    people = roster.read([written(tmp_path / "list.csv", LISTS[kind])])
    assert [one.name for one in people] == ["Әлия Серік", "Bob Smith"]
    assert [one.number for one in people] == (
        ["41", "42"] if "Identifier" in LISTS[kind] or "Canvas" in kind else ["", ""]
    )
    assert ("Team 3" in people[0].groups) is ("Team 3" in LISTS[kind])


def test_a_second_list_adds_what_the_first_lacks(tmp_path):
    paths = [
        written(tmp_path / f"{number}.csv", LISTS[kind])
        for number, kind in enumerate(("Moodle, worksheet", "Canvas, groups", "Canvas, gradebook"))
    ]
    people = roster.read(paths)
    assert len(people) == 2 and people[0].groups == ("Seminar 1", "Team 3")
    assert (people[0].login, people[0].section, people[0].email) == ("alia", "A", "alia@uni.kz")


@pytest.mark.parametrize(
    ("text", "says"), [("a,b\n1,2\n", "no column of names"), (None, "no class")]
)
def test_a_list_that_is_none_says_so(tmp_path, text, says):
    path = tmp_path / "list.csv"
    if text:
        written(path, text)
    with pytest.raises(CourseError, match=says):
        roster.read([path])


def test_two_of_one_name_stay_two(tmp_path):
    people = roster.read([written(tmp_path / "l.csv", "name\nAnn Lee\nAnn Lee\n")])
    assert len({one.key for one in people}) == 2


# --- whose it is --------------------------------------------------------------------------

PEOPLE = [
    Person("Әлия Серік", email="alia@uni.kz", groups=("Team 3",)),
    Person("Bob Smith", number="7"),
    Person("Жанар Ахметова Сәкенқызы"),
    Person("José Álvarez"),
    Person("Ann Lee", number="1"),
    Person("Ann Lee", number="2"),
]


@pytest.mark.parametrize(
    ("name", "number", "whose"),
    [
        ("Әлия Серік", "", 0),
        ("әлия  серік", "", 0),
        ("alia", "", 0),
        ("smithbob", "7", 1),
        ("Ann Lee", "2", 5),
        ("Jose\u0301 A\u0301lvarez", "", 3),
        ("Team 3-Bob Smith", "40", 1),
    ],
)
def test_what_is_certain_is_matched_without_a_word(name, number, whose):
    matched = roster.match(PEOPLE, [(name, number)])
    assert matched.people[name, number] == PEOPLE[whose] and matched.remarks == []


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("Серік Әлия", 0),
        ("Aliya Serik", 0),
        ("serikaliya", 0),
        ("Zhanar Akhmetova", 2),
        ("Ахметова Жанар", 2),
        ("Jose Alvarez", 3),
        ("Bob Smyth", 1),
    ],
)
def test_what_is_not_certain_is_matched_with_a_question(name, whose):
    matched = roster.match(PEOPLE, [(name, "")])
    assert matched.people[name, ""] == PEOPLE[whose]
    (line,) = matched.remarks
    assert name in line and PEOPLE[whose].name in line and "?" in line


def test_a_class_with_its_surnames_first_is_one_question():
    people = [Person(f"Name{n} Sur{n}") for n in range(9)]
    hand_ins = [(f"Sur{n} Name{n}", str(n)) for n in range(8)] + [("Sur8 Nam8", "8")]
    matched = roster.match(people, hand_ins)
    assert len(matched.people) == 9
    one, other = matched.remarks
    assert one.startswith("8 names") and "Sur0 Name0 for Name0 Sur0" in one and "5 more" in one
    assert "Sur8 Nam8" in other


def test_who_may_be_two_people_or_nobody_is_nobody_and_told():
    matched = roster.match(PEOPLE, [("Lee Ann", ""), ("Somebody Else", "")])
    assert matched.people == {}
    assert "may be Ann Lee (1) or Ann Lee (2)" in " ".join(matched.remarks)
    assert "Somebody Else: is not on the class list" in " ".join(matched.remarks)


def test_a_number_under_another_name_is_asked_about():
    matched = roster.match(PEOPLE, [("Xavier Quant", "7")])
    assert matched.people["Xavier Quant", "7"].name == "Bob Smith" and "?" in matched.remarks[0]


def test_a_column_settles_it():
    people = [Person("Ann Lee", number="1", handed_in_as="the cat"), Person("Ann Lee", number="2")]
    matched = roster.match(people, [("The Cat", "")])
    assert matched.people["The Cat", ""] == people[0] and not matched.remarks
    twice = [Person("Ann Lee", number="1", handed_in_as="the cat; 99"), Person("Bob Ray")]
    matched = roster.match(twice, [("The Cat", ""), ("Lee Ann", "99"), ("Ann Lee", "1")])
    assert set(matched.people.values()) == {twice[0]} and not matched.remarks


# --- a class with a list ------------------------------------------------------------------


def test_everybody_on_the_list_is_in_every_result(tmp_path):
    place = folder_of(tmp_path, **{"Serik Aliya": handed_in(), "Visitor": WRONG})
    people = written(tmp_path / "l.csv", "Full name,Section,Groups\nӘлия Серік,A,T\nBob Smith,B,\n")
    grade(place, tmp_path / "out", "--class", people)
    rows = {row["student"]: row for row in table(tmp_path / "out" / "gradebook.csv")}
    assert set(rows) == {"Әлия Серік", "Bob Smith", "Visitor"}
    assert rows["Әлия Серік"]["total"] == "7" and rows["Bob Smith"]["77_small_exercise"] == ""
    assert rows["Bob Smith"]["section"] == "B" and rows["Әлия Серік"]["group"] == "T"
    absent = [
        row for row in table(tmp_path / "out" / "scores.csv") if row["student"] == "Bob Smith"
    ]
    assert [row["status"] for row in absent] == ["not handed in"]
    text = report(tmp_path / "out")
    assert "Bob Smith (B): 77_small_exercise" in text
    assert "Serik Aliya: taken for Әлия Серік" in text and "Visitor: is not on the" in text


def test_two_names_of_one_person_are_one_row_and_the_better_counts(tmp_path):
    place = folder_of(tmp_path, **{"Serik Aliya": handed_in(), "Әлия Серік": WRONG})
    people = written(tmp_path / "l.csv", "Full name\nӘлия Серік\n")
    grade(place, tmp_path / "out", "--class", people)
    assert totals(tmp_path / "out") == {"Әлия Серік": 0.0, "Serik Aliya": 7.0}
    # Who has handed in under the very name of the list is not taken for somebody else.
    assert "Serik Aliya: is not on the class list" in report(tmp_path / "out")


GROUPS = "Full name,Groups\nAnn,Team 1\nBob,Team 1\nCy,Team 2\nDi,Team 2\nEve,\n"


def test_one_hand_in_counts_for_a_group_only_where_asked(tmp_path):
    place = folder_of(tmp_path, Ann=handed_in(), Cy=WRONG, Di=handed_in())
    people = written(tmp_path / "l.csv", GROUPS)
    grade(place, tmp_path / "alone", "--class", people)
    assert totals(tmp_path / "alone") == {"Ann": 7, "Bob": "", "Cy": 0, "Di": 7, "Eve": ""}
    grade(place, tmp_path / "out", "--class", people, "--groups")
    assert totals(tmp_path / "out") == {"Ann": 7, "Bob": 7, "Cy": 7, "Di": 7, "Eve": ""}
    rows = {row["student"]: row for row in table(tmp_path / "out" / "gradebook.csv")}
    assert (rows["Bob"]["handed_in_by"], rows["Ann"]["handed_in_by"]) == ("Ann", "")
    assert (tmp_path / "out" / "feedback" / "Bob" / "77_small_exercise.html").exists()
    assert "Team 2: several hand-ins" in report(tmp_path / "out")
    marking = table(tmp_path / "out" / "marking.csv")
    assert {row["student"] for row in marking} == {"Ann", "Di"}  # marked once, for all


@pytest.mark.parametrize("nobody", ["Default group", "Группа по умолчанию"])
def test_whoever_is_in_no_group_gets_nobodys_points(tmp_path, nobody):
    place = folder_of(tmp_path, Ann=handed_in(), Bob=WRONG)
    rows = f"Ann,{nobody}\nBob,{nobody}\nCy,Team 1\nDi,Team 1\n"
    people = written(tmp_path / "l.csv", f"Full name,Group\n{rows}")
    grade(place, tmp_path / "out", "--class", people, "--groups")
    assert totals(tmp_path / "out") == {"Ann": 7, "Bob": 0, "Cy": "", "Di": ""}


def test_a_whole_section_is_taken_for_no_team(tmp_path):
    names = [f"Student {letter}" for letter in "ABCDEFGHI"]
    place = folder_of(tmp_path, **{names[0]: handed_in(), names[1]: WRONG})
    rows = "".join(f"{name},Seminar 2\n" for name in names)
    people = written(tmp_path / "l.csv", f"Full name,Groups\n{rows}")
    grade(place, tmp_path / "out", "--class", people, "--groups")
    assert [*totals(tmp_path / "out").values()] == [7, 0, *[""] * 7]
    assert "Seminar 2: 9 people, 2 of whom handed in" in report(tmp_path / "out")


def test_a_hand_in_in_the_name_of_a_group_is_everybodys(tmp_path):
    place = tmp_path / "c.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("Team 1_5_assignsubmission_file_/hw.ipynb", handed_in())
        archive.writestr("Cy_6_assignsubmission_file_/hw.ipynb", WRONG)
    people = written(
        tmp_path / "l.csv",
        "Identifier,Full name,Group,Maximum Grade\nParticipant 1,Ann,Team 1,12\n"
        "Participant 2,Bob,Team 1,12\nParticipant 6,Cy,Team 2,12\n",
    )
    grade(place, tmp_path / "out", "--class", people)
    assert "maximum is 12. The exercise has 11 points. Set the maximum to 11" in report(
        tmp_path / "out"
    )
    assert totals(tmp_path / "out") == {"Ann": 7, "Bob": 7, "Cy": 0}
    (worksheet,) = (tmp_path / "out").glob("for_moodle_*.csv")
    assert [row["Identifier"] for row in table(worksheet)] == [
        "Participant 1",
        "Participant 2",
        "Participant 6",
    ]


SAME = "Full name,Email address\nAigerim Serik,s06@uni.kz\nAigerim Serik,s07@uni.kz\nBob Smith,b@uni.kz\n"


def moodle(tmp_path, **people):
    """Write a zip of Moodle's: a number and a notebook by each name."""
    place = tmp_path / "moodle.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for name, (number, content) in people.items():
            archive.writestr(f"{name}_{number}_assignsubmission_file_/hw.ipynb", content)
    return place


def test_two_of_one_name_and_no_number_are_never_guessed(tmp_path):
    place = moodle(
        tmp_path,
        **{"Serik Aigerim": (222, handed_in()), "Serik Aigerim ": (259, WRONG), "Bob": (1, FIVE)},
    )
    people = written(tmp_path / "l.csv", SAME)
    grade(place, tmp_path / "out", "--class", people)
    rows = {
        (row["student"], row["number"]): row["total"]
        for row in table(tmp_path / "out" / "gradebook.csv")
    }
    assert rows["Aigerim Serik", ""] == rows["Aigerim Serik [2]", ""] == ""
    said = report(tmp_path / "out")
    assert "may be Aigerim Serik (s06@uni.kz) or Aigerim Serik [2] (s07@uni.kz)" in said
    assert "write 222, the number in the folder&#39;s name" in said
    # And what it says to write settles it.
    asked = SAME.replace("address\n", "address,handed_in_as\n").replace(
        "s06@uni.kz", "s06@uni.kz,222"
    )
    people = written(tmp_path / "l2.csv", asked.replace("s07@uni.kz", "s07@uni.kz,259"))
    grade(place, tmp_path / "out", "--class", people)
    by_email = {row["email"]: row["total"] for row in table(tmp_path / "out" / "gradebook.csv")}
    assert (by_email["s06@uni.kz"], by_email["s07@uni.kz"]) == ("7", "0")


def test_two_numbers_that_fit_one_person_are_asked_about():
    people = [Person("Алёна Фёдорова"), Person("Bob")]
    both = [("Алёна Фёдорова", "1"), ("Фёдорова Алёна", "2"), ("Bob", "3")]
    matched = roster.match(people, both)
    assert matched.people == {("Bob", "3"): people[1], ("Алёна Фёдорова", "1"): people[0]}
    matched = roster.match(people, [("Алёна Фёдорова", "1"), ("Алёна Фёдорова", "2")])
    assert matched.people == {} and len(matched.remarks) == 2
    assert "write 2 into it" in matched.remarks[1]
    one = [Person("Алёна Фёдорова", handed_in_as="1; 2")]
    matched = roster.match(one, both[:2])
    assert set(matched.people.values()) == {one[0]} and matched.remarks == []


@pytest.mark.parametrize("first", [True, False])
def test_what_is_handed_in_as_is_kept_from_whichever_list_has_it(tmp_path, first):
    roster_ = (
        "Full name,Email address,handed_in_as\nAnn Lee,a@uni.kz,99\nBob,b@uni.kz,nobody such\n"
    )
    sheet = "Identifier,Full name,Email address,handed_in_as\nParticipant 41,Ann Lee,a@uni.kz,\n"
    lists = [written(tmp_path / "r.csv", roster_), written(tmp_path / "w.csv", sheet)]
    people = roster.read(lists if first else lists[::-1])
    matched = roster.match(people, [("Lee", "99"), ("Ann Lee", "41")])
    assert {one.name for one in matched.people.values()} == {"Ann Lee"} and len(matched.people) == 2
    (line,) = handed_in_as.unused(people, [("Lee", "99")])
    assert line.startswith("Bob: 'nobody such' stands in the column handed_in_as")


def test_one_person_under_two_numbers_is_no_pair_of_similar_work(tmp_path):
    essay = " ".join(f"word{number}" for number in range(60))
    both = {"Фёдорова Алёна": (1, handed_in(essay=essay)), "Ann": (3, handed_in(essay=essay))}
    place = moodle(tmp_path, **both | {"Алёна Фёдорова": (2, handed_in(essay=essay + " more"))})
    people = written(
        tmp_path / "l.csv",
        "Identifier,Full name\nParticipant 1,Алёна Фёдорова\nParticipant 3,Ann\n",
    )
    grade(place, tmp_path / "out", "--class", people)
    pairs = re.findall(r"<h3>(.*?):", (tmp_path / "out" / "similar.html").read_text("utf-8"))
    assert len(pairs) == 2 and all("Ann (3)" in pair for pair in pairs)


def test_the_name_of_a_group_is_no_part_of_a_students_name(tmp_path):
    place = moodle(tmp_path, **{"Group 5-Fivea Mate": (41, handed_in())})
    people = written(tmp_path / "l.csv", "Full name,Groups\nFivea Mate,Group 5\nDi,Group 5\n")
    out = tmp_path / "out"
    grade(place, out, "--class", people, "--groups")
    (page,) = (out / "feedback").glob("Group 5-Fivea Mate_41*/*.html")
    assert "Feedback for Fivea Mate" in page.read_text("utf-8")
    assert {row["student"] for row in table(out / "marking.csv")} == {"Fivea Mate"}
    rows = {row["student"]: row for row in table(out / "gradebook.csv")}
    assert rows["Di"]["handed_in_by"] == "Fivea Mate"
    assert "Group 5-" not in report(out)


# --- late work ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Wednesday, 10 June 2026, 2:14 PM", datetime(2026, 6, 10, 14, 14)),
        ("Wednesday, September 23, 2026, 12:05 AM", datetime(2026, 9, 23, 0, 5)),
        ("среда, 10 июня 2026, 14:14", datetime(2026, 6, 10, 14, 14)),
        ("сенбі, 3 қазан 2026, 9:02", datetime(2026, 10, 3, 9, 2)),
        ("1.12.2026 23:59", datetime(2026, 12, 1, 23, 59)),
        ("2026-12-01", datetime(2026, 12, 1)),
        ("1/12/2026 23:59", None),  # the 1st of December, or the 12th of January
        ("soon", None),
    ],
)
def test_a_date_is_read_as_platforms_write_it_and_never_guessed(text, when):
    assert late.moment(text) == when


DUE = datetime(2026, 12, 1, 23, 59)


@pytest.mark.parametrize(
    ("after", "days", "points"),
    [
        (timedelta(hours=2), None, None),  # within the grace
        (timedelta(hours=2, seconds=1), 1, 2),
        (timedelta(hours=26), 1, 2),
        (timedelta(hours=26, seconds=1), 2, 4),
        (timedelta(days=30), 30, 5),  # the cap
    ],
)
def test_each_day_begun_after_the_grace_costs_up_to_a_cap(after, days, points):
    rule = late.Rule({"": DUE}, late.span("2hours"), (2, False), (50, True))
    found = rule.judge("77", DUE + after, 10)
    assert (found and found.days, found and found.points) == (days, points)
    assert rule.judge("77", DUE + after, 10, DUE + timedelta(days=31)) is None


@pytest.mark.parametrize(
    ("file", "when"),
    [
        ("hw_ann_attempt_2026-12-02-09-30-00_x.ipynb", datetime(2026, 12, 2, 9, 30)),
        ("12-34 - Ann Lee - Dec 2, 2026 930 AM/x.ipynb", datetime(2026, 12, 2, 9, 30)),
        ("ann_LATE_12_34567_x.ipynb", None),
        ("Ann/x.ipynb", None),
    ],
)
def test_a_date_in_a_platforms_name_is_read(file, when):
    assert late.Dates().of(("Ann", ""), file, 1e9) == when


WORKSHEET = (
    "Identifier,Full name,Last modified (submission)\n"
    'Participant 1,Ann,"Tuesday, 1 December 2026, 11:00 PM"\n'
    'Participant 2,Bob,"Thursday, 3 December 2026, 1:00 AM"\n'
    'Participant 3,Cy,"Thursday, 3 December 2026, 1:00 AM"\nParticipant 4,Di,-\n'
)


def test_points_before_and_after_stand_side_by_side(tmp_path):
    place = folder_of(tmp_path, **dict.fromkeys(("Ann", "Bob", "Cy", "Di"), handed_in()))
    people = written(tmp_path / "w.csv", WORKSHEET)
    longer = written(tmp_path / "e.csv", "student,until\nCy,3 days\nXi,2 days\n")
    options = ("--class", people, "--due", "2026-12-01 23:59")
    rule = ("--late-points", "1", "--late-most", "10%", "--extensions", longer)
    grade(place, tmp_path / "told", *options)
    assert set(totals(tmp_path / "told").values()) == {7}  # without a rule nothing is taken
    late_by = [row["late"] for row in table(tmp_path / "told" / "gradebook.csv")]
    assert late_by == ["", "2 days", "2 days", ""]
    grade(place, tmp_path / "out", *options, *rule)
    rows = {row["student"]: row for row in table(tmp_path / "out" / "gradebook.csv")}
    before = [rows[name]["77_small_exercise before late"] for name in ("Ann", "Bob", "Cy", "Di")]
    assert before == ["7"] * 4
    assert [rows[name]["total"] for name in ("Ann", "Bob", "Cy", "Di")] == ["7", "6", "7", "7"]
    assert rows["Bob"]["late"] == "2 days" and rows["Ann"]["late"] == ""
    page = (tmp_path / "out" / "feedback" / "Bob" / "77_small_exercise.html").read_text("utf-8")
    assert "7 before, 6 after" in page and "1 day 1 hour late" in page and "days begun: 2;" in page
    of_bob = [row for row in table(tmp_path / "out" / "scores.csv") if row["student"] == "Bob"]
    assert [row["points"] for row in of_bob if row["status"] == "late"] == ["-1"]
    assert "Di (4): no date of handing in is known, so nothing" in report(tmp_path / "out")
    assert "Bob (2): handed in 1 day 1 hour late" in report(tmp_path / "out")
    assert "Xi: has more time, and is not found" in report(tmp_path / "out")


def test_an_earlier_notebook_in_time_counts_where_it_is_worth_more(tmp_path):
    place = tmp_path / "in"
    for stamp, content in (("01-09-00-00", FIVE), ("04-09-00-00", handed_in(essay=""))):
        (place / "x").mkdir(parents=True, exist_ok=True)
        (place / "x" / f"hw_ann_attempt_2026-12-{stamp}_hw.ipynb").write_bytes(content)
    (place / "x" / "hw_bob_attempt_2026-12-01-09-00-00_hw.ipynb").write_bytes(FIVE)
    rule = ("--due", "2026-12-01", "--late-points", "2")
    grade(place / "x", tmp_path / "out", *rule)
    assert totals(tmp_path / "out") == {"ann": 5, "bob": 5}  # 7 less 6 would be 1


def test_a_canvas_mark_of_late_is_told_and_costs_nothing(tmp_path):
    place = tmp_path / "c.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("leeann_LATE_12_34567_hw.ipynb", handed_in())
        archive.writestr("kimolga_13_34568_hw.ipynb", handed_in())
    grade(place, tmp_path / "out", "--due", "2026-12-01", "--late-points", "2")
    assert set(totals(tmp_path / "out").values()) == {7}
    assert "leeann (12): their platform marks them as late" in report(tmp_path / "out")


def test_times_of_files_count_only_where_told_and_where_they_are_not_the_downloads(tmp_path):
    def packed(days):
        place = tmp_path / f"c{days[-1]}.zip"
        with zipfile.ZipFile(place, "w") as archive:
            for name, day in zip(("Ann", "Bob", "Cy"), days, strict=True):
                entry = zipfile.ZipInfo(f"{name}/hw.ipynb", (2026, 12, day, 9, 0, 0))
                archive.writestr(entry, handed_in())
        return place

    rule = ("--due", "2026-12-01", "--late-points", "2")
    grade(packed((1, 1, 3)), tmp_path / "a", *rule)
    assert set(totals(tmp_path / "a").values()) == {7}
    grade(packed((1, 1, 3)), tmp_path / "b", *rule, "--file-times")
    assert totals(tmp_path / "b") == {"Ann": 7, "Bob": 7, "Cy": 3}
    grade(packed((4, 4, 4)), tmp_path / "c", *rule, "--file-times")
    assert set(totals(tmp_path / "c").values()) == {7}
    assert "which is that of the download" in report(tmp_path / "c")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--due", "1/12/2026"], "is no date"),
        (["--late-points", "2"], "add --due"),
        (["--due", "2026-12-01", "--late-points", "two"], "no number of points"),
        (["--due", "2026-12-01", "--grace", "some"], "no length of time"),
        (["--groups"], "needs a class list"),
    ],
)
def test_a_rule_that_cannot_be_read_is_told_before_anything_is_marked(tmp_path, options, says):
    with pytest.raises(CourseError, match=says):
        grade(folder_of(tmp_path, Ann=handed_in()), tmp_path / "out", *options)
    assert not (tmp_path / "out").exists()


def test_a_bare_name_in_the_list_takes_no_work_with_a_namesakes_number():
    one, two = roster.Person("Aigerim A", "61001"), roster.Person("Aigerim A", "61002")
    mine, hers, mail = ("Aigerim A", "61001"), ("Aigerim A", "61002"), ("Aigerim A", "")
    asked = roster.match([one, two], [mine, hers, mail])
    (line,) = asked.remarks
    assert mail not in asked.people and "may be" in line and "is not on the class list" not in line
    one = replace(one, handed_in_as="Aigerim A")
    found = roster.match([one, two], [mine, hers, mail])
    assert found.people == {mine: one, mail: one, hers: two} and found.remarks == []


def test_what_is_doubtful_about_more_time_is_told_also_where_it_is_one_line_for_several():
    people = [
        Person(f"{given} Omarov{given}", str(at)) for at, given in enumerate(("A", "B", "C", "D"))
    ]
    turned = [(" ".join(reversed(one.name.split())), timedelta(days=1)) for one in people]
    own = term.Term(people, extensions=[*turned, ("Nobody Here", timedelta(days=1))])
    own.settle([], Found())
    assert len(own.longer) == 4
    not_found, doubt = own.remarks
    assert not_found.startswith("Nobody Here: has more time, and is not found")
    assert doubt.startswith("More time: 4 names have the words of a name on the class list")


@pytest.mark.parametrize("turn", [1, -1])
def test_what_is_a_namesakes_is_nobodys_until_it_is_settled(turn):
    people = [Person("Aigerim O", email="1@u.kz"), Person("Aigerim O [2]", email="2@u.kz")][::turn]
    own = term.Term(people)
    own.matched = roster.match(people, [("Aigerim O", "")])
    assert own.whose("Aigerim O", "") not in own.by_key
    lines = own.absent(set(), {"77": "77_small"}, set())
    assert len(lines) == 2 and all("may be this person's" in line for line in lines)


WHOLE = "Aigerim O_1002_assignsubmission_file"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1001; Aigerim O (1002)", "письма/Aigerim O"),
        ("1001.0; Participant 1002", "Aigerim O"),
        (f"Aigerim O_1001; {WHOLE}", "Aigerim O/"),
        (f"Aigerim O_1001_assignsubmission_file_; x/{WHOLE}_", "Aigerim O"),
    ],
)
def test_what_stands_beside_a_namesake_settles_that_alone(first, second):
    people = [
        Person("Aigerim O", email="1@u.kz", handed_in_as=first),
        Person("Aigerim O [2]", email="2@u.kz", handed_in_as=second),
    ]
    there = [("Aigerim O", "1001"), ("Aigerim O", "1002"), ("Aigerim O", "")]
    matched = roster.match(people, there)
    assert [matched.people[one].email for one in there] == ["1@u.kz", "1@u.kz", "2@u.kz"]
    assert matched.remarks == handed_in_as.unused(people, there) == []


def test_a_name_beside_two_people_and_a_number_of_anothers_are_told():
    both = [Person("Aigerim O", "1", handed_in_as="99"), Person("Bob", "2", handed_in_as="99; 1")]
    there = [("Visitor", "99"), ("Aigerim O", "1")]
    (line,) = handed_in_as.unused(both, there)
    assert "'99'" in line and "beside Aigerim O (1) and Bob (2)" in line
    matched = roster.match(both, there)
    assert matched.people == {there[1]: both[1]}
    assert "gives the number 1 to Aigerim O (1)" in " ".join(matched.remarks)


def test_a_list_that_has_lost_its_letters_takes_the_whole_name_where_only_one_fits(tmp_path):
    path = written(tmp_path / "l.csv", "Full name,Email\nГ?лназ Ыбырай?ызы,g@x\nА?ар А,a@x\n")
    people = roster.read([path])
    there = [("Гүлназ Ыбырайқызы", "7"), ("Ақар А", "8"), ("Аңар А", "9")]
    own = term.Term(people)
    own.matched = roster.match(people, there)
    assert list(own.matched.people) == there[:1]  # nobody is guessed
    asked = " ".join(own.matched.remarks)
    assert "Ақар А (8): may be А?ар А" in asked and "Аңар А (9): may be А?ар А" in asked
    people, line = lost_letters.with_whole_names(people, own.matched)
    assert people[0].name == "Гүлназ Ыбырайқызы" and own.matched.people[there[0]] == people[0]
    assert "Г?лназ" in line and "CSV UTF-8" in line
    whole = written(
        tmp_path / "w.csv", "Identifier,Full name,Email\nParticipant 7,Гүлназ Ыбырайқызы,g@x\n"
    )
    for lists in ([path, whole], [whole, path]):
        assert "Гүлназ Ыбырайқызы" in [one.name for one in roster.read(lists)]
        assert len(roster.read(lists)) == 2
    assert lost_letters.with_whole_names(roster.read([whole]), roster.Matched())[1] == ""


def test_a_name_that_canvas_squeezed_is_that_name_also_where_two_letters_meet():
    one = roster.Person("Aruzhan Bekova", "50008")
    assert roster.match([one], [("bekovaaruzhan", "50008")]).remarks == []


def test_a_page_of_a_group_that_handed_in_by_mail_goes_back_under_each_number(tmp_path):
    place = folder_of(
        tmp_path,
        **{"Cy C_707_assignsubmission_file_": handed_in(), "Ann A": handed_in(essay="")},
    )
    people = written(
        tmp_path / "l.csv",
        "Identifier,Full name,Groups\nParticipant 705,Ann A,G\nParticipant 706,Bo B,G\nParticipant 707,Cy C,\n",
    )
    grade(place, tmp_path / "out", "--class", people, "--groups")
    names = {one.name for one in (tmp_path / "out" / "feedback").iterdir()}
    assert names == {
        f"{who}_assignsubmission_file_" for who in ("Ann A_705", "Bo B_706", "Cy C_707")
    }


def test_a_canvas_with_short_numbers_is_proved_by_the_class_list(tmp_path):
    place = tmp_path / "c.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("leeann_1010_9900_hw.ipynb", handed_in())
        archive.writestr("kimolga_LATE_1011_9901_hw.ipynb", handed_in(essay=""))
    people = written(tmp_path / "l.csv", 'Student,ID\n"Lee, Ann",1010\n"Kim, Olga",1011\n')
    grade(place, tmp_path / "out", "--class", people)
    assert totals(tmp_path / "out") == {"Ann Lee": 7, "Olga Kim": 7}
    assert {row["ID"] for row in table(tmp_path / "out" / "for_canvas.csv")} >= {"1010", "1011"}
    grade(place, tmp_path / "none")
    assert len(totals(tmp_path / "none")) == 2 and "Ann Lee" not in totals(tmp_path / "none")
