"""The few answers that data cannot hold: functions, settings of a lab, plans.

A bank file names one of them with ``special = "NAME"`` and its settings, or a function with
``function = "NAME"`` (see ``functions.py``). This folder is hidden from the sandbox together
with the bank. A module is imported when a question needs it: some bring half the package.
"""

import importlib

# name in a bank file: the module of this folder and the form in it
SPECIAL = {
    "lab_settings": ("lab_settings", "LabSettings"),
    "same_plan": ("plans", "SamePlan"),
    "valid_plan": ("plans", "ValidPlan"),
}


def form(name):
    """Return the class of a special form."""
    module, kind = SPECIAL[name]
    return getattr(importlib.import_module(f"{__name__}.{module}"), kind)
