"""Inside the sandbox: how one submission is run, cell by cell, and how its answers are told.

All of this runs in the fork of one submission. Nothing here decides a mark, and nothing here is
trusted: what is sent is a claim, and the grader outside looks at it as such.
"""

import contextlib
import io
import json
import os
import signal
import sys
import time

from softpower.grading import PATIENCE
from softpower.grading.plain_data import LONGEST_VALUE

STUBBORN = 8  # interrupts that a step may swallow
FIXED = (bool, int, float, str)  # what cannot change behind a name


def send(channel, *frame):
    channel.sendall(json.dumps(frame).encode() + b"\n")


class Told:
    """A channel that keeps what is said of a step until the next begins: few words wake the grader.

    Before a line of a learner's code runs, all that was kept has left: it may be the last.
    """

    def __init__(self, channel):
        self.channel, self.kept = channel, []

    def keep(self, line):
        """Say something with the next step, or at the end."""
        self.kept.append(line)

    def sendall(self, line):
        """Say something now, after what was kept."""
        lines, self.kept = b"".join([*self.kept, line]), []
        self.channel.sendall(lines)


def tell(channel, *frame):
    """Say something that can wait for the next step."""
    channel.keep(json.dumps(frame).encode() + b"\n")


class TimeUp(KeyboardInterrupt):
    """A cell has used its time."""


class Waited(TimeUp):
    """A cell has used its time, and for most of it waited for the processor."""


class Sink(io.TextIOBase):
    """Standard output that keeps nothing: 100 MB printed cost no more than the printing."""

    encoding, errors = "utf-8", "replace"

    def write(self, text):
        return len(text)

    def writable(self):
        return True


class Clock:
    """The time of one step: ``seconds`` of computing, or ``PATIENCE`` times as long in all.

    Computing time is what counts, so that a busy machine makes nobody's work too slow.
    """

    def __init__(self, seconds, channel):
        self.seconds, self.rings, self.leave, self.channel = seconds, 0, os._exit, channel
        self.begun = 0
        signal.signal(signal.SIGPROF, self.ring)
        signal.signal(signal.SIGALRM, self.ring)

    def ring(self, signum, _):
        self.rings += 1
        if self.rings > STUBBORN:  # it swallows every interrupt
            send(self.channel, "failed", "time")
            self.leave(1)
        # One that sleeps uses no time of the processor's; one that is kept waiting uses some.
        worked = time.process_time() - self.begun > 0.05 * self.seconds
        kind = Waited if signum == signal.SIGALRM and worked else TimeUp
        raise kind(f"more than {self.seconds} seconds")

    @contextlib.contextmanager
    def running(self):
        self.rings, self.begun = 0, time.process_time()
        signal.setitimer(signal.ITIMER_REAL, PATIENCE * self.seconds, 0.25)
        signal.setitimer(signal.ITIMER_PROF, self.seconds, 0.25)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)


def run_submission(shell, channel, limits):
    """Run the cells in order and send the value of each answer, as plain data."""
    from softpower import feedback

    request, channel = json.loads(read_all(channel)), Told(channel)
    sys.stdout = sys.stderr = Sink()
    clock = Clock(limits["cell_seconds"], channel)
    answers = Answers(request, feedback.plain, channel, clock, shell.user_ns)
    feedback.check = answers.check
    again = []
    for number, source in request["cells"]:
        failure = run_step(shell, channel, number, source, request["skip"], clock)
        if failure and failure[0] == "NameError":
            again.append((number, source))
        if failure and failure[0] == "ModuleNotFoundError":
            import_the_rest(source, shell.user_ns)
        answers.collect(shell.user_ns)
        answers.at_the_end_of_its_section(number)
    # A notebook is often run in another order than it is read, even from the bottom up: what
    # missed a name gets another chance for as long as that mends something.
    before = None
    while again and len(again) != before:
        before, still = len(again), []
        for number, source in again:
            failure = run_step(shell, channel, number, source, request["skip"], clock)
            if failure and failure[0] == "NameError":
                still.append((number, source))
            answers.collect(shell.user_ns)
        again = still
    answers.collect(shell.user_ns, again=True)
    send(channel, "end")


def import_the_rest(source, names):
    """Make the other imports of a cell that stopped at one of a module that is not here.

    A first line for Colab must not cost a learner the course's own imports.
    """
    import ast

    with contextlib.suppress(Exception):
        plain = "\n".join(line for line in source.split("\n") if line[:1] not in ("%", "!"))
        for line in ast.parse(plain).body:
            if isinstance(line, (ast.Import, ast.ImportFrom)):
                with contextlib.suppress(Exception):
                    exec(compile(ast.Module([line], []), "import", "exec"), names)


def run_step(shell, channel, number, source, skip, clock):
    """Run one cell, unless it is to be skipped, and tell how it ended."""
    step = f"cell {number}"
    if step in skip:
        return None
    send(channel, "start", step)
    here = os.getpid()
    failure = run_cell(shell, source, clock)
    if os.getpid() != here:
        os._exit(0)  # a copy that the cell made of this process; the original speaks for both
    tell(channel, *(("error", number, *failure) if failure else ("ran", number)))
    return failure


def read_all(channel):
    pieces = []
    while piece := channel.recv(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)


def run_cell(shell, source, clock):
    """Run one cell; returns the error's name and text where it stopped, else None."""
    try:
        with clock.running():
            result = shell.run_cell(source, store_history=False)
        error = result.error_before_exec or result.error_in_exec
    except BaseException as stray:  # an interrupt between the cell's last line and ours
        error = stray
    if error is None:
        return None
    name = type(error).__name__
    if isinstance(error, TimeUp):
        name = "Waited" if isinstance(error, Waited) else "TimeLimit"
    try:
        return name, str(error)[:300]
    except BaseException:
        return name, ""


class Answers:
    """The answers as they stand: each is sent when it changes, and once more at the end."""

    def __init__(self, request, plain, channel, clock, namespace):
        self.answers, self.skip = request["answers"], request["skip"]
        self.plain, self.channel, self.clock = plain, channel, clock
        self.namespace = namespace
        self.last, self.checked, self.failed = {}, {}, set()

    def check(self, question_id, value=...):
        """Stand in for ``feedback.check``: here a check only notes the value that it meets.

        It may be another than at the end: a name used again, a list used up in a later cell.
        """
        from softpower.feedback import Message

        for variable, answer in self.answers.items():
            if answer["id"] == question_id:
                if value is not ...:
                    self.checked[variable] = value
                self.show(
                    variable, value if value is not ... else self.namespace.get(variable, ...)
                )
        return Message("recorded", "")

    def show(self, variable, value):
        """Hand over the value that a check met, beside the one that stands at the end."""
        if value is ... or variable in self.skip:
            return
        with contextlib.suppress(Exception):
            text = json.dumps(self.plain(value, self.answers[variable]["calls"]))
            if len(text) <= LONGEST_VALUE:
                self.channel.keep(f'["checked", {json.dumps(variable)}, {text}]\n'.encode())

    def at_the_end_of_its_section(self, number):
        """Note an answer where its check stood, before the learner deleted the check."""
        for variable, answer in self.answers.items():
            if answer.get("until") == number:
                self.show(variable, self.namespace.get(variable, ...))

    def collect(self, namespace, again=False):
        for variable in self.answers:
            value = namespace.get(variable, ...)
            if value is ...:  # a blank after an answer (a pasted cell) takes nothing away
                value = self.checked.get(variable, self.last.get(variable, ...))
                if hasattr(value, "__next__"):
                    continue  # used up by the check that has shown it
            fixed = variable in self.failed or value is None or isinstance(value, FIXED)
            if hasattr(value, "__next__") and not again:
                continue  # whoever looks at it uses it up: its check does, or the end
            unchanged = value is self.last.get(variable, ...)
            if value is ... or variable in self.skip or (unchanged and (fixed or not again)):
                continue
            self.last[variable] = value
            self.hand_over(variable, value)

    def hand_over(self, variable, value):
        if type(value) in FIXED and not self.answers[variable]["calls"]:
            # Nothing of a learner's runs while such a value is read: it needs no time of its own.
            with contextlib.suppress(Exception):
                text = json.dumps(self.plain(value, []))
                if len(text) <= LONGEST_VALUE:
                    self.channel.keep(f'["value", {json.dumps(variable)}, {text}]\n'.encode())
                    return
        send(self.channel, "start", variable)
        self.failed.add(variable)
        try:
            with self.clock.running():
                text = json.dumps(self.plain(value, self.answers[variable]["calls"]))
        except BaseException as error:
            tell(self.channel, "unreadable", variable, type(error).__name__)
            return
        if len(text) > LONGEST_VALUE:
            tell(self.channel, "unreadable", variable, "too long")
            return
        self.failed.discard(variable)
        self.channel.keep(f'["value", {json.dumps(variable)}, {text}]\n'.encode())
