"""Find the submissions in what Moodle, Canvas, nbgrader or e-mail left behind.

Layouts, told by their names alone:

* a folder a student, nested as deep as they like, with or without zips inside;
* nbgrader: ``submitted/<student>/<assignment>/<file>.ipynb``;
* Moodle: ``<name>_<number>_assignsubmission_file_/<file>`` or one flat file a student;
* Canvas: ``<name>[_LATE]_<number>_<number>_<file>``, or ``..._text.html`` for typed text;
* loose files: each file's name is its student.
"""

import hashlib
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from io import BytesIO
from itertools import pairwise
from pathlib import PurePosixPath

from softpower.errors import CourseError
from softpower.grading.notebook import BIGGEST_FILE, is_notebook

MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(file|onlinetext)_?(?P<file>.*)"
)
# Canvas counts every upload of the school, so five digits; hw_2025_02_final.ipynb has none, and
# in hw_1_20250915_final.ipynb they are a date.
CANVAS = re.compile(
    r"(?P<name>[^_]+)_(LATE_)?(?!\d\d?_20\d\d[01]\d[0-3]\d_)"
    r"(?P<number>\d+)_(\d{5,}_(?P<file>.+)|(text|link)(\.html)?)",
    re.IGNORECASE,
)
EXERCISE = re.compile(r"\d\d_[a-z]")  # how the folders of exercises are named
DEEPEST_ZIP = 3  # a zip in a zip in a zip
MOST_IN_ZIP = 200_000
UNICODE_PATH = 0x7075
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
OTHER_ARCHIVES = {".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
# Folders of the course itself, and of what people keep beside it: never somebody's name.
OF_THE_COURSE = {"softpower", "my_work", "notebooks", "exercises", "solutions", "data", "docs"}
NOTHING = "nothing"  # stands for the file in an empty folder
IGNORED = {"readme.md", "readme.txt", "timestamp.txt", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Submission:
    """One notebook that somebody handed in.

    ``student``: the name to list it under; ``number``: the LMS's number for the student, or
    empty; ``file``: where it was found, for people; ``folder``: the name under which the LMS
    wants feedback back; ``when``: the time of the file; ``read``: returns its bytes.
    """

    student: str
    number: str
    file: str
    folder: str
    when: float = field(compare=False)
    read: Callable = field(compare=False, repr=False)

    @property
    def key(self):
        """A name for this submission that any file system takes."""
        who = f"{self.student}\0{self.number}\0{self.file}"
        return hashlib.sha256(who.encode("utf-8", "surrogateescape")).hexdigest()[:24]


@dataclass
class Left:
    """What one person left: where feedback goes, and the files that are no notebooks."""

    folder: str
    others: list = field(default_factory=list)


@dataclass
class Found:
    """What discovery leaves beside the submissions: lines for the report, and who left what."""

    remarks: list = field(default_factory=list)
    students: dict = field(default_factory=dict)  # a Left by (name, number)


def readable(name):
    """Return a file's name as text that can be written anywhere.

    A zip from a Russian Windows, unpacked on Linux, leaves names whose bytes are no UTF-8:
    Python hands them over with half characters.
    """
    try:
        name.encode("utf-8")
        return unicodedata.normalize("NFC", name)
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape")
        return _most_cyrillic(raw)


def _most_cyrillic(raw):
    """Return bytes that are no UTF-8 as text, by the Russian code page that gives more letters."""
    texts = [raw.decode(page, errors="replace") for page in ("cp866", "cp1251")]
    return max(texts, key=lambda text: len(CYRILLIC.findall(text)))


def discover(place, found, results=None):
    """Yield every submission below a folder or in a zip, in a steady order.

    Parameters
    ----------
    place : pathlib.Path
    found : Found
        Filled on the way: who left what, zips that cannot be opened.
    results : pathlib.Path, optional
        The folder of results, which may lie among the submissions.

    Raises
    ------
    CourseError
        Where there is nothing at ``place``.
    """
    if not place.exists():
        raise CourseError(f"There is nothing at {place}. Check the path to the submissions.")
    files = [
        (PurePosixPath(readable(str(path))), when, read)
        for path, when, read in _files(place, found, results)
    ]
    files = _without_stand_ins(_without_solutions(files, found))
    seen = {}  # a zip beside its unpacked folder, a name twice in a zip: two files, one path
    wrapped = _wrappers([path for path, *_ in files])
    in_folders = any(len(path.parts) > wrapped + 1 for path, *_ in files)
    groups = _groups([path.parts[wrapped:] for path, *_ in files])
    if groups:
        wrapped += 1
        found.remarks.append(
            f"{', '.join(sorted(groups))}: read as groups, each folder in them as one person."
        )
    for path, when, read in files:
        inside = PurePosixPath(*path.parts[wrapped:])
        if read is None and in_folders and len(inside.parts) == 1 and not _lms(inside.name):
            found.remarks.append(f"{path}: is not a notebook and belongs to nobody; left out.")
            continue  # the lecturer's own list, beside the students' folders
        student, number, folder = who(inside)
        left = found.students.setdefault((student, number), Left(folder))
        if read is not None:
            again = seen[student, number, path] = seen.get((student, number, path), 0) + 1
            file = f"{path} ({again})" if again > 1 else str(path)
            yield Submission(student, number, file, folder, when, read)
        elif inside.name != NOTHING:
            left.others.append(own_name(inside.name))


def _without_stand_ins(files):
    """Leave out the stand-ins for nothing in folders that hold something after all."""
    folders = {parent for path, *_ in files if path.name != NOTHING for parent in path.parents}
    kept, seen = [], set()
    for path, when, read in files:
        if path.name != NOTHING or (path.parent not in folders and path not in seen):
            kept.append((path, when, read))
        seen.add(path)
    return kept


def _without_solutions(files, found):
    """Leave out the course's own worked answers, which came with a whole course handed in."""
    kept = []
    for path, when, read in files:
        folders = path.parts[:-1]
        solved = any(
            here == "solutions" and EXERCISE.match(after) for here, after in pairwise(folders)
        )
        if solved:
            found.remarks.append(f"{path}: is among the course's worked answers; left out.")
            above = folders[: folders.index("solutions")]
            kept += [(PurePosixPath(*above) / NOTHING, when, None)] if above else []
        else:
            kept.append((path, when, read))
    return kept


def _wrappers(paths):
    """Count the folders around a whole class: ``week 3/submissions/<student>/...``."""
    folders = [path.parts[:-1] for path in paths]
    shared = 0
    while (
        all(len(parts) > shared and parts[shared] == folders[0][shared] for parts in folders)
        and folders
    ):
        if _lms(folders[0][shared]):
            return shared
        shared += 1
    names = {path.parts[shared] for path in paths}
    # One thing alone, or a folder an exercise: the first is a student's own folder.
    return 0 if len(names) < 2 or all(map(EXERCISE.match, names)) else shared


def _files(place, found, results):
    """Yield (path, its time, how to read it); to read is None for what is not a notebook."""
    if place.is_file():
        if place.suffix.lower() == ".zip":
            yield from _zip_files(PurePosixPath(), (place,), found)
        else:
            if place.suffix.lower() in OTHER_ARCHIVES:
                raise CourseError(
                    f"{place.name} is a kind of archive that cannot be read here. Unpack it, and "
                    "give the folder that it makes."
                )
            yield PurePosixPath(place.name), 0, place.read_bytes
        return
    root = place / "submitted" if (place / "submitted").is_dir() else place
    for path in sorted(root.rglob("*")):
        inside = PurePosixPath(path.relative_to(root).as_posix())
        if results and path.resolve().is_relative_to(results.resolve()):
            continue
        if _tools_own(inside):
            yield from _somebody(inside)
            continue
        if path.is_symlink():  # would lead out of the folder, to whatever it names
            found.remarks.append(f"{inside}: is a link to another place; left out.")
        elif path.is_file():
            yield from _file(inside, path.stat().st_mtime, path.read_bytes, (path,), found)
        elif path.is_dir() and not any(path.iterdir()):
            yield inside / NOTHING, 0, None


def _file(inside, when, read, zips, found):
    """Yield a file, or the files in a zip."""
    if inside.suffix.lower() == ".zip" and len(zips) <= DEEPEST_ZIP:
        own = len(inside.parts) > 1 or _lms(inside.name) or not _is_a_class(zips)
        yield from _zip_files(inside.with_suffix("") if own else PurePosixPath(), zips, found)
    elif is_notebook(inside.name):
        yield inside, when, read
    elif inside.name.lower() not in IGNORED:
        yield inside, when, None


def _somebody(hidden):
    """Yield a stand-in for whoever left a tool's own files alone: a checkpoint, a cloud's stub."""
    folders = []
    for part in hidden.parts[:-1]:
        if part.startswith(".") or part == "__MACOSX":
            break
        folders.append(part)
    if folders:
        yield PurePosixPath(*folders) / NOTHING, 0, None


def _is_a_class(zips):
    """Say whether a zip holds a class: names by the LMS, or folders of several people."""
    try:
        names = [_zip_name(entry) for entry in _open(zips).infolist() if not entry.is_dir()]
    except BAD_ZIP:
        return False
    names = [name for name in names if name.parts and not _tools_own(name)]
    wrapped = _wrappers(names)
    return (
        any(_lms(part) for name in names for part in name.parts)
        or len({name.parts[wrapped] for name in names if len(name.parts) > wrapped + 1}) > 1
    )


def _zip_files(prefix, zips, found):
    """Yield the files in a zip, read one at a time and never unpacked to disk.

    ``zips``: the path of a zip, then the name of the zip inside it, and so on.
    """
    try:
        entries = _open(zips).infolist()[:MOST_IN_ZIP]
    except BAD_ZIP:
        name = f"{prefix}.zip" if prefix.parts else zips[0].name
        found.remarks.append(f"{name}: the zip is damaged and cannot be opened.")
        if prefix.parts:
            yield PurePosixPath(name), 0, None
        return
    for entry in sorted(entries, key=_zip_name):
        inside = _zip_name(entry)
        if not inside.parts:
            continue
        if _tools_own(inside):
            yield from _somebody(prefix / inside)
        elif not entry.is_dir():
            place = (*zips, entry)
            yield from _file(prefix / inside, _when(entry), partial(_read, place), place, found)


def _when(entry):
    """Return the time that a zip gives for an entry; it has no time zone."""
    try:
        return datetime(*entry.date_time, tzinfo=UTC).timestamp()
    except ValueError:  # some write the month 0
        return 0


BAD_ZIP = (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError)


@lru_cache(maxsize=8)
def _open(zips):
    *outer, last = zips
    return zipfile.ZipFile(last if not outer else BytesIO(_read(zips)))


def _read(zips):
    *outer, last = zips
    # The entry, not its name: a zip may hold one name twice.
    with _open(tuple(outer)).open(last) as file:
        return file.read(BIGGEST_FILE + 1)  # a small zip can hold a huge file


def _zip_name(entry):
    """Return an entry's path; names zipped on Russian Windows are stored in code page 866."""
    name = _unicode_path(entry.extra) or entry.filename
    if name == entry.filename and not entry.flag_bits & 0x800:
        raw = name.encode("cp437", errors="replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = _most_cyrillic(raw)
    parts = (part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return PurePosixPath(*parts)


def _unicode_path(extra):
    """Return the name in a zip entry's Unicode Path field (WinRAR, 7-Zip), or None."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", errors="replace")
        extra = extra[4 + size :]
    return None


def _tools_own(path):
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def own_name(name):
    """Return a file's name as its student gave it, without what an LMS puts before it."""
    match = _lms(name)
    return (match["file"] if match else "") or name


def _groups(paths):
    """Return the folders that are study groups: in each only folders, in one at least two people's."""
    inside = {}
    for parts in paths:
        if len(parts) < 3:
            return set()
        inside.setdefault(parts[0], set()).add(parts[1])
    people = {name for names in inside.values() for name in names}
    ours = any(
        EXERCISE.match(name) or name.lower() in OF_THE_COURSE or _lms(name) for name in people
    )
    if ours or any(_lms(name) or EXERCISE.match(name) for name in inside):
        return set()
    return set(inside) if max(map(len, inside.values()), default=0) > 1 else set()


def _lms(name):
    return MOODLE.fullmatch(name) or CANVAS.fullmatch(name)


def who(path):
    """Return (student, number, folder for the feedback) for a file at a relative path."""
    for place, part in enumerate(path.parts, 1):  # the LMS's own names, wherever they stand
        if match := MOODLE.fullmatch(part):
            folder = part[: match.start("file")] if match["file"] else part
            return match["name"], match["number"], folder
        if match := CANVAS.fullmatch(part):
            folder = path.stem if place == len(path.parts) else part
            return match["name"], match["number"], folder
    folders = path.parts[:-1]
    # A folder an exercise, in it one a student. 01_ann/my_work is Ann's.
    if len(folders) > 1 and EXERCISE.match(folders[0]) and folders[1] not in OF_THE_COURSE:
        folders = folders[1:]
    if folders:
        return folders[0], "", folders[0]
    return path.stem, "", path.stem
