"""CSV that any spreadsheet opens, and that no spreadsheet runs.

Excel takes a cell that begins with ``=`` for a formula, saves with semicolons or in an old
Windows code page where the language says so, and needs a mark at the front to see UTF-8.
"""

import csv
import io
import os
import tempfile
from pathlib import Path

from softpower.errors import CourseError

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe(value):
    """Return a value as text that a spreadsheet shows and never runs."""
    text = "" if value is None else str(value)
    return "'" + text if isinstance(value, str) and _looks_like_one(text) else text


def plain_text(cell):
    """Return what :func:`safe` was given."""
    return cell[1:] if cell.startswith("'") and _looks_like_one(cell[1:]) else cell


def _looks_like_one(text):
    # Also one that somebody guarded already, so that its own sign is not taken off.
    return text.lstrip("'").startswith(FORMULA)


class Changed(Exception):
    """A sheet was saved by somebody else after it was read."""


def stamp(path):
    """Return what tells whether a file was written anew, or None where there is none."""
    try:
        there = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return there.st_mtime_ns, there.st_size, there.st_ino


def write(path, columns, rows, delimiter=",", unchanged_since=...):
    """Write rows (dictionaries) as CSV, whole or not at all.

    Raises
    ------
    Changed
        Where ``unchanged_since`` is given and is not the file's :func:`stamp` any more.
    """

    def put(file):
        writer = csv.DictWriter(
            file, columns, delimiter=delimiter, extrasaction="ignore", lineterminator="\r\n"
        )
        writer.writeheader()
        for row in rows:
            writer.writerow({column: safe(row.get(column)) for column in columns})

    replace(path, put, unchanged_since, encoding="utf-8-sig", newline="")


def replace(path, put, unchanged_since=..., **options):
    """Write a file beside its place with ``put(file)``, then move it there in one step."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with open(handle, "w", **options) as file:
            put(file)
        os.chmod(name, 0o644)
        if unchanged_since is not ... and stamp(path) != unchanged_since:
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
    content = Path(path).read_bytes()
    for encoding in (
        ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1251")
    ):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise CourseError(f"{path} is in an encoding that cannot be read. Save it as CSV UTF-8.")
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(2**24)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [
            {key: plain_text(value or "") for key, value in row.items() if isinstance(key, str)}
            for row in reader
        ]
    except csv.Error as error:
        raise CourseError(f"{path} cannot be read ({error}). Save it again as CSV UTF-8.") from None
    columns = list(reader.fieldnames or [])
    missing = [column for column in needed if column not in columns]
    if missing:
        raise CourseError(
            f"{path} has no column {missing[0]!r}, so the marks in it cannot be read. "
            "Put the column back, or move the file away to start a new one."
        )
    return columns, rows, delimiter
