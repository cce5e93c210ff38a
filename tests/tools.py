"""Install what the tests need beside Python; the command  python3 start.py test  runs this file."""

import ctypes.util
import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import start


def missing():
    """The system's packages that the tests need: a browser, the grader's sandbox, Node."""
    names = []
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        names.append("chromium")
    if sys.platform == "linux" and not shutil.which("bwrap"):
        names.append("bubblewrap")
    if sys.platform == "linux" and not ctypes.util.find_library("seccomp"):
        names.append("libseccomp2")
    if not (shutil.which("node") and shutil.which("npm")):
        names += ["nodejs", "npm"]  # the tests of the labs' scripts
    return names


def install():
    """Install them where the system lets us; else say what to type."""
    names = missing()
    if names and shutil.which("apt-get"):
        apt = ["apt-get"] if os.geteuid() == 0 else ["sudo", "-n", "apt-get"]
        try:
            start.run("Updating the list of system packages", [*apt, "update"])
            command = [*apt, "install", "-y", "--no-install-recommends", *names]
            if start.run("Installing " + " and ".join(names), command) is None:
                return
        except OSError:  # no sudo here
            pass
    if names:
        start.say(
            f"Not installed: {' and '.join(names)}. The tests that need it fail. Install it with "
            f"your system's package manager (Debian, Ubuntu:  sudo apt install {' '.join(names)})."
        )


if __name__ == "__main__":
    install()
