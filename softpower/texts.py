"""The one door for texts: whatever a learner reads comes through here, in the reader's language.

English is written in the code and is the key of every message; the other languages stand in
catalogues (gettext, ``softpower/locale/``). Three rules keep a text translatable:

* It is a whole message with named places, never glued from pieces:
  ``text("{country} is {rank} of {count}.", country=country, rank=rank, count=count)``.
* It goes through the door where it is shown, not where it is written down: a class may hold
  notebooks in two languages. A text that is written down first is marked: ``mark("…")``.
* Numbers, plurals and lists of names are formed by the language: ``number``, ``texts``, ``listing``.

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
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

ENGLISH = "en"
SETTING = "SOFTPOWER_LANGUAGE"  # what start.py and the kernel's environment set
FOLDER = "SOFTPOWER_LOCALE"  # where else catalogues lie: for an edition that is being made
DOMAIN = "softpower"
_SHIPPED = str(Path(__file__).parent / "locale")
IN_TABLES = "table"  # the context of words in tables
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


_SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
LANGUAGES = {
    ENGLISH: Language("English", (",", ".", "")),
    "kk": Language("Қазақша", terms="kazakh"),
    "ru": Language("Русский", plural=_SLAVIC, forms=3, terms="russian"),
    "xx": Language("xx"),  # the pseudo-language of the tests
}

_IN_SCRIPT = re.compile(r'\bt\(\s*("(?:[^"\\]|\\.)*")')
_COUNTED_IN_SCRIPT = re.compile(r'\btn\(\s*("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*")')

_spoken = ContextVar("language", default=None)
_lying = ContextVar("catalogues", default=None)


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
    folder = _lying.get() or os.environ.get(FOLDER) or _SHIPPED
    return _catalogue(language(), str(folder))


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


def ordinal(value):
    """Write a place: 1st, 2nd, 3rd, 11th. Other languages write the bare number.

    Their endings bend with the noun, so their messages have a label ("место: 3").
    """
    if language() != ENGLISH:
        return number(value)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value:,}{'th' if value % 100 in (11, 12, 13) else ending}"


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
