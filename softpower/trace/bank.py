"""The passages of the question bank: messages, hints, worked explanations and samples.

A figure of a message is carried by the question's own task, by a mark in the question's key
``figures``, or by a row of a source that the task cites.
"""

import re
import tomllib
from functools import cache

from softpower import data, notebooks, references
from softpower.trace import ledger
from softpower.trace.carriers import citations
from softpower.trace.marks import numbers_in
from softpower.trace.passage import Passage

# What a learner reads of an entry, beside what is said to wrong answers; the rest is names, answers
# and settings.
_READ = ("right", "otherwise", "hints", "letters", "rubric")
_ASKED = re.compile(
    r"feedback\.check\(\"([^\"]+)\"\)|^%%write (\S+)|feedback\.rubric\(\"([^\"]+)\""
)
_CITED = re.compile(r"\[([a-z]+\d{0,4}[a-z]?)\]")  # a sample cites by the bare key: [sankei2018]


def passages(path):
    """Return every text of a file of the bank that a learner or marker reads.

    Parameters
    ----------
    path : pathlib.Path
        ``lessonNN.toml``.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("question", [])
    return [passage for entry in entries for passage in _of(entry, path.name)]


def _of(entry, file):
    task = tasks().get(entry["id"], "")
    cited = "".join(f" [@{key}]" for key in citations(task))
    given = numbers_in(task) | frozenset(_numbers(entry.get("answer"))) | _worked(entry)
    for place, text, typed in _read(entry):
        where = f"{entry['id']}, {place}"
        marks = ledger.of(file, where, entry.get("figures"))
        text = re.sub(r"(?<=\d)_(?=\d{3})", ",", text)  # 625_000, as code has it
        keyed = _CITED.sub(lambda m: f"[@{m[1]}]" if _is_source(m[1]) else m[0], text)
        yield Passage(keyed + cited, {}, task, f"question {where}", given | typed, marks, where)


def _worked(entry):
    """Return the numbers of the arithmetic that gives the right answer, of one name or of each."""
    worked = entry.get("worked", "")
    lines = worked.values() if isinstance(worked, dict) else worked
    return numbers_in(lines if isinstance(lines, str) else " ".join(lines))


def _read(entry):
    """Yield (place, text, numbers typed): a message speaks of the wrong answer that it is for."""
    for place, text in _texts({key: entry[key] for key in _READ if key in entry}):
        yield place, text, frozenset()
    for wrong in entry.get("wrong", ()):
        typed = frozenset(_numbers(wrong["answer"])) if isinstance(wrong, dict) else frozenset()
        for place, text in _texts(wrong, "wrong"):
            yield place, text, typed


@cache
def _sources():
    return frozenset(data.load("sources")["source_id"])


def _is_source(key):
    return key in _sources()


def _texts(value, place=""):
    """Yield (place, text) for the prose in an entry; an answer is no prose."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("answer", "name", "points"):
                yield from _texts(
                    one, place if key in ("message", "levels") else f"{place} {key}".strip()
                )
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, place)


def _numbers(value):
    """Yield every number in an answer, without how near is near enough."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in ("tolerance", "decimals"):
                yield from _numbers(one)
    elif isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield abs(float(value))


@cache
def tasks():
    """Return the text of each question's task by its id: the cells from its heading to its check.

    The code that a learner sees with it, and the worked answer, are part of it.
    """
    found = {}
    for path in references.pages():
        if path.suffix == ".ipynb":
            for question, text in _tasks_of(path):
                found[question] = f"{found.get(question, '')}\n\n{text}"
    return found


def _tasks_of(path):
    cells = []
    for cell in notebooks.read(path).cells:
        if cell.cell_type == "markdown" and re.match(r"#+ ", cell.source):
            cells = []
        cells.append(references.keyed(cell.source))
        for match in _ASKED.finditer(cell.source):
            yield next(filter(None, match.groups())), "\n\n".join(cells)
