"""Reads words as people spell them, in any of the course's languages, and finds what they mean."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from softpower import texts
from softpower.feedback.reading.text import CYRILLIC, LATIN, QUOTES, RUSSIAN, one_kind, unwrap

# "the answer is resource", "resource (I think)": words that say nothing of their own.
_SAID_WITH_IT = re.compile(
    r"^\W*(?:(?:my |the |мой )?(?:answer|ответ|жауап|жауабым)\s*(?:is\b|[:=-])|it is\b|it's\b|это\b)\s*|"
    r"\W*\((?:i think|я думаю|думаю|менің ойымша)\)\W*$",
    re.IGNORECASE,
)
# "I think it is Japan", "Думаю, Япония": what is thought is answered.
_THOUGHT = re.compile(
    r"^\W*(?:i (?:think|believe|guess)|in my opinion|(?:я )?(?:думаю|считаю)|по-моему|мне кажется|"
    r"менің ойымша|меніңше)[,:]?\s+(?:that\s+|что\s+)?(?:it is\s+|it's\s+|это\s+)?",
    re.IGNORECASE,
)
# "Japan (70.6)", "Japan: 70.6 points", "Япония, 70,6": a name with its figure beside it.
_FIGURE = re.compile(
    r"\s*(?:[([:=,;]|\s-\s|\s)\s*\d{1,3}(?:[.,]\d+)?\s*"
    r"(?:%|points?|балл\w*|пункт\w*|ұпай)?\s*[)\]]?\W*$",
    re.IGNORECASE,
)
# "country P", "P leads", "P is ahead": a thing called by one letter, and that it is the one.
_LETTER_NAMED = re.compile(
    r"^\W*(?:(?:the\s+)?(?:country|страна|ел)\s+)?(\w)"
    r"(?:\s+(?:(?:is\s+)?(?:leads?|ahead|first|better|higher|wins?)|лидирует|впереди|первая|выше|бірінші|озады))?\W*$",
    re.IGNORECASE,
)
_ARTICLES = ("the", "a", "an")
# What Kazakh sets behind a word, in this order: plural, whose it is, case, and "is it".
# "Жапонияда", "редакторлардың", "құралымен", "ресурстан".
_KAZAKH_ENDINGS = re.compile(
    r"(?:[лдт][ае]р)?(?:(?:[ыі]?(?:м|ң)(?:[ыі]з)?|с?[ыі]н?))?"
    r"(?:[ндт][ыі]ң|[ндт][ыі]|[ғгқк]?[ае]|н[ае]|[ндт][ае]н?|[мбп]ен(?:ен)?)?(?:ғы|гі|қы|кі)?"
)


def words_in(value):
    """Return text in plain data in lower case, without punctuation and articles, or None."""
    value = unwrap(value)
    if isinstance(value, bool):
        value = str(value)
    return _words(value[:500]) if isinstance(value, str) else None


@lru_cache(maxsize=10_000)
def _words(text):
    text = one_kind(text).casefold().replace("&", " and ").translate(QUOTES)
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
        return word.translate(CYRILLIC)
    mixed = re.search(r"[a-z]", word) and re.search(r"[Ѐ-ӿ]", word)
    named = re.fullmatch(r"[Ѐ-ӿ]\d+", word)  # "с02", a short name with a number
    if mixed or named:
        latin = word.translate(CYRILLIC)  # one Latin letter in a Cyrillic word, or the reverse
        word = word.translate(LATIN) if named is None and re.search(r"[Ѐ-ӿ]", latin) else latin
    return re.sub(r"^([a-z])0+(?=\d)", r"\1", word)  # "s02" and "s2" are one


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
    """Return the terms by their words in the course's languages, and by the others in use."""
    from softpower import data

    columns = [one.terms for one in texts.LANGUAGES.values() if one.terms]
    said = [
        (row[column], row["term"])
        for row in data.load("glossary").to_dict("records")
        for column in columns
        if isinstance(row.get(column), str)
    ]
    said += data.load("glossary_uses")[["word", "term"]].itertuples(index=False, name=None)
    found = {}
    for word, term in dict.fromkeys(said):
        found.setdefault(same(word), []).append(term)
    return found


@cache
def _terms():
    """Return the terms and words of the course, which are spelt right as they stand."""
    from softpower import data

    words = [english for found in _tables().values() for english in found]
    return {same(word) for word in (*words, *data.load("glossary")["term"])}


def is_term(value):
    """Say whether text is a term or word of the course itself, in any of its languages."""
    return same(value) in _terms() or bool(in_english(value))


def in_english(value):
    """Return the English words that text in another language or spelling may stand for."""
    key = same(value)
    if not key:
        return ()
    found = list(_tables().get(key, ()))
    if re.search(r"[Ѐ-ӿ]", key):
        found += _glossary().get(key, ())
    if not found and re.search(r"[Ѐ-ӿ]", key):
        found += _in_russian_letters().get(key.translate(RUSSIAN), ())
    return tuple(found)


@cache
def _in_russian_letters():
    """Return the names and words whose spelling without Kazakh letters stands for one alone."""
    found = {}
    for key, english in _tables().items():
        found.setdefault(key.translate(RUSSIAN), set()).update(english)
    return {key: tuple(words) for key, words in found.items() if len(words) == 1}


def _bare(text, keys):
    """Return text without what people write round a name: that they think so, and its figure."""
    text = _THOUGHT.sub("", _SAID_WITH_IT.sub("", text))
    text = _without_remark(text, keys)
    if keys and all(len(key) == 1 for key in keys):
        text = _LETTER_NAMED.sub(r"\1", text)
    counted = any(re.search(r"\d", option) for option in keys.values())
    name = text if counted else _FIGURE.sub("", one_kind(text))
    # A word of two or three letters with a number, "no 3", may be something else.
    return name if len(same(name) or "") > 3 else text


def _without_remark(text, keys):
    """Return text without a remark behind it in brackets, where it names no other option."""
    bare = re.fullmatch(r"\s*(\S.*?)\s*\(([^()]*)\)\W*", text)
    said = bare and re.search(r"\b(?:not|or|no|но|не|или|немесе|емес)\b|\?", bare[2], re.IGNORECASE)
    return bare[1] if bare and not said and same(bare[2]) not in keys else text


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
    keys = {same(option): option for option in options}
    value = _bare(str(value), keys)
    key = same(value)
    if not key:
        return None
    shown = {same(texts.cell(option)): option for option in options}  # as the page has them
    if key in keys or key in shown:
        return keys.get(key) or shown[key]
    for english in in_english(value):
        if same(english) in keys:
            return keys[same(english)]
    if re.search(r"\d", key):
        return _by_number(value, options)
    if re.search(r"[Ѐ-ӿ]", key):
        return _inflected(key, keys, shown)
    if len(key) < 4 or key in _terms():
        return None  # "smart power" is a term of its own, and no slip for "sharp power"
    least = 4 if len(key) > 4 else 5  # "sate" is a letter short of "state"
    near = [option for other, option in keys.items() if len(other) >= least and one_off(key, other)]
    if not near and len(key) >= 8:  # a long word may be two letters off
        near = [option for other, option in keys.items() if _two_off(key, other)]
    return near[0] if len(near) == 1 else None


def _inflected(key, keys, shown):
    """Return the option of whose Russian or Kazakh word this is another form, or None.

    "измерения" for "измерение", "редакторлар" for "редактор": the ends differ, and by little.
    """
    found = {
        keys[same(english)]
        for other, words in _tables().items()
        if _of_one_stem(key, other)
        for english in words
        if same(english) in keys
    }
    found |= {option for other, option in shown.items() if _of_one_stem(key, other)}
    return found.pop() if len(found) == 1 else None


def _of_one_stem(one, other):
    stem = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    ends = one[stem:], other[stem:]
    if ends[1] == "" and _KAZAKH_ENDINGS.fullmatch(ends[0]):
        return stem >= 3
    return max(map(len, ends)) <= 2 and (stem >= 5 or (stem >= 4 and not ends[1]))


def _by_number(value, options):
    """Return the option "s02" that "02", "s-2", "unit s02" or a Cyrillic "с02" stands for, or None.

    Only where every option is a letter and a number, and one has this number.
    """
    named = {option: re.fullmatch(r"([a-z])0*(\d+)", str(option)) for option in options}
    if not named or not all(named.values()):
        return None
    typed = re.fullmatch(
        r"\W*(?:(?:(?:the )?(?:unit|statement|sentence|quotation)|no|единица|высказывание|номер|бірлік|пікір)\W*)?([^\W\d_])?[\s_-]*0*(\d+)"
        r"(?:\s*[(:,.–-]\s*(?!or\b|not\b|или\b|не\b)[^\W\d](?:(?!\d).)*)?\W*",
        one_kind(str(value)).casefold(),
    )
    found = [
        option
        for option, its in named.items()
        if typed
        and typed[2] == its[2]
        and (typed[1] or its[1]) in (its[1], "с" if its[1] == "s" else its[1])
    ]
    return found[0] if len(found) == 1 else None


def shortened(value, options):
    """Return the option of several words that a text begins or ends, "public", "chain", or None.

    Only where one alone does so: "soft" is nothing where soft power and another may be meant.
    """
    words = (words_in(value) or "").split() if isinstance(value, str) else []
    if not words or len("".join(words)) < 4:
        return None
    of = {option: (words_in(option) or "").split() for option in options}
    begun = [option for option, its in of.items() if its[: len(words)] == words]
    ended = [option for option, its in of.items() if its[-len(words) :] == words]
    found = begun or ended
    return found[0] if len(found) == 1 else None


def nearest(value, options):
    """Return the option that looks most like a text, to ask whether it was meant, or None."""
    keys = {same(option): option for option in options}
    key = same(value) or ""
    found = texts.near(key, keys, 0.7)
    # A name with another number is another thing: "s2" is no slip for "s23".
    numbers = re.compile(r"\d+")
    alike = found and numbers.findall(found) == numbers.findall(key)
    return keys[found] if alike else None


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
