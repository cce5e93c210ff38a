"""A question of an exercise: what is right, what is wrong in a known way, and what to say."""

import math
from dataclasses import dataclass
from functools import cached_property
from string import ascii_letters

from softpower import texts
from softpower.feedback import (
    function_faults,
    function_stops,
    misread,
    misread_number,
    named,
    near_digits,
    near_lines,
    near_sums,
    reading,
    slips,
)
from softpower.feedback.answers import (
    AnyOf,
    Choice,
    Function,
    Listing,
    Mapping,
    Number,
    coarsely,
    is_wide,
    literal,
    loosely,
    words_of,
)
from softpower.feedback.message import Message
from softpower.feedback.open_question import Named
from softpower.feedback.plain import blanks, holds_nothing, is_blank, plain

# How a partly right answer was counted: whether wrong ones take back, and what it earned.
_COUNTED = {
    (False, ""): texts.mark("{right} of {all} right."),
    (False, "points"): texts.mark("{right} of {all} right: {got} of {points} points."),
    (False, "halves"): texts.mark(
        "{right} of {all} right: {got} of {points} points, counted in halves."
    ),
    (True, ""): texts.mark("{right} of {all} right, and each wrong one takes {rate} back."),
    (True, "points"): texts.mark(
        "{right} of {all} right, and each wrong one takes {rate} back: {got} of {points} points."
    ),
    (True, "halves"): texts.mark(
        "{right} of {all} right, and each wrong one takes {rate} back: {got} of {points} points, "
        "counted in halves."
    ),
}

_LOOK_AGAIN = (
    texts.mark("Look again at: {names}."),
    texts.mark("Look again at: {names}, and at others."),
)


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that people really give, and the message that explains it."""

    answer: object
    message: str


@dataclass(frozen=True)
class Question(Named):
    """A question that is checked by value.

    Parameters
    ----------
    id : str
        Lesson and number, ``"01.3"``; in a lesson itself a letter, ``"01.a"``.
    variable : str
        The name that the learner gives to the answer.
    objective : str
        Which of the lesson's objectives it tests.
    points, minutes : int
        What it is worth and how long it takes.
    right : form of an answer
        See :mod:`softpower.feedback.answers`.
    wrong : tuple of Wrong
        Known wrong answers. The first that fits speaks.
    otherwise : str
        The message for any other wrong answer: what to look at next, never the answer.
    explain : str
        What the right answer shows.
    hints : tuple of str
        A nudge, the method, nearly there.
    taught : str
        The heading of the lesson's section that teaches it.
    part : bool
        Whether a partly right list or mapping earns part of the points.
    choose_from : tuple of str
        Where the task gives a closed list of words: these.
    worked : str, tuple or dict
        The arithmetic of a right number, in one way or several; of a mapping, by name.
    beside : tuple of float
        Numbers of the task that have no part in it.
    """

    id: str
    variable: str
    objective: str
    right: object
    otherwise: str
    explain: str
    hints: tuple
    wrong: tuple = ()
    points: int = 0
    minutes: int = 1
    taught: str = ""
    part: bool = False
    choose_from: tuple = ()
    worked: str | tuple | dict = ""
    beside: tuple = ()

    @property
    def calls(self):
        """The calls to make where the answer is a function, as plain data."""
        cases = self.right.cases if isinstance(self.right, Function) else ()
        return [plain(list(case.arguments)) for case in cases]

    @cached_property
    def options(self):
        """Every word that an answer may hold: those of the task, else those of the bank."""
        known = [word for wrong in self.wrong for word in words_of(wrong.answer)]
        return tuple(dict.fromkeys([*self.choose_from, *words_of(self.right), *known]))

    def judge(self, given):
        """Return the :class:`Message` for an answer given as plain data."""
        given = self._none_as_a_word(given)
        empty = 0 if self._reads_blanks(given) else blanks(given)
        if empty:
            return Message("not yet", self._what_is_blank(given, empty))
        read = self._read(given)
        known = self._near_miss(read)
        if not known and self.right.accepts(read):
            return Message("right", texts.text(self.explain))
        known = known or self._known_wrong(read)
        strange = misread.strange_letter(literal(self.right), given, self)
        form = strange or self._short_or_known(read, known)
        if not (form or known):
            form = misread.about(self, given) or self._of_two(read)
        text = form or known or self._known_wrong(read, loosely) or self._what_is_wrong(given, read)
        twice = "" if form else misread.twice(literal(self.right), given, self)
        text = texts.sentences(twice, text)
        unread = form and isinstance(literal(self.right), Listing)
        share, count = self._part_of(read) if self.part and not unread else (0.0, "")
        if share:
            said = texts.sentences(count, text)
            return Message("partly", said, self._hints_shown(), share, unread=bool(form))
        return Message("wrong", text, self._hints_shown(), unread=bool(form))

    def _hints_shown(self):
        return tuple(map(texts.text, self.hints))

    def points_for(self, message):
        """Return the points that a message stands for."""
        return _half_points(self.points * message.share)

    def _none_as_a_word(self, given):
        # None without quotation marks, or an empty list, where the task offers the word "none"
        # or "nothing", is that word.
        word = next((word for word in ("none", "nothing") if word in self.choose_from), "")
        if not word:
            return given
        if isinstance(given, list):
            return [word if holds_nothing(one) else one for one in given]
        if not isinstance(given, dict) or "keys" not in given:
            return given
        return given | {"values": [word if holds_nothing(one) else one for one in given["values"]]}

    @property
    def asks_for_a_number(self):
        """Whether the answer is one number."""
        return isinstance(literal(self.right), Number)

    @property
    def last(self):
        """The last letter of the task's options, where the answer is one letter or several."""
        if isinstance(literal(self.right), Choice):
            known = [self.right.letter, *(x for w in self.wrong for x in _letters_of(w.answer))]
            return max(known)
        return "j"

    def _reads_blanks(self, given):
        # A plan says itself which of its boxes are empty.
        return getattr(self.right, "reads_blanks", False) and not is_blank(given)

    def _read(self, given):
        """Return the answer with its words as the task spells them."""
        form = literal(self.right)
        if isinstance(form, Listing):
            if form.ordered and form.is_set(given):
                return given
            given = self._options_as_letters(given) if form.of_letters else given
            letters = reading.letters_in(given, self.last) if form.of_letters else None
            items = letters or reading.items_in(given, self.options)
            return given if items is None else form.once([self._spelt(item) for item in items])
        if isinstance(form, Mapping):
            read = named.by_name(given, form.items, self.options)
            if read is None:
                return given
            values = [self._spelt(value) for value in read.values.values()]
            extra = [None] * len(read.extra)
            return {
                "$": "mapping",
                "keys": [*read.values, *read.extra],
                "values": [*values, *extra],
            }
        if isinstance(form, Choice):
            whole = reading.letter_of(self.id, reading.unwrap(given))
            return whole or reading.letter_in(given, self.last) or given
        if isinstance(form, AnyOf) and isinstance(given, list):
            return [self._spelt(item) for item in given]
        if isinstance(form, AnyOf) or not self.options:
            return self._spelt(given) if isinstance(given, str) else given
        return self._spelt(given)

    def _options_as_letters(self, given):
        """Return a list with a letter in place of each sentence that is a whole option."""
        if not isinstance(given, list):
            return given
        return [reading.letter_of(self.id, item) or item for item in given]

    def _spelt(self, value):
        if isinstance(value, (str, bool, int, float)) and self.options:
            found = reading.closest(value, self.options)
            return found or reading.shortened(value, self.choose_from) or value
        return value

    def _what_is_blank(self, given, empty):
        if given is None:
            return texts.text(misread.NOTHING, name=self.variable)
        if isinstance(given, str) and not given.strip():
            return texts.text(
                "Nothing stands between the quotation marks of {name} yet. Write your answer there, "
                "run that cell, then this one.",
                name=self.variable,
            )
        if is_blank(given) or (isinstance(given, dict) and given.get("$") == "function"):
            return texts.text(
                "Put your answer in place of the three dots of {name}, run that cell, then this one.",
                name=self.variable,
            )
        return texts.texts(
            "One part is still blank. Fill it in, run that cell, then this one.",
            "{count} parts are still blank. Fill them in, run that cell, then this one.",
            empty,
        )

    def told_apart(self, wrong):
        """Say whether a wrong number is marked to lie within what rounding may cost.

        More decimals than the task asks for then tell the two apart: 0.4314 is not 0.4321.
        """
        right, other = literal(self.right), literal(wrong.answer)
        both = isinstance(right, Number) and isinstance(other, Number)
        return both and other.within and not other.takes(right.value)

    def _near_miss(self, read):
        near = (wrong for wrong in self.wrong if self.told_apart(wrong))
        return next((texts.text(wrong.message) for wrong in near if wrong.answer.accepts(read)), "")

    def _known_wrong(self, read, answers=literal, wide=False):
        """Return the message of the first known wrong answer that fits, or an empty text."""
        known = (wrong for wrong in self.wrong if wide == is_wide(wrong.answer))
        fits = (wrong.message for wrong in known if answers(wrong.answer).accepts(read))
        return texts.text(next(fits, ""))

    def _of_two(self, read):
        """Ask for a digit more of 0.07: it may be 0.0714, which is wrong, or 0.0743, the right."""
        form = literal(self.right)
        rough = self._known_wrong(read, coarsely) if isinstance(form, Number) else ""
        return misread_number.of_two(form, read) if rough else ""

    def _short_or_known(self, read, known):
        """Ask the same of a known wrong number, 0.5, that is the right one, 0.509, rounded far."""
        form = literal(self.right)
        short = known and isinstance(form, Number) and misread_number.is_short(form, read)
        return misread_number.or_else(form, known) if short else ""

    def beyond(self, items):
        """Return a letter in a list that comes after the last of the task's options, or ``""``."""
        letters = [
            x for form in (self.right, *(w.answer for w in self.wrong)) for x in _letters_of(form)
        ]
        return next(
            (
                x
                for x in items
                if isinstance(x, str)
                and len(x) == 1
                and x in ascii_letters
                and x.lower() > max(letters)
            ),
            "",
        )

    def _what_is_wrong(self, given, read):
        otherwise = texts.text(self.otherwise)
        if isinstance(self.right, Function):
            fault = function_faults.fault(given, self)
            # What is upside down divides by nought somewhere, and that is not what went wrong.
            if fault and not function_stops.divides_by_zero(given):
                return fault
            made = near_lines.message(self.right.line, self, given["results"]) or fault
            if made:
                return made
            tried = function_stops.any_stop(given, self)
            return texts.sentences(tried or function_faults.example(given, self), otherwise)
        if isinstance(self.right, Mapping) and len(self.right.unlike(read)) < len(self.right.items):
            unlike = self.right.unlike(read)
            again = ", ".join(map(misread.in_marks, unlike[:3]))
            look = _LOOK_AGAIN[len(unlike) > 3]
            return texts.sentences(
                texts.text(look, names=again),
                self._slip_at(read, unlike[0]) or otherwise,
            )
        if isinstance(self.right, Mapping):
            slip = slips.of_values(self.right, read)
            return slip or self._slip_at(read, next(iter(self.right.items))) or otherwise
        if isinstance(self.right, Listing):
            return slips.of_order(self.right, read) or otherwise
        # A form that knows what is wrong with an answer says so itself.
        says = getattr(self.right, "says", None)
        if says:
            return says(given)
        return self._slip(self.right, read, self.worked) or otherwise

    def _slip(self, form, read, worked):
        """Return what a wrong number shows: a slip, a line it was made of, a digit."""
        form = literal(form)
        numbers = form.numbers_in(read) if isinstance(form, Number) else ()
        held = near_digits.numbers_of(self.worked, self.beside)
        return (
            slips.cut(form, read)
            or next(filter(None, (near_sums.step(worked, n) for n in numbers)), "")
            or slips.of_number(form, read, worked)
            or next(filter(None, (near_sums.message(worked, n, held) for n in numbers)), "")
            or slips.near(form, read)
            or self._known_wrong(read, wide=True)
            or slips.far(form, read, held)
        )

    def _slip_at(self, read, name):
        """Return what the wrong number of a name shows, or an empty text."""
        form = literal(self.right)
        known = named.by_name(read, form.items)
        if known is None or name not in known.values:
            return ""
        worked = self.worked.get(name, "") if isinstance(self.worked, dict) else ""
        return self._slip(form.forms[name], known.values[name], worked)

    def _part_of(self, read):
        """Return the share of the points for a partly right answer, and how it was counted."""
        form = literal(self.right)
        if isinstance(form, Mapping):
            return self._part_of_mapping(form, read)
        items = form.items_in(read)
        if not items:
            return 0.0, ""
        forms = [literal(item) for item in form.items]
        if form.ordered:
            right = sum(one.accepts(item) for one, item in zip(forms, items, strict=False))
            wrong = max(0, len(items) - len(forms))
        else:
            right = sum(any(one.accepts(item) for item in items) for one in forms)
            wrong = len(items) - right
        return self._share(right, wrong, len(forms))

    def _part_of_mapping(self, form, read):
        known = named.by_name(read, form.items)
        if known is None:
            return 0.0, ""
        right = len(form.items) - len(form.unlike(read))
        # Of two words a guess is right half of the time, so each wrong one takes one back.
        wrong = self._read_and_wrong(form, known) if len(self.choose_from) == 2 else 0
        return self._share(right, wrong + len(known.extra), len(form.items))

    def _read_and_wrong(self, form, known):
        """Count the wrong words of the task's two: one that was not read is no guess."""
        words = {reading.same(word) for word in self.choose_from}
        unlike = form.unlike(
            {"$": "mapping", "keys": [*known.values], "values": [*known.values.values()]}
        )
        return sum(
            reading.same(known.values[name]) in words for name in unlike if name in known.values
        )

    @property
    def takes_back(self):
        """What a wrong item takes back, in items, so that naming everything earns nothing: 0
        where a guess cannot gain by it, 1 at the least where it can."""
        form = literal(self.right)
        if isinstance(form, Mapping):
            return 1.0 if len(self.choose_from) == 2 else 0.0
        if form.ordered:
            return 0.0
        known = len(self.choose_from)
        if form.of_letters:
            letters = [letter for wrong in self.wrong for letter in _letters_of(wrong.answer)]
            known = max([reading.LETTERS.index(x) + 1 for x in letters], default=0)
        others = known - len(form.items)
        return max(1.0, len(form.items) / others) if others > 0 else 1.0

    def _taken_back(self):
        rate = max(1.0, self.takes_back)
        known = {1.0: texts.text("one"), 1.5: texts.text("one and a half")}
        return known.get(rate) or texts.number(round(rate, 6))

    def _share(self, right, wrong, of):
        share = max(0.0, (right - wrong * max(1.0, self.takes_back)) / of)
        points = _half_points(self.points * share)
        if not points and self.points:
            return 0.0, ""
        halves = abs(points - self.points * share) > 1e-9
        said = texts.text(
            _COUNTED[bool(wrong), ("halves" if halves else "points") if self.points else ""],
            right=right,
            all=of,
            rate=self._taken_back(),
            got=texts.number(points),
            points=self.points,
        )
        return points / self.points if self.points else share, said


def _letters_of(form):
    """Return the letters of the options that a form of a wrong answer has in it."""
    return [letter for letter in reading.LETTERS if _names(form, letter)]


def _half_points(points):
    return math.floor(points * 2 + 1e-9) / 2


def _names(form, letter):
    """Say whether a form of a wrong answer has this letter in it."""
    form = literal(form)
    if isinstance(form, Choice):
        return form.letter == letter
    parts = getattr(form, "items", None) or getattr(form, "forms", None) or getattr(form, "has", ())
    return not isinstance(parts, dict) and any(_names(part, letter) for part in parts)
