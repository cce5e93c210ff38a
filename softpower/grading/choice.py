"""Which hand-in counts, for whom, and where its open answers are marked.

Hand-ins that compete stand in one pool: those of one person, or of one team. Equal words in a
pool are one answer, marked once. With the marks that people gave the best of a pool is chosen
anew at each run; what it earns is everybody's in the pool, by construction.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from softpower import texts
from softpower.grading.marking import answer_id
from softpower.grading.names import own_name

MOST_IN_A_TEAM = 8  # people who could have made one hand-in together


def points_of(scores, *, in_code=False):
    """Return the points of the main road, or of the part *In code* that stands beside it."""
    return sum(score["points"] or 0 for score in scores if score.get("in_code", False) is in_code)


@dataclass(slots=True, eq=False)
class Entry:
    """One hand-in in a few words; its content stays on disk.

    ``answers``: by question id the fingerprints of what was written freely, without regard to
    spaces and as it stands; ``guessed``: those of its questions whose own place was cut off, so
    that other words of the notebook are shown for the answer; ``low`` and ``high``: the points where an answer that waits gets
    nothing, and all; ``off``: what is taken off because it came late.
    """

    key: str
    student: str
    number: str
    file: str
    folder: str
    lesson: str
    readable: bool
    points: float
    answers: dict
    content: str
    when: float
    lacks_a_part: bool = False  # it arrived damaged, and something of it is gone
    guessed: tuple = ()
    owner: tuple = ()
    late: object = None
    low: float = 0.0
    high: float = 0.0

    @property
    def off(self):
        """The points that are taken off because it came late."""
        return self.late.points if self.late else 0.0

    @property
    def rank(self):
        """Of several the one with the highest rank counts: what a person has still to mark
        counts as if it were all right, so that a notebook with two points more and no essay
        takes nothing away. Of equal ones a whole file counts before a damaged one, and what is
        a mere guess in such a one counts nothing before it is marked."""
        return self.readable, self.high - self.off, not self.lacks_a_part, self.when

    @property
    def name(self):
        """The file as the student called it, without the folders of the LMS or the class."""
        inside = self.file.partition(f"{self.folder}/")[2]
        return inside or own_name(self.file.rpartition("/")[2])


def entry(submission, stored):
    """Return the Entry of a submission and what is stored of it."""
    result = stored["result"]
    return Entry(
        submission.key,
        result["student"],
        result["number"],
        result["file"],
        result["folder"],
        result["lesson"],
        not result["problem"],
        points_of(result["scores"]),
        {
            question: (answer_id(" ".join(text.split())), answer_id(text))
            for question, text in result["open"].items()
            if text
        },
        stored["prints"].get("content", submission.key)[:24],
        submission.when,
        result.get("lacks_a_part", False),
        tuple(result.get("guessed", ())),
    )


@dataclass(slots=True, eq=False)
class Place:
    """Where one open answer is marked: the rows of the sheet that have one name.

    ``again`` is the file, where a further notebook of one person holds another answer;
    ``entry`` is the hand-in whose words are shown; ``points`` is None while it waits; ``touched``
    says whether a person has typed anything there.
    """

    student: str
    number: str
    again: str
    question: object
    entry: Entry
    points: float | None = None
    touched: bool = False

    def mark(self, marks):
        """Return how it was marked, as ``marking.Marks.under`` does."""
        now = self.entry.answers[self.question.id][1]
        return marks.under(self.student, self.number, self.again, self.question, now)


@dataclass(slots=True)
class Pool:
    """Hand-ins of one exercise that compete, and everybody for whom the best of them counts."""

    lesson: str
    entries: list
    members: list  # (name, number), as the results call them
    team: str = ""
    places: dict = field(default_factory=dict)  # by (question id, fingerprint)
    best: Entry = None
    is_slip: bool = False  # another exercise than was collected: nobody need mark it

    def place(self, entry, question_id):
        """Return where an answer of a hand-in is marked, or None where nothing was written."""
        prints = entry.answers.get(question_id)
        return self.places.get((question_id, prints[0])) if prints else None

    def is_counted(self, entry):
        """Say whether a hand-in is the one that counts, or the very same file."""
        return entry.content == self.best.content

    def of(self, who):
        """Return what one person handed in."""
        return [one for one in self.entries if one.owner == who]

    @property
    def lacks_a_file(self):
        """Whether what counts cannot be read or is not whole: there is no mark to give yet."""
        return not self.best.readable or self.best.lacks_a_part

    def asks_again(self, entry):
        """Say whether a hand-in arrived damaged, and no whole one counts in its place."""
        return entry.lacks_a_part and self.lacks_a_file

    @property
    def contenders(self):
        """The hand-in that counts, first, and those that could still overtake it."""
        floor = max(one.low - one.off for one in self.entries)
        others = [one for one in self.entries if one.high - one.off > floor]
        return [self.best, *(one for one in others if one is not self.best)]

    @property
    def asked(self):
        """The places of the answers on which the points still hang, and of those marked."""
        contenders = [] if self.is_slip else self.contenders
        hangs = [self.place(one, question) for one in contenders for question in one.answers]
        touched = [place for place in self.places.values() if place.touched]
        return list(dict.fromkeys([*filter(None, hangs), *touched]))

    @property
    def waiting(self):
        """The places that nobody has marked and on which the points hang."""
        return [place for place in self.asked if place.points is None]


def gather(entries, term):
    """Put the hand-ins that compete together.

    A team is one that handed in under its own name or, where the term shares, the smallest group
    of a person on the list. Nobody is in two pools of one exercise.

    Parameters
    ----------
    entries : list of Entry
    term : term.Term

    Returns
    -------
    list of Pool
        Not yet chosen from; see :func:`choose`.
    """
    sizes = Counter(group for person in term.people for group in person.groups)
    named = {(term.team(one.student, one.number), one.lesson) for one in entries}

    def team_of(who, lesson):
        person = term.by_key.get(who)
        if person is None or lesson is None:
            return None
        own = [group for group in person.groups if (group, lesson) in named]
        groups = own or (person.groups if term.shares else ())
        return min(groups, key=lambda group: (sizes[group], group), default=None)

    found = defaultdict(list)
    for one in entries:
        one.owner = term.whose(one.student, one.number)
        team = term.team(one.student, one.number) or team_of(one.owner, one.lesson)
        found[team or one.owner, one.lesson].append(one)
    pools = []
    for (key, lesson), mine in found.items():
        if isinstance(key, tuple):
            pools.append(Pool(lesson, mine, [key]))
            continue
        owners = list(dict.fromkeys(one.owner for one in mine))
        if sizes[key] > MOST_IN_A_TEAM and (key, lesson) not in named:
            term.remarks.append(_large(key, sizes[key], len(owners)))
            if len(owners) > 1:
                pools += [
                    Pool(lesson, [one for one in mine if one.owner == who], [who]) for who in owners
                ]
                continue
        members = [one.key for one in term.people if team_of(one.key, lesson) == key]
        pools.append(Pool(lesson, mine, members or owners, key))
    return pools


def _large(group, size, count):
    if count > 1:
        return texts.text(
            "{group}: {size} people, {count} of whom handed in; this is taken for no team, and "
            "everybody keeps what is their own. Look at the list's groups.",
            group=group,
            size=texts.number(size),
            count=texts.number(count),
        )
    return texts.text(
        "{group}: one hand-in counts for all its {size} people. Is it a team?",
        group=group,
        size=texts.number(size),
    )


def choose(pool, marks, questions):
    """Settle where each open answer is marked, and choose what counts by the marks as they are.

    Parameters
    ----------
    pool : Pool
    marks : marking.Marks
    questions : dict
        The open questions of the exercise by id.
    """
    for question in questions.values():
        _settle(pool, question, marks)
    for one in pool.entries:
        one.low = one.high = one.points
        for question in one.answers:
            place = pool.place(one, question)
            if place:
                given = place.points
                one.low += given or 0
                hoped = 0 if question in one.guessed else place.question.points
                one.high += hoped if given is None else given
    pool.best = max(pool.entries, key=lambda one: one.rank)


def _settle(pool, question, marks):
    """Find the rows of each different answer: those it has in the sheet, else new ones."""
    texts = defaultdict(list)
    for one in sorted(pool.entries, key=lambda one: (one.points, one.when), reverse=True):
        if question.id in one.answers:
            texts[one.answers[question.id][0]].append(one)
    taken, places = set(), {}
    for is_sure in (True, False):  # first whatever the sheet knows by its words
        for text, owners in texts.items():
            if text in places:
                continue
            names = _names(owners)
            prints = {one.answers[question.id][1] for one in owners}
            found = [
                name
                for name in names
                if name not in taken and (not is_sure or marks.knows(*name, question, prints))
            ]
            if is_sure and not found:
                continue
            marked = [name for name in found if marks.has_marks(*name, question)]
            name = (marked or found or names)[0]
            taken.add(name)
            places[text] = name
            _tell_of_two_marks(marked, question, marks)
    for text, (student, number, again) in places.items():
        shown = next(
            (one for one in texts[text] if (one.student, one.number) == (student, number)),
            texts[text][0],
        )
        place = Place(student, number, again, question, shown)
        mark = place.mark(marks)
        place.points = mark["points"]
        place.touched = any(row["level"] is not None or row["comment"] for row in mark["criteria"])
        pool.places[question.id, text] = place


def _names(owners):
    """Return the names under which one answer may be marked, the likeliest first.

    A second answer of one person has the file's name beside it.
    """
    owners = sorted(owners, key=lambda one: (one.student.casefold(), one.student, one.number))
    plain = [(one.student, one.number, "") for one in owners]
    return list(dict.fromkeys([*plain, *((one.student, one.number, one.name) for one in owners)]))


def _tell_of_two_marks(names, question, marks):
    """Say where one answer was marked under two names, and not alike."""
    levels = {name: marks.levels(*name, question) for name in names}
    first = next(iter(levels), None)
    for name in names[1:]:
        if levels[name] != levels[first]:
            marks.doubles.append(
                texts.text(
                    "{question}: one answer of {first} and {second} was marked under both names, "
                    "and not alike; what stands beside {first} counts for both.",
                    question=question.id,
                    first=first[0],
                    second=name[0],
                )
            )
