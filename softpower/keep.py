"""Keep what a learner wrote: files that are replaced whole, and never thrown away."""

import json
import os
import tempfile
from pathlib import Path

from softpower import texts
from softpower.errors import CourseError


def write(path, text):
    """Replace a file with text (UTF-8) in one step.

    The text goes to a neighbouring file first and takes the name when it is safely on
    the disk: a crash in between leaves the old file as it was.

    Raises CourseError if the folder cannot be written to.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    except OSError as error:
        raise CourseError(
            texts.text(
                "{name} could not be saved in {parent} ({reason}). Free some space or choose "
                "another folder; what you wrote is still on the screen.",
                name=path.name,
                parent=path.parent,
                reason=error.strerror,
            )
        ) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError as error:
        Path(draft).unlink(missing_ok=True)
        raise CourseError(
            texts.text(
                "{name} could not be saved ({reason}). Close it in other programs and try "
                "again; what you wrote is still on the screen.",
                name=path.name,
                reason=error.strerror,
            )
        ) from error
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def publish(path, text):
    """Write a file as ``write`` does, for others on the machine to read as well.

    What a learner keeps is the learner's own; a page to print or to upload is not.
    """
    write(path, text)
    Path(path).chmod(0o644)


def read_json(path):
    """Return the dictionary that a JSON file holds; empty where there is no file yet.

    A file that cannot be read is renamed, never overwritten, and a new one is begun.
    """
    path = Path(path)
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = None
    if not isinstance(kept, dict):
        set_aside(path)
        return {}
    return kept


def write_json(path, everything):
    """Replace a JSON file in one step. Raises CourseError if the folder cannot be written to."""
    write(path, json.dumps(everything, ensure_ascii=False, indent=1) + "\n")


def put(path, key, value):
    """Add one entry to a JSON file and leave the others as they are.

    Raises CourseError if the folder cannot be written to.
    """
    write_json(path, read_json(path) | {key: value})


def set_aside(path, why="damaged"):
    """Rename a file, so that nothing overwrites it; returns its new path, which says why."""
    path = Path(path)
    number = 1
    while (aside := path.with_name(f"{path.stem}-{why}-{number}{path.suffix}")).exists():
        number += 1
    return path.rename(aside)


def my_work(name):
    """Return the path of a file in the learner's folder ``my_work``.

    A lesson runs in ``notebooks/``, an exercise in ``my_work/`` itself, and a single
    notebook anywhere: each time the learner finds the same folder. It is made when the
    first file is written. The environment variable ``SOFTPOWER_WORK`` names another folder,
    for a hub whose course folder is read-only, and for the tests.
    """
    if os.environ.get("SOFTPOWER_WORK"):
        return Path(os.environ["SOFTPOWER_WORK"]) / name
    here = Path.cwd()
    for folder in (here, *here.parents):
        if folder.name == "my_work":
            return folder / name
        if (folder / "notebooks").is_dir():
            return folder / "my_work" / name
    return here / "my_work" / name
