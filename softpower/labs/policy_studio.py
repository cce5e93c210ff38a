"""The policy studio: a plan written in a form, kept in a file, checked and drawn as it grows."""

from datetime import datetime

import pandas as pd
import traitlets

from softpower import brief, data, keep, policy, scenario, texts
from softpower.errors import CourseError
from softpower.labs.lab import Lab, script

_PARTS = ("plan", "fields", "steps", "report", "scenario", "others")  # of its script


def summary(plan, findings):
    """Return the line that says how far a plan is."""
    missing, errors, warnings = (
        sum(finding.level == level for finding in findings)
        for level in ("missing", "error", "warning")
    )
    told = [
        texts.texts("{count} still to write", "{count} still to write", missing),
        texts.texts("{count} error", "{count} errors", errors),
        texts.texts("{count} warning", "{count} warnings", warnings),
    ]
    given = texts.text(
        "{points} of 100 points given out; {findings}.",
        points=texts.number(policy.budget(plan)),
        findings=", ".join(told),
    )
    ready = texts.text("The plan is valid.") if policy.is_valid(findings) else ""
    return texts.sentences(given, ready)


def report(plan):
    """Return what the form shows of a plan's check, as plain data."""
    findings = policy.check(plan)
    return {
        "summary": summary(plan, findings),
        "findings": [
            {"level": f.level, "path": list(f.path), "place": f.place, "message": f.message}
            for f in findings
        ],
    }


def _targets(measure):
    """Return what a target may be, from and to: places in the index, or points of score."""
    if measure == "rank":
        return 1, int(data.load("gspi_bands")["countries"].sum())
    return 0, 100


def _scenario(plan, target, rivals_move):
    """Return a plan's scenario; raises CourseError where its target is none."""
    value, (least, most) = target.get("value"), _targets(target["measure"])
    value = policy.read_number(value) if isinstance(value, str) else value
    if value is None or not least <= value <= most:
        raise CourseError(
            texts.text(
                "Write the target as a number from {least} to {most}: then the fan is drawn again.",
                least=least,
                most=most,
            )
        )
    return scenario.run(plan, target={**target, "value": value}, rivals_move=rivals_move)


def picture(plan, target, rivals_move=True):
    """Return what the form shows of a plan's scenario, as plain data; never raises."""
    try:
        result = _scenario(plan, target, rivals_move)
    except CourseError as error:
        return {"drawing": {}, "said": str(error), "believe": []}
    return {
        "drawing": brief.fan(result).data(),
        "said": brief.sentence(result),
        "believe": brief.believe_in_words(result),
    }


class PolicyStudio(Lab):
    """A form for a policy plan. Every change is saved in the plan's file at once.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        The plan's file, finished, half finished or not there yet. Where not given,
        ``policy_plan.json`` in the learner's folder ``my_work``.
    """

    _esm = script(*(f"studio/{part}" for part in _PARTS), "policy_studio")
    form = traitlets.Dict().tag(sync=True)
    steps = traitlets.List().tag(sync=True)
    sources = traitlets.List().tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)
    plan = traitlets.Dict().tag(sync=True)
    edit = traitlets.Unicode().tag(sync=True)
    target = traitlets.Dict({"measure": "score", "value": 37.5}).tag(sync=True)
    rivals_move = traitlets.Bool(True).tag(sync=True)
    report = traitlets.Dict().tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    saved = traitlets.Unicode().tag(sync=True)
    page = traitlets.Dict().tag(sync=True)
    former = traitlets.List().tag(sync=True)

    def __init__(self, path=None, **kwargs):
        self._file = policy.PlanFile(keep.my_work(policy.MY_PLAN) if path is None else path)
        plan = self._kept = self._file.open()
        super().__init__(
            file=self._file.path.name,
            form=policy.shown(policy.schema()),
            steps=policy.steps(),
            sources=data.load("sources")[["source_id", "short"]].to_dict("records"),
            plan=plan,
            saved=self._opened(),
            **kwargs,
        )
        self._typed = plan
        self._list_former()
        self._look()
        self._draw()
        self.observe(self._save, ["plan", "edit"])
        self.on_msg(self._asked)

    def _opened(self):
        name = self._file.path.name
        if self._file.problem:
            return texts.sentences(
                self._file.problem,
                texts.text("It will be kept under another name when you write here."),
            )
        if self._file.path.exists():
            return texts.text("Your plan was opened from {file}.", file=name)
        return texts.text(
            "A new plan. It will be kept in {file} from your first word on.", file=name
        )

    def _save(self, change):
        """Write the plan where it differs from the file, and tell the form that it is safe."""
        read = policy.read_numbers(self.plan)
        try:
            if read != self._kept:
                aside = self._file.save(read)
                self._kept = read
                self.saved = self._said_saved(aside)
                self.draw_twin_again()
        except CourseError as error:
            self.saved = str(error)
        self._typed = self.plan
        self.send({"of": self.edit, "saved": read == self._kept, "read": read})
        if change["name"] == "plan":
            self._look()
            self._draw()

    def _said_saved(self, aside):
        also = ""
        if aside:
            also = texts.text("Another version that stood there is kept as {file}.", file=aside)
        return texts.sentences(texts.text("Saved in {file}.", file=self._file.path.name), also)

    def _look_again(self):
        """Take the plan from its file where another window has written in it."""
        try:
            there = policy.read(self._file.path)
        except CourseError:
            return
        if there != self._kept and policy.read_numbers(self.plan) == self._kept:
            self._kept = self.plan = self._file.open()
            self.saved = texts.text(
                "{file} was changed in another window. This is the newest version.",
                file=self._file.path.name,
            )

    def _look(self):
        self.report = report(policy.read_numbers(self.plan))

    @traitlets.observe("target", "rivals_move")
    def _draw(self, change=None):
        self.picture = picture(policy.read_numbers(self.plan), self.target, self.rivals_move)

    def _asked(self, _, message, __):
        if message.get("ask") == "row":
            section = message["section"]
            rows = self.plan.get(section) or []
            self.plan = self.plan | {section: [*rows, policy.new_row(self.plan, section)]}
        elif message.get("ask") == "look":
            self._look_again()
        elif message.get("ask") == "example":
            self._replace(policy.example())
        elif message.get("ask") == "empty":
            self._replace(policy.new_plan())
        elif message.get("ask") == "former":
            self._take_back(message.get("name"))
        elif message.get("ask") == "brief":
            self._write_brief()

    def _replace(self, plan):
        """Put another plan in the form's place; the one that stood there is kept as a file."""
        now = policy.read_numbers(self.plan)
        untouched = (policy.new_plan(), policy.example(), plan)  # nobody's own words
        try:
            name = self._keep_former(now) if now not in untouched else ""
        except CourseError as error:
            self.saved = str(error)
            return
        self.plan = plan
        if name:
            kept = texts.text("The plan that stood here is kept as {file}.", file=name)
            self.saved = texts.sentences(kept, self.saved)
        self._list_former()

    def _keep_former(self, plan):
        """Write a plan beside the file, once, and return the name under which it lies."""
        number = 1
        while (path := self._former_path(number)).exists():
            if path.read_text(encoding="utf-8") == policy.dumps(plan):
                return path.name
            number += 1
        keep.write(path, policy.dumps(plan))
        return path.name

    def _former_path(self, number):
        return self._file.path.with_name(f"{self._file.path.stem}-former-{number}.json")

    def _list_former(self):
        found = self._file.path.parent.glob(f"{self._file.path.stem}-*.json")
        self.former = [
            {"name": path.name, "title": _title(path), "when": _when(path)}
            for path in sorted(found, key=lambda p: p.stat().st_mtime, reverse=True)
        ]

    def _take_back(self, name):
        if name not in [former["name"] for former in self.former]:
            return
        try:
            self._replace(policy.read(self._file.path.with_name(name)))
        except CourseError as error:
            self.saved = str(error)

    def _write_brief(self):
        path = self._file.path.with_suffix(".html")
        try:
            plan = policy.read_numbers(self.plan)
            result = _scenario(plan, self.target, self.rivals_move)
            brief.write(plan, path, result)
            self.page = {
                "html": brief.html(plan, result),
                "name": path.name,
                "said": _readiness(policy.check(plan)),
            }
            self.saved = texts.text(
                "The brief is saved as {file}, beside the plan. Open it and print it.",
                file=path.name,
            )
        except CourseError as error:
            self.page = {"said": str(error)}
            self.saved = str(error)

    def kept_in(self):
        """Return the plan's file."""
        return self._file.path

    def twin(self):
        """Return the form as a table: each part, what it is for, and what is written in it."""
        columns = [
            texts.text("Part"),
            texts.text("What belongs there"),
            texts.text("Written so far"),
        ]
        rows = [
            [part["title"], part.get("description", ""), _short(self.plan.get(name))]
            for name, part in self.form["properties"].items()
            if name != "format"
        ]
        caption = texts.sentences(texts.text("Policy studio."), self.report["summary"])
        return caption, pd.DataFrame(rows, columns=columns)


def _readiness(findings):
    """Return what the brief says of a plan that still has errors or gaps, for beside its link."""
    if policy.is_valid(findings):
        return ""
    return texts.texts(
        "It is marked as a draft: {count} point is still open in the lists above.",
        "It is marked as a draft: {count} points are still open in the lists above.",
        sum(finding.level != "warning" for finding in findings),
    )


def _title(path):
    """Return the title of a plan that was set aside, for its button."""
    try:
        title = policy.read(path).get("title") or texts.text("no title yet")
    except CourseError:
        return texts.text("damaged")
    return texts.text("“{title}”", title=title)


def _when(path):
    written = datetime.fromtimestamp(path.stat().st_mtime)
    month = texts.month(written.month)
    return texts.text(
        "{day} {month}, {time}", day=written.day, month=month, time=f"{written:%H:%M}"
    )


def _short(written):
    nothing = texts.text("nothing yet")
    if isinstance(written, list):
        rows = [str(next((v for k, v in row.items() if k != "id" and v), "")) for row in written]
        return "; ".join(row for row in rows if row) or nothing
    text = str(written or nothing)
    return text if len(text) <= 400 else text[:399].rstrip() + "…"
