"""``softpower release``: make ``exercises/`` from ``solutions/``, the one source.

nbgrader's own preprocessors do the work, so that a campus which runs nbgrader gets the same
exercises from the same solutions.
"""

import filecmp
import shutil
import tempfile
from pathlib import Path

import nbformat

from softpower import notebooks, references
from softpower.errors import CourseError
from softpower.feedback import writing

ROOM = "\n" * 6  # below %%write: somewhere to click


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("--check", action="store_true", help="exit 1 where exercises/ differs")
    parser.add_argument("--solutions", type=Path, default=Path("solutions"))
    parser.add_argument("--exercises", type=Path, default=Path("exercises"))


def run(arguments):
    """Make the exercises, or with ``--check`` compare them with what stands there."""
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "exercises"
        release(arguments.solutions, made)
        if arguments.check:
            return _report(differences(made, arguments.exercises))
        shutil.rmtree(arguments.exercises, ignore_errors=True)
        shutil.copytree(made, arguments.exercises)
    print(f"{len(list(arguments.exercises.glob('*/*.ipynb')))} exercises made.")
    return 0


def _report(different):
    for path in different:
        print(f"exercises/{path} is not what solutions/ makes today.")
    if different:
        print("Run softpower release, look at the change, and commit it.")
    return 1 if different else 0


def release(solutions, exercises):
    """Make every exercise.

    Parameters
    ----------
    solutions, exercises : pathlib.Path
        The folder to read, one folder an assignment, and the folder to write.

    Raises
    ------
    CourseError
        Where there are no solutions, or nbgrader is not installed.
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
    try:
        from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, ClearSolutions, LockCells
    except ImportError:
        raise CourseError(
            "Making exercises needs nbgrader. Run python3 start.py test once; it installs what teachers need."
        ) from None
    # An answer cell's scaffold stands above its solution, so nothing is put in its place.
    clear = ClearSolutions(code_stub={"python": ""}, text_stub="")
    notebook, resources = solution, {}
    for step in (LockCells(), clear, ClearOutput(), CheckCellMetadata()):
        notebook, resources = step.preprocess(notebook, resources)
    for cell in notebook.cells:
        cell.metadata.pop("softpower", None)  # which rows carry its figures: for maintainers
        cell.source = "\n".join(line.rstrip() for line in cell.source.split("\n")).rstrip()
        cell.source = cell.source.replace("\n\n\n", "\n")
    notebook = notebooks.normalised(notebook)
    nbformat.validate(notebook)
    return notebook


def _with_room(notebook):
    """Give every place for words some empty lines to click into."""
    for cell in notebook.cells:
        if writing.is_place(cell.source):
            cell.source = cell.source.rstrip() + ROOM
    return notebook


def differences(made, committed):
    """Return the files, relative to ``exercises/``, that differ or stand in one folder only."""
    files = {
        p.relative_to(root) for root in (made, committed) for p in root.rglob("*") if p.is_file()
    }
    return sorted(
        str(path)
        for path in files
        if not ((made / path).exists() and (committed / path).exists())
        or not filecmp.cmp(made / path, committed / path, shallow=False)
    )
