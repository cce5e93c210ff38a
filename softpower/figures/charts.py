"""The kinds of chart: bars, columns, lines, points, breaks, panels, intervals.

Each function draws twice, wide and narrow: ``draw(figure, wide)``.
"""

import textwrap

import numpy as np

from softpower.figures.picture import chart
from softpower.figures.style import (
    DASHES,
    GREY,
    INK,
    MARKERS,
    NEUTRAL,
    PALE,
    colours,
    decimals_of,
    is_year,
    number,
    upper,
)
from softpower.figures.tables import label


def _wrap(text, width):
    return "\n".join(textwrap.wrap(str(text), width, break_long_words=False)) or str(text)


def _axis(frame, column):
    """Return an axis's label: the unit, where the column holds plain values of one unit."""
    if column == "value" and "unit" in frame and frame["unit"].nunique() == 1:
        return upper(str(frame["unit"].iloc[0]))
    return upper(label(frame, column))


def _point(frame, column, value):
    """Return one value of a column in words: a year without a comma."""
    return f"{value:.0f}" if is_year(column, frame[column]) else number(value)


def _count_on(axis, values, most):
    """Write few ticks, thousands as the text does, 35,000, and no halves where things are counted."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    whole = bool((values == values.round()).all())
    axis.set_major_locator(MaxNLocator(most, integer=whole, steps=[1, 2, 2.5, 5, 10]))
    if whole or values.abs().max() >= 1000:
        axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def _time_on(axes, frame, x, wide):
    """Set a horizontal axis of years or steps that ends where the data end."""
    from matplotlib.ticker import MaxNLocator

    first, last = frame[x].astype(float).min(), frame[x].astype(float).max()
    room = 0.02 * (last - first) or 1
    axes.set_xlim(first - room, last + room)
    whole = bool((frame[x].astype(float) == frame[x].astype(float).round()).all())
    axes.xaxis.set_major_locator(MaxNLocator(9 if wide else 4, integer=whole))


def _name_axis(axes, text, wide, *, remark=""):
    """Write what an axis measures above the chart, where it needs no turned head."""
    axes.set_title(_wrap(f"{text}{remark}", 88 if wide else 40))


def bars(
    frame, x, y, *, finding, sentence=None, highlight=None, sources=(), colour=None, decimals=None
):
    """Horizontal bars, one a row, the largest on top, each with its value.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a bar; ``source_id`` gives the source line. A bar of one of the four countries
        (by its name, or by a column ``country`` or ``case``) has that country's colour.
    x, y : str
        The column of names and the column of numbers.
    finding : str
        What the chart shows: its title.
    sentence : str, optional
        What the finding does not say. Not the values: they stand at the bars, and a listener
        hears them from the alternative text.
    highlight : str or list of str, optional
        Names drawn in colour while the others are pale. All in colour where not given.
    sources : pandas.DataFrame or list of pandas.DataFrame, optional
        As for :func:`table`.
    colour : str, optional
        The country whose colour the bars have, where the table does not say so.
    decimals : int, optional
        At the bars; as many as the values need, where not given.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[y]).sort_values(y, kind="stable")
    names, values = rows[x].astype(str).tolist(), rows[y].astype(float)
    places = decimals_of(values) if decimals is None else decimals
    shown = [number(value, places) for value in values]
    chosen = set(names) if highlight is None else set(np.atleast_1d(highlight))
    own = colours(names, rows.assign(**{x: names}), x, colour)
    if highlight is not None:
        own = [INK if c == NEUTRAL else c for c in own]
    inked = [c if name in chosen else PALE for name, c in zip(names, own, strict=True)]
    folded = max([_wrap(name, 16).count("\n") + 1 for name in names], default=1)
    step = 32 if folded == 1 else 8 + 15 * folded

    def draw(figure, wide):
        axes = figure.subplots()
        places_ = np.arange(len(names))
        drawn = axes.barh(places_, values, color=inked, height=0.62)
        axes.set_yticks(places_, [_wrap(name, 34 if wide else 16) for name in names])
        axes.bar_label(drawn, labels=shown, padding=5, color=INK)
        _name_axis(axes, _axis(frame, y), wide)
        _count_on(axes.xaxis, values, 6 if wide else 3)
        longest = max(map(len, shown), default=1)
        axes.margins(x=(0.02 if wide else 0.045) * longest + 0.02, y=0.02)
        axes.tick_params(axis="y", length=0)

    listed = ", ".join(f"{n} {v}" for n, v in zip(names[::-1], shown[::-1], strict=True))
    said = f"{_axis(frame, y)}: {listed}."
    return chart(draw, 64 + step * len(names), finding, sentence, said, rows[::-1], sources)


def columns(frame, x, y, *, finding, sentence=None, sources=(), colour=None):
    """Upright bars in the order of a scale: how often each value occurs.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a value; ``source_id`` gives the source line.
    x, y : str
        The column of values, a number each, and the column of counts.
    finding, sentence, sources, colour
        As for :func:`bars`.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    (ink,) = colours([None], rows, None, colour)

    def draw(figure, wide):
        axes = figure.subplots()
        axes.bar(rows[x].astype(float), rows[y].astype(float), color=ink, width=0.8)
        axes.grid(axis="y")
        axes.set_xlabel(upper(label(frame, x)))
        _name_axis(axes, upper(label(frame, y)), wide)
        _count_on(axes.yaxis, rows[y].astype(float), 6)
        _count_on(axes.xaxis, rows[x].astype(float), 9 if wide else 4)
        if is_year(x, rows[x]):
            axes.xaxis.set_major_formatter("{x:.0f}")

    if len(rows) <= 12:
        listed = ", ".join(
            f"{number(b)} at {_point(rows, x, a)}" for a, b in zip(rows[x], rows[y], strict=True)
        )
        said = f"{upper(label(frame, y))}: {listed}."
    else:
        commonest = rows.loc[rows[y].idxmax(), x]
        said = (
            f"{upper(label(frame, x))} from {_point(rows, x, rows[x].min())} to "
            f"{_point(rows, x, rows[x].max())}; the commonest is {_point(rows, x, commonest)}; "
            f"{number(rows[y].sum())} counted."
        )
    return chart(draw, 300, finding, sentence, said, rows, sources)


def lines(frame, x, y, *, by=None, finding, sentence=None, sources=(), colour=None):
    """Lines over time, one a group, each marked at its points and named at its end.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a point; ``source_id`` gives the source line. A line of one of the four
        countries (by its name, or by a column ``country`` or ``case``) has that country's
        colour; lines of one colour differ in their dashes and marks.
    x, y : str
        The column on the horizontal axis (usually ``year``) and the column of numbers.
    by : str, optional
        The column that names the groups.
    finding, sentence, sources, colour
        As for :func:`bars`.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    groups = [(_axis(frame, y), rows)] if by is None else list(rows.groupby(by, sort=False))
    names = [name for name, _ in groups]
    inked = colours(names, rows, by, colour)

    def draw(figure, wide):
        axes = figure.subplots()
        for position, (_, group) in enumerate(groups):
            axes.plot(
                group[x].astype(float),
                group[y].astype(float),
                color=inked[position],
                linestyle=DASHES[inked[:position].count(inked[position]) % len(DASHES)],
                marker=MARKERS[position % len(MARKERS)],
            )
        axes.grid(axis="y")
        axes.set_xlabel(upper(label(frame, x)))
        _count_on(axes.yaxis, rows[y].astype(float), 6)
        _time_on(axes, rows, x, wide)
        _name_axis(axes, _axis(frame, y), wide, remark=_begin(axes, rows[y].astype(float)))
        if by is not None:
            _name_ends(axes, names, wide)

    told = [f"{name} {_told(group, x, y)}" for name, group in groups]
    said = f"{upper(told[0])}." if by is None else f"{_axis(frame, y)}: {'; '.join(told)}."
    return chart(draw, 320, finding, sentence, said, rows, sources)


def _begin(axes, values):
    """Let an axis that is cut off begin at a tick, and return the remark that says so."""
    low, high = axes.get_ylim()
    ticks = [tick for tick in axes.yaxis.get_major_locator().tick_values(low, high)]
    below = [tick for tick in ticks if tick <= values.min()]
    if low <= 0 or not below or below[-1] <= 0:
        axes.set_ylim(bottom=0 if values.min() >= 0 else low)
        return ""
    axes.set_ylim(bottom=below[-1])
    return f" (the axis begins at {number(below[-1])})"


def _told(group, x, y):
    """Return a line in words: each point of a short one, the first and last of a long one."""
    shown = group if len(group) <= 6 else group.iloc[[0, -1]]
    parts = [
        f"{number(b)} in {_point(group, x, a)}" for a, b in zip(shown[x], shown[y], strict=True)
    ]
    if len(group) > 6:
        return f"from {parts[0]} to {parts[-1]}"
    return ", ".join(parts)


def _name_ends(axes, names, wide):
    """Write each line's name beside the chart at the line's end, moved apart where two touch."""
    bottom, top = axes.get_ylim()
    texts = [_wrap(name, 22 if wide else 11) for name in names]
    tall = max(text.count("\n") + 1 for text in texts)
    heights = apart(
        [line.get_ydata()[-1] for line in axes.lines], (0.02 + 0.062 * tall) * (top - bottom)
    )
    first, last = axes.get_xlim()
    for text, line, height in zip(texts, axes.lines, heights, strict=True):
        x, y = line.get_xdata()[-1], line.get_ydata()[-1]
        early = x < last - 0.2 * (last - first)  # a line that ends long before has its name there
        axes.annotate(
            text,
            (x, y) if early else (1, height),
            xycoords="data" if early else ("axes fraction", "data"),
            xytext=(9 if early else 6, 0),
            textcoords="offset points",
            va="center",
            color=line.get_color(),
            fontweight="bold",
            fontsize=12,
            annotation_clip=False,
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
        As for :func:`bars`.
    highlight : list of str
        Names drawn in colour; the others are grey, and named only where there is room.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[x, y])
    inked = colours(rows[name], rows, name)

    def draw(figure, wide):
        axes = figure.subplots()
        for own, (_, row) in zip(inked, rows.iterrows(), strict=True):
            chosen = row[name] in highlight
            colour = (INK if own == NEUTRAL else own) if chosen else GREY
            place = float(row[x]), float(row[y])
            axes.plot(*place, "o", color=colour, markersize=9 if chosen else 5.5)
            if not (chosen or wide or len(rows) <= 8):
                continue
            axes.annotate(
                str(row[name]),
                place,
                xytext=(6, 4),
                textcoords="offset points",
                color=colour,
                fontsize=12 if chosen else 11,
                fontweight="bold" if chosen else "normal",
            )
        axes.grid()
        axes.set_xlabel(_wrap(upper(label(frame, x)), 80 if wide else 36))
        _name_axis(axes, upper(label(frame, y)), wide)
        _count_on(axes.xaxis, rows[x].astype(float), 6 if wide else 3)
        _count_on(axes.yaxis, rows[y].astype(float), 6)
        axes.margins(x=0.12, y=0.08)
        _thin_out(figure, axes)

    named = ", ".join(
        f"{row[name]} at {number(row[x])} and {number(row[y])}"
        for _, row in rows[rows[name].isin(list(highlight))].iterrows()
    )
    said = (
        f"{len(rows)} points: {label(frame, x)} from {number(rows[x].min())} to "
        f"{number(rows[x].max())}, {label(frame, y)} from {number(rows[y].min())} "
        f"to {number(rows[y].max())}{'; ' + named if named else ''}."
    )
    return chart(draw, 420, finding, sentence, said, rows, sources)


def _thin_out(figure, axes):
    """Take away names that would lie on others; those in bold stay."""
    figure.draw_without_rendering()
    kept = []
    for text in sorted(axes.texts, key=lambda text: text.get_fontweight() != "bold"):
        box = text.get_window_extent()
        if any(box.overlaps(other) for other in kept):
            text.set_visible(False)
        else:
            kept.append(box)


def breaks(frame, x, y, *, by, finding, sentence=None, sources=(), colour=None):
    """A line that stops where the way of counting changes, each piece named by its rule.

    All pieces have one colour, because they are one series; their marks tell the rules.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a point; ``source_id`` gives the source line.
    x, y : str
        The column on the horizontal axis (usually ``year``) and the column of numbers.
    by : str
        The column that names the rule by which a point was counted.
    finding, sentence, sources, colour
        As for :func:`bars`.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    pieces = list(rows.groupby(by, sort=False))
    (ink,) = colours([None], rows, None, colour)

    def draw(figure, wide):
        axes = figure.subplots()
        before = None
        for position, (rule, piece) in enumerate(pieces):
            axes.plot(
                piece[x].astype(float),
                piece[y].astype(float),
                color=ink,
                marker=MARKERS[position % len(MARKERS)],
                label=_wrap(rule, 34),
            )
            if before is not None:
                # The rule changed somewhere between the two points; the band says no more.
                axes.axvspan(before, float(piece[x].iloc[0]), color="#EEEEEE", zorder=0)
            before = float(piece[x].iloc[-1])
        figure.legend(
            title=upper(label(frame, by)),
            frameon=False,
            loc="outside lower left",
            ncols=2 if wide else 1,
            alignment="left",
        )
        axes.grid(axis="y")
        axes.set_xlabel(upper(label(frame, x)))
        _name_axis(axes, _axis(frame, y), wide)
        _count_on(axes.yaxis, rows[y].astype(float), 6)
        axes.set_ylim(bottom=0)
        _time_on(axes, rows, x, wide)

    told = [
        f"{rule}, {_point(piece, y, piece[y].iloc[0])} in {_point(rows, x, piece[x].iloc[0])}"
        + (
            f" to {_point(piece, y, piece[y].iloc[-1])} in {_point(rows, x, piece[x].iloc[-1])}"
            if len(piece) > 1
            else ""
        )
        for rule, piece in pieces
    ]
    said = f"{_axis(frame, y)}, counted in {len(pieces)} ways: {'; '.join(told)}."
    return chart(draw, 330 + 22 * len(pieces), finding, sentence, said, rows, sources)


def panels(frame, x, y, *, by, finding, sentence=None, start=None, sources=(), colour=None):
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
    finding, sentence, sources, colour
        As for :func:`bars`.
    start : float, optional
        A year to mark through all panels.

    Returns
    -------
    Chart
    """
    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    groups = list(rows.groupby(by, sort=False))
    inked = colours([name for name, _ in groups], rows, by, colour)

    def draw(figure, wide):
        stack = figure.subplots(len(groups), sharex=True, squeeze=False)[:, 0]
        for (name, group), axes, ink in zip(groups, stack, inked, strict=True):
            axes.plot(group[x].astype(float), group[y].astype(float), color=ink, marker="o")
            _measure(axes, name, group, y, wide)
            if start is not None:
                axes.axvline(start, color=INK, linestyle="--", linewidth=1.2)
        stack[-1].set_xlabel(upper(label(frame, x)))
        _time_on(stack[-1], rows, x, wide)

    told = [f"{name} {_told(group, x, y)}" for name, group in groups]
    said = f"{upper('; '.join(told))}."
    return chart(draw, 70 + 130 * len(groups), finding, sentence, said, rows, sources)


def _measure(axes, name, group, y, wide):
    """Give a panel its name with its unit, and its own scale."""
    unit, values = str(group["unit"].iloc[0]), group[y].astype(float)
    title = upper(str(name))
    if unit.startswith("rank"):
        lowest = int(values.max())
        axes.set_ylim(lowest + 0.6, 0.4)
        axes.set_yticks([1, (1 + lowest) // 2, lowest] if lowest > 5 else range(1, lowest + 1))
        title += " (1 = first)" if "rank" in title.lower() else " (rank, 1 = first)"
    else:
        _count_on(axes.yaxis, values, 4)
        axes.set_ylim(0, values.max() * 1.2)
        title += "" if unit.lower() in title.lower() else f" ({unit})"
    axes.set_title(_wrap(title, 80 if wide else 40), fontsize=12, pad=5)
    axes.grid(axis="y")


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
        As for :func:`bars`.
    ends : tuple of str, optional
        Two columns with the exact best and worst rank, drawn as a thin line.
    highlight : list of str
        Names drawn in colour; the others are pale.

    Returns
    -------
    Chart
    """
    rows = frame.sort_values(middle, kind="stable").reset_index(drop=True)
    inked = colours(rows[x], rows, x)

    def draw(figure, wide):
        axes = figure.subplots()
        for place, row in rows.iterrows():
            ink = (
                (INK if inked[place] == NEUTRAL else inked[place]) if row[x] in highlight else PALE
            )
            if ends:
                axes.plot([row[end] for end in ends], [place] * 2, color=ink, lw=1.2, marker="|")
            span = [row[low] - 0.2, row[high] + 0.2]
            axes.plot(span, [place] * 2, color=ink, lw=8, alpha=0.7, solid_capstyle="butt")
            axes.plot(row[middle], place, "o", color=INK, markersize=5)
        axes.set_yticks(range(len(rows)), [_wrap(name, 40) for name in rows[x]])
        axes.tick_params(axis="y", length=0)
        axes.invert_yaxis()
        # There is no rank 0: the axis begins with the first.
        axes.set_xticks([1, *range(5, int(rows[high].max()) + 1, 5 if wide else 10)])
        axes.grid(axis="x")
        _name_axis(axes, upper(label(frame, middle)), wide)
        axes.margins(y=0.02)

    listed = rows[rows[x].isin(list(highlight))] if len(highlight) else rows
    spans = [f"{row[x]} {number(row[low])} to {number(row[high])}" for _, row in listed.iterrows()]
    said = f"Ranks from the better to the worse end: {', '.join(spans)}."
    return chart(draw, 60 + 20 * len(rows), finding, sentence, said, rows, sources)
