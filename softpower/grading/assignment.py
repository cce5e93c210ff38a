"""Tell which exercise a notebook is, by its questions, and find the answers that a person marks."""

import ast
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
# The words that stood in the place of an answer in exercises handed out before.
PLACE_HOLDER = re.compile(
    r"\*?Write your answer here:?(?: click twice on this line, delete it, and type\.)?\*?"
)
QUESTION_LINE = re.compile(r"^#{1,3}[ \t]+(?:Question|Exercise|In code)[ \t]+\d", re.MULTILINE)
CODE_LIKE = re.compile(
    r"^\s*(?:import |from \w+ import|def |for \w+ in|print\(|\w+ ?=[^=]|[%!])", re.MULTILINE
)
NOT_A_NOTE = 20  # words in comments alone that are an answer rather than a reminder
NOTE_TO_SELF = 12  # words beside a task that a learner who answered it need not mean for a reader


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
        re.search(
            rf"^[ \t]*(def[ \t]+{name}\s*\(|{name}[ \t]*(:[^=\n]+)?=[^=])", code, re.MULTILINE
        )
        is not None
    )


def open_answer(cells, question, exercise):
    """Return one open answer, as :func:`open_answers` finds it: (text, position of its cell)."""
    return open_answers(cells, exercise)[0][question.id]


def open_answers(cells, exercise):
    """Return what a learner wrote in free words, wherever it stands.

    Its place is the cell below the task. But a cell may have become code or raw, lost its
    metadata, or stand elsewhere; so whatever was written and not handed out reaches the marker:
    in its question's section as the answer, elsewhere with a question mark.

    Parameters
    ----------
    cells : list of notebook.Cell
    exercise : Exercise

    Returns
    -------
    tuple
        ``{question id: (text, position of its first cell or None)}``, empty text where nothing
        was written, and a list of remarks on words of which it is not sure where they belong.
    """
    found = {question.id: {} for question in exercise.open}
    elsewhere, section = {}, None
    for position, cell in enumerate(cells):
        for heading in HEADING.finditer(cell.source) if cell.kind == "markdown" else ():
            section = section_of(heading) or (section if _is_own_heading(cell, exercise) else None)
        text = _own_words(cell, exercise)
        if not text:
            continue
        question = _asks_for(cell, section, exercise)
        (found[question.id] if question else elsewhere).setdefault(text, position)
    remarks = []
    if elsewhere and exercise.open:
        remarks = _put_with_a_question_mark(elsewhere, found, exercise)
    texts = {
        one: ("\n\n".join(parts), min(parts.values(), default=None)) for one, parts in found.items()
    }
    return texts, remarks


def _own_words(cell, exercise):
    """Return the words of a cell that are the learner's own and are meant for a reader."""
    text = cell.source.strip()
    # A list of references is ours, also in the words of an older edition.
    if not text or text in exercise.released or '<span id="ref-' in text:
        return ""
    if cell.kind == "code":
        return _words_in_code(text, cell, exercise)
    handed_out = {line for source in exercise.released for line in _lines(source)}
    lines = _lines(text)
    known = sum(line in handed_out for line in lines)
    if QUESTION_LINE.search(text) and 2 * known < len(lines):
        return ""  # a task in the words of another edition
    own = [line for line in text.split("\n") if line.strip() not in handed_out]
    own = [PLACE_HOLDER.sub("", line) for line in own if not QUESTION_LINE.match(line)]
    words = "\n".join(own).strip()
    return words if writing.count(words) else ""


def _lines(source):
    return [line.strip() for line in source.split("\n") if line.strip()]


def _words_in_code(text, cell, exercise):
    """Return the words in a code cell: a place for words, a text that is no code, a string."""
    if writing.is_place(text):
        return writing.words(text)
    here = {question.cell for question in exercise.open}
    names = {question.variable for question in exercise.checked}
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        sentence = writing.count(text) >= 5 and not CODE_LIKE.search(text)
        return text if cell.grade_id in here or sentence else ""
    if not body:  # nothing but comments: an essay with # before each line
        lines = (line.strip().lstrip("#").strip() for line in text.split("\n"))
        said = "\n".join(line for line in lines if line and not CODE_LIKE.search(line))
        return said if writing.count(said) >= NOT_A_NOTE else ""
    strings = [
        said
        for line in body
        if (said := _said_by(line))
        and not (
            isinstance(line, ast.Assign)
            and {t.id for t in line.targets if isinstance(t, ast.Name)} & names
        )
        and (cell.grade_id in here or writing.count(said) >= 4)
    ]
    return "\n\n".join(strings).strip()


def _said_by(line):
    """Return the text that a line of code is about: alone, given a name, added up or printed."""
    if not isinstance(line, (ast.Expr, ast.Assign, ast.AnnAssign)) or line.value is None:
        return ""
    value = line.value
    parts = [value]
    if isinstance(value, ast.Call):
        parts = value.args if getattr(value.func, "id", "") == "print" else []
    return "\n".join(filter(None, map(_text_of, parts)))


def _text_of(value):
    """Return the letters of a string, an f-string or a sum of them; of anything else none."""
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, str) else ""
    if isinstance(value, ast.JoinedStr):
        return "".join(map(_text_of, value.values))
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        parts, deep = [], value
        while isinstance(deep, ast.BinOp):  # a sum of thousands is deeper than Python's stack
            parts.append(deep.right)
            deep = deep.left
        flat = [deep, *reversed(parts)]
        return "".join(_text_of(one) for one in flat if not isinstance(one, ast.BinOp))
    return ""


def _asks_for(cell, section, exercise):
    """Return the open question to which a cell's words belong for certain, or None."""
    named = writing.asked(cell.source) if writing.is_place(cell.source) else ""
    for question in exercise.open:
        if question.id == named or (not named and question.cell == cell.grade_id):
            return question
    return next((one for one in exercise.open if one.number == section and not named), None)


def _is_own_heading(cell, exercise):
    """Say whether a heading is the learner's, inside an answer, and begins no part of ours."""
    ours = {line for source in exercise.released for line in _lines(source) if line[:1] == "#"}
    return bool(ours) and not any(line in ours for line in _lines(cell.source))


def _put_with_a_question_mark(elsewhere, found, exercise):
    """Add words from elsewhere to the first open question without any, else to the last."""
    empty = [question for question in exercise.open if not found[question.id]]
    question = (empty or exercise.open)[0 if empty else -1]
    words = sum(map(writing.count, elsewhere))
    if not empty and words < NOTE_TO_SELF:
        return []
    for text, position in elsewhere.items():
        label = f"[From cell {position + 1} of the notebook; perhaps meant for this question?]"
        found[question.id].setdefault(f"{label}\n\n{text}", position)
    return [
        f"{question.id}: {words} words stand outside the question's own place; they are shown "
        "with its answer. Please look where they belong."
    ]
