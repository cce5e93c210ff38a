"""The class list: who should be in the results, and whose a hand-in is.

Read as a platform exports it. The names of the columns, small letters, spaces as they are:

* Moodle, list of participants: ``First name``, ``Last name``, ``Email address``, ``Groups``;
* Moodle, grading worksheet: ``Identifier`` (*Participant 41*), ``Full name``, ``Email address``,
  ``Status``, ``Last modified (submission)``;
* Canvas, gradebook: ``Student`` (*Last, First*), ``ID``, ``SIS User ID``, ``SIS Login ID``,
  ``Section``; its first rows are no students;
* Canvas, groups: ``name``, ``canvas_user_id``, ``login_id``, ``sections``, ``group_name``;
* or any list with a column of names, in English, Russian or Kazakh.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import permutations

from softpower import texts
from softpower.errors import CourseError
from softpower.grading import handed_in_as, lost_letters, sheets
from softpower.grading.names import LOST, called, exact, fits, sounds

COLUMNS = {
    "name": "student|full name|name|student name|полное имя|фио|студент|аты-жөні|толық аты",
    "first": "first name|given name|имя|аты",
    "last": "last name|surname|family name|фамилия|тегі",
    "number": "identifier|id|canvas user id|идентификатор",
    "id": "id number|sis user id|user id|student id|student number|индивидуальный номер",
    "login": "sis login id|login id|username|login|логин",
    "email": "email address|email|e-mail|адрес электронной почты|электрондық пошта",
    "section": "section|sections|секция|поток",
    "groups": "groups|group|group name|группы|группа|топ|топтар",
    "handed_in_as": "handed in as",
    "most": "maximum grade|максимальная оценка",
    "when": "last modified (submission)|последнее изменение (ответ)|submitted at|handed in at",
}
NOT_STUDENTS = re.compile(r"\s*(points possible|student, test|test student|)\s*", re.IGNORECASE)
# What Moodle writes of whoever is in no group, in the languages of our lists.
NO_GROUP = {"default group", "группа по умолчанию", "әдепкі топ", "no group", "not in a group"}
SEVERAL_FIT = texts.mark(
    "{who}: may be {names}; listed beside the class list. Add a column handed_in_as to it, and write "
    "{write} into it beside the one whose it is."
)
NOBODY_FITS = texts.mark(
    "{who}: is not on the class list; listed beside it. If it is somebody on the list, add a column "
    "handed_in_as to it, and write {write} into it beside the name (several with a semicolon between "
    "them)."
)
OTHERS_NUMBER = texts.mark(
    "{who}: counts for {name}, beside whom it stands in the column handed_in_as; the list gives the "
    "number {number} to {other}. Is that right?"
)
MANY = 4  # doubts of one kind that are told in one line
ALIKE = 0.86  # of two spellings of one name; "Serik" and "Serikov" are less alike


@dataclass(frozen=True)
class Person:
    """One person of the class list; each part is a text, empty where the list has none."""

    name: str
    number: str = ""  # the platform's own: Moodle's participant, Canvas's ID
    id: str = ""
    login: str = ""
    email: str = ""
    section: str = ""
    groups: tuple = ()
    handed_in_as: str = ""
    when: str = ""
    lost: str = ""  # the name as a list has it whose letters were lost, with ? for them
    most: str = ""  # the maximum of the assignment, as Moodle's grading worksheet has it

    @property
    def key(self):
        """What stands for this person in the results: the name and a number, as for a hand-in."""
        return self.name, self.number

    @property
    def bare_name(self):
        """The name without what :func:`read` adds where two have one name."""
        return re.sub(r" \[\d+\]$", "", self.name)

    @property
    def told_apart(self):
        """The name with what tells two people of one name apart, for the lecturer."""
        more = self.email or self.login or self.id or self.number
        return f"{self.name} ({more})" if more else self.name


@dataclass
class Matched:
    """Whose each hand-in is: a Person or the name of a group by (student, number); and doubts.

    ``asked``: the keys of people of whom a remark asks whether a hand-in beside the list is theirs.
    """

    people: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)
    asked: set = field(default_factory=set)


def read(paths):
    """Return everybody on one or several lists, once each.

    Parameters
    ----------
    paths : iterable of pathlib.Path
        A second list adds what the first lacks: groups to a worksheet, dates to a list.

    Returns
    -------
    list of Person

    Raises
    ------
    CourseError
        Where a list cannot be read or has no names in it.
    """
    people = []
    for path in paths:
        people = _added(people, _one_list(path))
    seen, unique = defaultdict(int), []
    for one in people:
        seen[one.key] += 1  # two people of one name, and nothing to tell them apart
        again = f"{one.name} [{seen[one.key]}]" if seen[one.key] > 1 else one.name
        unique.append(replace(one, name=again))
    return unique


def _one_list(path):
    if not path.is_file():
        raise CourseError(
            texts.text("There is no class list at {path}. Check the path.", path=path)
        )
    columns, rows, _ = sheets.read(path, [])
    known = {alias: part for part, names in COLUMNS.items() for alias in names.split("|")}
    found = {}
    for column in columns:
        part = known.get(" ".join((column or "").replace("_", " ").casefold().split()))
        if part and part not in found:
            found[part] = column
    if not {"name", "first", "last"} & set(found):
        raise CourseError(
            texts.text(
                "{file} has no column of names. A class list needs one called Student, Full name, "
                "or First name and Last name.",
                file=path.name,
            )
        )
    people = [
        _person({part: row.get(column, "") for part, column in found.items()}) for row in rows
    ]
    return [one for one in people if one]


def _person(row):
    row = {part: " ".join(unicodedata.normalize("NFC", text).split()) for part, text in row.items()}
    name = row.pop("name", "")
    first, last = row.pop("first", ""), row.pop("last", "")
    if NOT_STUDENTS.fullmatch(name) and not (first or last):
        return None
    if not name or (last and not first):
        name = f"{first or name} {last}".strip()
    elif name.count(",") == 1:  # Canvas: Last, First
        name = " ".join(reversed([part.strip() for part in name.split(",")]))
    row["lost"] = name if LOST.search(name) else ""
    row["number"] = re.sub(r"^\D+", "", row.get("number", ""))
    groups = re.split(r"\s*[,;|]\s*", row.get("groups", ""))
    row["groups"] = tuple(one for one in groups if one and one.casefold() not in NO_GROUP)
    return Person(name, **row)


def _added(people, more):
    """Put two lists together: what tells a person for certain, else the name where it is one's."""
    merged = list(people)
    for one in more:
        same = [
            place
            for place, other in enumerate(merged[: len(people)])
            if any(
                getattr(one, part)
                and getattr(one, part).casefold() == getattr(other, part).casefold()
                for part in ("email", "number", "login", "id")
            )
        ] or [
            place
            for place, other in enumerate(merged[: len(people)])
            if exact(one.name) == exact(other.name)
        ]
        same = same or lost_letters.places(one, merged[: len(people)], more)
        if len(same) != 1:
            merged.append(one)
            continue
        before = merged[same[0]]
        parts = {
            part: getattr(before, part) or getattr(one, part)
            for part in Person.__dataclass_fields__
        }
        if LOST.search(before.name):
            parts["name"] = one.name
        merged[same[0]] = Person(**parts | {"groups": before.groups or one.groups})
    return merged


def match(people, handed_in):
    """Say whose each hand-in is.

    A number, a login or the very name is certain. Another order, another script, a missing
    patronymic or a letter more is taken where it fits one person only, and told with a question.
    Where two people have one name, or two numbers fit one person, nothing is taken: the lecturer
    is asked.

    Parameters
    ----------
    people : list of Person
    handed_in : iterable of tuple
        (student, number), as the platform or the folder calls them.

    Returns
    -------
    Matched
    """
    matched, claims, unsure, handed_in = Matched(), [], [], sorted(set(handed_in))
    by = _indexes(people, handed_in)
    groups = {exact(group): group for one in people for group in one.groups}
    for student, number in handed_in:
        certain = _certain(student, number, by)
        bare = exact(student)
        team = next((g for key, g in groups.items() if bare.startswith(key + " ")), None)
        name = student[len(team) :].lstrip(" -_") if team else student
        if certain is None and team:  # Moodle puts the group before the name
            certain = _certain(name, number, by)
        if certain is not None:
            claims.append(_Claim(student, number, name, *certain))
        elif bare in groups:
            matched.groups[student, number] = groups[bare]
        else:
            unsure.append((student, number, name))
    taken = {claim.person.key for claim in claims}
    free = [one for one in people if one.key not in taken]
    unsure, found = _by_lost_letters(unsure, free, matched)
    claims += found
    taken = {claim.person.key for claim in found}
    free = [one for one in free if one.key not in taken]
    for one in unsure:
        namesakes = by["name"].get(exact(one[2]), [])
        several = namesakes if len(namesakes) > 1 else free  # of one name: nobody is guessed
        claim = _with_a_question(*one, several, matched)
        claims += [claim] if claim else []
    _settle(claims, matched)
    matched.remarks = _in_one_line(claims, matched)
    return matched


def _by_lost_letters(unsure, free, matched):
    """Match names that have lost letters where exactly one fits, and ask about the others.

    Returns what is still unsure, and the claims.
    """
    found = {one: [p for p in free if fits(p.bare_name, one[2])] for one in unsure}
    count = Counter(person.key for several in found.values() for person in several)
    claims = []
    for one, several in found.items():
        if len(several) == 1 and count[several[0].key] == 1:
            claims.append(_Claim(*one, several[0], "", False))
        elif several:
            _ask(*one[:2], several, matched)
    return [one for one in unsure if not found[one]], claims


@dataclass(frozen=True)
class _Claim:
    """A hand-in that fits one person; ``is_sure`` where a number or the list's column says so."""

    student: str
    number: str
    name: str  # without the group that Moodle puts before it
    person: Person
    doubt: str
    is_sure: bool


def _settle(claims, matched):
    """Give each person what fits them; two numbers of a platform are two people."""
    numbers = defaultdict(set)
    for claim in claims:
        numbers[claim.person.key] |= {claim.number} - {""}
    for claim in claims:
        if len(numbers[claim.person.key]) > 1 and claim.number and not claim.is_sure:
            matched.asked.add(claim.person.key)
            matched.remarks.append(
                texts.text(
                    "{student} ({number}): {name} on the class list fits, and fits another number "
                    "as well, so it is listed beside the list. If it is this person, add a column "
                    "handed_in_as to the list and write {number} into it there (several with a "
                    "semicolon between them).",
                    student=claim.student,
                    number=claim.number,
                    name=claim.person.name,
                )
            )
            continue
        matched.people[claim.student, claim.number] = claim.person
        matched.remarks += [claim.doubt] if claim.doubt else []


def _in_one_line(claims, matched):
    """Return the doubts; where many names only have their words in another order, one for all."""
    turned = [
        claim
        for claim in claims
        if claim.doubt in matched.remarks
        and sorted(exact(claim.name).split()) == sorted(exact(claim.person.name).split())
    ]
    if len(turned) < MANY:
        return matched.remarks
    doubts = {claim.doubt for claim in turned}
    names = [
        texts.text("{name} for {other}", name=one.student, other=one.person.name)
        for one in turned[:3]
    ]
    line = texts.text(
        "{count} names have the words of a name on the class list in another order, and were taken "
        "for it: {names}; {more} more. Are they the same people? The column handed_in_as of the "
        "list settles it for anybody who is not.",
        count=len(turned),
        names="; ".join(names),
        more=len(turned) - 3,
    )
    return [line, *(one for one in matched.remarks if one not in doubts)]


def _indexes(people, handed_in):
    by = {part: defaultdict(list) for part in ("number", "id", "login", "email", "name", "as")}
    for one in people:
        for part in ("number", "id", "login", "email"):
            if getattr(one, part):
                by[part][getattr(one, part).casefold()].append(one)
        if "@" in one.email:
            by["login"][one.email.casefold().partition("@")[0]].append(one)
        by["name"][exact(one.bare_name)].append(one)
        for name in handed_in_as.values(one):
            by["as"][handed_in_as.meant(name)].append(one)
    by["handed in"] = Counter(exact(student) for student, _ in handed_in)
    return by


def _certain(student, number, by):
    """Return (Person, doubt, whether it is sure) where a number, a login or the name tells."""
    name, bare = student.casefold().strip(), exact(student)
    same_name = by["name"].get(bare, [])
    numbered = by["number"].get(number, []) if number else []
    said = handed_in_as.said_of(student, number, by, numbered)
    if len(said) == 1:
        others = [one for one in numbered if one not in said]
        doubt = others and texts.text(
            OTHERS_NUMBER,
            who=called((student, number)),
            name=said[0].told_apart,
            number=number,
            other=texts.listing((one.told_apart for one in others), "or"),
        )
        return said[0], doubt or "", True
    both = [one for one in same_name if one in numbered]
    if both:
        return both[0], "", True
    if len(numbered) == 1:
        one = numbered[0]
        if fits(one.name, student):
            return one, "", True
        if _likeness(student, one.name) > 0.6 or _squeezed(student, one.name):
            return one, "", True
        if not same_name:
            doubt = texts.text(
                "{student} ({number}): has the number of {name} on the class list, and another "
                "name. Is it the same person?",
                student=student,
                number=number,
                name=one.name,
            )
            return one, doubt, True
    if len(same_name) == 1:
        return same_name[0], "", False
    for part in ("login", "email", "id", "number"):
        if len(found := {one.key: one for one in by[part].get(name, [])}) == 1:
            return next(iter(found.values())), "", False
    return None


def _likeness(one, other):
    return SequenceMatcher(None, " ".join(sounds(one)), " ".join(sounds(other))).ratio()


def _squeezed(one, other):
    """Say whether a name is another one written without spaces, as Canvas names its files."""
    words = sounds(other)
    run = "".join(sounds(one))
    orders = permutations(words) if len(words) < 5 else [words]
    # Where two words meet, two like letters are one, as they are inside a word.
    return any(re.sub(r"(\w)\1+", r"\1", "".join(order)) == run for order in orders)


def _with_a_question(student, number, name, free, matched):
    """Return a claim on the one person who may be meant, of those who have handed in nothing
    else; where it is nobody or may be several, ask."""
    words = sounds(name)

    def near(test):
        return [one for one in free if test(sounds(one.bare_name), one.bare_name)]

    found = (
        near(lambda theirs, _: theirs == words)
        or near(lambda _, other: _squeezed(name, other))
        or near(lambda theirs, _: len({*words} & {*theirs}) > 1 and _one_in_another(words, theirs))
        or near(lambda _, other: _likeness(name, other) >= ALIKE)
    )
    who = called((student, number))
    if len(found) == 1:
        doubt = texts.text(
            "{who}: taken for {name} on the class list. Is it the same person? If not, add a column "
            "handed_in_as to the list, with the right name beside each person.",
            who=who,
            name=found[0].name,
        )
        return _Claim(student, number, name, found[0], doubt, False)
    _ask(student, number, found, matched)
    return None


def _ask(student, number, found, matched):
    """Ask whose a hand-in is that may be several people's, or nobody's."""
    who = called((student, number))
    write = texts.text("“{name}”", name=student)
    if number:
        write = texts.text("{number}, the number in the folder's name,", number=number)
    names = texts.listing((one.told_apart for one in found[:3]), "or")
    said = SEVERAL_FIT if found else NOBODY_FITS
    matched.asked |= {one.key for one in found}
    matched.remarks.append(texts.text(said, who=who, names=names, write=write))


def _one_in_another(words, theirs):
    return {*words} <= {*theirs} or {*theirs} <= {*words}
