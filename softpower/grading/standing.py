"""How the class stands: everybody's hand-ins, what of them counts, and how it was marked.

What the pages, the sheets and the terminal say of a class they have from here, so that one word
means one thing everywhere: see :class:`Tally`.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from softpower import texts
from softpower.grading import choice
from softpower.grading.names import CANVAS, CANVAS_SHORT, MOODLE, alphabetical, called, lms
from softpower.grading.roster import sounds

SLIPS = 5  # an exercise that fewer than one in so many handed in, in a download of another
NO_ANSWER_NOW = texts.mark(
    "{who}, {question}: was marked, and the notebook that counts now has no answer there, so the mark "
    "gives no points. It is kept in marking.csv."
)


@dataclass(frozen=True, slots=True)
class Row:
    """What counts for one person in one exercise; ``entry`` is their own file where it is that."""

    who: tuple
    pool: choice.Pool
    entry: choice.Entry

    @property
    def lesson(self):
        return self.pool.lesson


@dataclass(frozen=True)
class Tally:
    """The counts of a class, each with its one meaning.

    ``notebooks``: files that were read or tried; ``counted``: those that count for somebody and
    could be read, one file of a whole group once;
    ``people``: for whom something counts; ``nothing``: people without anything that counts;
    ``waiting``: answers on which points hang and that nobody has marked, each once.
    """

    notebooks: int
    counted: int
    people: int
    nothing: int
    waiting: int

    def __str__(self):
        counted = texts.texts(
            "{notebooks}; {count} counts, for {people}.",
            "{notebooks}; {count} count, for {people}.",
            self.counted,
            notebooks=texts.texts("{count} notebook", "{count} notebooks", self.notebooks),
            people=texts.texts("{count} person", "{count} people", self.people),
        )
        nothing = texts.texts(
            "{count} person has nothing that counts.",
            "{count} people have nothing that counts.",
            self.nothing,
        )
        return texts.sentences(counted, nothing if self.nothing else "")


class Standing:
    """A class, its hand-ins and their marks.

    Parameters
    ----------
    course : judge.Course
    state : state.State
    marks : marking.Marks
    term : term.Term
        Settled; see ``Term.settle``.
    submissions : list of discover.Submission
    found : discover.Found
    """

    def __init__(self, course, state, marks, term, submissions, found):
        self.course, self.state, self.marks, self.term = course, state, marks, term
        self.found = found
        # Also what was interrupted before its turn.
        self.handed_in = {(one.student, one.number) for one in submissions}
        self.entries = self._read(submissions)
        self.pools = choice.gather(self.entries, term)
        for pool in self.pools:
            exercise = self.exercise(pool.lesson)
            for one in pool.entries if exercise else ():
                one.late = self.term.late(pool.members, one, exercise)
        self.settle()

    def _read(self, submissions):
        """Read what is needed to sort the submissions; a few words each."""
        entries = []
        for submission in submissions:
            stored = self.state.load(submission.key)
            if stored is not None:  # else interrupted before its turn
                entries.append(choice.entry(submission, stored))
        lessons = {one.lesson for one in entries if one.lesson}
        known = list(self.course.exercises)
        only = next(iter(lessons)) if len(lessons) == 1 else None
        only = known[0] if len(known) == 1 else only
        for one in entries:  # a file beyond reading belongs to the one exercise of the batch
            one.lesson = one.lesson or only
        return sorted(
            entries,
            key=lambda one: (
                alphabetical(one.student),
                one.number,
                one.lesson or "",
                one.file,
            ),
        )

    def settle(self):
        """Choose what counts, by the marks as the sheet has them now."""
        for pool in self.pools:
            exercise = self.exercise(pool.lesson)
            open_ones = {question.id: question for question in exercise.open} if exercise else {}
            pool.places.clear()
            choice.choose(pool, self.marks, open_ones)
        self.settled = self.marks.stamp
        rows = []
        for pool in self.pools:
            for who in pool.members:
                same = [one for one in pool.of(who) if pool.is_counted(one)]
                best = pool.best if pool.best in same else next(iter(same), pool.best)
                rows.append(Row(who, pool, best))
        self.rows = sorted(
            rows, key=lambda row: (alphabetical(row.who[0]), row.who[1], row.lesson or "")
        )
        self._look_for_slips()

    def _look_for_slips(self):
        """Tell exercises that were asked for from one that somebody handed in by mistake."""
        count = Counter(row.lesson for row in self.rows if row.lesson)
        most = max(count.values(), default=0)
        self.asked = sorted(one for one in count if count[one] * SLIPS > most)
        has_asked = {row.who for row in self.rows if row.lesson in self.asked}
        for pool in self.pools:
            pool.is_slip = bool(pool.lesson) and pool.lesson not in self.asked
            pool.is_slip = pool.is_slip and has_asked.isdisjoint(pool.members)

    # --- what is said of one hand-in -------------------------------------------------------

    def shown(self, entry):
        """Return the student's name as the class list writes it, else as the platform does."""
        return entry.owner[0]

    def exercise(self, lesson):
        """Return an exercise, or None where it is not known which one it is."""
        return self.course.exercises.get(lesson)

    def name(self, lesson):
        """Return the name of an exercise, or an empty text."""
        exercise = self.exercise(lesson)
        return exercise.name if exercise else ""

    def total(self, row, scores):
        """Return (points before, points after what is taken off because it came late)."""
        before = choice.points_of(scores)
        late = row.pool.best.late
        return before, late.counted(before) if late else before

    def result(self, entry, pool):
        """Return one stored result with the marks that people gave."""
        result = self.state.load(entry.key)["result"]
        exercise = self.exercise(pool.lesson)
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
        result["marking"] = []
        for score in result["scores"]:
            place = pool.place(entry, score["question"])
            if score["status"] == "to mark" and place:
                mark = place.mark(self.marks)
                _add_mark(score, mark)
                result["marking"] += mark["remarks"]
        return result

    def platform(self, entry):
        """Return the learning platform that a hand-in came from, where it takes marks back."""
        found = lms(entry.folder)
        if found and found.re is CANVAS_SHORT:
            return CANVAS
        return found.re if found and found.re in (MOODLE, CANVAS) else None

    @cached_property
    def batch_platform(self):
        """The one platform whose names the batch has, where it takes marks back, or None."""
        found = {self.platform(one) for one in self.entries} - {None}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _numbers_are_the_platforms(self):
        """Whether the list has the numbers that the platform's own names have."""
        known = [(one.number, one.owner) for one in self.entries if one.number]
        known = [number == who[1] for number, who in known if who in self.term.by_key]
        return bool(known) and all(known)

    def came_outside(self, entry):
        """Say whether a hand-in came past the platform that the others came by, as by e-mail."""
        return self.batch_platform is not None and self.platform(entry) is None

    def number(self, who):
        """Return the platform's number of somebody on the class list, where the list has it."""
        return who[1] if self._numbers_are_the_platforms and who in self.term.by_key else ""

    # --- what is said of the class ---------------------------------------------------------

    def answers(self):
        """Return the answers for the marking sheet, as ``marking.Marks.write`` takes them."""
        if self.settled != self.marks.stamp:  # somebody saved the sheet: their marks may choose
            self.settle()
        for pool in self.pools:
            for place in pool.asked:
                result = self.state.load(place.entry.key)["result"]
                yield {
                    "student": self.shown(place.entry),
                    "name": (place.student, place.number, place.again),
                    "question": place.question,
                    "assignment": self.name(pool.lesson),
                    "answer": result["open"][place.question.id],
                    "is_worked": result.get("is_worked", False),
                    "is_second": pool.place(pool.best, place.question.id) is not place,
                }

    def waiting(self):
        """Return (name, place) of each answer that waits for a person, in the sheet's order."""
        return [
            (called((self.shown(one.entry), one.number)), one)
            for pool in self.pools
            for one in pool.waiting
        ]

    def marked_and_gone(self):
        """Return lines on marks whose answer is not in the notebook that counts now."""
        pools = {
            (self.shown(one), one.number, pool.lesson): pool
            for pool in self.pools
            for one in pool.entries
        }
        lines = []
        for row in self.marks.gone:
            question = row["question"].removeprefix("Q")
            pool = pools.get((row["student"], row["number"], question.partition(".")[0]))
            if pool and question not in pool.best.answers:
                who = called((row["student"], row["number"]))
                lines.append(texts.text(NO_ANSWER_NOW, who=who, question=question))
        return list(dict.fromkeys(lines))

    def without(self):
        """Return everybody for whom nothing counts: on the list, or who left no notebook."""
        has = {row.who for row in self.rows}
        people = [one.key for one in self.term.people]
        people += [
            self.term.whose(*one)
            for one in sorted(self.found.students)
            if one[0] and not self.term.team(*one)
        ]
        return [one for one in dict.fromkeys(people) if one not in has]

    def one_under_two_numbers(self, who):
        """Return a word that a person on the list shares with one of this name beside the list."""
        name = " ".join(sounds(who[0]))
        return (f"called {name}",) if name in self._beside_the_list else ()

    @cached_property
    def _beside_the_list(self):
        """Names, as they sound, under which somebody handed in who is not on the list."""
        if not self.term.people:
            return set()
        strangers = {row.who for row in self.rows} - set(self.term.by_key)
        return {" ".join(sounds(name)) for name, _ in strangers}

    def tally(self):
        """Return the counts of the class."""
        good = {row.who for row in self.rows if row.entry.readable}
        nothing = {*self.without(), *(row.who for row in self.rows)} - good
        return Tally(
            len(self.entries),
            sum(pool.best.readable for pool in self.pools),
            len(good),
            len(nothing),
            len(self.waiting()),
        )


def _add_mark(score, mark):
    """Put what a person has marked into a score."""
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
