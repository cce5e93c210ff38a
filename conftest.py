"""What pytest does with the notebooks when it compares them with what they give today."""

import atexit
import os
import shutil
import tempfile

import pytest

# The kernels of the notebooks compare whole pages, as softpower refresh stores them.
os.environ["SOFTPOWER_PRINTED"] = "1"

_last = []
_others = []  # the folder of work of all tests that are no notebooks


def pytest_collection_modifyitems(items):
    """Tell nbval that every stored cell has run, and remember the other tests' folder of work.

    A lesson is stored without the numbers of its cells, because they tell a reader that a cell
    has run; nbval takes a cell without a number for one whose output it need not compare.
    """
    _others[:] = [os.environ.get("SOFTPOWER_WORK", "")]
    for item in items:
        cell = getattr(item, "cell", None)
        if cell is not None and getattr(cell, "cell_type", "") == "code":
            cell.execution_count = cell.execution_count or 1


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
