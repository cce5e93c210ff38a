"""Lesson 03, Measuring soft power: the checks in the lesson and exercise 03."""

import json
from dataclasses import dataclass, field

import pandas as pd

from softpower import index
from softpower.errors import CourseError
from softpower.feedback.answers import (
    AnyOf,
    Case,
    Choice,
    Function,
    Listing,
    Mapping,
    Number,
    Words,
)
from softpower.feedback.plain import restore
from softpower.feedback.question import Criterion, Level, OpenQuestion, Question, Wrong

_BUILD = "build an index step by step"
_DEFEND = "defend its weights"
_REPORT = "report a rank as an interval"
_REBUILD = "rebuild a published score"
_CAUSE = "say what a correlation shows"


@dataclass(frozen=True)
class LabSettings:
    """Settings of the index lab under which a country's rank lies from ``best`` to ``worst``."""

    country: str
    best: int
    worst: int
    changes: dict = field(default_factory=dict)  # to the lab's first settings: one example
    wanted = "the settings that the index lab shows: a JSON text from { to }"

    def _rank(self, given):
        table, indicators = index.cross_section()
        try:
            settings = index.read_settings(restore(given), table.columns, table.index)
            ranks = index.explore(table, settings, indicators["direction"], draws=1).ranks
            return int(ranks.loc[self.country, "rank"])
        except (CourseError, KeyError):
            return None

    def accepts(self, given):
        rank = self._rank(given)
        return rank is not None and self.best <= rank <= self.worst

    def understands(self, given):
        return self._rank(given) is not None

    def examples(self):
        table, _ = index.cross_section()
        settings = index.default_settings(table.columns, self.country) | self.changes
        yield from (json.dumps(settings), settings, json.dumps(settings, indent=1))


_LETTERS = "Choose one of the letters a, b and c."

_US = Words("United States", also=("USA", "US"))
_UK = Words("United Kingdom", also=("UK", "Great Britain"))

# The columns on which the learner's functions are tried.
_A, _B, _C = pd.Series([2, 4, 8]), pd.Series([10, 5, 5]), pd.Series([-1, 0, 3])
_D, _E = pd.Series([5, 5, 10]), pd.Series([3, 0, 0, 1])
_F, _G = pd.Series([0.0, 1.0, 0.5]), pd.Series([0.25, 0.25, 0.5])
_H, _I = pd.Series([1.0, 0.0]), pd.Series([0.8, 0.2])
_J, _K, _L, _M = (pd.Series(pair) for pair in ([0.0, 1.0], [0.25, 1.0], [0.04, 0.25], [0.5, 0.5]))


def _ranks(tied, plain, three):
    """Return the form of a function that ranks three columns of scores like this."""
    scores = [0.2, 0.9, 0.9, 0.5], [3, 1, 2], [5, 5, 5, 1]
    return Function(
        tuple(
            Case((pd.Series(column),), ranks)
            for column, ranks in zip(scores, (tied, plain, three), strict=True)
        )
    )


QUESTIONS = [
    Question(
        id="03.a",
        variable="answer_a",
        objective=_BUILD,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "No figure of South Korea's changed between the two rankings. What did change?",
            ),
            Wrong(
                Choice("b"),
                "Both means are in use, and neither is wrong. What does the second one punish?",
            ),
        ),
        otherwise=_LETTERS,
        explain="The geometric mean punishes low values. South Korea has some of the highest values in the table and some low ones, so it pays.",
        hints=(
            "Compare the two means: which of them forgives a weakness?",
            "Look at South Korea's column in the table of scaled values.",
            "It has several values near 1 and several near 0.",
        ),
    ),
    Question(
        id="03.b",
        variable="answer_b",
        objective=_CAUSE,
        right=Choice("a"),
        wrong=(
            Wrong(
                Choice("b"),
                "That sentence says what would happen if somebody acted. A correlation has seen nobody act.",
            ),
            Wrong(
                Choice("c"),
                "That may be so, and the figures do not show it: nobody was asked why.",
            ),
        ),
        otherwise=_LETTERS,
        explain="It describes, and it leaves the reason open. Size and wealth may stand behind both.",
        hints=(
            "Which of the sentences only describes?",
            "Look for the words that claim a reason: would come to, because.",
            "Two sentences give a cause. One says only what goes together.",
        ),
    ),
    Question(
        id="03.c",
        variable="answer_c",
        objective=_REPORT,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "Third in which index and for which weights? And are resources the same as soft power?",
            ),
            Wrong(
                Choice("c"),
                "Something can be said: some places it can reach, and others it cannot. Saying nothing is also a way of hiding what you know.",
            ),
        ),
        otherwise=_LETTERS,
        explain="It says what is counted, among how many, under which weights, and how firmly.",
        hints=(
            "Which sentence could a reader check?",
            "A good sentence names the index, how many countries it ranks, and the doubt.",
            "One says too much and one too little.",
        ),
    ),
    Question(
        id="03.1",
        variable="minmax",
        objective=_BUILD,
        points=2,
        minutes=4,
        right=Function(
            (
                Case((_A,), Listing((0, Number(1 / 3, 0.001), 1), ordered=True)),
                Case((_B,), [1, 0, 0]),
                Case((_C,), [0, 0.25, 1]),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((_A,), [0.25, 0.5, 1]),
                        Case((_B,), [1, 0.5, 0.5]),
                        Case((_C,), [Number(-1 / 3, 0.001), 0, 1]),
                    )
                ),
                "You divide by the highest value. Then the lowest country does not get 0: take the lowest away first.",
            ),
            Wrong(
                Function(
                    (
                        Case((_A,), [0, 2, 6]),
                        Case((_B,), [5, 0, 0]),
                        Case((_C,), [0, 1, 4]),
                    )
                ),
                "The lowest gets 0, and the highest does not get 1 yet. Divide by the distance between them.",
            ),
            Wrong(
                Function(
                    (
                        Case(
                            (_A,),
                            [
                                Number(2 - 2 / 6, 0.001),
                                Number(4 - 2 / 6, 0.001),
                                Number(8 - 2 / 6, 0.001),
                            ],
                        ),
                        Case((_B,), [9, 4, 4]),
                        Case(
                            (_C,), [Number(-0.75, 0.001), Number(0.25, 0.001), Number(3.25, 0.001)]
                        ),
                    )
                ),
                "Python divides before it subtracts. Put brackets round each of the two differences.",
            ),
        ),
        otherwise="A column of 2, 4 and 8 must become 0, a third, and 1. Which of the three does yours not reach?",
        explain="It works for any unit: dollars, sites, years.",
        hints=(
            "How far does a value lie above the lowest, as a share of the whole distance?",
            "Take the lowest away, then divide by highest minus lowest.",
            "(values - values.min()) / (values.max() - values.min())",
        ),
    ),
    Question(
        id="03.2",
        variable="less_is_better",
        objective=_BUILD,
        points=2,
        minutes=3,
        right=Function(
            (
                Case((_A,), Listing((1, Number(2 / 3, 0.001), 0), ordered=True)),
                Case((_B,), [0, 1, 1]),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((_A,), Listing((0, Number(1 / 3, 0.001), 1), ordered=True)),
                        Case((_B,), [1, 0, 0]),
                    )
                ),
                "This still gives 1 to the country with the most. Here the fewest should get it.",
            ),
            Wrong(
                Function(
                    (
                        Case((_A,), Listing((0, Number(-1 / 3, 0.001), -1), ordered=True)),
                        Case((_B,), [-1, 0, 0]),
                    )
                ),
                "The order is right, and the values lie below 0. The scale should run from 0 to 1.",
            ),
        ),
        otherwise="A column of 2, 4 and 8 must become 1, two thirds, and 0. Does minmax itself pass its check already?",
        explain="The direction is a judgement, too: somebody decided that fewer homicides are better.",
        hints=(
            "Turn the scale round: what was 0 becomes 1.",
            "You have a function that does the rest. Take its result away from 1.",
            "1 - minmax(values)",
        ),
    ),
    Question(
        id="03.3",
        variable="shares",
        objective=_DEFEND,
        points=2,
        minutes=3,
        right=Function((Case((_D,), [0.25, 0.25, 0.5]), Case((_E,), [0.75, 0, 0, 0.25]))),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((_D,), [0.05, 0.05, 0.1]),
                        Case((_E,), [0.03, 0, 0, 0.01]),
                    )
                ),
                "You divide by 100. That is right only where the points add up to 100; here they add up to something else.",
            ),
            Wrong(
                Function(
                    (
                        Case((_D,), [0.5, 0.5, 1]),
                        Case((_E,), [1, 0, 0, Number(1 / 3, 0.001)]),
                    )
                ),
                "You divide by the largest. Weights must add up to 1, and these do not.",
            ),
        ),
        otherwise="Check that what you return adds up to 1.",
        explain="Now any points will do: 5 and 5 weigh as much as 50 and 50.",
        hints=(
            "What part of all points is each?",
            "Divide each by the sum of all.",
            "points / points.sum()",
        ),
    ),
    Question(
        id="03.4",
        variable="score",
        objective=_BUILD,
        points=2,
        minutes=3,
        right=Function(
            (
                Case((_F, _G), Number(0.5, 0.001)),
                Case((_H, _I), Number(0.8, 0.001)),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((_F, _G), Number(0.5, 0.001)),
                        Case((_H, _I), Number(0.5, 0.001)),
                    )
                ),
                "That is the plain mean: the weights are not used yet.",
            ),
            Wrong(
                Function((Case((_F, _G), [0, 0.25, 0.25]), Case((_H, _I), [0.8, 0]))),
                "These are the parts of the score, one for each indicator. A country has one score: what is still to be done with the parts?",
            ),
            Wrong(
                Function(
                    (
                        Case((_F, _G), Number(0.5 / 3, 0.001)),
                        Case((_H, _I), Number(0.4, 0.001)),
                    )
                ),
                "You took the mean of the products. The weights have shared out the whole already, so nothing more is divided.",
            ),
        ),
        otherwise="Multiply each value by its weight, then add the products.",
        explain="A weighted sum. Most indices in the world are no more than that.",
        hints=(
            "A value with weight 0.8 counts four times as much as one with 0.2.",
            "values * weights multiplies each value by its own weight.",
            "(values * weights).sum()",
        ),
    ),
    Question(
        id="03.5",
        variable="geometric",
        objective=_BUILD,
        points=2,
        minutes=5,
        right=Function(
            (
                Case((_J, _M), Number(0.1, 0.001)),
                Case((_K, _M), Number(0.5, 0.001)),
                Case((_L, _M), Number(0.1, 0.001)),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((_J, _M), Number(0, 0.001)),
                        Case((_K, _M), Number(0.5, 0.001)),
                        Case((_L, _M), Number(0.1, 0.001)),
                    )
                ),
                "A single zero wipes out everything. The first line raised the low values: work with raised, not with values.",
            ),
            Wrong(
                Function(
                    (
                        Case((_J, _M), Number(0.5, 0.006)),
                        Case((_K, _M), Number(0.625, 0.001)),
                        Case((_L, _M), Number(0.145, 0.001)),
                    )
                ),
                "That is the arithmetic mean again. Here values are multiplied, each to the power of its weight.",
            ),
            Wrong(
                Function(
                    (
                        Case((_J, _M), [0.1, 1]),
                        Case((_K, _M), [0.5, 1]),
                        Case((_L, _M), [0.2, 0.5]),
                    )
                ),
                "Each value stands at the power of its weight. Now make one number of them: multiply all together.",
            ),
            Wrong(
                Function(
                    (
                        Case((_J, _M), Number(0.01, 0.0001)),
                        Case((_K, _M), Number(0.25, 0.0001)),
                        Case((_L, _M), Number(0.01, 0.0001)),
                    )
                ),
                "You multiplied the values, and the weights are not used yet. Take each value to the power of its weight first.",
            ),
        ),
        otherwise="Take each raised value to the power of its weight, and multiply all.",
        explain="Try 0 and 1 with equal weights: here they give 0.1, and in the question before a half. The weak value costs far more.",
        hints=(
            "The arithmetic mean multiplies by the weights and adds. What does the geometric mean do in place of each?",
            "** takes every value to the power of its weight; .prod() multiplies a whole column, as .sum() adds it.",
            "(raised**weights).prod()",
        ),
    ),
    Question(
        id="03.6",
        variable="ranks",
        objective=_BUILD,
        points=2,
        minutes=5,
        right=_ranks([4, 1, 1, 3], [1, 3, 2], [1, 1, 1, 4]),
        wrong=(
            Wrong(
                AnyOf(
                    (
                        _ranks([1, 3, 3, 2], [3, 1, 2], [2, 2, 2, 1]),
                        _ranks([1, 3.5, 3.5, 2], [3, 1, 2], [3, 3, 3, 1]),
                    )
                ),
                "Your first place goes to the lowest score. Which setting turns the order round?",
            ),
            Wrong(
                AnyOf(
                    (
                        _ranks([4, 1.5, 1.5, 3], [1, 3, 2], [2, 2, 2, 4]),
                        _ranks([4, 1, 1, 3], [1, 3, 2], [2, 2, 2, 4]),
                    )
                ),
                "Tied scores got the middle of their places. By the lesson's rule they share the better one: which setting says so?",
            ),
            Wrong(
                _ranks([4, 1, 2, 3], [1, 3, 2], [1, 2, 3, 4]),
                "Equal scores got different ranks. Who decided which of them is ahead?",
            ),
            Wrong(
                _ranks([3, 1, 1, 2], [1, 3, 2], [1, 1, 1, 2]),
                "After two countries share first place, the next one is third: two stand above it.",
            ),
        ),
        otherwise="A rank is one more than the number of scores that are higher.",
        explain="Tied countries share the better rank, as at the Olympic Games.",
        hints=(
            "How many scores are higher than this one?",
            "In the lesson scores.rank did it, with two settings: one for the order, one for ties.",
            'scores.rank(ascending=False, method="min")',
        ),
    ),
    Question(
        id="03.7",
        variable="answer_7",
        objective=_REBUILD,
        points=3,
        minutes=8,
        right=Mapping({"Kazakhstan": 29.28, "Turkey": 204.48}, tolerance=0.05),
        wrong=(
            Wrong(
                Mapping({"Kazakhstan": 10.54, "Turkey": 73.61}, tolerance=0.05),
                "You used the weights as printed. The nine soft ones do not add up to 1: divide them by their sum first.",
            ),
            Wrong(
                Mapping({"Kazakhstan": 49, "Turkey": 10}),
                "These are the ranks. The question asks for the scores from which they are made.",
            ),
            Wrong(
                Mapping({"Kazakhstan": 34.30, "Turkey": 209.22}, tolerance=0.05),
                "That is the plain mean of the nine variables: the published weights are not used yet.",
            ),
        ),
        otherwise="Turn the nine soft weights into shares, multiply, add. The published score stands in the column soft_presence of wide: compare.",
        explain="You have reproduced a published score to within its rounding.",
        hints=(
            "You did this in the lesson for four countries.",
            "index.own_weights makes shares; index.aggregate makes scores.",
            "Aggregate wide[soft.index] with those shares, and take the two countries.",
        ),
    ),
    Question(
        id="03.8",
        variable="answer_8",
        objective=_BUILD,
        points=3,
        minutes=6,
        right=Listing((_US, "Germany", _UK, "France", "Japan"), ordered=True),
        wrong=(
            Wrong(
                Listing(
                    ("United States", "Germany", "South Korea", "Switzerland", "France"),
                    ordered=True,
                ),
                "These are the first five by the arithmetic mean. The question asks for the geometric.",
            ),
            Wrong(
                Listing(("South Korea", "Germany", "Spain", "France", "United Kingdom")),
                "These lead when indicators are turned into ranks. The question asks for minimum–maximum.",
            ),
            Wrong(
                Listing(
                    ("Japan", "France", "United Kingdom", "Germany", "United States"),
                    ordered=True,
                ),
                "These five, and from the wrong end: begin with rank 1.",
            ),
        ),
        otherwise="Normalise by minmax with the directions, give equal weights, aggregate with the geometric mean, rank, and read the five lowest ranks.",
        explain="Your ranking, made by rules that you can print beside it.",
        hints=(
            "Four steps: normalise, weigh, aggregate, rank.",
            "index.aggregate takes the name of the mean as its third argument.",
            "Sort the ranks with sort_values() and read the first five names.",
        ),
    ),
    Question(
        id="03.9",
        variable="answer_9",
        objective=_REPORT,
        points=2,
        minutes=4,
        right=Number(12.5, tolerance=1, unit="%"),
        wrong=(
            Wrong(
                Number(87.5, tolerance=1),
                "That is how often the United Kingdom stands above Japan. Hold the other one.",
            ),
            Wrong(
                Number(82, tolerance=1),
                "That is South Korea above Japan, from the lesson. Here Japan is held.",
            ),
            Wrong(
                Number(0.125, tolerance=0.01),
                "That is the share. Give it as a percentage.",
            ),
        ),
        otherwise="Use index.share_above with Japan held, look up the United Kingdom, and make it a percentage.",
        explain="Japan stands above in about one weighting of eight: seldom, and not never.",
        hints=(
            "In the lesson South Korea was held. Hold Japan.",
            "index.share_above(scaled, weightings, ...) gives shares from 0 to 1.",
            "Multiply the entry of the United Kingdom by 100.",
        ),
    ),
    Question(
        id="03.10",
        variable="answer_10",
        objective=_REPORT,
        points=2,
        minutes=3,
        right=Number(7 / 7.2, tolerance=0.04, unit="points"),
        wrong=(
            Wrong(
                Number(7 * 7.2, tolerance=0.5),
                "You multiplied. If one point is worth several places, seven places are worth fewer points than seven.",
            ),
            Wrong(
                Number(7.2 / 7, tolerance=0.005),
                "Upside down: you found how many seven-place falls there are in a point.",
            ),
        ),
        otherwise="Divide the places by the places that one point is worth.",
        explain="A fall of seven places is about one point of a hundred in this crowded part of the list.",
        hints=(
            "How many points is one place?",
            "Places divided by places per point gives points.",
            "7 divided by the figure in the task.",
        ),
    ),
    Question(
        id="03.11",
        variable="answer_11",
        objective=_REPORT,
        points=2,
        minutes=4,
        right=Mapping({"best": Number(83.4, 0.6), "worst": Number(90.6, 0.6)}),
        wrong=(
            Wrong(
                Mapping({"best": Number(79.8, 0.6), "worst": Number(94.2, 0.6)}),
                "That is a whole point either way. The assumption was half a point.",
            ),
            Wrong(
                Mapping({"best": Number(86.5, 0.2), "worst": Number(87.5, 0.2)}),
                "Half a point is not half a place. How many places is half a point worth?",
            ),
            Wrong(
                Mapping({"best": Number(90.6, 0.6), "worst": Number(83.4, 0.6)}),
                "The better rank is the smaller number: exchange the two.",
            ),
        ),
        otherwise="Half a point is worth half of the places that a point is worth. Take them from the rank, and add them to it.",
        explain="An interval of about seven places, from half a point.",
        hints=(
            "First turn half a point into places.",
            "The better end is the rank minus those places, the worse end plus.",
            "Half of 7.2 places on either side of 87.",
        ),
    ),
    Question(
        id="03.12",
        variable="answer_12",
        objective=_REPORT,
        points=2,
        minutes=3,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "It names no size. How many points are seven places, and could so small a change be chance?",
            ),
            Wrong(
                Choice("b"),
                "The two intervals meet. Under the assumption, a country that did not change at all could show these two ranks.",
            ),
            Wrong(
                Choice("d"),
                "A rank says something: this one lies in the middle of the list and not near its top. It says it with a margin.",
            ),
        ),
        otherwise="Choose one of the letters a to d.",
        explain="It gives the size, the doubt, and where the doubt comes from.",
        hints=(
            "Write the two intervals side by side. Do they meet?",
            "A good sentence gives the size in points and the margin.",
            "One says too much, one is sure without reason, one throws everything away.",
        ),
    ),
    Question(
        id="03.13",
        variable="answer_13",
        objective=_DEFEND,
        points=3,
        minutes=8,
        right=LabSettings("United Kingdom", 1, 3, {"aggregation": "geometric"}),
        wrong=(
            Wrong(
                LabSettings("United Kingdom", 4, 30, {"normalisation": "minmax"}),
                "These settings can be used, and the United Kingdom is not among the first three with them. Change one choice in the lab and watch its rank.",
            ),
        ),
        otherwise="Copy the whole text from the lab, from the first curly bracket to the last, between three quotation marks.",
        explain="You found a choice that lifts it. Somebody else will find one that lowers it, and both can print a table.",
        hints=(
            "Hold the United Kingdom in the lab and try the four lists at the top.",
            "It has few very low values. Which mean rewards that?",
            "The geometric mean is enough.",
        ),
    ),
    OpenQuestion(
        id="03.14",
        objective=_DEFEND,
        points=12,
        minutes=20,
        rubric=(
            Criterion(
                "A reason for the weights",
                "Why some indicators count more, from what soft power is and for whom the index is made.",
                (
                    Level(0, "No weights, or no reason.", "I gave ten points to broadband."),
                    Level(
                        1,
                        "A reason that would fit any weights.",
                        "I weighed what is important more.",
                    ),
                    Level(
                        2,
                        "A reason from the concept or from the purpose of the index.",
                        "Visas count more, because the index is about people who might come.",
                    ),
                    Level(
                        3,
                        "A reason from the concept and from the purpose, for the heaviest and for the lightest indicator.",
                        "The index is for a tourism board, so open doors and safety weigh most. Income from ideas weighs nothing: nobody is drawn to a patent.",
                    ),
                ),
            ),
            Criterion(
                "What it changes",
                "The rank of a country under these weights and under equal ones, with intervals.",
                (
                    Level(0, "No rank.", "With my weights the ranking is better."),
                    Level(1, "A rank without an interval.", "Kazakhstan is 20th with my weights."),
                    Level(
                        2,
                        "A rank with its interval.",
                        "Kazakhstan is 20th, and 18th to 23rd in nine of ten weightings near mine.",
                    ),
                    Level(
                        3,
                        "Rank and interval, beside those under equal weights, and whether the difference means anything.",
                        "With equal weights it is 22nd, and the two intervals overlap: my weights move it little.",
                    ),
                ),
            ),
            Criterion(
                "The strongest objection",
                "What a fair opponent would say against these weights.",
                (
                    Level(0, "None.", "Nobody can object to this."),
                    Level(1, "An objection to all indices.", "Weights are always subjective."),
                    Level(
                        2,
                        "An objection to these weights.",
                        "I count safety twice, because safe countries also get visa-free travel.",
                    ),
                    Level(
                        3,
                        "An objection to these weights and an answer, or a change made because of it.",
                        "I count safety twice, so I halved both. Kazakhstan stayed where it was.",
                    ),
                ),
            ),
            Criterion(
                "An honest sentence",
                "One sentence that could be printed: what is counted, among how many, how firmly.",
                (
                    Level(0, "None.", "(no sentence)"),
                    Level(1, "A bare rank.", "Kazakhstan is the twentieth country for soft power."),
                    Level(
                        2,
                        "Names the index and how many countries it ranks, or the doubt.",
                        "In our index of twelve resources Kazakhstan is 20th of 28.",
                    ),
                    Level(
                        3,
                        "Names index, number of countries, doubt, and that resources are not attraction.",
                        "In our index of twelve resources, which says nothing of whether they attract, Kazakhstan is between 18th and 23rd of 28.",
                    ),
                ),
            ),
        ),
    ),
]
