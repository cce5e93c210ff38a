"""The one way to draw a picture that is not a chart: marks with their places, as plain data.

A lab's script draws them in the browser (``labs/kit/drawing.js`` knows the same marks), and
``svg`` writes them as text, for the brief and for a page without Python.
"""

import re
import textwrap
from dataclasses import asdict, dataclass, field
from html import escape

from matplotlib.ticker import MaxNLocator

from softpower.palette import PALETTE

# How wide a letter is, in the size of the letters: Cyrillic ones are wider than Latin ones.
_LATIN, _CYRILLIC, _BOLD = 0.56, 0.66, 1.1
# What share of a text stands before and after the place that its anchor names.
_REACH = {"start": (0, 1), "middle": (0.5, 0.5), "end": (1, 0)}


@dataclass
class Drawing:
    """A picture as plain data, in units of the picture; colours are names of the palette.

    ``label`` says in words what the picture shows, for those who do not see it. Bands lie under
    blocks, blocks under strokes, strokes under dots, dots under words.
    """

    width: float
    height: float
    label: str = ""
    size: float = 13  # of letters
    halo: bool = True  # whether letters that stand on lines have an edge of paper around them
    bands: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    strokes: list = field(default_factory=list)
    dots: list = field(default_factory=list)
    words: list = field(default_factory=list)

    def band(self, points, colour, opacity=1.0):
        """Fill the area inside (x, y) points."""
        self.bands.append({"points": _path(points), "colour": colour, "opacity": opacity})

    def block(self, x, y, width, height, colour):
        """Fill a rectangle whose upper left corner is (x, y)."""
        self.blocks.append(
            {"x": x, "y": y, "width": round(width, 1), "height": height, "colour": colour}
        )

    def stroke(self, points, colour="pale", width=1, dash=""):
        """Add a line through (x, y) points."""
        self.strokes.append(
            {"points": _path(points), "colour": colour, "width": width, "dash": dash}
        )

    def dot(self, x, y, colour, note=""):
        """Add a dot; ``note`` appears when the pointer rests on it."""
        self.dots.append({"x": round(x, 1), "y": round(y, 1), "colour": colour, "note": note})

    def word(self, x, y, text, colour="ink", anchor="start", bold=False):
        """Add words whose start, middle or end (``anchor``) is at x.

        In a language of long words they move as far as they must to stay in the picture.
        """
        before, after = _REACH[anchor]
        wide = len(text) * self.size * _letter(text) * (_BOLD if bold else 1)
        x = max(wide * before, min(x, self.width - wide * after))
        self.words.append(
            {
                "x": round(x, 1),
                "y": round(y, 1),
                "text": text,
                "colour": colour,
                "anchor": anchor,
                "weight": "bold" if bold else "normal",
            }
        )

    def lines(self, text):
        """Return a text as lines that fit the width of the picture."""
        return textwrap.wrap(text, int((self.width - 8) / self.size / _letter(text)))

    def data(self):
        """Return the drawing as plain data for the browser."""
        return asdict(self)

    def svg(self):
        """Return the drawing as the text of an SVG picture on its own white card."""
        parts = [f'<rect width="{self.width}" height="{self.height}" fill="{_hex("paper")}"/>']
        for one in self.bands:
            fill = f'fill="{_hex(one["colour"])}" fill-opacity="{one["opacity"]}"'
            parts.append(f'<polygon points="{one["points"]}" {fill}/>')
        for one in self.blocks:
            places = " ".join(f'{key}="{one[key]}"' for key in ("x", "y", "width", "height"))
            parts.append(f'<rect {places} fill="{_hex(one["colour"])}"/>')
        parts += [_stroke(one) for one in self.strokes]
        for one in self.dots:
            note = f"<title>{escape(one['note'])}</title>"
            place = f'cx="{one["x"]}" cy="{one["y"]}" r="4.5"'
            parts.append(f'<circle {place} fill="{_hex(one["colour"])}">{note}</circle>')
        parts += [self._word(one) for one in self.words]
        return (
            f'<svg viewBox="0 0 {self.width} {self.height}" role="img" '
            f'aria-label="{escape(self.label)}" xmlns="http://www.w3.org/2000/svg" '
            f'font-family="DejaVu Sans, Arial, sans-serif" font-size="{self.size}">'
            f"{''.join(parts)}</svg>"
        )

    def _word(self, one):
        edge = f' stroke="{_hex("paper")}" stroke-width="4" paint-order="stroke"'
        weight = ' font-weight="bold"' if one["weight"] == "bold" else ""
        return (
            f'<text x="{one["x"]}" y="{one["y"]}" text-anchor="{one["anchor"]}" '
            f'fill="{_hex(one["colour"])}"{weight}{edge if self.halo else ""}>'
            f"{escape(one['text'])}</text>"
        )


def _letter(text):
    return _CYRILLIC if re.search("[\u0400-\u04ff]", text) else _LATIN


def _stroke(one):
    dash = f' stroke-dasharray="{one["dash"]}"' if one["dash"] else ""
    return (
        f'<polyline points="{one["points"]}" fill="none" stroke="{_hex(one["colour"])}" '
        f'stroke-width="{one["width"]}"{dash}/>'
    )


def _hex(colour):
    return PALETTE[colour][0]


def _path(points):
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def scale(low, high, start, end):
    """Return a function that places a number between low and high between start and end."""
    span = (high - low) or 1
    return lambda number: start + (number - low) / span * (end - start)


def ticks(low, high, most=4):
    """Return round numbers that cover low to high, at most about ``most`` steps apart."""
    return [float(tick) for tick in MaxNLocator(most, steps=[1, 2, 5, 10]).tick_values(low, high)]
