"""Finds what a wrong function was made of, from the line of the right one.

From ``points / points.sum()`` come the lines that people write in its place: another sign, two
parts exchanged, a part left out, the mean in place of the sum, a fixed number. Where a wrong
function gives what one of them gives, at every call, it is told which.
"""

import ast
from functools import lru_cache

from softpower import texts
from softpower.feedback import near_sums, near_typed
from softpower.feedback.line_results import alike, changed, compiled, numbers_of, replaced, tried
from softpower.feedback.near_typed import CONSTANT, LOST, NUMBER
from softpower.feedback.plain import plain, restore

# Numbers of the tasks and of the lessons before them, typed in place of what is given: agreement by
# chance in lesson and exercise 09, the 12 indicators of lesson 03, the points of lesson 10, the 193
# countries of the index, round ones.
_FIXED = (0.182, 0.26, 1, 2, 3, 4, 5, 10, 12, 20, 21, 40, 50, 60, 80, 100, 193)
_TURNED = {
    ast.Sub: texts.mark(
        "Two parts of your line stand in each other's place: which is taken from which?"
    ),
    ast.Div: texts.mark(
        "Two parts of your line stand in each other's place: which is divided by which?"
    ),
    ast.Pow: texts.mark(
        "Two parts of your line stand in each other's place: which is taken to the power of which?"
    ),
}
_DID = {
    ast.Add: texts.mark(
        "You seem to have added {first} and {second}. What do the two have to do with each other?"
    ),
    ast.Sub: texts.mark(
        "You seem to have subtracted {first} and {second}. What do the two have to do with each "
        "other?"
    ),
    ast.Mult: texts.mark(
        "You seem to have multiplied {first} and {second}. What do the two have to do with each "
        "other?"
    ),
    ast.Div: texts.mark(
        "You seem to have divided {first} and {second}. What do the two have to do with each other?"
    ),
    ast.FloorDiv: texts.mark(
        "Two strokes, //, drop what is after the decimal point. One stroke, /, keeps it."
    ),
    ast.Mod: texts.mark("% gives what is left over after a division, and not per cent."),
    ast.Pow: texts.mark("Two stars, **, take a number to a power. Is that what the task asks for?"),
}
_STEP = texts.mark(
    "Your function hands back a step on the way: `{line}`. What has to be done with it?"
)
_STEP_SCALED = texts.mark(
    "Your function hands back a step on the way, `{line}`, with its sign turned, or multiplied or "
    "divided by a hundred, or taken from 1 or 100. What has to be done with the step itself?"
)
_OTHER = texts.mark("At one place of your line stands `{part}`, where something else belongs.")
_CALLED = texts.mark(
    "`{part}` stands in your line, or something that comes to the same. Is it what the task asks "
    "for at that place?"
)
_COLUMN = texts.mark(
    "At one place your line takes all of `{part}`, where one number made of it is asked for."
)
_PLACE = texts.mark(
    "Your line takes the first or the last value, or the middle one, and leaves the others out. "
    "Which number speaks for all of them?"
)
_TWICE = texts.mark("`{part}` has a part in your line once too often.")
_ONE_OFF = texts.mark("A 1 too many is added or taken away at one place of your line.")
_UPSIDE = texts.mark("`{part}` stands upside down at one place of your line: 1 divided by it.")
_EACH = texts.mark(
    "`{part}` makes one number of each part of your line before they meet. Which comes first: "
    "one number of each, or what the task does with them row by row?"
)
_REST = texts.mark(
    "A whole is taken off, or put on: 1, or 100. Is the share itself asked for, or what it lacks?"
)
_POWER = texts.mark(
    "At the end of your line the result is taken to a power, or its root is drawn. Does the task "
    "ask for that?"
)
_WHOLE = (
    ("100 - {}", _REST),
    ("1 - {}", _REST),
    ("{} - 100", _REST),
    ("{} - 1", _REST),
    ("{} + 1", _REST),
    ("{} + 100", _REST),
    ("{} ** 2", _POWER),
    ("{} ** 0.5", _POWER),
)
_SIGNLOST = texts.mark(
    "abs( ) stands at a place of your line where the sign is needed, or is missing where it is not."
)


def message(line, question, results):
    """Return what a wrong function was made of, or ``""``.

    Parameters
    ----------
    line : str
        The right function in one line of Python, ``"lambda part, whole: part / whole"``.
    question : Question
        Its cases hold the arguments of every call.
    results : list of dict
        What the learner's function gave at each of them, as plain data.
    """
    mine = [numbers_of(result) for result in results]
    if not line or not any(abs(one) > 1e-9 for held in mine for one in held or ()):
        return ""
    calls = [tuple(map(restore, plain(list(case.arguments)))) for case in question.right.cases]
    for function, says, places in _functions(line, _numbers_of(calls)):
        if all(map(alike, mine, tried(function, calls))):
            return texts.text(says, **places)
    body = ast.parse(line, mode="eval").body.body
    bodies = [body, *(bare for bare, _, _ in _brackets(body))]
    return near_typed.message(line, bodies, calls, mine)


def _numbers_of(calls):
    """Return the numbers that the calls hold, and how long their lists are."""
    held = {a for call in calls for a in call if isinstance(a, (int, float))}
    held |= {len(a) for call in calls for a in call if hasattr(a, "__len__")}
    return tuple(sorted({*_FIXED, *held, *map(abs, held)} - {0}))


@lru_cache(maxsize=20)
def _functions(line, fixed):
    """Return a function for each near line, each line once, with what to say of it."""
    found, seen = [], set()
    for tree, says, places in _lines(ast.parse(line, mode="eval").body, fixed):
        text = ast.unparse(tree)
        if text not in seen:
            seen.add(text)
            found.append((compiled(text), says, places))
    return tuple(found)


# --- The near lines -----------------------------------------------------------------------------


def _lines(tree, fixed):
    """Yield each near line, with what to say of it; the surest first."""
    body = tree.body
    for scale, says in _WHOLE:
        yield _with(tree, _scaled(scale, body)), says, {}
    sure = [one for make in _SURE for one in make(body)]
    yield from ((_with(tree, one), says, places) for one, says, places in sure)
    for make in _LESS_SURE:
        yield from ((_with(tree, one), says, places) for one, says, places in make(body))
    yield from ((_with(tree, one), says, places) for one, says, places in _fixed(body, fixed))
    for scale in ("{} * 100", "{} / 100", "-{}", "1 - {}", "100 - {}", "{} / 10000"):
        for one, says, of in sure:
            says = _STEP_SCALED if says is _STEP else says
            yield _with(tree, _scaled(scale, one)), says, of


def _with(tree, body):
    return ast.Lambda(tree.args, body)


def _scaled(scale, body):
    return ast.parse(scale.format(f"({ast.unparse(body)})"), mode="eval").body


def _sums(body):
    return [node for node in ast.walk(body) if isinstance(node, ast.BinOp)]


def _names(body):
    """Return the names in a line that are given to the function, each where it stands."""
    known = {node.func for node in ast.walk(body) if isinstance(node, ast.Call)}
    return [n for n in ast.walk(body) if isinstance(n, ast.Name) and n not in known]


def _calls_in(body):
    return [node for node in ast.walk(body) if isinstance(node, ast.Call)]


def _steps(body):
    seen = set()
    for node in ast.walk(body):
        line = ast.unparse(node) if isinstance(node, (ast.BinOp, ast.Call)) else ""
        if line and node is not body and line not in seen:
            seen.add(line)
            yield node, _STEP, {"line": line}
    for name in {node.id: node for node in _names(body)}.values():
        yield name, _STEP, {"line": name.id}


def _turned(body):
    for node in _sums(body):
        if type(node.op) in _TURNED:
            new = ast.BinOp(node.right, node.op, node.left)
            yield changed(body, node, new), _TURNED[type(node.op)], {}


def _brackets(body):
    line = ast.unparse(body)
    opened = []
    for place, sign in enumerate(line):
        if sign == "(":
            opened.append(place)
        elif sign == ")":
            start = opened.pop()
            if start and (line[start - 1].isalnum() or line[start - 1] == "_"):
                continue  # those of a call
            bare, says = near_sums.without(line, start, place)
            try:
                yield ast.parse(bare, mode="eval").body, says, {}
            except SyntaxError:
                continue


def _left_out(body):
    for node in _sums(body):
        for kept, lost in ((node.left, node.right), (node.right, node.left)):
            yield changed(body, node, kept), LOST, {"part": ast.unparse(lost)}


def _signs(body):
    for node in _sums(body):
        for sign, says in _DID.items():
            if not isinstance(node.op, sign):
                new = ast.BinOp(node.left, sign(), node.right)
                both = {"first": ast.unparse(node.left), "second": ast.unparse(node.right)}
                yield changed(body, node, new), says, both if "{first}" in says else {}


_METHODS = ("mean()", "max()", "min()", "sum()", "median()", "std()", "prod()", "cumsum()")
_PLACES = ("iloc[0]", "iloc[-1]")
_OF_LISTS = ("max", "min", "sum", "len")


def _calls(body):
    """Yield the lines in which another call stands: the mean for the sum, the largest, the last."""
    for node in _calls_in(body):
        for one, says, places in _other_calls(node):
            yield changed(body, node, one), says, places
    yield from _columns(body)
    means = [n for n in _sums(body) if isinstance(n.op, ast.Div) and _is_mean(n)]
    for other in ("max({0})", "min({0})", "{0}[0]", "{0}[-1]", "middle({0})", "len({0})"):
        for chosen in (means, *([one] for one in means)) if means else ():
            line = body
            for node in chosen:
                new = ast.parse(other.format(ast.unparse(node.left.args[0])), mode="eval").body
                line = replaced(line, ast.unparse(node), new)
            if "[" in other or "middle" in other:
                yield line, _PLACE, {}
            else:
                yield line, _CALLED, {"part": other.format("…")}


def _columns(body):
    """Yield the lines that make one number of a column in another place, or of another part."""
    columns = {
        ast.unparse(node.func.value): node.func.value
        for node in _calls_in(body)
        if isinstance(node.func, ast.Attribute) and not node.args and not node.keywords
    }
    for text, node in columns.items():
        if isinstance(node, ast.BinOp):
            for method in _METHODS:
                each = [f"({ast.unparse(one)}).{method}" for one in (node.left, node.right)]
                parts = [ast.parse(one, mode="eval").body for one in each]
                yield ast.BinOp(parts[0], node.op, parts[1]), _EACH, {"part": f".{method}"}
            continue
        for part in _sums(body):
            for method in (*_METHODS, "rank()"):
                other = ast.parse(f"({text}).{method}", mode="eval").body
                yield changed(body, part, other), _CALLED, {"part": f".{method}"}
            other = ast.parse(f"len({text})", mode="eval").body
            yield changed(body, part, other), _CALLED, {"part": "len( )"}
            yield changed(body, part, node), _COLUMN, {"part": text}


def _is_mean(node):
    calls = (node.left, node.right)
    return all(isinstance(c, ast.Call) and isinstance(c.func, ast.Name) for c in calls)


def _other_calls(node):
    if isinstance(node.func, ast.Attribute):
        of = ast.unparse(node.func.value)
        if not node.args and not node.keywords:
            for method in _METHODS:
                other = ast.parse(f"({of}).{method}", mode="eval").body
                yield other, _CALLED, {"part": f".{method}"}
            for place in _PLACES:
                yield ast.parse(f"({of}).{place}", mode="eval").body, _PLACE, {}
            yield ast.parse(f"len({of})", mode="eval").body, _CALLED, {"part": "len( )"}
            yield ast.parse(of, mode="eval").body, _COLUMN, {"part": of}
        elif not node.args:  # .clip(lower=0.01)
            yield ast.parse(of, mode="eval").body, LOST, {"part": ast.unparse(node)}
        return
    of = ast.unparse(node.args[0])
    if node.func.id == "abs":
        yield node.args[0], _SIGNLOST, {}
        return
    for other in _OF_LISTS:
        if other != node.func.id:
            yield ast.parse(f"{other}({of})", mode="eval").body, _CALLED, {"part": f"{other}( )"}


def _words(body):
    """Yield the lines in which one of the arguments stands in the place of another, or a word."""
    names = {node.id for node in _names(body)}
    for node in _names(body):
        for other in sorted(names - {node.id}):
            yield changed(body, node, ast.Name(other, ast.Load())), _OTHER, {"part": other}
    for node in ast.walk(body):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for other in ("empty", "stated", "one figure", "over time", "compared"):
                if other != node.value:
                    yield changed(body, node, ast.Constant(other)), _OTHER, {"part": other}


def _twice(body):
    for node in (*_names(body), *_calls_in(body)):
        part = {"part": ast.unparse(node)}
        for sign in (ast.Mult, ast.Div, ast.Add, ast.Sub):
            yield ast.BinOp(body, sign(), node), _TWICE, part
        for sign in (ast.Pow, ast.Mult, ast.Div):
            new = ast.BinOp(node, sign(), ast.Constant(2))
            yield changed(body, node, new), _TWICE, part
        new = ast.BinOp(ast.Constant(1), ast.Div(), node)
        yield changed(body, node, new), _UPSIDE, part
    for node in (*_names(body), *_calls_in(body)):
        for sign in (ast.Add, ast.Sub):
            new = ast.BinOp(node, sign(), ast.Constant(1))
            yield changed(body, node, new), _ONE_OFF, {}
        new = ast.Call(ast.Name("abs", ast.Load()), [node], [])
        yield changed(body, node, new), _SIGNLOST, {}
    for node in _sums(body):
        new = ast.Call(ast.Name("abs", ast.Load()), [node], [])
        yield changed(body, node, new), _SIGNLOST, {}
        new = ast.BinOp(node, ast.Pow(), ast.Constant(2))
        yield changed(body, node, new), _TWICE, {"part": ast.unparse(node)}


def _fixed(body, fixed):
    for node in ast.walk(body):
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            value = node.value
            for other in (value - 1, value + 1, 2 * value, value / 2, 10 * value, value / 10):
                yield changed(body, node, ast.Constant(other)), CONSTANT, {}
    for node in (*_calls_in(body), *_names(body)):
        for number in fixed:
            new = ast.Constant(number)
            yield changed(body, node, new), NUMBER, {"number": number}
    for name in dict.fromkeys(node.id for node in _names(body)):
        for number in fixed:
            yield replaced(body, name, ast.Constant(number)), NUMBER, {"number": number}
    lengths = [n for n in _calls_in(body) if isinstance(n.func, ast.Name) and n.func.id == "len"]
    for number in fixed if len(lengths) > 1 else ():
        line = body
        for node in lengths:
            line = replaced(line, ast.unparse(node), ast.Constant(number))
        yield line, NUMBER, {"number": number}


_SURE = (_steps, _turned, _brackets, _left_out, _signs)
_LESS_SURE = (_calls, _words, _twice)
