"""A translation, compared with its source: what a machine can prove, and what a reader must look at.

Each message is compared with what is said in its place: figures in the spelling of each language,
code, links, citations and places the same, no English left, the glossary's terms used. Each made
notebook is compared with the one it was made from: cells, names, metadata, syntax trees, headings
and marks of lists.
"""

import ast
import math
import re
from collections import Counter
from dataclasses import dataclass
from string import Formatter

from softpower import notebooks, texts
from softpower.feedback import writing
from softpower.translation import blocks, pages

CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\]\(([^()\s]*)\)|<(https?://[^>\s]+)>")
CITATION = re.compile(r"\[(@[^\]\n]*)\]|@\[([^\]\n]*)\]")
TAG = re.compile(r"</?[a-z][^<>]*>")
OPTION = re.compile(r"^\*\*([a-z])\*\*")  # Latin in every language, as answers are
MATHS = re.compile(r"\$\$.*?\$\$|(?<![\\\w])\$[^$\n]+\$(?!\d)", re.S)
_NUMBER = r"\d{{1,3}}(?:[{0}]\d{{3}})+(?:{1}\d+)?|\d+(?:{1}\d+)?"
ENGLISH = re.compile(_NUMBER.format(",", r"\."))
OTHERS = re.compile(_NUMBER.format(texts.NO_BREAK + texts.NARROW, ","))
NUMBER_WORDS = re.compile(
    r"\b(?:half|third|quarter|twice|thrice|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|twenty|thirty|forty|fifty|hundred|thousand|dozen)s?\b",
    re.I,
)
MARK = re.compile(r"[-*+]|\d+[.)]")  # of an item of a list
BARE = re.compile(r"(?<![\w.])\.(?=\d)")  # .800, as some English writes 0.800
SECTION = re.compile(r"§+[\d.,–\s]+")  # its number has a point in every language
POINT = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?!\.?\d)")  # of a number, and not of version 1.2.1
LATIN = re.compile(r"\b[A-Za-z]{2,}\b")
# Terms that are everyday words too: only a reader can say in which sense one stands.
EVERYDAY = {"assumption", "audience", "baseline", "benchmark", "change", "code", "effect", "gap"}
EVERYDAY |= {"index", "indicator", "instrument", "inventory", "lever", "noise", "objective"}
EVERYDAY |= {"outcome", "output", "payment", "population", "rank", "resource", "sample", "score"}
EVERYDAY |= {"target", "weight"}
LABEL = 24  # letters: more than that, and it is a sentence, for which a line can break
# What a reason in the catalogue (``# differs: …``) excuses; figures, code and links never.
EXCUSED = {"English", "term", "space"}
# How a reason begins where a number is what somebody is to type: Python wants a point in it.
TYPED = "typed"


@dataclass(frozen=True)
class Fault:
    """What is wrong: where, of which kind, and in a sentence."""

    place: str
    kind: str
    said: str

    def __str__(self):
        return f"{self.place}: {self.kind}: {self.said}"


def faults(messages, entries, terms=()):
    """Return everything that is wrong in a catalogue.

    Parameters
    ----------
    messages : list of po.Message
        What there is to translate today.
    entries : list of po.Entry
    terms : list of (str, str)
        Words of the glossary with what the language says, alternatives after a slash.

    Returns
    -------
    list of Fault
    """
    known, found = {entry.message.key: entry for entry in entries}, []
    for message in messages:
        entry = known.get(message.key)
        place = message.context or message.note.partition("\n")[0]
        if entry is None or not all(entry.said):
            found.append(Fault(place, "missing", _short(message.text)))
        elif entry.stale:
            found.append(Fault(place, "stale", _short(message.text)))
        else:
            found += _of_message(message, entry, place, terms)
    today = {message.key for message in messages}
    found += [
        Fault(context, "gone", f"no text of the course any more: {_short(text)}")
        for context, text in known.keys() - today
    ]
    return found


def twofold(catalogues):
    """Return the messages that two catalogues say in two ways: a reader would meet one of them.

    Parameters
    ----------
    catalogues : dict of str to list of po.Entry
        What a language says, by the name of the catalogue.

    Returns
    -------
    list of Fault
    """
    first, found = {}, []
    for name, entries in catalogues.items():
        for entry in filter(lambda one: one.usable, entries):
            before, said = first.setdefault(entry.message.key, (name, entry.said))
            if said != entry.said:
                why = f"{_short(said[0])} in {before}, and here {_short(entry.said[0])}"
                found.append(Fault(name, "twofold", f"{_short(entry.message.text)} is {why}"))
    return found


def _of_message(message, entry, place, terms):
    sources = [message.text, *[message.plural] * (len(entry.said) - 1)]
    found = []
    for source, said in zip(sources, entry.said, strict=True):
        written = POINT.sub(r"\1,\2", said) if entry.reason.startswith(TYPED) else said
        kinds = compared(source, written, bool(message.plural))
        kinds += _words(source, said, message, terms)
        found += [
            Fault(place, kind, why) for kind, why in kinds if not (entry.reason and kind in EXCUSED)
        ]
    return found


def compared(source, said, counted=False):
    """Return what differs between a text and its translation, as (kind, sentence)."""
    pairs = {
        "places": (_places(source, counted), _places(said, counted)),
        "code": (_all(CODE, source), _all(CODE, said)),
        "links": (_all(LINK, source), _all(LINK, said)),
        "citations": (_all(CITATION, source), _all(CITATION, said)),
        "tags": (_all(TAG, source), _all(TAG, said)),
        "formula": (_all(MATHS, source), _all(MATHS, said)),
        "figures": (figures(source), figures(said, OTHERS)),
        "marks": (source.count("**"), said.count("**")),
        "letter": (OPTION.findall(source), OPTION.findall(said)),
        "blocks": tuple(max(1, len(blocks.messages(one))) for one in (source, said)),
    }
    return [
        (kind, f"{_difference(before, after)} in {_short(said)}")
        for kind, (before, after) in pairs.items()
        if before != after
    ]


def _places(text, counted):
    try:
        found = {name for _, name, _, _ in Formatter().parse(text) if (name or "").isidentifier()}
    except ValueError as broken:  # a bracket that is not closed
        return {str(broken)}
    return found - {"count"} if counted else found  # "one answer" may name no number


def _all(pattern, text):
    return Counter(
        next(filter(None, found.groups()), found[0]) if found.groups() else found[0]
        for found in pattern.finditer(text)
    )


def _difference(before, after):
    if not isinstance(before, Counter):
        return f"{before or 'nothing'} became {after or 'nothing'}"
    lost, new = ", ".join((before - after).elements()), ", ".join((after - before).elements())
    return f"{lost or 'nothing'} became {new or 'nothing'}"


def figures(text, spelling=ENGLISH):
    """Return the numbers of a text, each as it would be without its language's spelling."""
    text = SECTION.sub(lambda found: found[0].replace(".", "_"), text)
    whole = "0." if spelling is ENGLISH else "0,"
    plain = BARE.sub(whole, blocks.UNSPOKEN.sub(" ", text))
    found = Counter()
    for number in spelling.findall(plain):
        if spelling is ENGLISH:
            found[number.replace(",", "")] += 1
        else:
            found[re.sub("[\u00a0\u202f]", "", number).replace(",", ".")] += 1
    return found


def _words(source, said, message, terms):
    """Return English that was left, terms that were not used, a label that has no room."""
    plain, own = (blocks.UNSPOKEN.sub(" ", text) for text in (source, said))
    found = []
    names = all(word[0].isupper() for word in LATIN.findall(plain))
    if (said == source and not names) or re.search(r"(?:\b[a-z]{2,}\b[ ,]*){3}", own):
        found.append(("English", f"English is left: {_short(said)}"))
    for term, wanted in terms:
        meant = term not in EVERYDAY and re.search(rf"\b{re.escape(term)}s?\b", plain, re.I)
        if meant and not _uses(own, wanted):
            found.append(("term", f"{term!r} is {wanted!r} in the glossary: {_short(said)}"))
    if "labs/" in message.note and len(said) > room(source):
        found.append(("space", f"longer than its space: {_short(said)}"))
    return found


def room(label):
    """Return how many letters a lab has for a label in another language; no end for a sentence."""
    if len(label) > LABEL or label[-1:] in ".?:":
        return math.inf
    return len(label) + 12


def _uses(text, wanted):
    text = text.casefold()
    return any(
        all(word[: max(3, round(0.6 * len(word)))] in text for word in one.casefold().split())
        for one in re.split(r"[/;]", wanted)
    )


def for_a_reader(messages):
    """Return the messages that write a number as a word: no machine compares these."""
    return [one for one in messages if NUMBER_WORDS.search(blocks.UNSPOKEN.sub(" ", one.text))]


def _short(text):
    text = " ".join(text.split())
    return repr(text if len(text) <= 70 else text[:70] + "…")


def of_notebook(source, made, name):
    """Return what a made notebook has otherwise than the one from which it was made."""
    pairs = list(zip(source.cells, made.cells, strict=False))
    if [c.id for c in source.cells] != [c.id for c in made.cells]:
        gone = (
            ", ".join(sorted({c.id for c in source.cells} ^ {c.id for c in made.cells})) or "order"
        )
        return [Fault(name, "cells", f"other cells than the source: {gone}")]
    found = []
    for before, after in pairs:
        place = f"{name}/{before.id}"
        if before.cell_type != after.cell_type or before.metadata != after.metadata:
            found.append(Fault(place, "metadata", "the cell says something else of itself"))
        if before.cell_type == "code" and not writing.is_place(before.source):
            if _tree(before.source) != _tree(after.source):
                found.append(Fault(place, "code", "the code does something else"))
        elif notebooks.part(before) != "references" and _shape(before) != _shape(after):
            found.append(Fault(place, "blocks", f"{_shape(before)} became {_shape(after)}"))
    return found


def _tree(code):
    """Return what code does, without the words that it writes over its charts."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return code
    words = [w.value for w in ast.walk(tree) if isinstance(w, ast.keyword) and w.arg in pages.SHOWN]
    for value in words:
        for part in pages._texts(value):
            part.value = "words"
    return ast.dump(tree)


def _shape(cell):
    """Return the blocks of a cell: headings with their level, items with their mark, and so on."""
    before, text = pages.prose(cell)
    shape = [before]
    for piece in blocks.cut(text):
        if piece.text.startswith(pages.NOTE):
            continue
        if piece.kind:
            shape.append(piece.kind)
        elif rest := piece.text.strip():
            # An item of figures and one letter is no text to translate, and may be in one language.
            shape.append("item" if shape and MARK.fullmatch(shape[-1]) else rest)
    return shape
