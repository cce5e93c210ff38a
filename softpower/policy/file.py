"""The file that a plan lives in: read with care, saved at every change, never lost."""

import json
import math
import re
from pathlib import Path

from softpower import keep, texts
from softpower.errors import CourseError
from softpower.policy.plan import HERE, MY_PLAN, new_plan


def example(name="steppe_voices"):
    """Return a worked plan of the course: small, valid, and open to criticism.

    ``"steppe_voices"`` is the one of the lesson, ``"after_the_games"`` that of the exercise.
    """
    return read(HERE / "examples" / f"{name}.json")


def loads(text, name=None, then=None):
    """Return the plan in a JSON text.

    Parameters
    ----------
    text : str
        As it was read or pasted.
    name : str, optional
        What the text is called in a message.
    then : str, optional
        What to do about a damaged text: for a file, to mend that place in it.

    Raises
    ------
    CourseError
        Where the text is not JSON: the message says in which line, and what stands there.
    """
    name = name or texts.text("The plan")
    then = then or texts.text(
        "Mend that place in a text editor and open it again; nothing in the file has been changed."
    )
    try:
        plan = json.loads(text, parse_constant=_no_constant, parse_int=_whole)
    except json.JSONDecodeError as error:
        lines = text.splitlines() or [""]
        written = lines[min(error.lineno, len(lines)) - 1].strip()[:60]
        raise CourseError(
            texts.text(
                "{name} is damaged at line {line}, character {character}: {fault} The line reads: "
                "{written!r}. {then}",
                name=name,
                line=error.lineno,
                character=error.colno,
                fault=_fault(error),
                written=written,
                then=then,
            )
        ) from None
    except RecursionError:
        raise CourseError(
            texts.text(
                "{name} is damaged: brackets are opened without end. Open your last good copy.",
                name=name,
            )
        ) from None
    if not isinstance(plan, dict):
        raise CourseError(
            texts.text(
                "{name} holds no plan: a plan begins with {{ and ends with }}. Nothing in the "
                "file has been changed.",
                name=name,
            )
        )
    return plan


def _whole(digits):
    """Return a whole number; one of more digits than anybody means is without end."""
    return int(digits) if len(digits) <= 300 else math.inf


def _no_constant(name):
    raise CourseError(
        texts.text(
            "The plan holds {name} where a number belongs. Write a number or leave it empty.",
            name=name,
        )
    )


def _fault(error):
    if error.pos >= len(error.doc.rstrip()):
        return texts.text("the text stops before the plan does.")
    here = error.doc[error.pos : error.pos + 12]
    line = error.doc[error.doc.rfind("\n", 0, error.pos) + 1 :].partition("\n")[0]
    if error.msg == "Extra data":
        return texts.text(
            "a second text begins here; perhaps the plan was pasted twice. Keep one of them."
        )
    if re.search("[“”„«»]", line) and error.msg != "Invalid control character at":
        return texts.text(
            "quotation marks here are curly (“ ”), as a word processor makes them. Put "
            'straight ones (") in their place, or copy the plan from the studio again.'
        )
    if re.search(r"\d,\d", error.doc[max(0, error.pos - 20) : error.pos + 2]):
        return texts.text("a comma stands inside a number. Write a point before decimals: 37.5.")
    if here.lstrip().startswith("%"):
        return texts.text(
            "a % sign stands after a number. Take it away: the unit has a field of its own."
        )
    return {
        "Expecting ',' delimiter": texts.text(
            "a comma or a closing bracket is missing before this place."
        ),
        "Expecting property name enclosed in double quotes": texts.text(
            "a name in double quotation marks belongs here; perhaps a comma too many stands before it."
        ),
        "Invalid control character at": texts.text("a closing quotation mark is missing."),
        "Unterminated string starting at": texts.text("a closing quotation mark is missing."),
    }.get(error.msg, texts.text("something is missing or too much here."))


def dumps(plan):
    """Return a plan as JSON text that a person can read too."""
    return json.dumps(plan, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def read(path):
    """Return the plan in a file, finished or not.

    Parameters
    ----------
    path : str or pathlib.Path

    Raises
    ------
    CourseError
        Where the file is missing, cannot be read, or is damaged; it is never changed.
    """
    return loads(_text(Path(path)), Path(path).name)


def my_plan():
    """Return the plan that the learner keeps in ``my_work``; raises as :func:`read` does."""
    return read(keep.my_work(MY_PLAN))


def _text(path):
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(
            texts.text("There is no file {name}. Check the name and the folder.", name=path.name)
        ) from None
    except UnicodeDecodeError as error:
        if _is_russian_windows(path):
            raise CourseError(
                texts.text(
                    "{name} was saved in an old Russian encoding (Windows-1251), which has no "
                    "Kazakh letters. Open it in Notepad, choose Save as, and under Encoding UTF-8. "
                    "Nothing in the file has been changed.",
                    name=path.name,
                )
            ) from None
        raise CourseError(
            texts.text(
                "{name} is damaged at byte {byte}: it is not text. Open your last good copy; "
                "nothing in the file has been changed.",
                name=path.name,
                byte=error.start,
            )
        ) from None
    except OSError as error:
        raise CourseError(
            texts.text("{name} cannot be opened ({reason}).", name=path.name, reason=error.strerror)
        ) from None


def _is_russian_windows(path):
    """Say whether a file is text in Windows-1251: it begins as a plan does, in that encoding."""
    try:
        text = path.read_bytes().decode("cp1251")
    except (OSError, UnicodeDecodeError):
        return False
    return text.lstrip().startswith("{") and len(re.findall(r"[а-яё]{3,}", text, re.I)) >= 1


class PlanFile:
    """A plan's file, opened once and saved at every change.

    Saving replaces the file in one step. A file that changed behind our back, or that could
    not be read, is set aside under another name first: nothing a learner wrote is lost.

    Attributes
    ----------
    problem : str
        Why the file could not be read when it was opened, or empty.
    """

    def __init__(self, path):
        self.path = Path(path)
        self.problem = ""
        self._text = None

    def open(self):
        """Return the plan in the file; an empty plan where there is none, or it is damaged."""
        self.problem, self._text = "", None
        if not self.path.exists():
            return new_plan()
        try:
            text = _text(self.path)
            plan = loads(text, self.path.name)
        except CourseError as error:
            self.problem = str(error)
            return new_plan()
        self._text = text
        return plan

    def save(self, plan):
        """Write the plan; return the name under which another version was set aside, or None.

        Raises
        ------
        CourseError
            Where the disk refuses.
        """
        text = dumps(plan)
        why = self._not_ours(text)
        aside = keep.set_aside(self.path, why).name if why else None
        keep.write(self.path, text)
        self._text = text
        return aside

    def _not_ours(self, new):
        """Say why the file on the disk may not be overwritten with new text, or return nothing."""
        if not self.path.exists():
            return ""
        try:
            text = _text(self.path)
            if text not in (self._text, new):
                loads(text)
                return "other"
        except CourseError:
            return "damaged"
        return ""
