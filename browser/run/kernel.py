"""Python's side of a page in the browser: runs a cell, says what it shows, talks with the labs.

Runs in Pyodide, in a worker of the page (``worker.js``). It is IPython without a terminal and
without a server: what a cell shows goes to the page as the outputs that a notebook stores.
"""

import json
import os
import sys
from pathlib import Path

import comm
from comm.base_comm import BaseComm, CommManager
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

COURSE = Path("/course")
WORK = COURSE / "my_work"
_page = None  # takes one message as a JSON text, and the buffers that go with it


def _tell(kind, buffers=(), **message):
    _page(json.dumps({"kind": kind, **message}, default=str), [bytes(b) for b in buffers])


def _show(**output):
    _tell("output", output=output)


def _readable(data):
    """Return an output's data with HTML for what the page does not set itself: Markdown."""
    if "text/markdown" not in data or "text/html" in data:
        return {}
    import mistune

    # A learner's words, and perhaps somebody else's: no HTML in them is taken for such.
    write = mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])
    return {"shown": write(data["text/markdown"])}


class Publisher(DisplayPublisher):
    """Sends what ``display`` shows to the page."""

    def publish(self, data, metadata=None, *, transient=None, update=False, **_):
        kind = "update_display_data" if update else "display_data"
        place = (transient or {}).get("display_id")
        said = {"output_type": kind, "data": data, "metadata": metadata or {}, "place": place}
        _show(**said, **_readable(data))

    def clear_output(self, wait=False):
        _tell("clear")


class Hook(DisplayHook):
    """Sends a cell's last value to the page."""

    def write_output_prompt(self):
        self._data = {}, {}

    def write_format_data(self, format_dict, md_dict=None):
        self._data = format_dict, md_dict or {}

    def finish_displayhook(self):
        data, metadata = self._data
        if data:
            said = {"output_type": "execute_result", "data": data, "metadata": metadata}
            _show(**said, **_readable(data))
        sys.stdout.flush()


class Stream:
    """Sends what is printed to the page."""

    encoding = "utf-8"

    def __init__(self, name):
        self.name = name

    def write(self, text):
        if text:
            _show(output_type="stream", name=self.name, text=str(text))
        return len(text)

    def writelines(self, lines):
        self.write("".join(lines))

    def flush(self):
        """Nothing waits: what is written is sent at once."""

    def isatty(self):
        return False


class Shell(InteractiveShell):
    """IPython as the page needs it."""

    def _showtraceback(self, kind, error, lines):
        _show(
            output_type="error",
            ename=getattr(kind, "__name__", str(kind)),
            evalue=str(error),
            traceback=[str(line) for line in lines],
        )

    def init_history(self):
        # What a learner types is kept by the page, and no database is needed for it.
        from IPython.core.history import HistoryManager

        self.configurables.append(manager := HistoryManager(shell=self, parent=self, enabled=False))
        self.history_manager = manager

    def init_virtualenv(self):
        """There is none in a page."""


class PageComm(BaseComm):
    """A lab's line to the page."""

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        _tell(
            "comm",
            buffers or (),
            about=msg_type,
            comm=self.comm_id,
            data=data or {},
            target=keys.get("target_name"),
        )


_manager = CommManager()
comm.create_comm = PageComm
comm.get_comm_manager = lambda: _manager
_shell = None
_seen = {}


def start(page, notebook, lessons):
    """Make the shell for one notebook.

    Parameters
    ----------
    page : callable
        Takes a message as a JSON text, and a list of buffers.
    notebook : str
        The notebook's path within the course, ``notebooks/00_start_here.ipynb``.
    lessons : sequence of str
        The files of the lessons: what a learner should look at again links to them.
    """
    global _page, _shell
    _page = page
    here = COURSE / Path(notebook).parent
    for folder in (COURSE / "notebooks", WORK, here):
        folder.mkdir(parents=True, exist_ok=True)
    for lesson in lessons:
        (COURSE / "notebooks" / lesson).touch()
    os.chdir(here)
    os.environ["JPY_SESSION_NAME"] = str(COURSE / notebook)
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    Shell.displayhook_class, Shell.display_pub_class = Hook, Publisher
    _shell = Shell.instance()
    _shell.colors = "nocolor"
    _shell.autoawait = False
    import softpower.feedback  # noqa: F401 (it joins the shell: a place for words knows its magic)


def run(source):
    """Run one cell; returns whether it ended well. What it shows has been sent by then."""
    if not source.strip():
        return True
    return bool(_shell.run_cell(source, store_history=True).success)


def answer(message, buffers):
    """Give a lab what its page says: ``{"comm": id, "data": ...}`` as a JSON text."""
    said = json.loads(message)
    content = {"comm_id": said["comm"], "data": said["data"]}
    about = {"content": content, "buffers": [memoryview(b) for b in buffers], "metadata": {}}
    _manager.comm_msg(None, None, about)


def changed():
    """Return the files of ``my_work`` that are new or other than when this was last asked."""
    found = {}
    for folder, _, names in os.walk(WORK):
        for name in names:
            path = Path(folder) / name
            if name.endswith(".part"):
                continue
            state = path.stat()
            stamp = (state.st_mtime_ns, state.st_size)
            if _seen.get(str(path)) != stamp:
                found[str(path.relative_to(WORK))] = path.read_bytes()
                _seen[str(path)] = stamp
    gone = [path for path in _seen if not Path(path).exists()]
    for path in gone:
        del _seen[path]
        found[str(Path(path).relative_to(WORK))] = None
    return found


def put(path, content):
    """Lay a file into ``my_work``, as the page keeps it (an array of bytes); None takes it away.

    A name that leads out of ``my_work`` is nobody's work: nothing is laid.
    """
    file = Path(os.path.normpath(WORK / path))
    if WORK not in file.parents:
        return
    if content is None:
        file.unlink(missing_ok=True)
        _seen.pop(str(file), None)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.to_bytes())
    state = file.stat()
    _seen[str(file)] = (state.st_mtime_ns, state.st_size)
