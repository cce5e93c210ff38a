"""Where students' code may run: whether a sandbox can be had here, and what is seen in it.

Linux with ``bwrap`` (the package bubblewrap) and libseccomp. What is not named here is not
there: no home, no answers of the checks, no other submission, no environment of the lecturer's.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import softpower
from softpower import texts
from softpower.errors import CourseError
from softpower.grading import NOT_NESTED, sandbox_refuses

SCRATCH = "/scratch"  # where the submission may write, inside the sandbox

NO_SANDBOX = texts.mark(
    "no sandbox is to be had here ({why}). Students' code would run with your rights and could "
    "read, change and send your files. {advice} To run it all the same, on a machine or account "
    "that holds nothing of value, add --trust-submissions; limits on time and memory stay in force."
)


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
            texts.text(
                NO_SANDBOX,
                why=texts.text("it needs Linux"),
                advice=texts.text("Grade on Linux, on a Jupyter hub, or in WSL on Windows."),
            )
        )
    if shutil.which("bwrap") is None:
        raise CourseError(
            texts.text(
                NO_SANDBOX,
                why=texts.text("the command bwrap is missing"),
                advice=texts.text("Install it (Debian, Ubuntu: sudo apt install bubblewrap)."),
            )
        )
    try:
        sandbox_refuses.library()
    except OSError:
        raise CourseError(
            texts.text(
                NO_SANDBOX,
                why=texts.text("the library libseccomp is missing"),
                advice=texts.text("Install it (Debian, Ubuntu: sudo apt install libseccomp2)."),
            )
        ) from None
    with call_filter() as (options, handles):
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
        texts.text(
            NO_SANDBOX,
            why=texts.text(
                "bwrap does not work on this system: {said}",
                said=tried.stderr.decode(errors="replace")[:200].strip(),
            ),
            advice=texts.text("The lecturer's guide says how an administrator allows it."),
        )
    )


@contextlib.contextmanager
def call_filter():
    """Give bwrap's option for the filter of calls, and the handle that it reads."""
    handle = sandbox_refuses.handle()
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


# Of the course: what holds answers. What translators work from has every one of them.
CLOSED = ("solutions", "exercises", "editions", "translations", "tests", ".git")


def hidden_folders():
    """The folders that must not be seen even where they lie inside a visible one."""
    course = Path(softpower.__file__).parent.parent
    copies = [Path(folder) for folder in (course, *packages())]  # perhaps installed as well
    return [
        *(copy / "softpower" / "feedback" / room for copy in copies for room in ROOMS),
        *(course / name for name in CLOSED),
    ]


def sandboxed(program, hidden=(), options=()):
    """Return the command line that runs a command inside ``bwrap``."""
    visible = visible_folders()
    # Made by bwrap itself, the folders above these could be closed to "nobody".
    above = {parent for folder in visible for parent in folder.parents if parent != Path("/")}
    command = ["bwrap", *options, *NAMESPACES, *_powers()]
    for folder in sorted(above):
        command += ["--perms", "0755", "--dir", str(folder)]
    for folder in visible:
        command += _shown(folder)
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--perms", "1777", "--size", str(256 * 2**20), "--tmpfs", SCRATCH]
    if Path("/tmp") not in above:
        command += ["--symlink", SCRATCH, "/tmp"]
    for folder in (*hidden_folders(), *hidden):
        command += _covered(folder, visible)
    fonts = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "matplotlib"
    if fonts.is_dir():  # saves the warm process a search for fonts
        place = f"{SCRATCH}/.cache"
        command += ["--perms", "0755", "--dir", place]
        command += ["--ro-bind", str(fonts), f"{place}/matplotlib"]
    for name, value in environment().items():
        command += ["--setenv", name, value]
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", SCRATCH, *program]


NAMESPACES = (
    *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
    *("--unshare-cgroup-try", "--die-with-parent", "--new-session", "--clearenv"),
)


def _powers():
    """As root bwrap keeps no powers but those named; the runner uses these two to become nobody."""
    if os.geteuid() == 0:
        return ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    return ["--unshare-user"]


def _shown(folder):
    if folder.is_symlink() and folder.parent == Path("/"):
        return ["--symlink", os.readlink(folder), str(folder)]
    return ["--ro-bind", str(folder.resolve()), str(folder)]


def _covered(folder, visible):
    """Return the options that put an empty folder over one, wherever it would be seen."""
    options = []
    for place in visible:
        if folder.is_dir() and folder.resolve().is_relative_to(place.resolve()):
            inside = str(place / folder.resolve().relative_to(place.resolve()))
            options += ["--tmpfs", inside, "--remount-ro", inside]
    return options


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
