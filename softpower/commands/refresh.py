"""``softpower refresh``: run notebooks and store what they show today."""

from pathlib import Path

from softpower import notebooks
from softpower.errors import CourseError


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument(
        "notebooks",
        nargs="*",
        type=Path,
        help="all lessons and solutions, where none is named",
    )


def run(arguments):
    """Run each notebook and write it back with its outputs."""
    paths = arguments.notebooks or sorted(
        [*Path("notebooks").glob("*.ipynb"), *Path("solutions").glob("*/*.ipynb")]
    )
    if not paths:
        raise CourseError(
            "There are no notebooks here. Go to the folder of the course, then try again."
        )
    for path in paths:
        print(path, flush=True)
        notebooks.write(notebooks.run(notebooks.read(path), path.parent), path)
    return 0
