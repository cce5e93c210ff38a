"""The sheets of points: a row for each question, a row for each student, a platform's columns."""

import contextlib
from collections import defaultdict

from softpower import texts
from softpower.grading import letters, sheets
from softpower.grading.choice import points_of
from softpower.grading.marking import shown
from softpower.grading.names import MOODLE, alphabetical

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
OTHER_MAXIMUM = texts.mark(
    "The worksheet says that the assignment's maximum is {most}. The exercise has {points} points. "
    "Set the maximum to {points} before you import."
)
OTHER_MAXIMUM_BESIDE_CODE = texts.mark(
    "The worksheet says that the assignment's maximum is {most}. The exercise has {points} points, "
    "and {code} more in the part In code, which are not counted. Set the maximum to {points} before "
    "you import."
)
OUTSIDE = texts.mark(
    "{student}: came past the platform, whose number for this person is not known. Type the mark in. "
    "Or give the platform's own list (--class), which has the numbers, and where it is not clear whose "
    "this is, say so in its column handed_in_as."
)
BEFORE = " before late"  # the column of points before something is taken off


def write_scores(path, standing, delimiter):
    """Write ``scores.csv``: a row for each person and question."""
    sheets.write(path, SCORES, _scores(standing), delimiter)


def _scores(standing):
    for row in standing.rows:
        result = standing.result(row.entry, row.pool)
        known = {
            "student": row.who[0],
            "number": row.who[1],
            "file": row.entry.file,
            "assignment": standing.name(row.lesson),
        }
        for score in result["scores"]:
            yield known | {
                **score,
                "question": shown(score["question"]),
                "points": "" if score["points"] is None else f"{score['points']:g}",
            }
        if not result["scores"]:
            yield known | {"points": 0, "status": "unreadable", "message": result["problem"]}
        if late := row.pool.best.late:
            taken = min(late.points, points_of(result["scores"]))
            # A number, not a text: a spreadsheet must not take its sign for a formula's.
            taken = -int(taken) if float(taken).is_integer() else -taken
            yield known | {"points": taken, "status": "late", "message": f"{late}."}
    has = {(row.who, row.lesson) for row in standing.rows}
    for person in standing.term.people:
        for lesson in standing.asked:
            if (person.key, lesson) not in has:
                known = {"student": person.name, "number": person.number}
                yield known | {"assignment": standing.name(lesson), "status": "not handed in"}


def write(path, standing, delimiter):
    """Write ``gradebook.csv``: a row for each student.

    A cell stays empty where nothing was handed in. What somebody handed in by mistake in place of
    what was asked for has its column, and is not in the total. Per cent and letter stand where
    all that was asked for is there, whole, and marked.

    Returns
    -------
    dict
        The points of each person whose notebook could be read, by lesson.
    """
    lessons = sorted({row.lesson for row in standing.rows if row.lesson})
    exercises = [standing.exercise(lesson) for lesson in lessons]
    rows = {who: _student(who, standing) for who in standing.without()}
    means = defaultdict(list)
    for one in standing.rows:
        row = rows.setdefault(one.who, _student(one.who, standing))
        scores = standing.result(one.entry, one.pool)["scores"]
        before, total = standing.total(one, scores)
        name = standing.name(one.lesson)
        if standing.term.rule.due_for(one.lesson):
            late = one.pool.best.late
            row[name + BEFORE] = f"{before:g}"
            row["late"] = ", ".join(filter(None, (row["late"], late and late.days_begun)))
        if one.who != one.entry.owner:
            row["handed_in_by"] = standing.shown(one.entry)
        row["to_mark"] += len(one.pool.waiting)
        if one.lesson:
            row[name] = f"{total:g}"
            if one.entry.readable:
                means[one.lesson].append(total)
        if not one.pool.is_slip:
            row["total"] = (row["total"] or 0) + total
            row["in_code"] += points_of(scores, in_code=True)
            exercise = standing.exercise(one.lesson)
            row["out_of"] = (row["out_of"] or 0) + (exercise.points if exercise else 0)
    _add_letters(rows, standing)
    ordered = sorted(rows.values(), key=lambda row: (alphabetical(row["student"]), row["number"]))
    for row in ordered:
        row["total"] = "" if row["total"] is None else f"{row['total']:g}"
        row["in_code"] = f"{row['in_code']:g}"
    columns = _columns(ordered, exercises, standing.term)
    sheets.write(path, columns, ordered, delimiter)
    return means


def _add_letters(rows, standing):
    """Say the total in per cent and as a letter; what is missing is the lecturer's to judge."""
    has = {(row.who, row.lesson) for row in standing.rows if not row.pool.lacks_a_file}
    for who, row in rows.items():
        everything = all((who, lesson) in has for lesson in standing.asked)
        if row["out_of"] and everything and not row["to_mark"]:
            row["per_cent"], row["letter"] = letters.of(
                row["total"], row["out_of"], standing.term.scale
            )


def _columns(rows, exercises, term):
    known = [
        *("id", "email", "section", "group"),
        *(["handed_in_by"] if term.people else []),
    ]
    dated = [one for one in exercises if term.rule.due_for(one.lesson)]
    names = [
        name
        for one in exercises  # before and after what is taken off for late work
        for name in ([one.name + BEFORE] if one in dated else []) + [one.name]
    ]
    return [
        "student",
        "number",
        *(one for one in known if any(row[one] for row in rows)),
        *names,
        *(["late"] if dated else []),
        "total",
        "out_of",
        *(["per_cent", "letter"] if any(row["letter"] for row in rows) else []),
        "to_mark",
        *(["in_code"] if any(one.points_in_code for one in exercises) else []),
    ]


def _student(who, standing):
    person = standing.term.by_key.get(who)
    return {
        "student": who[0],
        "number": who[1],
        "id": person.id or person.login if person else "",
        "email": person.email if person else "",
        "section": person.section if person else "",
        "group": ", ".join(person.groups) if person else "",
        "handed_in_by": "",
        "late": "",
        "total": None,
        "out_of": None,
        "per_cent": "",
        "letter": "",
        "to_mark": 0,
        "in_code": 0,
    }


def other_maximum(standing):
    """Return a line for the report where the platform's maximum is not the exercise's."""
    said = {one.most.replace(",", ".") for one in standing.term.people if one.most}
    if len(said) != 1 or len(standing.asked) != 1:
        return []
    exercise = standing.exercise(standing.asked[0])
    points, code = exercise.points, exercise.points_in_code
    with contextlib.suppress(ValueError):
        if float(*said) != points:
            words = OTHER_MAXIMUM_BESIDE_CODE if code else OTHER_MAXIMUM
            most, points, code = map(texts.number, (float(*said), points, code))
            return [texts.text(words, most=most, points=points, code=code)]
    return []


def write_for_platforms(folder, standing):
    """Write the very columns that Moodle and Canvas import, where the work came from there.

    A mark that still waits for a person, or for a file that is whole, stays empty: an import would
    publish it too low. What was handed in by mistake is not in them.

    Returns
    -------
    list of str
        Lines for the report, on people whose number the platform has and we have not.
    """
    moodle, canvas, lines = defaultdict(list), defaultdict(dict), []
    for row in standing.rows:
        exercise, platform = standing.exercise(row.lesson), standing.platform(row.entry)
        outside = standing.came_outside(row.entry)
        platform = platform or standing.batch_platform
        if not exercise or not platform or row.pool.is_slip:
            continue
        own = row.pool.of(row.who)
        student, number = row.who[0], own[0].number if own else row.who[1]
        if outside and not (number := standing.number(row.who)):
            lines.append(texts.text(OUTSIDE, student=student))
            continue
        if not number:
            lines.append(
                texts.text(
                    "{student}: shares the points of {other}; the platform's number is not known, "
                    "so type them in.",
                    student=student,
                    other=standing.shown(row.entry),
                )
            )
            continue
        _, points = standing.total(row, standing.result(row.entry, row.pool)["scores"])
        grade = "" if row.pool.waiting or row.pool.lacks_a_file else f"{points:g}"
        if platform is MOODLE:
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
            canvas[student, number] |= {"Student": student, "ID": number, exercise.name: grade}
    for name, rows in moodle.items():
        sheets.write(folder / f"for_moodle_{name}.csv", list(rows[0]), rows)
    if canvas:
        names = sorted({name for row in canvas.values() for name in row} - {"Student", "ID"})
        columns = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names]
        sheets.write(folder / "for_canvas.csv", columns, canvas.values())
    return lines
