"""What the kinds of chart share: how an axis is named, counted and wrapped.

Each kind draws twice, wide and narrow: ``draw(figure, wide)``.
"""

import textwrap

from softpower import texts
from softpower.figures.style import is_year, upper
from softpower.figures.tables import label


def wrap(text, width):
    """Return a text in lines of at most ``width`` letters; a longer word stays whole."""
    return "\n".join(textwrap.wrap(str(text), width, break_long_words=False)) or str(text)


def axis_name(frame, column):
    """Return an axis's label: the unit, where the column holds plain values of one unit."""
    if column == "value" and "unit" in frame and frame["unit"].nunique() == 1:
        return upper(texts.cell(str(frame["unit"].iloc[0])))
    return upper(label(frame, column))


def point_name(frame, column, value):
    """Return one value of a column in words: a year without a comma."""
    return f"{value:.0f}" if is_year(column, frame[column]) else texts.number(value)


def count_on(axis, values, most):
    """Write few ticks, thousands as the text does, 35,000, and no halves where things are counted."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    whole = bool((values == values.round()).all())
    axis.set_major_locator(MaxNLocator(most, integer=whole, steps=[1, 2, 2.5, 5, 10]))
    if whole or values.abs().max() >= 1000:
        axis.set_major_formatter(FuncFormatter(lambda x, _: texts.number(x, 0)))
    else:
        spell(axis)


def spell(axis):
    """Write an axis's decimals as the reader's language does."""
    plain = axis.get_major_formatter()
    written = plain.format_ticks
    plain.format_ticks = lambda values: [texts.spelt(tick) for tick in written(values)]


def time_on(axes, frame, x, wide):
    """Set a horizontal axis of years or steps that ends where the data end."""
    from matplotlib.ticker import MaxNLocator

    first, last = frame[x].astype(float).min(), frame[x].astype(float).max()
    room = 0.02 * (last - first) or 1
    axes.set_xlim(first - room, last + room)
    whole = bool((frame[x].astype(float) == frame[x].astype(float).round()).all())
    axes.xaxis.set_major_locator(MaxNLocator(9 if wide else 4, integer=whole))
    spell(axes.xaxis)


def name_axis(axes, text, wide):
    """Write what an axis measures above the chart, where it needs no turned head."""
    axes.set_title(wrap(text, 88 if wide else 40))
