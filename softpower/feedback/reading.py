"""Reads an answer as people type it: letters, words, numbers, lists, values by name.

Pure functions on plain data (see :mod:`softpower.feedback.plain`). They say what an answer
stands for and never whether it is right. Nothing here raises, whatever the answer is.
"""

import math
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

LETTERS = "abcdefghij"
# Capitals and small letters of a Russian or Kazakh keyboard, and the Latin letter they look like.
_CYRILLIC = str.maketrans("асеірохувкнмтАВСЕІРОХУКНМТҺ", "aceipoxybkhmtABCEIPOXYKHMTH")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_QUOTES = str.maketrans(dict.fromkeys("\"'`´“”„‘’‚«»‹›", ""))
_ARTICLES = ("the", "a", "an")
_AND = re.compile(r"\s*(?:&|\+|/|\b(?:and|und|or|и|или|және|мен|пен)\b)\s*", re.IGNORECASE)


def unwrap(value):
    """Return what a list or series of a single item holds: ``scores.loc[...]`` gives one."""
    while isinstance(value, (list, dict)):
        items = value if isinstance(value, list) else value.get("values")
        mapping = isinstance(value, dict) and value.get("$") == "mapping"
        if not isinstance(items, list) or len(items) != 1 or mapping:
            return value
        value = items[0]
    return value


def _plain_text(text):
    """Return text with one kind of space, dash and letter, where several look alike."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip()


# --- Numbers ------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?<![\w.,])[-+]?(?:(?:\d{1,3}(?:[ ,'’]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?|[.,]\d+)"
    r"(?:e[-+]?\d{1,4}(?!\d))?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}([ ,'’])\d{3}(?:\1\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?", re.I)
_MINUS = re.compile(r"\b(?:minus|минус|негатив)\s*(?=\d)", re.IGNORECASE)


def number_in(value):
    """Return the number in plain data (12, 12.0, "12 %", "US$ 1,250", "98,5"), or None."""
    return next(iter(numbers_in(value)), None)


def numbers_in(value):
    """Return the numbers that plain data may stand for, the likeliest first.

    In text a comma may group thousands or, as in Kazakhstan, begin the decimals: "1,250" may
    be either, and "98,5" only the latter. Text with more than one number stands for none.
    """
    value = unwrap(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (float(value),) if math.isfinite(value) else ()
    if not isinstance(value, str) or len(value) > 200:
        return ()
    found = _found(value)
    return _readings(found[0]) if len(found) == 1 else ()


def _found(text):
    text = _MINUS.sub("-", _plain_text(text))
    text = re.sub(r"(?<![\d)])\s*-\s+(?=[\d.,])", " -", text)  # "- 5", and not "10 - 5"
    return [match.group() for match in _NUMBER.finditer(text)]


def _readings(digits):
    found = []
    if _THOUSANDS.fullmatch(digits) or not re.search(r"[ ,'’]", digits):
        found.append(re.sub(r"[ ,'’]", "", digits))
    if digits.count(",") == 1 and "." not in digits:
        found.append(re.sub(r"[ '’]", "", digits).replace(",", "."))
    elif re.fullmatch(r"[-+]?\d{1,3}( \d{3})+\.\d+", digits):
        found.append(digits.replace(" ", ""))
    numbers = [float(one) for one in found]
    return tuple(dict.fromkeys(number for number in numbers if math.isfinite(number)))


def decimals(number):
    """Return how many decimals a number is written with; below 0 where it ends in noughts."""
    digits = Decimal(repr(float(number))).normalize()
    return -int(digits.as_tuple().exponent)


def rounds_to(exact, given):
    """Say whether a person may have rounded (or cut) an exact number to the given one."""
    furthest = 0.25 if decimals(given) > 0 else 0.1  # 0.25 may become 0.3, and 1.4 not 1
    if given == 0 or abs(given - exact) > furthest * abs(exact):
        return False
    unit = 10.0 ** -decimals(given)
    close = 1e-9 * max(1.0, abs(exact))
    steps = abs(exact) / unit
    up, even, cut = math.floor(steps + 0.5), round(steps), math.floor(steps + 1e-9)
    return any(abs(one * unit - abs(given)) <= close for one in (up, even, cut))


# --- Words --------------------------------------------------------------------------------


def words_in(value):
    """Return text in plain data in lower case, without punctuation and articles, or None."""
    value = unwrap(value)
    if isinstance(value, bool):
        value = str(value)
    return _words(value[:500]) if isinstance(value, str) else None


@lru_cache(maxsize=10_000)
def _words(text):
    text = _plain_text(text).casefold().replace("&", " and ").translate(_QUOTES)
    text = re.sub(r"[-_/\\|]+", " ", text)
    text = re.sub(r"[^\w\s%]", "", text)
    words = [_latin(word) for word in text.split()]
    years = re.sub(r"\b(\d{4}) \d\d(\d\d)\b", r"\1 \2", " ".join(words))  # 2021-2022, 2021-22
    words = years.split()
    # "The Korea Times" is "Korea Times", but a lone "a" is a letter.
    return " ".join(words if len(words) == 1 else (w for w in words if w not in _ARTICLES))


def _latin(word):
    """Return a word in Latin letters where some or all were typed on another keyboard."""
    if len(word) == 1:
        return word.translate(_CYRILLIC)
    mixed = re.search(r"[a-z]", word) and re.search(r"[Ѐ-ӿ]", word)
    return word.translate(_CYRILLIC) if mixed else word


def same(value):
    """Return what two spellings of the same words have in common, or None.

    No spaces, hyphens or plurals: "state-filter", "state_filters" and "State filter" are one.
    """
    text = words_in(value)
    return None if text is None else _joined_up(text)


@lru_cache(maxsize=10_000)
def _joined_up(text):
    return "".join(_singular(word) for word in text.split())


def _singular(word):
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def _tables():
    """Return the other spellings of names and words: English by spelling, for each table."""
    text = (Path(__file__).parent / "names.toml").read_text(encoding="utf-8")
    found = {}
    for table in tomllib.loads(text).values():
        for english, others in table.items():
            for other in others:
                found.setdefault(same(other), []).append(english)
    return found


@cache
def _glossary():
    from softpower import data

    found = {}
    for row in data.load("glossary").to_dict("records"):
        for language in ("kazakh", "russian"):
            if isinstance(row.get(language), str):
                found.setdefault(same(row[language]), []).append(row["term"])
    return found


def in_english(value):
    """Return the English words that text in another language or spelling may stand for."""
    key = same(value)
    if not key:
        return ()
    found = list(_tables().get(key, ()))
    if re.search(r"[Ѐ-ӿ]", key):
        found += _glossary().get(key, ())
    return tuple(found)


def is_cyrillic(value):
    """Say whether plain data are text with a letter that is not Latin."""
    return isinstance(value, str) and bool(re.search(r"[Ѐ-ӿ]", words_in(value) or ""))


def closest(value, options):
    """Return the option that text stands for, or None.

    Parameters
    ----------
    value : plain data
    options : iterable of str
        Every word or phrase that an answer may be. A spelling one letter off counts only
        where exactly one option is that near, and for words of five letters or more.
    """
    if isinstance(value, float) and value in (0.0, 1.0):  # a yes or no that a table made a number
        value = int(value)
    if not isinstance(value, (str, bool, int)) or (isinstance(value, str) and len(value) > 200):
        return None
    value = str(value)
    key, keys = same(value), {same(option): option for option in options}
    if not key:
        return None
    if key in keys:
        return keys[key]
    for english in in_english(value):
        if same(english) in keys:
            return keys[same(english)]
    if len(key) < 5 or any(character.isdigit() for character in key):
        return None
    near = [option for other, option in keys.items() if len(other) >= 4 and _one_off(key, other)]
    return near[0] if len(near) == 1 else None


def nearest(value, options):
    """Return the option that looks most like a text, to ask whether it was meant, or None."""
    import difflib

    keys = {same(option): option for option in options}
    found = difflib.get_close_matches(same(value) or "", list(keys), n=1, cutoff=0.7)
    return keys[found[0]] if found else None


def _one_off(one, other):
    """Say whether two words differ by a letter more, less, other, or by two exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    return (
        one[1:] == other[1:]
        or one == other[1:]
        or one[1:] == other
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


# --- Letters ------------------------------------------------------------------------------

_ONE = re.compile(
    r"(?:(?:option|answer|letter|variant|вариант|ответ|нұсқа|жауап)\s*[:=]?\s*)?"
    r"[(\[]?([a-j])[)\].:;]*",
)
_WITH_TEXT = re.compile(r"[(\[]?([a-j])[)\].:]\s*(?:\S+\s+){2,}\S+")


def letter_in(value):
    """Return the one letter that plain data stand for ("c", "C)", "с", ["c"]), or None."""
    value = unwrap(value)
    if not isinstance(value, str):
        return None
    text = _plain_text(value[:500]).translate(_QUOTES).strip()
    alone = re.sub(r"[^\w]", "", text)
    if len(alone) == 1:
        alone = alone.translate(_CYRILLIC).casefold()
        return alone if alone in LETTERS else None
    text = text.casefold()
    found = _ONE.fullmatch(text) or _WITH_TEXT.fullmatch(text)
    return found[1] if found else None


def letters_in(value):
    """Return the letters in plain data, as a list: ["a, d", "e"], "ade", "a and d", "а с е"."""
    items = value if isinstance(value, list) else items_in(value)
    found = []
    for item in items or ():
        one = letter_in(item)
        several = [one] if one else _several(item)
        if not several:
            return None
        found += several
    return found or None


def _several(item):
    if not isinstance(item, str) or len(item) > 60:
        return None
    parts = [part for part in re.split(r"[\W_]+|\b(?:and|и|және)\b", item.casefold()) if part]
    if len(parts) == 1:
        parts = list(parts[0])
    letters = [letter_in(part) for part in parts]
    return letters if len(letters) > 1 and all(letters) else None


# --- Lists --------------------------------------------------------------------------------


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
        if value.get("$") not in ("set", "series") or not isinstance(value.get("values"), list):
            return None
        value = value["values"]
    if isinstance(value, str):
        return _split(value, options)
    if not isinstance(value, list):
        return None
    parts = []
    for item in value:
        inside = _split(item, options) if isinstance(item, str) and options else None
        parts += inside if inside and len(inside) > 1 else [item]
    return parts


def _split(text, options=()):
    if closest(text, options):
        return [text]
    text = text.strip().strip("[](){}")
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
    if len(pieces) == 1 and options and not closest(pieces[0], options):
        return _joined(pieces[0], options) or pieces
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


# --- Values by name -----------------------------------------------------------------------


def pairs_in(value):
    """Return the (key, value) pairs in a plain mapping, series, table or list of pairs, or None."""
    if isinstance(value, list) and value:
        pairs = all(isinstance(item, list) and len(item) == 2 for item in value)
        return [tuple(item) for item in value] if pairs else None
    if not isinstance(value, dict):
        return None
    kind = value.get("$")
    if kind == "mapping":
        return list(zip(value["keys"], value["values"], strict=False))
    if kind == "series":
        return list(zip(value["index"], value["values"], strict=False))
    if kind == "table" and len(value["columns"]) == 1:
        return [(key, row[0]) for key, row in zip(value["index"], value["rows"], strict=False)]
    if kind == "table" and len(value["columns"]) == 2:
        return [tuple(row) for row in value["rows"]]
    return None


@dataclass(frozen=True)
class Named:
    """An answer by name: the value at each name that was asked for, and what else it has."""

    values: dict
    extra: tuple
    missing: tuple


def by_name(value, names):
    """Return plain data as a :class:`Named` for these names, or None where it has no names.

    A name may be shortened or lengthened where only one can be meant: "Kroenig" for "Kroenig
    and colleagues", 2021 for "2021–22".
    """
    pairs = pairs_in(value)
    if pairs is None:
        return None
    wanted = {key_of(name): name for name in names}
    values, extra = {}, []
    for key, item in pairs:
        name = _meant(key, wanted)
        if name is None or name in values:
            extra.append(key)
        else:
            values[name] = item
    return Named(values, tuple(extra), tuple(name for name in names if name not in values))


def key_of(name):
    """Return what two spellings of a name have in common: a number, or words."""
    number = None if isinstance(name, str) else number_in(name)
    if number is not None:
        return f"{number:g}"
    english = next((one for one in in_english(name)), name) if isinstance(name, str) else name
    return same(english) or ""


def _meant(key, wanted):
    known = key_of(key)
    if known in wanted or not known:
        return wanted.get(known) if known else None
    near = [
        name
        for other, name in wanted.items()
        if min(len(known), len(other)) >= 4
        and (other.startswith(known) or known.startswith(other) or _one_off(known, other))
    ]
    return near[0] if len(near) == 1 else None
