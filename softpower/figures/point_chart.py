"""A chart of points: two numbers of each country against each other."""

from softpower import texts
from softpower.figures.axes import count_on, name_axis, wrap
from softpower.figures.picture import chart
from softpower.figures.style import colours, upper
from softpower.figures.tables import label
from softpower.palette import GREY, INK, NEUTRAL


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
                texts.cell(str(row[name])),
                place,
                xytext=(6, 4),
                textcoords="offset points",
                color=colour,
                fontsize=12 if chosen else 11,
                fontweight="bold" if chosen else "normal",
            )
        axes.grid()
        axes.set_xlabel(wrap(upper(label(frame, x)), 80 if wide else 36))
        name_axis(axes, upper(label(frame, y)), wide)
        count_on(axes.xaxis, rows[x].astype(float), 6 if wide else 3)
        count_on(axes.yaxis, rows[y].astype(float), 6)
        axes.margins(x=0.12, y=0.08)
        _thin_out(figure, axes)

    said = _said(rows, x, y, name, rows[rows[name].isin(list(highlight))])
    return chart(draw, 420, finding, sentence, said, rows, sources)


def _said(rows, x, y, name, highlighted):
    """Return in words how far the points reach, and where those lie that are highlighted."""
    span = texts.texts(
        "{count} point: {across} from {left} to {right}, {up} from {low} to {high}",
        "{count} points: {across} from {left} to {right}, {up} from {low} to {high}",
        len(rows),
        across=label(rows, x),
        left=texts.number(rows[x].min()),
        right=texts.number(rows[x].max()),
        up=label(rows, y),
        low=texts.number(rows[y].min()),
        high=texts.number(rows[y].max()),
    )
    named = [
        texts.text(
            "{name} at {across} and {up}",
            name=texts.cell(str(row[name])),
            across=texts.number(row[x]),
            up=texts.number(row[y]),
        )
        for _, row in highlighted.iterrows()
    ]
    listed = [span, ", ".join(named)] if named else [span]
    return texts.text("{line}.", line="; ".join(listed))


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
