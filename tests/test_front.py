"""The site's front door: who keeps a copy, and what pages say to machines."""

import json
import re
import runpy
from posixpath import normpath

import pytest
from conftest import LESSONS, ROOT

from browser import languages
from softpower import notebooks, texts
from softpower.commands import dictionary, front, lessons
from softpower.errors import CourseError
from softpower.translation import sources

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
    listed = re.findall(r"^\| \[`(\w+)`\]\(#\1\) \| \w.+ \| \w.+ \| `[\w.,`\s-]+` \|$", part, re.M)
    assert listed == [table["name"] for table in dictionary._resources()]


def test_the_whole_licences_are_there():
    words = (ROOT / "LICENSE-CONTENT").read_text("utf-8")
    sections = re.findall(r"^Section (\d) -- ", words, re.M)
    assert sections == list("12345678") and words.rstrip().endswith("creativecommons.org.")
    code = (ROOT / "LICENSE").read_text("utf-8")
    assert "Redistribution and use" in code and "POSSIBILITY OF SUCH DAMAGE" in code


def switch(monkeypatch, code, page):
    """Return where the switch on a page of one language leads, from the site's folder."""
    monkeypatch.setenv(languages.ALL, "en,xx")
    monkeypatch.setenv(texts.SETTING, code)
    made = runpy.run_path(str(ROOT / "docs" / "conf.py"))["_languages"](page)
    links = re.findall(r'href="([^"]+)" lang="(\w+)" hreflang="\2"( aria-current="true")?', made)
    folder = ("" if code == "en" else f"{code}/") + page.rpartition("/")[0]
    return {to: (normpath(f"{folder}/{link}"), bool(here)) for link, to, here in links}


@pytest.mark.parametrize("page", ["docs/index", "notebooks/05_japan", "exercises/05_japan/x"])
def test_the_switch_leads_to_the_same_page_in_each_language(monkeypatch, page):
    for code in ("en", "xx"):
        assert switch(monkeypatch, code, page) == {
            "en": (f"{page}.html", code == "en"),
            "xx": (f"xx/{page}.html", code == "xx"),
        }


def test_every_word_of_the_site_can_be_translated():
    conf = (ROOT / "docs" / "conf.py").read_text("utf-8")
    used = set(re.findall(r'"(\w+)"', conf)) & set(front.WORDS)
    assert used == set(front.WORDS) and not re.search(r"texts\.(text|mark)\(\"", conf)
    found = {m.text for m in sources.package(ROOT / "softpower") if "front.py" in m.note}
    assert set(front.WORDS.values()) <= found


def test_where_one_language_stands_there_is_no_switch(monkeypatch):
    monkeypatch.setenv(languages.ALL, "en")
    assert runpy.run_path(str(ROOT / "docs" / "conf.py"))["_languages"]("docs/index") == ""


def test_the_site_has_the_languages_that_have_catalogues_and_those_on_trial(monkeypatch):
    monkeypatch.setattr(languages.edition, "languages", lambda root: ["kk"])
    assert languages.standing() == ["en", "kk"]
    monkeypatch.setenv(languages.TRIAL, "xx,kk")
    assert languages.standing() == ["en", "kk", "xx"]


def test_the_switch_keeps_the_place(tmp_path, browser):
    script = (ROOT / "docs" / "_static" / "place.js").read_text("utf-8")
    for code, other in (("en", "xx"), ("xx", "en")):
        parts = "".join(
            f'<h2 id="{code}-{n}">{code} {n}</h2><p style="height:700px">.</p>' for n in range(9)
        )
        nav = f'<nav class="languages" style="position:fixed;top:0"><a href="{other}.html">o</a></nav>'
        page = f"<article><h1>T</h1>{nav}{parts}</article><script>{script}</script>"
        (tmp_path / f"{code}.html").write_text(page, encoding="utf-8")
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.goto((tmp_path / "en.html").as_uri())
    page.locator("#en-6").evaluate("heading => heading.scrollIntoView()")
    page.locator(".languages a").click()
    page.wait_for_function(
        "() => { const one = document.getElementById('xx-6');"
        " return one && Math.abs(one.getBoundingClientRect().top) < 200; }"
    )
    page.close()
