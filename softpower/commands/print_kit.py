"""``softpower print``: what a room without laptops needs, as pages to print.

Each page is one HTML file that opens in any browser and prints on A4: first what is in it and how
many copies of what; then what the lesson shows and asks, cards to cut, tables with their evidence,
every lab as the table that stands below it in the lesson; what is handed out afterwards; and last,
on sheets that are not handed out, rubrics and answers. The lecturer's notes are written beside it.
"""

import re
from html import escape, unescape
from pathlib import Path

import mistune

from softpower import feedback, figures, notebooks, texts
from softpower.commands import keys, lessons
from softpower.commands.print_sheets import (
    AFTERWARDS,
    IN_THE_HOUR,
    PLANS,
    USES,
    Sheet,
    by_document,
)
from softpower.feedback.loader import bank
from softpower.palette import GREY, INK
from softpower.quiz import items

LESSONS = lessons.ALL[1:]  # lesson 00 is about the notebook itself
ROWS = 17  # a longer table of a lesson is printed by its lab, or not at all
NOTES = Path("docs") / "notes"
SMALL = 6  # rows of a lab that is printed where it stands in the lesson
TIGHT = range(25, 45)  # rows of a table that small type brings onto one sheet
# Tables of a lesson that answer what its plan lets a class guess first: sheets of their own.
KEPT = {
    "03": {"ranking-table": "you", "means": "you", "above": "you"},
    "07": {"table1-fixed": "you", "failures": "readers"},
    "09": {"alpha-table": "you", "again": "you"},
    "10": {"broken": "you", "switches": "you"},
}
# Labs on sheets of their own, for others than a pair or because they answer what was asked.
LAB_USES = {"explorer": "after", "lab-claims": "document", "lab": "pair", "meter": "after"}
# Cells of which a room without a wall needs more than tables and questions: before the first
# sheet, the sentence and the guesses that its tables answer; on it, what the lab's words mean.
BEFOREHAND = {"02": ("before", "lab-questions")}
LISTED = {"02": {"holds"}}
# Cells whose table, or lab, stands on a sheet of ``print_sheets`` already.
ELSEWHERE = {"07": {"grade", "transfer", "checker", "course"}}

# On paper one writes there what the lab has not been told yet.
_UNDONE = (texts.mark("not placed"), texts.mark("not judged yet"), texts.mark("not coded"))
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.S)
_STYLE = """
body {{ font: 10.5pt/1.35 "DejaVu Sans", "Noto Sans", Arial, sans-serif; color: {ink}; margin: 1.5rem auto; max-width: 60rem; }}
h1 {{ font-size: 16pt }} h2 {{ font-size: 13pt; break-after: avoid; margin: 0 }} h3 {{ font-size: 11.5pt; break-after: avoid; margin: 1.2rem 0 0 }} p {{ margin: .3rem 0 }} li {{ break-inside: avoid }} figure {{ margin: 0 !important; max-width: none !important; break-inside: avoid }} caption {{ font-weight: bold; padding: .4rem 0; text-align: left }}
table {{ border-collapse: collapse; width: 100%; margin-bottom: 1.2rem; font-size: 9pt; line-height: 1.3; min-width: 0 !important }} tr {{ break-inside: avoid }} thead {{ break-after: avoid }} figure table {{ margin-bottom: .2rem }} figure small {{ font-size: 8pt }}
th, td {{ border: 1px solid {edge}; padding: .2rem .35rem; vertical-align: top; text-align: left; overflow-wrap: break-word }} td.number, th.number {{ text-align: right }}
.sheet {{ color: {grey}; font-size: 9pt; margin-bottom: .8rem; break-after: avoid }} .short {{ break-inside: avoid }} .document + .document {{ break-before: page }} .reasons table {{ font-size: 8pt; line-height: 1.2 }} .reasons td:nth-child(-n + 3) {{ width: 10% }}
.tight table {{ font-size: 8.5pt; line-height: 1.25 }} .lines td:nth-child(-n + 2) {{ white-space: nowrap }}
.cards {{ display: grid; grid-template-columns: 1fr 1fr; gap: 0 }}
.card {{ border: 1px dashed {edge}; padding: 1rem; min-height: 7.5rem; break-inside: avoid; font-size: 13pt }}
.card small {{ display: block; margin-top: .6rem; color: {grey}; font-size: 10pt }}
.frame td {{ height: 3.2rem }} .frame th:nth-child(n + 3) {{ width: 29% }} section {{ break-before: page }}
@page {{ size: A4; margin: 15mm; @bottom-right {{ content: "{foot} · " counter(page); font: 8pt sans-serif; color: {grey} }} }}
@media print {{ body {{ margin: 0; max-width: none }} }}
"""
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head><body><h1>{title}</h1>
{body}
</body></html>
"""


def add_arguments(parser):
    """Add the command's arguments."""
    lessons.add_arguments(parser, "print_kit")


def run(arguments):
    """Write a page for each lesson, and its notes for whoever teaches it, where they are here.

    Raises
    ------
    CourseError
        Where a lesson does not exist; nothing is written then.
    """
    asked = lessons.asked(arguments.lessons, LESSONS)
    files = {f"lesson_{number}.html": page(number) for number in asked}
    found = {f"notes_{number}.html": _notes(path) for number in asked for path in _notes_of(number)}
    lessons.write(arguments.out, files | found)
    print("Open one in a browser and print it: its first page says how many copies of what.")
    return 0


def page(number):
    """Return what is printed for a lesson, as one HTML page.

    Parameters
    ----------
    number : str
        ``"01"`` to ``"10"``.
    """
    lesson = lessons.read(number)
    title = notebooks.title(lesson.cells[0].source)
    made = sheets(lesson, number)
    body = [
        _front(made, number),
        *(_section(number, place, one) for place, one in enumerate(made, 1)),
    ]
    foot = texts.text("Lesson {number}", number=number)
    return _printed(
        texts.text("Lesson {number}: {title}", number=number, title=title), "\n".join(body), foot
    )


def _printed(title, body, foot):
    style = _STYLE.format(ink=INK, edge=GREY, grey=GREY, foot=escape(foot))
    language = texts.language()
    return _PAGE.format(title=escape(title), language=language, body=body, style=style)


def sheets(lesson, number):
    """Return the sheets of a lesson's kit, in order: the hour's, those of afterwards, the answers.

    Parameters
    ----------
    lesson : nbformat.NotebookNode
    number : str
        The lesson's number, ``"07"``.

    Returns
    -------
    list of Sheet
    """
    road = lessons.road(lesson)
    labs, solved = _labs(lesson, number)
    made = [
        Sheet(texts.text("What the lesson shows and asks"), _asked(road, number), "wall"),
        *_beforehand(road, number),
        *IN_THE_HOUR.get(number, list)(),
        *labs,
        *AFTERWARDS.get(number, list)(),
        *solved,
        *_kept(road, number),
        Sheet(texts.text("What to remember, to take home"), _remember(road), "each"),
        Sheet(texts.text("For whoever marks: rubrics"), _rubrics(number), "you"),
        Sheet(
            texts.text("For whoever asks, not to hand out: the checks and their answers"),
            _answers(road),
            "you",
        ),
    ]
    return [one for one in made if one.html]


def copies(one):
    """Return for whom a sheet is, and its copies for 30 and for 150 students, as words."""
    whom, thirty, many = USES[one.use]
    return texts.text(whom), thirty, many


def plans(made, number):
    """Return each of a lesson's sheets with its place and the plan that needs it, as words."""
    needed = map(texts.text, PLANS[number])
    return [(at, one, plan) for at, (one, plan) in enumerate(zip(made, needed, strict=True), 1)]


def _section(number, place, one):
    whom, thirty, many = copies(one)
    line = texts.text(
        "Lesson {number}, sheet {place}, {whom}. Copies for 30 students: {thirty}; for 150: {many}.",
        number=number,
        place=place,
        whom=whom,
        thirty=thirty,
        many=many,
    )
    # A source that is folded on the screen is read on paper.
    html = re.sub(r"<summary.*?</summary>", "", one.html, flags=re.S)
    html = html.replace("<details", "<div").replace("</details>", "</div>")
    head = f'<h2>{escape(one.title)}</h2><p class="sheet">{escape(line)}</p>'
    return f"<section>{head}{html}</section>"


def _front(made, number):
    """The first page: the sheets, for whom each is, how many copies, and for which plan."""
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in (str(at), one.title, *copies(one), plan))
        + "</tr>"
        for at, one, plan in plans(made, number)
    )
    names = (
        *(texts.text("Sheet"), texts.text("What"), texts.text("For whom")),
        *(texts.text("30 students"), texts.text("150 students"), texts.text("In which plan")),
    )
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    told = texts.text(
        "Each sheet begins on a new page and says its number; some have several pages. The last "
        "column says which plan of the notes needs a sheet, of 50 minutes, of 100, or both."
    )
    return f"<table><tr>{head}</tr>{rows}</table><p>{escape(told)}</p>"


def _asked(road, number):
    """What the lesson shows and asks, in its order and without an answer."""
    made = [
        mistune.html(
            texts.text(
                "Written for the screen: where a line says *run*, *press*, *filter* or *slider*, "
                "look at the table of that name on these sheets."
            )
        )
    ]
    elsewhere = {*KEPT.get(number, ()), *ELSEWHERE.get(number, ())}
    question = ""
    for cell in road:
        words = lessons.off_screen(lessons.unlinked(cell.source))
        guesses = re.search(r"^[^\n]*:\n\n(?:^\d\. .+\n?)+", words, re.M)
        if cell["id"] in LISTED.get(number, ()):
            made.append(_short(mistune.html("\n".join(re.findall(r"^- .+$", words, re.M)))))
        if notebooks.part(cell) == "think":
            made.append(mistune.html(words.replace("## ", "### ", 1)))
        elif cell.cell_type == "markdown" and guesses and notebooks.part(cell) != "ask":
            made.append(_short(mistune.html(guesses[0])))
        if cell["id"] not in elsewhere:
            tables = list(_tables(cell))
            made += [question] if tables and cell.cell_type == "code" else []
            made += map(_short, tables)
            made += [_short(html) for html, key in _twins(cell) if _is_small(cell, html, key)]
        if notebooks.part(cell) == "ask":
            made.append(lessons.before_check(words))
        question = _posed(words) if cell.cell_type == "markdown" and not guesses else ""
        for name in lessons.CHECK.findall(cell.source):
            item = items.read(bank()[name])
            made.append(_question(name, item) if item else "")
    return "".join(made)


def _posed(words):
    """The question with which a text ends, for the table below it; none where it ends otherwise."""
    last = re.split(r"(?<=[.!?])\s+", words.strip())[-1]
    return mistune.html(last) if last.endswith("?") and not last.startswith("#") else ""


def _beforehand(road, number):
    """The sheet to have before the first one: the sentence that is doubted, and the guesses."""
    words = [
        lessons.off_screen(lessons.unlinked(cell.source))
        for cell in road
        if cell["id"] in BEFOREHAND.get(number, ())
    ]
    parts = [one for text in words for one in re.findall(r"(?:^(?:> |\d\. ).+\n?)+", text, re.M)]
    title = texts.text("Before sheet 1: what would you quote, and what do you guess?")
    return [Sheet(title, "".join(map(mistune.html, parts)), "wall")] if parts else []


def _short(html):
    return f'<div class="short">{html}</div>'


def _question(name, item):
    options = "".join(f"<p><b>{k}</b> {_bare(text)}</p>" for k, text in item.options.items())
    head = escape(texts.text("Check {question}", question=name))
    return _short(f"<h3>{head}</h3>{item.task}{options}")


def _bare(html):
    return html.removeprefix("<p>").removesuffix("</p>")


def _remember(road):
    """What to remember of a lesson, without where it goes from there."""
    cell = next((one for one in road if notebooks.part(one) == "remember"), None)
    if cell is None:
        return ""
    blocks = cell.source.split("\n\n")[1:]
    return mistune.html(lessons.unlinked("\n\n".join(b for b in blocks if "/exercise_" not in b)))


def _answers(road):
    """The answers to the checks, for whoever asks them aloud."""
    asked = [bank()[name] for cell in road for name in lessons.CHECK.findall(cell.source)]
    rows = "".join(
        f"<tr><th>{question.id}</th><td><b>{escape(answer)}</b></td><td>{escape(words)}</td></tr>"
        for question in asked
        for answer, words in keys.replies(question)
    )
    columns = (texts.text("Check"), texts.text("Answer, the right one first"))
    head = "".join(f"<th>{escape(one)}</th>" for one in (*columns, texts.text("What to say")))
    return f"<table><tr>{head}</tr>{rows}</table>"


def _tables(cell):
    """The short tables of a cell, of its text or of what it shows."""
    if cell.cell_type == "markdown" and notebooks.part(cell) not in ("remember", "think"):
        yield from map(mistune.html, lessons.GRID.findall(lessons.unlinked(cell.source)))
    for html in notebooks.shown(cell):
        short = html.count("<tr") <= ROWS and "softpower-twin" not in html
        if html.startswith("<figure") and "<img" not in html and short:
            yield html


def _kept(road, number):
    """The tables that answer what a class may guess first: yours on one sheet, others on their own."""
    uses, yours, others = KEPT.get(number, {}), [], []
    for cell in road:
        for html in _tables(cell) if cell["id"] in uses else ():
            if uses[cell["id"]] == "you":
                yours.append(_short(html))
            else:
                others.append(Sheet(_named(html), html, uses[cell["id"]]))
    title = texts.text("For you, after the guesses: what the lesson then shows")
    return [Sheet(title, "".join(yours), "you"), *others]


def _named(html):
    """What a table is called: the first sentence of its caption."""
    caption = unescape(re.sub(r"<[^>]+>", "", _CAPTION.search(html)[1]))
    return re.split(r"(?<=\w)[.:] |(?<=\?) ", caption)[0].rstrip(".")


def _labs(lesson, number):
    """Each lab's table, as the lesson holds it for readers who have no live lab; and its key."""
    labs, solved = [], []
    for cell in lesson.cells:
        for html, key in () if cell["id"] in ELSEWHERE.get(number, ()) else _twins(cell):
            if _is_small(cell, html, key):
                continue
            name = _named(html)
            title = texts.text("The lab on paper: {lab}", lab=name)
            if cell["id"] == "lab-claims":
                html = by_document(html)
            if html.count("<tr") in TIGHT:
                lines = " lines" if cell["id"] == "explorer" else ""
                html = f'<div class="tight{lines}">{html}</div>'
            labs.append(Sheet(title, html, LAB_USES.get(cell["id"], "pair")))
            if key:
                title = texts.text("The key to the lab: {lab}", lab=name)
                solved.append(Sheet(title, key, "after"))
    return labs, solved


def _twins(cell):
    """Yield the table of each lab of a cell, without how to wake it, and its key apart."""
    for html in notebooks.shown(cell):
        if "softpower-twin" not in html:
            continue
        html = re.sub(r"<style.*?</style>", "", html, flags=re.S)
        html = re.sub(r"<p><strong>.*?</strong></p>", "", html, count=1, flags=re.S)
        key = "".join(re.findall(r"<details.*?</details>", html, re.S))
        html = re.sub(r"<details.*?</details>", "", html, flags=re.S)
        for undone in _UNDONE:
            html = html.replace(f">{escape(texts.text(undone))}</td>", "></td>")
        yield html, key


def _is_small(cell, html, key):
    """Whether a lab's table needs no sheet of its own: it stands where the lesson has it."""
    return not key and cell["id"] not in LAB_USES and html.count("<tr") <= SMALL


def _rubrics(number):
    return "\n".join(
        figures.table_html(
            feedback.rubric(question.id),
            caption=texts.text("Rubric for question {number}.", number=question.number),
        )
        for question in bank().of(number).values()
        if question.by_hand
    )


def _notes_of(number):
    """Where the lecturer's notes to a lesson stand; a copy for students has none."""
    return sorted((notebooks.pages() / NOTES).glob(f"{number}_*.md"))


def _notes(path):
    """The lecturer's notes as a page to read and to print, without where its links lead."""
    text = re.sub(r"<!--.*?-->\n?", "", path.read_text(encoding="utf-8"), flags=re.S)
    title = notebooks.title(text)
    html = mistune.html(lessons.unlinked(text).partition("\n")[2])
    html = re.sub(r"<td>([\d–, ]+)</td>", r'<td style="white-space: nowrap">\1</td>', html)
    return _printed(title, html, title)
