"""Lesson 03, Measuring soft power: the checks in the lesson and exercise 03."""

from softpower.feedback.answers import Choice
from softpower.feedback.question import Question, Wrong

_BUILD = "build an index step by step"
_DEFEND = "defend its weights"
_REPORT = "report a rank as an interval"
_REBUILD = "rebuild a published score"
_CAUSE = "say what a correlation shows"

_LETTERS = "Choose one of the letters a, b and c."

QUESTIONS = [
    Question(
        id="03.a",
        variable="answer_a",
        objective=_BUILD,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "No figure of South Korea's changed between the two rankings. What did change?",
            ),
            Wrong(
                Choice("c"),
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
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
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
            "Look for the words that claim a reason: would make, because.",
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
                "Third in which index, of how many, and for which weights? And are resources the same as soft power?",
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
            "A good sentence names the index, the field and the doubt.",
            "One says too much and one too little.",
        ),
    ),
]
