"""The denominator lab: one place in fields of several sizes."""

from functools import cache

import pandas as pd
import traitlets

from softpower import data, texts
from softpower.labs.lab import Lab, script
from softpower.texts import ordinal

__all__ = ["DenominatorLab", "fields", "ordinal", "reading", "share_ahead"]


@cache
def fields():
    """Return the sizes of Brand Finance's field, each with its first and its last edition."""
    table = data.load("index_editions").query(
        "index == 'Global Soft Power Index' and indicator == 'countries ranked'"
    )
    years = table.groupby(table["value"].astype(int))["year"].agg(["min", "max"])
    return {size: (int(row["min"]), int(row["max"])) for size, row in years.iterrows()}


def _edition(size):
    first, last = fields()[size]
    if first == last:
        return str(first)
    return texts.text("since {year}", year=first)


def share_ahead(rank, ranked):
    """Return the percentage of the ranked countries that stand ahead of a place.

    Parameters
    ----------
    rank : int
        The place, from 1.
    ranked : int
        How many countries are ranked.

    Returns
    -------
    float or None
        ``(rank - 1) / ranked`` in per cent; None where the field has no such place.
    """
    return None if rank > ranked else 100 * (rank - 1) / ranked


def reading(rank, ranked):
    """Return a place in one field as a sentence."""
    ahead = share_ahead(rank, ranked)
    place, size = ordinal(rank), texts.number(ranked)
    if ahead is None:
        return texts.text("On a list of {size} there is no {place} place.", size=size, place=place)
    return texts.text(
        "{place} of {size}: {ahead} ahead, {behind} behind; {share} of the list is ahead.",
        place=place,
        size=size,
        ahead=texts.number(rank - 1),
        behind=texts.number(ranked - rank),
        share=texts.percent(ahead),
    )


def _share(rank, ranked):
    ahead = share_ahead(rank, ranked)
    if ahead is None:
        return texts.text("no such place of {size}", size=texts.number(ranked))
    return texts.text("{share} of {size}", share=texts.percent(ahead), size=texts.number(ranked))


class DenominatorLab(Lab):
    """A slider for the place; five fields, one bar each."""

    _esm = script("denominator")
    rank = traitlets.Int(80, min=1).tag(sync=True)
    highest = traitlets.Int().tag(sync=True)
    bars = traitlets.List().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)

    def __init__(self, **kwargs):
        super().__init__(highest=max(fields()), **kwargs)
        self._draw()

    @traitlets.validate("rank")
    def _inside(self, proposal):
        return min(proposal["value"], max(fields()))

    @traitlets.observe("rank")
    def _draw(self, change=None):
        self.bars = [
            {
                "field": texts.text("of {size}, {when}", size=size, when=_edition(size)),
                "ahead": share_ahead(self.rank, size),
                "text": reading(self.rank, size),
            }
            for size in fields()
        ]
        self.status = texts.text(
            "Place {rank}. Ahead of it: {shares}.",
            rank=texts.number(self.rank),
            shares="; ".join(_share(self.rank, size) for size in fields()),
        )

    def twin(self):
        """Return the share ahead in each field for this place."""
        shares = [bar["ahead"] for bar in self.bars]
        missing = texts.text("no such place")
        table = pd.DataFrame(
            {
                texts.text("Countries ranked"): list(fields()),
                texts.text("Edition"): [_edition(size) for size in fields()],
                texts.text("Ahead"): [
                    missing if share is None else texts.percent(share, 1) for share in shares
                ],
                texts.text("In words"): [bar["text"] for bar in self.bars],
            }
        )
        rank = texts.number(self.rank)
        return texts.text("Denominator lab, at place {rank}.", rank=rank), table
