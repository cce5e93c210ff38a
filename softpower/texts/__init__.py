"""The one door for texts: whatever a learner reads comes through here, in the reader's language.

English is written in the code and is the key of every message; the other languages stand in
catalogues (gettext, made into ``editions/``). Three rules keep a text translatable:

* It is a whole message with named places, never glued from pieces:
  ``text("{country} is {rank} of {count}.", country=country, rank=rank, count=count)``.
* It goes through the door where it is shown, not where it is written down: a class may hold
  notebooks in two languages. A text that is written down first is marked: ``mark("…")``.
* Numbers, plurals and lists of names are formed by the language: ``number``, ``texts``, ``listing``.

What each language has of its own (marks in numbers, plurals) stands in ``languages``.

Words that stand in tables (countries, instruments, headings) stay English in the tables, so that
``country == "South Korea"`` is true in every edition; ``cell`` translates them where they are shown.
"""

import difflib
import gettext
import json
import os
import re
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from pathlib import Path

from softpower.texts.languages import (
    ENGLISH,
    LANGUAGES,
    NARROW,
    NO_BREAK,
    SETTING,
    Language,
    language,
    marks,
    number,
    of,
    ordinal,
    percent,
    speaking,
    spelt,
)

__all__ = [
    "DOMAIN",
    "EDITIONS",
    "ENGLISH",
    "FOLDER",
    "IN_TABLES",
    "LANGUAGES",
    "NARROW",
    "NO_BREAK",
    "SETTING",
    "Language",
    "catalogue",
    "cell",
    "counting",
    "forms",
    "found_in",
    "in_every_language",
    "in_script",
    "language",
    "listing",
    "mark",
    "marks",
    "meant",
    "month",
    "near",
    "number",
    "of",
    "ordinal",
    "percent",
    "place",
    "sentences",
    "speaking",
    "spelt",
    "text",
    "texts",
    "where_one_works",
    "word",
]

FOLDER = "SOFTPOWER_LOCALE"  # where else catalogues lie: for an edition that is being made
DOMAIN = "softpower"
EDITIONS = Path(__file__).parents[2] / "editions"  # made from the catalogues, not kept in git
IN_TABLES = "table"  # the context of words in tables

_IN_SCRIPT = re.compile(r'\bt\(\s*("(?:[^"\\]|\\.)*")')
_COUNTED_IN_SCRIPT = re.compile(r'\btn\(\s*("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*")')

_lying = ContextVar("catalogues", default=None)


@contextmanager
def found_in(folder):
    """Take what is said inside from the catalogues of another folder, made a moment ago."""
    _catalogue.cache_clear()
    token = _lying.set(str(folder))
    try:
        yield
    finally:
        _lying.reset(token)


def place(folder, code):
    """Return where a language's compiled catalogue lies in a folder of catalogues."""
    return Path(folder) / code / "LC_MESSAGES" / f"{DOMAIN}.mo"


@cache
def _catalogue(code, folder):
    compiled = place(folder, code)
    if code == ENGLISH or not compiled.exists():
        return gettext.NullTranslations()
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def catalogue():
    """Return the reader's catalogue (``gettext.NullTranslations`` for English).

    A language that has no catalogue yet, or a message that it lacks, is shown in English.
    """
    code = language()
    folder = _lying.get() or os.environ.get(FOLDER) or EDITIONS / code / "locale"
    return _catalogue(code, str(folder))


@cache
def in_script(code):
    """Return what a lab's script says: its messages, and its counted ones as pairs.

    Parameters
    ----------
    code : str
        JavaScript that says ``t("…")`` and ``tn("one", "many", …)``.
    """
    counted = [tuple(map(json.loads, pair)) for pair in _COUNTED_IN_SCRIPT.findall(code)]
    return [json.loads(literal) for literal in _IN_SCRIPT.findall(code)], counted


def mark(message):
    """Return a message as it is: it is found for the catalogues here, and translated where shown."""
    return message


def where_one_works(installed, in_a_page):
    """Return the one of two marked messages that fits: JupyterLab has menus, a page has buttons.

    Parameters
    ----------
    installed : str
        For whoever opened the notebook on their own computer.
    in_a_page : str
        For whoever opened a link: Python runs in the browser.
    """
    return in_a_page if sys.platform == "emscripten" else installed


def word(value):
    """Return a word of a table as it is: it is found for the catalogues here, and ``cell`` shows it."""
    return value


def text(message, /, **places):
    """Return a message in the reader's language.

    Parameters
    ----------
    message : str
        A whole text in English, with named places in braces. Without ``places`` braces are plain.
    **places
        What stands in the named places, already in the reader's language (``number``, ``cell``).

    Returns
    -------
    str
    """
    return _filled(catalogue().gettext(message), places) if message else message


def in_every_language(message):
    """Return what a message is in each language: a class may hold notebooks of several."""
    said = set()
    for code in LANGUAGES:
        with speaking(code):
            said.add(text(message))
    return said


def texts(one, many, count, /, **places):
    """Return the form of a message that fits a count; ``{count}`` is filled with it.

    Parameters
    ----------
    one, many : str
        The message for 1 and for other counts, in English; other languages have their own forms.
    count : int or float
    **places
        As in ``text``.
    """
    # A half of a thing takes the form of two: 2.5 points, «2,5 балла».
    message = catalogue().ngettext(one, many, int(count) if count == int(count) else 2)
    return _filled(message, {"count": number(count)} | places)


def cell(value):
    """Return a word of a table (a country, an instrument, a heading) as the reader's language has it."""
    if not isinstance(value, str) or not value:
        return value
    said = partial(catalogue().pgettext, IN_TABLES)
    shown = said(value)
    if shown == value and language() != ENGLISH:
        for mark_ in (": ", "; ", ", "):  # put together from several words: "Japan: offices"
            parts = value.split(mark_)
            each = [said(part) for part in parts] if len(parts) > 1 else parts
            if all(a != b for a, b in zip(parts, each, strict=True)):
                return mark_.join(each)
    return shown


def sentences(*said):
    """Return whole sentences after one another, those that are empty left out."""
    return " ".join(sentence for sentence in said if sentence)


def _filled(message, places):
    return message.format(**places) if places else message


def counting():
    """Return which form of a counted message fits each count below 200, for a script that counts.

    The forms repeat with every hundred.
    """
    form = getattr(catalogue(), "plural", lambda count: int(count != 1))
    return [form(count) for count in range(200)]


def forms(one, many):
    """Return every form of a counted message, in the order of the numbers in ``counting``."""
    which = counting()
    return [catalogue().ngettext(one, many, which.index(n)) for n in range(max(which) + 1)]


def near(name, known, cutoff=0.6):
    """Return the known name that looks most like a name; None where none is near.

    Parameters
    ----------
    name : str
    known : iterable of str
    cutoff : float
        How like it must be at least: 0 is nothing alike, 1 the same.
    """
    found = difflib.get_close_matches(str(name), list(known), n=1, cutoff=cutoff)
    return found[0] if found else None


def meant(name):
    """Return the question whether a name was meant, as :func:`near` finds it; empty for None."""
    return text("Did you mean {name!r}?", name=name) if name else ""


def month(number):
    """Write a month as it stands in a date: "March", in Russian in the genitive.

    Parameters
    ----------
    number : int
        From 1.
    """
    return text(_MONTHS[number - 1])


_MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)


def listing(names, link="and"):
    """Write names as a list: "a", "a and b", "a, b and c".

    Parameters
    ----------
    names : iterable of str
        Already in the reader's language.
    link : {"and", "or"}
        What stands before the last.
    """
    *others, last = list(names) or [""]
    if not others:
        return last
    pair = text("{first} or {last}") if link == "or" else text("{first} and {last}")
    return pair.format(first=", ".join(others), last=last)
