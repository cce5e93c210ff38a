"""Namespaces and limits for one submission (runs inside the sandbox, Linux only).

``bwrap`` starts something new; a warm process that has its imports behind it cannot be started
again. So the warm process lives inside one ``bwrap`` sandbox, and each of its children closes
these further doors behind itself before it runs a line of a learner's code.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys

NEWNS, NEWUTS, NEWIPC = 0x00020000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
READ_ONLY, NOSUID, NODEV, NOEXEC = 0x1, 0x2, 0x4, 0x8
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 36, 38
NOBODY = 65534
TERMINALS = 8  # that one submission may have open: the machine has some thousands for everybody

libc = ctypes.CDLL(None, use_errno=True)


def _do(name, *arguments):
    if getattr(libc, name)(*arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def prctl(option, value, more=0):
    """``prctl(2)`` with one argument or two; does nothing where there is none (macOS)."""
    if sys.platform == "linux":
        _do("prctl", option, ctypes.c_ulong(value), more, 0, 0)


def become_nobody():
    """Give up root for good: the kernel counts and limits no process of root's."""
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    prctl(PR_SET_DUMPABLE, 1)  # setuid hides /proc/self from its owner; we need uid_map


def of_its_own(kinds=NEWNS | NEWIPC | NEWUTS | NEWNET):
    """Give this process users of its own, and namespaces that belong to them."""
    uid, gid = os.getuid(), os.getgid()
    _do("unshare", NEWUSER | kinds)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {uid} 1"),
        ("gid_map", f"{gid} {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


class Numbers:
    """Numbers of processes: each submission has a namespace of them, made by whoever forks it.

    A namespace ends with its first process, and the kernel shields that one from its own signals:
    a notebook that kills itself would go on as if nothing had happened. So the first is a command
    that sleeps, small and started in a moment, and the submission is the second.
    """

    def __init__(self):
        self.ours = os.open("/proc/self/ns/pid", os.O_RDONLY)

    def fork(self):
        """Fork into a new namespace; returns (number of the fork, number of the first), 0 in the fork.

        Needs users of its own around this process; see :func:`of_its_own`.
        """
        _do("unshare", NEWPID)  # for the children to come
        fork = None
        try:
            # Whoever ignores its children's end need not be asked for it: orphans fall to it.
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            closed = [(os.POSIX_SPAWN_CLOSE, handle) for handle in (0, 1, 2)]  # what we have open
            first = os.posix_spawnp("sleep", ["sleep", "infinity"], {}, file_actions=closed)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            fork = os.fork()
        finally:
            if fork != 0:
                _do("setns", self.ours, NEWPID)
        if fork == 0:
            os.close(self.ours)
        return fork, first


def furnish(scratch, megabytes, files):
    """In the new namespaces of a submission: no /proc, a scratch and terminals of its own.

    The scratch is memory that vanishes with the namespace: nothing to clean up, nothing for
    the next submission to find. A line with ``!`` needs a terminal.
    """
    # No further user namespace from here, where the kernel lets us say so: it would hand out
    # new powers to try the kernel with.
    with contextlib.suppress(OSError), open("/proc/sys/user/max_user_namespaces", "w") as file:
        file.write("0")
    empty = "size=4k,nr_inodes=1"
    _mount("tmpfs", "/proc", NODEV | READ_ONLY, empty)  # the outer /proc shows the warm process
    _mount("tmpfs", scratch, NODEV, f"size={megabytes}m,nr_inodes={files},mode=700")
    _mount("devpts", "/dev/pts", NOEXEC, f"max={TERMINALS},ptmxmode=666,mode=600")


def _mount(kind, place, flags, options):
    kind = kind.encode()
    _do("mount", kind, place.encode(), kind, NOSUID | flags, options.encode())


def drop_capabilities():
    """Give up every power over the new namespaces."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _do("capset", header, (ctypes.c_uint32 * 6)())
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def first_to_go():
    """When the machine runs out of memory, let this process go first (Linux)."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")


def memory_taken():
    """Return the bytes of address space that this process holds now (0 where unknown)."""
    with contextlib.suppress(OSError), open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
    return 0


def limit(limits, already):
    """Limit this process and those it starts.

    ``limits``: see ``sandbox.Limits``; ``already``: bytes that its libraries take.
    """

    def cap(kind, value):
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))

    cap(resource.RLIMIT_AS, already + limits["memory_mb"] * 2**20)
    cap(resource.RLIMIT_NPROC, limits["processes"])
    cap(resource.RLIMIT_FSIZE, limits["scratch_mb"] * 2**20)
    cap(resource.RLIMIT_NOFILE, limits["files"])
    cap(resource.RLIMIT_CPU, limits["total_seconds"])
    cap(resource.RLIMIT_CORE, 0)
    os.nice(5)
