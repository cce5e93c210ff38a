"""What is a figure: numbers in a text, at the rounding written, and what is none."""

import re
from dataclasses import dataclass

from softpower import references

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SCALES |= {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}
_TO_TWELVE = "one two three four five six seven eight nine ten eleven twelve"
WORDS = {word: number for number, word in enumerate(_TO_TWELVE.split(), 1)}
WORDS |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SIGNPOST = (
    "lessons?|exercises?|questions?|tables?|figures?|fig\\.|sections?|pages?|pp?\\.|"
    "chapters?|parts?|links?|paragraphs?|steps?|rows?|references?|claims?|articles?|years?|volume|no\\.|seed"
)
# What looks like a figure and is none. Each is blanked before figures are looked for.
NOT_FIGURES = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"(?s:```.*?^```)",  # code
        r"^%%write .*$",  # the id of a place to write in
        r"(?s:\*\(Invented\.\)\*.*)",  # a case that says it is invented, to the end of its cell
        r"`[^`\n]*`",  # the learner's own arithmetic
        references.KEYED.pattern,  # citations with their places
        r"\[[^\]]*\]\([^)]*\)|<[^>\n]*>",  # links
        r"^#+ .*·.*$",  # the heading of a task, with its points and minutes
        r"^.*\*\*(?:Points|Minutes)\*\*.*$",
        r"^\s*\d+[.)]\s",  # numbered lists
        rf"(?i:\b(?:{_SIGNPOST})|§)\s?\d+(?:\.\d+)*(?:(?:\s?[–,/-]\s?|\s(?:and|to|or)\s)\d+(?:\.\d+)*)*",
        r"\b\d{4}-\d\d-\d\d\b",  # the day of reading
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTH})\b|\b(?:{_MONTH})\s\d{{1,2}}\b(?!\d)",
        r"\b\d{1,2}(?:st|nd|rd|th)[ -]century",
        r"(?<![\d,])(?:about |another )?\d[\d,]*(?:[ -](?:to|or|and|–) ?\d+)?(?:[ -](?:minutes?|hours?|words|seconds)\b)",
        r"\bfrom 0 to \d+\b|\b0 (?:to|and) 100?\b|\b100 ?(?:%|per cent|points)",
        r"Soft Power 30|COVID-19|G20|(?<![\d.,])\b0\d\b",
        # years, also 2008–09 and 1990s; 2,349 has a comma, and $2000 a currency
        r"(?<![\w$£€¥.,-])(?:1[5-9]|20)\d\d(?:[–/-]\d{2,4})?s?(?![\w,.]\d)(?!\s?(?:%|per cent|thousand|million|billion))\b",
    )
]
YEAR = re.compile(r"(?<![\w$£€¥.,])((?:1[5-9]|20)\d\d)(?:[–/-](\d{2,4}))?")

_ABOUT, _ABOVE = "about|around|some|roughly|close to", "more than|over(?! \\d+ years)|at least"
_BELOW = "nearly|almost|under|less than|fewer than|(?<!add )(?<!adds )up to"
FIGURE = re.compile(
    rf"(?i:\b(?:(?P<about>{_ABOUT})|(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\s)?"
    r"(?<![\w.])(?<![A-Za-z]-)"
    r"(?P<sign>[-−](?=[\d$£€¥]))?(?P<currency>US\$|[$£€¥])?\s?"
    r"(?:(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|\b(?P<word>(?i:{'|'.join(WORDS)}))"
    r"(?=[ -]?(?:fold|thousand|million|billion|trillion|per cent|percent)))"
    r"(?P<ordinal>st|nd|rd|th)?"
    r"(?:[ -]?(?P<scale>thousand|million|billion|trillion|bn|tn|m|k)\b)?"
    r"(?![\d])(?:\s?(?P<percent>%|per cent|percent))?"
    r"(?:\s(?:US )?(?P<money>dollars?|pounds?|euros?|yen|won|tenge))?"
)


@dataclass(frozen=True)
class Figure:
    """A number in a text: as written, its kind, and the values that it may stand for."""

    text: str
    low: float
    high: float
    kind: str  # "percent", "rank", a currency, or "" for a plain number
    sentence: str = ""
    part: str = ""  # the words next to it, between two commas or the like


def blank(text):
    """Return a text of the same length in which whatever is no figure is blanked out."""
    for pattern in NOT_FIGURES:
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    return text


def figures_in(text):
    """Return the figures in a text, in order.

    The first end of a range such as ``8 to 29 per cent`` has no unit of its own: it is a plain
    number, which a row may hold in any unit.
    """
    found, before = [], None
    plain = blank(text).replace("**", "  ")
    for match in FIGURE.finditer(plain):
        digits = match["digits"] or str(WORDS[match["word"].lower()])
        # "About 60 to 70" is vague at both ends.
        second = before and before["about"] and plain[before.end() : match.start()].strip() == "to"
        vague = bool(match["about"] or second)
        low, high = _range(re.sub(r"[,\u00a0\u202f]", "", digits), match, vague)
        before = match
        words = _sentence(text, match), _part(text, match)
        found.append(Figure(match.group().strip(), low, high, _kind(match), *words))
    return found


def _range(digits, match, vague):
    """Return the lowest and highest value that rounds to what is written."""
    scale, value = SCALES.get(match["scale"] or "", 1), float(digits)
    decimals = len(digits.partition(".")[2])
    half = 0.5 * 10**-decimals
    low, high = value - half, value + half
    # "About 600,000" may stand for 597,000: the zeros at its end were rounded.
    unit = 10 ** (len(digits) - len(digits.rstrip("0"))) if not decimals and value else 2 * half
    if vague:
        low, high = value - unit / 2, value + unit / 2
    elif match["above"]:
        low, high = value, value + unit
    elif match["below"]:
        low, high = value - unit, value
    low, high = low * scale, high * scale
    return (-high, -low) if match["sign"] else (low, high)


def _kind(match):
    if match["percent"]:
        return "percent"
    if match["ordinal"]:
        return "rank"
    if match["currency"]:
        return CURRENCIES[match["currency"][-1]]
    return (match["money"] or "").rstrip("s")


def _sentence(text, match):
    start = max(text.rfind(mark, 0, match.start()) for mark in (". ", "? ", "\n\n", "\n- ", "\n| "))
    ends = [text.find(mark, match.end()) for mark in (". ", "? ", ".\n", "\n\n", "\n- ", "\n| ")]
    end = min([position for position in ends if position >= 0], default=len(text))
    return " ".join(text[start + 1 : end + 1].split())


_BETWEEN = re.compile(r"[,;:(.|\n]| and ")


def _part(text, match):
    start = max((end.end() for end in _BETWEEN.finditer(text, 0, match.start())), default=0)
    end = _BETWEEN.search(text, match.end())
    return text[start : end.start() if end else len(text)]


def years_in(text):
    """Return the years that a text names; 2008–09 names two."""
    years = set()
    for first, last in YEAR.findall(text):
        years |= {int(first)} | ({int(first[: 4 - len(last)] + last)} if last else set())
    return years
