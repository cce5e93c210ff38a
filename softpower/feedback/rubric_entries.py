"""Reads open questions of the bank: their rubrics, written in the file or taken from a table."""

from softpower.feedback.entries import known, require, text
from softpower.feedback.open_question import Criterion, Level, OpenQuestion


def open_question(entry, named, worth):
    """Return the question of an entry with a rubric, under its id, with its points and minutes."""
    if "rubric_from" in entry:
        rubric = tuple(_rubric_in(entry["rubric_from"]))
    else:
        rubric = tuple(_criterion(one) for one in entry["rubric"])
    best = sum(max(level.points for level in one.levels) for one in rubric)
    points = worth.get("points")
    require(points == best, f"points is {points}, and the rubric adds up to {best}.", "points")
    return OpenQuestion(
        id=named,
        objective=text(entry, "objective"),
        rubric=rubric,
        taught=entry.get("taught", ""),
        **worth,
    )


def _criterion(entry):
    known(entry, {"name", "look_for", "levels"}, "a criterion")
    name = text(entry, "name", "a criterion")
    levels = entry.get("levels", [])
    require(
        isinstance(levels, list) and len(levels) == 4,
        f"the criterion {name} must have four levels.",
        "levels",
    )
    for level in levels:
        known(level, {"points", "descriptor", "sample"}, "a level")
        for key in ("descriptor", "sample"):
            text(level, key, f"a level of {name}")
    points = [level.get("points") for level in levels]
    require(
        all(isinstance(p, (int, float)) for p in points)
        and points == sorted(points)
        and not points[0],
        f"the levels of {name} must have points that rise from 0.",
        "levels",
    )
    return Criterion(
        name, text(entry, "look_for", "a criterion"), tuple(Level(**level) for level in levels)
    )


def _rubric_in(table):
    """The rubric of a table of ``data/``, which a lesson shows as well."""
    from softpower import data

    for name, rows in data.load(table).groupby("criterion", sort=False):
        levels = tuple(
            Level(int(row["points"]), row["descriptor"], row["sample"])
            for row in rows.to_dict("records")
        )
        yield Criterion(name, rows["look_for"].iloc[0], levels)
