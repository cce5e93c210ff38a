"""A number as the form of an answer: its unit, how far it may be rounded, what may pass for it."""

import math
from dataclasses import dataclass

from softpower import texts
from softpower.feedback import reading

_LARGER = texts.word("thousands, millions or billions")
PER_CENT = ("%", "per cent", "percent")
SHARE = "share"


@dataclass(frozen=True)
class Number:
    """A number, within ``tolerance`` of ``value``; ``unit`` may follow it in text.

    The unit says how per cent are read, and one rule holds for every question:

    - ``"share"``: a fraction of one is asked for. 0.6, ``"60 %"`` and ``"60 per cent"`` are the same;
      a bare 60 is not, and is told so.
    - ``"%"`` or ``"per cent"``: per cent are asked for. 60 and ``"60 %"`` are the same; 0.6 is
      not, and is told so.
    - any other unit, or none: a number of things, points or dollars. A per cent sign never
      passes, and is told so.

    And one rule for rounding. Where the task names ``decimals``, the answer has that many or
    more. Where it names none (``free``), a number rounded rightly to a whole number, or to two
    digits where it is smaller, is right. What is rounded further is not judged: one more digit
    is asked for, and the try does not count.
    """

    value: float
    tolerance: float = 0.0
    unit: str = ""
    # A wrong answer: it may be rounded further, as a person rounds; a whole number keeps so many
    # digits of its own, since 40 and 5 are often guessed.
    rounded: int = 0
    decimals: int | None = None
    free: bool = False
    within: bool = False  # a wrong answer that lies within the right one's tolerance
    also: tuple = ()  # other numbers that are right as well, by the same tolerance
    change: bool = False  # a rise or a fall is asked for: "fell by 12" is -12
    above: bool = False  # a lower end is asked for: "more than 24" and "> 24" are 24

    @property
    def per_cent(self):
        """Whether the task asks for per cent."""
        return self.unit in PER_CENT

    @property
    def share(self):
        """Whether the task asks for a fraction of one."""
        return self.unit == SHARE

    def accepts(self, given):
        return any(map(self.takes, self.numbers_in(given)))

    def numbers_in(self, given):
        """Return the numbers that an answer may stand for, a per cent sign read by the rule."""
        given = reading.without_above(given) if self.above else given
        if self.other_unit(given):
            return ()  # percentage points are no per cent, and places no points
        numbers = reading.numbers_in(given)
        if not numbers and self.is_count and not self.share and not self.per_cent:
            place = reading.ordinal(reading.unwrap(given))
            numbers = () if place is None else (place,)
        large = reading.magnitude(given)
        if large != 1:  # "2.4 thousand" people are 2400, and "5 million" are 5 of millions
            of = 1e6 if self.unit.startswith("million") else 1
            numbers = tuple(number * large / of for number in numbers)
        between = None if numbers else reading.difference(given)
        if between is not None and (self.takes(between) or self.takes(-between)):
            numbers = (between,)  # "1.87-4.33" is no range where the one less the other is meant
        if self.change:
            numbers = reading.directed(given, numbers)
        if not reading.per_cent(given) or self.per_cent:
            return numbers
        return tuple(number / 100 for number in numbers) if self.share else ()

    @property
    def is_count(self):
        """Whether a whole number is asked for: a place, a year, how many."""
        return self.tolerance == 0 and float(self.value).is_integer()

    def other_unit(self, given):
        """Return what stands behind the number and is not what the task counts, or ``""``."""
        asked = _kind_of(self)
        if not asked:
            large = reading.magnitude(given) != 1 and abs(self.value) < 1000
            return _LARGER if large else ""
        kind = reading.unit(given)
        if kind == "times" and asked not in reading.COUNTED:
            return ""  # "8 times" are eight congresses
        if kind and kind != asked and not (asked == "many" and kind in _MANY):
            return kind
        if reading.magnitude(given) != 1 and asked not in ("people", "dollars", "many"):
            return _LARGER
        return ""

    def takes(self, number):
        """Say whether a number is this one."""
        slack = self.tolerance + 1e-9 * max(1.0, abs(self.value))
        if any(abs(number - other) <= slack for other in self.also):
            return True
        if abs(number - self.value) <= slack:
            if self.decimals is None or reading.decimals(number) > self.decimals:
                return True
            return reading.is_rounding(self.value, number, self.decimals)  # and is not cut off
        places = max(0, reading.decimals(number))
        asked = math.inf if self.decimals is None else self.decimals
        if (self.free and self._keeps_enough(number)) or places >= asked:
            return reading.is_rounding(self.value, number, places)
        return bool(self.rounded) and self._is_its_own(number)

    def _is_its_own(self, number):
        """Say whether a number is this one rounded, with digits enough to be no guess."""
        places = reading.decimals(number)
        near = places == 0 and abs(number - self.value) <= 0.01 * abs(self.value)
        own = places > 0 or near or reading.digits(number, places) >= self.rounded
        return own and reading.rounds_to(self.value, number)

    def is_short(self, number):
        """Say whether a number is this one, rounded rightly and further than the rule allows."""
        places = reading.decimals(number)
        if not reading.is_rounding(self.value, number, places):
            return False
        if self.decimals == 0 or float(self.value).is_integer():
            return False  # a whole number is as short as one may be
        if self.decimals is not None:
            if places < 0 and abs(number - self.value) > 0.1 * abs(self.value):
                return False  # 10 for 13.5, where one decimal is asked for, is another number
            enough = reading.is_rounding(self.value, number, self.decimals)
            return places < self.decimals and not enough
        if not self.free or abs(number - self.value) <= self.tolerance:
            return False
        return not self._keeps_enough(number)

    @staticmethod
    def _keeps_enough(number):
        """Say whether a rounded number has what the rule asks for where a task names nothing."""
        places = reading.decimals(number)
        return places >= 0 and reading.digits(number, places) >= 2

    def understands(self, given):
        return bool(self.numbers_in(given))

    def examples(self):
        import numpy as np

        shortest = f"{self.value:.12g}"
        yield from (self.value, np.float64(self.value), shortest, [self.value], *self.also)
        if float(self.value).is_integer():
            yield from (int(self.value), float(self.value), np.int64(self.value))
        if self.share:
            yield from (f"{100 * self.value:.12g} %", f"{100 * self.value:.12g} per cent")
        elif self.unit:
            yield from (f"{shortest} {self.unit}", f"{shortest}{self.unit}")


_MONEY = ("dollars", "euros", "yen", "pounds", "won", "tenge", "roubles", "money")
_MANY = ("people", "countries", *_MONEY)


def _kind_of(form):
    """Return what a number counts, in the words of :func:`reading.unit`, or ``""``: anything."""
    if form.per_cent or form.share:
        return "per cent"
    if "dollar" in form.unit:
        return "dollars"
    if form.unit.endswith("points"):  # also percentage points
        return "points"
    return "many" if form.unit.startswith("million") else form.unit
