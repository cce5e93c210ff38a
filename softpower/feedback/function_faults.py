"""What a learner's function does in place of handing the right result back."""

import re

from softpower import texts
from softpower.feedback.answers import Listing, Mapping, Number, literal
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


def _error(given):
    """Return the number of the first call that ended in an error, and the error, or nothing."""
    return next(((n, r["error"]) for n, r in enumerate(given["results"]) if "error" in r), None)


def divides_by_zero(given):
    """Say whether the first call that stopped did so because something was divided by zero."""
    found = _error(given)
    return bool(found) and found[1].startswith("ZeroDivisionError")


def known_stop(given, question):
    """Return what to say of the first call that stopped in a known way, or ``""``."""
    found = _error(given)
    return _said_of_stop(found[1], _call(question, found[0]), question) if found else ""


def any_stop(given, question):
    """Return that a call stopped, with Python's own words, or ``""``."""
    found = _error(given)
    if not found:
        return ""
    return texts.text(
        "Your function stopped when it was tried as {called}: {error}.",
        called=_call(question, found[0]),
        error=found[1],
    )


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
    for change, close, says in _CHANGES:
        if all(abs(v - change(r)) < close for v, r in zip(values, right, strict=True)):
            return texts.text(says)
    return ""


def example(given, question):
    """Return one call at which a function is wrong, with what it gives there, or ``""``."""
    for position, (case, result) in enumerate(
        zip(question.right.cases, given["results"], strict=True)
    ):
        value = result.get("value")
        if not literal(case.result).accepts(value):
            held = values_of(value)
            shown = round(held, 4) if isinstance(held, float) else _short(held)
            right = literal(case.result)
            call = _call(question, position)
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


def _call(question, position):
    arguments = question.right.cases[position].arguments
    shown = ", ".join(_short(argument) for argument in arguments)
    return f"{question.variable}({shown})"


def _short(argument):
    values = argument.tolist() if hasattr(argument, "tolist") else argument
    text = repr(values)
    return text if len(text) <= 60 else text[:59] + "…"


def _said_of_stop(error, called, question):
    kind, _, text = error.partition(": ")
    if kind == "ZeroDivisionError":
        return texts.text(
            "Your function divides by zero when it is called as {called}. What should "
            "stand below the line?",
            called=called,
        )
    if kind == "NameError":
        return _said_of_name(text, question)
    own = text.partition("()")[0].endswith((question.variable, "<lambda>"))
    if kind == "TypeError" and own and "positional" in text:
        count = len(question.right.cases[0].arguments)
        return texts.texts(
            "Your function should take {count} value, as in {called}. Leave the brackets after def "
            "as they were.",
            "Your function should take {count} values, as in {called}. Leave the brackets after "
            "def as they were.",
            count,
            called=called,
        )
    if kind == "TypeError" and "'list' and 'list'" in text:
        return texts.text(
            "Your function calculates with whole lists, as in {called}, which Python "
            "cannot do. Make one number of each list first.",
            called=called,
        )
    if kind == "TypeError":
        return _said_of_types(text)
    return _said_of_kind(kind, text, called)


# Names that stand behind a column, with a point, and are no functions of Python's own.
_BEHIND = ("mean", "median", "std", "rank", "clip", "prod", "cumsum", "sort_values")


def _said_of_name(text, question):
    """Return what to say of a name that Python does not know."""
    name = (re.findall(r"'(\w+)'", text) or [""])[0]
    if name in ("true", "false", "none"):
        return texts.text(
            "Python writes True, False and None with a capital letter, and without quotation "
            "marks. Yours has {name}.",
            name=name,
        )
    if f"'{name}'" in question.right.line:
        return texts.text(
            "{name} is a word here, and no name: in Python a word stands in quotation marks.",
            name=name,
        )
    if name in _BEHIND and "series" in {values.get("$") for values in _given_to(question)}:
        return texts.text(
            "Python has no function {name}( ) of its own. A column has one: it stands behind "
            "the column's name, with a point between them.",
            name=name,
        )
    if name in _BEHIND:
        return texts.text(
            "Python has no function {name}( ) of its own. It has sum( ) and len( ), min( ) and "
            "max( ): can yours be made of these?",
            name=name,
        )
    return texts.text(
        "Your function uses a name that it does not know: {error}. Use the names in the "
        "brackets after def.",
        error=text,
    )


def _given_to(question):
    """Return what the first call is given, each as plain data in a dictionary."""
    return [value if isinstance(value, dict) else {} for value in question.calls[0]]


def _said_of_types(text):
    """Return what to say where Python cannot do something with what it has, or ``""``."""
    if "not subscriptable" in text and re.search("function|method", text):
        return texts.text(
            "Square brackets stand behind the name of a function. What it is to work on stands in "
            "round brackets: len(...) and not len[...]."
        )
    if "not subscriptable" in text:
        return texts.text(
            "What your function is given there is one number, and no list: nothing can be taken "
            "out of it with square brackets. Use the name as it is."
        )
    if "not callable" in text:
        return texts.text(
            "Before a bracket a sign is missing: * or /, say. Python takes a name or a number with "
            "a bracket behind it for a function."
        )
    if "unexpected keyword" in text:
        name = re.findall(r"'(\w+)'", text)
        return texts.text(
            "There is no setting {name}. Which settings does the task name, and how are they "
            "spelt?",
            name=name[-1] if name else "",
        )
    if "missing" in text and "required" in text:
        return texts.text(
            "A function in your line is called without all that it needs. What should stand in its "
            "brackets?"
        )
    if "builtin_function" in text or "'function'" in text or "'type'" in text:
        return texts.text(
            "Your function calculates with another function, not with its result. Put brackets "
            "after its name, and in them what it is to work on."
        )
    if "method" in text:
        return texts.text(
            "Your function calculates with another function, not with its result. Put "
            "brackets () after the name: .sum() and not .sum."
        )
    if "xor" in text or "for ^" in text:
        return texts.text("The sign ^ is no power in Python: two stars are, as in 2 ** 3.")
    if ("unsupported operand" in text and "'str'" in text) or "concatenate str" in text:
        return texts.text(
            "Your function calculates with a number and a text, which Python cannot do. Leave the "
            "text away: a unit or a % sign has no place in the result."
        )
    if "unsupported operand" in text and "'list'" in text:
        return texts.text(
            "Your function calculates with a whole list, which Python cannot do. Make one number of "
            "it first: what is to be counted, or added up?"
        )
    return ""


def _said_of_kind(kind, text, called):
    """Return what to say of a stop by its kind alone, or ``""``."""
    missing = re.search(r"'(\w+)' object has no attribute '(\w+)'", text)
    if kind == "AttributeError" and text.startswith("module"):
        return texts.text(
            "The package has no function of that name: {error}. Can the line be made of the names "
            "in the brackets after def?",
            error=text,
        )
    if kind == "AttributeError" and missing and missing[2] == "abs":
        return texts.text("For one number write abs(...). The form with the point is for columns.")
    if kind == "AttributeError" and missing and missing[1] in ("int", "float"):
        return texts.text(
            "What your function is given there is one number, and has no .{name}: that is for "
            "columns. Use the name as it is.",
            name=missing[2],
        )
    if kind == "AttributeError" and missing and missing[1] in ("list", "str"):
        return texts.text(
            "What your function is given has no .{name}: that is for columns. It stopped when it "
            "was called as {called}. Which functions of Python count and add up a list?",
            name=missing[2],
            called=called,
        )
    if kind == "AttributeError" and missing:
        return texts.text(
            "There is no .{name} that could be used here. Is it spelt as in the task?",
            name=missing[2],
        )
    if kind == "KeyError" and "built-in function" in text:
        return texts.text(
            "A word such as min stands without quotation marks, where Python takes it for its own "
            "function. The settings of a method are words in quotation marks."
        )
    if kind == "KeyError" and re.fullmatch(r"'\w+'", text):
        return texts.text(
            "{word} is not known there: neither as a name in what your function is given, nor as a "
            "setting of a method. Is it spelt as in the task, in small letters?",
            word=text,
        )
    if kind in ("IndexError", "KeyError"):
        return texts.text(
            "Your function stopped when it was tried as {called}: it asks for an item that is not "
            "there. It should work whatever the length of what it is given.",
            called=called,
        )
    if kind == "ValueError" and "truth value" in text:
        return texts.text(
            "Your function asks one question, with if, max or min, of a whole column. Calculate "
            "with the column itself, row by row."
        )
    if kind == "RecursionError":
        return texts.text("Your function calls itself, without an end.")
    return ""
