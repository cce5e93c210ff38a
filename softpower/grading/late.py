"""Late work: when something was handed in, by which time it should have been, what that costs.

A date is read where a platform wrote it, and never guessed: where none is known, nothing is
taken off. All times are those of the lecturer's own clock, as platforms write them.
"""

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from softpower import texts
from softpower.errors import CourseError
from softpower.grading.names import (
    BLACKBOARD,
    BRIGHTSPACE,
    CANVAS,
    CANVAS_HIDDEN,
    CANVAS_SHORT,
    lms,
)

MONTHS = (
    ("jan", "янв", "қаң"),
    ("feb", "фев", "ақп"),
    ("mar", "мар", "нау"),
    ("apr", "апр", "сәу"),
    ("may", "мая", "май", "мамы"),
    ("jun", "июн", "маус"),
    ("jul", "июл", "шіл"),
    ("aug", "авг", "там"),
    ("sep", "сент", "қыр"),
    ("oct", "окт", "қаз"),
    ("nov", "ноя", "қар"),
    ("dec", "дек", "жел"),
)
CLOCK = re.compile(r"\b(\d{1,2})[:.](\d\d)(?::(\d\d))?\s*([ap]\.?m\b)?", re.IGNORECASE)
NEVER = {"", "-", "–", "never", "никогда", "ешқашан"}
DAY = timedelta(days=1)


def moment(text, end_of_day=False):
    """Return a date and time as a platform or a lecturer writes it, or None.

    Figures alone must say which is the day: ``2026-12-01`` and ``1.12.2026`` do, ``1/12/2026``
    does not. Without a time it is the day's beginning, or its end where ``end_of_day``.
    """
    text = " ".join(text.split())
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo:  # Canvas writes the time of Greenwich
            found = found.astimezone().replace(tzinfo=None)
        if not re.fullmatch(r"[\d-]+", text):
            return found
        day, rest = found.date(), ""
    except ValueError:
        day, rest = _day(text)
    if day is None:
        return None
    clock = CLOCK.search(rest)
    if clock is None:
        return datetime.combine(day, time(23, 59, 59) if end_of_day else time())
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + 12 * (clock[4][0] in "pP")
    try:
        return datetime.combine(day, time(hour, minute, second))
    except ValueError:
        return None


def _day(text):
    """Return the day in a text and what is left of the text."""
    dotted = re.search(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", text)
    year = re.search(r"\b(20\d\d)\b", text)
    try:
        if dotted:
            day = date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
            return day, text[dotted.end() :]
        words = re.findall(r"[^\W\d_]{3,}", text.casefold())
        starts = [
            (word, n)
            for word in words
            for n, names in enumerate(MONTHS, 1)
            if word.startswith(names)
        ]
        number = re.search(r"\b(\d{1,2})(?![\d:])\b", text)
        if year and starts and number and len({n for _, n in starts}) == 1:
            return date(int(year[1]), starts[0][1], int(number[1])), text[year.end() :]
    except ValueError:
        pass
    return None, ""


def span(text):
    """Return a length of time, ``"2 hours"`` or ``"3 days"``; a bare number is hours.

    Raises
    ------
    CourseError
        Where it is neither.
    """
    found = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*(h|hours?|d|days?|min|minutes?|)\s*", text)
    if not found:
        raise CourseError(
            texts.text(
                "--grace {text!r} is no length of time. Write 2hours, 30minutes or 3days.",
                text=text,
            )
        )
    number, unit = float(found[1].replace(",", ".")), found[2][:1]
    return timedelta(**{{"d": "days", "m": "minutes"}.get(unit, "hours"): number})


def amount(text, option):
    """Return (number, whether it is per cent) of ``"2"`` or ``"10%"``."""
    found = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*", text or "")
    if not found:
        raise CourseError(
            texts.text(
                "{option} {text!r} is no number of points. Write 2 or 10%.",
                option=option,
                text=text,
            )
        )
    return float(found[1].replace(",", ".")), bool(found[2])


@dataclass(frozen=True)
class Rule:
    """What the lecturer said: the times by lesson ("" for each), the grace, the points.

    ``a_day`` and ``most`` are (number, whether it is per cent of the exercise's points) or None.
    """

    due: dict
    grace: timedelta = timedelta()
    a_day: tuple | None = None
    most: tuple | None = None

    def due_for(self, lesson):
        """Return the time for one exercise, or None."""
        return self.due.get(lesson) or self.due.get("")

    def judge(self, lesson, when, points, until=None):
        """Return a :class:`Late`, or None where it was in time or no time is set.

        Parameters
        ----------
        lesson : str
        when : datetime.datetime
        points : float
            What the exercise is worth.
        until : datetime.datetime, optional
            A later time that somebody was given.
        """
        due = self.due_for(lesson)
        if due is None:
            return None
        due = max(due, until) if until else due
        if when <= due + self.grace:
            return None
        days = math.ceil((when - due - self.grace) / DAY)
        taken = 0.0
        if self.a_day:
            taken = days * _points(self.a_day, points)
            taken = min(taken, points, _points(self.most, points) if self.most else points)
        return Late(due, when, days, math.floor(taken * 2 + 0.5) / 2)


def _points(amount, points):
    number, per_cent = amount
    return number * points / 100 if per_cent else number


@dataclass(frozen=True)
class Late:
    """One hand-in that came late: the time it had, when it came, days begun, points taken off."""

    due: datetime
    when: datetime
    days: int
    points: float

    def counted(self, points):
        """Return the points that count: never below nothing."""
        return max(0.0, points - self.points)

    @property
    def days_begun(self):
        """How many days it was late, in words; each day begun counts."""
        return texts.texts("{count} day", "{count} days", self.days)

    def __str__(self):
        places = {
            "late": long(self.when - self.due),
            "when": spelt(self.when),
            "due": spelt(self.due),
        }
        if not self.points:
            return texts.text(
                "handed in {late} late ({when}; the time was {due}); nothing is taken off", **places
            )
        return texts.text(
            "handed in {late} late ({when}; the time was {due}); days begun: {days}; {points} points "
            "are taken off",
            days=self.days,
            points=texts.number(self.points),
            **places,
        )


def spelt(when):
    """Return a moment in words: ``1 December 2026, 23:59``."""
    return texts.text(
        "{day} {month} {year}, {time}",
        day=when.day,
        month=texts.month(when.month),
        year=when.year,
        time=f"{when:%H:%M}",
    )


def long(gap):
    """Return a length of time in words: ``1 day 9 hours``."""
    hours, minutes = divmod(int(gap.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    said = [
        days and texts.texts("{count} day", "{count} days", days),
        hours and texts.texts("{count} hour", "{count} hours", hours),
        minutes and not days and texts.texts("{count} minute", "{count} minutes", minutes),
    ]
    return texts.sentences(*said) or texts.text("less than a minute")


@dataclass
class Dates:
    """When things were handed in, by all that is known.

    ``listed``: a moment by (student, number), from a worksheet; ``by_clock``: whether the times
    of the files count, because the lecturer said so; ``in_zip``: they stand in a zip, which
    knows no time zone.
    """

    listed: dict = field(default_factory=dict)
    by_clock: bool = False
    in_zip: bool = False

    def of(self, who, file, when):
        """Return when a file was handed in, or None where nothing tells.

        Parameters
        ----------
        who : tuple
            (student, number) as the results call them.
        file : str
            Where it was found.
        when : float
            The time of the file itself.
        """
        if who in self.listed:
            return self.listed[who]
        for part in file.split("/"):
            platform = lms(part)
            if platform and platform.re is BLACKBOARD:
                stamp = re.search(r"_attempt_(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)", part)
                return moment(f"{stamp[1]} {stamp[2]}:{stamp[3]}:{stamp[4]}")
            if platform and platform.re is BRIGHTSPACE:
                said = re.sub(r"(\d\d?)(\d\d)( [AP]M)?$", r"\1:\2\3", platform["date"])
                return moment(said)
        if self.by_clock and when:
            here = datetime.fromtimestamp(when, UTC if self.in_zip else None)
            return here.replace(tzinfo=None)
        return None


def is_marked_late(file):
    """Say whether Canvas wrote into a file's name that it came late."""
    for part in file.split("/"):
        platform = lms(part)
        if platform and platform.re in (CANVAS, CANVAS_HIDDEN, CANVAS_SHORT):
            return "_LATE_" in part.upper() or part.upper().startswith("LATE_")
    return False


def due_times(options):
    """Return the times by lesson of ``--due``: ``2026-12-01 23:59``, or ``03=2026-12-01``.

    Raises
    ------
    CourseError
        Where one is no date.
    """
    due = {}
    for text in options:
        lesson, _, said = text.rpartition("=")
        found = moment(said, end_of_day=True)
        if found is None:
            raise CourseError(
                texts.text(
                    '--due {said!r} is no date. Write the year first: "2026-12-01 23:59"; without a '
                    "time it is the end of that day.",
                    said=said,
                )
            )
        due[lesson.strip()[:2]] = found
    return due
