"""What a learner writes in free words: the cell magic ``%%write``.

A text cell of JupyterLab does not take what is typed after a double click: the letters become
commands. A code cell takes it after one click. So a place for words is a code cell whose first
line is ``%%write 01.11``; the words stand below it, in the notebook itself, and are handed in
with it. Running the cell shows them, counts them and keeps a copy in ``my_work/``.
"""

import re
from dataclasses import dataclass

from softpower import texts

MAGIC = "%%write"
_FIRST_LINE = re.compile(r"^\s*%%write\b[ \t]*(?:\d\d\.\w+)?[ \t]*")
_ID = re.compile(r"\b\d\d\.\w+")
_MARK = re.compile(r"^[ \t]*### (?:BEGIN|END) SOLUTION[ \t]*$\n?", re.MULTILINE)
HOW = texts.mark("Click into the grey box, below its first line, and type. Then run the cell.")
HOW_IN_A_PAGE = texts.mark("Click into the grey box and type. Then press the button to its left.")


def is_place(source):
    """Say whether a cell's source is a place for words: its first line begins with ``%%``."""
    return source.lstrip().startswith("%%")


def words(source):
    """Return what somebody wrote in a place for words, without the magic's first line.

    A first line that was typed over is kept whole: it may be the words.

    Parameters
    ----------
    source : str
        The cell's source, for example ``"%%write 01.11\\nSoft power is ..."``.
    """
    text = _FIRST_LINE.sub("", _MARK.sub("", source), count=1)
    return text.strip()


def asked(source):
    """Return the id of the question that a place for words names, or an empty text."""
    found = _ID.search(source.lstrip().partition("\n")[0])
    return found[0] if found else ""


def count(text):
    """Return how many words a text has; what has no letter and no digit is none.

    Of a citation in a worked answer only what is read counts, and not its address and hover.
    """
    text = re.sub(r"</?a\b[^<>]*>", "", text)
    return sum(any(character.isalnum() for character in word) for word in text.split())


@dataclass(frozen=True)
class Written:
    """A learner's words as they are shown: whole, as Markdown, with their number."""

    text: str
    kept: bool = True
    former: str = ""  # where nothing stands there now: what was kept of it before

    @property
    def line(self):
        """What happened, in one or two sentences."""
        if not self.text and self.former:
            return texts.text(
                "The cell is empty, and above is what you kept of it before. Copy it back if you "
                "want it: what is handed in is what stands in the cell."
            )
        if not self.text:
            how = texts.text(texts.where_one_works(HOW, HOW_IN_A_PAGE))
            return texts.sentences(texts.text("Nothing is written here yet."), how)
        number = count(self.text)
        if self.kept:
            return texts.texts(
                "{count} word, kept in this notebook and in my_work. You can go on writing: change "
                "the words and run the cell again.",
                "{count} words, kept in this notebook and in my_work. You can go on writing: "
                "change the words and run the cell again.",
                number,
            )
        return texts.texts(
            "{count} word. They stand in this notebook; save it. A copy in my_work could not be "
            "made: is the disk full?",
            "{count} words. They stand in this notebook; save it. A copy in my_work could not be "
            "made: is the disk full?",
            number,
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        # JupyterLab cleans Markdown that is shown, so HTML in it is harmless.
        words = self.text or self.former
        shown = "\n\n".join(part for part in (words, f"*{self.line}*") if part)
        plain = "\n\n".join(part for part in (words, self.line) if part)
        return {"text/markdown": shown, "text/plain": plain}


def _with_its_first_line_alone(lines):
    """Leave nothing but the question's id on the first line of a place for words.

    IPython fills in ``{...}`` on a magic's first line and refuses a magic without a body; and
    ``%%write`` may have been typed over, to ``%%Soft power is``. No other magic has such a name.
    """
    from IPython import get_ipython

    shell = get_ipython()
    if not lines or not lines[0].startswith("%%") or shell is None:
        return lines
    name = re.match(r"%%(\S*)", lines[0])[1]
    if name != "write" and (shell.find_cell_magic(name) or shell.find_line_magic(name)):
        return lines
    return [f"{MAGIC} {asked(lines[0])}\n", _FIRST_LINE.sub("", lines[0]), *lines[1:], "\n"]


def register(shell, keep, last):
    """Make ``%%write`` known to a notebook.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
    keep : callable
        Takes the question's id (or an empty text) and the words; returns whether they are kept.
    last : callable
        Takes the question's id; returns the words that were kept of it last, or an empty text.
    """
    from IPython.display import display

    def write(line, cell):
        text = words(f"{MAGIC} {line}\n{cell}")
        question = asked(line)
        display(Written(text, keep(question, text)) if text else Written("", former=last(question)))

    shell.register_magic_function(write, "cell", "write")
    if _with_its_first_line_alone not in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.append(_with_its_first_line_alone)
