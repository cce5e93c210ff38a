"""Questions as QTI 1.2 in a zip, which Canvas imports ("QTI .zip file") and many others read.

The form is that of the IMS Question and Test Interoperability specification 1.2.1 with the names
of question types that Canvas writes itself. A question with several parts becomes one with lists
to choose from; parts that are numbers, or of which more than one word passes, have no counterpart.

Canvas reads less than the form can say. Of a number or a word it takes *every* value that a rule
names for a right one, whatever points the rule gives: so no known mistake may stand in the file.
Of the texts to choose from in a list it shows the marks of HTML, so they are plain.
"""

import zipfile
from html import escape
from xml.etree import ElementTree as ET

from softpower.feedback.number import Number
from softpower.quiz.items import bare, passing, plain, simple, slack, words_to_choose
from softpower.quiz.moodle import rubric_html

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_TYPES = {
    "choice": "multiple_choice_question",
    "choices": "multiple_answers_question",
    "number": "numerical_question",
    "words": "short_answer_question",
    "order": "matching_question",
    "parts": "multiple_dropdowns_question",
    "essay": "essay_question",
}


def carries(item):
    """Return whether Canvas has a counterpart for an item."""
    if item.kind != "parts":
        return True
    right = item.question.right
    one_each = all(len(passing(form)) == 1 for form in right.items.values() if _is_word(form))
    return one_each and all(map(_is_word, right.forms.values()))


def _is_word(form):
    return not isinstance(simple(form), Number)


def write(path, items, name):
    """Write the questions as a package that Canvas imports.

    Parameters
    ----------
    path : pathlib.Path
        The zip to write.
    items : list of Item
    name : str
        The title of the quiz.
    """
    ident = "softpower_" + "".join(c if c.isalnum() else "_" for c in name.casefold())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", _manifest(ident))
        archive.writestr(f"{ident}/{ident}.xml", assessment(items, name, ident))


def assessment(items, name, ident="softpower"):
    """Return the questions as one QTI 1.2 text."""
    root = ET.Element("questestinterop", xmlns=_QTI)
    test = ET.SubElement(root, "assessment", ident=ident, title=name)
    section = ET.SubElement(test, "section", ident="root_section")
    for item in items:
        section.append(_item(item))
    return _xml(root)


def _xml(root):
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _manifest(ident):
    root = ET.Element("manifest", identifier=f"{ident}_manifest", xmlns=_PACKAGE)
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "IMS Content"
    ET.SubElement(metadata, "schemaversion").text = "1.1.3"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    resource = ET.SubElement(
        resources, "resource", identifier=ident, type="imsqti_xmlv1p2", href=f"{ident}/{ident}.xml"
    )
    ET.SubElement(resource, "file", href=f"{ident}/{ident}.xml")
    return _xml(root)


def _item(item):
    made = ET.Element("item", ident=f"q{item.id.replace('.', '_')}", title=item.id)
    fields = ET.SubElement(ET.SubElement(made, "itemmetadata"), "qtimetadata")
    for label, entry in (
        ("question_type", _TYPES[item.kind]),
        ("points_possible", str(item.points)),
    ):
        field = ET.SubElement(fields, "qtimetadatafield")
        ET.SubElement(field, "fieldlabel").text = label
        ET.SubElement(field, "fieldentry").text = entry
    _WRITERS[item.kind](item, ET.SubElement(made, "presentation"), _Judge(made))
    return made


class _Judge:
    """What is done with an answer: points, and what is said."""

    def __init__(self, item):
        self.item = item
        self.processing = ET.Element("resprocessing")
        outcomes = ET.SubElement(self.processing, "outcomes")
        ET.SubElement(
            outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"
        )
        item.append(self.processing)

    def when(self, conditions, points="", says="", label="", action="Set", go_on=False):
        """Add a rule: under these conditions, these points and these words."""
        rule = ET.SubElement(
            self.processing, "respcondition", {"continue": "Yes" if go_on else "No"}
        )
        ET.SubElement(rule, "conditionvar").extend(conditions)
        if points:
            ET.SubElement(rule, "setvar", action=action, varname="SCORE").text = points
        if says:
            ET.SubElement(rule, "displayfeedback", feedbacktype="Response", linkrefid=label)
            feedback = ET.SubElement(self.item, "itemfeedback", ident=label)
            _material(ET.SubElement(feedback, "flow_mat"), f"<p>{escape(plain(says))}</p>")


def _material(parent, words, kind="text/html"):
    material = ET.SubElement(parent, "material")
    ET.SubElement(material, "mattext", texttype=kind).text = words
    return material


def _is(answer, respident="response1"):
    condition = ET.Element("varequal", respident=respident)
    condition.text = str(answer)
    return condition


def _anything():
    return ET.Element("other")


def _list(presentation, options, respident="response1", several=False, kind="text/html"):
    response = ET.SubElement(
        presentation,
        "response_lid",
        ident=respident,
        rcardinality="Multiple" if several else "Single",
    )
    choice = ET.SubElement(response, "render_choice")
    for ident, words in options.items():
        _material(ET.SubElement(choice, "response_label", ident=ident), words, kind)
    return response


def _named_list(presentation, name, options, respident):
    """A list with its name before it, all as plain text."""
    response = _list(presentation, options, respident, kind="text/plain")
    response.insert(0, _material(ET.Element("response_lid"), name, "text/plain"))


def _choice(item, presentation, judge):
    _material(presentation, item.task)
    _list(presentation, item.options)
    for letter in item.options:
        if letter != item.question.right.letter:
            judge.when([_is(letter)], says=item.message(letter), label=f"{letter}_fb", go_on=True)
    right = item.question.right.letter
    judge.when([_is(right)], "100", item.question.explain, "correct_fb")


def _choices(item, presentation, judge):
    _material(presentation, item.task)
    _list(presentation, item.options, several=True)
    both = ET.Element("and")
    for letter in item.options:
        if letter in item.question.right.items:
            both.append(_is(letter))
        else:
            ET.SubElement(both, "not").append(_is(letter))
    judge.when([both], "100", item.question.explain, "correct_fb")
    judge.when([_anything()], says=item.question.otherwise, label="general_incorrect_fb")


def _number(item, presentation, judge):
    _material(presentation, item.task)
    _box(presentation, "Decimal")
    right = item.question.right
    judge.when([_near(right, slack(right))], "100", item.question.explain, "correct_fb")
    judge.when([_anything()], says=item.question.otherwise, label="general_incorrect_fb")


def _near(number, tolerance):
    either = ET.Element("or")
    either.append(_is(f"{number.value:.12g}"))
    both = ET.SubElement(either, "and")
    for tag, end in (("vargte", number.value - tolerance), ("varlte", number.value + tolerance)):
        ET.SubElement(both, tag, respident="response1").text = f"{end:.12g}"
    return either


def _box(presentation, kind):
    response = ET.SubElement(presentation, "response_str", ident="response1", rcardinality="Single")
    fib = ET.SubElement(response, "render_fib", fibtype=kind)
    ET.SubElement(fib, "response_label", ident="answer1")


def _words(item, presentation, judge):
    _material(presentation, item.task)
    _box(presentation, "String")
    right = item.question.right
    judge.when(
        [_any(_is(word) for word in (right.text, *right.also))],
        "100",
        item.question.explain,
        "correct_fb",
    )
    judge.when([_anything()], says=item.question.otherwise, label="general_incorrect_fb")


def _any(conditions):
    either = ET.Element("or")
    either.extend(conditions)
    return either


def _order(item, presentation, judge):
    _material(presentation, item.task)
    right = item.question.right.items
    share = f"{100 / len(right):.2f}"
    # Names of one's own: a letter would do, but an option may be a name with a blank in it.
    idents = {letter: f"option{at}" for at, letter in enumerate(item.options, 1)}
    options = {idents[letter]: bare(html) for letter, html in item.options.items()}
    for place, letter in enumerate(right, 1):
        respident = f"response_{place}"
        _named_list(presentation, str(place), options, respident)
        judge.when([_is(idents[letter], respident)], share, action="Add", go_on=True)
    judge.when([_anything()], says=item.question.otherwise, label="general_incorrect_fb")


def _parts(item, presentation, judge):
    parts = {f"part{at}": one for at, one in enumerate(item.question.right.items.items(), 1)}
    lines = "".join(
        f"<p><b>{escape(name)}</b> [{part}]</p>{item.options.get(name, '')}"
        for part, (name, _) in parts.items()
    )
    _material(presentation, item.task + lines)
    share = f"{100 / len(parts):.2f}"
    for part, (_, form) in parts.items():
        words = {f"{part}_{at}": one for at, one in enumerate(words_to_choose(item))}
        _named_list(presentation, part, words, f"response_{part}")
        right = next(k for k, one in words.items() if one in passing(form))
        judge.when([_is(right, f"response_{part}")], share, action="Add", go_on=True)
    judge.when([_anything()], says=item.question.otherwise, label="general_incorrect_fb")


def _essay(item, presentation, judge):
    _material(presentation, item.task)
    response = ET.SubElement(presentation, "response_str", ident="response1", rcardinality="Single")
    fib = ET.SubElement(response, "render_fib")
    ET.SubElement(fib, "response_label", ident="answer1", rshuffle="No")
    judge.when([_anything()], label="general_fb")
    feedback = ET.SubElement(judge.item, "itemfeedback", ident="general_fb")
    _material(ET.SubElement(feedback, "flow_mat"), rubric_html(item.question))


_WRITERS = {
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "words": _words,
    "order": _order,
    "parts": _parts,
    "essay": _essay,
}
