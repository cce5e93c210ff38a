"""Open answers: the sheet in which a person marks them, and the marks that come back.

One row an answer and criterion. Whatever a person has typed into the columns
``level`` and ``comment`` is carried over to every later version of the sheet.
"""

import hashlib
from itertools import chain

from softpower import texts
from softpower.errors import CourseError
from softpower.grading import sheets

COLUMNS = [
    "student",
    "number",
    "assignment",
    "question",
    "criterion",
    "look for",
    "levels",
    "answer",
    "level",
    "comment",
    "note",
    "row_id",
    "answer_id",
]
KEY = ("student", "number", "question", "criterion")
# Notes stand in the sheet in English, where they are read again; pages show them translated.
CHANGED = texts.mark(
    "the answer changed after it was marked; the mark is kept. "
    "When you have looked again, delete this note in marking.csv"
)
MOST_TRIES = 5
GONE = texts.mark(
    "not asked for now: handed in no more, or marked in another row; the mark is kept"
)
SECOND = texts.mark(
    "another notebook of this person or group counts so far; this one may overtake it"
)
FROM = "level given in "  # and the name of another marker's sheet
CUT = texts.mark("[cut here; the feedback page has it all]")
LONGEST_ANSWER = 20_000  # characters; a cell of Excel takes 32,767


class Marks:
    """What people have marked so far.

    Parameters
    ----------
    path : pathlib.Path
        ``marking.csv``; need not exist yet.
    delimiter : str
        For a new sheet. One that a spreadsheet saved with semicolons keeps them.

    Raises
    ------
    CourseError
        Where the sheet is there and cannot be read: it is then left as it is.
    """

    def __init__(self, path, delimiter=","):
        self.path, self.rows, self.extra, self.delimiter = path, {}, [], delimiter
        self.by_form = {}  # marks given in nbgrader's form grader: (student, question) -> mark
        self.doubles, self.pairs, self.others, self.stamp = [], {}, (), None
        self.read()

    def read(self):
        """Read the sheet as it stands: it may be saved while a run is on."""
        self.stamp, self.pairs = sheets.stamp(self.path), {}
        if not self.path.exists():
            self._read_others()
            return
        columns, rows, saved_with = sheets.read(self.path, [*KEY, "level", "comment"])
        self.extra = [column for column in columns if column and column not in COLUMNS]
        self.rows, self.doubles = {}, []
        for row in rows:
            self._take(row.get("row_id") or row_id(*(row[part] for part in KEY)), row)
        if saved_with == ";":
            self.delimiter = ";"
        self._read_others()

    def add_others(self, paths):
        """Read other markers' copies of the sheet too: they fill what is blank here.

        Raises
        ------
        CourseError
            Where one cannot be read.
        """
        for path in paths:
            if not path.is_file():
                raise CourseError(
                    texts.text("There is no marking sheet at {path}. Check the path.", path=path)
                )
        self.others = tuple(paths)
        self.read()

    def _read_others(self):
        for path in self.others:
            for row in sheets.read(path, [*KEY, "level", "comment"])[1]:
                key = row.get("row_id") or row_id(*(row[part] for part in KEY))
                mine = dict(self.rows.get(key) or row | {"level": "", "comment": "", "note": ""})
                levels = [one.get("level", "").strip() for one in (mine, row)]
                if all(levels):
                    if (mine.get("note") or "") != FROM + path.name:
                        self.pairs[key, path.name] = (row, *levels)
                elif levels[1]:
                    mine |= {"level": row["level"], "note": FROM + path.name}
                    mine["answer_id"] = row.get("answer_id", "")
                said = [one.get("comment", "").strip() for one in (mine, row)]
                if said[1] and said[1] not in said[0]:
                    mine["comment"] = " ".join(filter(None, said))
                self.rows[key] = mine

    def _take(self, key, row):
        """Put a row to the others: a blank one takes nothing away, a different mark is told."""
        before = self.rows.get(key)
        if before is None:
            self.rows[key] = row
            return
        merged = dict(before)
        for column in ("level", "comment"):
            old, new = (one.get(column, "").strip() for one in (before, row))
            if column == "level" and old and new:
                self.pairs[key, ""] = (row, old, new)
            if not old:
                merged[column] = row.get(column, "")
            elif new and new != old:
                merged["comment"] = " | ".join(
                    filter(None, (merged["comment"], f"[another row: {column} {new}]"))
                )
                self.doubles.append(
                    texts.text(
                        "{student}, {question}, {criterion}: two rows of marking.csv differ "
                        "({column} {old!r} and {new!r}); the first counts.",
                        student=row["student"],
                        question=row["question"],
                        criterion=texts.text(row["criterion"]),
                        column=column,
                        old=old,
                        new=new,
                    )
                )
        self.rows[key] = merged

    def _of_a_place(self, student, number, again, question):
        keys = [
            row_id(student, number, shown(question.id), one.name, again) for one in question.rubric
        ]
        return [self.rows[key] for key in keys if key in self.rows]

    def knows(self, student, number, again, question, prints):
        """Say whether the sheet has rows of this name for an answer with one of these prints."""
        rows = self._of_a_place(student, number, again, question)
        return any(row.get("answer_id") in ("", None, *prints) for row in rows)

    def levels(self, student, number, again, question):
        """Return what was typed as levels under one name."""
        rows = self._of_a_place(student, number, again, question)
        return [row.get("level", "").strip() for row in rows]

    def has_marks(self, student, number, again, question):
        """Say whether a person has marked or commented anything under one name."""
        rows = self._of_a_place(student, number, again, question)
        typed = any(row.get(part, "").strip() for row in rows for part in ("level", "comment"))
        return typed or (not again and (student, question.id) in self.by_form)

    def under(self, student, number, again, question, now):
        """Return how the answer was marked that has this name in the sheet.

        Parameters
        ----------
        student, number, again : str
            ``again`` is the file, for a further answer of one person; else empty.
        question : OpenQuestion
        now : str
            The answer's :func:`answer_id`.

        Returns
        -------
        dict
            ``points`` (None while a criterion has no level), ``criteria`` (name, level, points,
            out of, descriptor, comment) and ``remarks`` for the report.
        """
        criteria, remarks = [], []
        for criterion in question.rubric:
            key = row_id(student, number, shown(question.id), criterion.name, again)
            row = self.rows.get(key, {})
            level = _level(row.get("level", ""), criterion)
            if level is None and row.get("level", "").strip():
                remarks.append(_no_level(question, criterion, row["level"]))
            if level is not None and _is_changed(row, now):
                changed = texts.text(
                    "{question}: {note}.", question=question.id, note=shown_note(CHANGED)
                )
                remarks += [changed] if changed not in remarks else []
            chosen = criterion.levels[level] if level is not None else None
            criteria.append(
                {
                    "name": criterion.name,
                    "level": level,
                    "points": chosen.points if chosen else None,
                    "out_of": max(one.points for one in criterion.levels),
                    "descriptor": chosen.descriptor if chosen else "",
                    "comment": row.get("comment", ""),
                }
            )
        points = [one["points"] for one in criteria]
        total = min(sum(points), question.points) if criteria and None not in points else None
        form = None if again else self.by_form.get((student, question.id))
        if total is None and form:
            return {
                "points": min(form["points"], question.points),
                "remarks": remarks,
                "criteria": [
                    {
                        "name": "Mark",
                        "level": None,
                        "points": form["points"],
                        "out_of": question.points,
                        "descriptor": "",
                        "comment": form["comment"],
                    }
                ],
            }
        return {"points": total, "criteria": criteria, "remarks": remarks}

    def write(self, answers):
        """Write the sheet anew, with every mark that it held.

        Where somebody saves it meanwhile, it is read once more, so that no mark is written over.

        Parameters
        ----------
        answers : callable
            Returns an iterable of dict: ``student`` (as shown), ``number``, ``assignment``,
            ``question`` (an OpenQuestion) and ``answer``; perhaps ``name``, what the rows go by
            in place of the first two (student, number, further file), and ``is_second``,
            whether another one counts so far.
        """
        for _ in range(MOST_TRIES):
            try:
                return self._write(answers())
            except sheets.Changed:
                self.read()
        raise CourseError(
            texts.text(
                "{path} is saved again and again while it is written. It was left as it is; run the "
                "same command once more.",
                path=self.path,
            )
        )

    def _write(self, answers):
        left = dict(self.rows)

        def rows():
            for one in answers:
                for criterion in one["question"].rubric:
                    student, number, again = _name(one)
                    question = shown(one["question"].id)
                    key = row_id(student, number, question, criterion.name, again)
                    yield self._row(one, criterion, key, left.pop(key, {}))
            for row in left.values():  # nobody's mark is thrown away
                if row.get("level", "").strip() or row.get("comment", "").strip():
                    yield row | {"note": GONE}

        made = rows()  # row by row: a large class has more text than fits in memory at once
        first = next(made, None)
        if first or self.path.exists():
            every = chain([first] if first else [], made)
            columns = [*COLUMNS, *self.extra]
            sheets.write(self.path, columns, every, self.delimiter, self.stamp)
            self.stamp = sheets.stamp(self.path)

    def _row(self, one, criterion, key, before):
        now = answer_id(one["answer"])
        marked = before.get("level", "").strip() or before.get("comment", "").strip()
        changed = marked and _is_changed(before, now)
        return {column: before.get(column, "") for column in self.extra} | {
            "student": one["student"],
            "number": _name(one)[1],
            "assignment": one["assignment"],
            "question": shown(one["question"].id),
            "criterion": criterion.name,
            "look for": texts.text(criterion.look_for),
            "levels": _levels(criterion),
            "answer": one["answer"]
            if len(one["answer"]) <= LONGEST_ANSWER
            else one["answer"][:LONGEST_ANSWER] + " " + texts.text(CUT),
            "level": before.get("level", ""),
            "comment": before.get("comment", ""),
            "note": CHANGED
            if changed
            else _where_from(before) or (SECOND if one.get("is_second") else ""),
            "row_id": key,
            "answer_id": now,
        }


def _levels(criterion):
    return "\n".join(
        texts.text(
            "{level}: {looks} ({points} points)",
            level=index,
            looks=texts.text(level.descriptor),
            points=texts.number(level.points),
        )
        for index, level in enumerate(criterion.levels)
    )


def _no_level(question, criterion, level):
    return texts.text(
        "{question}, {criterion}: {level!r} is not one of the levels 0 to {most}; not counted.",
        question=question.id,
        criterion=texts.text(criterion.name),
        level=level,
        most=len(criterion.levels) - 1,
    )


def shown_note(note):
    """Return a note of the sheet in the reader's language."""
    if note.startswith(FROM):
        return texts.text("level given in {file}", file=note.removeprefix(FROM))
    return texts.text(note)


def _name(one):
    """Return (student, number, further file): what the rows of an answer go by."""
    return one.get("name") or (one["student"], one["number"], "")


def _where_from(row):
    note = row.get("note") or ""
    return note if note.startswith(FROM) else ""


def _is_changed(row, now):
    """Say whether the marker saw another answer, and has not yet deleted the note on it."""
    return row.get("answer_id") not in ("", None, now) or row.get("note") == CHANGED


def shown(question_id):
    """Return a question as a sheet names it: a spreadsheet takes 01.10 for 1.1, or for a date."""
    return f"Q{question_id}"


def row_id(student, number, question, criterion, again=""):
    """Return what tells a row for certain: an old code page loses Kazakh letters from names."""
    who = "\0".join((student, number, question, criterion, *([again] if again else [])))
    return "r" + hashlib.sha256(who.encode("utf-8", "replace")).hexdigest()[:12]


def answer_id(answer):
    """Return a short fingerprint of an answer, to see whether it changed after it was marked."""
    return "a" + hashlib.sha256(answer.encode("utf-8", "replace")).hexdigest()[:10]


def _level(text, criterion):
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return int(number) if number.is_integer() and 0 <= number < len(criterion.levels) else None


def from_form_grader(database, exercises):
    """Return the marks that people gave in nbgrader's form grader.

    Parameters
    ----------
    database : pathlib.Path
        nbgrader's ``gradebook.db``.
    exercises : dict
        The exercises by lesson.

    Returns
    -------
    dict
        ``{(student, question id): {"points": float, "comment": str}}``.

    Raises
    ------
    CourseError
        Where there is no such file, or nbgrader is not installed.
    """
    if not database.is_file():  # nbgrader would make an empty one
        raise CourseError(
            texts.text(
                "There is no gradebook at {path}. Check the path to gradebook.db.", path=database
            )
        )
    try:
        from nbgrader.api import Gradebook
    except ImportError:
        raise CourseError(
            texts.text("--nbgrader needs nbgrader: run this where it is installed.")
        ) from None

    marks = {}
    with Gradebook(f"sqlite:///{database}") as gradebook:
        for exercise in exercises.values():
            cells = {f"q{question.id.partition('.')[2]}": question for question in exercise.open}
            if not any(one.name == exercise.name for one in gradebook.assignments):
                continue
            for submission in gradebook.assignment_submissions(exercise.name):
                for sheet in submission.notebooks:
                    comments = {one.name: one.comment or "" for one in sheet.comments}
                    for grade in sheet.grades:
                        if grade.name in cells and grade.manual_score is not None:
                            marks[submission.student.id, cells[grade.name].id] = {
                                "points": grade.manual_score,
                                "comment": comments.get(grade.name, ""),
                            }
    return marks
