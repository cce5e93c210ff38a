"""Commit, then reveal: estimate a programme's effect in a simulated world, then learn the truth."""

import math
import re

import numpy as np
import pandas as pd
import traitlets

from softpower import data, evaluation, keep, policy
from softpower.errors import CourseError
from softpower.evaluation import START, TREATED, WORLDS
from softpower.labs.lab import Lab, script

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 666, 340, 44, 176, 24, 44
FILE = "estimates.json"


def read_estimate(text):
    """Return the number in what was typed ("4", "4,5 points"), or raise CourseError."""
    words = re.findall(r"[-+−]?\d+(?:[.,  ]\d+)*", str(text))
    value = policy.read_number(words[0]) if len(words) == 1 else None
    if value is None or abs(value) > 100:
        raise CourseError("Type one number of points, such as 3.5; 0 if you think: no effect.")
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
    if abs(estimate - truth) <= near:
        first = "Your estimate is within one point of the truth."
    elif abs(estimate - found.change) <= near:
        first = "Your estimate is the whole change of Country A: it gives the programme what every country gained as well."
    elif misled and abs(estimate - found.estimate) <= near:
        first = "Your estimate is the gap between the changes, done correctly, and it is far from the truth."
    else:
        side = "above" if estimate > truth else "below"
        first = f"Your estimate is {abs(estimate - truth):.1f} points {side} the truth."
    second = (
        "Look at the years before the programme: Country A was already rising faster than the others. Nothing in the figures after the start can show that the lines would have stayed parallel."
        if misled
        else "The change beyond the others comes close here because, before the programme, Country A moved as the others did."
    )
    return f"{first} {second}"


def picture(panel, path=None):
    """Return the lines of the chart as SVG points: Country A, each other country, their mean.

    Parameters
    ----------
    panel : pandas.DataFrame
        One world of the table ``simulated_panel``.
    path : pandas.Series, optional
        Country A without the programme, by year; drawn from ``START`` on.
    """
    table = panel.pivot(index="year", columns="country", values="value")
    shown = table.to_numpy() if path is None else np.append(table.to_numpy(), path)
    low, high = math.floor(shown.min() / 5) * 5, math.ceil(shown.max() / 5) * 5
    years = table.index.to_numpy()

    def across(year):
        return LEFT + (year - years[0]) / (years[-1] - years[0]) * (WIDTH - LEFT - RIGHT)

    def up(value):
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - BOTTOM - TOP)

    def line(kind, name, values):
        points = " ".join(f"{across(y):.1f},{up(v):.1f}" for y, v in values.items())
        return {"kind": kind, "name": name, "points": points, "end": round(up(values.iloc[-1]), 1)}

    others = table.drop(columns=TREATED)
    lines = [line("other", name, others[name]) for name in others]
    lines += [line("mean", "mean of the others", others.mean(axis="columns"))]
    if path is not None:
        lines += [line("path", "A without it (estimate)", path[path.index >= START])]
    return {
        "lines": [*lines, line("treated", TREATED, table[TREATED])],
        "start": round(across(START - 0.5), 1),
        "years": [[int(year), round(across(year), 1)] for year in years],
        "values": [[value, round(up(value), 1)] for value in range(low, high + 1, 5)],
        "size": [WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM],
    }


def table_of(panel):
    """Return Country A beside the mean of the others, year by year."""
    table = panel.pivot(index="year", columns="country", values="value")
    return pd.DataFrame(
        {
            "Year of the simulation": table.index,
            "Programme": ["yes" if year >= START else "no" for year in table.index],
            f"{TREATED} (%, simulated)": table[TREATED].to_numpy(),
            "Mean of the nine others (%, simulated)": table.drop(columns=TREATED)
            .mean(axis="columns")
            .round(1)
            .to_numpy(),
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
    picture = traitlets.Dict().tag(sync=True)
    table = traitlets.Dict().tag(sync=True)
    typed = traitlets.Dict().tag(sync=True)
    committed = traitlets.Dict().tag(sync=True)
    revealed = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)

    def __init__(self, world="one", file=None, **kwargs):
        if world not in WORLDS:
            raise CourseError(f"There is no world {world!r}. The worlds are: {', '.join(WORLDS)}.")
        panel = data.load("simulated_panel")
        self._panel = panel[panel["world"] == world]
        self._file = keep.my_work(FILE) if file is None else file
        shown = table_of(self._panel)
        rows = {"columns": list(shown.columns), "rows": shown.astype(str).to_numpy().tolist()}
        super().__init__(world=world, picture=picture(self._panel), table=rows, **kwargs)
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
                raise CourseError("Write in a few words how you came to your number.")
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
        self.picture = picture(self._panel, path)
        self.revealed = {
            "Your estimate": f"{self.committed['estimate']:.1f}",
            "Change of Country A (before and after)": f"{found.change:.1f}",
            "Change beyond the others (difference-in-differences)": f"{found.estimate:.1f}",
            "True effect (simulated)": f"{truth:.1f}",
        }
        self.status = reply(self.committed["estimate"], found, truth)
        self.draw_twin_again()

    def kept_in(self):
        """Return the file of what was committed to."""
        return self._file

    def twin(self):
        """Return Country A beside the others, with the learner's commitment where there is one."""
        said = "No estimate yet: write yours on paper before you read on."
        if self.committed:
            said = "; ".join(f"{name}: {value}" for name, value in self.revealed.items()) + "."
        caption = f"Commit, then reveal, world {self.world}. Simulated data; the programme begins in year {START}. {said}"
        return caption, table_of(self._panel)
