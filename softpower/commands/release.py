"""``softpower release``: make ``exercises/`` from ``solutions/``, and pack a copy for students."""

import filecmp
import re
import shutil
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from softpower import texts
from softpower.commands import edition, options
from softpower.commands.exercises import release
from softpower.errors import CourseError

# What a student's copy of the course holds; worked answers and what only teachers need are not.
FOR_STUDENTS = (
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-CONTENT"),
    *("CITATION.cff", "environment.yml", "docs"),
    *("pyproject.toml", "requirements.txt", "start.py", "notebooks", "exercises", "data"),
    "softpower",
)
# A lecturer's notes are not in it: their names stay, as words.
_TO_NOTES = re.compile(r"\[([^\]]*)\]\(notes/[^)]*\)")


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
    with (
        tempfile.TemporaryDirectory() as scratch,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for place in places:
            _put(archive, place, place.parent)
        # Made, because what they are made from holds the worked answers.
        for code in edition.languages(course):
            made = Path(scratch) / texts.EDITIONS.name / code
            edition.make(code, course, made)
            if not with_answers:
                shutil.rmtree(made / "solutions")
            _put(archive, made, Path(scratch))


def _put(archive, place, root):
    """Put a file or a folder into the copy, under its path from ``root``."""
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        inside = path.relative_to(root)
        hidden = inside.parts[-3:-1] == ("docs", "notes") or any(
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
