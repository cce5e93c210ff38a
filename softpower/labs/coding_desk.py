"""The coding desk: one statement at a time, six codes, and nothing written is ever lost."""

import pandas as pd
import traitlets

from softpower import coding, data, keep, texts
from softpower.errors import CourseError
from softpower.labs.lab import Lab, script

MINE = "lesson_09_codes"  # how the names of the learner's own files begin
# Two rows say one thing; the lesson lets the learner find them.
TWICE = "s25"


def units():
    """Return the statements to code: one row a unit of analysis."""
    statements = data.load("statements")
    return statements[statements["statement_id"] != TWICE].reset_index(drop=True)


class CodingDesk(Lab):
    """Give each statement one code, and a reason if you like; every choice is saved at once.

    Parameters
    ----------
    round : int
        Each round keeps a file of its own in ``my_work``: ``lesson_09_codes.csv``, then
        ``lesson_09_codes_round_2.csv`` and so on.
    """

    _esm = script("coding_desk")
    statements = traitlets.List().tag(sync=True)
    codes = traitlets.List().tag(sync=True)
    given = traitlets.Dict().tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)
    saved = traitlets.Unicode().tag(sync=True)

    def __init__(self, round=1, **kwargs):
        ending = "" if round == 1 else f"_round_{round}"
        self._path = keep.my_work(f"{MINE}{ending}.csv")
        self._rows = units()
        known, note = self._open()
        super().__init__(
            statements=[
                {
                    "statement_id": row.statement_id,
                    "statement": texts.cell(row.statement),
                    "respondent": row.respondent,
                }
                for row in self._rows.itertuples()
            ],
            codes=[_shown(row) for row in data.load("codebook").to_dict("records")],
            given=known,
            file=self._path.name,
            **kwargs,
        )
        self.saved = note or self._tally()
        self.observe(self._save, "given")

    @property
    def coded(self):
        """The codes so far, by statement: what the agreement measures take."""
        return {key: code for key, (code, _) in self.given.items() if code}

    def _open(self):
        if not self._path.exists():
            return {}, texts.text("Your codes will be kept in {file}.", file=self._name)
        try:
            found = coding.load_codes(self._path)
        except CourseError as error:
            aside = keep.set_aside(self._path)
            return {}, texts.sentences(
                str(error),
                texts.text(
                    "The file is kept as {file}; this desk begins a new one.", file=aside.name
                ),
            )
        return {key: list(value) for key, value in found.items()}, ""

    @property
    def _name(self):
        return f"{self._path.parent.name}/{self._path.name}"

    def _tally(self):
        done = len(set(self.coded) & set(self._rows["statement_id"]))
        return texts.text(
            "{done} of {all} statements coded. Saved in {file}.",
            done=texts.number(done),
            all=texts.number(len(self._rows)),
            file=self._name,
        )

    def _save(self, change):
        try:
            coding.save_codes(self._path, self.given)
            self.saved = self._tally()
            self.draw_twin_again()
            done = True
        except CourseError as error:
            self.saved = str(error)
            done = False
        self.send({"saved": done})

    def kept_in(self):
        """Return the file of this round's codes."""
        return self._path

    def twin(self):
        """Return the statements with the learner's code for each."""
        none = texts.text("not coded")
        rows = pd.DataFrame(
            {
                texts.text("Statement"): self._rows["statement"],
                texts.text("Respondent"): self._rows["respondent"],
                texts.text("Your code"): [
                    self.coded.get(key, none) for key in self._rows["statement_id"]
                ],
            }
        )
        names = ", ".join(code["name"] for code in self.codes)
        return texts.text("Coding desk. Codes: {codes}.", codes=names), rows


def _shown(code):
    """Return a code as the desk shows it: its key, and its words in the reader's language."""
    words = {name: texts.cell(value) for name, value in code.items()}
    return words | {"code": code["code"], "name": words["code"]}
