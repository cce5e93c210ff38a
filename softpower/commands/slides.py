"""``softpower slides``: a lesson for the wall, made from the lesson.

One HTML file without a network: a question, a chart, a table, a check or a lab's guesses a page,
in large type. What stands around it in the lesson is the speaker's notes: key N, or in print.
"""

import base64
import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import mistune

from softpower import notebooks, texts
from softpower.commands import lessons
from softpower.commands.pictures import figures_of, source_of, whole
from softpower.palette import BAND, GREY, GRID, INK
from softpower.quiz.items import without_typing

_ANCHOR = re.compile(r"</?(?:a|span)\b[^>]*>")
_LINK = re.compile(r"(?<!!)\[([^]]*)\]\([^)]*\)")
_TAG = re.compile(r"<[^>]+>")
_TABLE = re.compile(r"<table\b.*?</table>", re.S)
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
html {{ font: 26px/1.35 "DejaVu Sans", "Noto Sans", Arial, sans-serif; color: {ink}; background: white; scroll-snap-type: y proximity }}
body {{ margin: 0 }} section {{ box-sizing: border-box; min-height: 100vh; padding: 2rem 3rem; scroll-snap-align: start; display: flex; flex-direction: column; justify-content: center; border-bottom: 1px solid {rule}; overflow: auto }}
section:focus {{ outline: none }} h1 {{ font-size: 2rem }} h2 {{ font-size: 1.7rem; margin: 0 0 1rem }}
section > * {{ max-width: 60rem; margin-left: auto; margin-right: auto; width: 100% }}
img.chart {{ height: 86vh; object-fit: contain; max-width: none }}
table {{ border-collapse: collapse; font-size: .72rem }} th, td {{ border-bottom: 1px solid {rule}; padding: .25rem .5rem; text-align: left; vertical-align: top }}
small {{ font-size: .6rem; color: {grey} }} li {{ margin: .4rem 0 }} aside {{ display: none; font-size: .72rem; background: {band}; padding: .8rem 1rem; margin-top: 1.5rem }}
.notes aside {{ display: block }} nav {{ position: fixed; right: .6rem; bottom: .4rem; font-size: .55rem; color: {grey}; background: white }}
@media print {{ html {{ font-size: 15px }} section {{ min-height: 0; break-after: page }} aside {{ display: block }} nav {{ display: none }} }}
</style></head><body>
{body}
<nav>{keys}</nav>
<script>
const pages = [...document.querySelectorAll("section")];
const here = () => pages.reduce((best, page) => Math.abs(page.getBoundingClientRect().top) < Math.abs(best.getBoundingClientRect().top) ? page : best);
addEventListener("keydown", (event) => {{
  const page = here(), room = page.getBoundingClientRect();
  const step = {{ ArrowDown: 1, ArrowRight: 1, PageDown: 1, " ": 1, ArrowUp: -1, ArrowLeft: -1, PageUp: -1 }}[event.key];
  if (!step) {{ if (event.key === "n" || event.key === "N") document.body.classList.toggle("notes"); return; }}
  event.preventDefault();
  // A page that is higher than the window is read to its end before the next one comes.
  if (step > 0 ? room.bottom > innerHeight + 4 : room.top < -4) {{ scrollBy(0, step * innerHeight * 0.8); return; }}
  const to = pages[pages.indexOf(page) + step];
  to?.scrollIntoView({{ block: step > 0 ? "start" : "end" }});
  to?.focus({{ preventScroll: true }});
}});
</script></body></html>
"""


@dataclass
class Slide:
    """A page for the wall: what is seen, and what the speaker may say."""

    seen: str
    notes: str = ""


def add_arguments(parser):
    """Add the command's arguments."""
    lessons.add_arguments(parser, "slides")


def run(arguments):
    """Write a file for each lesson.

    Raises
    ------
    CourseError
        Where a lesson does not exist; nothing is written then.
    """
    asked = lessons.asked(arguments.lessons)
    lessons.write(arguments.out, {f"lesson_{number}.html": page(number) for number in asked})
    print("Open one in a browser, and show it on the wall.")
    return 0


def page(number):
    """Return a lesson as one page of slides.

    Parameters
    ----------
    number : str
        ``"00"`` to ``"10"``.
    """
    lesson = lessons.read(number)
    made = "\n".join(
        _written(slide, place) for place, slide in enumerate(slides(lesson, number), 1)
    )
    title = notebooks.title(lesson.cells[0].source)
    keys = texts.text("Arrow keys or Page Up and Down: move. N: notes.")
    colours = {"ink": INK, "grey": GREY, "rule": GRID, "band": BAND}
    return _PAGE.format(
        title=escape(title), body=made, keys=keys, language=texts.language(), **colours
    )


def _written(slide, place):
    label = escape(texts.text("Notes."))
    notes = f"<aside><strong>{label}</strong> {slide.notes}</aside>" if slide.notes else ""
    return f'<section tabindex="-1" id="page-{place}">{slide.seen}{notes}</section>'


def slides(lesson, number):
    """Return the slides of a lesson's main road, in order.

    Parameters
    ----------
    lesson : nbformat.NotebookNode
    number : str
        The lesson's number, ``"07"``.

    Returns
    -------
    list of Slide
    """
    minutes, made, road = dict(lessons.sections(lesson)), [], lessons.road(lesson)
    # That one cell has to run first is nothing for the wall; a section that begins so is.
    before_setup = {
        a["id"]
        for a, b in pairwise(road)
        if notebooks.part(b) == "setup" and not a.source.startswith("#")
    }
    for cell in road:
        part = notebooks.part(cell)
        if cell.cell_type == "code":
            made += _shown(cell, number)
        elif part in ("title", "think", "remember"):
            # Where to go from here (a link to the exercise) is not for the wall.
            blocks = cell.source.split("\n\n")
            words = "\n\n".join(one for one in blocks if "/exercise_" not in one)
            made.append(Slide(mistune.html(_clean(words))))
        elif part != "exercise" and cell["id"] not in before_setup:
            for words in re.split(r"^(?=## )", _clean(cell.source), flags=re.M):
                made += _told(words, minutes, part == "ask")
                _note(made, words)
    return made


def _clean(source):
    return _LINK.sub(r"\1", _ANCHOR.sub("", source))


def _told(source, minutes, asks):
    """The slides of a passage: its heading, its check, its numbered guesses."""
    found = []
    heading = re.match(r"## (.+)\n", source)
    if heading:
        time = minutes.get(heading[1], "")
        if time:
            said = texts.texts("{count} minute", "{count} minutes", time)
            time = f"<p><small>{escape(said)}</small></p>"
        found.append(Slide(f"<h2>{escape(heading[1])}</h2>{_lead(source)}{time}"))
    guesses = re.search(r"(?:^\d\. .+\n?)+", source, re.M)
    if asks and "\n### " in f"\n{source}":
        before, _, check = source.rpartition("### ")
        name, _, check = check.partition("\n")
        # A check at the end of a section leans on the words before it.
        given = before.strip().rpartition("\n\n")[2]
        given = mistune.html(given) if given and len(given.split()) <= 90 else ""
        check = "\n".join(map(without_typing, check.splitlines()))
        found.append(Slide(f"<h2>{escape(name)}</h2>{given}{mistune.html(check)}"))
    elif guesses:
        lead = source[: guesses.start()].rstrip().rpartition("\n")[2]
        found.append(Slide(mistune.html(f"{lead}\n\n{guesses[0]}")))
    return found


def _lead(source):
    """The first words of a section, and what they announce with a colon."""
    blocks = source.split("\n\n")[1:]
    at = next((at for at, one in enumerate(blocks) if one[:1] not in "*#>|-"), None)
    if at is None or len(blocks[at].split()) > 50:
        return ""
    shown = blocks[at : at + 2] if blocks[at].rstrip().endswith(":") else blocks[at : at + 1]
    return mistune.html("\n\n".join(shown))


def _note(made, source):
    """Put what a cell says into the notes of the slide before it."""
    text = re.sub(r"^#+ .*\n+|^\*[^*\n]*\d[^*\n]*\*\n+", "", _clean(source), flags=re.M)
    if made and text.strip():
        made[-1].notes += mistune.html(text.strip())


def _shown(cell, number):
    """The slides of a cell of code: its chart or its table, without what is folded below."""
    charts = figures_of(cell)
    for html in charts:
        svg = base64.b64encode(whole(html, number).encode()).decode()
        told = re.search(r'alt="([^"]*)"', html)[1]
        yield Slide(f'<img class="chart" src="data:image/svg+xml;base64,{svg}" alt="{told}">')
    if charts:
        return
    for html in notebooks.shown(cell):
        if "softpower-twin" in html:
            yield Slide(f"<p>{escape(texts.text('Open the lab in the lesson.'))}</p>")
            continue
        table = _TABLE.search(html)
        if table and table[0].count("<tr") <= 16 and len(_TAG.sub("", table[0])) < 1200:
            line = f"<p><small>{escape(source_of(html))}</small></p>"
            yield Slide(table[0] + line)
