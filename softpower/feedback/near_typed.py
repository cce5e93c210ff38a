"""Finds a number that was typed into a wrong function, in place of what the function is given."""

import ast

from softpower import texts
from softpower.feedback.line_results import alike, changed, compiled, tried

NUMBER = texts.mark(
    "A fixed number stands in your line, {number} or one like it: it fits one call and not every "
    "other. What of that which the function is given belongs there?"
)
CONSTANT = texts.mark(
    "A number in your line is another than the task gives. Which are its numbers, and what is "
    "each for?"
)
LOST = texts.mark("`{part}` has no part in your line at one of its places. What is it for?")
_TIMES = texts.mark(
    "Each result is the right one, multiplied or divided by one and the same number. Which number "
    "in your line does that?"
)
_MORE = texts.mark(
    "Each result is too large, or too small, by one and the same number. Which number in your line "
    "does that?"
)


def message(line, bodies, calls, mine):
    """Return that a number of the learner's own has a part in every result, or ``""``.

    Each part of a line is taken for unknown, and worked out from what the function gave: the same
    number at every call was typed.

    Parameters
    ----------
    line : str
        The right function in one line of Python.
    bodies : list of ast.expr
        What it gives back: as it should be, and without one of its pairs of brackets.
    calls : list of tuple
        The arguments of every call.
    mine : list of list of float
        What the learner's function gave at each of them; None where it stopped.
    """
    if None in mine:
        return ""
    tree = ast.parse(line, mode="eval").body
    for body in bodies:
        for part in _open_parts(body):
            number = _worked_out(tree, body, part, calls, mine)
            if number is None:
                continue
            typed = ast.Lambda(tree.args, changed(body, part, ast.Constant(number)))
            if all(map(alike, mine, tried(compiled(ast.unparse(typed)), calls))):
                if abs(number) == 1:  # where a part is 1, it has no part in the line
                    return texts.text(LOST, part=ast.unparse(part))
                own = isinstance(part, ast.Constant)
                return texts.text(CONSTANT if own else NUMBER, number=f"{number:.4g}")
    return _times_or_more(line, calls, mine)


def _open_parts(body):
    """Yield the parts of a line that its result can be turned back to: sums above them only."""
    for side in ("left", "right") if isinstance(body, ast.BinOp) else ():
        part = getattr(body, side)
        if isinstance(body.op, (ast.Add, ast.Sub, ast.Mult, ast.Div)):
            yield part
            yield from _open_parts(part)


def _worked_out(tree, body, part, calls, mine):
    """Return the number that would stand in place of a part, from the first call that tells it."""
    back = _turned_back(body, part, "result")
    names = ", ".join(argument.arg for argument in tree.args.args)
    function = compiled(f"lambda result, {names}: {back}")
    results = [_like(call, given) for call, given in zip(calls, mine, strict=True)]
    known = [
        (result, *call) for result, call in zip(results, calls, strict=True) if result is not None
    ]
    for found in tried(function, known):
        numbers = [one for one in found or () if one]
        if numbers:
            return float(f"{numbers[0]:.6g}")
    return None


def _like(call, given):
    """Return what a function gave in the form of the column that it was given, or as a number."""
    if given is None or len(given) == 1:
        return given and given[0]
    column = next((one for one in call if hasattr(one, "to_numpy")), None)
    return None if column is None or len(column) != len(given) else type(column)(given)


# What undoes a sum, where the part that is looked for stands before its sign, and behind it.
_BEFORE = {
    ast.Add: "({0} - {1})",
    ast.Sub: "({0} + {1})",
    ast.Mult: "({0} / {1})",
    ast.Div: "({0} * {1})",
}
_BEHIND = {
    ast.Add: "({0} - {1})",
    ast.Sub: "({1} - {0})",
    ast.Mult: "({0} / {1})",
    ast.Div: "({1} / {0})",
}


def _turned_back(body, part, result):
    """Return the line that gives a part of a line from its result, as text."""
    if body is part:
        return result
    left, right = f"({ast.unparse(body.left)})", f"({ast.unparse(body.right)})"
    if any(node is part for node in ast.walk(body.left)):
        return _turned_back(body.left, part, _BEFORE[type(body.op)].format(result, right))
    return _turned_back(body.right, part, _BEHIND[type(body.op)].format(result, left))


def _times_or_more(line, calls, mine):
    """Return that all results are the right ones times a number, or a number more, or ``""``."""
    right = list(tried(compiled(line), calls))
    if None in right or list(map(len, right)) != list(map(len, mine)):
        return ""
    pairs = [
        pair
        for one, other in zip(mine, right, strict=True)
        for pair in zip(one, other, strict=True)
    ]
    times = {f"{m / r:.6g}" for m, r in pairs if r}
    if len(pairs) > 2 and len(times) == 1 and all(abs(m) < 1e-9 for m, r in pairs if not r):
        return texts.text(_TIMES)
    if len(pairs) > 2 and len({f"{m - r:.6g}" for m, r in pairs}) == 1:
        return texts.text(_MORE)
    return ""
