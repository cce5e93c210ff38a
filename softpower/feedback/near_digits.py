"""What a wrong number has in common with the right one where no arithmetic explains it.

A digit mistyped, a step of multiplying or dividing too many, one counted twice, another pair of
the numbers that the task holds. Nothing here says what the number should be.
"""

import itertools

from softpower import texts
from softpower.feedback import arithmetic, reading

_ADDED = texts.mark("You seem to have added {first} and {second}. Is that what the task asks for?")
_TAKEN = texts.mark("You seem to have taken {second} from {first}. Is that what the task asks for?")
_MULTIPLIED = texts.mark(
    "You seem to have multiplied {first} and {second}. Is that what the task asks for?"
)
_DIVIDED = texts.mark(
    "You seem to have divided {first} by {second}. Is that what the task asks for?"
)
_GREW = texts.mark(
    "You seem to have worked out how far {first} lies from {second}, as a part of {second}. Is "
    "that what the task asks for?"
)
_MEAN = texts.mark(
    "You seem to have taken the mean of {first} and {second}. Is that what the task asks for?"
)
_OF_BOTH = texts.mark(
    "You seem to have divided {first} by the sum of {first} and {second}. Is that the whole that "
    "the task means?"
)
_PAIRS = (
    (lambda a, b: a + b, _ADDED),
    (lambda a, b: a - b, _TAKEN),
    (lambda a, b: a * b, _MULTIPLIED),
    (lambda a, b: a / b, _DIVIDED),
    (lambda a, b: a / b * 100, _DIVIDED),
    (lambda a, b: (a - b) / b, _GREW),
    (lambda a, b: (a - b) / b * 100, _GREW),
    (lambda a, b: (a + b) / 2, _MEAN),
)
_RARER = (  # told from three digits on
    (lambda a, b: a * b / 100, _MULTIPLIED),
    (lambda a, b: a / (a + b) if a + b else 0, _OF_BOTH),
    (lambda a, b: a / (a + b) * 100 if a + b else 0, _OF_BOTH),
)
_ALL = (
    (sum, texts.mark("You seem to have added all the numbers. Which of them belong together?")),
    (
        lambda all_: sum(all_) / len(all_),
        texts.mark(
            "You seem to have taken the mean of all. Does each of them count the same here?"
        ),
    ),
)


def of_pairs(numbers, given):
    """Return which two of the task's numbers a wrong one was made of, or ``""``.

    Parameters
    ----------
    numbers : tuple of float
        Those that the task holds.
    given : float
        Is told only where it has digits enough: three where many pairs may agree by chance, else
        two.
    """
    enough = 3 if len(numbers) > 3 else 2
    told = {}
    for first, second in itertools.permutations(numbers, 2):
        for make, says in (*_PAIRS, *_RARER):
            value = make(first, second) if second else 0
            if _is(value, given, enough if (make, says) in _PAIRS else 4):
                pair = frozenset((first, second)) if says in (_ADDED, _MULTIPLIED, _MEAN) else first
                both = {"first": f"{first:.4g}", "second": f"{second:.4g}"}
                told.setdefault((says, pair), texts.text(says, **both))
    if len(told) > 1 and reading.digits(given, reading.decimals(given)) < 3:
        return ""  # made of the task's numbers in more than one way: nothing tells which
    if told:
        return next(iter(told.values()))
    for make, says in _ALL if len(numbers) > 2 else ():
        if _is(make(numbers), given):
            return texts.text(says)
    return ""


def _is(value, given, digits=2):
    """Say whether a number is a value, or the value rounded to so many digits or more."""
    if not value or not given:
        return False
    places = reading.decimals(given)
    if abs(value - given) <= 1e-9 * abs(value):
        return reading.digits(given, places) >= (2 if digits < 4 else 3)
    return reading.digits(given, places) >= digits and reading.is_rounding(value, given, places)


def of_digits(right, given):
    """Return that one digit was mistyped, or that two stand in each other's place, or ``""``."""
    # The right number keeps a decimal: 4 is no slip for the 14 that 13.5 would be without it.
    places = max(int(right != int(right)), reading.decimals(given))
    mine, theirs = f"{abs(given):.{places}f}", f"{abs(right):.{places}f}"
    long = len(theirs.replace(".", "").lstrip("0"))
    if long < 2 or mine == theirs:
        return ""
    apart = abs(float(mine) - float(theirs))
    if long > 3 and any(abs(apart - step) < 1e-9 * step for step in (0.01, 0.1, 1, 10, 100, 1000)):
        return texts.text(
            "One of its digits is one too large or too small: a slip in carrying, or in typing. "
            "Type the arithmetic in place of the result."
        )
    if _exchanged(mine, theirs):
        return texts.text(
            "Two digits may stand in each other's place. Look at what you typed, or type the "
            "arithmetic in place of the result."
        )
    if long < 3:
        return ""
    if len(mine) == len(theirs) and sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1:
        return texts.text(
            "One digit is another than the arithmetic gives: a slip in carrying or in typing. Type "
            "the arithmetic in place of the result."
        )
    longer, shorter = sorted((mine, theirs), key=len, reverse=True)
    if len(longer) == len(shorter) + 1 and any(
        longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)) if longer[n] != "."
    ):
        return texts.text(
            "A digit seems to be missing or to stand there twice. Type the arithmetic in place of "
            "the result."
        )
    return ""


def _exchanged(mine, theirs):
    if len(mine) != len(theirs):
        return False
    other = [n for n, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
    return len(other) == 2 and [mine[n] for n in other] == [theirs[n] for n in reversed(other)]


_GUESSES = (0.5, 1, 50, 100)  # nobody has worked these out


def of_steps(form, given, numbers=()):
    """Return that a wrong number is some times too large or small, or one off, or ``""``.

    How many times is 2, 3, 4, or a whole number of the task: its years, say.
    """
    value = form.value
    if form.is_count and abs(given - value) == 1 and abs(value) >= 3:
        return texts.text("One off: was something counted twice, or left out, or not counted?")
    whole = 100 if form.per_cent else 1
    if (form.per_cent or form.share or form.unit == "times") and (
        _is(value + whole, given) or _is(value - whole, given)
    ):
        return texts.text(
            "A whole is in it once too often, or was taken off: is the part itself asked for, or "
            "the whole and the part together?"
        )
    times = (one for one in numbers if 4 < one <= 30 and float(one).is_integer())
    for many in (2, 3, 4, *times) if given not in _GUESSES else ():
        if _is(value / many, given):
            return texts.text(
                "Something may have been divided once too often: for a mean, or over a number of "
                "years. Does the task ask for that?"
            )
        if _is(value * many, given):
            return texts.text(
                "Something may have been multiplied or added up once too often. Which number does "
                "the task use, and how often?"
            )
    if value > 0 and (_is(value**2, given) or _is(value**0.5, given)):
        return texts.text(
            "A square or a root may stand in your line once too often, or be missing."
        )
    return ""


def numbers_of(worked, beside=()):
    """Return the numbers that a line of arithmetic and the rest of the task hold, each once."""
    lines = worked.values() if isinstance(worked, dict) else worked
    lines = (worked,) if isinstance(worked, str) else tuple(lines)
    held = [one for line in lines for one in arithmetic.numbers_in(line)]
    return tuple(dict.fromkeys([*(one for one in held if one not in (1, 2, 100)), *beside]))
