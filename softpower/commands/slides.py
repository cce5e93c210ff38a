"""``softpower slides``: a lesson for the wall, made from the lesson.

One HTML file without a network: a question, a chart, a table, a check or a lab's guesses a page,
in large type. What stands around it in the lesson is the speaker's notes: key N, or in print.
"""

import base64
import re
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise

import mistune

from softpower import notebooks, texts
from softpower.commands import keys, lessons
from softpower.commands.pictures import figures_of, source_of, whole
from softpower.commands.print_sheets import place_of, six_claims, statements
from softpower.feedback.loader import bank
from softpower.palette import BAND, GREY, GRID, INK
from softpower.quiz.items import without_typing

_TAG = re.compile(r"<[^>]+>")
_TABLE = re.compile(r"<table\b.*?</table>", re.S)
_ASKS = re.compile(r"(?<=[.:!?])\s+")
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
html {{ font: 26px/1.35 "DejaVu Sans", "Noto Sans", Arial, sans-serif; color: {ink}; background: white; scroll-snap-type: y proximity }}
body {{ margin: 0 }} section {{ box-sizing: border-box; min-height: 100vh; padding: 2rem 3rem 2.2rem; scroll-snap-align: start; display: flex; flex-direction: column; justify-content: center; border-bottom: 1px solid {rule}; overflow: auto }}
.place {{ display: none }} section:focus {{ outline: none }} h1 {{ font-size: 2em }} h2 {{ font-size: 1.7em; margin: 0 0 .6em }}
section > * {{ max-width: 60em; margin-left: auto; margin-right: auto; width: 100% }}
img.chart {{ height: 84vh; object-fit: contain; max-width: none }}
table {{ border-collapse: collapse; font-size: .72em }} th, td {{ border-bottom: 1px solid {rule}; padding: .25rem .5rem; text-align: left; vertical-align: top }}

.lines {{ font-size: .66em }} .lines th, .lines td {{ padding: .1rem .4rem }} .lines td {{ white-space: nowrap }}
small {{ font-size: max(.6em, 13px); color: {grey} }} li {{ margin: .4rem 0 }} aside {{ display: none; font-size: .72rem; line-height: 1.4; background: {band}; padding: .8rem 1rem; margin-top: 1.5rem }}
.notes aside {{ display: block }} nav {{ position: fixed; left: 0; right: 0; bottom: 0; display: flex; justify-content: space-between; gap: 2rem; padding: .2rem .6rem; font-size: .55rem; color: {grey}; background: white }} nav output {{ font-size: .75rem; white-space: nowrap }}
@media print {{ html {{ font-size: 15px }} section {{ font-size: 15px !important; min-height: 0; overflow: visible; break-after: page }} img.chart {{ height: 60vh }} aside {{ display: block }} .place {{ display: block }} nav {{ display: none }} }}
</style></head><body>
{body}
<nav data-lacks="{lacks}"><output>1 / {last}</output><span>{keys}</span></nav>
<script>
const pages = [...document.querySelectorAll("section")];
// Of a page that is higher than the window the type gets smaller, down to two thirds.
const fit = () => pages.forEach((page) => {{
  page.style.fontSize = "";
  for (let size = 100; size > 66 && page.offsetHeight > innerHeight + 2 && !document.body.classList.contains("notes"); size -= 4) page.style.fontSize = `${{size / 100}}rem`;
}});
addEventListener("load", fit); addEventListener("resize", fit);
const here = () => pages.reduce((best, page) => Math.abs(page.getBoundingClientRect().top) < Math.abs(best.getBoundingClientRect().top) ? page : best);
const go = (to, block) => {{ to?.scrollIntoView({{ block }}); to?.focus({{ preventScroll: true }}); }};
// Which page this is, what was typed, or that there is no such page.
const line = document.querySelector("nav output"), lacks = document.querySelector("nav").dataset.lacks;
let typed = "", told = "";
const tell = () => {{ line.textContent = told || (typed && `${{typed}} …`) || `${{pages.indexOf(here()) + 1}} / ${{pages.length}}`; }};
addEventListener("scroll", tell, {{ passive: true }}); addEventListener("load", tell);
addEventListener("keydown", (event) => {{
  if (event.ctrlKey || event.metaKey || event.altKey) return; // another tab, and no page
  told = "";
  if (/^\\d$/.test(event.key)) {{ typed += event.key; tell(); return; }}
  if (event.key === "Enter" && typed) {{
    if (pages[typed - 1]) go(pages[typed - 1], "start");
    else told = lacks.replace("#", typed);
  }}
  typed = "";
  tell();
  const page = here(), room = page.getBoundingClientRect();
  const step = {{ ArrowDown: 1, ArrowRight: 1, PageDown: 1, " ": 1, ArrowUp: -1, ArrowLeft: -1, PageUp: -1 }}[event.key];
  if (!step) {{ if (event.key === "n" || event.key === "N") document.body.classList.toggle("notes"), fit(), page.scrollIntoView(); return; }}
  event.preventDefault();
  // A page that is higher than the window is read to its end before the next one comes.
  if (step > 0 ? room.bottom > innerHeight + 4 : room.top < -4) {{ scrollBy(0, step * innerHeight * 0.8); return; }}
  go(pages[pages.indexOf(page) + step], step > 0 ? "start" : "end");
}});
</script></body></html>
"""


@dataclass
class Slide:
    """A page for the wall: what is seen, and what the speaker may say."""

    seen: str
    notes: str = ""
    checks: tuple = ()


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
    shown = slides(lesson, number)
    made = "\n".join(_written(slide, place) for place, slide in enumerate(shown, 1))
    title = notebooks.title(lesson.cells[0].source)
    moving = texts.text(
        "Arrow keys or Page Up and Down: move. A number and Enter: that page. "
        "N: notes, with the answers; the wall shows them too."
    )
    lacks = texts.text("There is no page {page}: 1 to {last}.", page="#", last=len(shown))
    colours = {"ink": INK, "grey": GREY, "rule": GRID, "band": BAND}
    return _PAGE.format(
        **{"title": escape(title), "body": made, "keys": moving, "language": texts.language()},
        **{"lacks": escape(lacks), "last": len(shown)},
        **colours,
    )


def _written(slide, place):
    label = escape(texts.text("Notes."))
    notes = f"<aside><strong>{label}</strong> {slide.notes}</aside>" if slide.notes else ""
    number = f'<small class="place">{place}</small>'
    return f'<section tabindex="-1" id="page-{place}">{slide.seen}{notes}{number}</section>'


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
            for name in lessons.CHECK.findall(cell.source):
                _answered(made[-1], bank()[name])
        elif part in ("title", "think", "remember"):
            # Where to go from here (a link to the exercise) is not for the wall.
            blocks = cell.source.split("\n\n")
            words = "\n\n".join(one for one in blocks if "/exercise_" not in one)
            made.append(Slide(mistune.html(lessons.unlinked(words))))
        # How a check is run ("a-run") is for those who have it before them.
        elif part != "exercise" and cell["id"] not in before_setup and cell["id"][-4:] != "-run":
            source = lessons.off_screen(lessons.unlinked(cell.source))
            for words in re.split(r"^(?=## )", source, flags=re.M):
                made += _told(words, minutes, part == "ask")
                # A check is on the page itself; its notes are the answers.
                _note(made, words.rpartition("### ")[0] if "\n### " in f"\n{words}" else words)
    return made


def places(lesson, number):
    """Return on which pages a lesson's sections and checks stand, counted from 1.

    Parameters
    ----------
    lesson : nbformat.NotebookNode
    number : str
        The lesson's number, ``"07"``.

    Returns
    -------
    tuple of dict
        Section, and what to remember → its first and last page; check, ``"07.a"`` → its page.
    """
    made = slides(lesson, number)
    begins = {}
    last = [cell.source for cell in lesson.cells if notebooks.part(cell) == "remember"]
    names = [name for name, _ in lessons.sections(lesson)]
    names += [re.match(r"#+ (.+)", source)[1] for source in last]
    for page, slide in enumerate(made, 1):
        heading = re.match(r"<h2>(.*?)</h2>", slide.seen)
        begins.setdefault(unescape(heading[1]) if heading else "", page)
    begins = {name: begins[name] for name in names if name in begins}
    starts = [*sorted(begins.values()), len(made) + 1]
    sections = {
        name: (page, next(one for one in starts if one > page) - 1) for name, page in begins.items()
    }
    checks = {name: page for page, slide in enumerate(made, 1) for name in slide.checks}
    return sections, checks


def _answered(slide, question):
    """Name a check on its slide, and put its answers into the notes."""
    slide.checks = (*slide.checks, question.id)
    named = texts.text("Check {question}", question=question.id)
    slide.seen += f"<p><small>{escape(named)}</small></p>"
    said = [
        f"<li><strong>{escape(answer)}</strong> {escape(words)}</li>"
        for answer, words in keys.replies(question)
    ]
    head = escape(texts.text("Answers, the right one first."))
    slide.notes += f"<p><strong>{head}</strong></p><ul>{''.join(said)}</ul>"


def _told(source, minutes, asks):
    """The slides of a passage: its heading, its tables, its check, its numbered guesses."""
    found = []
    heading = re.match(r"## (.+)\n", source)
    if heading:
        time = minutes.get(heading[1], "")
        if time:
            said = texts.texts("{count} minute", "{count} minutes", time)
            time = f"<p><small>{escape(said)}</small></p>"
        found.append(Slide(f"<h2>{escape(heading[1])}</h2>{_lead(source)}{time}"))
    head = f"<h2>{escape(heading[1])}</h2>" if heading else ""
    grids = [] if asks else lessons.GRID.finditer(source)
    tables = [(grid.start(), Slide(head + mistune.html(grid[0]))) for grid in grids]
    guesses = re.search(r"(?:^\d\. .+\n?)+", source, re.M)
    if asks and "\n### " in f"\n{source}":
        check = source.rpartition("### ")[2]
        name, _, check = check.partition("\n")
        # A check at the end of a section leans on the words before it.
        given = lessons.before_check(source)
        check = "\n".join(map(without_typing, check.splitlines()))
        found.append(Slide(f"<h2>{escape(name)}</h2>{given}{mistune.html(check)}"))
    elif guesses:
        lead = source[: guesses.start()].rstrip().rpartition("\n")[2]
        tables.append((guesses.start(), Slide(mistune.html(f"{lead}\n\n{guesses[0]}"))))
    return found + [slide for _, slide in sorted(tables, key=lambda one: one[0])]


def _lead(source):
    """The first words of a section and what they announce with a colon, or else what it asks."""
    blocks = [one for one in source.split("\n\n")[1:] if one]
    at = next((at for at, one in enumerate(blocks) if one[:1] not in "*#>|-"), None)
    if at is None:
        return ""
    if len(blocks[at].split()) > 50:
        said = [block for block in blocks if not re.match(r"\d\. ", block)]  # guesses have a page
        asked = ((block, one) for block in said for one in _ASKS.split(block) if _asks(one))
        block, first = next(asked, ("", ""))
        led = block[: block.find(first)] + first  # what it speaks of, where that is short
        first = led if len(led.split()) <= 50 else first
        return mistune.html(first[:1].upper() + first[1:]) if len(first.split()) <= 50 else ""
    shown = blocks[at : at + 2] if blocks[at].rstrip().endswith(":") else blocks[at : at + 1]
    if not shown[-1].startswith("|"):  # a table has a slide of its own
        return mistune.html("\n\n".join(shown))
    return mistune.html(shown[0]) if len(shown) > 1 else ""


def _asks(sentence):
    return sentence.endswith("?")


def _note(made, source):
    """Put what a cell says into the notes of the slide before it."""
    text = re.sub(r"^#+ .*\n+|^\*[^*\n]*\d[^*\n]*\*\n+", "", lessons.unlinked(source), flags=re.M)
    text = "\n".join(map(without_typing, text.splitlines())).strip()
    if made and text:
        made[-1].notes += mistune.html(text)


def _shown(cell, number):
    """The slides of a cell of code: its chart or its table, without what is folded below."""
    yield from _BEFORE.get((number, cell["id"]), list)()
    charts = figures_of(cell)
    for html in charts:
        svg = base64.b64encode(whole(html, number).encode()).decode()
        told = re.search(r'alt="([^"]*)"', html)[1]
        yield Slide(f'<img class="chart" src="data:image/svg+xml;base64,{svg}" alt="{told}">')
    if charts:
        return
    for html in notebooks.shown(cell):
        table = _TABLE.search(html)
        fits = table and table[0].count("<tr") <= 16 and len(_TAG.sub("", table[0])) < 1200
        if "softpower-twin" in html:
            yield Slide(_lab(number) + (table[0] if fits else ""))
            if cell["id"] in WHOLE:
                yield from map(Slide, _halves(table[0]))
        elif fits:
            line = f"<p><small>{escape(source_of(html))}</small></p>"
            yield Slide(table[0] + line)


def _halves(table):
    """A long table in two, each with its heading."""
    head, *rows = re.findall(r"<tr\b.*?</tr>", table, re.S)
    middle = -(-len(rows) // 2)
    for some in (rows[:middle], rows[middle:]):
        yield f'<table class="lines"><thead>{head}</thead><tbody>{"".join(some)}</tbody></table>'


def _claims():
    """Six claims to vote on, each a page; how it was checked stands in its notes."""
    for claim in six_claims().to_dict("records"):
        seen = f"<h2>{escape(texts.text('Does it hold up?'))}</h2>"
        seen += f"<p>{escape(texts.cell(claim['says']))}</p>"
        seen += f"<p><small>{escape(claim['claim_id'])} · {escape(place_of(claim))}</small></p>"
        told = {
            texts.word("Verdict"): claim["verdict"],
            texts.word("Checked against"): claim["check"],
            texts.word("Why"): claim["reason"],
            texts.word("How the check could be wrong"): claim["doubt"],
        }
        notes = "".join(
            f"<p><strong>{escape(name)}.</strong> {escape(texts.cell(words))}</p>"
            for name, words in told.items()
        )
        yield Slide(seen, notes)


def _statements():
    yield Slide(statements())


# What the wall has beyond the lesson, before a cell of it; and labs whose table is shown whole.
_BEFORE = {("02", "lab-claims"): _claims, ("07", "table1-fixed"): _statements}
WHOLE = {"explorer"}


def _lab(number):
    said = texts.text(
        "Here the lesson has a lab. To show it, open the lesson in the course, choose *Run* and "
        "*Run All Cells* in the menu, and go to this place. On paper it is a table: "
        "`python3 start.py print {number}`.",
        number=number,
    )
    return f"<h2>{escape(texts.text('Lab'))}</h2>{mistune.html(said)}"
