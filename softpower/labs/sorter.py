"""The continuum sorter: place twenty acts between coercion and attraction."""

import pandas as pd
import traitlets

from softpower import data, keep
from softpower.errors import CourseError
from softpower.labs import kept
from softpower.labs.lab import Lab, script

FILE = "acts.json"
STEPS = {
    "coercion": "force or threat",
    "payment": "a benefit offered or withheld",
    "persuasion": "argument, or setting what is talked about",
    "attraction": "others come because they want to",
}
# The table lists the acts by step. A stride that shares no factor with twenty mixes them, so
# that an act's place in the row does not give its step away.
STRIDE = 9


def reply(act, step):
    """Say what placing an act on a step shows.

    Parameters
    ----------
    act : mapping
        A row of the table ``acts``: its step, the other step that can be defended, the reason.
    step : str
        Where the learner placed it, one of ``STEPS``.

    Returns
    -------
    tuple of str and str
        ``"same"``, ``"defensible"`` or ``"other"``, and the text.
    """
    if step == act["step"]:
        return "same", act["reason"]
    if step == act["also"]:
        return "defensible", f"The course says {act['step']}. {act['reason']}"
    order = list(STEPS)
    side = "softer" if order.index(act["step"]) > order.index(step) else "harder"
    return (
        "other",
        f"The course places it on the {side} side of {step}. Ask: does it work by force, by a benefit, by argument, or because others want it?",
    )


def tally(replies):
    """Return one line that counts the placements by what they show."""
    verdicts = [verdict for verdict, _ in replies.values()]
    return (
        f"{len(verdicts)} placed: {verdicts.count('same')} as the course does, "
        f"{verdicts.count('defensible')} defensible, {verdicts.count('other')} to think about again."
    )


class ContinuumSorter(Lab):
    """Twenty acts in a mixed order, four steps, one act at a time; the reply comes at once.

    Parameters
    ----------
    file : path, optional
        Where the placements are kept: ``acts.json`` in ``my_work`` where not given.
    """

    _esm = script("sorter")
    acts = traitlets.List().tag(sync=True)
    steps = traitlets.Dict(STEPS).tag(sync=True)
    placed = traitlets.Dict().tag(sync=True)
    replies = traitlets.Dict().tag(sync=True)
    tally = traitlets.Unicode().tag(sync=True)

    def __init__(self, file=None, **kwargs):
        self._file = keep.my_work(FILE) if file is None else file
        self._rows = data.load("acts").fillna("").set_index("act_id")
        listed = self._rows.reset_index()[["act_id", "act", "actor"]].to_dict("records")
        shown = [listed[STRIDE * place % len(listed)] for place in range(len(listed))]
        super().__init__(acts=shown, **({"placed": self._earlier()} | kwargs))
        self._answer()
        self.observe(self._keep, "placed")

    def _earlier(self):
        earlier = kept.read(self._file).get("placed")
        known = earlier.items() if isinstance(earlier, dict) else ()
        return {act: step for act, step in known if act in self._rows.index and step in STEPS}

    def _keep(self, change):
        try:
            kept.put(self._file, "placed", self.placed)
        except CourseError as error:
            self.tally = f"{self.tally} {error}"

    @traitlets.observe("placed")
    def _answer(self, change=None):
        self.replies = {
            act_id: reply(self._rows.loc[act_id], step) for act_id, step in self.placed.items()
        }
        self.tally = tally(self.replies)

    def twin(self):
        """Return the acts with the learner's step and the reply to it."""
        rows = [
            {
                "What is done": act["act"],
                "Who": act["actor"],
                "Your step": self.placed.get(act["act_id"], "not placed"),
            }
            for act in self.acts
        ]
        steps = "; ".join(f"{step}: {meaning}" for step, meaning in STEPS.items())
        return f"Continuum sorter. Steps: {steps}. {self.tally}", pd.DataFrame(rows)
