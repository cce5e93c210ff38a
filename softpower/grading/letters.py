"""Points in per cent and as letters, by the scale of the lecturer's university.

The usual one is Kazakhstan's scale of letters (the rules of teaching by credits, order No. 152 of
the Minister of Education and Science, 20 April 2011, adilet.zan.kz/kaz/docs/V1100006976, as changed
since). Its figures were read second-hand, on the page of a university that prints the rules' own
table (kaznau.kz, 26 November 2026), and not in the annex of the order: a faculty should compare.
"""

import math

from softpower import texts
from softpower.errors import CourseError
from softpower.grading import sheets

SCALE = (  # the letter, and the per cent from which it is given
    *(("A", 95), ("A-", 90), ("B+", 85), ("B", 80), ("B-", 75), ("C+", 70), ("C", 65), ("C-", 60)),
    *(("D+", 55), ("D-", 50), ("FX", 25), ("F", 0)),
)


def read(path):
    """Return a scale from a CSV with the columns ``letter`` and ``from``, the highest first.

    Raises
    ------
    CourseError
        Where it cannot be read, or gives some percentage no letter or two.
    """
    if not path.is_file():
        raise CourseError(texts.text("There is no scale at {path}. Check the path.", path=path))
    columns, rows, _ = sheets.read(path, [])
    known = {(column or "").strip().casefold(): column for column in columns}
    if not {"letter", "from"} <= set(known):
        raise CourseError(
            texts.text(
                "{file} needs two columns: letter, and from (the per cent from which it is given).",
                file=path.name,
            )
        )
    scale = []
    for row in rows:
        letter, said = row[known["letter"]].strip(), row[known["from"]].strip()
        if letter or said:
            scale.append((letter, _per_cent(path, letter, said)))
    starts = [start for _, start in scale]
    if len(set(starts)) < len(starts) or 0 not in starts:
        raise CourseError(
            texts.text(
                "{file}: each letter needs a per cent of its own, and one must begin at 0.",
                file=path.name,
            )
        )
    return tuple(sorted(scale, key=lambda one: -one[1]))


def _per_cent(path, letter, said):
    try:
        number = float(said.rstrip("% ").replace(",", "."))
    except ValueError:
        number = math.nan
    if letter and 0 <= number <= 100:
        return number
    raise CourseError(
        texts.text(
            "{file}: {said!r} beside {letter!r} is no per cent from 0 to 100 with its letter.",
            file=path.name,
            said=said,
            letter=letter,
        )
    )


def of(points, out_of, scale):
    """Return (per cent, letter) of points: whole, a half rounded up, as a scale has its steps."""
    share = min(100, math.floor(100 * points / out_of + 0.5))
    return share, next(letter for letter, start in scale if share >= start)
