"""The denominator lab: one place in fields of several sizes."""

import pandas as pd
import traitlets

from softpower.labs.lab import Lab, script
from softpower.texts import ordinal

# The sizes of Brand Finance's field, and the editions that had them (table index_editions).
FIELDS = {60: "2020", 100: "2021", 120: "2022", 121: "2023", 193: "since 2024"}


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
    if ahead is None:
        return f"On a list of {ranked} there is no {ordinal(rank)} place."
    return (
        f"{ordinal(rank)} of {ranked}: {rank - 1} ahead, {ranked - rank} behind; "
        f"{ahead:.0f}% of the list is ahead."
    )


class DenominatorLab(Lab):
    """A slider for the place; five fields, one bar each."""

    _esm = script("denominator")
    rank = traitlets.Int(80, min=1, max=max(FIELDS)).tag(sync=True)
    highest = traitlets.Int(max(FIELDS)).tag(sync=True)
    bars = traitlets.List().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._draw()

    @traitlets.observe("rank")
    def _draw(self, change=None):
        self.bars = [
            {
                "field": f"of {size}, {when}",
                "ahead": share_ahead(self.rank, size),
                "text": reading(self.rank, size),
            }
            for size, when in FIELDS.items()
        ]
        shares = [
            f"no such place of {size}" if ahead is None else f"{ahead:.0f}% of {size}"
            for size, ahead in ((size, share_ahead(self.rank, size)) for size in FIELDS)
        ]
        self.status = f"Place {self.rank}. Ahead of it: {'; '.join(shares)}."

    def twin(self):
        """Return the share ahead in each field for this place."""
        shares = [bar["ahead"] for bar in self.bars]
        table = pd.DataFrame(
            {
                "Countries ranked": list(FIELDS),
                "Edition": list(FIELDS.values()),
                "Ahead": ["no such place" if s is None else f"{s:.1f}%" for s in shares],
                "In words": [bar["text"] for bar in self.bars],
            }
        )
        return f"Denominator lab, at place {self.rank}.", table
