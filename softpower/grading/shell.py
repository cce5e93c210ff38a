"""Inside the sandbox: the shell in which submissions run, with what lessons import behind it."""

import contextlib
import importlib
import os
import sys


def warm_shell():
    """Import what submissions import, and return an IPython shell that has run nothing."""
    import gc

    gc.disable()  # imports leave next to no garbage, and looking for it takes a sixth of their time
    os.environ.setdefault("MPLBACKEND", "Agg")
    import_pyplot()
    for name in (
        "numpy",
        "pandas",
        "jinja2",
        "pandas.io.formats.style",
        "softpower.data",
        "softpower.feedback",
        "softpower.figures",
        "softpower.index",
        "softpower.evaluation",
        "softpower.coding",
        "softpower.policy",
        "softpower.labs",
    ):
        with contextlib.suppress(Exception):  # a lesson may do without any of them
            importlib.import_module(name)
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.ast_node_interactivity = "none"  # nothing is shown, so nothing is drawn
    shell = InteractiveShell.instance(config=config)
    shell.showtraceback = shell.showsyntaxerror = lambda *args, **kwargs: None
    shell.display_formatter.format = lambda *args, **kwargs: ({}, {})
    # What a notebook's kernel knows and a bare shell does not; nothing is drawn either way.
    shell.enable_gui = lambda gui=None: None
    shell.enable_matplotlib = lambda gui=None: (gui, "agg")
    with contextlib.suppress(ImportError):
        from matplotlib_inline.config import InlineBackend

        shell.configurables.append(InlineBackend.instance(parent=shell))
    stand_in_for_colab()
    shell.run_cell("pass", store_history=False)
    gc.freeze()  # a fork then shares these pages instead of copying them
    gc.enable()
    return shell


def import_pyplot():
    """Import matplotlib.pyplot without the lists of properties in its docstrings.

    They are half of its time, and nobody reads them here.
    """
    with contextlib.suppress(Exception):
        from matplotlib import artist

        listed, artist.kwdoc = artist.kwdoc, lambda *_: ""
        try:
            importlib.import_module("matplotlib.pyplot")
        finally:
            artist.kwdoc = listed


def stand_in_for_colab():
    """Let ``from google.colab import drive`` pass: there is no drive here, and none is needed."""
    import types

    class Nothing:
        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return lambda *args, **kwargs: None

    google, colab = types.ModuleType("google"), types.ModuleType("google.colab")
    google.__path__, google.colab = [], colab
    for name in ("drive", "files", "output", "userdata", "auth"):
        setattr(colab, name, Nothing())
    sys.modules.setdefault("google", google)
    sys.modules["google.colab"] = colab
