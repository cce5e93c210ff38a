"""What is missing in a cell that Python cannot read, told by where and with which words it stopped.

Python says "expected ':'" or "invalid syntax": each sentence here says the same for somebody who
has never programmed. Nothing is said where the cause cannot be seen.
"""

import re

from softpower import texts
from softpower.feedback import signs

_BY_PYTHONS_WORDS = (
    (
        "expected an indented block after function",
        texts.mark("The lines of a function stand four spaces to the right of def."),
    ),
    (
        "expected an indented block",
        texts.mark("What belongs to if, for or else stands four spaces further to the right."),
    ),
    (
        "'return' outside function",
        texts.mark(
            "The line with return belongs to the function: it stands four spaces to the right of "
            "def."
        ),
    ),
    (
        r"expected '\('",
        texts.mark("Behind the name of a function stand round brackets and a colon."),
    ),
)
_IN_THE_LINE = (  # a text in quotation marks is "" there
    (
        r"^\s*answer_\w+\s*=\s*(?:#.*)?$",
        texts.mark("Nothing stands behind the sign =. Write your answer there."),
    ),
    (
        r"=.*[-+*/]\s*$",
        texts.mark("The line ends with a sign of arithmetic: a number belongs behind it."),
    ),
    (
        r"\{[^}]*(?:\"\"|\w)\s+\"\"\s*:",
        texts.mark("Between two pairs in curly brackets stands a comma."),
    ),
    (
        r"\{\s*(?:\"\"|\w+)\s*=|,\s*(?:\"\"|\w+)\s*=[^}=]*\}",
        texts.mark("In curly brackets a colon stands between a name and its value, and not =."),
    ),
    (
        r"=\s*\"\"\s*(?!(?:and|or|if|in|not)\b)[^\W\d]\w*\s*$",
        texts.mark(
            "Something stands behind the closing quotation mark: take it away, or put it before "
            "the mark."
        ),
    ),
    (r"(?-i:^\s*D(?i:ef)\s)", texts.mark("Python writes def in small letters.")),
    (
        r"^\s+(?!(?-i:return)\b)ret\w+\s+[^=\s]",
        texts.mark("The last line begins with return, in small letters and spelt so."),
    ),
)
_FUNCTION = texts.mark(
    "In a function a colon stands behind the brackets of def, the lines below it stand four "
    "spaces further to the right, and each bracket has its partner."
)


def cause(error, source):
    """Return one sentence on what to write where a cell stopped, or ``""``.

    Parameters
    ----------
    error : Exception
    source : str
        The cell that stopped.
    """
    written = (
        "" if isinstance(error, SyntaxError) and _misspelt(error) else signs.advice(error, source)
    )
    if written or not isinstance(error, SyntaxError):
        return written
    line = str(getattr(error, "text", "") or "")
    shape = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", '""', line)
    for found, says in _IN_THE_LINE:
        if '"' not in shape.replace('""', "") and re.search(found, shape, re.IGNORECASE):
            return texts.text(says)
    for words, says in _BY_PYTHONS_WORDS:
        if re.search(words, error.msg or ""):
            return texts.text(says)
    if "':' expected after dictionary key" in (error.msg or ""):
        return texts.text("In curly brackets a colon and a value stand behind each name.")
    return texts.text(_FUNCTION) if defines(source) else ""


def _misspelt(error):
    """Say whether def or return is written in another way."""
    return bool(re.match(r"\s*(?:D(?i:ef)\s|(?!return\b)(?i:ret\w*)\s+[^=\s])", error.text or ""))


def defines(source):
    """Say whether a cell makes a function."""
    return bool(re.search(r"^\s*def\b", source, re.MULTILINE | re.IGNORECASE))
