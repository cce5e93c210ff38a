"""Numbers that are written as words, for somebody to read: a machine does not judge them.

"One" and "first" are left out, unless as a part ("one in four"): they are hardly ever a figure.
"""

import re

from softpower.trace.naming import texts
from softpower.trace.reading import FIGURE, blank

_UNITS = "two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_LARGE = "hundreds?|thousands?|millions?|billions?|trillions?|dozens?"
_CARDINAL = f"(?:{_TENS})(?:-(?:one|{_UNITS}))?|{_TEENS}|{_UNITS}"
_PARTS = "hal(?:f|ves)|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_ORDINAL = (
    "second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    "[a-z]+teenth|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth"
)
_TIMES = "twice|thrice|double[ds]?|trebled?|tripled?|[a-z]+fold"
WORDS = re.compile(
    rf"\b(?:one (?:in|of) (?:{_CARDINAL})|(?:one|a)[ -](?:{_PARTS})"
    rf"|(?:{_CARDINAL})(?:[ -](?:in|of) (?:{_CARDINAL}))?(?:[ -](?:{_LARGE}|{_PARTS}|fold|per cent))*"
    rf"|(?:a |one )?(?:{_LARGE})|{_PARTS}|{_ORDINAL}|{_TIMES})\b(?!-hand)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<=[.?!])\s|\n")


def spelt(path):
    """Return the numbers in words of a file, in order, but for those that are traced as figures.

    Parameters
    ----------
    path : pathlib.Path
        Any file that :func:`softpower.trace.trace` reads.

    Returns
    -------
    list of (str, str, str)
        The place, the words, and the sentence in which they stand.
    """
    found = []
    for passage in texts(path):
        # What follows digits, as in "4 million", is followed to its row by itself.
        plain = FIGURE.sub(lambda match: " " * len(match.group()), blank(passage.text))
        for match in WORDS.finditer(plain):
            found.append((passage.where, match.group(), _sentence(passage.text, match)))
    return list(dict.fromkeys(found))


def _sentence(text, match):
    starts = [end.end() for end in _ENDS.finditer(text, 0, match.start())]
    end = _ENDS.search(text, match.end())
    return text[starts[-1] if starts else 0 : end.start() if end else len(text)].strip()
