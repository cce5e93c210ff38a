"""What a learner reads after a check: its status in words, the text, and hints to open."""

import re
from dataclasses import dataclass
from html import escape

from softpower import texts
from softpower.palette import MESSAGES, WHITE

STATUSES = {
    "right": (texts.mark("Right."), MESSAGES["right"]),
    "partly": (texts.mark("Partly right."), MESSAGES["partly"]),
    "wrong": (texts.mark("Not right yet."), MESSAGES["wrong"]),
    "not yet": (texts.mark("Not yet."), MESSAGES["other"]),
    "unread": (texts.mark("Not judged yet."), MESSAGES["other"]),
    "recorded": (texts.mark("Recorded."), MESSAGES["other"]),
    "hint": (texts.mark("Hint"), MESSAGES["other"]),
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
            f'<strong style="background:{colour};color:{WHITE};padding:.1rem .4rem">{escape(texts.text(word))}</strong> '
            f"{shown(self.text)}{hints}</div>"
        )
        return {"text/html": html, "text/plain": str(self)}
