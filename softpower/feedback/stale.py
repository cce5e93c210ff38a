"""Answers that an error kept from being stored: a check must not judge what stood there before.

A learner types ``answer_2 = Japan`` without quotation marks, gets a NameError, and runs the
check, which would speak of the answer before it. So each cell that fails is remembered with
the names that it was about to set, until a cell sets them.
"""

import re

from softpower import texts
from softpower.feedback import signs, unread

_SETS = re.compile(
    r"^[ \t]*(?:def[ \t]+)?([^\W\d]\w*)[ \t]*(?:\(|=(?!=)|:[^=\n]+=(?!=))", re.MULTILINE
)
_COMPARED = re.compile(r"^[ \t]*(answer_\w+)[ \t]*==", re.MULTILINE)
_failed = {}
_pairs = {}  # no error, and two numbers where a decimal comma was meant


def names_set(source):
    """Return the names to which a cell's source gives a value, functions included."""
    return set(_SETS.findall(source))


def watch(shell):
    """Remember from now on which cells of a notebook fail.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
    """
    if not getattr(shell, "softpower_watches", False):
        shell.events.register("post_run_cell", _note)
        shell.softpower_watches = True


def _note(result):
    source = getattr(getattr(result, "info", None), "raw_cell", None) or ""
    error = result.error_before_exec or result.error_in_exec
    names = names_set(source)
    if error is None:
        for name in set(_COMPARED.findall(source)) - names:
            _failed[name] = "^", "", texts.text(signs.COMPARED, name=name)
    for name in names:
        _pairs[name] = signs.pair(source) if error is None and len(names) == 1 else ""
        meant = signs.unheard(source) if error is None and name.startswith("answer_") else ""
        if meant:
            _failed[name] = "^", "", meant  # no error, and not what was meant
        elif error is None:
            _failed.pop(name, None)
        else:
            said = unread.cause(error, source)
            kind = "SyntaxError" if isinstance(error, SyntaxError) else type(error).__name__
            _failed[name] = kind, left_bare(error, source), said


def of_pair(variable):
    """Return what to say where one number was written with a comma and two were kept, or ``""``."""
    said = _pairs.get(variable, "")
    return _write_it_so(said) if said else ""


def _write_it_so(said):
    return texts.sentences(said, texts.text("Write it so, run that cell, then this one."))


def left_bare(error, source):
    """Return the word or letter that stood without quotation marks, or an empty text."""
    word = getattr(error, "name", None) if isinstance(error, NameError) else None
    if not word or "_" in word or re.search(rf"\b{re.escape(word)}\s*[(.\[]", source):
        return ""  # what is called or looked into is code, and no answer
    return word


_ADVICE = {
    "NameError": texts.mark(
        "A name in it is not known yet. Is it spelt right, and did the cells above run?"
    ),
    "SyntaxError": texts.mark(
        "Look at the red text below it: a quotation mark, a bracket or a comma may be missing, the marks are “ ” or « » in place of straight ones, or there is a sign such as % behind a number."
    ),
}


_READ_IT = texts.mark(
    "Read the last line of the red text below it, mend the cell, run it, then this one."
)


def message(variable, number=True):
    """Return what to say where the last cell that sets a variable failed, or an empty text.

    Parameters
    ----------
    variable : str
    number : bool
        Whether the task asks for a number: a word in arithmetic then stands for one.
    """
    if variable not in _failed:
        return ""
    error, bare, *said = _failed[variable]
    if error == "^":
        return _write_it_so(said[-1])
    advice = said[0] if said and said[0] else texts.text(_ADVICE.get(error, _READ_IT))
    if bare and not (number and said and said[0]):
        advice = texts.text(
            'Words and letters need quotation marks: "{word}", and not {word}. Add them, '
            "run that cell, then this one.",
            word=bare,
        )
    return texts.text(
        "The cell that sets {name} stopped with an error, so nothing new was kept. {advice}",
        name=variable,
        advice=advice,
    )
