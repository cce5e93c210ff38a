"""Charts, maps and tables in the house style, each with its finding, source and table.

A picture alone shuts out whoever cannot see it. So a chart is shown as HTML: its finding in
words, an image with alternative text, a sentence, its source, and its figures as a table.
``*_charts`` draw, ``picture`` makes the image, ``tables`` the table, ``drawing`` what is no chart;
``style`` says which colour of :mod:`softpower.palette` is whose.
"""

from softpower.figures.bar_charts import bars, columns, intervals
from softpower.figures.line_charts import apart, breaks, lines, panels
from softpower.figures.maps import map
from softpower.figures.picture import Chart, embedded
from softpower.figures.point_chart import points
from softpower.figures.tables import Table, plain_table, table, table_html
from softpower.palette import (
    BLUE,
    COLOURS,
    GREEN,
    GREY,
    INK,
    NEUTRAL,
    ORANGE,
    PALE,
    PURPLE,
)

__all__ = [
    "BLUE",
    "COLOURS",
    "GREEN",
    "GREY",
    "INK",
    "NEUTRAL",
    "ORANGE",
    "PALE",
    "PURPLE",
    "Chart",
    "Table",
    "apart",
    "bars",
    "breaks",
    "columns",
    "embedded",
    "intervals",
    "lines",
    "map",
    "panels",
    "plain_table",
    "points",
    "table",
    "table_html",
]
