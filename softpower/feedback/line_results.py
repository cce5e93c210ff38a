"""What a near line gives, and what is put in another place of it: used by the near lines."""

import ast
import copy
import math
import warnings

from softpower.feedback.plain import plain, values_of


def compiled(text):
    return eval(compile(text, "line", "eval"), {"middle": _middle})


def tried(function, calls):
    """Yield the numbers that a function gives at each call, as :func:`numbers_of` returns them."""
    for call in calls:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield numbers_of({"value": plain(function(*call))})
        except Exception:  # a near line may fail in any way
            yield None


def _middle(values):
    return sorted(values)[len(values) // 2]


def numbers_of(result):
    """Return a result as a list of numbers, or None where it is something else."""
    value = result.get("value")
    held = values_of(value)
    held = held if isinstance(held, list) else [held]
    fine = all(isinstance(one, (int, float)) and math.isfinite(one) for one in held)
    return held if held and fine else None


def alike(mine, theirs):
    """Say whether two results are the same, the first perhaps rounded; errors are the same."""
    if mine is None or theirs is None:
        return mine is None and theirs is None
    return len(mine) == len(theirs) and all(map(_close, mine, theirs))


def _close(mine, theirs):
    if abs(mine - theirs) <= 1e-6 * max(1.0, abs(theirs)):
        return True
    return any(mine == round(theirs, places) for places in (1, 2, 3, 4))


class Change(ast.NodeTransformer):
    """Puts another node wherever one fits, in a copy."""

    def __init__(self, fits, new):
        self.fits, self.new = fits, new

    def visit(self, node):
        if self.fits(node):
            return self.new
        node = copy.copy(node)
        for name, held in ast.iter_fields(node):
            if isinstance(held, list):
                setattr(node, name, list(held))
        return self.generic_visit(node)


def changed(body, target, new):
    """Return a line with one of its nodes replaced."""
    return Change(lambda node: node is target, new).visit(body)


def replaced(body, text, new):
    """Return a line with each part that reads like the text replaced."""
    return Change(lambda node: isinstance(node, ast.expr) and ast.unparse(node) == text, new).visit(
        body
    )
