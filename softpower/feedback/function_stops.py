"""What a learner's function stopped with, when it was called, in words that a beginner knows."""

import re

from softpower import texts


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
    if not found:
        return ""
    set_there = given["results"][found[0]].get("set")
    if set_there:
        return texts.text(
            "The function sets {names}, and hands over {asked}, which it does not know. Write the "
            "same name behind return.",
            names=texts.listing(set_there),
            asked=(re.findall(r"'(\w+)'", found[1]) or [""])[0],
        )
    return _said_of_stop(found[1], called_as(question, found[0]), question)


def any_stop(given, question):
    """Return that a call stopped, with Python's own words, or ``""``."""
    found = _error(given)
    if not found:
        return ""
    return texts.text(
        "Your function stopped when it was tried as {called}: {error}.",
        called=called_as(question, found[0]),
        error=found[1],
    )


def called_as(question, position):
    """Return the call of a check as a learner would write it."""
    arguments = question.right.cases[position].arguments
    shown = ", ".join(short(argument) for argument in arguments)
    return f"{question.variable}({shown})"


def short(argument):
    """Return a value as Python shows it, cut where it is long."""
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
_BEHIND = ("mean", "median", "std", "rank", "clip", "prod", "cumsum", "average")


def _said_of_name(text, question):
    """Return what to say of a name that Python does not know."""
    name = (re.findall(r"'(\w+)'", text) or [""])[0]
    if name in ("true", "false", "none"):
        return texts.text(
            "Python writes True, False and None with a capital letter, and without quotation "
            "marks. Yours has {name}.",
            name=name,
        )
    known = (*re.findall(r"\w+", question.right.line.partition(":")[0])[1:], "abs", "len", "sum")
    if name.lower() in known:
        return texts.text(
            "To Python {name} and {other} are two names: it tells capital letters from small ones.",
            name=name,
            other=name.lower(),
        )
    if f"'{name}'" in question.right.line:
        return texts.text(
            "{name} is a word here, and no name: in Python a word stands in quotation marks.",
            name=name,
        )
    if name == "count":
        return texts.text(
            "count( ) stands behind the name of the list in which it counts, with a point between "
            "them."
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
    if ("missing" in text and "required" in text) or re.search(r"takes .*(argument|given)", text):
        return texts.text(
            "A function in your line has too few things in its brackets, or too many. On what is it "
            "to work?"
        )
    if "has no len" in text or "not iterable" in text:
        return texts.text(
            "len( ) and sum( ) work on a list or a column. What stands in their brackets in your line "
            "is one number already."
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
    if kind == "UnboundLocalError":
        return texts.text(
            "Your function uses a name before anything stands in it. Use the names in the brackets "
            "after def."
        )
    if kind == "RecursionError":
        return texts.text("Your function calls itself, without an end.")
    return ""
