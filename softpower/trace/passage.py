"""A passage to read, and how its figures are followed to what carries them."""

from dataclasses import dataclass, field

from softpower.trace import marks
from softpower.trace.carriers import Row, carrier, citations, fitting
from softpower.trace.reading import Figure, figures_in


@dataclass(frozen=True)
class Passage:
    """A piece of text to read, with citations by key.

    Attributes
    ----------
    text : str
    named : dict
        The rows that its cell names for its figures, ``{"80th": ["gspi_ranks [...]"]}``; empty
        where the cell names none.
    topic : str or None
        What the whole page or question is about: it may name the country for all its passages.
        None over a chart, which shows more countries than it names.
    where : str
        What a reader of the report looks for: ``question 05.3, hints``.
    given : frozenset of float
        The numbers that the question itself gives. They carry what a message says of them.
    marks : dict or None
        What carries each figure, see :mod:`softpower.trace.marks`; None for a page, whose cells
        name rows.
    place : str
        The question or row under which a mark is written.
    """

    text: str
    named: dict = field(default_factory=dict)
    topic: str | None = ""
    where: str = ""
    given: frozenset = frozenset()
    marks: dict | None = None
    place: str = "*"

    def figures(self):
        """Return the figures in the text, in order."""
        return figures_in(self.text)

    def fitting(self, figure):
        """Return the addresses of all rows that could carry a figure, the chosen one first."""
        return fitting(figure, self.text, self.topic)


@dataclass(frozen=True)
class Traced:
    """A figure of the prose with the row that carries it, or the problem.

    ``source``: the source of the row, or what else carries the figure: the question's task, or
    the words of its mark.
    """

    path: str
    figure: Figure
    row: Row | None = None
    source: str = ""
    problem: str = ""
    where: str = ""


def follow(figure, passage, path=""):
    """Follow one figure of a passage; returns a :class:`Traced`."""
    if passage.marks is None:
        return _on_page(figure, passage, path)
    mark = passage.marks.get(figure.text)
    row, problem = marks.check(figure, mark, passage) if mark else (None, _UNMARKED)
    return Traced(str(path), figure, row, mark or "", problem, passage.where)


def _on_page(figure, passage, path):
    """Follow a figure of a notebook, whose cell may name a mark in the place of a row."""
    for mark in passage.named.get(figure.text, []):
        if not marks.ADDRESS.fullmatch(mark) and not marks.check(figure, mark, passage)[1]:
            return Traced(str(path), figure, source=mark, where=passage.where)
    return search(figure, passage, path)


def search(figure, passage, path=""):
    """Look for what carries a figure, whatever its marks say; returns a :class:`Traced`."""
    found = {"path": str(path), "figure": figure, "where": passage.where}
    if marks.is_given(figure, passage.given):
        return Traced(source=marks.TASK, **found)
    if marks.is_end(figure) and passage.marks is not None:
        return Traced(source=marks.SCALE, **found)
    carried = carrier(figure, passage.text, passage.topic, passage.named)
    if carried:
        return Traced(row=carried[0], source=carried[1], **found)
    return Traced(problem=_why(figure, passage), **found)


_UNMARKED = (
    "nothing is named that carries it: run softpower trace --name, and look at what it finds; "
    "where it finds nothing, mark the figure (CONTRIBUTING.md, Figures)"
)


def _why(figure, passage):
    cited = citations(passage.text)
    if not cited:
        return "no source is cited in this passage"
    if passage.named and carrier(figure, passage.text):
        return (
            "its cell names no row that holds it: mend the figure, or run softpower trace --name "
            "and look at the row that it finds"
        )
    return f"no row of the sources cited here ({', '.join(cited)}) holds it"
