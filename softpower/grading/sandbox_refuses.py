"""Calls to the kernel that are refused to a submission, because no namespace contains them.

A namespace gives a submission its own processes, network and mounts. The kernel's keyrings have
none: without this list a submission could read what another left there, or the lecturer's own
keys. The list is by name; libseccomp knows the numbers of each machine, its other sets of
numbers, and writes the filter. A refused call fails with "operation not permitted", and what it
was called from goes on. ``docs/sandbox.md`` says of each facility what is done.
"""

import ctypes
import errno
import os
import tempfile
from functools import cache

from softpower.grading import isolate

REFUSED = {
    # keys outlive the process and belong to the user, not to a namespace
    "keys": ("add_key", "request_key", "keyctl"),
    # memory that no limit of this process counts
    "memory": ("memfd_create", "memfd_secret", "shmget", "userfaultfd"),
    # into other processes
    "processes": (
        *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise"),
        *("pidfd_getfd", "kcmp", "migrate_pages", "move_pages"),
    ),
    # what sees or serves the whole kernel
    "kernel": (
        *("bpf", "perf_event_open", "io_uring_setup", "io_uring_enter", "io_uring_register"),
        *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module"),
        *("syslog", "acct", "reboot", "swapon", "swapoff", "quotactl", "fanotify_init"),
        *("iopl", "ioperm", "modify_ldt"),
    ),
    "clock": ("settimeofday", "clock_settime", "clock_adjtime", "adjtimex"),
    "handles": ("open_by_handle_at", "name_to_handle_at"),
}
# Refused to the learner's code alone: the runner needs them to close its doors.
NAMESPACES = (
    *("unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "fsopen", "fsconfig"),
    *("fsmount", "fspick", "move_mount", "open_tree", "mount_setattr"),
)
NEW = {  # a copy of the process with namespaces of its own, that is: with new powers
    "CLONE_NEWNS": 0x00020000,
    "CLONE_NEWCGROUP": 0x02000000,
    "CLONE_NEWUTS": 0x04000000,
    "CLONE_NEWIPC": 0x08000000,
    "CLONE_NEWUSER": 0x10000000,
    "CLONE_NEWPID": 0x20000000,
    "CLONE_NEWNET": 0x40000000,
}
SOCKETS = {1, 2, 10, 16}  # of this machine, IPv4, IPv6, netlink; all four inside a namespace
TERMINAL = {"TIOCSTI": 0x5412, "TIOCLINUX": 0x541C}  # types into the lecturer's terminal

ALLOW, EPERM, ENOSYS = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
PR_SET_SECCOMP, FILTER, STEP = 22, 2, 8  # prctl's word, its argument; bytes of a filter's step
EQUAL, GREATER, MASKED = 4, 6, 7
BAD_MACHINE, OPTIMIZE = 2, 8  # attributes: calls by another set of numbers; a tree, not a list
UNKNOWN = -1


class Condition(ctypes.Structure):
    """One argument of a call and what it must be."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("how", ctypes.c_int),
        ("one", ctypes.c_uint64),
        ("two", ctypes.c_uint64),
    )


@cache
def library():
    """Return libseccomp.

    Raises
    ------
    OSError
        Where it is not installed.
    """
    lib = ctypes.CDLL("libseccomp.so.2")
    lib.seccomp_init.restype = ctypes.c_void_p
    lib.seccomp_init.argtypes = [ctypes.c_uint32]
    lib.seccomp_release.argtypes = [ctypes.c_void_p]
    lib.seccomp_export_bpf.argtypes = [ctypes.c_void_p, ctypes.c_int]
    lib.seccomp_attr_set.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32]
    lib.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
    lib.seccomp_rule_add_array.argtypes = [
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint),
        ctypes.POINTER(Condition),
    ]
    return lib


def number(name):
    """Return the number of a call on this machine; below zero where it has none."""
    return library().seccomp_syscall_resolve_name(name.encode())


def names(*, inside=True):
    """Return the calls that are refused whatever their arguments."""
    every = [name for some in REFUSED.values() for name in some]
    return every + list(NAMESPACES if inside else ())


def _refuse(made, name, *conditions, how=EPERM):
    found = number(name)
    if found == UNKNOWN:  # younger than this libseccomp
        return
    given = (Condition * len(conditions))(*conditions)
    failed = library().seccomp_rule_add_array(made, how, found, len(conditions), given)
    # a call that another machine has and this one does not
    if failed and failed not in (-errno.EDOM, -errno.EOPNOTSUPP):
        raise OSError(-failed, f"seccomp: {name}")


@cache
def rules(*, inside):
    """Return the filter: for the learner's code, or for all that is in the sandbox."""
    made = library().seccomp_init(ALLOW)
    if not made:
        raise OSError(errno.ENOMEM, "seccomp")
    library().seccomp_attr_set(made, BAD_MACHINE, EPERM)
    library().seccomp_attr_set(made, OPTIMIZE, 2)
    for name in names(inside=inside):
        _refuse(made, name)
    for kind in set(range(max(SOCKETS))) - SOCKETS:
        _refuse(made, "socket", Condition(0, EQUAL, kind, 0))
    _refuse(made, "socket", Condition(0, GREATER, max(SOCKETS), 0))
    for command in TERMINAL.values():
        _refuse(made, "ioctl", Condition(1, MASKED, 0xFFFFFFFF, command))
    if inside:
        for flag in NEW.values():
            _refuse(made, "clone", Condition(0, MASKED, flag, flag))
        _refuse(made, "clone3", how=ENOSYS)  # its flags lie in memory; every libc then takes clone
    return made


class Program(ctypes.Structure):
    """A filter as the kernel takes it: how many steps, and where they lie."""

    _fields_ = (("steps", ctypes.c_ushort), ("place", ctypes.c_char_p))


def refuse():
    """Refuse the calls to this process and all that it starts, for good.

    Raises
    ------
    OSError
        Where there is no libseccomp or the kernel takes no filter: nothing must run then.
    """
    steps = program()
    made = Program(len(steps) // STEP, steps)
    isolate.prctl(isolate.PR_SET_NO_NEW_PRIVS, 1)
    isolate.prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(made))


@cache
def program():
    """Return the filter for the learner's code; made once, and not in each fork."""
    with tempfile.TemporaryFile() as file:
        _export(rules(inside=True), file)
        file.seek(0)
        return file.read()


def _export(made, file):
    failed = library().seccomp_export_bpf(made, file.fileno())
    if failed:
        raise OSError(-failed, "seccomp")


@cache
def for_bubblewrap():
    """Return a file with the filter for all that is in the sandbox, as ``bwrap --seccomp`` reads it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - bwrap reads it at each start
    _export(rules(inside=False), file)
    return file


def handle():
    """Return a handle of its own on that file, read from its beginning; the caller closes it."""
    return os.open(f"/proc/self/fd/{for_bubblewrap().fileno()}", os.O_RDONLY)
