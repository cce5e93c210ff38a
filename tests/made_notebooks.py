"""Run the notebooks of a made edition one after another in one process; ``run_all`` starts it.

Prints, as JSON, the errors, what the checks said and what no catalogue has. One process instead
of a kernel each: most of the time of a notebook is the start of its kernel.
"""

import gettext
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from softpower import texts


class Noting(gettext.NullTranslations):
    """What is asked when a catalogue lacks a text: it notes the text and leaves it in English."""

    def __init__(self):
        super().__init__()
        self.lacks, self.place = {}, ""

    def gettext(self, message):
        self.lacks.setdefault(("", message), self.place)
        return message

    def ngettext(self, one, many, count):
        self.lacks.setdefault(("", one), self.place)
        return one if count == 1 else many

    def pgettext(self, context, message):
        self.lacks.setdefault((context, message), self.place)
        return message


def lacking(asked, today):
    """Return what no catalogue has of what was asked for, with the cell that shows it.

    Not of it: what is in the language already, keys and codes, a source's author with its year,
    words put together of which each is known, and the options of an answer, which are asked for
    to read it; those that a message shows are in the catalogues.
    """
    # Not above: the course looks for IPython's shell when it is imported, and `main` makes one.
    from softpower import data, feedback
    from softpower.translation import blocks, sources

    known = {one.key for messages in today.values() for one in messages}
    passed = set(data.load("sources")[["source_id", "short"]].to_numpy().ravel())
    asked_for = {one for q in feedback.bank().values() for one in _strings(vars(q))}
    passed |= {part for one in asked_for for part in (one, *re.split("[:;,] ", one))}
    found = []
    for context, text, place in asked:
        english = [w for w in blocks.WORD.findall(blocks.UNSPOKEN.sub(" ", text)) if w.isascii()]
        parts = {mark: text.split(mark) for mark in (": ", "; ", ", ") if mark in text}
        together = any(all((context, p) in known for p in each) for each in parts.values())
        if english and not together and not sources.KEY.fullmatch(text) and text not in passed:
            found.append((place, context, text))
    return found


def _strings(part):
    """Yield each text in an answer, however deep it lies."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from (one for pair in part.items() for inner in pair for one in _strings(inner))
    elif isinstance(part, Iterable):
        yield from (one for inner in part for one in _strings(inner))
    elif is_dataclass(part):
        yield from _strings(vars(part))


def run_all(made, code, work):
    """Run every lesson and worked answer of an edition in a process of its own.

    Parameters
    ----------
    made : pathlib.Path
        The folder of the edition.
    code : str
        Its language.
    work : pathlib.Path
        The learner's folder of work.

    Returns
    -------
    dict
        What :func:`main` prints.
    """
    from conftest import ROOT

    from softpower.translation import sources

    setting = {
        texts.SETTING: code,
        texts.FOLDER: str(made / "locale"),
        "SOFTPOWER_WORK": str(work),
        "MPLBACKEND": "agg",
        "PYTHONPATH": str(ROOT),
    }
    paths = [made / path.relative_to(ROOT) for _, _, path in sources.lessons(ROOT)]
    done = subprocess.run(
        [sys.executable, __file__, *paths],
        env=os.environ | setting,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def answers(result):
    """Return what the checks of the worked answers said, ``{"exercise_05…/q1-check": "right"}``."""
    return {place: said for place, (said, _) in result["checks"].items() if "exercise" in place}


def main(paths):
    """Run notebooks, each with names of its own."""
    shell = InteractiveShell.instance()
    noting = Noting()
    texts.catalogue().add_fallback(noting)
    errors, checks = [], {}
    for path in map(Path, paths):
        os.chdir(path.parent)
        shell.reset(new_session=False)
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            noting.place = f"{path.stem}/{cell.id}"
            with capture_output():
                done = shell.run_cell(cell.source)
            wrong = done.error_before_exec or done.error_in_exec
            if wrong:
                errors.append(f"{path.stem}/{cell.id}: {type(wrong).__name__}: {wrong}")
            if hasattr(done.result, "status") and hasattr(done.result, "text"):
                checks[f"{path.stem}/{cell.id}"] = (done.result.status, done.result.text)
    result = {
        "errors": errors,
        "checks": checks,
        "lacks": [(*one, at) for one, at in noting.lacks.items()],
    }
    print(json.dumps(result), file=sys.__stdout__)


if __name__ == "__main__":
    main(sys.argv[1:])
