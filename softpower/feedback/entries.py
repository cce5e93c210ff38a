"""What every reader of the bank's entries asks of them, and the fault that it raises."""

from softpower import texts
from softpower.errors import CourseError

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class BankError(CourseError):
    """A fault in a file of the bank; the message says where and what."""


def require(condition, text, key=""):
    """Raise a :class:`BankError` with this text where a condition does not hold; ``key`` is at fault."""
    if not condition:
        raise BankError(text, *([key] if key else []))


def known(entry, allowed, what):
    """Raise where an entry has a key that is none of those allowed, with the nearest of these."""
    for key in entry:
        if key not in allowed:
            guess = meant(key, allowed, f"It may have: {listed(allowed)}.")
            raise BankError(f"{what} has no key {key}. {guess}", key)


def meant(name, known, otherwise):
    """Return the question whether a known name was meant; ``otherwise`` where none is near."""
    near = texts.near(name, known)
    return f"Did you mean {near}?" if near else otherwise


def listed(names):
    """Return names as one line, in their order."""
    return ", ".join(sorted(names))


def text(entry, key, what="the question"):
    """Return the text that an entry has at a key, which it must have."""
    value = entry.get(key)
    require(value is not None, f"{what} has no {key}.")
    require(
        isinstance(value, str) and value.strip(), f"{key} must be text in quotation marks.", key
    )
    return value
