"""Lift the pencil: between which figures of a series may no line be drawn?"""

from itertools import pairwise

import pandas as pd
import traitlets

from softpower import data, keep, texts
from softpower.errors import CourseError
from softpower.figures import table_html
from softpower.labs.lab import Lab, script
from softpower.labs.method_breaks import axes, name_piece, published, published_as

FILE = "breaks.json"
NEW, WITHIN, SAME = "new rule", "within the rule", "same rule"
KEY = texts.mark("What changed in the counting, after you have tried")


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
    named = {
        what: "; ".join(_name(row) for row in table[rows].itertuples())
        for what, rows in {
            "missed": new & ~mine,
            "inside": mine & within,
            "same": mine & ~new & ~within,
        }.items()
    }
    told = [
        texts.text(
            "The rule changed at {count} gaps, and you lifted at {found} of them.",
            count=texts.number(int(new.sum())),
            found=texts.number(int((mine & new).sum())),
        )
    ]
    if named["missed"]:
        told.append(texts.text("Not lifted: {gaps}.", gaps=named["missed"]))
    if named["inside"]:
        told.append(texts.text("Inside one rule, and well seen: {gaps}.", gaps=named["inside"]))
    if named["same"]:
        told.append(
            texts.text(
                "At {gaps} we found no change in the counting: a step, even a large one, is a reason to look, not yet a break.",
                gaps=named["same"],
            )
        )
    return texts.sentences(*told)


def _name(row):
    return texts.text("{first} to {last}", first=row.from_year, last=row.to_year)


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
    picture, across, up = axes(shown)
    if rules:
        for one, other in pairwise(shown.itertuples()):
            if one.rule != other.rule:
                width = across(other.year) - across(one.year)
                picture.block(across(one.year), 40, width, 246, "pale")
    line = []
    for row in shown.itertuples():
        line.append((across(row.year), up(row.value)))
        picture.dot(*line[-1], "britain", published_as(row))
        if row.year in lifts:
            picture.stroke(line, "britain", 2.5)
            line = []
    picture.stroke(line, "britain", 2.5)
    if rules:
        for rule, piece in shown.groupby("rule", sort=False):
            places = [(across(row.year), up(row.value)) for row in piece.itertuples()]
            name_piece(picture, rule, places)
    picture.label = _label(shown, lifts, rules)
    return picture


def _label(shown, lifts, rules):
    lifted = ", ".join(str(year) for year in sorted(lifts)) or texts.text("no year")
    drawn = texts.text(
        "Weekly audience of the BBC World Service, {first} to {last}; the line stops after {years}.",
        first=int(shown["year"].min()),
        last=int(shown["year"].max()),
        years=lifted,
    )
    bands = texts.text("Grey bands stand where the rule changed.") if rules else ""
    return texts.sentences(drawn, bands)


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
                [
                    row.from_year,
                    texts.text(
                        "{gap}: {before} to {after}",
                        gap=_name(row),
                        before=texts.number(row.before),
                        after=texts.number(row.after),
                    ),
                ]
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
            self.status = texts.texts(
                "Lifted at {count} gap.", "Lifted at {count} gaps.", len(self.lifts)
            )

    def _keep(self, change=None):
        try:
            keep.put(self._file, "lifts", self.lifts)
            keep.put(self._file, "committed", self.committed)
        except CourseError as error:
            self.status = f"{self.status} {error}"
        self.draw_twin_again()

    def _key(self):
        told = self._gaps[(self._gaps["what"] != "") | self._gaps["from_year"].isin(self.lifts)]
        lifted, drawn = texts.text("lifted"), texts.text("drawn through")
        nothing = texts.text("We found no change in the counting.")
        return [
            [
                _name(row),
                lifted if row.from_year in self.lifts else drawn,
                texts.cell(row.change),
                texts.cell(row.what) or nothing,
                row.source or "–",
            ]
            for row in told.itertuples()
        ]

    def kept_in(self):
        """Return the file of what was committed to."""
        return self._file

    def below(self):
        """Return the key, folded."""
        columns = [
            texts.text("Between"),
            texts.text("You"),
            texts.text("The counting"),
            texts.text("What happened"),
            texts.text("Source"),
        ]
        table = pd.DataFrame(self._key(), columns=columns)
        caption = texts.text("Where the pencil lifts, and where it need not.")
        shown = table_html(table, caption=caption)
        return f"<details><summary>{texts.text(KEY)}</summary>{shown}</details>"

    def twin(self):
        """Return the gaps of the series with the learner's lifts; the key stays folded."""
        lifted, unmarked = texts.text("lifted"), texts.text("not marked")
        table = pd.DataFrame(
            {
                texts.text("Between"): [_name(row) for row in self._gaps.itertuples()],
                texts.text("Before (million people a week)"): self._gaps["before"],
                texts.text("After (million people a week)"): self._gaps["after"],
                texts.text("You"): [
                    lifted if year in self.lifts else unmarked for year in self._gaps["from_year"]
                ],
            }
        )
        caption = texts.sentences(
            texts.text("Where must the pencil lift?"), self.status, self.source
        )
        return caption, table
