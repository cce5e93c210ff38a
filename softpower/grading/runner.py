"""Inside the sandbox: a warm process that forks for each submission, and what the fork does.

The warm process imports the heavy libraries once, then waits. For each submission it is
handed one end of a socket, forks, and forgets the socket: the submission travels straight to
the fork and its values straight back, so the warm process holds nothing of one submission
that the next could find. Nothing here decides a mark, and nothing here is trusted.
"""

import contextlib
import json
import os
import signal
import socket
import sys

from softpower.grading import NOT_NESTED, isolate, sandbox_refuses
from softpower.grading.running import run_submission, send
from softpower.grading.shell import warm_shell
from softpower.grading.watching import kill_all, watch

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
    if mode == "nested":
        step_aside()
    control = socket.socket(fileno=os.dup(0))
    quiet(0, 1)
    shell = warm_shell()
    if mode != "trusted":
        sandbox_refuses.program()  # once, and not in each fork
    numbers = isolate.Numbers() if mode == "nested" else None
    return serve(control, shell, mode, isolate.memory_taken(), numbers)


def serve(control, shell, mode, already, numbers):
    """Run one submission after the other, or fork to do so, until the grader hangs up.

    The grader may ask for a server: a fork that runs submissions beside this one's, so that
    several workers share one warm process and pay for its imports once. ``numbers`` is one for
    all of them: a fork of a submission closes the handle in it, and knows of no other.
    """
    isolate.prctl(isolate.PR_SET_CHILD_SUBREAPER, 1)
    control.sendall(b"r")
    while True:
        message, handles, _, _ = socket.recv_fds(control, 65536, 1)
        if not message:
            return None
        for handle in handles:  # no program that is started from here has a use for it
            os.set_inheritable(handle, False)
        message = message.lstrip(b"k")  # a word to stop that crossed with the end
        if not message:
            continue
        settings = json.loads(message)
        if settings.get("serve"):
            if os.fork() == 0:
                control.close()
                serve(socket.socket(fileno=handles[0]), shell, mode, already, numbers)
                os._exit(0)
            os.close(handles[0])
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:  # servers that have ended
                    pass
            continue
        pid, first = numbers.fork() if numbers else (os.fork(), None)
        if pid == 0:
            control.close()
            submission_process(shell, mode, settings, socket.socket(fileno=handles[0]), already)
        os.close(handles[0])
        reason = watch(pid, control, settings["limits"], first)
        control.sendall(reason)


def probe():
    """Say by the exit code whether a fork can have namespaces of its own here."""
    try:
        step_aside()
        pid, first = isolate.Numbers().fork()
        if pid:
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            kill_all(pid, first)
            return code
        step_into_namespaces(1, 16, "/scratch")
        os._exit(0)
    except OSError:
        return NOT_NESTED


def step_aside():
    """Go on in a fork with users and numbers of processes of its own.

    So it may make a namespace of numbers for each submission, and needs one fork for each: the
    imports make a fork dear. It has no powers outside; it only makes what its forks then give up.
    """
    isolate.of_its_own(isolate.NEWPID)
    fork = os.fork()
    if fork:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) % 256)


def quiet(*handles):
    """Point standard input and output at nothing: what a learner prints is not needed."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in handles:
        os.dup2(nothing, handle)
    os.close(nothing)


# --- the fork of one submission ---------------------------------------------------------


def submission_process(shell, mode, settings, channel, already):
    """Close the doors, then run; never returns."""
    try:
        os.setsid()
        quiet(0, 1, 2)  # opened anew: who shares one with others can leave marks on it
        limits = settings["limits"]
        isolate.first_to_go()
        if mode == "nested":
            step_into_namespaces(limits["scratch_mb"], limits["files"], settings["scratch"])
        os.environ["HOME"] = settings["scratch"]
        os.environ["TMPDIR"] = settings["scratch"]
        os.chdir(settings["scratch"])
        isolate.limit(limits, already)
        if mode != "trusted":
            sandbox_refuses.refuse()
        run_submission(shell, channel, limits)
    except BaseException as error:  # whatever it was, the next submission must not inherit it
        with contextlib.suppress(BaseException):
            send(channel, "failed", f"{type(error).__name__}: {error}"[:500])
    finally:
        os._exit(0)


def step_into_namespaces(megabytes, files, scratch):
    """Take namespaces for all but the numbers of processes, which the fork was made in."""
    isolate.prctl(isolate.PR_SET_PDEATHSIG, signal.SIGKILL)
    isolate.of_its_own()
    isolate.furnish(scratch, megabytes, files)
    isolate.drop_capabilities()
    isolate.prctl(isolate.PR_SET_DUMPABLE, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
