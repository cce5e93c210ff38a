"""The start command: what can go wrong has one plain sentence, and the next start mends it."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tools
from start_room import sentence, small_course  # noqa: F401

ROOT = Path(__file__).parent.parent


def test_first_start_installs_with_hashes_and_opens_lesson_00(start):
    assert start.main([]) == 0
    assert any("--require-hashes" in command for command in start.ran)
    assert start.called[0][0] == start.PYTHON
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in start.called[0]


@pytest.mark.parametrize(
    ("record", "opened"),
    [
        ('{"last": "my_work/01_first/01_first.ipynb"}', "my_work/01_first/01_first.ipynb"),
        ('{"last": "my_work/01_first/gone.ipynb"}', None),
        ('{"last": "../../elsewhere.ipynb"}', None),
        ('{"last": 7}', None),
        ('["no last"]', None),
        ("{broken", None),
    ],
)
def test_a_later_start_opens_where_one_stopped(start, tmp_path, record, opened):
    start.main([])
    (tmp_path / "my_work" / "record.json").write_text(record)
    (tmp_path.parent.parent / "elsewhere.ipynb").write_text("")
    start.main([])
    opened = opened or "notebooks/00_start_here.ipynb"
    assert f"--LabApp.default_url=/lab/tree/{opened}" in start.called[1]


def test_old_tabs_do_not_come_back(start):
    from jupyterlab_server.workspaces_handler import slugify

    start.main([])
    (old,) = [Path(word.split("=")[1]) for word in start.called[0] if "workspaces_dir" in word]
    (old / "nine_tabs").write_text("")
    start.main([])
    (left,) = old.iterdir()
    assert left.name == f"{slugify('default')}.jupyterlab-workspace"
    assert "notebook" not in left.read_text()


def test_an_older_environment_is_fitted_too(start):
    start.main([])
    overrides = Path(start.VENV, "etc", "jupyter", "labconfig", "default_setting_overrides.json")
    overrides.unlink()
    start.main([])
    assert "showLastModifiedColumn" in overrides.read_text()


def test_second_start_installs_nothing(start):
    start.main([])
    start.ran.clear()
    assert start.main([]) == 0
    assert start.ran == []


def test_changed_requirements_are_installed(start, tmp_path):
    start.main([])
    start.ran.clear()
    (tmp_path / "requirements.txt").write_text("a==2\n")
    start.main([])
    assert start.ran


def test_a_start_after_an_interrupted_one_installs_again(start, monkeypatch):
    finished = start.run

    def interrupted(label, command):
        finished(label, command)
        if "--require-hashes" in command:
            raise KeyboardInterrupt

    monkeypatch.setattr(start, "run", interrupted)
    assert "carries on" in sentence(start)
    monkeypatch.setattr(start, "run", finished)
    assert start.main([]) == 0
    assert start.called


def test_an_environment_whose_python_is_gone_is_made_anew(start):
    start.main([])
    Path(start.PYTHON).unlink()
    start.ran.clear()
    start.main([])
    assert start.ran


def test_where_uv_fails_pip_installs(start, monkeypatch):
    monkeypatch.setattr(start.shutil, "which", lambda name: "uv")
    working = start.run

    def run(label, command):
        working(label, command)
        return "error: unexpected argument" if command[0] == "uv" else None

    monkeypatch.setattr(start, "run", run)
    assert start.main([]) == 0
    assert start.ran[-1][:4] == [start.PYTHON, "-m", "pip", "install"]


def test_without_uv_only_pip_is_called(start, monkeypatch):
    monkeypatch.setattr(start.shutil, "which", lambda name: None)
    start.main([])
    assert {command[0] for command in start.ran} == {sys._base_executable, start.PYTHON}


def test_learners_work_is_never_touched(start, tmp_path):
    start.main([])
    mine = tmp_path / "my_work" / "01_first" / "01_first.ipynb"
    assert mine.read_text() == "task"
    mine.write_text("my answer")
    (tmp_path / "exercises" / "01_first" / "01_first.ipynb").write_text("a newer task")
    (tmp_path / "exercises" / "01_first" / "extra.csv").write_text("new")
    start.main([])
    assert mine.read_text() == "my answer"
    assert mine.with_name("extra.csv").read_text() == "new"


FAILURES = {  # what pip, uv, venv and the system said, each once for real
    "no network, pip": (
        "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError(': "
        "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution'",
        "needs the internet",
    ),
    "no network, uv": (
        "error: Failed to fetch: `simple/anyio/`\n  Caused by: client error (Connect)\n"
        "  Caused by: dns error: failed to lookup address information",
        "needs the internet",
    ),
    "no network, Windows": ("[Errno 11001] getaddrinfo failed", "needs the internet"),
    "campus proxy": (
        "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]",
        "proxy",
    ),
    "disk full, pip": ("OSError: [Errno 28] No space left on device", "disk is full"),
    "disk full, Windows": ("OSError: [WinError 112] Недостаточно места на диске", "disk is full"),
    "disk full, uv": ("failed to write: No space left on device (os error 28)", "disk is full"),
    "no venv, Debian": (
        "The virtual environment was not created successfully because ensurepip is not\n"
        "available.  On Debian/Ubuntu systems, you need to install the python3-venv package",
        "sudo apt install python3",
    ),
    "no venv at all": ("/usr/bin/python3: No module named venv", "sudo apt install python3"),
    "read-only folder": ("[Errno 30] Read-only file system: '.venv'", "cannot be written"),
    "not my folder": ("Error: [Errno 13] Permission denied: '.venv'", "cannot be written"),
    "not my folder, Windows": ("[WinError 5] Отказано в доступе: '.venv'", "cannot be written"),
    "long path": ("OSError: [WinError 206] Имя файла слишком длинное", "too long for Windows"),
    "long path, pip": ("HINT: Windows Long Path support is not enabled", "too long for Windows"),
    "damaged": ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "damaged or changed"),
    "something else": ("error: metadata-generation-failed", "metadata-generation-failed"),
}


@pytest.mark.parametrize("said, told", FAILURES.values(), ids=FAILURES.keys())
def test_each_failure_has_its_sentence(start, monkeypatch, said, told):
    monkeypatch.setattr(start, "run", lambda label, command: said)
    text = sentence(start)
    assert told in text
    assert "tart again" in text
    others = {other for _, other in FAILURES.values() if other not in (told, "proxy")}
    assert not [other for other in others if other in text and told != "proxy"]
    assert not start.called


def test_a_folder_that_cannot_be_written_is_named(start, monkeypatch):
    def refuse(course):
        raise PermissionError(13, "Permission denied", "my_work")

    monkeypatch.setattr(start, "lay_out_exercises", refuse)
    assert f"cannot be written: {start.HERE}" in sentence(start)


def test_a_folder_of_somebody_else_is_left_alone(start, monkeypatch):
    monkeypatch.setattr(start.os, "access", lambda path, mode: False)
    assert "cannot be written" in sentence(start)
    assert not start.ran


def test_an_environment_in_use_is_left_alone(start, monkeypatch):
    os.mkdir(start.VENV)
    monkeypatch.setattr(start.shutil, "rmtree", lambda path, ignore_errors: None)
    assert "Close every window of the course" in sentence(start)
    assert not start.ran


def test_a_full_disk_is_seen_before_anything_is_downloaded(start, monkeypatch):
    usage = type("Usage", (), {"free": 10**8})
    monkeypatch.setattr(start.shutil, "disk_usage", lambda path: usage)
    assert "disk is full" in sentence(start)
    assert not start.ran


def test_an_old_python_is_told_which_to_get(start, monkeypatch):
    monkeypatch.setattr(start.sys, "version_info", (3, 9, 6))
    text = sentence(start)
    assert "needs Python 3.11 or newer; this is Python 3.9" in text
    assert "python.org/downloads" in text


def test_an_old_python_opens_what_a_new_one_installed(start, monkeypatch):
    start.main([])
    monkeypatch.setattr(start.sys, "version_info", (3, 9, 6))
    assert start.main([]) == 0


def test_old_pythons_can_read_the_file():

    source = (ROOT / "start.py").read_text("ascii")
    tree = ast.parse(source, feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Nonlocal)
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, newer)]


def test_a_download_that_is_not_unpacked_is_told_so(start, tmp_path):
    (tmp_path / "requirements.txt").unlink()
    assert "Unpack" in sentence(start)


def test_an_unknown_word_gets_the_two_commands_and_the_lecturers(start):
    said = sentence(start, "tset")
    assert "start.py test" in said and "print" in said and "site" in said


@pytest.mark.parametrize("command", ["test", "site"])
def test_a_students_copy_says_that_it_has_no_tests_and_stays_as_it_is(start, tmp_path, command):
    start.main([])
    (tmp_path / "requirements-test.txt").unlink()
    before = sorted(tmp_path.rglob("*"))
    assert "for students" in sentence(start, command)
    assert sorted(tmp_path.rglob("*")) == before


def test_jupyter_that_cannot_start_says_what_to_do(start, monkeypatch):
    monkeypatch.setattr(start, "call", lambda command: 1)
    assert "Close other Jupyter windows" in sentence(start)


def test_no_other_python_is_in_the_way(start, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    monkeypatch.setenv("VIRTUAL_ENV", "elsewhere")
    assert "elsewhere" not in start.environment().values()
    assert start.environment()["PATH"].startswith(start.BIN)


@pytest.mark.parametrize("root", [True, False])
def test_missing_tools_are_installed_or_named(monkeypatch, capsys, root):
    ran = []
    monkeypatch.setattr(tools.sys, "platform", "linux")
    monkeypatch.setattr(tools.os, "geteuid", lambda: 0 if root else 1000, raising=False)
    monkeypatch.setattr(tools.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(
        tools.start, "run", lambda label, command: ran.append(command) or (None if root else "no")
    )
    tools.install()
    assert {"chromium", "bubblewrap"} <= set(ran[-1])
    assert ("sudo" in ran[-1]) != root
    assert ("sudo apt install chromium bubblewrap" in capsys.readouterr().out) != root


def test_the_test_command_runs_lessons_solutions_and_tests(start, monkeypatch):
    assert start.main(["test"]) == 0
    tools_first, tests = start.called
    assert tools_first[-1].endswith("tools.py")
    assert {"--nbval", "notebooks", "solutions", "tests"} <= set(tests)
    assert "--no-loadscope-reorder" in tests, "the order of conftest.py would not hold"
    start.main(["test", "tests/test_data.py"])
    assert start.called[-1][-1] == "tests/test_data.py" and "tests" not in start.called[-1]
    start.ran.clear()
    start.main([])
    assert start.ran == [], "the tests' packages hold the learner's"


def test_a_lecturer_marks_with_one_command_from_any_folder(start, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path.parent)
    assert start.main(["grade", "submissions.zip", "--out", "results"]) == 0
    assert start.ran, "the first command of all installs the course"
    assert start.called[0][1:] == [
        "-m",
        "softpower",
        "grade",
        "submissions.zip",
        "--out",
        "results",
    ]
    assert start.folders[0] == str(tmp_path.parent), "their paths are theirs"
    assert not (tmp_path / "my_work").exists()


def test_a_folder_in_cyrillic_is_known_where_the_system_reads_ascii_alone(tmp_path):
    folder = tmp_path / "Жұмсақ күш"
    folder.mkdir()
    for name in ("start.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    ascii_alone = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code = "import start; print(len(start.fingerprint('requirements.txt')))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | ascii_alone | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "64\n", done.stderr
