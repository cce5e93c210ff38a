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
_COMMAS = texts.mark(
    "Python takes a comma for the beginning of a second number. Nothing stands "
    "between the thousands, and a point before decimals: {line}."
)
_CALCULATES = texts.mark(
    "Python calculates with numbers, and not with what stands in quotation marks: write the number "
    "itself there, without marks."
)
_A_WORD = texts.mark(
    "{name} is a word, and Python calculates with numbers: write its number from the table or the "
    "task in its place."
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


def commas(source, name=r"answer_\w+"):
    """Return how to write arithmetic whose numbers have commas in them, 8,508 / 6,6, or ``""``.

    Parameters
    ----------
    source : str
        The cell.
    name : str
        A pattern for the name that the line sets.
    """
    line = re.search(rf"^\s*{name}\s*=\s*([\d\s.,()*/+-]*?)\s*(?:#.*)?$", source, re.MULTILINE)
    sums = line and re.search(r"\d\)*\s*[*/+-]\s*\(*\d", line[1])
    if not sums or not re.search(r"\d,\d", line[1]):
        return ""
    written = re.sub(r"\d[\d,]*(?:\.\d+)?", lambda number: _as_code(number[0]), line[1])
    return "" if "," in written else texts.text(_COMMAS, line=written)


def _as_code(number):
    """Return 8,508 as 8508 and 6,6 as 6.6."""
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", number):
        return number.replace(",", "")
    return number.replace(",", ".") if re.fullmatch(r"\d+,\d+", number) else number


def in_arithmetic(name, source):
    """Say whether a word stands where arithmetic needs a number: 1.20 / believed."""
    code, word = _outside_marks(source), re.escape(name)
    beside = rf"[/*+]\s*\(*\s*{word}\b|\b{word}\s*\)*\s*[/*+]"
    after = rf"\d\s*\)*\s*-\s*\(*\s*{word}\b|\b{word}\s*\)*\s*-\s*\(*\s*\d"
    digits = len(name) > 1 or re.search(r"=.*\d", code)
    return bool(digits and re.search(f"{beside}|{after}", code))


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
        return commas(source) or _in_a_line(code)
    if isinstance(error, NameError):
        name = getattr(error, "name", None) or ""
        if name == "sqrt" or name == "math":
            return texts.text(_ROOT)
        if re.fullmatch(r"answer_\w+", name):
            return texts.text(_ANSWER, name=name)
        called = re.search(rf"\b{re.escape(name)}\s*[(.\[]", code)
        bare = name and not called and in_arithmetic(name, source)
        return texts.text(_A_WORD, name=name) if bare else ""
    if isinstance(error, TypeError):
        if "tuple" in str(error):
            return commas(source)
        if re.search(r"for \+: '(?:int|float)' and 'str'|can only concatenate str", str(error)):
            return texts.text(_NUMBER_AND_TEXT)
        if re.search(r"unsupported operand.*'str'|non-int of type 'float'", str(error)):
            return texts.text(_CALCULATES)
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
