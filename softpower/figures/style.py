"""The signs and the look of charts, and which colour is whose."""

import math

import numpy as np
import pandas as pd

from softpower.palette import COLOURS, GREY, GRID, INK, NEUTRAL

MARKERS = ("o", "s", "^", "D", "v", "X")
DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 12.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.titlesize": 12.5,
    "axes.titlelocation": "left",
    "axes.titlepad": 8,
    "axes.labelsize": 12.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 12,
    "ytick.labelsize": 12,
    "legend.fontsize": 12,
    "grid.color": GRID,
    "lines.linewidth": 2.4,
    "lines.markersize": 6.5,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "figure.constrained_layout.h_pad": 8 / 72,
    "figure.constrained_layout.w_pad": 8 / 72,
    "svg.fonttype": "none",  # text stays text: small files, sharp letters
}


def colours(names, frame, column, colour=None):
    """Return a colour for each name, the same for a country in every chart.

    Parameters
    ----------
    names : list
        What is drawn: bars, lines or points; "South Korea: institutes" is South Korea's.
    frame : pandas.DataFrame
        Its rows; a column ``country`` or ``case`` may say whose a name is.
    column : str or None
        The column of the names; None where one line is drawn from all rows.
    colour : str, optional
        The country to which all of them belong, where the table does not say so.
    """
    return [
        COLOURS.get(str(name).partition(":")[0]) or _of_country(name, frame, column, colour)
        for name in names
    ]


def _of_country(name, frame, column, colour):
    if colour is not None:
        return COLOURS.get(colour, NEUTRAL)
    rows = frame if column is None else frame[frame[column] == name]
    for key in ("country", "case"):
        if key in rows and rows[key].nunique() == 1:
            return COLOURS.get(str(rows[key].iloc[0]), NEUTRAL)
    return NEUTRAL


def upper(text):
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def decimals_of(values, most=2):
    """Return the one number of decimals with which a column of numbers is written."""
    numbers = pd.to_numeric(pd.Series(values), errors="coerce").dropna().astype(float)
    numbers = numbers[np.isfinite(numbers)]
    needed = [_needed(value, most) for value in numbers]
    if not needed:
        return 0
    if max(needed) == most and (numbers.abs() < 0.5 * 10**-most).any() and (numbers != 0).any():
        smallest = numbers[numbers != 0].abs().min()
        return max(most, min(6, math.ceil(-math.log10(smallest))))
    return max(needed)


def _needed(value, most):
    # As printed to twelve digits, so that 0.1 + 0.2 needs one decimal and not seventeen.
    digits = f"{value:.{most}f}" if abs(value) < 1e15 else "0"
    exact = f"{value:.12g}"
    if "e" in exact or len(exact.partition(".")[2]) > most:
        exact = digits
    return len(exact.partition(".")[2].rstrip("0"))


def is_year(column, values):
    """Return whether a column holds years, which are written without a comma."""
    named = str(column).lower()
    if not any(word in named for word in ("year", "edition", "began", "ended", "since")):
        return False
    whole = pd.to_numeric(pd.Series(values), errors="coerce").dropna().astype(float)
    return bool(len(whole) and (whole == whole.round()).all() and whole.between(1000, 2200).all())
