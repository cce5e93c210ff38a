"""Whose a file is, by the names that learning platforms give to files and folders.

Each platform has its own; what they share are a name, sometimes a number, and a file:

* Moodle: ``<name>_<number>_assignsubmission_file_/<file>`` or one flat file a student;
* Canvas: ``<name>[_LATE]_<number>_<number>_<file>``, ``..._text.html`` for typed text, and
  ``[LATE_]anon_<letters>_<number>_<file>`` where names are hidden;
* Blackboard: ``<assignment>_<user>_attempt_<date>_<file>``;
* Brightspace: ``<number>-<number> - <name> - <date>/<file>``; its numbers are no person's.
"""

import re
import unicodedata
from itertools import permutations

from softpower import texts

MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(file|onlinetext)_?(?P<file>.*)"
)
# Canvas counts every upload of the school, so five digits; hw_2025_02_final.ipynb has none, and
# in hw_1_20250915_final.ipynb they are a date. The name of a group may have lines below in it.
CANVAS = re.compile(
    r"(?P<name>(?!LATE_|anon_).+?)_(LATE_)?(?!\d\d?_20\d\d[01]\d[0-3]\d_)"
    r"(?P<number>\d+)_(\d{5,}_(?P<file>.+)|(text|link)(\.html)?)",
    re.IGNORECASE,
)
CANVAS_HIDDEN = re.compile(
    r"(LATE_)?(?P<name>anon_[A-Za-z0-9]{3,12})(?P<number>)_(\d+_(?P<file>.+)|(text|link)(\.html)?)"
)
BLACKBOARD = re.compile(
    r".+_(?P<name>[^_]+)(?P<number>)_attempt_\d{4}(-\d\d){5}(_(?P<file>.+)|\.txt)"
)
BRIGHTSPACE = re.compile(
    r"\d+-\d+ - (?P<name>.+?)(?P<number>) - (?P<date>[^-]*\d{4}[ ,][^-]*\d+ ?[AP]M|[^-]*\d{4} \d{3,4})"
    r"( - (?P<file>.+))?"
)
# A young Canvas has short numbers; only a list that has the first of them proves that they are such.
CANVAS_SHORT = re.compile(
    r"(?P<name>(?!LATE_|anon_)[^_]+)_(LATE_)?(?P<number>\d{1,4})_(\d{3,}_(?P<file>.+))",
    re.IGNORECASE,
)
PLATFORMS = (MOODLE, CANVAS_HIDDEN, BLACKBOARD, BRIGHTSPACE, CANVAS)
# Code points put Ә, Қ and І after Я; the alphabet does not. Latin letters come before them all.
ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
PLACES = str.maketrans(ALPHABET, "".join(chr(0x400 + place) for place in range(len(ALPHABET))))
SOUNDS = dict(
    zip("абвгдеёжзийклмнопрстуфхцыэәғқңөұүһі", "abvgdeejziiklmnoprstufhcieagknouuhi", strict=True)
) | {"ч": "ch", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia", "ъ": "", "ь": ""}
SPELLINGS = (("kh", "h"), ("gh", "g"), ("zh", "j"), ("dj", "j"), ("ts", "c"), ("y", "i"))
SPELLINGS += (("q", "k"), ("w", "u"), ("x", "ks"), ("ı", "i"))
CYRILLIC = re.compile(r"[А-Яа-яЁё]")


def lms(name):
    """Return the match of a name that a platform made, or None.

    Its groups ``name``, ``number`` (perhaps empty) and ``file`` (perhaps None) are there for each.
    """
    found = next((match for one in PLATFORMS if (match := one.fullmatch(name))), None)
    if found is None and (short := CANVAS_SHORT.fullmatch(name)) and short["number"] in _listed:
        return short
    return found


_listed = set()


def prove(numbers):
    """Say which numbers the class list has: what else a short number in a name is, is not known."""
    _listed.clear()
    _listed.update(number for number in numbers if len(number) > 2)


def own_name(name):
    """Return a file's name as its student gave it, without what a platform puts before it."""
    match = lms(name)
    return (match["file"] if match else "") or name


def person(name, whole=""):
    """Return (student, number, folder for the feedback) of a platform's name, or None.

    ``whole``: the name without its ending, where it is a file's.
    """
    match = lms(name)
    if match is None:
        return None
    folder = whole or name
    if match.re is MOODLE:
        folder = name[: match.start("file")] if match["file"] else name
    return match["name"], match["number"], folder


def readable(name):
    """Return a file's name as text that can be written anywhere.

    A zip from a Russian Windows, unpacked on Linux, leaves names whose bytes are no UTF-8:
    Python hands them over with half characters.
    """
    try:
        name.encode("utf-8")
        return unicodedata.normalize("NFC", name)
    except UnicodeEncodeError:
        return most_cyrillic(name.encode("utf-8", "surrogateescape"))


def most_cyrillic(raw):
    """Return bytes that are no UTF-8 as text, by the Russian code page that gives more letters.

    Of two that give as many, the one whose words have no capital after a small letter.
    """

    def letters(text):
        odd = len(re.findall(r"[а-яё][А-ЯЁ]", text))
        return len(CYRILLIC.findall(text)) - 2 * odd

    return max((raw.decode(page, errors="replace") for page in ("cp866", "cp1251")), key=letters)


def alphabetical(name):
    """Return what sorts names as a Kazakh class list does, for ``sorted(key=…)``."""
    text = unicodedata.normalize("NFC", name).casefold()
    letters = "".join(
        letter if letter in ALPHABET else unicodedata.normalize("NFKD", letter) for letter in text
    )
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.translate(PLACES), name


def some(names, most):
    """Return the first names of a list as they stand in a sentence, and how many more there are."""
    shown, more = ", ".join(names[:most]), len(names) - most
    return texts.text("{names} and {count} more", names=shown, count=more) if more > 0 else shown


def called(who):
    """Return a student as the report calls them; two may have one name."""
    student, number = who
    return f"{student} ({number})" if number else student


def exact(name):
    """Return a name as it must agree to be the same without a question."""
    text = unicodedata.normalize("NFC", name).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


LOST = re.compile(r"\w\?|\?\w")  # a letter that an old code page has not


def fits(broken, whole):
    """Say whether a name that has lost letters, with a ``?`` for each, may be this whole one."""
    if not LOST.search(broken):
        return False
    text = " ".join(unicodedata.normalize("NFC", whole).casefold().replace("_", " ").split())
    words = unicodedata.normalize("NFC", broken).casefold().split()
    words = ["".join(r"[^\W\d_]" if c == "?" else re.escape(c) for c in one) for one in words]
    orders = permutations(words) if len(words) < 5 else [words]
    return any(re.fullmatch(" ".join(order), text) for order in orders)


def sounds(name):
    """Return the words of a name as they sound, in Latin letters, sorted."""
    text = "".join(SOUNDS.get(letter, letter) for letter in exact(name))
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    for spelling, one in SPELLINGS:
        text = text.replace(spelling, one)
    return sorted(re.sub(r"(\w)\1+", r"\1", text).split())
