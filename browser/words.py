"""What a page says where the notebook speaks of JupyterLab (``words.toml``)."""

import tomllib
from pathlib import Path

_SAID = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
CELLS = {(one["page"], one["id"]): one for one in _SAID["cell"]}
EVERYWHERE = [(one["there"], one["here"]) for one in _SAID["everywhere"]]


def as_here(text, page="", cell=""):
    """Return a text of a notebook as its page in the browser shows it.

    Parameters
    ----------
    text : str
        A text cell's source, or what is stored below a code cell.
    page, cell : str
        The notebook's name and the cell's id, of a text cell.
    """
    if (page, cell) in CELLS:
        return CELLS[page, cell]["here"].strip()
    for there, here in EVERYWHERE:
        text = text.replace(there, here)
    return text
