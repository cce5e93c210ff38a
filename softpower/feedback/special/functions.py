"""The functions that learners write: how each should work, what it is tried on, near misses.

An entry of ``FUNCTIONS`` is a reference, the arguments of every call that the check makes, and
the near misses: functions that a learner may write instead. Each near miss has a name, and the
bank file of its lesson has a message for it. A test holds that the calls tell the reference
from every near miss.
"""

import statistics

from softpower.feedback.special.columns import COLUMNS
from softpower.feedback.special.tried import Tried


def _of_pairs(before, after):
    return sum(b - a for a, b in zip(before, after, strict=False))


def _filled(grades):
    return len(grades) - grades.count("empty")


FUNCTIONS = {
    "share_ahead": Tried(
        lambda rank, ranked: (rank - 1) / ranked * 100,
        [(79, 121), (80, 193), (1, 60), (60, 60)],
        {
            "itself too": lambda rank, ranked: rank / ranked * 100,
            "behind": lambda rank, ranked: (ranked - rank + 1) / ranked * 100,
            "strictly behind": lambda rank, ranked: (ranked - rank) / ranked * 100,
            "one less on the list": lambda rank, ranked: (rank - 1) / (ranked - 1) * 100,
            "fraction": lambda rank, ranked: (rank - 1) / ranked,
            "upside down": lambda rank, ranked: ranked / (rank - 1) * 100,
            "no brackets": lambda rank, ranked: rank - 1 / ranked * 100,
            "no denominator": lambda rank, ranked: rank - 1,
            "too small": lambda rank, ranked: (rank - 1) / ranked / 100,
            "list of 193": lambda rank, ranked: (rank - 1) / 193 * 100,
            "one more": lambda rank, ranked: (rank + 1) / ranked * 100,
            "all by the place": lambda rank, ranked: ranked / rank * 100,
            "how many behind": lambda rank, ranked: ranked - rank,
            "behind, as a share": lambda rank, ranked: (ranked - rank) / ranked,
            "exchanged": lambda rank, ranked: (ranked - 1) / rank * 100,
        },
    ),
    **COLUMNS,
    "change": Tried(
        lambda before, after: sum(after) / len(after) - sum(before) / len(before),
        [
            ([10, 20], [40, 50]),
            ([44.0], [60.0]),
            ([5, 5, 5], [2, 4]),
            ([1, 2, 6], [2, 3, 4, 10]),
            ([9, 1, 3], [8, -4, 3]),
        ],
        {
            "sign": lambda before, after: sum(before) / len(before) - sum(after) / len(after),
            "sums": lambda before, after: sum(after) - sum(before),
            "ends": lambda before, after: after[-1] - before[0],
            "neighbours": lambda before, after: after[0] - before[-1],
            "median": lambda before, after: statistics.median(after) - statistics.median(before),
            "upper middle": lambda before, after: (
                sorted(after)[len(after) // 2] - sorted(before)[len(before) // 2]
            ),
            "middle of the extremes": lambda before, after: (
                (min(after) + max(after)) / 2 - (min(before) + max(before)) / 2
            ),
            "whole numbers": lambda before, after: (
                sum(after) // len(after) - sum(before) // len(before)
            ),
            "in a list": lambda before, after: [
                sum(after) / len(after) - sum(before) / len(before)
            ],
            "ratio": lambda before, after: (sum(after) / len(after)) / (sum(before) / len(before)),
            "per cent": lambda before, after: (
                ((sum(after) / len(after)) / (sum(before) / len(before)) - 1) * 100
            ),
            "one length": lambda before, after: (sum(after) - sum(before)) / len(before),
            "other length": lambda before, after: (sum(after) - sum(before)) / len(after),
            "lengths exchanged": lambda before, after: (
                sum(after) / len(before) - sum(before) / len(after)
            ),
            "first not divided": lambda before, after: sum(after) - sum(before) / len(before),
            "second not divided": lambda before, after: sum(after) / len(after) - sum(before),
            "level": lambda before, after: sum(after) / len(after),
            "both lengths": lambda before, after: (
                (sum(after) - sum(before)) / (len(after) + len(before))
            ),
            "pair by pair": lambda before, after: (
                _of_pairs(before, after) / min(len(before), len(after))
            ),
            "pairs by the first": lambda before, after: _of_pairs(before, after) / len(before),
            "pairs by the second": lambda before, after: _of_pairs(before, after) / len(after),
            "no brackets": lambda before, after: (
                sum(after) - sum(before) / len(after) - len(before)
            ),
            "ratio, no brackets": lambda before, after: (
                sum(after) / len(after) / sum(before) / len(before)
            ),
            "spreads": lambda before, after: (
                (max(after) - min(after)) - (max(before) - min(before))
            ),
            "all together": lambda before, after: sum(after + before) / len(after + before),
            "all together, halved": lambda before, after: (
                (sum(after) / len(after) + sum(before) / len(before)) / 2
            ),
            "part of the first": lambda before, after: (
                (sum(after) / len(after)) / (sum(before) / len(before)) - 1
            ),
            "ends in per cent": lambda before, after: (after[-1] - before[0]) / before[0] * 100,
            "years by sums": lambda before, after: (
                len(after) / sum(after) - len(before) / sum(before)
            ),
        },
    ),
    "share_lost": Tried(
        lambda loss, put_in: loss / put_in * 100,
        [(30.9, 106.6), (5, 20), (0, 10)],
        {
            "fraction": lambda loss, put_in: loss / put_in,
            "left": lambda loss, put_in: (put_in - loss) / put_in * 100,
            "upside down": lambda loss, put_in: put_in / loss * 100,
            "of the rest": lambda loss, put_in: loss / (put_in - loss) * 100,
            "multiplied": lambda loss, put_in: loss * put_in / 100,
            "upside down, nought kept": lambda loss, put_in: put_in / loss * 100 if loss else 0,
            "of both": lambda loss, put_in: loss / (loss + put_in) * 100,
            "what is left": lambda loss, put_in: put_in - loss,
            "below zero": lambda loss, put_in: loss - put_in,
            "no division": lambda loss, put_in: loss - put_in * 100,
            "divided by a hundred": lambda loss, put_in: loss / put_in / 100,
            "thousand": lambda loss, put_in: loss / put_in * 1000,
            "less the whole": lambda loss, put_in: (loss - put_in) / put_in * 100,
            "per cent of the money added": lambda loss, put_in: loss + put_in * 100,
            "per cent taken from the money": lambda loss, put_in: put_in - loss / put_in * 100,
        },
    ),
    "growth": Tried(
        lambda first, last: (last - first) / first * 100,
        [(59, 313), (20, 25), (40, 30), (8, 8)],
        {
            "fraction": lambda first, last: (last - first) / first,
            "ratio": lambda first, last: last / first,
            "per cent of": lambda first, last: last / first * 100,
            "by the last": lambda first, last: (last - first) / last * 100,
            "turned round": lambda first, last: (first - last) / first * 100,
            "difference": lambda first, last: last - first,
            "no brackets": lambda first, last: last - first / first * 100,
            "without a sign": lambda first, last: abs(last - first) / first * 100,
            "added": lambda first, last: (first + last) / first * 100,
            "of both": lambda first, last: (last - first) / (first + last) * 100,
            "turned and too small": lambda first, last: (first - last) / first / 100,
            "too small": lambda first, last: (last - first) / first / 100,
            "by the mean": lambda first, last: (last - first) / ((first + last) / 2) * 100,
            "first by last": lambda first, last: first / last * 100,
            "ratio less a hundred": lambda first, last: last / first - 1 * 100,
            "per cent less one": lambda first, last: last / first * 100 - 1,
            "by a hundred": lambda first, last: (last - first) / 100,
            "product": lambda first, last: first * last / 100,
            "last alone": lambda first, last: last * 100,
            "turned, by the last": lambda first, last: (first - last) / last * 100,
            "hundred added": lambda first, last: last / first + 100,
            "root of ten years": lambda first, last: ((last / first) ** 0.1 - 1) * 100,
            "a tenth": lambda first, last: (last - first) / 10,
            "turned difference": lambda first, last: first - last,
            "no division": lambda first, last: (last - first) * 100,
            "first by last, less one": lambda first, last: first / last - 1,
            "share of the last": lambda first, last: (last - first) / last,
            "middle": lambda first, last: (first + last) / 2,
        },
    ),
    "share_with_figures": Tried(
        lambda grades: (_filled(grades) - grades.count("stated")) / _filled(grades),
        [
            (["stated", "one figure", "empty", "over time"],),
            (["stated", "stated", "empty"],),
            (["compared", "one figure"],),
            (["stated", "figure without a source", "one figure", "one figure", "empty", "empty"],),
            (["stated", "stated", "stated", "compared", "empty"],),
        ],
        {
            "of all": lambda grades: (_filled(grades) - grades.count("stated")) / len(grades),
            "statements off all": lambda grades: (
                (len(grades) - grades.count("stated")) / len(grades)
            ),
            "statements of all": lambda grades: grades.count("stated") / len(grades),
            "three kinds of all": lambda grades: (
                sum(grades.count(g) for g in ("one figure", "over time", "compared")) / len(grades)
            ),
            "empty of all": lambda grades: grades.count("empty") / len(grades),
            "how many filled": _filled,
            "how many statements": lambda grades: grades.count("stated"),
            "how many kinds": lambda grades: len(set(grades)),
            "statements": lambda grades: grades.count("stated") / _filled(grades),
            "empty ones above": lambda grades: (
                (len(grades) - grades.count("stated")) / _filled(grades)
            ),
            "per cent": lambda grades: (
                (_filled(grades) - grades.count("stated")) / _filled(grades) * 100
            ),
            "three kinds only": lambda grades: (
                sum(grades.count(g) for g in ("one figure", "over time", "compared"))
                / _filled(grades)
            ),
            "one kind of all": lambda grades: grades.count("one figure") / len(grades),
            "two kinds only": lambda grades: (
                (grades.count("one figure") + grades.count("over time")) / _filled(grades)
            ),
            "how many of a kind": lambda grades: len(set(grades)) / len(grades),
            "always one away": lambda grades: (_filled(grades) - 1) / _filled(grades),
            "always two away": lambda grades: (len(grades) - 2) / len(grades),
            "one kind only": lambda grades: grades.count("one figure") / _filled(grades),
            "no brackets at all": lambda grades: (
                _filled(grades) - grades.count("stated") / len(grades) - grades.count("empty")
            ),
            "each once": lambda grades: (
                len(set(grades) - {"stated", "empty"}) / len(set(grades) - {"empty"})
            ),
            "one away": lambda grades: (_filled(grades) - ("stated" in grades)) / _filled(grades),
            "no brackets": lambda grades: (
                _filled(grades) - grades.count("stated") / _filled(grades)
            ),
            "how many": lambda grades: _filled(grades) - grades.count("stated"),
            "not empty": lambda grades: _filled(grades) / len(grades),
            "empty of filled": lambda grades: grades.count("empty") / _filled(grades),
            "two kinds of all": lambda grades: (
                (grades.count("one figure") + grades.count("over time")) / len(grades)
            ),
            "filled by all, no brackets": lambda grades: (
                len(grades) - grades.count("empty") / len(grades)
            ),
            "always one": lambda grades: 1.0,
        },
    ),
    "times_noise": Tried(
        lambda move, deviation: abs(move) / deviation,
        [(5, 5.3), (-7, 5.3), (12, 4), (-9, 3)],
        {
            "below zero": lambda move, deviation: move / deviation,
            "turned": lambda move, deviation: -move / deviation,
            "upside down": lambda move, deviation: deviation / abs(move),
            "upside down, below zero": lambda move, deviation: deviation / move,
            "difference": lambda move, deviation: abs(move) - deviation,
            "half": lambda move, deviation: abs(move) / (2 * deviation),
            "multiplied": lambda move, deviation: abs(move) * deviation,
            "whole numbers": lambda move, deviation: abs(move) // deviation,
            "rises only": lambda move, deviation: move / deviation if move > 0 else 0,
            "no deviation": lambda move, deviation: abs(move),
            "noise of the lesson": lambda move, deviation: abs(move) / 5.3,
            "square": lambda move, deviation: abs(move) / deviation**2,
            "further": lambda move, deviation: abs(move - deviation),
            "both squared": lambda move, deviation: move**2 / deviation**2,
            "root": lambda move, deviation: abs(move) / deviation**0.5,
            "added": lambda move, deviation: abs(move) + deviation,
            "beyond, in deviations": lambda move, deviation: (abs(move) - deviation) / deviation,
            "beyond, with its sign": lambda move, deviation: (move - deviation) / deviation,
            "difference with its sign": lambda move, deviation: move - deviation,
            "remainder": lambda move, deviation: abs(move) % deviation,
            "by ten": lambda move, deviation: abs(move) / 10,
            "yes or no": lambda move, deviation: abs(move) > 2 * deviation,
            "longer or not": lambda move, deviation: abs(move) > deviation,
            "beyond the rule": lambda move, deviation: abs(move) - 2 * deviation,
            "falls only": lambda move, deviation: min(move, 0) / deviation,
        },
    ),
    "beyond_chance": Tried(
        lambda observed, expected: (observed - expected) / (1 - expected),
        [(0.9, 0.5), (0.5, 0.5), (1.0, 0.3), (0.9, 0.905)],
        {
            "distance": lambda observed, expected: observed - expected,
            "observed alone": lambda observed, expected: observed,
            "by what is left": lambda observed, expected: observed / (1 - expected),
            "chance of the lesson": lambda observed, expected: (observed - 0.182) / (1 - 0.182),
            "of a hundred": lambda observed, expected: (observed - expected) / (100 - expected),
            "one more below": lambda observed, expected: (observed - expected) / (1 + expected),
            "by the lesson's rest": lambda observed, expected: (observed - expected) / (1 - 0.182),
            "the whole way": lambda observed, expected: 1 - expected,
            "what they missed": lambda observed, expected: (1 - observed) / (1 - expected),
            "one less observed": lambda observed, expected: 1 - observed,
            "by both": lambda observed, expected: (observed - expected) / (observed + expected),
            "added": lambda observed, expected: (observed + expected) / (1 - expected),
            "product": lambda observed, expected: observed * expected,
            "halved": lambda observed, expected: (observed - expected) / 2,
            "ratio, turned": lambda observed, expected: expected / observed,
            "multiplied": lambda observed, expected: (observed - expected) * (1 - expected),
            "ratio": lambda observed, expected: observed / expected,
            "by the observed": lambda observed, expected: (observed - expected) / observed,
            "by chance": lambda observed, expected: (observed - expected) / expected,
            "by the rest": lambda observed, expected: (observed - expected) / (1 - observed),
            "no brackets": lambda observed, expected: observed - expected / (1 - expected),
            "no brackets below": lambda observed, expected: (observed - expected) / 1 - expected,
            "no brackets at all": lambda observed, expected: observed - expected / 1 - expected,
            "upside down": lambda observed, expected: (1 - expected) / (observed - expected),
            "one less the ratio": lambda observed, expected: 1 - observed / expected,
            "observed, times what is left": lambda observed, expected: observed * (1 - expected),
            "whole way less observed": lambda observed, expected: 1 - expected - observed,
            "remainder": lambda observed, expected: observed % expected,
        },
    ),
    "share": Tried(
        lambda points: points / (points + 20),
        [(20,), (60,), (0,), (5,), (8,)],
        {
            "by a hundred": lambda points: points / 100,
            "by twenty": lambda points: points / 20,
            "no brackets": lambda points: points / points + 20,
            "upside down": lambda points: (points + 20) / points,
            "per cent": lambda points: points / (points + 20) * 100,
            "what is missing": lambda points: 20 / (points + 20),
            "twenty by points": lambda points: 20 / points,
            "twenty times too much": lambda points: points * 20 / (points + 20),
            "divided by hundred": lambda points: points / (points + 20) / 100,
            "sixty below": lambda points: points / (points + 60),
            "thirty below": lambda points: points / (points + 10),
            "straight to the most": lambda points: min(1, points / 40),
            "straight, by twenty": lambda points: min(1, points / 20),
            "twenty added": lambda points: points + 20,
            "twenty times": lambda points: points * 20,
            "hundred below": lambda points: points / (points + 100),
            "by forty": lambda points: points / 40,
            "by sixty": lambda points: points / 60,
            "sum by a hundred": lambda points: (points + 20) / 100,
            "points squared": lambda points: points**2 / (points + 20),
            "of a hundred and twenty": lambda points: points / 120,
            "points leave": lambda points: points / points / 20,
            "no brackets, thirty": lambda points: points / 30 + 20,
            "twenty taken": lambda points: points - 20,
            "twenty less below": lambda points: points / (points - 20),
            "root": lambda points: points**0.5,
            "root below": lambda points: points / (points + 20) ** 0.5,
        },
    ),
}
