"""Lessons 08 and 10 for another country: which cells stay, whose words they are, what takes a place.

A file for each lesson says for every cell what becomes of it. Nothing that was said of
Kazakhstan is said of another country: it is left out, stands below a line that calls it the
course's case, or gives way to a question to the reader.
"""

import os
import re
import tomllib
from pathlib import Path

import nbformat

from softpower import data, references
from softpower.country import check, tables
from softpower.errors import CourseError

LESSONS = ("08", "10")
CASE = "> **The course's case: Kazakhstan.** Said of Kazakhstan, and of no other country."
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)")
_NOT_KEPT = {"rows"}  # which rows of the course's tables carry a figure: said of other words


def recipe(number):
    """Return what becomes of the cells of a lesson, ``"08"``, as its file says."""
    path = Path(__file__).with_name(f"lesson{number}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def made(number, lesson, read_tables, country, folder, lessons_folder):
    """Return a lesson made for another country, not yet run.

    Parameters
    ----------
    number : str
        ``"08"`` or ``"10"``.
    lesson : nbformat.NotebookNode
        The lesson as it stands.
    read_tables : dict
        From :func:`softpower.country.tables.read`, without a fault.
    country : str
    folder, lessons_folder : pathlib.Path
        Where it will stand, and where the lesson stands that it was made of: links lead there.

    Raises
    ------
    CourseError
        Where the lesson has a cell that its file does not know, or lacks one.
    """
    plan = recipe(number)
    cells = {cell.id: cell for cell in lesson.cells}
    known = [*plan["leave_out"], *(one["id"] for one in plan["cell"] if one["do"] != "new")]
    if sorted(known) != sorted(cells):
        strange = sorted(set(known) ^ set(cells)) or ["one twice"]
        raise CourseError(
            f"Lesson {number} has changed, and lesson{number}.toml does not fit: {strange[0]}."
        )
    holds = _holds(read_tables["scores"], country)
    shown = [
        _cell(one, cells.get(one["id"]), country)
        for one in plan["cell"]
        if one.get("needs") not in {name for name, there in holds.items() if not there}
        and one.get("lacks") not in {name for name, there in holds.items() if there}
    ]
    for cell in shown:
        if cell.cell_type == "markdown":
            cell.source = _LINK.sub(lambda at: _link(at[1], folder, lessons_folder), cell.source)
    notebook = nbformat.v4.new_notebook(cells=shown)
    return _cited(notebook, f"c{number}", read_tables, country)


def _holds(scores, country):
    """What the tables hold on which a cell may depend: a rank, and a place with its score."""
    own = [row for _, row in scores if row["country"] == country]
    ranked = any(row["indicator"] == tables.RANK and row["value"] for row in own)
    return {"rank": ranked, "place": None not in check.place(own)}


def _cell(one, cell, country):
    if one["do"] == "new":
        kind = one.get("kind", "code")
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        return make(_text(one, country), id=one["id"])
    new = nbformat.from_dict(cell)
    own = new.metadata.get("softpower", {})
    new.metadata["softpower"] = {name: own[name] for name in own if name not in _NOT_KEPT}
    if new.cell_type == "code":
        new.outputs, new.execution_count = [], None
    if one["do"] in ("yours", "code"):
        new.source = _text(one, country)
    if one["do"] == "case":
        new.source = _called_a_case(new.source)
    return new


def _text(one, country):
    text = one["text"].strip("\n").replace("{country}", country)
    # A place for words keeps the empty lines into which somebody types.
    return text + "\n\n\n" if text.startswith("%%write") else text


def _called_a_case(source):
    """Put the line that says whose case it is below a heading, or before everything."""
    heading, _, rest = source.partition("\n")
    if heading.startswith("#"):
        return f"{heading}\n\n{CASE}\n{rest}"
    return f"{CASE}\n\n{source}"


def _link(target, folder, lessons_folder):
    path, hash_, anchor = target.partition("#")
    way = os.path.relpath(lessons_folder / path, folder)
    return f"]({Path(way).as_posix()}{hash_}{anchor})"


def _cited(notebook, name, read_tables, country):
    """Write citations and references for the cells that are there, the country's sources known."""
    laid = tables.frames(read_tables, country)
    data.lay_over(laid, home=country)
    try:
        return references.rewrite_notebook(notebook, name)
    finally:
        data.lay_over({}, home="Kazakhstan")


def same_words(one, other):
    """Say whether two notebooks have the same cells, whatever they show."""
    return [(c.cell_type, c.source) for c in one.cells] == [
        (c.cell_type, c.source) for c in other.cells
    ]
