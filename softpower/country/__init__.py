"""Another country in place of Kazakhstan in lessons 08 and 10: its tables, their check, its lessons.

Four small tables are filled in by hand. ``tables`` lays them out and reads them, ``check`` says
what is wrong with them in sentences, ``lesson`` makes the two notebooks. In a made notebook
:func:`use` puts the tables where the course's stand, for as long as the notebook runs.
"""

import os
from pathlib import Path

from softpower import data, scenario
from softpower.country import check, tables
from softpower.errors import CourseError

_WORK = "SOFTPOWER_WORK"


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
            f"{found[0]} Faults in the tables: {len(found)}. Mend them, and make the lessons again."
        )
    data.lay_over(tables.frames(read, country), home=country)
    scenario.world.cache_clear()
    # The learner's own answers and plan are on Kazakhstan, and stay as they are.
    if "SOFTPOWER_PRINTED" not in os.environ:
        os.environ[_WORK] = str(folder)
