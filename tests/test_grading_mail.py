"""Work that came by e-mail, laid beside a platform's own: whose it is, and how it goes back."""

import zipfile

import pytest
from grading_class import EXERCISE, handed_in
from grading_room import grade, table, totals

from softpower.grading.discover import Found, discover

pytestmark = pytest.mark.usefixtures("one_warm_process")
NAMES = ("Ерлан Омаров", "Арман Бекетов", "Әсел Жұмабай", "Ольга Ким")
MOODLE = "Ольга Ким_4_assignsubmission_file_/hw.ipynb"
CLASS = MOODLE, "Bo_5_assignsubmission_file_/hw.ipynb", "Cy_6_assignsubmission_file_/hw.ipynb"


def packed(tmp_path, *paths):
    place = tmp_path / f"{len(list(tmp_path.iterdir()))}.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for path in paths:
            archive.writestr(zipfile.ZipInfo(path), handed_in(essay=""))
    return place


def found_in(place, names=NAMES):
    found = Found()
    people = sorted(one.student for one in discover(place, found, None, names))
    return [one for one in people if one not in ("Bo", "Cy")], found.doubts


@pytest.mark.parametrize(
    "mail",
    ["письма/Ерлан Омаров/hw.ipynb", "письма/Erlan Omarov/hw.ipynb", "a/b/Омаров Ерлан.ipynb"],
)
def test_a_name_on_the_list_inside_a_folder_that_is_no_name_is_the_persons(tmp_path, mail):
    others = *CLASS, "письма/Арман Бекетов/hw.ipynb", "письма/Әсел Жұмабай/deep/hw.ipynb"
    students, doubts = found_in(packed(tmp_path, mail, *others))
    assert {"Ольга Ким", "Арман Бекетов", "Әсел Жұмабай"} < set(students) and doubts == []
    assert len(students) == 4 and mail.split("/")[0] not in students


def test_without_a_list_the_lecturer_is_asked(tmp_path):
    place = packed(tmp_path, *CLASS, "письма/Ерлан/hw.ipynb", "письма/Арман/hw.ipynb")
    students, (doubt,) = found_in(place, ())
    assert students == ["Ольга Ким", "письма", "письма"]
    assert doubt.startswith("письма: taken for one person, and holds the folders Арман and Ерлан.")


def test_a_folder_of_ones_own_is_ones_own(tmp_path):
    mine = "Әсел Жұмабай/Арман Бекетов/hw.ipynb", "Әсел/my_work/x/hw.ipynb"
    assert found_in(packed(tmp_path, *CLASS, *mine)) == (["Ольга Ким", "Әсел", "Әсел Жұмабай"], [])


def test_what_came_by_mail_goes_back_with_the_rest(tmp_path):
    names = *NAMES, "Bo", "Cy"
    rows = [f"Participant {number},{name},-" for number, name in enumerate(names, 1)]
    rows[0] = rows[0][:-1] + "2026-12-02 07:00"
    head = "Identifier,Full name,Last modified (submission)\n"
    (tmp_path / "list.csv").write_text(head + "\n".join(rows), "utf-8")
    theirs = "Ольга Ким_4_assignsubmission_file_/Арман Бекетов hw.ipynb"
    place = packed(tmp_path, *CLASS, theirs, "письма/Ерлан Омаров/hw.ipynb", "x/Guest/hw.ipynb")
    out, due = tmp_path / "out", ["--due", "2026-12-01 23:59", "--late-points", "2"]
    grade(place, out, "--class", tmp_path / "list.csv", *due)
    some = {"Ерлан Омаров": 5, "Ольга Ким": 7, "x": 7, "Bo": 7, "Cy": 7}
    assert totals(out) == some | dict.fromkeys(NAMES[1:3], "")
    (moodle,) = out.glob("for_moodle*.csv")
    assert {row["Identifier"]: row["Grade"] for row in table(moodle)} == {
        "Participant 1": "5",
        **{f"Participant {number}": "7" for number in (4, 5, 6)},
    }
    page = out / "feedback" / "Ерлан Омаров_1_assignsubmission_file_" / f"{EXERCISE.name}.html"
    assert page.is_file()
    said = (out / "report.html").read_text("utf-8")
    assert "x: came past the platform, whose number for this person is not known" in said
    assert "passes over the page in feedback/x" in said and "holds the folders Guest" in said
    assert "Арман Бекетов hw.ipynb, which carries the name of Арман Бекетов" in said
    assert "into the column Last modified" in said
