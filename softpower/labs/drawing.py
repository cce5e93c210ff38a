"""What the labs with charts share: positions and ticks, so that the browser only draws."""

from dataclasses import asdict, dataclass, field

from matplotlib.ticker import MaxNLocator


@dataclass
class Drawing:
    """A picture as plain data: lines, dots and words with their places, in units of the picture.

    The browser turns it into SVG without any arithmetic of its own. ``label`` says in words
    what the picture shows, for those who do not see it.
    """

    width: float
    height: float
    label: str = ""
    strokes: list = field(default_factory=list)
    dots: list = field(default_factory=list)
    words: list = field(default_factory=list)

    def stroke(self, points, colour="#DDDDDD", width=1, dash=""):
        """Add a line through (x, y) points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.strokes.append({"points": path, "colour": colour, "width": width, "dash": dash})

    def dot(self, x, y, colour, note=""):
        """Add a dot; ``note`` appears when the pointer rests on it."""
        self.dots.append({"x": round(x, 1), "y": round(y, 1), "colour": colour, "note": note})

    def word(self, x, y, text, colour="#222222", anchor="start", bold=False):
        """Add words whose start, middle or end (``anchor``) is at x."""
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

    def data(self):
        """Return the drawing as plain data for the browser."""
        return asdict(self)


def scale(low, high, start, end):
    """Return a function that places a number between low and high between start and end."""
    span = (high - low) or 1
    return lambda number: start + (number - low) / span * (end - start)


def ticks(low, high, most=4):
    """Return round numbers that cover low to high, at most about ``most`` steps apart."""
    return [float(tick) for tick in MaxNLocator(most, steps=[1, 2, 5, 10]).tick_values(low, high)]
