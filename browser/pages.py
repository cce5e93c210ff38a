"""Each notebook as a page to work in: its words are there at once, its cells run behind them."""

import json
import re
from html import escape
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from browser.words import as_here
from softpower import notebooks
from softpower.feedback import writing

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = Path(__file__).parent / "page" / "work.html"
SOLUTIONS = "my_work/solutions/"
_READ = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_LINK = re.compile(r'(<a\b[^>]*\bhref=")([^"#]+)(#[^"]*)?"')


class Document:
    """One notebook of the site.

    Parameters
    ----------
    path : pathlib.Path
        The notebook's file.
    place : str
        Its path in the learner's course, ``"notebooks/00_start_here.ipynb"``.
    """

    def __init__(self, path, place):
        self.path, self.place = path, place
        self.name = path.stem
        self.notebook = notebooks.read(path)

    @property
    def is_exercise(self):
        """Whether it is handed in: the worked answers are not."""
        return self.place.startswith("my_work/") and not self.is_solution

    @property
    def is_solution(self):
        """Whether it holds the worked answers of an exercise."""
        return self.place.startswith(SOLUTIONS)

    @property
    def title(self):
        """The title as its first cell gives it."""
        found = re.search(r"^# (.+)$", self.said(self.notebook.cells[0]), re.MULTILINE)
        return found[1] if found else self.name

    def said(self, cell):
        """Return the source of a text cell as the page shows it."""
        source = as_here(cell.source, self.name, cell.id)
        if self.is_solution and cell is self.notebook.cells[0]:
            return source.replace("# Exercise", "# Worked answers", 1)
        return source

    @property
    def bare(self):
        """The notebook without what it shows, as a dictionary that a page can hold."""
        book = json.loads(json.dumps(self.notebook))
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
        return book


def documents(solutions=False):
    """Return the site's notebooks, each lesson followed by its exercise.

    With ``solutions`` the worked answers come after them.
    """
    found = []
    for lesson in sorted((ROOT / "notebooks").glob("*.ipynb")):
        found.append(Document(lesson, f"notebooks/{lesson.name}"))
        for exercise in sorted((ROOT / "exercises").glob(f"{lesson.name[:2]}_*/*.ipynb")):
            found.append(Document(exercise, f"my_work/{exercise.parent.name}/{exercise.name}"))
    if solutions:
        for solution in sorted((ROOT / "solutions").glob("*/*.ipynb")):
            name = solution.stem.replace("exercise_", "solution_")
            made = Document(solution, f"{SOLUTIONS}{name}.ipynb")
            made.name = name
            found.append(made)
    return found


def words(source, here):
    """Return a text cell as HTML: headings with their anchors, links that stay on the site."""
    tokens = _READ.parse(source)
    for opened, inside in pairwise(tokens):
        if opened.type == "heading_open":
            opened.attrSet("id", notebooks.anchor(inside.content))
    html = _READ.renderer.render(tokens, _READ.options, {})
    html = html.replace("<table>", '<div class="wide"><table>').replace(
        "</table>", "</table></div>"
    )
    return _LINK.sub(lambda found: _link(found, here), html)


def _link(found, here):
    """Return a link's start with its address as it is on the site."""
    before, address, place = found[1], found[2], found[3] or ""
    if re.match(r"[a-z]+:|//", address):
        return f'{before}{address}{place}" target="_blank" rel="noopener"'
    name = address.rpartition("/")[2]
    if name.endswith(".ipynb"):
        return f'{before}{name.removesuffix(".ipynb")}.html{place}"'
    if name.endswith(".md"):
        parts = [part for part in address.split("/") if part != ".."]
        return f'{before}../{"/".join(parts).removesuffix(".md")}.html{place}"'
    return found[0]


def _stored(output):
    """Return a stored output as HTML."""
    if output.output_type == "stream":
        return f"<pre>{escape(output.text)}</pre>"
    if output.output_type == "error":
        return f'<pre class="error">{escape("".join(output.traceback))}</pre>'
    data = output.data
    if "text/html" in data:
        return data["text/html"]
    if "text/markdown" in data:
        return _READ.render(escape(as_here(data["text/markdown"]), quote=False))
    return f"<pre>{escape(data.get('text/plain', ''))}</pre>"


def _code(cell, number):
    """Return a code cell: its button, its source, what is stored of what it shows."""
    source, kind, name = cell.source, "code", f"cell {number}"
    shown = source
    if writing.is_place(source):
        kind, name, shown = "code write", f"your words, cell {number}", source.partition("\n")[2]
        shown = shown.strip("\n")
    button = "Keep" if "write" in kind else "Run"
    label = f"{button} {name}"
    rows = max(1, shown.count("\n") + 1)
    box = (
        f'<textarea rows="{rows}" spellcheck="{"true" if "write" in kind else "false"}" '
        f'autocapitalize="off" autocomplete="off" autocorrect="off" '
        f'aria-label="{"Write here: " if "write" in kind else "Code of "}{name}">'
        f"\n{escape(shown)}</textarea>"
    )
    if cell.metadata.get("jupyter", {}).get("source_hidden"):
        box = f'<details class="source"><summary>Show the code</summary>{box}</details>'
    outputs = "".join(
        f'<div class="output {output.output_type}">{_stored(output)}</div>'
        for output in cell.outputs
    )
    return (
        f'<section class="{kind}" id="code-{number}" data-cell="{escape(cell.id)}" '
        f'aria-label="{escape(name.capitalize())}"><div class="cell">'
        f'<button class="run" type="button" aria-label="{label}" data-label="{label}" '
        f'title="{button} (Shift and Enter)"></button><div>{box}</div></div>'
        f'<div class="outputs">{outputs}</div></section>'
    )


def body(document):
    """Return a notebook's cells as HTML."""
    parts, number = [], 0
    for cell in document.notebook.cells:
        if cell.cell_type == "markdown":
            html = words(document.said(cell), document)
            parts.append(f'<section class="words" id="cell-{escape(cell.id)}">{html}</section>')
        elif cell.cell_type == "code":
            number += 1
            parts.append(_code(cell, number))
    return "\n".join(parts)


def page(document, parts, before=None, after=None):
    """Return the whole page of a notebook.

    Parameters
    ----------
    document : Document
    parts : dict
        The sizes in bytes of what the worker fetches.
    before, after : Document, optional
        The neighbours in the order of the course.
    """
    lessons = [path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    said = {"notebook": document.bare, "path": document.place, "lessons": lessons, "parts": parts}
    around = "".join(
        f'<a href="{other.name}.html">{escape(word)}: {escape(other.title)}</a>'
        for other, word in ((before, "Back"), (after, "Next"))
        if other is not None
    )
    reading = f"../{_reading(document)}"
    text = TEMPLATE.read_text(encoding="utf-8")
    hand_in = ""
    if document.is_exercise:
        hand_in = (
            '<button id="hand-in" type="button">Hand in</button>'
            "<p>Hand in gives the notebook for your teacher. Nothing is sent by itself.</p>"
        )
    filled = {
        "title": escape(document.title),
        "words": body(document),
        "around": around,
        "reading": reading,
        "hand_in": hand_in,
        # What closes a script is no part of its text.
        "document": json.dumps(said, ensure_ascii=False).replace("</", "<\\/"),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: filled[found[1]], text)


def _reading(document):
    """Return the address of the page to read, from the site's folder."""
    if document.place.startswith("notebooks/"):
        return f"notebooks/{document.path.stem}.html"
    return f"exercises/{document.path.parent.name}/{document.path.stem}.html"


def plain(title, content):
    """Return a page of the working part that is no notebook."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · Soft Power</title>"
        f'<meta name="description" content="{escape(title)}, of the course Soft Power.">'
        '<link rel="icon" href="../_static/icon.svg">'
        '<link rel="stylesheet" href="page/work.css"></head><body>'
        '<header class="bar"><a href="../index.html">Soft Power</a></header>'
        f"<main><h1>{escape(title)}</h1>{content}</main></body></html>\n"
    )


def index(everything):
    """Return the list of what there is to work in, the worked answers apart."""
    work = [one for one in everything if not one.is_solution]
    answers = [one for one in everything if one.is_solution]
    content = (
        "<p>Choose a lesson, or an exercise. What you do is kept in this browser; <em>My work</em> "
        f"at the top of each page saves it as one file.</p>{_list(work)}"
    )
    if answers:
        content += (
            "<h2>Worked answers</h2><p>For when you have tried an exercise. What you write on "
            f"these pages is not handed in.</p>{_list(answers)}"
        )
    return plain(
        "Work in the course",
        f'{content}<p><a href="parts.html">What this site is made of</a></p>',
    )


def _list(some):
    lines = "".join(
        f'<li><a href="{one.name}.html">{escape(_listed(one))}</a></li>' for one in some
    )
    return f"<ul>{lines}</ul>"


def _listed(document):
    if document.place.startswith("notebooks/"):
        return f"{document.name[:2]} {document.title}"
    return document.title
