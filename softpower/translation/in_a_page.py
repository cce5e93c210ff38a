"""What a page to work in says: by itself, and where its notebook speaks of JupyterLab.

The words stand in ``browser/``: ``in_place_of_jupyter.toml`` has what is said otherwise than in a notebook,
``page/work.html`` and ``page/words.js`` what a page says by itself.
"""

import re
import tomllib
from functools import cache

from softpower import notebooks, texts

WORDS = re.compile(r"\{\{t:(.*?)\}\}")  # in the page's frame: {{t:My work}}
EXERCISE, ANSWERS = "# Exercise", "# Worked answers"  # how the title of each begins


@cache
def _said(root):
    path = root / "browser" / "in_place_of_jupyter.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    cells = {(one["page"], one["id"]): one for one in found.get("cell", ())}
    return cells, [(one["there"], one["here"]) for one in found.get("everywhere", ())]


def cells(root):
    """Return the cells that a page says in other words, ``{(notebook, cell): {"here": …}}``."""
    return _said(root)[0]


def everywhere(root):
    """Return the sentences that each page says otherwise, as (there, here)."""
    return _said(root)[1]


def as_here(text, root, page="", cell=""):
    """Return a text of a notebook as its page in the browser shows it.

    Parameters
    ----------
    text : str
        A text cell's source in English, or what is stored below a code cell in the language of
        the page.
    root : pathlib.Path
        The folder of the course.
    page, cell : str
        The notebook's name and the cell's id, of a text cell.
    """
    if (page, cell) in cells(root):
        return cells(root)[page, cell]["here"].strip()
    for there, here in everywhere(root):
        text = text.replace(texts.text(there), texts.text(here))
    return text


def notebook(path, root):
    """Return a notebook of the course, in English, with the words of its page."""
    book = notebooks.read(path)
    for cell in book.cells:
        if cell.cell_type == "markdown":
            cell.source = as_here(cell.source, root, path.stem, cell.id)
    return book


def titled(source):
    """Return the first text of an exercise as that of its worked answers."""
    return ANSWERS + source.removeprefix(EXERCISE) if source.startswith(EXERCISE) else source


def own_words(root):
    """Return what a page says by itself, by the file in which it stands."""
    folder = root / "browser" / "page"
    if not folder.is_dir():
        return {}
    frame = (folder / "work.html").read_text(encoding="utf-8")
    script = (folder / "words.js").read_text(encoding="utf-8")
    return {
        "browser/page/work.html": WORDS.findall(frame),
        "browser/page/words.js": texts.in_script(script)[0],
    }
