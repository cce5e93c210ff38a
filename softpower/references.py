"""``softpower references``: write citations and lists of references as a reader expects them.

An author writes a citation by its key in ``data/sources.csv``:

==========================  =========================================================
``[@brandfinance2026]``     in brackets: (Brand Finance 2026)
``[@a2020, p. 3; @b2021]``  several, each with its place: (A 2020, p. 3; B 2021)
``@[yessirkep2025, §2]``    part of the sentence: Yessirkep and colleagues (2025, §2)
==========================  =========================================================

The command turns each into a link to its line in the list at the end, with the whole reference
as the link's title, and writes the list anew. Each line leads back to every place that cites it.
An anchor carries its page's own name, because JupyterLab looks for it in all open notebooks.
What the command has written it also reads, so that running it again changes nothing.
"""

import re
from collections import Counter
from html import escape, unescape
from pathlib import Path

from softpower import data, notebooks, texts
from softpower.errors import CourseError
from softpower.feedback import writing

HEADING = "## References"

# The list on a page of Markdown, under whatever heading; a notebook's cell says that it is one.
_LIST = re.compile(rf"^(?:{HEADING}[ \t]*$|## [^\n]+(?=\n+- <span id=\"ref-))", re.MULTILINE)

# A citation by key, in brackets or as part of the sentence.
KEYED = re.compile(r"\[(?P<group>@[a-z0-9]+[^\]\n]*)\]|@\[(?P<named>[a-z0-9]+[^\]\n]*)\]")
_MADE = re.compile(
    r'<a id="cite-[^"]*" href="#ref-[a-z0-9_]+-(?P<key>[a-z0-9]+)"'
    r' title="[^"]*">(?P<text>[^<]*)</a>'
)
# What such a link shows: the author, the year, and the place, if any.
_SHOWN = re.compile(
    r"[^(]+? (?P<named>\()?(?:about )?(?:\d{4}[a-z]?|no date)(?:, (?P<place>.+?))?(?(named)\))"
)
_BRACKETED = re.compile(r"[(\[](\[@[^\]\n]*\](?:; \[@[^\]\n]*\])*)[)\]]")
_OLD = re.compile(r"\[(?P<cited>[a-z0-9]+(?:,[^\]]*)?)\]\(#[Rr]eferences\)")
_APART = re.compile(r"\[@[^\]\n]*\](?:(?:,|;| and)? \[@[^\]\n]*\])+")
_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
# A key of the old form is part of the sentence after these words, or before these.
_BEFORE = re.compile(
    r"(?:\b(?:of|in|by|from|as|through|with|than|see|quotes)|@\[[^\]]*\] and|^|^[-*>]|[.:?])\s*$"
)
_AFTER = re.compile(
    r"\s(?:quotes?|gives?|lists?|says?|reports?|names?|counts?|shows?|writes?|calls?|puts?)\b"
)
_DOCUMENTS = "**Documents**"  # the line of a lesson's head that lists what it reads


def keyed(text):
    """Return a text with every citation by its key, whatever form it had.

    Parameters
    ----------
    text : str
        Markdown, with citations as the command writes them, by key, or in the old form
        ``[key, place](#References)``.
    """
    text = _BRACKETED.sub(lambda m: m[1].replace("]; [", "; "), _MADE.sub(_by_key, text))
    done, last = "", 0
    for match in _OLD.finditer(text):
        done += text[last : match.start()]
        done += _from_old(match["cited"], done, text[match.end() :])
        last = match.end()
    done += text[last:]
    return "\n".join(
        line if _DOCUMENTS in line else _APART.sub(_joined, line) for line in done.split("\n")
    )


def _joined(match):
    return "[" + "; ".join(re.findall(r"\[(@[^\]]*)\]", match[0])) + "]"


def _by_key(match):
    shown = _SHOWN.fullmatch(unescape(match["text"]))
    cited = match["key"] + (f", {shown['place']}" if shown and shown["place"] else "")
    return f"@[{cited}]" if shown and shown["named"] else f"[@{cited}]"


def _from_old(cited, before, after):
    line = before.rpartition("\n")[2]
    if _DOCUMENTS not in line and (_BEFORE.search(line) or _AFTER.match(after)):
        return f"@[{cited}]"
    return f"[@{cited}]"


def cited(text):
    """Return the source_ids that a text cites, in order of appearance."""
    keys = []
    for match in KEYED.finditer(keyed(text)):
        parts = match["group"].split(";") if match["group"] else [match["named"]]
        keys += [part.strip(" @").partition(",")[0] for part in parts]
    return list(dict.fromkeys(keys))


class Page:
    """The citations of one page, written in order, and its list of references."""

    def __init__(self, name):
        self.name = name
        self.times = Counter()

    def written(self, text):
        """Return a text, its citations by key, with the links that a reader sees."""
        done, last = "", 0
        code = [match.span() for match in _CODE.finditer(text)]
        for match in KEYED.finditer(text):
            if not any(start <= match.start() < end for start, end in code):
                done += text[last : match.start()] + self._shown(match, text[: match.start()])
                last = match.end()
        return done + text[last:]

    def _shown(self, match, before):
        if match["named"]:
            return self._link(match["named"], named=True)
        open_, close = self._brackets(before)
        links = "; ".join(self._link(part.strip(" @")) for part in match["group"].split(";"))
        return open_ + links + close

    @staticmethod
    def _brackets(before):
        """Return the brackets for a citation: none in a list, square ones in round ones."""
        line = re.sub(r"\]\([^)]*\)", "", before.rpartition("\n")[2])
        if _DOCUMENTS in line:
            return "", ""
        if line.count("(") <= line.count(")"):
            return "(", ")"
        return ("", "") if len(line.rpartition("(")[2].split()) < 3 else ("[", "]")

    def _link(self, cited, named=False):
        key, _, place = cited.partition(",")
        label = data.citation(key, place.strip(), named=named)
        self.times[key] += 1
        return (
            f'<a id="cite-{self.name}-{key}-{self.times[key]}" href="#ref-{self.name}-{key}"'
            f' title="{_attribute(data.reference(key))}">{escape(label, quote=False)}</a>'
        )

    def references(self):
        """Return the list at the end: each source cited, with the ways back to the text."""
        keys = sorted(self.times, key=lambda key: data.reference(key).removeprefix("The ").lower())
        return "\n".join(self._line(key) for key in keys)

    def _line(self, key):
        back = texts.text("Back to the text")
        ways = ", ".join(
            f'<a href="#cite-{self.name}-{key}-{time}" title="{_attribute(back)}">{time}</a>'
            for time in range(1, self.times[key] + 1)
        )
        address = data.source(key)["url"]
        link = f" <{address}>" if isinstance(address, str) else ""
        text = escape(data.reference(key), quote=False)
        cited = texts.text("Cited: {ways}.", ways=ways)
        return f'- <span id="ref-{self.name}-{key}"></span>{text}{link} {cited}'


def _attribute(text):
    # A dollar sign would begin a formula, and a line a column of a table.
    return escape(text).replace("$", "&#36;").replace("|", "&#124;")


def page_name(path):
    """Return what tells a page's anchors from all others': ``05``, ``x05``, ``n05``, a name."""
    path = Path(path)
    lesson = re.match(r"(?:exercise_)?(\d\d)_", path.stem)
    if not lesson:
        return path.stem
    exercise = path.stem.startswith("exercise_") or path.parent.name[:3] == f"{lesson[1]}_"
    kind = "x" if exercise else "n" if path.parent.name == "notes" else ""
    return kind + lesson[1]


def body(text):
    """Return a page's text without its list of references."""
    return text[: found.start()] if (found := _LIST.search(text)) else text


def is_list(cell):
    """Say whether a cell of a notebook is its list of references."""
    return notebooks.part(cell) == "references"


def rewritten(texts, name, lists=None):
    """Return the texts of a page with its citations and its list of references written anew.

    Parameters
    ----------
    texts : list of str
        Markdown, in order.
    name : str
        The page's name, see :func:`page_name`.
    lists : list of int, optional
        Which of them are the list of references; without it, what a text has at its end under
        the heading References is it.

    Raises
    ------
    CourseError
        Where a source is cited that ``data/sources.csv`` does not list, or the list is missing.
    """
    page = Page(name)
    ends = [at for at, text in enumerate(texts) if _LIST.search(text)] if lists is None else lists
    bodies = [keyed("" if at in (lists or ()) else body(text)) for at, text in enumerate(texts)]
    done = [page.written(one) for one in bodies]
    if page.times and len(ends) != 1:
        raise CourseError(f"The page {name} needs one list of references; it has {len(ends)}.")
    if ends:
        heading = texts[ends[0]][len(body(texts[ends[0]])) :] if lists is None else texts[ends[0]]
        done[ends[0]] += f"{heading.partition(chr(10))[0]}\n\n{page.references()}"
    return done


def rewrite(path, short=False):
    """Return a page's text or notebook with its citations written, or by key where ``short``."""
    path = Path(path)
    if path.suffix == ".md":
        text = path.read_text(encoding="utf-8")
        return keyed(text) if short else rewritten([text], page_name(path))[0].rstrip() + "\n"
    return rewrite_notebook(notebooks.read(path), page_name(path), short)


def rewrite_notebook(notebook, name, short=False):
    """Write a notebook's citations and its list of references anew, in place; returns it.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    name : str
        The page's name, see :func:`page_name`.
    short : bool
        Whether citations are to stand by key, for an author to edit.
    """
    cells = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "markdown" or writing.is_place(cell.source)
    ]
    texts = [cell.source for cell in cells]
    lists = [at for at, cell in enumerate(cells) if is_list(cell)]
    texts = [keyed(text) for text in texts] if short else rewritten(texts, name, lists)
    for cell, text in zip(cells, texts, strict=True):
        cell.source = text
    return notebook


def differs(path):
    """Return whether a page is not as the command writes it."""
    path = Path(path)
    if path.suffix == ".md":
        return rewrite(path) != path.read_text(encoding="utf-8")
    return rewrite(path) != notebooks.read(path)


def pages():
    """Return every lesson, worked exercise, data essay and page of notes of the repository."""
    root = data.folder().parent
    found = [*root.glob("notebooks/*.ipynb"), *root.glob("solutions/*/*.ipynb")]
    essays = sorted(data.folder().glob("essays/*.md"))
    return sorted(found) + essays + sorted(root.glob("docs/notes/*.md"))


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PAGE", help="default: all")
    parser.add_argument("--check", action="store_true", help="exit 1 where a page differs")
    parser.add_argument("--short", action="store_true", help="write citations by key, to edit")


def run(arguments):
    """Write each page's citations and references, or with ``--check`` compare them."""
    different = 0
    for path in arguments.paths or pages():
        if not arguments.short and not differs(path):
            continue
        different += 1
        if arguments.check:
            print(f"{path.name} is not as softpower references writes it.")
        else:
            made = rewrite(path, arguments.short)
            if path.suffix == ".md":
                path.write_text(made, encoding="utf-8")
            else:
                notebooks.write(made, path)
            print(f"{path} written.")
    return 1 if arguments.check and different else 0
