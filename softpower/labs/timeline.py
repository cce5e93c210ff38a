"""The timeline: which strands of Japan's story to show, and when the story began."""

from functools import cache

import pandas as pd
import traitlets

from softpower import data, texts
from softpower.figures.drawing import Drawing, scale, ticks
from softpower.labs.lab import Lab, script

FIRST, LAST = 1993, 2026


@cache
def known():
    """Return what can be ticked: each strand with its title and the indicator that it draws."""
    rows = data.load("strands").itertuples()
    return {row.strand: (row.title, row.indicator) for row in rows}


def starts():
    """Return the years in which Cool Japan can be said to have begun, with what happened."""
    events = data.load("events").query("case == 'Japan' and kind in ['policy', 'money']")
    return {int(row.year): row.event for row in events.itertuples() if 2000 <= row.year <= 2013}


def growth(start):
    """Return how many times the count of learners grew from its last figure before a start."""
    table = data.load("japan_timeline")
    counts = table[table["indicator"] == known()["reach"][1]].sort_values("year")
    return counts["value"].iloc[-1] / counts.query("year < @start")["value"].iloc[-1]


def temptation(strands, start=2013):
    """Return what a choice of strands tempts one to say, and what stands in the way.

    Parameters
    ----------
    strands : collection of str
        Strands of the table ``strands``.
    start : int
        The year in which the policy is said to have begun.

    Returns
    -------
    tuple of str and str
    """
    chosen = set(strands)
    if not chosen:
        return "", texts.text("Nothing is drawn. Tick a strand.")
    if len(chosen) > 2:
        return (
            texts.text("With this many lines almost any story can be told."),
            texts.text(
                "Pick the two lines that you would show a minister, and ask what you left out."
            ),
        )
    rows = data.load("temptations")
    rows = rows[[set(needs.split("; ")) == chosen for needs in rows["strands"]]]
    # What the learners alone tempt one to say depends on the year from which one counts.
    if rows["least_growth"].notna().any():
        rows = rows[rows["least_growth"] <= growth(start)]
    first = rows.iloc[0]
    return texts.cell(first["claim"]), texts.cell(first["doubt"])


def before_and_latest(table, strands, start):
    """Set the last figure before a start beside the latest one.

    Parameters
    ----------
    table : pandas.DataFrame
        ``japan_timeline``.
    strands : collection of str
        Strands of the table ``strands``.
    start : int
        The year in which the policy is said to have begun; it counts as after.

    Returns
    -------
    pandas.DataFrame
        One row a strand: what is counted, the figure before, the latest figure, with years.
    """
    rows = []
    for strand in known():
        if strand not in strands:
            continue
        series = table[table["indicator"] == known()[strand][1]].sort_values("year")
        earlier = series[series["year"] < start]
        before = _figure(earlier.iloc[-1]) if len(earlier) else texts.text("no figure before")
        rows.append([texts.cell(known()[strand][1]), before, _figure(series.iloc[-1])])
    return pd.DataFrame(rows, columns=["what is counted", "last figure before", "latest figure"])


def _figure(row):
    year = int(row["year"])
    if row["unit"] == "rank":
        return texts.text("place {rank} ({year})", rank=texts.number(row["value"]), year=year)
    decimals = 2 if row["unit"].startswith("million") else 0 if row["unit"] == "sites" else 1
    return texts.text(
        "{value} {unit} ({year})",
        value=texts.number(row["value"], decimals),
        unit=texts.cell(row["unit"]),
        year=year,
    )


def draw(table, strands, start):
    """Return the timeline as a :class:`Drawing`: one panel a strand, one line for the start."""
    chosen = [strand for strand in known() if strand in strands]
    height = 118
    drawing = Drawing(width=720, height=56 + height * len(chosen))
    across = scale(FIRST, LAST, 56, 690)
    bottom = 28 + height * len(chosen)
    for year in range(1995, LAST + 1, 5):
        drawing.stroke([(across(year), 28), (across(year), bottom)])
        drawing.word(across(year), bottom + 20, str(year), anchor="middle")
    for position, strand in enumerate(chosen):
        _panel(drawing, table, strand, 28 + position * height, height, across)
    if chosen:
        # Its name stands above the panels, where no point can be, and it crosses no title.
        for top in [28 + position * height for position in range(len(chosen))]:
            ends = [(across(start), top + 20), (across(start), top + height)]
            drawing.stroke(ends, "ink", 2, "6 4")
        begun = texts.text("start: {year}", year=start)
        drawing.word(across(start), 14, begun, anchor="middle", bold=True)
    drawing.label = texts.text(
        "Timeline from {first} to {last}, start drawn at {year}. {strands}.",
        first=FIRST,
        last=LAST,
        year=start,
        strands="; ".join(texts.cell(known()[strand][0]) for strand in chosen),
    )
    return drawing


def _panel(drawing, table, strand, top, height, across):
    (title, indicator), colour = known()[strand], "japan"
    shown = table[table["indicator"] == indicator].sort_values("year")
    shown = shown[shown["year"] >= FIRST]
    rank = strand == "standing"
    marks = [1.0, 4.0, 7.0] if rank else ticks(0, shown["value"].max(), 3)
    ends = (top + height - 14, top + 30) if not rank else (top + 34, top + height - 18)
    up = scale(marks[0], marks[-1], *ends)
    for mark in marks:
        drawing.stroke([(56, up(mark)), (690, up(mark))])
        drawing.word(50, up(mark) + 4, texts.number(mark), anchor="end")
    title, unit = texts.cell(title), texts.cell(shown["unit"].iloc[0])
    drawing.word(60, top + 14, title if rank else f"{title} ({unit})", colour, bold=True)
    points = [(across(row.year), up(row.value)) for row in shown.itertuples()]
    drawing.stroke(points, colour, 2.5)
    for (x, y), (_, row) in zip(points, shown.iterrows(), strict=True):
        drawing.dot(x, y, colour, _figure(row))


class StrandTimeline(Lab):
    """Japan's story in strands: tick what to show, choose when it began."""

    _esm = script("timeline")
    options = traitlets.List().tag(sync=True)
    years = traitlets.List().tag(sync=True)
    strands = traitlets.List(["heritage"]).tag(sync=True)
    start = traitlets.Int(2013).tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    story = traitlets.List().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)

    def __init__(self, **kwargs):
        self._table = data.load("japan_timeline")
        options = [[strand, texts.cell(label)] for strand, (label, _) in known().items()]
        years = [
            [year, texts.text("{year}: {event}", year=year, event=texts.cell(event))]
            for year, event in sorted(starts().items())
        ]
        super().__init__(options=options, years=years, **kwargs)
        self._answer()

    @traitlets.observe("strands", "start")
    def _answer(self, change=None):
        self.picture = draw(self._table, self.strands, self.start).data()
        self.rows = before_and_latest(self._table, self.strands, self.start).values.tolist()
        self.story = list(temptation(self.strands, self.start))
        drawn = [known()[strand][1] for strand in self.strands]
        self.source = data.source_line(self._table[self._table["indicator"].isin(drawn)])

    def twin(self):
        """Return every strand before and after each possible start."""
        tables = [
            before_and_latest(self._table, known(), year).assign(**{"start year": year})
            for year in sorted(starts())
        ]
        twin = pd.concat(tables)[
            ["start year", "what is counted", "last figure before", "latest figure"]
        ]
        twin.columns = [
            texts.text("start year"),
            texts.text("what is counted"),
            texts.text("last figure before"),
            texts.text("latest figure"),
        ]
        caption = texts.text(
            "Timeline of money, reach and standing: each strand before each start, and now."
        )
        return caption, twin
