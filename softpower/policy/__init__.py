"""The policy plan: its form, what is wrong with it, and the file it lives in.

A plan is a dictionary that JSON can carry. Its form is published as JSON Schema in
``schema.json`` beside this file. What a schema cannot say is checked here: errors
stop a plan, warnings teach, and what is merely not yet written is called just that. ``form``,
``rules``, ``indicators`` and ``links`` find errors, ``doubts*`` ask about the words, ``findings``
puts all of it together; ``file`` keeps a plan.
"""

from softpower.policy.file import PlanFile, dumps, example, loads, my_plan, read
from softpower.policy.findings import Finding, check, is_valid, report
from softpower.policy.links import course_source
from softpower.policy.numbers import read_number, read_numbers
from softpower.policy.plan import (
    FORMAT,
    MY_PLAN,
    OUTCOMES,
    RIVALS,
    SECTIONS,
    TO_BE_MEASURED,
    Plan,
    budget,
    choices,
    in_words,
    new_plan,
    new_row,
    number,
    rows,
    schema,
    shown,
)
from softpower.policy.steps import steps

__all__ = [
    "FORMAT",
    "MY_PLAN",
    "OUTCOMES",
    "RIVALS",
    "SECTIONS",
    "TO_BE_MEASURED",
    "Finding",
    "Plan",
    "PlanFile",
    "budget",
    "check",
    "choices",
    "course_source",
    "dumps",
    "example",
    "in_words",
    "is_valid",
    "loads",
    "my_plan",
    "new_plan",
    "new_row",
    "number",
    "read",
    "read_number",
    "read_numbers",
    "report",
    "rows",
    "schema",
    "shown",
    "steps",
]
