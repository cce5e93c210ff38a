"""Lesson 00, Start here: two questions to learn how a check works."""

from softpower.feedback.answers import Choice, Words
from softpower.feedback.question import Question, Wrong

QUESTIONS = [
    Question(
        id="00.a",
        variable="answer_a",
        objective="answer a check",
        right=Words("Kazakhstan", also=("Qazaqstan", "KAZ")),
        wrong=(
            Wrong(Words("Japan"), "Japan has the longest bar. Which country has the shortest?"),
            Wrong(
                Words("South Korea", also=("Korea", "KOR")),
                "South Korea is the lowest of the three cases, but one bar is shorter still.",
            ),
        ),
        otherwise="Look at the chart again and write the name beside the shortest bar, in quotation marks.",
        explain="You read a chart and answered a check. That is all the technique this course needs.",
        hints=(
            "The bars are in order, the longest on top.",
            "Look at the lowest bar and read the name to its left.",
            'Write the name between quotation marks, like "Japan", in place of the three dots.',
        ),
    ),
    Question(
        id="00.b",
        variable="answer_b",
        objective="doubt a number",
        minutes=2,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "The chart says who scores higher. Half the score would mean half the attraction "
                "only if the scale measured attraction as a ruler measures length.",
            ),
            Wrong(
                Choice("b"),
                "The chart shows one year. A single year says nothing about a rise or a fall.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="A score from a survey is an answer to somebody's question. Lesson 02 asks whose.",
        hints=(
            "What did people do to make this number? They answered a survey.",
            "Ask of each sentence: does the chart show this, or do we add it?",
            "Two of the three sentences need something that the chart does not show: a ruler for "
            "attraction, or a second year.",
        ),
    ),
]
