"""Calls to the kernel that are refused to a submission, because no namespace contains them.

A namespace gives a submission its own processes, network and mounts. The kernel's keyrings have
none: without this list a submission could read what another left there, or the lecturer's own
keys. The filter is classic BPF, as ``seccomp(2)`` of the Linux manual pages describes it; a
refused call fails with "operation not permitted", and what it was called from goes on.
"""

import ctypes
import errno
import platform
import struct
import sys

# Number of each call on the two machines for which there are packages: x86_64, aarch64.
REFUSED = {
    # keys outlive the process and belong to the user, not to a namespace
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # memory that no limit of this process counts
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    # into other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    # new powers to try the kernel with
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "open_by_handle_at": (304, 265),
    # the kernel itself
    "kexec_load": (246, 104),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
}
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column, the kernel's name
OTHER_ABI = 0x40000000  # x86_64 has a second set of numbers from here on

LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2


def program(machine):
    """Return the filter for a machine as bytes: eight for each instruction.

    Parameters
    ----------
    machine : str
        As ``platform.machine()`` names it; one of ``MACHINES``.
    """
    column, architecture = MACHINES[machine]
    steps = [
        (LOAD, 0, 0, 4),  # the machine for which the call is meant
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, REFUSE),
        (LOAD, 0, 0, 0),  # the number of the call
        (AT_LEAST, 0, 1, OTHER_ABI),
        (RETURN, 0, 0, REFUSE),
    ]
    for numbers in REFUSED.values():
        steps += [(EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, REFUSE)]
    steps.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def refuse():
    """Refuse the calls to this process and all that it starts, for good.

    Returns
    -------
    bool
        False on a machine for which the numbers are not known; nothing is refused there.

    Raises
    ------
    OSError
        Where the kernel takes no filter.
    """
    if sys.platform != "linux" or platform.machine() not in MACHINES:
        return False
    code = program(platform.machine())
    steps = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))

    made = Program(len(code) // 8, ctypes.cast(steps, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    for call in (
        (PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), 0, 0, 0),
        (PR_SET_SECCOMP, ctypes.c_ulong(FILTER), ctypes.byref(made), 0, 0),
    ):
        if libc.prctl(*call) != 0:
            raise OSError(ctypes.get_errno(), "seccomp")
    return True
