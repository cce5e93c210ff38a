"""A question with its task: what the notebook asks, and what the bank says of each answer."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import mistune

from softpower import notebooks, texts
from softpower.errors import CourseError
from softpower.feedback.answers import AnyOf, Choice, Listing, Mapping, With, Words, literal
from softpower.feedback.loader import bank
from softpower.feedback.number import Number

# Sentences of a task that tell how to type in a notebook: a platform has buttons and boxes.
_TYPING = re.compile(
    r"the arithmetic(?! mean)|Numbers in code|[Rr]un the cell|quotation marks|as a list|list of (letters|years|two codes)"
    r"|grey box|[Tt]ype a number|In Python|cell below|Your answer:|Write its name, like"
)
_DECIMALS = (
    "Give a whole number.",
    "Give one decimal.",
    "Give two decimals.",
    "Give three decimals.",
)
_SENTENCES = re.compile(r"(?<=[.?!:)])\s+(?=[A-Z(*`])")
_OPTION = re.compile(r"^- \*\*(\w+)\*\* (.+)$", re.M)
_HEADING = re.compile(r"^### .*\n+", re.M)
_ANCHOR = re.compile(r"</?(?:a|span)\b[^>]*>")
_LINK = re.compile(r"(?<!!)\[([^]]*)\]\((?!https?:)[^)]*\)")


@dataclass(frozen=True)
class Item:
    """A question as a platform needs it.

    Parameters
    ----------
    question : Question or OpenQuestion
        Its entry in the bank.
    kind : {"choice", "choices", "number", "words", "parts", "order", "essay"}
    task : str
        HTML: the task without its options, with the tables and charts that it shows.
    options : dict of str to str
        Letter → HTML: the options of a choice, the parts of a mapping.
    """

    question: object
    kind: str
    task: str
    options: dict

    @property
    def id(self):
        return self.question.id

    @property
    def points(self):
        """What it is worth; a check of a lesson, which has no points, is worth one."""
        return self.question.points or 1

    def message(self, answer):
        """Return what the course says of an answer, as plain text."""
        return plain(self.question.judge(answer).text)


def plain(text):
    """A message of the bank in the reader's language, without the marks of stress and of code."""
    return re.sub(r"(?<!\w)[*`]+|[*`]+(?!\w)", "", texts.text(text))


def bare(html):
    """The text of HTML, without its marks."""
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


def simple(form):
    """Return the one form of a part: where any of several passes, the first of them."""
    form = literal(form)
    return literal(form.forms[0]) if isinstance(form, AnyOf) else form


def word(form):
    """Return the word or letter that a part asks for."""
    form = simple(form)
    return form.letter if isinstance(form, Choice) else form.text


def passing(form):
    """Return every word that passes at a part."""
    forms = literal(form).forms if isinstance(literal(form), AnyOf) else (form,)
    return {word(one) for one in forms}


def kind_of(question):
    """Return the kind of a question, or None where no platform can judge it."""
    right = getattr(question, "right", None)
    if question.by_hand:
        return "essay"
    if isinstance(right, Listing):
        return "order" if right.ordered else "choices" if right.of_letters else None
    if isinstance(right, Mapping):
        simple_ones = map(simple, right.forms.values())
        return "parts" if all(isinstance(f, (Words, Number, Choice)) for f in simple_ones) else None
    kinds = {Choice: "choice", Number: "number", Words: "words"}
    return next((kind for form, kind in kinds.items() if isinstance(right, form)), None)


def why_left(question, item, fits=True):
    """Return why a platform does not get a question, as words that follow its name.

    Parameters
    ----------
    question : Question or OpenQuestion
    item : Item or None
        What :func:`read` made of it.
    fits : bool
        Whether the platform has a counterpart for the item.
    """
    right = getattr(question, "right", None)
    if item and not fits:
        return "it has several parts, and one is a number or may be written in several ways"
    if question.lesson == "00":
        return "it asks about the notebook itself"
    if question.optional:
        return "it belongs to the part In code"
    if isinstance(right, Listing) and right.ordered:
        return "it asks for an order of words that may be written in several ways"
    if isinstance(right, (Listing, Choice)):
        letters = "its letters stand in a table or a text, not in a list of options"
        is_lettered = isinstance(right, Choice) or right.of_letters
        return letters if is_lettered else "it asks for a list that is typed, in any order"
    if isinstance(right, Mapping):
        return "its parts are of kinds that do not go together"
    return "it asks for code, for the settings of a lab, or for a plan"


def wanted(selection):
    """Return the questions that a selection names, in the bank's order.

    Parameters
    ----------
    selection : iterable of str
        Lessons (``"03"``), exercises (``"x03"``) or questions (``"03.a"``, ``"03.7"``).

    Raises
    ------
    CourseError
        Where a name is none of these.
    """
    known, found = bank(), {}
    for name in selection:
        lesson = name.removeprefix("x")
        ids = [key for key in known if key.partition(".")[0] == lesson]
        if name.startswith("x"):
            ids = [key for key in ids if known[key].points]
        ids = [name] if name in known else ids
        if not ids:
            raise CourseError(
                f"There is no lesson, exercise or question {name!r}. "
                "Write a lesson (03), an exercise (x03) or a question (03.7)."
            )
        found.update(dict.fromkeys(ids))
    return [known[key] for key in known if key in found]


def read(question):
    """Return a question with its task as an :class:`Item`, or None where none can judge it.

    Parameters
    ----------
    question : Question or OpenQuestion
    """
    kind = kind_of(question)
    # Lesson 00 asks about the notebook itself, and what is optional asks for code.
    if kind is None or question.lesson == "00" or question.optional:
        return None
    task = "\n\n".join(_shown(cell) for cell in _task_cells(question))
    task = "\n".join(map(without_typing, task.splitlines()))
    asked = question.right.decimals if kind == "number" and "ecimal" not in task else None
    if asked is not None:
        task += f" {_DECIMALS[asked]}"  # it stood beside how to type it
    options = dict(_OPTION.findall(task)) if kind != "essay" else {}
    if kind == "choice" and question.right.letter not in options:
        return None
    if kind == "order" and not set(question.right.items) <= set(options):
        options = {name: name for name in question.choose_from}
    if kind in ("choices", "order") and not set(question.right.items) <= set(options):
        return None
    if options:
        task = _OPTION.sub("", task)
    return Item(question, kind, _html(task), {k: _html(text) for k, text in options.items()})


def without_typing(line):
    """Return a line of a task without the sentences that tell how to type in a notebook."""
    if line.startswith(("- ", "|", ">", "<")):
        return line
    line = re.sub(r"; type it as `[^`]*`", "", line)
    return " ".join(one for one in _SENTENCES.split(line) if not _TYPING.search(one))


def _task_cells(question):
    """The cells of a task: from where it is asked to the cell of the answer."""
    cells = _notebook(question).cells
    if question.points:
        own = [cell.metadata.get("softpower", {}).get("question") == question.id for cell in cells]
        begin = own.index(True)
        end = next(at for at, c in enumerate(cells) if own[at] and notebooks.part(c) == "answer")
        return [*_material(cells, question), *cells[begin:end]]
    call = f'feedback.check("{question.id}")'
    check = next(at for at, cell in enumerate(cells) if call in cell.source)
    begin = max(at for at in range(check) if notebooks.part(cells[at]) == "ask")
    end = next(
        at
        for at in range(begin + 1, check + 1)
        if cells[at].source.startswith("answer_") or call in cells[at].source
    )
    return cells[begin:end]


def _material(cells, question):
    """What stands before several tasks and belongs to each, such as a table."""
    return [
        cell
        for cell in cells
        if question.id in cell.metadata.get("softpower", {}).get("material_of", ())
    ]


def _notebook(question):
    pattern = "solutions/{}_*/*.ipynb" if question.points else "notebooks/{}_*.ipynb"
    folder = notebooks.pages()
    found = sorted(folder.glob(pattern.format(question.lesson)))
    if not found:
        raise CourseError(
            f"The task of question {question.id} is not here. Go to the folder of the course, "
            "with its notebooks/ and solutions/, and try again."
        )
    return notebooks.shown_in(found[0]) if folder != Path() else notebooks.read(found[0])


def _shown(cell):
    """A cell as the learner sees it: its words, or the table or chart that its code made."""
    if cell.cell_type == "markdown":
        text = _HEADING.split(cell.source)[-1]  # a check may stand at the end of a section
        return _LINK.sub(r"\1", _ANCHOR.sub("", text)).strip()
    return "\n\n".join(re.sub(r"\n\s*\n", "\n", one) for one in notebooks.shown(cell))


def _html(markdown):
    return mistune.html(markdown.strip()).strip()


def known_numbers(item):
    """Return the known wrong numbers of an item as (number, message)."""
    for wrong in item.question.wrong:
        if isinstance(wrong.answer, Number) and not item.question.right.takes(wrong.answer.value):
            yield wrong.answer, plain(wrong.message)


def words_to_choose(item):
    """Return the words from which each part of an item is chosen, in the task's order."""
    right = [one for form in item.question.right.items.values() for one in sorted(passing(form))]
    listed = [one for one in item.question.options if isinstance(one, str)]
    return list(dict.fromkeys([*item.question.choose_from, *sorted({*listed, *right})]))


def part_messages(item):
    """Return {(part, value): message}: what the bank says of one wrong value at one part."""
    return {
        next(iter(wrong.answer.has.items())): plain(wrong.message)
        for wrong in item.question.wrong
        if isinstance(wrong.answer, With)
        and isinstance(wrong.answer.has, dict)
        and len(wrong.answer.has) == 1
        and all(isinstance(value, str) for value in wrong.answer.has.values())
    }


def slack(number):
    """How far an answer may lie from a number, as a platform's tolerance."""
    value = literal(number)
    if value.decimals is not None:
        return max(value.tolerance, 0.5 * 10**-value.decimals)
    if value.free and not value.is_count:
        return max(value.tolerance, abs(value.value) * 0.005)
    return value.tolerance
