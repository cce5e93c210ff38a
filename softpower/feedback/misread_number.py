"""What to say of an answer that should be a number and cannot be read as the one that is asked for."""

import re

from softpower import texts
from softpower.feedback import reading, slips


def named_of(names):
    """Return the first eight names as a list in words."""
    return texts.listing([str(name) for name in names][:8])


def number(form, given, question):
    """Return what is wrong with the form of an answer that should be a number, or ``""``."""
    name, like = question.variable, number_like(form)
    value = reading.unwrap(given)
    if form.understands(value):
        return _in_full(form, value) or too_short(form, value)
    kind = form.other_unit(value)
    if kind and not (form.per_cent and kind == "points"):
        return other_unit(form, kind)
    if reading.numbers_in(value) and form.per_cent:
        return texts.text(
            "Points, or percentage points, are what is left when one percentage is taken "
            "from another. Per cent of a whole are asked for: write {name} = … with the "
            "number alone, or with % behind it.",
            name=name,
        )
    if reading.numbers_in(value):
        return no_per_cent(form)
    if isinstance(value, list):
        return number_in_list(value, name, like)
    if isinstance(value, dict) and value.get("$") == "mapping" and value.get("keys"):
        return texts.text(
            "{name} holds several values, each with its name: {names}. One number is asked "
            "for. Which of them? Take it out by its name.",
            name=name,
            names=named_of(value["keys"]),
        )
    if isinstance(value, bool):
        return texts.text(
            "{name} holds {value}, an answer to yes or no. A number is asked for, like {example}.",
            name=name,
            value=value,
            example=like,
        )
    if isinstance(value, float):
        return texts.text(
            "{name} holds no finite number ({value}): perhaps something was divided by zero.",
            name=name,
            value=value,
        )
    if isinstance(value, str):
        return _number_in_text(value, name, like)
    if isinstance(value, dict) and value.get("$") in ("series", "table", "mapping", "set"):
        return texts.text(
            "{name} holds many values, by name or in a column. One number is asked for, "
            "like {example}.",
            name=name,
            example=like,
        )
    return texts.text("{name} should be a number, like {example}.", name=name, example=like)


def number_like(form):
    """Return an example of a number, of the kind that is asked for, which is not the answer."""
    kinds = ("12", "4") if form.is_count else ("0.25", "0.4") if form.share else ("12.5", "3.5")
    return next(one for one in kinds if not form.accepts(one))


def _in_full(form, value):
    """What to say of "13 500 000" where millions are counted, and 13.5 is meant."""
    numbers = [number / 1e6 for number in form.numbers_in(value) if abs(number) >= 1e5]
    if not form.unit.startswith("million") or not any(map(form.takes, numbers)):
        return ""
    return texts.text(
        "The answer is counted in millions. Leave the six noughts away: 2.5 for 2 500 000."
    )


_ROUNDED = texts.mark("Rounded this far, several results look the same.")
_ANOTHER_NUMBER = texts.mark(
    "If it came out of your line as it stands, it is another number: look at the line."
)
_ONE_MORE = texts.mark("Did you round? Then give one digit more.")
_DECIMALS = (
    texts.mark("Did you round? Then give a whole number."),
    texts.mark("Did you round? Then give one decimal."),
    texts.mark("Did you round? Then give two decimals."),
    texts.mark("Did you round? Then give three decimals."),
)


def too_short(form, value):
    """What to say of a number that is rounded rightly, and further than the rule allows."""
    return _more_digits(form) if is_short(form, value) else ""


def is_short(form, value):
    """Say whether a number may be the right one, rounded rightly and further than allowed.

    Not so 10.0: it has a decimal, or came out of a line of arithmetic.
    """
    return not _is_worked(value) and any(map(form.is_short, form.numbers_in(value)))


def _is_worked(value):
    typed = reading.unwrap(value)
    return isinstance(typed, float) and typed.is_integer()


def of_two(form, value):
    """What to say of a known wrong number that the right one would be too, rounded as far."""
    numbers = form.numbers_in(value)
    if form.decimals == 0:
        return slips.near(form, value)  # a whole number cannot be rounded further
    places = [(one, reading.decimals(one)) for one in numbers if not _is_worked(value)]
    if not any(
        (reading.is_rounding(form.value, one, of) or reading.is_cut(form.value, one, of))
        and (of >= 0 or abs(one - form.value) <= 0.1 * abs(form.value))
        for one, of in places
    ):
        return ""
    return _more_digits(form)


def or_else(form, known):
    """Ask for the digits that tell a right number from a known wrong one, and tell of this."""
    return texts.sentences(
        texts.text(_ROUNDED), texts.text(_asked(form)), texts.text("If you did not:"), known
    )


def _more_digits(form):
    return texts.sentences(*map(texts.text, (_ROUNDED, _asked(form), _ANOTHER_NUMBER)))


def _asked(form):
    return _ONE_MORE if form.decimals is None else _DECIMALS[form.decimals]


def other_unit(form, kind):
    """What to say of a word behind the number that counts something else than the task."""
    asked = texts.word("per cent") if form.per_cent else form.unit
    asked = texts.word("parts of one") if form.share else asked or texts.word("single ones")
    asked = asked.replace("million", "millions", 1) if asked.startswith("million") else asked
    return texts.text(
        "The task counts in {asked}, and behind your number stands a word for {kind}. Which of the "
        "two did you work out? Write the number alone, or with its own word.",
        asked=texts.cell(asked),
        kind=texts.cell(kind),
    )


def no_per_cent(form):
    """What to say of a per cent sign where no percentage is asked for."""
    like = number_like(form)
    if form.unit == "times":
        return texts.text(
            "The question asks for a number of times, and not in per cent. Write it without the % "
            "sign, like {example}.",
            example=like,
        )
    if form.unit:
        return texts.text(
            "The answer is counted in {unit}, and not in per cent. Write it without the % sign, "
            "like {example}.",
            unit=texts.cell(form.unit),
            example=like,
        )
    return texts.text(
        "The question asks for a number, and not in per cent. Write it without the % sign, like "
        "{example}.",
        example=like,
    )


def number_in_list(value, name, like):
    """What to say of several numbers in place of one: a decimal comma makes two of it."""
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in value)
    if numbers and len(value) > 1 and not _has_commas(value):
        return texts.text(
            "{name} holds {count} numbers. One is asked for: which of them is it?",
            name=name,
            count=len(value),
        )
    if numbers and 2 <= len(value) <= 4:
        return texts.text(
            "Python takes a comma as the beginning of a second number: {name} holds {count} of "
            "them. Write a point before decimals (1.5) and nothing between thousands (4500).",
            name=name,
            count=len(value),
        )
    return texts.text(
        "{name} holds a list of {count}. One number is asked for, like {example}.",
        name=name,
        count=len(value),
        example=like,
    )


def _has_commas(value):
    """Say whether numbers may be one with commas in it: 98,5 or 1,045,000, and not two years."""
    whole = all(isinstance(one, int) and one >= 0 for one in value[1:])
    return whole and isinstance(value[0], int) and all(one < 1000 for one in value[1:])


def _number_in_text(value, name, like):
    if re.fullmatch(r"[\d\s.,_+*/()%×÷:^]+", value) and re.search(r"\d\s*[+*/×÷:^]", value):
        return texts.text(
            "{name} holds arithmetic that cannot be worked out. Is a number or a bracket "
            "missing? Write it like (3 + 4) * 2.",
            name=name,
        )
    if len(re.findall(r"\d+(?:[.,]\d+)?", value)) > 1:
        return texts.text(
            "{name} holds more than one number. Give one, without words: like {example}.",
            name=name,
            example=like,
        )
    return texts.text(
        "{name} should be a number in digits, without quotation marks: like {example}.",
        name=name,
        example=like,
    )
