"""``softpower print``: what a room without laptops needs, as pages to print.

Each page is one HTML file that opens in any browser and prints on A4: cards to cut, tables with
their evidence, rubrics as grids, and every lab as the table that stands below it in the lesson.
"""

import re
from html import escape

from softpower import data, feedback, figures, notebooks, texts
from softpower.commands import lessons
from softpower.feedback.loader import bank
from softpower.palette import GREY, INK

LESSONS = lessons.ALL[1:]  # lesson 00 is about the notebook itself
# Six claims on which a hall of 150 can vote: each has a check that can be told in a sentence.
SIX_CLAIMS = ["c01", "c03", "c12", "c21", "c24", "c33"]

# On paper one writes there what the lab has not been told yet.
_UNDONE = (texts.mark("not placed"), texts.mark("not judged yet"), texts.mark("not coded"))
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 11pt/1.4 "DejaVu Sans", "Noto Sans", Arial, sans-serif; color: {ink}; margin: 1.5rem auto; max-width: 60rem; }}
h1 {{ font-size: 16pt }} h2 {{ font-size: 13pt; break-after: avoid }} caption {{ font-weight: bold; padding: .4rem 0 }}
table {{ border-collapse: collapse; width: 100%; margin-bottom: 1.5rem }} tr {{ break-inside: avoid }}
th, td {{ border: 1px solid {edge}; padding: .3rem .4rem; vertical-align: top; text-align: left }}
.cards {{ display: grid; grid-template-columns: 1fr 1fr; gap: 0 }}
.card {{ border: 1px dashed {edge}; padding: 1rem; min-height: 7.5rem; break-inside: avoid; font-size: 13pt }}
.card small {{ display: block; margin-top: .6rem; color: {edge}; font-size: 10pt }}
section, .key {{ break-before: page }} section:first-of-type {{ break-before: auto }}
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
    parts = [*_SHEETS.get(number, list)(), *_labs(lesson), _rubrics(number)]
    sections = "\n".join(f"<section>{part}</section>" for part in parts if part)
    return _PAGE.format(
        title=escape(texts.text("Lesson {number}: {title}", number=number, title=title)),
        language=texts.language(),
        body=sections,
        ink=INK,
        edge=GREY,
    )


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
        for question in bank().values()
        if question.lesson == number and question.by_hand
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


def _cases():
    table_1 = data.load("table_1_corrected")
    columns = ["country", "item", "stated", "corrected", "verdict", "why"]
    caption = texts.text("Table 1 of the document, rebuilt from its sources.")
    yield figures.table_html(table_1[columns], caption=caption)
    matrix = data.load("case_matrix").query("grade != 'empty'")
    columns = ["case", "instrument", "outcome", "grade", "says", "reason"]
    for case, rows in matrix.groupby("case"):
        caption = texts.text(
            "{case}: what each filled cell of the matrix holds.", case=texts.cell(case)
        )
        yield figures.table_html(rows[columns[1:]], caption=caption)
    transfer = data.load("transfer")
    columns = ["from_country", "instrument", "audience", "condition", "judgement", "why"]
    caption = texts.text("Thirty-six judgements of transfer, with their reasons.")
    yield figures.table_html(transfer[columns], caption=caption)
    failures = data.load("failures")
    columns = ["sender", "audience", "year", "instrument", "says", "shows"]
    caption = texts.text("Six efforts that did not go as hoped.")
    yield figures.table_html(failures[columns], caption=caption)


_SHEETS = {"01": _acts, "02": _claims, "07": _cases}
