"""The labs: a thin skin over the floors below, a file each (the two sorters share one).

A lab is made by its name, ``labs.ContinuumSorter()``; its file is loaded only then. Beside it
lies its script; ``index_words`` is what the index lab says. ``kit/`` is the script that all labs
share, ``studio/`` the policy studio's, and ``lab`` what every lab can do. Which lesson shows a
lab, ``grep -rl IndexLab notebooks solutions`` says; its tests are ``tests/in_jupyterlab/`` and, for
its script alone, ``tests/node/``.
"""

import importlib

from softpower import texts

_LABS = {
    "AgreementMeter": "softpower.labs.agreement_meter",
    "AssetBenchmark": "softpower.labs.asset_benchmark",
    "CardSorter": "softpower.labs.sorter",
    "ClaimBrowser": "softpower.labs.claim_browser",
    "CodingDesk": "softpower.labs.coding_desk",
    "CommitThenReveal": "softpower.labs.commit_then_reveal",
    "ContinuumSorter": "softpower.labs.sorter",
    "DenominatorLab": "softpower.labs.denominator",
    "IndexLab": "softpower.labs.index_lab",
    "MatrixExplorer": "softpower.labs.matrix_explorer",
    "MethodBreaks": "softpower.labs.method_breaks",
    "PencilLift": "softpower.labs.pencil_lift",
    "PolicyStudio": "softpower.labs.policy_studio",
    "StrandTimeline": "softpower.labs.timeline",
    "TransferChecker": "softpower.labs.transfer_checker",
}

__all__ = list(_LABS)


def __getattr__(name):
    if name == "sorter_key":  # the course's placings as a table, for a page without a lab
        return importlib.import_module("softpower.labs.sorter").sorter_key
    if name not in _LABS:
        said = texts.text(
            "There is no lab {name!r}. The labs are: {names}.", name=name, names=", ".join(_LABS)
        )
        raise AttributeError(said)
    return getattr(importlib.import_module(_LABS[name]), name)
