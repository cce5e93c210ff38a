"""The index lab: choose how a ranking is made, and see how far each rank can be bent."""

import json
import time
from pathlib import Path

import pandas as pd
import traitlets

from softpower import index, keep
from softpower.errors import CourseError
from softpower.figures import table_html
from softpower.labs.lab import Lab, script
from softpower.texts import ordinal

FILE = "index_lab.json"

_PATIENCE = 0.04  # seconds of exact bounds between two looks at what the reader does


def _span(low, high):
    return ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)}"


def status(ranks, held, before=None, doubt=True):
    """Say where the held country stands, and how firmly.

    Parameters
    ----------
    ranks : pandas.DataFrame
        ``Exploration.ranks``.
    held : str
        The country.
    before : int, optional
        Its rank before the last move.
    doubt : bool
        Whether any doubt is left; without it there is one weighting and nothing to span.
    """
    row = ranks.loc[held]
    rank = int(row["rank"])
    moved = "" if before in (None, rank) else f", and was {ordinal(before)}"
    if not doubt:
        return (
            f"{held} is {ordinal(rank)} of {len(ranks)} by your points{moved}. "
            "With no doubt left, its bar shrinks to a dot."
        )
    return (
        f"{held} is {ordinal(rank)} of {len(ranks)} by your points{moved}. "
        f"In nine of ten weightings it is {_span(int(row['low']), int(row['high']))}."
    )


def neighbours(ranks, held):
    """Say how often the held country stands above the two beside it."""
    order = list(ranks.index)
    place = order.index(held)
    beside = [order[i] for i in (place - 1, place + 1) if 0 <= i < len(order)]
    shares = [f"{other} in {ranks.loc[other, 'above']:.0%}" for other in beside]
    return f"{held} stands above {' and above '.join(shares)} of the weightings."


def helps(effects, titles, held, rank):
    """Say which weight helps the held country most, and which hurts it most."""
    best, worst = effects.iloc[0], effects.iloc[-1]
    if best["with_more"] >= rank:
        return f"No single indicator lifts {held} even with ten points in a hundred more."
    return (
        f"The weight that helps {held} most: {titles[best.name]}. With ten points in a hundred "
        f"more for it, {held} is {ordinal(int(best['with_more']))}. The one that helps least: "
        f"{titles[worst.name]}; with as much more for it, {held} is "
        f"{ordinal(int(worst['with_more']))}."
    )


def limits(bounds, held, countries, rank):
    """Say what the exact bounds of the held country mean."""
    if bounds.best == bounds.worst:
        return f"No weighting within your doubt moves {held} from its {ordinal(rank)} place."
    if bounds.best == rank:
        return (
            f"No weighting within your doubt can lift {held}: {ordinal(rank)} is its best. "
            f"Its worst is {ordinal(bounds.worst)}."
        )
    return (
        f"Within your doubt one weighting can put {held} {ordinal(bounds.best)} of {countries}, "
        f"and another {ordinal(bounds.worst)}. None can put it outside these two."
    )


def verdict(reach, effects, held, countries):
    """Say what any choice at all could do for a country, and which choice moves it most."""
    best, worst = reach["best"].min(), reach["worst"].max()
    lifted = (
        f"No choice whatever lifts {held} above {ordinal(best)} of {countries}"
        if best > 1
        else f"Some choice puts {held} 1st of {countries}"
    )
    first = effects.iloc[0]
    # In the words of the lab's own lists.
    names = {"left out": "indicator left out", "aggregation": "mean"}
    choice = f"the {names.get(effects.index[0], effects.index[0])}"
    return (
        f"{lifted}; some choice puts it {ordinal(worst)}. Among all combinations of "
        f"normalisation, weights, mean and one indicator left out, what moves it most is "
        f"{choice}: it alone accounts for {first['share']:.0%} of the movement."
    )


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
        super().__init__(settings=settings, options=self._options(), **kwargs)
        self.former = self._former not in (None, self.settings)
        self.observe(self._keep, "settings")
        self.on_msg(self._asked)

    def _options(self):
        shown = self._indicators[["title", "pillar", "unit", "counts", "direction"]]
        return {
            "indicators": shown.reset_index().to_dict("records"),
            "countries": sorted(self._table.index),
            "normalisation": index.NORMALISATIONS,
            "aggregation": index.AGGREGATIONS,
            "missing": index.MISSING_RULES,
            "most_points": index.MOST_POINTS,
        }

    @traitlets.observe("settings")
    def _explore(self, change=None):
        settings = self.settings
        try:
            if not settings["points"]:
                raise CourseError("Nothing is ticked, so nothing counts. Tick an indicator.")
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
        shown = ranks[["rank", "low", "high"]].astype(int).reset_index(names="country")
        with self.hold_sync():
            self.bounds = {}
            self.view = {
                "rows": shown.to_dict("records"),
                "held": held,
                "problem": "",
                "status": status(ranks, held, self._rested[1], settings["doubt"] > 0),
                "neighbours": neighbours(ranks, held) if settings["doubt"] else "",
                "helps": helps(effects, self._indicators["title"], held, rank),
                "weights": {name: f"{share:.0%}" for name, share in explored.weights.items()},
                "notes": self._notes(),
                "json": json.dumps(settings, indent=1),
            }

    def _notes(self):
        text = " ".join(self._explored.notes)
        for key, title in self._indicators["title"].items():
            text = text.replace(key, title)
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
            texts = {
                "load": message.get("text", ""),
                "back": json.dumps(self._former),
                "again": json.dumps(
                    index.default_settings(self._table.columns, self.settings["hold"])
                ),
            }
            said = {"load": "Loaded.", "back": "Taken back.", "again": "As at the beginning."}
            try:
                self._load(texts[message["ask"]])
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
            return "Choose at least two indicators, so that there is something to weigh."
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
            raise CourseError(f"There is no file {path} here. Check its name and folder.")
        return cls(Path(path).read_text(encoding="utf-8"))

    def twin(self):
        """Return every country's rank and interval, and after a move its exact bounds too."""
        ranks, settings = self._explored.ranks, self._used
        said = self._bound() if self.moved else ""
        standing = status(ranks, settings["hold"], doubt=settings["doubt"] > 0)
        scale, _, _ = index.NORMALISATIONS[settings["normalisation"]].partition(":")
        caption = (
            f"Index lab. {standing} {said} Settings: "
            f"{len(self._explored.weights)} indicators, {scale.lower()}, "
            f"{settings['aggregation']} mean, doubt {settings['doubt']} %. "
            f"{self._notes()}"
        )
        table = pd.DataFrame(
            {
                "Country": ranks.index,
                "Rank": ranks["rank"].to_numpy(),
                "Nine of ten weightings": [
                    _span(int(low), int(high))
                    for low, high in zip(ranks["low"], ranks["high"], strict=True)
                ],
            }
        )
        if self.moved:
            table = table.join(self._reach(self.bounds))
        return " ".join(caption.split()), table

    def _reach(self, bounds):
        found = [bounds[country] for country in self._explored.ranks.index]
        return pd.DataFrame(found, columns=["Best possible", "Worst possible"])

    def below(self):
        """Return the exact bounds, folded until the reader of a page has guessed."""
        if self.moved:
            return ""
        table = self._reach(self._bounds())
        table.insert(0, "Country", self._explored.ranks.index)
        caption = "The best and the worst rank that any weighting within the doubt can give."
        return (
            "<details><summary>After your guess: how far can each rank be bent?</summary>"
            f"{table_html(table, caption=caption)}</details>"
        )
