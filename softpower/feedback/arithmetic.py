"""Works out arithmetic that was typed as text: ``"7 / 7.2"``, ``"(3+4)/2"``, ``"6 из 10"``.

Numbers, ``+ - * / ** ( )`` and nothing else: the text is read as a tree and each of its nodes
is known, so no name is looked up and nothing is called.
"""

import ast
import math
import operator
import re

LONGEST = 120  # characters
LARGEST = 1e15
STEEPEST = 12  # the largest power

_SIGNS = str.maketrans(
    {"×": "*", "·": "*", "∙": "*", "⋅": "*", "÷": "/", "⁄": "/", "∕": "/", "^": "^"}
)
_WORKS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


class _Unknown(Exception):
    """Something in the text that is no number and no sign of arithmetic."""


def worked_out(text):
    """Return what arithmetic in text comes to, the likeliest reading first, or an empty tuple.

    Parameters
    ----------
    text : str
        With one kind of dash and space. A comma may begin decimals or group thousands. What
        stands behind an equals sign is taken for the result.

    Returns
    -------
    tuple of float
        Empty where the text is no arithmetic, has more than one meaning ("12-13" may be a
        range), divides by zero or is too large.
    """
    if len(text) > LONGEST:
        return ()
    text = re.sub(r"^\s*(?:\w+\s*)?=", "", text.translate(_SIGNS))
    sides = [side for side in re.split(r"[=≈]", text) if side.strip()]
    if len(sides) == 2 and not _is_sum(sides[1]) and _is_sum(sides[0]):
        return ()  # "7 / 7.2 = 0.97" holds one number behind the sign, which is read as such
    if len(sides) != 1 or not _is_sum(sides[0]):
        return ()
    found = []
    for written in _spellings(_tidy(sides[0])):
        try:
            found.append(_value(ast.parse(written.strip(), mode="eval").body))
        except (_Unknown, SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
            continue
    return tuple(dict.fromkeys(one for one in found if math.isfinite(one)))


def numbers_in(line):
    """Return the numbers of a line of arithmetic, as Python writes it, each where it stands."""
    nodes = ast.walk(ast.parse(line, mode="eval")) if line else ()
    return [node.value for node in nodes if isinstance(node, ast.Constant)]


def result_side(text):
    """Return what stands behind the equals sign of a calculation, or the text as it is."""
    sides = [side for side in re.split(r"[=≈]", text.translate(_SIGNS)) if side.strip()]
    return sides[-1] if len(sides) == 2 and _is_sum(sides[0]) else text


def _tidy(text):
    """Return arithmetic without the unit behind it, and with signs as Python writes them."""
    text = re.sub(r"(?<=\*)\s*(?!100\s*%)(\d+(?:[.,]\d+)?)\s*%", r"(\1/100)", text)
    text = re.sub(r"[\s%]*[^\W\d_]*[\s.%]*$", "", text) if not text.strip().endswith(")") else text
    text = re.sub(r"(?<=\d)\s*(?:out of|of|из)\s*(?=\d)", "/", text)
    text = re.sub(r"(?<=[\d)])\s*[xх]\s*(?=[\d(])", "*", text)
    text = re.sub(r"(?<=[\d)])(?:\s+:\s+|:)(?=[\d(])", "/", text).replace("^", "**")
    return re.sub(r"(?<=\d)[ '’_](?=\d{3}(?!\d))", "", text)


def _is_sum(text):
    """Say whether text is arithmetic: numbers with at least one sign between them."""
    tidy = _tidy(text)
    if not re.fullmatch(r"[\d\s.,+\-*/()]+", tidy) or not re.search(
        r"[\d)]\s*(?:\*\*|[-+*/])\s*[\d(.+-]", tidy
    ):
        return False
    if re.fullmatch(r"\s*\d{4}-\d\d\s*", tidy):  # a year from one summer to the next
        return False
    span = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)-(\d+(?:[.,]\d+)?)\s*", tidy)
    low_high = span and [float(one.replace(",", ".")) for one in span.groups()]
    return not (low_high and low_high[0] < low_high[1])


def _spellings(text):
    """Yield the arithmetic with its commas as thousands and as decimals, where they may be."""
    if "," not in text:
        yield text
        return
    numbers = re.findall(r"\d[\d.,]*", text)
    if all(re.fullmatch(r"\d{1,3}(,\d{3})*(\.\d+)?|\d+(\.\d+)?", one) for one in numbers):
        yield text.replace(",", "")
    if all(re.fullmatch(r"\d+(?:[.,]\d+)?", one) for one in numbers):
        yield text.replace(",", ".")


def _value(node):
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return _bounded(float(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = _value(node.operand)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp) and type(node.op) in _WORKS:
        left, right = _value(node.left), _value(node.right)
        if isinstance(node.op, ast.Pow) and (abs(right) > STEEPEST or left < 0):
            raise _Unknown
        return _bounded(_WORKS[type(node.op)](left, right))
    raise _Unknown


def _bounded(value):
    if not abs(value) <= LARGEST:
        raise _Unknown
    return value
