"""What to say of an answer whose form cannot be read.

A message here is about how an answer is written, never about what it should be. Each names an
example of its own kind, which is never the answer.
"""

import itertools
import re

from softpower.feedback import named, reading
from softpower.feedback.answers import (
    AnyOf,
    Choice,
    Function,
    Listing,
    Mapping,
    Number,
    Words,
    literal,
)

BRACKETS = (
    "{name} holds a function, not its result. Put brackets () after the function's name, so that "
    "it works: .sum() and not .sum."
)
ONE_OF = 'An "or" leaves open which of them you mean. Decide, and write one.'
NOTHING = (
    "{name} holds nothing. print shows a value and keeps none: write {name} = … without print."
)


def about(question, given):
    """Return what is wrong with the form of an answer, or ``""`` where it can be read.

    Parameters
    ----------
    question : Question
    given : plain data
    """
    form = literal(question.right)
    if isinstance(form, AnyOf):
        said = [about_form(literal(one), given, question) for one in form.forms]
        return "" if not all(said) else said[0]
    return about_form(form, given, question)


def about_form(form, given, question):
    """The same for one form of answer."""
    for kind, says in _BY_KIND.items():
        if isinstance(form, kind):
            is_function = isinstance(given, dict) and given.get("$") == "function"
            if is_function and kind is not Function:
                return BRACKETS.format(name=question.variable)
            return says(form, given, question)
    wanted = getattr(form, "wanted", "")
    if wanted and not form.understands(given):
        tells = getattr(form, "cannot_read", None)
        return (tells and tells(given)) or f"{question.variable} should be {wanted}."
    return ""


def _letter(form, given, question):
    name = question.variable
    letter = reading.letter_in(given, question.last)
    if letter and letter <= question.last:
        return ""
    if letter or (isinstance(given, str) and len(given.strip()) == 1 and given.strip().isascii()):
        shown = ", ".join(reading.LETTERS[: reading.LETTERS.index(question.last)])
        return (
            f"{given if isinstance(given, str) else letter!r} is none of the letters. Choose one "
            f"of {shown} and {question.last}."
        )
    letters = reading.letters_in(given, question.last)
    if letters:
        return f"One letter, please: {name} holds {len(letters)} ({', '.join(letters)})."
    if isinstance(given, list) and len(given) > 1:
        return f"One letter, please: {name} holds {len(given)} items."
    if isinstance(given, str) and re.fullmatch(r"\W*[Ѐ-ӿ]\W*", given):
        return (
            f"Which letter of the list is {given.strip()!r}? It may be read in more than one way. "
            f'Write it on the Latin keyboard: {name} = "…".'
        )
    if reading.hedged(given):
        return ONE_OF
    if isinstance(given, str) and len(given.strip()) > 1:
        return (
            f'Write only the letter that stands before the line, in quotation marks: {name} = "…".'
        )
    if isinstance(given, str):
        return ""  # a letter that is none of the options: the question says which there are
    return f'{name} should be one letter in quotation marks: {name} = "…".'


def _number(form, given, question):
    name, like = question.variable, _number_like(form)
    value = reading.unwrap(given)
    if form.understands(value):
        return _in_full(form, value) or too_short(form, value)
    kind = form.other_unit(value)
    if kind and not (form.per_cent and kind == "points"):
        return _other_unit(form, kind)
    if reading.numbers_in(value) and form.per_cent:
        return (
            "Points, or percentage points, are what is left when one percentage is taken from "
            f"another. Per cent of a whole are asked for: write {name} = … with the number alone, "
            "or with % behind it."
        )
    if reading.numbers_in(value):
        return _no_per_cent(form)
    if isinstance(value, list):
        return _number_in_list(value, name, like)
    if isinstance(value, dict) and value.get("$") == "mapping" and value.get("keys"):
        return (
            f"{name} holds several values, each with its name: {_named(value['keys'])}. One number "
            "is asked for. Which of them? Take it out by its name."
        )
    if isinstance(value, bool):
        return f"{name} holds {value}, an answer to yes or no. A number is asked for, like {like}."
    if isinstance(value, float):
        return f"{name} holds no finite number ({value}): perhaps something was divided by zero."
    if isinstance(value, str):
        return _number_in_text(value, name, like)
    if isinstance(value, dict) and value.get("$") in ("series", "table", "mapping", "set"):
        return f"{name} holds many values, by name or in a column. One number is asked for, like {like}."
    return f"{name} should be a number, like {like}."


def _number_like(form):
    """Return an example of a number, of the kind that is asked for, which is not the answer."""
    kinds = ("12", "4") if form.is_count else ("0.25", "0.4") if form.share else ("12.5", "3.5")
    return next(one for one in kinds if not form.accepts(one))


def _in_full(form, value):
    """What to say of "13 500 000" where millions are counted, and 13.5 is meant."""
    numbers = [number / 1e6 for number in form.numbers_in(value) if abs(number) >= 1e5]
    if not form.unit.startswith("million") or not any(map(form.takes, numbers)):
        return ""
    return "The answer is counted in millions. Leave the six noughts away: 2.5 for 2 500 000."


_DECIMALS = ("a whole number", "one decimal", "two decimals", "three decimals")


def too_short(form, value, where=""):
    """What to say of a number that is rounded rightly, and further than the rule allows."""
    if not any(map(form.is_short, form.numbers_in(value))):
        return ""
    return _one_more_digit(form, where)


def of_two(form, value):
    """What to say of a known wrong number that the right one would be too, rounded as far."""
    numbers = form.numbers_in(value)
    rounded = (reading.is_rounding(form.value, one, reading.decimals(one)) for one in numbers)
    return _one_more_digit(form) if any(rounded) else ""


def _one_more_digit(form, where=""):
    asked = "Give one more digit, please"
    if form.decimals is not None:
        asked = f"Give {_DECIMALS[form.decimals]}, please"
    return (
        f"{where}Rounded this far, several results look the same. {asked}, or type the arithmetic."
    )


def _other_unit(form, kind, where=""):
    """What to say of a word behind the number that counts something else than the task."""
    asked = "parts of one" if form.share else "per cent" if form.per_cent else form.unit
    asked = asked or "single ones"
    asked = asked.replace("million", "millions", 1) if asked.startswith("million") else asked
    return (
        f"{where}The task counts in {asked}, and behind your number stands a word for {kind}. Which of "
        "the two did you work out? Write the number alone, or with its own word."
    )


def _no_per_cent(form, where=""):
    """What to say of a per cent sign where no percentage is asked for."""
    times = "The question asks for a number of times"
    asked = (
        f"The answer is counted in {form.unit}" if form.unit else "The question asks for a number"
    )
    asked = times if form.unit == "times" else asked
    return f"{where}{asked}, and not in per cent. Write it without the % sign, like {_number_like(form)}."


def _number_in_list(value, name, like):
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in value)
    if numbers and 2 <= len(value) <= 4:
        return (
            f"Python takes a comma as the beginning of a second number: {name} holds {len(value)} "
            "of them. Write a point before decimals (1.5) and nothing between thousands (4500)."
        )
    return f"{name} holds a list of {len(value)}. One number is asked for, like {like}."


def _number_in_text(value, name, like):
    if re.fullmatch(r"[\d\s.,_+*/()%×÷:^]+", value) and re.search(r"\d\s*[+*/×÷:^]", value):
        return (
            f"{name} holds arithmetic that cannot be worked out. Is a number or a bracket missing? "
            "Write it like (3 + 4) * 2."
        )
    if len(re.findall(r"\d+(?:[.,]\d+)?", value)) > 1:
        return f"{name} holds more than one number. Give one, without words: like {like}."
    return f"{name} should be a number in digits, without quotation marks: like {like}."


def _words(form, given, question):
    text = reading.unwrap(given)
    if isinstance(text, str) or (isinstance(text, bool) and question.options):
        return _none_of_the_words(text, question)
    if isinstance(text, list):
        return f"{question.variable} holds {len(text)} items. One is asked for."
    return f'{question.variable} should be words in quotation marks: {question.variable} = "…".'


def _none_of_the_words(text, question, where=""):
    """Where the task gives a closed list, say that this is none of it, and which is nearest."""
    known = reading.closest(text, question.options)
    if not known and reading.hedged(text, question.options):
        return where + ONE_OF
    if not question.choose_from or known or reading.shortened(text, question.choose_from):
        return ""
    letters = all(len(word) == 1 for word in question.choose_from)
    listed = f"Choose from: {', '.join(question.choose_from)}."
    if isinstance(text, str) and len(text.strip()) == 1 and text.strip().isalpha() and not letters:
        return f"{where}Write the whole word, not a letter. {listed}"
    shown = repr(text if len(str(text)) <= 40 else str(text)[:39] + "…")
    near = reading.nearest(text, question.choose_from)
    typed = reading.same(text) or ""
    several = sum(typed in reading.same(word) for word in question.choose_from) > 1
    # Of several words, or of one with something behind it, a guess would choose.
    several = several or any(reading.same(word) in typed for word in question.choose_from)
    guess = f" Did you mean {near!r}?" if near and not several else ""
    return f"{where}{shown} is none of the {'letters' if letters else 'words'}. {listed}{guess}"


def _list(form, given, question):
    items = form.items_in(given)
    if items is None and reading.hedged(given):
        return (
            'An "or", or a "not", leaves open which of them you mean. Decide, and write those with a '
            f'comma between them: {question.variable} = ["…", "…"].'
        )
    if form.of_letters:
        return _list_of_letters(form, given, items, question)
    has_names = isinstance(given, dict) and given.get("$") in ("series", "mapping", "table")
    words = [one for one in map(literal, form.items) if isinstance(one, Words)]
    if has_names and words and not any(isinstance(one, str) for one in items or ()):
        if given["$"] == "series":
            return (
                f"{question.variable} holds values, and their names stand beside them. The "
                "question asks for the names only: add .index at the end."
            )
        return (
            f"{question.variable} should be a list of names only: like {_example(form, question)}."
        )
    if items is None:
        return f"{question.variable} should be a list: like {_example(form, question)}."
    if words:
        for item in items:
            if not isinstance(item, str):
                return f"Each item should be words in quotation marks: like {_example(form, question)}."
            said = _none_of_the_words(item, question)
            if said:
                return said
    elif not form.reads(items):
        return f"{question.variable} should be a list of numbers: like {_example(form, question)}."
    return ""


def _list_of_letters(form, given, items, question):
    beyond = question.beyond(reading.letters_in(given) or items or ())
    if beyond:
        return f"{beyond!r} is none of the letters of the task. Look at its list again."
    if reading.letters_in(given) or (items and all(map(reading.letter_in, items))):
        return ""
    other = re.findall(r"\b[Ѐ-ӿ]\b", " ".join(map(str, items or ())))
    if other and all(len(str(item).strip()) == 1 for item in items):
        shown = ", ".join(f"{letter!r}" for letter in other)
        return (
            f"Which letters of the list are {shown}? They may be read in more than one way. Write "
            f"them on the Latin keyboard: like {_example(form, question)}."
        )
    return (
        f"{question.variable} should be a list of letters, each in its own quotation marks: "
        f"like {_example(form, question)}."
    )


def _mapping(form, given, question):
    names = list(form.items)
    read = named.by_name(given, names, question.options)
    if read is None:
        example = f"{question.variable} = {_example(form, question)}"
        if isinstance(given, list) and len(given) != len(names):
            return f"{len(names)} are asked for, and {len(given)} stand here. Give each by name: {example}."
        if isinstance(given, dict) and given.get("$") == "set":
            return f"Curly brackets without names keep no order. Say which is which, by name: {example}."
        return f"Give a value for each name: {example}."
    if read.missing and len(read.missing) == len(names):
        return f"The names are not those of the question. They are: {_named(names)}."
    if read.extra:
        extra = _named([str(reading.unwrap(key)) for key in read.extra])
        return f"Give only {_named(names)}. There is also: {extra}."
    if read.missing:
        return f"Not given yet: {_named(read.missing)}."
    for name, one in form.forms.items():
        said = _value(one, read.values[name], name, question)
        if said:
            return said
    return ""


def in_marks(name):
    """Return a name as a message shows it: in marks where it may be read as words, like "then"."""
    words = str(name).replace(" ", "")
    return f'"{name}"' if " " in str(name) or (words.isalpha() and len(words) > 1) else str(name)


def _at(name):
    return f"At {in_marks(name)}: "


def _value(form, value, name, question):
    if isinstance(form, AnyOf):
        said = [_value(literal(one), value, name, question) for one in form.forms]
        return "" if not all(said) else said[0]
    if isinstance(value, dict) and value.get("$") == "function":
        return f"{_at(name)}put brackets () after the function's name, so that it works."
    if isinstance(form, Words):
        if isinstance(value, (str, bool, int)) and question.choose_from:
            return _none_of_the_words(value, question, _at(name))
        return (
            "" if isinstance(value, str) else f"{_at(name)}words in quotation marks are asked for."
        )
    if isinstance(form, Choice) and not reading.letter_in(value):
        return f"{_at(name)}one letter in quotation marks is asked for."
    if isinstance(form, Number) and not form.understands(value):
        kind = form.other_unit(value)
        if kind:
            return _other_unit(form, kind, _at(name))
        if reading.numbers_in(value):
            return _no_per_cent(form, _at(name))
        return f"{_at(name)}one number is asked for, like {_number_like(form)}."
    if isinstance(form, Number):
        return too_short(form, value, _at(name))
    return ""


def _function(form, given, question):
    if form.understands(given):
        return ""
    return (
        f"{question.variable} should be a function, made with def, and not its result. Run the "
        "cell with def again, and give the name no other value."
    )


_BY_KIND = {
    Choice: _letter,
    Number: _number,
    Words: _words,
    Listing: _list,
    Mapping: _mapping,
    Function: _function,
}


def _named(names):
    shown = [str(name) for name in names][:8]
    return ", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 else "".join(shown)


def _example(form, question):
    """Show an answer of this form that is not the answer."""
    if isinstance(form, Mapping):
        return "{" + ", ".join(f'"{name}": …' for name in list(form.items)[:3]) + "}"
    if form.of_letters:
        for letters in itertools.combinations("abcdefgh", 2):
            if not form.accepts(list(letters)):
                return "[" + ", ".join(f'"{letter}"' for letter in letters) + "]"
    if all(isinstance(literal(item), Number) for item in form.items):
        years = all(1900 <= literal(item).value <= 2100 for item in form.items)
        return "[2001, 2002]" if years and not form.accepts([2001, 2002]) else "[1, 2]"
    for words in itertools.permutations(question.choose_from or ("tea", "coffee"), 2):
        if not form.accepts(list(words)):
            return "[" + ", ".join(f'"{word}"' for word in words) + "]"
    return '["tea", "coffee"]'
