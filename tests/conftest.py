"""What several tests share: the repository's root, and a lab in a real JupyterLab in Chromium."""

import atexit
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import hypothesis
import nbformat
import pytest

# The same examples on every machine, and none fails because a busy one was slow (Hypothesis
# gives each 200 ms by the clock where nobody says otherwise).
hypothesis.settings.load_profile("ci")
ROOT = Path(__file__).parent.parent
# Tests never read or write the work of whoever runs them.
os.environ["SOFTPOWER_WORK"] = tempfile.mkdtemp(prefix="softpower-test-")
atexit.register(shutil.rmtree, os.environ["SOFTPOWER_WORK"], ignore_errors=True)
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOLUTIONS = sorted((ROOT / "solutions").glob("*/*.ipynb"))


def number_of(path):
    """Return the number of a lesson or an exercise, ``"03"``, from its file's name."""
    return path.stem.removeprefix("exercise_")[:2]


EXERCISE_OF = {number_of(path): path for path in sorted((ROOT / "exercises").glob("*/*.ipynb"))}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    """A test that drives a browser is asked once more if it fails, and the summary names it.

    Kernel, server and page share a busy machine's processors; what fails twice is at fault.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


def chromium_path():
    """Return where Chromium is, or fail with what to do."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return shutil.which(name)
    pytest.fail("The browser tests need Chromium: apt-get install chromium, then start again.")


# A machine that does other things, too, is slow and not wrong: whatever a page is asked for may
# take so long, in milliseconds.
PATIENCE = 120_000


def patient(browser):
    """Let a browser's pages be waited for, and what is expected of them."""
    from playwright.sync_api import expect

    def patiently(make):
        def made(*arguments, **options):
            one = make(*arguments, **options)
            one.set_default_timeout(PATIENCE)
            return one

        return made

    expect.set_options(timeout=PATIENCE)
    browser.new_page, browser.new_context = map(patiently, (browser.new_page, browser.new_context))
    return browser


@contextlib.contextmanager
def chromium():
    """A Chromium without a window, patient with its pages, until the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        yield patient(opened)
        opened.close()


# For one module, not for the session: while Playwright runs, it holds this process's event loop,
# and a later test that runs a notebook in the same process would wait for it without end.
@pytest.fixture(scope="module")
def browser():
    """A Chromium without a window."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def context(browser):
    """A browser in which nothing is kept yet, and which takes downloads."""
    made = browser.new_context(accept_downloads=True)
    yield made
    made.close()


def free_port():
    """Return a port that is free, and that nobody else is given.

    A worker has a range of its own, below the ports that a system gives to who asks for any.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    ports = range(20_000 + 500 * worker, 20_500 + 500 * worker)
    for port in random.sample(ports, len(ports)):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("No port is free.")


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory):
    """A running JupyterLab: its address and its folder."""
    home = tmp_path_factory.mktemp("jupyter")
    (home / "work").mkdir()
    port = free_port()
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "IPYTHONDIR": str(home / "ipython"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="]
    command += [f"--ServerApp.root_dir={home / 'work'}", "--log-level=ERROR", "--allow-root"]
    # A session of its own and a log file: kernels that outlive the server hold no pipe open,
    # and the whole group can be ended.
    with open(home / "log.txt", "w") as log:
        server = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/api/status")
        yield address, home / "work"
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(20)


def wait_for(address, seconds=PATIENCE / 1000):
    """Return what an address gives, as soon as it answers."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(address, timeout=2).read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def run_all(page):
    """Run every cell of the notebook that a page of JupyterLab shows, to the end.

    Only then is the focus the learner's: JupyterLab takes it once more when a run ends.
    """
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    # The status bar says "idle" before the kernel answers; asked then, it runs nothing.
    page.wait_for_function(
        """() => {
            const context = window.jupyterapp?.shell?.currentWidget?.sessionContext;
            const kernel = context?.session?.kernel;
            return context?.isReady && kernel?.connectionStatus === "connected"
                && kernel.status === "idle";
        }"""
    )
    # Not awaited: a call into a page has no time limit, a wait for what appears has one.
    page.evaluate(
        """() => {
            window.ran = false;
            window.jupyterapp.commands.execute("notebook:run-all-cells").finally(() => {
                setTimeout(() => { window.ran = true; });
            });
        }"""
    )
    page.wait_for_function("() => window.ran")
    page.wait_for_selector(
        ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status=idle]",
        state="attached",
    )


WINDOW = {"width": 1280, "height": 1100}


@pytest.fixture(scope="module")
def window(browser):
    """What the pages of JupyterLab in one file of tests share: its programs are loaded once."""
    made = browser.new_context(viewport=WINDOW)
    yield made
    made.close()


def end_kernels(address):
    """End every kernel of a JupyterLab: one that nobody asks any more holds its memory still."""
    for one in json.loads(wait_for(f"{address}/api/sessions")):
        ended = urllib.request.Request(f"{address}/api/sessions/{one['id']}", method="DELETE")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(ended, timeout=PATIENCE / 1000).close()


@pytest.fixture(scope="module")
def opened():
    """The page of JupyterLab that the tests of one file hand on, in a list; empty at first."""
    return []


_FAILED = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Note on a test whether it failed: its page is then nobody else's."""
    report = yield
    item.stash[_FAILED] = report.failed or (call.when != "setup" and item.stash[_FAILED])
    return report


_CLOSE_ALL = """() => {
    const app = window.jupyterapp;
    if (!app || document.querySelector(".jp-Dialog")) return false;
    for (const one of [...app.shell.widgets("main")]) one.dispose();
    app.shell.expandLeft();
    sessionStorage.clear();
    return true;
}"""


def hand_on(page):
    """Close what a page of JupyterLab shows; return whether it is as it was when it was opened."""
    page.set_viewport_size(WINDOW)
    return page.evaluate(_CLOSE_ALL)


def open_here(page, name):
    """Open a notebook in a page of JupyterLab that is there already, and nothing beside it."""
    page.evaluate(
        "name => { window.jupyterapp.commands.execute('docmanager:open', { path: name }); }", name
    )
    page.wait_for_function(
        "name => window.jupyterapp.shell.currentWidget?.context?.path === name", arg=name
    )
    page.evaluate(
        """() => { const { shell } = window.jupyterapp;
            for (const one of [...shell.widgets("main")]) if (one !== shell.currentWidget) one.dispose();
        }"""
    )


@pytest.fixture
def run_notebook(window, opened, jupyter, request):
    """A function that opens cells in JupyterLab, runs them, and returns the page.

    It takes the cells' sources; the notebook runs in an empty folder. The first page of a test is the one that the test before left, closed to the last tab, because
    most of the work is JupyterLab's own beginning; ``anew`` begins it again.
    """
    address, folder = jupyter
    pages = []

    def run(*sources, anew=False):
        name = f"n{time.monotonic_ns()}.ipynb"
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in sources],
            metadata={"kernelspec": {"display_name": "Python 3", "name": "python3"}},
        )
        nbformat.write(notebook, folder / name)
        if opened and not anew:
            page = opened.pop()
            pages.append(page)
            open_here(page, name)
        else:
            page = window.new_page()
            pages.append(page)
            page.goto(f"{address}/lab/tree/{name}?reset")
        run_all(page)
        return page

    yield run
    if pages and not opened and not request.node.stash[_FAILED] and hand_on(pages[0]):
        opened.append(pages.pop(0))
    for page in pages:
        page.close()
    end_kernels(address)


def until(page, holds, said=lambda: ""):
    """Let a page go on until something outside it holds; else fail with what is said then."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"It did not come about. {said()}")
        page.wait_for_timeout(100)


def settled(page, question, wanted=()):
    """Ask a page until it answers what is wanted; return its last answer, a list."""
    deadline = time.monotonic() + PATIENCE / 1000
    while (answer := page.evaluate(question)) != list(wanted) and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    return answer


def still(page):
    """Wait until nothing on a page is on its way: half of a colour is nobody's colour."""
    page.wait_for_function(
        """() => document.getAnimations().every((one) =>
            one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)"""
    )


def tab_to(page, control):
    """Press Tab until a control has the focus."""
    for _ in range(80):
        if control.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {control}")


@pytest.fixture
def axe():
    """A function that returns what axe-core finds in one part of a page.

    By all rules, by those that a list names, or as axe's own options (a dictionary) say.
    """
    from axe_playwright_python.sync_playwright import Axe

    def violations(page, selector, rules=None):
        still(page)
        # What passes is not spelt out: on a long page that is most of the answer.
        more = rules if isinstance(rules, dict) else {"runOnly": rules} if rules else {}
        asked = {"resultTypes": ["violations"]} | more
        found = Axe().run(page, context={"include": [[selector]]}, options=asked)
        found = found.response["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]

    return violations


@pytest.fixture(scope="session")
def today():
    """Every text of the course, by catalogue."""
    from softpower.translation import sources

    return sources.catalogues(ROOT)


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory):
    """Where the pseudo-language's compiled catalogue lies: what Python says, not the pages.

    What no catalogue has stays English in it, as it would for a reader.
    """
    from softpower.commands import edition
    from softpower.translation import pseudo, sources

    messages = [*sources.package(ROOT / "softpower"), *sources.words_of_tables(ROOT)]
    for path in (ROOT / "softpower" / "feedback" / "bank").glob("lesson*.toml"):
        messages += sources.bank(path)
    said = edition.Catalogue(pseudo.entries({one.key: one for one in messages}.values()))
    folder = tmp_path_factory.mktemp("locale")
    edition.compile_into(folder, pseudo.CODE, said)
    return folder


@pytest.fixture
def small_exercise(monkeypatch, tmp_path):
    """The course is the small exercise; its release is where the command looks for one."""
    import grading_class
    import grading_room

    exercise = grading_class.EXERCISE.name
    monkeypatch.setattr("softpower.grading.command.feedback.bank", lambda: grading_class.BANK)
    release = tmp_path / "exercises" / exercise
    monkeypatch.setitem(grading_room.RELEASE, "folder", release.parent)
    release.mkdir(parents=True)
    blank = [
        cell | {"source": "answer = ..."} if "q" in str(cell["metadata"]) else cell
        for cell in grading_class.cells()
    ]
    (release / f"{exercise}.ipynb").write_bytes(grading_class.handed_in(blank))


@pytest.fixture(scope="session")
def warm():
    """A warm process for the tests that are not about sandboxes: it saves its start, each time."""
    from grading_room import mode_here

    from softpower.grading.sandbox import Limits, Sandbox

    with Sandbox(mode_here(), Limits(cell_seconds=3)) as sandbox:
        yield sandbox


@pytest.fixture
def one_warm_process(small_exercise, warm, monkeypatch):
    """The command marks the small exercise, in the one warm process."""
    from softpower.grading import judge

    warm.start()  # here: the kernel ends it with the thread that started it, and that is this one
    monkeypatch.setattr(judge, "_sandbox", lambda course: warm)
    monkeypatch.setattr(judge, "prepare", lambda *_: None)  # else another one starts, for nobody
    monkeypatch.setattr("softpower.grading.command.os.cpu_count", lambda: 1)
