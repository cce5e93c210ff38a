"""Lesson 04, South Korea: the checks in the lesson and exercise 04."""

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
from softpower.feedback.question import Criterion, Level, OpenQuestion, Question, Wrong

_READ = "read before-and-after figures"
_TELL = "tell a change from an effect"
_CHANCE = "say whether a change could be chance"
_ESTIMATE = "estimate a difference-in-differences"
_PRIDE = "name what a claim about pride at home rests on"

_YES, _NO = Words("yes", also=("true",)), Words("no", also=("false",))

QUESTIONS = [
    Question(
        id="04.a",
        variable="answer_a",
        objective=_READ,
        right=Choice("a"),
        wrong=(
            Wrong(
                Choice("b"),
                "The arithmetic is right, but the whole budget of 2001 was about ten times the figure. Which part of the sentence is too large?",
            ),
            Wrong(
                Choice("c"),
                "Compare this figure with the whole culture budget of 2001, in dollars.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="It keeps the arithmetic, gives the figure a label that fits its size, and says with one word that the label is an inference.",
        hints=(
            "The arithmetic was right. What was doubtful?",
            "Compare the figure with the budget that the newspaper of 2001 gives.",
            "One sentence says what the money probably was, and admits that it is not certain.",
        ),
    ),
    Question(
        id="04.b",
        variable="answer_b",
        objective=_READ,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "That is missing too, and it would tell how exact the figure is. But could you speak of an improvement even if you had it?",
            ),
            Wrong(
                Choice("c"),
                "Another country would help to find an effect. First we need to know whether there was a change.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Without a first value there is no change to explain. It is the most common gap in reports about image.",
        hints=(
            "Look at the word improvement.",
            "An improvement is a difference of two values of one question.",
            "How many values does the sentence give?",
        ),
    ),
    Question(
        id="04.c",
        variable="answer_c",
        objective=_ESTIMATE,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "The countries of the simulation began at very different heights, and the method subtracted that. What does it compare: heights or changes?",
            ),
            Wrong(
                Choice("b"),
                "A rise is what we start from. In world two the value rose and the method still found almost nothing.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Parallel trends: an assumption about a world that nobody saw. That is why one argues for it, and looks at the years before the start.",
        hints=(
            "The method subtracts the change of the others. What does that change stand for?",
            "It stands for what would have happened anyway.",
            "Look for the sentence that speaks of what would have happened without the programme.",
        ),
    ),
    Question(
        id="04.1",
        variable="answer_1",
        objective=_READ,
        points=2,
        minutes=4,
        right=Number(10.375, tolerance=0.1, unit="%"),
        wrong=(
            Wrong(
                Number(0.10375, tolerance=0.001),
                "That is the share as a part of one. The question asks for percent.",
            ),
            Wrong(
                Number(963.8, tolerance=2),
                "You have divided the whole by the part. How large is the part, seen from the whole?",
            ),
            Wrong(
                AnyOf((Number(8.04, tolerance=0.02), Number(0.00804, tolerance=0.0001))),
                "You have divided dollars by won. Turn the won into dollars first.",
            ),
            Wrong(
                Number(10, tolerance=0.05),
                "Near, and rounded too far: give the arithmetic, or one decimal.",
            ),
        ),
        otherwise="First turn the won into millions of dollars, then divide the stated figure by it.",
        explain="A tenth. Whatever grew six-fold, it was not the culture budget as that year's newspaper counted it.",
        hints=(
            "Both figures must be in the same money before you divide.",
            "1.045 trillion won are 1,045,000 million won.",
            "84 / (1_045_000 / 1290.79) * 100: you may type the arithmetic itself.",
        ),
    ),
    Question(
        id="04.2",
        variable="answer_2",
        objective=_READ,
        points=2,
        minutes=3,
        right=Number((13.2 / 12.4 - 1) * 100, tolerance=0.06, unit="%"),
        wrong=(
            Wrong(
                Number((1 - 12.4 / 13.2) * 100, tolerance=0.06),
                "You have divided by the later figure. A rise is counted from the figure with which it begins.",
            ),
            Wrong(
                Number(-(1 - 12.4 / 13.2) * 100, tolerance=0.06),
                "You have set the years the wrong way round: which of the two comes first?",
            ),
            Wrong(
                Number(13.2 / 12.4, tolerance=0.004),
                "That is how many times as large the later figure is. What lies above once, and what is that in per cent?",
            ),
            Wrong(
                Number(13.2 / 12.4 * 100, tolerance=0.06),
                "That is the later figure in per cent of the earlier one. By how much is it more than a hundred?",
            ),
            Wrong(
                Number(13.2 / 12.4 - 1, tolerance=0.0006),
                "Right as a share of one. The question asks for per cent.",
            ),
            Wrong(
                Number(0.8, tolerance=0.004),
                "That is the rise in billions of dollars. How large is it beside the first figure?",
            ),
            Wrong(
                Number(6, tolerance=0.004),
                "Near, and rounded too far: give the arithmetic, or one decimal.",
            ),
        ),
        otherwise="Divide the later figure by the earlier one. What is above one is the rise.",
        explain="One count, two years running: a change that may be read. What made it, the two figures do not say.",
        hints=(
            "Which of the two figures is the start?",
            "Divide the later one by the start, take one away, and multiply by 100.",
            "(13.2 / ... - 1) * 100: you may type the arithmetic itself.",
        ),
    ),
    Question(
        id="04.3",
        variable="answer_3",
        objective=_READ,
        points=2,
        minutes=4,
        right=Mapping({"A": _YES, "B": _NO, "C": _NO, "D": _YES}),
        wrong=(
            Wrong(
                Mapping({"A": "yes", "B": "yes", "C": "no", "D": "yes"}),
                "Look at B: who was counted as a student in 2007, and who in 2023?",
            ),
            Wrong(
                Mapping({"A": "yes", "B": "no", "C": "yes", "D": "yes"}),
                "Look at C: what does each of the two figures count?",
            ),
            Wrong(
                Mapping({"A": "yes", "B": "yes", "C": "yes", "D": "yes"}),
                "Not every pair of figures makes a change. Ask of each pair: counted by the same people, in the same way?",
            ),
        ),
        otherwise="Ask of each pair: the same counter, the same definition, two dates?",
        explain="In B the definition changed, in C the thing counted. In A and D the same people counted the same thing twice.",
        hints=(
            "A change needs two figures that were made in the same way.",
            "Look at the words beside each number: do they name the same thing?",
            "Two of the four pairs can be compared.",
        ),
    ),
    Question(
        id="04.4",
        variable="change",
        objective=_TELL,
        points=3,
        minutes=8,
        right=Function(
            (
                Case(([10, 20], [40, 50]), Number(30, 1e-6)),
                Case(([44.0], [60.0]), Number(16, 1e-6)),
                Case(([5, 5, 5], [2, 4]), Number(-2, 1e-6)),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case(([10, 20], [40, 50]), Number(-30, 1e-6)),
                        Case(([44.0], [60.0]), Number(-16, 1e-6)),
                        Case(([5, 5, 5], [2, 4]), Number(2, 1e-6)),
                    )
                ),
                "The sign is turned round: a rise should be positive. Which mean is subtracted from which?",
            ),
            Wrong(
                Function(
                    (
                        Case(([10, 20], [40, 50]), Number(60, 1e-6)),
                        Case(([44.0], [60.0]), Number(16, 1e-6)),
                        Case(([5, 5, 5], [2, 4]), Number(-9, 1e-6)),
                    )
                ),
                "You subtract sums. Two lists of different length then give nonsense. Divide each sum by the number of its years.",
            ),
            Wrong(
                Function(
                    (
                        Case(([10, 20], [40, 50]), Number(40, 1e-6)),
                        Case(([44.0], [60.0]), Number(16, 1e-6)),
                        Case(([5, 5, 5], [2, 4]), Number(-1, 1e-6)),
                    )
                ),
                "You subtract the very first from the very last value. Use the means: a single year can be an accident.",
            ),
        ),
        otherwise="The mean of the years after, minus the mean of the years before.",
        explain="A change, computed. Whether it is an effect is not in the function: no line of it knows what would have happened anyway.",
        hints=(
            "A mean is a sum divided by how many there are: sum(x) / len(x).",
            "Compute the two means, then subtract the earlier from the later.",
            "result = sum(after) / len(after) - sum(before) / len(before)",
        ),
    ),
    Question(
        id="04.5",
        variable="answer_5",
        objective=_CHANCE,
        points=2,
        minutes=5,
        right=Number(0.07431, tolerance=0.0012),
        wrong=(
            Wrong(
                Number(0.08739, tolerance=0.0006),
                "That is the lower end for 1,000 people in each poll. The question asks for 400.",
            ),
            Wrong(
                Number(0.14569, tolerance=0.0012),
                "That is the upper end of the interval. The question asks for the lower end.",
            ),
            Wrong(
                Number(0.11, tolerance=0.0005),
                "That is the difference itself, the middle of the interval.",
            ),
            Wrong(
                Number(7.431, tolerance=0.12),
                "That is in percentage points. Give it as a share, as the function does.",
            ),
        ),
        otherwise="Call evaluation.two_proportions with 400 twice, and take .low of what it returns.",
        explain="The interval is wider than with 1,000 people, and zero is still outside. Fewer people, less exact.",
        hints=(
            "It is the lesson's cell with another number of people.",
            "evaluation.two_proportions(0.13, 400, 0.02, 400) returns low and high.",
            "Write .low behind the closing bracket.",
        ),
    ),
    Question(
        id="04.6",
        variable="answer_6",
        objective=_CHANCE,
        points=2,
        minutes=2,
        right=Choice("a"),
        wrong=(
            Wrong(
                Choice("b"),
                "The interval knows two shares and two numbers of people. Does it know anything about a programme?",
            ),
            Wrong(
                Choice("c"),
                "Chance in whom one asks is exactly what the interval measures. What does it not measure?",
            ),
            Wrong(
                Choice("d"),
                "The interval is about the difference between two shares, not about single people.",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="Real, if the figures are right; of unknown cause. Both halves belong in the sentence.",
        hints=(
            "What goes into the calculation?",
            "Two shares and two numbers of people: no cause among them.",
            "Look for the sentence that says both what is known and what is not.",
        ),
    ),
    Question(
        id="04.7",
        variable="answer_7",
        objective=_TELL,
        points=2,
        minutes=3,
        right=Listing(("a", "c")),
        wrong=(
            Wrong(
                Listing(("a", "b", "c")),
                "Look at b once more: could it move opinion about Korea in the years in question?",
            ),
            Wrong(
                Listing(("a", "c", "d")),
                "Look at d once more: does it push opinion, or is it opinion, measured?",
            ),
            Wrong(
                Listing(("a", "b", "c", "d")),
                "A confounder moves the outcome by another way. Not all four do.",
            ),
        ),
        otherwise="Ask of each: does it move the outcome, by a way that does not lead through the programme?",
        explain="Both rose in the same years, and each could move opinion without any ministry. So the rise of opinion cannot be given to the budget alone.",
        hints=(
            "A confounder is another road to the same outcome.",
            "Something that ended before, and the outcome itself, are no confounders.",
            "Two of the four remain.",
        ),
    ),
    Question(
        id="04.8",
        variable="answer_8",
        objective=_ESTIMATE,
        points=3,
        minutes=6,
        right=Number(-2.4593, tolerance=0.06),
        wrong=(
            Wrong(
                Number(1.8667, tolerance=0.06),
                "That is the change of Country A alone. What did the others do in the same years?",
            ),
            Wrong(
                Number(4.3259, tolerance=0.06),
                "That is the change of the others: what would have happened anyway. Subtract it from Country A's.",
            ),
            Wrong(
                Number(2.4593, tolerance=0.06),
                "The size is right and the sign is turned round. Whose change is subtracted from whose?",
            ),
            Wrong(
                Number(4.398, tolerance=0.06),
                "That is world one, from the lesson. The question is about world four.",
            ),
        ),
        otherwise="Take the rows of world four, then the change of Country A minus the mean change of the others.",
        explain="Below zero. Country A's views became better, and by less than everybody else's: a rise can hide a harm.",
        hints=(
            "Begin with the rows of world four; the scaffold has them.",
            'evaluation.difference_in_differences(four, "Country A", start=7) gives three numbers.',
            "The last of the three is called estimate.",
        ),
    ),
    Question(
        id="04.9",
        variable="answer_9",
        objective=_ESTIMATE,
        points=2,
        minutes=3,
        right=Number(0.1, tolerance=0.001),
        wrong=(
            Wrong(
                Number(0.05, tolerance=0.001),
                "Five in a hundred is a custom. Can one of ten countries be less than one in ten?",
            ),
            Wrong(
                Number(0.111, tolerance=0.002),
                "Country A is one of those that are compared. How many are there in all?",
            ),
            Wrong(
                Number(10),
                "That is the number of countries, or a percentage. The question wants a part of one, such as 0.5.",
            ),
            Wrong(
                Number(0), "At least one country is always as far from zero as Country A: which?"
            ),
        ),
        otherwise="The country itself always counts. One of how many?",
        explain="Few countries, weak inference. With four cases the smallest share would be one in four.",
        hints=(
            "In the best case no placebo comes near Country A.",
            "Then only Country A itself is as far from zero as Country A.",
            "One divided by the number of countries.",
        ),
    ),
    Question(
        id="04.10",
        variable="answer_10",
        objective=_ESTIMATE,
        points=2,
        minutes=3,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "The heights differ and the rises are alike. Which of the two does the method need?",
            ),
            Wrong(
                Choice("b"),
                "Both fall by about the same: not welcome, but parallel.",
            ),
        ),
        otherwise="Look only at the years before the start, and compare the rises, not the heights.",
        explain="Before any programme the country already gained more each year than the others. That head start would pass for an effect.",
        hints=(
            "Heights may differ; changes may not.",
            "For each pair subtract the first value from the last.",
            "In one pair the two differences are far apart.",
        ),
    ),
    Question(
        id="04.11",
        variable="answer_11",
        objective=_PRIDE,
        points=2,
        minutes=3,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "A striking success is no measurement of what citizens feel. Who was asked, and when?",
            ),
            Wrong(
                Choice("c"),
                "A figure after the event alone has nothing to be compared with.",
            ),
            Wrong(
                Choice("d"),
                "Commentators can be right, and they were not asked about the feelings of a whole public. What would one need?",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="The same question, before and after, here and elsewhere. Nothing of the kind is named in the document, so the claim stays open.",
        hints=(
            "Think of the two differences in difference-in-differences.",
            "One needs a before, an after, and somebody to compare with.",
            "Only one of the four has all three.",
        ),
    ),
    OpenQuestion(
        id="04.12",
        objective="plan an evaluation before the programme begins",
        points=12,
        minutes=20,
        rubric=(
            Criterion(
                "Outcome",
                "What should change, in whose head or hands, and the question that measures it.",
                (
                    Level(0, "No outcome, or only what is done.", "We count the concerts."),
                    Level(1, "An outcome in general words.", "People should like Kazakhstan more."),
                    Level(
                        2,
                        "Whose opinion, on what.",
                        "Students in Warsaw should know more about Kazakhstan.",
                    ),
                    Level(
                        3,
                        "Whose opinion, on what, and the very question that is asked.",
                        "We ask people in their twenties in Warsaw: would you consider studying in Kazakhstan?",
                    ),
                ),
            ),
            Criterion(
                "Before",
                "A first value, measured in the same way before the start.",
                (
                    Level(0, "No before.", "After the festival we ask the visitors."),
                    Level(
                        1, "A before of another kind.", "We take an older ranking as the before."
                    ),
                    Level(2, "The same question before and after.", "The question is asked twice."),
                    Level(
                        3,
                        "The same question, of the same kind of people, with the number asked.",
                        "Six hundred people by lot, in the spring before and in the spring after.",
                    ),
                ),
            ),
            Criterion(
                "Comparison",
                "Somebody without the programme, and why they would have moved alike.",
                (
                    Level(0, "Nobody to compare with.", "We look at how much it rose."),
                    Level(
                        1,
                        "A comparison that the programme reaches too.",
                        "We compare visitors with those who did not come.",
                    ),
                    Level(2, "A fair comparison, named.", "The same question in Kraków."),
                    Level(
                        3,
                        "A fair comparison, and a reason or a check for parallel trends.",
                        "The same question in Kraków, where no festival is planned; in two earlier surveys both cities moved alike.",
                    ),
                ),
            ),
            Criterion(
                "Honesty",
                "What the plan could not show, even if everything went well; 200 words or fewer.",
                (
                    Level(0, "No limit is named.", "Then we will have proved that it works."),
                    Level(1, "A limit in general words.", "Of course surveys are not perfect."),
                    Level(
                        2,
                        "One limit of this plan.",
                        "Two cities are few, so chance stays possible.",
                    ),
                    Level(
                        3,
                        "One limit, and what would be concluded all the same.",
                        "Two cities are few. If Warsaw gains no more than Kraków we would not repeat the season; if it gains more we would test it in a third city.",
                    ),
                ),
            ),
        ),
    ),
]
