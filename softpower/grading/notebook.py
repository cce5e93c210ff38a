"""Read a notebook as tolerantly as is fair: whatever work is in it counts.

``nbformat`` refuses a file for one bad field; a learner's answers may be whole all the same.
"""

import json
from dataclasses import dataclass
from pathlib import PurePosixPath

BIGGEST_FILE = 200 * 2**20
BIGGEST_OUTPUT = 20_000  # characters of one stored output that are kept for the feedback page
BIGGEST_PICTURE = 400_000


class Unreadable(ValueError):
    """The file cannot be read as a notebook; the message is for the learner."""


@dataclass(frozen=True)
class Cell:
    """One cell: ``kind`` is ``code``, ``markdown`` or ``raw``; ``outputs`` are (type, text)."""

    kind: str
    source: str
    grade_id: str = ""
    outputs: tuple = ()


def read(content):
    """Return the cells of a notebook in any format since version 3.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    list of Cell
        Cells that are beyond reading are left out.

    Raises
    ------
    Unreadable
        Where there is no notebook in it.
    """
    if not content.strip():
        raise Unreadable("The file is empty.")
    if len(content) > BIGGEST_FILE:
        raise Unreadable("The file is too large: more than 200 MB.")
    try:
        notebook = json.loads(_text(content))
    except (ValueError, RecursionError):
        raise Unreadable(
            "The file is damaged or is not a notebook: its text breaks off or is not JSON."
        ) from None
    if not isinstance(notebook, dict):
        raise Unreadable("The file is not a notebook.")
    cells = notebook.get("cells")
    if not isinstance(cells, list):  # format 3 keeps its cells in worksheets
        sheets = notebook.get("worksheets")
        sheets = sheets if isinstance(sheets, list) else []
        cells = [
            cell
            for sheet in sheets
            if isinstance(sheet, dict)
            for cell in (sheet.get("cells") if isinstance(sheet.get("cells"), list) else [])
        ]
        if not cells:
            raise Unreadable("The file is not a notebook: it has no cells.")
    return [_cell(cell) for cell in cells if isinstance(cell, dict)]


def _text(content):
    for start, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(start):
            return content.decode(encoding)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("utf-8", errors="replace")


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
    )


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
    return path.suffix.lower() == ".ipynb" and not hidden
