"""Charts of bars: lying, upright, and as intervals of a rank."""

import numpy as np

from softpower import texts
from softpower.figures.axes import axis_name, count_on, name_axis, point_name, wrap
from softpower.figures.picture import chart
from softpower.figures.style import colours, decimals_of, is_year, upper
from softpower.figures.tables import label
from softpower.palette import INK, NEUTRAL, PALE


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
    shown = [texts.number(value, places) for value in values]
    chosen = set(names) if highlight is None else set(np.atleast_1d(highlight))
    own = colours(names, rows.assign(**{x: names}), x, colour)
    if highlight is not None:
        own = [INK if c == NEUTRAL else c for c in own]
    inked = [c if name in chosen else PALE for name, c in zip(names, own, strict=True)]
    called = [texts.cell(name) for name in names]
    folded = max([wrap(name, 16).count("\n") + 1 for name in called], default=1)
    step = 32 if folded == 1 else 8 + 15 * folded

    def draw(figure, wide):
        axes = figure.subplots()
        places_ = np.arange(len(names))
        drawn = axes.barh(places_, values, color=inked, height=0.62)
        axes.set_yticks(places_, [wrap(name, 34 if wide else 16) for name in called])
        axes.bar_label(drawn, labels=shown, padding=5, color=INK)
        name_axis(axes, axis_name(frame, y), wide)
        count_on(axes.xaxis, values, 6 if wide else 3)
        longest = max(map(len, shown), default=1)
        axes.margins(x=(0.02 if wide else 0.045) * longest + 0.02, y=0.02)
        axes.tick_params(axis="y", length=0)

    pairs = zip(called[::-1], shown[::-1], strict=True)
    listed = ", ".join(texts.text("{name} {value}", name=n, value=v) for n, v in pairs)
    said = texts.text("{measure}: {listed}.", measure=axis_name(frame, y), listed=listed)
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
        name_axis(axes, upper(label(frame, y)), wide)
        count_on(axes.yaxis, rows[y].astype(float), 6)
        count_on(axes.xaxis, rows[x].astype(float), 9 if wide else 4)
        if is_year(x, rows[x]):
            axes.xaxis.set_major_formatter("{x:.0f}")

    if len(rows) <= 12:
        listed = ", ".join(
            texts.text("{count} at {value}", count=texts.number(b), value=point_name(rows, x, a))
            for a, b in zip(rows[x], rows[y], strict=True)
        )
        said = texts.text("{measure}: {listed}.", measure=upper(label(frame, y)), listed=listed)
    else:
        commonest = rows.loc[rows[y].idxmax(), x]
        said = texts.text(
            "{measure} from {low} to {high}; the commonest is {commonest}; {count} counted.",
            measure=upper(label(frame, x)),
            low=point_name(rows, x, rows[x].min()),
            high=point_name(rows, x, rows[x].max()),
            commonest=point_name(rows, x, commonest),
            count=texts.number(rows[y].sum()),
        )
    return chart(draw, 300, finding, sentence, said, rows, sources)


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
        axes.set_yticks(range(len(rows)), [wrap(texts.cell(name), 40) for name in rows[x]])
        axes.tick_params(axis="y", length=0)
        axes.invert_yaxis()
        # There is no rank 0: the axis begins with the first.
        axes.set_xticks([1, *range(5, int(rows[high].max()) + 1, 5 if wide else 10)])
        axes.grid(axis="x")
        name_axis(axes, upper(label(frame, middle)), wide)
        axes.margins(y=0.02)

    listed = rows[rows[x].isin(list(highlight))] if len(highlight) else rows
    spans = [
        texts.text(
            "{name} {low} to {high}",
            name=texts.cell(row[x]),
            low=texts.number(row[low]),
            high=texts.number(row[high]),
        )
        for _, row in listed.iterrows()
    ]
    said = texts.text("Ranks from the better to the worse end: {listed}.", listed=", ".join(spans))
    return chart(draw, 60 + 20 * len(rows), finding, sentence, said, rows, sources)
