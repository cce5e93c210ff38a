"""Another country in place of Kazakhstan in lessons 08 and 10: its tables, their check, its lessons.

Four small tables are filled in by hand. ``tables`` lays them out and reads them, ``check`` says
what is wrong with them in sentences, ``lesson`` makes the two notebooks (``lesson08.toml`` and
``lesson10.toml`` say what becomes of each cell), ``guide`` the page on what goes into each column.
In a made notebook :func:`use` puts the tables where the course's stand, for as long as it runs.
"""

import os
from pathlib import Path

from softpower import data, keep, policy, scenario, texts
from softpower.country import check, tables
from softpower.errors import CourseError

_OWN = []  # the keys of the sources that the tables in use name


def use(country, folder="."):
    """Put a country's tables where the course's stand, and keep what is written beside them.

    Parameters
    ----------
    country : str
        As scores.csv names it.
    folder : str or pathlib.Path
        Holds the four tables; a made lesson stands in it.

    Raises
    ------
    CourseError
        Where the tables have a fault: they may have been changed since the lesson was made.
    """
    folder = Path(folder).resolve()
    read = tables.read(folder)
    found = check.faults(read, country)
    if found:
        raise CourseError(
            texts.text(
                "{first} Faults in the tables: {count}. Mend them, and make the lessons again.",
                first=found[0],
                count=len(found),
            )
        )
    laid = tables.frames(read, country)
    data.lay_over(laid, home=country)
    _OWN[:] = {row["source_id"] for name in tables.NAMES for _, row in read[name]} - {""}
    scenario.world.cache_clear()
    # The learner's own answers and plan are on Kazakhstan, and stay as they are.
    if "SOFTPOWER_PRINTED" not in os.environ:
        os.environ["SOFTPOWER_WORK"] = str(folder)


def sources():
    """Return the sources that the country's own tables name, those of the course among them."""
    table = data.load("sources")
    return table[table["source_id"].isin(_OWN)].sort_values("reference", ignore_index=True)


def aim():
    """Return a target to begin with: one point of score more by the last year; else rank 60."""
    try:
        _, score, _, _ = scenario.world()
    except CourseError:
        return {"measure": "rank", "value": 60}
    return {"measure": "score", "value": round(score + 1, 1)}


def plan():
    """Return the plan that was written for the country; an empty one where there is none yet."""
    return policy.my_plan() if keep.my_work(policy.MY_PLAN).exists() else {}
