"""``softpower grade SUBMISSIONS --out RESULTS``: mark a class.

A second run of the same command continues where the first was stopped, and marks again only
what changed: a submission, a question or the package. Marks given by people are always kept.
"""

import contextlib
import math
import os
import threading
from dataclasses import replace
from pathlib import Path

import softpower
from softpower import feedback, texts
from softpower.errors import CourseError
from softpower.grading import editions, judge, pages, term
from softpower.grading.assignment import exercises
from softpower.grading.discover import Found, discover
from softpower.grading.form_grader import from_form_grader
from softpower.grading.housing import best_mode
from softpower.grading.marking import Marks
from softpower.grading.names import prove
from softpower.grading.results import Results
from softpower.grading.sandbox import Limits
from softpower.grading.state import State, prints, questions_print

INTERRUPTED = texts.mark("The run was interrupted. Run the same command again to mark the rest.")
WRITING = texts.mark("Writing the results …")
NOT_WRITTEN = texts.mark(
    "The results could not be written ({why}). What is done is kept. Close spreadsheets that have "
    "them open, make room or choose another folder, and run the same command again."
)
AT_THE_DESK = texts.mark(
    "Mark at {address}\nKeep this window open; the page ends it, or Ctrl+C here. Close marking.csv in "
    "your spreadsheet meanwhile."
)


def add_arguments(parser):
    """Add the command's arguments."""
    usual = Limits()
    parser.add_argument(
        "submissions",
        type=Path,
        help="a folder or a zip, as Moodle, Canvas, nbgrader or e-mail left it",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="RESULTS",
        help="folder for scores, gradebook, feedback and report",
    )
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count(), help="how many at a time (default: %(default)s)"
    )
    parser.add_argument(
        "--seconds",
        type=int,
        default=usual.cell_seconds,
        help="longest computing time for one cell (default: %(default)s)",
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=_memory(usual.memory_mb),
        metavar="MB",
        help="most memory for one submission (default: %(default)s)",
    )
    parser.add_argument(
        "--exercises",
        type=Path,
        metavar="FOLDER",
        help="the released exercises (default: exercises/ beside the package)",
    )
    parser.add_argument(
        "--nbgrader",
        type=Path,
        metavar="GRADEBOOK.DB",
        help="take marks of open answers from nbgrader's form grader",
    )
    parser.add_argument(
        "--semicolons",
        action="store_true",
        help="write the sheets with semicolons, as Excel in Russian or Kazakh opens them",
    )
    _add_marking(parser)
    term.add_arguments(parser)
    parser.add_argument("--dask", metavar="ADDRESS", help="use the cluster of this Dask scheduler")
    parser.add_argument(
        "--trust-submissions",
        action="store_true",
        help="run students' code without a sandbox, with your rights",
    )


def _add_marking(parser):
    """Add the options for marking by hand."""
    parser.add_argument(
        "--mark",
        action="store_true",
        help="mark the open answers in your browser, one question across all students",
    )
    parser.add_argument(
        "--second-marker",
        type=Path,
        action="append",
        default=[],
        metavar="MARKING.CSV",
        help="another marker's copy of marking.csv: fills what is blank, and is compared",
    )


def _memory(usual):
    """Return the usual megabytes for one submission, or a half of what a small machine has."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return min(usual, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**21)
    return usual


def run(arguments):
    """Mark a class; returns 0, or 130 where it was interrupted (all that is done is kept)."""
    limits = Limits(
        cell_seconds=arguments.seconds,
        memory_mb=arguments.memory,
        total_seconds=30 * arguments.seconds,
    )
    out = arguments.out
    this_term = term.from_arguments(arguments)
    prove(one.number for one in this_term.people)
    found = Found()
    names = [one.bare_name for one in this_term.people]
    submissions = list(discover(arguments.submissions, found, out, names))
    if not submissions and not found.students:
        raise CourseError(
            texts.text(
                "There is no notebook (.ipynb) in {place}. Check the path.",
                place=arguments.submissions,
            )
        )
    delimiter = ";" if arguments.semicolons else ","
    # First of all: where it cannot be read, nothing is touched.
    marks = Marks(out / "marking.csv", delimiter)
    course = course_now(arguments, limits)
    held = map(_content, editions.sample(submissions))
    course = replace(course, exercises=editions.with_older(course.exercises, held))
    if arguments.nbgrader:
        marks.by_form = from_form_grader(arguments.nbgrader, course.exercises)
    marks.add_others(arguments.second_marker)
    stopped = ""

    def write():
        marks.read()  # somebody may have marked meanwhile
        results = Results(out, course, State(out / ".state"), marks, delimiter, this_term)
        results.write(submissions, found, stopped)
        return results

    try:
        try:
            with _where(arguments.dask):
                state = State(out / ".state")
                threading.Thread(target=pages.warm, daemon=True).start()
                mark_all(submissions, course, state, arguments.jobs, bool(arguments.dask))
        except KeyboardInterrupt:
            stopped = texts.text(INTERRUPTED)
        finally:
            judge.close_sandboxes()
        print(texts.text(WRITING))
        results = write()
        if arguments.mark and not stopped:
            mark_by_hand(out / "marking.csv", course.exercises)
            results = write()
    except KeyboardInterrupt:  # once more, while writing
        print(texts.text(INTERRUPTED))
        return 130
    except OSError as error:
        raise CourseError(texts.text(NOT_WRITTEN, why=error.strerror or error)) from error
    _say(results, out, stopped)
    return 130 if stopped else 0


def mark_by_hand(sheet, known):
    """Open the page on which a person marks, and wait until it is ended."""
    if not sheet.exists():
        print(texts.text("No open answer waits to be marked."))
        return
    import webbrowser  # with the server, a tenth of a second that most runs do without

    from softpower.grading.desk import Desk, Sheet

    desk = Desk(Sheet(sheet), known)
    print(texts.text(AT_THE_DESK, address=desk.address))
    webbrowser.open(desk.address)
    desk.serve()
    print(texts.text(WRITING))


def course_now(arguments, limits):
    """Return the course as it stands: its questions, and how submissions are run."""
    beside = Path(softpower.__file__).parent.parent / "exercises"
    folder = arguments.exercises or (beside if beside.is_dir() else Path("exercises"))
    hidden = tuple(
        path.resolve() for path in (arguments.submissions, arguments.out, folder) if path.is_dir()
    )
    mode = "trusted" if arguments.trust_submissions else best_mode()
    if not arguments.dask and not (arguments.out / ".state").is_dir():
        # There is work for it, and meanwhile the questions are read.
        judge.prepare(mode, limits, hidden)
    return judge.Course(exercises(feedback.bank(), folder), limits, mode, hidden)


def mark_all(submissions, course, state, jobs, on_cluster=False):
    """Mark what is new or changed, and store each result as it comes.

    Parameters
    ----------
    submissions : list of discover.Submission
    course : judge.Course
    state : State
    jobs : int
    on_cluster : bool
        Whether a joblib backend of the caller's is to be used instead of this machine's threads.
    """
    from joblib import Parallel, delayed
    from tqdm import tqdm

    printed, again = {}, []
    spent = None if on_cluster else Spent(course.limits.student_seconds)
    # Threads are enough here: each drives a warm process of its own. A thread cannot be lost.
    threads = 0 if on_cluster else judge.workers(max(1, jobs), course)
    backend = {} if on_cluster else {"n_jobs": threads, "backend": "threading"}
    with tqdm(
        total=len(submissions), unit=texts.text("submission"), desc=texts.text("Marking")
    ) as bar:

        def waiting():
            for one in submissions:
                job = judge.Job(one.student, one.number, one.file, one.folder, _content(one))
                before = state.load(one.key)
                now = prints(job.content, course)
                if (
                    before
                    and before["prints"] == now
                    and before["questions"] == questions_print(before["result"]["lesson"], course)
                ):
                    bar.update()
                    continue
                printed[one.key] = now
                yield delayed(_marked)(one.key, job, course, spent)

        def keep(key, result):
            # What the grader itself failed at, the next run tries again.
            stored = {"prints": {} if result.get("failed") else printed.pop(key), "result": result}
            state.save(key, stored | {"questions": questions_print(result["lesson"], course)})
            bar.update()

        parallel = Parallel(return_as="generator_unordered", batch_size=1, **backend)
        for key, result in parallel(waiting()):
            if not on_cluster and result.get("waited"):
                again.append(key)  # a neighbour kept the processor: once more, when it has gone
            else:
                keep(key, result)
        for one in submissions if again else ():
            if one.key in again:
                job = judge.Job(one.student, one.number, one.file, one.folder, _content(one))
                keep(*_marked(one.key, job, course, None))


class Spent:
    """The seconds that each student's notebooks have used: many of them must not stop a class."""

    def __init__(self, most):
        self.most, self.by_student, self.lock = most, {}, threading.Lock()

    def left(self, job):
        """Return the seconds that are left to a student."""
        with self.lock:
            return self.most - self.by_student.get((job.student, job.number), 0)

    def add(self, job, seconds):
        """Note what one notebook has used."""
        with self.lock:
            before = self.by_student.get((job.student, job.number), 0)
            self.by_student[job.student, job.number] = before + seconds


def _marked(key, job, course, spent):
    result = judge.work(job, course, spent.left(job) if spent else math.inf)
    seconds = result.pop("seconds", 0)  # they differ from run to run
    if spent:
        spent.add(job, seconds)
    return key, result


def _content(submission):
    """Return a submission's bytes; one that the disk or the zip does not give back is empty."""
    try:
        return submission.read()
    except Exception:
        return b""


def _where(address):
    """Return the context in which to mark: a Dask cluster, or this machine."""
    if not address:
        return contextlib.nullcontext()
    try:
        from dask.distributed import Client
    except ImportError:
        raise CourseError(
            texts.text("--dask needs the package distributed: pip install distributed.")
        ) from None
    from joblib import parallel_config

    stack = contextlib.ExitStack()
    stack.enter_context(Client(address))
    stack.enter_context(parallel_config(backend="dask"))
    return stack


def _say(results, out, stopped):
    if stopped:
        print(stopped)
    tally = results.tally
    there = texts.text("Scores, gradebook and feedback are in {folder}.", folder=out)
    print(texts.sentences(str(tally), there))
    if tally.waiting:
        print(
            texts.texts(
                "{count} open answer waits for you in {file}: {names}.",
                "{count} open answers wait for you in {file}: {names}.",
                tally.waiting,
                file=out / "marking.csv",
                names=results.who_waits(),
            )
        )
    if results.to_do:
        print(
            texts.texts(
                "{count} thing asks for you in {file}.",
                "{count} things ask for you in {file}.",
                results.to_do,
                file=out / "report.html",
            )
        )
