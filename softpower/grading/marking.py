"""Open answers: the sheet in which a person marks them, and the marks that come back.

One row an answer and criterion. Whatever a person has typed into the columns
``level`` and ``comment`` is carried over to every later version of the sheet.
"""

import hashlib
from collections import Counter, defaultdict
from itertools import chain

from softpower import texts
from softpower.errors import CourseError
from softpower.grading import markers, sheets
from softpower.grading.markers import FROM, is_others
from softpower.grading.names import called

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
    markers.COLUMN,
    "row_id",
    "answer_id",
    markers.MARK_ID,
]
KEY = ("student", "number", "question", "criterion")
# Notes stand in the sheet in English, where they are read again; pages show them translated.
CHANGED = texts.mark(
    "the answer changed after it was marked; the mark is kept. "
    "When you have looked again, delete this note in marking.csv"
)
MOST_TRIES = 5
TYPED = ("level", "comment")
NOT_YET = ("level", "comment", "note", markers.COLUMN, markers.MARK_ID)
GONE = texts.mark(
    "not asked for now: handed in no more, or marked in another row; the mark is kept"
)
WORKED = texts.mark(
    "this notebook is the course's own worked answers, or holds cells of them; whose words are these?"
)
SECOND = texts.mark(
    "another notebook of this person or group counts so far; this one may overtake it"
)
FROM_ANOTHER_ROW = texts.mark("level given in another row")  # of this sheet
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
        self.doubles, self.others, self.stamp, self.asked = [], {}, None, {}
        self.gone = []  # rows with a level whose answer is not asked for now
        self.read()

    def read(self):
        """Read the sheet as it stands: it may be saved while a run is on."""
        self.stamp = sheets.stamp(self.path)
        if not self.path.exists():
            self._read_others()
            return
        columns, rows, saved_with = sheets.read(self.path, [*KEY, "level", "comment"])
        self.extra = [column for column in columns if column and column not in COLUMNS]
        self.rows, self.doubles, again = {}, [], defaultdict(list)
        for row in rows:
            key = _key(row)
            if self.rows.setdefault(key, row) is not row:
                again[key].append(row)
        names = markers.pasted(self.rows, again)
        differ = [key for key, rows in again.items() if self._put_together(key, rows, names)]
        self.doubles += [markers.several_rows([self.rows[key] for key in differ])] if differ else []
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
        names = Counter(path.name for path in paths)
        self.others = {
            path.name if names[path.name] == 1 else f"{path.parent.name}/{path.name}": path
            for path in paths
        }
        self.read()

    def _read_others(self):
        """Put other markers' sheets to this one; one that stands whole in another says nothing."""
        by_key, marked, mine = defaultdict(dict), {}, list(self.rows)
        for source, path in self.others.items():
            marked[source], there = set(), set()
            for row in sheets.read(path, [*KEY, "level", "comment"])[1]:
                key, one = _key(row), markers.given(row, source)
                there.add(key)
                self.rows.setdefault(key, row | dict.fromkeys(NOT_YET, ""))
                by_key[key][source] = one
                marked[source] |= {(key, markers.plain(one.level))} if one.level else set()
            self.doubles += markers.cut_off(source, mine, there)
        kept, before = markers.without_repeats(marked), markers.given_before(self.rows)
        absent = [
            one for one in before if one not in marked and not one.startswith(markers.ANOTHER_ROW)
        ]
        gone = {one for one in absent if any(before[one] <= marks for marks in marked.values())}
        self.doubles += [
            texts.text(markers.GIVEN_NO_MORE, file=one, given=texts.listing(marked, "or"))
            for one in absent
            if marked and one not in gone
        ]
        for key, given in by_key.items():
            gave = [given[one] for one in kept if one in given]
            self.rows[key] = markers.join(self.rows[key], gave, gone)
            self.doubles += markers.taken_back(self.rows[key], given)

    def _put_together(self, key, rows, names):
        """Put rows of one name together; say whether they differ. ``names``: of their sheets."""
        mine, differ = self.rows[key], False
        for row in rows:
            both = [[one.get(column, "").strip() for one in (mine, row)] for column in TYPED]
            differ = differ or any(old and new and old != new for old, new in both)
        given = [markers.given(row, name) for row, name in zip(rows, names, strict=False)]
        self.rows[key] = markers.join(mine, given)
        return differ

    def compared(self):
        """Return what was marked by two people, as ``agreement.compare`` takes it.

        By (row, number): the row with its name as the class has it and the other's ``sheet`` and
        ``words``, the level that counts, and the other's. What is no level is left out.
        """
        found = {}
        for key, row in self.rows.items():
            student, most = self.asked.get(key, (row.get("student", ""), None))
            for number, (level, other) in enumerate(markers.pairs(row)):
                if all(_is_level(one, most) for one in (level, other.level)):
                    more = {"student": student, "sheet": other.source, "words": other.comment}
                    found[key, number] = (row | more, level, other.level)
        return found

    def no_levels(self):
        """Return lines for the report on what other markers gave that is no level."""
        return [
            texts.text(
                "{student}, {question}, {criterion}: {level!r}, given in {file}, is not one of the "
                "levels 0 to {most}; not compared.",
                student=called((self.asked[key][0], row["number"])),
                question=row["question"],
                criterion=texts.text(row["criterion"]),
                level=one.level,
                file=one.source,
                most=self.asked[key][1],
            )
            for key, row in self.rows.items()
            if key in self.asked
            for one in markers.others(row).values()
            if one.level and not _is_level(one.level, self.asked[key][1])
        ]

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
            out of, descriptor, comment, whether they were given for another text) and ``remarks``
            for the report.
        """
        criteria, remarks = [], []
        for criterion in question.rubric:
            key = row_id(student, number, shown(question.id), criterion.name, again)
            row = self.rows.get(key, {})
            level = _level(row.get("level", ""), criterion)
            if level is None and row.get("level", "").strip():
                remarks.append(_no_level(question, criterion, row["level"]))
            is_of_another = level is not None and _is_changed(row, now)
            if is_of_another:
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
                    "of_another": is_of_another,
                }
            )
        points = [one["points"] for one in criteria]
        total = min(sum(points), question.points) if criteria and None not in points else None
        form = None if again else self.by_form.get((student, question.id))
        if total is None and form:
            return _by_form(form, question) | {"remarks": remarks}
        return {"points": total, "criteria": criteria, "remarks": remarks}

    def write(self, answers):
        """Write the sheet anew, with every mark that it held.

        Where somebody saves it meanwhile, it is read once more, so that no mark is written over.

        Parameters
        ----------
        answers : callable
            Returns an iterable of dict: ``student`` (as shown), ``number``, ``assignment``,
            ``question`` (an OpenQuestion) and ``answer``; perhaps ``name``, what the rows go by
            in place of the first two (student, number, further file), ``is_second``, whether
            another one counts so far, and ``is_worked``, whether it came with worked answers.
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
        left, self.asked, self.gone = dict(self.rows), {}, []

        def rows():
            for one in answers:
                for criterion in one["question"].rubric:
                    student, number, again = _name(one)
                    question = shown(one["question"].id)
                    key = row_id(student, number, question, criterion.name, again)
                    self.asked[key] = one["student"], len(criterion.levels) - 1
                    yield self._row(one, criterion, key, left.pop(key, {}))
            for row in left.values():  # nobody's mark is thrown away
                if row.get("level", "").strip() or row.get("comment", "").strip():
                    self.gone += [row] if row.get("level", "").strip() else []
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
            "note": CHANGED if changed else _where_from(before) or _note(one),
            markers.COLUMN: before.get(markers.COLUMN, ""),
            "row_id": key,
            "answer_id": now,
            markers.MARK_ID: markers.mark_id(before),
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
    if note.startswith(FROM + markers.ANOTHER_ROW):
        return texts.text(FROM_ANOTHER_ROW)
    if note.startswith(FROM):
        return texts.text("level given in {file}", file=note.removeprefix(FROM))
    return texts.text(note)


def _note(one):
    """Return what a marker should know of an answer before reading it."""
    return WORKED if one.get("is_worked") else SECOND if one.get("is_second") else ""


def _name(one):
    """Return (student, number, further file): what the rows of an answer go by."""
    return one.get("name") or (one["student"], one["number"], "")


def _key(row):
    return row.get("row_id") or row_id(*(row[part] for part in KEY))


def _is_level(text, most):
    """Say whether a text is one of the levels from 0 to ``most`` (None: it is not known)."""
    text = markers.plain(text)
    return text.isdecimal() and (most is None or int(text) <= most)


def _where_from(row):
    note = row.get("note") or ""
    return note if note.startswith(FROM) and is_others(row) else ""


def _by_form(form, question):
    """Return a mark that nbgrader's form gave, as :meth:`Marks.under` returns one."""
    mark = {
        "name": "Mark",
        "level": None,
        "points": form["points"],
        "out_of": question.points,
        "descriptor": "",
        "comment": form["comment"],
    }
    return {"points": min(form["points"], question.points), "criteria": [mark]}


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
