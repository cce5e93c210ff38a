"""The start command for real: an installation, a kernel and a JupyterLab as it fits them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT, free_port, settled, wait_for

import start
from softpower import jupyterlab


class Course:
    """start.py at work in a folder, until it is stopped."""

    def __init__(self, folder, **variables):
        env = {**os.environ, "BROWSER": "true", "PYTHONUNBUFFERED": "1", **variables}
        self.process = subprocess.Popen(
            [sys.executable, "start.py"],
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A test run in the background ignores Ctrl+C, and so would what it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.said = ""
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.said += line

    def address(self):
        """The address of the lesson, once JupyterLab gives it."""
        while self.process.poll() is None:
            found = re.search(r"http://localhost:\S+", self.said)
            if found:
                return found[0]
            time.sleep(0.1)
        pytest.fail(f"start.py ended:\n{self.said}")

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait(60)
        self.reader.join(5)


def page(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


INSTALLERS = [
    "pip",
    pytest.param("uv", marks=pytest.mark.skipif(not shutil.which("uv"), reason="uv is not here")),
]


@pytest.mark.skipif(os.name == "nt", reason="stops the course by a signal")
@pytest.mark.parametrize("installer", INSTALLERS)
def test_from_a_download_to_the_lesson(installer, tmp_path):
    """Interrupted, mended, opened, opened again offline on a taken port: all of it for real."""
    folder = tmp_path / "Мягкая сила (1)"
    unwanted = [
        ".git",
        ".venv",
        "__pycache__",
        "my_work",
        "tests",
        "docs",
        ".pytest_cache",
        ".ruff_cache",
    ]
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*unwanted))
    path = {}
    if installer == "pip":  # a PATH on which there is no uv
        (tmp_path / "empty").mkdir()
        # "0": nothing is compiled before it is needed, as with uv; pip means it this way round.
        path = {"PATH": str(tmp_path / "empty"), "PIP_NO_COMPILE": "0"}

    first = Course(folder, **path)
    while not (folder / ".venv" / "bin" / "python").exists():
        assert first.process.poll() is None, first.said
        time.sleep(0.05)
    first.stop(signal.SIGINT)
    assert "carries on" in first.said and "Traceback" not in first.said

    second = Course(folder, **path)
    lesson = page(second.address())
    second.stop()
    assert "Setting up" in second.said
    assert "apputils-extension:announcements" in lesson, "JupyterLab's news would pop up"

    offline = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    offline["no_proxy"] = "localhost"
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if taken.connect_ex(("127.0.0.1", 8888)):
            taken.bind(("127.0.0.1", 8888))
            taken.listen()
        third = Course(folder, **path, **offline)
        address = third.address()
    assert "00_start_here.ipynb" in address and ":8888" not in address
    page(address)
    page(address.replace("/lab/tree/", "/api/contents/"))
    third.stop()
    assert "Setting up" not in third.said and "next free port" in third.said
    python = folder / ".venv" / "bin" / "python"
    where = "import softpower, pathlib; print(pathlib.Path(softpower.__file__).parent.parent)"
    done = subprocess.run([python, "-I", "-c", where], capture_output=True, text=True, cwd=tmp_path)
    assert Path(done.stdout.strip()) == folder


def test_a_kernel_tells_what_the_lessons_hold_so_that_opening_changes_nothing(tmp_path):
    from jupyter_client.manager import start_new_kernel

    from softpower import notebooks

    profile = tmp_path / "profile_default"
    profile.mkdir()
    (profile / "ipython_kernel_config.py").write_text(jupyterlab.KERNEL)
    manager, client = start_new_kernel(env=os.environ | {"IPYTHONDIR": str(tmp_path)})
    told = client.kernel_info(reply=True, timeout=60)["content"]["language_info"]
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    assert told == notebooks.LANGUAGE


def test_words_are_kept_also_before_the_first_cell_of_a_page_has_run(tmp_path):
    from jupyter_client.manager import start_new_kernel

    profile = tmp_path / "profile_default"
    profile.mkdir()
    (profile / "ipython_kernel_config.py").write_text(jupyterlab.KERNEL)
    here = {"IPYTHONDIR": str(tmp_path), "SOFTPOWER_WORK": str(tmp_path), "PYTHONPATH": str(ROOT)}
    manager, client = start_new_kernel(env=os.environ | here)
    reply = client.execute("%%write 00.practice\nOne sentence.", reply=True, timeout=60)
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    assert reply["content"]["status"] == "ok"
    assert "One sentence." in (tmp_path / "record.json").read_text("utf-8")


def test_names_are_seen_whole_and_links_lead_where_they_say(tmp_path, browser, monkeypatch):
    """JupyterLab as start.py fits it, with the longest name of a lesson in its list."""
    work = tmp_path / "course"
    (work / "notebooks").mkdir(parents=True)
    longest = max((ROOT / "notebooks").glob("*.ipynb"), key=lambda path: len(path.name))
    shutil.copy(longest, work / "notebooks")
    monkeypatch.setattr(start, "VENV", str(tmp_path / "venv"))
    start.fit()
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--port={port}", "--IdentityProvider.token=", f"--ServerApp.root_dir={work}"]
    command += [f"--LabApp.workspaces_dir={start.clear_tabs()}", "--log-level=ERROR"]
    own = {"JUPYTER_CONFIG_DIR": str(tmp_path / "venv" / "etc" / "jupyter")}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env=os.environ | own, start_new_session=True, **quiet)
    try:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        address = f"http://127.0.0.1:{port}/lab/tree/notebooks/{longest.name}"
        wait_for(f"http://127.0.0.1:{port}/api/status")
        page.goto(address)
        name = page.locator(".jp-DirListing-itemText", has_text=longest.name)
        name.wait_for()
        cut = """() => [...document.querySelectorAll(".jp-DirListing-itemText")]
            .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"""
        assert settled(page, cut) == []
        citation = page.locator(".jp-RenderedMarkdown a[href^='#ref-']").nth(3)
        citation.wait_for(state="attached")
        page.wait_for_function(
            "() => document.querySelector('[data-jupyter-id^=ref-], [id^=ref-]')"
        )
        target = citation.get_attribute("href")[1:]
        citation.click()
        page.wait_for_function(
            """target => {
                const place = document.querySelector(`[data-jupyter-id="${target}"], #${target}`);
                const top = place.getBoundingClientRect().top;
                return top > 0 && top < 900;
            }""",
            arg=target,
        )
        page.close()
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(20)
