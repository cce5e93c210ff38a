"""A series whose method changed: three ways to draw it, and the claims that each supports."""

import pandas as pd
import traitlets

from softpower import data
from softpower.figures import COLOURS, INK
from softpower.labs.drawing import Drawing, scale, ticks
from softpower.labs.lab import Lab, script

# The rules in the order in which they came, and the side of its piece of line where each is
# named: one country's figures have one colour, whatever the rule.
RULES = {
    "early estimate": ("start", -14),
    "radio estimate": ("middle", -14),
    "all-platform estimate": ("middle", 24),
    "Global Audience Measure": ("middle", -14),
}
DRAWINGS = {
    "joined": "joined: one line through every figure",
    "split": "split: a new line wherever the rule changed",
    "restricted": "restricted: one rule only",
}

# claim: what is said, the rule or rules of its figures, whether it stands, and why.
CLAIMS = {
    "fivefold": (
        "From 1974 to 2025 the audience grew more than fivefold.",
        {"early estimate", "Global Audience Measure"},
        False,
        "Its two figures were counted by two rules: radio listeners with many estimates, and every platform. Part of the growth is the rule's.",
    ),
    "record": (
        "In 2009 the World Service won more people than ever before.",
        {"radio estimate", "all-platform estimate"},
        False,
        "The record came with a new rule that let television in. By radio, the audience fell that year from 182 to 177 million.",
    ),
    "radio": (
        "By radio, the measured audience grew by about a third from 1998 to 2008.",
        {"radio estimate"},
        True,
        "Both figures are radio estimates. 'Measured' matters: in 2007 wider surveys in two countries added 14.5 of a rise of 20 million.",
    ),
    "cuts": (
        "The cuts of 2011 lost the World Service 14 million people.",
        {"all-platform estimate"},
        False,
        "By the BBC's own account the cuts cost it more: 16.8 million, mainly radio listeners of services that had closed or soon would. Gains elsewhere hid a part of it. And the closing services were taken out of the count at once, so the fall came in one year.",
    ),
    "half": (
        "From 2015 to 2025 the audience grew by about half.",
        {"Global Audience Measure"},
        True,
        "Both figures come from the same measure. But the road was no straight climb: it rose to 365 million in 2022 and has fallen since.",
    ),
    "peak": (
        "The measured audience of 2025 is below its peak of 2022.",
        {"Global Audience Measure"},
        True,
        "Same measure, 365 and 313 million. The BBC puts 30 of the 52 million lost down to radio and television that it closed, the rest to other things, such as fewer people following the news since the pandemic.",
    ),
}


def published(table):
    """Return the audience as published, one figure a year: the rows whose part is 'all'."""
    return table[table["part"] == "all"].sort_values("year")


def judge(claim, drawing, rule):
    """Say whether a drawing supports a claim.

    Parameters
    ----------
    claim : str
        A key of ``CLAIMS``.
    drawing : str
        A key of ``DRAWINGS``.
    rule : str
        The rule to which a restricted drawing is restricted.

    Returns
    -------
    tuple of str and str
        ``"supported"``, ``"not supported"`` or ``"not shown"``, and the reason.
    """
    _, rules, stands, reason = CLAIMS[claim]
    if drawing == "restricted" and not rules <= {rule}:
        return (
            "not shown",
            f"This drawing has only the {rule}. The claim rests on the {' and the '.join(r for r in RULES if r in rules)}.",
        )
    if not stands:
        warning = {
            "joined": "The line invites you to say it.",
            "split": "The drawing warns you."
            if len(rules) > 1
            else "Even the split does not show it.",
            "restricted": "Even one rule is not enough here.",
        }[drawing]
        return "not supported", f"{warning} {reason}"
    if drawing == "joined":
        return (
            "not supported",
            f"The claim can be defended, but not from this drawing, which hides the rules. {reason}",
        )
    return "supported", reason


def draw(table, drawing, rule):
    """Return the published series as a :class:`Drawing`, joined, split or restricted."""
    shown = published(table)
    if drawing == "restricted":
        shown = shown[shown["rule"] == rule]
    picture = Drawing(width=720, height=330)
    first, last = int(shown["year"].min()), int(shown["year"].max())
    across = scale(first - 1, last + 1, 60, 700)
    marks = ticks(0, shown["value"].max())
    up = scale(0, marks[-1], 286, 40)
    for mark in marks:
        picture.stroke([(60, up(mark)), (700, up(mark))])
        picture.word(54, up(mark) + 4, f"{mark:.0f}", anchor="end")
    for year in ticks(first, last, 6):
        if first <= year <= last:
            picture.word(across(year), 308, f"{year:.0f}", anchor="middle")
    picture.word(60, 18, "million people a week", bold=True)
    points = [(across(row.year), up(row.value)) for row in shown.itertuples()]
    if drawing == "joined":
        picture.stroke(points, INK, 2.5)
    before = None
    for name, piece in shown.groupby("rule", sort=False):
        places = [(across(row.year), up(row.value)) for row in piece.itertuples()]
        colour = INK if drawing == "joined" else COLOURS["United Kingdom"]
        if drawing != "joined":
            picture.stroke(places, colour, 2.5)
            name_piece(picture, name, places)
            if before is not None:
                # A band from the last figure of one rule to the first of the next.
                middle, width = (before + places[0][0]) / 2, places[0][0] - before
                picture.stroke([(middle, 40), (middle, 286)], "#EEEEEE", round(width, 1))
        for (x, y), row in zip(places, piece.itertuples(), strict=True):
            note = f"{row.year}: {row.value:,.10g} million"
            picture.dot(x, y, colour, note if drawing == "joined" else f"{note}, {name}")
        before = places[-1][0]
    picture.label = _label(shown, drawing)
    return picture


def name_piece(picture, rule, places):
    """Write a rule's name above or below its piece of line."""
    side, off = RULES[rule]
    heights = [y for _, y in places]
    height = min(heights) + off if off < 0 else max(heights) + off
    middle = places[0][0] if side == "start" else (places[0][0] + places[-1][0]) / 2
    picture.word(min(middle, 615), height, rule, INK, anchor=side, bold=True)


def _label(shown, drawing):
    ends = [
        f"{name}, {piece['value'].iloc[0]:,.10g} in {piece['year'].iloc[0]}"
        + (
            f" to {piece['value'].iloc[-1]:,.10g} in {piece['year'].iloc[-1]}"
            if len(piece) > 1
            else ""
        )
        for name, piece in shown.groupby("rule", sort=False)
    ]
    if drawing == "joined":
        first, last = shown.iloc[0], shown.iloc[-1]
        ends = [
            f"one line from {first['value']:,.10g} in {first['year']} "
            f"to {last['value']:,.10g} in {last['year']}"
        ]
    return f"Weekly audience of the BBC World Service in million people: {'; '.join(ends)}."


def _restricted(claim):
    verdicts = {judge(claim, "restricted", rule)[0]: rule for rule in RULES}
    if "supported" in verdicts:
        return f"supported by the {verdicts['supported']}"
    return "not supported" if "not supported" in verdicts else "not shown"


class MethodBreaks(Lab):
    """The World Service's audience: choose a drawing and a claim, and see whether they fit."""

    _esm = script("method_breaks")
    drawings = traitlets.Dict(DRAWINGS).tag(sync=True)
    rules = traitlets.List(list(RULES)).tag(sync=True)
    claims = traitlets.Dict({key: claim[0] for key, claim in CLAIMS.items()}).tag(sync=True)
    drawing = traitlets.Unicode("joined").tag(sync=True)
    rule = traitlets.Unicode("Global Audience Measure").tag(sync=True)
    claim = traitlets.Unicode("").tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    verdict = traitlets.List().tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)

    def __init__(self, **kwargs):
        self._table = data.load("bbc_audience")
        figures = published(self._table)[["year", "value", "rule"]]
        rows = [[str(year), f"{value:,.10g}", rule] for year, value, rule in figures.values]
        source = data.source_line(published(self._table))
        super().__init__(rows=rows, source=source, **kwargs)
        self._answer()

    @traitlets.observe("drawing", "rule", "claim")
    def _answer(self, change=None):
        self.picture = draw(self._table, self.drawing, self.rule).data()
        self.verdict = list(judge(self.claim, self.drawing, self.rule)) if self.claim else []

    def twin(self):
        """Return what each drawing supports, claim by claim, with the rule that serves it best."""
        twin = pd.DataFrame(
            [
                {
                    "claim": claim,
                    "joined": judge(key, "joined", "")[0],
                    "split": judge(key, "split", "")[0],
                    "restricted": _restricted(key),
                    "why": reason,
                }
                for key, (claim, _, _, reason) in CLAIMS.items()
            ]
        )
        return "Six claims about the World Service, and what three drawings support.", twin
