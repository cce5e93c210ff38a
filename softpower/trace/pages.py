"""The passages of a lesson, an exercise and a data essay."""

import ast
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

from softpower import data, notebooks, references
from softpower.feedback import writing
from softpower.trace import ledger
from softpower.trace.carriers import citations
from softpower.trace.passage import Passage, Traced, follow
from softpower.trace.reading import Figure

SOURCE_LINE = re.compile(r"Sources?: [^<]+")
LINK = re.compile(r"https?://[^\s)>\]]+")


def passages(path):
    """Return the passages of a notebook or essay: its prose without the list of references.

    Parameters
    ----------
    path : path
        A notebook, or an essay in Markdown.

    Returns
    -------
    list of Passage
        Each with its citations by key, and in a notebook with the rows that its cell names.
    """
    path = Path(path)
    if path.suffix == ".md":
        text = references.body(path.read_text(encoding="utf-8"))
        parts = [references.keyed(part) for part in text.split("\n\n") if part.strip()]
        carried = ledger.of(path.name, "*") or None  # one that is new is read like a lesson
        return [Passage(part, topic=parts[0], marks=carried) for part in parts]
    found = []
    for cell in notebooks.read(path).cells:
        if references.is_list(cell):
            break
        found += of_cell(cell, found[0].text if found else None)
    return found


def of_cell(cell, title):
    """Return what a reader reads of a cell: its prose, or the words over its charts.

    Parameters
    ----------
    cell : nbformat.NotebookNode
    title : str or None
        The title of the page, which is the topic of its prose; None for its first cell.
    """
    named = named_rows(cell)
    if cell.cell_type == "markdown" or writing.is_place(cell.source):
        text = cell.source
        text = references.keyed(text if cell.cell_type == "markdown" else _with_keys(text))
        return [Passage(text, named, text if title is None else title)] if text.strip() else []
    cited = "".join(f" [@{source}]" for source in _shown_sources(cell))
    return [Passage(text + cited, named, None) for text in _written_over(cell.source)]


def named_rows(cell):
    """Return the addresses of the rows from which a cell says that each figure comes."""
    return dict(cell.metadata.get("softpower", {}).get("rows", {}))


def _with_keys(words):
    """Return a written answer with the key of each source that it names: (Kazinform 2018)."""
    for key in data.load("sources")["source_id"]:
        words = re.sub(rf"{re.escape(data.citation(key))}\b", f"[@{key}]", words)
    return words


def _written_over(code):
    """Return what code writes over its chart; a text that it puts together has no typed figure."""
    words = [
        keyword.value.value
        for keyword in ast.walk(ast.parse(code))
        if isinstance(keyword, ast.keyword)
        and keyword.arg in ("finding", "sentence", "caption")
        and isinstance(keyword.value, ast.Constant)
    ]
    return [" ".join(words)] if words else []


def _shown_sources(cell):
    """Return the sources in the line that the stored output shows under its chart."""
    shown = " ".join(notebooks.shown(cell))
    lines = " ".join(SOURCE_LINE.findall(unescape(shown)))
    if not lines:
        return []
    cited = [key for key in data.load("sources")["source_id"] if data.citation(key) in lines]
    return [*cited, "course2026"] if "derived" in lines else cited


def dead_ends(path):
    """Return a problem for each citation and link of a page that leads nowhere."""
    prose = [passage.text for passage in passages(path) if passage.topic is not None]
    known = data.load("sources").set_index("source_id")
    unknown = [(key, part) for part in prose for key in citations(part) if key not in known.index]
    found = []
    for key, passage in unknown:
        sentence = next(line for line in passage.splitlines() if key in line)
        found.append((key, sentence, "there is no such source in data/sources.csv"))
    if not unknown and references.differs(path):
        why = "citations or list differ from what softpower references writes: run it"
        found.append(("References", "", why))
    addresses = set(known["url"].dropna())
    for passage in prose:
        for link in LINK.findall(passage):
            if link.rstrip(".,;") not in addresses:
                why = "the link is no address in data/sources.csv"
                found.append((link, passage.strip()[:80], why))
    return [
        Traced(str(path), Figure(text, 0, 0, "", sentence), problem=why)
        for text, sentence, why in found
    ]


def name_rows(path):
    """Write into each cell of a notebook the rows that carry its figures today.

    From then on a figure of that cell has to stand in the row that the cell names for it: a
    wrong digit that happens to be right in another row of the same source is found. A row that
    a cell names already, and that still fits, stays.

    Returns
    -------
    list of (Figure, list of str)
        Those for which several rows fit and of which none was named, each with the addresses,
        the chosen one first.
    """
    notebook, doubtful = notebooks.read(path), []
    title = None
    for cell in notebook.cells:
        if references.is_list(cell):
            break
        found = of_cell(cell, title)
        if title is None and found:
            title = found[0].text
        addresses, doubts = _named(found)
        doubtful += doubts
        own = dict(cell.metadata.get("softpower", {}))
        own.pop("rows", None)
        if addresses:
            own["rows"] = {text: addresses[text] for text in sorted(addresses)}
        cell.metadata.pop("softpower", None)
        if own:
            cell.metadata["softpower"] = own
    notebooks.write(notebook, path)
    return doubtful


def _holds(passage, figure, one):
    return not follow(figure, replace(passage, named={figure.text: [one]})).problem


def _named(found):
    """Return the row of each figure of a cell's passages, and where somebody should look."""
    addresses, doubtful = {}, []
    for passage in found:
        for figure in passage.figures():
            fitting = passage.fitting(figure)
            kept = [
                one for one in passage.named.get(figure.text, []) if _holds(passage, figure, one)
            ]
            names = addresses.setdefault(figure.text, [])
            names += [one for one in kept or fitting[:1] if one not in names]
            if len(fitting) > 1 and not kept:
                doubtful.append((figure, fitting))
    return {text: names for text, names in addresses.items() if names}, doubtful
