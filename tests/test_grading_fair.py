"""Every hostile, broken and unusual submission gets the mark that is fair, and harms nobody."""

import os
import socket

import pytest
from conftest import ROOT
from grading_class import EXERCISE, cells, code, handed_in, submissions

from softpower.errors import CourseError
from softpower.grading import judge
from softpower.grading.housing import best_mode
from softpower.grading.judge import Course, Job
from softpower.grading.sandbox import Limits, Sandbox

LIMITS = Limits(cell_seconds=2, total_seconds=60)
CASES = submissions()


@pytest.fixture(scope="session")
def sandbox():
    """One warm sandbox for the whole batch, as in a real run."""
    try:
        mode = best_mode()
    except CourseError as error:
        pytest.skip(f"No sandbox on this machine, so hostile code is not run: {error}")
    with Sandbox(mode, LIMITS) as warm:
        yield warm


@pytest.fixture
def course(sandbox):
    return Course({"77": EXERCISE}, LIMITS, sandbox.mode)


def mark(content, course, sandbox, file="student/hw1 (1).ipynb"):
    """Mark one submission; as in a real run once more where a neighbour kept the processor."""
    for _ in range(10):
        result = judge.grade(Job("student", "", file, "student", content), course, sandbox)
        if not result["waited"]:
            break
    return result


def points(result):
    return sum(score["points"] or 0 for score in result["scores"])


@pytest.mark.parametrize("number", range(len(CASES)), ids=[name for name, *_ in CASES])
def test_the_mark_is_fair(number, course, sandbox, tmp_path):
    solution = tmp_path / "solutions" / "77.ipynb"
    solution.parent.mkdir()
    solution.write_bytes(handed_in())
    outside = [
        tmp_path / "harm.txt",
        tmp_path / "gradebook.db",
        "/harm.txt",
        "/tmp/harm.txt",
        "/dev/shm/harm.txt",
    ]
    name, content, fair = submissions(solution, outside)[number]
    result = mark(content, course, sandbox)
    assert points(result) == fair, (name, result["scores"], result["remarks"], result["problem"])
    assert not any(os.path.exists(path) for path in outside)
    after = mark(handed_in(), course, sandbox)
    assert points(after) == 7, f"{name} cost the next submission its marks"


def test_a_file_beyond_reading_gets_a_message(course, sandbox):
    for content in (b"", b"{", b"no notebook", b"[1, 2]", b"{}"):
        result = mark(content, course, sandbox)
        assert result["problem"].endswith("Please hand in the notebook again.")


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("1 / 0", "Cell 4 stopped with ZeroDivisionError"),
        ("while True: pass", "Cell 4 ran longer than 2 seconds"),
        ("import os\nos._exit(0)", "Cell 4 ended the whole program"),
    ],
)
def test_the_message_says_which_cell_stopped(source, part, course, sandbox):
    score = mark(handed_in(one=source + "\nanswer_1 = 65"), course, sandbox)["scores"][0]
    assert score["status"] == "stopped"
    assert part in score["message"]


def test_a_known_wrong_answer_gets_its_own_message(course, sandbox):
    score = mark(handed_in(one="scores = 0\nanswer_1 = 260"), course, sandbox)["scores"][0]
    assert (score["status"], score["message"]) == ("wrong", "That is the sum.")


def test_answers_under_another_name_are_told_to_both(course, sandbox):
    made = handed_in(one="mean = 65")
    result = mark(made, course, sandbox)
    assert result["scores"][0]["message"].startswith("No cell sets answer_1. Keep that name")
    assert result["remarks"] == ["no cell sets answer_1. Was the work done under another name?"]
    assert mark(handed_in(one="answer_1 = ..."), course, sandbox)["remarks"] == []


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("import os\nos._exit(0)", "Cell 4 ended the whole program. So answer_1 has no value."),
        ("answer_1 = (65", "Cell 4 stopped with SyntaxError: "),
        ("open('my data.csv')\nanswer_1 = 65", "without the internet, with the course's own"),
        (
            "import urllib.request\nanswer_1 = urllib.request.urlopen('http://localhost:9')",
            "without the internet, with the course's own",
        ),
    ],
)
def test_what_stopped_the_cell_of_a_question_is_told_in_plain_words(source, part, course, sandbox):
    result = mark(handed_in(one=source), course, sandbox)
    score = result["scores"][0]
    assert score["status"] == "stopped" and part in score["message"]
    assert "ipython" not in score["message"]
    if "internet" in part:
        assert score["message"] in result["remarks"]


def test_a_blank_is_not_yet(course, sandbox):
    result = mark(
        handed_in(one="answer_1 = ...", two="answer_2 = {'Japan': ..., 'Korea': ...}"),
        course,
        sandbox,
    )
    assert [score["status"] for score in result["scores"][:2]] == ["not yet", "not yet"]
    assert "this one" not in str(result["scores"])  # there is no cell to run on a feedback page


def look(source, sandbox):
    """Run one cell in the sandbox and return the value of ``seen``."""
    return sandbox.run([(0, source)], {"seen": {"id": "", "calls": []}}).values.get("seen")


def test_it_sees_no_solutions_no_submissions_no_home(sandbox):
    import softpower

    package = os.path.dirname(softpower.__file__)
    seen = look(
        f"""
import os
seen = []
for top in (os.path.dirname({package!r}), {os.path.expanduser("~")!r}, "/home", "/proc", "/sys", "/var", "/etc"):
    for folder, folders, files in os.walk(top):
        if "site-packages" in folder or "/lib/python3" in folder: continue
        seen += [os.path.join(folder, f) for f in files if folder.endswith("/bank") or f.endswith(
            (".ipynb", ".db", ".po", ".pot")) or f.startswith(("id_rsa", "shadow", "passwd", "environ"))]
        seen = seen[:50]
""",
        sandbox,
    )
    assert seen == []
    assert look("from softpower import feedback\nseen = len(feedback.bank())", sandbox) == 0
    assert (
        look("import os\nseen = sorted(os.environ)", sandbox)
        and look("import os\nseen = os.environ.get('GRADER_SECRET', 'none')", sandbox) == "none"
    )


def test_it_reaches_no_network(sandbox):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        seen = look(
            f"""
import socket
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=1)
    seen = "connected"
except OSError as error:
    seen = "refused"
""",
            sandbox,
        )
    assert seen == "refused"


def test_it_writes_only_into_its_scratch_which_the_next_one_does_not_see(sandbox):
    written = look(
        """
import os
seen = []
for folder, folders, files in os.walk("/", topdown=True):
    if folder.count("/") > 4: folders.clear()
    try:
        with open(os.path.join(folder, "mine"), "w"): seen.append(folder)
    except OSError: pass
""",
        sandbox,
    )
    assert written == ["/scratch"]
    left = look("import os\nseen = os.listdir('/scratch') + os.listdir('/tmp')", sandbox)
    # Where the course itself lies in /tmp, the way to its package is seen there, and no more.
    assert set(left) <= set(ROOT.parts)


def test_it_has_no_powers_left(sandbox):
    assert look(
        """
import ctypes, os
libc = ctypes.CDLL(None)
seen = [libc.mount(b"none", b"/scratch", b"tmpfs", 0, None), libc.umount(b"/proc"),
        libc.setuid(0), libc.ptrace(16, 1, 0, 0), int(os.getuid() == 0)]
""",
        sandbox,
    ) == [-1, -1, -1, -1, 0]


def test_an_answer_is_taken_where_its_check_stands(course, sandbox):
    """A name used again later, a list used up: what was right where it was checked is right."""
    made = cells()
    after = [code("answer_1 = 'something else'"), code("def answer_2(): pass"), code("share = 7")]
    result = mark(handed_in([*made, *after]), course, sandbox)
    assert [score["status"] for score in result["scores"][:3]] == ["right"] * 3


def test_trying_every_letter_in_a_loop_earns_nothing(course, sandbox):
    made = cells(one="answer_1 = 1")
    loop = code('for answer_1 in (63, 64, 65, 66):\n    feedback.check("77.1")')
    result = mark(handed_in([*made, loop]), course, sandbox)
    assert result["scores"][0]["points"] == 0


def test_a_submission_leaves_nothing_behind_in_memory(sandbox):
    secret = "".join(["correct ", "horse ", "battery"])
    look(f"seen = {secret!r}", sandbox)
    # What the next one can reach of the warm process is a copy of its objects.
    assert (
        look(
            """
import gc
word = "horse " + "battery"
seen = [str(x)[:80] for x in gc.get_objects() if isinstance(x, (dict, list)) and len(x) < 50
        and word in repr([v for v in (x.values() if isinstance(x, dict) else x) if isinstance(v, str)])
        and "word" not in str(x)[:4000]]
""",
            sandbox,
        )
        == []
    )


def test_processes_and_memory_are_limited_together(sandbox):
    count = look(
        """
import os, time
seen = 0
try:
    for number in range(500):
        if os.fork() == 0:
            time.sleep(60); os._exit(0)
        seen += 1
except OSError: pass
""",
        sandbox,
    )
    assert 1 <= count < LIMITS.processes


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        ("single", ["good, first of the batch", "os._exit(0)"]),
        (
            "trusted",
            [
                "good, first of the batch",
                "endless loop that swallows the interrupt",
                "os._exit(0)",
                "memory without end",
                "sleeps for ever",
            ],
        ),
    ],
)
def test_limits_hold_without_nested_namespaces_and_without_a_sandbox(mode, wanted, request):
    if mode == "single":
        request.getfixturevalue("sandbox")
    course = Course({"77": EXERCISE}, LIMITS, mode)
    with Sandbox(mode, LIMITS) as sandbox:
        for name, content, fair in CASES:
            if name in wanted:
                assert points(mark(content, course, sandbox)) == fair, name


def test_without_bwrap_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr("softpower.grading.housing.shutil.which", lambda name: None)
    best_mode.cache_clear()
    with pytest.raises(CourseError, match="apt install bubblewrap") as raised:
        best_mode()
    assert "--trust-submissions" in str(raised.value)
    best_mode.cache_clear()


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_without_linux_it_says_what_to_do(platform, monkeypatch):
    monkeypatch.setattr("softpower.grading.housing.sys.platform", platform)
    best_mode.cache_clear()
    with pytest.raises(CourseError, match="WSL"):
        best_mode()
    best_mode.cache_clear()


def test_many_bad_cells_do_not_take_for_ever(course, sandbox):
    bad = [code("import os\nos._exit(0)") for _ in range(30)]
    result = mark(handed_in([*cells(), *bad]), course, sandbox)
    assert points(result) == 7


def test_its_values_are_checked_for_shape():
    from softpower.grading.plain_data import is_plain

    assert is_plain({"$": "series", "index": [1], "values": [None]})
    for lie in (
        {"$": "series", "index": [1], "values": []},
        {"$": "mapping", "keys": "ab", "values": "ab"},
        {"$": "function"},
        {"$": "function", "results": [{}]},
        {"no": "kind"},
        {"$": ["set"]},
        {"$": "table", "columns": [1], "index": [1], "rows": [[1, 2]]},
        [[[[{"$": "right"}]]]],
    ):
        assert not is_plain(lie), lie
    deep = []
    for _ in range(100):
        deep = [deep]
    assert not is_plain(deep)


def test_a_partly_right_answer_has_the_points_that_the_check_says():
    from types import SimpleNamespace

    from softpower.feedback.answers import Mapping as Values
    from softpower.feedback.plain import plain
    from softpower.feedback.question import Question
    from softpower.grading import judge

    right = Values({"A": "x", "B": "y", "C": "z"})
    question = Question(
        "77.1", "answer_1", "o", right, "O.", "E.", ("1", "2", "3"), points=3, part=True
    )
    for answer, points, status in (
        ({"A": "x", "B": "y", "C": "z"}, 3, "right"),
        ({"A": "x", "B": "y", "C": "w"}, 2, "partly"),
        ({"A": "w", "B": "w", "C": "w"}, 0, "wrong"),
        ({"A": "x", "B": "y", "C": ...}, 0, "not yet"),
    ):
        outcome = SimpleNamespace(
            values={"answer_1": plain(answer)}, checked={}, errors={}, stopped={}
        )
        score = judge._checked(question, outcome, [], SimpleNamespace(cell_seconds=1))
        message = question.judge(plain(answer))
        assert (score["points"], score["status"]) == (points, status)
        assert question.points_for(message) == points == question.points * message.share
