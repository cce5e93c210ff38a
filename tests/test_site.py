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
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going"]
    command += ["-c", str(ROOT / "docs"), "-d", str(folder / "cache"), str(ROOT)]
    done = subprocess.run([*command, str(folder / "site")], capture_output=True, text=True)
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
