"""Inside the sandbox: wait for a submission to end, and leave no process of it behind."""

import contextlib
import os
import select
import signal
from pathlib import Path


def watch(pid, control, limits, first=None):
    """Wait for a fork to end, or for the grader's word to end it; leave no process behind.

    ``first``: the number of the first process of its namespace, where it has one.
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
                kill_all(pid, first)
                os._exit(0)  # the grader is gone
            reason = b"k"
            break
        if memory_of_all() > limits["memory_mb"] * 2**20 * 1.5:
            reason = b"m"
            break
    kill_all(pid, first)
    if ended is not None:
        os.close(ended)
    return reason


def has_ended(pid):
    with contextlib.suppress(ChildProcessError):
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    return True


def descendants():
    """Every process below this one, by its number in /proc: those it started, and orphans."""
    here = os.getpid()
    with contextlib.suppress(OSError, ValueError):  # /proc may count in a namespace above ours
        here = int(os.readlink("/proc/self"))
    found, parents = [], [here]
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
    if len(pids) < 3:  # a single process is held by its own limit; with it sleeps the first
        return 0
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    return total


def kill_all(pid, first=None):
    """Kill a fork and whatever it started, until nothing is left.

    Where it has a namespace, that ends with its ``first`` process, and all that is in it.
    """
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    if first:
        _end_namespace(pid, first)
    else:
        _end_descendants(pid)


def _end_namespace(pid, first):
    left = {pid, first}
    while left:
        _kill(first, pid)
        try:
            left.discard(os.waitpid(-1, 0)[0])
        except ChildProcessError:
            return


def _end_descendants(pid):
    with contextlib.suppress(ChildProcessError):  # raised when nothing is left
        while True:
            _kill(*(descendants() or [pid]))
            os.waitpid(-1, 0)


def _kill(*pids):
    for one in pids:
        with contextlib.suppress(OSError):
            os.kill(one, signal.SIGKILL)
