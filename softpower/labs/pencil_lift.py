"""Lift the pencil: between which figures of a series may no line be drawn?"""

from itertools import pairwise

import pandas as pd
import traitlets

from softpower import data, keep
from softpower.errors import CourseError
from softpower.figures import COLOURS, table_html
from softpower.labs.drawing import Drawing, scale, ticks
from softpower.labs.lab import Lab, script
from softpower.labs.method_breaks import name_piece, published

FILE = "breaks.json"
NEW, WITHIN, SAME = "new rule", "within the rule", "same rule"
KEY = "What changed in the counting, after you have tried"


def gaps(audience, breaks):
    """Return what lies between each two neighbouring figures, in the order of the years.

    Parameters
    ----------
    audience : pandas.DataFrame
        The table ``bbc_audience``: whether the rule changed is read from it.
    breaks : pandas.DataFrame
        The table ``bbc_breaks``: what changed, and what else may explain a step.

    Returns
    -------
    pandas.DataFrame
        ``from_year``, ``to_year``, ``before``, ``after`` (million people), ``change`` (one of
        "new rule", "within the rule", "same rule"), ``what`` and ``source`` ("" where we found
        nothing to say).
    """
    shown = published(audience)
    told = breaks.set_index(["from_year", "to_year"])
    rows = []
    for one, other in pairwise(shown.itertuples()):
        row = told.loc[(one.year, other.year)] if (one.year, other.year) in told.index else {}
        change = row.get("change", SAME) if one.rule == other.rule else NEW
        source = data.source(row["source_id"])["short"] if len(row) else ""
        rows.append([one.year, other.year, one.value, other.value])
        rows[-1] += [change, row.get("what", ""), source]
    columns = ["from_year", "to_year", "before", "after", "change", "what", "source"]
    return pd.DataFrame(rows, columns=columns)


def reply(table, lifts):
    """Say what the learner's lifts show.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`gaps`.
    lifts : collection of int
        The first year of each gap at which the pencil was lifted.
    """
    mine = table["from_year"].isin(lifts)
    new, within = table["change"] == NEW, table["change"] == WITHIN
    found, told = int((mine & new).sum()), []
    told.append(f"The rule changed at {int(new.sum())} gaps, and you lifted at {found} of them.")
    if missed := [_name(row) for row in table[new & ~mine].itertuples()]:
        told.append(f"Not lifted: {'; '.join(missed)}.")
    if inside := [_name(row) for row in table[mine & within].itertuples()]:
        told.append(f"Inside one rule, and well seen: {'; '.join(inside)}.")
    if same := [_name(row) for row in table[mine & ~new & ~within].itertuples()]:
        told.append(
            f"At {'; '.join(same)} we found no change in the counting: "
            "a step, even a large one, is a reason to look, not yet a break."
        )
    return " ".join(told)


def _name(row):
    return f"{row.from_year} to {row.to_year}"


def draw(audience, lifts, rules=False):
    """Return the series as a :class:`Drawing`: a line that stops where the pencil was lifted.

    Parameters
    ----------
    audience : pandas.DataFrame
        The table ``bbc_audience``.
    lifts : collection of int
        The first year of each gap that stays without a line.
    rules : bool
        Whether each rule is named at its piece of the line.
    """
    shown = published(audience)
    picture = Drawing(width=720, height=330)
    across = scale(int(shown["year"].min()) - 1, int(shown["year"].max()) + 1, 60, 700)
    marks = ticks(0, shown["value"].max())
    up = scale(0, marks[-1], 286, 40)
    for mark in marks:
        picture.stroke([(60, up(mark)), (700, up(mark))])
        picture.word(54, up(mark) + 4, f"{mark:.0f}", anchor="end")
    for year in ticks(shown["year"].min(), shown["year"].max(), 6):
        if shown["year"].min() <= year <= shown["year"].max():
            picture.word(across(year), 308, f"{year:.0f}", anchor="middle")
    picture.word(60, 18, "million people a week", bold=True)
    if rules:
        for one, other in pairwise(shown.itertuples()):
            if one.rule != other.rule:
                middle = (across(one.year) + across(other.year)) / 2
                width = round(across(other.year) - across(one.year), 1)
                picture.stroke([(middle, 40), (middle, 286)], "#EEEEEE", width)
    colour, line = COLOURS["United Kingdom"], []
    for row in shown.itertuples():
        line.append((across(row.year), up(row.value)))
        picture.dot(*line[-1], colour, f"{row.year}: {row.value:,.10g} million")
        if row.year in lifts:
            picture.stroke(line, colour, 2.5)
            line = []
    picture.stroke(line, colour, 2.5)
    if rules:
        for rule, piece in shown.groupby("rule", sort=False):
            places = [(across(row.year), up(row.value)) for row in piece.itertuples()]
            name_piece(picture, rule, places)
    lifted = ", ".join(str(year) for year in sorted(lifts)) or "no year"
    picture.label = (
        f"Weekly audience of the BBC World Service, {int(shown['year'].min())} to "
        f"{int(shown['year'].max())}; the line stops after {lifted}."
        f"{' Grey bands stand where the rule changed.' if rules else ''}"
    )
    return picture


class PencilLift(Lab):
    """The World Service's audience as one line: lift the pencil, commit, then read the rules.

    Parameters
    ----------
    file : path, optional
        Where the commitment is kept: ``breaks.json`` in ``my_work`` where not given.
    """

    _esm = script("pencil_lift")
    gaps = traitlets.List().tag(sync=True)
    lifts = traitlets.List().tag(sync=True)
    committed = traitlets.Bool(False).tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    key = traitlets.List().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)

    def __init__(self, file=None, **kwargs):
        self._audience = data.load("bbc_audience")
        self._gaps = gaps(self._audience, data.load("bbc_breaks"))
        self._file = keep.my_work(FILE) if file is None else file
        super().__init__(
            gaps=[
                [row.from_year, f"{_name(row)}: {row.before:,.10g} to {row.after:,.10g}"]
                for row in self._gaps.itertuples()
            ],
            source=data.source_line(published(self._audience)),
            **kwargs,
        )
        earlier = keep.read_json(self._file)
        years = set(self._gaps["from_year"])
        lifts = earlier.get("lifts")
        self.lifts = [year for year in lifts if year in years] if isinstance(lifts, list) else []
        self.committed = bool(earlier.get("committed"))
        self._draw()
        self.observe(self._keep, ["lifts", "committed"])

    @traitlets.observe("lifts", "committed")
    def _draw(self, change=None):
        self.picture = draw(self._audience, self.lifts, rules=self.committed).data()
        if self.committed:
            self.status, self.key = reply(self._gaps, self.lifts), self._key()
        else:
            count = len(self.lifts)
            self.status = f"Lifted at {count} {'gap' if count == 1 else 'gaps'}."

    def _keep(self, change=None):
        try:
            keep.put(self._file, "lifts", self.lifts)
            keep.put(self._file, "committed", self.committed)
        except CourseError as error:
            self.status = f"{self.status} {error}"
        self.draw_twin_again()

    def _key(self):
        told = self._gaps[(self._gaps["what"] != "") | self._gaps["from_year"].isin(self.lifts)]
        return [
            [
                _name(row),
                "lifted" if row.from_year in self.lifts else "drawn through",
                row.change,
                row.what or "We found no change in the counting.",
                row.source or "–",
            ]
            for row in told.itertuples()
        ]

    def kept_in(self):
        """Return the file of what was committed to."""
        return self._file

    def below(self):
        """Return the key, folded."""
        columns = ["Between", "You", "The counting", "What happened", "Source"]
        table = pd.DataFrame(self._key(), columns=columns)
        shown = table_html(table, caption="Where the pencil lifts, and where it need not.")
        return f"<details><summary>{KEY}</summary>{shown}</details>"

    def twin(self):
        """Return the gaps of the series with the learner's lifts; the key stays folded."""
        table = pd.DataFrame(
            {
                "Between": [f"{_name(row)}" for row in self._gaps.itertuples()],
                "Before (million people a week)": self._gaps["before"],
                "After (million people a week)": self._gaps["after"],
                "You": [
                    "lifted" if year in self.lifts else "not marked"
                    for year in self._gaps["from_year"]
                ],
            }
        )
        return f"Where must the pencil lift? {self.status} {self.source}", table
