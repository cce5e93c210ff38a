"""A language that nobody speaks: every word changed, a third longer, figures spelt otherwise.

What stays English in it never went through the door for texts.
"""

import gettext
import os
import re

from softpower import texts

CODE = "xx"
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абцдефгхийклмнопярстувшхызАБЦДЕФГХИЙКЛМНОПЯРСТУВШХЫЗ",
)
_PLACE = re.compile(r"(\{\w*(?:![rs])?(?::[^{}]*)?\})")
_WORD = re.compile(r"[^\W\d_]{3,}")


def changed(message):
    """Return a message in the language; what stands in braces is a place and stays."""
    parts = _PLACE.split(message)
    return "".join(part if place % 2 else _longer(part) for place, part in enumerate(parts))


def _longer(part):
    words = _WORD.sub(lambda word: word[0] + word[0][-1] * (len(word[0]) // 3), part)
    return words.translate(_LETTERS)


class Pseudo(gettext.NullTranslations):
    """A catalogue that has every message."""

    def gettext(self, message):
        return changed(message)

    def ngettext(self, one, many, count):
        return changed(one if count == 1 else many)

    def pgettext(self, context, message):
        return changed(message)


def speak(set_attribute=setattr):
    """Let everything that is made from here on speak the language.

    Parameters
    ----------
    set_attribute : callable, optional
        ``monkeypatch.setattr`` in a test, so that it ends with the test.
    """
    os.environ[texts.SETTING] = CODE
    set_attribute(texts, "catalogue", Pseudo)
