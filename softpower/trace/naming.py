"""Writes down what carries the figures outside the notebooks, into ``data/carried.toml``."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from softpower.errors import CourseError
from softpower.trace import bank, ledger, marks, pages, strings, tables
from softpower.trace.passage import search


def texts(path):
    """Return the passages of a file, a list of Passage.

    Raises
    ------
    CourseError
        Where it is none of those that are read.
    """
    path = Path(path)
    if path.suffix in (".ipynb", ".md"):
        return pages.passages(path)
    if path.suffix == ".toml":
        return bank.passages(path)
    if path.suffix in (".py", ".js", ".json"):
        return strings.passages(path)
    if path.suffix == ".csv":
        return [passage for passage, _ in tables.passages(path.stem)]
    raise CourseError(f"{path.name} is no notebook, essay, bank file, script, plan or table.")


def name(paths):
    """Write down what carries each figure of some files; what was found before stays if it holds.

    Parameters
    ----------
    paths : iterable of pathlib.Path
        Files of the bank, scripts, plans and tables.

    Returns
    -------
    list of Traced
        What is new, so that somebody should look; a problem where nothing was found.
    """
    found, new = dict(ledger.read(ledger.CARRIED)), []
    for path in paths:
        found[path.name], news = _carried(path)
        new += news
    ledger.write(found)
    return new


def _carried(path):
    """Return ``{place: {figure: what carries it}}`` for one file, and what is new in it."""
    found, new = {}, []
    known = ledger.read(ledger.CARRIED).get(path.name, {})
    for passage, look in _with_search(path):
        places, before = found.setdefault(passage.place, {}), known.get(passage.place, {})
        for figure in passage.figures():
            mark, old = passage.marks.get(figure.text), before.get(figure.text)
            traced = look(figure) if mark == old and figure.text not in places else None
            if traced is None:  # a person marked it, its row carries it by itself, or it is done
                continue
            if old and not marks.check(figure, old, passage)[1]:
                places[figure.text] = old
                continue
            new.append(traced)
            if not traced.problem:
                places[figure.text] = traced.row.address if traced.row else traced.source
    return found, new


def _with_search(path):
    """Yield each passage of a file with the function that looks for a figure's carrier."""
    if path.suffix == ".csv":
        for passage, record in tables.passages(path.stem):
            yield (
                passage,
                partial(tables.searched, passage=passage, name=path.stem, record=record),
            )
    else:
        for one in texts(path):
            passage = replace(one, marks=one.marks or {})  # an essay that is new has none yet
            yield passage, partial(search, passage=passage, path=path)
