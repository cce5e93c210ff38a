"""Write what a lecturer takes away: scores, gradebook, marking sheet, feedback, report."""

import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass

from softpower.grading import agreement, insight, pages, sheets, similar
from softpower.grading.learners import learner
from softpower.grading.marking import shown
from softpower.grading.names import CANVAS, CANVAS_HIDDEN, MOODLE, lms, own_name
from softpower.grading.term import Term

SCORES = [
    "student",
    "number",
    "assignment",
    "question",
    "points",
    "out_of",
    "status",
    "message",
    "file",
]
NO_NOTEBOOK = (
    "You handed in {}, and no notebook, so nothing could be marked. Please hand in the notebook "
    "itself: the file in my_work whose name ends in .ipynb."
)


def cut(name, most):
    """Return a file's name cut to so many bytes: 90 Chinese letters are 270, and 255 is the limit."""
    return name.encode("utf-8", "replace")[:most].decode("utf-8", "ignore").rstrip(" .")


def points_of(scores, *, in_code=False):
    """Return the points of the main road, or of the part *In code* that stands beside it."""
    return sum(score["points"] or 0 for score in scores if score.get("in_code", False) is in_code)


NOT_A_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


BEFORE = " before late"  # the column of points before something is taken off


def _order(key):
    (student, number), lesson = key
    return student.casefold(), student, number, lesson or ""


def _called(student, number):
    """Return a student as the report calls them; two may have one name."""
    return f"{student} ({number})" if number else student


def _copies(left):
    """Say what somebody handed in who left no file of their own."""
    if not left.copies:
        return "nothing"
    return (
        f"only {', '.join(sorted(left.copies))}, a copy that a program keeps for itself, and no "
        "notebook"
    )


@dataclass
class Entry:
    """Where one submission stands in the results; its content stays on disk."""

    key: str
    student: str
    number: str
    file: str
    folder: str
    lesson: str
    readable: bool
    points: float
    hopes: float  # points of open answers that hold something: a person may give them
    when: float
    off: float = 0.0  # points that are taken off because it came late

    @property
    def rank(self):
        """Of several the one with the highest rank counts: what a person has still to mark
        counts as if it were all right, so that a notebook with two points more and no essay
        takes nothing away."""
        return self.readable, self.points + self.hopes - self.off, self.when

    @property
    def name(self):
        """The file as the student called it, without the folders of the LMS or the class."""
        inside = self.file.partition(f"{self.folder}/")[2]
        return inside or own_name(self.file.rpartition("/")[2])


class Results:
    """Everything below the folder of results.

    Parameters
    ----------
    folder : pathlib.Path
    course : judge.Course
    state : state.State
    marks : marking.Marks
    delimiter : str
        Of the sheets that people open; what an LMS imports has commas.
    term : term.Term, optional
        The class list, groups and late work.
    """

    def __init__(self, folder, course, state, marks, delimiter=",", term=None):
        self.folder, self.course, self.state, self.marks = folder, course, state, marks
        self.term = term or Term()
        self.delimiter = delimiter
        self.means, self.to_mark = defaultdict(list), defaultdict(int)
        # What the report says: whom to write to, marks to look at, and what is good to know.
        self.remarks = {"write": [], "missing": [], "look": [], "know": []}

    def write(self, submissions, found, stopped=""):
        """Write all files anew from what is stored; unchanged feedback pages are left alone."""
        self.term.settle(submissions, found)
        entries = self._entries(submissions)
        counted = self._best(entries)
        counted |= self.term.shared(counted)
        names = {entry.lesson: self._name(entry.lesson) for entry in counted.values()}
        self.remarks["missing"] += self.term.absent(set(counted), names)
        self.remarks["look"] += self.term.remarks + self.term.dateless()
        self.remarks["know"] += [self.course.limits.told(), *found.remarks]
        self.remarks["look"] += self.marks.doubles
        self.marks.write(lambda: self._open_answers(counted.values()))
        sheets.write(
            self.folder / "scores.csv", SCORES, self._scores(counted, names), self.delimiter
        )
        self._gradebook(counted, found)
        self._for_the_lms(counted)
        self._feedback(entries, counted, found, {(one.student, one.number) for one in submissions})
        self._class_as_a_whole(counted)
        self._report(stopped)

    def _class_as_a_whole(self, counted):
        """Write what the class understood, and which work is alike; each hand-in counts once."""
        by_lesson, handed_in = defaultdict(dict), defaultdict(set)
        for (who, lesson), entry in self._persons(counted):
            handed_in[lesson].add(who)
            if entry.readable and lesson and entry.key not in by_lesson[lesson]:
                person = self.term.by_key.get(who)
                by_lesson[lesson][entry.key] = learner(
                    _called(*who),
                    person.groups if person and self.term.shares else (),
                    self.course.exercises[lesson],
                    self._result(entry),
                    self.term.records.get(entry.folder),
                )
        understood, alike = [], []
        for lesson, found in sorted(by_lesson.items()):
            exercise, everybody = self.course.exercises[lesson], list(found.values())
            missing = sum(one.key not in handed_in[lesson] for one in self.term.people)
            understood.append(insight.of(everybody, exercise, missing, self.term.before))
            alike.append((exercise.title, similar.pairs(everybody, exercise)))
        for name, page in (("insight", insight.page(understood)), ("similar", similar.page(alike))):
            target = self.folder / f"{name}.html"
            sheets.replace(target, lambda file, page=page: file.write(page), encoding="utf-8")

    def _entries(self, submissions):
        """Read what is needed to sort the submissions; a few words each."""
        entries = []
        for submission in submissions:
            key = submission.key
            stored = self.state.load(key)
            if stored is None:
                continue  # interrupted before its turn
            result = stored["result"]
            entries.append(
                Entry(
                    key,
                    result["student"],
                    result["number"],
                    result["file"],
                    result["folder"],
                    result["lesson"],
                    not result["problem"],
                    points_of(result["scores"]),
                    sum(
                        score["out_of"]
                        for score in result["scores"]
                        if result["open"].get(score["question"])
                    ),
                    submission.when,
                )
            )
        lessons = {entry.lesson for entry in entries if entry.lesson}
        only = (
            next(iter(lessons))
            if len(lessons) == 1
            else (next(iter(self.course.exercises)) if len(self.course.exercises) == 1 else None)
        )
        for entry in entries:  # a file beyond reading belongs to the one exercise of the batch
            entry.lesson = entry.lesson or only
            late = self._late(self.term.whose(entry.student, entry.number), entry)
            entry.off = late.points if late else 0.0
        return sorted(
            entries,
            key=lambda one: (
                one.student.casefold(),
                one.student,
                one.number,
                one.lesson or "",
                one.file,
            ),
        )

    def _best(self, entries):
        """Of several notebooks by one student for one exercise the best counts, then the latest.

        Returns
        -------
        dict
            The entry that counts by (who, lesson); ``who`` is a name and a number.
        """
        best = {}
        for entry in entries:
            key = self.term.whose(entry.student, entry.number), entry.lesson
            if entry.rank > best.setdefault(key, entry).rank:
                best[key] = entry
        return best

    def _late(self, who, entry):
        """Return how late an entry was for one person, or None."""
        exercise = self.course.exercises.get(entry.lesson)
        return self.term.late(who, entry, exercise) if exercise else None

    def _result(self, entry):
        """Return one stored result with the marks that people gave."""
        result = self.state.load(entry.key)["result"]
        exercise = self.course.exercises.get(entry.lesson)
        if result["problem"] and exercise:
            result["scores"] = [
                {
                    "question": question.id,
                    "points": 0,
                    "out_of": question.points,
                    "in_code": question.optional,
                    "cell": None,
                    "status": "unreadable",
                    "message": result["problem"],
                }
                for question in exercise.questions
            ]
        questions = {question.id: question for question in exercise.open} if exercise else {}
        result["marking"] = []
        for score in result["scores"]:
            if score["status"] != "to mark":
                continue
            mark = self.marks.of(
                entry.student,
                entry.number,
                questions[score["question"]],
                result["open"][score["question"]],
            )
            result["marking"] += mark["remarks"]
            if mark["points"] is not None or any(
                one["level"] is not None or one["comment"] for one in mark["criteria"]
            ):
                score["criteria"] = mark["criteria"]
            if mark["points"] is not None:
                score |= {
                    "points": mark["points"],
                    "status": "marked",
                    "message": " ".join(one["comment"] for one in mark["criteria"]).strip(),
                }
        return result

    def _name(self, lesson):
        exercise = self.course.exercises.get(lesson)
        return exercise.name if exercise else ""

    def _scores(self, counted, names):
        for (who, lesson), entry in self._persons(counted):
            result = self._result(entry)
            row = {
                "student": who[0],
                "number": who[1],
                "file": entry.file,
                "assignment": self._name(lesson),
            }
            for score in result["scores"]:
                yield row | {
                    **score,
                    "question": shown(score["question"]),
                    "points": "" if score["points"] is None else f"{score['points']:g}",
                }
            if not result["scores"]:
                yield row | {"points": 0, "status": "unreadable", "message": result["problem"]}
            if late := self._late(who, entry):
                taken = min(late.points, points_of(result["scores"]))
                # A number, not a text: a spreadsheet must not take its sign for a formula's.
                taken = -int(taken) if float(taken).is_integer() else -taken
                yield row | {"points": taken, "status": "late", "message": f"{late}."}
        for person in self.term.people:
            for lesson, name in names.items():
                if (person.key, lesson) not in counted:
                    row = {"student": person.name, "number": person.number, "assignment": name}
                    yield row | {"status": "not handed in"}

    def _persons(self, counted):
        """Return what counts for persons: what a group handed in counts for its people."""
        return [
            (key, entry)
            for key, entry in sorted(counted.items(), key=lambda one: _order(one[0]))
            if not (self.term.team(entry.student, entry.number) and key[0][0] == entry.student)
        ]

    def _open_answers(self, counted):
        for entry in {entry.key: entry for entry in counted}.values():
            exercise = self.course.exercises.get(entry.lesson)
            texts = self.state.load(entry.key)["result"]["open"]
            for question in exercise.open if exercise else ():
                if texts.get(question.id):
                    yield {
                        "student": entry.student,
                        "number": entry.number,
                        "question": question,
                        "assignment": exercise.name,
                        "answer": texts[question.id],
                    }

    def _gradebook(self, counted, found):
        """A row a student; a cell stays empty where nothing was handed in."""
        lessons = sorted({entry.lesson for entry in counted.values() if entry.lesson})
        exercises = [self.course.exercises[lesson] for lesson in lessons]
        named = [one.key for one in self.term.people]
        left = [one for one in sorted(found.students) if one[0] and not self.term.team(*one)]
        named += [self.term.whose(*one) for one in left]
        rows = {name: self._student(name) for name in named}
        for (name, _), entry in self._persons(counted):
            row = rows.setdefault(name, self._student(name))
            scores = self._result(entry)["scores"]
            total = points_of(scores)
            if self.term.rule.due_for(entry.lesson):
                late = self._late(name, entry)
                row[self._name(entry.lesson) + BEFORE] = f"{total:g}"
                row["late"] = ", ".join(filter(None, (row["late"], late and late.days_begun)))
                total = late.counted(total) if late else total
                self.remarks["know"] += [f"{_called(*name)}: {late}."] if late else []
            if name != self.term.whose(entry.student, entry.number):
                row["handed_in_by"] = entry.student
            waiting = sum(score["status"] == "to mark" for score in scores)
            row["to_mark"] += waiting
            row["total"] += total
            row["in_code"] += points_of(scores, in_code=True)
            if entry.lesson:
                row[self._name(entry.lesson)] = f"{total:g}"
                row["out_of"] += self.course.exercises[entry.lesson].points
                self.means[entry.lesson].append(total)
                self.to_mark[entry.lesson] += waiting
        ordered = sorted(rows.values(), key=lambda row: (row["student"].casefold(), row["number"]))
        for row in ordered:
            row["total"] = f"{row['total']:g}"
            row["in_code"] = f"{row['in_code']:g}"
        known = [
            *("id", "email", "section", "group"),
            *(["handed_in_by"] if self.term.people else []),
        ]
        known = [one for one in known if any(row[one] for row in ordered)]
        dated = [one for one in exercises if self.term.rule.due_for(one.lesson)]
        columns = [
            "student",
            "number",
            *known,
            *(name for one in exercises for name in self._columns(one, dated)),
            *(["late"] if dated else []),
            "total",
            "out_of",
            "to_mark",
            *(["in_code"] if any(one.points_in_code for one in exercises) else []),
        ]
        sheets.write(self.folder / "gradebook.csv", columns, ordered, self.delimiter)

    @staticmethod
    def _columns(exercise, dated):
        """Return an exercise's columns: before and after what is taken off for late work."""
        return [*([exercise.name + BEFORE] if exercise in dated else []), exercise.name]

    def _student(self, name):
        person = self.term.by_key.get(name)
        return {
            "student": name[0],
            "number": name[1],
            "id": person.id or person.login if person else "",
            "email": person.email if person else "",
            "section": person.section if person else "",
            "group": ", ".join(person.groups) if person else "",
            "handed_in_by": "",
            "late": "",
            "total": 0,
            "out_of": 0,
            "to_mark": 0,
            "in_code": 0,
        }

    def _for_the_lms(self, counted):
        """Write the very columns that Moodle and Canvas import, where the work came from there.

        A mark that still waits for a person stays empty: an import would publish it too low.
        """
        moodle, canvas = defaultdict(list), defaultdict(dict)
        for (who, _), entry in self._persons(counted):
            exercise = self.course.exercises.get(entry.lesson)
            platform = lms(entry.folder)
            if not exercise or not platform or platform.re not in (MOODLE, CANVAS):
                continue
            own = who == self.term.whose(entry.student, entry.number)
            student, number = (entry.student, entry.number) if own else who
            if not number:
                self.remarks["know"].append(
                    f"{student}: shares the points of {entry.student}; the platform's number is "
                    "not known, so type them in."
                )
                continue
            scores = self._result(entry)["scores"]
            ready = all(score["status"] != "to mark" for score in scores)
            late = self._late(who, entry)
            points = late.counted(points_of(scores)) if late else points_of(scores)
            grade = f"{points:g}" if ready else ""
            if platform.re is MOODLE:
                moodle[exercise.name].append(
                    {
                        "Identifier": f"Participant {number}",
                        "Full name": student,
                        "Grade": grade,
                        "Maximum Grade": f"{exercise.points:g}",
                        "Last modified (grade)": "",
                    }
                )
            else:
                canvas[student, number] |= {
                    "Student": student,
                    "ID": number,
                    exercise.name: grade,
                }
        for name, rows in moodle.items():
            sheets.write(self.folder / f"for_moodle_{name}.csv", list(rows[0]), rows)
        if canvas:
            names = sorted({name for row in canvas.values() for name in row} - {"Student", "ID"})
            columns = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names]
            sheets.write(self.folder / "for_canvas.csv", columns, canvas.values())

    def _feedback(self, entries, counted, found, handed_in):
        """Write a page a submission, and all of them in a zip that an LMS takes back."""
        written = set()
        for entry in entries:
            result = self._result(entry)
            owner = self.term.whose(entry.student, entry.number)
            instead = counted[owner, entry.lesson]
            exercise = self.course.exercises.get(entry.lesson)
            who = f"{_called(entry.student, entry.number)}, {entry.name}"
            if instead is not entry:
                why = f"{entry.points:g} points by the checks"
                self.remarks["know"].append(
                    f"{who}: does not count ({why if entry.readable else 'it cannot be read'}); "
                    f"{instead.name} does ({instead.points:g})."
                )
            elif result["problem"]:
                section = "look" if result["remarks"] else "write"  # the grader's fault, or theirs
                self.remarks[section].append(f"{who}: {result['problem']}")
            if instead is entry:
                remarks = [*result["remarks"], *result["marking"]]
                self.remarks["look"] += [f"{who}: {remark}" for remark in remarks]
            page = pages.feedback(
                entry.student,
                exercise,
                result["problem"],
                result["scores"],
                result["cells"],
                "" if instead is entry else instead.name,
                self._late(owner, entry),
            )
            self._write_page(entry.folder, exercise, page, written)
        self._for_the_group(counted, written)
        for (student, number), left in sorted(found.students.items()):
            who, others = _called(student, number), ", ".join(sorted(left.others))
            if (student, number) in handed_in:
                self.remarks["know"] += [f"{who}: left {others} as well."] if others else []
            elif student:
                self.remarks["write"].append(
                    f"{who}: handed in {others}, and no notebook."
                    if others
                    else f"{who}: handed in {_copies(left)}."
                )
            others = others or ", ".join(sorted(left.copies))
            if others and (student, number) not in handed_in:
                page = pages.feedback(student, None, NO_NOTEBOOK.format(others), [], [])
                self._write_page(left.folder, None, page, written)
        self._forget_old_pages(written)
        self._zip(written)

    def _for_the_group(self, counted, written):
        """Write a page for whoever shares what somebody else of the group handed in."""
        for (who, lesson), entry in self._persons(counted):
            if who == self.term.whose(entry.student, entry.number):
                continue
            platform, result = lms(entry.folder), self._result(entry)
            if platform and (platform.re is not MOODLE or not who[1]):
                continue  # the platform itself gives a group's feedback to each
            folder = f"{who[0]}_{who[1]}_assignsubmission_file_" if platform else who[0]
            exercise = self.course.exercises.get(lesson)
            page = pages.feedback(
                who[0],
                exercise,
                result["problem"],
                result["scores"],
                result["cells"],
                late=self._late(who, entry),
            )
            self._write_page(folder, exercise, page, written)

    def _write_page(self, folder, exercise, page, written):
        stem = exercise.name if exercise else "notebook"
        start = cut(NOT_A_NAME.sub("_", folder).strip(" ."), 180) or "student"
        # Canvas takes back loose files, told by their names.
        if not (platform := lms(folder)) or platform.re not in (CANVAS, CANVAS_HIDDEN):
            start += f"/{stem}"
        path, count = f"{start}.html", 1
        while path in written:
            count += 1
            path = f"{start}-{count}.html"
        written.add(path)
        target = self.folder / "feedback" / path
        if not target.exists() or target.read_text(encoding="utf-8") != page:
            sheets.replace(target, lambda file: file.write(page), encoding="utf-8")

    def _forget_old_pages(self, written):
        for path in (self.folder / "feedback").rglob("*.html"):
            if path.relative_to(self.folder / "feedback").as_posix() not in written:
                path.unlink()

    def _zip(self, written):
        """The same bytes for the same pages, so that nothing changes where nothing changed."""
        target = self.folder / "feedback.zip"
        beside = self.folder / ".feedback.zip"
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(written):
                content = (self.folder / "feedback" / path).read_bytes()
                archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
        beside.replace(target)

    def _report(self, stopped):
        assignments = [
            {
                "name": self._name(lesson),
                "count": len(points),
                "mean": sum(points) / len(points),
                "out_of": self.course.exercises[lesson].points,
                "to_mark": self.to_mark[lesson],
            }
            for lesson, points in sorted(self.means.items())
        ]
        page = pages.report(
            assignments,
            self.remarks,
            sum(self.to_mark.values()),
            stopped,
            agreement.compare(self.marks.pairs),
        )
        sheets.replace(self.folder / "report.html", lambda file: file.write(page), encoding="utf-8")
