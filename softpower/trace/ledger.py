"""What carries each figure outside the notebooks: the marks of authors, and what was found.

A notebook's cell names its rows itself. For the bank, the scripts, the examples of a plan and
the sentences of tables there are two files: ``data/figures.toml``, in which a person marks a
figure, and ``data/carried.toml``, which ``softpower trace --name`` writes. A figure that stands
in neither is a problem until somebody has looked.
"""

import json
import tomllib
from functools import cache

from softpower import data

MARKED, CARRIED = "figures.toml", "carried.toml"
_HEAD = (
    "# What carries each figure of the bank, the scripts, the examples of a plan and the sentences\n"
    "# of tables. Made by softpower trace --name; not edited by hand: see CONTRIBUTING.md, Figures.\n"
)


@cache
def read(name):
    """Return one of the two files: ``{file: {place: {figure: what carries it}}}``."""
    path = data.folder() / name
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def of(file, place, by_hand=None):
    """Return what carries each figure of a place: what a person wrote goes before what was found.

    Parameters
    ----------
    file : str
        ``claims.csv``, ``lesson05.toml``, ``timeline.py``.
    place : str
        The key of a row, a question's id; ``"*"`` in a script or a plan.
    by_hand : dict, optional
        The marks that stand beside the text itself.
    """
    hand = marked(file, place) | (by_hand or {})
    return read(CARRIED).get(file, {}).get(place, {}) | hand


def marked(file, place):
    """Return the marks of a person: those of the place and those of the whole file."""
    found = read(MARKED).get(file, {})
    return found.get("*", {}) | found.get(place, {})


def write(found):
    """Write what was found, in the order of files and places.

    Parameters
    ----------
    found : dict
        As :func:`read` returns it.
    """
    text = _HEAD
    for file in sorted(found):
        lines = [_line(place, figures) for place, figures in sorted(found[file].items()) if figures]
        text += f"\n[{json.dumps(file)}]\n" + "".join(lines) if lines else ""
    (data.folder() / CARRIED).write_text(text, encoding="utf-8")
    read.cache_clear()


def _line(place, figures):
    pairs = (f"{_quoted(figure)} = {_quoted(figures[figure])}" for figure in sorted(figures))
    return f"{_quoted(place)} = {{ {', '.join(pairs)} }}\n"


def _quoted(text):
    return json.dumps(text, ensure_ascii=False)
