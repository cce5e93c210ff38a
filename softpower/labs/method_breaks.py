"""A series whose method changed: three ways to draw it, and the claims that each supports."""

from functools import cache

import pandas as pd
import traitlets

from softpower import data, texts
from softpower.figures.drawing import Drawing, scale, ticks
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
    "joined": texts.mark("joined: one line through every figure"),
    "split": texts.mark("split: a new line wherever the rule changed"),
    "restricted": texts.mark("restricted: one rule only"),
}
# What a verdict says, and the look of its word.
VERDICTS = {
    texts.mark("supported"): (texts.mark("Supported."), "right"),
    texts.mark("not supported"): (texts.mark("Not supported."), "wrong"),
    texts.mark("not shown"): (texts.mark("Not shown."), ""),
}


@cache
def claims():
    """Return what the series tempts one to say, by key: the table ``audience_claims``.

    Returns
    -------
    dict of str to mapping
        ``claim``, ``rules`` (a set: the rules of its figures), ``stands`` and ``reason``.
    """
    table = data.load("audience_claims").set_index("claim_id")
    return {
        key: {**row, "rules": set(row["rules"].split("; "))}
        for key, row in table.to_dict("index").items()
    }


def published(table):
    """Return the audience as published, one figure a year: the rows whose part is 'all'."""
    return table[table["part"] == "all"].sort_values("year")


def judge(claim, drawing, rule):
    """Say whether a drawing supports a claim.

    Parameters
    ----------
    claim : str
        A key of :func:`claims`.
    drawing : str
        A key of ``DRAWINGS``.
    rule : str
        The rule to which a restricted drawing is restricted.

    Returns
    -------
    tuple of str and str
        ``"supported"``, ``"not supported"`` or ``"not shown"``, and the reason.
    """
    asked = claims()[claim]
    rules, reason = asked["rules"], texts.cell(asked["reason"])
    if drawing == "restricted" and not rules <= {rule}:
        rests = texts.listing(texts.cell(one) for one in RULES if one in rules)
        return "not shown", texts.text(
            "This drawing has only the {rule}. The claim rests on: {rules}.",
            rule=texts.cell(rule),
            rules=rests,
        )
    if not asked["stands"]:
        return "not supported", texts.sentences(_warning(drawing, rules), reason)
    if drawing == "joined":
        defended = texts.text(
            "The claim can be defended, but not from this drawing, which hides the rules."
        )
        return "not supported", texts.sentences(defended, reason)
    return "supported", reason


def _warning(drawing, rules):
    """Say what a drawing does with a claim that does not stand."""
    if drawing == "joined":
        return texts.text("The line invites you to say it.")
    if drawing == "restricted":
        return texts.text("Even one rule is not enough here.")
    if len(rules) > 1:
        return texts.text("The drawing warns you.")
    return texts.text("Even the split does not show it.")


def axes(shown, height=330):
    """Return a :class:`Drawing` with its grid and years, and what places a year and a figure.

    Parameters
    ----------
    shown : pandas.DataFrame
        Columns ``year`` and ``value`` (million people a week).
    """
    picture = Drawing(width=720, height=height)
    first, last = int(shown["year"].min()), int(shown["year"].max())
    across = scale(first - 1, last + 1, 60, 700)
    marks = ticks(0, shown["value"].max())
    up = scale(0, marks[-1], height - 44, 40)
    for mark in marks:
        picture.stroke([(60, up(mark)), (700, up(mark))])
        picture.word(54, up(mark) + 4, texts.number(mark), anchor="end")
    for year in ticks(first, last, 6):
        if first <= year <= last:
            picture.word(across(year), height - 22, f"{year:.0f}", anchor="middle")
    picture.word(60, 18, texts.text("million people a week"), bold=True)
    return picture, across, up


def draw(table, drawing, rule):
    """Return the published series as a :class:`Drawing`, joined, split or restricted."""
    shown = published(table)
    if drawing == "restricted":
        shown = shown[shown["rule"] == rule]
    picture, across, up = axes(shown)
    points = [(across(row.year), up(row.value)) for row in shown.itertuples()]
    if drawing == "joined":
        picture.stroke(points, "ink", 2.5)
    before = None
    for name, piece in shown.groupby("rule", sort=False):
        places = [(across(row.year), up(row.value)) for row in piece.itertuples()]
        colour = "ink" if drawing == "joined" else "britain"
        if drawing != "joined":
            picture.stroke(places, colour, 2.5)
            name_piece(picture, name, places)
            if before is not None:
                # A band from the last figure of one rule to the first of the next.
                picture.block(before, 40, places[0][0] - before, 246, "pale")
        for (x, y), row in zip(places, piece.itertuples(), strict=True):
            note = published_as(row)
            joined = drawing == "joined"
            picture.dot(x, y, colour, note if joined else f"{note}, {texts.cell(name)}")
        before = places[-1][0]
    picture.label = _label(shown, drawing)
    return picture


def published_as(row):
    """Return one figure in words: its year and its millions."""
    return texts.text("{year}: {value} million", year=row.year, value=texts.number(row.value))


def name_piece(picture, rule, places):
    """Write a rule's name above or below its piece of line."""
    side, off = RULES[rule]
    heights = [y for _, y in places]
    height = min(heights) + off if off < 0 else max(heights) + off
    middle = places[0][0] if side == "start" else (places[0][0] + places[-1][0]) / 2
    picture.word(min(middle, 615), height, texts.cell(rule), anchor=side, bold=True)


def _label(shown, drawing):
    if drawing == "joined":
        ends = [texts.text("one line from {ends}", ends=_ends(shown))]
    else:
        ends = [
            f"{texts.cell(name)}, {_ends(piece)}"
            for name, piece in shown.groupby("rule", sort=False)
        ]
    return texts.text(
        "Weekly audience of the BBC World Service in million people: {lines}.",
        lines="; ".join(ends),
    )


def _ends(piece):
    """Say with which figures a piece of line begins and ends."""
    first, last = piece.iloc[0], piece.iloc[-1]
    start = {"value": texts.number(first["value"]), "year": first["year"]}
    if len(piece) == 1:
        return texts.text("{value} in {year}", **start)
    return texts.text(
        "{value} in {year} to {other} in {end}",
        other=texts.number(last["value"]),
        end=last["year"],
        **start,
    )


def _restricted(claim):
    verdicts = {judge(claim, "restricted", rule)[0]: rule for rule in RULES}
    if "supported" in verdicts:
        rule = texts.cell(verdicts["supported"])
        return texts.text("supported by the {rule}", rule=rule)
    return _verdict("not supported" if "not supported" in verdicts else "not shown")


def _verdict(name):
    """Return a verdict as a cell of the table says it."""
    return texts.text(name)


class MethodBreaks(Lab):
    """The World Service's audience: choose a drawing and a claim, and see whether they fit."""

    _esm = script("method_breaks")
    drawings = traitlets.List().tag(sync=True)
    rules = traitlets.List().tag(sync=True)
    claims = traitlets.List().tag(sync=True)
    drawing = traitlets.Unicode("joined").tag(sync=True)
    rule = traitlets.Unicode("Global Audience Measure").tag(sync=True)
    claim = traitlets.Unicode("").tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    verdict = traitlets.Dict().tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)

    def __init__(self, **kwargs):
        self._table = data.load("bbc_audience")
        figures = published(self._table)
        super().__init__(
            drawings=[[way, texts.text(words)] for way, words in DRAWINGS.items()],
            rules=[[rule, texts.cell(rule)] for rule in RULES],
            claims=[[key, texts.cell(one["claim"])] for key, one in claims().items()],
            rows=[
                [str(row.year), texts.number(row.value), texts.cell(row.rule)]
                for row in figures.itertuples()
            ],
            source=data.source_line(figures),
            **kwargs,
        )
        self._answer()

    @traitlets.observe("drawing", "rule", "claim")
    def _answer(self, change=None):
        self.picture = draw(self._table, self.drawing, self.rule).data()
        self.verdict = self._judged() if self.claim else {}

    def _judged(self):
        name, reason = judge(self.claim, self.drawing, self.rule)
        word, look = VERDICTS[name]
        return {"word": texts.text(word), "look": look, "reason": reason}

    def twin(self):
        """Return what each drawing supports, claim by claim, with the rule that serves it best."""
        rows = [
            [
                one["claim"],
                _verdict(judge(key, "joined", "")[0]),
                _verdict(judge(key, "split", "")[0]),
                _restricted(key),
                one["reason"],
            ]
            for key, one in claims().items()
        ]
        columns = [
            texts.text("claim"),
            texts.text("joined"),
            texts.text("split"),
            texts.text("restricted"),
            texts.text("why"),
        ]
        caption = texts.text("Six claims about the World Service, and what three drawings support.")
        return caption, pd.DataFrame(rows, columns=columns)
