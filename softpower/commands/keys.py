"""What whoever asks a check aloud needs: its right answer, and what to say to the others."""

from softpower import texts
from softpower.feedback.answers import Listing, Mapping
from softpower.feedback.number import Number
from softpower.quiz.items import plain, simple, word

# Of a number or a word so many mistakes are told; the course knows more than can be said aloud.
MISTAKES = 3


def right(question):
    """Return the right answer of a check as words: ``"a"``, ``"8"``, ``"A resource, B outcome"``.

    Parameters
    ----------
    question : Question
    """
    return _words(question.right)


def replies(question):
    """Return what to say to the answers of a check, as plain sentences.

    Parameters
    ----------
    question : Question

    Returns
    -------
    list of tuple of str
        (answer, words): the right one first, then each other letter, or the first three mistakes
        that the course knows, and what is said to anything else.
    """
    said = {right(question): plain(question.explain)}
    for wrong in question.wrong:
        words = _words(wrong.answer)
        if words and (len(words) == 1 or len(said) <= MISTAKES):
            said.setdefault(words, plain(wrong.message))
    if len(right(question)) > 1 and question.otherwise:
        said[texts.text("anything else")] = plain(question.otherwise)
    return list(said.items())


def _words(form):
    form = simple(form)
    if isinstance(form, Number):
        unit = {"": "", "%": "%", "share": ""}.get(form.unit, f" {form.unit}")
        value = f"{form.value:,.0f}" if float(form.value).is_integer() else f"{form.value:,.4g}"
        return f"{texts.spelt(value)}{unit}"
    if isinstance(form, Mapping):
        return ", ".join(f"{name} {_words(one)}" for name, one in form.items.items())
    if isinstance(form, Listing):
        return ", ".join(map(_words, form.items))
    return word(form) if hasattr(form, "letter") or hasattr(form, "text") else ""
