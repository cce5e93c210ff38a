"""An exercise is made from its solution: worked answers and outputs are taken out.

The marks in the cells are nbgrader's, so that a campus which runs nbgrader gets the same
exercises from the same solutions; nothing of nbgrader is needed to make them.
"""

import re
import shutil

from softpower import notebooks, references
from softpower.errors import CourseError
from softpower.feedback import writing
from softpower.notebooks import nbformat

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
ROOM = "\n" * 6  # below %%write: somewhere to click


def release(solutions, exercises):
    """Make every exercise.

    Parameters
    ----------
    solutions, exercises : pathlib.Path
        The folder to read, one folder an assignment, and the folder to write.

    Raises
    ------
    CourseError
        Where there are no solutions, or one is not marked up as it should be.
    """
    sources = sorted(solutions.glob("*/*.ipynb"))
    if not sources:
        raise CourseError(
            f"There are no solutions in {solutions}. Run the command in the course's folder."
        )
    for source in sources:
        target = exercises / source.parent.name
        shutil.copytree(
            source.parent,
            target,
            ignore=shutil.ignore_patterns(".*", "*.ipynb"),
            dirs_exist_ok=True,
        )
        made = exercise(notebooks.read(source))
        # Without the works that only the worked answers cite.
        references.rewrite_notebook(made, references.page_name(source))
        notebooks.write(_with_room(made), target / source.name)


def exercise(solution):
    """Return the exercise that a solution makes: its answers and outputs taken out.

    Parameters
    ----------
    solution : nbformat.NotebookNode
        With nbgrader's cell metadata and ``### BEGIN SOLUTION`` marks.

    Returns
    -------
    nbformat.NotebookNode
    """
    notebook, names = solution, set()
    for cell in notebook.cells:
        graded = cell.metadata.get("nbgrader") or {}
        name = graded.get("grade_id")
        if name in names:
            raise CourseError(f"Two cells of a solution are called {name}. Give one another name.")
        names |= {name} if name else set()
        _lock(cell, graded)
        _clear(cell, graded)
        cell.metadata.get("softpower", {}).pop("rows", None)  # its figures' rows: for maintainers
        cell.source = "\n".join(line.rstrip() for line in cell.source.split("\n")).rstrip()
        cell.source = cell.source.replace("\n\n\n", "\n")
    notebook = notebooks.normalised(notebook)
    nbformat.validate(notebook)
    return notebook


def _lock(cell, graded):
    """Keep a cell that carries marks from being deleted, and one that checks from being changed."""
    if graded.get("solution"):
        cell.metadata["deletable"] = False
    elif graded.get("grade") or graded.get("locked"):
        cell.metadata["deletable"] = cell.metadata["editable"] = False


def _clear(cell, graded):
    """Take a cell's worked answer and outputs out; its scaffold stays."""
    lines, inside, found = [], False, False
    for line in cell.source.split("\n"):
        if BEGIN in line:
            if inside or not graded.get("solution"):
                raise CourseError(f"{BEGIN!r} stands where no answer belongs: {cell.source[:80]!r}")
            inside = found = True
            lines.append(re.match(r"\s*", line)[0])
        elif END in line:
            inside = False
        elif not inside:
            lines.append(line)
    if inside:
        raise CourseError(f"{END!r} is missing in the cell {graded.get('grade_id')}.")
    cell.source = "\n".join(lines) if found or not graded.get("solution") else ""
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
        for part in ("collapsed", "scrolled"):
            cell.metadata.pop(part, None)


def _with_room(notebook):
    """Give every place for words some empty lines to click into."""
    for cell in notebook.cells:
        if writing.is_place(cell.source):
            cell.source = cell.source.rstrip() + ROOM
    return notebook
