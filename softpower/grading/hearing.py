"""What one run says, as the grader hears it: frames of JSON, each within a size and a time.

Nothing that comes out is trusted to be more than a value: what speaks of a cell or an answer
that is not there is left out, and what is too long is not kept.
"""

import contextlib
import json
import select
import socket
import time
from dataclasses import dataclass, field

from softpower.feedback.plain import blanks
from softpower.grading import PATIENCE
from softpower.grading.plain_data import LONGEST_VALUE, is_plain, is_small

GRACE = 2.0  # seconds between the interrupt, which code can swallow, and the kill
MOST_BYTES = 32_000_000  # that one run may send
MOST_FRAMES = 20_000  # that one run may send: a notebook of 200 cells sends some 1,000


@dataclass
class Outcome:
    """What came out of one run: plain values, and what went wrong where."""

    values: dict = field(default_factory=dict)
    checked: dict = field(default_factory=dict)  # variable: the value that its check met last
    errors: dict = field(default_factory=dict)  # cell number: (error's name, its text)
    unreadable: dict = field(default_factory=dict)  # variable: why its value could not be had
    stopped: dict = field(default_factory=dict)  # step ("cell 3", a variable): why it was killed
    complete: bool = False


class Hearing:
    """One run as the grader hears it: frames of JSON, each within a size and a time."""

    def __init__(self, channel, control, outcome, deadline, cell_seconds, known):
        self.channel, self.control, self.outcome = channel, control, outcome
        self.deadline, self.patience = deadline, PATIENCE * cell_seconds + GRACE
        self.step, self.known = None, known  # the steps and answers that there are
        self.ended = self.gone = False  # the fork has ended; the warm process is gone
        self.failure = ""

    def say(self, request):
        """Send the request and close our side of the conversation."""
        self.channel.settimeout(30)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.channel.sendall(request)
            self.channel.shutdown(socket.SHUT_WR)

    def listen(self):
        """Take frames until the end, a limit or a death; returns why it stopped."""
        rest, received, frames = b"", 0, 0
        until = min(time.monotonic() + self.patience, self.deadline)
        while True:
            left = until - time.monotonic()
            if left <= 0:
                return "time"
            ready, _, _ = select.select([self.channel, self.control], [], [], left)
            if self.channel in ready:
                try:
                    piece = self.channel.recv(1 << 16)
                except OSError:
                    piece = b""
                received += len(piece)
                *lines, rest = (rest + piece).split(b"\n") if b"\n" in piece else (rest + piece,)
                frames += len(lines)
                if received > MOST_BYTES or frames > MOST_FRAMES:
                    return "output"
                if len(rest) > LONGEST_VALUE + 1000:
                    return "output"
                for line in lines:
                    if self.take(line):
                        until = min(time.monotonic() + self.patience, self.deadline)
                if self.outcome.complete:
                    return "end"
                if piece:
                    continue
            if self.control in ready:
                try:
                    word = self.control.recv(1)
                except OSError:
                    word = b""
                self.ended, self.gone = True, word == b""
                return {b"m": "memory"}.get(word, self.failure or "died")
            if self.channel in ready:  # closed, but the fork has not ended: wait for the word
                self.control.settimeout(GRACE)
                try:
                    word = self.control.recv(1)
                except OSError:
                    return "died"
                self.ended, self.gone = True, word == b""
                return self.failure or "died"

    def keep(self, variable, value):
        """Keep a value, unless it has more blanks than the one before (a scaffold run again)."""
        before = self.outcome.values.get(variable)
        if not is_small(value):
            self.outcome.unreadable[variable] = "too long"
        elif not is_plain(value):
            self.outcome.unreadable[variable] = "not plain data"
        elif before is None or blanks(value) <= blanks(before):
            self.outcome.values[variable] = value
            self.outcome.unreadable.pop(variable, None)

    def take(self, line):
        """Note one frame; returns whether a new step has begun.

        Nonsense is left out, and so is what speaks of a cell or an answer that is not there: all
        that is kept has a place that the grader itself has made.
        """
        if len(line) > LONGEST_VALUE + 1000:
            return False
        try:
            kind, *rest = json.loads(line)
            about = rest[0] if rest else ""
            about = f"cell {about}" if kind in ("error", "ran") else about
            if kind == "failed":
                self.failure = str(rest[0])[:500]
            elif kind == "end":
                self.outcome.complete = True
            elif about in self.known:
                return self._note(kind, about, rest)
        except (ValueError, TypeError, IndexError, AttributeError, RecursionError):
            pass
        return False

    def _note(self, kind, about, rest):
        if kind == "start":
            begun, self.step = self.step != about, about
            return begun  # the same step twice gets no more time
        if kind == "value":
            self.keep(about, rest[1])
        elif kind == "checked" and is_small(rest[1]) and is_plain(rest[1]):
            self.outcome.checked[about] = rest[1]
        elif kind == "unreadable":
            self.outcome.unreadable[about] = str(rest[1])[:100]
        elif kind == "error":
            self.outcome.errors[int(rest[0])] = (str(rest[1])[:100], str(rest[2])[:300])
        elif kind == "ran":
            self.outcome.errors.pop(int(rest[0]), None)
        return False
