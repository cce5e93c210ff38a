"""The few answers that data cannot hold: functions, settings of a lab, plans.

A bank file names one of them with ``special = "NAME"`` and its settings, or a function with
``function = "NAME"``. This folder is hidden from the sandbox together with the bank.
"""

from softpower.feedback.special.functions import FUNCTIONS
from softpower.feedback.special.lab_settings import LabSettings
from softpower.feedback.special.plans import SamePlan, ValidPlan

__all__ = ["FUNCTIONS", "SPECIAL"]

SPECIAL = {"lab_settings": LabSettings, "same_plan": SamePlan, "valid_plan": ValidPlan}
