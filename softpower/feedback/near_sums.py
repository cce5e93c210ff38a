"""Finds what a wrong number was made of, from the arithmetic of the right one.

An entry of the bank may hold how its number comes about, ``worked = "(150 - 49) / 150 * 100"``.
From it come the lines that people type in its place: a step left out, two terms exchanged, another
sign, no brackets. Where a wrong number is what one of them gives, it is told which.
"""

import ast
from functools import lru_cache

from softpower.feedback import arithmetic, reading

_DID = {
    ast.Add: "added",
    ast.Sub: "subtracted",
    ast.Mult: "multiplied",
    ast.Div: "divided",
}


def message(worked, number):
    """Return what a number was made of, or ``""``.

    Parameters
    ----------
    worked : str
        The arithmetic of the right number, as Python writes it.
    number : float
    """
    fits = (says for value, says in _lines(worked) if _is(value, number))
    return next(fits, "")


def comes_to(worked):
    """Return the number that arithmetic comes to, or None where it is none."""
    return next(iter(arithmetic.worked_out(worked)), None)


def _number(line):
    try:
        return float(line)
    except ValueError:
        return None


def _is(value, number):
    """Say whether a number is a value as a person writes it: rounded to two digits or more."""
    if abs(value - number) <= 1e-6 * abs(value):
        return True
    places = reading.decimals(number)
    return reading.digits(number, places) >= 2 and reading.is_rounding(value, number, places)


@lru_cache(maxsize=200)
def _lines(worked):
    """Return every value that a near line gives, with what to say of it; the surest first."""
    found = []
    for make in (_without_brackets, _terms, _steps, _turned, _left_out, _other_signs):
        for line, says in make(worked):
            value = _number(line) or comes_to(line)
            if value:
                found.append((value, says))
    return tuple(found)


def _tree(worked):
    return ast.parse(worked, mode="eval").body


def _sums(worked):
    """Yield the number of each operation in the line, and its node."""
    yield from enumerate(node for node in ast.walk(_tree(worked)) if isinstance(node, ast.BinOp))


def _changed(worked, count, change):
    """Return the line with one of its operations changed."""
    tree = ast.parse(worked, mode="eval")
    target = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp)][count]

    class Change(ast.NodeTransformer):
        def visit_BinOp(self, node):
            return change(node) if node is target else self.generic_visit(node)

    return ast.unparse(Change().visit(tree))


def _without_brackets(worked):
    bare = worked.replace("(", "").replace(")", "")
    if bare != worked:
        yield (
            bare,
            "Without its brackets a line multiplies and divides first. Which part of yours belongs "
            "together? Put brackets round it.",
        )


def _terms(worked):
    for node in ast.walk(_tree(worked)):
        if isinstance(node, ast.Constant) and node.value not in (1, 2, 100):
            yield (
                ast.unparse(node),
                "That is one of the numbers with which the answer begins. What has to be done with it?",
            )


def _steps(worked):
    for count, node in _sums(worked):
        if count and not _is_scale(node, worked):
            yield (
                ast.unparse(node),
                "That is a step on the way, and not the end. What comes after it?",
            )


def _is_scale(node, worked):
    """Say whether a node is all of the line but for times 100: a share in place of per cent."""
    match _tree(worked):
        case ast.BinOp(left=part, right=ast.Constant(value=100)):
            return ast.dump(part) == ast.dump(node)
    return False


def _turned(worked):
    for count, node in _sums(worked):
        if isinstance(node.op, (ast.Sub, ast.Div)):
            line = _changed(worked, count, lambda n: ast.BinOp(n.right, n.op, n.left))
            did = "taken from" if isinstance(node.op, ast.Sub) else "divided by"
            which = f" Look at {_both(node)}." if _both(node) else ""
            yield (
                line,
                f"Two parts of your line stand in each other's place: which is {did} which?{which}",
            )


def _left_out(worked):
    for count, node in _sums(worked):
        for kept, lost in (("left", node.right), ("right", node.left)):
            if isinstance(lost, ast.Constant) and lost.value == 100:
                continue  # a share in place of per cent is told as such
            line = _changed(worked, count, lambda n, kept=kept: getattr(n, kept))
            if isinstance(lost, ast.Constant):
                where = "" if _stands_once(lost, worked) else " at one of its places"
                yield (
                    line,
                    f"{ast.unparse(lost)} has no part in your result{where}. What is it for?",
                )
            else:
                yield (
                    line,
                    "A step of the way is missing. Which numbers have no part in your result?",
                )


def _stands_once(constant, worked):
    return sum(ast.dump(node) == ast.dump(constant) for node in ast.walk(_tree(worked))) == 1


def _other_signs(worked):
    for count, node in _sums(worked):
        for sign in _DID:
            if not isinstance(node.op, sign):
                line = _changed(
                    worked, count, lambda n, sign=sign: ast.BinOp(n.left, sign(), n.right)
                )
                two = _both(node) or "two parts of the line"
                yield (
                    line,
                    f"You seem to have {_DID[sign]} {two}. What do the two have to do with each other?",
                )


def _both(node):
    """Return the two numbers of an operation in words, or ``""`` where one is a step itself."""
    plain = all(isinstance(one, ast.Constant) for one in (node.left, node.right))
    return f"{ast.unparse(node.left)} and {ast.unparse(node.right)}" if plain else ""
