"""A class of several languages: a message is the student's, a remark is the lecturer's."""

import json
import re

import pytest
from conftest import ROOT
from grading_fake import InThisProcess
from test_grading_structure import EXERCISES, handed_in

from softpower import texts
from softpower.commands import edition
from softpower.grading import judge
from softpower.grading.sandbox import Limits
from softpower.translation import pseudo, sources

CYRILLIC = re.compile("[а-я]")


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory):
    """What the package and the bank say, in the pseudo-language."""
    bank = ROOT / "softpower" / "feedback" / "bank" / "lesson01.toml"
    messages = {one.key: one for one in [*sources.package(ROOT / "softpower"), *sources.bank(bank)]}
    folder = tmp_path_factory.mktemp("locale")
    said = edition.Catalogue(pseudo.entries(messages.values()))
    edition.compile_into(folder, pseudo.CODE, said)
    with texts.found_in(folder):
        yield folder


def test_a_remark_is_the_lecturers_and_a_message_the_students(catalogues):
    work = handed_in()
    work["metadata"]["softpower"] = {"language": pseudo.CODE}
    cell = next(one for one in work["cells"] if "answer_1 = " in "".join(one["source"]))
    cell["source"] = 'open("my_notes.txt")\n' + "".join(cell["source"])
    course = judge.Course(EXERCISES, Limits(), "fake")
    job = judge.Job("Ann", "", "work.ipynb", "Ann", json.dumps(work).encode())
    result = judge.grade(job, course, InThisProcess())
    spent = judge.work(job, course, 0)
    alone = next(one for one in result["remarks"] if "my_notes.txt" in one)
    assert "without the internet" in alone and not CYRILLIC.search(alone)
    (score,) = [one for one in result["scores"] if one["why"] == "alone"]
    assert CYRILLIC.search(score["message"]) and "my_notes.txt" in score["message"]
    assert CYRILLIC.search(spent["problem"]) and "was not run" in spent["told"]
