"""Notebooks and pages of Markdown: their texts, and the same page in another language.

A message's context is the name of its page and of its cell, ``05/truck``: the same words may need
other words elsewhere. Code stays as it is but for what it writes over a chart or a table.
"""

import ast
import copy
import re
from html import escape

from softpower import notebooks, references
from softpower.feedback import writing
from softpower.translation import blocks
from softpower.translation.po import Message

SHOWN = ("finding", "sentence", "caption")  # arguments that a reader reads
NOTE = "<small lang="  # how a note begins that no source has
_LINK = re.compile(r"(\]\()([^()\s#]*)#([^()\s]+)(\))")


def written_over(code):
    """Return what code writes over its charts and tables.

    Returns
    -------
    list of (str, tuple)
        The text, and where it stands: (first line, column, last line, column) in bytes.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return []
    values = [
        word.value for word in ast.walk(tree) if isinstance(word, ast.keyword) and word.arg in SHOWN
    ]
    parts = [part for value in values for part in _texts(value)]
    return [
        (one.value, (one.lineno - 1, one.col_offset, one.end_lineno - 1, one.end_col_offset))
        for one in sorted(parts, key=lambda one: (one.lineno, one.col_offset))
    ]


def _texts(value):
    """Return the whole texts that a value may be: also those of ``a if … else b``."""
    if isinstance(value, ast.IfExp):
        return _texts(value.body) + _texts(value.orelse)
    plain = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return [value] if plain and blocks.spoken(value.value) else []


def with_words(code, said):
    """Return code with other words over its charts; nothing else is touched."""
    lines = [line.encode() for line in code.split("\n")]
    for text, (top, left, bottom, right) in reversed(written_over(code)):
        other = said(text, "code")
        if other != text:
            literal = '"' + other.replace("\\", "\\\\").replace('"', '\\"') + '"'
            literal = literal.replace("\n", "\\n")
            lines[top : bottom + 1] = [lines[top][:left] + literal.encode() + lines[bottom][right:]]
    return b"\n".join(lines).decode()


def prose(cell):
    """Return a cell's Markdown, citations by their keys, behind what stays before it."""
    if cell.cell_type == "markdown":
        text = references.keyed(cell.source)
        return ("", text.partition("\n")[0] if references.is_list(cell) else text)
    if writing.is_place(cell.source):
        first, end, rest = cell.source.partition("\n")
        return first + end, references.keyed(rest)
    return None


def of_notebook(notebook, name):
    """Return every text of a notebook that a reader reads.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    name : str
        Of the page: ``"05"``, ``"x05"`` (see ``references.page_name``).

    Returns
    -------
    list of Message
    """
    found = {}
    for cell in notebook.cells:
        text = prose(cell)
        said = blocks.messages(text[1]) if text else [t for t, _ in written_over(cell.source)]
        note = notebooks.part(cell)
        for one in said:
            message = Message(f"{name}/{cell.id}", one, note=note)
            found.setdefault(message.key, message)
    return list(found.values())


def of_page(text, name):
    """Return every text of a page of Markdown."""
    text = references.keyed(text)
    body = references.body(text)
    text = body + text[len(body) :].partition("\n")[0]  # with the heading of the list
    return [Message(name, one) for one in dict.fromkeys(blocks.messages(text))]


def notebook_in(notebook, name, say, language):
    """Return a notebook in another language, its list of references made anew.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    name : str
    say : callable
        Takes a context, a text and its kind, returns what a reader of the language reads.
    language : str
    """
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        context = f"{name}/{cell.id}"
        text = prose(cell)
        if text:
            before, words = text
            cell.source = before + blocks.changed(words, lambda t, k, c=context: say(c, t, k))
        else:
            cell.source = with_words(cell.source, lambda t, k, c=context: say(c, t, k))
    references.rewrite_notebook(made, name)
    made.metadata["softpower"] = {"language": language}
    return made


def page_in(text, name, say):
    """Return a page of Markdown in another language, its list of references made anew."""
    keyed = references.keyed(text)
    body = references.body(keyed)
    made = blocks.changed(body, lambda block, kind: say(name, block, kind))
    heading = keyed[len(body) :].partition("\n")[0]
    if not heading:
        return references.rewritten([made], name, [])[0]
    heading = blocks.changed(heading, lambda block, kind: say(name, block, kind))
    return "".join(references.rewritten([made, heading], name, [1]))


def headings(texts):
    """Return the anchors of a page's headings, in their order."""
    found = []
    for text in texts:
        pieces = [piece.text for piece in blocks.cut(text) if piece.kind == "heading"]
        found += [notebooks.anchor(re.sub(r"<[^>]*>", "", one)) for one in pieces]
    return found


def with_anchors(text, page, anchors):
    """Return a text whose links to headings lead to where these are called otherwise.

    Parameters
    ----------
    text : str
    page : str
        The file name of the page itself.
    anchors : dict
        File name → {anchor in English: anchor in the language}.
    """

    def other(match):
        open_, file, anchor, close = match.groups()
        here = anchors.get(file.rpartition("/")[2] or page, {})
        return f"{open_}{file}#{here.get(anchor, anchor)}{close}"

    return _LINK.sub(other, text)


def in_english(text, kind):
    """Return a block that has no translation yet, marked so for screen readers and browsers."""
    if kind in ("code", "heading") or text.startswith("<"):
        return text
    return f'<span lang="en">{text}</span>'


def note(words, language):
    """Return what an edition says of itself at the head of a page, in Markdown."""
    return f'\n\n{NOTE}"{escape(language)}">{escape(words, quote=False)}</small>'
