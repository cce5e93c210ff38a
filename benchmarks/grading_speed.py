"""How fast a class is marked: nbgrader's autograde, a bare fork and ``softpower grade``.

    python benchmarks/grading_speed.py [--count 100]

One run, the same submissions of exercise 01 for each, one at a time:

* nbgrader: its autograde, called from Python for one student after the other, so that its own
  start is not counted;
* bare fork: a warm process that forks and runs the cells, without sandbox, checks or reports;
* ours: the whole command, sandbox on, with scores, gradebook and a feedback page each.

Times vary with the machine; the two ratios at the end are what to look at.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOLUTION = next((ROOT / "solutions").glob("01_*/*.ipynb"))
NAME = SOLUTION.parent.name
AT_LEAST_FASTER, AT_MOST_SLOWER = 20, 2.5


def make_class(folder, count):
    """Write ``count`` different submissions: each student leaves out another answer."""
    solution = json.loads(SOLUTION.read_text(encoding="utf-8"))
    answers = [
        index
        for index, cell in enumerate(solution["cells"])
        if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("solution")
    ]
    for number in range(count):
        made = json.loads(json.dumps(solution))
        made["cells"][answers[number % len(answers)]]["source"] = f"# student {number} gave up here"
        path = folder / "submitted" / f"student{number:03}" / NAME / SOLUTION.name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(made), encoding="utf-8")
    return sorted((folder / "submitted").glob("*/*/*.ipynb"))


def by_nbgrader(files):
    """Return seconds for each submission; run in a process of its own."""
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import Config

    folder = files[0].parents[3]
    shutil.copytree(SOLUTION.parent, folder / "source" / NAME)
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.db_url = f"sqlite:///{folder / 'gradebook.db'}"
    api = NbGraderAPI(config=config)
    assert api.generate_assignment(NAME)["success"]
    seconds = []
    for path in files:
        begun = time.perf_counter()
        assert api.autograde(NAME, path.parent.parent.name, create=True)["success"]
        seconds.append(time.perf_counter() - begun)
    return seconds


def by_bare_fork(files):
    """Return seconds for each submission; run in a process of its own."""
    from softpower.grading.runner import warm_shell

    shell = warm_shell()
    seconds = []
    for path in files:
        begun = time.perf_counter()
        pid = os.fork()
        if pid == 0:
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    shell.run_cell("".join(cell["source"]), store_history=False)
            os._exit(0)
        os.waitpid(pid, 0)
        seconds.append(time.perf_counter() - begun)
    return seconds


def by_us(folder, jobs):
    """Return seconds for the whole command."""
    out = folder / f"results{jobs}"
    command = [
        sys.executable,
        "-m",
        "softpower",
        "grade",
        str(folder),
        "--out",
        str(out),
        "--jobs",
        str(jobs),
    ]
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return time.perf_counter() - begun


def start_of_ours():
    """Return the seconds until the first submission can run: once a batch, not once a student."""
    from softpower.grading.sandbox import Limits, Sandbox, best_mode

    begun = time.perf_counter()
    with Sandbox(best_mode(), Limits()) as sandbox:
        sandbox.start()
        return time.perf_counter() - begun


WAYS = {"nbgrader": by_nbgrader, "bare": by_bare_fork}


def in_its_own_process(way, files):
    """Return the seconds of one way, and keep its chatter off the screen."""
    done = subprocess.run(
        [sys.executable, __file__, "--way", way, *map(str, files)],
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        print(json.dumps(WAYS[arguments.way](arguments.files)))
        return 0
    sys.path.insert(0, str(ROOT))
    # As in the sandbox: the package found, one thread each.
    os.environ |= {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        files = make_class(folder, arguments.count)
        nbgrader, bare = in_its_own_process("nbgrader", files), in_its_own_process("bare", files)
        begin = start_of_ours()
        jobs = os.cpu_count()
        alone, together = by_us(folder, 1), by_us(folder, jobs)
    return report(arguments.count, nbgrader, bare, begin, alone, together, jobs)


def report(count, nbgrader, bare, begin, alone, together, jobs):
    """Print the table and the ratios; returns 1 where a promise is not kept."""
    theirs, fork = statistics.median(nbgrader), statistics.median(bare)
    each = (alone - begin) / count
    rows = [
        ("nbgrader autograde, median", theirs),
        ("bare fork that only runs the cells, median", fork),
        (f"softpower grade, one at a time, all of the command / {count}", alone / count),
        ("the same without the start of the batch", each),
        (f"softpower grade --jobs {jobs}, all of the command / {count}", together / count),
    ]
    print(f"{count} submissions of {NAME}; seconds a submission\n")
    for name, seconds in rows:
        print(f"{seconds:9.3f}  {name}")
    print(
        f"\n{theirs / (alone / count):6.1f}  times faster than nbgrader, one at a time (promised: {AT_LEAST_FASTER})"
    )
    print(f"{theirs / (together / count):6.1f}  times faster than nbgrader with {jobs} at a time")
    print(f"{each / fork:6.2f}  times a bare fork (promised: at most {AT_MOST_SLOWER})")
    return 0 if theirs / (alone / count) >= AT_LEAST_FASTER and each / fork <= AT_MOST_SLOWER else 1


if __name__ == "__main__":
    raise SystemExit(main())
