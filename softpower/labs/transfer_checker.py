"""The transfer checker: judge three conditions first, then compare with the course's judgement."""

import pandas as pd
import traitlets

from softpower import data, evaluation, keep, texts
from softpower.errors import CourseError
from softpower.evaluation import CONDITIONS, JUDGEMENTS
from softpower.figures.style import upper
from softpower.labs.lab import Lab, script

FILE = "transfers.json"


def course_view(table, instrument_id, audience):
    """Return the course's three judgements of one instrument for one audience, as rows."""
    fits = (table["instrument_id"] == instrument_id) & (table["audience"] == audience)
    return table[fits].set_index("condition").loc[list(CONDITIONS)].reset_index()


def meanings():
    """Return what each condition asks, in the reader's language: the table ``conditions``."""
    table = data.load("conditions").set_index("condition")
    return {name: texts.cell(table["meaning"][name]) for name in CONDITIONS}


def compare(mine, view):
    """Say where a learner's judgements differ from the course's.

    Parameters
    ----------
    mine : mapping
        A judgement for each condition.
    view : pandas.DataFrame
        From :func:`course_view`.
    """
    theirs = dict(zip(view["condition"], view["judgement"], strict=True))
    unlike = [name for name in CONDITIONS if mine[name] != theirs[name]]
    verdict = evaluation.judge_transfer(theirs).verdict
    if not unlike:
        return texts.text(
            "You judge all three as the course does. The course's verdict: {verdict}.",
            verdict=texts.cell(verdict),
        )
    return texts.text(
        "The course differs on: {conditions}; its verdict: {verdict}. Whose evidence is better, yours or ours?",
        conditions=", ".join(texts.cell(name) for name in unlike),
        verdict=texts.cell(verdict),
    )


class TransferChecker(Lab):
    """Choose an instrument and an audience, judge, say why; then read the course's judgement.

    Parameters
    ----------
    file : path, optional
        Where the judgements are kept: ``transfers.json`` in ``my_work`` where not given.
    """

    _esm = script("transfer_checker")
    instruments = traitlets.List().tag(sync=True)
    audiences = traitlets.List().tag(sync=True)
    conditions = traitlets.List().tag(sync=True)
    judgements = traitlets.List().tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)
    typed = traitlets.Dict().tag(sync=True)
    mine = traitlets.Dict().tag(sync=True)
    course = traitlets.List().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)

    def __init__(self, file=None):
        self._table = data.load("transfer")
        self._file = keep.my_work(FILE) if file is None else file
        ones = self._table.drop_duplicates("instrument_id")
        shown = [
            {
                "id": o.instrument_id,
                "name": f"{texts.cell(o.from_country)}: {texts.cell(o.instrument)}",
                "plan": texts.cell(o.for_kazakhstan),
            }
            for o in ones.itertuples()
        ]
        audiences = list(dict.fromkeys(self._table["audience"]))
        super().__init__(
            instruments=shown,
            audiences=[[name, texts.cell(name)] for name in audiences],
            conditions=[
                {
                    "condition": name,
                    "name": upper(texts.cell(name)),
                    "meaning": meaning,
                }
                for name, meaning in meanings().items()
            ],
            judgements=[[name, upper(texts.cell(name))] for name in JUDGEMENTS],
        )
        self.chosen = {"instrument": shown[0]["id"], "audience": audiences[0]}

    def _key(self):
        return f"{self.chosen['instrument']} {self.chosen['audience']}"

    @traitlets.observe("chosen")
    def _choose(self, change=None):
        earlier = keep.read_json(self._file).get(self._key())
        self.course, self.status = [], ""
        self.mine = earlier if isinstance(earlier, dict) else {}
        if self.mine:
            self._answer()

    @traitlets.observe("typed")
    def _judge(self, change):
        if not change["new"]:
            return
        try:
            judged = {name: change["new"].get(name, "") for name in CONDITIONS}
            evaluation.judge_transfer(judged)
            reason = str(change["new"].get("reason", "")).strip()
            if not reason:
                raise CourseError(texts.text("Write in a few words what you know that says so."))
            before = self._before()
            keep.put(self._file, self._key(), {**judged, "reason": reason, **before})
        except CourseError as error:
            self.status = ""  # so that the same message is announced a second time
            self.status = str(error)
            return
        self.mine = {**judged, "reason": reason}
        self._answer()

    def _before(self):
        """Return the judgements that stood here before, so that none is lost by a new one."""
        earlier = keep.read_json(self._file).get(self._key())
        if not isinstance(earlier, dict):
            return {}
        last = {name: value for name, value in earlier.items() if name != "before"}
        return {"before": [*earlier.get("before", []), last]}

    def _answer(self):
        try:
            verdict, because = evaluation.judge_transfer(self.mine)
        except CourseError:  # a kept judgement that somebody edited by hand
            self.mine = {}
            return
        view = course_view(self._table, self.chosen["instrument"], self.chosen["audience"])
        self.course = [
            [
                texts.cell(row.condition),
                texts.cell(self.mine[row.condition]),
                texts.cell(row.judgement),
                texts.cell(row.why),
                data.source(row.source_id)["short"],
            ]
            for row in view.itertuples()
        ]
        yours = texts.text("Your verdict: {verdict}.", verdict=texts.cell(verdict))
        self.status = texts.sentences(yours, because, compare(self.mine, view))
        self.draw_twin_again()

    def kept_in(self):
        """Return the file of what was committed to."""
        return self._file

    def twin(self):
        """Return the conditions with room for a judgement, or the comparison once judged."""
        one = next(o for o in self.instruments if o["id"] == self.chosen["instrument"])
        caption = texts.sentences(
            texts.text("Transfer checker."),
            f"{one['name']}.",
            texts.text("For Kazakhstan: {plan}.", plan=one["plan"]),
            texts.text("Audience: {audience}.", audience=texts.cell(self.chosen["audience"])),
            self.status,
        )
        if not self.course:
            columns = [
                texts.text("Condition"),
                texts.text("Meaning"),
                texts.text("Your judgement"),
            ]
            none = texts.text("not judged yet")
            rows = [[name, meaning, none] for name, meaning in meanings().items()]
            return caption, pd.DataFrame(rows, columns=columns)
        columns = [
            texts.text("Condition"),
            texts.text("You"),
            texts.text("The course"),
            texts.text("The course's reason"),
            texts.text("Source"),
        ]
        return caption, pd.DataFrame(self.course, columns=columns)
