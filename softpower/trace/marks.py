"""What an author writes beside a figure that no row can be found for by itself.

A mark stands in the key ``figures`` of a question of the bank, or in ``data/figures.toml`` for
the tables, labs and examples of a plan: the figure as it is written, and one of the following.
``softpower trace --name`` writes the first and the last by itself, into ``data/carried.toml``.

``"gspi_ranks [KAZ, rank, 2024]"``
    the row that holds it;
``"357 - 318"``
    arithmetic that gives it, over numbers that stand in the question, in the same text or in
    a row: each is looked for;
``"invented"`` or ``"chosen"``
    made up for an example, or a threshold or setting: nothing is claimed about the world;
``"said"``
    only in a table: the sentence, with the source of its row or one that it names, is the one
    place in which this figure stands;
``"task"``
    only in the bank: the figure is one of the numbers that the question gives;
``"scale"``
    0, 1 or 100 as the end of a scale or the whole of a percentage.

A mark holds for the figure as it is written, and for no other: a changed digit loses it.
"""

import ast
import math
import operator
import re
from dataclasses import replace

from softpower.trace.carriers import at, holds, numbers, speaks_of
from softpower.trace.reading import SCALES

OWN, SAID, TASK = ("invented", "chosen"), "said", "task"
SCALE = "scale"
ADDRESS = re.compile(r"[a-z_0-9]+ \[.+\]")
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(thousand|million|billion|trillion)?")
# The ends of a scale and the whole of a percentage, where they are no more than that.
ENDS = frozenset((0.0, 1.0, 100.0))
_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


def is_given(figure, numbers):
    """Return whether a figure is one of the numbers that a question gives."""
    if figure.kind == "rank":
        return any(figure.low <= number <= figure.high for number in numbers)
    scaled = (number * scale for number in numbers for scale in (1, *SCALES.values()))
    return any(figure.low <= number <= figure.high for number in scaled)


def is_end(figure):
    """Return whether a figure is 0, 1 or 100, and no rank or money."""
    return figure.kind in ("", "percent") and (figure.low + figure.high) / 2 in ENDS


def numbers_in(text):
    """Return every number in a text, code and invented ones too, as written and with its scale."""
    found = set()
    for digits, scale in _NUMBER.findall(re.sub(r"(?<=\d)_(?=\d)", "", text)):
        value = float(digits.replace(",", "") or 0)
        found |= {value, value * SCALES.get(scale, 1)}
    return frozenset(found)


def check(figure, mark, passage):
    """Return the row that a mark names, or None, and the problem, or ``""``."""
    if mark in OWN:
        return None, ""
    if mark == TASK:
        given = is_given(figure, passage.given)
        return None, "" if given else "the question's task does not give this number"
    if mark == SCALE:
        return None, "" if is_end(figure) else "only 0, 1 and 100 are ends of a scale"
    if mark == SAID:
        return None, "" if "[@" in passage.text else "no source says it: its row names none"
    if ADDRESS.fullmatch(mark):
        return _row(figure, mark)
    try:
        value = evaluate(mark)
    except (SyntaxError, ValueError, ZeroDivisionError):
        return None, f"its mark {mark!r} is no row, no arithmetic and no known word"
    if not any(_gives(figure, value * scale) for scale in (1, *SCALES.values())):
        return None, f"its mark says {mark}, which is {value:.6g}"
    number = unknown(mark, passage.given | numbers_in(passage.text) | ENDS)
    if number:
        return None, f"its mark uses {number}, which stands in no row and not in the question"
    return None, ""


def unknown(formula, here):
    """Return the first number of a formula that stands neither here nor in a table, or ``""``."""
    for digits, scale in _NUMBER.findall(formula):
        number = float(digits.replace(",", ""))
        scaled = {number, number / 1e3, number / 1e6, number * SCALES.get(scale, 1), number * 1e6}
        if number != 2 and not scaled & (here | numbers()):
            return digits
    return ""


def _gives(figure, value):
    slack = 1e-9 * max(1.0, abs(value))
    value = abs(value) if figure.low >= 0 else value
    return figure.low - slack <= value <= figure.high + slack


def _row(figure, address):
    # A note may say 365 where the row's unit is a million.
    for scale in (1, *SCALES.values()):
        scaled = replace(figure, low=figure.low * scale, high=figure.high * scale)
        found = [row for row in at(address) if holds(row, scaled) and speaks_of(row, figure)]
        if found:
            return found[0], ""
    return None, f"the row {address} that is named for it does not hold it"


def evaluate(formula):
    """Return the value of arithmetic as a person writes it: ``8,515 / 8,789 - 1``.

    Raises
    ------
    ValueError, SyntaxError, ZeroDivisionError
        Where it is no arithmetic.
    """
    plain = formula.replace("×", "*").replace(" x ", " * ").replace("−", "-").replace("–", "-")
    plain = re.sub(r"√(\d+)", r"sqrt(\1)", plain)
    plain = _NUMBER.sub(lambda m: f"{float(m[1].replace(',', '')) * SCALES.get(m[2], 1)!r}", plain)
    if not re.fullmatch(r"(?:[\d.e+*/()\s-]|sqrt)+", plain):
        raise ValueError("this is no arithmetic")
    return _value(ast.parse(plain.strip(), mode="eval").body)


def _value(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.UnaryOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.operand))
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "sqrt":
        return math.sqrt(_value(node.args[0]))
    raise ValueError("this is no arithmetic")
