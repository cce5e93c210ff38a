"""The pages that people read: feedback for a learner, a report for the lecturer.

No scripts, nothing fetched from elsewhere, and nothing that a learner wrote is taken for HTML.
"""

import json
import re
from functools import cache
from html import escape

import mistune
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from softpower import palette, texts
from softpower.feedback import message, writing
from softpower.grading import words
from softpower.grading.assignment import HEADING, begun, said
from softpower.grading.notebook import Cell

LONGEST_MARKDOWN = 60_000  # characters: forty pages; some texts take time squared to be set
WORDS = {
    "right": texts.mark("Right"),
    "partly": texts.mark("Partly right"),
    "wrong": texts.mark("Not right"),
    "not yet": texts.mark("No answer yet"),
    "stopped": texts.mark("Could not be run"),
    "to mark": texts.mark("Still to be marked"),
    "marked": texts.mark("Marked"),
    "unreadable": texts.mark("Could not be read"),
    "late": texts.mark("Handed in late"),
    "not handed in": texts.mark("Not handed in"),
}


@cache
def _templates():
    made = Environment(
        loader=PackageLoader("softpower.grading"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=False,
    )
    made.globals |= {"paper": palette.of_page(dark=False), "screen": palette.of_page()}
    made.globals |= {"text": texts.text, "texts": texts.texts, "cell": texts.cell}
    made.globals |= {"number": texts.number, "language": texts.language, "mark": texts.mark}
    made.globals |= {"percent": texts.percent, "html": html, "code": code, "em": em, "kbd": kbd}
    made.globals |= {"stressed": stressed}
    return made


def warm():
    """Make the templates ready: while a class is run there is time for it."""
    for name in ("feedback", "report", "insight", "similar"):
        _templates().get_template(f"{name}.html")


def html(message, **places):
    """Return a marked message in the reader's language, whose places may hold HTML."""
    return Markup(escape(texts.text(message))).format(**places)


def code(name):
    """Return the name of a file or an option as a page shows it."""
    return Markup("<code>{}</code>").format(name)


def stressed(text):
    """Return what a check says as the notebook shows it: its stress, its code, and no HTML."""
    return Markup(message.shown(text))


def kbd(key):
    """Return a key of the keyboard, for a place of :func:`html`."""
    return Markup("<kbd>{}</kbd>").format(key)


def em(words):
    """Return words with stress, for a place of :func:`html`."""
    return Markup("<em>{}</em>").format(words)


CITATION = re.compile(
    r'<a (?:id="cite-|href="#)[^<>]{0,2000}>|</a>|<span id="ref-[^<>]{0,99}></span>'
)


class _Renderer(mistune.HTMLRenderer):
    """Markdown as a learner writes it: no raw HTML, no pictures from elsewhere.

    Headings become bold lines, so that they do not get between the page's own headings.
    """

    def heading(self, text, level, **attributes):
        return f"<p><strong>{text}</strong></p>\n"

    def image(self, text, url, title=None):
        return escape(texts.text("[picture: {words}]", words=text))

    def link(self, text, url, title=None):
        """Keep a link only where it leads somewhere from this page."""
        return super().link(text, url, title) if url.startswith(("http:", "https:")) else text


_markdown = mistune.create_markdown(renderer=_Renderer(escape=True), plugins=["table"])


def markdown(text):
    """Return Markdown as HTML that can be shown without fear; what is endless stays as it is."""
    if len(text) > LONGEST_MARKDOWN:
        return Markup("<pre>{}</pre>").format(text)
    try:
        # A citation of the course is a link with its reference on hover: its words are enough here.
        return Markup(_markdown(CITATION.sub("", text)))
    except (RecursionError, ValueError, IndexError):
        return Markup("<pre>{}</pre>").format(text)


def feedback(student, exercise, problem, scores, cells, instead="", late=None, amiss="", by=""):
    """Return one submission's feedback page as HTML.

    Parameters
    ----------
    student : str
    exercise : Exercise or None
    problem : str
        Why the notebook could not be read, or empty.
    scores : list of dict
        As :func:`judge.grade` makes them, open ones with ``criteria``.
    cells : list of dict
        The cells of the notebook.
    instead : str
        Which other notebook counts in place of this one, in a sentence, or empty.
    late : late.Late, optional
        Where it came late: how late, and what that costs.
    amiss : str
        Where it is another exercise than was collected, or lacks a part: a sentence that says so.
    by : str
        Who of a group handed it in, where that is somebody else.
    """
    own, rest = _by_question(scores, cells, exercise)
    main = [score for score in scores if not score.get("in_code")]
    code = [score for score in scores if score.get("in_code")]
    asked = tasks(exercise) if exercise else {}
    shown = [
        score
        | {
            "task": asked.get(score["question"].partition(".")[2], ""),
            "points_text": "–" if score["points"] is None else texts.number(score["points"]),
            "work": own.get(score["question"], []),
        }
        for score in scores
    ]
    return (
        _templates()
        .get_template("feedback.html")
        .render(
            student=student,
            name=exercise.title if exercise else "",
            problem=problem,
            instead=instead,
            amiss=amiss,
            by=by,
            late=late,
            counts=texts.number(late.counted(sum(s["points"] or 0 for s in main))) if late else "",
            total=texts.number(sum(score["points"] or 0 for score in main)),
            out_of=texts.number(sum(score["out_of"] for score in main if _is_settled(score))),
            lacks_a_part=any(score["status"] == "unreadable" for score in main),
            code=texts.number(sum(score["points"] or 0 for score in code)),
            code_out_of=sum(score["out_of"] for score in code),
            waiting=[score["out_of"] for score in scores if score["points"] is None],
            scores=shown,
            other=rest,
            words={status: texts.text(word) for status, word in WORDS.items()},
        )
    )


def _is_settled(score):
    """Say whether a question is neither still to be marked nor lost with a part of the file."""
    return score["points"] is not None and score["status"] != "unreadable"


def tasks(exercise):
    """Return the words of each question in the reader's language, by its number, without heading."""
    return _tasks(exercise.parts, exercise.released, texts.language())


@cache
def _tasks(parts, released, language):
    found = said(parts, "task", language)
    if not found:  # an exercise from before its cells said what they are
        begins = [(begun(Cell("markdown", source)), source) for source in sorted(released)]
        found = {numbers[0]: source for numbers, source in begins if numbers and numbers[0]}
    return {number: markdown(source.partition("\n")[2]) for number, source in found.items()}


def _by_question(scores, cells, exercise):
    """Put each cell that holds the learner's work beside its question.

    A cell belongs to the question that it answers, else to the question whose heading stands
    above it; what is left was added elsewhere and is shown at the end.
    """
    answered = {score["cell"]: score["question"] for score in scores if score["cell"] is not None}
    numbers = {score["question"].partition(".")[2]: score["question"] for score in scores}
    released = exercise.released if exercise else frozenset()
    own, rest, section = {}, [], None
    for position, cell in enumerate(cells):
        for number in begun(Cell(**cell), exercise):
            section = numbers.get(number)
        source = cell["source"].strip()
        if source in released or not source:
            if position not in answered:
                continue
        elif cell["kind"] == "markdown" and exercise and _has_heading(source):
            if cell.get("is_cut"):
                source = words.without_the_broken_line(source, exercise)
            source = words.in_text(source, exercise, cell.get("part", ""))
            if not source:
                continue  # a task, perhaps retyped by an editor
            cell = cell | {"source": source}
        question = answered.get(position, section)
        (own.setdefault(question, []) if question else rest).append(_block(position, cell))
    return own, rest


def _has_heading(source):
    return any(HEADING.match(line) for line in words.lines(source))


def _block(position, cell):
    label = texts.text("cell {number} of your notebook", number=position + 1)
    if cell["kind"] == "markdown" or writing.is_place(cell["source"]):
        return Markup('<div class="written" role="group" aria-label="{}">{}</div>').format(
            texts.text("Text, {cell}", cell=label), markdown(writing.words(cell["source"]))
        )
    made = Markup('<pre tabindex="0" role="region" aria-label="{}"><code>{}</code></pre>').format(
        texts.text("Code, {cell}", cell=label), cell["source"]
    )
    for number, (kind, content) in enumerate(cell["outputs"], 1):
        if kind == "png":
            made += Markup('<p><img src="data:image/png;base64,{}" alt="{}"></p>').format(
                content,
                texts.text(
                    "Picture {number} that {cell} showed when it was handed in",
                    number=number,
                    cell=label,
                ),
            )
        else:
            made += Markup(
                '<pre class="output" tabindex="0" role="region" aria-label="{}">{}</pre>'
            ).format(texts.text("Output {number}, {cell}", number=number, cell=label), content)
    return made


def render(template, **parts):
    """Return a page of the house from its template."""
    return _templates().get_template(template).render(**parts)


def desk(script, nonce):
    """Return the page on which a person marks; ``script`` makes it work."""
    plain, counted = texts.in_script(script)
    said = {message: texts.text(message) for message in plain}
    said |= {one: texts.forms(one, many) for one, many in counted}
    speech = json.dumps({"messages": said, "plural": texts.counting()}).replace("<", "\\u003c")
    page = _templates().get_template("desk.html")
    return page.render(script=Markup(script), speech=Markup(speech), nonce=nonce)


SECTIONS = {
    "write": (
        texts.mark("Write to these students"),
        texts.mark("What they handed in could not be marked."),
    ),
    "missing": (
        texts.mark("Not handed in"),
        texts.mark("On the class list, without a hand-in that counts."),
    ),
    "look": (
        texts.mark("Look at these marks"),
        texts.mark("Something unusual may have cost points, or given them."),
    ),
    "know": (texts.mark("Good to know"), texts.mark("Nothing to do here.")),
}


def report(assignments, remarks, tally, who_waits="", stopped="", markers=None):
    """Return the lecturer's report as HTML: what was marked, what is next, what was unusual.

    ``remarks``: lines by the names of ``SECTIONS``; ``tally``: a ``standing.Tally``;
    ``who_waits``: names in a text; ``markers``: as ``agreement.compare`` says.
    """
    sections = [(*map(texts.text, SECTIONS[name]), lines) for name, lines in remarks.items()]
    return (
        _templates()
        .get_template("report.html")
        .render(
            assignments=assignments,
            sections=sections,
            tally=tally,
            who_waits=who_waits,
            stopped=stopped,
            markers=markers,
        )
    )
