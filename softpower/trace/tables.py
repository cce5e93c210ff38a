"""The passages of ``data/``: the sentences that stand in the tables and in the manifest.

A figure in a sentence is carried by the numbers of its own row, by another row of its source,
or by a mark in ``data/figures.toml``. A sentence never carries itself.
"""

import pandas as pd

from softpower import data
from softpower.trace import ledger, marks
from softpower.trace.carriers import at, carries_words, holds, key_of
from softpower.trace.passage import Passage, Traced, follow, search
from softpower.trace.reading import SCALES

_NO_PROSE = ("_id", "iso3", "unit", "place", "section", "url", "outline", "read_at", "stated_at")


def names():
    """Return the tables that have sentences; a list of references and outlines have none."""
    return [name for name in data.names() if name not in ("sources", "outlines")]


def passages(name):
    """Return the sentences of a table, each with the sources and the address of its row.

    Parameters
    ----------
    name : str
        The table.

    Returns
    -------
    list of (Passage, dict)
        The row as a record, because its own numbers may carry a figure.
    """
    if name not in names():
        return []
    table = data.load(name)
    ids = [column for column in table if column.endswith("source_id") or column == "read_in"]
    found = []
    for record in table.to_dict("records"):
        key = key_of(name, record)
        cited = "".join(f" [@{record[column]}]" for column in ids if pd.notna(record[column]))
        # A table of one country's rows names it in a column; any other may speak of several.
        country = record.get("country", record.get("case"))
        topic = f"{country} {record.get('year', '')}" if country else None
        for column, text in record.items():
            if isinstance(text, str) and not column.endswith(_NO_PROSE):
                where = f"[{key}], {column}"
                carried = ledger.of(f"{name}.csv", key)
                passage = Passage(text + cited, {}, topic, where, frozenset(), carried, key)
                found.append((passage, record))
    return found


def trace(name):
    """Follow every figure in the sentences of a table; returns a list of :class:`Traced`."""
    found = []
    for passage, record in passages(name):
        for figure in passage.figures():
            found.append(followed(figure, passage, name, record))
    return found


def followed(figure, passage, name, record):
    """Follow one figure of a row's sentence; returns a :class:`Traced`."""
    itself = _itself(figure, passage, name, record)
    return itself or follow(figure, passage, data.folder() / f"{name}.csv")


def searched(figure, passage, name, record):
    """Look for what carries a figure of a row's sentence; None where its row does by itself."""
    if _itself(figure, passage, name, record):
        return None
    found = search(figure, passage, data.folder() / f"{name}.csv")
    address = f"{name} [{passage.place}]"
    if found.row and found.row.address == address:  # a sentence cannot be its own witness
        row = carries_words(figure, passage.text, address)
        why = "" if row else "only this sentence has it: give it a row, or mark it as said"
        return Traced(found.path, figure, row, found.source, why, passage.where)
    return found


def _itself(figure, passage, name, record):
    """Return a :class:`Traced` where the numbers of the sentence's own row carry a figure."""
    if figure.text in ledger.marked(f"{name}.csv", passage.place):
        return None
    own = next(
        (r for r in at(f"{name} [{passage.place}]") if r.measured and holds(r, figure)), None
    )
    source = "the row itself" if own else "arithmetic" if _adds_up(passage, record) else ""
    path = str(data.folder() / f"{name}.csv")
    return Traced(path, figure, own, source, where=passage.where) if source else None


def _adds_up(passage, record):
    """Return whether a text is arithmetic that gives its row's number, such as a formula."""
    value = record.get("value")
    if value is None or pd.isna(value):
        return False
    formula = passage.text.partition(" [@")[0]
    try:
        made = marks.evaluate(formula)
    except (SyntaxError, ValueError, ZeroDivisionError, TypeError):
        return False
    if marks.unknown(formula, marks.ENDS):
        return False
    unit = str(record.get("unit", ""))
    scale = next((SCALES[word] for word in unit.split() if word in SCALES), 1)
    decimals = len(f"{value:.10g}".partition(".")[2])
    units = (made, made * 100) if "%" in unit else (made, made / scale)
    return any(abs(one - value) <= 0.51 * 10**-decimals for one in units)
