"""A chart as the reader gets it: one image, sharp at any size, with a narrow twin inside.

JupyterLab lets no ``<picture>``, no style sheet and no inline SVG pass in a notebook that is not
trusted. An image may be an SVG, though, and its own style sheet sees how wide it is shown. So
one image of a fixed height holds two drawings, for a page and for a phone, and shows one.
"""

import base64
import io
import re
from dataclasses import dataclass
from html import escape

import pandas as pd

from softpower import texts
from softpower.figures.style import STYLE
from softpower.figures.tables import source_html, source_line, table_html
from softpower.palette import DARK, IN_THE_DARK, WHITE

WIDE, NARROW = 680, 320  # pixels
TURN = 500  # the width in pixels below which the narrow drawing is shown
_FONTS = "'DejaVu Sans',Verdana,Arial,sans-serif"


@dataclass(frozen=True)
class Chart:
    """A chart as the reader gets it, on the screen and through a screen reader.

    ``values`` are the figures in words, for those who do not see the bars that show them.
    """

    finding: str
    sentence: str
    values: str
    source: str
    table: pd.DataFrame
    svg: str
    height: int

    @property
    def alternative_text(self):
        """The finding, the sentence and the values: what the chart shows, in words."""
        parts = [f"{self.finding.rstrip('.')}.", self.sentence, self.values]
        return " ".join(part for part in parts if part)

    def _repr_mimebundle_(self, include=None, exclude=None):
        sentence = f'<p style="margin:0.3em 0">{escape(self.sentence)}</p>' if self.sentence else ""
        html = (
            f'<figure style="margin:0.5em 0;max-width:{WIDE}px">'
            f'<p style="margin:0.3em 0"><strong>{escape(no_widow(self.finding))}</strong></p>'
            f"{embedded(self.svg, self.alternative_text, f'width:100%;height:{self.height}px')}"
            f"<figcaption>{sentence}{source_html(self.source)}</figcaption>"
            f"<details><summary>{escape(texts.text('The same figures as a table'))}</summary>"
            f"{table_html(self.table, caption=self.finding)}</details></figure>"
        )
        return {"text/html": html, "text/plain": self.alternative_text}


def embedded(svg, alternative_text, size):
    """Return an SVG as an image in HTML, on one card, because inline it would not pass.

    The card is white, and dark on a dark page: JupyterLab and the site say which theme they
    wear (``color-scheme``), and an image hears it in its own style sheet. Elsewhere the
    reader's system decides, and either card is readable on either page.
    """
    start = svg.index(">") + 1
    svg = f"{svg[:start]}<style>{in_the_dark(svg)}</style>{svg[start:]}"
    picture = base64.b64encode(svg.encode()).decode()
    return (
        f'<img src="data:image/svg+xml;base64,{picture}" alt="{escape(alternative_text)}" '
        f'style="{size};background-color:{WHITE.lower()};border-radius:4px">'
    )


def in_the_dark(svg):
    """Return the rules that give each colour of an SVG its lighter twin on a dark page."""
    rules = f":root{{background:{DARK}}}"
    for colour in dict.fromkeys(re.findall(r"#[0-9A-Fa-f]{3,6}\b", svg)):
        twin = IN_THE_DARK.get(colour.upper())
        for part in ("fill", "stroke") if twin else ():
            where = f'[style*="{part}:{colour}"],[{part}="{colour}"]'
            rules += f"{where}{{{part}:{twin}!important}}"
    return f"@media (prefers-color-scheme:dark){{{rules}}}"


def no_widow(text):
    """Return a text whose last two or three words stay on one line, where they are short."""
    words = text.split(" ")
    for last in (3, 2):
        end = "\u00a0".join(words[-last:])
        if len(words) > 5 and len(end) <= 18:
            return " ".join([*words[:-last], end])
    return text


def chart(draw, height, finding, sentence, values, frame, sources=()):
    """Return a chart from a function that draws it.

    Parameters
    ----------
    draw : callable
        Takes a matplotlib figure and whether it is wide, and draws.
    height : int
        In pixels, of both drawings.
    finding, sentence, values : str
        See :class:`Chart`.
    frame : pandas.DataFrame
        The figures that stand beside the chart as a table.
    sources : pandas.DataFrame or list of pandas.DataFrame
        As for :func:`softpower.figures.table`.
    """
    wide, narrow = (_drawn(draw, width, height) for width in (WIDE, NARROW))
    svg = image(wide, narrow, (height, height))
    return shown(svg, height, finding, sentence, values, frame, sources)


def shown(svg, height, finding, sentence, values, frame, sources=()):
    """Return a chart from its image; see :func:`chart`."""
    line = source_line(frame, sources)
    return Chart(finding, sentence or "", values, line, frame, svg, height)


def image(wide, narrow, heights):
    """Return one image from the insides of two drawings and their heights."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' width="100%" height="100%"><style>'
        f"*{{stroke-linejoin:round;stroke-linecap:butt}}text{{font-family:{_FONTS}}}"
        f"#n{{display:none}}@media (max-width:{TURN}px){{#w{{display:none}}#n{{display:inline}}}}"
        f"</style>{_part('w', WIDE, heights[0], wide)}{_part('n', NARROW, heights[1], narrow)}</svg>"
    )


def _part(name, width, height, inside):
    return (
        f'<svg id="{name}" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMin meet">'
        f"{inside}</svg>"
    )


def _drawn(draw, width, height):
    """Return one drawing as the inside of an SVG, always in the same bytes."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    buffer = io.StringIO()
    # Figure without pyplot: no global state, and nothing is shown twice. An inch is 72 pixels.
    with rc_context(STYLE | {"svg.hashsalt": str(width)}):
        figure = Figure(figsize=(width / 72, height / 72), layout="constrained")
        draw(figure, width == WIDE)
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return _small(buffer.getvalue())


def _small(svg):
    """Return what is inside an SVG of matplotlib, without what no picture needs."""
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = svg[svg.index(">", svg.index("<svg ")) + 1 : svg.rindex("</svg>")]
    used = set(re.findall(r"#([\w.]+)", svg))
    svg = re.sub(r' id="([^"]*)"', lambda m: m[0] if m[1] in used else "", svg)
    svg = re.sub(r"<[^>]*>", lambda m: _tag(m[0]), svg)  # never the text between the tags
    return re.sub(r">\s*\n\s*<", "><", svg).strip()


def _tag(tag):
    tag = re.sub(r' transform="rotate\(-?0 [^)]*\)"| font-family: [^;"]*;', "", tag)
    fine = ".1f" if tag.startswith("<path d=") else ".2f"
    tag = re.sub(r"-?\d+\.\d+(?:e-?\d+)?", lambda m: f"{float(m[0]):{fine}}", tag)
    tag = re.sub(r"(\.\d*?)0+(?=[^\d])", lambda m: m[1].removesuffix("."), tag)
    return re.sub(r"\s+", " ", tag).replace(": ", ":").replace("; ", ";")
