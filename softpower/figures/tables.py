"""Tables as the reader gets them: a caption, headings, one number of decimals a column."""

from dataclasses import dataclass, field
from html import escape

import numpy as np
import pandas as pd

from softpower import data, texts
from softpower.figures.style import decimals_of, is_year, upper

# A caption is never wider than its table; a table of two numbers would fold it word by word.
_TABLE = '<table style="min-width:18em">'


@dataclass(frozen=True)
class Table:
    """A table as the reader gets it: with a caption, column headings and its source."""

    frame: pd.DataFrame
    caption: str
    source: str = ""
    options: dict = field(default_factory=dict)

    def _repr_mimebundle_(self, include=None, exclude=None):
        html = (
            '<figure style="margin:0.5em 0;max-width:60rem">'
            f"{table_html(self.frame, caption=self.caption, **self.options)}"
            f"{source_html(self.source)}</figure>"
        )
        parts = [self.caption, plain_table(self.frame, **self.options), self.source]
        return {"text/html": html, "text/plain": "\n".join(part for part in parts if part)}


def table(frame, columns=None, *, caption, sources=(), labels=None, decimals=None, gap=None):
    """Show a table with a caption and its source line.

    Parameters
    ----------
    frame : pandas.DataFrame
        The figures. Its index is not shown. Each column of numbers is written with as many
        decimals as its figures need, two at most.
    columns : list of str, optional
        Which columns, in which order. All, where not given.
    caption : str
        What the table says, in one sentence.
    sources : pandas.DataFrame or list of pandas.DataFrame, optional
        The tables that these figures were worked out from: their sources are credited, and
        the line says "derived". Where not given, the column ``source_id`` speaks.
    labels : dict, optional
        Headings for columns, where their names or titles do not serve.
    decimals : dict, optional
        The number of decimals of a column, where it is not to be found from its figures.
    gap : str, optional
        A column of ranks or other steps of one: where a step is longer, a row of dots says so.
    """
    line = source_line(frame, sources)
    shown = frame if columns is None else frame[list(columns)]
    shown.attrs = frame.attrs | {"labels": frame.attrs.get("labels", {}) | (labels or {})}
    options = {"decimals": decimals or {}, "gap": gap}
    return Table(
        shown, texts.cell(caption), line, {key: value for key, value in options.items() if value}
    )


def source_line(frame, sources):
    """Return the line of sources of a table, or of the tables that it was worked out from."""
    tables = [sources] if isinstance(sources, pd.DataFrame) else list(sources)
    return data.source_line(*tables, computed=True) if tables else data.source_line(frame)


def source_html(line):
    """Return the line of sources on a line of its own, folded where it is long."""
    if not line:
        return ""
    look = 'style="margin:0.2em 0"'
    many = line.count("; ") + 1
    if many < 4:
        return f"<p {look}><small>{escape(line)}</small></p>"
    if line.endswith(")."):
        counted = texts.texts(
            "{count} source ({status}).",
            "{count} sources ({status}).",
            many,
            status=line[line.rindex(" (") + 2 : -2],
        )
    else:
        counted = texts.texts("{count} source.", "{count} sources.", many)
    return (
        f"<details {look}><summary><small>{escape(counted)}</small></summary>"
        f"<p {look}><small>{escape(line)}</small></p></details>"
    )


def label(frame, column):
    """Return a column's title: the author's, the manifest's, or its name in words."""
    return texts.cell(frame.attrs.get("labels", {}).get(column, str(column).replace("_", " ")))


def _is_numeric(values):
    if pd.api.types.is_bool_dtype(values):
        return False
    if pd.api.types.is_numeric_dtype(values):
        return True
    held = values.dropna()
    return len(held) > 0 and all(
        isinstance(value, (int, float, np.number)) and not isinstance(value, bool) for value in held
    )


def _written(frame, column, decimals):
    """Return one column as text; a missing word is a dash, a missing figure "no data"."""
    values = frame[column]
    if not _is_numeric(values):
        return [_word(value) for value in values]
    missing = texts.text("no data")
    if is_year(column, values):
        return [missing if pd.isna(value) else f"{value:.0f}" for value in values]
    # Where rows have units of their own, each unit has its own number of decimals.
    units = frame["unit"] if column == "value" and "unit" in frame else pd.Series("", values.index)
    places = {
        unit: decimals_of(values[units == unit]) if decimals is None else decimals
        for unit in units.unique()
    }
    return [
        missing if pd.isna(value) else texts.number(float(value), places.get(unit, 2))
        for value, unit in zip(values, units, strict=True)
    ]


def _word(value):
    if pd.isna(value):
        return "–"
    if isinstance(value, (bool, np.bool_)):
        return texts.text("yes") if value else texts.text("no")
    if isinstance(value, (int, float, np.number)):
        return texts.number(value)
    # A source's key means nothing to a reader, and is no word of a catalogue.
    cited = data.cite_keys(str(value)) if " " not in str(value) else str(value)
    return cited if cited != str(value) else data.cite_keys(texts.cell(str(value)))


def _text_frame(frame, decimals=None, gap=None):
    """Return a table as text under its headings."""
    frame = frame.reset_index(drop=True)
    decimals = decimals or {}
    text = {
        upper(label(frame, column)): _written(frame, column, decimals.get(column))
        for column in frame.columns
    }
    shown = pd.DataFrame(text)
    if gap is None:
        return shown
    breaks = frame.index[frame[gap].diff().abs() > 1]
    pieces, start = [], 0
    for place in breaks:
        pieces += [shown.iloc[start:place], pd.DataFrame({name: ["⋮"] for name in shown})]
        start = place
    return pd.concat([*pieces, shown.iloc[start:]], ignore_index=True)


def table_html(frame, *, caption, decimals=None, gap=None):
    """Return a table as accessible HTML: caption, column headings with scope, no index."""
    text = _text_frame(frame, decimals, gap)
    sides = ["right" if _is_numeric(frame[column]) else "left" for column in frame.columns]
    style = [f'style="text-align:{side};vertical-align:top"' for side in sides]
    heads = "".join(
        f'<th scope="col" {look}>{escape(str(heading))}</th>'
        for look, heading in zip(style, text.columns, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td {look}>{escape(cell)}</td>" for look, cell in zip(style, row, strict=True))
        + "</tr>\n"
        for row in text.itertuples(index=False)
    )
    return (
        f'{_TABLE}<caption style="text-align:left">{escape(caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
    )


def plain_table(frame, decimals=None, gap=None):
    """Return a table as text, without its index."""
    return _text_frame(frame, decimals, gap).to_string(index=False)
