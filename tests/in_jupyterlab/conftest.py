"""One Chromium and one open JupyterLab for all tests of this folder, because their start is most of
the work. Nothing here runs a notebook in its own process: see ``browser`` in ``tests/conftest.py``.
"""

import pytest
from conftest import WINDOW, chromium


@pytest.fixture(scope="package")
def browser():
    """A Chromium without a window."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="package")
def window(browser):
    """What the pages of JupyterLab share: its programs are loaded once."""
    made = browser.new_context(viewport=WINDOW)
    yield made
    made.close()


@pytest.fixture(scope="package")
def opened():
    """The page of JupyterLab that each test hands on, in a list; empty at first."""
    return []
