"""Reads the whole sentence of an option as its letter: some learners copy it in place of this.

The sentences stand in the notebooks. Here each is kept as a short mark of its words alone, made by
``softpower release``, so that no sentence stands twice. The marks of another language's sentences
are made with its edition and lie in its catalogue.
"""

import hashlib
import html
import re
import tomllib
from functools import cache
from pathlib import Path

from softpower import texts
from softpower.feedback.reading.text import LETTERS, one_kind

IN_CATALOGUES = "options"  # the context of the marks of a language
MARKS = Path(__file__).with_suffix(".toml")
HEAD = (
    "# A mark of each option's sentence, by question, in the order of the letters.\n"
    "# Made by softpower release.\n\n"
)


def mark(sentence):
    """Return the mark of a sentence: of its words alone, whatever signs and links stand in it."""
    text = re.sub(r"</?\w[^>]*>", "", html.unescape(sentence))
    words = re.findall(r"[^\W_]+", one_kind(text).casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:10]


def marks(sentences):
    """Return the marks of the sentences of a question's options as one text, for a catalogue."""
    return " ".join(map(mark, sentences))


def written(options):
    """Return the text of the file of marks.

    Parameters
    ----------
    options : dict of str to list of str
        Question → the sentences of its options.
    """
    lines = (
        f'"{question}" = [{", ".join(f"{mark(one)!r}" for one in sentences)}]\n'
        for question, sentences in sorted(options.items())
    )
    return HEAD + "".join(lines)


def kept():
    """Return the text of the file of marks as it stands, or an empty one."""
    return MARKS.read_text(encoding="utf-8") if MARKS.exists() else ""


@cache
def _in_english():
    return tomllib.loads(kept())


def _letters(question):
    """Return the letter of each mark, in English and in the reader's language."""
    own = texts.catalogue().pgettext(IN_CATALOGUES, question).split()
    lists = (_in_english().get(question, ()), own)
    return {one: letter for marked in lists for one, letter in zip(marked, LETTERS, strict=False)}


def letter_of(question, sentence):
    """Return the letter of the option that is this whole sentence, or None.

    Parameters
    ----------
    question : str
        The question's id.
    sentence : plain data
    """
    if not isinstance(sentence, str) or not 8 < len(sentence) < 600:
        return None
    letters = _letters(question)
    behind = re.match(r"\W*(\w)\W+(.+)", sentence, re.DOTALL)  # its own letter may stand before it
    if behind and letters.get(mark(behind[2])) == one_kind(behind[1]).casefold():
        return letters[mark(behind[2])]
    return letters.get(mark(sentence))
