"""The forms of an answer: each accepts every way in which a reasonable learner may give it.

A form compares plain data (see :mod:`softpower.feedback.plain`) and knows examples of itself,
with which the tests feed every check.
"""

import math
from dataclasses import dataclass, field, replace

from softpower.feedback import named, reading
from softpower.feedback.number import Number
from softpower.feedback.plain import plain, values_of


@dataclass(frozen=True)
class Choice:
    """One letter of a list of options."""

    letter: str

    def accepts(self, given):
        return reading.letter_in(given) == self.letter.casefold()

    def understands(self, given):
        return reading.letter_in(given) is not None

    def examples(self):
        yield from (self.letter, self.letter.upper(), f" {self.letter})", [self.letter])


@dataclass(frozen=True)
class Words:
    """A word or phrase, or one of its other forms in ``also``."""

    text: str
    also: tuple = ()

    def accepts(self, given):
        mine = {reading.same(form) for form in (self.text, *self.also)}
        theirs = (reading.same(given), *map(reading.same, reading.in_english(given)))
        return any(key in mine for key in theirs if key)

    def understands(self, given):
        return reading.words_in(given) is not None

    def examples(self):
        yield from (self.text, self.text.upper(), f" {self.text}. ", *self.also)


def literal(form):
    """Return a form for a bare value: 12 means Number(12), "Japan" means Words("Japan")."""
    if isinstance(form, bool):
        return Words(str(form))
    if isinstance(form, (int, float)):
        return Number(form)
    if isinstance(form, str):
        return (
            Choice(form) if len(form) == 1 and form.casefold() in reading.LETTERS else Words(form)
        )
    if isinstance(form, (list, tuple)):
        return Listing(tuple(form), ordered=True)
    return form


def _example(form):
    return next(iter(literal(form).examples()))


def _as_typed(item):
    """Return what two items of a list have in common where they are the same one."""
    number = reading.number_in(item)
    return (reading.same(item) or repr(item)) if number is None else number


@dataclass(frozen=True)
class Listing:
    """Several items, in this order where ``ordered``; a list, set, series, or text with commas."""

    items: tuple
    ordered: bool = False

    @property
    def of_letters(self):
        """Whether every item is a letter of a list of options."""
        return all(isinstance(literal(item), Choice) for item in self.items)

    def reads(self, items):
        """Say whether each item is a letter or a number, where the list is of these."""
        if self.of_letters:
            return all(map(reading.letter_in, items))
        forms = [literal(item) for item in self.items]
        numbers = all(isinstance(form, Number) for form in forms)
        return not numbers or all(map(forms[0].understands, items))

    def items_in(self, given):
        """Return the items of a list in plain data, or None: a set of several has no order."""
        if self.ordered and self.is_set(given):
            return None
        read = reading.letters_in(given) if self.of_letters else None
        return read or reading.items_in(given)

    @staticmethod
    def is_set(given):
        """Say whether plain data are a set of several, alone or as the one item of a list."""
        held = given[0] if isinstance(given, list) and len(given) == 1 else given
        is_set = isinstance(held, dict) and held.get("$") == "set"
        return is_set and len(held.get("values") or ()) > 1

    def once(self, items):
        """Return items, each once, where neither their order nor their count matters."""
        right = list(map(_example, self.items))
        if self.ordered or len({_as_typed(one) for one in right}) < len(right):
            return items
        return list({_as_typed(item): item for item in reversed(items)}.values())[::-1]

    def accepts(self, given):
        given, forms = self.items_in(given), [literal(item) for item in self.items]
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


@dataclass(frozen=True)
class Mapping:
    """A value for each key, in any order: a dictionary, a series or a table of two columns."""

    items: dict
    tolerance: float = 0.0

    @property
    def forms(self):
        """The form of each value, by name."""
        forms = {}
        for key, form in self.items.items():
            form = literal(form)
            if self.tolerance and isinstance(form, Number) and not form.tolerance:
                form = replace(form, tolerance=self.tolerance)
            forms[key] = form
        return forms

    def accepts(self, given):
        read = named.by_name(given, self.items)
        return read is not None and not read.extra and not self.unlike(given)

    def understands(self, given):
        return named.by_name(given, self.items) is not None

    def unlike(self, given):
        """Return the keys whose value is not right: what to look at again."""
        read = named.by_name(given, self.items)
        values = read.values if read else {}
        return [
            key
            for key, form in self.forms.items()
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
    """Say whether a result is this number, or this column of numbers, and not their text.

    A number alone may not stand in a list.
    """
    if isinstance(form, Number):
        return isinstance(value, (int, float)) and form.accepts(value)
    held = values_of(value)
    if isinstance(form, Listing) and isinstance(held, list) and isinstance(form.items[0], Number):
        return form.accepts(held) and not any(isinstance(one, str) for one in held)
    return form.accepts(value)


@dataclass(frozen=True)
class Fails:
    """What a call gives that ends in an error, or in a number without end."""

    def accepts(self, given):
        endless = isinstance(given, float) and not math.isfinite(given)
        return endless or (isinstance(given, dict) and "error" in given)

    def understands(self, given):
        return self.accepts(given)

    def examples(self):
        yield math.inf


@dataclass(frozen=True)
class Function:
    """A function, judged by its results in every case; ``line`` is the right one in one line."""

    cases: tuple = field(default_factory=tuple)
    line: str = ""

    def accepts(self, given):
        if not self.understands(given) or len(given["results"]) != len(self.cases):
            return False
        return all(
            _returned(literal(case.result), result.get("value", result))
            for case, result in zip(self.cases, given["results"], strict=True)
        )

    def understands(self, given):
        return isinstance(given, dict) and given["$"] == "function"

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

    def understands(self, given):
        return self.right.understands(given)

    def accepts(self, given):
        if isinstance(self.right, Mapping):
            read = named.by_name(given, self.right.items)
            forms = replace(self.right, items=self.has).forms
            return read is not None and all(
                key in read.values and form.accepts(read.values[key]) for key, form in forms.items()
            )
        items = self.right.items_in(given)
        # What cannot be read has left nothing out: its form is what must be spoken of.
        if items is None or not self.right.reads(items):
            return False
        held = [any(literal(form).accepts(item) for item in items) for form in self.has]
        left = [any(literal(form).accepts(item) for item in items) for form in self.lacks]
        return all(held) and not any(left)

    def examples(self):
        if isinstance(self.right, Mapping):
            yield from Mapping(self.right.items | self.has, self.right.tolerance).examples()
            return
        lacking = [literal(form) for form in self.lacks]
        rest = [_example(form) for form in self.right.items]
        rest = [item for item in rest if not any(form.accepts(item) for form in lacking)]
        yield rest + [_example(form) for form in self.has]


@dataclass(frozen=True)
class AnyOf:
    """Any of several forms."""

    forms: tuple

    def accepts(self, given):
        return any(literal(form).accepts(given) for form in self.forms)

    def understands(self, given):
        return any(literal(form).understands(given) for form in self.forms)

    def examples(self):
        for form in self.forms:
            yield from literal(form).examples()


def loosely(form, keeps=2):
    """Return a form that also takes its numbers rounded further than the form itself allows.

    ``keeps`` is how many digits of its own a whole number must have for it.
    """
    form = literal(form)
    if isinstance(form, Number):
        return replace(form, rounded=keeps)
    if isinstance(form, Listing):
        return replace(form, items=tuple(loosely(one, keeps) for one in form.items))
    if isinstance(form, Mapping):
        return Mapping({key: loosely(one, keeps) for key, one in form.forms.items()})
    if isinstance(form, AnyOf):
        return AnyOf(tuple(loosely(one, keeps) for one in form.forms))
    return form


def coarsely(form):
    """Return a form that takes its numbers rounded as far as one likes."""
    return loosely(form, 1)


def is_wide(form):
    """Say whether a wrong answer takes many numbers: it speaks where nothing else is known."""
    form = literal(form)
    return isinstance(form, Number) and form.tolerance >= max(1.0, 0.15 * abs(form.value))


def freely(form):
    """Return a form whose numbers may be rounded by the rule, where the task names no decimals."""
    form = literal(form)
    if isinstance(form, Number):
        return replace(form, free=form.decimals is None)
    if isinstance(form, Mapping):
        return Mapping({key: freely(one) for key, one in form.forms.items()})
    if isinstance(form, AnyOf):
        return AnyOf(tuple(map(freely, form.forms)))
    return form


def measured_as(form, right):
    """Return a form whose numbers read per cent as the right answer's do."""
    form, right = literal(form), literal(right)
    if isinstance(form, AnyOf):
        return AnyOf(tuple(measured_as(one, right) for one in form.forms))
    if isinstance(right, AnyOf):
        right = next((one for one in map(literal, right.forms) if isinstance(one, Number)), right)
    if isinstance(form, Number) and isinstance(right, Number):
        return replace(form, unit=form.unit or right.unit, change=right.change)
    if isinstance(form, Mapping) and isinstance(right, Mapping):
        forms = {k: measured_as(one, right.items.get(k, one)) for k, one in form.forms.items()}
        return Mapping(forms, form.tolerance)
    if isinstance(form, With) and isinstance(form.has, dict):
        has = {key: measured_as(one, form.right.items[key]) for key, one in form.has.items()}
        return replace(form, has=has)
    return form


def words_of(form):
    """Return every word or phrase that a form knows, in its order."""
    form = literal(form)
    if isinstance(form, Words):
        return [form.text, *form.also]
    parts = ()
    if isinstance(form, Listing):
        parts = form.items
    elif isinstance(form, Mapping):
        parts = form.items.values()
    elif isinstance(form, AnyOf):
        parts = form.forms
    elif isinstance(form, With):
        parts = form.has.values() if isinstance(form.has, dict) else form.has
    return [word for part in parts for word in words_of(part)]
