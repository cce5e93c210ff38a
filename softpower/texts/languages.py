"""What each language has of its own, and how a number is written in it: 12,400.5 or 12 400,5."""

import os
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

ENGLISH = "en"
SETTING = "SOFTPOWER_LANGUAGE"  # what start.py and the kernel's environment set
NARROW, NO_BREAK = "\u202f", "\u00a0"


@dataclass(frozen=True)
class Language:
    """What a language has of its own: whoever brings a new one writes a line of ``LANGUAGES``.

    What is said in it stands in its catalogues, names of months and quotation marks among it.
    """

    name: str  # as it calls itself
    marks: tuple = (NO_BREAK, ",", NARROW)  # between thousands, before decimals, before per cent
    plural: str = "n != 1"  # which form of a message fits n, as gettext has it
    forms: int = 2  # how many there are
    terms: str = ""  # the glossary's column with its terms
    reviewed: bool = False  # by somebody who teaches the subject in it


_SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
LANGUAGES = {
    ENGLISH: Language("English", (",", ".", "")),
    "kk": Language("Қазақша", terms="kazakh"),
    "ru": Language("Русский", plural=_SLAVIC, forms=3, terms="russian"),
    "xx": Language("xx"),  # the pseudo-language of the tests
}

_spoken = ContextVar("language", default=None)


def language():
    """Return the code of the reader's language: "en", "ru", "kk"."""
    return _spoken.get() or os.environ.get(SETTING, "").strip() or ENGLISH


def of(code):
    """Return what a language has of its own; one that nobody has described writes as others do."""
    return LANGUAGES.get(code) or Language(code)


@contextmanager
def speaking(code):
    """Show what is made inside in another language, such as a student's own in a mixed class."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def number(value, decimals=None):
    """Write a number: 12,400 and 35.9 in English, 12 400 and 35,9 in Russian and Kazakh.

    Parameters
    ----------
    value : float
    decimals : int, optional
        How many decimals; without it, as many as the number has, to twelve digits.
    """
    if decimals is None:
        written = f"{value:,.12g}"
    else:
        written = f"{value:,.{decimals}f}"
        if float(written.replace(",", "")) == 0:
            written = written.removeprefix("-")
    return spelt(written)


def spelt(written):
    """Return a number that is written as in English (12,400.5) as the reader's language writes it."""
    thousands, point, _ = marks()
    return written.translate({ord(","): thousands, ord("."): point})


def percent(value, decimals=0):
    """Write a percentage, with the sign where the language puts it: 12%, in Russian 12 %."""
    return f"{number(value, decimals)}{marks()[2]}%"


def marks():
    """Return the language's marks: between thousands, before decimals, before the sign of per cent."""
    return of(language()).marks


def ordinal(value):
    """Write a place: 1st, 2nd, 3rd, 11th. Other languages write the bare number.

    Their endings bend with the noun, so their messages have a label ("место: 3").
    """
    if language() != ENGLISH:
        return number(value)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value:,}{'th' if value % 100 in (11, 12, 13) else ending}"
