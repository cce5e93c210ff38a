"""What to say of an answer whose form cannot be read.

A message here is about how an answer is written, never about what it should be. Each names an
example of its own kind, which is never the answer.
"""

import itertools
import re

from softpower import texts
from softpower.feedback import named, reading, signs
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
from softpower.feedback.misread_number import (
    named_of,
    no_per_cent,
    number,
    number_in_list,
    number_like,
    other_unit,
    too_short,
)

BRACKETS = texts.mark(
    "{name} holds a function, not its result. Put brackets () after the function's name, so that "
    "it works: .sum() and not .sum."
)
ONE_OF = texts.mark('An "or" leaves open which of them you mean. Decide, and write one.')
NOT_ONE = texts.mark('A "not" says which it is not. Decide which it is, and write that one.')
NOTHING = texts.mark(
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
                if given.get("word"):
                    return texts.text(signs.WORDS, words=given["word"])
                return texts.text(BRACKETS, name=question.variable)
            return says(form, given, question)
    wanted = getattr(form, "wanted", "")
    if wanted and not form.understands(given):
        tells = getattr(form, "cannot_read", None)
        return (tells and tells(given)) or texts.text(wanted, name=question.variable)
    return ""


def _letter(form, given, question):
    name = question.variable
    letter = reading.letter_in(given, question.last)
    if letter and letter <= question.last:
        return ""
    if letter or (isinstance(given, str) and len(given.strip()) == 1 and given.strip().isascii()):
        return texts.text(
            "{written} is none of the letters. Choose one of {letters}.",
            written=given if isinstance(given, str) else repr(letter),
            letters=texts.listing(reading.LETTERS[: reading.LETTERS.index(question.last) + 1]),
        )
    letters = reading.letters_in(given, question.last)
    if letters:
        return texts.text(
            "One letter, please: {name} holds {count} ({letters}).",
            name=name,
            count=len(letters),
            letters=", ".join(letters),
        )
    if isinstance(given, list) and len(given) > 1:
        return texts.texts(
            "One letter, please: {name} holds {count} item.",
            "One letter, please: {name} holds {count} items.",
            len(given),
            name=name,
        )
    if isinstance(given, str) and re.fullmatch(r"\W*[Ѐ-ӿ]\W*", given):
        return texts.text(
            "Which letter of the list is {letter!r}? It may be read in more than one way. "
            'Write it on the Latin keyboard: {name} = "…".',
            letter=given.strip(),
            name=name,
        )
    if reading.denied(given) or reading.hedged(given):
        return texts.text(NOT_ONE if reading.denied(given) else ONE_OF)
    if isinstance(given, str) and len(given.strip()) > 1:
        return texts.text(
            'Write only the letter that stands before the line, in quotation marks: {name} = "…".',
            name=name,
        )
    if isinstance(given, str):
        return ""  # a letter that is none of the options: the question says which there are
    return texts.text('{name} should be one letter in quotation marks: {name} = "…".', name=name)


def _words(form, given, question):
    text = reading.unwrap(given)
    if isinstance(text, str) or (isinstance(text, bool) and question.options):
        return _none_of_the_words(text, question)
    if isinstance(text, list):
        return texts.texts(
            "{name} holds {count} item. One is asked for.",
            "{name} holds {count} items. One is asked for.",
            len(text),
            name=question.variable,
        )
    return texts.text(
        '{name} should be words in quotation marks: {name} = "…".', name=question.variable
    )


def _none_of_the_words(text, question):
    """Where the task gives a closed list, say that this is none of it, and which is nearest."""
    known = reading.closest(text, question.options)
    if not known and reading.hedged(text, question.options):
        return texts.text(NOT_ONE if reading.denied(text) else ONE_OF)
    several = not known and isinstance(text, str) and _several_names(text, question)
    if several:
        return several
    if not known and not question.choose_from and isinstance(text, str):
        return _more_than_a_name(text, question)
    if not question.choose_from or known or reading.shortened(text, question.choose_from):
        return ""
    letters = all(len(word) == 1 for word in question.choose_from)
    words = ", ".join(map(texts.cell, question.choose_from))
    listed = texts.text("Choose from: {words}.", words=words)
    if isinstance(text, str) and len(text.strip()) == 1 and text.strip().isalpha() and not letters:
        return texts.sentences(texts.text("Write the whole word, not a letter."), listed)
    shown = repr(text if len(str(text)) <= 40 else str(text)[:39] + "…")
    near = reading.nearest(text, question.choose_from)
    typed = reading.same(text) or ""
    several = sum(typed in reading.same(word) for word in question.choose_from) > 1
    # Of several words, or of one with something behind it, a guess would choose.
    several = several or any(reading.same(word) in typed for word in question.choose_from)
    # A word of the course is no slip of typing for another one.
    slip = near and not several and not reading.is_term(text)
    guess = texts.meant(texts.cell(near)) if slip else ""
    if letters:
        none = texts.text("{written} is none of the letters.", written=shown)
    else:
        none = texts.text("{written} is none of the words.", written=shown)
    return texts.sentences(none, listed, guess)


def _unread(text, question):
    return not reading.closest(text, question.options)


def _more_than_a_name(text, question):
    """What to say of a letter, a "not" or several names, where one name of any kind is asked for."""
    letter = len(text.strip()) == 1 and text.strip().isalpha()
    if letter and min(map(len, question.options), default=0) > 1:
        return texts.text("Write the whole word, not a letter.")
    if re.match(r"\W*(?:not|не)\s", text, re.IGNORECASE) or re.search(r"\sемес\W*$", text):
        return texts.text(NOT_ONE)
    return ""


def _several_names(text, question):
    """What to say of several of the words in one text, where one is asked for."""
    items = reading.items_in(text, question.options) or ()
    if len(items) < 2 or not all(reading.closest(one, question.options) for one in items):
        return ""
    return texts.texts(
        "{name} holds {count} item. One is asked for.",
        "{name} holds {count} items. One is asked for.",
        len(items),
        name=question.variable,
    )


def _list(form, given, question):
    if given == []:
        return texts.text(
            "The list of {name} is still empty. Write what belongs in it between the square brackets.",
            name=question.variable,
        )
    items = form.items_in(given)
    if form.ordered and form.is_set(given):
        return texts.text(
            "Curly brackets keep no order, and here the order counts. Write a list in square "
            "brackets: like {example}.",
            example=_example(form, question),
        )
    if items is None and reading.hedged(given):
        return texts.text(
            'An "or", or a "not", leaves open which of them you mean. Decide, and write '
            'those with a comma between them: {name} = ["…", "…"].',
            name=question.variable,
        )
    if form.of_letters:
        return _list_of_letters(form, given, items, question)
    has_names = isinstance(given, dict) and given.get("$") in ("series", "mapping", "table")
    words = [one for one in map(literal, form.items) if isinstance(one, Words)]
    if has_names and words and not any(isinstance(one, str) for one in items or ()):
        if given["$"] == "series":
            return texts.text(
                "{name} holds values, and their names stand beside them. The question asks for "
                "the names only: add .index at the end.",
                name=question.variable,
            )
        return texts.text(
            "{name} should be a list of names only: like {example}.",
            name=question.variable,
            example=_example(form, question),
        )
    if items is None:
        return texts.text(
            "{name} should be a list: like {example}.",
            name=question.variable,
            example=_example(form, question),
        )
    if words:
        for item in items:
            if not isinstance(item, str):
                return texts.text(
                    "Each item should be words in quotation marks: like {example}.",
                    example=_example(form, question),
                )
            said = _none_of_the_words(item, question)
            if said:
                return said
    elif not form.reads(items):
        return texts.text(
            "{name} should be a list of numbers: like {example}.",
            name=question.variable,
            example=_example(form, question),
        )
    return ""


def strange_letter(form, given, question):
    """Return that a letter of a list is none of the task's, or ``""``, whatever else is wrong."""
    if not isinstance(form, Listing) or not form.of_letters:
        return ""
    beyond = question.beyond(reading.letters_in(given) or form.items_in(given) or ())
    return beyond and texts.text(
        "{written} is none of the letters of the task. Look at its list again.",
        written=repr(beyond),
    )


def twice(form, given, question):
    """Return that an item of a list stands there twice, where each counts once, or ``""``."""
    if not isinstance(form, Listing) or form.ordered:
        return ""
    letters = reading.letters_in(given, question.last) if form.of_letters else None
    items = letters or reading.items_in(given, question.options) or []
    items = [item for item in items if isinstance(item, (str, int, float))]
    again = [item for n, item in enumerate(items) if item in items[:n]]
    if not again or len(form.once(items)) == len(items):
        return ""
    return texts.text("{item} stands there twice.", item=repr(again[0]))


def _list_of_letters(form, given, items, question):
    strange = strange_letter(form, given, question)
    if strange:
        return strange
    if reading.letters_in(given) or (items and all(map(reading.letter_in, items))):
        return ""
    other = re.findall(r"\b[Ѐ-ӿ]\b", " ".join(map(str, items or ())))
    if other and all(len(str(item).strip()) == 1 for item in items):
        return texts.text(
            "Which letters of the list are {letters}? They may be read in more than one way. Write "
            "them on the Latin keyboard: like {example}.",
            letters=", ".join(map(repr, other)),
            example=_example(form, question),
        )
    return texts.text(
        "{name} should be a list of letters, each in its own quotation marks: like {example}.",
        name=question.variable,
        example=_example(form, question),
    )


def _mapping(form, given, question):
    names = list(form.items)
    read = named.by_name(given, names, question.options)
    if read is None:
        example = f"{question.variable} = {_example(form, question)}"
        if isinstance(given, list) and len(given) != len(names):
            return texts.text(
                "{count} are asked for, and {count_given} stand here. Give each by name: {example}.",
                count=len(names),
                count_given=len(given),
                example=example,
            )
        if isinstance(given, dict) and given.get("$") == "set":
            return texts.text(
                "Curly brackets without names keep no order. Say which is which, by name: "
                "{example}.",
                example=example,
            )
        return texts.text("Give a value for each name: {example}.", example=example)
    if isinstance(given, dict) and given.get("keys") == []:
        return texts.text(
            "Nothing stands between the curly brackets of {name} yet. Give a value for each of these: "
            "{names}.",
            name=question.variable,
            names=named_of(names),
        )
    if read.missing and len(read.missing) == len(names):
        return texts.text(
            "The names are not those of the question. They are: {names}.", names=named_of(names)
        )
    if read.extra:
        extra = named_of([str(reading.unwrap(key)) for key in read.extra])
        return texts.text(
            "Give only {names}. There is also: {extra}.", names=named_of(names), extra=extra
        )
    if read.missing:
        return texts.text("Not given yet: {names}.", names=named_of(read.missing))
    for name, one in form.forms.items():
        said = _value(one, read.values[name], name, question)
        if said:
            return said
    return ""


def in_marks(name):
    """Return a name as a message shows it: in marks where it may be read as words, like "then"."""
    words = str(name).replace(" ", "")
    return f'"{name}"' if " " in str(name) or (words.isalpha() and len(words) > 1) else str(name)


def _at(name, said):
    """Return what is said of one value of several, with its name; nothing where nothing is said."""
    return said and texts.text("At {name}: {said}", name=in_marks(name), said=said)


def _value(form, value, name, question):
    if isinstance(form, AnyOf):
        said = [_value(literal(one), value, name, question) for one in form.forms]
        return "" if not all(said) else said[0]
    if isinstance(value, dict) and value.get("word"):
        return _at(name, texts.text(signs.WORDS, words=value["word"]))
    if isinstance(value, dict) and value.get("$") == "function":
        return _at(name, texts.text("put brackets () after the function's name, so that it works."))
    if isinstance(form, Words):
        if isinstance(value, (str, bool, int)) and question.choose_from:
            return _at(name, _none_of_the_words(value, question))
        if isinstance(value, str):
            return _at(name, _more_than_a_name(value, question)) if _unread(value, question) else ""
        return _at(name, texts.text("words in quotation marks are asked for."))
    if isinstance(form, Choice) and not reading.letter_in(value):
        return _at(name, texts.text("one letter in quotation marks is asked for."))
    if isinstance(form, Number) and not form.understands(value):
        kind = form.other_unit(value)
        if kind:
            return _at(name, other_unit(form, kind))
        if reading.numbers_in(value):
            return _at(name, no_per_cent(form))
        like = number_like(form)
        if isinstance(value, list) and len(value) > 1:
            return number_in_list(value, in_marks(name), like)
        return _at(name, texts.text("one number is asked for, like {example}.", example=like))
    if isinstance(form, Number):
        return _at(name, too_short(form, value))
    return ""


def _function(form, given, question):
    if form.understands(given):
        return ""
    return texts.text(
        "{name} should be a function, made with def, and not its result. Run the cell "
        "with def again, and give the name no other value.",
        name=question.variable,
    )


_BY_KIND = {
    Choice: _letter,
    Number: number,
    Words: _words,
    Listing: _list,
    Mapping: _mapping,
    Function: _function,
}


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
    drinks = (texts.text("tea"), texts.text("coffee"))
    for words in itertools.permutations(question.choose_from or drinks, 2):
        if not form.accepts(list(words)):
            return "[" + ", ".join(f'"{word}"' for word in words) + "]"
    return "[" + ", ".join(f'"{word}"' for word in drinks) + "]"
