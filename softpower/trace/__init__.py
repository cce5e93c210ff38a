"""``softpower trace``: follow every figure that a learner reads to the row that carries it.

Read are the prose of lessons, exercises and data essays and the words over their charts; the
messages, hints and samples of the question bank; the texts of the labs, of the brief and of the
examples of a plan; and the sentences in the tables themselves. A figure passes where a row of
``data/`` holds it, at the rounding shown, and the passage cites one of that row's sources. A
chart cites those in its source line, and the course itself where that line says "derived". A
message leans on its question: see :mod:`softpower.trace.bank`. Years, dates, the numbers of
lessons, tables and questions, points and minutes are no figures; what stands in a code span is
the learner's own arithmetic.

``pages``, ``bank``, ``tables`` and ``strings`` find the passages, ``reading`` the figures in them,
``carriers`` the rows; ``ledger`` reads and writes what carries what, ``marks`` judges it.
"""

from softpower.trace.carriers import Row, carrier, citations, rows
from softpower.trace.command import add_arguments, ages, every, run, trace
from softpower.trace.pages import name_rows, named_rows, passages
from softpower.trace.passage import Passage, Traced, follow
from softpower.trace.reading import Figure, figures_in, years_in
from softpower.trace.spelt import spelt

__all__ = [
    "Figure",
    "Passage",
    "Row",
    "Traced",
    "add_arguments",
    "ages",
    "carrier",
    "citations",
    "every",
    "figures_in",
    "follow",
    "name_rows",
    "named_rows",
    "passages",
    "rows",
    "run",
    "spelt",
    "trace",
    "years_in",
]
