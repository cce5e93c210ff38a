"""Write what a lecturer takes away: scores, gradebook, marking sheet, feedback, report."""

import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass

from softpower.grading import pages, sheets
from softpower.grading.discover import CANVAS, MOODLE

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
NOT_A_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


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


class Results:
    """Everything below the folder of results.

    Parameters
    ----------
    folder : pathlib.Path
    course : judge.Course
    state : state.State
    marks : marking.Marks
    """

    def __init__(self, folder, course, state, marks):
        self.folder, self.course, self.state, self.marks = folder, course, state, marks
        self.remarks, self.means, self.to_mark = [], defaultdict(list), defaultdict(int)

    def write(self, keys, found, stopped=""):
        """Write all files anew from what is stored; unchanged feedback pages are left alone."""
        entries = self._entries(keys)
        counted = self._best(entries)
        self.remarks = list(found.remarks)
        seen = {(entry.student, entry.number) for entry in entries}
        self.remarks += [
            f"{student}: nothing that can be marked was handed in."
            for student, number in sorted(found.students - seen)
            if student
        ]
        self.marks.write(self._open_answers(counted))
        sheets.write(self.folder / "scores.csv", SCORES, self._scores(counted))
        self._gradebook(counted, found)
        self._for_the_lms(counted)
        self._feedback(entries, counted)
        self._report(stopped)

    def _entries(self, keys):
        """Read what is needed to sort the submissions; a few words each."""
        entries = []
        for key in keys:
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
                    sum(score["points"] or 0 for score in result["scores"]),
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
        """Of several notebooks by one student for one exercise the best one counts."""
        best = {}
        for entry in entries:
            name = (entry.student, entry.number, entry.lesson)
            if name not in best or (entry.readable, entry.points) > (
                best[name].readable,
                best[name].points,
            ):
                best[name] = entry
        return list(best.values())

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

    def _scores(self, counted):
        for entry in counted:
            result = self._result(entry)
            row = {
                "student": entry.student,
                "number": entry.number,
                "file": entry.file,
                "assignment": self._name(entry.lesson),
            }
            for score in result["scores"]:
                yield row | {
                    **score,
                    "points": "" if score["points"] is None else f"{score['points']:g}",
                }
            if not result["scores"]:
                yield row | {"points": 0, "status": "unreadable", "message": result["problem"]}

    def _open_answers(self, counted):
        for entry in counted:
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
        lessons = sorted({entry.lesson for entry in counted if entry.lesson})
        exercises = [self.course.exercises[lesson] for lesson in lessons]
        rows = {name: self._student(name) for name in sorted(found.students) if name[0]}
        for entry in counted:
            name = (entry.student, entry.number)
            row = rows.setdefault(name, self._student(name))
            scores = self._result(entry)["scores"]
            total = sum(score["points"] or 0 for score in scores)
            waiting = sum(score["status"] == "to mark" for score in scores)
            row["to_mark"] += waiting
            row["total"] += total
            if entry.lesson:
                row[self._name(entry.lesson)] = f"{total:g}"
                row["out_of"] += self.course.exercises[entry.lesson].points
                self.means[entry.lesson].append(total)
                self.to_mark[entry.lesson] += waiting
        ordered = sorted(rows.values(), key=lambda row: (row["student"].casefold(), row["number"]))
        for row in ordered:
            row["total"] = f"{row['total']:g}"
        columns = [
            "student",
            "number",
            *(one.name for one in exercises),
            "total",
            "out_of",
            "to_mark",
        ]
        sheets.write(self.folder / "gradebook.csv", columns, ordered)

    @staticmethod
    def _student(name):
        return {"student": name[0], "number": name[1], "total": 0, "out_of": 0, "to_mark": 0}

    def _for_the_lms(self, counted):
        """Write the very columns that Moodle and Canvas import, where the work came from there.

        A mark that still waits for a person stays empty: an import would publish it too low.
        """
        moodle, canvas = defaultdict(list), defaultdict(dict)
        for entry in counted:
            exercise = self.course.exercises.get(entry.lesson)
            if not exercise or not (
                MOODLE.fullmatch(entry.folder) or CANVAS.fullmatch(entry.folder)
            ):
                continue
            scores = self._result(entry)["scores"]
            ready = all(score["status"] != "to mark" for score in scores)
            grade = f"{sum(score['points'] or 0 for score in scores):g}" if ready else ""
            if MOODLE.fullmatch(entry.folder):
                moodle[exercise.name].append(
                    {
                        "Identifier": f"Participant {entry.number}",
                        "Full name": entry.student,
                        "Grade": grade,
                        "Maximum Grade": f"{exercise.points:g}",
                        "Last modified (grade)": "-",
                    }
                )
            else:
                canvas[entry.student, entry.number] |= {
                    "Student": entry.student,
                    "ID": entry.number,
                    exercise.name: grade,
                }
        for name, rows in moodle.items():
            sheets.write(self.folder / f"for_moodle_{name}.csv", list(rows[0]), rows)
        if canvas:
            names = sorted({name for row in canvas.values() for name in row} - {"Student", "ID"})
            columns = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names]
            sheets.write(self.folder / "for_canvas.csv", columns, canvas.values())

    def _feedback(self, entries, counted):
        """Write a page a submission, and all of them in a zip that an LMS takes back."""
        chosen = {entry.key for entry in counted}
        written = {}
        for entry in entries:
            result = self._result(entry)
            if entry.key not in chosen:
                self._remark(
                    entry, "another notebook by the same student counts for this exercise."
                )
            for remark in [*result["remarks"], *result["marking"]]:
                self._remark(entry, remark)
            if result["problem"]:
                self._remark(entry, result["problem"])
            exercise = self.course.exercises.get(entry.lesson)
            page = pages.feedback(
                entry.student, exercise, result["problem"], result["scores"], result["cells"]
            )
            path = self._page_path(entry, exercise, written)
            written[path] = entry.key
            target = self.folder / "feedback" / path
            if not target.exists() or target.read_text(encoding="utf-8") != page:
                sheets.replace(target, lambda file, page=page: file.write(page), encoding="utf-8")
        self._forget_old_pages(written)
        self._zip(written)

    @staticmethod
    def _page_path(entry, exercise, written):
        folder = NOT_A_NAME.sub("_", entry.folder).strip(" .")[:120] or "student"
        stem = exercise.name if exercise else "notebook"
        if CANVAS.fullmatch(entry.folder):  # it takes back loose files, told by their names
            return f"{folder}.html"
        path, count = f"{folder}/{stem}.html", 1
        while path in written:
            count += 1
            path = f"{folder}/{stem}-{count}.html"
        return path

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

    def _remark(self, entry, text):
        self.remarks.append(f"{entry.student}, {entry.file}: {text}")

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
        page = pages.report(assignments, self.remarks, sum(self.to_mark.values()), stopped)
        sheets.replace(self.folder / "report.html", lambda file: file.write(page), encoding="utf-8")
