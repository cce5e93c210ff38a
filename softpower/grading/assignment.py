"""Tell which exercise a notebook is, by its questions, and find the answers that a person marks."""

import re
from collections import Counter
from dataclasses import dataclass, field

from softpower.feedback import OpenQuestion, writing
from softpower.grading import notebook

CHECK = re.compile(r"""\b(?:check|hint|rubric)\(\s*['"](\d\d)\.(?:code)?\d+['"]""")
TITLE = re.compile(r"^#\s+Exercise\s+(\d\d)\b", re.MULTILINE)
HEADING = re.compile(
    r"^#{1,3}\s+(?:Question\s+(?P<number>\d+)\b|In code\s+(?P<code>\d+)\b)?", re.MULTILINE
)
IN_A_NAME = re.compile(r"(?<!\d)(\d\d)_[a-z]")
PLACEHOLDER = "Write your answer here"


@dataclass(frozen=True)
class Exercise:
    """One exercise: its questions that carry points, and the sources of its released cells."""

    lesson: str
    name: str
    questions: tuple
    released: frozenset = field(default=frozenset(), repr=False)

    @property
    def title(self):
        """The heading of the released exercise, else its name."""
        return next(
            (text[2:].partition("\n")[0] for text in sorted(self.released) if TITLE.match(text)),
            self.name,
        )

    @property
    def checked(self):
        return [q for q in self.questions if not isinstance(q, OpenQuestion)]

    @property
    def open(self):
        return [q for q in self.questions if isinstance(q, OpenQuestion)]

    @property
    def points_in_code(self):
        """The points of the optional part *In code*."""
        return sum(question.points for question in self.questions if question.optional)

    @property
    def points(self):
        """What the main road carries; the part *In code* counts beside it."""
        return sum(question.points for question in self.questions if not question.optional)


def exercises(bank, folder):
    """Return the exercises by lesson, ``{"01": Exercise, ...}``.

    Parameters
    ----------
    bank : dict
        Question by id; those without points belong to no exercise.
    folder : pathlib.Path
        The released exercises; need not exist, but helps with stripped notebooks.
    """
    made = {}
    with_points = [question for question in bank.values() if question.points]
    for lesson in sorted({question.lesson for question in with_points}):
        questions = [question for question in with_points if question.lesson == lesson]
        found = sorted(folder.glob(f"{lesson}_*/*.ipynb"))
        name = found[0].parent.name if found else f"exercise_{lesson}"
        released = set()
        for path in found:
            released |= {cell.source.strip() for cell in notebook.read(path.read_bytes())}
        questions.sort(key=lambda question: (question.optional, _number(question.id)))
        made[lesson] = Exercise(lesson, name, tuple(questions), frozenset(released - {""}))
    return made


def _number(question_id):
    part = question_id.partition(".")[2]
    number = part.removeprefix("code")
    return int(number) if number.isdigit() else 0


def section_of(heading):
    """Return what a match of ``HEADING`` begins, ``"7"`` or ``"code2"``; None for another part."""
    return heading["number"] or (f"code{heading['code']}" if heading["code"] else None)


def candidates(cells, known, file=""):
    """Return the lessons whose exercise this notebook may be, usually exactly one.

    Parameters
    ----------
    cells : list of notebook.Cell
    known : dict
        As :func:`exercises` returns it.
    file : str
        Where the notebook was found; asked only where its content leaves a doubt.
    """
    votes = Counter()
    for cell in cells:
        found = CHECK.findall(cell.source) + TITLE.findall(cell.source)
        votes.update({lesson: 3 for lesson in found})
        votes.update(
            {
                lesson: 1
                for lesson, exercise in known.items()
                if len(cell.source) > 80 and cell.source.strip() in exercise.released
            }
        )
    votes = Counter({lesson: count for lesson, count in votes.items() if lesson in known})
    if not votes:
        code = "\n".join(cell.source for cell in cells if cell.kind == "code")
        votes = Counter(
            {
                lesson: count
                for lesson, exercise in known.items()
                if (count := sum(assigns(code, question.variable) for question in exercise.checked))
            }
        )
    best = [lesson for lesson, count in votes.items() if count == max(votes.values())]
    named = [lesson for lesson in IN_A_NAME.findall(file) if lesson in best]
    return named[:1] if len(best) > 1 and named else sorted(best)


def named_in(file, known):
    """Return the lesson that a file's name or folder speaks of, or None."""
    named = [lesson for lesson in IN_A_NAME.findall(file) if lesson in known]
    return named[0] if named else None


def assigns(code, variable):
    """Say whether code gives a value to a variable (or defines a function of that name)."""
    name = re.escape(variable)
    return (
        re.search(rf"^\s*(def\s+{name}\s*\(|{name}\s*(:[^=]+)?=[^=])", code, re.MULTILINE)
        is not None
    )


def open_answer(cells, question, exercise):
    """Return the text of an open answer, wherever in its question's section it was written.

    Its place is a code cell that begins with ``%%write``; a text cell is read as well.

    Returns
    -------
    tuple
        (text, position of its first cell or None). Empty text where nothing was written.
    """
    part = question.id.partition(".")[2]
    section, found = None, {}
    for position, cell in enumerate(cells):
        for heading in HEADING.finditer(cell.source if cell.kind == "markdown" else ""):
            section = section_of(heading)
        if not _may_hold(cell, question, section == part, exercise):
            continue
        text = writing.words(cell.source)
        if text and PLACEHOLDER not in text and not text.startswith("The rubric"):
            found.setdefault(text, position)  # a cell pasted twice is one answer
    return "\n\n".join(found), min(found.values(), default=None)


def _may_hold(cell, question, in_its_section, exercise):
    """Say whether a cell is a place for the words of an open answer."""
    text = cell.source.strip()
    if text in exercise.released:
        return False
    if cell.grade_id == question.cell:
        return cell.kind == "markdown" or writing.is_place(text)
    if cell.kind == "code" and writing.is_place(text):
        asked = writing.asked(text)
        return asked == question.id or (in_its_section and not asked)
    return (
        cell.kind == "markdown"
        and in_its_section
        and not cell.grade_id
        and not HEADING.search(text)
    )
