"""Start the course:  python3 start.py        Run its tests:  python3 start.py test
Mark a class:  python3 start.py grade SUBMISSIONS --out RESULTS
Make the site, with the course to work in:  python3 start.py site --out FOLDER --serve

The first start makes a virtual environment in .venv and puts the pinned packages into
it; every start puts new exercises into my_work/ and opens JupyterLab where one stopped.
Needs nothing but Python, and the internet for the first start only.
"""

# Written so that even Python 2.7 can read it: an old Python must get as far as the
# sentence that says it is too old.
import glob
import hashlib
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
LESSON = "notebooks/00_start_here.ipynb"
OLDEST = (3, 11)
# Commands of the package that a lecturer needs.
FOR_LECTURERS = tuple("grade release quiz print slides pictures syllabus country".split())
LECTURERS = FOR_LECTURERS + ("site",)  # it makes its own way

# The sentences in other languages: English to theirs. What is chosen is remembered here.
LANGUAGES = os.path.join(HERE, "softpower", "locale", "start")
SETTING, REMEMBERED = "SOFTPOWER_LANGUAGE", os.path.join(HERE, ".language")
SAID, CHOSEN = {}, {"language": "en"}

NO_SPACE = "The disk is full. Free about 2 GB, then start again."
NO_WRITE = (
    "This folder cannot be written: {here}\n"
    "Move the course to a folder of your own, such as your home folder, then start again there "
    "(not one that OneDrive or iCloud keeps in step: it holds files while they are written)."
)
NO_VENV = (
    "This Python comes without its 'venv' part.\n"
    "On Debian or Ubuntu type:  sudo apt install python{python}-venv  and start again. "
    "Elsewhere install Python from python.org/downloads."
)
NO_NETWORK = (
    "The packages could not be downloaded.\n"
    "The first start needs the internet: check the connection, then start again. "
    "On a campus or office network ask for its proxy settings, or use another network."
)
# What an installer says, and what the learner is told; the first that fits is used.
# By number where there is one: Windows speaks the learner's language, not English.
PROBLEMS = (
    (r"no space left|disk quota|errno 28\b|(os |win)error (28|112)\b", NO_SPACE),
    (
        r"long path|name too long|(os |win)error 206\b",
        "The name of this folder is too long for Windows.\n"
        "Move the course to a short one, such as C:\\softpower, then start again there.",
    ),
    (r"ensurepip|no module named '?(venv|pip)\b", NO_VENV),
    (r"permission denied|read-only file system|errno (1|13|30)\b|(os |win)error 5\b", NO_WRITE),
    (
        r"do not match the hashes|hash mismatch",
        "A package arrived damaged or changed, so it was not installed.\n"
        "Start again; if it happens twice, use another network.",
    ),
    (
        r"resolution|resolve host|getaddrinfo|nodename nor servname|dns error|timed out|timeout"
        r"|failed to establish|error sending request|connection|unreachable|failed to fetch"
        r"|certificate|ssl|proxy|socks|from versions: none",
        NO_NETWORK,
    ),
)


def speak(arguments):
    """Take "--language ru" out of the arguments and remember it; returns the others."""
    asked = arguments[:1] == ["--language"]
    language = "".join(arguments[1:2]) if asked else os.environ.get(SETTING, "")
    if not language and not asked and os.path.exists(REMEMBERED):
        with open(REMEMBERED) as file:
            language = file.read().strip()
    table = os.path.join(LANGUAGES, language + ".json")
    if re.match("[a-z]{2}$", language) and os.path.exists(table):
        # The oldest Pythons have no encoding in their own open.
        with io.open(table, encoding="utf-8") as file:
            SAID.update(json.load(file))
    elif asked and language != "en":
        stop("There is no such language here. Type  python3 start.py --language en  for English.")
    if asked:
        with open(REMEMBERED, "w") as file:
            file.write(language)
    CHOSEN["language"] = language or "en"
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    return arguments[2:] if asked else arguments


def spoken(text):
    """A text in the chosen language, its places filled."""
    said, versions = SAID.get(text, text), ["%d.%d" % v for v in (sys.version_info[:2], OLDEST)]
    names = ("{here}", "{python}", "{oldest}", "{executable}", "{lecturers}")
    for name, value in zip(names, [HERE] + versions + [sys.executable, ", ".join(LECTURERS)]):
        said = said.replace(name, value or "")
    return said


def say(text):
    """Show a line now, also where the output goes to a file."""
    sys.stdout.write(spoken(text) + "\n")
    sys.stdout.flush()


def stop(sentence):
    """Say what happened and what to do next, and end."""
    sys.exit("\n" + spoken(sentence))


def environment():
    """The environment for our Python, without what would lead it to another one's packages."""
    misleading = (
        "PYTHONHOME PYTHONPATH PYTHONSTARTUP __PYVENV_LAUNCHER__ VIRTUAL_ENV CONDA_PREFIX "
        "PIP_PREFIX PIP_PYTHON PIP_REQUIRE_VIRTUALENV PIP_ROOT PIP_TARGET "
        "UV_PYTHON UV_SYSTEM_PYTHON UV_TARGET UV_PREFIX"
    ).split()
    env = {name: value for name, value in os.environ.items() if name not in misleading}
    env["PATH"] = BIN + os.pathsep + env.get("PATH", "")
    env["PIP_USER"], env[SETTING] = "0", CHOSEN["language"]
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    env["JUPYTER_PREFER_ENV_PATH"] = "1"  # our kernel, not one in the home folder
    return env


def run(label, command):
    """Run a command, showing the seconds go by; returns what it said, or None if all went well."""
    label = spoken(label)
    with tempfile.TemporaryFile() as said, open(os.devnull) as nothing:
        process = subprocess.Popen(
            command, cwd=HERE, env=environment(), stdin=nothing, stdout=said, stderr=said
        )
        began = time.time()
        try:
            while process.poll() is None:
                if sys.stdout.isatty():
                    sys.stdout.write("\r  %s ... %d s " % (label, time.time() - began))
                    sys.stdout.flush()
                time.sleep(0.2)
        finally:
            if process.poll() is None:
                process.kill()
        sys.stdout.write("\r  %s ... %d s \n" % (label, time.time() - began))
        sys.stdout.flush()
        said.seek(0)
        return said.read().decode("utf-8", "replace") if process.returncode else None


def explain(said):
    """The sentence for what an installer said; its own last lines where we know none."""
    for pattern, sentence in PROBLEMS:
        if re.search(pattern, said, re.IGNORECASE):
            return sentence
    wrong = (
        "Something went wrong. Start again; if it happens twice, show this to someone who can help:"
    )
    return spoken(wrong) + "\n\n" + "\n".join(said.strip().splitlines()[-12:])


def fingerprint(requirements):
    """What an installation depends on: the pinned packages, and the folder it is in."""
    with open(os.path.join(HERE, requirements), "rb") as file:
        return hashlib.sha256(file.read() + HERE.encode("utf-8", "surrogateescape")).hexdigest()


def is_ready(requirements):
    """True where these requirements were installed to the end and their Python still runs."""
    try:
        with open(os.path.join(VENV, requirements + ".done")) as file:
            if file.read() != fingerprint(requirements):
                return False
        with open(os.devnull, "w") as nothing:
            # Looked for and not loaded: loading it takes as long as all the rest of a start.
            found = "import sys, importlib.util as u; sys.exit(u.find_spec('jupyterlab') is None)"
            works = [PYTHON, "-c", found]
            return subprocess.call(works, env=environment(), stderr=nothing) == 0
    except (IOError, OSError):
        return False


def installers(requirements):
    """The ways to install, best first: each a list of (label, command)."""
    packages = ["--require-hashes", "-r", requirements]
    course = ["--no-deps", "--no-build-isolation", "-e", "."]
    labels = ("Making the environment", "Installing the packages", "Installing the course")
    # Not the Python of an environment that is about to be thrown away.
    base = getattr(sys, "_base_executable", None) or sys.executable
    uv = shutil.which("uv")
    if uv:
        into = [uv, "pip", "install", "--python", PYTHON]
        venv = [uv, "venv", "--no-project", "--python", base, VENV]
        yield list(zip(labels, (venv, into + packages, into + course)))
    into = [PYTHON, "-m", "pip", "install"]
    venv = [base, "-m", "venv", VENV]
    yield list(zip(labels, (venv, into + packages, into + course)))


def install(requirements):
    """Make .venv anew and fill it; what an interrupted start left behind is thrown away."""
    if sys.version_info < OLDEST:
        stop(
            "The course needs Python {oldest} or newer; this is Python {python} ({executable}).\n"
            "Install a newer one from python.org/downloads, then start again with it, for "
            "example:  python3.13 start.py  (Windows:  py -3.13 start.py)"
        )
    if shutil.disk_usage(HERE).free < 1500000000:
        stop(NO_SPACE)
    say("Setting up the course. This happens once and takes one to five minutes.")
    for steps in installers(requirements):
        shutil.rmtree(VENV, ignore_errors=True)
        if not os.access(VENV if os.path.exists(VENV) else HERE, os.W_OK):
            stop(NO_WRITE)
        if os.path.exists(VENV):
            stop("The folder .venv is in use. Close every window of the course, then start again.")
        said = None
        for label, command in steps:
            said = run(label, command)
            if said is not None:
                break
        if said is None:
            break
        if explain(said) in (NO_SPACE, NO_WRITE, NO_NETWORK):
            break
    if said is not None:
        stop(explain(said))
    settle()


def settle():
    """Let the new environment find the course in a folder of any name."""
    for folder, _, names in os.walk(VENV):
        if "_softpower.pth" in names:
            # Windows cannot read a Cyrillic path from this file, so the path is made relative.
            with open(os.path.join(folder, "_softpower.pth"), "w") as file:
                file.write(os.path.relpath(HERE, folder))


def fit():
    """Fit the environment to learners, also one that an older start has made."""
    from softpower import jupyterlab  # not above: start.py may have been opened inside its zip

    for names, text in jupyterlab.files(CHOSEN["language"]).items():
        path = os.path.join(VENV, "etc", *names)
        if not os.path.isdir(os.path.dirname(path)):
            os.makedirs(os.path.dirname(path))
        with open(path, "w") as file:
            file.write(text)


def clear_tabs():
    """Lay out an empty memory of open tabs, and return its folder.

    It is the course's own, so that no other project's tabs come up; and it is empty, so that
    nine tabs of yesterday do not come up with nine kernels.
    """
    from softpower import jupyterlab

    tabs = os.path.join(VENV, "workspaces")
    shutil.rmtree(tabs, ignore_errors=True)
    if not os.path.isdir(tabs):
        os.makedirs(tabs)
    with open(os.path.join(tabs, "default-37a8.jupyterlab-workspace"), "w") as file:
        json.dump(jupyterlab.WORKSPACE, file)
    return tabs


def of_today(language):
    """What an edition depends on: its catalogues, the English texts, and the course's version."""
    texts = [os.path.join("translations", language, "*.po"), "translations/templates/*.pot"]
    read = hashlib.sha256()
    for name in texts + [os.path.join("softpower", "__init__.py")]:
        for path in sorted(glob.glob(os.path.join(HERE, name))):
            with open(path, "rb") as file:
                read.update(file.read())
    return read.hexdigest()


def edition(language):
    """The folder of the course in a language; made in seconds where it is not of today.

    A copy for students comes with it made, and without the catalogues, which hold the answers.
    """
    folder = os.path.join(HERE, "editions", language)
    if not os.path.isdir(os.path.join(HERE, "translations", language)):
        return folder if os.path.isdir(folder) else HERE
    done, today = os.path.join(folder, "made.txt"), of_today(language)
    try:
        with open(done) as file:
            if file.read() == today:
                return folder
    except (IOError, OSError):
        pass
    build = [PYTHON, "-m", "softpower", "translate", "build", language]
    said = run("Making the course in another language", build)
    if said is not None:
        stop(explain(said))
    with open(done, "w") as file:
        file.write(today)
    return folder


def where_one_stopped(course):
    """The notebook that was worked in last, from the record of learning; else the first lesson."""
    try:
        with open(os.path.join(course, "my_work", "record.json"), "rb") as file:
            last = json.loads(file.read().decode("utf-8"))["last"].replace("\\", "/")
    except (IOError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return LESSON
    inside = not os.path.isabs(last) and ".." not in last.split("/")
    if inside and last.endswith(".ipynb") and os.path.exists(os.path.join(course, last)):
        return last
    return LESSON


def lay_out_exercises(course):
    """Copy exercises that are not in my_work/ yet. What is there is the learner's: never touched."""
    exercises = os.path.join(course, "exercises")
    for folder, _, names in os.walk(exercises):
        mine = os.path.normpath(os.path.join(course, "my_work", os.path.relpath(folder, exercises)))
        for name in names:
            if not os.path.exists(os.path.join(mine, name)):
                os.makedirs(mine, exist_ok=True)
                shutil.copy(os.path.join(folder, name), os.path.join(mine, name))


def call(command, folder=HERE):
    """Run a command in this window until it ends; Ctrl+C is left to the command itself."""
    process = subprocess.Popen(command, cwd=folder, env=environment())
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            pass


def prepare(requirements):
    """Install these requirements where they are not installed to the end yet."""
    if not os.path.exists(os.path.join(HERE, requirements)):
        stop(
            "This copy of the course is for students: it holds neither the tests nor what makes "
            "the site. Take the whole course for them. Nothing was changed."
        )
    if is_ready(requirements):
        return
    install(requirements)
    # The lists of the tests and of the site hold the course's own packages too.
    for name in {requirements, "requirements.txt"}:
        with open(os.path.join(VENV, name + ".done"), "w") as file:
            file.write(fingerprint(name))


def open_course():
    """Open JupyterLab where one stopped; returns its exit code."""
    prepare("requirements.txt")
    fit()
    language = CHOSEN["language"]
    course = edition(language) if language != "en" else HERE
    lay_out_exercises(course)
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 8888)) == 0:
            say("Another Jupyter is open at port 8888, so this one takes the next free port.")
    say(
        "Opening the course in your browser. Keep this window open while you work;\n"
        "to stop, press Ctrl+C here twice. If no page opens, copy the http address below."
    )
    command = [PYTHON, "-m", "jupyterlab", "--ServerApp.root_dir=" + course]
    command += ["--LabApp.default_url=/lab/tree/" + where_one_stopped(course), "--log-level=ERROR"]
    command += ["--LabApp.log_level=ERROR", "--LabApp.extension_manager=readonly"]
    command += ["--LabApp.workspaces_dir=" + clear_tabs()]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command += ["--allow-root"]  # in a container
    code = call(command)
    if code not in (0, -signal.SIGTERM):
        stop("JupyterLab ended with the message above. Close other Jupyter windows, start again.")
    return 0


def teach(arguments):
    """Run a lecturer's command where the lecturer stands; returns its exit code."""
    prepare("requirements.txt")
    for path in sorted(glob.glob(os.path.join(HERE, "translations", "??"))):
        edition(os.path.basename(path))  # a class may hand in notebooks of several
    return call([PYTHON, "-m", "softpower"] + arguments, os.getcwd())


def site(arguments):
    """Make the site where the lecturer stands; returns the exit code."""
    if not is_ready("requirements-test.txt"):
        prepare("requirements-site.txt")
    return call([PYTHON, os.path.join(HERE, "browser")] + arguments, os.getcwd())


def test(arguments):
    """Run every test, or those that the arguments name; returns the exit code."""
    prepare("requirements-test.txt")
    call([PYTHON, os.path.join(HERE, "tests", "tools.py")])
    command = [PYTHON, "-m", "pytest", "--nbval", "-n", "2", "--dist", "loadscope"]
    command += ["--no-loadscope-reorder"]  # conftest.py puts slow files first
    command += ["--nbval-sanitize-with", "tests/nbval_sanitize.cfg"]
    return call(command + (arguments or ["notebooks", "solutions", "tests"]))


def main(arguments):
    """Start the course, its tests or a lecturer's command; returns the exit code."""
    try:
        return do(speak(arguments))
    except KeyboardInterrupt:
        stop("Stopped. Start again when you like: it carries on.")
    except (IOError, OSError) as error:
        stop(explain(str(error)))


def do(arguments):
    """Do what the arguments ask for; returns the exit code."""
    asked = arguments[0] if arguments else None
    if asked not in (None, "test") + LECTURERS:
        stop(
            "Type  python3 start.py  to open the course, or  python3 start.py test  to test it.\n"
            "For lecturers:  {lecturers}  (docs/lecturers.md says what each does)."
        )
    if not os.path.exists(os.path.join(HERE, "requirements.txt")):
        stop("The course is not complete here. Unpack the whole download, then start again there.")
    if asked in FOR_LECTURERS:
        return teach(arguments)
    if asked == "site":
        return site(arguments[1:])
    if asked == "test":
        CHOSEN["language"] = "en"  # the tests speak English
        return test(arguments[1:])
    return open_course()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
