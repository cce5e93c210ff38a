"""Zips and tars as people make them: read a file at a time, never unpacked beside anything.

Names in a zip may be in the code page of a Russian Windows, or in the Unicode field that WinRAR
and 7-Zip add. A tar has no index, so it is copied once into a zip that lives in a temporary file.
"""

import struct
import tarfile
import tempfile
import zipfile
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import PurePosixPath

from softpower.grading.names import most_cyrillic, readable
from softpower.grading.notebook import BIGGEST_FILE

MOST_INSIDE = 200_000  # files of one archive
MOST_BYTES = 4 * 2**30  # that one tar may unpack to
UNICODE_PATH = 0x7075
CUT = b"cut"  # the comment of a zip that was made from a part of a tar
TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
BAD = (
    *(zipfile.BadZipFile, tarfile.TarError, OSError, ValueError, RuntimeError),
    *(NotImplementedError, EOFError),
)


def bare(name):
    """Return an archive's name without its ending, or None where it is no archive that is read."""
    low = name.lower()
    for ending in (".zip", *TARS):
        if low.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return None


def entries(place):
    """Return the files and folders in an archive.

    Parameters
    ----------
    place : tuple
        The path of an archive, then the entry of the archive inside it, and so on.

    Raises
    ------
    one of ``BAD``
        Where it cannot be opened.
    """
    return _open(place).infolist()[:MOST_INSIDE]


def was_cut(place):
    """Say whether an archive holds more than is read of it."""
    archive = _open(place)
    return archive.comment == CUT or len(archive.infolist()) > MOST_INSIDE


def read(place):
    """Return the bytes of a file in an archive; a small archive can hold a huge file."""
    *outer, last = place
    # The entry, not its name: a zip may hold one name twice.
    with _open(tuple(outer)).open(last) as file:
        return file.read(BIGGEST_FILE + 1)


@lru_cache(maxsize=8)
def _open(place):
    *outer, last = place
    name = last.filename if outer else last.name
    source = BytesIO(read(place)) if outer else last
    return zipfile.ZipFile(source if name.lower().endswith(".zip") else _as_zip(source))


def _as_zip(source):
    """Return a tar as a zip in a temporary file."""
    made, total = tempfile.TemporaryFile(), 0  # noqa: SIM115 - lives as long as the zip
    how = {"name": source} if not isinstance(source, BytesIO) else {"fileobj": source}
    with (
        tarfile.open(mode="r:*", **how) as tar,
        zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive,
    ):
        for count, one in enumerate(tar):
            total += one.size
            if count >= MOST_INSIDE or total > MOST_BYTES:
                archive.comment = CUT
                break
            if not one.isfile():  # no links, no devices
                continue
            when = datetime.fromtimestamp(min(max(one.mtime, 315_532_800), 4_000_000_000), UTC)
            entry = zipfile.ZipInfo(readable(one.name), when.timetuple()[:6])
            with tar.extractfile(one) as file:
                archive.writestr(entry, file.read(BIGGEST_FILE + 1))
    return made


def name(entry):
    """Return an entry's path as text, without climbing parts."""
    text = _unicode_path(entry.extra) or entry.filename
    if text == entry.filename and not entry.flag_bits & 0x800:
        raw = text.encode("cp437", errors="replace")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = most_cyrillic(raw)
    parts = (part for part in text.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return PurePosixPath(*parts)


def when(entry):
    """Return the time that a zip gives for an entry; it has no time zone."""
    try:
        return datetime(*entry.date_time, tzinfo=UTC).timestamp()
    except ValueError:  # some write the month 0
        return 0


def _unicode_path(extra):
    """Return the name in a zip entry's Unicode Path field, or None."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", errors="replace")
        extra = extra[4 + size :]
    return None
