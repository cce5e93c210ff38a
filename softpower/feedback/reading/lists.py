"""Reads lists as people type them: with commas, "and", new lines, or nothing between the items."""

import re

from softpower.feedback.reading.letters import in_alphabet, one_letter
from softpower.feedback.reading.numbers import found_in, number_in
from softpower.feedback.reading.text import LETTERS, one_kind
from softpower.feedback.reading.words import closest, same

_AND = re.compile(r"\s*(?:&|\+|/|\b(?:and|und|or|и|или|және|мен|пен)\b)\s*", re.IGNORECASE)

# "not a, d" and "all but 2022": of words such as "not known" this says nothing.
_NOT = re.compile(
    r"\W*(?:not|all but|all except|except|не|все кроме|всё кроме|кроме)\s+(?:\d|\w(?!\w))",
    re.IGNORECASE,
)
_OR = re.compile(r"\w\W+(?:or|oder|или|немесе|не)\W+\w", re.IGNORECASE)


def hedged(value, options=()):
    """Say whether a text leaves open which of several it means: "a or c", "all but 2022".

    Parameters
    ----------
    value : plain data
    options : iterable of str
        The words to choose from: where one of them has an "or" in it, an "or" is no hedge.
    """
    return bool(
        isinstance(value, str)
        and (_OR.search(value) or _NOT.match(value))
        and not any(_OR.search(str(option)) for option in options)
    )


def denied(value):
    """Say whether a text tells what it is not, and no more: "not c", "all but 2022", "c емес"."""
    is_text = isinstance(value, str) and not _OR.search(value)
    return bool(is_text and (_NOT.match(value) or re.fullmatch(r"\W*\w\s+емес\W*", value)))


def _ends(text):
    """Return the two ends of "87 ± 3.6" as a list, or None."""
    number = r"(\d+(?:[.,]\d+)?)"
    more_or_less = (
        r"±|\+\s?/?\s?[-−]|plus\s*[-/]?\s*(?:or\s+)?minus|плюс\s*[-/]?\s*(?:или\s+)?минус"
    )
    found = re.fullmatch(rf"\s*{number}\s*(?:{more_or_less})\s*{number}[^\d]*", text, re.IGNORECASE)
    if not found:
        return None
    middle, width = (float(one.replace(",", ".")) for one in found.groups())
    return [round(middle - width, 10), round(middle + width, 10)]


def items_in(value, options=()):
    """Return the items of a list in plain data, or None.

    Parameters
    ----------
    value : plain data
        A list, set, series, or text with commas, semicolons, "and" or new lines.
    options : iterable of str
        The words that may stand in it: "before and after" is then one of them.
    """
    if isinstance(value, dict):
        value = _values_of(value)
    if isinstance(value, str):
        ends = _ends(value)
        return ends or (None if hedged(value, options) else _split(value, options))
    if not isinstance(value, list):
        return None
    if len(value) == 1 and isinstance(value[0], str) and not options:
        return _split(value[0])
    parts = []
    for item in value:
        inside = _split(item, options) if isinstance(item, str) and options else None
        parts += inside if inside and len(inside) > 1 else [item]
    return parts


def _values_of(value):
    """Return the items that a set, a series, or a dictionary of places holds, or None."""
    kind, held = value.get("$"), value.get("values")
    if not isinstance(held, list):
        return None
    if kind in ("set", "series"):
        return held
    if kind != "mapping" or not held:
        return None
    keys = value.get("keys")
    if [number_in(key) for key in keys] == list(range(1, len(keys) + 1)):  # {1: "a", 2: "d"}
        return held
    named = [closest(one, ("yes", "no")) for one in held]
    if all(named) and all(map(one_letter, keys)):  # {"a": True, "b": False}
        return [key for key, one in zip(keys, named, strict=True) if one == "yes"]
    return None


def sequence_in(text, options, count):
    """Return the values of text without names, where it holds as many as were asked for, or None.

    Parameters
    ----------
    text : str
        "yes, no, no", "yes no no", "0,67; 0,82" or "PQ".
    options : iterable of str
        The words that may stand in it.
    count : int
    """
    text = one_kind(text).strip("[](){} ")
    if not options:  # numbers: "87 ± 3.6", "83-91", "from 83 to 91"
        if count == 2 and _ends(text):
            return _ends(text)
        apart = re.sub(r"(?<=\d)\s*(?:-|\.{2,})\s*(?=\d)", " ; ", text)
        found = found_in(apart)
        if len(found) == count and not re.search(r"[*/()]", text):
            return found
    letters = list(text) if all(closest(letter, options) for letter in text) else ()
    for items in (_split(text, options), _spoken(text, options), text.split(), letters):
        if items and len(items) == count and count > 1:
            return [item.strip(" ,;'\"") for item in items]
    return None


_FILLERS = frozenset(
    [
        "then",
        "and",
        "first",
        "second",
        "third",
        "fourth",
        "next",
        "last",
        "finally",
        "after",
        "is",
        "и",
        "затем",
        "потом",
        "сначала",
        "далее",
        "және",
        "содан",
        "кейін",
        "алдымен",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
    ]
)


def _spoken(text, options):
    """Return the options that a text names one after another, or None where it says more."""
    if not options or len(text) > 300:
        return None
    words = re.findall(r"[\w%]+", one_kind(text).casefold())
    found, start = [], 0
    while start < len(words):
        ends = range(min(len(words), start + 6), start, -1)
        end = next((end for end in ends if closest(" ".join(words[start:end]), options)), None)
        if end is not None:
            found.append(closest(" ".join(words[start:end]), options))
            start = end
        elif words[start] in _FILLERS:
            start += 1
        else:
            return None
    return found


def _split(text, options=()):
    if closest(text, options):
        return [text]
    text = text.strip().strip("[](){}")
    bare = text.rstrip(" .,;")
    if re.fullmatch(r"-?\d+(,-?\d+){2,}|\d{4}(,\d{4})+", bare):  # no decimals, and no thousands
        return bare.split(",")
    if re.search(r"[;\n|]", text):
        parts = re.split(r"[;\n|]", text)
    else:
        parts = re.split(r",\s+" if re.search(r"\d,\d", text) else ",", text)
    pieces = []
    for part in (part.strip() for part in parts):
        for piece in _joined_by_and(part, options):
            # Years with nothing but a space between them are several: "2019 2022".
            years = re.fullmatch(r"\d{4}(\s+\d{4})+", piece.strip())
            pieces += piece.split() if years else [piece]
    pieces = [piece for piece in pieces if piece.strip(" '\"`")]
    if len(pieces) > 1 and options and not all(closest(piece, options) for piece in pieces):
        return _spoken(text, options) or pieces
    if len(pieces) == 1 and options and not closest(pieces[0], options):
        return _spoken(pieces[0], options) or _joined(pieces[0], options) or pieces
    return pieces


def _joined_by_and(text, options):
    """Return the items in "tea and milk"; "before and after" is one where it is an option."""
    parts = _AND.split(text)
    if not options:
        return parts
    found, start = [], 0
    while start < len(parts):
        ends = range(len(parts), start, -1)
        end = next((end for end in ends if closest(" and ".join(parts[start:end]), options)), None)
        if end is None:
            return [text]
        found.append(" and ".join(parts[start:end]))
        start = end
    return found


def _joined(text, options):
    """Return the two options in a text where the comma between two strings was forgotten."""
    keys = {same(option): option for option in options}
    key = same(text) or ""
    for first, option in keys.items():
        if first and key.startswith(first) and key[len(first) :] in keys:
            return [option, keys[key[len(first) :]]]
    return None


# --- Lists of letters ------------------------------------------------------------------------


def letters_in(value, last="j"):
    """Return the letters in plain data, as a list: ["a, d", "e"], "ade", "a and d", "а с е"."""
    items = value if isinstance(value, list) else items_in(value)
    found = []
    for item in items or ():
        one = one_letter(item)
        several = [one] if one else _several(item)
        if not several:
            return None
        found += several
    if not found:
        return None
    read = in_alphabet(found, last)
    if read is None and all(letter.isascii() for letter in found):
        read = [letter.casefold() for letter in found]
    return read if read and all(letter in LETTERS for letter in read) else None


_BETWEEN = re.compile(
    r"\b(?:and|then|first|next|last|letters?|options?|answers?|буквы|ответы|әрі|мен|и|затем|потом|сначала|және|содан|кейін)\b|[\W_]+"
)


def _several(item):
    if not isinstance(item, str) or len(item) > 60:
        return None
    text = re.sub(r"(?<!\w)\d+[.)]\s*", " ", one_kind(item))
    parts = [part for part in re.split(r"[\W_]+", text) if part]
    if len(parts) > 1:
        parts = [part for part in parts if not _BETWEEN.fullmatch(part.casefold())]
    if len(parts) == 1:
        parts = list(parts[0])
    letters = [one_letter(part) for part in parts]
    return letters if letters and all(letters) else None
