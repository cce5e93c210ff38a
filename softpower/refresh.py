"""``softpower refresh``: run notebooks and store what they show today."""

from pathlib import Path

from softpower import notebooks


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
    for path in paths:
        print(path, flush=True)
        notebooks.write(notebooks.run(notebooks.read(path), path.parent), path)
    return 0
