"""Reads an answer as people type it: letters, words, numbers, lists, values by name.

Pure functions on plain data (see :mod:`softpower.feedback.plain`). They say what an answer
stands for and never whether it is right. Nothing here raises, whatever the answer is.
"""

import math
import re
import tomllib
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from softpower.feedback import arithmetic

LETTERS = "abcdefghij"
# Capitals and small letters of a Russian or Kazakh keyboard, and the Latin letter they look like.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_QUOTES = str.maketrans(dict.fromkeys("\"'`´“”„‘’‚«»‹›", ""))
_ALIKE = dict(zip("асеірохувкнмтАВСЕІРОХУКНМТҺ", "aceipoxybkhmtABCEIPOXYKHMTH", strict=True))
_CYRILLIC = str.maketrans(_ALIKE)
_ARTICLES = ("the", "a", "an")
_AND = re.compile(r"\s*(?:&|\+|/|\b(?:and|und|or|и|или|және|мен|пен)\b)\s*", re.IGNORECASE)

_OR = re.compile(r"\w\W+(?:or|oder|или|немесе|не)\W+\w", re.IGNORECASE)


def unwrap(value):
    """Return what a list or series of a single item holds: ``scores.loc[...]`` gives one."""
    while isinstance(value, (list, dict)):
        items = value if isinstance(value, list) else value.get("values")
        mapping = isinstance(value, dict) and value.get("$") == "mapping"
        if not isinstance(items, list) or len(items) != 1 or mapping:
            return value
        value = items[0]
    return value


def one_kind(text):
    """Return text with one kind of space, dash and letter, where several look alike."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip()


# --- Numbers ------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?<![\w.,])[-+]?(?:(?:\d{1,3}(?:[ ,'’]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?|[.,]\d+)"
    r"(?:e[-+]?\d{1,4}(?!\d))?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}([ ,'’])\d{3}(?:\1\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?", re.I)
_MINUS_WORD = re.compile(r"\b(?:minus|минус)\b", re.IGNORECASE)
_MINUS = re.compile(r"\b(?:minus|минус|негатив)\s*(?=\d)", re.IGNORECASE)


def number_in(value):
    """Return the number in plain data (12, 12.0, "12 %", "US$ 1,250", "98,5"), or None."""
    return next(iter(numbers_in(value)), None)


def hedged(value, options=()):
    """Say whether a text leaves open which of several it means: "a or c", "2019 или 2022".

    Parameters
    ----------
    value : plain data
    options : iterable of str
        The words to choose from: where one of them has an "or" in it, an "or" is no hedge.
    """
    return bool(
        isinstance(value, str)
        and _OR.search(value)
        and not any(_OR.search(str(option)) for option in options)
    )


def numbers_in(value):
    """Return the numbers that plain data may stand for, the likeliest first.

    In text a comma may group thousands or, as in Kazakhstan, begin the decimals: "1,250" may
    be either, and "98,5" only the latter. Arithmetic is worked out; other text with more than
    one number stands for none. A per cent sign changes nothing here: see :func:`per_cent`.
    """
    value = unwrap(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (float(value),) if math.isfinite(value) else ()
    if not isinstance(value, str) or len(value) > 200:
        return ()
    for sign, part in _FRACTIONS.items():  # "13½"
        value = re.sub(rf"(?<=\d)\s?{sign}", part, value)
    text = re.sub(r"(?<=\d)_(?=\d)", "", one_kind(value))
    if re.fullmatch(r"\s*[-+]?\d{1,3}(\.\d{3})+,\d+\D*", text):  # 2.400,0
        text = text.replace(".", "").replace(",", ".")
    if not re.search(r"\d", text):
        return _in_words(text)
    worked = arithmetic.worked_out(text)
    if re.fullmatch(r"\s*\d+·\d+\D*", text):  # times, or an old decimal point
        return (*worked, *_readings(_found(text.replace("·", "."))[0]))
    if not worked and re.fullmatch(r"[^\w=≈]*\d[\d\s.,]*[+*/×÷][^A-Za-zЀ-ӿ=≈]*", text):
        return ()  # a sum that was not finished stands for no number
    found = () if worked else _found(arithmetic.result_side(text))
    return worked or (_readings(found[0]) if len(found) == 1 else ())


def per_cent(value):
    """Say whether a number in plain data is followed by "%" or by "per cent" in any language."""
    value = unwrap(value)
    if not isinstance(value, str):
        return False
    text = re.sub(r"\*\s*(?!100\s*%)\d+(?:[.,]\d+)?\s*%", "", one_kind(value).casefold())
    points = r"(?:age)?(?:\s*points?|\s*p\b|\w*\s*(?:пункт|тармақ))"
    return bool(re.search(rf"(?:%|per\s?cent|процент|пайыз|\bpct)(?!{points})", text))


def points(value):
    """Say whether a number in plain data is followed by "points" in any language."""
    value = unwrap(value)
    words = (
        r"(?:percentage\s+)?points?|p\.?\s?p\b|(?:\w+\s+)?пункт\w*|п\.?\s?п\b|(?:\w+\s+)?тармақ\w*"
    )
    return isinstance(value, str) and bool(
        re.search(rf"\d\s*(?:{words})", one_kind(value).casefold())
    )


_LARGE = {
    1e3: r"thousand|тысяч\w*|тыс|мың|k",
    1e6: r"millions?|миллион\w*|млн|mln|m",
    1e9: r"billions?|миллиард\w*|млрд|bn",
}


def magnitude(value):
    """Return what the word behind a number in plain data multiplies it by: 1e6 in "5 млн"."""
    value = unwrap(value)
    if not isinstance(value, str):
        return 1.0
    text = one_kind(value).casefold()
    return next((n for n, words in _LARGE.items() if re.search(rf"\d\s?(?:{words})\b", text)), 1.0)


_COUNTED = {
    word: number
    for line in (
        "zero one two three four five six seven eight nine ten eleven twelve",
        "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
        "нөл бір екі үш төрт бес алты жеті сегіз тоғыз он он-бір он-екі",
    )
    for number, word in enumerate(line.split())
}


_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_PART_WORD = re.compile(
    r"tenth|third|quarter|half|halves|hundredth|десят[ыо]|трет|четверт|половин|сот[ыо]|жарты|оннан",
    re.IGNORECASE,
)


def _in_words(text):
    """Return the number in "eleven" or "одиннадцать places", where there is one."""
    if _PART_WORD.search(text):
        return ()  # "six tenths" is not six
    words = text.casefold().split()
    found = [_COUNTED[word] for word in words if word in _COUNTED]
    if len(found) != 1 or len(words) > 3:
        return ()
    return (float(-found[0] if _MINUS_WORD.search(text) else found[0]),)


def _found(text):
    text = _MINUS.sub("-", text)
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
    text = one_kind(text).casefold().replace("&", " and ").translate(_QUOTES)
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


@cache
def _terms():
    """Return the terms and words of the course, which are spelt right as they stand."""
    from softpower import data

    words = [english for found in _tables().values() for english in found]
    return {same(word) for word in (*words, *data.load("glossary")["term"])}


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
    if len(key) < 5 or any(character.isdigit() for character in key) or key in _terms():
        return None  # "smart power" is a term of its own, and no slip for "sharp power"
    near = [option for other, option in keys.items() if len(other) >= 4 and one_off(key, other)]
    if not near and len(key) >= 8:  # a long word may be two letters off
        near = [option for other, option in keys.items() if _two_off(key, other)]
    return near[0] if len(near) == 1 else None


def shortened(value, options):
    """Return the option of several words that a text begins, "public" or "depends", or None.

    Only where one alone begins so: "soft" is nothing where soft power and another may be meant.
    """
    words = (words_in(value) or "").split() if isinstance(value, str) else []
    if not words or len("".join(words)) < 4:
        return None
    begun = [o for o in options if (words_in(o) or "").split()[: len(words)] == words]
    return begun[0] if len(begun) == 1 else None


def nearest(value, options):
    """Return the option that looks most like a text, to ask whether it was meant, or None."""
    import difflib

    keys = {same(option): option for option in options}
    found = difflib.get_close_matches(same(value) or "", list(keys), n=1, cutoff=0.7)
    return keys[found[0]] if found else None


def _two_off(one, other):
    """Say whether two long words begin alike and differ by two letters at most."""
    if len(other) < 8 or one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, its in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != its))
    return row[-1] <= 2


def one_off(one, other):
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

_NAMED = (
    r"(?:(?:the\s+|my\s+)?(?:right\s+|correct\s+|правильный\s+|мой\s+|дұрыс\s+)?"
    r"(?:option|answer|letter|variant|choice|вариант|ответ|буква|пункт|нұсқа|жауап|әріп)"
    r"\s*(?:is\b|[:=№-])*\s*)?"
)
_ONE = re.compile(
    _NAMED + r"[(\[*]*([a-zа-я])[)\].:;*!?]*(?:\s+(?:нұсқасы|нұсқа|вариант|жауабы|option))?"
)
_WITH_TEXT = re.compile(_NAMED + r"[(\[]?([a-zа-я])(?:[)\].:]|\s+-)\s*(?:\S+\s+){2,}\S+")

# What a letter of a Russian or Kazakh keyboard may stand for: its look or sound, or its place.
_LOOKS = dict(zip("авсе", "abce", strict=True))
_SCHEMES = (
    _LOOKS | {"д": "d", "ф": "f"},
    dict(zip("абсцдефг", "abccdefg", strict=True)),
    dict(zip("абвгдежз", "abcdefgh", strict=True)),
)
_BY_PLACE = frozenset("бвгджз")


def in_alphabet(typed, last="j"):
    """Return letters typed on a Russian or Kazakh keyboard in Latin ones, or None.

    Parameters
    ----------
    typed : list of str
        All letters of an answer: "б" among them tells that "в" is the third and not a "B".
    last : str
        The last letter of the question's options: "д" is the fifth, or "d" where there are four.

    Returns
    -------
    list or None
        None where they may be read in two ways, "в" alone or "д" alone: then somebody must ask.
    """
    small = [letter.casefold() for letter in typed]
    other = [letter for letter in small if re.fullmatch(r"[Ѐ-ӿ]", letter)]
    if any(len(letter) != 1 for letter in small):
        return None
    capital = all(letter.isupper() for letter in typed)
    if all(letter in _LOOKS for letter in other) and (capital or "в" not in other):
        schemes = (_LOOKS,)
    else:
        schemes = _SCHEMES[: 3 if _BY_PLACE & set(other) else 2]
    read = [
        [scheme.get(letter, letter) for letter in small]
        for scheme in schemes
        if all(letter in scheme for letter in other)
    ]
    offered = [one for one in read if all("a" <= letter <= last for letter in one)]
    return offered[0] if offered and all(one == offered[0] for one in offered) else None


def looks_like(letter):
    """Return the Cyrillic letters that look like a Latin one, as text."""
    same_look = [other for other in _ALIKE if _ALIKE[other] == letter]
    return "".join(same_look)


def _one_letter(value):
    """Return the one letter that plain data stand for, of whichever alphabet, or None."""
    value = unwrap(value)
    if not isinstance(value, str):
        return None
    text = one_kind(value[:500]).translate(_QUOTES).strip()
    alone = re.sub(r"[\W_]", "", text)
    if len(alone) == 1:
        return alone if alone.isalpha() else None
    text = text.casefold()
    found = _ONE.fullmatch(text) or _WITH_TEXT.fullmatch(text)
    rest = text[found.end(1) + 1 :] if found else ""
    if re.search(r"(?<!\w)[a-jа-е][):=]", rest) or (
        rest.strip(" )].:;*!?-") and not re.search(r"\w{3}", rest)
    ):
        return None  # "a: no, b: yes" and "c - b - a" name more than one
    return found[1] if found else None


def letter_in(value, last="j"):
    """Return the one letter that plain data stand for ("c", "C)", "с", ["c"]), or None.

    Parameters
    ----------
    value : plain data
    last : str
        The last letter of the question's options.
    """
    letter = _one_letter(value)
    if letter is None:
        return None
    # A letter beyond the options is a letter all the same: "e" of four gets told so.
    read = in_alphabet([letter], last) or ([letter.casefold()] if letter.isascii() else None)
    return read[0] if read and read[0] in LETTERS else None


def letters_in(value, last="j"):
    """Return the letters in plain data, as a list: ["a, d", "e"], "ade", "a and d", "а с е"."""
    items = value if isinstance(value, list) else items_in(value)
    found = []
    for item in items or ():
        one = _one_letter(item)
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
    letters = [_one_letter(part) for part in parts]
    return letters if letters and all(letters) else None


# --- Lists --------------------------------------------------------------------------------


def _ends(text):
    """Return the two ends of "87 ± 3.6" as a list, or None."""
    number = r"(\d+(?:[.,]\d+)?)"
    found = re.fullmatch(rf"\s*{number}\s*(?:±|\+\s?/?\s?[-−])\s*{number}\s*%?\s*", text)
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
        return None if hedged(value, options) else _ends(value) or _split(value, options)
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
    if all(named) and all(map(_one_letter, keys)):  # {"a": True, "b": False}
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
    if not options:  # numbers: "83-91", "from 83 to 91"
        apart = re.sub(r"(?<=\d)\s*(?:-|\.{2,})\s*(?=\d)", " ; ", text)
        found = _found(apart)
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
