"""The site's front door: who keeps a copy, and what pages say to machines."""

import json
import re

import pytest
from conftest import LESSONS, ROOT

from softpower import notebooks
from softpower.commands import dictionary, front, lessons
from softpower.errors import CourseError

FILLED = (
    'name = "A Faculty"\ncontact = "mailto:course@example.org"\naddress = "https://example.org/sp"'
)


def owned(folder, text):
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "owner.toml").write_text(text, encoding="utf-8")
    return front.owner(folder)


def test_whoever_keeps_the_course_is_named_whole_or_not_at_all(tmp_path):
    front.owner(ROOT)  # raises where it is half filled in
    assert front.owner(tmp_path) == {} and front.to_whom({}) == ""
    assert owned(tmp_path, 'name = ""\ncontact = ""\naddress = ""') == {}
    found = owned(tmp_path, FILLED)
    assert found["address"] == "https://example.org/sp/"
    assert "A Faculty" in front.to_whom(found) and "(mailto:course@" in front.to_whom(found)


@pytest.mark.parametrize(
    "one, other",
    [
        ('name = "A Faculty"', 'name = ""'),
        ("mailto:course@example.org", "ask us"),
        ("https://example.org/sp", "example.org"),
    ],
)
def test_a_half_filled_place_is_told(tmp_path, one, other):
    with pytest.raises(CourseError):
        owned(tmp_path, FILLED.replace(one, other))


def test_the_place_for_the_owner_stands_on_the_pages_that_promise_an_answer():
    for name in ("index", "contribute", "code_of_conduct"):
        assert "<!-- owner -->" in (ROOT / "docs" / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_says_what_it_is_in_any_language(path):
    # As its translation may be: other words at every place, the same places.
    book = notebooks.read(path)
    header = lessons.header(book)
    for cell in book.cells[:2]:
        cell.source = re.sub(r"[A-Za-z]+", lambda word: word[0].swapcase(), cell.source)
    other = lessons.header(book)
    assert other.minutes == header.minutes and len(other.objectives) == len(header.objectives)
    assert other.title == header.title.swapcase() and other.question != header.question
    assert header.makes.startswith("**You make** ") and header.first.startswith(
        "**You need first**"
    )
    assert 3 <= len(header.objectives) <= 6


def test_a_lesson_without_its_head_is_told():
    book = notebooks.read(LESSONS[3])
    book.cells[1].source = book.cells[1].source.replace("**You make**", "").replace("\n\n", "\n")
    with pytest.raises(CourseError, match="begins with its title"):
        lessons.header(book)


def test_a_page_cannot_be_broken_by_what_it_says_of_itself():
    made = front.head('A "title" <b>', "x" * 500, {"name": "</script>"}, "https://e.org/", "p.png")
    assert "<b>" not in made and made.count("</script>") == 1
    assert json.loads(re.search(r"ld\+json\">(.*)</script>", made)[1]) == {"name": "</script>"}
    said = re.search(r'name="description" content="([^"]*)"', made)[1]
    assert len(said) <= front.LONGEST + 2
    assert 'rel="canonical" href="https://e.org/"' in made
    assert "canonical" not in front.head("A title", "Words.")


def test_every_table_says_what_may_be_done_with_it():
    page = dictionary.page()
    part = page.partition("## What you may do")[2].partition("\n### ")[0]
    listed = re.findall(r"^\| \[(\w+)\]\(#\1\) \| \w.+ \| \w.+ \| [\w.,\s-]+ \|$", part, re.M)
    assert listed == [table["name"] for table in dictionary._resources()]


def test_the_whole_licences_are_there():
    words = (ROOT / "LICENSE-CONTENT").read_text("utf-8")
    sections = re.findall(r"^Section (\d) -- ", words, re.M)
    assert sections == list("12345678") and words.rstrip().endswith("creativecommons.org.")
    code = (ROOT / "LICENSE").read_text("utf-8")
    assert "Redistribution and use" in code and "POSSIBILITY OF SUCH DAMAGE" in code
