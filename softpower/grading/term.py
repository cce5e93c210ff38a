"""What a term adds to a batch: the class list, groups, and late work.

Without a list and without a time everything is as it was handed in: each name is a person of
its own, and nothing is late.
"""

import contextlib
import json
import zipfile
from datetime import timedelta
from functools import partial
from pathlib import Path

from softpower import texts
from softpower.errors import CourseError
from softpower.grading import archives, handed_in_as, insight, letters, lost_letters, roster, sheets
from softpower.grading.late import (
    NEVER,
    Dates,
    Rule,
    amount,
    due_times,
    is_marked_late,
    long,
    moment,
    span,
    spelt,
)
from softpower.grading.names import alphabetical, called, some

MARKED_LATE = texts.mark(
    "{names}: their platform marks them as late, and does not say by how much, so nothing is taken "
    "off. Moodle's grading worksheet (--class) has the dates. Canvas gives none: write them yourself into "
    "a column Last modified (submission) of its list, like 2026-12-01 21:40."
)
NO_DATE = texts.mark(
    "{names}: no date of handing in is known, so nothing is taken off. Moodle's grading worksheet "
    "(--class) has the dates. For Canvas, and for what came by e-mail, write them yourself into the "
    "column Last modified (submission) of the class list, like 2026-12-01 21:40."
)
NOT_FOUND = texts.mark(
    "{name}: has more time, and is not found by this name, or not as one person. Write the number or "
    "the e-mail address in its place, as the class list has it."
)
PERHAPS_THERE = texts.mark(
    "{line}. A hand-in beside the list may be this person's: see under Look at these marks."
)
IN_MORE_TIME = texts.mark(
    "{who}: handed in {late} after the time ({when}), within the more time that was given; nothing is "
    "taken off."
)
RECORD, BIGGEST_RECORD = "record.json", 2_000_000
MANY = 12  # names in one line of the report
ONE_CLOCK = 600  # seconds: files of one class within so little time were written by one download


def add_arguments(parser):
    """Add the options for a class list and for late work."""
    parser.add_argument(
        "--class",
        dest="class_list",
        type=Path,
        action="append",
        default=[],
        metavar="LIST.CSV",
        help="the class list, as Moodle or Canvas exports it; may be given twice",
    )
    parser.add_argument(
        "--groups",
        action="store_true",
        help="one hand-in counts for everybody in its group of the class list",
    )
    parser.add_argument(
        "--due",
        action="append",
        default=[],
        metavar='"2026-12-01 23:59"',
        help="when it was to be handed in; for one exercise of several: 03=2026-12-01",
    )
    parser.add_argument(
        "--grace", default="0", metavar="2hours", help="so much later is not yet late"
    )
    parser.add_argument(
        "--late-points", metavar="2", help="points taken off for each day begun: 2, or 10%%"
    )
    parser.add_argument(
        "--late-most",
        metavar="10",
        help="no more than so many points, or so many %%, are taken off",
    )
    parser.add_argument(
        "--extensions",
        type=Path,
        metavar="FILE.CSV",
        help="who has more time: columns student and until (a date, or so many days)",
    )
    parser.add_argument(
        "--scale",
        type=Path,
        metavar="SCALE.CSV",
        help="your own letters: columns letter and from (per cent); else Kazakhstan's scale",
    )
    parser.add_argument(
        "--before",
        type=Path,
        metavar="RESULTS",
        help="the results of an earlier term, to stand beside these in insight.html",
    )
    parser.add_argument(
        "--file-times",
        action="store_true",
        help="take the times of the files for those of handing in; see the guide first",
    )


def from_arguments(arguments):
    """Return the Term that a command's arguments describe.

    Raises
    ------
    CourseError
        Where a list, a date or a number cannot be read, or a rule has no date to stand on.
    """
    people = roster.read(arguments.class_list)
    if arguments.groups and not any(one.groups for one in people):
        raise CourseError(
            texts.text("--groups needs a class list (--class) with a column of groups.")
        )
    wants_a_date = arguments.late_points or arguments.late_most or arguments.extensions
    if wants_a_date and not arguments.due:
        raise CourseError(
            texts.text('Late work needs a time to be late for: add --due "2026-12-01 23:59".')
        )
    if arguments.late_most and not arguments.late_points:
        raise CourseError(texts.text("--late-most needs --late-points: how much a day takes off."))
    rule = Rule(
        due_times(arguments.due),
        span(arguments.grace),
        amount(arguments.late_points, "--late-points") if arguments.late_points else None,
        amount(arguments.late_most, "--late-most") if arguments.late_most else None,
    )
    extensions = _extensions(arguments.extensions) if arguments.extensions else []
    place = arguments.submissions
    dates = Dates(by_clock=arguments.file_times, in_zip=bool(archives.bare(place.name)))
    term = Term(people, rule, dates, arguments.groups, extensions, place)
    if arguments.scale:
        term.scale = letters.read(arguments.scale)
    if arguments.before:
        if not (arguments.before / "scores.csv").is_file():
            raise CourseError(
                texts.text(
                    "There is no scores.csv in {folder}. Check the folder.", folder=arguments.before
                )
            )
        term.before = insight.earlier(arguments.before)
    return term


def records(place, folders):
    """Return the records of learning that came with hand-ins, by the folder of each.

    Parameters
    ----------
    place : pathlib.Path
        A folder or a zip.
    folders : set of str
        As the platform named them.
    """
    found = {}
    for path, read in _records_in(place):
        owner = next((part for part in path.parts if part in folders), None)
        if owner:
            with contextlib.suppress(ValueError, OSError, RecursionError, zipfile.BadZipFile):
                found[owner] = json.loads(read()[:BIGGEST_RECORD])
    return found


def _records_in(place):
    if place.is_dir():
        for path in sorted(place.rglob(RECORD)):
            if not path.is_symlink() and path.is_file():
                yield path, path.read_bytes
    elif place.suffix.lower() == ".zip":
        with contextlib.suppress(*archives.BAD):
            for entry in archives.entries((place,)):
                if archives.name(entry).name == RECORD:
                    yield archives.name(entry), partial(archives.read, (place, entry))


def _extensions(path):
    if not path.is_file():
        raise CourseError(
            texts.text("There is no file of extensions at {path}. Check the path.", path=path)
        )
    columns, rows, _ = sheets.read(path, [])
    known = {(column or "").strip().casefold(): column for column in columns}
    if not {"student", "until"} <= set(known):
        raise CourseError(
            texts.text(
                "{file} needs two columns: student, and until (a date, or 3 days).", file=path.name
            )
        )
    read = []
    for row in rows:
        who, until = row[known["student"]].strip(), row[known["until"]].strip()
        if not who:
            continue
        when = moment(until, end_of_day=True)
        if when is None and not until.rstrip("days ").strip("+").isdigit():
            raise CourseError(
                texts.text(
                    "{file}: {until!r} beside {who} is neither a date nor a number of days. Write "
                    "2026-12-05, or 3 days.",
                    file=path.name,
                    until=until,
                    who=who,
                )
            )
        read.append((who, when or timedelta(days=int(until.rstrip("days ").strip("+")))))
    return read


class Term:
    """Whose a hand-in is, for whom it counts, and whether it came late.

    Parameters
    ----------
    people : list of roster.Person
    rule : late.Rule
    dates : late.Dates
    shares : bool
        Whether one hand-in counts for a whole group.
    extensions : list of tuple
        A name, and a date or a length of time.
    place : pathlib.Path, optional
        Where the submissions lie: a hub leaves the time in a file beside each.
    """

    def __init__(self, people=(), rule=None, dates=None, shares=False, extensions=(), place=None):
        self.people, self.rule, self.dates = list(people), rule or Rule({}), dates or Dates()
        self.shares, self.extensions, self.place = shares, extensions, place
        self.matched = roster.Matched()
        self.before, self.records, self.scale = None, {}, letters.SCALE
        self.by_key = {one.key: one for one in self.people}
        self.longer, self.within_more_time, self.remarks, self.without_a_date = {}, {}, [], set()

    def settle(self, submissions, found):
        """Match the hand-ins with the list, and read what is known of their dates."""
        self.longer, self.within_more_time, self.remarks, self.without_a_date = {}, {}, [], set()
        handed_in = {(one.student, one.number) for one in submissions} | set(found.students)
        handed_in = {one for one in handed_in if one[0]}
        if self.place:
            self.records = records(self.place, {one.folder for one in submissions})
        if self.people:
            self.matched = roster.match(self.people, handed_in)
            self.people, line = lost_letters.with_whole_names(self.people, self.matched)
            self.by_key = {one.key: one for one in self.people}
            self.remarks += [line] if line else []
            self.remarks += self.matched.remarks + handed_in_as.unused(self.people, handed_in)
        everybody = self.people or [roster.Person(*one) for one in sorted(handed_in)]
        for one in self.people:
            if one.when.casefold() not in NEVER:
                when = moment(one.when)
                if when:
                    self.dates.listed[one.key] = when
                else:
                    self.remarks.append(
                        texts.text(
                            "{name}: the date {date!r} cannot be read.",
                            name=one.name,
                            date=one.when,
                        )
                    )
        self._lengthen(everybody)
        self._look_at_the_clock(submissions)

    def _lengthen(self, everybody):
        asked = roster.match(everybody, [(name, "") for name, _ in self.extensions])
        lost = []
        for name, until in self.extensions:
            person = asked.people.get((name, ""))
            if person is None:
                lost.append(name)
            else:
                self.longer[person.key] = until
        self.remarks += [texts.text(NOT_FOUND, name=name) for name in lost]
        told = tuple(f"{name}: " for name in lost)  # whatever else is said of them
        doubts = [remark for remark in asked.remarks if not remark.startswith(told)]
        self.remarks += [texts.text("More time: {remark}", remark=one) for one in doubts]

    def _look_at_the_clock(self, submissions):
        times = [one.when for one in submissions if one.when]
        if not self.dates.by_clock or len(times) < 3 or max(times) - min(times) > ONE_CLOCK:
            return
        self.dates.by_clock = False
        self.remarks.append(
            texts.text(
                "All files carry nearly one and the same time, which is that of the download: no "
                "date of handing in could be taken from them."
            )
        )

    def whose(self, student, number):
        """Return (name, number) under which a hand-in counts: the list's, else its own.

        What is nobody's on the list is under no name of the list, also where it has the same.
        """
        person = self.matched.people.get((student, number))
        if person or (student, number) not in self.by_key:
            return person.key if person else (student, number)
        return f"{student} [?]", number

    def team(self, student, number):
        """Return the group in whose name something was handed in, or None."""
        return self.matched.groups.get((student, number))

    def late(self, people, entry, exercise):
        """Return how late an entry was, as a :class:`late.Late`, or None.

        Parameters
        ----------
        people : iterable of tuple
            Everybody for whom it counts: who has most time among them sets it for all.
        entry : choice.Entry
        exercise : assignment.Exercise
        """
        due = self.rule.due_for(exercise.lesson)
        if due is None:
            return None
        owner = self.whose(entry.student, entry.number)
        when = self.dates.of(owner, entry.file, entry.when) or self._by_the_hub(entry.file)
        if when is None:
            self.without_a_date.add((called(owner), is_marked_late(entry.file)))
            return None
        more = [self.longer[one] for one in {*people, owner} if one in self.longer]
        more = [due + one if isinstance(one, timedelta) else one for one in more]
        until = max(more, default=None)
        late = self.rule.judge(exercise.lesson, when, exercise.points, until)
        if until and not late and self.rule.judge(exercise.lesson, when, exercise.points):
            gap = long(when - due)
            self.within_more_time[owner] = texts.text(
                IN_MORE_TIME, who=called(owner), late=gap, when=spelt(when)
            )
        return late

    def _by_the_hub(self, file):
        """Return the time that nbgrader's collect leaves beside a notebook, or None."""
        for root in (self.place / "submitted", self.place) if self.place else ():
            stamp = (root / file).parent / "timestamp.txt"
            if stamp.is_file():
                said = stamp.read_text("utf-8", errors="replace").strip()
                return moment(said.removesuffix(" UTC") + "+00:00" * said.endswith(" UTC"))
        return None

    def dateless(self):
        """Return lines for the report on hand-ins of which no date is known."""
        lines = []
        for marked, words in ((True, MARKED_LATE), (False, NO_DATE)):
            names = {name for name, late in self.without_a_date if late is marked}
            if names:
                lines.append(texts.text(words, names=some(sorted(names, key=alphabetical), MANY)))
        return lines

    def absent(self, credited, names, others):
        """Return lines on whoever is on the list and has handed in nothing that counts.

        Parameters
        ----------
        credited : set of tuple
            (who, lesson) of everything that counts.
        names : dict
            The name of each exercise that was asked for, by lesson.
        others : set of tuple
            Who handed in another exercise instead, and is written to for that.
        """
        lines = []
        for person in self.people:
            missing = [name for key, name in names.items() if (person.key, key) not in credited]
            if missing and person.key not in others:
                where = f" ({person.section})" if person.section else ""
                line = f"{person.name}{where}: {', '.join(missing)}"
                if person.key in self.matched.asked:
                    line = texts.text(PERHAPS_THERE, line=line)
                lines.append(line)
        return lines
