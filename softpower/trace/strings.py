"""The passages of the labs' scripts, of the brief, and of the examples of a plan."""

import ast
import json
import re
from pathlib import Path

from softpower import data
from softpower.trace import ledger
from softpower.trace.marks import numbers_in
from softpower.trace.passage import Passage

_SCRIPT = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
_COMMENT = re.compile(r"^\s*//.*$|/\*.*?\*/|\s//\s.*$", re.MULTILINE | re.DOTALL)
_LOADED = re.compile(r"data\.load\(\"(\w+)\"\)")
_HOLE = re.compile(r"\$\{[^{}]*\}")  # where JavaScript puts a value into a text


def files():
    """Return the scripts whose texts a learner reads, and the examples of a plan."""
    package = Path(__file__).parent.parent
    found = [*package.glob("labs/*.py"), *package.glob("labs/**/*.js"), package / "brief.py"]
    return sorted(found) + sorted(package.glob("policy/examples/*.json"))


def passages(path):
    """Return the texts of a script that a learner reads, or of a plan.

    A text is prose where it has three words. In a script it may lean on the tables that the
    script loads; in a plan, on the sources that it names.

    Parameters
    ----------
    path : pathlib.Path
        A lab's ``.py`` or ``.js``, or a plan's ``.json``.
    """
    if path.suffix == ".json":
        return list(_of_plan(json.loads(path.read_text(encoding="utf-8")), path))
    text = path.read_text(encoding="utf-8")
    python = path.suffix == ".py"
    lab = path.with_suffix(".py")  # the kit stands for no table
    beside = text if python else lab.read_text("utf-8") if lab.exists() else ""
    cited = "".join(f" [@{source}]" for source in sorted(_sources_of(beside)))
    return [
        Passage(words + cited, {}, None, f"line {line}", frozenset(), ledger.of(path.name, "*"))
        for line, words in (_of_python(text) if python else _of_script(text))
        if _is_prose(words)
    ]


def _is_prose(words):
    markup = "<" in words or '="' in words or re.search(r"[a-z-]+:\d", words)
    return len(re.findall(r"\b[A-Za-z]{2,}\b", words)) >= 3 and not markup


def _sources_of(code):
    for name in set(_LOADED.findall(code)) - {"sources"}:
        table = data.load(name)
        for column in table:
            if column.endswith("source_id"):
                yield from table[column].dropna().unique()


def _of_python(code):
    tree = ast.parse(code)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def _of_script(code):
    plain = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), code)
    for match in _SCRIPT.finditer(plain):
        words = next((group for group in match.groups() if group is not None), "")
        yield plain.count("\n", 0, match.start()) + 1, _HOLE.sub(" ", words)


def _of_plan(plan, path):
    every = sorted({one["source"] for one in plan["evidence"]})
    given = numbers_in(json.dumps({key: plan[key] for key in ("kpis", "instruments")}))
    known = set(data.load("sources")["source_id"])
    for place, part, text in _parts(plan):
        named = [part[key] for key in ("source", "precedent_source") if part.get(key) in known]
        cited = "".join(f" [@{source}]" for source in named or every)
        own = given if place == "kpis" else frozenset()
        yield Passage(text + cited, {}, None, place, own, ledger.of(path.name, "*"))


def _parts(plan):
    """Yield (place, the entry in which it stands, text) for each text of a plan."""
    for place, value in plan.items():
        if isinstance(value, str):
            yield place, {}, value
        for part in value if isinstance(value, list) else ():
            for text in part.values():
                if isinstance(text, str) and " " in text:
                    yield place, part, text
