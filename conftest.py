"""The order of the tests, and what pytest does with notebooks when it compares their outputs."""

import atexit
import os
import shutil
import tempfile

import pytest

# The kernels of the notebooks compare whole pages, as softpower refresh stores them.
os.environ["SOFTPOWER_PRINTED"] = "1"

# The slowest files come first and the many quick ones last, so that in the end no worker is left
# alone with a long one. Nothing else depends on the order.
SLOW = (
    "test_start_for_real",
    "test_site",
    "test_browser_walk",
    "in_jupyterlab",  # a folder: its tests share a browser, and so are not parted
    "test_grading_batch",
    "test_translation",
    "test_grading_nbgrader",
    "test_grading_fair",
    "test_browser_page",
    "test_grading_property",
    "test_trace",
    "test_release",
    "test_country",
    "test_grading_desk",
    "test_grading_groups",
    "test_labs_scripts",
)

_last = []
_others = []  # the folder of work of all tests that are no notebooks


def pytest_collection_modifyitems(items):
    """Put slow files first, tell nbval that each cell has run, remember the others' folder of work.

    A lesson is stored without the numbers of its cells, because they tell a reader that a cell
    has run; nbval takes a cell without a number for one whose output it need not compare.
    """
    _others[:] = [os.environ.get("SOFTPOWER_WORK", "")]
    for item in items:
        cell = getattr(item, "cell", None)
        if cell is not None and getattr(cell, "cell_type", "") == "code":
            cell.execution_count = cell.execution_count or 1
    place = {name: number for number, name in enumerate(SLOW)}
    # The rest stays as it is.
    items.sort(
        key=lambda item: place.get(item.path.stem, place.get(item.path.parent.name, len(SLOW)))
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Let each notebook find an empty folder of work, as it did when its outputs were stored.

    All other tests of this process keep theirs: a JupyterLab that was started with it is still
    running when they look for what a lab has saved.
    """
    if getattr(item, "cell", None) is None:
        os.environ["SOFTPOWER_WORK"] = _others[0]
    elif item.parent not in _last:
        _last[:] = [item.parent]
        os.environ["SOFTPOWER_WORK"] = tempfile.mkdtemp(prefix="softpower-test-")
        atexit.register(shutil.rmtree, os.environ["SOFTPOWER_WORK"], ignore_errors=True)
