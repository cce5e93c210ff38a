"""The pages to work in, in another language: no English word, the same place, the same work.

Made of two lessons and an exercise, in the pseudo-language; behind them stands the worker of
``test_browser_page.py``.
"""

import json
import re
from html.parser import HTMLParser

import pytest
from playwright.sync_api import expect
from test_browser_page import (
    EXERCISE,
    LESSON,
    cell,
    make,
    opened,
    ready,
    served,
    source,
    write,
)

from browser import languages, pages
from softpower.commands.edition import UNREVIEWED
from softpower.translation import po, pseudo, sources


@pytest.fixture(scope="module")
def in_two(tmp_path_factory):
    """The pages in English and in the pseudo-language: two lessons, an exercise, its answers."""
    folder = tmp_path_factory.mktemp("languages")
    few = [one for one in sources.lessons(languages.ROOT) if one[1] in ("00", "01", "x01")]

    def of_pages_alone(root):  # what Python says behind them is tried elsewhere
        note = po.Message("", UNREVIEWED)  # of an edition, on the first page
        return sources.of_pages(root) | {"browser": sources.browser(root), "package": [note]}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "lessons", lambda root: few)
        patch.setattr(sources, "markdown_pages", lambda root: [])
        patch.setattr(sources, "catalogues", of_pages_alone)
        edition = languages.make(pseudo.CODE, folder / "editions")
        return make(folder / "site", editions=[edition], solutions=True)


SILENT = {"script", "style", "textarea", "code", "nav", "td"}
SAID = {"aria-label", "title", "alt", "data-label", "content"}


class Read(HTMLParser):
    """What of a page is read or read out, but for code, references, names of languages and parts."""

    def __init__(self, text):
        super().__init__()
        self.silent, self.words = 0, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        if tag not in ("a", "span") and "viewport" not in dict(attrs).values():
            self.words += [said for name, said in attrs if name in SAID]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        self.words += [] if self.silent else [data]


def english(text):
    """The English words of a page; a word of two letters may be anybody's."""
    listed = r'<a id="cite-.*?</a>|<section class="words" id="cell-references">.*?</section>'
    said = " ".join(Read(re.sub(listed, "", text, flags=re.DOTALL)).words)
    return re.findall(r"\b[A-Za-z]{3,}\b", said)


def test_no_english_word_is_on_a_page_of_another_language(in_two):
    made = sorted((in_two / pseudo.CODE / "work").glob("*.html"))
    assert len(made) == 6  # with the lists of pages and of parts
    assert {path.name: english(path.read_text("utf-8")) for path in made} == {
        path.name: [] for path in made
    }
    here = (in_two / "work" / made[0].name).read_text("utf-8")
    assert len(english(here)) > 100  # one English word would be seen
    page = (in_two / pseudo.CODE / "work" / f"{LESSON}.html").read_text("utf-8")
    held = json.loads(re.search(r'id="document">(.*?)</script>', page, re.DOTALL)[1])
    assert len(held["words"]) > 20
    assert not re.findall(
        r"\b(?!share|cells|files|label)[A-Za-z]{3,}", "".join(held["words"].values())
    )


def test_the_switch_keeps_the_place_and_the_answers(context, in_two):
    with served(in_two) as address:
        page = opened(context, f"{address}/{pages.FOLDER}/{EXERCISE}.html")
        answer = page.evaluate(
            "() => [...window.softpower.cells.values()].find((c) => c.given.startsWith('answer_1 ')).id"
        )
        write(page, answer, 'answer_1 = "mine"')
        number = cell(page, answer).get_attribute("id")
        cell(page, answer).evaluate("one => one.scrollIntoView()")
        page.locator(f".languages a[lang={pseudo.CODE}]").dispatch_event("click")
        page.wait_for_url(f"{address}/{pseudo.CODE}/{pages.FOLDER}/{EXERCISE}.html#{number}")
        ready(page)
        assert source(page, answer) == 'answer_1 = "mine"'
        expect(page.locator(".changed")).to_have_count(0)
        # What a page says later is in its language, too.
        write(page, answer, "answer_1 = 'endless'")
        cell(page, answer).locator("button.run").click()
        page.wait_for_selector(f"[data-cell={answer}][data-state=runs]")
        page.locator("#stop").click()
        expect(page.locator("[data-note=stopped]")).to_have_text(re.compile("^[^A-Za-z]{50,}$"))
        page.locator(".languages a[lang=en]").dispatch_event("click")
        page.wait_for_url(f"{address}/{pages.FOLDER}/{EXERCISE}.html*")
        assert source(ready(page), answer) == "answer_1 = 'endless'"


def test_a_language_shares_what_is_the_same_and_leads_there(tmp_path):
    shared, own = tmp_path / "_static" / "a.css", tmp_path / "xx" / "_static" / "a.css"
    words = tmp_path / "xx" / "_static" / "words.js"
    page = tmp_path / "xx" / "notebooks" / "01.html"
    for path, text in ((shared, "same"), (own, "same"), (words, "other"), (page, "")):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "_static" / "words.js").write_text("English")
    written = '<link href="../_static/a.css?v=1"><script src="../_static/words.js"></script>'
    root = '<meta content="../../_static/a.css">'
    page.write_text(written + root)
    languages.share(tmp_path, "xx")
    assert page.read_text() == written.replace("../_static/a", "../../_static/a") + root
    assert words.exists() and shared.exists() and not own.exists()
    for name in re.findall('"([^"?]*_static[^"?]*)', page.read_text()):
        assert (page.parent / name).resolve().is_file()
