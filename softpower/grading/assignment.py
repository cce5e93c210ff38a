"""Tell which exercise a notebook is, by its questions, and find the answers that a person marks."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from softpower import texts
from softpower.feedback import writing
from softpower.feedback.loader import Bank
from softpower.grading import notebook, words

CHECK = re.compile(r"""\b(?:check|hint|rubric)\(\s*['"](\d\d)\.(?:code)?\d+['"]""")
HEADING = re.compile(r"#{1,3}\s")
# What the headings of copies say that were handed out before cells said what they are.
OLD_TITLE = re.compile(r"^#\s+Exercise\s+(\d\d)\b", re.MULTILINE)
OLD_HEADING = re.compile(r"#{1,3}\s+(?:Question\s+(?P<number>\d+)\b|In code\s+(?P<code>\d+)\b)")
IN_A_NAME = re.compile(r"(?<!\d)(\d\d)_[a-z]")
FEWEST = 3  # words outside the answers that are more than a mark
NOTE_TO_SELF = 12  # words beside a task that a learner who answered it need not mean for a reader


@dataclass(frozen=True)
class Exercise:
    """One exercise: its questions that carry points, the sources of its released cells, what each
    of these is as (part, number of its question, source, language), and lines that an older
    edition had."""

    lesson: str
    name: str
    questions: tuple
    released: frozenset = field(default=frozenset(), repr=False)
    older: frozenset = field(default=frozenset(), repr=False)
    parts: tuple = field(default=(), repr=False)

    @property
    def title(self):
        """The heading of the released exercise in the reader's language, else its name."""
        titles = list(said(self.parts, "title", texts.language()).values())
        titles += [source for source in sorted(self.released) if OLD_TITLE.match(source)]
        return titles[0][2:].partition("\n")[0] if titles else self.name

    @cached_property
    def begins(self):
        """The number of the question that each heading which was handed out begins, or None."""
        found = {}
        for part, number, source, _ in self.parts:
            for line in filter(HEADING.match, words.lines(source)):
                found.setdefault(line, number if part == "task" else None)
        return found

    @cached_property
    def lines(self):
        """Every line that was handed out."""
        return self.older | {line for source in self.released for line in words.lines(source)}

    @cached_property
    def headings(self):
        """Those of the lines that are headings, and comments."""
        return {line for line in self.lines if line[:1] == "#"}

    @cached_property
    def own_words(self):
        """What ``words.own`` has found so far."""
        return {}

    @cached_property
    def checked(self):
        return [q for q in self.questions if not q.by_hand]

    @cached_property
    def open(self):
        return [q for q in self.questions if q.by_hand]

    @cached_property
    def fingerprint(self):
        """What changes when a question or a cell that is handed out changes."""
        parts = (self.name, self.questions, sorted(self.released), sorted(self.older))
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @property
    def points_in_code(self):
        """The points of the optional part *In code*."""
        return sum(question.points for question in self.questions if question.optional)

    @property
    def points(self):
        """What the main road carries; the part *In code* counts beside it."""
        return sum(question.points for question in self.questions if not question.optional)


def said(parts, wanted, language):
    """Return the sources of one kind of an exercise's parts by the number of their question: in a
    language where there is an edition in it, else in the first that has it."""
    found = {}
    for part, number, source, spoken in parts:
        if part == wanted and (number not in found or spoken == language):
            found[number] = source
    return found


def exercises(bank, folder):
    """Return the exercises by lesson, ``{"01": Exercise, ...}``.

    Parameters
    ----------
    bank : dict
        Question by id; those without points belong to no exercise.
    folder : pathlib.Path
        The released exercises, beside ``editions/`` in other languages; need not exist, but helps
        with stripped notebooks.
    """
    made = {}
    for lesson, questions in _by_lesson(bank, folder):
        found = sorted(folder.glob(f"{lesson}_*/*.ipynb"))
        found += sorted(folder.parent.glob(f"editions/*/{folder.name}/{lesson}_*/*.ipynb"))
        name = found[0].parent.name if found else f"exercise_{lesson}"
        made[lesson] = Exercise(lesson, name, questions)
        for path in found:
            content = path.read_bytes()
            spoken = notebook.language(content, texts.ENGLISH)
            made[lesson] = with_cells(made[lesson], notebook.read(content), spoken)
    return made


def _by_lesson(bank, folder):
    """Yield each lesson that has an exercise, and its questions in their order."""
    lessons = bank.lessons if isinstance(bank, Bank) else sorted({q.lesson for q in bank.values()})
    for lesson in lessons:
        questions = Questions(bank, lesson)
        # What is handed out has questions: a class of one exercise need not read the others'.
        if any(folder.glob(f"{lesson}_*/*.ipynb")) or questions:
            yield lesson, questions


class Questions(Sequence):
    """The questions of one exercise that carry points, in their order, read when asked for."""

    def __init__(self, bank, lesson):
        self._bank, self._lesson = bank, lesson

    @cached_property
    def _all(self):
        bank, lesson = self._bank, self._lesson
        found = bank.of(lesson) if isinstance(bank, Bank) else bank
        found = [one for one in found.values() if one.points and one.lesson == lesson]
        return tuple(sorted(found, key=lambda one: (one.optional, _number(one.id))))

    def __getitem__(self, place):
        return self._all[place]

    def __len__(self):
        return len(self._all)

    def __repr__(self):
        return repr(self._all)


def with_cells(exercise, cells, language):
    """Return an exercise that knows these cells, too, as handed out in a language."""
    released = {cell.source.strip() for cell in cells} - {""}
    parts = tuple(
        (cell.part, cell.number, cell.source.strip(), language) for cell in cells if cell.part
    )
    return replace(exercise, released=exercise.released | released, parts=exercise.parts + parts)


def _number(question_id):
    part = question_id.partition(".")[2]
    number = part.removeprefix("code")
    return int(number) if number.isdigit() else 0


def begun(cell, exercise=None):
    """Return what the headings of a text cell begin, in order.

    A cell says by itself which question it asks; a heading inside it that was handed out says it
    too, in whatever language, for an editor may have merged cells.

    Returns
    -------
    list of str or None
        ``"7"`` or ``"code2"`` for a question; None for another part.
    """
    if cell.kind != "markdown":
        return []
    known = exercise.begins if exercise else {}
    inside = [
        known.get(line) or _as_before(line)
        for line in words.lines(cell.source)
        if HEADING.match(line)
    ]
    if cell.part != "task" or not cell.number:
        return inside
    # Its own heading may have other words than today's.
    return [cell.number, *(inside[1:] if inside[:1] in ([None], [cell.number]) else inside)]


def _as_before(line):
    heading = OLD_HEADING.match(line)
    return heading and (heading["number"] or f"code{heading['code']}")


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
        found = CHECK.findall(cell.source)
        found += [cell.question] if cell.part == "title" else OLD_TITLE.findall(cell.source)
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
    if variable not in code:  # most cells speak of other answers
        return False
    name = re.escape(variable)
    return (
        re.search(
            rf"^[ \t]*(def[ \t]+{name}\s*\(|{name}[ \t]*(:[^=\n]+)?=[^=])", code, re.MULTILINE
        )
        is not None
    )


def open_answer(cells, question, exercise):
    """Return one open answer, as :func:`open_answers` finds it: (text, position of its cell)."""
    return open_answers(cells, exercise)[0][question.id]


def open_answers(cells, exercise, asides=None, guesses=None):
    """Return what a learner wrote in free words, wherever it stands.

    Its place is the cell below the task. But a cell may have become code or raw, lost its
    metadata, or stand elsewhere; so whatever was written and not handed out reaches the marker:
    in its question's section as the answer, elsewhere with a question mark.

    Parameters
    ----------
    cells : list of notebook.Cell
    exercise : Exercise
    asides : list, optional
        Filled with words that stand outside the answers and are part of none.
    guesses : set, optional
        Filled with the ids of questions in whose own place nothing stands, and whose answer is
        made of words from elsewhere.

    Returns
    -------
    tuple
        ``{question id: (text, position of its first cell or None)}``, empty text where nothing
        was written, and a list of remarks on words of which it is not sure where they belong.
    """
    found = {question.id: {} for question in exercise.open}
    elsewhere, section = {}, None
    for position, cell in enumerate(cells):
        for number in begun(cell, exercise):
            section = number or (section if _is_own_heading(cell, exercise) else None)
        question = _asks_for(cell, section, exercise)
        text = words.own(cell, exercise, question)
        if not text:
            continue
        (found[question.id] if question else elsewhere).setdefault(text, position)
    remarks = []
    if elsewhere and exercise.open:
        in_place = {one for one, parts in found.items() if parts}
        remarks = _put_with_a_question_mark(elsewhere, found, exercise)
        if guesses is not None:
            guesses |= {one for one, parts in found.items() if parts} - in_place
    if elsewhere and asides is not None and not remarks:
        asides += [text for text in elsewhere if writing.count(text) >= FEWEST]
    answers = {
        one: ("\n\n".join(parts), min(parts.values(), default=None)) for one, parts in found.items()
    }
    return answers, remarks


def _asks_for(cell, section, exercise):
    """Return the open question to which a cell's words belong for certain, or None."""
    named = writing.asked(cell.source) if writing.is_place(cell.source) else ""
    for question in exercise.open:
        if question.id == named or (not named and question.cell == cell.grade_id):
            return question
    return next((one for one in exercise.open if one.number == section and not named), None)


def _is_own_heading(cell, exercise):
    """Say whether a heading is the learner's, inside an answer, and begins no part of ours."""
    ours = exercise.headings
    return bool(ours) and not any(line in ours for line in words.lines(cell.source))


def _put_with_a_question_mark(elsewhere, found, exercise):
    """Add words from elsewhere to the first open question without any, else to the last."""
    empty = [question for question in exercise.open if not found[question.id]]
    question = (empty or exercise.open)[0 if empty else -1]
    number = sum(map(writing.count, elsewhere))
    if not empty and number < NOTE_TO_SELF:
        return []
    with texts.speaking(None):  # the marker's, as every remark
        for text, position in elsewhere.items():
            label = texts.text(
                "[From cell {number} of the notebook; perhaps meant for this question?]",
                number=position + 1,
            )
            found[question.id].setdefault(f"{label}\n\n{text}", position)
        return [
            texts.text(
                "{question}: {count} words stand outside the question's own place; they are shown "
                "with its answer. Please look where they belong.",
                question=question.id,
                count=texts.number(number),
            )
        ]
