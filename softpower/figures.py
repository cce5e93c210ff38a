"""Floor 3. Charts in the house style, each with its finding, sentence, source and table.

A picture alone shuts out whoever cannot see it, and JupyterLab, nbconvert and Sphinx all
drop a matplotlib figure's description. So a chart is shown as HTML: an image with
alternative text, the same sentence below it, its source, and its figures as a table.
"""

import base64
import io
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from softpower import data

# Safe for colour-blind readers (after Okabe and Ito, darkened so that each colour has a
# contrast of at least 4.5 to 1 on white and can carry text).
BLUE, ORANGE, GREEN, PURPLE, GREY, INK = (
    "#0067A5",
    "#B34700",
    "#00735C",
    "#8A3C7A",
    "#6B6B6B",
    "#222222",
)
COLOURS = {
    "Kazakhstan": BLUE,
    "South Korea": ORANGE,
    "Japan": PURPLE,
    "United Kingdom": GREEN,
}
CYCLE = (BLUE, ORANGE, PURPLE, GREEN, GREY, INK)
MARKERS = ("o", "s", "^", "D", "v", "X")

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.titlesize": 13,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 14,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": "#DDDDDD",
    "lines.linewidth": 2.2,
    "lines.markersize": 7,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}


@dataclass(frozen=True)
class Chart:
    """A chart as the reader gets it, on the screen and through a screen reader."""

    finding: str
    sentence: str
    source: str
    table: pd.DataFrame
    png: bytes

    @property
    def alternative_text(self):
        """The finding and the sentence: what the chart shows, in words."""
        return f"{self.finding.rstrip('.')}. {self.sentence}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        picture = base64.b64encode(self.png).decode()
        html = (
            '<figure style="margin:0;max-width:48rem">'
            f'<img src="data:image/png;base64,{picture}" alt="{escape(self.alternative_text)}" '
            'style="max-width:100%;height:auto">'
            f"<figcaption>{escape(self.sentence)} <small>{escape(self.source)}</small></figcaption>"
            "<details><summary>The same figures as a table</summary>"
            f"{table_html(self.table, caption=self.finding)}</details></figure>"
        )
        return {"text/html": html, "text/plain": self.alternative_text}


@dataclass(frozen=True)
class Table:
    """A table as the reader gets it: with a caption, column headings and its source."""

    frame: pd.DataFrame
    caption: str
    source: str = ""

    def _repr_mimebundle_(self, include=None, exclude=None):
        # Below the table, because a caption is never wider than the table itself.
        line = f"<figcaption><small>{escape(self.source)}</small></figcaption>"
        html = (
            '<figure style="margin:0;max-width:60rem">'
            f"{table_html(self.frame, caption=self.caption)}{line if self.source else ''}</figure>"
        )
        parts = [self.caption, plain_table(self.frame), self.source]
        return {"text/html": html, "text/plain": "\n".join(part for part in parts if part)}


def table(frame, columns=None, *, caption, sources=()):
    """Show a table with a caption and its source line.

    Parameters
    ----------
    frame : pandas.DataFrame
        The figures. Its index is not shown.
    columns : list of str, optional
        Which columns, in which order. All, where not given.
    caption : str
        What the table says, in one sentence.
    sources : pandas.DataFrame or list of pandas.DataFrame, optional
        The tables that these figures were worked out from: their sources are credited, and
        the line says "derived". Where not given, the column ``source_id`` speaks.
    """
    line = _source_line(frame, sources)
    shown = frame if columns is None else frame[list(columns)]
    shown.attrs = frame.attrs
    return Table(shown, caption, line)


def _source_line(frame, sources):
    tables = [sources] if isinstance(sources, pd.DataFrame) else list(sources)
    return data.source_line(*tables, computed=True) if tables else data.source_line(frame)


def _cell(value, column):
    if pd.isna(value):
        return "no data"
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (int, float, np.number)):
        return f"{value:.0f}" if "year" in str(column).lower() else _number(value)
    # A source's key means nothing to a reader.
    return data.cite_keys(str(value))


def _text_frame(frame):
    """Return a table as text under its headings; a missing word is a dash, a figure "no data"."""
    text = {}
    for column in frame.columns:
        values = frame[column]
        words = not pd.api.types.is_numeric_dtype(values)
        cells = ["–" if words and pd.isna(value) else _cell(value, column) for value in values]
        text[_label(frame, column)] = cells
    return pd.DataFrame(text)


def table_html(frame, *, caption):
    """Return a table as accessible HTML: caption, column headings with scope, no index."""
    text = _text_frame(frame)
    sides = [
        "right" if pd.api.types.is_numeric_dtype(frame[column]) else "left"
        for column in frame.columns
    ]
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
        f'<table><caption style="text-align:left">{escape(caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
    )


def plain_table(frame):
    """Return a table as text, without its index."""
    return _text_frame(frame).to_string(index=False)


def _figure(width=8, height=4.2):
    # Figure without pyplot: no global state, and nothing is shown twice.
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots()
    return figure, axes


def _chart(figure, axes, finding, sentence, frame, sources=(), *, keep_title=False):
    from matplotlib import rc_context

    buffer = io.BytesIO()
    with rc_context(STYLE):
        # The finding is set flush with the picture's edge, so a long one is not cut off.
        if not keep_title:
            axes.set_title("")
        figure.suptitle(_wrap(finding, 66), x=0.01, ha="left", fontsize=13, fontweight="bold")
        figure.savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    return Chart(finding, sentence, _source_line(frame, sources), frame, buffer.getvalue())


def _wrap(text, width):
    import textwrap

    return "\n".join(textwrap.wrap(text, width))


def _label(frame, column):
    return frame.attrs.get("labels", {}).get(column, str(column).replace("_", " "))


def _axis(frame, column):
    """Return an axis's label: the unit, where the column holds plain values of one unit."""
    if column == "value" and "unit" in frame and frame["unit"].nunique() == 1:
        return str(frame["unit"].iloc[0])
    return _label(frame, column)


def _upper(text):
    return text[:1].upper() + text[1:]


def _count_on(axis, values):
    """Write thousands as the text does, 35,000, and no halves where things are counted."""
    from matplotlib.ticker import StrMethodFormatter

    whole = bool((values == values.round()).all())
    axis.get_major_locator().set_params(integer=whole)
    if whole or values.max() >= 1000:
        axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def _colour(name, position=0):
    return COLOURS.get(str(name), CYCLE[position % len(CYCLE)])


def _number(value):
    return f"{value:,.12g}"


def bars(frame, x, y, *, finding, sentence=None, highlight=None, sources=()):
    """Horizontal bars, one a row, the largest on top, each with its value.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a bar; ``source_id`` gives the source line.
    x, y : str
        The column of names and the column of numbers.
    finding : str
        What the chart shows: its title.
    sentence : str, optional
        What a listener needs to hear. Where not given, the names with their values.
    highlight : str or list of str, optional
        Names drawn in colour while the others are grey. All in colour where not given.
    sources : pandas.DataFrame or list of pandas.DataFrame, optional
        As for :func:`table`.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[y]).sort_values(y, kind="stable")
    names, values = rows[x].astype(str).tolist(), rows[y].astype(float).to_numpy()
    chosen = set(names if highlight is None else np.atleast_1d(highlight))
    figure, axes = _figure(height=1.4 + 0.42 * max(len(names), 3))
    colours = [COLOURS.get(n, BLUE) if n in chosen else GREY for n in names]
    drawn = axes.barh(names, values, color=colours, height=0.62)
    axes.bar_label(drawn, labels=[_number(v) for v in values], padding=5, color=INK)
    axes.set_xlabel(_axis(frame, y))
    _count_on(axes.xaxis, values)
    axes.margins(x=0.12)
    axes.tick_params(axis="y", length=0)
    if sentence is None:
        listed = ", ".join(
            f"{n} {_number(v)}" for n, v in zip(names[::-1], values[::-1], strict=True)
        )
        sentence = f"{_upper(_axis(frame, y))}: {listed}."
    return _chart(figure, axes, finding, sentence, rows[::-1], sources)


def columns(frame, x, y, *, finding, sentence=None, sources=()):
    """Upright bars in the order of a scale: how often each value occurs.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a value; ``source_id`` gives the source line.
    x, y : str
        The column of values, a number each, and the column of counts.
    finding, sentence, sources
        As for :func:`bars`; the sentence's default gives the range, the commonest value and
        how many were counted.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    figure, axes = _figure()
    axes.bar(rows[x].astype(float), rows[y].astype(float), color=BLUE, width=0.8)
    axes.grid(axis="y")
    axes.set_xlabel(_label(frame, x))
    axes.set_ylabel(_label(frame, y))
    _count_on(axes.yaxis, rows[y].astype(float))
    if sentence is None:
        commonest = rows.loc[rows[y].idxmax(), x]
        sentence = (
            f"{_upper(_label(frame, x))} from {_number(rows[x].min())} to {_number(rows[x].max())}; "
            f"the commonest is {_number(commonest)}; {_number(rows[y].sum())} counted."
        )
    return _chart(figure, axes, finding, sentence, rows, sources)


def lines(frame, x, y, *, by=None, finding, sentence=None, sources=()):
    """Lines over time, one a group, each marked at its points and named at its end.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a point; ``source_id`` gives the source line.
    x, y : str
        The column on the horizontal axis (usually ``year``) and the column of numbers.
    by : str, optional
        The column that names the groups.
    finding, sentence, sources
        As for :func:`bars`; the sentence's default gives each line's first and last point.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    groups = [(_axis(frame, y), rows)] if by is None else list(rows.groupby(by, sort=False))
    figure, axes = _figure()
    parts = []
    for position, (name, group) in enumerate(groups):
        first, last = group.iloc[0], group.iloc[-1]
        colour = _colour(name, position)
        axes.plot(
            group[x].astype(float),
            group[y].astype(float),
            color=colour,
            marker=MARKERS[position % len(MARKERS)],
        )
        parts.append(
            f"{name} from {_number(first[y])} in {_cell(first[x], x)} "
            f"to {_number(last[y])} in {_cell(last[x], x)}"
        )
    axes.grid(axis="y")
    axes.set_xlabel(_label(frame, x))
    axes.set_ylabel(_axis(frame, y))
    _count_on(axes.yaxis, rows[y].astype(float))
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.margins(x=0.06 if by is None else 0.18)
    if by is not None:
        _name_ends(axes, [name for name, _ in groups])
    if sentence is None:
        named = "; ".join(parts)
        sentence = f"{_upper(named)}." if by is None else f"{_upper(_axis(frame, y))}: {named}."
    return _chart(figure, axes, finding, sentence, rows, sources)


def _name_ends(axes, names):
    """Write each line's name at its end, moved apart where two would touch."""
    bottom, top = axes.get_ylim()
    ends = [(line.get_xdata()[-1], line.get_ydata()[-1]) for line in axes.lines]
    heights = apart([y for _, y in ends], gap=0.06 * (top - bottom))
    for name, line, (x, _), height in zip(names, axes.lines, ends, heights, strict=True):
        axes.annotate(
            name,
            (x, height),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            color=line.get_color(),
            fontweight="bold",
        )


def apart(heights, gap):
    """Return the heights moved as little as it takes for any two to lie ``gap`` apart.

    The method is isotonic regression: with the gaps taken off, the nearest heights that
    keep their order.
    """
    from scipy.optimize import isotonic_regression

    heights = np.asarray(heights, float)
    order = np.argsort(heights, kind="stable")
    steps = gap * np.arange(len(heights))
    moved = np.empty_like(heights)
    moved[order] = isotonic_regression(heights[order] - steps).x + steps
    return moved


def points(frame, x, y, *, name, finding, sentence=None, highlight=(), sources=()):
    """Points with their names: two numbers of each country against each other.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a point; ``source_id`` gives the source line.
    x, y, name : str
        The two columns of numbers and the column of names.
    finding, sentence, sources
        As for :func:`bars`; the sentence's default says how many points and their ranges.
    highlight : list of str
        Names drawn in colour; the others are grey.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[x, y])
    figure, axes = _figure(height=4.8)
    for position, (_, row) in enumerate(rows.iterrows()):
        chosen = row[name] in highlight
        colour = _colour(row[name], position) if chosen else GREY
        axes.plot(float(row[x]), float(row[y]), "o", color=colour, markersize=9 if chosen else 6)
        axes.annotate(
            str(row[name]),
            (float(row[x]), float(row[y])),
            xytext=(6, 4),
            textcoords="offset points",
            color=colour,
            fontsize=10 if chosen else 8,
            fontweight="bold" if chosen else "normal",
        )
    axes.grid()
    axes.set_xlabel(_label(frame, x))
    axes.set_ylabel(_label(frame, y))
    _count_on(axes.xaxis, rows[x].astype(float))
    _count_on(axes.yaxis, rows[y].astype(float))
    axes.margins(x=0.12, y=0.08)
    if sentence is None:
        sentence = (
            f"{len(rows)} points: {_label(frame, x)} from {_number(rows[x].min())} to "
            f"{_number(rows[x].max())}, {_label(frame, y)} from {_number(rows[y].min())} "
            f"to {_number(rows[y].max())}."
        )
    return _chart(figure, axes, finding, sentence, rows, sources)


def breaks(frame, x, y, *, by, finding, sentence=None, sources=()):
    """A line that stops where the way of counting changes, each piece named by its rule.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a point; ``source_id`` gives the source line.
    x, y : str
        The column on the horizontal axis (usually ``year``) and the column of numbers.
    by : str
        The column that names the rule by which a point was counted.
    finding, sentence, sources
        As for :func:`bars`; the sentence's default gives each piece's first and last point.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    figure, axes = _figure(height=4.8)
    parts, before = [], None
    for position, (rule, piece) in enumerate(rows.groupby(by, sort=False)):
        first, last = piece.iloc[0], piece.iloc[-1]
        colour = _colour(rule, position)
        axes.plot(
            piece[x].astype(float),
            piece[y].astype(float),
            color=colour,
            marker=MARKERS[position % len(MARKERS)],
            label=rule,
        )
        if before is not None:
            # The rule changed somewhere between the two points; the band says no more than that.
            axes.axvspan(before, float(first[x]), color="#EEEEEE", zorder=0)
        before = float(last[x])
        parts.append(
            f"{rule}, {_number(first[y])} in {_cell(first[x], x)}"
            + (f" to {_number(last[y])} in {_cell(last[x], x)}" if len(piece) > 1 else "")
        )
    axes.legend(title=_label(frame, by), frameon=False, loc="upper left")
    axes.grid(axis="y")
    axes.set_xlabel(_label(frame, x))
    axes.set_ylabel(_axis(frame, y))
    _count_on(axes.yaxis, rows[y].astype(float))
    axes.set_ylim(bottom=0)
    axes.xaxis.get_major_locator().set_params(integer=True)
    if sentence is None:
        sentence = f"{_upper(_axis(frame, y))}, counted in {len(parts)} ways: {'; '.join(parts)}."
    return _chart(figure, axes, finding, sentence, rows, sources)


def panels(frame, x, y, *, by, finding, sentence=None, start=None, sources=()):
    """Several short charts above one another on one axis of years, one a group.

    Each panel has its own scale and unit, so that lines of different kinds are never drawn
    against one axis. Where a panel's unit is a rank, the first place is on top.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a point, with a column ``unit``; ``source_id`` gives the source line.
    x, y : str
        The column of years and the column of numbers.
    by : str
        The column that names the panels.
    finding, sentence, sources
        As for :func:`bars`; the sentence's default gives each panel's first and last point.
    start : float, optional
        A year to mark through all panels.

    Returns
    -------
    Chart
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    groups = list(rows.groupby(by, sort=False))
    parts = []
    with rc_context(STYLE):
        figure = Figure(figsize=(8, 0.9 + 1.6 * len(groups)), layout="constrained")
        stack = figure.subplots(len(groups), sharex=True, squeeze=False)[:, 0]
    for position, ((name, group), axes) in enumerate(zip(groups, stack, strict=True)):
        colour, unit = CYCLE[position % len(CYCLE)], str(group["unit"].iloc[0])
        first, last = group.iloc[0], group.iloc[-1]
        xs, ys = group[x].astype(float), group[y].astype(float)
        axes.plot(xs, ys, color=colour, marker=MARKERS[position % len(MARKERS)])
        title = name if unit in (name, "rank") else f"{name} ({unit})"
        axes.set_title(title, fontsize=10, color=colour, pad=4, loc="left")
        axes.grid(axis="y")
        axes.yaxis.get_major_locator().set_params(nbins=4)
        if unit.startswith("rank"):
            axes.set_ylim(ys.max() + 0.6, 0.4)
            lowest = int(ys.max())
            axes.set_yticks([1, (1 + lowest) // 2, lowest] if lowest > 5 else range(1, lowest + 1))
        else:
            axes.set_ylim(0, ys.max() * 1.2)
        if start is not None:
            axes.axvline(start, color=INK, linestyle="--", linewidth=1.2)
        parts.append(
            f"{name} from {_number(first[y])} in {_cell(first[x], x)} "
            f"to {_number(last[y])} in {_cell(last[x], x)}"
        )
    stack[-1].set_xlabel(_label(frame, x))
    stack[-1].xaxis.get_major_locator().set_params(integer=True)
    if sentence is None:
        sentence = f"{'; '.join(parts)}."
    return _chart(figure, stack[0], finding, sentence, rows, sources, keep_title=True)


def intervals(
    frame, x, low, middle, high, *, finding, sentence=None, ends=(), highlight=(), sources=()
):
    """Ranks with their doubt: a dot on a thick bar, one row a name, the best rank on top.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a name; ``source_id`` gives the source line.
    x : str
        The column of names.
    low, middle, high : str
        The columns of the interval's better end, the rank itself, and the worse end.
    finding, sentence, sources
        As for :func:`bars`; the sentence's default gives the interval of each highlighted name.
    ends : tuple of str, optional
        Two columns with the exact best and worst rank, drawn as a thin line.
    highlight : list of str
        Names drawn in colour; the others are grey.

    Returns
    -------
    Chart
    """
    rows = frame.sort_values(middle, kind="stable").reset_index(drop=True)
    figure, axes = _figure(height=1.2 + 0.24 * len(rows))
    for place, row in rows.iterrows():
        colour = _colour(row[x], place) if row[x] in highlight else GREY
        if ends:
            axes.plot([row[end] for end in ends], [place] * 2, color=colour, lw=1.2, marker="|")
        span = [row[low] - 0.2, row[high] + 0.2]
        axes.plot(span, [place] * 2, color=colour, lw=7, alpha=0.55, solid_capstyle="butt")
        axes.plot(row[middle], place, "o", color=INK, markersize=5)
    axes.set_yticks(range(len(rows)), rows[x], fontsize=9)
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    # There is no rank 0: the axis begins with the first.
    axes.set_xticks([1, *range(5, int(rows[high].max()) + 1, 5)])
    axes.grid(axis="x")
    axes.set_xlabel(_label(frame, middle))
    axes.margins(y=0.02)
    if sentence is None:
        listed = rows[rows[x].isin(list(highlight))] if len(highlight) else rows
        spans = [
            f"{row[x]} {_number(row[low])} to {_number(row[high])}" for _, row in listed.iterrows()
        ]
        sentence = f"Ranks from the better to the worse end: {', '.join(spans)}."
    return _chart(figure, axes, finding, sentence, rows, sources)
