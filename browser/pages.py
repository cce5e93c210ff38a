"""Each notebook as a page to work in: its words are there at once, its cells run behind them.

Whatever a page says passes the door for texts: it is made in each language that stands.
"""

import json
import re
from html import escape
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from browser.in_place_of_jupyter import as_here
from softpower import notebooks, texts
from softpower.feedback import writing
from softpower.translation import in_a_page

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
    here : pathlib.Path, optional
        The same notebook of an edition with the words of its page; in English these are found
        while the page is made.
    """

    def __init__(self, path, place, here=None):
        self.path, self.place = path, place
        self.name = path.stem
        self.notebook = notebooks.read(path)
        self.here = {cell.id: cell.source for cell in notebooks.read(here).cells} if here else {}

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
        return notebooks.title(self.said(self.notebook.cells[0])) or self.name

    def said(self, cell):
        """Return the source of a text cell as the page shows it."""
        if cell.id in self.here:
            return self.here[cell.id]
        source = as_here(cell.source, page=self.name, cell=cell.id)
        return in_a_page.titled(source) if self.is_solution else source

    @property
    def bare(self):
        """The notebook without what it shows, as a dictionary that a page can hold."""
        book = json.loads(json.dumps(self.notebook))
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
        return book


def documents(solutions=False, root=ROOT, here=None):
    """Return the site's notebooks, each lesson followed by its exercise.

    Parameters
    ----------
    solutions : bool
        Whether the worked answers come after them.
    root : pathlib.Path
        The folder of the course, or of an edition.
    here : pathlib.Path, optional
        The edition with the words of the pages (``languages.Edition``).
    """

    def document(path, place):
        return Document(path, place, here and here / path.relative_to(root))

    found = []
    for lesson in sorted((root / "notebooks").glob("*.ipynb")):
        found.append(document(lesson, f"notebooks/{lesson.name}"))
        for exercise in sorted((root / "exercises").glob(f"{lesson.name[:2]}_*/*.ipynb")):
            found.append(document(exercise, f"my_work/{exercise.parent.name}/{exercise.name}"))
    if solutions:
        for solution in sorted((root / "solutions").glob("*/*.ipynb")):
            name = solution.stem.replace("exercise_", "solution_")
            made = document(solution, f"{SOLUTIONS}{name}.ipynb")
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
    write, shown = writing.is_place(cell.source), cell.source
    if write:
        shown = shown.partition("\n")[2].strip("\n")
        said = (
            texts.text("Your words, cell {number}", number=number),
            texts.text("Keep your words, cell {number}", number=number),
            texts.text("Keep (Shift and Enter)"),
            texts.text("Write here: your words, cell {number}", number=number),
        )
    else:
        said = (
            texts.text("Cell {number}", number=number),
            texts.text("Run cell {number}", number=number),
            texts.text("Run (Shift and Enter)"),
            texts.text("Code of cell {number}", number=number),
        )
    name, label, title, of_box = map(escape, said)
    box = (
        f'<textarea rows="{max(1, shown.count(chr(10)) + 1)}" '
        f'spellcheck="{"true" if write else "false"}" '
        f'autocapitalize="off" autocomplete="off" autocorrect="off" '
        f'aria-label="{of_box}">\n{escape(shown)}</textarea>'
    )
    if cell.metadata.get("jupyter", {}).get("source_hidden"):
        folded = escape(texts.text("Show the code"))
        box = f'<details class="source"><summary>{folded}</summary>{box}</details>'
    outputs = "".join(
        f'<div class="output {output.output_type}">{_stored(output)}</div>'
        for output in cell.outputs
    )
    return (
        f'<section class="{"code write" if write else "code"}" id="code-{number}" '
        f'data-cell="{escape(cell.id)}" aria-label="{name}"><div class="cell">'
        f'<button class="run" type="button" aria-label="{label}" data-label="{label}" '
        f'title="{title}"></button><div>{box}</div></div>'
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
    if document.is_exercise:  # where the work ends, and not after the references
        last = max(n for n, part in enumerate(parts) if part.startswith('<section class="code'))
        parts.insert(last + 1, f'<div class="hand-in">{_hand_in()}</div>')
    return "\n".join(parts)


def page(document, parts, before=None, after=None, standing=(texts.ENGLISH,)):
    """Return the whole page of a notebook in the language that is spoken.

    Parameters
    ----------
    document : Document
    parts : dict
        The sizes in bytes of what the worker fetches.
    before, after : Document, optional
        The neighbours in the order of the course.
    standing : sequence of str
        The codes of the site's languages.
    """
    lessons = [path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    said = {"notebook": document.bare, "path": document.place, "lessons": lessons, "parts": parts}
    if texts.language() != texts.ENGLISH:
        script = in_a_page.own_words(ROOT)["browser/page/words.js"]
        said["words"] = {one: texts.text(one) for one in script}
    around = "".join(
        f'<a href="{other.name}.html">{escape(texts.text(word, title=other.title))}</a>'
        for other, word in ((before, BACK), (after, NEXT))
        if other is not None
    )
    filled = {
        "language": texts.language(),
        "languages": switch(document.name, standing),
        "page": _shared("page"),
        "title": escape(document.title),
        "described": escape(texts.text(DESCRIBED, title=document.title)),
        "words": body(document),
        "around": around,
        "reading": f"../{_reading(document)}",
        "hand_in": _hand_in(' id="hand-in"') if document.is_exercise else "",
        # What closes a script is no part of its text.
        "document": json.dumps(said, ensure_ascii=False).replace("</", "<\\/"),
    }
    frame = TEMPLATE.read_text(encoding="utf-8")
    frame = in_a_page.WORDS.sub(lambda found: escape(texts.text(found[1])), frame)
    return re.sub(r"\{\{(\w+)\}\}", lambda found: filled[found[1]], frame)


DESCRIBED = texts.mark(
    "{title}: a lesson of the course Soft Power, to work in without installing anything."
)
BACK, NEXT = texts.mark("Back: {title}"), texts.mark("Next: {title}")


def _hand_in(attribute=""):
    button = escape(texts.text("Hand in"))
    how = texts.text("Hand in gives the notebook for your teacher. Nothing is sent by itself.")
    return f'<button{attribute} type="button">{button}</button><p>{escape(how)}</p>'


FOLDER = "work"  # of the site, and of each language's part of it: the pages to work in


def place(code):
    """Return the site's folder with the pages to work in of a language."""
    return FOLDER if code == texts.ENGLISH else f"{code}/{FOLDER}"


def _shared(name):
    """Return the address of what the pages of all languages share, as seen from a page."""
    return name if texts.language() == texts.ENGLISH else f"../../{FOLDER}/{name}"


def switch(name, standing):
    """Return the links from a page to the same page in the site's other languages."""
    if len(standing) < 2:
        return ""
    up = ".." if texts.language() == texts.ENGLISH else "../.."
    links = []
    for code in standing:
        here = ' aria-current="true"' if code == texts.language() else ""
        links.append(
            f'<a href="{up}/{place(code)}/{name}.html" lang="{code}" hreflang="{code}"{here}>'
            f"{texts.of(code).name}</a>"
        )
    label = escape(texts.text("Languages"))
    return f'<nav class="languages" aria-label="{label}">{" ".join(links)}</nav>'


def _reading(document):
    """Return the address of the page to read, from the site's folder."""
    if document.place.startswith("notebooks/"):
        return f"notebooks/{document.path.stem}.html"
    return f"exercises/{document.path.parent.name}/{document.path.stem}.html"


def plain(title, content, name="", standing=(texts.ENGLISH,)):
    """Return a page of the working part that is no notebook."""
    described = texts.text("{title}, of the course Soft Power.", title=title)
    course = escape(texts.text("Soft Power"))
    return (
        f'<!doctype html><html lang="{texts.language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · {course}</title>"
        f'<meta name="description" content="{escape(described)}">'
        '<link rel="icon" href="../_static/icon.svg">'
        f'<link rel="stylesheet" href="{_shared("page/work.css")}"></head><body>'
        f'<header class="bar"><a href="../index.html">{course}</a>'
        f"{switch(name, standing)}</header>"
        f"<main><h1>{escape(title)}</h1>{content}</main></body></html>\n"
    )


def index(everything, standing=(texts.ENGLISH,)):
    """Return the list of what there is to work in, the worked answers apart."""
    work = [one for one in everything if not one.is_solution]
    answers = [one for one in everything if one.is_solution]
    how = texts.text(
        "Choose a lesson, or an exercise. What you do is kept in this browser; "
        "<em>My work</em> at the top of each page saves it as one file."
    )
    content = f"<p>{how}</p>{_list(work)}"
    if answers:
        heading = escape(texts.text("Worked answers"))
        of_them = texts.text(
            "For when you have tried an exercise. What you write on these pages is not handed in."
        )
        content += f"<h2>{heading}</h2><p>{escape(of_them)}</p>{_list(answers)}"
    made_of = escape(texts.text("What this site is made of"))
    content += f'<p><a href="parts.html">{made_of}</a></p>'
    return plain(texts.text("Work in the course"), content, "index", standing)


def _list(some):
    lines = "".join(
        f'<li><a href="{one.name}.html">{escape(_listed(one))}</a></li>' for one in some
    )
    return f"<ul>{lines}</ul>"


def _listed(document):
    if document.place.startswith("notebooks/"):
        return f"{document.name[:2]} {document.title}"
    return document.title
