"""Floor 4. The labs, one file each: a thin skin over the floors below.

A lab is made by its name, ``labs.ContinuumSorter()``; its file is loaded only then.
"""

import importlib

_LABS = {
    "ContinuumSorter": "softpower.labs.sorter",
    "IndexLab": "softpower.labs.index_lab",
}

__all__ = list(_LABS)


def __getattr__(name):
    if name not in _LABS:
        raise AttributeError(f"There is no lab {name!r}. The labs are: {', '.join(_LABS)}.")
    return getattr(importlib.import_module(_LABS[name]), name)
