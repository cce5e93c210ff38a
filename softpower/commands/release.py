"""``softpower release``: make ``exercises/`` from ``solutions/``, the one source.

The marks in the cells are nbgrader's, so that a campus which runs nbgrader gets the same
exercises from the same solutions; nothing of nbgrader is needed to make them.
"""

import filecmp
import re
import shutil
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from softpower import notebooks, references
from softpower.commands import options
from softpower.errors import CourseError
from softpower.feedback import writing
from softpower.notebooks import nbformat

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
# What a student's copy of the course holds; worked answers and what only teachers need are not.
FOR_STUDENTS = (
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-CONTENT"),
    *("CITATION.cff", "environment.yml", "docs"),
    *("pyproject.toml", "requirements.txt", "start.py", "notebooks", "exercises", "data"),
    "softpower",
)
# A lecturer's notes are not in it: their names stay, as words.
_TO_NOTES = re.compile(r"\[([^\]]*)\]\(notes/[^)]*\)")
ROOM = "\n" * 6  # below %%write: somewhere to click


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("--check", action="store_true", help="exit 1 where exercises/ differs")
    parser.add_argument("--solutions", type=Path, default=Path("solutions"))
    parser.add_argument("--exercises", type=Path, default=Path("exercises"))
    parser.add_argument(
        "--for-students",
        type=Path,
        nargs="?",
        const=Path("course_for_students.zip"),
        metavar="COURSE.ZIP",
        help="also pack a copy of the course for students, without the worked answers",
    )
    parser.add_argument(
        "--answers-from",
        metavar="2026-12-15",
        help="from this day on the copy for students holds the worked answers",
    )


def run(arguments):
    """Make the exercises, or with ``--check`` compare them with what stands there."""
    opened = _day(arguments.answers_from)
    if opened and not arguments.for_students:
        raise CourseError(
            "--answers-from is for a copy for students: add --for-students course.zip."
        )
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "exercises"
        release(arguments.solutions, made)
        different = differences(made, arguments.exercises)
        if arguments.check:
            return max(_report(different), options.report(arguments.solutions))
        options.keep(arguments.solutions)
        shutil.rmtree(arguments.exercises, ignore_errors=True)
        shutil.copytree(made, arguments.exercises)
    print(f"{len(list(arguments.exercises.glob('*/*.ipynb')))} exercises made.")
    if arguments.for_students:
        with_answers = bool(opened) and date.today() >= opened
        pack(arguments.solutions, arguments.exercises, arguments.for_students, with_answers)
        said = "with" if with_answers else "without"
        later = f" Run this line again from {opened} on, to hand them out." if opened else ""
        print(
            f"{arguments.for_students} is a copy for students, {said} the worked answers."
            + ("" if with_answers else later)
        )
    return 0


def _day(text):
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CourseError(
            f"--answers-from {text!r} is no day. Write the year first: 2026-12-15."
        ) from None


def pack(solutions, exercises, target, with_answers=False):
    """Pack a copy of the course for students.

    Parameters
    ----------
    solutions, exercises : pathlib.Path
        The folders in the course; the course is the folder around them.
    target : pathlib.Path
        The zip to write.
    with_answers : bool
        Whether the worked answers are in it.
    """
    course = solutions.resolve().parent
    places = [course / name for name in FOR_STUDENTS if name != "exercises"]
    places += [exercises.resolve(), *([solutions.resolve()] if with_answers else [])]
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in places:
            files = sorted(place.rglob("*")) if place.is_dir() else [place]
            for path in files:
                inside = path.relative_to(place.parent)
                hidden = inside.parts[:2] == ("docs", "notes") or any(
                    p.startswith(".") or p in ("__pycache__", "_build") for p in inside.parts
                )
                if not path.is_file() or path.is_symlink() or hidden:
                    continue
                name = Path("softpower_course") / inside
                if path.suffix == ".md":
                    archive.writestr(str(name), _TO_NOTES.sub(r"\1", path.read_text("utf-8")))
                else:
                    archive.write(path, name)


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
