"""What to write in place of what Python does not read as people mean it: √, 0,5, an open bracket."""

import difflib
import keyword
import re

from softpower import texts
from softpower.errors import CourseError

_MARKS = texts.mark(
    'The quotation marks “ ” or « » are not those of code: write straight ones, as in "tea".'
)
_ROOT = texts.mark("Python has no sign for a root: write the root of 25 as 25 ** 0.5.")
_POWER = texts.mark("A power is written with two stars, 5 ** 2, and not with ^.")
_DIVIDED = texts.mark("Divided by is written /, as in 8 / 4, and not with a colon.")
_STROKE = texts.mark("Divided by is written /, as in 8 / 4, and not with ÷.")
_TIMES = texts.mark("Times is written with a star, as in 8 * 4, and not with × or ·.")
_MINUS = texts.mark("Your minus is a long one, which Python does not read: type the short one, -.")
_OUT_OF = texts.mark('Python does not read "{word}" between two numbers: write /, as in 8 / 4.')
_BEHIND = texts.mark(
    "A number with a word behind it needs quotation marks round both, as in "
    '"5 years". Or write the number alone.'
)
_BEFORE = texts.mark("Leave the sign before the number away: the number alone is enough.")
_THOUSANDS = texts.mark(
    "Nothing stands between the thousands of a number in Python: 4500000, and not 4,500,000."
)
_POINT = texts.mark("Python wants a point before decimals, and not a comma.")
_POINTS = texts.mark("Python wants a point before decimals: {line}.")
_IN_A_SUM = texts.mark(
    "Python takes a comma for the beginning of a second number: write nothing between the "
    "thousands, {line}."
)
_CALCULATES = texts.mark(
    "Python calculates with numbers, and not with what stands in quotation marks: write the number "
    "itself there, without marks."
)
_A_WORD = texts.mark(
    "{name} is a word, and Python calculates with numbers: write its number from the table or the "
    "task in its place."
)
_NUMBER_AND_TEXT = texts.mark(
    'A number and text cannot be added: leave what stands in quotation marks away, such as "%".'
)
_PER_CENT = texts.mark("Leave the % behind the number away: the number alone is enough.")
_ANSWER = texts.mark(
    '{name} is the name of another answer. Write the letter or the word itself, like "tea".'
)
COMPARED = texts.mark("Two signs, ==, only compare, and keep nothing: write {name} = … with one.")
_EITHER = texts.mark(
    'Of what stands on both sides of "{word}" Python keeps one alone and says nothing. Write one '
    "answer, or several inside one pair of quotation marks."
)
WORDS = texts.mark('Words need quotation marks: "{words}", and not {words}.')
_THREE = texts.mark(
    'Three quotation marks, """, belong before the text and three behind it, with all of the text '
    "between them, from its first { to its last }."
)
_OPEN = texts.mark("The bracket {sign} is opened and never closed: put {other} where it ends.")
_UNOPENED = texts.mark(
    "The bracket {sign} closes nothing: take it away, or put {other} where it begins."
)
_CLOSED = texts.mark("The bracket {sign} is closed by {found}: close it by {other}.")
_QUOTE = texts.mark(
    "A quotation mark is missing: one stands before the words and one of the same kind behind them."
)
_COMMA = texts.mark("A comma is missing: one stands between each two things in the brackets.")
_COLON = texts.mark("A colon, :, is missing at the end of the line that begins with def.")
_INDENT = texts.mark("Before one line stand spaces that do not belong there: take them away.")
_NO_INDENT = texts.mark("The lines after def begin with four spaces each.")
_ENDS = texts.mark("The line ends with a sign, and something belongs behind it.")
_CALL = texts.mark(
    "Before a bracket a sign is missing: * or /, say. Python takes a name or a number with "
    "a bracket behind it for a function."
)
_MISSING = texts.mark(
    "Between the brackets of {function} something is missing: {name}=… What does the task say of "
    "it?"
)
_CAPITALS = texts.mark(
    "To Python {name} and {other} are two names: it tells capital letters from small ones."
)
_NO_NAME = texts.mark("There is no .{name} there. Is {other} meant?")
_NO_KEY = texts.mark("{name} is not known there. Is it spelt as in the table, with its capitals?")

_CLOSES = {"(": ")", "[": "]", "{": "}"}
_OPENS = {close: opened for opened, close in _CLOSES.items()}
_ARITHMETIC = r"[\d\s.,+*/()-]+"
_COMMA_IN_NUMBER = re.compile(r"(?<![\d.,])\d+,\d+(?![\d.,])")


def _outside_marks(source):
    return re.sub(r"#.*", "", re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", source))


def unheard(source):
    """Return what to write for a sign that Python takes for another and without an error, or "".

    It is ^ between two numbers, or a word between two texts: ``"a" or "b"``.
    """
    either = re.search(r"(?:\"[^\"\n]*\"|'[^'\n]*')\s+(or|and)\s+[\"']", source)
    if either:
        return texts.text(_EITHER, word=either[1])
    found = re.search(r"[\d)]\s*\^\s*[\d(]", _outside_marks(source))
    return texts.text(_POWER) if found else ""


def pair(source):
    """Return what to write for 92,5/80, of which Python makes two numbers without an error."""
    line = _arithmetic_with_commas(source)
    return _with_points(line) if line and re.search(r"\d\)*\s*[+*/-]", line) else ""


def _arithmetic_with_commas(source):
    """Return the arithmetic to which an answer is set, where a number in it has a comma."""
    found = re.search(
        rf"^\s*answer_\w+\s*=({_ARITHMETIC})\Z", _outside_marks(source).rstrip(), re.M
    )
    line = found[1].strip() if found else ""
    return line if _COMMA_IN_NUMBER.search(line) else ""


def _with_points(line):
    """Return what to write for arithmetic with decimal commas, with points where they are clear."""
    thousands = r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3})+(?!\d|,)"
    bare = re.sub(thousands, lambda number: number[0].replace(",", ""), line)
    if line and "," not in bare and "\n" not in line:
        return texts.text(_IN_A_SUM, line=bare)
    if not line or len(line) > 60 or "\n" in line or re.search(r"[1-9]\d*,\d{3}(?!\d)", line):
        return texts.text(_POINT)
    return texts.text(_POINTS, line=re.sub(r"(?<=\d),(?=\d)", ".", line))


def advice(error, source):
    """Return one sentence on what to write in place of the sign at which a cell stopped, or ``""``.

    Parameters
    ----------
    error : Exception
    source : str
        The cell that stopped.
    """
    if isinstance(error, CourseError):
        return str(error)
    code = _outside_marks(source)
    if isinstance(error, SyntaxError):
        return _of_text(error, source) or _in_a_line(code) or _of_brackets(error, code)
    if isinstance(error, NameError):
        name = getattr(error, "name", None) or ""
        if name == "sqrt" or name == "math":
            return texts.text(_ROOT)
        if re.fullmatch(r"answer_\w+", name):
            return texts.text(_ANSWER, name=name)
        called = re.search(rf"\b{re.escape(name)}\s*[(.\[]", code)
        bare = name and not called and _in_arithmetic(name, code)
        return texts.text(_A_WORD, name=name) if bare else ""
    if isinstance(error, ZeroDivisionError):
        line = _arithmetic_with_commas(source)
        return _with_points(line) if line else ""
    if isinstance(error, TypeError):
        return _of_types(str(error), code, source)
    if isinstance(error, AttributeError):
        return _of_name(error)
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        return texts.text(_NO_KEY, name=texts.cell(repr(error.args[0])))
    return ""


def _in_arithmetic(name, code):
    """Say whether a word stands where arithmetic needs a number: 1.20 / believed."""
    word = re.escape(name)
    beside = rf"[/*+]\s*\(*\s*{word}\b|\b{word}\s*\)*\s*[/*+]"
    after = rf"\d\s*\)*\s*-\s*\(*\s*{word}\b|\b{word}\s*\)*\s*-\s*\(*\s*\d"
    digits = len(name) > 1 or re.search(r"=.*\d", code)
    return bool(digits and re.search(f"{beside}|{after}", code))


def _of_types(said, code, source):
    """Return what to say where Python cannot do something with what it has, or ``""``."""
    if re.search(r"for \+: '(?:int|float)' and 'str'|can only concatenate str", said):
        return texts.text(_NUMBER_AND_TEXT)
    if re.search(r"unsupported operand.*'str'|non-int of type 'float'", said):
        return texts.text(_CALCULATES)
    line = _arithmetic_with_commas(source)
    if "tuple" in said and line:
        return _with_points(line)
    if "tuple" in said and _COMMA_IN_NUMBER.search(code):
        return texts.text(_POINT)
    if re.search(r"\d\s+in\s+\d", code):
        return texts.text(_OUT_OF, word="in")
    if re.search(r"'(?:int|float)' object is not callable", said):
        return texts.text(_CALL)
    missing = re.search(r"(\w+|<\w+>)\(\) missing \d+ required [\w-]+ arguments?: '(\w+)'", said)
    if missing:
        return texts.text(_MISSING, function=missing[1], name=missing[2])
    return unheard(source)


def _of_name(error):
    """Return which name behind a point may be meant, or ``""``."""
    name, held = getattr(error, "name", None), dir(getattr(error, "obj", None))
    if not name:
        return ""
    same = [one for one in held if one.lower() == name.lower()]
    if same:
        return texts.text(_CAPITALS, name=name, other=same[0])
    public = [one for one in held if not one.startswith("_")]
    near = difflib.get_close_matches(name, public, n=1, cutoff=0.75)
    return texts.text(_NO_NAME, name=name, other=near[0]) if near else ""


def _of_text(error, source):
    """Return that the three marks round a text of many lines are broken, or ``""``."""
    many = "unterminated" in (error.msg or "") and ('"""' in source or "'''" in source)
    few = re.search(r"=\s*[\"']{1,2}\s*\{\s*[\"'\n]", source)
    return texts.text(_THREE) if many or few else ""


_LINE = r"^(?!\s*(?:def|if|elif|else|for|while|with|class)\b)(?!.*\blambda\b)[^\[\]{}\n]*"
_SIGNS = (
    (r"[“”„«»‘’]", _MARKS),
    (r"√", _ROOT),
    (r"[−–—]", _MINUS),
    (r"÷", _STROKE),
    (r"[×·]", _TIMES),
    (r"\d\s*%\s*(?:[),*/]|$)", _PER_CENT),
    (_LINE + r"[\d)]\s*:\s*[\d(]", _DIVIDED),
    (r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3})+(?!\d)|\d \d{3}(?!\d)|\d\.\d{3}\.\d{3}(?!\d)", _THOUSANDS),
    (r"(?<![\d.])\d+,0\d*(?![\d,])|:\s*-?\d+,\d+", _POINT),
    (r"=\s*(?:[<>≈≤≥$€£¥₸])+\s*\d", _BEFORE),
)


def _in_a_line(code):
    between = re.search(r"\d\)?\s+(out of|of|from|per|over|divided by|из|на)\s+\(?\d", code)
    if between:
        return texts.text(_OUT_OF, word=between[1])
    line = _arithmetic_with_commas(code)
    if re.search(r"(?<![\d,])\d+,\d{1,2}(?![\d,])", line):
        return _with_points(line)
    for sign, says in _SIGNS:
        if re.search(sign, code, re.M):
            return (
                _with_points(_arithmetic_with_commas(code)) if says is _POINT else texts.text(says)
            )
    words = _bare_words(code)
    if words:
        return texts.text(WORDS, words=words)
    if re.search(r"[-+*/=]\s*\Z", code):
        return texts.text(_ENDS)
    behind = re.search(r"=\s*-?\d[\d.,]*\s*[^\W\d_]{2,}\.?\s*$", code, re.M)
    return texts.text(_BEHIND) if behind else ""


def _bare_words(code):
    """Return the words that stand beside each other without quotation marks, or ``""``."""
    inside = r"(?:=|[(\[{,:])\s*([^\W\d]\w*(?: [^\W\d]\w*)+)\s*(?=[,)\]}]|$)"
    for found in re.findall(inside, code, re.M):
        if not any(keyword.iskeyword(word) for word in found.split()):
            return found
    return ""


def _of_brackets(error, code):
    """Return what a bracket, a quotation mark or a comma lacks by Python's own words, or ``""``."""
    said = error.msg or ""
    signs = re.findall(r"'([()\[\]{}])'", said)
    if "was never closed" in said and signs:
        return texts.text(_OPEN, sign=signs[0], other=_CLOSES[signs[0]])
    if said.startswith("unmatched") and signs:
        return texts.text(_UNOPENED, sign=signs[0], other=_OPENS[signs[0]])
    if "does not match opening" in said and len(signs) == 2:
        return texts.text(_CLOSED, sign=signs[1], found=signs[0], other=_CLOSES[signs[1]])
    if "unterminated" in said:
        return texts.text(_QUOTE)
    if "forgot a comma" in said and re.search(r"[\[{]", code):
        return texts.text(_COMMA)
    if said.startswith("expected ':'") and re.search(r"^\s*def\b", code, re.M):
        return texts.text(_COLON)
    if "unexpected indent" in said:
        return texts.text(_INDENT)
    return texts.text(_NO_INDENT) if "expected an indented block" in said else ""
