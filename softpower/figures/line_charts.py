"""Charts of lines: over time, with breaks, and in panels above one another."""

import numpy as np

from softpower import texts
from softpower.figures.axes import axis_name, count_on, name_axis, point_name, time_on, wrap
from softpower.figures.picture import chart
from softpower.figures.style import DASHES, MARKERS, colours, upper
from softpower.figures.tables import label
from softpower.palette import BAND, INK


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
    groups = [(axis_name(frame, y), rows)] if by is None else list(rows.groupby(by, sort=False))
    names = [name for name, _ in groups]
    inked = colours(names, rows, by, colour)
    called = [texts.cell(str(name)) for name in names]

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
        count_on(axes.yaxis, rows[y].astype(float), 6)
        time_on(axes, rows, x, wide)
        name_axis(axes, _begun(axes, axis_name(frame, y), rows[y].astype(float)), wide)
        if by is not None:
            _name_ends(axes, called, wide)

    told = [_line(name, group, x, y) for name, (_, group) in zip(called, groups, strict=True)]
    if by is None:
        said = texts.text("{line}.", line=upper(told[0]))
    else:
        said = texts.text(
            "{measure}: {listed}.", measure=axis_name(frame, y), listed="; ".join(told)
        )
    return chart(draw, 320, finding, sentence, said, rows, sources)


def _begun(axes, measure, values):
    """Let an axis that is cut off begin at a tick, and return its name, which says so."""
    low, high = axes.get_ylim()
    ticks = [tick for tick in axes.yaxis.get_major_locator().tick_values(low, high)]
    below = [tick for tick in ticks if tick <= values.min()]
    if low <= 0 or not below or below[-1] <= 0:
        axes.set_ylim(bottom=0 if values.min() >= 0 else low)
        return measure
    axes.set_ylim(bottom=below[-1])
    return texts.text(
        "{measure} (the axis begins at {value})", measure=measure, value=texts.number(below[-1])
    )


def _line(name, group, x, y):
    """Return a line in words: each point of a short one, the first and last of a long one."""
    shown = group if len(group) <= 6 else group.iloc[[0, -1]]
    points = [
        (texts.number(b), point_name(group, x, a)) for a, b in zip(shown[x], shown[y], strict=True)
    ]
    if len(group) > 6:
        (first, began), (last, ended) = points
        return texts.text(
            "{name} from {first} in {began} to {last} in {ended}",
            name=name,
            first=first,
            began=began,
            last=last,
            ended=ended,
        )
    listed = ", ".join(texts.text("{value} in {year}", value=b, year=a) for b, a in points)
    return texts.text("{name} {listed}", name=name, listed=listed)


def _name_ends(axes, names, wide):
    """Write each line's name beside the chart at the line's end, moved apart where two touch."""
    bottom, top = axes.get_ylim()
    labels = [wrap(name, 22 if wide else 11) for name in names]
    tall = max(text.count("\n") + 1 for text in labels)
    heights = apart(
        [line.get_ydata()[-1] for line in axes.lines], (0.02 + 0.062 * tall) * (top - bottom)
    )
    first, last = axes.get_xlim()
    for text, line, height in zip(labels, axes.lines, heights, strict=True):
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
            years, values = piece[x].astype(float), piece[y].astype(float)
            sign, name = MARKERS[position % len(MARKERS)], wrap(texts.cell(str(rule)), 34)
            axes.plot(years, values, color=ink, marker=sign, label=name)
            if before is not None:
                # The rule changed somewhere between the two points; the band says no more.
                axes.axvspan(before, float(piece[x].iloc[0]), color=BAND, zorder=0)
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
        name_axis(axes, axis_name(frame, y), wide)
        count_on(axes.yaxis, rows[y].astype(float), 6)
        axes.set_ylim(bottom=0)
        time_on(axes, rows, x, wide)

    said = texts.texts(
        "{measure}, counted in {count} way: {listed}.",
        "{measure}, counted in {count} ways: {listed}.",
        len(pieces),
        measure=axis_name(frame, y),
        listed="; ".join(_piece(rule, piece, x, y) for rule, piece in pieces),
    )
    return chart(draw, 330 + 22 * len(pieces), finding, sentence, said, rows, sources)


def _piece(rule, piece, x, y):
    """Return in words what was counted by one rule: its first point and its last."""
    first, last = (
        (point_name(piece, y, piece[y].iloc[at]), point_name(piece, x, piece[x].iloc[at]))
        for at in (0, -1)
    )
    if len(piece) == 1:
        return texts.text(
            "{rule}, {value} in {year}", rule=texts.cell(str(rule)), value=first[0], year=first[1]
        )
    return texts.text(
        "{rule}, {first} in {began} to {last} in {ended}",
        rule=texts.cell(str(rule)),
        first=first[0],
        began=first[1],
        last=last[0],
        ended=last[1],
    )


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
        time_on(stack[-1], rows, x, wide)

    told = [_line(texts.cell(str(name)), group, x, y) for name, group in groups]
    said = texts.text("{line}.", line=upper("; ".join(told)))
    return chart(draw, 70 + 130 * len(groups), finding, sentence, said, rows, sources)


def _measure(axes, name, group, y, wide):
    """Give a panel its name with its unit, and its own scale."""
    unit, values = str(group["unit"].iloc[0]), group[y].astype(float)
    title = upper(texts.cell(str(name)))
    if unit.startswith("rank"):
        lowest = int(values.max())
        axes.set_ylim(lowest + 0.6, 0.4)
        axes.set_yticks([1, (1 + lowest) // 2, lowest] if lowest > 5 else range(1, lowest + 1))
        title = (
            texts.text("{name} (1 = first)", name=title)
            if "rank" in str(name).lower()
            else texts.text("{name} (rank, 1 = first)", name=title)
        )
    else:
        count_on(axes.yaxis, values, 4)
        axes.set_ylim(0, values.max() * 1.2)
        if unit.lower() not in str(name).lower():
            title = texts.text("{name} ({unit})", name=title, unit=texts.cell(unit))
    axes.set_title(wrap(title, 80 if wide else 40), fontsize=12, pad=5)
    axes.grid(axis="y")
