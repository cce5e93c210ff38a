"""``softpower pictures``: the charts of lessons as pictures, for somebody's own slides.

Each is an SVG, sharp at any size, with the finding above the chart and its source below, so that
it may be passed on. Word, PowerPoint, LibreOffice and Keynote insert one as a picture.
"""

import base64
import re
import textwrap
from html import escape, unescape

from softpower import notebooks, texts
from softpower.commands import lessons
from softpower.palette import INK, WHITE

_WIDTH, _LINE = 680, 20  # pixels
_FIGURE = re.compile(r"<figure\b.*?</figure>", re.S)
_IMAGE = re.compile(r'<img src="data:image/svg\+xml;base64,([^"]+)"')
_COURSE = texts.mark(
    "Soft Power: from Nye's concept to a policy for Kazakhstan, lesson {lesson} (CC BY 4.0)."
)


def add_arguments(parser):
    """Add the command's arguments."""
    lessons.add_arguments(parser, "pictures")


def run(arguments):
    """Write every chart of the lessons.

    Raises
    ------
    CourseError
        Where a lesson does not exist; nothing is written then.
    """
    asked = lessons.asked(arguments.lessons)
    made = {f"{name}.svg": svg for number in asked for name, svg in pictures(number)}
    lessons.write(arguments.out, made)
    print("Insert one into a slide as a picture.")
    return 0


def figures_of(cell):
    """Return the charts that a cell shows, as they stand in its stored output (HTML)."""
    shown = "".join(notebooks.shown(cell))
    return [html for html in _FIGURE.findall(shown) if _IMAGE.search(html)]


def pictures(number):
    """Return the charts of a lesson as (name, SVG).

    Parameters
    ----------
    number : str
        ``"00"`` to ``"10"``.
    """
    for cell in lessons.read(number).cells:
        for html in figures_of(cell):
            yield f"lesson_{number}_{cell['id']}", whole(html, number)


def whole(html, number):
    """Return one chart's SVG with its finding, its source and the course's name."""
    svg = base64.b64decode(_IMAGE.search(html)[1]).decode()
    # A chart holds a wide and a narrow drawing; the fan of a plan is one.
    parts = re.search(r'<svg id="w".*(?=<svg id="n")', svg, re.S)
    wide = parts[0] if parts else re.sub(r"<style>@media.*?</style>", "", svg, flags=re.S)
    across, tall = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', wide).groups())
    height = tall * _WIDTH / across
    finding = re.search(r"<strong>(.*?)</strong>", html, re.S)
    head = _lines(_plain(finding[1]), 66) if finding else []
    foot = _lines(f"{source_of(html)} {texts.text(_COURSE, lesson=number)}", 100)
    top = _LINE * len(head) + 12
    below = top + height + 16
    tall = below + 15 * len(foot)
    words = [_text(12, _LINE * (n + 1), 16, line, True) for n, line in enumerate(head)]
    words += [_text(12, below + 15 * n, 11, line) for n, line in enumerate(foot)]
    wide = wide.replace("<svg ", f'<svg y="{top}" width="{_WIDTH}" height="{height}" ', 1)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{_WIDTH}" height="{tall:g}" viewBox="0 0 {_WIDTH} {tall:g}">'
        "<style>*{stroke-linejoin:round;stroke-linecap:butt}"
        "text{font-family:'DejaVu Sans',Verdana,Arial,sans-serif}</style>"
        f'<rect width="100%" height="100%" fill="{WHITE}"/>{"".join(words)}{wide}</svg>\n'
    )


def source_of(html):
    """Return the source line of a chart, whole."""
    lines = [_plain(line) for line in re.findall(r"<small>(.*?)</small>", html, re.S)]
    return lines[-1] if lines else ""


def _plain(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _lines(text, width):
    return textwrap.wrap(text, width, break_on_hyphens=False)


def _text(x, y, size, line, bold=False):
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y:g}" font-size="{size}" fill="{INK}"{weight}>{escape(line)}</text>'
