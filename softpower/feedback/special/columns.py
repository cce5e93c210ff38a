"""The functions of lesson 03, which take a column of a table or two, as :mod:`.functions` has them."""

import math

from softpower.feedback.special.tried import Tried, column


def _plain_geometric(raised, weights):
    return math.prod(raised) ** (1 / len(raised))


def _raise(values):
    return values.clip(lower=0.01)


COLUMNS = {
    "minmax": Tried(
        lambda values: (values - values.min()) / (values.max() - values.min()),
        [(column(2, 4, 8),), (column(10, 5, 5),), (column(-1, 0, 3),)],
        {
            "by the highest": lambda values: values / values.max(),
            "distance only": lambda values: values - values.min(),
            "by the highest, lowest away": lambda values: (values - values.min()) / values.max(),
            "no brackets": lambda values: values - values.min() / values.max() - values.min(),
            "half the brackets": lambda values: (
                values - values.min() / (values.max() - values.min())
            ),
            "brackets above only": lambda values: (
                (values - values.min()) / values.max() - values.min()
            ),
            "turned round": lambda values: (values.max() - values) / (values.max() - values.min()),
            "per cent": lambda values: (
                (values - values.min()) / (values.max() - values.min()) * 100
            ),
            "z score": lambda values: (values - values.mean()) / values.std(),
            "part of the list": lambda values: values.rank(pct=True),
            "sorted": lambda values: values.sort_values(),
            "clipped": lambda values: values.clip(0, 1),
            "share of the sum": lambda values: values / values.sum(),
            "first and last": lambda values: (
                (values - values.iloc[0]) / (values.iloc[-1] - values.iloc[0])
            ),
            "by a hundred": lambda values: values / 100,
            "by the mean": lambda values: values / values.mean(),
            "by how many": lambda values: values / len(values),
            "one to ten": lambda values: (values - 1) / (10 - 1),
            "of question 1": lambda values: (values - 66.3) / (84.4 - 66.3),
        },
    ),
    "less_is_better": Tried(
        lambda values: (values.max() - values) / (values.max() - values.min()),
        [(column(2, 4, 8),), (column(10, 5, 5),), (column(-1, 0, 3),)],
        {
            "not turned": lambda values: (values - values.min()) / (values.max() - values.min()),
            "below zero": lambda values: (values.min() - values) / (values.max() - values.min()),
            "distance only": lambda values: values.max() - values,
            "one minus the values": lambda values: 1 - values,
            "a minus": lambda values: -values,
            "one by the values": lambda values: 1 / values,
            "by the highest": lambda values: 1 - values / values.max(),
            "lowest over each": lambda values: values.min() / values,
            "no brackets": lambda values: values.max() - values / values.max() - values.min(),
            "half the brackets": lambda values: (
                1 - values - values.min() / (values.max() - values.min())
            ),
            "sorted": lambda values: values.sort_values(ascending=False),
            "ranks": lambda values: values.rank(ascending=False),
            "ranks, lowest first": lambda values: values.rank(),
            "sorted, lowest first": lambda values: values.sort_values(),
            "part of the list": lambda values: values.rank(pct=True),
            "part of the list, turned": lambda values: values.rank(ascending=False, pct=True),
            "one minus shares": lambda values: 1 - values / values.sum(),
            "z score": lambda values: (values - values.mean()) / values.std(),
            "z score, turned": lambda values: (values.mean() - values) / values.std(),
            "brackets below": lambda values: (
                1 - (values - values.min()) / values.max() - values.min()
            ),
            "one by minmax": lambda values: (
                1 / ((values - values.min()) / (values.max() - values.min()))
            ),
            "from a hundred": lambda values: (
                100 - (values - values.min()) / (values.max() - values.min())
            ),
            "one minus a hundredth": lambda values: 1 - values / 100,
            "one by the values, scaled": lambda values: (
                (1 / values - (1 / values).min()) / ((1 / values).max() - (1 / values).min())
            ),
            "hundred times what is taken off": lambda values: (
                1 - (values - values.min()) / (values.max() - values.min()) * 100
            ),
            "one and minmax": lambda values: (
                1 + (values - values.min()) / (values.max() - values.min())
            ),
            "one by one and the values": lambda values: 1 / (1 + values),
            "sorted before": lambda values: (
                (values.sort_values() - values.min()) / (values.max() - values.min())
            ),
        },
    ),
    "shares": Tried(
        lambda points: points / points.sum(),
        [(column(5, 5, 10),), (column(3, 0, 0, 1),), (column(1, 1, 4),)],
        {
            "by a hundred": lambda points: points / 100,
            "by the largest": lambda points: points / points.max(),
            "by how many": lambda points: points / len(points),
            "per cent": lambda points: points / points.sum() * 100,
            "upside down": lambda points: points.sum() / points,
            "by twelve": lambda points: points / 12,
            "by the mean": lambda points: points / points.mean(),
            "minimum and maximum": lambda points: (
                (points - points.min()) / (points.max() - points.min())
            ),
            "all alike": lambda points: points * 0 + 1 / len(points),
            "running sum": lambda points: points.cumsum() / points.sum(),
            "by the others": lambda points: points / (points.sum() - points),
            "by how many and a hundred": lambda points: points / (100 * len(points)),
            "of the ranks": lambda points: points.rank() / points.rank().sum(),
        },
    ),
    "score": Tried(
        lambda values, weights: (values * weights).sum(),
        [
            (column(0.0, 1.0, 0.5), column(0.25, 0.25, 0.5)),
            (column(1.0, 0.0), column(0.8, 0.2)),
            (column(0.3, 0.9), column(0.9, 0.1)),
            (column(0.77, 0.23, 0.51), column(0.15, 0.25, 0.6)),
        ],
        {
            "no weights": lambda values, weights: values.mean(),
            "parts": lambda values, weights: values * weights,
            "mean of products": lambda values, weights: (values * weights).mean(),
            "sum of values": lambda values, weights: values.sum(),
            "sums multiplied": lambda values, weights: values.sum() * weights.sum() * 2,
            "added": lambda values, weights: (values + weights).sum(),
            "largest part": lambda values, weights: (values * weights).max(),
            "divided": lambda values, weights: (values / weights).sum(),
            "product of powers": lambda values, weights: (values**weights).prod(),
            "what is left of the weights": lambda values, weights: (values * (1 - weights)).sum(),
            "by the values": lambda values, weights: (values * weights).sum() / values.sum(),
            "powers added": lambda values, weights: (values**weights).sum(),
            "largest value": lambda values, weights: values.max(),
            "half of each": lambda values, weights: (values * 0.5).sum(),
            "mean, in per cent": lambda values, weights: (values * weights).mean() * 100,
        },
    ),
    "geometric": Tried(
        lambda values, weights: (_raise(values) ** weights).prod(),
        [
            (column(0.0, 1.0), column(0.5, 0.5)),
            (column(0.25, 1.0), column(0.5, 0.5)),
            (column(0.04, 0.25), column(0.5, 0.5)),
            (column(0.25, 1.0), column(0.8, 0.2)),
        ],
        {
            "not raised": lambda values, weights: (values**weights).prod(),
            "arithmetic": lambda values, weights: (_raise(values) * weights).sum(),
            "parts": lambda values, weights: _raise(values) ** weights,
            "no weights": lambda values, weights: _raise(values).prod(),
            "plain geometric": lambda values, weights: _plain_geometric(_raise(values), weights),
            "powers added": lambda values, weights: (_raise(values) ** weights).sum(),
            "plain mean": lambda values, weights: _raise(values).mean(),
            "raised by adding": lambda values, weights: ((values + 0.01) ** weights).prod(),
            "weights multiplied": lambda values, weights: (_raise(values) * weights).prod(),
            "mean of products": lambda values, weights: (_raise(values) * weights).mean(),
            "powers of the values added": lambda values, weights: (values**weights).sum(),
        },
    ),
    "ranks": Tried(
        lambda scores: scores.rank(ascending=False, method="min"),
        [(column(0.2, 0.9, 0.9, 0.5),), (column(3, 1, 2),), (column(5, 5, 5, 1),)],
        {
            "lowest first": lambda scores: scores.rank(method="min"),
            "lowest first, middle": lambda scores: scores.rank(),
            "lowest first, max": lambda scores: scores.rank(method="max"),
            "middle": lambda scores: scores.rank(ascending=False),
            "worse place": lambda scores: scores.rank(ascending=False, method="max"),
            "no ties": lambda scores: scores.rank(ascending=False, method="first"),
            "dense": lambda scores: scores.rank(ascending=False, method="dense"),
            "scores in order": lambda scores: scores.sort_values(ascending=False),
            "scores, lowest first": lambda scores: scores.sort_values(),
            "as they stand": lambda scores: type(scores)(range(1, len(scores) + 1), scores.index),
            "part of the list": lambda scores: scores.rank(ascending=False, method="min", pct=True),
            "positions": lambda scores: scores.argsort() + 1,
            "sorted": lambda scores: scores.rank(ascending=False, method="min").sort_values(),
            "lowest first, no ties": lambda scores: scores.rank(method="first"),
            "below zero": lambda scores: -scores.rank(),
            "below zero, better": lambda scores: -scores.rank(method="min"),
            "from nought, worse": lambda scores: len(scores) - scores.rank(method="min"),
            "from nought, middle": lambda scores: len(scores) - scores.rank(),
            "positions from nought": lambda scores: scores.argsort(),
            "part of the list, lowest first": lambda scores: scores.rank(pct=True),
            "distance from the best": lambda scores: scores.max() - scores + 1,
            "from thirteen": lambda scores: 13 - scores.rank(method="max"),
            "sorted, then ranked": lambda scores: scores.sort_values().rank(),
            "typed": lambda scores: [1, 2, 3, 4],
        },
    ),
}
