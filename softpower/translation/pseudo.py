"""A language that nobody speaks: every word changed, every figure respelled, a third longer.

Made from the English in a moment, it shows what no catalogue has (an English word that is left),
what has no room to be longer, and what a machine reads out of words.
"""

import re

from softpower import texts
from softpower.translation import blocks
from softpower.translation.po import Entry

CODE = "xx"
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "абцдефгхийклмнопярстувжхызАБЦДЕФГХИЙКЛМНОПЯРСТУВЖХЫЗ",
        strict=True,
    )
)
_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\w.,])\d+\.\d+(?!\d|\.\d)"
)
_WORD = re.compile(r"[A-Za-z]+")
# Beside what no language speaks: letters of options, sections, and short marks of Markdown.
_KEPT = re.compile(rf"{blocks.UNSPOKEN.pattern}|^\*\*[a-z]\*\*|§+[\d.,–\s]+|&#?[a-z0-9]+;", re.S)


def said(text):
    """Return a text in the pseudo-language: its code, links, citations and places as they are."""
    done, last = "", 0
    for kept in _KEPT.finditer(text):
        done += _spoken(text[last : kept.start()]) + kept[0]
        last = kept.end()
    return done + _spoken(text[last:])


def _spoken(text):
    text = _NUMBER.sub(lambda n: n[0].translate({44: texts.NO_BREAK, 46: ","}), text)
    return _WORD.sub(lambda word: _longer("".join(map(_LETTERS.get, word[0]))), text)


def _longer(word):
    return word + word[-1].lower() * max(len(word) // 3, 0)


def entries(messages):
    """Return each message with its translation."""
    return [
        Entry(one, (said(one.text), said(one.plural)) if one.plural else (said(one.text),))
        for one in messages
    ]
