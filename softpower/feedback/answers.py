"""The forms of an answer: each accepts every way in which a reasonable learner may give it.

A form compares plain data (see :mod:`softpower.feedback.plain`) and knows examples of itself,
with which the tests feed every check.
"""

import math
import re
import string
from dataclasses import dataclass, field

from softpower.feedback.plain import plain


def _unwrap(value):
    # A series or list with a single item stands for that item: scores.loc[...] gives one.
    while isinstance(value, (list, dict)):
        items = value if isinstance(value, list) else value.get("values")
        if (
            not isinstance(items, list)
            or len(items) != 1
            or (isinstance(value, dict) and value["$"] == "mapping")
        ):
            return value
        value = items[0]
    return value


_NUMBER = re.compile(r"[-+]?(\d[\d, \u00a0\u202f]*)?\.?\d+(e[-+]?\d+)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[-+]?([1-9]\d{0,2}(,\d{3})+|\d*)(\.\d+)?(e[-+]?\d+)?", re.IGNORECASE)


def number_in(value):
    """Return the number in plain data (12, 12.0, "12 %", "US$ 1,250", "98,5"), or None."""
    return next(iter(numbers_in(value)), None)


def numbers_in(value):
    """Return the numbers that plain data may stand for, the likeliest first.

    In text a comma may group thousands or, as in Kazakhstan, begin the decimals: "1,250" may
    be either, and "98,5" only the latter.
    """
    value = _unwrap(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (float(value),) if math.isfinite(value) else ()
    if not isinstance(value, str):
        return ()
    text = value.replace("−", "-")
    if len(_NUMBER.findall(text)) != 1:
        return ()
    digits = re.sub(r"[ \u00a0\u202f]", "", _NUMBER.search(text).group())
    readings = [digits.replace(",", "")] if _THOUSANDS.fullmatch(digits) else []
    if digits.count(",") == 1 and "." not in digits:
        readings.append(digits.replace(",", "."))
    return tuple(float(reading) for reading in readings)


def words_in(value):
    """Return text in plain data in lower case, without punctuation and articles, or None."""
    value = _unwrap(value)
    if isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    text = value.casefold().translate(str.maketrans("", "", string.punctuation + "“”‘’«»"))
    words = text.split()
    if len(text.strip()) == 1:  # a letter typed on a Russian or Kazakh keyboard
        return text.strip().translate(_LOOKALIKES)
    # "The Korea Times" is "Korea Times", but a lone "a" is a letter.
    return " ".join(words if len(words) == 1 else (w for w in words if w not in _ARTICLES))


_ARTICLES = ("the", "a", "an")
_LOOKALIKES = str.maketrans("асе", "ace")  # Cyrillic to Latin


@dataclass(frozen=True)
class Number:
    """A number, within ``tolerance`` of ``value``; ``unit`` may follow it in text."""

    value: float
    tolerance: float = 0.0
    unit: str = ""
    wanted = "a number, such as 12 or 3.5, with a point before its decimals"

    def accepts(self, given):
        slack = self.tolerance + 1e-9 * max(1.0, abs(self.value))
        return any(abs(number - self.value) <= slack for number in numbers_in(given))

    def understands(self, given):
        return number_in(given) is not None

    def examples(self):
        import numpy as np

        shortest = f"{self.value:.12g}"
        yield from (self.value, np.float64(self.value), shortest, [self.value])
        if float(self.value).is_integer():
            yield from (int(self.value), float(self.value), np.int64(self.value))
        if self.unit:
            yield from (f"{shortest} {self.unit}", f"{shortest}{self.unit}")


@dataclass(frozen=True)
class Choice:
    """One letter of a list of options."""

    letter: str
    wanted = 'one Latin letter in quotation marks, such as "a"'

    def accepts(self, given):
        return words_in(given) == self.letter.casefold()

    def understands(self, given):
        text = words_in(given)
        return text is not None and len(text) == 1 and text.isascii()

    def examples(self):
        yield from (self.letter, self.letter.upper(), f" {self.letter})", [self.letter])


@dataclass(frozen=True)
class Words:
    """A word or phrase, or one of its other forms in ``also``."""

    text: str
    also: tuple = ()
    wanted = 'text in quotation marks, such as "Japan"'

    def accepts(self, given):
        return words_in(given) in {words_in(form) for form in (self.text, *self.also)}

    def understands(self, given):
        return words_in(given) is not None

    def examples(self):
        yield from (self.text, self.text.upper(), f" {self.text}. ", *self.also)


def _literal(form):
    """Return a form for a bare value: 12 means Number(12), "Japan" means Words("Japan")."""
    if isinstance(form, bool):
        return Words(str(form))
    if isinstance(form, (int, float)):
        return Number(form)
    if isinstance(form, str):
        return Words(form)
    if isinstance(form, (list, tuple)):
        return Listing(tuple(form), ordered=True)
    return form


def _example(form):
    return next(iter(_literal(form).examples()))


@dataclass(frozen=True)
class Listing:
    """Several items, in this order where ``ordered``; a list, set, series, or text with commas."""

    items: tuple
    ordered: bool = False
    wanted = 'a list, such as ["Japan", "South Korea"]'

    def items_in(self, given):
        """Return the items of a list in plain data, or None."""
        if isinstance(given, str):
            return [part for part in re.split(r"[,;]", given) if part.strip()]
        if isinstance(given, dict) and given["$"] in ("set", "series"):
            return given["values"]
        return given if isinstance(given, list) else None

    def accepts(self, given):
        given, forms = self.items_in(given), [_literal(item) for item in self.items]
        if given is None or len(given) != len(forms):
            return False
        if self.ordered:
            return all(form.accepts(item) for form, item in zip(forms, given, strict=True))
        rest = list(given)
        for form in forms:
            match = next((item for item in rest if form.accepts(item)), None)
            if match is None:
                return False
            rest.remove(match)
        return True

    def understands(self, given):
        return self.items_in(given) is not None

    def examples(self):
        import pandas as pd

        items = [_example(item) for item in self.items]
        yield from (items, tuple(items), pd.Series(items))
        if all(isinstance(item, str) for item in items):
            yield ", ".join(items)
        if not self.ordered:
            yield items[::-1]


def _pairs(given):
    """Return the (key, value) pairs in a plain mapping, series or two-column table, or None."""
    if not isinstance(given, dict):
        return None
    if given["$"] == "mapping":
        return list(zip(given["keys"], given["values"], strict=True))
    if given["$"] == "series":
        return list(zip(given["index"], given["values"], strict=True))
    if given["$"] == "table" and len(given["columns"]) == 1:
        return [(key, row[0]) for key, row in zip(given["index"], given["rows"], strict=True)]
    if given["$"] == "table" and len(given["columns"]) == 2:
        return [tuple(row) for row in given["rows"]]
    return None


def _key(value):
    number = number_in(value)
    return words_in(value) if number is None or isinstance(value, str) else number


@dataclass(frozen=True)
class Mapping:
    """A value for each key, in any order: a dictionary, a series or a table of two columns."""

    items: dict
    tolerance: float = 0.0
    wanted = 'a value for each name, such as {"Japan": 3, "South Korea": 11}'

    def _forms(self):
        for key, form in self.items.items():
            form = _literal(form)
            if self.tolerance and isinstance(form, Number) and not form.tolerance:
                form = Number(form.value, self.tolerance, form.unit)
            yield _key(key), form

    def accepts(self, given):
        pairs = _pairs(given)
        if pairs is None or len(pairs) != len(self.items):
            return False
        values = {_key(key): value for key, value in pairs}
        return all(key in values and form.accepts(values[key]) for key, form in self._forms())

    def understands(self, given):
        return _pairs(given) is not None

    def unlike(self, given):
        """Return the keys whose value is not right: what to look at again."""
        values = {_key(key): value for key, value in _pairs(given) or ()}
        return [
            original
            for original, (key, form) in zip(self.items, self._forms(), strict=True)
            if key not in values or not form.accepts(values[key])
        ]

    def examples(self):
        import pandas as pd

        items = {key: _example(form) for key, form in self.items.items()}
        backwards = dict(reversed(list(items.items())))
        yield from (items, backwards, pd.Series(items), pd.Series(items).to_frame("value"))


def Column(items, tolerance=0.0):
    """Return the form of one column of numbers, by name: a :class:`Mapping` with a tolerance."""
    return Mapping(dict(items), tolerance)


@dataclass(frozen=True)
class Case:
    """One call of a learner's function: its arguments and the form of its result."""

    arguments: tuple
    result: object


def _returned(form, value):
    """Say whether a result is this number, and neither text nor a list with it inside."""
    if isinstance(form, Number):
        return isinstance(value, (int, float)) and form.accepts(value)
    return form.accepts(value)


@dataclass(frozen=True)
class Fails:
    """What a call gives that ends in an error, or in a number without end."""

    wanted = "a call that fails"

    def accepts(self, given):
        endless = isinstance(given, float) and not math.isfinite(given)
        return endless or (isinstance(given, dict) and "error" in given)

    def understands(self, given):
        return self.accepts(given)

    def examples(self):
        yield math.inf


@dataclass(frozen=True)
class Function:
    """A function, judged by its results in every case."""

    cases: tuple = field(default_factory=tuple)
    wanted = "a function, made with def"

    def accepts(self, given):
        if not self.understands(given) or len(given["results"]) != len(self.cases):
            return False
        return all(
            _returned(_literal(case.result), result.get("value", result))
            for case, result in zip(self.cases, given["results"], strict=True)
        )

    def understands(self, given):
        return isinstance(given, dict) and given["$"] == "function"

    def first_error(self, given):
        """Return what the function raised first, or None."""
        return next((r["error"] for r in given["results"] if "error" in r), None)

    def examples(self):
        def answer(*arguments):
            given = plain(list(arguments))
            for case in self.cases:
                if plain(list(case.arguments)) == given:
                    return _example(case.result)
            raise ValueError("a call that the question does not make")

        yield answer


@dataclass(frozen=True)
class With:
    """A wrong list or mapping told by a part of it, whatever the rest.

    Parameters
    ----------
    right : Listing or Mapping
        The right answer of the question.
    has : tuple or dict
        Items that a list has, or values that a mapping has at these keys.
    lacks : tuple
        Items of the right list that this one leaves out.
    """

    right: object
    has: object = ()
    lacks: tuple = ()

    @property
    def wanted(self):
        return self.right.wanted

    def understands(self, given):
        return self.right.understands(given)

    def accepts(self, given):
        if isinstance(self.right, Mapping):
            pairs = _pairs(given)
            values = {_key(key): value for key, value in pairs or ()}
            return pairs is not None and all(
                _key(key) in values and _literal(form).accepts(values[_key(key)])
                for key, form in self.has.items()
            )
        items = self.right.items_in(given)
        if items is None:
            return False
        held = [any(_literal(form).accepts(item) for item in items) for form in self.has]
        left = [any(_literal(form).accepts(item) for item in items) for form in self.lacks]
        return all(held) and not any(left)

    def examples(self):
        if isinstance(self.right, Mapping):
            yield from Mapping(self.right.items | self.has, self.right.tolerance).examples()
            return
        lacking = [_literal(form) for form in self.lacks]
        rest = [_example(form) for form in self.right.items]
        rest = [item for item in rest if not any(form.accepts(item) for form in lacking)]
        yield rest + [_example(form) for form in self.has]


@dataclass(frozen=True)
class AnyOf:
    """Any of several forms."""

    forms: tuple

    @property
    def wanted(self):
        return _literal(self.forms[0]).wanted

    def accepts(self, given):
        return any(_literal(form).accepts(given) for form in self.forms)

    def understands(self, given):
        return any(_literal(form).understands(given) for form in self.forms)

    def examples(self):
        for form in self.forms:
            yield from _literal(form).examples()
