"""What a learner has done so far, and what to look at again: pages made from the record."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from softpower.feedback import record, writing
from softpower.feedback.question import OpenQuestion


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
    checked = [q for q in mine if not isinstance(q, OpenQuestion)]
    main, code = ([q for q in checked if q.optional is part] for part in (False, True))
    said = [f"{_points(main, kept)} for the questions that check themselves."]
    said += [_words(q, kept) for q in mine if isinstance(q, OpenQuestion)]
    if code and any(record.best(q.id, kept["checks"]) for q in code):
        said.append(f"In code, beside these: {_points(code, kept)}.")
    open_ = [q for q in main if record.best(q.id, kept["checks"]) < 1]
    if not open_:
        said.append("Every question that checks itself is right.")
    waiting = [int(_number(q)) for q in open_ if q.id not in kept["checks"]]
    if waiting:
        said.append(f"Not answered yet: question{_s(waiting)} {spans(waiting)}.")
    return _page(said, [_again(q, kept) for q in open_ if q.id in kept["checks"]])


def _number(question):
    return question.id.partition(".")[2]


def _s(things):
    return "s" if len(things) > 1 else ""


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
        joined = (
            " to " if last - first > 1 else " and " if last > first and len(runs) == 1 else ", "
        )
        parts.append(joined.join(f"{n:0{digits}d}" for n in dict.fromkeys((first, last))))
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _points(questions, kept):
    got = sum(q.points * record.best(q.id, kept["checks"]) for q in questions)
    return f"{got:g} of {sum(q.points for q in questions):g} points"


def _words(question, kept):
    number = writing.count(_last(kept["words"].get(question.id)))
    name = f"Question {_number(question)}, which a person marks"
    return f"{name}: {number} words so far." if number else f"{name}: nothing kept yet."


def _last(versions):
    last = versions[-1] if isinstance(versions, list) and versions else {}
    return str(last.get("text", "")) if isinstance(last, dict) else ""


def _again(question, kept):
    """Return (words before the link, its text, its address) for one question to look at again."""
    state = "partly right" if record.best(question.id, kept["checks"]) else "not right yet"
    taught = getattr(question, "taught", "")
    return f"Question {_number(question)}, {state}", taught, lesson_link(question.lesson, taught)


def _page(said, again):
    html = "".join(f"<p>{escape(line)}</p>" for line in said)
    text = list(said)
    if again:
        text.append("Look again at:")
        html += "<p>Look again at (where a link stops at the top of a lesson, click it once more):</p><ul>"
        for words, taught, link in again:
            where = f'<a href="{escape(link)}">{escape(taught)}</a>' if link else escape(taught)
            html += f"<li>{escape(words)}{': ' + where if taught else ''}</li>"
            text.append(f"- {words}{': ' + taught if taught else ''}")
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
        said = (
            "Nothing is recorded yet. Each check that you run and each sentence that you keep "
            "is counted here, and nothing of it leaves your machine."
        )
        return Page(f"<p>{said}</p>", said)
    rows = [_lesson(lesson, questions, kept) for lesson in begun]
    said = []
    if places := sum(bool(_last(versions)) for versions in kept["words"].values()):
        said.append(f"Places where you have written: {places}.")
    if waiting := [int(lesson) for lesson in lessons if lesson not in begun]:
        said.append(f"Not begun yet: lesson{_s(waiting)} {spans(waiting, 2)}.")
    heads = ("Lesson", "Right in the lesson", "Its exercise")
    cells = "".join(
        f'<tr><th scope="row">{number}</th><td>{here}</td>'
        f"<td>{exercise_link(number, there)}</td></tr>"
        for number, here, there in rows
    )
    html = (
        "<table><caption>What you have done so far. Nothing of this leaves your machine.</caption>"
        f"<thead><tr>{''.join(f'<th scope=col>{head}</th>' for head in heads)}</tr></thead>"
        f"<tbody>{cells}</tbody></table>" + "".join(f"<p>{line}</p>" for line in said)
    )
    text = [
        f"Lesson {number}: {here}" + (f"; exercise: {there}" if there else "")
        for number, here, there in rows
    ]
    return Page(html, "\n".join(text + said))


def _lesson(lesson, questions, kept):
    """Return one row of the course's page: a lesson, its checks, its exercise."""
    mine = [q for q in questions.values() if q.lesson == lesson]
    checks = [q for q in mine if not isinstance(q, OpenQuestion) and not q.optional]
    here, there = ([q for q in checks if bool(q.points) is points] for points in (False, True))
    done = _right(there, kept, "not begun")
    if done not in ("", "not begun"):
        done += f", {_points(there, kept)}"
    return lesson, _right(here, kept, "no check tried yet"), done


def _right(questions, kept, none):
    if questions and not any(q.id in kept["checks"] for q in questions):
        return none
    right = sum(record.best(q.id, kept["checks"]) == 1 for q in questions)
    return f"{right} of {len(questions)} right" if questions else ""


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
    texts = [
        (name, _last(kept["words"].get(key))) for name, key in (("First", first), ("Last", last))
    ]
    missing = "Nothing is kept here yet: write it in its place, and run that cell."
    columns = "".join(
        f'<div style="flex:1 1 16rem"><strong>{name}</strong>'
        f'<p style="white-space:pre-line">{escape(text or missing)}</p></div>'
        for name, text in texts
    )
    html = f'<div style="display:flex;flex-wrap:wrap;gap:1.5rem;max-width:60rem">{columns}</div>'
    return Page(html, "\n\n".join(f"{name}: {text or missing}" for name, text in texts))
