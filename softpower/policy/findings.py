"""All that is missing, wrong or doubtful in a plan, with its place in words."""

import math
from dataclasses import dataclass

import pandas as pd

from softpower import texts
from softpower.errors import CourseError
from softpower.policy.form import endless, form_faults
from softpower.policy.plan import Plan, schema
from softpower.policy.rules import rule_faults


@dataclass(frozen=True)
class Finding:
    """One thing to know about a plan.

    ``level`` is ``"missing"`` (not yet written), ``"error"`` (stops the plan) or
    ``"warning"`` (the plan may go on, and the reader learns why it might not hold).
    ``path`` leads to the place in the plan, ``place`` says it in words.
    """

    level: str
    path: tuple
    place: str
    message: str

    def __str__(self):
        return texts.text("{place}: {message}", place=self.place, message=self.message)


def check(plan):
    """Say all that is missing, wrong or doubtful in a plan.

    Parameters
    ----------
    plan : dict
        As read from its file, finished or not.

    Returns
    -------
    list of Finding
        What is missing first, then errors, then warnings. A plan with neither missing
        parts nor errors is valid.

    Raises
    ------
    CourseError
        Where the plan is not a dictionary at all.
    """
    if not isinstance(plan, dict):
        raise CourseError(
            texts.text(
                "A plan is a dictionary with a title, a problem and so on. Start from "
                "policy.new_plan() or open your plan's file with policy.read()."
            )
        )
    found, written = list(endless(plan)), {}
    if not found:
        written = Plan(_written(plan))
        found = [*form_faults(written), *rule_faults(written)]
    order = {"missing": 0, "error": 1, "warning": 2}
    return sorted(
        (Finding(level, path, _place(written, path), text) for level, path, text in found),
        key=lambda finding: order[finding.level],
    )


_COLUMNS = [texts.word("level"), texts.word("place"), texts.word("message")]
_LEVELS = (texts.word("error"), texts.word("warning"), texts.word("missing"))


def report(plan):
    """Return the findings of :func:`check` as a table: level, place, message."""
    findings = [(f.level, f.place, f.message) for f in check(plan)]
    return pd.DataFrame(findings, columns=_COLUMNS)


def is_valid(findings):
    """Say whether a plan with these findings can go to the decision maker."""
    return all(finding.level == "warning" for finding in findings)


def _written(part):
    """Return the plan without the boxes that are still empty, so that empty means missing."""
    if isinstance(part, dict):
        parts = {key: _written(value) for key, value in part.items()}
        return {key: value for key, value in parts.items() if value is not None}
    if isinstance(part, list):
        return [_written(item) if isinstance(item, (dict, list)) else item for item in part]
    if isinstance(part, str):
        return part.strip() or None
    if isinstance(part, float) and not math.isfinite(part):
        return None
    return part


def _place(plan, path):
    """Say in words where in a plan a path leads: ``Instruments, I2 (Abai Centres), Points``."""
    part, words, here = schema(), [], plan
    for step in path:
        if isinstance(step, int):
            part = part.get("items", {})
            here = here[step] if isinstance(here, list) and step < len(here) else {}
            words.append(_row_name(here, step))
        else:
            part = part.get("properties", {}).get(step, {})
            here = here.get(step) if isinstance(here, dict) else None
            words.append(texts.cell(part.get("title", str(step))))
    return ", ".join(words) or texts.text("The plan")


def _row_name(row, position):
    row = row if isinstance(row, dict) else {}
    name = row.get("id") or row.get("about") or texts.text("row {position}", position=position + 1)
    text = next(
        (row[key] for key in ("name", "text", "measures", "who", "risk") if row.get(key)), ""
    )
    text = texts.cell(text)  # a worked plan's own words stand in the catalogues
    text = text if not isinstance(text, str) or len(text) <= 40 else text[:39].rstrip() + "…"
    return texts.text("{name} ({text})", name=name, text=text) if text else str(name)
