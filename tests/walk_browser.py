"""The whole walk through the built course in Chromium, by hand:  pytest -n0 tests/walk_browser.py

Every lesson and every worked answer runs and gives what is stored, every lab lives, work goes to
another browser, the site may break while it is fetched, and axe looks at the pages to work in. It
starts Python forty times and takes half an hour; ``test_browser_walk.py`` is its short form, which
runs by itself.
"""

import re
import zipfile

import nbformat
import pytest
from conftest import EXERCISE_OF, LESSONS
from playwright.sync_api import expect
from test_browser_walk import (
    PAGES,
    answers_of,
    code_cell,
    context,  # noqa: F401 (a fixture)
    downloaded,
    handed_in,
    move_every_lab,
    opened,
    other_than_stored,
    outputs,
    run,
    site,  # noqa: F401 (a fixture)
)

# F811 below: fixtures are used by their names.


def test_what_is_saved_goes_to_another_browser(site, context, browser, tmp_path):  # noqa: F811
    exercise = f"{site}/{EXERCISE_OF['01'].stem}.html"
    page = opened(context, exercise)
    handed_in(page, tmp_path)
    saved = downloaded(page, "#save", tmp_path / "saved")
    with zipfile.ZipFile(saved) as archive:
        assert "my_work/record.json" in archive.namelist()

    other = browser.new_context()
    page = opened(other, exercise)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#load").set_input_files(saved)
    page.wait_for_selector('[data-note="saved"]')
    kept = page.evaluate(
        "() => Object.fromEntries([...window.softpower.cells].map(([id, cell]) => [id, cell.source()]))"
    )
    answers = answers_of("01")
    assert {name: kept[name].rstrip() for name in answers} == {
        name: text.rstrip() for name, text in answers.items()
    }
    # Python begins with the record of learning that came with it.
    book = nbformat.read(EXERCISE_OF["01"], 4)
    summary = code_cell(book, "feedback.summary(")
    run(page, code_cell(book, "from softpower"), summary)
    expect(outputs(page, summary)).to_contain_text(re.compile(r"[1-9]\d* of \d+ point"))
    other.close()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_gives_what_is_stored_and_its_labs_live(site, context, name):  # noqa: F811
    """Verdicts and points of every check are among what is stored."""
    page = opened(context, f"{site}/{name}.html")
    assert other_than_stored(page, name) == {}
    if page.locator("[data-lab]").count():
        move_every_lab(page)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "name", [LESSONS[0].stem, LESSONS[9].stem, LESSONS[10].stem, EXERCISE_OF["03"].stem]
)
def test_axe_finds_nothing_on_a_page_to_work_in(site, browser, axe, name, width):  # noqa: F811
    """Before Python is there and after every cell has run, in light and dark, on a phone too."""
    context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=width < 500)  # noqa: F811
    context.set_default_timeout(300_000)
    page = opened(context, f"{site}/{name}.html")
    for step in (lambda: page.locator("summary.button").click(), lambda: run(page)):
        step()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe(page, "html") == []
        across = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert across <= 0, f"{width}: {across} too wide"
    context.close()
