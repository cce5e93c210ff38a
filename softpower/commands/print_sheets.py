"""The sheets of the print kit that a lesson has beside its own text: acts, claims, cases.

Each says for whom it is, so that its copies can be counted for a class of 30 and for one of 150.
"""

import re
from dataclasses import dataclass
from html import escape

import mistune
import pandas as pd

from softpower import data, figures, texts
from softpower.evaluation import JUDGEMENTS
from softpower.evaluation import verdicts as verdicts_of
from softpower.labs import transfer_checker
from softpower.labs.matrix_explorer import letters

# For whom a sheet is, with its copies for 30 students and for 150.
USES = {
    "you": (texts.mark("for you"), "1", "1"),
    "wall": (texts.mark("for you; for each pair where there is no wall"), "1 (15)", "1 (75)"),
    "pair": (texts.mark("for each pair"), "15", "75"),
    "four": (texts.mark("for each four"), "8", "38"),
    "cut": (texts.mark("to cut, a set for each four"), "8", "38"),
    "country": (
        texts.mark("for each pair the sheet of one country, after the guesses"),
        *("4", "19"),
    ),
    # A hall of 150 votes on six claims instead.
    "document": (texts.mark("for each pair one document"), "3", "0"),
    "readers": (texts.mark("for those who read aloud"), "6", "6"),
    "each": (texts.mark("for each student, to take home"), "30", "150"),
    "after": (texts.mark("for each four, afterwards and not before"), "8", "38"),
}
_BOTH = texts.mark("both")
_WALL = texts.mark("both, where there is no wall")
_PAPER = texts.mark("both, where there are no laptops")
_LONG = texts.mark("100 minutes")
_LONG_PAPER = texts.mark("100 minutes, where there are no laptops")
_HALL = texts.mark("both, where there are no laptops; with 150 always")
_LONG_HALL = texts.mark("100 minutes: with 150 always, with 30 where there are no laptops")
_LAST = (_BOTH, texts.mark("to mark the exercise"), _BOTH)
# Which plan of a lesson's notes needs its sheets, in their order.
PLANS = {
    "01": (_WALL, _PAPER, _PAPER, texts.mark("none: the cards stand for it"), _PAPER, *_LAST),
    "02": (
        *(_WALL, _WALL),
        texts.mark("both, where there is no wall; 100 minutes, where there are no laptops"),
        _BOTH,
        texts.mark("100 minutes with 30, where there are no laptops"),
        *_LAST,
    ),
    "03": (_WALL, _PAPER, _PAPER, _BOTH, *_LAST),
    "04": (_WALL, _PAPER, _LONG_PAPER, _LONG_PAPER, *_LAST),
    "05": (_WALL, _PAPER, _PAPER, _PAPER, *_LAST),
    "06": (_WALL, _PAPER, _PAPER, _PAPER, *_LAST),
    "07": (
        *(_WALL, texts.mark("100 minutes, where there is no wall")),
        *(_HALL, _HALL, _HALL, _HALL, _HALL),
        *(_LONG_HALL, _LONG_PAPER, _LONG, _LONG),
        *_LAST,
    ),
    "08": (_WALL, _PAPER, _LONG_PAPER, _LONG_PAPER, *_LAST),
    "09": (_PAPER, _PAPER, _LONG_PAPER, _LONG, *_LAST),
    "10": (_WALL, _PAPER, _LONG, *_LAST),
}
# Six claims on which a hall of 150 can vote: each has a check that can be told in a sentence, none
# is a case of the hour before, and half hold up, so that nobody learns to vote "no".
SIX_CLAIMS = ["c03", "c04", "c10", "c12", "c14", "c44"]

_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.S)


@dataclass(frozen=True)
class Sheet:
    """A sheet to print: its title, what stands on it, and for whom it is (a key of ``USES``)."""

    title: str
    html: str
    use: str


def _cards(entries):
    made = "".join(
        f'<div class="card">{escape(text)}<small>{escape(below)}</small></div>'
        for text, below in entries
    )
    return f'<div class="cards">{made}</div>'


def acts():
    """Yield the sheets of lesson 01: twenty acts and four steps, as cards."""
    table = data.load("acts")
    # By their words, as the lab mixes them: in the table they stand in order of the steps.
    mixed = table.sort_values("act").reset_index(drop=True)
    cards = [
        (texts.cell(row["act"]), f"{place}. {texts.cell(row['actor'])}")
        for place, row in enumerate(mixed.to_dict("records"), 1)
    ]
    steps = ("coercion", "payment", "persuasion", "attraction")
    yield Sheet(texts.text("Twenty acts, to cut"), _cards(cards), "cut")
    four = texts.text("Four steps, for the table or the corners of the room")
    yield Sheet(four, _cards([(texts.cell(step), "") for step in steps]), "cut")


def six_claims():
    """Return the six claims to vote on: the rows of ``claims``, in the order of ``SIX_CLAIMS``."""
    return data.load("claims").set_index("claim_id").loc[SIX_CLAIMS].reset_index()


def place_of(claim):
    """Return where a claim stands, as a reader finds it: "Momynkulov 2025, paragraph 2"."""
    return f"{data.source(claim['source_id'])['short']}, {texts.cell(claim['place'])}"


def claims():
    """Yield the sheets of lesson 02: six claims to vote on, and how each was checked."""
    six = six_claims()
    cards = [
        (texts.cell(row["says"]), f"{row['claim_id']} · {place_of(row)}")
        for row in six.to_dict("records")
    ]
    yield Sheet(texts.text("Six claims, to vote on"), _cards(cards), "pair")
    told = six[["claim_id", "check", "verdict", "reason", "doubt"]]
    told.columns = [
        texts.word("Claim"),
        texts.word("Checked against"),
        texts.word("Verdict"),
        texts.word("Why"),
        texts.word("How the check could be wrong"),
    ]
    caption = texts.text("The six claims: for whoever reads the result aloud.")
    title = texts.text("Six claims: how each was checked")
    yield Sheet(title, figures.table_html(told, caption=caption), "you")


def by_document(html):
    """Return the printed claim browser as a table for each document, so that each pair has one.

    Parameters
    ----------
    html : str
        The lab's table; its second column names the document.
    """
    caption = re.search(r"<caption[^>]*>(.*?)</caption>", html, re.S)[1]
    head, *rows = (_CELL.findall(row) for row in re.findall(r"<tr\b.*?</tr>", html, re.S))
    of = {}
    for says, document, *rest in rows:
        of.setdefault(document, []).append([says, *rest])
    names = _row([head[0], *head[2:]], "th")
    tables = "".join(
        f'<div class="document"><h3>{document} ({len(found)})</h3><table><thead>{names}</thead>'
        f"<tbody>{''.join(map(_row, found))}</tbody></table></div>"
        for document, found in of.items()
    )
    return f'<div class="softpower-twin"><p><b>{caption}</b></p>{tables}</div>'


def _row(cells, tag="td"):
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def statements():
    """Return Table 1 of the document as it stands there, to guess which of its statements hold."""
    table = data.load("table_1_corrected")[["country", "item", "stated"]].map(texts.cell)
    table.columns = [
        texts.word("Country"),
        texts.word("What"),
        texts.word("The document says"),
    ]
    caption = texts.text("Ten statements of Table 1: which of them hold?")
    return figures.table_html(table, caption=caption)


def _frame(judged):
    """An empty frame for one instrument and two audiences."""
    conditions = [(texts.cell(name), words) for name, words in transfer_checker.meanings().items()]
    # Long rows, so that a sentence fits: the last two are for what one knows, and the verdict.
    rest = [(texts.text("What do you know that says so?"), ""), (texts.text("Verdict"), "")]
    frame = pd.DataFrame([*conditions, *rest], columns=["asked", "meaning"])
    for audience in dict.fromkeys(judged["audience"]):
        frame[texts.cell(audience)] = ""
    frame = frame.rename(columns={"asked": texts.word("Condition"), "meaning": texts.word("Asks")})
    words = ", ".join(texts.cell(name) for name in JUDGEMENTS)
    caption = texts.text("One instrument, two audiences. Write one of: {words}.", words=words)
    # It stands for the lab, which prints one instrument and one audience.
    twin = figures.table_html(frame, caption=caption)
    return f'<div class="frame"><div class="softpower-twin">{twin}</div></div>'


def _for_a_pair():
    """A pair's sheet for lesson 07: grades, rule, an empty frame, the instruments; no verdict."""
    grades = data.load("grades")
    shown = grades[["letter", "grade", "meaning"]].map(texts.cell)
    shown.columns = [texts.word("Letter"), texts.word("Grade"), texts.word("Meaning")]
    yield figures.table_html(shown, caption=texts.text("Grades of evidence, with their letters."))
    judged = data.load("transfer")
    yield _frame(judged)
    rule = texts.text(
        "The weakest decides. One *not met*: not as it stands. Else one *not known*: not known "
        "yet. Else one *partly*: with changes. All three *met*: worth a trial."
    )
    yield mistune.html(rule)
    ones = judged.drop_duplicates("instrument_id")[["from_country", "instrument", "for_kazakhstan"]]
    ones = ones.map(texts.cell)
    ones.columns = [texts.word("From"), texts.word("Instrument"), texts.word("As Kazakhstan's")]
    yield figures.table_html(ones, caption=texts.text("Six instruments to choose from."))


def _countries():
    """What each filled cell of the matrix holds, a sheet a country, each grade with its letter."""
    matrix = data.load("case_matrix").query("grade != 'empty'")
    matrix["grade"] = [f"{letters()[grade]} {texts.cell(grade)}" for grade in matrix["grade"]]
    columns = ["instrument", "marker", "outcome", "grade", "says", "reason"]
    for case, rows in matrix.groupby("case"):
        caption = texts.text(
            "{case}: what each filled cell of the matrix holds.", case=texts.cell(case)
        )
        html = figures.table_html(rows[columns], caption=caption)
        title = texts.text("The evidence of one country: {case}", case=texts.cell(case))
        yield Sheet(title, html, "country")


def cases():
    """Yield the sheets of lesson 07: for each pair, and the evidence country by country."""
    title = texts.text("Table 1 of the document, to guess before it is checked")
    yield Sheet(title, statements(), "wall")
    title = texts.text("For each pair, to write on")
    yield Sheet(title, "".join(_for_a_pair()), "pair")
    yield from _countries()


def judgements():
    """Yield the sheet of lesson 07 that is handed out when everybody has judged."""
    transfer = data.load("transfer")
    verdicts = figures.table_html(
        verdicts_of(transfer).map(texts.cell),
        caption=texts.text("The course's verdicts: six instruments, two audiences."),
    )
    for column in ("judgement", "why"):
        transfer[column] = transfer[column].map(texts.cell)
    transfer["said"] = transfer["judgement"] + ". " + transfer["why"]
    rows = ["from_country", "instrument", "audience"]
    judged = transfer.pivot(index=rows, columns="condition", values="said").reset_index()
    columns = [*rows, *transfer["condition"].unique()]
    caption = texts.text("Thirty-six judgements of transfer, with their reasons.")
    title = texts.text("The course's judgements of transfer: to hand out afterwards")
    reasons = figures.table_html(judged[columns], caption=caption)
    yield Sheet(title, f'{verdicts}<div class="reasons">{reasons}</div>', "after")


# What a lesson has beside its own text: to hand out in the hour, and when it is over.
IN_THE_HOUR = {"01": acts, "02": claims, "07": cases}
AFTERWARDS = {"07": judgements}
