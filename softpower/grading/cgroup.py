"""A cgroup for a sandbox, where one may be had: memory that no process maps is counted too.

An address space limit counts what a process maps; a file of memory that is written and not
mapped, pipes and the buffers of sockets are counted by the kernel's cgroups alone. One may be
had as root, and on a desktop whose session hands its groups to the user; elsewhere the filter
refuses the calls that make such memory (``sandbox_refuses``), and the rest is small.
"""

import contextlib
import itertools
import os
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
_numbers = itertools.count()


def make(most):
    """Return the folder of a new cgroup with at most so many bytes, or None where there is none."""
    for above, limit in _places():
        place = above / f"softpower-{os.getpid()}-{next(_numbers)}"
        try:
            place.mkdir()
        except OSError:
            continue
        try:
            (place / limit).write_text(str(most))
            with contextlib.suppress(OSError):  # no way out by the disk either
                (place / "memory.swap.max").write_text("0")
            with open(place / "cgroup.procs", "a"):
                return place
        except OSError:
            remove(place)
    return None


def _places():
    """Yield (folder in which one may be made, name of its limit): version 2, then version 1."""
    try:
        lines = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers == "" and (ROOT / "cgroup.controllers").exists():
            own = ROOT / path.lstrip("/")
            # Its own group holds processes, so a new one stands beside it more often than in it.
            for above in (own, own.parent):
                with contextlib.suppress(OSError):
                    if "memory" in (above / "cgroup.subtree_control").read_text().split():
                        yield above, "memory.max"
        elif controllers == "memory":
            yield ROOT / "memory" / path.lstrip("/"), "memory.limit_in_bytes"


def inside(place, command):
    """Return a command that steps into a cgroup before it becomes the command."""
    return ["sh", "-c", 'echo $$ > "$0" && exec "$@"', str(place / "cgroup.procs"), *command]


def kills(place):
    """Return how many processes the kernel has ended there for want of memory."""
    for name in ("memory.events", "memory.oom_control"):
        with contextlib.suppress(OSError, ValueError):
            words = (place / name).read_text().split()
            return int(words[words.index("oom_kill") + 1])
    return 0


def remove(place):
    """Remove a cgroup whose processes have ended."""
    with contextlib.suppress(OSError):
        place.rmdir()
