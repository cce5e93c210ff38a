"""The site: built without a warning, whole without the network, read by a screen reader."""

import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser

import pytest
from conftest import LESSONS, ROOT

from softpower import notebooks


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, made by the very command that CONTRIBUTING gives, in another folder."""
    folder = tmp_path_factory.mktemp("site")
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    given = re.search(r"`python (-m sphinx [^`]*) docs/_build`", text)[1].split()
    command = [sys.executable, *given, str(folder / "site"), "-q", "--keep-going"]
    command += ["-d", str(folder / "cache")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / "site"


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def pages(site):
    found = [p for p in site.rglob("*.html") if "_static" not in p.relative_to(site).parts]
    assert len(found) > len(LESSONS)
    return found


def test_every_lesson_is_on_the_site_with_its_charts_and_twins_in_words(site):
    for lesson in LESSONS:
        page = unescape((site / "notebooks" / f"{lesson.stem}.html").read_text("utf-8"))
        for cell in notebooks.read(lesson).cells:
            for output in cell.get("outputs", []):
                html = unescape(output.get("data", {}).get("text/html", ""))
                for words in re.findall(r'alt="([^"]+)"|<caption[^>]*>([^<]+)', html):
                    assert "".join(words) in page, f"{lesson.stem}, cell {cell.id}"


def test_every_method_that_a_notebook_uses_is_explained_on_the_page_of_methods(site):
    page = Elements((site / "docs" / "methods.html").read_text("utf-8"))
    explained = {
        attributes.get("id", "").removeprefix("softpower.") for _, attributes in page.found
    }
    methods = re.compile(
        r"\b(?:index|evaluation|assets|coding|scenario|policy|data)\.[a-z_]+(?=\()"
    )
    used = {
        name
        for path in [*LESSONS, *(ROOT / "solutions").glob("*/*.ipynb")]
        for cell in notebooks.read(path).cells
        if cell.cell_type == "code"
        for name in methods.findall(cell.source)
    }
    assert len(used) > 25 and used <= explained, used - explained


def test_every_picture_says_what_it_shows(site):
    for path in pages(site):
        for tag, attributes in Elements(path.read_text("utf-8")).found:
            words = None
            if tag == "img":
                words = attributes.get("alt")
            elif tag == "svg" and attributes.get("role") == "img":
                words = attributes.get("aria-label")
            else:
                continue
            said = f"{path.stem}: {words!r}"
            assert words and len(words.split()) > 3, said
            assert "No description" not in words and not re.search(r"\.(png|svg)$", words), said


def test_nothing_is_fetched_from_elsewhere(site):
    for path in pages(site):
        for tag, attributes in Elements(path.read_text("utf-8")).found:
            asked = attributes.get("src") or (tag == "link" and attributes.get("href")) or ""
            assert not re.match(r"(https?:)?//", asked), f"{path.stem}: {asked}"
    for style in site.rglob("*.css"):
        assert not re.search(
            r"url\([\"']?(https?:)?//|@import [\"'](https?:)?//", style.read_text()
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(site, browser, axe, scheme):
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, color_scheme=scheme)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    found = {}
    for path in pages(site):
        if path.name in ("search.html", "genindex.html", "index.html") and path.parent == site:
            continue  # the first two are the theme's own; the third only leads on
        page.goto(path.as_uri())
        found[path.stem] = axe(page, "html")
    page.close()
    assert not {name: violations for name, violations in found.items() if violations}
    assert not [address for address in asked if address.startswith("http")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_one_card_with_text_to_be_read_on_a_phone(site, browser, scheme):
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page.goto((site / "notebooks" / "00_start_here.html").as_uri())
    picture = page.locator(".cell_output figure img").first
    look = picture.evaluate(
        """image => {
            const style = getComputedStyle(image), around = getComputedStyle(image.closest('.output'));
            const caption = getComputedStyle(image.closest('figure').querySelector('small'));
            return {filter: style.filter, ground: style.backgroundColor, padding: style.padding,
                frame: around.backgroundColor, page: getComputedStyle(document.body).backgroundColor,
                align: caption.textAlign, weight: caption.fontWeight, width: image.clientWidth};
        }"""
    )
    page.close()
    assert look["filter"] == "none" and look["padding"] == "0px"
    assert look["ground"] == "rgb(255, 255, 255)" and look["frame"] == look["page"]
    assert look["align"] in ("left", "start") and int(look["weight"]) >= 400
    assert look["width"] / 320 * 11 >= 9  # the smallest letters of the narrow drawing


def test_a_citation_on_the_site_leads_to_its_reference(site, browser):
    page = browser.new_page()
    page.goto((site / "notebooks" / "00_start_here.html").as_uri())
    page.locator("a[href='#ref-00-brandfinance2026']").first.click()
    assert page.url.endswith("#ref-00-brandfinance2026")
    assert page.locator("#ref-00-brandfinance2026").bounding_box()["y"] > 40  # not under the bar
    page.close()
