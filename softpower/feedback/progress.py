"""What a learner has done so far, and what to look at again: pages made from the record."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from softpower import texts
from softpower.feedback import record, writing


@dataclass(frozen=True)
class Page:
    """A short page as HTML, and the same in plain words."""

    html: str
    text: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "text/plain": self.text}


def lesson_link(lesson, heading="", here=None):
    """Return the link from the running notebook to a lesson, or to a section of it.

    Parameters
    ----------
    lesson : str
        Its number, ``"03"``.
    heading : str
        The section's heading as it stands in the lesson.
    here : pathlib.Path, optional
        The folder of the running notebook; the current one where not given.

    Returns
    -------
    str
        Empty where the lessons are not to be found from here.
    """
    here = Path(here or Path.cwd())
    for up, folder in enumerate((here, *here.parents)):
        found = sorted((folder / "notebooks").glob(f"{lesson}_*.ipynb"))
        if found:
            start = "" if here == folder / "notebooks" else "../" * up + "notebooks/"
            # JupyterLab compares the anchor as it stands, so a question mark stays one.
            anchor = "#" + quote(heading.replace(" ", "-"), safe="?',:;()") if heading else ""
            return f"{start}{found[0].name}{anchor}"
    return ""


def exercise(questions, kept, lesson):
    """Return the page that ends an exercise: points so far, and what to look at again.

    What was tried and is not right stands in a list, what was not tried yet in one line.

    Parameters
    ----------
    questions : dict
        The bank: question by id.
    kept : dict
        As :func:`record.read` returns it.
    lesson : str
        The exercise's number, ``"03"``.
    """
    mine = [q for q in questions.values() if q.lesson == lesson and q.points]
    checked = [q for q in mine if not q.by_hand]
    main, code = ([q for q in checked if q.optional is part] for part in (False, True))
    said = [
        texts.text("{points} for the questions that check themselves.", points=_points(main, kept))
    ]
    said += [_words(q, kept) for q in mine if q.by_hand]
    if code and any(record.best(q.id, kept["checks"]) for q in code):
        said.append(texts.text("In code, beside these: {points}.", points=_points(code, kept)))
    open_ = [q for q in main if record.best(q.id, kept["checks"]) < 1]
    if not open_:
        said.append(texts.text("Every question that checks itself is right."))
    waiting = [int(_number(q)) for q in open_ if q.id not in kept["checks"]]
    if waiting:
        said.append(
            texts.texts(
                "Not answered yet: question {numbers}.",
                "Not answered yet: questions {numbers}.",
                len(waiting),
                numbers=spans(waiting),
            )
        )
    return _page(said, [_again(q, kept) for q in open_ if q.id in kept["checks"]])


def _number(question):
    return question.id.partition(".")[2]


def spans(numbers, digits=1):
    """Return whole numbers in words, neighbours as one span: "1, 3 to 5 and 9".

    Parameters
    ----------
    numbers : list of int
    digits : int
        Each number is filled up to so many digits with zeros.
    """
    runs = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = []
    for first, last in runs:
        ends = [f"{n:0{digits}d}" for n in dict.fromkeys((first, last))]
        if last - first > 1:
            parts.append(texts.text("{first} to {last}", first=ends[0], last=ends[1]))
        else:
            parts += ends if len(runs) == 1 else [", ".join(ends)]
    return texts.listing(parts)


def _points(questions, kept):
    got = sum(q.points * record.best(q.id, kept["checks"]) for q in questions)
    of = sum(q.points for q in questions)
    return texts.texts(
        "{got} of {points} point",
        "{got} of {points} points",
        of,
        got=texts.number(got),
        points=texts.number(of),
    )


def _words(question, kept):
    number = writing.count(_last(kept["words"].get(question.id)))
    if not number:
        return texts.text(
            "Question {question}, which a person marks: nothing kept yet.",
            question=_number(question),
        )
    return texts.texts(
        "Question {question}, which a person marks: {count} word so far.",
        "Question {question}, which a person marks: {count} words so far.",
        number,
        question=_number(question),
    )


def _last(versions):
    last = versions[-1] if isinstance(versions, list) and versions else {}
    return str(last.get("text", "")) if isinstance(last, dict) else ""


def _again(question, kept):
    """Return (words before the link, its text, its address) for one question to look at again."""
    if record.best(question.id, kept["checks"]):
        said = texts.text("Question {question}, partly right", question=_number(question))
    else:
        said = texts.text("Question {question}, not right yet", question=_number(question))
    # The heading is the lesson's own, in the language of the lessons that lie here.
    taught = texts.text(getattr(question, "taught", ""))
    return said, taught, lesson_link(question.lesson, taught)


def _page(said, again):
    html = "".join(f"<p>{escape(line)}</p>" for line in said)
    text = list(said)
    if again:
        text.append(texts.text("Look again at:"))
        head = texts.text(
            "Look again at (where a link stops at the top of a lesson, click it once more):"
        )
        html += f"<p>{escape(head)}</p><ul>"
        for words, taught, link in again:
            where = f'<a href="{escape(link)}">{escape(taught)}</a>' if link else escape(taught)
            html += f"<li>{escape(words)}{': ' + where if taught else ''}</li>"
            text.append(f"- {words}: {taught}" if taught else f"- {words}")
        html += "</ul>"
    return Page(html, "\n".join(text))


def course(questions, kept):
    """Return the page of the whole course: a row for each lesson begun, a line for the others.

    Parameters
    ----------
    questions, kept
        As for :func:`exercise`.
    """
    lessons = sorted({q.lesson for q in questions.values()})
    tried = {key.partition(".")[0] for key in kept["checks"]}
    written = {key.partition(".")[0] for key, versions in kept["words"].items() if _last(versions)}
    begun = [lesson for lesson in lessons if lesson in tried | written]
    if not begun:
        said = texts.text(
            "Nothing is recorded yet. Each check that you run and each sentence that you keep "
            "is counted here, and nothing of it leaves your machine."
        )
        return Page(f"<p>{escape(said)}</p>", said)
    rows = [_lesson(lesson, questions, kept) for lesson in begun]
    said = []
    if places := sum(bool(_last(versions)) for versions in kept["words"].values()):
        said.append(texts.text("Places where you have written: {places}.", places=places))
    if waiting := [int(lesson) for lesson in lessons if lesson not in begun]:
        said.append(
            texts.texts(
                "Not begun yet: lesson {numbers}.",
                "Not begun yet: lessons {numbers}.",
                len(waiting),
                numbers=spans(waiting, 2),
            )
        )
    heads = texts.text("Lesson"), texts.text("Right in the lesson"), texts.text("Its exercise")
    caption = texts.text("What you have done so far. Nothing of this leaves your machine.")
    cells = "".join(
        f'<tr><th scope="row">{number}</th><td>{here}</td>'
        f"<td>{exercise_link(number, there)}</td></tr>"
        for number, here, there in rows
    )
    html = (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{''.join(f'<th scope=col>{escape(head)}</th>' for head in heads)}</tr></thead>"
        f"<tbody>{cells}</tbody></table>" + "".join(f"<p>{escape(line)}</p>" for line in said)
    )
    text = [
        texts.text(
            "Lesson {number}: {here}; exercise: {there}", number=number, here=here, there=there
        )
        if there
        else texts.text("Lesson {number}: {here}", number=number, here=here)
        for number, here, there in rows
    ]
    return Page(html, "\n".join(text + said))


def _lesson(lesson, questions, kept):
    """Return one row of the course's page: a lesson, its checks, its exercise."""
    mine = [q for q in questions.values() if q.lesson == lesson]
    checks = [q for q in mine if not q.by_hand and not q.optional]
    here, there = ([q for q in checks if bool(q.points) is points] for points in (False, True))
    tried, done = _right(here, kept), _right(there, kept)
    if done:
        done = texts.text("{right}, {points}", right=done, points=_points(there, kept))
    return (
        lesson,
        tried or (texts.text("no check tried yet") if here else ""),
        done or (texts.text("not begun") if there else ""),
    )


def _right(questions, kept):
    """Return how many questions are right; nothing where none was tried."""
    if not any(q.id in kept["checks"] for q in questions):
        return ""
    right = sum(record.best(q.id, kept["checks"]) == 1 for q in questions)
    return texts.text("{right} of {all} right", right=right, all=len(questions))


def exercise_link(lesson, words):
    """Return words as a link to the learner's copy of an exercise, where it is found from here."""
    here = Path.cwd()
    for up, folder in enumerate((here, *here.parents)):
        found = sorted((folder / "my_work").glob(f"{lesson}_*/exercise_*.ipynb"))
        if found:
            start = "../" * up + found[0].relative_to(folder).as_posix()
            return f'<a href="{escape(start)}">{escape(words)}</a>'
    return escape(words)


def side_by_side(first, last, kept):
    """Return two texts that the learner wrote, one beside the other.

    Parameters
    ----------
    first, last : str
        The ids of the two places, for example ``"01.start"`` and ``"10.end"``.
    kept : dict
        As :func:`record.read` returns it.
    """
    written = [
        (texts.text("First"), _last(kept["words"].get(first))),
        (texts.text("Last"), _last(kept["words"].get(last))),
    ]
    missing = texts.text("Nothing is kept here yet: write it in its place, and run that cell.")
    columns = "".join(
        f'<div style="flex:1 1 16rem"><strong>{escape(name)}</strong>'
        f'<p style="white-space:pre-line">{escape(text or missing)}</p></div>'
        for name, text in written
    )
    html = f'<div style="display:flex;flex-wrap:wrap;gap:1.5rem;max-width:60rem">{columns}</div>'
    return Page(html, "\n\n".join(f"{name}: {text or missing}" for name, text in written))
