"""The timeline: which strands of Japan's story to show, and when the story began."""

import pandas as pd
import traitlets

from softpower import data
from softpower.figures import COLOURS, INK
from softpower.labs.drawing import Drawing, scale, ticks
from softpower.labs.lab import Lab, script

# strand: what the learner ticks, the indicator of ``japan_timeline`` that it draws.
STRANDS = {
    "money": ("Money: the fund's loss to date", "Cool Japan Fund, loss to date"),
    "reach": ("Reach: learners of Japanese abroad", "learners of Japanese abroad"),
    "market": ("Market: anime sold abroad", "anime sales outside Japan"),
    "heritage": ("Heritage: World Heritage Sites", "World Heritage Sites to date"),
    "standing": (
        "Standing: rank in the Nation Brands Index",
        "rank in the Nation Brands Index",
    ),
}
FIRST, LAST = 1993, 2026

# What a choice of strands tempts one to say, and what stands in the way. The first set of
# strands that the choice contains speaks, so the pairs stand before the single strands.
TEMPTATIONS = (
    (
        {"money", "standing"},
        "The fund lost money, and Japan rose to first place.",
        "The loss has three points, and nothing here joins the two lines: neither 'in spite of' nor 'because of' can be read off.",
    ),
    (
        {"heritage", "standing"},
        "More heritage sites, better standing.",
        "Sites are never struck off here, so this line can only rise. Whatever else rose would go with it just as well.",
    ),
    (
        {"reach", "standing"},
        "More learners, better standing.",
        "Learners of 2024 are about as many as in 2012. And a class is chosen by parents and schools, a rank by strangers in a survey.",
    ),
    (
        {"market", "standing"},
        "Anime conquered the world, and Japan rose to first place.",
        "Sales rise from 2012 on and steeply from 2014, the rank from 2016, with a step back in 2019. That cannot tell which moved which, or whether a third thing, such as films over the internet, moved both.",
    ),
    (
        {"money", "reach"},
        "The fund lost money, and the learners stayed away.",
        "The fund did not teach Japanese, and in 2006 most learners were pupils, for whom a school or a ministry often chooses. Two things in the same years are not yet cause and effect.",
    ),
    (
        {"money", "market"},
        "The fund lost money while anime sold: the state is worse at it than the firms.",
        "The one line is a loss, the other is sales. What the firms lost, and what they would have sold without the fund, is not here.",
    ),
    (
        {"money", "heritage"},
        "Old things pay, new things lose.",
        "A loss in yen and a count of sites have nothing in common but the years. What a site costs is not here.",
    ),
    (
        {"reach", "market"},
        "Who watches anime learns Japanese.",
        "Anime sales rise from 2012; learners of 2024 are about as many as in 2012. And learners on their own are not counted.",
    ),
    (
        {"reach", "heritage"},
        "Heritage draws learners.",
        "Sites only ever rise in number; learners rose, fell and rose again. The years of the one do not follow the other.",
    ),
    (
        {"market", "heritage"},
        "Whatever Japan shows, the world buys.",
        "Sites are not sold, and both lines rise. Two lines that rise go together, whatever moves them.",
    ),
    (
        {"money"},
        "The fund lost money, so Cool Japan failed.",
        "A fund can lose money while what it stood for succeeds, or the other way round. Look at another strand.",
    ),
    (
        {"market"},
        "The fund made anime sell.",
        "From 2012 to 2024 it grew ninefold in yen, and the fund was there. So were the film platforms of the internet and buyers in China, to whom the makers themselves point. The line does not tell them apart.",
    ),
    (
        {"heritage"},
        "Heritage policy works.",
        "The line counts the decisions of an international committee. Visitors and opinions are not in it.",
    ),
    (
        {"standing"},
        "Japan's image improved.",
        "Its place improved. A place is a comparison: others may have fallen. And from 2010 to 2016 it sank, before it rose.",
    ),
)

# What the learners alone tempt one to say depends on the year from which one counts.
LEARNERS = (
    (1.5, "Learners of Japanese almost doubled under Cool Japan."),
    (1.05, "Learners of Japanese went on growing under Cool Japan."),
    (0, "Learners of Japanese stopped growing under Cool Japan."),
)
LEARNERS_DOUBT = (
    "The line is the same whichever year you choose; only the point from which you count has "
    "moved. And only learners in classes are in it."
)


def starts():
    """Return the years in which Cool Japan can be said to have begun, with what happened."""
    events = data.load("events").query("case == 'Japan' and kind in ['policy', 'money']")
    return {int(row.year): row.event for row in events.itertuples() if 2000 <= row.year <= 2013}


def learners(start):
    """Return what the count of learners tempts one to say for a start, and what stands in the way."""
    table = data.load("japan_timeline")
    counts = table[table["indicator"] == STRANDS["reach"][1]].sort_values("year")
    growth = counts["value"].iloc[-1] / counts.query("year < @start")["value"].iloc[-1]
    return next(claim for least, claim in LEARNERS if growth >= least), LEARNERS_DOUBT


def temptation(strands, start=2013):
    """Return what a choice of strands tempts one to say, and what stands in the way.

    Parameters
    ----------
    strands : collection of str
        Keys of ``STRANDS``.
    start : int
        The year in which the policy is said to have begun.

    Returns
    -------
    tuple of str and str
    """
    chosen = set(strands)
    if chosen == {"reach"}:
        return learners(start)
    if not chosen:
        return "", "Nothing is drawn. Tick a strand."
    if len(chosen) > 2:
        return (
            "With this many lines almost any story can be told.",
            "Pick the two lines that you would show a minister, and ask what you left out.",
        )
    return next((claim, doubt) for needs, claim, doubt in TEMPTATIONS if needs <= chosen)


def before_and_latest(table, strands, start):
    """Set the last figure before a start beside the latest one.

    Parameters
    ----------
    table : pandas.DataFrame
        ``japan_timeline``.
    strands : collection of str
        Keys of ``STRANDS``.
    start : int
        The year in which the policy is said to have begun; it counts as after.

    Returns
    -------
    pandas.DataFrame
        One row a strand: what is counted, the figure before, the latest figure, with years.
    """
    rows = []
    for strand in STRANDS:
        if strand not in strands:
            continue
        series = table[table["indicator"] == STRANDS[strand][1]].sort_values("year")
        earlier = series[series["year"] < start]
        rows.append(
            {
                "what is counted": STRANDS[strand][1],
                "last figure before": _figure(earlier.iloc[-1])
                if len(earlier)
                else "no figure before",
                "latest figure": _figure(series.iloc[-1]),
            }
        )
    return pd.DataFrame(rows, columns=["what is counted", "last figure before", "latest figure"])


def _figure(row):
    year = int(row["year"])
    if row["unit"] == "rank":
        return f"place {row['value']:.0f} ({year})"
    decimals = 2 if row["unit"].startswith("million") else 0 if row["unit"] == "sites" else 1
    return f"{row['value']:,.{decimals}f} {row['unit']} ({year})"


def draw(table, strands, start):
    """Return the timeline as a :class:`Drawing`: one panel a strand, one line for the start."""
    chosen = [strand for strand in STRANDS if strand in strands]
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
            drawing.stroke(ends, INK, 2, "6 4")
        drawing.word(across(start), 14, f"start: {start}", anchor="middle", bold=True)
    names = "; ".join(STRANDS[strand][0] for strand in chosen)
    drawing.label = f"Timeline from {FIRST} to {LAST}, start drawn at {start}. {names}."
    return drawing


def _panel(drawing, table, strand, top, height, across):
    (title, indicator), colour = STRANDS[strand], COLOURS["Japan"]
    shown = table[table["indicator"] == indicator].sort_values("year")
    shown = shown[shown["year"] >= FIRST]
    rank = strand == "standing"
    marks = [1.0, 4.0, 7.0] if rank else ticks(0, shown["value"].max(), 3)
    ends = (top + height - 14, top + 30) if not rank else (top + 34, top + height - 18)
    up = scale(marks[0], marks[-1], *ends)
    for mark in marks:
        drawing.stroke([(56, up(mark)), (690, up(mark))])
        drawing.word(50, up(mark) + 4, f"{mark:,.10g}", anchor="end")
    unit = shown["unit"].iloc[0]
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
        options = [[strand, label] for strand, (label, _) in STRANDS.items()]
        years = [[year, f"{year}: {event}"] for year, event in sorted(starts().items())]
        super().__init__(options=options, years=years, **kwargs)
        self._answer()

    @traitlets.observe("strands", "start")
    def _answer(self, change=None):
        self.picture = draw(self._table, self.strands, self.start).data()
        self.rows = before_and_latest(self._table, self.strands, self.start).values.tolist()
        self.story = list(temptation(self.strands, self.start))
        drawn = [STRANDS[strand][1] for strand in self.strands]
        self.source = data.source_line(self._table[self._table["indicator"].isin(drawn)])

    def twin(self):
        """Return every strand before and after each possible start."""
        tables = [
            before_and_latest(self._table, STRANDS, year).assign(**{"start year": year})
            for year in sorted(starts())
        ]
        twin = pd.concat(tables)[
            ["start year", "what is counted", "last figure before", "latest figure"]
        ]
        return (
            "Timeline of money, reach and standing: each strand before each start, and now.",
            twin,
        )
