"""What every lab promises, in a real JupyterLab.

Its arrow keys are the learner's, its twin is a table, a second copy beside it shares nothing, a
narrow window cuts nothing off, and it says so when Python is gone.
"""

import re

import pytest
from conftest import ROOT, settled
from playwright.sync_api import expect

from softpower import data, labs, texts
from softpower.commands import edition
from softpower.translation import pseudo

# Every native control that arrow keys move; a lab without one (the sorter) has only buttons.
CONTROLS = "input[type=range], input[type=number], select, input[type=radio]"


@pytest.fixture(autouse=True)
def a_folder_for_the_learner(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))


@pytest.mark.parametrize("name", labs.__all__)
def test_a_lab_has_a_twin_with_words_and_rows(name):
    caption, table = getattr(labs, name)().twin()
    assert len(caption) > 20 and len(table) > 0


def all_labs(run_notebook, tmp_path, copies=1, speak=""):
    home = (
        f"import os, sys; os.environ['SOFTPOWER_WORK'] = {str(tmp_path)!r}\n{speak}\n"
        "from softpower import labs"
    )
    page = run_notebook(home, *(f"labs.{name}()" for name in labs.__all__ * copies))
    page.set_viewport_size({"width": 1280, "height": 9000})  # no cell is put away unseen
    page.wait_for_function(
        "(n) => document.querySelectorAll('.softpower-lab').length >= n",
        arg=len(labs.__all__) * copies,
    )
    return page


def arrow_keys_stay(page):
    """Press an arrow key on the first control of each lab: the focus must stay there."""
    lost = page.evaluate(
        """(controls) => [...document.querySelectorAll(".softpower-lab")].filter((lab) => {
            const control = [...lab.querySelectorAll(controls)].find((c) => c.offsetParent && !c.disabled);
            if (!control) return false;
            control.focus();
            const before = document.activeElement;
            control.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", keyCode: 40, bubbles: true, cancelable: true }));
            return document.activeElement !== before;
        }).map((lab) => lab.className)""",
        CONTROLS,
    )
    assert lost == []


def test_two_copies_share_no_name_and_fit_a_narrow_dark_window(run_notebook, tmp_path):
    page = all_labs(run_notebook, tmp_path, copies=2)
    # An id that stands twice gives one copy's label to the other's field; a shared group of
    # buttons lets a choice in one copy undo the choice in the other.
    shared = page.evaluate(
        """() => {
            const boxes = [...document.querySelectorAll(".softpower-lab")];
            const names = (box) => [...box.querySelectorAll("[id], input[name]")]
                .filter((e) => !e.closest("svg")).flatMap((e) => [...new Set([e.id, e.name].filter(Boolean))]);
            const of = boxes.map((box) => new Set(names(box)));
            return of.flatMap((one, i) => of.slice(i + 1).flatMap((two) => [...one].filter((name) => two.has(name))));
        }"""
    )
    assert shared == []

    page.evaluate(
        "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
    )
    page.set_viewport_size({"width": 640, "height": 9000})
    broken = """() => [...document.querySelectorAll(".softpower-lab")].filter((lab) =>
            lab.scrollWidth > lab.clientWidth + 1 || getComputedStyle(lab).colorScheme !== "dark"
        ).map((lab) => `${lab.className} ${lab.scrollWidth} in ${lab.clientWidth}`)"""
    assert settled(page, broken) == []
    page.evaluate(
        "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})"
    )


def test_every_lab_keeps_its_arrow_keys_and_is_readable_on_a_telephone_in_the_dark(
    run_notebook, axe, tmp_path
):
    page = all_labs(run_notebook, tmp_path)
    arrow_keys_stay(page)
    page.evaluate(
        "() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight();"
        " jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'}); }"
    )
    page.set_viewport_size({"width": 390, "height": 20_000})
    light = """() => [...document.querySelectorAll(".softpower-lab")]
        .filter((lab) => getComputedStyle(lab).colorScheme !== "dark" || lab.clientWidth > 390)
        .map((lab) => lab.className)"""
    assert settled(page, light) == []
    cut = """() => [...document.querySelectorAll(".softpower-lab")].flatMap((lab) =>
            [...lab.querySelectorAll("button, select, input, textarea, legend, fieldset")]
                .filter((e) => e.offsetParent && !e.closest(".scroll") &&
                    e.getBoundingClientRect().right > lab.getBoundingClientRect().right)
                .map((e) => `${lab.className}: ${e.outerHTML.slice(0, 80)}`))"""
    assert settled(page, cut) == []
    assert axe(page, ".softpower-lab") == []
    white = """() => [...document.querySelectorAll(".softpower-lab, .softpower-lab *")]
            .filter((e) => getComputedStyle(e).backgroundColor === "rgb(255, 255, 255)")
            .map((e) => e.outerHTML.slice(0, 80))"""
    assert settled(page, white) == []
    page.evaluate(
        "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})"
    )


def test_a_lab_whose_python_is_gone_says_so(run_notebook):
    page = run_notebook("from softpower import labs\nlabs.DenominatorLab()")
    lab = page.locator(".softpower-lab")
    lab.wait_for()
    expect(lab.get_by_role("alert")).to_be_hidden()
    page.evaluate(
        "() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart(); }"
    )
    lab.get_by_role("alert").filter(has_text="Run the first cell").wait_for()


def sleeping(page, jupyter):
    """Save the notebook, end every kernel, and open the page again."""
    address, _ = jupyter
    path = page.evaluate(
        """async () => {
            await window.jupyterapp.commands.execute("docmanager:save");
            const panel = window.jupyterapp.shell.currentWidget;
            await panel.sessionContext.shutdown();
            return panel.context.path;
        }"""
    )
    page.goto(f"{address}/lab/tree/{path}?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    return path


def test_a_saved_lab_says_what_is_kept_and_what_to_run(run_notebook, jupyter, tmp_path):
    home = f"import os; os.environ['SOFTPOWER_WORK'] = {str(tmp_path)!r}"
    page = run_notebook(f"{home}\nfrom softpower import labs", "labs.CodingDesk(round=1)")
    desk = page.locator(".softpower-lab")
    desk.wait_for()
    expect(page.locator(".softpower-twin")).to_be_hidden()
    desk.get_by_role("radio").first.check()
    desk.get_by_role("status").filter(has_text="1 of 24").wait_for()

    sleeping(page, jupyter)
    twin = page.locator(".softpower-twin")
    twin.wait_for()
    expect(twin.locator("p").first).to_have_text(
        "Run the first cell of this page, then this one, to go on. "
        "What you did is kept in my_work/lesson_09_codes.csv."
    )
    page.wait_for_timeout(4000)  # the widget manager looks for the lost view, and gives up
    expect(twin).to_be_visible()
    assert page.get_by_text("Error displaying").count() == 0 or not (
        page.get_by_text("Error displaying").first.is_visible()
    )
    # What was coded after the cell was run stands in the saved picture.
    expect(twin.locator("tr", has_text="not coded")).to_have_count(23)


def test_a_saved_lab_is_a_table_in_a_page_made_of_it(run_notebook, jupyter, browser):
    from nbconvert import HTMLExporter

    page = run_notebook("from softpower import labs", "labs.DenominatorLab()")
    page.locator(".softpower-lab").wait_for()
    path = sleeping(page, jupyter)
    page.goto("about:blank")
    html, _ = HTMLExporter().from_filename(str(jupyter[1] / path))
    page.set_content(html)
    page.locator(".softpower-twin").wait_for()
    assert "Error displaying" not in page.inner_text("body")


# Names of sources and of files stay as they are in every language.
STAYS = set(re.findall(r"[A-Za-z]{2,}", " ".join(data.load("sources")["short"]))) | {"my", "work"}
SHOWN = """() => [...document.querySelectorAll(".softpower-lab")].map((lab) => {
    const words = [], walk = document.createTreeWalker(lab, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) words.push(node.data);
    for (const one of lab.querySelectorAll("[aria-label], [title]")) words.push(one.ariaLabel ?? "", one.title ?? "");
    return [lab.className, words.join(" ")];
})"""
CUT = """() => [...document.querySelectorAll(".softpower-lab")].flatMap((lab) => {
    const drawn = [...lab.querySelectorAll("svg text")].filter((text) => {
        const { x, width } = text.getBBox(), box = text.closest("svg").viewBox.baseVal;
        return width > 0 && (x < -1 || x + width > box.width + 1);
    });
    const written = [...lab.querySelectorAll("button, label, legend, summary, p, li, h3, th, td")].filter((one) =>
        one.offsetParent && !one.closest(".visually-hidden, svg") && one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).display !== "inline");
    return [...drawn, ...written].map((one) => `${lab.className}: ${one.textContent.slice(0, 60)}`);
})"""
# A menu that cuts its longest choice. The sorter's leads to cards, each of which stands whole
# beside it; and in a narrow window a long choice shows that it goes on.
SHORT = """() => [...document.querySelectorAll(".softpower-lab:not(.softpower-sorter) select")].filter((menu) => {
    const whole = menu.cloneNode(true);
    whole.style.cssText = "width: max-content; min-width: 0; max-width: none; position: absolute";
    menu.after(whole);
    const needed = whole.offsetWidth;
    whole.remove();
    return menu.offsetParent && needed > menu.offsetWidth + 1;
}).map((menu) => `${menu.closest(".softpower-lab").className}: ${[...menu.options].map((one) => one.text).join(" | ")}`)"""
# One move in each lab: a heap, a slider, a choice, a box, a form that is sent empty.
MOVE = """() => {
    const act = (one, type) => one.dispatchEvent(new Event(type, { bubbles: true }));
    for (const lab of document.querySelectorAll(".softpower-lab")) {
        const heap = lab.querySelector("button.heap"), slider = lab.querySelector("input[type=range]");
        const box = lab.querySelector("input[type=checkbox], input[type=radio]:not(:checked)"), list = [...lab.querySelectorAll("select")].find((one) => one.offsetParent);
        if (heap) heap.click();
        else if (slider) { slider.value = 7; act(slider, "input"); }
        else if (list) { list.selectedIndex = (list.selectedIndex + 1) % list.length; act(list, "change"); }
        else if (box) box.click();
        else lab.querySelector("button[type=submit]").click();
    }
}"""
OPEN = """() => {
    const labs = [...document.querySelectorAll(".softpower-lab")];
    for (const lab of labs) for (const fold of lab.querySelectorAll("details")) fold.open = true;
    window.before = labs.map((lab) => lab.innerHTML);
}"""
STILL = """() => [...document.querySelectorAll(".softpower-lab")]
    .filter((lab, n) => lab.lang !== "LANG" || lab.innerHTML === window.before[n]).map((lab) => lab.className)"""


def english(shown, code):
    """The English that is left, by lab: each word that is neither a source's nor a file's.

    In a real language, where names stay Latin, three small words in a row.
    """
    found = {}
    for lab, words in shown:
        words = re.sub(r"\b[\w./-]+\.(?:csv|json|html)\b", "", words)
        left = set(re.findall(r"[A-Za-z]{2,}", words)) - STAYS
        if code != pseudo.CODE:
            left = re.findall(r"(?:\b[a-z]{2,}\b[ ,]+){3}", words)
        if left:
            found[lab] = sorted(left)
    return found


@pytest.mark.parametrize("code", [pseudo.CODE, *edition.languages(ROOT)])
def test_every_lab_speaks_another_language_whole_and_cuts_no_word(
    run_notebook, tmp_path, elsewhere, code
):
    if code != pseudo.CODE:
        elsewhere = tmp_path / "locale"
        edition.compile_into(elsewhere, code, edition.catalogue(code, ROOT))
    said = {texts.SETTING: code, texts.FOLDER: str(elsewhere)}
    speak = f"import os; os.environ.update({said})"
    page = all_labs(run_notebook, tmp_path, speak=speak)
    page.evaluate("() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight(); }")
    page.evaluate(OPEN)
    assert english(page.evaluate(SHOWN), code) == {}
    page.evaluate(MOVE)
    assert settled(page, STILL.replace("LANG", code)) == []
    assert english(page.evaluate(SHOWN), code) == {}
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 20_000})
        # Every lab has heard of the new width before it is judged.
        wide = f"() => [...document.querySelectorAll('.softpower-lab')].filter((lab) => lab.clientWidth > {width}).map((lab) => lab.className)"
        assert settled(page, wide) == []
        assert settled(page, CUT) == []
        assert width < 1366 or settled(page, SHORT) == []
