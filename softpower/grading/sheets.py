"""CSV that any spreadsheet opens, and that no spreadsheet runs.

Excel takes a cell that begins with ``=`` for a formula, saves with semicolons or in an old
Windows code page where the language says so, and needs a mark at the front to see UTF-8.
"""

import contextlib
import csv
import io
import os
import re
import tempfile
from pathlib import Path

from softpower import spreadsheet, texts
from softpower.errors import CourseError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

SIGNS = "=+-@＝＋－＠"
FORMULA = (*SIGNS, "\t", "\r")
# Nobody types this before a word, and every code page of Excel has it: so that what a person
# began with an apostrophe is never taken for ours.
GUARD = "'\u00a0"
# Where a cell comes apart because a sheet is read with another delimiter than it was written with.
SEAM = re.compile(f'(?<=[;,\\t\\n\\r"])(?=[{re.escape(SIGNS)}])')
CLOSED = re.compile(f'(?<=[;,\\t\\n\\r"])\u00a0(?=[{re.escape(SIGNS)}])')


def safe(value):
    """Return a value as text that a spreadsheet shows and never runs."""
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = SEAM.sub("\u00a0", value)
    return GUARD + text if text.startswith((*FORMULA, GUARD)) else text


def plain_text(cell):
    """Return what :func:`safe` was given."""
    return CLOSED.sub("", cell.removeprefix(GUARD))


def write(path, columns, rows, delimiter=",", unless_changed=None):
    """Write rows (dictionaries) as CSV, whole or not at all; see :func:`replace`."""

    def put(file):
        writer = csv.DictWriter(
            file, columns, delimiter=delimiter, extrasaction="ignore", lineterminator="\r\n"
        )
        writer.writeheader()
        for row in rows:
            writer.writerow({column: safe(row.get(column)) for column in columns})

    replace(path, put, unless_changed, encoding="utf-8-sig", newline="")


class Changed(Exception):
    """Somebody saved the file while it was written anew."""


def stamp(path):
    """Return what changes when somebody saves a file (None where there is none)."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@contextlib.contextmanager
def _alone(path):
    """Hold off all other writers of ours between looking at a file and replacing it."""
    if fcntl is None:  # Windows refuses to replace what another program holds open
        yield
        return
    folder = os.open(Path(path).parent, os.O_RDONLY)  # its own lock: no file of ours is left
    try:
        with contextlib.suppress(OSError):  # a folder of a network may have no locks
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def replace(path, put, unless_changed=None, **options):
    """Write a file beside its place with ``put(file)``, then move it there in one step.

    ``unless_changed``: the :func:`stamp` that the file must still have; else :class:`Changed`.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with open(handle, "w", **options) as file:
            put(file)
        os.chmod(name, 0o644)
        with _alone(path):
            if unless_changed is not None and stamp(path) != unless_changed:
                raise Changed
            os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read(path, needed):
    """Return (columns, rows, delimiter) of a CSV as a spreadsheet may have saved it.

    Raises
    ------
    CourseError
        Where it cannot be read or a needed column is missing.
    """
    try:
        text = spreadsheet.text_of(path)
    except UnicodeDecodeError:
        raise CourseError(
            texts.text(
                "{path} is in an encoding that cannot be read. Save it as CSV UTF-8.", path=path
            )
        ) from None
    delimiter = spreadsheet.delimiter_of(text)
    csv.field_size_limit(2**24)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [
            {key: plain_text(value or "") for key, value in row.items() if isinstance(key, str)}
            for row in reader
        ]
    except csv.Error as error:
        raise CourseError(
            texts.text(
                "{path} cannot be read ({error}). Save it again as CSV UTF-8.",
                path=path,
                error=error,
            )
        ) from None
    columns = list(reader.fieldnames or [])
    missing = [column for column in needed if column not in columns]
    if missing:
        raise CourseError(
            texts.text(
                "{path} has no column {column!r}, so the marks in it cannot be read. Put the column "
                "back, or move the file away to start a new one.",
                path=path,
                column=missing[0],
            )
        )
    return columns, rows, delimiter
