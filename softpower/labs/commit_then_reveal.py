"""Commit, then reveal: estimate a programme's effect in a simulated world, then learn the truth."""

import math
import re

import pandas as pd
import traitlets

from softpower import data, evaluation, keep, policy, texts
from softpower.errors import CourseError
from softpower.evaluation import START, TREATED, WORLDS
from softpower.figures.drawing import Drawing, scale
from softpower.labs.lab import Lab, script

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 666, 340, 44, 176, 24, 44
FILE = "estimates.json"
# A made-up country wears no real country's colour: what differs is thickness, dashes and the name.
LOOK = {
    "other": ("bar", 1.2, ""),
    "mean": ("neutral", 3, "2 4"),
    "path": ("ink", 2.5, "9 5"),
    "treated": ("ink", 4, ""),
}


def read_estimate(text):
    """Return the number in what was typed ("4", "4,5 points"), or raise CourseError."""
    words = re.findall(r"[-+−]?\d+(?:[.,  ]\d+)*", str(text))
    value = policy.read_number(words[0]) if len(words) == 1 else None
    if value is None or abs(value) > 100:
        raise CourseError(
            texts.text(
                "Type one number of points, such as {example}; {none} if you think: no effect.",
                example=texts.number(3.5),
                none=0,
            )
        )
    return float(value)


def reply(estimate, found, truth, near=1.0):
    """Say what an estimate shows, beside the two methods and the truth.

    Parameters
    ----------
    estimate, truth : float
        In points.
    found : evaluation.DifferenceInDifferences
    near : float
        Two numbers this close, in points, count as the same.
    """
    misled = abs(found.estimate - truth) > near
    if misled:
        why = texts.text(
            "Look at the years before the programme: Country A was already rising faster than the others. Nothing in the figures after the start can show that the lines would have stayed parallel."
        )
    else:
        why = texts.text(
            "The change beyond the others comes close here because, before the programme, Country A moved as the others did."
        )
    return texts.sentences(_distance(estimate, found, truth, near, misled), why)


def _distance(estimate, found, truth, near, misled):
    """Say how an estimate lies to the truth, or which trap it fell into."""
    if abs(estimate - truth) <= near:
        return texts.text("Your estimate is within one point of the truth.")
    if abs(estimate - found.change) <= near:
        return texts.text(
            "Your estimate is the whole change of Country A: it gives the programme what every country gained as well."
        )
    if misled and abs(estimate - found.estimate) <= near:
        return texts.text(
            "Your estimate is the gap between the changes, done correctly, and it is far from the truth."
        )
    points = texts.number(abs(estimate - truth), 1)
    if estimate > truth:
        return texts.text("Your estimate is {points} points above the truth.", points=points)
    return texts.text("Your estimate is {points} points below the truth.", points=points)


def lines(panel, path=None):
    """Return the lines of the chart: each other country, their mean, Country A.

    Parameters
    ----------
    panel : pandas.DataFrame
        One world of the table ``simulated_panel``.
    path : pandas.Series, optional
        Country A without the programme, by year; drawn from ``START`` on.

    Returns
    -------
    list of tuple
        A kind (a key of ``LOOK``), a name ("" for the others) and the values by year.
    """
    table = panel.pivot(index="year", columns="country", values="value")
    others = table.drop(columns=TREATED)
    found = [("other", "", others[name]) for name in others]
    found.append(("mean", texts.text("mean of the others"), others.mean(axis="columns")))
    if path is not None:
        estimated = path[path.index >= START]
        found.append(("path", texts.text("A without it (estimate)"), estimated))
    return [*found, ("treated", texts.cell(TREATED), table[TREATED])]


def draw(panel, path=None):
    """Return the chart as a :class:`Drawing`; see :func:`lines`."""
    drawn = lines(panel, path)
    shown = pd.concat([values for _, _, values in drawn])
    low, high = math.floor(shown.min() / 5) * 5, math.ceil(shown.max() / 5) * 5
    years = sorted(panel["year"].unique())
    right, floor = WIDTH - RIGHT, HEIGHT - BOTTOM
    across, up = scale(years[0], years[-1], LEFT, right), scale(low, high, floor, TOP)
    picture = Drawing(WIDTH, HEIGHT, size=12)
    for value in range(low, high + 1, 5):
        picture.stroke([(LEFT, up(value)), (right, up(value))])
        picture.word(LEFT - 6, up(value) + 4, texts.number(value), anchor="end")
    for year in years:
        picture.word(across(year), floor + 18, str(year), anchor="middle")
    middle = (LEFT + right) / 2
    picture.word(middle, floor + 36, texts.text("Year of the simulation"), anchor="middle")
    picture.word(4, 12, texts.text("Favourable views, % (simulated)"), bold=True)
    start = across(START - 0.5)
    picture.stroke([(start, 20), (start, floor)], "ink", 1, "3 3")
    picture.word(start + 5, 30, texts.text("programme begins"))
    for kind, _, values in drawn:
        colour, width, dash = LOOK[kind]
        picture.stroke([(across(y), up(v)) for y, v in values.items()], colour, width, dash)
    _names(picture, [(up(values.iloc[-1]), *one) for *one, values in drawn if one[1]], right + 6)
    picture.label = texts.text(
        "Favourable views of Country A and nine others over the years of the simulation; the table below has the figures"
    )
    return picture


def _names(picture, ends, x):
    """Write each line's name at its end; a name moves away from the one above it."""
    last = -math.inf
    for end, kind, name in sorted(ends):
        last = max(end, last + 15)
        picture.word(x, last + 4, name, LOOK[kind][0], bold=True)


def table_of(panel):
    """Return Country A beside the mean of the others, year by year."""
    table = panel.pivot(index="year", columns="country", values="value")
    mean = table.drop(columns=TREATED).mean(axis="columns").round(1)
    yes, no = texts.text("yes"), texts.text("no")
    return pd.DataFrame(
        {
            texts.text("Year of the simulation"): table.index,
            texts.text("Programme"): [yes if year >= START else no for year in table.index],
            texts.text("{country} (%, simulated)", country=texts.cell(TREATED)): table[
                TREATED
            ].to_numpy(),
            texts.text("Mean of the nine others (%, simulated)"): mean.to_numpy(),
        }
    )


class CommitThenReveal(Lab):
    """One simulated world: estimate, say why, commit; only then the true effect is shown.

    Parameters
    ----------
    world : str
        A name in ``evaluation.WORLDS``.
    file : path, optional
        Where commitments are kept: ``estimates.json`` in ``my_work`` where not given.
    """

    _esm = script("commit_then_reveal")
    world = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    table = traitlets.Dict().tag(sync=True)
    typed = traitlets.Dict().tag(sync=True)
    committed = traitlets.Dict().tag(sync=True)
    revealed = traitlets.List().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)

    def __init__(self, world="one", file=None, **kwargs):
        if world not in WORLDS:
            raise CourseError(
                texts.sentences(
                    texts.text("There is no world {name!r}.", name=world),
                    texts.text("The worlds are: {names}.", names=", ".join(WORLDS)),
                )
            )
        panel = data.load("simulated_panel")
        self._panel = panel[panel["world"] == world]
        self._file = keep.my_work(FILE) if file is None else file
        shown = table_of(self._panel)
        rows = [[_written(value) for value in row] for row in shown.itertuples(index=False)]
        super().__init__(
            world=world,
            title=texts.text("World {name} · simulated data", name=texts.cell(world)),
            picture=draw(self._panel).data(),
            table={"columns": list(shown.columns), "rows": rows},
            **kwargs,
        )
        earlier = keep.read_json(self._file).get(world)
        if isinstance(earlier, dict) and {"estimate", "reason"} <= set(earlier):
            self.committed = earlier
            self._reveal()

    @traitlets.observe("typed")
    def _commit(self, change):
        # A commitment stands: what is typed after it changes nothing.
        if self.committed or not change["new"]:
            return
        try:
            estimate = read_estimate(change["new"].get("estimate", ""))
            reason = str(change["new"].get("reason", "")).strip()
            if not reason:
                raise CourseError(texts.text("Write in a few words how you came to your number."))
            keep.put(self._file, self.world, {"estimate": estimate, "reason": reason})
        except CourseError as error:
            self.status = ""  # so that the same message is announced a second time
            self.status = str(error)
            return
        self.committed = {"estimate": estimate, "reason": reason}
        self._reveal()

    def _reveal(self):
        truth = WORLDS[self.world].effect
        found = evaluation.difference_in_differences(self._panel, TREATED, START)
        path = evaluation.without_programme(self._panel, TREATED, START)
        self.picture = draw(self._panel, path).data()
        self.revealed = [
            [texts.text("Your estimate"), texts.number(self.committed["estimate"], 1)],
            [
                texts.text("Change of Country A (before and after)"),
                texts.number(found.change, 1),
            ],
            [
                texts.text("Change beyond the others (difference-in-differences)"),
                texts.number(found.estimate, 1),
            ],
            [texts.text("True effect (simulated)"), texts.number(truth, 1)],
        ]
        self.status = reply(self.committed["estimate"], found, truth)
        self.draw_twin_again()

    def kept_in(self):
        """Return the file of what was committed to."""
        return self._file

    def twin(self):
        """Return Country A beside the others, with the learner's commitment where there is one."""
        said = texts.text("No estimate yet: write yours on paper before you read on.")
        if self.committed:
            said = "; ".join(f"{name}: {value}" for name, value in self.revealed) + "."
        caption = texts.text(
            "Commit, then reveal, world {world}. Simulated data; the programme begins in year {year}. {said}",
            world=texts.cell(self.world),
            year=START,
            said=said,
        )
        return caption, table_of(self._panel)


def _written(value):
    """Return a cell of the table of figures as text."""
    if isinstance(value, float):
        return texts.number(value, 1)
    return str(value)
