"""Classes as they are really handed in: everybody is there, under their own name, once."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from softpower.errors import CourseError
from softpower.grading import sheets
from softpower.grading.discover import Found, discover
from softpower.grading.marking import Marks
from softpower.grading.names import alphabetical, readable
from softpower.grading.plain_data import clean
from softpower.grading.returned import cut


def zipped(names, content=b"{}"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            entry = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            archive.writestr(entry, content)
    return made.getvalue()


def found_in(place):
    found = Found()
    submissions = list(discover(Path(place), found))
    assert len({one.key for one in submissions}) == len(submissions)
    for one in submissions:
        f"{one.student}{one.file}{one.folder}".encode()  # can be written anywhere
        assert one.read()
    return sorted(one.student for one in submissions), sorted(n for n, _ in found.students), found


def in_zip(tmp_path, *names):
    place = tmp_path / "class.zip"
    place.write_bytes(zipped(names))
    return found_in(place)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_in_a_zip_is_two_files_of_one_student(tmp_path):
    handed, people, _ = in_zip(tmp_path, "Ann/hw.ipynb", "Ann/hw.ipynb", "Bob/hw.ipynb")
    assert handed == ["Ann", "Ann", "Bob"] and people == ["Ann", "Bob"]


def test_a_zip_beside_its_unpacked_folder(tmp_path):
    (tmp_path / "class" / "Ann" / "hw").mkdir(parents=True)
    (tmp_path / "class" / "Bob").mkdir()
    (tmp_path / "class" / "Ann" / "hw.zip").write_bytes(zipped(["hw.ipynb"]))
    (tmp_path / "class" / "Ann" / "hw" / "hw.ipynb").write_bytes(b"{}")
    (tmp_path / "class" / "Bob" / "hw.ipynb").write_bytes(b"{}")
    assert found_in(tmp_path / "class")[0] == ["Ann", "Ann", "Bob"]


@pytest.mark.parametrize("page", ["cp866", "cp1251"])
def test_names_in_the_bytes_of_a_russian_windows(tmp_path, page):
    for name in ("Анна Ким", "Олег Цой"):
        folder = bytes(tmp_path) + b"/class/" + name.encode(page)
        import os

        os.makedirs(folder)
        with open(folder + b"/hw.ipynb", "wb") as file:
            file.write(b"{}")
    assert found_in(tmp_path / "class")[0] == ["Анна Ким", "Олег Цой"]


def test_names_in_a_zips_unicode_path_field(tmp_path):
    entries = []
    for name in ("Әлия Серік", "Олег Цой"):
        entry = zipfile.ZipInfo("x" * len(entries) + "?????/hw.ipynb")
        field = b"\x01" + b"\0" * 4 + f"{name}/hw.ipynb".encode()
        entry.extra = b"\x75\x70" + len(field).to_bytes(2, "little") + field
        entries.append(entry)
    assert in_zip(tmp_path, *entries)[0] == ["Олег Цой", "Әлия Серік"]


def test_the_same_name_composed_and_decomposed_is_one_person(tmp_path):
    handed, people, _ = in_zip(
        tmp_path, "Андрей Й/hw.ipynb", "Андрей И\u0306/hw2.ipynb", "Bob/hw.ipynb"
    )
    assert people == ["Bob", "Андрей Й"] and handed.count("Андрей Й") == 2


def test_folders_of_study_groups_are_no_students(tmp_path):
    handed, _, found = in_zip(
        tmp_path, "Group 301/Ann/hw.ipynb", "Group 301/Bob/hw.ipynb", "Group 302/Cat/hw.ipynb"
    )
    assert handed == ["Ann", "Bob", "Cat"]
    assert any("Group 301, Group 302" in remark for remark in found.remarks)


def test_folders_inside_a_students_folder_are_no_students(tmp_path):
    names = ["Ann/my_work/01_a/hw.ipynb", "Ann/data/x/hw.ipynb", "Bob/deep/er/hw.ipynb"]
    assert in_zip(tmp_path, *names)[1] == ["Ann", "Bob"]


def test_a_folder_named_like_an_exercise_with_a_persons_work_in_it(tmp_path):
    names = ["01_ann/my_work/01_x/hw.ipynb", "02_bob/my_work/01_x/hw.ipynb"]
    assert in_zip(tmp_path, *names)[1] == ["01_ann", "02_bob"]


def test_a_date_in_a_files_name_is_no_number_of_canvas(tmp_path):
    names = ["hw_1_20231201_Ахметов.ipynb", "hw_1_20231201_Ким.ipynb", "hw_2_20250915_Цой.ipynb"]
    assert len(set(in_zip(tmp_path, *names)[0])) == 3


def test_worked_answers_in_a_whole_course_are_nobodys_work(tmp_path):
    handed, people, found = in_zip(
        tmp_path,
        "Ann/softpower/my_work/01_what_is/hw.ipynb",
        "Ann/softpower/solutions/01_what_is/hw.ipynb",
        "Bob/course/solutions/01_what_is/hw.ipynb",
    )
    assert handed == ["Ann"] and people == ["Ann", "Bob"]
    assert sum("worked answers" in remark for remark in found.remarks) == 2


def test_whoever_left_only_hidden_files_is_in_the_list(tmp_path):
    _, people, _ = in_zip(
        tmp_path,
        "Ann/.ipynb_checkpoints/hw-checkpoint.ipynb",
        "Bob/.hw.ipynb.icloud",
        "Cat/hw.ipynb",
        "__MACOSX/Cat/._hw.ipynb",
    )
    assert people == ["Ann", "Bob", "Cat"]


@pytest.mark.parametrize("ending", [".ipynb.json", ".ipynb.txt", ".IPYNB"])
def test_an_ending_that_a_program_added_is_a_notebook_all_the_same(tmp_path, ending):
    assert in_zip(tmp_path, f"Ann/hw{ending}", "Bob/hw.ipynb")[0] == ["Ann", "Bob"]


@pytest.mark.parametrize("name", ["class.7z", "class.rar", "class.gz"])
def test_another_archive_is_told_to_be_unpacked(tmp_path, name):
    (tmp_path / name).write_bytes(b"7z")
    with pytest.raises(CourseError, match="Unpack it"):
        found_in(tmp_path / name)


def test_a_name_is_cut_by_its_bytes():
    assert len(cut("漢" * 90, 180).encode()) <= 180 and cut("漢" * 90, 180) == "漢" * 60
    assert cut("Ann", 180) == "Ann"


# A property: whatever the layout, the names and the damage, everybody is there

NAMES = st.text(
    st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="/\\:\0."),
    min_size=1,
    max_size=12,
).filter(lambda name: name.strip() and "__MACOSX" not in name)
LAYOUTS = (
    "{who}/hw.ipynb",
    "{who}/deep/er/hw.ipynb",
    "{who}/{who}.ipynb.txt",
    "{who}_{number}_assignsubmission_file_/hw.ipynb",
    "{who}/.ipynb_checkpoints/hw-checkpoint.ipynb",
    "{who}/essay.pdf",
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    people=st.lists(
        NAMES, min_size=2, max_size=6, unique_by=lambda n: readable(n).strip().casefold()
    ),
    layout=st.sampled_from(LAYOUTS),
    where=st.sampled_from(["", "week 3/", "a/b/"]),
)
def test_everybody_in_a_zip_is_in_the_result_under_their_own_name(
    tmp_path_factory, people, layout, where
):
    names = [
        where + layout.format(who=who, number=4000 + number) for number, who in enumerate(people)
    ]
    place = tmp_path_factory.mktemp("class") / "class.zip"
    place.write_bytes(zipped(names))
    found = Found()
    handed = list(discover(place, found))
    assert len({one.key for one in handed}) == len(handed)
    assert {name for name, _ in found.students} == {readable(who) for who in people}


# What leaves the sandbox


@given(
    st.recursive(
        st.text(st.characters()) | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_result_can_be_written_anywhere(value):
    import json

    json.dumps(clean(value), ensure_ascii=False).encode("utf-8")


def test_half_characters_and_endless_texts_are_bounded():
    made = clean({"message": "a\udce0b", "remarks": ["x"] * 700_000, "text": "y" * 8_000_000})
    assert made["message"] == "a?b" and len(made["remarks"]) == 41
    assert made["remarks"][-1] == "and 699,960 more."
    assert len(made["text"]) < 600_000 and made["text"].endswith("[cut here]")


# Marks that a person gave


def sheet(path, rows):
    columns = ["student", "number", "question", "criterion", "level", "comment", "row_id"]
    sheets.write(path, columns, rows)
    return Marks(path)


def row(level="", comment="", student="Ann"):
    return {
        "student": student,
        "number": "",
        "question": "Q77.4",
        "criterion": "Definition",
        "level": level,
        "comment": comment,
        "row_id": f"r{student}",
    }


def test_two_markers_sheets_put_together_keep_every_mark(tmp_path):
    marks = sheet(
        tmp_path / "m.csv", [row("2", "good"), row(), row("", "see me", "Bob"), row("1", "", "Bob")]
    )
    assert (marks.rows["rAnn"]["level"], marks.rows["rAnn"]["comment"]) == ("2", "good")
    assert (marks.rows["rBob"]["level"], marks.rows["rBob"]["comment"]) == ("1", "see me")
    assert marks.doubles == []


def test_two_marks_that_differ_are_told_and_none_is_lost(tmp_path):
    marks = sheet(tmp_path / "m.csv", [row("2", "good"), row("3", "better")])
    kept = marks.rows["rAnn"]
    assert (kept["level"], kept["comment"]) == ("2", "good")  # what the student reads
    assert kept["other_markers"] == "3 · another row · better"
    assert len(marks.doubles) == 1 and "Ann" in marks.doubles[0]
    names = [f"P{number}" for number in range(20)]  # a whole sheet below another: one line
    both = [row(level, words, name) for level, words in ("2a", "3b") for name in names]
    (line,) = sheet(tmp_path / "both.csv", both).doubles
    assert line.startswith("20 rows stand") and "Where two markers differ" in line


def test_a_sheet_saved_while_a_run_is_on_keeps_its_marks(tmp_path):
    path = tmp_path / "m.csv"
    marks = sheet(path, [row()])
    sheet(path, [row("3", "marked meanwhile")])
    marks.read()
    assert marks.rows["rAnn"]["level"] == "3"


@pytest.mark.parametrize("words", ["=1+1", "'=1+1", "''=1+1", "＝1", "-5", "'quoted'", "plain"])
def test_a_comment_is_the_same_after_many_runs_and_never_a_formula(tmp_path, words):
    path, before = tmp_path / "m.csv", words
    for _ in range(4):
        sheets.write(path, ["comment"], [{"comment": before}])
        stored = path.read_text("utf-8-sig").splitlines()[1]
        assert not stored.startswith(sheets.FORMULA)
        before = sheets.read(path, ["comment"])[1][0]["comment"]
        assert before == words


def test_names_stand_as_in_a_kazakh_class_list():
    names = ["Янка", "Әсел", "Ілияс", "Асхат", "Қайрат", "Bob", "Ұлан", "Камила", "Өмір", "Ольга"]
    names += ["Игорь", "Йод", "åsa", "Zoe", "Үміт"]
    expected = "åsa Bob Zoe Асхат Әсел Игорь Йод Камила Қайрат Ольга Өмір Ұлан Үміт Ілияс Янка"
    assert sorted(names, key=alphabetical) == expected.split()
