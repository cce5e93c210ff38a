"""Keep what a learner wrote: files that are replaced whole, and never thrown away."""

import os
import tempfile
from pathlib import Path

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
            f"{path.name} could not be saved in {path.parent} ({error.strerror}). "
            "Free some space or choose another folder; what you wrote is still on the screen."
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
            f"{path.name} could not be saved ({error.strerror}). "
            "Close it in other programs and try again; what you wrote is still on the screen."
        ) from error
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def set_aside(path):
    """Rename a file that cannot be read, so that nothing overwrites it; returns its new path."""
    path = Path(path)
    number = 1
    while (aside := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists():
        number += 1
    return path.rename(aside)
