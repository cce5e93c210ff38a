"""Places for words: whoever clicks and types there has written, in a real browser, with real keys."""

import random
import re

import nbformat
from conftest import ROOT, until
from playwright.sync_api import expect

PLACE = "%%write 01.11" + "\n" * 6


def saved(page):
    """Save the notebook on the page with the keys that people use; returns what was saved."""
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.model.dirty")
    return page.evaluate("() => window.jupyterapp.shell.currentWidget.model.toJSON()")


def places(path):
    notebook = nbformat.read(path, as_version=4)
    return [i for i, cell in enumerate(notebook.cells) if cell.source.startswith("%%write")]


def text_of(cell):
    source = cell["source"]
    return "".join(source) if isinstance(source, list) else source


def test_whoever_clicks_and_types_has_written(run_notebook):
    """With one click or two, anywhere in the cell, after whatever was done before."""
    ways = [(clicks, where) for clicks in (1, 2) for where in ("below", "middle", "first line")]
    page = run_notebook("from softpower import feedback", *[PLACE, "1"] * len(ways))
    for number, (clicks, where) in enumerate(ways):
        editor = page.locator(".jp-CodeCell .cm-content").nth(2 * number + 1)
        height = editor.bounding_box()["height"]
        y = {"below": height - 8, "middle": height / 2, "first line": 10}[where]
        editor.click(position={"x": 60, "y": y}, click_count=clicks, delay=30)
        sentence = f"{number}: a bad mood in xx days. Жұмсақ күш 1 2 3."
        page.keyboard.type(sentence)
        cells = saved(page)["cells"]
        assert [cell["cell_type"] for cell in cells] == ["code"] * (2 * len(ways) + 1)
        assert sentence in text_of(cells[2 * number + 1]), (clicks, where)
        page.keyboard.press("Shift+Enter")
        kept = page.get_by_text("kept in this notebook and in my_work")
        expect(kept).to_have_count(number + 1)


def test_every_place_for_words_in_lessons_and_exercises_takes_them(run_notebook):
    """One page with places of every shape that the course hands out, in an order of their own."""
    shapes = {}  # places that differ in nothing but their number are of one shape
    for path in sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("exercises/*/*.ipynb")]):
        for place in places(path):
            source = nbformat.read(path, as_version=4).cells[place].source
            shapes.setdefault(re.sub(r"^%%write \S+", "", source), []).append(source)
    assert sum(map(len, shapes.values())) >= 30  # each exercise has one, each lesson some
    sources = [source for alike in shapes.values() for source in alike[:3]]
    random.Random(1).shuffle(sources)
    page = run_notebook("from softpower import feedback", *sources)
    page.wait_for_selector(".jp-OutputArea-output")
    for number in range(len(sources)):
        editor = page.locator(".jp-CodeCell .cm-content").nth(number + 1)
        height = editor.bounding_box()["height"]
        editor.dblclick(position={"x": 80, "y": height - 8}, delay=30)
        page.keyboard.type(f"No {number}: add, bax, dd.")
    cells = saved(page)["cells"]
    assert len(cells) == len(sources) + 1
    for number, cell in enumerate(cells[1:]):
        assert f"No {number}: add, bax, dd." in text_of(cell)


def test_notebook_7_takes_the_words_as_well(browser, jupyter):
    address, folder = jupyter
    sources = ["from softpower import feedback", PLACE, "1"]
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in sources],
        metadata={"kernelspec": {"display_name": "Python 3", "name": "python3"}},
    )
    file = folder / "words.ipynb"
    nbformat.write(made, file)
    page = browser.new_page()
    page.goto(f"{address}/notebooks/{file.name}")
    editor = page.locator(".jp-CodeCell .cm-content").nth(1)
    editor.wait_for()
    height = editor.bounding_box()["height"]
    editor.dblclick(position={"x": 60, "y": height - 8}, delay=30)
    page.keyboard.type("Typed: add, bax, dd, my.")
    page.keyboard.press("Control+s")
    until(page, lambda: "Typed" in file.read_text("utf-8"))
    cells = nbformat.read(file, as_version=4).cells
    page.close()
    assert [cell.cell_type for cell in cells] == ["code"] * 3
    assert "Typed: add, bax, dd, my." in cells[1].source
