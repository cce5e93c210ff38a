"""Reads letters of a list of options, one or several, of a Latin or a Cyrillic keyboard."""

import re

from softpower.feedback.reading.text import ALIKE, LETTERS, QUOTES, one_kind, unwrap

_NAMED = (
    r"(?:(?:i think|i believe|id say|я думаю|думаю|мне кажется|по-моему|меніңше|менің ойымша)(?:\s+что)?[,:]?\s+)?"
    r"(?:(?:it is|its|it must be|это|бұл)\s+)?(?:answer_\w+\s*=\s*)?(?:(?:the\s+|my\s+)?(?:right\s+|correct\s+|правильный\s+|мой\s+|дұрыс\s+)?"
    r"(?:option|answer|letter|variant|choice|вариант|ответ|буква|пункт|нұсқа|жауап|жауабы|жауабым|әріп)"
    r"\s*(?:is\b|[:=№-])*\s*)?"
)
_ONE = re.compile(
    _NAMED + r"[(\[*]*([a-zа-я])[)\].:;*!?]*(?:\s+(?:нұсқасы|нұсқа|вариант|variant|жауабы|option|"
    r"is right|is correct|дұрыс|верно))?\W*"
)
_WITH_TEXT = re.compile(
    _NAMED
    + r"[(\[]?([a-zа-я])(?:[)\].:,;]\s*|\s*-\s+|\s+(?=(?:because|since|потому|өйткені)\b))(\S.*)",
    re.DOTALL,
)
_WITH_NUMBER = re.compile(r"\W*\d+\W+([a-zа-я])\W*|\W*([a-zа-я])\W+\d+\W*")  # "c (357)"
# The small letter of an option with its bracket, and a sentence of five words or more behind it.
_BEGUN = re.compile(r"\s*\(?([a-j])\)\s*(?=\S+(?:\s+\S+){4})")
# A second letter: with a sign of its own, small, or left open: "a) it is so, or maybe b".
_NAMES_MORE = re.compile(
    r"(?<!\w)[a-jA-J][):=]|(?<![\w'])[b-hj](?!\w)|\b[a-j]\W*$|"
    r"\b(?:or|maybe|perhaps|think|или|может|думаю|немесе|мүмкін)\s+[a-jA-J](?!\w)"
)
# What joins a letter to another one, and gives no reason for it.
_JOINS = re.compile(
    r"\b(?:and|or|not|but|maybe|perhaps|also|then|или|или же|также|либо|может|не|немесе|және|емес|мүмкін)\b"
)

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
    same_look = [other for other in ALIKE if ALIKE[other] == letter]
    return "".join(same_look)


def one_letter(value):
    """Return the one letter that plain data stand for, of whichever alphabet, or None."""
    value = unwrap(value)
    if not isinstance(value, str):
        return None
    text = one_kind(value[:500]).translate(QUOTES).strip()
    alone = re.sub(r"[\W_]", "", text)
    if len(alone) == 1:
        return alone if alone.isalpha() else None
    begun = _BEGUN.match(text)
    if begun and not _NAMES_MORE.search(text[begun.end() :]):
        return begun[1].casefold()  # "b) In 2024 A had staff": the letters behind it are names
    text = text.casefold()
    beside = _WITH_NUMBER.fullmatch(text)
    if beside:
        return beside[1] or beside[2]
    found = _ONE.fullmatch(text) or _WITH_TEXT.fullmatch(text)
    rest = text[found.end(1) + 1 :] if found else ""
    if rest.strip(" )].:;*!?-") and (
        _names_another(rest) or not re.search(r"[^\W\d_]{2}|[^\W\d_]\d", rest)
    ):
        return None  # "a: no, b: yes" and "c - b - a" name more than one
    return found[1] if found else None


def _names_another(reason):
    """Say whether what stands behind a letter names a second one: "a, maybe b", "b: no, a: yes"."""
    bare = _JOINS.sub(" ", reason)
    return bool(
        re.search(r"(?<!\w)[a-jа-е][):=]|(?<![\w'])[b-hj](?!\w)|(?<!\w)[a-jа-е]\W*$", reason)
        or not re.search(r"[^\W\d_]{2}|[^\W\d_]\d|\d{2}", bare)
    )


def letter_in(value, last="j"):
    """Return the one letter that plain data stand for ("c", "C)", "с", ["c"]), or None.

    Parameters
    ----------
    value : plain data
    last : str
        The last letter of the question's options.
    """
    letter = one_letter(value)
    if letter is None:
        return None
    # A letter beyond the options is a letter all the same: "e" of four gets told so.
    read = in_alphabet([letter], last) or ([letter.casefold()] if letter.isascii() else None)
    return read[0] if read and read[0] in LETTERS else None
