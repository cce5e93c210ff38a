"""What the commands share that make something of lessons: which ones, and where they stand."""

import re
from dataclasses import dataclass
from pathlib import Path

import mistune

from softpower import keep, notebooks
from softpower.errors import CourseError

ALL = [f"{number:02}" for number in range(11)]
GRID = re.compile(r"(?:^\|.*\n?){3,}", re.M)  # a table in Markdown
CHECK = re.compile(r'feedback\.check\("(\d\d\.\w+)"\)')

_ANCHOR = re.compile(r"</?(?:a|span)\b[^>]*>")
_LINK = re.compile(r"(?<!!)\[([^]]*)\]\([^)]*\)")


def add_arguments(parser, folder):
    """Add the lessons and the folder to write to, with its usual name."""
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="01, 02 …; default: all")
    parser.add_argument("--out", type=Path, default=Path(folder), metavar="FOLDER")


def asked(numbers, known=ALL):
    """Return the numbers of the lessons that somebody typed, ``"3"`` as ``"03"``; all for none.

    Raises
    ------
    CourseError
        Where one of them is not known.
    """
    asked_for = [number.zfill(2) if number.strip() else number for number in numbers or known]
    for number in asked_for:
        if number not in known:
            raise CourseError(
                f"There is no lesson {number.strip() or 'without a number'} here. The lessons are {known[0]} to {known[-1]}."
            )
    return asked_for


def read(number, folder=None):
    """Return the notebook of a lesson, ``"07"``, with what its cells show.

    Parameters
    ----------
    number : str
    folder : pathlib.Path, optional
        Where its folder ``notebooks/`` stands; without it, that of the reader's language, whose
        notebook has not run yet and is run here.

    Raises
    ------
    CourseError
        Where there is no such lesson.
    """
    folder = notebooks.pages() if folder is None else folder
    found = sorted((folder / "notebooks").glob(f"{number}_*.ipynb"))
    if found:
        return notebooks.shown_in(found[0]) if folder != Path() else notebooks.read(found[0])
    if Path("notebooks").is_dir():
        raise CourseError(f"There is no lesson {number}. The lessons are 00 to 10.")
    raise CourseError("The lessons are not here. Go to the folder of the course, then try again.")


@dataclass(frozen=True)
class Header:
    """What a lesson says of itself at its head, as inline Markdown in the lesson's language."""

    title: str
    question: str
    objectives: tuple
    makes: str  # with its label, "**You make** …"
    minutes: int
    first: str  # the same: "**You need first** …"


def header(lesson):
    """Return what a lesson says of itself.

    Read by the place of each paragraph, not by its words: every language has its own.

    Parameters
    ----------
    lesson : nbformat.NotebookNode

    Returns
    -------
    Header

    Raises
    ------
    CourseError
        Where the lesson lacks its title, or its head has other parts than it should have.
    """
    of = {notebooks.part(cell): cell.source for cell in lesson.cells[:3]}
    title, _, question = of.get("title", "").partition("\n\n")
    paragraphs = of.get("header", "").split("\n\n")
    if not question or len(paragraphs) < 5:
        raise CourseError(
            "A lesson begins with its title and question; then what one can do afterwards, "
            "what one makes, the minutes, and the documents, each a paragraph of its own."
        )
    number, _, first = paragraphs[3].partition(" · ")
    return Header(
        title.removeprefix("# ").strip(),
        question.splitlines()[0].strip("*"),
        tuple(re.findall(r"^- (.+?)[,.;]?$", paragraphs[1], re.M)),
        paragraphs[2].strip(),
        int(re.search(r"\d+", number)[0]),
        first.strip(),
    )


def road(lesson):
    """Return the cells of a lesson's main road: all before *Going deeper* and the references."""
    parts = [notebooks.part(cell) for cell in lesson.cells]
    end = next((at for at, part in enumerate(parts) if part in ("deeper", "references")), None)
    return lesson.cells[:end]


def unlinked(source):
    """Return Markdown with the words of its links and citations, and without where they lead."""
    return _LINK.sub(r"\1", _ANCHOR.sub("", source))


def off_screen(source):
    """Return a lesson's words for the wall or for paper, where no cell is run and no button pressed.

    A lesson in another language keeps its own words: a print kit says beforehand that they are
    the screen's.
    """
    source = source.replace("Before you run the cell, guess: ", "Guess: ")
    source = re.sub(r"\b([Bb])efore you run the cell\b", r"\1efore you look on", source)
    return re.sub(r"\b([Bb])efore you press the button\b", r"\1efore you see ours", source)


def before_check(source, words=90):
    """Return the paragraph on which a check at the end of a section leans, as HTML; or "".

    Parameters
    ----------
    source : str
        Markdown of a cell that asks, without its links.
    words : int, optional
        A longer paragraph is not given.
    """
    before, check, _ = source.rpartition("### ")
    given = before.strip().rpartition("\n\n")[2]
    bare = not check or given.startswith("#") or re.fullmatch(r"\*[^*\n]*\d[^*\n]*\*", given)
    return "" if bare or len(given.split()) > words else mistune.html(given)


# Below a section's heading stands, in italics, how long it takes: known by its number.
_TIMED = re.compile(r"^## (.+)\n+\*[^*\n]*?(\d+)[^*\n]*\*", re.M)
_VERB = re.compile(r"\*\w+\* .+?(?=, \w+ \*|[,.]?$)", re.M)  # an objective begins with one


def sections(lesson):
    """Return a lesson's sections of the main road as (heading, minutes), in its language."""
    words = "\n".join(cell.source for cell in road(lesson) if cell.cell_type == "markdown")
    return [(heading, int(minutes)) for heading, minutes in _TIMED.findall(words)]


def think_deeper(lesson):
    """Return the heading of what a lesson asks its class, *Think deeper*; or ""."""
    of = (cell.source for cell in lesson.cells if notebooks.part(cell) == "think")
    return next((re.match(r"#+ (.+)", source)[1] for source in of), "")


def objectives(lesson):
    """Return a lesson's objectives as plain sentences, those of *Going deeper* last.

    Parameters
    ----------
    lesson : nbformat.NotebookNode

    Returns
    -------
    list of str
    """
    deeper = next((c.source for c in lesson.cells if notebooks.part(c) == "deeper"), "")
    more = _VERB.findall(deeper.partition("\n### ")[0])
    return [text.replace("*", "") for text in (*header(lesson).objectives, *more)]


def write(folder, files):
    """Write files, by name, into a folder, for others to read, and say what is there now."""
    for name, text in files.items():
        keep.publish(folder / name, text)
    one = next(iter(files)) if len(files) == 1 else ""
    print(
        f"{folder / one} is ready." if one else f"{folder}: {len(files)} files are ready.", end=" "
    )
