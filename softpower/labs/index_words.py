"""What the index lab says of a ranking: where a country stands, how firmly, and what would move it."""

from softpower import texts
from softpower.texts import ordinal

# What may be chosen, as a sentence names it.
_CHOICES = {
    "left out": texts.mark("the indicator left out"),
    "aggregation": texts.mark("the mean"),
    "normalisation": texts.mark("the normalisation"),
    "weights": texts.mark("the weights"),
}
# What was chosen, within a sentence.
SETTINGS = {
    "minmax": texts.mark("minimum–maximum"),
    "zscore": texts.mark("z-score"),
    "rank": texts.mark("rank"),
    "goalposts": texts.mark("goalposts"),
    "arithmetic": texts.mark("arithmetic mean"),
    "geometric": texts.mark("geometric mean"),
}


def span(low, high):
    if low == high:
        return ordinal(low)
    return texts.text("{low} to {high}", low=ordinal(low), high=ordinal(high))


def status(ranks, held, before=None, doubt=True):
    """Say where the held country stands, and how firmly.

    Parameters
    ----------
    ranks : pandas.DataFrame
        ``Exploration.ranks``.
    held : str
        The country.
    before : int, optional
        Its rank before the last move.
    doubt : bool
        Whether any doubt is left; without it there is one weighting and nothing to span.
    """
    row = ranks.loc[held]
    rank = int(row["rank"])
    named = {
        "country": texts.cell(held),
        "rank": ordinal(rank),
        "count": texts.number(len(ranks)),
    }
    if before in (None, rank):
        standing = texts.text("{country} is {rank} of {count} by your points.", **named)
    else:
        standing = texts.text(
            "{country} is {rank} of {count} by your points, and was {before}.",
            before=ordinal(before),
            **named,
        )
    if not doubt:
        spread = texts.text("With no doubt left, its bar shrinks to a dot.")
    else:
        spread = texts.text(
            "In nine of ten weightings it is {span}.",
            span=span(int(row["low"]), int(row["high"])),
        )
    return texts.sentences(standing, spread)


def neighbours(ranks, held):
    """Say how often the held country stands above the two beside it."""
    order = list(ranks.index)
    place = order.index(held)
    beside = [order[i] for i in (place - 1, place + 1) if 0 <= i < len(order)]
    shares = [texts.percent(100 * ranks.loc[other, "above"]) for other in beside]
    first, last = texts.cell(beside[0]), texts.cell(beside[-1])
    if len(beside) == 1:
        return texts.text(
            "{country} stands above {first} in {share} of the weightings.",
            country=texts.cell(held),
            first=first,
            share=shares[0],
        )
    return texts.text(
        "{country} stands above {first} in {share} and above {last} in {other} of the weightings.",
        country=texts.cell(held),
        first=first,
        share=shares[0],
        last=last,
        other=shares[1],
    )


def helps(effects, titles, held, rank):
    """Say which weight helps the held country most, and which hurts it most."""
    best, worst = effects.iloc[0], effects.iloc[-1]
    country = texts.cell(held)
    if best["with_more"] >= rank:
        return texts.text(
            "No single indicator lifts {country}, even if a tenth of the whole weight is added to it.",
            country=country,
        )
    return texts.text(
        "The weight that helps {country} most: {best}. With ten points in a hundred more for it, {country} is {rank}. The one that helps least: {worst}; with as much more for it, {country} is {low}.",
        country=country,
        best=texts.cell(titles[best.name]),
        rank=ordinal(int(best["with_more"])),
        worst=texts.cell(titles[worst.name]),
        low=ordinal(int(worst["with_more"])),
    )


def limits(bounds, held, countries, rank):
    """Say what the exact bounds of the held country mean."""
    named = {
        "country": texts.cell(held),
        "rank": ordinal(rank),
        "best": ordinal(bounds.best),
        "worst": ordinal(bounds.worst),
        "count": texts.number(countries),
    }
    if bounds.best == bounds.worst:
        return texts.text(
            "No weighting within your doubt moves {country} from its {rank} place.", **named
        )
    if bounds.best == rank:
        return texts.text(
            "No weighting within your doubt can lift {country}: {rank} is its best. Its worst is {worst}.",
            **named,
        )
    return texts.text(
        "Within your doubt one weighting can put {country} {best} of {count}, and another {worst}. None can put it outside these two.",
        **named,
    )


def verdict(reach, effects, held, countries):
    """Say what any choice at all could do for a country, and which choice moves it most."""
    best, worst = reach["best"].min(), reach["worst"].max()
    named = {
        "country": texts.cell(held),
        "best": ordinal(int(best)),
        "worst": ordinal(int(worst)),
        "count": texts.number(countries),
    }
    if best > 1:
        reached = texts.text(
            "No choice whatever lifts {country} above {best} of {count}; some choice puts it {worst}.",
            **named,
        )
    else:
        reached = texts.text(
            "Some choice puts {country} {best} of {count}; some choice puts it {worst}.", **named
        )
    choice = effects.index[0]
    most = texts.text(
        "Among all combinations of normalisation, weights, mean and one indicator left out, what moves it most is {choice}: it alone accounts for {share} of the movement.",
        choice=texts.text(_CHOICES.get(choice, choice)),
        share=texts.percent(100 * effects.iloc[0]["share"]),
    )
    return texts.sentences(reached, most)
