"""``softpower notes``: write what lessons say of themselves into the pages for lecturers.

The rest of a page in ``docs/notes/``, and of ``docs/syllabus.md``, is written by hand. What comes
from the lesson and from its questions (minutes, documents, what *Think deeper* asks, sections,
objectives with what tests them, right answers, points, sheets to print) stands between pairs of
marks and is made, so that it never differs. So is the last column of the two plans: the pages for
the wall of the sections, in italics, and of the checks that a row names.
"""

import re
from pathlib import Path

from softpower import keep, notebooks
from softpower.commands import keys, lessons, print_kit, slides
from softpower.errors import CourseError
from softpower.feedback.loader import bank

FOLDER, SYLLABUS = Path("docs") / "notes", Path("docs") / "syllabus.md"
# What a student of the whole course can do, and the lessons that teach it.
OUTCOMES = {
    "define soft power, place acts and tell it from its neighbours": ["01"],
    "say what a figure is worth, and repair a sentence that rests on it": ["02"],
    "build an index, defend its weights and report a rank as an interval": ["03"],
    "tell a change from an effect, in three cases": ["04", "05", "06"],
    "compare cases, grade evidence and judge what would travel": ["07"],
    "describe Kazakhstan as a sender and as an audience, by attribution": ["08", "09"],
    "design a policy with targets that could fail, and defend it": ["10"],
}
BEGIN = "<!-- From here on made from the lesson: python -m softpower notes -->"
END = "<!-- Up to here made from the lesson. What follows is written by hand. -->"
# A row of a plan: its minutes, what is done, and the pages for the wall.
_ROW = re.compile(r"^(\|(?: (?:minutes|---|\d+))? \| )(.*?) \|(?: ([^|\n]*) \|)?$", re.M)
_PLAN = re.compile(r"^## (?:50|100) minutes\n.*?(?=^## )", re.M | re.S)
_MARKED = re.compile(rf"{re.escape(BEGIN)}.*?{re.escape(END)}", re.S)


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument(
        "--check", action="store_true", help="write nothing, and say which pages are out of date"
    )


def run(arguments):
    """Write the made part of each page; returns 1 where one was only checked and is out of date."""
    if not FOLDER.is_dir():
        raise CourseError(
            "There is no folder docs/notes here. Go to the folder of the course, then try again."
        )
    pages = [*sorted(FOLDER.glob("[0-9]*.md")), *([SYLLABUS] if SYLLABUS.exists() else [])]
    stale = {path: fresh for path in pages if (fresh := _made_anew(path)) is not None}
    for path, fresh in stale.items():
        if not arguments.check:
            keep.publish(path, fresh)
        print(
            f"{path} {'is out of date: run python -m softpower notes' if arguments.check else 'written'}."
        )
    if not stale:
        print("The pages of notes are up to date.")
    return 1 if stale and arguments.check else 0


def _made_anew(path):
    """Return the page with its made parts as they would be today, or None where they are so."""
    page = path.read_text(encoding="utf-8")
    parts = [outcomes()] if path.name == SYLLABUS.name else made(path.stem[:2])
    if len(_MARKED.findall(page)) != len(parts):
        raise CourseError(
            f"{path} has lost a pair of its marks, of {len(parts)}. "
            f"Put back the lines {BEGIN} and {END}."
        )
    left = iter(parts)
    fresh = _MARKED.sub(lambda _: f"{BEGIN}\n{next(left)}\n{END}", page)
    if path.name != SYLLABUS.name:
        pages = slides.places(lessons.read(path.stem[:2]), path.stem[:2])
        fresh = _PLAN.sub(lambda plan: _ROW.sub(lambda row: _walled(row, *pages), plan[0]), fresh)
    return None if fresh == page else fresh


def _walled(row, sections, checks):
    """A row of a plan with the pages for the wall of what it names."""
    begin, what = row[1], row[2]
    if "minutes" in begin or "---" in begin:
        return f"{begin}{what} | {'on the wall' if 'minutes' in begin else '---'} |"
    named = re.findall(r"\*([^*]+?)[?.]?\*", what)
    spans = {
        span
        for heading, span in sections.items()
        if any(len(one) > 5 and heading.startswith(one) for one in named)
    }
    single = {checks[one] for one in re.findall(r"\b\d\d\.[a-z]\b", what) if one in checks}
    single = {page for page in single if not any(a <= page <= b for a, b in spans)}
    pages = sorted(spans | {(page, page) for page in single})
    written = ", ".join(_span(*one) for one in pages)
    return f"{begin}{what} | {written} |"


def tested_by(lesson, number):
    """Return the questions that test each objective of a lesson.

    Parameters
    ----------
    lesson : nbformat.NotebookNode
    number : str
        The lesson's number, ``"07"``.

    Returns
    -------
    dict of str to list of Question
        Objective → its questions, in the bank's order. A question belongs to the objective that
        begins with the words of its own.

    Raises
    ------
    CourseError
        Where a question tests no objective that the lesson names, or more than one.
    """
    found = {objective: [] for objective in lessons.objectives(lesson)}
    for question in (q for q in bank().values() if q.lesson == number):
        fits = [objective for objective in found if objective.startswith(question.objective)]
        if len(fits) != 1:
            raise CourseError(
                f"Question {question.id} tests {question.objective!r}, and lesson {number} has "
                f"{len(fits)} objectives that begin so. Use the words of the lesson."
            )
        found[fits[0]].append(question)
    return found


def made(number):
    """Return the made parts of a lesson's page, in their order.

    Parameters
    ----------
    number : str
        ``"00"`` to ``"10"``.

    Returns
    -------
    list of str
        Markdown: what the lesson says of itself; what *Think deeper* asks, where there is one; the
        sections with their minutes, and the objectives with what tests them.
    """
    lesson = lessons.read(number)
    asked = _plain(_of_part(lesson, "think").partition("\n\n")[2])
    parts = [_head(lesson, number), asked, _tables(lesson, number)]
    return [part for part in parts if part]


def _head(lesson, number):
    # After what one can do, and what one makes, stand minutes, documents and tables.
    paragraphs = _of_part(lesson, "header").split("\n\n")[3:]
    minutes, *facts = [_plain(line) for one in paragraphs for line in one.splitlines() if line]
    alone = minutes.replace("**Minutes**", "**Minutes, alone**")
    lines = [f"*{lessons.header(lesson).question}*", "", alone, "", *facts, ""]
    return "\n".join([*lines, _points(number)])


def _tables(lesson, number):
    lines = []
    timed = lessons.sections(lesson)
    if timed:
        lines += [*_timed(lesson, number, timed), "", *_sheets(lesson, number), ""]
    lines += ["| students can then | checks in the lesson, and the answer | exercise (points) |"]
    lines += ["| --- | --- | --- |"]
    lines += [_row(*pair) for pair in tested_by(lesson, number).items()]
    return "\n".join(lines)


def _timed(lesson, number, timed):
    """The sections with their minutes, which make the lesson's, and their pages for the wall."""
    places, _ = slides.places(lesson, number)
    think = lessons.think_deeper(lesson)
    alone = lessons.header(lesson).minutes
    rest = alone - sum(minutes for heading, minutes in timed if heading != think)
    rows = ["| section | minutes, alone | on the wall |", "| --- | --- | --- |"]
    told = {heading: str(minutes) for heading, minutes in timed}
    told |= {think: f"{told[think]}, in class"} if think in told else {}
    for heading, span in places.items():
        minutes = told.get(heading, f"{rest}, with the head" if rest else "")
        rows.append(f"| {heading} | {minutes} | {_span(*span)} |")
    rows.append(f"| all, without *{think}* | {alone} | |")
    return rows


def _span(first, last):
    return str(first) if first == last else f"{first}–{last}"


def _sheets(lesson, number):
    """The sheets of the print kit: for whom each is, how many copies, and for which plan."""
    rows = ["| sheet to print | for whom | for 30 | for 150 | in which plan |"]
    rows.append("| --- | --- | --- | --- | --- |")
    for place, one, plan in print_kit.plans(print_kit.sheets(lesson, number), number):
        whom, thirty, many = print_kit.copies(one)
        rows.append(f"| {place}. {one.title} | {whom} | {thirty} | {many} | {plan} |")
    return rows


def outcomes():
    """Return the table of the course's outcomes: lessons, questions and points."""
    lines = ["| students can then | lesson | points that check themselves | marked by hand |"]
    lines.append("| --- | --- | --- | --- |")
    total = [0, 0]
    for outcome, taught in OUTCOMES.items():
        road = [q for q in bank().values() if q.lesson in taught and q.points and not q.optional]
        checked, by_hand = _points_of(road)
        total = [total[0] + checked, total[1] + by_hand]
        lines.append(f"| {outcome} | {', '.join(taught)} | {checked} | {by_hand} |")
    lines.append(f"| all | 01 to 10 | {total[0]} | {total[1]} |")
    return "\n".join(lines)


def _row(objective, questions):
    checks = [f"{q.id} **{keys.right(q)}**" for q in questions if not q.points]
    marked = [f"{q.id} ({q.points})" for q in questions if q.points]
    cells = ["; ".join(checks) or "–", ", ".join(marked) or "–"]
    return f"| {objective} | {cells[0]} | {cells[1]} |"


def _points(number):
    questions = [q for q in bank().values() if q.lesson == number and q.points]
    if not questions:
        return "This lesson has no exercise."
    road = [q for q in questions if not q.optional]
    checked, by_hand = _points_of(road)
    coded = sum(q.points for q in questions if q.optional)
    text = (
        f"**Exercise {number}** {sum(q.minutes for q in road)} minutes at home: "
        f"{checked} points that check themselves, {by_hand} marked by hand"
    )
    return f"{text}; {coded} more *In code*, counted by themselves." if coded else f"{text}."


def _points_of(questions):
    """Return the points that check themselves, and those that a person gives."""
    both = [[q.points for q in questions if q.by_hand is by_hand] for by_hand in (False, True)]
    return tuple(map(sum, both))


def _of_part(lesson, part):
    return next((cell.source for cell in lesson.cells if notebooks.part(cell) == part), "")


def _plain(text):
    """A line without the anchors of its citations, whose aims lie in the lesson."""
    text = re.sub(r"</?a\b[^>]*>", "", text).replace("](", "](../../notebooks/")
    return text.strip()
