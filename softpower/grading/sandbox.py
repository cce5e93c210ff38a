"""Outside the sandbox: start it, hand a submission in, take plain values out.

Linux with ``bwrap`` (the package bubblewrap). One sandbox a worker; inside it each submission
has its own namespaces (processes, files, network), so that it sees and touches neither the
grader nor another submission. Nothing that comes out is trusted to be more than a value.
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
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

import softpower
from softpower.errors import CourseError
from softpower.feedback.plain import blanks
from softpower.grading import NOT_NESTED, PATIENCE, cgroup, syscalls
from softpower.grading.plain_data import (
    LONGEST_VALUE,
    MOST_PARTS,
    MOST_TEXT,
    is_plain,
    is_small,
)

SCRATCH = "/scratch"  # where the submission may write, inside the sandbox
GRACE = 2.0  # seconds between the interrupt, which code can swallow, and the kill
MOST_RESTARTS = 8  # a notebook with more cells than this that must be killed has used its chances
WARM_MB = 1024  # what the warm process and its imports may take beside a submission
MOST_BYTES = 32_000_000  # that one run may send
MOST_FRAMES = 20_000  # that one run may send: a notebook of 200 cells sends some 1,000

NO_SANDBOX = (
    "no sandbox is to be had here ({why}). Students' code would run with your rights and could "
    "read, change and send your files. {advice} To run it all the same, on a machine or account "
    "that holds nothing of value, add --trust-submissions; limits on time and memory stay in force."
)


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
        return (
            f"A cell may compute for {self.cell_seconds} seconds, a notebook may run for "
            f"{self.total_seconds} and all notebooks of one student for {self.student_seconds}, with "
            f"{self.memory_mb} MB of memory each; an answer may have {MOST_PARTS:,} parts, and of a "
            f"notebook {MOST_TEXT // 10**6} million characters are kept. What is more is cut, and "
            "the mark or the page says so."
        )


@dataclass
class Outcome:
    """What came out of one run: plain values, and what went wrong where."""

    values: dict = field(default_factory=dict)
    checked: dict = field(default_factory=dict)  # variable: the value that its check met last
    errors: dict = field(default_factory=dict)  # cell number: (error's name, its text)
    unreadable: dict = field(default_factory=dict)  # variable: why its value could not be had
    stopped: dict = field(default_factory=dict)  # step ("cell 3", a variable): why it was killed
    complete: bool = False


class SandboxLost(RuntimeError):
    """The warm process is gone, and not because of the submission's own step."""


# --- where it can run -------------------------------------------------------------------


@cache
def best_mode():
    """Return ``nested`` or ``single``, whichever works here.

    Raises
    ------
    CourseError
        Where no sandbox can be had; the message says what to do.
    """
    if sys.platform != "linux":
        raise CourseError(
            NO_SANDBOX.format(
                why="it needs Linux",
                advice="Grade on Linux, on a Jupyter hub, or in WSL on Windows.",
            )
        )
    if shutil.which("bwrap") is None:
        raise CourseError(
            NO_SANDBOX.format(
                why="the command bwrap is missing",
                advice="Install it (Debian, Ubuntu: sudo apt install bubblewrap).",
            )
        )
    try:
        syscalls.library()
    except OSError:
        raise CourseError(
            NO_SANDBOX.format(
                why="the library libseccomp is missing",
                advice="Install it (Debian, Ubuntu: sudo apt install libseccomp2).",
            )
        ) from None
    with _filter() as (options, handles):
        tried = subprocess.run(
            sandboxed([sys.executable, "-m", "softpower.grading.runner", "probe"], (), options),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment(),
            pass_fds=handles,
        )
    if tried.returncode in (0, NOT_NESTED):
        return "nested" if tried.returncode == 0 else "single"
    raise CourseError(
        NO_SANDBOX.format(
            why="bwrap does not work on this system: "
            + tried.stderr.decode(errors="replace")[:200].strip(),
            advice="The lecturer's guide says how an administrator allows it.",
        )
    )


@contextlib.contextmanager
def _filter():
    """Give bwrap's option for the filter of calls, and the handle that it reads."""
    handle = syscalls.handle()
    try:
        yield ["--seccomp", str(handle)], [handle]
    finally:
        os.close(handle)


def visible_folders():
    """The folders that a submission may read: the system, Python, the course without answers."""
    package = Path(softpower.__file__).parent
    folders = [
        "/usr",
        "/bin",
        "/lib",
        "/lib64",
        "/etc/alternatives",
        "/etc/fonts",
        "/etc/ld.so.cache",
        "/etc/localtime",
        sys.base_prefix,
        sys.prefix,
        *packages(),
        str(package),
        str(package.parent / "data"),
    ]
    return [Path(folder) for folder in dict.fromkeys(folders) if Path(folder).exists()]


def packages():
    """The folders of installed packages, also one in the lecturer's home."""
    return [folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))]


ROOMS = ("bank", "special")  # of feedback/: the answers as data, and those in Python


def hidden_folders():
    """The folders that must not be seen even where they lie inside a visible one."""
    course = Path(softpower.__file__).parent.parent
    copies = [Path(folder) for folder in (course, *packages())]  # perhaps installed as well
    return [
        *(copy / "softpower" / "feedback" / room for copy in copies for room in ROOMS),
        *(course / name for name in ("solutions", "exercises", "tests", ".git")),
    ]


def sandboxed(program, hidden=(), options=()):
    """Return the command line that runs a command inside ``bwrap``."""
    command = [
        "bwrap",
        *options,
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
    ]
    # As root bwrap keeps no powers but those named; the runner uses these two to become nobody.
    command += (
        ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        if os.geteuid() == 0
        else ["--unshare-user"]
    )
    visible = visible_folders()
    # Made by bwrap itself, the folders above these could be closed to "nobody".
    above = {parent for folder in visible for parent in folder.parents if parent != Path("/")}
    for folder in sorted(above):
        command += ["--perms", "0755", "--dir", str(folder)]
    for folder in visible:
        if folder.is_symlink() and folder.parent == Path("/"):
            command += ["--symlink", os.readlink(folder), str(folder)]
        else:
            command += ["--ro-bind", str(folder.resolve()), str(folder)]
    command += [
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--perms",
        "1777",
        "--size",
        str(256 * 2**20),
        "--tmpfs",
        SCRATCH,
    ]
    if Path("/tmp") not in above:
        command += ["--symlink", SCRATCH, "/tmp"]
    for folder in (*hidden_folders(), *hidden):
        for place in visible:
            if folder.is_dir() and folder.resolve().is_relative_to(place.resolve()):
                inside = str(place / folder.resolve().relative_to(place.resolve()))
                command += ["--tmpfs", inside, "--remount-ro", inside]
    fonts = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "matplotlib"
    if fonts.is_dir():  # saves the warm process a search for fonts
        command += [
            "--perms",
            "0755",
            "--dir",
            f"{SCRATCH}/.cache",
            "--ro-bind",
            str(fonts),
            f"{SCRATCH}/.cache/matplotlib",
        ]
    for name, value in environment().items():
        command += ["--setenv", name, value]
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", SCRATCH, *program]


def environment():
    """Return the environment of the runner: nothing of the lecturer's but the language."""
    path = [str(Path(softpower.__file__).parent.parent), *packages()]
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": SCRATCH,
        "TMPDIR": SCRATCH,
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "Agg",
        "IPYTHONDIR": f"{SCRATCH}/.ipython",
        # One thread a submission: the class runs side by side, not the arithmetic.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


# --- a sandbox with a warm process in it ------------------------------------------------


class Sandbox:
    """A warm process that runs submissions one after the other.

    Parameters
    ----------
    mode : str
        ``nested``, ``single`` or ``trusted``; see :func:`best_mode` and the runner.
    limits : Limits
    hidden : sequence of pathlib.Path
        Further folders that a submission must not see.
    nest : Nest, optional
        Where it has its server from; by itself it starts a warm process of its own.
    """

    def __init__(self, mode, limits, hidden=(), nest=None):
        self.mode, self.limits, self.hidden, self.nest = mode, limits, tuple(hidden), nest
        self.process = self.control = self.scratch = self.log = self.group = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def start(self):
        """Start the warm process where there is none; takes a second or two."""
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
            options, handles = stack.enter_context(_filter())
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
        if self.control is not None:
            self.control.close()
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
        self.process = self.control = self.scratch = self.log = self.group = None

    def _hear(self):
        try:
            return self.control.recv(1)
        except OSError:
            return b""

    def run(self, cells, answers, seconds=None):
        """Run one submission.

        A step that has to be killed is left out of the next try, so it costs the questions
        that depend on it and no other.

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
        while True:
            outcome = Outcome(stopped=dict(stopped))
            self.start()  # on our time, not on the submission's
            began = time.monotonic()
            step, why = self._attempt(cells, answers, outcome, began + left)
            left -= time.monotonic() - began
            if outcome.complete:
                return outcome
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
        """Run once; returns the step at which it ended and why, or None and the reason."""
        ours, theirs = socket.socketpair()
        request = {"cells": cells, "answers": answers, "skip": list(outcome.stopped)}
        settings = {"limits": asdict(self.limits), "scratch": self.scratch}
        killed = cgroup.kills(self.group) if self.group else 0
        try:
            with ours:
                socket.send_fds(self.control, [json.dumps(settings).encode()], [theirs.fileno()])
                theirs.close()
                hearing = _Hearing(ours, self.control, outcome, deadline, self.limits.cell_seconds)
                hearing.known = {*answers, *(f"cell {number}" for number, _ in cells)}
                hearing.say(json.dumps(request).encode())
                why = hearing.listen()
        except OSError as error:
            self.close()
            return None, str(error)
        if why == "died" and self.group and cgroup.kills(self.group) > killed:
            why = "memory"
        if hearing.gone:
            self.close()
        elif not hearing.ended:
            self._stop(outcome.complete)
        if self.mode == "single":
            self.close()
        return hearing.step, why

    def _stop(self, ends_by_itself):
        """Wait until nothing of the submission is left."""
        if ends_by_itself and select.select([self.control], [], [], GRACE)[0]:
            word = self._hear()
        else:
            self.control.settimeout(GRACE + 10)
            with contextlib.suppress(OSError):
                self.control.sendall(b"k")
            word = self._hear()
        if word == b"":
            self.close()


class Nest:
    """A warm process whose forks serve several workers at a time, each submission in its own
    namespaces as before: the imports are paid for once a batch, and not once a worker.
    """

    def __init__(self, mode, limits, hidden=()):
        self.warm, self.lock = Sandbox(mode, limits, hidden), threading.Lock()
        # The kernel ends the warm process with the thread that started it (--die-with-parent):
        # so no worker starts it, but a thread that lives as long as the nest.
        self.keeper = ThreadPoolExecutor(1)

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
        self.warm.close()
        self.keeper.shutdown()


class _Hearing:
    """One run as the grader hears it: frames of JSON, each within a size and a time."""

    def __init__(self, channel, control, outcome, deadline, cell_seconds):
        self.channel, self.control, self.outcome = channel, control, outcome
        self.deadline, self.patience = deadline, PATIENCE * cell_seconds + GRACE
        self.step, self.known = None, frozenset()  # the steps and answers that there are
        self.frames = 0
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
        rest, received = b"", 0
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
                self.frames += len(lines)
                if received > MOST_BYTES or self.frames > MOST_FRAMES:
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
