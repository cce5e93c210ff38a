"""Reading, writing and running notebooks in the one form in which they are committed."""

import os
import re
import sys
import tempfile
from functools import cache
from pathlib import Path

from softpower import texts
from softpower.errors import CourseError

# jsonschema would make a grammar of web addresses for a check that no notebook asks for: two
# seconds in each command.
sys.modules.setdefault("rfc3987_syntax", None)
import nbformat  # noqa: E402

if sys.modules["rfc3987_syntax"] is None:
    del sys.modules["rfc3987_syntax"]

# Word for word what JupyterLab writes on saving, so that a lesson which is only opened is not
# changed. The version is the one that start.py lets the kernel tell (see jupyterlab.py).
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3",
}
LIVE_WIDGET = "application/vnd.jupyter.widget-view+json"


def read(path):
    """Return a notebook.

    Raises
    ------
    CourseError
        Where the file is missing or is not a notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise CourseError(f"There is no notebook {path}. Check the name and the folder.") from None
    except Exception:
        raise CourseError(
            f"{Path(path).name} is damaged: it cannot be read as a notebook. "
            "Take your last good copy, or download a fresh one beside it."
        ) from None


def write(notebook, path):
    """Write a notebook, always in the same bytes for the same content."""
    text = nbformat.writes(notebook, indent=1)
    Path(path).write_text(text.rstrip("\n") + "\n", encoding="utf-8")


def run(notebook, folder):
    """Run every cell and return the notebook with its outputs, in the stored form.

    The labs find an empty folder of work: what somebody here tried in them is nobody's output.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    folder : path
        Where the notebook runs.

    Raises
    ------
    CourseError
        Where a cell fails; the message gives the cell and the error.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],  # else it warns of an eavesdropper, here too
        resources={"metadata": {"path": str(folder)}},
    )
    with tempfile.TemporaryDirectory() as nothing:
        try:
            # A page is read without Python: the labs say everything that it needs.
            whole = {"SOFTPOWER_WORK": nothing, "SOFTPOWER_PRINTED": "1"}
            client.execute(env=os.environ | whole)
        except CellExecutionError as error:
            raise CourseError(f"A cell failed.\n{error}") from None
    return normalised(notebook)


def pages():
    """Return the folder of the pages to read from: the course's, or its edition in the language."""
    made = Path(texts.EDITIONS.name) / texts.language()
    return made if (made / "notebooks").is_dir() else Path()


@cache
def shown_in(path):
    """Return a notebook of an edition with what its cells show: it was made and has not run yet."""
    return run(read(path), path.parent)


def normalised(notebook):
    """Return a notebook without what changes from run to run and says nothing to a reader."""
    kept = {"kernelspec": KERNEL, "language_info": LANGUAGE}
    if own := notebook.metadata.get("softpower"):  # the language of an edition
        kept["softpower"] = own
    notebook.metadata = nbformat.from_dict(kept)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        # A number beside a cell tells a reader that it has run; a stored one has not.
        cell.execution_count = None
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = None
            # A stored live view is a dead link; the lab's static twin beside it stays.
            output.get("data", {}).pop(LIVE_WIDGET, None)
            if "metadata" in output:
                output.metadata = {}
        cell.outputs = [output for output in cell.outputs if output.get("data", True)]
    return notebook


def part(cell):
    """Return what a cell says in its metadata that it is: ``"task"``, ``"references"``; else ``""``.

    Code finds its way by this and never by the words of a heading, which every language has
    its own of. Lessons say it where code asks: ``title``, ``header``, ``setup``, ``ask`` (a
    check), ``think``, ``remember``, ``exercise`` (its link), ``deeper``, ``trouble``,
    ``references``. Exercises say it of each cell: also ``section``, ``text``, ``shown``, ``lab``,
    ``in code``, ``summary``, ``next``, and with the id of their ``question``: ``task``,
    ``answer`` (scaffold and worked answer), ``check``, ``rubric``.
    """
    return cell.metadata.get("softpower", {}).get("part", "")


def shown(cell):
    """Return the HTML that a cell of code shows, one text an output."""
    made = (output.get("data", {}).get("text/html", "") for output in cell.get("outputs", ()))
    return ["".join(html) for html in made]


def title(text):
    """Return the title in a page's Markdown or in a notebook's first cell."""
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1] if found else ""


def anchor(heading):
    """Return the anchor of a heading as JupyterLab names it, ``Out-of-how-many?``."""
    return heading.replace(" ", "-")
