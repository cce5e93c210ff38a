"""Find the submissions in what Moodle, Canvas, nbgrader or e-mail left behind.

Layouts, told by their names alone:

* a folder a student, nested as deep as they like, with or without archives inside;
* nbgrader: ``submitted/<student>/<assignment>/<file>.ipynb``;
* what a learning platform makes of names: see :mod:`softpower.grading.names`;
* loose files: each file's name is its student.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import PurePosixPath

from softpower import texts
from softpower.errors import CourseError
from softpower.grading import archives, class_names
from softpower.grading.names import BLACKBOARD, lms, own_name, person, readable
from softpower.grading.notebook import is_notebook

EXERCISE = re.compile(r"\d\d_[a-z]")  # how the folders of exercises are named
DEEPEST_ZIP = 3  # a zip in a zip in a zip
OTHER_ARCHIVES = {".7z", ".rar", ".gz", ".bz2", ".xz"}
# Folders of the course itself, and of what people keep beside it: never somebody's name.
OF_THE_COURSE = {"softpower", "my_work", "notebooks", "exercises", "solutions", "data", "docs"}
NOTHING = "nothing"  # stands for the file in an empty folder
NOBODYS = texts.mark("{file}: is not a notebook and belongs to nobody; left out.")
WORKED = texts.mark("{file}: is among the course's worked answers; left out.")
LINK = texts.mark("{file}: is a link to another place; left out.")
DAMAGED = texts.mark("{file}: the zip is damaged and cannot be opened.")
OTHER_KIND = texts.mark(
    "{file} is a kind of archive that cannot be read here. Unpack it, and give the folder that it "
    "makes."
)
IGNORED = {"readme.md", "readme.txt", "timestamp.txt", "thumbs.db", "desktop.ini", "index.html"}


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
    """What one person left: where feedback goes, the files that are no notebooks, tools' copies."""

    folder: str
    others: list = field(default_factory=list)
    copies: list = field(default_factory=list)  # a checkpoint, the stub of a cloud


@dataclass
class Found:
    """What discovery leaves beside the submissions: lines for the report, and who left what."""

    remarks: list = field(default_factory=list)
    doubts: list = field(default_factory=list)  # remarks that ask the lecturer to look
    students: dict = field(default_factory=dict)  # a Left by (name, number)


@dataclass(frozen=True)
class _File:
    """One file on its way: ``read`` is None for what is no notebook; ``copy`` is a tool's own."""

    path: PurePosixPath
    when: float = 0
    read: Callable | None = None
    copy: str = ""

    @property
    def is_nothing(self):
        return self.path.name == NOTHING


def discover(place, found, results=None, listed=()):
    """Yield every submission below a folder or in an archive, in a steady order.

    Parameters
    ----------
    place : pathlib.Path
    found : Found
        Filled on the way: who left what, archives that cannot be opened.
    results : pathlib.Path, optional
        The folder of results, which may lie among the submissions.
    listed : iterable of str
        The names of the class list: a folder that holds folders with names on it is nobody's.

    Raises
    ------
    CourseError
        Where there is nothing at ``place``.
    """
    if not place.exists():
        raise CourseError(
            texts.text(
                "There is nothing at {place}. Check the path to the submissions.", place=place
            )
        )
    files = [
        _File(PurePosixPath(readable(str(one.path))), one.when, one.read, one.copy)
        for one in _files(place, found, results)
    ]
    files = _without_stand_ins(_without_solutions(files, found))
    seen = {}  # a zip beside its unpacked folder, a name twice in a zip: two files, one path
    wrapped = _wrappers([one.path for one in files])
    inner = [PurePosixPath(*one.path.parts[wrapped:]) for one in files]
    in_folders = any(len(path.parts) > 1 for path in inner)
    above = _above_the_names(inner)
    if above is None:
        inner = _without_groups(inner, found)
    names = class_names.ClassNames(listed)
    held = defaultdict(set)  # the folders in a folder that has nobody's name
    for one, inside in zip(files, inner, strict=True):
        loose = in_folders and len(inside.parts) == 1 and above is None
        if one.read is None and (loose or (above == 0 and _is_a_stray(inside))):
            found.remarks.append(texts.text(NOBODYS, file=one.path))
            continue  # the lecturer's own list, beside the students' folders
        student, number, folder = _whose(one, inside, above, names, found)
        if above is not None and one.read and names.is_strange(inside, folder):
            held[student].add(inside.parts[1])
        left = found.students.setdefault((student, number), Left(folder))
        if one.read is not None:
            again = seen[student, number, one.path] = seen.get((student, number, one.path), 0) + 1
            file = f"{one.path} ({again})" if again > 1 else str(one.path)
            yield Submission(student, number, file, folder, one.when, one.read)
        elif one.copy:
            left.copies.append(one.copy)
        elif not one.is_nothing and not _is_a_platforms_note(inside.name):
            left.others.append(own_name(inside.name))
    _ask_of_folders_in_folders(held, found)


def _whose(one, inside, above, names, found):
    """Return what :func:`who` says, or whoever on the class list is named further inside."""
    said = who(inside, above)
    if above is not None and person(inside.parts[min(above, len(inside.parts) - 1)]):
        return said
    someone = names.inside(inside, said[0])
    if someone is None:
        return said
    found.remarks.append(texts.text(class_names.INSIDE, file=one.path, name=someone))
    return someone, "", someone


def _ask_of_folders_in_folders(held, found):
    """Ask whether a folder that is taken for one person holds several people's."""
    for folder, inside in held.items():
        if not lms(folder) and not any(map(_is_of_the_course, inside)):
            names = texts.listing(sorted(inside))
            found.doubts.append(texts.text(class_names.ONE_FOR_SEVERAL, folder=folder, names=names))


def _is_a_stray(path):
    return len(path.parts) == 1 and not lms(path.name)


def _is_a_platforms_note(name):
    """Say whether a file was written by the platform: Blackboard adds one to each submission."""
    match = lms(name)
    return match is not None and match.re is BLACKBOARD and not match["file"]


def _without_stand_ins(files):
    """Leave out the stand-ins for nothing in folders that hold something after all."""
    folders = {parent for one in files if not one.is_nothing for parent in one.path.parents}
    kept, seen = [], set()
    for one in files:
        if not one.is_nothing:
            kept.append(one)
        elif one.path.parent not in folders and (one.copy or one.path.parent not in seen):
            kept.append(one)
            seen.add(one.path.parent)
    return kept


def _without_solutions(files, found):
    """Leave out the course's own worked answers, which came with a whole course handed in."""
    kept = []
    for one in files:
        folders = one.path.parts[:-1]
        solved = any(
            here == "solutions" and EXERCISE.match(after) for here, after in pairwise(folders)
        )
        if solved:
            found.remarks.append(texts.text(WORKED, file=one.path))
            above = folders[: folders.index("solutions")]
            kept += [_File(PurePosixPath(*above) / NOTHING, one.when)] if above else []
        else:
            kept.append(one)
    return kept


def _wrappers(paths):
    """Count the folders around a whole class: ``week 3/submissions/<student>/...``."""
    folders = [path.parts[:-1] for path in paths]
    shared = 0
    while (
        all(len(parts) > shared and parts[shared] == folders[0][shared] for parts in folders)
        and folders
    ):
        if lms(folders[0][shared]):
            return shared
        shared += 1
    names = {path.parts[shared] for path in paths}
    # One thing alone, or folders of exercises or of the course: the first is a student's own.
    course = all(EXERCISE.match(name) or name.lower() in OF_THE_COURSE for name in names)
    return 0 if len(names) < 2 or course else shared


def _above_the_names(paths):
    """Return how many folders stand above a platform's own names, or None where there are none.

    A name deep in one student's folder says nothing: only where all have one is it the platform's.
    """
    for depth in range(3):
        here = [
            (path.parts[:depth], path.parts[depth]) for path in paths if len(path.parts) > depth
        ]
        people = {}
        for folder, part in here:
            if someone := person(part):
                people.setdefault(folder, set()).add(someone[:2])
        everybody = set().union(*people.values())
        # hw_1_54321_final.ipynb: homework 1, and not student 1 of Canvas
        if len(everybody) == 1 and len(set(here)) > 1 and len(min(everybody)[1]) in (1, 2):
            continue
        named = sum(person(part) is not None for _, part in set(here))
        if depth == 0 and everybody and 2 * named >= len(set(here)):
            return 0
        several = max(map(len, people.values()), default=0) > 1
        if depth and several and len(here) == len(paths) and named == len(set(here)):
            return depth
    return None


def _files(place, found, results):
    """Yield every file below a folder or in an archive."""
    if place.is_file():
        if archives.bare(place.name):
            yield from _inside(PurePosixPath(*_around((place,))), (place,), found)
        else:
            if place.suffix.lower() in OTHER_ARCHIVES:
                raise CourseError(texts.text(OTHER_KIND, file=place.name))
            yield _File(PurePosixPath(place.name), 0, place.read_bytes)
        return
    root = place / "submitted" if (place / "submitted").is_dir() else place
    classes = _classes(root, results)
    for path in sorted(root.rglob("*")):
        inside = PurePosixPath(path.relative_to(root).as_posix())
        if results and path.resolve().is_relative_to(results.resolve()):
            continue
        if _tools_own(inside):
            yield from _somebody(inside)
            continue
        if path.is_symlink():  # would lead out of the folder, to whatever it names
            found.remarks.append(texts.text(LINK, file=inside))
        elif path in classes:
            yield from _inside(PurePosixPath(), (path,), found)
        elif path.is_file():
            yield from _file(inside, path.stat().st_mtime, path.read_bytes, (path,), found)
        elif path.is_dir() and not any(path.iterdir()):
            yield _File(inside / NOTHING)


def _classes(root, results):
    """Return the archives in a folder that hold a class each; any other is one student's.

    One that holds folders of several people is a class where it is alone, or where all are: what
    a student packs must not speak for somebody else.
    """
    beside = [
        path
        for path in root.iterdir()
        if not path.name.startswith(".")
        and (path.is_dir() or archives.bare(path.name) or is_notebook(path.name))
        and not (results and path.resolve() == results.resolve())
    ]
    packed = [path for path in beside if path.is_file() and archives.bare(path.name)]
    packed = [path for path in packed if not lms(path.name)]
    kinds = {path: _kind((path,)) for path in packed}
    every = len(packed) == len(beside) and all(kinds.values())
    return {path for path, kind in kinds.items() if kind == "platform" or (kind and every)}


def _kind(place):
    """Say what an archive holds: a ``platform``'s names, ``folders`` of several people, or neither."""
    try:
        names = [archives.name(one) for one in archives.entries(place) if not one.is_dir()]
    except archives.BAD:
        return ""
    names = [name for name in names if name.parts and not _tools_own(name)]
    wrapped = _wrappers(names) if names else 0
    inner = [PurePosixPath(*name.parts[wrapped:]) for name in names]
    if _above_the_names(inner) is not None:
        return "platform"
    # 01_what/ann/hw.ipynb is Ann's
    folders = [path.parts[:-1] for path in inner]
    folders = [one[1:] if one and EXERCISE.match(one[0]) else one for one in folders]
    people = {one[0] for one in folders if one and not _is_of_the_course(one[0])}
    return "folders" if len(people) > 1 else ""


def _is_of_the_course(name):
    return name.lower() in OF_THE_COURSE or EXERCISE.match(name) is not None


def _around(place):
    """Return the folder to put around one student's archive whose folders are the course's own."""
    try:
        names = [archives.name(one) for one in archives.entries(place)]
    except archives.BAD:
        return ()
    top = {name.parts[0] for name in names if len(name.parts) > 1 and not _tools_own(name)}
    course = len(top) > 1 and all(name.lower() in OF_THE_COURSE for name in top)
    return (readable(archives.bare(place[0].name)),) if course else ()


def _file(inside, when, read, place, found):
    """Yield a file, or the files in an archive."""
    if archives.bare(inside.name) and len(place) <= DEEPEST_ZIP:
        yield from _inside(inside.with_name(archives.bare(inside.name)), place, found)
    elif is_notebook(inside.name):
        yield _File(inside, when, read)
    elif inside.name.lower() not in IGNORED:
        yield _File(inside, when)


def _somebody(hidden):
    """Yield a stand-in for whoever left a tool's own files alone: a checkpoint, a cloud's stub."""
    folders = []
    for part in hidden.parts[:-1]:
        if part.startswith(".") or part == "__MACOSX":
            break
        folders.append(part)
    if folders:
        copy = hidden.name if hidden.suffix in (".ipynb", ".icloud") else ""
        yield _File(PurePosixPath(*folders) / NOTHING, copy=copy)


def _inside(prefix, place, found):
    """Yield the files in an archive, read one at a time and never unpacked beside anything.

    ``place``: the path of an archive, then the entry of the archive inside it, and so on.
    """
    try:
        entries = archives.entries(place)
    except archives.BAD:
        name = f"{prefix}.zip" if prefix.parts else place[0].name
        found.remarks.append(texts.text(DAMAGED, file=name))
        if prefix.parts:
            yield _File(PurePosixPath(name))
        return
    if archives.was_cut(place):
        found.remarks.append(
            texts.text(
                "{file}: holds more than {count} files or {gigabytes} GB; the rest of it was not "
                "read.",
                file=place[0].name,
                count=texts.number(archives.MOST_INSIDE),
                gigabytes=archives.MOST_BYTES // 2**30,
            )
        )
    for entry in sorted(entries, key=archives.name):
        inside = archives.name(entry)
        if not inside.parts:
            continue
        if _tools_own(inside):
            yield from _somebody(prefix / inside)
        elif entry.is_dir():
            yield _File(prefix / inside / NOTHING)
        else:
            deeper = (*place, entry)
            read = partial(archives.read, deeper)
            yield from _file(prefix / inside, archives.when(entry), read, deeper, found)


def _tools_own(path):
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def _groups(paths):
    """Return the folders that are study groups: in each only folders, in one at least two people's."""
    inside = {}
    for parts in paths:
        if len(parts) < 3:
            return set()
        inside.setdefault(parts[0], set()).add(parts[1])
    people = {name for names in inside.values() for name in names}
    if any(_is_of_the_course(name) for name in people) or any(map(EXERCISE.match, inside)):
        return set()
    return set(inside) if max(map(len, inside.values()), default=0) > 1 else set()


def _without_groups(paths, found):
    """Return the paths without the folders that are study groups."""
    groups = _groups([path.parts for path in paths])
    if not groups:
        return paths
    found.remarks.append(
        texts.text(
            "{names}: read as groups, each folder in them as one person.",
            names=", ".join(sorted(groups)),
        )
    )
    return [PurePosixPath(*path.parts[1:]) for path in paths]


def who(path, above=None):
    """Return (student, number, folder for the feedback) for a file at a relative path.

    ``above``: how many folders stand above a platform's names, or None where there are none.
    """
    if above is not None and len(path.parts) > above:
        last = above == len(path.parts) - 1
        someone = person(path.parts[above], path.stem if last else "")
        if someone:
            return someone
    folders = path.parts[:-1]
    # A folder an exercise, in it one a student. 01_ann/my_work is Ann's.
    if len(folders) > 1 and EXERCISE.match(folders[0]) and folders[1] not in OF_THE_COURSE:
        folders = folders[1:]
    if folders:
        return folders[0], "", folders[0]
    return path.stem, "", path.stem
