"""How fast the index lab is: the arithmetic against libraries, the picture against interact.

    python benchmarks/index_speed.py                              # makes a temporary environment
    python benchmarks/index_speed.py --libraries ENV/bin/python   # uses one that has them
    python benchmarks/index_speed.py --no-browser                 # the arithmetic only
    python benchmarks/index_speed.py --no-libraries               # all but the libraries

The libraries (pymcdm, pyrepo-mcda, pysensmcda) live in an environment of their own, because
pysensmcda needs pandas below 3. All times are medians over the rounds of one run, in which the
ways take turns: compare the ratios, not the milliseconds. The arithmetic is counted in processor
time on one thread. The browser part needs JupyterLab, playwright and Chromium; it counts by the
clock, from the key press to the frame that shows the new picture: run it on a quiet machine.
"""

import argparse
import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

# One thread each: two would measure how the system shares out its cores.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
COUNTRIES, INDICATORS, DRAWS = 30, 12, 10_000
LIBRARIES = ("pymcdm", "pyrepo-mcda", "pysensmcda")
PRESSES = 30


def problem():
    """The same table and weightings in every process."""
    rng = np.random.default_rng(3)
    return rng.random((COUNTRIES, INDICATORS)), rng.dirichlet(np.ones(INDICATORS), DRAWS)


def milliseconds(work):
    started = time.process_time()  # what the processor spent on us, whatever else it runs
    work()
    return (time.process_time() - started) * 1000


# --- the libraries, in their own environment -----------------------------------------------------


def library_ways():
    """The distribution of ranks over the weightings, by each library's own functions."""
    import pymcdm
    from pymcdm.normalizations import minmax_normalization
    from pyrepo_mcda.additions import rank_preferences
    from pyrepo_mcda.mcda_methods import SAW
    from pysensmcda.smaa import simulate

    table, weightings = problem()
    types = np.ones(INDICATORS)
    wsm = pymcdm.methods.WSM(normalization_function=minmax_normalization)
    saw = SAW()

    def by_pymcdm():
        for weights in weightings:
            pymcdm.helpers.rrankdata(wsm(table, weights, types))

    def by_pyrepo():
        for weights in weightings:
            rank_preferences(saw(table, weights, types), reverse=True)

    def by_pysensmcda():
        simulate(wsm, table, types, weights=weightings, store="accumulate").rank_acceptability()

    return dict(zip(LIBRARIES, (by_pymcdm, by_pyrepo, by_pysensmcda), strict=True))


def worker():
    """Answer each line on standard input with one round of times."""
    ways = library_ways()
    for _ in sys.stdin:
        print(json.dumps({name: milliseconds(way) for name, way in ways.items()}), flush=True)


def libraries_python(given, folder):
    """Return an interpreter that has the libraries, made now where none is given."""
    if given:
        return Path(given).absolute()  # not resolved: the link tells Python its environment
    print(f"Making a temporary environment with {', '.join(LIBRARIES)} …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = Path(folder) / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", *LIBRARIES], check=True)
    return python


# --- ours -----------------------------------------------------------------------------------------


def own_ways():
    """Our full move and distribution, and the bare product and sort."""
    import pandas as pd

    from softpower import index

    table, weightings = problem()
    frame = pd.DataFrame(
        table,
        [f"country {number}" for number in range(COUNTRIES)],
        [f"indicator {number}" for number in range(INDICATORS)],
    )
    settings = index.default_settings(frame.columns, "country 3") | {"doubt": 100}
    scaled = index.normalise(frame)

    return {
        "a full move": lambda: index.explore(frame, settings),
        "the distribution only": lambda: index.rank_distribution(scaled, weightings),
        "bare product and sort": lambda: np.sort(weightings @ table.T, axis=1),
    }


def arithmetic(rounds, python):
    times = {}
    ways = own_ways()
    command = [python, __file__, "--worker"]
    helper = None
    if python:
        helper = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
    for way in ways.values():
        way()  # the first call pays for imports and for drawing the weightings
    for turn in range(rounds):
        for _ in range(15):
            for name, way in ways.items():
                times.setdefault(name, []).append(milliseconds(way))
        if helper:
            with contextlib.suppress(BrokenPipeError):  # it has ended, and the next lines say so
                print("go", file=helper.stdin, flush=True)
            answer = helper.stdout.readline()
            if not answer:  # what stopped it stands above, in its own words
                raise SystemExit(f"The libraries could not be measured with {python}.")
            for name, time_taken in json.loads(answer).items():
                times.setdefault(name, []).append(time_taken)
        print(f"round {turn + 1} of {rounds}", flush=True)
    if helper:
        helper.communicate()
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(
        f"\n{COUNTRIES} countries, {INDICATORS} indicators, {DRAWS:,} weightings; medians of processor time"
    )
    for name, value in medians.items():
        print(f"  {name:24}{value:12.2f} ms")
    move, bare = medians["a full move"], medians["bare product and sort"]
    if helper:
        fastest = min(LIBRARIES, key=medians.get)
        verdict("full move: times faster than " + fastest, medians[fastest] / move, 100, True)
    verdict("full move: times the bare product and sort", move / bare, 3, False)


def verdict(what, value, target, at_least):
    met = value >= target if at_least else value <= target
    sign = "≥" if at_least else "≤"
    print(f"  {what}: {value:.1f} (target {sign} {target}) {'met' if met else 'NOT MET'}")


# --- in the browser -------------------------------------------------------------------------------

INTERACT = """
import matplotlib.pyplot as plt
from ipywidgets import interact
from softpower import index
table, indicators = index.cross_section()
settings = index.default_settings(table.columns, "South Korea")

def draw(points=5):
    settings["points"]["heritage_sites"] = points
    ranks = index.explore(table, settings, indicators["direction"]).ranks
    figure, axes = plt.subplots(figsize=(6, 6))
    axes.barh(ranks.index, ranks["high"] - ranks["low"] + 0.2, left=ranks["low"])
    axes.plot(ranks["rank"], ranks.index, "ko")
    axes.invert_yaxis()
    plt.show()

interact(draw, points=(0, 10))
"""
LAB = "from softpower import labs\nlabs.IndexLab()"

# From the key press to the frame after the picture has changed.
WAIT_FOR_PICTURE = """([target, picture]) => new Promise((done) => {
  const control = document.querySelector(target);
  const output = control.closest(".jp-Cell");
  let started;
  const watch = new MutationObserver(async () => {
    const shown = output.querySelector(picture);
    if (!shown || shown === window.lastPicture || started === undefined) return;
    if (shown.decode) await shown.decode().catch(() => {});
    watch.disconnect();
    window.lastPicture = shown;
    requestAnimationFrame(() => done(performance.now() - started));
  });
  window.lastPicture = output.querySelector(picture);
  watch.observe(output, { childList: true, subtree: true, attributes: true });
  control.focus();
  control.addEventListener("keydown", () => { started = performance.now(); }, { once: true });
  window.pressNow = true;
})"""


def press(page, target, picture, key):
    page.evaluate(
        "([script, given]) => { window.measured = eval(script)(given); }",
        [f"({WAIT_FOR_PICTURE})", [target, picture]],
    )
    page.keyboard.press(key)
    return page.evaluate("() => window.measured")


def browser():
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server, address = start_jupyter(Path(home))
        path = shutil.which("chromium") or shutil.which("google-chrome")
        opened = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        try:
            page = open_notebook(opened, address, Path(home))
            measure(page)
        finally:
            opened.close()
            server.terminate()
            server.wait(20)


def start_jupyter(home):
    (home / "work").mkdir()
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    places = {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
    places |= {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data"}
    environment = os.environ | {name: str(home / part) for name, part in places.items()}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser"]
    command += [f"--port={port}", "--IdentityProvider.token=", "--log-level=CRITICAL"]
    command += [f"--ServerApp.root_dir={home / 'work'}", "--allow-root"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(address + "/api/status", timeout=2)
            return server, address
        except OSError:
            time.sleep(0.3)
    server.terminate()
    raise SystemExit("JupyterLab did not start.")


def open_notebook(opened, address, home):
    import nbformat

    cells = [nbformat.v4.new_code_cell(source) for source in (INTERACT, LAB)]
    kernel = {"kernelspec": {"display_name": "Python 3", "name": "python3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, home / "work" / "speed.ipynb")
    page = opened.new_page(viewport={"width": 1280, "height": 2600})
    page.goto(f"{address}/lab/tree/speed.ipynb?reset")
    page.wait_for_function(
        """() => {
            const kernel = window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel;
            return kernel?.connectionStatus === "connected" && kernel.status === "idle";
        }""",
        timeout=120_000,
    )
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    page.wait_for_selector(".softpower-index svg .bounds", state="attached", timeout=120_000)
    page.wait_for_selector(".noUi-handle", timeout=60_000)
    page.wait_for_timeout(3000)
    return page


def measure(page):
    ways = {
        "interact and matplotlib": (".noUi-handle", ".jp-OutputArea-output img"),
        "the index lab": ("input[id$='heritage_sites']", ".softpower-index svg g.other"),
    }
    times = {name: [] for name in ways}
    for turn in range(PRESSES):
        key = "ArrowRight" if turn % 8 < 4 else "ArrowLeft"
        for name, (target, picture) in ways.items():
            times[name].append(press(page, target, picture, key))
            page.wait_for_timeout(900)  # rest, so that each press is counted alone
    medians = {name: statistics.median(values) for name, values in times.items()}
    print("\nFrom the key press to the new picture in JupyterLab; medians")
    for name, value in medians.items():
        print(f"  {name:24}{value:12.1f} ms")
    lab = medians["the index lab"]
    verdict("milliseconds of the lab", lab, 80, False)
    verdict("times faster than interact", medians["interact and matplotlib"] / lab, 3, True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--libraries", help="a Python that has the libraries")
    parser.add_argument("--no-libraries", action="store_true")
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.worker:
        return worker()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        python = None if chosen.no_libraries else libraries_python(chosen.libraries, folder)
        arithmetic(chosen.rounds, python)
    if not chosen.no_browser:
        browser()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
