"""What a learner's function does in place of handing the right result back."""

from softpower import texts
from softpower.feedback.answers import Listing, Mapping, Number, literal
from softpower.feedback.function_stops import called_as, known_stop, short
from softpower.feedback.plain import values_of
from softpower.feedback.slips import close_to, slips_of


def fault(given, question):
    """Return what a function does instead of handing a result back, or ``""``."""
    results = given["results"]
    stop = known_stop(given, question)
    if stop or not results or any("error" in result for result in results):
        return stop
    values = [result.get("value") for result in results]
    if all(value is None for value in values):
        if any(result.get("printed") for result in results):
            return texts.text(
                "Your function gives nothing back: print shows a value, and return hands it "
                "over. End with return and the result."
            )
        return texts.text(
            "Your function gives nothing back. Its last line should be return and the result."
        )
    numbers = all(isinstance(literal(case.result), Number) for case in question.right.cases)
    if any(isinstance(value, dict) and value.get("$") == "function" for value in values):
        return texts.text(
            "Your function hands over another function, not its result. Put brackets () "
            "after the name: .sum() and not .sum."
        )
    inside = [value["values"] for value in values if _is_column(value)]
    if inside and any(isinstance(one, str) for one in inside[0]):
        return texts.text(
            "Your function returns a column of text. Return the numbers themselves, without str."
        )
    if all(isinstance(value, str) for value in values):
        return texts.text(
            "Your function returns text. Return the number itself, without quotation marks "
            "or a % sign."
        )
    if numbers and all(isinstance(value, list) for value in values):
        return texts.text(
            "Your function returns a list. Return one number, without square brackets or commas."
        )
    if numbers and all(isinstance(value, dict) for value in values):
        return texts.text(
            "Your function returns a whole column. One number is asked for: what is to be "
            "done with its parts?"
        )
    given_back = [case.arguments[0] for case in question.right.cases]
    if all(_same(value, one) for value, one in zip(values, given_back, strict=True)):
        if " / " in question.right.line:  # what is left over of 3 parts of 8 are those 3
            return texts.text(
                "Your function hands back what it was given, unchanged. What is to be done "
                "with it before return? If a % stands there: it gives what is left over after a "
                "division, and not per cent."
            )
        return texts.text(
            "Your function hands back what it was given, unchanged. What is to be done "
            "with it before return?"
        )
    return _pattern(values, question)


def _is_column(value):
    return isinstance(value, dict) and value.get("$") == "series"


def _same(value, argument):
    held = values_of(value)
    return held == (argument.tolist() if hasattr(argument, "tolist") else argument)


def _pattern(values, question):
    """Return what all the results of a function have in common with the right ones, or ``""``."""
    forms = [literal(case.result) for case in question.right.cases]
    single = all(isinstance(value, (int, float)) for value in values)
    if single and all(isinstance(form, Listing) for form in forms):
        return texts.text(
            "Your function returns one number. A column is asked for: a value for each of its rows."
        )
    if not single:
        values, forms = _one_after_another(values, forms)
    if not values or not all(isinstance(form, Number) for form in forms):
        return ""
    if not any(values) and sum(form.value != 0 for form in forms) > 1:
        return texts.text(
            "Your function gives nought at every call. Is something counted that is not there, or "
            "are the decimals dropped, by // or int( )?"
        )
    changed = _changed_alike(values, [form.value for form in forms])
    if changed:
        return changed
    if len(set(values)) == 1 and len({form.value for form in forms}) > 1:
        return texts.text(
            "Your function gives the same result whatever it is given. Use the names in "
            "the brackets after def in place of numbers, and all that they hold. In a loop, "
            "return stands after it."
        )
    for slip, says in slips_of(question.right.line):
        turned = [slip(value) for value in values]
        if all(
            one is not None and close_to(form, one) for form, one in zip(forms, turned, strict=True)
        ):
            return texts.text(says)
    return ""


def _one_after_another(columns, forms):
    """Return the numbers of all columns, and their forms, where the columns are of numbers."""
    held = [values_of(one) for one in columns]
    asked = [
        list(form.forms.values())
        if isinstance(form, Mapping)
        else [literal(item) for item in getattr(form, "items", ())]
        for form in forms
    ]
    pairs = list(zip(held, asked, strict=True))
    alike = all(isinstance(one, list) and len(one) == len(of) for one, of in pairs)
    numbers = [number for one in held for number in one] if alike else []
    if not all(isinstance(number, (int, float)) for number in numbers):
        return [], []
    return numbers, [form for of in asked for form in of]


# What was done to every right result, how near is the same, and what to say of it.
_WHOLE = texts.mark(
    "Whole numbers come out: // and int( ) drop what is after the decimal point. One "
    "stroke, /, keeps it."
)
_ROUNDED = texts.mark(
    "Your function rounds its result. Hand it over as it is; rounding comes when it is shown."
)
_CHANGES = (
    (lambda r: r // 1, 1e-9, _WHOLE),
    (lambda r: 100 * (r // 100), 1e-9, _WHOLE),
    (lambda r: round(r, 0), 1e-9, _ROUNDED),
    (lambda r: round(r, 1), 1e-9, _ROUNDED),
    (lambda r: round(r, 2), 1e-9, _ROUNDED),
    (
        lambda r: r + 1,
        1e-9,
        texts.mark("Each result is one too large. Where does yours begin, or what is added?"),
    ),
    (
        lambda r: r - 1,
        1e-9,
        texts.mark("Each result is one too small. Where does yours begin, or what is taken away?"),
    ),
    (
        abs,
        1e-6,
        texts.mark(
            "The sign is lost: what lies below zero should come out below zero. Take abs( ) away."
        ),
    ),
    (
        lambda r: max(0, r),
        1e-6,
        texts.mark("What lies below zero comes out as nought. May it not be below zero?"),
    ),
    (
        lambda r: 2 * r,
        1e-6,
        texts.mark(
            "Each result is twice as large as it should be. Which number in your line does that?"
        ),
    ),
    (
        lambda r: r / 2,
        1e-6,
        texts.mark(
            "Each result is half as large as it should be. Which number in your line does that?"
        ),
    ),
)


def _changed_alike(values, right):
    """Return what to say where every result is the right one, changed in one and the same way."""
    if not any(abs(value) > 1e-9 for value in values):
        return ""
    for change, close, says in _CHANGES:
        if all(abs(v - change(r)) < close for v, r in zip(values, right, strict=True)):
            return texts.text(says)
    return ""


def _rounded(held):
    """Return a number, or each number of a list, with four decimals at most."""
    if isinstance(held, list):
        return [_rounded(one) for one in held]
    return round(held, 4) if isinstance(held, float) else held


def example(given, question):
    """Return one call at which a function is wrong, with what it gives there, or ``""``."""
    for position, (case, result) in enumerate(
        zip(question.right.cases, given["results"], strict=True)
    ):
        value = result.get("value")
        if not literal(case.result).accepts(value):
            held = values_of(value)
            shown = _rounded(held) if isinstance(held, float) else short(_rounded(held))
            right = literal(case.result)
            call = called_as(question, position)
            if not isinstance(right, Number):
                return texts.text(
                    "Tried as {call}, yours gives {result}. Work this one out by hand.",
                    call=call,
                    result=shown,
                )
            return texts.text(
                "Tried as {call}, yours gives {result} and should give {right}. Work this one out "
                "by hand.",
                call=call,
                result=shown,
                right=f"{right.value:.4g}",
            )
    return ""
