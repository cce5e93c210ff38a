"""Keeps the marks by which the sentence of an option is read as its letter: see ``reading``."""

import re

from softpower import notebooks
from softpower.feedback.answers import Choice, Listing
from softpower.feedback.loader import bank
from softpower.feedback.reading import options

_OPTION = re.compile(r"^- \*\*([a-j])\*\* (.+)$", re.MULTILINE)
_CHECK = re.compile(r'^feedback\.check\("([^"]+)"\)', re.MULTILINE)


def sentences(root):
    """Return the sentences of the options of each question, as the notebooks have them today.

    Parameters
    ----------
    root : pathlib.Path
        The folder of the course, or of an edition of it.

    Returns
    -------
    dict of str to list of str
    """
    found = {}
    for path in sorted([*root.glob("notebooks/*.ipynb"), *root.glob("solutions/*/*.ipynb")]):
        found.update(_of(notebooks.read(path)))
    return found


def made(root):
    """Return the text of the file of marks, as the notebooks of a course make it today."""
    return options.written(sentences(root))


def _is_ours(solutions):
    """Say whether solutions are those of the course in which this package stands."""
    return solutions.resolve().parent == options.MARKS.resolve().parents[3]


def keep(solutions):
    """Write the file of marks where it differs and the solutions are this course's own.

    Left alone where it is today's: another process may be reading it.
    """
    if not _is_ours(solutions):
        return
    today = made(solutions.resolve().parent)
    if options.kept() != today:
        options.MARKS.write_text(today, encoding="utf-8")


def report(solutions):
    """Say whether the file of marks is not what the notebooks make today: 1, and 0 where it is."""
    if not _is_ours(solutions) or options.kept() == made(solutions.resolve().parent):
        return 0
    print("The options of a question were changed. Run softpower release, and commit it.")
    return 1


def _of(notebook):
    """Yield each question of letters in a notebook with the sentences of its options."""
    questions, last = bank(), []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            last = _OPTION.findall(cell.source) or last
        for asked in _CHECK.findall(cell.source) if cell.cell_type == "code" else ():
            right = getattr(questions.get(asked), "right", None)
            letters = isinstance(right, Choice) or (isinstance(right, Listing) and right.of_letters)
            if letters and [letter for letter, _ in last] == list("abcdefghij"[: len(last)]):
                yield asked, [sentence for _, sentence in last]
            last = []
