"""Reads the form of an answer from an entry of a bank file, and says what is wrong with it."""

from dataclasses import replace

from softpower.feedback.answers import (
    AnyOf,
    Choice,
    Listing,
    Mapping,
    With,
    Words,
)
from softpower.feedback.entries import LETTERS, BankError, known, listed, meant, require, text
from softpower.feedback.number import SHARE, Number

ANSWER = {
    "number": {"number", "tolerance", "unit", "decimals", "also", "change", "above"},
    "letter": {"letter"},
    "words": {"words", "also"},
    "list": {"list", "ordered"},
    "mapping": {"mapping", "tolerance"},
    "any": {"any"},
    "function": {"function"},
    "special": None,  # its settings are those of the form in Python
}
WRONG = ANSWER | {
    "number": ANSWER["number"] - {"also", "change", "above"} | {"within"},
    "but": {"but", "tolerance"},
    "has": {"has", "lacks"},
    "lacks": {"has", "lacks"},
    "near_miss": {"near_miss"},
}


def form(entry, kinds=ANSWER, answer=None, right=None):
    """Return the form of an answer from an entry of a bank file.

    Parameters
    ----------
    entry : dict, str, int, float, bool or list
        For example ``{"number": 12, "tolerance": 0.5}``; a bare value stands for itself.
    kinds : dict
        The kinds that are allowed here, each with its keys.
    answer, right : dict, form
        For a wrong answer: the question's own answer, as written and as a form.

    Raises
    ------
    BankError
    """
    if not isinstance(entry, dict):
        return entry
    kind = next((key for key in entry if key in kinds), None)
    require(kind, f"an answer must be one of: {listed(kinds)}.", next(iter(entry), "answer"))
    if kinds[kind]:
        known(entry, kinds[kind], f"an answer with {kind}")
    return _FORMS[kind](entry, kinds, answer, right)


def _number(entry, *_):
    for key in ("number", "tolerance"):
        value = entry.get(key, 0)
        require(
            isinstance(value, (int, float)) and not isinstance(value, bool),
            f"{key} must be a number.",
            key,
        )
    tolerance = entry.get("tolerance", 0)
    require(tolerance >= 0, "tolerance must not be below 0.", "tolerance")
    unit = entry.get("unit", "")
    require(isinstance(unit, str), "unit must be text in quotation marks.", "unit")
    require(
        unit != SHARE or 0 <= entry["number"] <= 1,
        'a share lies between 0 and 1; for per cent the unit is "%".',
        "unit",
    )
    decimals = entry.get("decimals")
    require(decimals is None or decimals in (0, 1, 2, 3), "decimals is one of 0 to 3.", "decimals")
    within = entry.get("within", False)
    require(isinstance(within, bool), "within must be true or false.", "within")
    also = entry.get("also", [])
    require(
        isinstance(also, list) and all(type(one) in (int, float) for one in also),
        "also must be a list of numbers.",
        "also",
    )
    for key in ("change", "above"):
        require(isinstance(entry.get(key, False), bool), f"{key} must be true or false.", key)
    return Number(
        entry["number"],
        float(tolerance),
        unit,
        decimals=decimals,
        within=within,
        also=tuple(also),
        change=entry.get("change", False),
        above=entry.get("above", False),
    )


def _letter(entry, *_):
    letter = entry["letter"]
    require(
        isinstance(letter, str) and letter in LETTERS[:10] and letter,
        "letter is one of a to j.",
        "letter",
    )
    return Choice(letter)


def _words(entry, *_):
    also = entry.get("also", [])
    require(isinstance(also, list), "also must be a list of other spellings.", "also")
    return Words(text(entry, "words", "the answer"), tuple(also))


def _list(entry, *_):
    items = entry["list"]
    require(isinstance(items, list) and items, "list must be a list of items.", "list")
    return Listing(tuple(form(item) for item in items), entry.get("ordered", False))


def _mapping(entry, *_):
    items = entry["mapping"]
    require(
        isinstance(items, dict) and items, "mapping must have a value for each name.", "mapping"
    )
    return Mapping({key: form(value) for key, value in items.items()}, entry.get("tolerance", 0.0))


def _any(entry, kinds, answer, right):
    require(
        isinstance(entry["any"], list) and len(entry["any"]) > 1,
        "any must be a list of two answers or more.",
        "any",
    )
    return AnyOf(tuple(form(one, kinds, answer, right) for one in entry["any"]))


def _function(entry, *_):
    from softpower.feedback.special.lines import LINES

    name = entry["function"]
    return replace(_tried(name, "function").form(), line=LINES.get(name, ""))


def _tried(name, key):
    from softpower.feedback.special.functions import FUNCTIONS

    if name not in FUNCTIONS:
        guess = meant(name, FUNCTIONS, f"There are: {listed(FUNCTIONS)}.")
        require(False, f"there is no function {name} in special/functions.py. {guess}", key)
    return FUNCTIONS[name]


def _near_miss(entry, kinds, answer, right):
    require("function" in answer, "near_miss belongs to an answer that is a function.", "near_miss")
    tried = _tried(answer["function"], "function")
    names = entry["near_miss"]
    forms = []
    for name in [names] if isinstance(names, str) else names:
        guess = meant(name, tried.near, f"There are: {listed(tried.near)}.")
        require(name in tried.near, f"there is no near miss {name!r}. {guess}", "near_miss")
        forms.append(tried.form(tried.near[name]))
    return forms[0] if len(forms) == 1 else AnyOf(tuple(forms))


def _special(entry, *_):
    from softpower.feedback import special

    name, settings = entry["special"], {k: v for k, v in entry.items() if k != "special"}
    require(name in special.SPECIAL, f"special is one of: {listed(special.SPECIAL)}.", "special")
    try:
        return special.form(name)(**settings)
    except TypeError as error:
        raise BankError(f"{name}: {error}", "special") from None


def _but(entry, kinds, answer, right):
    require(isinstance(right, Mapping), "but belongs to an answer that is a mapping.", "but")
    changed = {key: form(value) for key, value in entry["but"].items()}
    _keys_of(changed, right)
    return Mapping(right.items | changed, entry.get("tolerance", right.tolerance))


def _keys_of(named, right):
    for key in named:
        require(key in right.items, f"the right answer has no {key}.", key)


def _has(entry, kinds, answer, right):
    has, lacks = entry.get("has", []), entry.get("lacks", [])
    if isinstance(right, Mapping):
        require(isinstance(has, dict) and not lacks, "has must name keys and values here.", "has")
        _keys_of(has, right)
        return With(right, {key: form(value) for key, value in has.items()})
    require(isinstance(right, Listing), "has and lacks belong to a list or a mapping.", "has")
    require(
        isinstance(has, list) and isinstance(lacks, list), "has and lacks must be lists.", "has"
    )
    return With(right, tuple(form(one) for one in has), tuple(form(one) for one in lacks))


_FORMS = {
    "number": _number,
    "letter": _letter,
    "words": _words,
    "list": _list,
    "mapping": _mapping,
    "any": _any,
    "function": _function,
    "special": _special,
    "but": _but,
    "has": _has,
    "lacks": _has,
    "near_miss": _near_miss,
}
