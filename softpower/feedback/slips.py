"""Slips that every number, mapping and ordered list knows: the sign, the unit, upside down.

They speak of a wrong answer that no entry of the bank knows, and never say what it should be.
"""

from softpower import texts
from softpower.feedback import named, near_digits, reading
from softpower.feedback.answers import Number, literal

_SIGN = texts.mark("Look at the sign: which of the two is taken away from which?")
_COUNT = texts.mark("Something is counted here. What does a minus before the number stand for?")
_NO_SIGN = texts.mark("Look at the sign: can what is asked for lie below zero?")

# A hundred times too small, and too large: where a share or per cent is asked for, elsewhere
# where how many times is asked for, and in any other unit.
_SMALL = texts.mark("That is a hundred times too small. Is a share of one asked for, or per cent?")
_LARGE = texts.mark("That is a hundred times too large. Is a share of one asked for, or per cent?")
_HUNDREDS = {
    (_SMALL, True): texts.mark(
        "That is a hundred times too small. The question asks how many times: nothing is divided by "
        "a hundred."
    ),
    (_LARGE, True): texts.mark(
        "That is a hundred times too large. The question asks how many times, and not per cent."
    ),
    (_SMALL, False): texts.mark(
        "That is a hundred times too small. Was something divided by a hundred, or the decimal point "
        "moved?"
    ),
    (_LARGE, False): texts.mark(
        "That is a hundred times too large. Was something multiplied by a hundred, as for per cent, "
        "or the decimal point moved?"
    ),
}

# How a wrong number is turned into the right one, and what that shows.
_SLIPS = (
    (
        lambda x: x * 100,
        _SMALL,
    ),
    (
        lambda x: x / 100,
        _LARGE,
    ),
    (
        lambda x: x * 10,
        texts.mark("That is ten times too small. Where does the decimal point belong?"),
    ),
    (
        lambda x: x / 10,
        texts.mark("That is ten times too large. Where does the decimal point belong?"),
    ),
    (
        lambda x: x * 1000,
        texts.mark("That is a thousand times too small. Look at the unit that is asked for."),
    ),
    (
        lambda x: x / 1000,
        texts.mark("That is a thousand times too large. Look at the unit that is asked for."),
    ),
    (
        lambda x: x / 1e9,
        texts.mark("That is a billion times too large. Look at the unit that is asked for."),
    ),
    (
        lambda x: x / 1e6,
        texts.mark("That is a million times too large. Look at the unit that is asked for."),
    ),
    (
        lambda x: 1 / x if x else None,
        texts.mark("Upside down: which of the two is divided by the other?"),
    ),
    (
        lambda x: 10_000 / x if x else None,
        texts.mark("Upside down: which of the two is divided by the other?"),
    ),
)


def slips_of(line):
    """Return the slips of a line of arithmetic: in one that subtracts the sign tells an order."""
    says = _SIGN if not line or " - " in line else _NO_SIGN
    return ((lambda x: -x, says), *_SLIPS)


def _of_hundreds(form, says):
    """Return what to say of a hundred too many in the unit that is asked for."""
    if form.share or form.per_cent:
        return says
    return _HUNDREDS.get((says, form.unit == "times"), says)


def of_number(form, given, worked=""):
    """Return what a wrong number has in common with the right one, or ``""``.

    ``worked`` is the arithmetic of the right one, where it is known: a line, or several.
    """
    form = literal(form)
    if not isinstance(form, Number) or not form.value:
        return ""
    for number in form.numbers_in(given):
        if number == 0:
            return texts.text(
                "Nought would mean that nothing is there. Was a number left out, or taken from "
                "itself?"
            )
        measure = _measure_slip(form, number)
        if measure:
            return measure
        for slip, says in _signed(form, worked):
            turned = slip(number)
            if turned is not None and close_to(form, turned):
                return texts.text(_of_hundreds(form, says))
        if _other_part(form, number):
            return texts.text("That is the other part of the whole. Which of the two is asked for?")
    return ""


def _signed(form, worked):
    """Return the slips, and what a sign may mean where this is asked for."""
    if form.is_count and form.value > 0 and not worked:
        return ((lambda x: -x, _COUNT), *_SLIPS)
    line = worked if isinstance(worked, str) else " ".join(worked)
    return slips_of(line)


def cut(form, given):
    """Return that a number is the right one with its decimals cut off, or ``""``."""
    form = literal(form)
    numbers = form.numbers_in(given) if isinstance(form, Number) and form.tolerance else ()
    if not any(_is_cut(form, number) for number in numbers):
        return ""
    return texts.text(
        "Near: the decimals were cut off and not rounded. Which way does the first of those left "
        "away send the last digit? Or type the arithmetic."
    )


def near(form, given):
    """Return what to say of a number that lies close to the right one, or ``""``."""
    form = literal(form)
    for number in form.numbers_in(given) if isinstance(form, Number) else ():
        many = reading.digits(number, reading.decimals(number)) > 1
        if form.tolerance and many and reading.rounds_to(form.value, number):
            return texts.text(
                "Near: were the decimals cut off, or something rounded on the way? Type the "
                "arithmetic, or round the last digit to the nearest."
            )
        if form.tolerance and abs(number - form.value) <= 0.05 * abs(form.value):
            return texts.text(
                "Near, and not the same: a slip on the way, or rounding before the end. If you "
                "typed a result, type its arithmetic and let the computer work it out. If you typed "
                "arithmetic, look at each of its numbers."
            )
    return ""


def _is_cut(form, number):
    places = reading.decimals(number)
    is_cut = reading.is_cut(form.value, number, places)
    return is_cut and not reading.is_rounding(form.value, number, places)


def far(form, given, numbers=()):
    """Return what to say of a number that no line of arithmetic explains, or ``""``.

    ``numbers`` are those that the task holds, of which it may have been made.
    """
    form = literal(form)
    for number in form.numbers_in(given) if isinstance(form, Number) else ():
        if number in numbers or -number in numbers:
            return texts.text(
                "That number stands in the task or in its table. Is it the one that is asked for, "
                "and what is to be done with it?"
            )
        found = near_digits.of_steps(form, number, numbers)
        found = found or near_digits.of_digits(form.value, number)
        found = found or near_digits.of_pairs(numbers, number)
        if found:
            return found
    return ""


def of_values(form, read):
    """Return what all the numbers of a wrong mapping have in common with the right ones."""
    found = named.by_name(read, form.items)
    forms = form.forms
    if found is None or found.missing or not all(isinstance(f, Number) for f in forms.values()):
        return ""
    slips = {of_number(one, found.values[name]) for name, one in forms.items()}
    return slips.pop() if len(slips) == 1 else ""


def of_order(form, read):
    """Return where a list in order goes wrong, or ``""``: what is missing, or the first place."""
    items = form.items_in(read) or []
    forms = [literal(item) for item in form.items]
    if not form.ordered or not all(any(f.accepts(item) for f in forms) for item in items):
        return ""
    twice = [str(item) for item in items if sum(map(item.__eq__, items)) > 1]
    if twice and len({str(_first(form)) for form in forms}) == len(forms):
        return texts.text(
            "{item} stands there more than once. Each has one place: which one is missing?",
            item=texts.cell(twice[0]),
        )
    if len(items) == 1 and len(forms) > 2:
        return texts.text(
            "You have given one of the {count}. Put the others with it, in their order.",
            count=len(forms),
        )
    if len(items) < len(forms):
        return texts.texts(
            "{count} of {all} stands here. Which is missing, and where does it belong?",
            "{count} of {all} stand here. Which is missing, and where does it belong?",
            len(items),
            all=len(forms),
        )
    if len(items) > len(forms):
        return texts.texts(
            "{count} stands here, and {asked} are asked for.",
            "{count} stand here, and {asked} are asked for.",
            len(items),
            asked=len(forms),
        )
    first = next(
        n for n, (f, item) in enumerate(zip(forms, items, strict=True), 1) if not f.accepts(item)
    )
    if first == 1:
        return texts.text("Look at the first place: what stands there belongs further on.")
    return texts.text("The first stands right. Look at what comes after it.")


def _first(form):
    return next(iter(form.examples()))


def _other_part(form, number):
    """Say whether a number is the rest of the whole, where the right one is a share of it."""
    if form.unit in ("%", "per cent", "percent") and 0 < form.value < 100:
        return close_to(form, 100 - number)
    return 0 < form.value < 1 and (form.share or not form.unit) and close_to(form, 1 - number)


def _measure_slip(form, number):
    """Return what to say of a percentage in place of a share of one, or the other way round."""
    if form.share and abs(number) > 1 and close_to(form, number / 100):
        return texts.text(
            "That is in per cent. A share of one is asked for, which lies between 0 and 1: "
            "half is 0.5. Or write the % sign behind it, in quotation marks."
        )
    if form.share and number and close_to(form, number * 100):
        return texts.text(
            "That is a hundred times too small: a share of one was divided by a hundred again."
        )
    if form.share and abs(number) > 1 and _as_rounded(form, number / 10_000):
        return texts.text(
            "That is ten thousand times too large: multiplied by a hundred twice, where a share of "
            "one is asked for."
        )
    if form.per_cent and number and _as_rounded(form, number * 10_000):
        return texts.text(
            "That is ten thousand times too small: divided by a hundred, where per cent are asked "
            "for. Half of a whole is 50 of them."
        )
    if form.per_cent and number and close_to(form, number * 100):
        return texts.text(
            "That is a share of one. Per cent are asked for: half is 50, and not 0.5."
        )
    return ""


def _as_rounded(form, number):
    """Say whether a number is the right one, or the right one rounded as a person may round."""
    return close_to(form, number) or reading.rounds_to(form.value, round(number, 6))


def close_to(form, number):
    """Say whether a number is the right one, as near as a person rounds."""
    close = max(form.tolerance, 0.006 * abs(form.value))
    return abs(number - form.value) <= close
