"""``softpower print``: what a room without laptops needs, as pages to print.

Each page is one HTML file that opens in any browser and prints on A4: what the lesson asks, cards
to cut, tables with their evidence, every lab as the table that stands below it in the lesson,
rubrics as grids; and last, on pages that are not handed out, the answers.
"""

import re
from html import escape

import mistune
import pandas as pd

from softpower import data, feedback, figures, notebooks, texts
from softpower.commands import keys, lessons
from softpower.evaluation import JUDGEMENTS
from softpower.feedback.loader import bank
from softpower.labs import transfer_checker
from softpower.palette import GREY, INK
from softpower.quiz import items

LESSONS = lessons.ALL[1:]  # lesson 00 is about the notebook itself
# Six claims on which a hall of 150 can vote: each has a check that can be told in a sentence, none
# is a case of the hour before, and half hold up, so that nobody learns to vote "no".
SIX_CLAIMS = ["c03", "c04", "c10", "c12", "c14", "c44"]
ROWS = 17  # a longer table of a lesson is printed by its lab, or not at all

# On paper one writes there what the lab has not been told yet.
_UNDONE = (texts.mark("not placed"), texts.mark("not judged yet"), texts.mark("not coded"))
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 11pt/1.4 "DejaVu Sans", "Noto Sans", Arial, sans-serif; color: {ink}; margin: 1.5rem auto; max-width: 60rem; }}
h1 {{ font-size: 16pt }} h2 {{ font-size: 13pt; break-after: avoid }} h3 {{ font-size: 11.5pt; break-after: avoid; margin: 1.2rem 0 0 }} p {{ margin: .3rem 0 }} figure {{ margin: 0 !important; max-width: none !important }} caption {{ font-weight: bold; padding: .4rem 0 }}
table {{ border-collapse: collapse; width: 100%; margin-bottom: 1.5rem; font-size: 9pt; line-height: 1.3; min-width: 0 !important }} tr {{ break-inside: avoid }}
th, td {{ border: 1px solid {edge}; padding: .2rem .35rem; vertical-align: top; text-align: left; overflow-wrap: break-word }}
.cards {{ display: grid; grid-template-columns: 1fr 1fr; gap: 0 }}
.card {{ border: 1px dashed {edge}; padding: 1rem; min-height: 7.5rem; break-inside: avoid; font-size: 13pt }}
.card small {{ display: block; margin-top: .6rem; color: {edge}; font-size: 10pt }}
.frame td {{ height: 3.2rem }} .frame th:nth-child(n + 3) {{ width: 29% }} section, .key {{ break-before: page }} section:first-of-type {{ break-before: auto }}
@page {{ size: A4; margin: 15mm }} @media print {{ body {{ margin: 0; max-width: none }} }}
</style></head><body><h1>{title}</h1>
{body}
</body></html>
"""


def add_arguments(parser):
    """Add the command's arguments."""
    lessons.add_arguments(parser, "print_kit")


def run(arguments):
    """Write a page for each lesson.

    Raises
    ------
    CourseError
        Where a lesson does not exist; nothing is written then.
    """
    asked = lessons.asked(arguments.lessons, LESSONS)
    lessons.write(arguments.out, {f"lesson_{number}.html": page(number) for number in asked})
    print("Open one in a browser and print it.")
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
    road = lessons.road(lesson)
    handed_out = [_asked(road), *_SHEETS.get(number, list)(), *_labs(lesson)]
    parts = [*handed_out, "\n".join(_tables(road)), _rubrics(number), _answers(road)]
    sections = "\n".join(f"<section>{part}</section>" for part in parts if part)
    return _PAGE.format(
        title=escape(texts.text("Lesson {number}: {title}", number=number, title=title)),
        language=texts.language(),
        body=sections,
        ink=INK,
        edge=GREY,
    )


def _asked(road):
    """What the lesson asks, without an answer: guesses before each lab, checks, *Think deeper*."""
    made = [_heading(texts.text("What the lesson asks"))]
    for cell in road:
        words = lessons.unlinked(cell.source)
        guesses = re.search(r"^[^\n]*:\n\n(?:^\d\. .+\n?)+", words, re.M)
        if notebooks.part(cell) == "think":
            made.append(mistune.html(words.replace("## ", "### ", 1)))
        elif cell.cell_type == "markdown" and guesses and notebooks.part(cell) != "ask":
            made.append(mistune.html(guesses[0]))
        for name in lessons.CHECK.findall(cell.source):
            item = items.read(bank()[name])
            made.append(_question(name, item) if item else "")
    return "".join(made)


def _heading(words):
    return f"<h2>{escape(words)}</h2>"


def _question(name, item):
    options = "".join(f"<p><b>{k}</b> {_bare(text)}</p>" for k, text in item.options.items())
    head = escape(texts.text("Check {question}", question=name))
    return f"<h3>{head}</h3>{item.task}{options}"


def _bare(html):
    return html.removeprefix("<p>").removesuffix("</p>")


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
    words = texts.text("For whoever asks, not to hand out: the checks and their answers")
    return f"{_heading(words)}<table><tr>{head}</tr>{rows}</table>"


def _tables(road):
    """The short tables of the main road, of its text and of its cells."""
    for cell in road:
        if cell.cell_type == "markdown" and notebooks.part(cell) not in ("remember", "think"):
            yield from map(mistune.html, lessons.GRID.findall(lessons.unlinked(cell.source)))
        for html in notebooks.shown(cell):
            short = html.count("<tr") <= ROWS and "softpower-twin" not in html
            if html.startswith("<figure") and "<img" not in html and short:
                yield html


def _labs(lesson):
    """Each lab's table, as the lesson holds it for readers who have no live lab."""
    for cell in lesson.cells:
        for html in notebooks.shown(cell):
            if "softpower-twin" not in html:
                continue
            html = re.sub(r"<style.*?</style>", "", html, flags=re.S)
            # How to wake the lab is of no use on paper; what is folded there is opened.
            html = re.sub(r"<p><strong>.*?</strong></p>", "", html, count=1, flags=re.S)
            for undone in _UNDONE:
                html = html.replace(f">{escape(texts.text(undone))}</td>", "></td>")
            yield html.replace("<details", '<details class="key" open')


def _rubrics(number):
    return "\n".join(
        figures.table_html(
            feedback.rubric(question.id),
            caption=texts.text("Rubric for question {number}.", number=question.number),
        )
        for question in bank().of(number).values()
        if question.by_hand
    )


def _cards(entries):
    made = "".join(
        f'<div class="card">{escape(text)}<small>{escape(below)}</small></div>'
        for text, below in entries
    )
    return f'<div class="cards">{made}</div>'


def _headed(heading, entries):
    return f"<h2>{escape(heading)}</h2>{_cards(entries)}"


def _acts():
    acts = data.load("acts")
    # By their words, as the lab mixes them: in the table they stand in order of the steps.
    mixed = acts.sort_values("act").reset_index(drop=True)
    cards = [
        (texts.cell(row["act"]), f"{place}. {texts.cell(row['actor'])}")
        for place, row in enumerate(mixed.to_dict("records"), 1)
    ]
    steps = ("coercion", "payment", "persuasion", "attraction")
    yield _headed(texts.text("Twenty acts, to cut"), cards)
    four = texts.text("Four steps, for the table or the corners of the room")
    yield _headed(four, [(texts.cell(step), "") for step in steps])


def _claims():
    claims = data.load("claims").set_index("claim_id").loc[SIX_CLAIMS].reset_index()
    names = data.load("sources").set_index("source_id")["short"]
    cards = [
        (
            texts.cell(row["says"]),
            f"{row['claim_id']} · {texts.cell(names[row['source_id']])}, {texts.cell(row['place'])}",
        )
        for row in claims.to_dict("records")
    ]
    yield _headed(texts.text("Six claims, to vote on"), cards)
    told = claims[["claim_id", "check", "verdict", "reason", "doubt"]]
    told.columns = [
        texts.word("Claim"),
        texts.word("Checked against"),
        texts.word("Verdict"),
        texts.word("Why"),
        texts.word("How the check could be wrong"),
    ]
    caption = texts.text("The six claims: for whoever reads the result aloud.")
    yield figures.table_html(told, caption=caption)


def _for_a_pair():
    """A pair's sheet for lesson 07: grades, rule, an empty frame, the instruments; no verdict."""
    grades = data.load("grades")
    shown = grades[["letter", "grade", "meaning"]].map(texts.cell)
    shown.columns = [texts.word("Letter"), texts.word("Grade"), texts.word("Meaning")]
    yield _heading(texts.text("For each pair, to write on"))
    yield figures.table_html(shown, caption=texts.text("Grades of evidence, with their letters."))
    judged = data.load("transfer")
    conditions = [(texts.cell(name), words) for name, words in transfer_checker.meanings().items()]
    # Long rows, so that a sentence fits: the last two are for what one knows, and the verdict.
    rest = [(texts.text("What do you know that says so?"), ""), (texts.text("Verdict"), "")]
    frame = pd.DataFrame([*conditions, *rest], columns=["asked", "meaning"])
    for audience in dict.fromkeys(judged["audience"]):
        frame[texts.cell(audience)] = ""
    frame = frame.rename(columns={"asked": texts.word("Condition"), "meaning": texts.word("Asks")})
    words = ", ".join(texts.cell(name) for name in JUDGEMENTS)
    caption = texts.text("One instrument, two audiences. Write one of: {words}.", words=words)
    yield f'<div class="frame">{figures.table_html(frame, caption=caption)}</div>'
    rule = texts.text(
        "The weakest decides. One *not met*: not as it stands. Else one *not known*: not known "
        "yet. Else one *partly*: with changes. All three *met*: worth a trial."
    )
    yield mistune.html(rule)
    ones = judged.drop_duplicates("instrument_id")[["from_country", "instrument", "for_kazakhstan"]]
    ones = ones.map(texts.cell)
    ones.columns = [texts.word("From"), texts.word("Instrument"), texts.word("As Kazakhstan's")]
    yield figures.table_html(ones, caption=texts.text("Six instruments to choose from."))


def _cases():
    yield "".join(_for_a_pair())
    matrix = data.load("case_matrix").query("grade != 'empty'")
    columns = ["case", "instrument", "outcome", "grade", "says", "reason"]
    for case, rows in matrix.groupby("case"):
        caption = texts.text(
            "{case}: what each filled cell of the matrix holds.", case=texts.cell(case)
        )
        yield figures.table_html(rows[columns[1:]], caption=caption)
    transfer = data.load("transfer")
    for column in ("judgement", "why"):
        transfer[column] = transfer[column].map(texts.cell)
    transfer["said"] = transfer["judgement"] + ". " + transfer["why"]
    rows = ["from_country", "instrument", "audience"]
    judged = transfer.pivot(index=rows, columns="condition", values="said").reset_index()
    columns = [*rows, *transfer["condition"].unique()]
    caption = texts.text(
        "Thirty-six judgements of transfer, with their reasons: to hand out afterwards."
    )
    yield figures.table_html(judged[columns], caption=caption)


_SHEETS = {"01": _acts, "02": _claims, "07": _cases}
