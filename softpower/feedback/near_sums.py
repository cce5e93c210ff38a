"""Finds what a wrong number was made of, from the arithmetic of the right one.

An entry of the bank may hold how its number comes about, ``worked = "(150 - 49) / 150 * 100"``.
From it come the lines that people type in its place: a step left out, two terms exchanged, another
sign, no brackets. Where a wrong number is what one of them gives, it is told which.
"""

import ast
import itertools
import re
from functools import lru_cache

from softpower import texts
from softpower.feedback import arithmetic, reading

# What a wrong sign did: to two numbers, and to two parts of the line that are steps themselves.
_DID = {
    ast.Add: (
        texts.mark(
            "You seem to have added {first} and {second}. What do the two have to do with each other?"
        ),
        texts.mark(
            "You seem to have added two parts of the line. What do the two have to do with each other?"
        ),
    ),
    ast.Sub: (
        texts.mark(
            "You seem to have subtracted {first} and {second}. What do the two have to do with each "
            "other?"
        ),
        texts.mark(
            "You seem to have subtracted two parts of the line. What do the two have to do with each "
            "other?"
        ),
    ),
    ast.Mult: (
        texts.mark(
            "You seem to have multiplied {first} and {second}. What do the two have to do with each "
            "other?"
        ),
        texts.mark(
            "You seem to have multiplied two parts of the line. What do the two have to do with each "
            "other?"
        ),
    ),
    ast.Div: (
        texts.mark(
            "You seem to have divided {first} and {second}. What do the two have to do with each "
            "other?"
        ),
        texts.mark(
            "You seem to have divided two parts of the line. What do the two have to do with each "
            "other?"
        ),
    ),
}


def message(worked, number, beside=()):
    """Return what a number was made of, or ``""``.

    Parameters
    ----------
    worked : str or tuple of str
        The arithmetic of the right number, as Python writes it, in one way or several.
    number : float
    beside : tuple of float
        The numbers of the task, of which one may stand in the place of another; those of the line
        itself need not be among them.
    """
    ways = worked if isinstance(worked, (tuple, list)) else (worked,)
    fits = [one for way in ways for one in _lines(way, beside) if _is(one[0], number, one[2])]
    if not fits:
        return ""
    sure = [said for _, said, surely in fits if surely in (_SURE, _BEGUN)]
    told = {texts.text(says, **places) for _, (says, places), _ in fits}
    if len(told) > 1 and not sure:
        return texts.text(_SEVERAL)  # nothing tells which of them it was
    says, places = sure[0] if sure else fits[0][1]
    return texts.text(says, **places)


def step(worked, number):
    """Return that a number is one with which the answer begins, or a step on the way, or ``""``.

    Told from three digits on, and of the number as it stands: before any slip that it resembles.
    """
    ways = worked if isinstance(worked, (tuple, list)) else (worked,)
    for line, says, places in (one for way in ways if way for one in (*_terms(way), *_steps(way))):
        value = _number(line) or comes_to(line)
        exact = value and abs(value - number) <= 1e-6 * abs(value)
        if exact and reading.digits(number, reading.decimals(number)) >= 3:
            return texts.text(says, **places)
    return ""


def comes_to(worked):
    """Return the number that arithmetic comes to, or None where it is none."""
    return next(iter(arithmetic.worked_out(worked)), None)


def _number(line):
    try:
        return float(line)
    except ValueError:
        return None


# How many digits tell that a number is what a line gives: where it is rounded, and as it stands.
# What many lines may give by chance takes more of them.
_SURE, _BEGUN, _LIKELY, _LESS, _RARE = (2, 2), (2, 1), (3, 2), (3, 3), (4, 3)
_NEAR = (4, 4)  # close to the right number, where a slip of rounding ends up too


def _is(value, number, digits):
    """Say whether a number is a value as a person writes it: rounded to so many digits or more."""
    places = reading.decimals(number)
    if abs(value - number) <= 1e-6 * abs(value):
        return reading.digits(number, places) >= digits[1]
    return reading.digits(number, places) >= digits[0] and reading.is_rounding(
        value, number, places
    )


@lru_cache(maxsize=200)
def _lines(worked, beside):
    """Return every value that a near line gives, with what to say of it; the surest first.

    What to say is a message and what stands in its places: the lines are kept, and the language
    is the reader's.
    """
    if not worked:
        return ()
    found = []
    right, long = comes_to(worked), sum(1 for _ in _constants(worked)) > 5
    makes = (_without_brackets, _terms, _steps, _turned, _left_out, _other_signs)
    sure = [
        (one, _BEGUN if one[1] in (_TERM, _STEP) else _LESS if long else _SURE)
        for m in makes
        for one in m(worked)
    ]
    less = [(one, _RARE if long else _LESS) for one in _replaced(worked, beside)]
    less += [] if long else [(one, _LIKELY) for one in _exchanged(worked)]
    for (line, says, places), digits in (*sure, *less):
        value = _number(line) or comes_to(line)
        if value and abs(value - right) > 1e-9:
            close = abs(value - right) <= 0.05 * abs(right)  # where a slip of rounding ends up too
            found.append((value, (says, places), _NEAR if close else digits))
    return tuple([*found, *_scaled(found, right)])


def _scaled(found, right):
    """Yield each value a hundred times larger and smaller, and what is left of a whole."""
    for value, said, _ in found:
        if said[0] not in (_TERM, _STEP):
            for one, digits in (
                (value * 100, _LESS),
                (value / 100, _LESS),
                (1 - value, _RARE),
                (100 - value, _RARE),
            ):
                if abs(one - right) > 0.05 * abs(right):
                    yield one, said, digits


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


def _pairs(worked):
    """Yield where each pair of brackets opens and closes."""
    opened = []
    for place, sign in enumerate(worked):
        if sign == "(":
            opened.append(place)
        elif sign == ")":
            yield opened.pop(), place


_FIRST = texts.mark(
    "Without its brackets a line multiplies and divides first. Which part of yours belongs "
    "together? Put brackets round it."
)
_FROM_LEFT = texts.mark(
    "Without its brackets a line goes from left to right, one sign after the other. Which part of "
    "yours belongs together? Put brackets round it."
)


def without(line, start, end):
    """Return a line without one pair of its brackets, and what Python does in their place."""
    inside, before, after = line[start + 1 : end], line[:start].rstrip(), line[end + 1 :].lstrip()
    sums = re.search(r"[\w.)]\s*[+-]", inside)
    first = sums and (before.endswith(("*", "/")) or after.startswith(("*", "/")))
    return line[:start] + inside + line[end + 1 :], _FIRST if first else _FROM_LEFT


def _without_brackets(worked):
    each = [without(worked, *places) for places in _pairs(worked)]
    if each:
        says = _FIRST if _FIRST in [said for _, said in each] else _FROM_LEFT
        yield worked.replace("(", "").replace(")", ""), says, {}
    for line, says in each:
        yield line, says, {}


_SEVERAL = texts.mark(
    "That number can come about in more than one way. Say your line in words: what does each number "
    "in it count, and is it the one that the task asks for?"
)
_TERM = texts.mark(
    "That is one of the numbers with which the answer begins. What has to be done with it?"
)
_STEP = texts.mark("That is a step on the way, and not the end. What comes after it?")


def _terms(worked):
    for node in ast.walk(_tree(worked)):
        if isinstance(node, ast.Constant) and node.value not in (1, 2, 100):
            yield (
                ast.unparse(node),
                _TERM,
                {},
            )


def _steps(worked):
    for count, node in _sums(worked):
        if count and not _is_scale(node, worked):
            yield (
                ast.unparse(node),
                _STEP,
                {},
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
            yield line, _TURNED[type(node.op), bool(_both(node))], _both(node)


_TURNED = {
    (ast.Sub, False): texts.mark(
        "Two parts of your line stand in each other's place: which is taken from which?"
    ),
    (ast.Sub, True): texts.mark(
        "Two parts of your line stand in each other's place: which is taken from which? Look at "
        "{first} and {second}."
    ),
    (ast.Div, False): texts.mark(
        "Two parts of your line stand in each other's place: which is divided by which?"
    ),
    (ast.Div, True): texts.mark(
        "Two parts of your line stand in each other's place: which is divided by which? Look at "
        "{first} and {second}."
    ),
}


def _left_out(worked):
    for count, node in _sums(worked):
        for kept, lost in (("left", node.right), ("right", node.left)):
            if isinstance(lost, ast.Constant) and lost.value == 100:
                continue  # a share in place of per cent is told as such
            line = _changed(worked, count, lambda n, kept=kept: getattr(n, kept))
            if isinstance(lost, ast.Constant):
                says = _LOST if _stands_once(lost, worked) else _LOST_HERE
                yield line, says, {"number": _shown(lost)}
            else:
                yield line, _STEP_LOST, {}


_LOST = texts.mark("{number} has no part in your result. What is it for?")
_LOST_HERE = texts.mark("{number} has no part in your result at one of its places. What is it for?")
_STEP_LOST = texts.mark("A step of the way is missing. Which numbers have no part in your result?")


def _stands_once(constant, worked):
    return sum(ast.dump(node) == ast.dump(constant) for node in ast.walk(_tree(worked))) == 1


def _other_signs(worked):
    for count, node in _sums(worked):
        for sign in _DID:
            if not isinstance(node.op, sign):
                line = _changed(
                    worked, count, lambda n, sign=sign: ast.BinOp(n.left, sign(), n.right)
                )
                numbers, parts = _DID[sign]
                yield line, numbers if _both(node) else parts, _both(node)


def _constants(worked):
    """Yield the number of each constant in the line, and its node."""
    nodes = (node for node in ast.walk(_tree(worked)) if isinstance(node, ast.Constant))
    yield from enumerate(nodes)


def _with_numbers(worked, new):
    """Return the line with some of its constants replaced, by their number."""
    tree = _tree(worked)
    for count, node in enumerate([n for n in ast.walk(tree) if isinstance(n, ast.Constant)]):
        node.value = new.get(count, node.value)
    return ast.unparse(tree)


def _replaced(worked, beside):
    """Yield the lines in which another number of the task stands in the place of one."""
    held = [node.value for _, node in _constants(worked)]
    for count, node in _constants(worked):
        for other in dict.fromkeys([*beside, *held]):
            if other != node.value and node.value not in (1, 100) and other not in (1, 100):
                yield _with_numbers(worked, {count: other}), _INSTEAD, {"number": f"{other:g}"}


_INSTEAD = texts.mark(
    "It looks as if {number} stood in your line in the place of another number of the task or of "
    "its table. Which one belongs there?"
)
_PLACES = texts.mark(
    "The numbers are those of the task, and two of them, {first} and {second}, seem to stand in "
    "each other's place."
)


def _exchanged(worked):
    """Yield the lines in which two numbers stand in each other's place."""
    for (one, a), (other, b) in itertools.combinations(_constants(worked), 2):
        if a.value != b.value and not {a.value, b.value} & {1, 100}:
            line = _with_numbers(worked, {one: b.value, other: a.value})
            yield line, _PLACES, {"first": f"{a.value:g}", "second": f"{b.value:g}"}


def _shown(constant):
    """Return a number of the line as it is spoken of: a computed one has too many digits."""
    text = ast.unparse(constant)
    return text if len(text) <= 9 else f"{constant.value:.4g}"


def _both(node):
    """Return the two numbers of an operation by place, or nothing where one is a step itself."""
    plain = all(isinstance(one, ast.Constant) for one in (node.left, node.right))
    return {"first": _shown(node.left), "second": _shown(node.right)} if plain else {}
