"""How fast a class is marked: nbgrader's autograde, a bare fork and ``softpower grade``.

    python benchmarks/grading_speed.py [--count 100] [--rounds 3] [--without nbgrader] [--memory 10000]

The ways take turns, so that what else the machine does falls on all of them. In each round ours
marks the whole class, as promised of a class of 100, and the slower ways a part of it, because
they are reckoned by the submission. The submissions are of exercise 01:

* nbgrader: its autograde, called from Python for one student after the other, so that its own
  start is not counted;
* bare fork: a warm process that forks and runs the cells, without sandbox, checks or reports, and
  hands nothing back; once as they stand, once without the summary and the rubric at the end, whose
  answers no sandbox sees. The second is the harder measure, and the fairer one;
* ours: the whole command, sandbox on, with scores, gradebook, report and a feedback page each. With
  one at a time one notebook runs; the grader reads and judges beside it, on another core.

The course is compiled before the first round, as an installation leaves it.

Times vary with the machine; medians, the least and the most of the rounds are shown, and how busy
the machine was. ``--memory`` marks that many submissions without running them, and shows what the
grader itself held. A way that fails says why, and the exit code is 1, as where a promise is broken.
"""

import argparse
import compileall
import json
import os
import random
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
AT_LEAST_FASTER, AT_MOST_SLOWER = 25, 1.5  # times nbgrader; times a bare fork
AT_MOST_START, AT_MOST_300, AT_MOST_MB = 1.0, 40.0, 200  # seconds, seconds, megabytes


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
        path = folder / "submitted" / f"student{number:05}" / NAME / SOLUTION.name
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


def by_bare_fork(files, lean=False):
    """Return seconds for each submission; run in a process of its own."""
    from softpower import feedback
    from softpower.grading.shell import warm_shell

    shell = warm_shell()
    feedback.check = lambda *args: None  # as in the sandbox: no check, no record of learning
    if lean:
        feedback.summary = feedback.rubric = feedback.check
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


def by_us(folder, out, jobs):
    """Return seconds for the whole command."""
    command = [sys.executable, "-m", "softpower", "grade", folder, "--out", out, "--jobs", jobs]
    begun = time.perf_counter()
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=folder)
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise Failed("softpower grade", done.stderr)
    return seconds


def start_of_ours():
    """Return the seconds until the first submission can run: once a batch, not once a student."""
    from softpower.grading.housing import best_mode
    from softpower.grading.sandbox import Limits, Sandbox

    mode = best_mode()
    begun = time.perf_counter()
    with Sandbox(mode, Limits()) as sandbox:
        sandbox.start()
        return time.perf_counter() - begun


def held_by_us(files):
    """Return the megabytes that the grader holds for a class; nothing is run in the sandbox."""
    import resource

    from softpower import cli
    from softpower.grading import judge

    words = [f"word{number}" for number in range(3000)]

    def work(job, course, seconds=0):
        scores = [
            judge._score(question, question.points, "right", question.explain, None)
            for question in course.exercises["01"].checked
        ]
        question = course.exercises["01"].open[0]
        scores.append(judge._score(question, None, "to mark", "", None))
        cells = [{"kind": "code", "source": "x = 1\n" * 200, "outputs": [], "grade_id": ""}]
        return judge._empty(job, course) | {
            "lesson": "01",
            "scores": scores,
            "cells": cells,
            "open": {question.id: " ".join(random.choices(words, k=150))},
        }

    judge.work = work
    folder = files[0].parents[3]
    assert cli.main(["grade", str(folder), "--out", str(folder / "out"), "--jobs", "1"]) == 0
    return [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]


def by_lean_fork(files):
    """Return seconds for each submission without what a sandbox has no answers for."""
    return by_bare_fork(files, lean=True)


WAYS = {
    "nbgrader": by_nbgrader,
    "bare": by_bare_fork,
    "lean": by_lean_fork,
    "memory": held_by_us,
}


class Failed(Exception):
    """A way of marking did not come to its end."""

    def __init__(self, way, said):
        super().__init__(f"{way} failed:\n" + "\n".join(said.strip().splitlines()[-15:]))


def in_its_own_process(way, files):
    """Return what one way measures, and keep its chatter off the screen.

    Raises
    ------
    Failed
        With the last lines of what it said.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
        names.write("\n".join(map(str, files)))
        names.flush()
        done = subprocess.run(
            [sys.executable, __file__, "--way", way, "--files", names.name],
            text=True,
            capture_output=True,
        )
    if done.returncode:
        raise Failed(way, done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def prepared():
    """Let every way find this course and this Python's own commands, whatever PATH says."""
    sys.path.insert(0, str(ROOT))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "softpower", quiet=2)
    here = str(Path(sys.executable).parent)
    os.environ |= {
        "PYTHONPATH": str(ROOT),
        "PATH": os.pathsep.join([here, os.environ.get("PATH", os.defpath)]),
        # As in the sandbox: one thread each.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100, help="submissions in all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", choices=["nbgrader"], default="")
    parser.add_argument("--memory", type=int, default=0, metavar="SUBMISSIONS")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--files", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        files = [Path(line) for line in arguments.files.read_text().splitlines()]
        print(json.dumps(WAYS[arguments.way](files)))
        return 0
    prepared()
    try:
        if arguments.memory:
            return report_memory(arguments.memory)
        return report(arguments, measure(arguments))
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1


def measure(arguments):
    """Return a list of what each round measured, by the name of the way."""
    found = {"nbgrader": [], "bare": [], "lean": [], "start": [], "one": [], "two": []}
    each = max(arguments.count // arguments.rounds, 1)
    for turn in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            files = make_class(folder / "class", arguments.count)[:each]
            ways = [
                "one",
                "bare",
                "lean",
                "start",
                "two",
                *([] if arguments.without else ["nbgrader"]),
            ]
            for way in ways if turn % 2 == 0 else reversed(ways):
                if way in ("one", "two"):
                    jobs = {"one": 1, "two": 2}[way]
                    found[way].append(by_us(folder / "class", folder / way, jobs))
                elif way == "start":
                    found[way].append(start_of_ours())
                else:
                    found[way].append(statistics.median(in_its_own_process(way, files)))
    return found


def report(arguments, found):
    """Print the table and the promises; returns 1 where one is not kept."""
    count, each = arguments.count, max(arguments.count // arguments.rounds, 1)
    rows = [
        ("nbgrader autograde, a submission", found["nbgrader"]),
        ("bare fork that only runs the cells, a submission", found["bare"]),
        ("bare fork without summary and rubric, a submission", found["lean"]),
        ("start of the sandbox, once a batch", found["start"]),
        (f"softpower grade, {count} submissions, one at a time", found["one"]),
        (f"softpower grade, {count} submissions, two at a time", found["two"]),
    ]
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(
        f"{arguments.rounds} rounds, {count} submissions of {NAME} for ours and {each} for the "
        f"others; load {load:.1f}, {cores} cores"
    )
    if load > cores:
        print("The machine is busy: the figures say little.")
    print(f"\n{'median':>9} {'least':>9} {'most':>9}  seconds")
    for name, seconds in rows:
        if seconds:
            least, most = min(seconds), max(seconds)
            print(f"{statistics.median(seconds):9.3f} {least:9.3f} {most:9.3f}  {name}")
    middle = {name: statistics.median(seconds) for name, seconds in found.items() if seconds}
    one = (middle["one"] - middle["start"]) / count
    promises = [
        (one / middle["bare"], "times a bare fork", AT_MOST_SLOWER, False),
        (one / middle["lean"], "times one without summary and rubric", AT_MOST_SLOWER, False),
        (middle["start"], "seconds to start a batch", AT_MOST_START, False),
        (
            middle["start"] + 300 * (middle["two"] - middle["start"]) / count,
            "seconds for 300 students, two at a time, reckoned",
            AT_MOST_300,
            False,
        ),
    ]
    if "nbgrader" in middle:
        faster = middle["nbgrader"] / (middle["one"] / count)
        promises.append((faster, "times faster than nbgrader", AT_LEAST_FASTER, True))
    if count >= 40:
        promises.append((middle["one"] / middle["two"], "times faster with two jobs", 1.0, True))
    print()
    kept = True
    for value, what, limit, at_least in promises:
        good = value >= limit if at_least else value <= limit
        kept = kept and good
        word = "at least" if at_least else "at most"
        print(f"{value:9.2f}  {what} (promised: {word} {limit:g}){'' if good else '  NOT KEPT'}")
    return 0 if kept else 1


def report_memory(count):
    """Print what the grader holds for a class; returns 1 where it is more than promised."""
    with tempfile.TemporaryDirectory() as scratch:
        files = make_class(Path(scratch) / "class", count)
        (megabytes,) = in_its_own_process("memory", files)
    print(f"{megabytes:.0f} MB for {count} submissions (promised: at most {AT_MOST_MB})")
    return 0 if megabytes <= AT_MOST_MB else 1


if __name__ == "__main__":
    raise SystemExit(main())
