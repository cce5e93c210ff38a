"""A student with only the link: the built course in Chromium, with the Python that runs behind it.

It builds what runs behind the pages and starts Python nine times; ``walk_browser.py`` goes
through every lesson and every worked answer, by hand. What may fail under a page is tried in
``test_browser_page.py``, with no Python behind it.
"""

import csv
import threading

import nbformat
import pytest
from conftest import EXERCISE_OF, LESSONS, SOLUTIONS
from playwright.sync_api import expect

from browser import build, parts, runtime
from browser.in_place_of_jupyter import as_here
from softpower.cli import main
from softpower.errors import CourseError
from softpower.grading.housing import best_mode

LONG = 300_000  # ms: a machine that does other things, too, is slow and not wrong
PAGES = {path.stem: path for path in LESSONS} | {
    path.stem.replace("exercise_", "solution_"): path for path in SOLUTIONS
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The pages to work in, with all that runs them, on a server of this machine."""
    folder = tmp_path_factory.mktemp("site")
    try:
        parts.fetch()
    except CourseError as error:  # no network here, or none of the places answers
        pytest.skip(str(error))
    (folder / "making").mkdir()
    sizes = runtime.build(folder / "site" / "work" / "run", folder / "making")
    build.working(folder / "site", sizes, solutions=True)
    build.offline(folder / "site")
    with build.server(folder / "site") as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{serving.server_address[1]}/work"
        serving.shutdown()


@pytest.fixture
def context(context):
    context.set_default_timeout(LONG)
    return context


def opened(context, address):
    page = context.new_page()
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


def code_cell(book, beginning):
    """Return the id of the code cell that begins so."""
    return next(
        c.id for c in book.cells if c.cell_type == "code" and c.source.startswith(beginning)
    )


def outputs(page, name):
    return page.locator(f'[data-cell="{name}"] .outputs')


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


def handed_in(page, folder):
    """Answer exercise 01 on its page, and hand it in; returns the notebook's file."""
    answers = answers_of("01")
    assert len(answers) > 8
    fill(page, answers)
    run(page)
    # A reload takes nothing away.
    page.reload()
    page.wait_for_selector("html[data-page=ready]")
    file = downloaded(page, "#hand-in", folder / "in" / "page")
    book = nbformat.read(file, 4)
    nbformat.validate(book)
    assert file.name == EXERCISE_OF["01"].name
    assert {c.id: c.source for c in book.cells if c.id in answers} == answers
    return file


def finish_lesson_00(page):
    """Run lesson 00 and answer its first check, today and after a break."""
    book = nbformat.read(LESSONS[0], 4)
    # The words are there before Python is, and an answer may be typed meanwhile.
    fill(page, {code_cell(book, "answer_a"): 'answer_a = "Kazakhstan"'})
    run(page)
    expect(page.locator('section.code[data-state="wrong"]')).to_have_count(0)
    expect(page.locator("section.code figure img").first).to_be_visible()
    check = code_cell(book, 'feedback.check("00.a")')
    expect(outputs(page, check)).to_contain_text("Right")
    # The next day the check answers at once: tools and answers are there again.
    page.reload()
    page.wait_for_selector('[data-cell="setup"][data-state="done"]')
    run(page, check)
    expect(outputs(page, check)).to_contain_text("Right")


def shown(outputs):
    """What a cell shows, without pictures and the labs' lines to Python."""
    for output in outputs:
        if output["output_type"] == "error":
            yield "error", output["ename"], output["evalue"]
        else:
            yield as_here(output.get("text") or output.get("data", {}).get("text/plain", ""))


def other_than_stored(page, name):
    """Run a page; return what its cells show other than what is stored: verdicts, points, words."""
    run(page)
    here = {cell["id"]: cell for cell in page.evaluate("() => window.softpower.filled()")["cells"]}
    cells = [cell for cell in nbformat.read(PAGES[name], 4).cells if cell.cell_type == "code"]
    pairs = {
        cell.id: (list(shown(cell.outputs)), list(shown(here[cell.id]["outputs"])))
        for cell in cells
    }
    return {cell: pair for cell, pair in pairs.items() if pair[0] != pair[1]}


# One move in each lab: a heap, a slider, a choice, a box, a form that is sent empty.
MOVE = """() => {
    const act = (one, type) => one.dispatchEvent(new Event(type, { bubbles: true }));
    window.labs = [...document.querySelectorAll(".softpower-lab")].map((lab) => [lab, lab.innerHTML]);
    for (const [lab] of window.labs) {
        const heap = lab.querySelector("button.heap"), slider = lab.querySelector("input[type=range]");
        const box = lab.querySelector("input[type=checkbox], input[type=radio]:not(:checked)");
        const list = lab.querySelector("select");
        if (heap) heap.click();
        else if (slider) { slider.value = slider.value === slider.max ? slider.min : slider.max; act(slider, "input"); }
        else if (box && !lab.matches(".softpower-transfer, .softpower-studio")) box.click(); // theirs alone show nothing yet
        else if (list) { list.selectedIndex = (list.selectedIndex + 1) % list.length; act(list, "change"); }
        else lab.querySelector("button[type=submit]").click();
    }
    return window.labs.length;
}"""
MOVED = "() => window.labs.every(([lab, before]) => lab.innerHTML !== before)"


def move_every_lab(page):
    """Move each lab of a page and wait until each shows something else; returns how many."""
    page.locator(".softpower-lab").first.wait_for()
    expect(page.locator(".softpower-twin:visible")).to_have_count(0)
    count = page.evaluate(MOVE)
    page.wait_for_function(MOVED, polling=300)
    return count


def test_a_student_with_only_the_link_finishes_lesson_00_and_hands_in_exercise_01(
    site, context, tmp_path
):
    page = opened(context, f"{site}/00_start_here.html")
    finish_lesson_00(page)
    for name in (LESSONS[1].stem, EXERCISE_OF["01"].stem):
        page.get_by_role("navigation", name="Neighbouring pages").get_by_text("Next").click()
        page.wait_for_url(f"{site}/{name}.html")
    page.wait_for_selector("html[data-page=ready]")
    handed = handed_in(page, tmp_path)
    total = points(handed, tmp_path)
    assert total["page"] == total["desk"] > 0


@pytest.mark.parametrize("number", ["01", "03", "09"])
def test_a_lesson_gives_what_is_stored_and_each_of_its_labs_lives(site, context, number):
    name = LESSONS[int(number)].stem
    page = opened(context, f"{site}/{name}.html")
    assert other_than_stored(page, name) == {}
    assert move_every_lab(page) > 0


def test_a_worked_answer_gives_what_is_stored(site, context):
    name = next(name for name in PAGES if name.startswith("solution_06"))
    assert other_than_stored(opened(context, f"{site}/{name}.html"), name) == {}
