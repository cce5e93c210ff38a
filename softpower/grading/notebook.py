"""Read a notebook as tolerantly as is fair: whatever work is in it counts.

``nbformat`` refuses a file for one bad field; a learner's answers may be whole all the same.
"""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePosixPath

from softpower import texts

BIGGEST_FILE = 100 * 2**20
BIGGEST_OUTPUT = 20_000  # characters of one stored output that are kept for the feedback page
BIGGEST_PICTURE = 400_000
MOST_OUTPUT = 8_000_000  # characters of all stored outputs of one notebook that are kept
LARGE = 8_000_000  # characters of a file whose parts are counted before it is read
MOST_CELLS = 5_000
MOST_PARTS = 3_000_000  # lists, dictionaries and commas in such a file


ENDINGS = (".ipynb", ".ipynb.json", ".ipynb.txt")  # a browser or a mail program adds the last
CONFLICT = re.compile(r"^(<{7} .*|={7}|>{7} .*)$\n?", re.MULTILINE)
# A text in quotation marks is one thing, however long; the rest are the marks between things.
PART = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[{,]', re.DOTALL)
KIND = re.compile(r'"cell_type"\s*:\s*"(code|markdown|raw)"')
SOURCE = re.compile(r'"source"\s*:\s*(?:\[|(?P<alone>(?=")))')
PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+(?P<end>"?)|[\]}:]', re.DOTALL)
TASK = re.compile(r"(?:q|(code))(\d{1,3})")  # the name of a task's cell
CUT = object()  # the key of a cell at which a file breaks off: no file can have it
CELL = re.compile(
    r"""\{\s*"(?:attachments|cell_type|execution_count|id|metadata|outputs|source)"\s*:"""
)


class Unreadable(ValueError):
    """The file cannot be read as a notebook; the message is for the learner."""


@dataclass(frozen=True)
class Cell:
    """One cell: ``kind`` is ``code``, ``markdown`` or ``raw``; ``outputs`` are (type, text).

    ``part`` is what its metadata says that it is ("task"), ``question`` the id of its question
    ("03.7"; of a title, its exercise, "03"). A copy from before cells said so tells a task and
    its number (".7") by the name of the cell. ``is_cut``: the file breaks off in it.
    """

    kind: str
    source: str
    grade_id: str = ""
    outputs: tuple = ()
    part: str = ""
    question: str = ""
    is_cut: bool = False

    @property
    def number(self):
        """The number of its question in the exercise, ``"7"`` or ``"code2"``."""
        return self.question.partition(".")[2]


def read(content):
    """Return the cells of a notebook, as :func:`read_with_remark` finds them."""
    return read_with_remark(content)[0]


_LANGUAGE = re.compile(rb'"softpower"\s*:\s*\{[^{}]{0,500}?"language"\s*:\s*"([a-z]{2})"')


def language(content, unnamed=None):
    """Return the language that a notebook's metadata name.

    Read from the bytes, so that a damaged notebook is answered in its own language too. Where
    none is named it is ``unnamed``, or the lecturer's own: a student's editor may have lost it.
    """
    found = _LANGUAGE.search(content[-LARGE:]) or _LANGUAGE.search(content[:LARGE])
    return found[1].decode() if found else unnamed or texts.language()


def read_with_remark(content):
    """Return the cells of a notebook in any format since version 3, damaged or not.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    tuple
        A list of :class:`Cell`, without those that are beyond reading, and a remark on what
        was damaged, or an empty text.

    Raises
    ------
    Unreadable
        Where there is no notebook in it.
    """
    text = _bounded(content)
    try:
        cells = _listed(json.loads(text, strict=False))
    except Unreadable:
        raise
    except (ValueError, RecursionError):
        return _what_can_be_saved(text)
    many = texts.text(
        "the file has {count} cells; the first {most} were marked",
        count=texts.number(len(cells)),
        most=texts.number(MOST_CELLS),
    )
    return _cells(cells[:MOST_CELLS]), many if len(cells) > MOST_CELLS else ""


def _bounded(content):
    """Return a file's text, unless it is empty or larger than any notebook."""
    if not content.strip():
        raise Unreadable(texts.mark("The file is empty."))
    if len(content) > BIGGEST_FILE:
        raise Unreadable(texts.mark("The file is too large: more than 100 MB."))
    text = _text(content)
    if len(text) > LARGE and _has_too_many_parts(text):
        raise Unreadable(texts.mark("The file is too large: it has more parts than any notebook."))
    return text


def _listed(notebook):
    """Return the cells of a notebook as they stand in it; format 3 keeps them in worksheets."""
    if not isinstance(notebook, dict):
        raise Unreadable(texts.mark("The file is not a notebook."))
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        sheets = notebook.get("worksheets")
        sheets = sheets if isinstance(sheets, list) else []
        parts = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        cells = [cell for part in parts if isinstance(part, list) for cell in part]
        if not cells:
            raise Unreadable(texts.mark("The file is not a notebook: it has no cells."))
    return [cell for cell in cells if isinstance(cell, dict)]


def _what_can_be_saved(text):
    """Return the cells that stand whole in a damaged file, and a remark on it."""
    saved = _saved_cells(text)
    if not saved:
        raise Unreadable(
            texts.mark(
                "The file is damaged or is not a notebook: its text breaks off or is not JSON."
            )
        ) from None
    return _cells(saved), texts.texts(
        "the file is damaged; {count} of its cells could be read and was marked",
        "the file is damaged; {count} of its cells could be read and were marked",
        len(saved),
    )


def _has_too_many_parts(text):
    """Say whether reading a text would fill the memory: a list of nothing is 20 times its text."""
    return next(islice(PART.finditer(text), MOST_PARTS, None), None) is not None


def _cells(dictionaries):
    """Return the cells, and of their outputs as much as a page can show."""
    made, left = [], MOST_OUTPUT
    for one in dictionaries:
        cell = _cell(one)
        kept = []
        for kind, content in cell.outputs:
            if len(content) <= left:
                kept.append((kind, content))
                left -= len(content)
        made.append(replace(cell, outputs=tuple(kept)))
    return made


def _saved_cells(text):
    """Return the cells that stand whole in a text that is no JSON: cut off, or with a conflict."""
    text, decoder, saved, position = CONFLICT.sub("", text), json.JSONDecoder(strict=False), [], 0
    whole, left = 0, 4 * len(text) + 1_000_000  # characters that may be looked at in vain
    while len(saved) < MOST_CELLS and left > 0 and (start := CELL.search(text, position)):
        try:
            cell, position = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError) as error:
            left -= max(1, getattr(error, "pos", start.end() + 100_000) - start.start())
            position = start.start() + 1
            continue
        if isinstance(cell, dict) and "cell_type" in cell and "source" in cell:
            saved.append(cell)
            whole = position
    return saved + _broken_off(text[whole:])


def _broken_off(rest):
    """Return the cell at which a file breaks off, with as much of its source as there is."""
    kind, source = KIND.search(rest[:LARGE]), SOURCE.search(rest[:LARGE])
    if not kind or not source:
        return []
    lines = []
    for found in PIECE.finditer(rest, source.end(), source.end() + LARGE):
        piece = found[0]
        if piece[0] != '"':
            break  # the end of the list, or another part of the cell
        with suppress(ValueError):
            lines.append(
                json.loads(piece if found["end"] else piece.rstrip("\\") + '"', strict=False)
            )
        if source["alone"] is not None:
            break
    return [{"cell_type": kind[1], "source": "".join(lines), CUT: True}] if lines else []


def _text(content):
    """Return a file's text: UTF-8, UTF-16 with or without its mark, else the Russian Windows page."""
    for start in (b"\xff\xfe", b"\xfe\xff"):
        if content.startswith(start):
            return content.decode("utf-16", errors="replace")
    head = content[:200]
    if head.count(0) > len(head) // 4:  # every other byte of Latin text in UTF-16 is zero
        encoding = "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
        return content.decode(encoding, errors="replace").rstrip("\0")
    content = content.rstrip(b"\0")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        damaged = content.decode("utf-8", errors="replace")
    cyrillic = content.decode("cp1251", errors="replace")
    return cyrillic if damaged.count("\ufffd") > 3 * cyrillic.count("\ufffd") + 3 else damaged


def _cell(cell):
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "raw") else "markdown"
    source = _joined(cell.get("source", cell.get("input")))
    metadata = cell.get("metadata")
    graded = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = graded.get("grade_id") if isinstance(graded, dict) else None
    outputs = cell.get("outputs")
    outputs = outputs if kind == "code" and isinstance(outputs, list) else []
    return Cell(
        kind,
        source,
        grade_id if isinstance(grade_id, str) else "",
        tuple(part for output in outputs[:50] if (part := _output(output))),
        *_meant(cell, metadata, kind),
        is_cut=CUT in cell,
    )


def _meant(cell, metadata, kind):
    """Return what a cell is and to which question it belongs, as it says itself."""
    own = metadata.get("softpower") if isinstance(metadata, dict) else None
    if isinstance(own, dict):
        said = [own.get("part"), own.get("question", own.get("exercise"))]
        return tuple(one if isinstance(one, str) else "" for one in said)
    name = cell.get("id")
    named = TASK.fullmatch(name) if kind == "markdown" and isinstance(name, str) else None
    return ("task", f".{(named[1] or '') + named[2]}") if named else ("", "")


def _joined(text):
    """Notebooks store text as a string or as a list of lines."""
    if isinstance(text, list):
        text = "".join(line for line in text if isinstance(line, str))
    if not isinstance(text, str):
        return ""
    return text.encode("utf-8", errors="replace").decode("utf-8")  # lone surrogates


def _output(output):
    """Return what the feedback page shows of a stored output: a picture or plain text."""
    if not isinstance(output, dict):
        return None
    data = output.get("data") if isinstance(output.get("data"), dict) else output
    picture = _joined(data.get("image/png", data.get("png"))).replace("\n", "")
    if (
        picture
        and len(picture) < BIGGEST_PICTURE
        and picture.replace("=", "").replace("+", "").replace("/", "").isalnum()
        and picture.isascii()
    ):
        return "png", picture
    text = _joined(data.get("text/plain", data.get("text")))
    if not text and isinstance(output.get("ename"), str):
        text = f"{_joined(output['ename'])}: {_joined(output.get('evalue'))}"
    if not text.strip():
        return None
    return "text", text if len(text) <= BIGGEST_OUTPUT else text[:BIGGEST_OUTPUT] + "\n[cut]"


def is_notebook(name):
    """Say whether a file name is a learner's notebook, not a tool's copy of one."""
    path = PurePosixPath(name)
    tools = {".ipynb_checkpoints", "__MACOSX"}
    hidden = any(part.startswith(".") or part in tools for part in path.parts)
    return path.name.lower().endswith(ENDINGS) and not hidden
