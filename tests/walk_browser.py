"""A walk through the built course in Chromium, by hand:  pytest -n0 tests/walk_browser.py

A student with only the link works, keeps the work, hands it in, and takes it to another browser;
every lesson and every worked answer runs and gives what is stored. It builds what runs behind the
pages first, and starts Python twenty-odd times, so that it is not among the tests that run by
themselves. What may fail under a page is: test_browser_page.py.
"""

import csv
import re
import threading
import zipfile

import nbformat
import pytest
from conftest import EXERCISE_OF, LESSONS, SOLUTIONS

from browser import build, parts, runtime
from browser.in_place_of_jupyter import as_here
from softpower.cli import main
from softpower.errors import CourseError
from softpower.grading.housing import best_mode

LONG = 300_000  # ms: a machine that does other things, too, is slow and not wrong


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The pages to work in, with all that runs them, on a server of this machine."""
    folder = tmp_path_factory.mktemp("site")
    parts.fetch()
    (folder / "making").mkdir()
    sizes = runtime.build(folder / "site" / "work" / "run", folder / "making")
    build.working(folder / "site", sizes, solutions=True)
    build.offline(folder / "site")
    with build.server(folder / "site") as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{serving.server_address[1]}/work", folder / "site"
        serving.shutdown()


def opened(context, address):
    page = context.new_page()
    page.set_default_timeout(LONG)
    page.goto(address)
    page.wait_for_selector("html[data-page=ready]")
    return page


def run(page, *names):
    """Run cells and wait until each has run; without names, all."""
    page.evaluate(
        """names => { for (const cell of window.softpower.cells.values())
            if (!names.length || names.includes(cell.id)) cell.run(); }""",
        list(names),
    )
    page.wait_for_function(
        """() => document.documentElement.dataset.python === "ready"
            && ![...document.querySelectorAll("section.code")]
                .some((cell) => ["waits", "runs"].includes(cell.dataset.state))"""
    )


def source_of(book, beginning):
    """Return the id of the code cell that begins so."""
    return next(
        c.id for c in book.cells if c.cell_type == "code" and c.source.startswith(beginning)
    )


def said(page, name):
    return page.locator(f'[data-cell="{name}"] .outputs').inner_text()


def answers_of(number):
    """The cells of an exercise that its worked answers fill in: ``{cell: source}``."""
    given = {c.id: c.source for c in nbformat.read(EXERCISE_OF[number], 4).cells}
    solution = nbformat.read(SOLUTIONS[int(number) - 1], 4)
    answers = {c.id: c.source for c in solution.cells if c.cell_type == "code"}
    return {name: text for name, text in answers.items() if given.get(name) != text}


def fill(page, answers):
    page.evaluate(
        """answers => { for (const [id, text] of Object.entries(answers)) {
            const cell = window.softpower.cells.get(id);
            cell.fill(text);
            cell.box.dispatchEvent(new Event("input", { bubbles: true }));
        } }""",
        answers,
    )


def downloaded(page, button, folder):
    """Press a button of My work and keep the file that it gives, under its own name."""
    page.locator(".menu").evaluate("menu => { menu.open = true; }")
    with page.expect_download() as coming:
        page.locator(button).click()
    folder.mkdir(parents=True, exist_ok=True)
    coming.value.save_as(folder / coming.value.suggested_filename)
    return folder / coming.value.suggested_filename


def points(handed, folder):
    """Mark what was handed in from the page beside the worked answers; returns both totals."""
    desk = folder / "in" / "desk" / handed.name
    desk.parent.mkdir()
    desk.write_bytes(SOLUTIONS[0].read_bytes())
    try:
        best_mode()
        trust = []
    except CourseError:
        trust = ["--trust-submissions"]
    out = folder / "results"
    assert main(["grade", str(folder / "in"), "--out", str(out), *trust]) == 0
    with open(out / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: float(row["total"]) for row in csv.DictReader(file)}


def test_a_student_with_only_the_link_finishes_lesson_00(site, browser):
    address, _ = site
    context = browser.new_context()
    page = opened(context, f"{address}/00_start_here.html")
    book = nbformat.read(LESSONS[0], 4)
    # The words are there before Python is, and an answer may be typed meanwhile.
    fill(page, {source_of(book, "answer_a"): 'answer_a = "Kazakhstan"'})
    run(page)
    assert page.locator('section.code[data-state="wrong"]').count() == 0
    assert page.locator("section.code figure img").first.is_visible()
    check = source_of(book, 'feedback.check("00.a")')
    assert "Right" in said(page, check)
    # The next day the check answers at once: tools and answers are there again.
    page.reload()
    page.wait_for_selector('[data-cell="setup"][data-state="done"]')
    run(page, check)
    assert "Right" in said(page, check)
    context.close()


def test_exercise_01_is_handed_in_marked_and_taken_to_another_browser(site, browser, tmp_path):
    address, _ = site
    exercise = f"{address}/exercise_01_what_is_soft_power.html"
    answers = answers_of("01")
    assert len(answers) > 8
    context = browser.new_context(accept_downloads=True)
    page = opened(context, exercise)
    fill(page, answers)
    run(page)
    # A reload takes nothing away.
    page.reload()
    page.wait_for_selector("html[data-page=ready]")
    handed = downloaded(page, "#hand-in", tmp_path / "in" / "page")
    saved = downloaded(page, "#save", tmp_path / "saved")
    context.close()
    book = nbformat.read(handed, 4)
    nbformat.validate(book)
    assert handed.name == EXERCISE_OF["01"].name
    assert {c.id: c.source for c in book.cells if c.id in answers} == answers
    total = points(handed, tmp_path)
    assert total["page"] == total["desk"] > 0

    # Another browser takes the saved work back.
    context = browser.new_context()
    page = opened(context, exercise)
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.locator("#load").set_input_files(saved)
    page.wait_for_selector('[data-note="saved"]')
    kept = page.evaluate(
        "() => Object.fromEntries([...window.softpower.cells].map(([id, cell]) => [id, cell.source()]))"
    )
    assert {name: kept[name].rstrip() for name in answers} == {
        name: text.rstrip() for name, text in answers.items()
    }
    # Python begins with the record of learning that came with it.
    summary = source_of(book, "feedback.summary(")
    run(page, source_of(book, "from softpower"), summary)
    assert re.search(r"[1-9]\d* of \d+ point", said(page, summary))
    with zipfile.ZipFile(saved) as archive:
        assert "my_work/record.json" in archive.namelist()
    context.close()


def shown(outputs):
    """What a cell shows, without pictures and the labs' lines to Python."""
    for output in outputs:
        if output["output_type"] == "error":
            yield "error", output["ename"], output["evalue"]
        else:
            yield as_here(output.get("text") or output.get("data", {}).get("text/plain", ""))


PAGES = {path.stem: path for path in LESSONS} | {
    path.stem.replace("exercise_", "solution_"): path for path in SOLUTIONS
}


@pytest.mark.parametrize("name", PAGES)
def test_each_lesson_and_worked_answer_gives_what_is_stored(site, browser, name):
    """Verdicts and points of every check are among it."""
    address, _ = site
    context = browser.new_context()
    page = opened(context, f"{address}/{name}.html")
    run(page)
    here = {cell["id"]: cell for cell in page.evaluate("() => window.softpower.filled()")["cells"]}
    context.close()
    cells = [cell for cell in nbformat.read(PAGES[name], 4).cells if cell.cell_type == "code"]
    other = {
        cell.id: (list(shown(cell.outputs)), list(shown(here[cell.id]["outputs"])))
        for cell in cells
    }
    assert {cell: pair for cell, pair in other.items() if pair[0] != pair[1]} == {}


def test_every_lab_of_a_lesson_lives_and_answers(site, browser):
    address, _ = site
    context = browser.new_context()
    page = opened(context, f"{address}/03_measuring_soft_power.html")
    run(page)
    assert page.locator('section.code[data-state="wrong"]').count() == 0
    lab = page.locator(".softpower-lab").first
    lab.wait_for()
    assert not page.locator(".softpower-twin:visible").count()
    before = lab.inner_text()
    slider = lab.locator("input[type=range]").first
    slider.focus()
    for _ in range(30):
        slider.press("ArrowRight")
    page.wait_for_function(
        "before => document.querySelector('.softpower-lab').innerText !== before", arg=before
    )
    context.close()


def test_axe_finds_nothing_on_a_page_to_work_in(site, browser, axe):
    address, _ = site
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            context = browser.new_context(
                color_scheme=scheme, viewport={"width": width, "height": 900}
            )
            page = opened(context, f"{address}/00_start_here.html")
            page.locator("summary.button").click()
            assert not axe(page, "html")
            across = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert across <= 0, f"{width}: {across} too wide"
            context.close()
