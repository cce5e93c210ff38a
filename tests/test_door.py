"""The door for texts is shut: no sentence reaches a reader around ``softpower.texts``."""

import ast
import json
import re
from pathlib import Path

import pytest
from made_notebooks import Noting, lacking

from softpower import data, feedback, figures, policy, texts
from softpower.feedback.answers import literal
from softpower.translation import pseudo, sources

PACKAGE = Path(__file__).parent.parent / "softpower"
ROOMS = ("figures", "feedback", "policy", "index", "labs", "grading")
FILES = ("data", "keep", "assets", "coding", "evaluation", "scenario", "brief")
# Who reads these is no learner; what they say stays English, or waits for the lecturer's edition.
ALLOWED = {
    "feedback/loader.py": "tells whoever writes a question what is wrong with its entry",
    "feedback/entries.py": "the same",
    "feedback/answer_entries.py": "the same",
    "feedback/rubric_entries.py": "the same",
    "grading/sandbox.py": "the lecturer's terminal",
}
SHOWS = {"CourseError", "display", "Markdown", "HTML", "Message", "Page"}
DOOR = {"text", "texts", "mark", "cell", "word"}
SENTENCE = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+")


def _written(node):
    """Return the words of a text that is written here, whole or in pieces, or None."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        parts = [_written(node.left), _written(node.right)]
        return " ".join(part for part in parts if part) or None
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format":
        return _written(node.func.value)
    return None


def _name(call):
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def around_the_door(source):
    """Yield the lines at which a text reaches a reader around the door, with what is wrong."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            said = re.sub(r"<[^>]*>?|[\w-]+=\"[^\"]*\"", "", _written(node) or "")
            if SENTENCE.search(said) and not re.search(r"[\\|]|viewBox|font-", said):
                yield node.lineno, "a sentence is glued together"
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first, door = node.args[0], getattr(getattr(node.func, "value", None), "id", "") == "texts"
        if door and _name(node) in DOOR and not isinstance(first, ast.Constant) and _written(first):
            yield node.lineno, "a message is put together before the door"
        if not door and _name(node) in SHOWS:
            for argument in node.args:
                if " " in (_written(argument) or "").strip().removeprefix("not yet"):
                    yield node.lineno, f"{_name(node)} shows a text that did not pass the door"


def _speaking():
    files = [path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py"))]
    return files + [PACKAGE / f"{name}.py" for name in FILES]


def test_no_text_goes_around_the_door():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {what}"
        for path in _speaking()
        if path.relative_to(PACKAGE).as_posix() not in ALLOWED
        for line, what in around_the_door(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_needed(name):
    assert list(around_the_door((PACKAGE / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "planted",
    [
        'raise CourseError("There is no such table.")',
        'raise CourseError(f"There is no table {name}.")',
        'raise CourseError("There is no " + name)',
        'raise CourseError("There is no {}.".format(name))',
        'display("You are right.")',
        'texts.text(f"There is no table {name}.")',
        'texts.text("There is no " + name)',
        'texts.texts("%d thing" % count, "things", count)',
        'said = f"{country} is the first of {count}."',
    ],
)
def test_a_planted_fault_is_found(planted):
    assert list(around_the_door(planted))


@pytest.mark.parametrize(
    "sound",
    [
        'raise CourseError(texts.text("There is no table {name}.", name=name))',
        'texts.text("There is no table {name}.", name=name)',
        'html = f"<p class=\\"a b c\\">{said}</p>"',
        'Message("not yet", texts.text(said))',
    ],
)
def test_what_is_sound_passes(sound):
    assert not list(around_the_door(sound))


@pytest.fixture
def lacks(elsewhere):
    """Speak the pseudo-language; returns what is asked for and stands in no catalogue, as it comes."""
    noting = Noting()
    with texts.speaking(pseudo.CODE), texts.found_in(elsewhere):
        texts.catalogue().add_fallback(noting)
        yield noting.lacks


# What stays Latin in any language: code, names in it, letters of options.
_CODE = re.compile(
    r"<[^>]*>|`[^`]*`|\[[^\]]*\]|\{[^}]*\}|\b\w+_\w+\b|\w*\.\w+|\w+\(.*?\)|\b[A-Z]\d\b"
)


def english_in(said):
    """Return the English words in a text that should have none."""
    return re.findall(r"\b[A-Za-z]{3,}\b", _CODE.sub(" ", said))


def test_every_check_answers_without_an_english_word(lacks):
    found = []
    for question in feedback.bank().values():
        if isinstance(question, feedback.OpenQuestion):
            continue
        # What stands in the code and is typed as it stands: the names of a mapping.
        items = getattr(question.right, "items", ())
        typed = re.findall(r"\w+", " ".join(map(str, items))) if isinstance(items, dict) else ()
        answers = [..., *list(question.right.examples())[:1], "tea, coffee", 7.77]
        answers += [next(iter(literal(wrong.answer).examples())) for wrong in question.wrong]
        for answer in answers if hasattr(question.right, "examples") else answers[:1]:
            message = question.judge(feedback.plain(answer, question.calls))
            for said in (str(message), *message.hints):
                found += [
                    (question.id, word, said[:90])
                    for word in english_in(said.replace(question.variable, ""))
                    if word not in {*typed, *re.findall(r"\w+", str(answer))}
                ]
    assert not found, "\n".join(map(str, found[:40]))


# A unit that was not asked for, lists of the wrong length and kind: each has words of its own.
ODD = ("7.77 apples", "5 %", "5 million", ["a"] * 7, ["b", "c"], {"a": 1}, "tea, coffee", 7.77)
NAMES = {"format", "hold"}  # of a lab's settings: typed as they stand in the file


def test_what_a_check_says_of_odd_answers_is_in_a_catalogue(lacks, today):
    for question in feedback.bank().values():
        if not isinstance(question, feedback.OpenQuestion) and hasattr(question.right, "examples"):
            answers = [*ODD, *(next(iter(literal(w.answer).examples())) for w in question.wrong)]
            for answer in answers:
                message = question.judge(feedback.plain(answer, question.calls))
                assert str(message) is not None and message.hints is not None
    asked = [(*one, "") for one in lacks]
    assert asked  # a name of a setting is no text, and is asked for
    assert {text for _, _, text in lacking(asked, today)} - NAMES == set()


def test_charts_speak_without_an_english_word(lacks):
    scores = data.load("gspi_scores").query("year == 2026")
    years = data.load("gspi_scores")
    drawn = [
        figures.bars(scores, "country", "score", finding=""),
        figures.lines(years, "year", "score", by="country", finding=""),
        figures.points(scores, "year", "score", name="country", finding="", highlight=["Japan"]),
        figures.table(scores, ["country", "score"], caption=""),
    ]
    for one in drawn:
        shown = one._repr_mimebundle_()["text/plain"]
        words = set(english_in(shown)) - {"Brand", "Finance"}
        assert not words, (words, shown[:300])


def test_a_plan_is_judged_without_an_english_word(lacks):
    plan = policy.example() | {"decision_maker": "everybody", "start": 2031, "kpis": "none"}
    plan["instruments"] = [row | {"points": 70, "starts": 2050} for row in plan["instruments"]]
    for one in (plan, {}):
        for finding in policy.check(one):
            assert set(english_in(finding.message)) <= {"none"}, finding  # it was written there


# --- what passes the door, a catalogue has ----------------------------------------------------


def _literals(node):
    """Return the texts that an argument may be: a literal, or the branches of a choice."""
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and node.value else []


def calls_of_the_door(source):
    """Yield what each call ``texts.…("…")`` asks a catalogue for: key, form for many."""
    for node in ast.walk(ast.parse(source)):
        door = ast.unparse(node.func).split(".") if isinstance(node, ast.Call) else ()
        if len(door) == 2 and door[0] == "texts" and door[1] in sources.KEYWORDS and node.args:
            many = getattr(node.args[1], "value", "") if door[1] in sources.COUNTED else ""
            context = sources.TABLE if door[1] in ("cell", "word") else ""
            yield from (((context, one), many) for one in _literals(node.args[0]))


def test_every_call_of_the_door_is_in_a_catalogue(today):
    """What no catalogue has speaks English in every edition, and nothing else would tell."""
    known = {one.key: one.plural for name in ("package", "tables") for one in today[name]}
    found, lacking = 0, []
    for path in sorted((PACKAGE).rglob("*.py")):
        for key, many in calls_of_the_door(path.read_text("utf-8")):
            found += 1
            if known.get(key) not in ([many] if many else known.values()):
                lacking.append((path.name, key))
    for path in sorted((PACKAGE).rglob("*.js")):
        for text in re.findall(r'\btn?\(\s*"((?:[^"\\]|\\.)*)"', path.read_text("utf-8")):
            found += 1
            text = json.loads(f'"{text}"')
            lacking += [(path.name, text)] if ("", text) not in known else []
    assert found > 1000 and lacking == []


def test_a_call_that_holds_a_variable_text_or_stands_in_an_f_string_is_read(tmp_path):
    (tmp_path / "one.py").write_text(
        'a = texts.texts("{count} item", "{count} items", len(text))\n'
        "b = f\"<p>{texts.text('Kept in {file}.', file=cell)}</p>\"\n"
    )
    found = [(one.text, one.plural) for one in sources.package(tmp_path)]
    assert found == [("{count} item", "{count} items"), ("Kept in {file}.", "")]
