"""The index lab: choose how a ranking is made, and see how far each rank can be bent."""

import json
import time
from pathlib import Path

import pandas as pd
import traitlets

from softpower import index, keep, texts
from softpower.errors import CourseError
from softpower.figures import table_html
from softpower.labs.index_words import (
    SETTINGS,
    helps,
    limits,
    neighbours,
    span,
    status,
    verdict,
)
from softpower.labs.lab import Lab, printed, script
from softpower.palette import COUNTRIES

FILE = "index_lab.json"

_PATIENCE = 0.04  # seconds of exact bounds between two looks at what the reader does


class IndexLab(Lab):
    """Choose indicators, normalisation, weights and mean; every rank comes with its doubt.

    Parameters
    ----------
    settings : dict or str, optional
        A set of choices as plain data or JSON text, as ``settings`` holds it.
    file : path, optional
        Where the last settings are kept: ``index_lab.json`` in ``my_work`` where not given.
        A lab opens as the lesson describes it, and a button takes the last ones up again.
    watch : str, optional
        The country that it watches at first, where no settings are given.

    Raises
    ------
    CourseError
        Where the settings cannot be used; the message says why.
    """

    _esm = script("index_lab")
    settings = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    bounds = traitlets.Dict().tag(sync=True)
    former = traitlets.Bool(False).tag(sync=True)
    # Before the first move nothing answers the guesses that the lesson asks for.
    moved = traitlets.Bool(False).tag(sync=True)

    def __init__(self, settings=None, file=None, watch="South Korea", **kwargs):
        self._table, self._indicators = index.cross_section()
        self._explored = self._used = self._rested = None
        if settings is None:
            settings = index.default_settings(self._table.columns, watch)
        settings = index.read_settings(settings, self._table.columns, self._table.index)
        self._file = keep.my_work(FILE) if file is None else file
        self._former = keep.read_json(self._file).get("settings")
        self._watched = settings["hold"]
        super().__init__(settings=settings, options=self._options(), **kwargs)
        self.former = self._former not in (None, self.settings)
        self.observe(self._keep, "settings")
        self.on_msg(self._asked)

    def _options(self):
        return {
            "indicators": [_indicator(*one) for one in self._indicators.iterrows()],
            "countries": [[name, texts.cell(name)] for name in sorted(self._table.index)],
            "normalisation": _named(index.NORMALISATIONS),
            "aggregation": _named(index.AGGREGATIONS),
            "missing": _named(index.MISSING_RULES),
            "most_points": index.MOST_POINTS,
        }

    @traitlets.observe("settings")
    def _explore(self, change=None):
        settings = self.settings
        try:
            if not settings["points"]:
                raise CourseError(
                    texts.text("Nothing is ticked, so nothing counts. Tick an indicator.")
                )
            explored = index.explore(self._table, settings, self._indicators["direction"])
        except CourseError as error:
            said = dict.fromkeys(("neighbours", "helps", "notes"), "")
            self.view = {**self.view, **said, "problem": str(error)}
            return
        held, ranks = settings["hold"], explored.ranks
        rank = int(ranks.loc[held, "rank"])
        if self._rested is None or self._rested[0] != held:
            self._rested = (held, rank)
        effects = index.weight_effects(
            explored.normalised, explored.weights, held, method=settings["aggregation"]
        )
        self._explored, self._used = explored, settings
        said = status(ranks, held, self._rested[1], settings["doubt"] > 0)
        with self.hold_sync():
            self.bounds = {}
            self.view = {
                "rows": _rows(ranks),
                "held": held,
                "problem": "",
                "status": said,
                "label": texts.text(
                    "Ranks of {count} countries with their intervals; the table below has every figure. {said}",
                    count=texts.number(len(ranks)),
                    said=said,
                ),
                "neighbours": neighbours(ranks, held) if settings["doubt"] else "",
                "helps": helps(effects, self._indicators["title"], held, rank),
                "notes": self._notes(),
                "json": json.dumps(settings, indent=1),
            }

    def _notes(self):
        text = " ".join(self._explored.notes)
        for key, title in self._indicators["title"].items():
            text = text.replace(key, texts.cell(title))
        return text

    def _bounds(self, patience=None):
        """Return exact bounds, the held country's first, until done or out of patience."""
        started, found = time.monotonic(), dict(self.bounds)
        held = self.view["held"]
        for country in [held, *self._explored.ranks.index]:
            if country in found:
                continue
            found[country] = list(index.explored_bounds(self._explored, country, self._used))
            if patience is not None and time.monotonic() - started > patience:
                break
        return found

    def _bound(self, patience=None):
        """Find exact bounds, show them, and say what the held country's mean."""
        self.bounds = found = self._bounds(patience)
        held = self.view["held"]
        best = index.Bounds(*found[held])
        return limits(best, held, len(self._explored.ranks), self._rank())

    def _rank(self):
        return int(self._explored.ranks.loc[self.view["held"], "rank"])

    def _keep(self, change):
        self.moved = True
        try:
            keep.put(self._file, "settings", self.settings)
        except CourseError as error:
            self.send({"loaded": str(error)})

    def _load(self, text):
        """Take other settings, and keep the ones before them for the way back."""
        read = index.read_settings(text, self._table.columns, self._table.index)
        self._former, self.settings = self.settings, read
        self.former = True

    def kept_in(self):
        """Return the file of the last settings."""
        return self._file

    def _asked(self, _, message, buffers):
        """Answer the browser: more bounds, a verdict, or other settings."""
        if message.get("ask") == "bounds":
            # The reader rests: the next move is told from here, not from a step on the way.
            self._rested = (self.view["held"], self._rank())
            self.send({"limits": self._bound(_PATIENCE), "of": message.get("of")})
            if len(self.bounds) == len(self.view["rows"]):
                self.draw_twin_again()  # only now: what it shows is all there
        elif message.get("ask") == "verdict":
            self.send({"verdict": self.verdict()})
        elif message.get("ask") in ("load", "back", "again"):
            wanted = {
                "load": message.get("text", ""),
                "back": json.dumps(self._former),
                "again": json.dumps(index.default_settings(self._table.columns, self._watched)),
            }
            said = {
                "load": texts.text("Loaded."),
                "back": texts.text("Taken back."),
                "again": texts.text("As at the beginning."),
            }
            try:
                self._load(wanted[message["ask"]])
                self.send({"loaded": said[message["ask"]]})
            except CourseError as error:
                self.send({"loaded": str(error)})

    def verdict(self):
        """Say what any choice at all could do for the held country (takes about a second)."""
        held, direction = self._used["hold"], self._indicators["direction"]
        chosen = list(self._explored.normalised.columns)
        table = index.complete(self._table[chosen], self._used["missing"]).table
        reach = index.reach_of_choices(table, held, direction)
        if len(chosen) < 2:
            return texts.text(
                "Choose at least two indicators, so that there is something to weigh."
            )
        points = {name: self._used["points"][name] for name in chosen}
        effects = index.choice_effects(table, held, direction, points)
        return verdict(reach, effects, held, len(table))

    def save(self, path):
        """Write the settings to a small JSON file that others can load.

        Parameters
        ----------
        path : str
            For example ``"my_index.json"``; an existing file is replaced.
        """
        Path(path).write_text(json.dumps(self.settings, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path):
        """Open the lab with settings that somebody saved.

        Raises
        ------
        CourseError
            Where the file is missing or holds no usable settings.
        """
        if not Path(path).exists():
            raise CourseError(
                texts.text("There is no file {file} here. Check its name and folder.", file=path)
            )
        return cls(Path(path).read_text(encoding="utf-8"))

    def twin(self):
        """Return every country's rank and interval, and after a move its exact bounds too."""
        ranks, settings = self._explored.ranks, self._used
        said = self._bound() if self.moved else ""
        standing = status(ranks, settings["hold"], doubt=settings["doubt"] > 0)
        chosen = texts.texts(
            "Settings: {count} indicator, {normalisation}, {mean}, doubt {doubt} %.",
            "Settings: {count} indicators, {normalisation}, {mean}, doubt {doubt} %.",
            len(self._explored.weights),
            normalisation=texts.text(SETTINGS[settings["normalisation"]]),
            mean=texts.text(SETTINGS[settings["aggregation"]]),
            doubt=texts.number(settings["doubt"]),
        )
        caption = texts.sentences(texts.text("Index lab."), standing, said, chosen, self._notes())
        table = pd.DataFrame(
            {
                texts.text("Country"): ranks.index,
                texts.text("Rank"): ranks["rank"].to_numpy(),
                texts.text("Nine of ten weightings"): [
                    span(int(low), int(high))
                    for low, high in zip(ranks["low"], ranks["high"], strict=True)
                ],
            }
        )
        if self.moved:
            table = table.join(self._reach(self.bounds))
        return caption, table

    def _reach(self, bounds):
        found = [bounds[country] for country in self._explored.ranks.index]
        columns = [texts.text("Best possible"), texts.text("Worst possible")]
        return pd.DataFrame(found, columns=columns)

    def below(self):
        """Return the exact bounds, folded until the reader of a page has guessed.

        They take half a second: a learner who moves the lab waits for them only then.
        """
        if self.moved or not printed():
            return ""
        table = self._reach(self._bounds())
        table.insert(0, texts.text("Country"), self._explored.ranks.index)
        caption = texts.text(
            "The best and the worst rank that any weighting within the doubt can give."
        )
        question = texts.text("After your guess: how far can each rank be bent?")
        return (
            f"<details><summary>{question}</summary>{table_html(table, caption=caption)}</details>"
        )


def _name(option):
    """Return an option of the index and what it means: "Rank: only the order counts"."""
    name, _, meaning = texts.text(option).partition(": ")
    return name, meaning


def _named(options):
    return [[value, *_name(text)] for value, text in options.items()]


def _indicator(key, row):
    """Return an indicator as the sliders name it."""
    meaning = texts.text(
        "{pillar}: {counts} Unit: {unit}.",
        pillar=texts.cell(row["pillar"]),
        counts=texts.cell(row["counts"]),
        unit=texts.cell(row["unit"]),
    )
    return {"indicator": key, "title": texts.cell(row["title"]), "meaning": meaning}


def _rows(ranks):
    """Return what the picture shows of each country."""
    shown = ranks[["rank", "low", "high"]].astype(int).reset_index(names="country")
    return [
        row | {"name": texts.cell(row["country"]), "colour": COUNTRIES.get(row["country"], "ink")}
        for row in shown.to_dict("records")
    ]
