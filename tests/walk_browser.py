"""A walk through the built course in Chromium, by hand:  pytest -n0 tests/walk_browser.py

A student with only the link works, keeps the work, hands it in, and takes it to another browser.
It builds what runs behind the pages first, which takes minutes, so that it is not among the
tests that run by themselves.
"""

import csv
import re
import threading
import zipfile

import nbformat
import pytest
from conftest import EXERCISE_OF, LESSONS, SOLUTIONS

from browser import build, parts, runtime
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


def test_a_student_with_only_the_link_finishes_lesson_00_and_hands_in_exercise_01(
    site, browser, tmp_path
):
    address, _ = site
    context = browser.new_context(accept_downloads=True)
    page = opened(context, f"{address}/00_start_here.html")
    cells = {cell.source.partition("\n")[0]: cell.id for cell in nbformat.read(LESSONS[0], 4).cells}
    # The words are there before Python is, and an answer may be typed meanwhile.
    page.locator(f'[data-cell="{cells["answer_a = ..."]}"] textarea').fill(
        'answer_a = "Kazakhstan"'
    )
    run(page)
    assert page.locator('section.code[data-state="wrong"]').count() == 0
    assert page.locator("section.code figure img").first.is_visible()
    said = page.locator(f"""[data-cell="{cells['feedback.check("00.a")']}"] .outputs""")
    assert "Right" in said.inner_text()

    page.goto(f"{address}/exercise_01_what_is_soft_power.html")
    page.wait_for_selector("html[data-page=ready]")
    solution = nbformat.read(SOLUTIONS[0], 4)
    given = {c.id: c.source for c in nbformat.read(EXERCISE_OF["01"], 4).cells}
    answers = {c.id: c.source for c in solution.cells if c.cell_type == "code"}
    answers = {name: text for name, text in answers.items() if given.get(name) != text}
    assert len(answers) > 8
    page.evaluate(
        """answers => { for (const [id, text] of Object.entries(answers)) {
            const cell = window.softpower.cells.get(id);
            cell.fill(text);
            cell.box.dispatchEvent(new Event("input", { bubbles: true }));
        } }""",
        answers,
    )
    run(page)
    # A reload takes nothing away.
    page.reload()
    page.wait_for_selector("html[data-page=ready]")
    page.locator("summary.button").click()
    with page.expect_download() as handing:
        page.locator("#hand-in").click()
    handed = tmp_path / "in" / "page" / handing.value.suggested_filename
    handed.parent.mkdir(parents=True)
    handing.value.save_as(handed)
    with page.expect_download() as saving:
        page.locator("#save").click()
    saving.value.save_as(tmp_path / "saved.zip")
    context.close()

    book = nbformat.read(handed, 4)
    nbformat.validate(book)
    assert handed.name == EXERCISE_OF["01"].name
    assert {c.id: c.source for c in book.cells if c.id in answers} == answers
    desk = tmp_path / "in" / "desk" / handed.name
    desk.parent.mkdir()
    desk.write_bytes(SOLUTIONS[0].read_bytes())
    try:
        best_mode()
        trust = []
    except CourseError:
        trust = ["--trust-submissions"]
    out = tmp_path / "results"
    assert main(["grade", str(tmp_path / "in"), "--out", str(out), *trust]) == 0
    with open(out / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        points = {row["student"]: row["total"] for row in csv.DictReader(file)}
    assert points["page"] == points["desk"] and float(points["page"]) > 0

    # Another browser takes the saved work back.
    context = browser.new_context()
    page = opened(context, f"{address}/exercise_01_what_is_soft_power.html")
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.locator("#load").set_input_files(tmp_path / "saved.zip")
    page.wait_for_selector('[data-note="saved"]')
    kept = page.evaluate(
        "() => Object.fromEntries([...window.softpower.cells].map(([id, cell]) => [id, cell.source()]))"
    )
    assert {name: kept[name].rstrip() for name in answers} == {
        name: text.rstrip() for name, text in answers.items()
    }
    # Python begins with the record of learning that came with it.
    page.wait_for_selector("html[data-python=ready]")
    summary = next(name for name, text in given.items() if "feedback.summary(" in text)
    run(page, next(c.id for c in solution.cells if c.cell_type == "code"), summary)
    said = page.locator(f'[data-cell="{summary}"] .outputs').inner_text()
    assert re.search(r"[1-9]\d* of \d+ point", said), said
    with zipfile.ZipFile(tmp_path / "saved.zip") as archive:
        assert "my_work/record.json" in archive.namelist()
    context.close()


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
