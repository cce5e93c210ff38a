"""A shorter walk in Firefox and WebKit, by hand:  pytest -n0 tests/walk_other_browsers.py

A student finishes lesson 00, finds the answers after a reload, moves the labs of lesson 03 and
answers exercise 01. Firefox is driven by WebDriver BiDi, WebKit by WebDriver; a browser that is not
here is skipped, and the reason says what to install.
"""

import json
import re
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from conftest import EXERCISE_OF, LESSONS, free_port, wait_for
from test_browser_walk import (
    MOVE,
    MOVED,
    answers_of,
    code_cell,
    site,  # noqa: F401 (a fixture)
)

LONG = 600  # seconds: a machine that does other things, too, is slow and not wrong
# Where Debian lays the browser that comes with WebKit's driver.
MINI = "webkit2gtk-4.1/MiniBrowser"


class Browser:
    """What the walk needs of any browser."""

    def script(self, source, *arguments):
        """Return what a function of the page returns, ``"(name) => ..."``."""
        call = f"({source})(...{json.dumps(arguments)})"
        return json.loads(self.evaluate(f"JSON.stringify({call} ?? null)"))

    def until(self, source, *arguments):
        """Wait until a function of the page says yes; a page that is not there yet does not."""
        deadline = time.monotonic() + LONG
        while True:
            try:
                if found := self.script(source, *arguments):
                    return found
            except (KeyError, OSError, ValueError):
                pass
            if time.monotonic() > deadline:
                pytest.fail(f"It did not come about: {source}")
            time.sleep(0.3)

    def read(self, address):
        """Open a page to work in, a page anew too."""
        self.open("about:blank")
        self.open(address)
        self.until("() => document.documentElement.dataset.page === 'ready'")


class Firefox(Browser):
    """Debian's Firefox, asked in WebDriver BiDi."""

    def __init__(self, folder):
        if not shutil.which("firefox-esr"):
            pytest.skip("Firefox is not here: apt-get install firefox-esr")
        import websocket

        port, self.number = free_port(), 0
        command = ["firefox-esr", "--headless", f"--remote-debugging-port={port}"]
        self.process = subprocess.Popen(
            [*command, "--profile", str(folder), "--no-remote"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address, deadline = f"ws://127.0.0.1:{port}/session", time.monotonic() + LONG
        while True:
            try:
                self.line = websocket.create_connection(address, LONG, suppress_origin=True)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)
        self.ask("session.new", capabilities={})
        self.page = self.ask("browsingContext.create", type="tab")["context"]

    def ask(self, method, **params):
        self.number += 1
        self.line.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            said = json.loads(self.line.recv())
            if said.get("id") == self.number:
                return said["result"]

    def open(self, address):
        self.ask("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def evaluate(self, source):
        target = {"context": self.page}
        found = self.ask("script.evaluate", expression=source, target=target, awaitPromise=True)
        return found["result"]["value"]

    def end(self):
        self.line.close()
        self.process.terminate()
        self.process.wait(60)


class WebKit(Browser):
    """Debian's WebKit in its own small browser, on a screen that nobody sees."""

    def __init__(self, folder):
        found = sorted(Path("/usr/lib").glob(f"*/{MINI}"))
        if not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb") and found):
            pytest.skip("WebKit is not here: apt-get install webkit2gtk-driver xvfb")
        port, screen = free_port(), f":{90 + free_port() % 100}"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.screen = subprocess.Popen(["Xvfb", screen, "-screen", "0", "1280x1000x24"], **quiet)
        env = {"DISPLAY": screen, "HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(["WebKitWebDriver", f"--port={port}"], env=env, **quiet)
        self.address = f"http://127.0.0.1:{port}"
        wait_for(f"{self.address}/status")
        options = {"binary": str(found[0]), "args": ["--automation"]}
        asked = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self.address += f"/session/{self.ask('/session', capabilities=asked)['sessionId']}"
        self.ask("/timeouts", pageLoad=LONG * 1000, script=LONG * 1000)

    def ask(self, path, **params):
        body = json.dumps(params).encode()
        request = urllib.request.Request(self.address + path, body, method="POST")
        with urllib.request.urlopen(request, timeout=LONG) as answer:
            return json.loads(answer.read())["value"]

    def open(self, address):
        self.ask("/url", url=address)

    def evaluate(self, source):
        return self.ask("/execute/sync", script=f"return {source}", args=[])

    def end(self):
        for one in (self.process, self.screen):
            one.terminate()
            one.wait(60)


@pytest.fixture(scope="module", params=[Firefox, WebKit])
def other(request, tmp_path_factory):
    made = request.param(tmp_path_factory.mktemp("profile"))
    yield made
    made.end()


def run(browser, answers=None):
    """Fill in answers and run every cell; returns the cells that went wrong."""
    browser.script(
        """(answers) => { for (const cell of window.softpower.cells.values()) {
            if (cell.id in answers) {
                cell.fill(answers[cell.id]);
                cell.box.dispatchEvent(new Event("input", { bubbles: true }));
            }
            cell.button.click();
        } }""",
        answers or {},
    )
    browser.until(
        """() => document.documentElement.dataset.python === "ready"
            && ![...document.querySelectorAll("section.code")]
                .some((cell) => ["waits", "runs"].includes(cell.dataset.state))"""
    )
    return browser.script(
        """() => [...document.querySelectorAll('section.code[data-state="wrong"]')].map((c) => c.innerText)"""
    )


def test_lesson_00_is_finished_and_found_again(site, other):  # noqa: F811
    book, address = nbformat.read(LESSONS[0], 4), f"{site}/{LESSONS[0].stem}.html"
    answer, check = code_cell(book, "answer_a"), code_cell(book, 'feedback.check("00.a")')
    other.read(address)
    assert run(other, {answer: 'answer_a = "Kazakhstan"'}) == []
    says = """(id) => document.querySelector(`[data-cell="${id}"] .outputs`).innerText"""
    assert "Right" in other.script(says, check)
    drawn = """() => {
        const picture = document.querySelector("section.code figure img");
        return picture.complete && picture.getBoundingClientRect().width > 100;
    }"""
    other.until(drawn)
    other.read(address)
    kept = "(id) => window.softpower.cells.get(id).source()"
    assert other.script(kept, answer) == 'answer_a = "Kazakhstan"'
    other.until(f"(id) => ({says})(id).includes('Right')", check)
    other.until("""() => document.querySelector('[data-cell="setup"]').dataset.state === 'done'""")


def test_the_labs_of_lesson_03_live(site, other):  # noqa: F811
    other.read(f"{site}/{LESSONS[3].stem}.html")
    assert run(other) == []
    other.until("() => document.querySelector('.softpower-lab') !== null")
    assert other.script(MOVE) > 0
    other.until(MOVED)


def test_exercise_01_is_ready_to_hand_in(site, other):  # noqa: F811
    other.read(f"{site}/{EXERCISE_OF['01'].stem}.html")
    answers = answers_of("01")
    assert run(other, answers) == []
    book = other.script("() => window.softpower.filled()")
    assert {c["id"]: c["source"] for c in book["cells"] if c["id"] in answers} == answers
    summary = code_cell(nbformat.read(EXERCISE_OF["01"], 4), "feedback.summary(")
    (shown,) = [cell for cell in book["cells"] if cell["id"] == summary]
    assert re.search(r"[1-9]\d* of \d+ point", json.dumps(shown["outputs"]))
