"""Lesson 07, Comparing the cases: the checks in the lesson and exercise 07."""

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

_BUILD = "build a matrix and read its empty cells"
_CORRECT = "correct a table of comparison"
_GRADE = "grade the evidence in a cell"
_FEW = "say what four cases can show"
_TRANSFER = "judge whether an instrument would travel"

QUESTIONS = [
    Question(
        id="07.a",
        variable="answer_a",
        objective=_CORRECT,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "Size is no obstacle to a chart. What is each of the numbers a count of?",
            ),
            Wrong(Choice("b"), "Bars may show anything that is counted alike. Is that so here?"),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Countries, offices, centres and institutes, from different years: a chart would compare what cannot be compared.",
        hints=(
            "Read the names beside the bars.",
            "Ask what one unit of each bar is.",
            "Offices are not countries, and 2009 is not 2024.",
        ),
    ),
    Question(
        id="07.b",
        variable="answer_b",
        objective=_BUILD,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "That would be a finding, and findings need somebody who looked. Who looked here?",
            ),
            Wrong(
                Choice("c"),
                "Too small to measure is also a result of measuring. Did anybody measure?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="It is a fact about the texts. Whether it is also a fact about the world is the next thing to find out.",
        hints=(
            "Who filled the cells, and from what texts?",
            "Remember the three meanings of a zero.",
            "Two of the three answers claim to know something about the effect.",
        ),
    ),
    Question(
        id="07.c",
        variable="answer_c",
        objective=_FEW,
        right=Choice("a"),
        wrong=(
            Wrong(
                Choice("b"),
                "It would be one more success. What would you learn about funds that did not help?",
            ),
            Wrong(
                Choice("c"),
                "The leader differs from Kazakhstan in everything. Which difference would you credit?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Alike in much, and chosen without looking at the result: that is the most similar design, without selection on the outcome.",
        hints=(
            "Two questions: how alike is it, and was it chosen for its success?",
            "A failure can teach as much as a success.",
            "Only one of the three is both like Kazakhstan and chosen without looking at its success.",
        ),
    ),
    Question(
        id="07.1",
        variable="answer_1",
        objective=_CORRECT,
        points=2,
        minutes=3,
        right=Choice("d"),
        wrong=(
            Wrong(
                Choice("a"),
                "That rank agrees with the later table and its printed change.",
            ),
            Wrong(
                Choice("b"),
                "That rank agrees with the publisher's own page.",
            ),
            Wrong(
                Choice("c"),
                "That is true as a floor: a count of Parliament gives more.",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="The rank is real and belongs to the year before. A column of ranks with two editions in it compares nothing.",
        hints=(
            "Look for the cell whose number belongs to another year.",
            "The table table_1_corrected has a column verdict.",
            "Three of the four ranks are of 2025.",
        ),
    ),
    Question(
        id="07.2",
        variable="answer_2",
        objective=_BUILD,
        points=2,
        minutes=4,
        right=Number(22.9167, tolerance=0.3, unit="%"),
        wrong=(
            Wrong(
                Number(0.229167, tolerance=0.004),
                "That is the share as a part of one. The question asks for percent.",
            ),
            Wrong(
                Number(77.0833, tolerance=0.3),
                "That is the share of the empty cells.",
            ),
            Wrong(Number(44), "That is how many. What percentage of all cells is it?"),
            Wrong(Number(148), "That is how many cells are empty. How many are not, in percent?"),
        ),
        otherwise='Count the cells whose grade is not "empty", divide by all cells, times 100.',
        explain="Fewer than one cell in four. The gaps are the largest finding of the matrix.",
        hints=(
            "The lesson counted the filled cells and all cells. Or let the table count for you.",
            'matrix["grade"].ne("empty") is True for every filled cell: ne means "not equal". The mean of True and False is the share of True.',
            'matrix["grade"].ne("empty").mean() is a share of one. What makes it a percentage?',
        ),
    ),
    Question(
        id="07.3",
        variable="answer_3",
        objective=_BUILD,
        points=2,
        minutes=3,
        right=Listing(("broadcaster", "fund")),
        wrong=(
            Wrong(
                Listing(("fund",)),
                "One more kind has a zero for Kazakhstan. Look down its column to the end.",
            ),
            Wrong(
                Listing(("broadcaster",)),
                "You have found the one that only the United Kingdom has. Another kind is there for South Korea and Japan, and not for Kazakhstan.",
            ),
            Wrong(
                Listing(("broadcaster", "fund", "scholarship")),
                "Kazakhstan has a scholarship in the table: it sends its own students out.",
            ),
        ),
        otherwise="Count the instruments by kind and country, and look for kinds that others have and Kazakhstan has not.",
        explain="Named for others and not for Kazakhstan. Now find out which of the three meanings of a zero it is.",
        hints=(
            "It is the first table of the lesson: look for zeros under Kazakhstan.",
            'instruments.groupby(["kind", "case"]).size().unstack(fill_value=0)',
            "Two kinds have a zero in the column Kazakhstan.",
        ),
    ),
    Question(
        id="07.4",
        variable="answer_4",
        objective=_GRADE,
        points=3,
        minutes=5,
        right=Mapping({"P": "stated", "Q": "before and after", "R": "one figure", "S": "compared"}),
        wrong=(
            Wrong(
                Mapping({"P": "stated", "Q": "compared", "R": "one figure", "S": "compared"}),
                "Look at Q: it has two dates. Does it also have somebody to compare with?",
            ),
            Wrong(
                Mapping(
                    {
                        "P": "stated",
                        "Q": "before and after",
                        "R": "one figure",
                        "S": "before and after",
                    }
                ),
                "Look at S: it has two dates, and something more.",
            ),
            Wrong(
                Mapping(
                    {"P": "one figure", "Q": "before and after", "R": "one figure", "S": "compared"}
                ),
                "Look at P: many and great are words. Is there a figure?",
            ),
        ),
        otherwise="Ask in this order: is there a figure, at how many times, and with whom is it compared?",
        explain="The ladder of the lesson. S stands highest because it knows what happened where nothing was done.",
        hints=(
            "Begin with the one that has no figure at all.",
            "Then count the dates in the others.",
            "One of them also knows how a place without the programme did.",
        ),
    ),
    Question(
        id="07.5",
        variable="answer_5",
        objective=_BUILD,
        points=2,
        minutes=3,
        right=Listing(
            (Words("standing"), Words("decision abroad", also=("decisions abroad",))),
        ),
        wrong=(
            Wrong(
                Listing(("decision abroad",)),
                "That column is empty for every country. For Kazakhstan one more is.",
            ),
            Wrong(
                Listing(("money", "decision abroad")),
                "One cell on money is filled for Kazakhstan: look at the World Nomad Games.",
            ),
            Wrong(
                Listing(("standing", "money", "decision abroad")),
                "One of the three has a filled cell for Kazakhstan. Look at the World Nomad Games.",
            ),
            Wrong(
                Listing(("pride at home", "opinion abroad")),
                "These are the two fullest columns. The question asks for those with nothing in them.",
            ),
        ),
        otherwise="Show Kazakhstan alone, and look for columns in which every cell is a dash.",
        explain="Getting what one wants is the point of Nye's definition, and nothing that we read looks there. And nothing ties a rank to any instrument of Kazakhstan's. Remember that when somebody sets a rank as the target.",
        hints=(
            "In the lesson's explorer, choose Kazakhstan under Country.",
            'mine = matrix[matrix["case"] == "Kazakhstan"] keeps the rows of one country. Leave out the empty ones; which outcomes are missing from what is left?',
            "There are two. One is empty for all four countries, the other for Kazakhstan and not for the rest.",
        ),
    ),
    Question(
        id="07.6",
        variable="share_with_figures",
        objective=_GRADE,
        points=3,
        minutes=8,
        right=Function(
            (
                Case((["stated", "one figure", "empty", "before and after"],), Number(2 / 3, 1e-6)),
                Case((["stated", "stated", "empty"],), Number(0, 1e-6)),
                Case((["compared", "one figure"],), Number(1, 1e-6)),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case(
                            (["stated", "one figure", "empty", "before and after"],),
                            Number(0.5, 1e-6),
                        ),
                        Case((["stated", "stated", "empty"],), Number(0, 1e-6)),
                        Case((["compared", "one figure"],), Number(1, 1e-6)),
                    )
                ),
                "You divide by all cells. The question asks for the share of the filled ones.",
            ),
            Wrong(
                Function(
                    (
                        Case(
                            (["stated", "one figure", "empty", "before and after"],),
                            Number(1 / 3, 1e-6),
                        ),
                        Case((["stated", "stated", "empty"],), Number(1, 1e-6)),
                        Case((["compared", "one figure"],), Number(0, 1e-6)),
                    )
                ),
                "You count the statements. The question asks for the others, those with a figure.",
            ),
            Wrong(
                Function(
                    (
                        Case(
                            (["stated", "one figure", "empty", "before and after"],),
                            Number(200 / 3, 1e-4),
                        ),
                        Case((["stated", "stated", "empty"],), Number(0, 1e-6)),
                        Case((["compared", "one figure"],), Number(100, 1e-6)),
                    )
                ),
                "That is a percentage. The question asks for a share of one.",
            ),
        ),
        otherwise='Leave out what is "empty"; of the rest, count what is not "stated"; divide.',
        explain="A number that sums up a country's evidence, and hides which cells it comes from. Keep the table beside it.",
        hints=(
            "Two numbers are needed: how many grades are filled, and how many of those hold a figure.",
            'Filled are all but the empty ones: len(grades) - grades.count("empty").',
            'From the filled ones take away grades.count("stated"), and divide what is left by the filled ones. Mind the brackets.',
        ),
    ),
    Question(
        id="07.7",
        variable="answer_7",
        objective=_FEW,
        points=2,
        minutes=3,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "Four countries with the best figures in the world would have the same problem. How were they chosen?",
            ),
            Wrong(
                Choice("b"),
                "Different continents may even help. The trouble is what all of them have in common beforehand.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Selection on the outcome: whatever successful countries share looks like the recipe, and the failures with the same recipe are not in the room.",
        hints=(
            "Who is not in the sample?",
            "Think of countries that built centres and did not rise.",
            "The word for it is selection on the outcome.",
        ),
    ),
    Question(
        id="07.8",
        variable="answer_8",
        objective=_FEW,
        points=2,
        minutes=3,
        right=Listing(("a", "c")),
        wrong=(
            Wrong(
                Listing(("a", "b", "c")),
                "Look at b: it weighs two instruments against each other. Can four cases do that?",
            ),
            Wrong(
                Listing(("a", "c", "d")),
                "Look at d: it speaks of most countries. How many have you seen?",
            ),
            Wrong(
                Listing(("a",)),
                "One more sentence can be had from a single case. Which one only denies something?",
            ),
            Wrong(
                Listing(("c",)),
                "One more sentence can be had from a single case. Which one only says that something can happen?",
            ),
            Wrong(
                Listing(("a", "b", "c", "d")),
                "Two of them ask for a weight or a frequency. Four cases cannot give these.",
            ),
        ),
        otherwise="Four cases can show that something happens and can contradict. What else is claimed?",
        explain="A possibility and a counter-example: small samples are good at both.",
        hints=(
            "Which sentences would a single case be enough for?",
            "One case can prove that something is possible, and can end a sentence with always.",
            "Two sentences remain.",
        ),
    ),
    Question(
        id="07.9",
        variable="answer_9",
        objective=_TRANSFER,
        points=2,
        minutes=3,
        right=Words("messenger", also=("messenger and message", "the messenger")),
        wrong=(
            Wrong(
                Words("marketplace"),
                "Many stations compete in that city, and people choose. Which condition does the story put in doubt?",
            ),
            Wrong(
                Words("attitudes"),
                "The government there follows opinion, says the story. Which condition does it put in doubt?",
            ),
        ),
        otherwise="Answer with one word, the name of one of the three conditions.",
        explain="They can hear it, they could act on it, and they do not believe it. More hours of broadcasting will not help.",
        hints=(
            "Take the conditions one by one and look for a sentence about each.",
            "Why do the listeners switch off?",
            "Two of the three are met in so many words.",
        ),
    ),
    Question(
        id="07.10",
        variable="answer_10",
        objective=_TRANSFER,
        points=2,
        minutes=4,
        right=AnyOf(
            (
                Words("not known yet", also=("not known",)),
                # The whole answer of the function, as it comes out of it.
                Listing(
                    ("not known yet", "Find this out before spending: messenger."), ordered=True
                ),
            )
        ),
        wrong=(
            Wrong(
                Words("worth a trial"),
                "One of the three judgements is not a yes. The weakest decides.",
            ),
            Wrong(
                Words("with changes"),
                "Partly is weak, and there is one that is weaker still: which has no evidence at all?",
            ),
            Wrong(
                Words("not as it stands"),
                "Nothing fails here. Is there a judgement between failing and partly?",
            ),
        ),
        otherwise="Call evaluation.judge_transfer with the three judgements, or follow the rule: the weakest decides.",
        explain="The rule sends you to find out before you spend. A survey is cheaper than a fund.",
        hints=(
            "The rule of the lesson: the weakest decides.",
            'evaluation.judge_transfer({"marketplace": ..., "messenger": ..., "attitudes": ...})',
            "A judgement without evidence stands below partly.",
        ),
    ),
    Question(
        id="07.11",
        variable="answer_11",
        objective=_TRANSFER,
        points=2,
        minutes=2,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "The second condition asks just that: are messenger and message believed?",
            ),
            Wrong(
                Choice("b"),
                "The third condition asks just that: can attitudes shape policy there?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="The conditions are a gate. What it costs, who can make it, and what it does at home have to be asked besides.",
        hints=(
            "The three conditions ask whether people there hear it, believe it, and count for something.",
            "Which of the questions looks at the borrower's purse?",
            "Two of the questions are conditions, in other words.",
        ),
    ),
    OpenQuestion(
        id="07.12",
        objective="write a transfer memo",
        points=12,
        minutes=25,
        rubric=(
            Criterion(
                "Instrument and address",
                "One instrument, from whom, for whom, and the marker of identity that it shows.",
                (
                    Level(0, "No instrument, or several.", "We should learn from Korea and Japan."),
                    Level(1, "An instrument without an audience.", "We need a Kazakh fund."),
                    Level(
                        2,
                        "Instrument, lender and audience.",
                        "Language institutes after the Korean model, for students in Turkey.",
                    ),
                    Level(
                        3,
                        "All three, and the marker with a reason.",
                        "Language institutes after the Korean model, for students in Turkey; marker language, because a kindred tongue is easy to begin with.",
                    ),
                ),
            ),
            Criterion(
                "Evidence",
                "What the matrix holds for this instrument, with its grade, and what it does not hold.",
                (
                    Level(0, "No evidence.", "It worked very well in Korea."),
                    Level(1, "Evidence without a grade.", "There were many students."),
                    Level(
                        2,
                        "A cell of the matrix with its grade.",
                        "Students rose from 2020 to 2024: before and after, no comparison.",
                    ),
                    Level(
                        3,
                        "A cell with its grade, and an empty cell that matters.",
                        "Students rose from 2020 to 2024: before and after, no comparison. What they think of Korea today nobody reports.",
                    ),
                ),
            ),
            Criterion(
                "Three conditions",
                "Each judged for this audience, with a reason; the weakest named.",
                (
                    Level(0, "No condition.", "It will surely work there."),
                    Level(1, "Conditions named and not judged.", "We must look at the messenger."),
                    Level(
                        2,
                        "All three judged.",
                        "Marketplace partly, messenger partly, attitudes partly.",
                    ),
                    Level(
                        3,
                        "All three judged with reasons, and the weakest decides.",
                        "Marketplace and attitudes partly, on both scores of the lesson; the messenger decides: one centre exists, and nobody has counted its learners.",
                    ),
                ),
            ),
            Criterion(
                "Recommendation",
                "What to do, what to find out first, and what would change the writer's mind; 200 words or fewer.",
                (
                    Level(0, "None.", "Further study is needed."),
                    Level(1, "An action without a condition.", "Open five institutes."),
                    Level(
                        2,
                        "An action and what to find out first.",
                        "Count the learners in Turkey before opening a second centre.",
                    ),
                    Level(
                        3,
                        "An action, what to find out first, and what would end it.",
                        "Count the learners for two terms. If fewer return than begin, do not open a second centre.",
                    ),
                ),
            ),
        ),
    ),
]
