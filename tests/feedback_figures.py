"""How good the checks are, in figures: fed with right, wrong and unreadable answers.

``python tests/feedback_figures.py 05`` lists for one lesson what gets only the general line.
"""

import ast
import inspect
import itertools
import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from softpower import feedback
from softpower.feedback import Question, loader, plain, reading
from softpower.feedback.answers import (
    AnyOf,
    Choice,
    Function,
    Listing,
    Mapping,
    Number,
    Words,
    literal,
)
from softpower.feedback.special.functions import FUNCTIONS

MISTAKES = Path(__file__).parent / "mistakes"
FORMS = Path(__file__).parent / "forms"
UNREADABLE = (
    object(),
    None,
    [],
    {},
    float("nan"),
    "!?",
    len,
    pd.DataFrame(),
    b"x",
    "horses and hay",
)


@dataclass(frozen=True)
class Try:
    """One wrong answer and what came back."""

    question: str
    answer: object
    status: str
    text: str
    kind: str  # "own", "pointed", "general", "passed", "not yet"


def checked(lesson=""):
    """Return the questions that check themselves, of one lesson or all."""
    bank = feedback.bank().values()
    return [q for q in bank if isinstance(q, Question) and q.lesson.startswith(lesson)]


def listed():
    """Return the mistakes that people wrote down from the tasks: a list a question."""
    return _lists_in(MISTAKES)


def typed():
    """Return the right answers that people wrote down from the tasks, as they would type them."""
    return _lists_in(FORMS)


def _lists_in(folder):
    found = {}
    for path in sorted(folder.glob("*.toml")):
        for question, answers in tomllib.loads(path.read_text("utf-8")).items():
            found.setdefault(question, []).extend(_value(answer) for answer in answers)
    return found


def _value(mistake):
    if isinstance(mistake, str) and mistake.startswith("= "):
        return eval(mistake[2:], {"pd": pd})
    return mistake


def tried(question, answer):
    """Judge a wrong answer and say which kind of message it gets."""
    message = question.judge(plain(answer, question.calls))
    return Try(question.id, answer, message.status, message.text, _kind(question, answer, message))


def _kind(question, answer, message):
    if message.status in ("right", "not yet"):
        return {"right": "passed"}.get(message.status, "not yet")
    if not message.text.endswith(question.otherwise):
        return "own"
    if isinstance(question.right, Choice) and not reading.letter_in(plain(answer)):
        return "own"  # "Choose one of the letters" is what such an answer needs to hear
    pointed = ("Look again at", "Tried as")  # at a name, or at a call at which a function is wrong
    return "pointed" if any(words in message.text for words in pointed) else "general"


# --- Mistakes that everybody makes, by the form of the answer ---------------------------------


def usual(question):
    """Yield the wrong answers that are usual for a form: each neighbour of the right one."""
    form = literal(question.right)
    makes = {Choice: _letters, Listing: _lists, Mapping: _mappings, Number: _numbers}
    for kind, make in makes.items():
        if isinstance(form, kind):
            made = make(form, question)
            yield from (one for one in made if not form.accepts(plain(one)))
    if isinstance(form, Words):
        yield from (word for word in question.choose_from if not form.accepts(word))
    if isinstance(form, Function):
        yield from _functions(question)


def _letters(form, question):
    known = [wrong.answer for wrong in question.wrong if isinstance(wrong.answer, Choice)]
    letters = sorted({form.letter, *(answer.letter for answer in known)})
    yield from (letter for letter in letters if letter != form.letter)
    yield from (f"{one}, {form.letter}" for one in letters if one != form.letter)


def _first(form):
    return next(iter(literal(form).examples()))


def _lists(form, question):
    items = [_first(item) for item in form.items]
    if form.of_letters:
        named = "".join(str(wrong.answer) for wrong in question.wrong)
        others = set(re.findall(r"letter='([a-j])'|'([a-j])'", named))
        options = sorted({*items, *(x for pair in others for x in pair if x)})
    else:
        options = list(question.choose_from)
    extra = [
        option for option in options if not any(literal(i).accepts(option) for i in form.items)
    ]
    if form.ordered:
        for one, other in itertools.combinations(range(len(items)), 2):
            changed = list(items)
            changed[one], changed[other] = changed[other], changed[one]
            yield changed
        yield items[::-1]
    for position in range(len(items)):
        less = items[:position] + items[position + 1 :]
        if less:
            yield less
        yield from ([*items[:position], option, *items[position + 1 :]] for option in extra)
    yield from (([*items, option]) for option in extra if not form.ordered)


def _mappings(form, question):
    right = {key: _first(value) for key, value in form.items.items()}
    for one, other in itertools.combinations(right, 2):
        yield right | {one: right[other], other: right[one]}
    for key, value in form.forms.items():
        if isinstance(value, Number):
            yield right | {key: right[key] * 100}
        else:
            options = question.choose_from or set(map(str, right.values()))
            yield from (right | {key: option} for option in options)
    if all(isinstance(value, Number) for value in form.forms.values()):
        yield {key: value / 100 for key, value in right.items()}
        yield {key: -value for key, value in right.items()}


def _numbers(form, question):
    value = form.value
    yield from (-value, value * 100, value / 100, value * 1000)
    if value:
        yield 1 / value
    for wrong in question.wrong:
        for one in wrong.answer.forms if isinstance(wrong.answer, AnyOf) else [wrong.answer]:
            if isinstance(one, Number):
                rounded = {round(one.value, places) for places in (1, 2)}
                yield from (n for n in rounded if n and abs(n - one.value) < 0.1 * abs(one.value))


def _functions(question):
    tried_by = _function_of(question)
    yield from tried_by.near.values() if tried_by else ()
    yield lambda *arguments: None
    yield lambda *arguments: str(arguments[0])
    yield lambda: 1


# --- Right answers, typed in odd ways -----------------------------------------------------------


def odd(question):
    """Yield right answers as people type them who do not know what Python wants."""
    form = literal(question.right)
    if isinstance(form, Choice):
        yield from _odd_letters(form.letter)
    elif isinstance(form, Number):
        yield from _odd_numbers(form)
    elif isinstance(form, Words):
        yield from _odd_words(form.text)
    elif isinstance(form, Listing):
        yield from _odd_lists(form)
    elif isinstance(form, Mapping):
        yield from _odd_mappings(form)


_CYRILLIC = str.maketrans("aceABCE", "асеАВСЕ")


def _odd_letters(letter):
    yield from (
        letter.upper(),
        f"{letter})",
        f"({letter})",
        f" {letter}. ",
        f"'{letter}'",
        {letter},
    )
    yield from (
        f"option {letter}",
        letter.translate(_CYRILLIC),
        letter.upper().translate(_CYRILLIC),
    )


def _odd_numbers(form):
    value = form.value
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    yield from (text, text.replace(".", ","), f" {text} ", f"about {text}", [value])
    if form.per_cent:
        yield from (f"{text} %", f"{text}%", f"{text} процентов", f"{text} per cent")
    if form.share:
        yield from (f"{100 * value:.8g} %", f"{100 * value:.8g}%", f"{100 * value:.8g} процентов")
    yield from (
        f"{2 * value!r} / 2",
        f"({value!r} + {value!r})/2",
        f"{value!r} × 1",
        f"{value!r}*1=",
    )
    if form.unit in ("points", "places", "people", "times"):
        ours = {"points": "пункта", "places": "мест", "people": "человек", "times": "раза"}
        yield from (f"{text} {form.unit}", f"{text} {ours[form.unit]}")
    yield from (
        pd.Series([value]),
        text.replace("-", "−"),
        text.replace("-", "- "),
    )
    if abs(value) >= 1000:
        yield from (
            f"{value:,}",
            f"{value:,}".replace(",", " "),
            f"{value:,}".replace(",", "\u2009"),
        )


def _odd_words(text):
    yield from (
        text.upper(),
        f" {text}. ",
        text.replace(" ", "-"),
        text.replace(" ", "_"),
        f"“{text}”",
    )
    yield from (
        text.replace("-", "–"),
        text.replace(" and ", " & "),
        {text},
        [text],
        text.capitalize(),
    )
    if len(text) > 6 and not text.endswith("s"):
        yield text + "s"


def _odd_lists(form):
    items = [_first(item) for item in form.items]
    if not all(isinstance(item, str) for item in items):
        yield from (
            ", ".join(map(str, items)),
            "; ".join(map(str, items)),
            [float(i) for i in items],
        )
        return
    yield from (
        ", ".join(items),
        "; ".join(items),
        ",".join(items),
        [", ".join(items)],
        tuple(items),
    )
    yield from (" and ".join(items), " и ".join(items), [item.upper() for item in items])
    yield pd.Series(items)
    if form.of_letters:
        yield from ("".join(items), " ".join(items), "/".join(items))
        yield [item.translate(_CYRILLIC) for item in items]
    if not form.ordered:
        yield from (items[::-1], set(items))


def _odd_mappings(form):
    right = {key: _first(value) for key, value in form.items.items()}
    yield from (list(right.values()), tuple(right.values()), [{k: v} for k, v in right.items()])
    for join, between in ((": ", ", "), (" - ", "; "), ("-", " "), (" = ", "\n"), (") ", ", ")):
        yield between.join(f"{key}{join}{value}" for key, value in right.items())
    yield [f"{key}: {value}" for key, value in right.items()]
    yield ", ".join(map(str, right.values()))
    if len(set(map(str, right.values()))) == len(right):
        yield {value: key for key, value in right.items()}
    if "none" in right.values():
        for none in (None, [], "нет", "жоқ", "None"):
            yield {key: none if value == "none" else value for key, value in right.items()}
    yield from (list(right.items()), pd.Series(right), dict(reversed(right.items())))
    yield {key.lower(): value for key, value in right.items()}
    yield {f" {key} ": value for key, value in right.items()}
    if all(isinstance(value, str) for value in right.values()):
        yield {key: value.upper() for key, value in right.items()}
        yield {key: f" {value}." for key, value in right.items()}
        yield {key: value.replace(" ", "-") for key, value in right.items()}
        yield {key: value.replace(" ", "_") for key, value in right.items()}
    if set(right.values()) <= {"yes", "no"}:
        for yes, no in ((True, False), ("да", "нет"), ("иә", "жоқ"), ("y", "n"), (1, 0)):
            yield {key: yes if value == "yes" else no for key, value in right.items()}
    if all(isinstance(value, Number) for value in form.forms.values()):
        yield {key: f"{value:.10g}".replace(".", ",") for key, value in right.items()}


# --- What gives too much away -------------------------------------------------------------


_IN_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_WORDS = dict(enumerate((*_IN_WORDS, "eleven", "twelve")))


def leaks(question):
    """Yield the messages that hold the answer: a number, words, a letter, or what is left over."""
    form = literal(question.right)
    letters = isinstance(form, Choice)  # whose general message is the list of them
    messages = [wrong.message for wrong in question.wrong]
    for message in messages if letters else [question.otherwise, *messages]:
        if isinstance(form, Number):
            held = _holds_number(form, message)
        elif isinstance(form, Words):
            held = reading.same(form.text) in (reading.same(message) or "")
        else:
            held = letters and _tells_letter(form.letter, message)
        if held:
            yield message
    for wrong in question.wrong:
        for known in wrong.answer.forms if isinstance(wrong.answer, AnyOf) else [wrong.answer]:
            if _tells_what_is_missing(form, known, wrong.message):
                yield wrong.message


def _tells_letter(letter, message):
    """Say whether a message names an option, or says that the other one is left."""
    left = r"(?:wrong|other) way (?:a)?round|the other (?:one|option|answer)\b|only one is left"
    return _is_named(letter, message) or re.search(left, message.casefold())


def _is_named(letter, message):
    """Say whether a letter stands alone in a text; "a" is no article only before a mark."""
    end = r"(?![\w'’-])" if letter != "a" else r"(?=[,.:;?)]|$)"
    return re.search(rf"(?<![\w'’-]){letter}{end}", message)


def _tells_what_is_missing(form, known, message):
    """Say whether a message names what a wrong list or mapping should hold and does not."""
    if isinstance(form, Listing) and form.of_letters and not form.ordered:
        right = {literal(item).letter for item in form.items}
        left = right - {literal(item).letter for item in getattr(known, "items", right)}
        left |= {literal(item).letter for item in getattr(known, "lacks", ())}
        return any(_is_named(letter, message) for letter in left)
    if not isinstance(form, Mapping):
        return False
    held = getattr(known, "has", None) or getattr(known, "items", None) or {}
    values = {literal(value).text for value in form.items.values() if type(value) is Words}
    if len(values) == 2 and re.search(r"\b(?:wrong|other) way round\b", message):
        return True
    return len(values) > 2 and any(
        not literal(form.items[name]).accepts(plain(_first(one)))
        and re.search(rf"\b{re.escape(literal(form.items[name]).text)}\b", message, re.IGNORECASE)
        for name, one in held.items()
        if isinstance(literal(form.items[name]), Words)
    )


def _holds_number(form, message):
    if abs(form.value) > 12 or not float(form.value).is_integer():
        shown = map(reading.numbers_in, re.findall(r"[-−]?\d[\d,.]*\d|\d", message))
        return any(form.takes(number) for numbers in shown for number in numbers)
    digits = re.findall(r"(?<![\d.,-])\d+(?![\d.,]*\d)", message)
    said = _IN_WORDS.get(int(form.value), "-")
    return any(form.takes(float(one)) for one in digits) or re.search(rf"\bis {said}\b", message)


_OPERATIONS = {
    "divide": r"\bdivid\w*|\bover\b|\bshare of\b",
    "multiply": r"\bmultipl\w*|\btimes 100\b|\btimes a hundred\b|\btimes\b",
    "add": r"\badd\b|\badding\b|\bsum of\b|\bplus\b",
    "subtract": r"\bsubtract\w*|\bminus\b|\btake \w+ away\b",
}


def whole_method(question):
    """Say whether the general message names every step: two operations of arithmetic or code."""
    if not isinstance(literal(question.right), (Number, Function)):
        return False
    said = question.otherwise.casefold()
    steps = sum(bool(re.search(words, said)) for words in _OPERATIONS.values())
    return steps >= 2 or pasted(question, question.otherwise)


def pasted(question, hint):
    """Say whether a hint, or code in it, passes when it is pasted in place of the dots."""
    for code in _codes(hint):
        if isinstance(question.right, Function):
            given = _as_function(question, code)
        else:
            given = _as_answer(code)
        if given is not None and question.judge(plain(given, question.calls)).status == "right":
            return True
    return False


def _codes(hint):
    yield hint
    yield from re.findall(r"`([^`]+)`", hint)
    yield from re.findall(r"[-(\d][\d\s.,_+\-*/()]*[\d)]", hint)
    yield from re.findall(r"[\[{].*[\]}]", hint)
    yield from re.findall(r"(?:=|return)\s*(.+)$", hint)
    yield from re.findall(r"(\S*\(.*\)\S*(?:\s*[-+*/]\s*\S+)*)", hint)


def _as_answer(code):
    if len(code) < 2 or len(code) > 200:
        return None
    names = {}
    if re.search(r"[a-z_]+\.[a-z_]+\(|data\.load", code):
        from softpower import coding, data, evaluation, index, policy, scenario

        names = {"coding": coding, "data": data, "evaluation": evaluation, "index": index}
        names |= {"policy": policy, "scenario": scenario}
    try:
        tree = ast.parse(code.strip(), mode="eval")
        return eval(compile(tree, "hint", "eval"), names)
    except Exception:
        return None


def _function_of(question):
    """Return the table's entry for the function that a question asks for."""
    for path in loader.FOLDER.glob(f"lesson{question.lesson}.toml"):
        for entry in tomllib.loads(path.read_text("utf-8"))["question"]:
            if entry["id"] == question.id and "function" in entry.get("answer", {}):
                return FUNCTIONS[entry["answer"]["function"]]
    return None


def _as_function(question, code):
    tried_by = _function_of(question)
    if tried_by is None:
        return None
    names = ", ".join(inspect.signature(tried_by.reference).parameters)
    body = code.strip().removeprefix("return").strip()
    helpers = {name: tried.reference for name, tried in FUNCTIONS.items()}
    first = "raised = values.clip(lower=0.01)\n    " if "raised" in body else ""
    try:
        exec(f"def answer({names}):\n    {first}return {body}", helpers)
        return helpers["answer"]
    except Exception:
        return None


# --- The figures --------------------------------------------------------------------------


def figures(lesson=""):
    """Return every figure of the checks, and what stands behind those that are not nought.

    Returns
    -------
    tuple
        (Counter of figures, list of Try: wrong answers with a general line or that passed,
        list of (question id, answer): right ones that were refused)
    """
    counts, poor, refused, mistakes, right = Counter(), [], [], listed(), typed()
    for question in checked(lesson):
        for answer in question.right.examples():
            counts["right answers"] += 1
            if question.judge(plain(answer, question.calls)).status != "right":
                refused.append((question.id, answer))
        for answer in (*odd(question), *right.get(question.id, ())):
            counts["right answers in odd forms"] += 1
            if question.judge(plain(answer, question.calls)).status != "right":
                refused.append((question.id, answer))
        for source, answers in (
            ("usual", usual(question)),
            ("listed", mistakes.get(question.id, [])),
            ("unreadable", UNREADABLE),
        ):
            for answer in answers:
                one = tried(question, answer)
                counts[f"{source} wrong answers"] += 1
                counts[f"{source}: {one.kind}"] += 1
                if one.kind == "passed" or (one.kind == "general" and source != "unreadable"):
                    poor.append(one)
    return counts, poor, refused


def table(counts):
    """Return the figures as lines of text."""
    lines = [
        f"{'answers':<12}{'fed':>7}{'passed':>8}{'own':>8}{'pointed':>9}{'general':>9}{'own, %':>8}"
    ]
    for source in ("usual", "listed", "unreadable"):
        fed = counts[f"{source} wrong answers"]
        kinds = [counts[f"{source}: {kind}"] for kind in ("passed", "own", "pointed", "general")]
        judged = sum(kinds)
        share = f"{100 * kinds[1] / judged:.0f}" if judged else "–"
        passed, own, pointed, general = kinds
        lines.append(f"{source:<12}{fed:>7}{passed:>8}{own:>8}{pointed:>9}{general:>9}{share:>8}")
    return "\n".join(lines)


def main(lesson):
    """Print what a lesson's checks leave to be written."""
    counts, poor, refused = figures(lesson)
    print(table(counts))
    for one in poor:
        print(f"{one.question}: {one.answer!r:.80} -> {one.kind}: {one.text[:90]}")
    for question, answer in refused:
        print(f"{question}: right and refused: {answer!r:.80}")
    for question in checked(lesson):
        if pasted(question, question.hints[2]):
            print(f"{question.id}: the third hint can be pasted: {question.hints[2]}")
        if whole_method(question):
            print(f"{question.id}: the general message is the whole method: {question.otherwise}")
        for message in leaks(question):
            print(f"{question.id}: a message holds the answer: {message}")
    without = [q.id for q in checked(lesson) if q.points and q.id not in listed()]
    print(f"no list of mistakes in tests/mistakes: {', '.join(without) or 'none'}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
