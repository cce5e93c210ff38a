"""What a learner reads after a check: its status in words, the text, and hints to open."""

import re
from dataclasses import dataclass
from html import escape

from softpower import texts

# The word is white on its colour, which holds on a light page and on a dark one.
STATUSES = {
    "right": (texts.mark("Right."), "#00735C"),
    "partly": (texts.mark("Partly right."), "#1F5FA8"),
    "wrong": (texts.mark("Not right yet."), "#A63F00"),
    "not yet": (texts.mark("Not yet."), "#555555"),
    "unread": (texts.mark("Not judged yet."), "#555555"),
    "recorded": (texts.mark("Recorded."), "#555555"),
    "hint": (texts.mark("Hint"), "#555555"),
}


def shown(text):
    """Return a message as HTML: what stands between stars is stressed, between backticks code."""
    text = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(text))
    return re.sub(r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])", r"<em>\1</em>", text)


@dataclass(frozen=True)
class Message:
    """What a learner reads after a check: a status in words, a text, and hints to open.

    ``part`` is the share of the question's points that a partly right answer earns. ``unread``
    says that the answer was not judged, since its form could not be read: it is no try.
    """

    status: str
    text: str
    hints: tuple = ()
    part: float = 0.0
    unread: bool = False

    @property
    def share(self):
        """Which part of the points the answer is worth: 1 where it is right."""
        return 1.0 if self.status == "right" else self.part

    @property
    def _shown_as(self):
        return STATUSES["unread" if self.unread and not self.part else self.status]

    def __str__(self):
        return texts.sentences(texts.text(self._shown_as[0]), self.text)

    def _repr_mimebundle_(self, include=None, exclude=None):
        word, colour = self._shown_as
        labels = texts.text("A nudge"), texts.text("The method"), texts.text("Nearly there")
        hints = "".join(
            f"<details><summary>{escape(label)}</summary><p>{shown(hint)}</p></details>"
            for label, hint in zip(labels, self.hints, strict=False)
        )
        html = (
            f'<div style="border-left:.4rem solid {colour};padding:.4rem .8rem">'
            f'<strong style="background:{colour};color:#FFFFFF;padding:.1rem .4rem">{escape(texts.text(word))}</strong> '
            f"{shown(self.text)}{hints}</div>"
        )
        return {"text/html": html, "text/plain": str(self)}
