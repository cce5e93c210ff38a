"""The matrix explorer: open a cell to see its evidence; an empty cell says what is missing."""

from functools import cache

import pandas as pd
import traitlets

from softpower import data, texts
from softpower.labs.lab import Lab, script

ALL = "all"
FILTERS = {
    "case": texts.mark("Country"),
    "kind": texts.mark("Instrument"),
    "marker": texts.mark("Identity marker"),
}


@cache
def letters():
    """Return each grade's letter, from the strongest evidence to none: the table ``grades``."""
    table = data.load("grades")
    return dict(zip(table["grade"], table["letter"], strict=True))


def chosen(matrix, **filters):
    """Return the rows of the matrix that fit every filter; ``"all"`` fits everything."""
    fits = pd.Series(True, index=matrix.index)
    for column, wanted in filters.items():
        if wanted != ALL:
            fits &= matrix[column] == wanted
    return matrix[fits]


def wide(matrix):
    """Return one row an instrument and one column an outcome, each cell a grade's letter."""
    marked = matrix.assign(letter=matrix["grade"].map(letters()))
    cells = marked.pivot(index="instrument_id", columns="outcome", values="letter")
    names = matrix.drop_duplicates("instrument_id").set_index("instrument_id")
    order = list(dict.fromkeys(matrix["outcome"]))
    return names[["case", "instrument"]].join(cells[order]).reset_index(drop=True)


def by_outcome(matrix):
    """Return one line that says, outcome by outcome, how many of the instruments have a cell filled."""
    filled = (matrix["grade"] != "empty").groupby(matrix["outcome"], sort=False).sum()
    count = matrix["instrument_id"].nunique()
    if not count:
        return ""
    parts = (f"{texts.cell(outcome)} {texts.number(one)}" for outcome, one in filled.items())
    return texts.text(
        "Filled, of {count}: {parts}.", count=texts.number(count), parts=", ".join(parts)
    )


def tally(matrix):
    """Return one line that counts the cells by their grade."""
    grades = matrix["grade"].value_counts()
    if not len(matrix):
        return texts.text("No instrument fits these filters: the documents name none.")
    empty = int(grades.get("empty", 0))
    counted = (
        f"{texts.cell(grade)} {texts.number(int(grades.get(grade, 0)))}"
        for grade in letters()
        if grade != "empty"
    )
    return texts.texts(
        "{count} instrument, {cells} cells: {filled} filled ({counted}), {empty} empty.",
        "{count} instruments, {cells} cells: {filled} filled ({counted}), {empty} empty.",
        matrix["instrument_id"].nunique(),
        cells=texts.number(len(matrix)),
        filled=texts.number(len(matrix) - empty),
        counted=", ".join(counted),
        empty=texts.number(empty),
    )


class MatrixExplorer(Lab):
    """Instruments × outcomes with the grade of the evidence; filters; a cell opens its source."""

    _esm = script("matrix_explorer")
    options = traitlets.Dict().tag(sync=True)
    filters = traitlets.Dict().tag(sync=True)
    outcomes = traitlets.List().tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    opened = traitlets.List().tag(sync=True)
    cell = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    columns = traitlets.Unicode().tag(sync=True)
    grades = traitlets.List().tag(sync=True)

    def __init__(self, **filters):
        self._matrix = data.load("case_matrix")
        values = {
            column: [
                [ALL, texts.text("all")],
                *([value, texts.cell(value)] for value in dict.fromkeys(self._matrix[column])),
            ]
            for column in FILTERS
        }
        names = {column: texts.text(name) for column, name in FILTERS.items()}
        super().__init__(
            options={"names": names, "values": values},
            outcomes=[[name, texts.cell(name)] for name in dict.fromkeys(self._matrix["outcome"])],
            grades=[[texts.cell(grade), letter] for grade, letter in letters().items()],
            filters={column: filters.get(column, ALL) for column in FILTERS},
        )

    def _shown(self):
        return chosen(self._matrix, **self.filters)

    @traitlets.observe("filters")
    def _filter(self, change=None):
        shown = self._shown()
        grades = {
            key: part.set_index("outcome")["grade"] for key, part in shown.groupby("instrument_id")
        }
        self.rows = [
            {
                "id": row.instrument_id,
                "case": row.case,
                "country": texts.cell(row.case),
                "name": texts.cell(row.instrument),
                "grades": [
                    [letters()[grade], texts.cell(grade)]
                    for grade in grades[row.instrument_id][list(dict.fromkeys(shown["outcome"]))]
                ],
            }
            for row in shown.drop_duplicates("instrument_id").itertuples()
        ]
        self.status, self.columns = tally(shown), by_outcome(shown)
        # What is open stays open as long as its row is there to be seen.
        if self.opened and self.opened[0] not in set(shown["instrument_id"]):
            self.opened, self.cell = [], {}

    @traitlets.observe("opened")
    def _open(self, change):
        if not change["new"]:
            return
        instrument_id, outcome = change["new"]
        fits = (self._matrix["instrument_id"] == instrument_id) & (
            self._matrix["outcome"] == outcome
        )
        row = self._matrix[fits].iloc[0]
        source = data.source(row["source_id"])
        self.cell = {
            "title": texts.text(
                "{case}: {instrument} → {outcome}",
                case=texts.cell(row["case"]),
                instrument=texts.cell(row["instrument"]),
                outcome=texts.cell(row["outcome"]),
            ),
            "grade": texts.cell(row["grade"]),
            "says": "" if pd.isna(row["says"]) else texts.cell(row["says"]),
            "reason": texts.cell(row["reason"]),
            "source": f"{source['short']}, {texts.cell(row['place'])}",
        }

    def twin(self):
        """Return the matrix with its letters, for the filters in force."""
        key = "; ".join(f"{letter} {texts.cell(grade)}" for grade, letter in letters().items())
        caption = texts.sentences(
            texts.text("Matrix explorer."),
            texts.text("Grades: {letters}.", letters=key),
            self.status,
            self.columns,
        )
        return caption, wide(self._shown())
