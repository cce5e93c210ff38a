"""A class list whose letters were lost: Windows' Cyrillic has no Ә, Қ or Ү, and writes ``?``."""

from dataclasses import replace

from softpower import texts
from softpower.grading.names import fits, some

LOST_LETTERS = texts.mark(
    "The class list has lost letters, with a question mark in their place: {names}. Take the list as "
    "the platform gives it, or save it as CSV UTF-8; where a name fits one person only, it was made "
    "whole from the hand-in or the other list."
)
MANY = 6  # names in one line of the report


def places(one, people, more):
    """Return the places of whom a row may be, of two lists one of which has lost letters."""

    def may_be(row, other):
        return fits(row.name, other.name) or fits(other.name, row.name)

    found = [place for place, other in enumerate(people) if may_be(one, other)]
    if len(found) == 1 and sum(may_be(row, people[found[0]]) for row in more) > 1:
        return []
    return found


def with_whole_names(people, matched):
    """Give whoever's name has lost letters the whole name of the hand-in that was matched.

    Returns the people, a line that says so, or an empty text, and changes ``matched``.
    """
    lost = [one.lost for one in people if one.lost]
    if not lost:
        return people, ""
    whole, known = {}, {one.key for one in people}
    for who, person in matched.people.items():
        new = replace(person, name=who[0])
        if fits(person.name, who[0]) and new.key not in known:
            new = whole.setdefault(person.key, new)
            matched.people[who] = new
    line = texts.text(LOST_LETTERS, names=some(lost, MANY))
    return [whole.get(one.key, one) for one in people], line
