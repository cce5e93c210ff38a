"""What a question says of a value: worked out once, for most of a class give the same few."""

from softpower import texts
from softpower.feedback import Message

MOST_KEPT, LONGEST_KEPT = 5_000, 1_000  # answers of which it is known what to say; characters
_said = {}  # (question, message) by what they hang on


def message(question, value):
    """Return what the question says of a value, which is the same for each who gives it."""
    key = id(question), texts.language(), id(texts.catalogue()), repr(value)
    found = _said.get(key)
    if found is None:
        found = question, _judged(question, value)  # kept with it, so that its id stays its own
        if len(key[-1]) <= LONGEST_KEPT:
            if len(_said) >= MOST_KEPT:
                _said.clear()
            _said[key] = found
    return found[1]


def _judged(question, value):
    try:
        return question.judge(value)
    except Exception as error:  # a value of a shape that no form foresaw
        text = texts.text(
            "{name} holds a value that could not be checked ({error}).",
            name=question.variable,
            error=error,
        )
        return Message("wrong", text[:300])
