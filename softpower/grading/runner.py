"""Inside the sandbox: a warm process that forks for each submission, and what the fork does.

The warm process imports the heavy libraries once, then waits. For each submission it is
handed one end of a socket, forks, and forgets the socket: the submission travels straight to
the fork and its values straight back, so the warm process holds nothing of one submission
that the next could find. Nothing here decides a mark, and nothing here is trusted.
"""

import contextlib
import io
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path

from softpower.grading import NOT_NESTED, PATIENCE, isolate, syscalls
from softpower.grading.plain_data import LONGEST_VALUE

STUBBORN = 8  # interrupts that a step may swallow
FIXED = (bool, int, float, str)  # what cannot change behind a name


# --- the warm process -------------------------------------------------------------------


def main(mode):
    """Serve submissions until the grader hangs up.

    ``mode``: ``nested`` (namespaces of its own for each fork inside this sandbox), ``single``
    (the sandbox is for one submission alone), ``trusted`` (no sandbox, limits only), or
    ``probe`` (only try whether ``nested`` works; see :func:`probe`).
    """
    if mode != "trusted" and os.geteuid() == 0:
        isolate.become_nobody()
    if mode == "probe":
        return probe()
    control = socket.socket(fileno=os.dup(0))
    quiet(0, 1)
    shell = warm_shell()
    if mode != "trusted":
        syscalls.rules(inside=True)  # once, and not in each fork
    return serve(control, shell, mode, isolate.memory_taken())


def serve(control, shell, mode, already):
    """Run one submission after the other, or fork to do so, until the grader hangs up.

    The grader may ask for a server: a fork that runs submissions beside this one's, so that
    several workers share one warm process and pay for its imports once.
    """
    isolate.prctl(isolate.PR_SET_CHILD_SUBREAPER, 1)
    control.sendall(b"r")
    while True:
        message, handles, _, _ = socket.recv_fds(control, 65536, 1)
        if not message:
            return None
        message = message.lstrip(b"k")  # a word to stop that crossed with the end
        if not message:
            continue
        settings = json.loads(message)
        if settings.get("serve"):
            if os.fork() == 0:
                control.close()
                serve(socket.socket(fileno=handles[0]), shell, mode, already)
                os._exit(0)
            os.close(handles[0])
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:  # servers that have ended
                    pass
            continue
        pid = os.fork()
        if pid == 0:
            control.close()
            submission_process(shell, mode, settings, socket.socket(fileno=handles[0]), already)
        os.close(handles[0])
        reason = watch(pid, control, settings["limits"])
        control.sendall(reason)


def probe():
    """Say by the exit code whether a fork can have namespaces of its own here."""
    try:
        isolate.new_namespaces()
        first = os.fork()
        if first:
            return os.waitstatus_to_exitcode(os.waitpid(first, 0)[1])
        isolate.furnish("/scratch", 1, 16)
        isolate.drop_capabilities()
        os._exit(0)
    except OSError:
        return NOT_NESTED


def quiet(*handles):
    """Point standard input and output at nothing: what a learner prints is not needed."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in handles:
        os.dup2(nothing, handle)
    os.close(nothing)


def warm_shell():
    """Import what submissions import, and return an IPython shell that has run nothing."""
    import gc
    import importlib

    os.environ.setdefault("MPLBACKEND", "Agg")
    for name in (
        "numpy",
        "pandas",
        "matplotlib.pyplot",
        "jinja2",
        "pandas.io.formats.style",
        "softpower.data",
        "softpower.feedback",
        "softpower.figures",
        "softpower.index",
        "softpower.evaluation",
        "softpower.coding",
        "softpower.policy",
        "softpower.labs",
    ):
        with contextlib.suppress(Exception):  # a lesson may do without any of them
            importlib.import_module(name)
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.ast_node_interactivity = "none"  # nothing is shown, so nothing is drawn
    shell = InteractiveShell.instance(config=config)
    shell.showtraceback = shell.showsyntaxerror = lambda *args, **kwargs: None
    shell.display_formatter.format = lambda *args, **kwargs: ({}, {})
    # What a notebook's kernel knows and a bare shell does not; nothing is drawn either way.
    shell.enable_gui = lambda gui=None: None
    shell.enable_matplotlib = lambda gui=None: (gui, "agg")
    with contextlib.suppress(ImportError):
        from matplotlib_inline.config import InlineBackend

        shell.configurables.append(InlineBackend.instance(parent=shell))
    stand_in_for_colab()
    shell.run_cell("pass", store_history=False)
    gc.collect()
    gc.freeze()  # a fork then shares these pages instead of copying them
    return shell


def stand_in_for_colab():
    """Let ``from google.colab import drive`` pass: there is no drive here, and none is needed."""
    import types

    class Nothing:
        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return lambda *args, **kwargs: None

    google, colab = types.ModuleType("google"), types.ModuleType("google.colab")
    google.__path__, google.colab = [], colab
    for name in ("drive", "files", "output", "userdata", "auth"):
        setattr(colab, name, Nothing())
    sys.modules.setdefault("google", google)
    sys.modules["google.colab"] = colab


def watch(pid, control, limits):
    """Wait for a fork to end, or for the grader's word to end it; leave no process behind.

    Returns ``e`` (ended), ``k`` (killed on the grader's word) or ``m`` (too much memory).
    """
    reason = b"e"
    ended = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    while True:
        waiting = [control] if ended is None else [control, ended]
        ready, _, _ = select.select(waiting, [], [], 0.2)
        if ended in ready or (ended is None and has_ended(pid)):
            break
        if control in ready:
            if not control.recv(16):
                kill_all(pid)
                os._exit(0)  # the grader is gone
            reason = b"k"
            break
        if memory_of_all() > limits["memory_mb"] * 2**20 * 1.5:
            reason = b"m"
            break
    kill_all(pid)
    if ended is not None:
        os.close(ended)
    return reason


def has_ended(pid):
    with contextlib.suppress(ChildProcessError):
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    return True


def descendants():
    """Every process below this one: those it started, and orphans that fell to it."""
    found, parents = [], [os.getpid()]
    while parents:
        try:
            children = Path(f"/proc/{parents[0]}/task/{parents[0]}/children").read_text().split()
        except OSError:
            children = []
        found += map(int, children)
        parents = parents[1:] + [int(child) for child in children]
    return found


def memory_of_all():
    """Bytes that the submission's processes hold together, shared pages counted once."""
    pids = descendants()
    if len(pids) < 4:  # a single process is held by its own limit
        return 0
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    return total


def kill_all(pid):
    """Kill a fork and whatever it started, until nothing is left."""
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    while True:
        for one in descendants() or [pid]:
            with contextlib.suppress(OSError):
                os.kill(one, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


# --- the fork of one submission ---------------------------------------------------------


def submission_process(shell, mode, settings, channel, already):
    """Close the doors, then run; never returns."""
    try:
        os.setsid()
        quiet(2)
        limits = settings["limits"]
        isolate.first_to_go()
        if mode == "nested":
            step_into_namespaces(limits, settings["scratch"])
        os.environ["HOME"] = settings["scratch"]
        os.environ["TMPDIR"] = settings["scratch"]
        os.chdir(settings["scratch"])
        isolate.limit(limits, already)
        if mode != "trusted":
            syscalls.refuse()
        run_submission(shell, channel, limits)
    except BaseException as error:  # whatever it was, the next submission must not inherit it
        with contextlib.suppress(BaseException):
            send(channel, "failed", f"{type(error).__name__}: {error}"[:500])
    finally:
        os._exit(0)


def step_into_namespaces(limits, scratch):
    """Fork twice: a first process of the new namespaces that only waits, and one that works.

    The learner's code is not the first process, because the kernel shields that one from its
    own signals: a notebook that kills itself would go on as if nothing had happened.
    """
    isolate.new_namespaces()
    first = os.fork()
    if first:
        os.waitpid(first, 0)
        os._exit(0)
    isolate.prctl(isolate.PR_SET_PDEATHSIG, signal.SIGKILL)
    isolate.furnish(scratch, limits["scratch_mb"], limits["files"])
    isolate.drop_capabilities()
    worker = os.fork()
    if worker == 0:
        os.setsid()
        isolate.prctl(isolate.PR_SET_DUMPABLE, 1)
        return
    while True:
        pid, _ = os.waitpid(-1, 0)
        if pid == worker:
            os._exit(0)  # and the kernel ends everything else in the namespace


def send(channel, *frame):
    channel.sendall(json.dumps(frame).encode() + b"\n")


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

    request = json.loads(read_all(channel))
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
    send(channel, *(("error", number, *failure) if failure else ("ran", number)))
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
                self.channel.sendall(f'["checked", {json.dumps(variable)}, {text}]\n'.encode())

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
        send(self.channel, "start", variable)
        self.failed.add(variable)
        try:
            with self.clock.running():
                text = json.dumps(self.plain(value, self.answers[variable]["calls"]))
        except BaseException as error:
            send(self.channel, "unreadable", variable, type(error).__name__)
            return
        if len(text) > LONGEST_VALUE:
            send(self.channel, "unreadable", variable, "too long")
            return
        self.failed.discard(variable)
        self.channel.sendall(f'["value", {json.dumps(variable)}, {text}]\n'.encode())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
