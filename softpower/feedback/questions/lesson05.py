"""Lesson 05, Japan: the checks in the lesson and exercise 05."""

from softpower.feedback.answers import (
    AnyOf,
    Case,
    Choice,
    Function,
    Listing,
    Mapping,
    Number,
)
from softpower.feedback.question import Criterion, Level, OpenQuestion, Question, Wrong

_SEPARATE = "separate a strategy, a fund and a reputation"
_WEIGH = "weigh money spent against standing gained"
_READ = "read a rank the right way up, and a count with its limits"
_START = "show how the answer changes with the year in which the story begins"

QUESTIONS = [
    Question(
        id="05.a",
        variable="answer_a",
        objective=_SEPARATE,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "It was wanted, and it came about. Would it have come about if nobody had wanted it on paper?",
            ),
            Wrong(
                Choice("b"),
                "No money is mentioned. What is it that 'works', and what is offered as the proof?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="The praise goes to the strategy; the proof is a taste that may have grown without it. The two halves need a bridge, and the sentence has none.",
        hints=(
            "Split the sentence at the colon.",
            "Left of the colon something is praised. Right of it something is described. Are they the same thing?",
            "Would people watch anime if no ministry had ever written a paper?",
        ),
    ),
    Question(
        id="05.b",
        variable="answer_b",
        objective=_READ,
        right=Choice("a"),
        wrong=(
            Wrong(
                Choice("b"),
                "Attraction is one of the things that move the number. What did the foundation warn of in 2012?",
            ),
            Wrong(
                Choice("c"),
                "The fund had hardly begun, and nothing in the figures points to it. Say only what was counted.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="It says who was counted, where and when, and no more. The reason for the fall is another question, with other evidence.",
        hints=(
            "Which sentence stays true whatever the reason was?",
            "Two of the sentences name a cause. Do the figures?",
            "Look for the words 'were counted'.",
        ),
    ),
    Question(
        id="05.1",
        variable="answer_1",
        objective=_SEPARATE,
        points=2,
        minutes=4,
        right=Mapping({"A": "strategy", "B": "reputation", "C": "fund", "D": "strategy"}),
        wrong=(
            Wrong(
                Mapping({"A": "strategy", "B": "reputation", "C": "fund", "D": "reputation"}),
                "D is about what a government hopes that others will think. Has anybody asked those others?",
            ),
            Wrong(
                Mapping({"A": "fund", "B": "reputation", "C": "fund", "D": "strategy"}),
                "A names an aim. Is there a pot of money, and somebody who decides where it goes?",
            ),
        ),
        otherwise="Ask of each line: is it an intention, a pot of money, or what other people think?",
        explain="Two intentions, one pot of money, one opinion of others. Only B could be an outcome.",
        hints=(
            "One of the three words comes twice.",
            "Intention: strategy. Money with a manager: fund. Other people's opinion: reputation.",
            "A and D are of the same kind.",
        ),
    ),
    Question(
        id="05.2",
        variable="answer_2",
        objective=_WEIGH,
        points=2,
        minutes=4,
        right=Number(90.878, tolerance=0.1, unit="%"),
        wrong=(
            Wrong(
                Number(0.90878, tolerance=0.006),
                "That is the share as a part of one. The question asks for percent.",
            ),
            Wrong(
                Number(9.122, tolerance=0.1),
                "That is the private part. The question asks for the state's.",
            ),
            Wrong(
                Number(10.0375, tolerance=0.1),
                "You divided the private money by the state's. Divide the state's money by all of it.",
            ),
            Wrong(
                Number(89.96, tolerance=0.06),
                "You took the private money as a share of the state's, and subtracted. What is the whole?",
            ),
            Wrong(Number(91.0), "You rounded to a whole number. Give the result with one decimal."),
        ),
        otherwise="A share is the part divided by the whole, times 100. What is the whole here?",
        explain="Nine in ten yen were the state's. In name the fund was public and private; in money it was public.",
        hints=(
            "What is all the money in the fund?",
            "The whole is the state's money and the private money together.",
            "106.6 / (106.6 + 10.7) * 100",
        ),
    ),
    Question(
        id="05.3",
        variable="answer_3",
        objective=_WEIGH,
        points=2,
        minutes=3,
        right=Number(94.516, tolerance=0.06, unit="%"),
        wrong=(
            Wrong(
                Number(85.0),
                "That is what the article prints. What do its two sums give when you divide them yourself?",
            ),
            Wrong(
                Number(0.94516, tolerance=0.006),
                "That is the share as a part of one. The question asks for percent.",
            ),
            Wrong(
                Number(105.8, tolerance=0.1),
                "More than the whole cannot be public. Which of the two figures is the part?",
            ),
            Wrong(Number(5.484, tolerance=0.06), "That is the part that was not public."),
            Wrong(
                AnyOf((Number(95.0), Number(94.0))),
                "You rounded to a whole number. Give the result with one decimal.",
            ),
        ),
        otherwise="Divide the public money by all of it, and multiply by 100.",
        explain="Not 85%. Either a figure is wrong, or the 85% has another whole. The private firms had put in 10.7 billion by 2022, and 58.6 of 58.6 + 10.7 is 84.6%: perhaps the article meant the fund's capital. It does not say.",
        hints=(
            "Do not trust the percentage; make your own.",
            "Part divided by whole, times 100.",
            "58.6 / 62 * 100",
        ),
    ),
    Question(
        id="05.4",
        variable="answer_4",
        objective=_WEIGH,
        points=2,
        minutes=2,
        right=Listing(("a", "c")),
        wrong=(
            Wrong(
                Listing(("a", "b")),
                "The first is right. A name tells you whom to blame; what tells you whether the loss was expected?",
            ),
            Wrong(
                Listing(("a", "d")),
                "The first is right. Headlines measure noise. What tells you whether the loss was expected?",
            ),
            Wrong(
                Listing(("c", "d")),
                "The first is right. Headlines measure noise. What gives the loss its size?",
            ),
            Wrong(
                Listing(("b", "c")),
                "The second is right. A name tells you whom to blame; what gives the loss its size?",
            ),
        ),
        otherwise="Which two facts would turn 'millions' into 'much' or 'little'?",
        explain="What was put in gives the loss its size; what was planned says whether it is a surprise.",
        hints=(
            "In the lesson the loss got two companions.",
            "One gives it its size, the other says whether it was expected.",
            "Money put in, and money that the plan allowed to be lost.",
        ),
    ),
    Question(
        id="05.5",
        variable="answer_5",
        objective=_START,
        points=2,
        minutes=5,
        right=Number(0.378, tolerance=0.06, unit="%"),
        wrong=(
            Wrong(
                Number(0.00378, tolerance=0.0006),
                "That is the change as a part of one. Multiply by 100.",
            ),
            Wrong(
                Number(1.00378, tolerance=0.0006),
                "That is how many times as many. Take away the one, then multiply by 100.",
            ),
            Wrong(
                Number(100.378, tolerance=0.06),
                "That is the later number as a percentage of the earlier. How much more is it?",
            ),
            Wrong(
                Number(-0.378, tolerance=0.06),
                "The sign is turned: you set the earlier number against the later one.",
            ),
            Wrong(
                Number(0.2506, tolerance=0.03),
                "You seem to have used the rounded 3.99 million. So small a change needs the whole figure from the table.",
            ),
            Wrong(
                Number(0.015081, tolerance=0.0006),
                "That is the change in million learners. The question asks for per cent.",
            ),
            Wrong(Number(9.61, tolerance=0.1), "You began in 2009. The question begins in 2012."),
            Wrong(Number(90.5, tolerance=0.1), "You began in 1998. The question begins in 2012."),
        ),
        otherwise="Later number divided by earlier number, minus one, times 100.",
        explain="Less than half a per cent in twelve years. Begin three years earlier, and it is nearly ten per cent.",
        hints=(
            "You need the rows of 2012 and 2024.",
            "Divide the later number by the earlier one, take away one, and multiply by 100.",
            "(4.00075 / 3.985669 - 1) * 100",
        ),
    ),
    Question(
        id="05.6",
        variable="share_lost",
        objective=_WEIGH,
        points=2,
        minutes=5,
        right=Function(
            (
                Case((30.9, 106.6), Number(28.987, tolerance=0.06)),
                Case((5, 20), Number(25.0, tolerance=0.001)),
                Case((0, 10), Number(0.0, tolerance=0.001)),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((30.9, 106.6), Number(0.28987, tolerance=0.0006)),
                        Case((5, 20), Number(0.25, tolerance=0.0001)),
                        Case((0, 10), Number(0.0, tolerance=0.001)),
                    )
                ),
                "Your function gives a part of one. Multiply by 100 to get percent.",
            ),
            Wrong(
                Function(
                    (
                        Case((30.9, 106.6), Number(71.013, tolerance=0.06)),
                        Case((5, 20), Number(75.0, tolerance=0.001)),
                        Case((0, 10), Number(100.0, tolerance=0.001)),
                    )
                ),
                "Your function gives the part that is left. The question asks for the part that is lost.",
            ),
        ),
        otherwise="Divide the loss by what was put in, and multiply by 100.",
        explain="It works for any fund, in any money: the two sums have only to be of the same day and in the same unit.",
        hints=(
            "Which of the two arguments is the part, and which the whole?",
            "loss divided by put_in, times 100.",
            "result = loss / put_in * 100",
        ),
    ),
    Question(
        id="05.7",
        variable="answer_7",
        objective=_READ,
        points=2,
        minutes=4,
        right=Listing((2020, 2021, 2022, 2023)),
        wrong=(
            Wrong(
                Listing((2019,)),
                "You read the rank as a score. From 2 to 5 is three places down.",
            ),
            Wrong(
                Listing((2020, 2021, 2022, 2023, 2024)),
                "Compare 2024 with 2023 once more. Is it higher, or the same?",
            ),
            Wrong(
                Listing((2023,)),
                "That is when it came first. In which other years did it stand higher than the time before?",
            ),
        ),
        otherwise="Go from year to year, and ask each time: is the number smaller than the one before?",
        explain="In a rank, smaller is higher. Four climbs, one fall, one year without change.",
        hints=(
            "First place is the number 1.",
            "A country climbs when the number gets smaller.",
            "2018 to 2019 is a fall, 2023 to 2024 no change. The other steps are climbs.",
        ),
    ),
    Question(
        id="05.8",
        variable="answer_8",
        objective=_WEIGH,
        points=2,
        minutes=3,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "'Because' needs a reason to think that nothing else moved the rank. Do we have one?",
            ),
            Wrong(
                Choice("c"),
                "'Of no use' says that the rank would have been the same without the fund. How could we know?",
            ),
            Wrong(
                Choice("d"),
                "A loss in the accounts and an effect on opinion are two things. Can one settle the other?",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="It says what was seen, when, and what cannot be concluded. A critic and a friend of the fund can both sign it.",
        hints=(
            "Three of the four sentences say something about cause.",
            "Which sentence could be signed by a friend of the fund and by a critic?",
            "Look for the one that says what these figures leave open.",
        ),
    ),
    Question(
        id="05.9",
        variable="answer_9",
        objective=_START,
        points=2,
        minutes=4,
        right=Number(2002.0),
        wrong=(
            Wrong(
                Number(2013.0),
                "With 2013 the figure before is that of 2012, which is almost the same as that of 2024.",
            ),
            Wrong(
                Number(2010.0),
                "With 2010 the figure before is that of 2009, 3.65 million. Is four million almost twice that?",
            ),
            Wrong(
                Number(2011.0),
                "With 2011 the figure before is still that of 2009, 3.65 million. Is four million almost twice that?",
            ),
            Wrong(
                Number(1998.0),
                "That is the year of the figure before. Which of the four starts lies after it and before the next figure?",
            ),
        ),
        otherwise="Answer with one of the four years in which Cool Japan can be said to have begun.",
        explain="Only if the story begins with a journalist's phrase. With each of the state's own beginnings, the growth is ten per cent or none.",
        hints=(
            "Take the last figure before each start.",
            "Almost double: the figure before must be about half of four million.",
            "About two million learners were counted in 1998. Which start comes next?",
        ),
    ),
    OpenQuestion(
        id="05.10",
        objective="advise on a fund for culture abroad",
        points=12,
        minutes=20,
        rubric=(
            Criterion(
                "Three things apart",
                "Strategy, fund and reputation are told apart and used in the advice.",
                (
                    Level(
                        0,
                        "They are not told apart.",
                        "Kazakhstan should do Cool Kazakh, as Japan did it.",
                    ),
                    Level(
                        1,
                        "One of them is named as such.",
                        "A fund costs money, so we should be careful.",
                    ),
                    Level(
                        2,
                        "All three are told apart.",
                        "The strategy says what we want, the fund pays, and reputation is what others think.",
                    ),
                    Level(
                        3,
                        "All three are told apart, and the advice says what each would have to do.",
                        "Write the aims first; let the fund stand behind what already sells abroad; and do not promise the minister a reputation, which neither of them can deliver.",
                    ),
                ),
            ),
            Criterion(
                "Figures with companions",
                "At least two figures from Japan with source, and with what gives them their size.",
                (
                    Level(0, "No figure, or one that is made up.", "Japan lost a lot of money."),
                    Level(
                        1,
                        "A figure without a companion.",
                        "The fund lost 30.9 billion yen.",
                    ),
                    Level(
                        2,
                        "A figure with its companion.",
                        "The fund lost 30.9 billion yen of 106.6 billion that the state put in.",
                    ),
                    Level(
                        3,
                        "Two figures with companions and sources.",
                        "The fund lost 30.9 of 106.6 billion yen, more than the 25.7 it had planned for [asahi2022]; the 106.6 billion are about 6% of what anime sold for abroad in 2023 [soranews2025].",
                    ),
                ),
            ),
            Criterion(
                "Cause",
                "What the case of Japan can and cannot show is said.",
                (
                    Level(
                        0,
                        "Japan's rank is put down to the fund.",
                        "Thanks to the fund Japan became first.",
                    ),
                    Level(
                        1,
                        "Doubt is voiced without a reason.",
                        "It is hard to say whether it worked.",
                    ),
                    Level(
                        2,
                        "A reason for the doubt.",
                        "Anime was loved before the fund existed, so the rise may have come without it.",
                    ),
                    Level(
                        3,
                        "A reason, and what one would have to know.",
                        "Japan was fifth before the fund and first ten years after it, but anime sold well all that time. To learn more we would need a country like Japan that had no such fund.",
                    ),
                ),
            ),
            Criterion(
                "What to count from now on",
                "A figure that can be had in Kazakhstan today, with a year and a limit at which to stop.",
                (
                    Level(0, "Nothing is to be counted.", "The success will be visible."),
                    Level(1, "A wish for measurement.", "The results should be monitored."),
                    Level(
                        2,
                        "A figure that can be had, named.",
                        "We count foreign learners of Kazakh at the Abai Centers every year.",
                    ),
                    Level(
                        3,
                        "A figure that can be had, its value today or where to get it, and a rule for stopping.",
                        "We count foreign learners of Kazakh from the class lists of the Abai Centers, beginning this autumn, before the first payment. If the fund has lost a third of its money by its fifth year, it closes.",
                    ),
                ),
            ),
        ),
    ),
]
