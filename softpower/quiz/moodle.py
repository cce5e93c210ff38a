"""Questions as Moodle XML, which Moodle imports into its question bank.

The form is that of Moodle's own documentation (docs.moodle.org, "Moodle XML format"): a choice is
``multichoice``, a number ``numerical``, words ``shortanswer``, an order ``matching``, a question
with several parts ``cloze`` (Moodle 4: *Embedded answers*), an open one ``essay`` with its rubric
for the marker.
"""

import re
from html import escape
from xml.etree import ElementTree as ET

from softpower.feedback.number import Number
from softpower.quiz.items import (
    bare,
    known_numbers,
    part_messages,
    passing,
    plain,
    simple,
    slack,
    words_to_choose,
)

# Moodle takes only these parts of a question's points, and writes them so.
_FRACTIONS = {2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667"}


def written(items, name):
    """Return the questions as one XML text.

    Parameters
    ----------
    items : list of Item
    name : str
        The category of Moodle's question bank that they come into.

    Returns
    -------
    str
    """
    quiz = ET.Element("quiz")
    category = ET.SubElement(quiz, "question", type="category")
    _text(ET.SubElement(category, "category"), f"$course$/{name}")
    for item in items:
        quiz.append(_WRITERS[item.kind](item))
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, encoding="unicode") + "\n"


def _text(parent, text):
    ET.SubElement(parent, "text").text = text


def _html(parent, tag, html):
    element = ET.SubElement(parent, tag, format="html")
    _text(element, html)
    return element


def _question(item, kind, html):
    question = ET.Element("question", type=kind)
    _text(ET.SubElement(question, "name"), item.id)
    _html(question, "questiontext", html)
    _html(question, "generalfeedback", escape(plain(getattr(item.question, "explain", ""))))
    ET.SubElement(question, "defaultgrade").text = str(item.points)
    ET.SubElement(question, "penalty").text = "0"  # in the course a try costs nothing, either
    ET.SubElement(question, "hidden").text = "0"
    ET.SubElement(question, "idnumber").text = item.id
    return question


def _hints(question, item):
    for hint in item.question.hints:
        _html(question, "hint", escape(plain(hint)))
    return question


def _answer(question, fraction, text, feedback, tolerance=None, form="html"):
    answer = ET.SubElement(question, "answer", fraction=fraction, format=form)
    _text(answer, text)
    _html(answer, "feedback", escape(feedback))
    if tolerance is not None:
        ET.SubElement(answer, "tolerance").text = f"{tolerance:.12g}"


def _choice(item):
    question = _question(item, "multichoice", item.task)
    ET.SubElement(question, "single").text = "true"
    ET.SubElement(question, "shuffleanswers").text = "false"  # messages may name a letter
    ET.SubElement(question, "answernumbering").text = "abc"
    for letter, html in item.options.items():
        fraction = "100" if letter == item.question.right.letter else "0"
        _answer(question, fraction, html, item.message(letter))
    return _hints(question, item)


def _choices(item):
    question = _question(item, "multichoice", item.task)
    ET.SubElement(question, "single").text = "false"
    ET.SubElement(question, "shuffleanswers").text = "false"
    ET.SubElement(question, "answernumbering").text = "abc"
    right = set(item.question.right.items)
    share = _FRACTIONS[len(right)]
    for letter, html in item.options.items():
        _answer(question, share if letter in right else f"-{share}", html, "")
    _html(question, "incorrectfeedback", escape(plain(item.question.otherwise)))
    return _hints(question, item)


def _number(item):
    question = _question(item, "numerical", item.task)
    right = item.question.right
    told = plain(item.question.explain)
    _answer(question, "100", f"{right.value:.12g}", told, slack(right), "moodle_auto_format")
    for wrong, message in known_numbers(item):
        near = min(slack(wrong), abs(wrong.value - right.value) / 2)
        _answer(question, "0", f"{wrong.value:.12g}", message, near, "moodle_auto_format")
    _answer(question, "0", "*", plain(item.question.otherwise), 0, "moodle_auto_format")
    return _hints(question, item)


def _words(item):
    question = _question(item, "shortanswer", item.task)
    ET.SubElement(question, "usecase").text = "0"
    right = item.question.right
    for word in (right.text, *right.also):
        _answer(question, "100", word, plain(item.question.explain), form="moodle_auto_format")
    for wrong in item.question.wrong:
        for word in wrong.answer.examples():
            if isinstance(word, str):
                _answer(question, "0", word, plain(wrong.message), form="moodle_auto_format")
    _answer(question, "0", "*", plain(item.question.otherwise), form="moodle_auto_format")
    return _hints(question, item)


def _order(item):
    question = _question(item, "matching", item.task)
    ET.SubElement(question, "shuffleanswers").text = "false"
    for place, letter in enumerate(item.question.right.items, 1):
        sub = _html(question, "subquestion", f"<p>{place}</p>")
        answer = ET.SubElement(sub, "answer")
        _text(answer, bare(item.options[letter]))
    _html(question, "incorrectfeedback", escape(plain(item.question.otherwise)))
    return _hints(question, item)


def _parts(item):
    messages = part_messages(item)
    lines = []
    for name, form in item.question.right.forms.items():
        told = item.options.get(name, "")
        gap = _gap(item, name, simple(form), messages)
        lines.append(f"<p><b>{escape(name)}</b> {gap}</p>{told}")
    return _hints(_question(item, "cloze", item.task + "\n" + "\n".join(lines)), item)


def marks(item):
    """Return what a question is worth in Moodle, which counts whole marks for each part.

    Parameters
    ----------
    item : Item
    """
    return len(item.question.right.items) * _weight(item) if item.kind == "parts" else item.points


def _weight(item):
    return max(1, item.points // len(item.question.right.items))


def _gap(item, name, form, messages):
    """One gap of embedded answers: a list to choose from, or a number."""
    weight = _weight(item)
    if isinstance(form, Number):
        inside = f"={form.value:.12g}:{slack(form):.12g}"
        return f"{{{weight}:NUMERICAL:{inside}}}"
    right = passing(item.question.right.items[name])
    inside = "~".join(
        f"{'=' if one in right else ''}{_escaped(one)}#{_escaped(messages.get((name, one), ''))}"
        for one in words_to_choose(item)
    )
    return f"{{{weight}:MULTICHOICE:{inside}}}"


def _escaped(text):
    """Text inside a gap, twice escaped: Moodle undoes one, and shows what is left as HTML.

    What closes or parts answers there is written as an entity. A stroke before it would part them
    as well, but Moodle shows most such strokes to the learner.
    """
    text = escape(escape(plain(text), quote=False), quote=False)
    return re.sub(r"[}#~\\]", lambda sign: f"&#{ord(sign[0])};", text)


def _essay(item):
    question = _question(item, "essay", item.task)
    ET.SubElement(question, "responseformat").text = "editor"
    ET.SubElement(question, "responserequired").text = "1"
    ET.SubElement(question, "responsefieldlines").text = "15"
    ET.SubElement(question, "attachments").text = "0"
    _html(question, "graderinfo", rubric_html(item.question))
    _html(question, "responsetemplate", "")
    return question


def rubric_html(question):
    """Return a rubric as an HTML table: a row a criterion, a column a level.

    Parameters
    ----------
    question : OpenQuestion
    """
    rows = []
    for criterion in question.rubric:
        cells = "".join(
            f"<td><b>{level.points:g}</b> {escape(level.descriptor)}</td>"
            for level in criterion.levels
        )
        head = f"<th>{escape(criterion.name)}<br>{escape(criterion.look_for)}</th>"
        rows.append(f"<tr>{head}{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


_WRITERS = {
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "words": _words,
    "order": _order,
    "parts": _parts,
    "essay": _essay,
}
