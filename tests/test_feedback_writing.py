"""Places for words: whoever clicks and types there has written, in a real browser, with real keys."""

import json
import random
import re

import nbformat
import pytest
from conftest import ROOT, until
from IPython.core.interactiveshell import InteractiveShell
from playwright.sync_api import expect

from softpower import keep
from softpower.feedback import record, writing

PLACE = "%%write 01.11" + "\n" * 6


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("%%write 01.11\nSoft power is attraction.", "Soft power is attraction."),
        ("%%write 01.11\n\n\n", ""),
        ("%%write", ""),
        ("%%write 01.11 On the first line.\nAnd on.", "On the first line.\nAnd on."),
        ("%%write Жұмсақ күш — тартымдылық.", "Жұмсақ күш — тартымдылық."),
        ("%%writeSoft power\nis", "%%writeSoft power\nis"),
        ("%%Soft power is 01.11\nattraction", "%%Soft power is 01.11\nattraction"),
        ("%%write 01.11\n### BEGIN SOLUTION\nA model.\n### END SOLUTION", "A model."),
        ("%%write 2024 was the year", "2024 was the year"),
    ],
)
def test_the_words_are_what_was_typed_and_nothing_typed_is_left_out(source, words):
    assert writing.words(source) == words


def test_words_are_counted_as_a_reader_counts():
    assert writing.count("Soft power — 35,9 – is, in “2025”, low.") == 7
    assert writing.count("") == writing.count("… – *") == 0


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    made = InteractiveShell()
    writing.register(made, record.written, record.last_words)
    monkeypatch.setattr("IPython.get_ipython", lambda: made)
    yield made
    InteractiveShell.clear_instance()


def test_an_empty_cell_shows_what_was_kept_of_it_before(shell, capsys):
    shell.run_cell("%%write 01.11\nMy words of yesterday.")
    shell.run_cell("%%write 01.12\nAnother place.")
    capsys.readouterr()
    shell.run_cell("%%write 01.11\n\n")
    assert "former='My words of yesterday.'" in capsys.readouterr().out
    shell.run_cell("%%write 01.13\n\n")
    assert "former=''" in capsys.readouterr().out
    shown = writing.Written("", former="My words.")._repr_mimebundle_()["text/markdown"]
    assert shown.startswith("My words.") and "The cell is empty" in shown
    assert writing.Written("").line.startswith("Nothing is written here yet.")


@pytest.mark.parametrize(
    "source",
    [
        "%%write 01.11\nMy words, don't you see? { \" ''' \\",
        "%%write 01.11 My words, don't you see? { \" ''' \\",
        "%%My words, don't you see? { \" ''' \\ 01.11",
        "%%wriMy words, don't you see? { \" ''' \\te 01.11\n\n",
    ],
)
def test_running_the_cell_keeps_the_words_wherever_they_were_typed(shell, source):
    assert shell.run_cell(source).success
    versions = json.loads(keep.my_work("record.json").read_text("utf-8"))["words"]["01.11"]
    assert "y words, don't you see? { \" ''' \\" in versions[-1]["text"]


def test_an_emptied_cell_and_a_new_version_take_nothing_away(shell):
    for text in ("One.", "Two.", "Two.", ""):
        shell.run_cell(f"%%write 01.11\n{text}\n")
    kept = record.read()["words"]["01.11"]
    assert [version["text"] for version in kept] == ["One.", "Two."]


def test_a_disk_that_is_full_is_told_and_stops_nothing(shell, monkeypatch, capsys):
    def full(path, text):
        raise keep.CourseError("full")

    monkeypatch.setattr(keep, "write", full)
    assert shell.run_cell("%%write 01.11\nMy words.\n").success
    assert "could not be made" in str(
        writing.Written("My words.", record.written("01.11", "x")).line
    )


def test_a_damaged_record_is_set_aside(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    (tmp_path / "record.json").write_text("{ not json")
    assert record.read() == {"checks": {}, "words": {}, "last": ""}
    assert [path.read_text() for path in tmp_path.glob("*damaged*")] == ["{ not json"]
    assert record.checked("01.1", "right", 1.0) and record.read()["checks"]["01.1"]["best"] == 1


def test_words_are_shown_with_their_number():
    shown = writing.Written("One two.\n\nThree.")._repr_mimebundle_()["text/markdown"]
    assert shown.startswith("One two.\n\nThree.\n\n*3 words, kept")


# In JupyterLab, with a mouse and keys


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
