"""Reads an answer as people type it: letters, words, numbers, lists.

Pure functions on plain data (see :mod:`softpower.feedback.plain`). They say what an answer
stands for and never whether it is right. Nothing here raises, whatever the answer is.
"""

from softpower.feedback.reading.letters import in_alphabet, letter_in, looks_like
from softpower.feedback.reading.lists import denied, hedged, items_in, letters_in, sequence_in
from softpower.feedback.reading.numbers import (
    COUNTED,
    decimals,
    difference,
    digits,
    directed,
    is_cut,
    is_rounding,
    magnitude,
    number_in,
    numbers_in,
    ordinal,
    per_cent,
    points,
    rounds_to,
    unit,
    without_above,
)
from softpower.feedback.reading.options import letter_of
from softpower.feedback.reading.text import LETTERS, one_kind, unwrap
from softpower.feedback.reading.words import (
    closest,
    in_english,
    is_cyrillic,
    is_term,
    nearest,
    one_off,
    same,
    shortened,
    words_in,
)

__all__ = [
    "COUNTED",
    "LETTERS",
    "closest",
    "decimals",
    "denied",
    "difference",
    "digits",
    "directed",
    "hedged",
    "in_alphabet",
    "in_english",
    "is_cut",
    "is_cyrillic",
    "is_rounding",
    "is_term",
    "items_in",
    "letter_in",
    "letter_of",
    "letters_in",
    "looks_like",
    "magnitude",
    "nearest",
    "number_in",
    "numbers_in",
    "one_kind",
    "one_off",
    "ordinal",
    "per_cent",
    "points",
    "rounds_to",
    "same",
    "sequence_in",
    "shortened",
    "unit",
    "unwrap",
    "without_above",
    "words_in",
]
