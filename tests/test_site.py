"""The site: built without a warning, whole without the network, read by a screen reader."""

import json
import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser

import pytest
from conftest import LESSONS, ROOT, still

from softpower import notebooks
from softpower.commands import front

COLOURS = ["color-contrast", "link-in-text-block"]  # the rules of axe that look at them
# Marks what is of a form that no page before had: its element, classes and style, and those of
# what it stands in. Its colours are then looked at once, for they follow from the form alone.
FRESH = """seen => {
    const known = new Set(seen), fresh = [];
    const look = (one) => [one.tagName, ...[...one.classList].sort(), one.getAttribute("style")];
    for (const one of document.querySelectorAll("body *")) {
        if (!one.checkVisibility() || !one.getClientRects().length) continue;
        const form = [...look(one.parentElement), ">", ...look(one)].join(" ");
        if (known.has(form)) continue;
        known.add(form);
        fresh.push(form);
        one.dataset.fresh = "";
    }
    return fresh;
}"""


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


def test_the_front_page_has_a_card_for_each_lesson_as_the_lesson_has_it(site):
    text = (site / "index.html").read_text("utf-8")
    found = re.findall(r"<li><p class=\"name\">.*?</li>", text)
    headers = front.headers(ROOT / "notebooks")
    assert len(found) == len(headers) - 1 == 10
    for card, (number, header) in zip(found, list(headers.items())[1:], strict=True):
        said = unescape(re.sub("<[^>]+>", "", card))
        parts = (number, header.title, header.question, front.plain(header.makes))
        assert all(part in said for part in (*parts, f"{header.minutes} minutes")), said
    assert front.reference(front.cited(ROOT)) in unescape(text).replace("’", "'")


def test_every_link_of_the_site_leads_to_a_file(site):
    for path in pages(site):
        for _, attributes in Elements(path.read_text("utf-8")).found:
            for name in ("href", "src"):
                target = (attributes.get(name) or "").partition("#")[0].partition("?")[0]
                if target and not re.match(r"[a-z]+:", target):
                    assert (path.parent / target).exists(), f"{path.relative_to(site)}: {target}"


def test_every_page_says_what_it_is_to_people_and_to_machines(site):
    said = {}
    for path in pages(site):
        if path.name in ("search.html", "genindex.html"):
            continue
        found = Elements(path.read_text("utf-8")).found
        metas = {
            a.get("name") or a.get("property"): a.get("content") for t, a in found if t == "meta"
        }
        assert 10 < len(metas["description"]) <= front.LONGEST + 2, path.stem
        assert "og:title" in metas and (path.parent / metas["og:image"]).exists(), path.stem
        icons = [a["href"] for t, a in found if t == "link" and "icon" in a.get("rel", "")]
        assert icons, path.stem
        said[path.relative_to(site).as_posix()] = metas["description"]
    lessons = {name: one for name, one in said.items() if name.startswith("notebooks/")}
    assert len(set(lessons.values())) == len(LESSONS)
    for lesson in LESSONS:
        text = (site / "notebooks" / f"{lesson.stem}.html").read_text("utf-8")
        data = json.loads(re.search(r'ld\+json">(.+?)</script>', text)[1])
        header = front.lessons.header(notebooks.read(lesson))
        assert data["@type"] == "LearningResource" and data["name"] == header.title
        assert data["timeRequired"] == f"PT{header.minutes}M"
        assert len(data["teaches"]) == len(header.objectives) and data["competencyRequired"]
        assert f"<title>{lesson.stem[:2]} " in text
    course = json.loads(
        re.search(r'ld\+json">(.+?)</script>', (site / "index.html").read_text("utf-8"))[1]
    )
    assert "Course" in course["@type"] and len(course["hasPart"]) == len(LESSONS)


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


def test_axe_finds_nothing(site, browser, axe):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    asked, found, seen = [], {}, []
    page.on("request", lambda request: asked.append(request.url))
    but_colours = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
    for path in sorted(pages(site), key=lambda path: path.stat().st_size):  # small ones first
        if path.name in ("search.html", "genindex.html", "index.html") and path.parent == site:
            continue  # the first two are the theme's own; the third is docs/index.html again
        page.emulate_media(color_scheme="light")
        page.goto(path.as_uri())
        # Before the shade at the edge of a wide table axe does not judge what stands there; and a
        # colour that is still on its way from light to dark is nobody's colour.
        page.add_style_tag(
            content="* { background-image: none !important; transition: none !important }"
        )
        found[path, "all"] = axe(page, "html", but_colours)
        fresh = page.evaluate(FRESH, seen)
        seen += fresh
        for scheme in ("light", "dark") if fresh else ():
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(f"document.documentElement.dataset.theme === '{scheme}'")
            found[path, scheme] = axe(page, "[data-fresh]", COLOURS)
    page.close()
    assert len(seen) > 100 and sum(scheme == "dark" for _, scheme in found) > 10
    assert not {name: violations for name, violations in found.items() if violations}
    assert not [address for address in asked if address.startswith("http")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_one_card_with_text_to_be_read_on_a_phone(site, browser, scheme):
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page.goto((site / "notebooks" / "00_start_here.html").as_uri())
    still(page)
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
    page.wait_for_url("**/00_start_here.html#ref-00-brandfinance2026")
    # It is on the screen and comes to rest there, and not under the bar.
    rests = """() => {
        const before = window.before;
        window.before = document.getElementById("ref-00-brandfinance2026").getBoundingClientRect().y;
        return window.before === before && before < innerHeight && [before];
    }"""
    assert page.wait_for_function(rests, polling=300).json_value()[0] > 40
    page.close()
