"""What to write in place of a sign that Python does not read as people mean it: √, ^, «c»."""

import re

from softpower import texts

_MARKS = texts.mark(
    'The quotation marks “ ” or « » are not those of code: write straight ones, as in "tea".'
)
_ROOT = texts.mark("Python has no sign for a root: write the root of 25 as 25 ** 0.5.")
_POWER = texts.mark("A power is written with two stars, 5 ** 2, and not with ^.")
_DIVIDED = texts.mark("Divided by is written /, as in 8 / 4, and not with a colon.")
_THOUSANDS = texts.mark(
    "Nothing stands between the thousands of a number in Python: 4500000, and not 4,500,000."
)
_NUMBER_AND_TEXT = texts.mark(
    'A number and text cannot be added: leave what stands in quotation marks away, such as "%".'
)
_PER_CENT = texts.mark("Leave the % behind the number away: the number alone is enough.")
_ANSWER = texts.mark(
    '{name} is the name of another answer. Write the letter or the word itself, like "tea".'
)


def _outside_marks(source):
    return re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", source)


def power(source):
    """Return what to write for ^ between two numbers, which Python takes for another sign."""
    found = re.search(r"[\d)]\s*\^\s*[\d(]", _outside_marks(source))
    return texts.text(_POWER) if found else ""


def advice(error, source):
    """Return one sentence on what to write in place of the sign at which a cell stopped, or ``""``.

    Parameters
    ----------
    error : Exception
    source : str
        The cell that stopped.
    """
    code = _outside_marks(source)
    if isinstance(error, SyntaxError):
        return _in_a_line(code)
    if isinstance(error, NameError):
        name = getattr(error, "name", None) or ""
        if name == "sqrt" or name == "math":
            return texts.text(_ROOT)
        return texts.text(_ANSWER, name=name) if re.fullmatch(r"answer_\w+", name) else ""
    if isinstance(error, TypeError):
        if re.search(r"for \+: '(?:int|float)' and 'str'|can only concatenate str", str(error)):
            return texts.text(_NUMBER_AND_TEXT)
        return power(source)
    return ""


def _in_a_line(code):
    signs = (
        (r"[“”„«»‘’]", _MARKS),
        (r"√", _ROOT),
        (r"\d\s*%\s*$", _PER_CENT),
        (r"=\s*[\d.\s()*/+-]*\d\s*:\s*\d", _DIVIDED),
        (r"\d,\d{3}(?!\d)", _THOUSANDS),
    )
    return next((texts.text(says) for sign, says in signs if re.search(sign, code, re.M)), "")
