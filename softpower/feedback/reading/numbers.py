"""Reads numbers as people type them, with their sign, decimals, unit and rounding."""

import math
import re
from decimal import Decimal

from softpower.feedback import arithmetic
from softpower.feedback.reading.text import one_kind, unwrap

_NUMBER = re.compile(
    r"(?<![\w.,])[-+]?(?:(?:\d{1,3}(?:[ ,'’]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?|[.,]\d+)"
    r"(?:e[-+]?\d{1,4}(?!\d))?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}([ ,'’])\d{3}(?:\1\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?", re.I)
_FALLS = re.compile(
    r"\b(?:down|f[ae]ll(?:s|en|ing)?|drop(?:s|ped)?|decreas\w+|declin\w+|lower|less|shr[aiu]nk\w*|"
    r"снизил\w*|снижени\w*|упал\w*|падени\w*|уменьш\w+|сокра[тщ]\w+|спад\w*|ниже|вниз|"
    r"төмен\w*|азай\w*|кемі\w*|түс(?:ті|ке)\w*)\b",
    re.IGNORECASE,
)
_RISES = re.compile(
    r"\b(?:up|r[io]se[sn]?|rising|gr[eo]w\w*|increas\w*|higher|gain\w*|"
    r"вырос\w*|рост\w*|возрос\w*|увелич\w*|повы[сш]\w*|подн[ия]\w*|выше|вверх|"
    r"өс(?:ті|у|ке)\w*|арт(?:ты|у|қан)\w*|көбей\w*|жоғарыла\w*)\b",
    re.IGNORECASE,
)
_MINUS = re.compile(r"\b(?:minus|минус|негатив)\s*(?=\d)", re.IGNORECASE)


def number_in(value):
    """Return the number in plain data (12, 12.0, "12 %", "US$ 1,250", "98,5"), or None."""
    return next(iter(numbers_in(value)), None)


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
    value = re.sub(r"(?<=\d)\s?×\s*$", "", value)  # "12×" is twelve times
    for sign, part in _FRACTIONS.items():  # "13½"
        value = re.sub(rf"(?<=\d)\s?{sign}", part, value)
    text = _in_digits(re.sub(r"(?<=\d)_(?=\d)", "", one_kind(value)))
    if re.fullmatch(r"\s*[-+]?\d{1,3}(\.\d{3})+,\d+\D*", text):  # 2.400,0
        text = text.replace(".", "").replace(",", ".")
    if _IN_PART_A_WORD.search(text) or _ANOTHER.search(text) or _HALF.search(text):
        return ()  # "four times 600" is not 600, "more than 79" not 79, nor "a quarter of 24" 24
    if re.search(r"\d", text) and _more_in_words(text):
        return ()  # "24 to the nine" holds two numbers, as "24 to the 9" does
    worked = arithmetic.worked_out(text)
    if re.fullmatch(r"\s*\d+·\d+\D*", text):  # times, or an old decimal point
        return (*worked, *_readings(found_in(text.replace("·", "."))[0]))
    if not worked and re.fullmatch(r"[^\w=≈]*\d[\d\s.,]*[+*/×÷][^A-Za-zЀ-ӿ=≈]*", text):
        return ()  # a sum that was not finished stands for no number
    found = () if worked else found_in(arithmetic.result_side(text))
    return worked or (_readings(found[0]) if len(found) == 1 else ())


_ABOVE = re.compile(
    r"^\s*(?:it must be\s+)?(?:>=?|≥|(?:more|larger|greater|higher) than|over|above|at least|больше|более|свыше)\s*"
    r"(?=\d)",
    re.IGNORECASE,
)


def without_above(value):
    """Return text without "more than" before its number, where the lower end is asked for."""
    value = unwrap(value)
    return _ABOVE.sub("", value) if isinstance(value, str) else value


def directed(value, numbers):
    """Return the numbers of a change, below 0 where words beside them speak of a fall.

    "Fell by 12", "down 12" and "төмендеді 12" are -12; with a fall and a rise in one answer
    there is nothing to be read.
    """
    value = unwrap(value)
    if not isinstance(value, str) or not _FALLS.search(one_kind(value)):
        return numbers
    return () if _RISES.search(one_kind(value)) else tuple(-abs(number) for number in numbers)


def difference(value):
    """Return the first less the second of two numbers with a minus between them, or None.

    "1.87-4.33" may be a range as well, so :func:`numbers_in` reads nothing in it.
    """
    value = unwrap(value)
    text = one_kind(value).replace(",", ".") if isinstance(value, str) else ""
    found = re.fullmatch(r"=?\s*(\d+(?:\.\d+)?)\s?-\s?(\d+(?:\.\d+)?)(?:\s*=)?\s*", text)
    return float(found[1]) - float(found[2]) if found else None


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
    return isinstance(value, str) and bool(
        re.search(rf"\d\s*(?:{_UNITS['points']})", _in_digits(one_kind(value).casefold()))
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


# What may stand behind a number, in the three languages of the course.
_UNITS = {
    "points": (
        r"(?:percentage\s+)?points?|p\.?\s?p\b|(?:\w+\s+)?пункт\w*|п\.?\s?п\b|(?:\w+\s+)?тармақ\w*|балл\w*|ұпай\w*"
    ),
    "places": r"places?|ranks?|positions?|мест\w*|позици\w*|орын\w*",
    "times": r"times|раза?|есе",
    "people": r"people|persons?|respondents?|человек\w*|люд\w*|адам\w*|респондент\w*",
    "dollars": r"\$|us\s?\$|us\s?d\w*|(?:us\s)?dollars?|доллар\w*",
    "euros": r"€|euros?|евро|еуро",
    "yen": r"¥|yen|иен\w*|иена",
    "pounds": r"£|pounds?|фунт\w*",
    "won": r"₩|won|вон\w*",
    "tenge": r"₸|tenge|тенге|теңге|kzt",
    "roubles": r"₽|rou?bles?|рубл\w*",
    "years": r"years?|лет|год\w*|жыл\w*",
    "countries": r"countr\w+|стран\w*|ел(?:дер\w*)?",
}

COUNTED = frozenset(_UNITS)  # what a word behind a number may count


def unit(value):
    """Return what the word behind a number in plain data counts, "places" in "87 мест", or ""."""
    value = unwrap(value)
    if not isinstance(value, str):
        return ""
    # A sign of money may stand before the number.
    text = re.sub(
        r"^(?:us\s?)?([$€£¥₸₩₽])\s?([\d.,]+)", r"\2 \1", _in_digits(one_kind(value)).casefold()
    )
    large = "|".join(_LARGE.values())
    return next(
        (
            kind
            for kind, words in _UNITS.items()
            if re.search(rf"\d\s*(?:(?:{large})\s+)?(?:{words})(?!\w)", text)
        ),
        "",
    )


_COUNTED = {
    word: number
    for line in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen",
        "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
        "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
        "нөл бір екі үш төрт бес алты жеті сегіз тоғыз",
    )
    for number, word in enumerate(line.split())
} | {"одна": 1, "одно": 1, "две": 2}
_TENS = {
    word: 10 * number
    for first, line in (
        (2, "twenty thirty forty fifty sixty seventy eighty ninety"),
        (2, "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"),
        (1, "он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан"),
    )
    for number, word in enumerate(line.split(), first)
}


_IN_PART_A_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|два|три|четыре|пять|шесть|семь|восемь|девять|"
    r"десять|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он)\s+(?:times|раза?|есе|x|×|in|out of|of|из)\s+(?:по\s+)?\d|"
    r"\d\s+(?:times|in|out of|of|из)\s+(?:two|three|four|five|six|seven|eight|nine|ten|twelve|"
    r"двух|тр[её]х|четыр[её]х|пяти|шести|десяти)\b",
    re.IGNORECASE,
)
# Words that make another number, or none, of the one that they stand beside.
_ANOTHER = re.compile(
    r"[<>≤≥]|\b(?:not|isn't|never|wrong|less than|more than|fewer than|at least|at most|minimum|maximum|"
    r"or more|or less|half of|twice|double|squared?|не|нет|неверно|больше|меньше|более|менее|"
    r"минимум|максимум|половин\w+|вдвое|в квадрате|емес|кемінде|көбінде|артық|кем|"
    r"almost|nearly|почти|дерлік)\b|\b(?:over|under|above|свыше)\s+\d",
    re.IGNORECASE,
)
_HUNDREDS = re.compile(
    r"\b(?:hundreds?|thousands?|millions?|сто|двести|триста|четыреста|\w+сот|тысяч\w*|миллион\w*|"
    r"жүз|мың|миллион)\b",
    re.IGNORECASE,
)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_PART_WORD = re.compile(
    r"tenth|third|fifth|sixth|eighth|quarter|half|halves|hundredth|десят[ыо]|трет|четверт|половин|сот[ыо]|жарты|оннан",
    re.IGNORECASE,
)


# A half beside a whole number: it makes another one, and is read with it.
_AND_A_HALF = re.compile(r"(?<![\d.,])(\d+)\s+(?:and a half|с половиной|жарым)\b", re.IGNORECASE)
_HALF = re.compile(r"\b(?:half|quarters?|жарым|жарты|половин\w*|четверт[ьи]|пол)\b", re.IGNORECASE)


def _more_in_words(text):
    """Say whether a number of two or more stands in words in a text that has one in digits."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if not any((_COUNTED | _TENS).get(word, 0) > 1 for word in words):
        return False
    twice = found_in(_without_words(re.sub(r"[\d.,()]+", " ", text).strip()))
    return [one.replace(",", ".") for one in found_in(text)] != twice  # "24 (twenty-four)"


def _in_digits(text):
    """Return a text with its one number in digits: "19 places", "79", "12.5" for "он екі жарым"."""
    if not re.search(r"\d", text):
        text = _without_words(text)
    return _AND_A_HALF.sub(r"\1.5", text)


_RUSSIAN_HUNDREDS = {"сто": 100, "двести": 200, "триста": 300, "четыреста": 400} | {
    f"{word}сот": 100 * number
    for number, word in enumerate(("пять", "шесть", "семь", "восемь", "девять"), 5)
}
_BY_HUNDRED = frozenset(["hundred", "жүз"])
_BY_THOUSAND = frozenset(["thousand", "тысяча", "тысячи", "тысяч", "мың"])


def _in_hundreds(words):
    """Return the number of "two thousand four hundred" and how many words it has, or None."""
    total = part = 0
    for count, word in enumerate(words):
        if word in _BY_HUNDRED:
            part = (part or 1) * 100
        elif word in _BY_THOUSAND:
            total, part = total + (part or 1) * 1000, 0
        elif word in _RUSSIAN_HUNDREDS or word in _COUNTED or word in _TENS:
            part += (_RUSSIAN_HUNDREDS | _COUNTED | _TENS)[word]
        elif word != "and":
            return (total + part, count) if total + part >= 100 else None
    return (total + part, len(words)) if total + part >= 100 else None


def _without_words(text):
    spoken = text.casefold().replace("-", " ").split()
    large = _in_hundreds(spoken)
    if large and len(spoken) - large[1] <= 1 and not _PART_WORD.search(text):
        return " ".join([str(large[0]), *spoken[large[1] :]])
    bare = re.sub(r"\b(?:and a half|с половиной|жарым)\b", "", text, flags=re.IGNORECASE)
    if _PART_WORD.search(bare) or _HUNDREDS.search(bare) or _ANOTHER.search(bare):
        return text  # "six tenths" is not six, nor is "six hundred"
    words = text.casefold().replace("-", " ").split()
    number = _COUNTED | _TENS
    found = [place for place, word in enumerate(words) if word in number]
    if not found or len(found) > 2 or len(bare.replace("-", " ").split()) - len(found) > 2:
        return text
    value = number[words[found[0]]]
    if len(found) == 2:
        first, last = (words[place] for place in found)
        if found[1] - found[0] != 1 or first not in _TENS or not 0 < number[last] < 10:
            return text
        value += number[last]
    return " ".join([*words[: found[0]], str(value), *words[found[-1] + 1 :]])


def found_in(text):
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


def digits(number, places):
    """Return how many digits of a number count, where it is rounded to so many decimals."""
    return math.floor(math.log10(abs(number))) + 1 + places if number else 0


def is_rounding(exact, given, places):
    """Say whether an exact number, rounded to so many decimals, is the given one.

    A half may go up or to the even neighbour. A number below one is never rounded to a whole
    one, and none by more than a third.
    """
    if given == 0 or abs(given - exact) > abs(exact) / 3 or (places <= 0 and abs(exact) < 1):
        return False
    steps, unit = abs(exact) * 10.0**places, 10.0**-places
    close = 1e-9 * max(1.0, abs(exact))
    both = (math.floor(steps + 0.5 + 1e-9), round(steps))
    return any(abs(one * unit - abs(given)) <= close for one in both)


def is_cut(exact, given, places):
    """Say whether an exact number, cut off after so many decimals, is the given one."""
    if given == 0 or abs(given - exact) > abs(exact) / 3:
        return False
    return abs(math.floor(abs(exact) * 10.0**places + 1e-9) / 10.0**places - abs(given)) < 1e-9


def rounds_to(exact, given):
    """Say whether a person may have rounded (or cut) an exact number to the given one."""
    furthest = 0.25 if decimals(given) > 0 else 0.1  # 0.25 may become 0.3, and 1.4 not 1
    if given == 0 or abs(given - exact) > furthest * abs(exact):
        return False
    unit = 10.0 ** -decimals(given)
    close = 1e-9 * max(1.0, abs(exact))
    steps = abs(exact) / unit
    up, even, cut = math.floor(steps + 0.5), round(steps), math.floor(steps + 1e-9)
    nearest = any(abs(one * unit - abs(given)) <= close for one in (up, even))
    return nearest or (
        abs(cut * unit - abs(given)) <= close and abs(given - exact) <= 0.1 * abs(exact)
    )


_ORDINALS = (
    r"first|перв\w+|бірінші",
    r"second|втор\w+|екінші",
    r"third|трет\w+|үшінші",
    r"fourth|четв[её]рт\w+|төртінші",
    r"fifth|пят(?:ый|ая|ое|ого|ой|ом)|бесінші",
    r"sixth|шест(?:ой|ая|ое|ого|ом)|алтыншы",
    r"seventh|седьм\w+|жетінші",
    r"eighth|восьм(?:ой|ая|ое|ого|ом)|сегізінші",
    r"ninth|девят(?:ый|ая|ое|ого|ой|ом)|тоғызыншы",
    r"tenth|десят(?:ый|ая|ое|ого|ой|ом)|оныншы",
)
_PLACE = r"(?:\s+(?:place|rank|position|место|месте|орын))?"


def ordinal(value):
    """Return the place that a word names, 3 in "third" or "третье место", or None.

    Only where a place is asked for: elsewhere a third may be a part.
    """
    text = one_kind(value).casefold().strip(" .") if isinstance(value, str) else ""
    for place, words in enumerate(_ORDINALS, 1):
        if re.fullmatch(rf"(?:the\s+)?(?:{words}){_PLACE}", text):
            return float(place)
    return None
