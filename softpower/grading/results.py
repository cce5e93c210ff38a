"""Write what a lecturer takes away: sheets, pages, and the report that says what to do next."""

from collections import defaultdict

from softpower import texts
from softpower.grading import (
    agreement,
    gradebook,
    insight,
    pages,
    returned,
    sheets,
    similar,
)
from softpower.grading.class_names import ClassNames
from softpower.grading.learners import learner
from softpower.grading.names import alphabetical, called, some
from softpower.grading.roster import exact
from softpower.grading.standing import Standing
from softpower.grading.term import Term

NAMED = 12  # names of whoever still waits, in one line
SEVERAL = texts.mark(
    "{team}: several hand-ins of one group ({names}); the best counts for all: {best}'s."
)
NAMED_AFTER = texts.mark(
    "{who}: handed in {file}, which carries the name of {other}. Whose work is it? It counts for "
    "whoever handed it in."
)
SEVERAL_SO_FAR = texts.mark(
    "{team}: several hand-ins of one group ({names}); the best counts for all so far: {best}'s."
)


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
        self.standing = self.tally = None
        # What the report says: whom to write to, marks to look at, and what is good to know.
        self.remarks = {"write": [], "missing": [], "look": [], "know": []}

    def write(self, submissions, found, stopped=""):
        """Write all files anew from what is stored; unchanged feedback pages are left alone."""
        self.term.settle(submissions, found)
        standing = Standing(self.course, self.state, self.marks, self.term, submissions, found)
        self.standing = standing
        self.marks.write(standing.answers)
        self.tally = standing.tally()
        self.remarks["missing"] += self._missing()
        self.remarks["look"] += self.term.remarks + self.term.dateless() + found.doubts
        self.remarks["look"] += self._named_after_others()
        self.remarks["look"] += self._several_of_a_group() + list(dict.fromkeys(self.marks.doubles))
        self.remarks["look"] += self.marks.no_levels() + standing.marked_and_gone()
        self.remarks["know"] += [self.course.limits.told(), *found.remarks]
        gradebook.write_scores(self.folder / "scores.csv", standing, self.delimiter)
        means = gradebook.write(self.folder / "gradebook.csv", standing, self.delimiter)
        self.remarks["know"] += self._late_work()
        self.remarks["know"] += gradebook.write_for_platforms(self.folder, standing)
        self.remarks["look"] += gradebook.other_maximum(standing)
        returned.Pages(self.folder, standing, self.remarks).write()
        self._class_as_a_whole()
        self._report(means, stopped)

    @property
    def to_do(self):
        """How many lines of the report ask the lecturer to do or to look at something."""
        return len(self.remarks["write"]) + len(self.remarks["look"])

    def who_waits(self):
        """Return the names of those whose open answers wait, as one text."""
        names = list(dict.fromkeys(name for name, _ in self.standing.waiting()))
        return some(names, NAMED)

    def _missing(self):
        credited = {(row.who, row.lesson) for row in self.standing.rows}
        slips = {row.who for row in self.standing.rows if row.pool.is_slip}
        names = {lesson: self.standing.name(lesson) for lesson in self.standing.asked}
        return self.term.absent(credited, names, slips)

    def _several_of_a_group(self):
        lines = []
        for pool in self.standing.pools:
            if pool.team and len({one.content for one in pool.entries}) > 1:
                by = sorted({self.standing.shown(one) for one in pool.entries}, key=alphabetical)
                said = SEVERAL_SO_FAR if pool.waiting else SEVERAL
                best = self.standing.shown(pool.best)
                lines.append(texts.text(said, team=pool.team, names=", ".join(by), best=best))
        return lines

    def _named_after_others(self):
        """Return lines on files that carry the name of somebody else on the class list."""
        names, lines = ClassNames(one.bare_name for one in self.term.people), []
        pools = {one: pool for pool in self.standing.pools for one in pool.entries}
        for one in self.standing.entries:
            shown = self.standing.shown(one)
            members = {exact(name) for name, _ in pools[one].members} | {exact(shown)}
            for other in names.in_name(one.name):
                if exact(other) not in members:
                    who = called((shown, one.number))
                    lines.append(texts.text(NAMED_AFTER, who=who, file=one.name, other=other))
        return lines

    def _late_work(self):
        found = [(row.who, row.pool.best.late) for row in self.standing.rows]
        lines = [
            texts.text("{who}: {late}.", who=called(who), late=late) for who, late in found if late
        ]
        return [*lines, *self.term.within_more_time.values()]

    def _class_as_a_whole(self):
        """Write what the class understood, and which work is alike; each hand-in counts once."""
        standing, by_lesson, handed_in = self.standing, defaultdict(list), defaultdict(set)
        worked = defaultdict(set)  # in no figure: they say nothing of what was understood
        for row in standing.rows:
            handed_in[row.lesson].add(row.who)
        for pool in standing.pools:
            if not pool.best.readable or pool.lesson not in standing.asked:
                continue
            who = pool.best.owner
            person = self.term.by_key.get(who)
            groups = person.groups if person and self.term.shares else ()
            result = standing.result(pool.best, pool)
            one = learner(
                called(who),
                (*groups, *standing.one_under_two_numbers(who)),
                standing.exercise(pool.lesson),
                result,
                self.term.records.get(pool.best.folder),
            )
            by_lesson[pool.lesson].append(one)
            if result.get("is_worked"):
                worked[pool.lesson].add(one.name)
        understood, alike = [], []
        for lesson, everybody in sorted(by_lesson.items()):
            exercise = self.course.exercises[lesson]
            missing = sum(one.key not in handed_in[lesson] for one in self.term.people)
            out = worked[lesson]
            some_of = [one for one in everybody if one.name not in out]
            understood.append(insight.of(some_of, exercise, missing, self.term.before, len(out)))
            alike.append((exercise.title, similar.pairs(everybody, exercise)))
        for name, page in (("insight", insight.page(understood)), ("similar", similar.page(alike))):
            target = self.folder / f"{name}.html"
            sheets.replace(target, lambda file, page=page: file.write(page), encoding="utf-8")

    def _report(self, means, stopped):
        standing = self.standing
        assignments = [
            {
                "name": standing.name(lesson),
                "notebooks": sum(
                    pool.lesson == lesson and pool.best.readable for pool in standing.pools
                ),
                "people": len(points),
                "mean": sum(points) / len(points),
                "out_of": self.course.exercises[lesson].points,
                "to_mark": sum(
                    len(pool.waiting) for pool in standing.pools if pool.lesson == lesson
                ),
            }
            for lesson, points in sorted(means.items())
        ]
        page = pages.report(
            assignments,
            self.remarks,
            self.tally,
            self.who_waits(),
            stopped,
            agreement.compare(self.marks.compared()),
        )
        sheets.replace(self.folder / "report.html", lambda file: file.write(page), encoding="utf-8")
