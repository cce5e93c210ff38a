"""Outside the sandbox: start it, hand a submission in, take plain values out.

One warm process serves a batch (``Nest``), or a worker by itself; inside it each submission has
its own namespaces (processes, files, network), so that it sees and touches neither the grader
nor another submission. What stands in it, ``housing`` says; what is refused there, ``sandbox_refuses``
lists; what comes out, ``hearing`` takes.
"""

import contextlib
import json
import math
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from softpower import texts
from softpower.grading import cgroup
from softpower.grading.hearing import GRACE, Hearing, Outcome
from softpower.grading.housing import SCRATCH, call_filter, environment, sandboxed
from softpower.grading.plain_data import MOST_PARTS, MOST_TEXT

MOST_RESTARTS = 8  # a notebook with more cells than this that must be killed has used its chances
WARM_MB = 1024  # what the warm process and its imports may take beside a submission


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    cell_seconds: int = 10  # of computing; five times as long with waiting
    total_seconds: int = 300
    memory_mb: int = 4096
    scratch_mb: int = 64
    files: int = 256
    processes: int = 32

    @property
    def student_seconds(self):
        """All notebooks of one student together."""
        return 2 * self.total_seconds

    def told(self):
        """Return the sentence of the report that says what one submission may use."""
        return texts.text(
            "A cell may compute for {cell} seconds, a notebook may run for {notebook} and all "
            "notebooks of one student for {student}, with {megabytes} MB of memory each; an answer "
            "may have {parts} parts, and of a notebook {millions} million characters are kept. What "
            "is more is cut, and the mark or the page says so.",
            cell=self.cell_seconds,
            notebook=self.total_seconds,
            student=self.student_seconds,
            megabytes=self.memory_mb,
            parts=texts.number(MOST_PARTS),
            millions=MOST_TEXT // 10**6,
        )


class SandboxLost(RuntimeError):
    """The warm process is gone, and not because of the submission's own step."""


class Sandbox:
    """A warm process that runs submissions one after the other.

    Parameters
    ----------
    mode : str
        ``nested``, ``single`` or ``trusted``; see :func:`housing.best_mode` and the runner.
    limits : Limits
    hidden : sequence of pathlib.Path
        Further folders that a submission must not see.
    nest : Nest, optional
        Where it has its server from; by itself it starts a warm process of its own.
    """

    def __init__(self, mode, limits, hidden=(), nest=None):
        self.mode, self.limits, self.hidden, self.nest = mode, limits, tuple(hidden), nest
        self.process = self.control = self.scratch = self.log = self.group = None
        self.ends = False  # whether the last submission has said all, and may still be ending
        # A second server: there the next submission's fork closes its doors while this one runs.
        self.beside = self.waiting = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def start(self):
        """Start the warm process where there is none; takes a second or two."""
        if self.waiting is not None:
            return
        self._let_it_end()
        if self.nest is not None:
            self.scratch, self.group = SCRATCH, None
            self.control = self.control or self.nest.serve()
            return
        if self.process is not None and self.process.poll() is None:
            return
        self.close()
        self.control, theirs = socket.socketpair()
        command = [sys.executable, "-m", "softpower.grading.runner", self.mode]
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self.scratch, variables, handles = SCRATCH, environment(), []
        stack = contextlib.ExitStack()
        if self.mode == "trusted":
            self.scratch = tempfile.mkdtemp(prefix="softpower-")
            variables |= dict.fromkeys(("HOME", "TMPDIR", "IPYTHONDIR"), self.scratch)
        else:
            options, handles = stack.enter_context(call_filter())
            command = sandboxed(command, self.hidden, options)
            together = (os.cpu_count() or 1) * self.limits.memory_mb * 1.5 + WARM_MB
            self.group = cgroup.make(int(together) * 2**20)
            command = cgroup.inside(self.group, command) if self.group else command
        with stack:
            self.process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self.log,
                env=variables,
                start_new_session=True,
                pass_fds=handles,
            )
        theirs.close()
        self.control.settimeout(120)
        if self._hear() != b"r":
            self.log.seek(0)
            said = self.log.read(2000).decode(errors="replace").strip()
            self.close()
            raise SandboxLost(f"the sandbox did not start: {said}")

    def close(self):
        """End the warm process and everything in it."""
        for one in (self.control, self.beside, self.waiting):
            if one is not None:
                one.close()
        if self.process is not None:
            if self.mode != "trusted":
                self.process.kill()  # bwrap's death ends the whole sandbox
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.log is not None:
            self.log.close()
        if self.mode == "trusted" and self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)
        if self.group is not None:
            cgroup.remove(self.group)
        self.ends = False
        self.process = self.control = self.scratch = self.log = self.group = None
        self.beside = self.waiting = None

    def _hear(self):
        try:
            return self.control.recv(1)
        except OSError:
            return b""

    def run(self, cells, answers, seconds=None):
        """Run one submission.

        A step that has to be killed is left out of the next try, so it costs the questions
        that depend on it and no other. Where the warm process died with it, the step may not be
        to blame, and is tried once more.

        Parameters
        ----------
        cells : list of (int, str)
            Number and source of each code cell, in order.
        answers : dict
            For each variable ``{"id": its question, "calls": [...]}``; the calls, as plain
            data, are made where the value is a function.
        seconds : float, optional
            The most that it may take; by itself the limit for one notebook.

        Returns
        -------
        Outcome

        Raises
        ------
        SandboxLost
            Where the warm process dies twice outside any step of the submission.
        """
        left, stopped, lost = min(seconds or math.inf, self.limits.total_seconds), {}, 0
        tried_again = set()
        while True:
            outcome = Outcome(stopped=dict(stopped))
            self.start()  # on our time, not on the submission's
            began = time.monotonic()
            step, why, gone = self._attempt(cells, answers, outcome, began + left)
            left -= time.monotonic() - began
            if outcome.complete:
                return outcome
            if gone and step is not None and step not in tried_again and left > 0:
                tried_again.add(step)
                continue
            if step is None:
                lost += 1
                self.close()
                if lost > 1:
                    raise SandboxLost(why)
                continue
            stopped[step] = why
            outcome.stopped = dict(stopped)
            if left <= 0 or len(stopped) > MOST_RESTARTS:
                return outcome

    def _attempt(self, cells, answers, outcome, deadline):
        """Run once; returns the step at which it ended (or None), why, and if all ended with it."""
        request = {"cells": cells, "answers": answers, "skip": list(outcome.stopped)}
        killed = cgroup.kills(self.group) if self.group else 0
        try:
            ready = self.waiting is not None
            with self.waiting if ready else self._fork(self.control) as ours:
                if ready:
                    self.control, self.beside, self.waiting = self.beside, self.control, None
                known = {*answers, *(f"cell {number}" for number, _ in cells)}
                limit = self.limits.cell_seconds
                hearing = Hearing(ours, self.control, outcome, deadline, limit, known)
                hearing.say(json.dumps(request).encode())
                self._make_the_next_ready()
                why = hearing.listen()
        except OSError as error:
            self.close()
            return None, str(error), True
        if why == "died" and self.group and cgroup.kills(self.group) > killed:
            why = "memory"
        if hearing.gone:
            self.close()
        elif not hearing.ended:
            self.ends = True
            if not outcome.complete or self.mode != "nested":
                self._let_it_end(outcome.complete)
            # else its values are judged while the kernel clears its namespaces away
        if self.mode == "single":
            self.close()
        return hearing.step, why, hearing.gone

    def _fork(self, control):
        """Return our end of a socket to a fork that closes its doors and waits for a request."""
        ours, theirs = socket.socketpair()
        settings = {"limits": asdict(self.limits), "scratch": self.scratch}
        with theirs:
            try:
                socket.send_fds(control, [json.dumps(settings).encode()], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def _make_the_next_ready(self):
        """While one runs, let the fork of the next close its doors, on a server of its own.

        A fork that waits has run nothing, and stands in namespaces of its own as every other.
        """
        if self.nest is None:
            return
        running, self.control = self.control, self.beside
        try:
            self._let_it_end()
            self.control = self.control or self.nest.serve()
            self.waiting = self._fork(self.control)
        except (OSError, SandboxLost):
            self.control = None  # the next run asks for what it needs
        self.control, self.beside = running, self.control

    def _let_it_end(self, by_itself=True):
        """Wait until nothing of the last submission is left, where it may still be ending."""
        ends, self.ends = self.ends, False
        if not ends or self.control is None:
            return
        if not (by_itself and select.select([self.control], [], [], GRACE)[0]):
            self.control.settimeout(GRACE + 10)
            with contextlib.suppress(OSError):
                self.control.sendall(b"k")
        if self._hear() == b"":
            self.control.close()
            if self.nest is None:
                self.close()
            self.control = None


class Nest:
    """A warm process whose forks serve several workers at a time, each submission in its own
    namespaces as before: the imports are paid for once a batch, and not once a worker.
    """

    def __init__(self, mode, limits, hidden=()):
        self.warm, self.lock = Sandbox(mode, limits, hidden), threading.Lock()
        # The kernel ends the warm process with the thread that started it (--die-with-parent):
        # so no worker starts it, but a thread that lives as long as the nest.
        self.keeper = ThreadPoolExecutor(1)

    def prepare(self):
        """Begin to start the warm process, and do not wait: there is something else to do."""
        self.keeper.submit(self.warm.start)

    def serve(self):
        """Return the control of a new server.

        Raises
        ------
        SandboxLost
            Where there is none to be had, also from a new warm process.
        """
        with self.lock:
            for _ in range(2):
                self.keeper.submit(self.warm.start).result()
                ours, theirs = socket.socketpair()
                with contextlib.suppress(OSError), theirs:
                    ours.settimeout(30)
                    socket.send_fds(self.warm.control, [b'{"serve": true}'], [theirs.fileno()])
                    theirs.close()
                    if ours.recv(1) == b"r":
                        ours.settimeout(120)
                        return ours
                ours.close()
                self.warm.close()
        raise SandboxLost("the warm process does not answer")

    def close(self):
        """End the warm process and all its servers."""
        try:
            self.keeper.submit(self.warm.close).result()  # after a start that is under way
        except RuntimeError:  # Python itself is ending, and starts nothing any more
            self.warm.close()
        self.keeper.shutdown()
