"""What a submission can reach of the kernel: refused, contained or open, as docs/sandbox.md says."""

import contextlib
import errno
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from softpower.errors import CourseError
from softpower.grading import cgroup, isolate, sandbox_refuses
from softpower.grading.housing import best_mode, visible_folders
from softpower.grading.sandbox import Limits, Nest, Sandbox

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "sandbox.md").read_text("utf-8")
LIMITS = Limits(cell_seconds=3, total_seconds=60, memory_mb=1024)


@pytest.fixture(scope="module")
def sandbox():
    try:
        mode = best_mode()
    except CourseError as error:
        pytest.skip(f"no sandbox on this machine: {error}")
    with Sandbox(mode, LIMITS) as warm:
        yield warm


def run(source, sandbox):
    return sandbox.run([(0, source)], {"seen": {"id": "", "calls": []}})


def look(source, sandbox):
    """Run one cell in the sandbox and return the value of ``seen``."""
    return run(source, sandbox).values.get("seen")


# --- the filter -------------------------------------------------------------------------------

CALL = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    ctypes.set_errno(0)
    return libc.syscall(number, *map(ctypes.c_ulong, arguments)), ctypes.get_errno()
"""


def test_every_call_of_the_list_is_refused(sandbox):
    numbers = {name: sandbox_refuses.number(name) for name in sandbox_refuses.names()}
    numbers = {name: number for name, number in numbers.items() if number >= 0}
    assert len(numbers) > 50
    seen = look(
        CALL + f"seen = [list(call(one, 0, 0, 0, 0, 0, 0)) for one in {list(numbers.values())}]",
        sandbox,
    )
    for name, result in zip(numbers, seen, strict=True):
        assert result == [-1, errno.EPERM], name


def test_no_copy_of_a_process_gets_namespaces_of_its_own(sandbox):
    clone, clone3 = sandbox_refuses.number("clone"), sandbox_refuses.number("clone3")
    flags = list(sandbox_refuses.NEW.values())
    seen = look(
        CALL
        + f"seen = [list(call({clone}, one | 17, 0, 0, 0, 0)) for one in {flags}]"
        + f"\nseen.append(list(call({clone3}, 0, 0)))",
        sandbox,
    )
    assert seen == [[-1, errno.EPERM]] * len(flags) + [[-1, errno.ENOSYS]]


def test_sockets_that_no_namespace_contains_are_refused(sandbox):
    seen = look(
        "import socket\nseen = []\n"
        "for kind in [*range(64), 2**20]:\n"
        "    try:\n        socket.socket(kind, socket.SOCK_DGRAM).close()\n        seen.append(kind)\n"
        "    except OSError as error:\n"
        f"        if error.errno != {errno.EPERM}: seen.append(kind)",
        sandbox,
    )
    assert set(seen) <= sandbox_refuses.SOCKETS and 1 in seen and 2 in seen


def test_nothing_is_typed_into_the_lecturers_terminal(sandbox):
    ioctl = sandbox_refuses.number("ioctl")
    commands = [*sandbox_refuses.TERMINAL.values(), sandbox_refuses.TERMINAL["TIOCSTI"] | 1 << 32]
    seen = look(CALL + f"seen = [list(call({ioctl}, 0, one, 0)) for one in {commands}]", sandbox)
    assert seen == [[-1, errno.EPERM]] * len(commands)


def test_nothing_is_left_in_a_keyring_for_the_next_one(sandbox):
    add, request = sandbox_refuses.number("add_key"), sandbox_refuses.number("request_key")
    keys = "import ctypes\nlibc = ctypes.CDLL(None)\n"
    left = f"seen = libc.syscall({add}, b'user', b'softpower-test', b'42', 2, -4)"
    found = f"seen = libc.syscall({request}, b'user', b'softpower-test', None, 0)"
    assert look(keys + left, sandbox) == -1
    assert look(keys + found, sandbox) == -1


def test_the_warm_process_itself_is_filtered_by_bubblewrap(sandbox):
    """Also before a fork closes its own doors, nothing of the list but the namespaces is open."""
    sandbox.start()
    pids = [sandbox.process.pid]
    for pid in pids:
        pids += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    last = Path(f"/proc/{pids[-1]}/status").read_text()
    assert re.search(r"^Seccomp:\s+2$", last, re.MULTILINE)
    assert re.search(r"^NoNewPrivs:\s+1$", last, re.MULTILINE)


def test_without_libseccomp_nothing_is_run_and_it_says_what_to_do(monkeypatch):
    def missing():
        raise OSError("no such library")

    if sys.platform != "linux":
        pytest.skip("no sandbox is to be had at all")
    monkeypatch.setattr("softpower.grading.housing.shutil.which", lambda name: "/usr/bin/bwrap")
    monkeypatch.setattr(sandbox_refuses, "library", missing)
    best_mode.cache_clear()
    with pytest.raises(CourseError, match="apt install libseccomp2"):
        best_mode()
    best_mode.cache_clear()


def test_ordinary_work_passes_the_filter(sandbox):
    assert look(
        "import os, subprocess, tempfile, threading\n"
        "seen = [subprocess.run(['echo', 'a'], capture_output=True).stdout.decode()]\n"
        "one = threading.Thread(target=lambda: seen.append('b')); one.start(); one.join()\n"
        "with tempfile.TemporaryFile() as file: seen.append(file.write(b'cc'))\n"
        "import mmap; seen.append(len(mmap.mmap(-1, 4096)))",
        sandbox,
    ) == ["a\n", "b", 2, 4096]


# --- namespaces, files, devices ---------------------------------------------------------------


def test_files_are_read_only_but_for_the_scratch(sandbox):
    seen = look(
        "import os\nseen = []\n"
        "for folder, folders, files in os.walk('/'):\n"
        "    if folder.count('/') > 4: folders.clear()\n"
        "    try:\n        open(os.path.join(folder, 'mine'), 'w').close(); seen.append(folder)\n"
        "    except OSError: pass",
        sandbox,
    )
    assert seen == ["/scratch"]
    left = look("import os\nseen = os.listdir('/scratch') + os.listdir('/tmp')", sandbox)
    assert set(left) <= set(ROOT.parts)


def test_neither_home_nor_answers_nor_submissions_are_seen(sandbox):
    shown = [str(place) for place in visible_folders()]
    tops = ["/root", "/home", "/var", "/srv", "/mnt", "/media", "/opt", "/run", "/sys", "/etc"]
    seen = look(
        "import os\nseen = []\n"
        f"for top in {[*tops, str(ROOT), str(Path.home())]}:\n"
        "    for folder, _, files in os.walk(top):\n"
        f"        if not folder.startswith(tuple({shown})):\n"
        f"            seen += [f for f in files if os.path.join(folder, f) not in {shown}]",
        sandbox,
    )
    assert seen == []
    answers = "import glob\nseen = glob.glob(" + repr(f"{ROOT}/softpower/feedback/bank/*") + ")"
    assert look(answers, sandbox) == []
    bank = "from softpower import feedback\nseen = len(feedback.bank())"
    assert look(bank, sandbox) == 0


def test_proc_and_sys_show_nothing(sandbox):
    seen = look(
        "import os\nseen = [len(os.listdir('/proc')), os.path.exists('/sys/kernel')]", sandbox
    )
    assert seen == [0, False] if sandbox.mode == "nested" else seen


def test_devices_are_harmless_ones(sandbox):
    seen = look("import os\nseen = sorted(os.listdir('/dev'))", sandbox)
    usual = {"null", "zero", "full", "random", "urandom", "tty", "fd", "stdin", "stdout", "stderr"}
    assert set(seen) <= usual | {"ptmx", "pts", "shm", "core", "console"}


def test_its_terminals_are_its_own_and_few(sandbox):
    terminals = (
        "import os\n!true\nheld = []\ntry:\n    while len(held) < 100: held.append(os.openpty())\n"
        "except OSError: pass\nseen = [_exit_code, len(held), sorted(os.listdir('/dev/pts'))]"
    )
    code, count, there = look(terminals, sandbox)
    assert code == 0 and set(there) == {"ptmx", *map(str, range(count))}
    assert 0 < count <= isolate.TERMINALS or sandbox.mode != "nested"


def test_no_network_is_reached(sandbox):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        seen = look(
            "import socket\ntry:\n"
            f"    socket.create_connection(('127.0.0.1', {port}), 1)\n    seen = 'open'\n"
            "except OSError: seen = 'refused'",
            sandbox,
        )
    assert seen == "refused"


def test_abstract_sockets_of_the_machine_are_not_reached(sandbox):
    name = f"\0softpower-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        seen = look(
            "import socket\ntry:\n    socket.socket(socket.AF_UNIX).connect("
            f"{name!r})\n    seen = 'open'\nexcept OSError: seen = 'refused'",
            sandbox,
        )
    assert seen == "refused"


def test_no_other_process_is_seen_or_signalled(sandbox):
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        look(
            "import os, signal\nfor pid in [*range(2, 4), *range(10, 70000)]:\n"
            "    if pid != os.getpid():\n        try: os.kill(pid, signal.SIGKILL)\n"
            "        except OSError: pass\nseen = 1",
            sandbox,
        )
        assert other.poll() is None and look("seen = 1", sandbox) == 1
    finally:
        other.kill()
        other.wait()


@pytest.fixture(scope="module")
def nest(sandbox):
    if sandbox.mode != "nested":
        pytest.skip("no namespaces in namespaces here: each submission has a sandbox of its own")
    made = Nest(sandbox.mode, LIMITS)
    yield made
    made.close()


def test_two_at_a_time_do_not_reach_each_other(nest):
    """Workers share a warm process; their submissions share nothing."""
    kills = (
        "import os, signal, time\nopen('mine', 'w').write('secret')\nheld = os.openpty()\n"
        "for pid in [-1, *range(1, 5000)]:\n    if pid != os.getpid():\n"
        "        try: os.kill(pid, signal.SIGKILL)\n        except OSError: pass\n"
        "time.sleep(2)\nseen = sorted(os.listdir('.') + os.listdir('/dev/pts'))"
    )
    two = [Sandbox(nest.warm.mode, LIMITS, nest=nest) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        seen = list(pool.map(look, [kills, kills], two))
        again = list(pool.map(look, ["seen = 1", "seen = 2"], two))
    assert seen == [["0", "mine", "ptmx"]] * 2 and again == [1, 2]
    assert nest.warm.process.poll() is None
    for one in two:
        one.close()


def test_the_warm_process_outlives_the_worker_that_asked_for_it(nest):
    with Sandbox(nest.warm.mode, LIMITS, nest=nest) as one:
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(look, "seen = 1", one).result() == 1
        with pytest.raises(subprocess.TimeoutExpired):  # the kernel acts after the thread is gone
            nest.warm.process.wait(1)


def test_a_worker_whose_server_is_lost_gets_another(nest):
    with Sandbox(nest.warm.mode, LIMITS, nest=nest) as one:
        assert look("seen = 1", one) == 1
        one.control.close()
        one.control = None
        assert look("seen = 2", one) == 2
        nest.warm.close()  # and where the warm process itself is gone
        assert look("seen = 3", one) == 3


def test_a_cell_is_not_to_blame_where_the_warm_process_dies_under_it(nest):
    with Sandbox(nest.warm.mode, LIMITS, nest=nest) as one, ThreadPoolExecutor(1) as pool:
        assert look("seen = 1", one) == 1
        running = pool.submit(look, "import time\ntime.sleep(1)\nseen = 2", one)
        time.sleep(0.5)
        nest.warm.close()
        assert running.result() == 2


HANDLES = """
import fcntl, os, stat
seen = []
for one in range(256):
    try: mode = os.fstat(one).st_mode
    except OSError: continue
    kind = next(k for k in ("CHR", "FIFO", "SOCK", "REG", "DIR") if getattr(stat, "S_IS" + k)(mode))
    seen.append([one, kind, fcntl.fcntl(one, fcntl.F_GETFL) & os.O_NONBLOCK])
for one in (0, 1, 2): fcntl.fcntl(one, fcntl.F_SETFL, os.O_NONBLOCK)
"""


def test_its_handles_are_three_on_nothing_and_its_channel(sandbox, request):
    """Also in a fork that waited while another ran; and no handle is one that another can mark."""
    nests = [request.getfixturevalue("nest")] if sandbox.mode == "nested" else []
    for warm in [sandbox, *(Sandbox(one.warm.mode, LIMITS, nest=one) for one in nests)]:
        for seen in (look(HANDLES, warm) for _ in range(3)):
            assert seen[:3] == [[one, "CHR", 0] for one in (0, 1, 2)], seen
            assert [kind for _, kind, _ in seen[3:]] == ["SOCK"], seen
        if warm is not sandbox:
            warm.close()


def test_the_first_of_its_namespace_holds_no_handle(nest):
    with Sandbox(nest.warm.mode, LIMITS, nest=nest) as one:
        assert look("seen = 1", one) == 1
        until, held = time.monotonic() + 60, []
        while not held or any(held):  # that of the fork that waits; a start takes handles
            held = handles_of("sleep", nest.warm.process.pid)
            assert time.monotonic() < until, held


def handles_of(command, top):
    """Return the handles of each process below ``top`` that runs a command."""
    pids, found = [top], []
    for one in pids:
        with contextlib.suppress(OSError):  # it has ended meanwhile
            pids += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
            if Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0")[0] == command.encode():
                found.append(os.listdir(f"/proc/{one}/fd"))
    return found


def test_ipc_and_host_name_are_its_own(sandbox):
    seen = look(
        CALL
        + f"import socket\nmsgget = call({sandbox_refuses.number('msgget')}, 4242, 0o1666)[0]\n"
        "try: socket.sethostname('mine'); name = 'changed'\nexcept OSError: name = 'kept'\n"
        "seen = [msgget >= 0, name]",
        sandbox,
    )
    assert seen[1] == "kept"
    again = look(CALL + f"seen = call({sandbox_refuses.number('msgget')}, 4242, 0)[0]", sandbox)
    assert again == -1  # the next one does not find it


def test_it_is_nobody_and_has_no_powers(sandbox):
    assert look(
        "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
        "caps = (ctypes.c_uint32 * 6)()\nlibc.capget((ctypes.c_uint32 * 2)(0x20080522, 0), caps)\n"
        "seen = [os.getuid() == 0, sum(caps), libc.setuid(0)]",
        sandbox,
    ) == [False, 0, -1]


def test_its_environment_is_not_the_lecturers(sandbox, monkeypatch):
    monkeypatch.setenv("GRADER_SECRET", "42")
    assert look("import os\nseen = os.environ.get('GRADER_SECRET', 'none')", sandbox) == "none"


# --- limits -----------------------------------------------------------------------------------


def test_time_is_limited_and_the_next_cell_runs(sandbox):
    outcome = sandbox.run(
        [(0, "while True: pass"), (1, "seen = 1")], {"seen": {"id": "", "calls": []}}
    )
    # "Waited" where others keep the processors busy
    assert outcome.errors[0][0] in ("TimeLimit", "Waited") and outcome.values["seen"] == 1


def test_memory_is_limited_and_the_next_cell_runs(sandbox):
    outcome = sandbox.run(
        [(0, "held = bytearray(2 * 10**9)"), (1, "seen = 1")], {"seen": {"id": "", "calls": []}}
    )
    assert outcome.errors[0][0] == "MemoryError" and outcome.values["seen"] == 1


def test_memory_of_several_processes_is_counted_together(sandbox):
    outcome = run(
        "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n"
        "        held = bytearray(b'x' * 5 * 10**8); time.sleep(60); os._exit(0)\n"
        "time.sleep(60)\nseen = 1",
        sandbox,
    )
    assert "seen" not in outcome.values
    assert set(outcome.stopped.values()) & {"memory", "died", "time"} or outcome.errors


def test_processes_files_and_disk_are_limited(sandbox):
    seen = look(
        "import os, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "seen, children, handles = [], [], []\n"
        "try:\n    while len(children) < 500:\n        pid = os.fork()\n"
        "        if pid == 0: signal.pause(); os._exit(0)\n        children.append(pid)\n"
        "except OSError: pass\nfor one in children: os.kill(one, 9)\n"
        "seen.append(len(children))\n"
        "try:\n    while len(handles) < 5000: handles.append(open('/dev/null'))\n"
        "except OSError: pass\nseen.append(len(handles)); handles.clear()\n"
        "size = 0\ntry:\n    with open('big', 'wb', 0) as file:\n"
        "        while size < 2**30: size += file.write(b'x' * 2**20)\n"
        "except OSError: pass\nseen.append(size // 2**20)",
        sandbox,
    )
    assert seen[0] < LIMITS.processes and seen[1] < LIMITS.files
    assert seen[2] <= LIMITS.scratch_mb


def test_a_process_that_hides_from_the_end_is_ended(sandbox):
    look(
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n"
        "    time.sleep(600)\nseen = 1",
        sandbox,
    )
    assert look("seen = 2", sandbox) == 2
    begun = time.monotonic()
    sandbox.run([(0, "seen = 3")], {"seen": {"id": "", "calls": []}})
    assert time.monotonic() - begun < 120


def test_a_cgroup_holds_memory_that_nobody_maps(tmp_path):
    place = cgroup.make(300 * 2**20)
    if place is None:
        pytest.skip("no cgroup is to be had here; what is counted instead stands on the page")
    try:
        eats = "import os\nh = os.memfd_create('m')\nwhile True: os.write(h, b'x' * 10**7)"
        command = cgroup.inside(place, [sys.executable, "-c", eats])
        assert subprocess.run(command, timeout=60).returncode == -signal.SIGKILL
        assert cgroup.kills(place) >= 1
    finally:
        cgroup.remove(place)
    assert not place.exists()


# --- the page ---------------------------------------------------------------------------------


def rows():
    lines = [line for line in PAGE.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if len(row) == 4 and row[1] in ("refused", "contained", "open")]


def test_each_line_of_the_page_names_a_test_that_is_there():
    found = rows()
    assert len(found) > 20
    for facility, _, _, tests in found:
        names = re.findall(r"`(test_\w+)`", tests)
        assert names, facility
        for name in names:
            assert name in globals(), (facility, name)


def test_the_page_names_each_refused_call_and_no_other():
    named = set(re.findall(r"`([a-z_0-9]+)`", " ".join(row[2] for row in rows())))
    wanted = {*sandbox_refuses.names(), "clone3"}
    assert wanted <= named, wanted - named
    unknown = {one for one in named - wanted if one not in {"clone", "socket", "ioctl"}}
    assert not unknown, unknown


def test_every_test_of_this_file_is_on_the_page():
    here = {name for name in globals() if name.startswith("test_")}
    about_the_page = {name for name in here if "page" in name}
    missing = {name for name in here - about_the_page if f"`{name}`" not in PAGE}
    assert not missing, missing


def test_limits_on_the_page_are_those_of_the_grader():
    usual = json.loads(json.dumps(vars(Limits())))
    for name in ("cell_seconds", "total_seconds", "memory_mb", "scratch_mb", "files", "processes"):
        assert re.search(rf"\b{usual[name]}\b", PAGE), name
