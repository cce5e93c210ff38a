"""Errors as a learner meets them: what to do first, then Python's own words.

A learner who forgets two quotation marks would see a numbered report in red, and the sentence
that helps only in the next cell. So the report begins with that sentence, and where the cell
holds nothing but an answer, the lines about Python's inside are left out.
"""

import re

from softpower import texts
from softpower.errors import CourseError
from softpower.feedback import unread
from softpower.feedback.stale import left_bare, names_set

_SIGNS = texts.mark(
    "Python cannot read this cell yet. A quotation mark, a bracket or a comma may be missing, the "
    "marks may be “ ” or « » in place of straight ones, or there is a word or a sign behind a "
    "number, such as million or %. The mark ^ below stands where Python stopped. Mend it, and run the cell again."
)
_GONE = texts.mark(
    "The name {name} is not known yet. Is it spelt right? After a break Python begins anew: then "
    "choose Run in the menu at the top, Run All Above Selected Cell, and run this cell again."
)
_GONE_IN_A_PAGE = texts.mark(
    "The name {name} is not known yet. Is it spelt right? After a break Python begins anew: then "
    "run the cells above again, and this one. The button below does that."
)


def sentence(error, source):
    """Return what a learner can do about an error, or an empty text where only Python knows.

    Parameters
    ----------
    error : Exception
    source : str
        The cell that stopped.
    """
    answers = any(name.startswith("answer_") for name in names_set(source))
    own = isinstance(error, CourseError)  # its words stand in the report's last line
    makes = isinstance(error, SyntaxError) and unread.defines(source)
    written = unread.cause(error, source) if (answers or makes) and not own else ""
    if written:
        stopped = isinstance(error, SyntaxError) and texts.text("Python cannot read this cell yet.")
        return texts.sentences(stopped, written, texts.text("Mend it, and run the cell again."))
    if isinstance(error, NameError):
        bare = left_bare(error, source) if answers else ""
        if bare:
            return texts.text(
                'Words and letters need quotation marks: "{word}", and not {word}. Add them, '
                "and run this cell again.",
                word=bare,
            )
        name = getattr(error, "name", None)
        gone = texts.where_one_works(_GONE, _GONE_IN_A_PAGE)
        return texts.text(gone, name=name) if name else ""
    if not answers:
        return ""
    if isinstance(error, SyntaxError):
        return texts.text(_SIGNS)
    return texts.text(
        "This cell stopped; the line below says why. Mend it, and run the cell again."
    )


def report(error, source, lines):
    """Return the lines of an error's report, what to do about it first.

    Parameters
    ----------
    error : Exception
    source : str
        The cell that stopped.
    lines : list of str
        The report as Python makes it.
    """
    said = sentence(error, source)
    if not said:
        return lines
    if isinstance(error, SyntaxError):
        # The first line numbers the cell; the line in question and its mark stay.
        number = re.compile(r"^.*Cell.*In.*\[\d+\].*line.*\n?", re.MULTILINE)
        return [said, "", *(number.sub("", line, count=1) for line in lines)]
    if any(name.startswith("answer_") for name in names_set(source)):
        return [said, "", f"{type(error).__name__}: {error}"]
    return [said, "", *lines]


def watch(shell):
    """Put the sentence before each report of a notebook from now on.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
    """
    if getattr(shell, "softpower_speaks", False):
        return
    shell.softpower_speaks = True
    running, show = [""], shell._showtraceback
    shell.events.register("pre_run_cell", lambda info: running.__setitem__(0, info.raw_cell or ""))
    shell._showtraceback = lambda kind, error, lines: show(
        kind, error, report(error, running[0], lines)
    )
