"""The column ``handed_in_as`` of a class list: a lecturer's word on whose a hand-in is."""

import re
from collections import defaultdict

from softpower import texts
from softpower.grading.names import exact, lms

FOR_TWO = texts.mark(
    "{name!r} stands in the column handed_in_as beside {names}, so it settles nothing. Leave it beside "
    "one of them."
)
PARTICIPANTS = ("participant", "участник", "қатысушы")  # as Moodle's worksheet writes a number


def unused(people, handed_in):
    """Return lines on what stands in the list's column ``handed_in_as`` and settles nothing."""
    known = {name for who in handed_in for name in [*calls(*who), exact(who[0])]}
    beside = defaultdict(list)
    for one in people:
        for name in values(one):
            beside[meant(name)].append((name, one))
    lines = []
    for value, rows in beside.items():
        name, one = rows[0]
        if len(rows) > 1:
            names = texts.listing((other.told_apart for _, other in rows), "and")
            lines.append(texts.text(FOR_TWO, name=name, names=names))
        elif value not in known:
            lines.append(
                texts.text(
                    "{student}: {name!r} stands in the column handed_in_as, and no hand-in has this "
                    "name or number. Write it as the folder or the file begins.",
                    student=one.name,
                    name=name,
                )
            )
    return lines


def values(person):
    """Return what stands beside a person in the column, each value by itself."""
    return [name for name in re.split(r"\s*;\s*", person.handed_in_as) if name]


def meant(text):
    """Return a name or a number of the column ``handed_in_as`` as :func:`_calls` has it.

    It may be the whole name of a folder or a file, with the folders above it, or what a
    spreadsheet made of a number.
    """
    name = re.split(r"[/\\]", text.strip().rstrip("/\\"))[-1]
    name = re.sub(r"\.(ipynb|zip)$", "", name, flags=re.IGNORECASE)
    if found := lms(name):
        return exact(f"{found['name']} {found['number']}")
    return exact(re.sub(r"^(\d+)[.,]0+$", r"\1", name))


def calls(student, number):
    """Return by what a hand-in with a number is told for certain, in the column ``handed_in_as``."""
    names = ("", student, *PARTICIPANTS) if number else ()
    return [exact(f"{name} {number}") for name in names]


def said_of(student, number, by, numbered):
    """Return beside whom a hand-in stands in the column ``handed_in_as``: its number is asked for
    before its name, since two may have one name."""
    for call in calls(student, number):
        if call in by["as"]:
            return by["as"][call]
    bare = exact(student)
    said, same_name = by["as"].get(bare, []), by["name"].get(bare, [])
    # A bare name takes nothing that carries a namesake's number; and of several hand-ins of one
    # name, where several have that name, it is the one that has no number.
    of_another = any(one in same_name and one not in numbered for one in said) and numbered
    several = number and len(same_name) > 1 and by["handed in"][bare] > 1 and not numbered
    return [] if of_another or several else said
