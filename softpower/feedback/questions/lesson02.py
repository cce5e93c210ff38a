"""Lesson 02, Can we trust the number?: the checks in the lesson and exercise 02."""

from softpower.feedback.answers import Case, Choice, Function, Listing, Mapping, Number
from softpower.feedback.question import Criterion, Level, OpenQuestion, Question, Wrong

_TRACE = "trace a figure to whoever counted it"
_NAME = "name what is wrong with a claim"
_COMPARE = "compare claims that contradict each other"
_REPAIR = "repair a sentence"
_OWN = "say how your own check could be wrong"

QUESTIONS = [
    Question(
        id="02.a",
        variable="answer_a",
        objective=_COMPARE,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "Perhaps, but look before you accuse: read the verbs. Is to study the same as to graduate?",
            ),
            Wrong(
                Choice("c"),
                "An average of three different things is a fourth thing, which nobody has counted.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="A scholarship, a student and a graduate are three things. Two true totals can differ because they count two of them, or two years.",
        hints=(
            "Underline the verb in each of the three sentences.",
            "Can somebody have studied abroad and not have graduated yet?",
            "Ask what each document counted before you ask which one is wrong.",
        ),
    ),
    Question(
        id="02.b",
        variable="answer_b",
        objective=_COMPARE,
        right=Number(8),
        wrong=(
            Wrong(
                Number(7),
                "Seven is the number of steps of three years. How many congresses stand at the ends of seven steps?",
            ),
            Wrong(
                Number(22 / 3, tolerance=0.05),
                "A congress is held or not held. Count them: 2003, 2006, and so on.",
            ),
            Wrong(
                Number(15),
                "That is the first document's number. Follow the second: one congress, then three years, then the next.",
            ),
        ),
        otherwise="Write down the years: 2003, 2006, and so on, while they are not later than 2025. Then count them.",
        explain="Eight, and the eighth was indeed announced for September 2025. When the document with the fifteen appeared, in June 2025, seven had been held. Perhaps it counts other meetings too; it does not say.",
        hints=(
            "Write the years in a row.",
            "From 2003 to 2025 there are 22 years. How many steps of three fit in, and how many posts has such a fence?",
            "2003, 2006, 2009, 2012 are four of them.",
        ),
    ),
    Question(
        id="02.c",
        variable="answer_c",
        objective=_REPAIR,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "Look again at the table of two years: which edition has this place?",
            ),
            Wrong(
                Choice("c"),
                "A place says how many are ahead. It does not say who they are, nor that they were ahead before.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Whose index, which edition, which place, out of how many. Four things, one short sentence.",
        hints=(
            "Check each sentence for the year, and for the number of countries.",
            "Cross out what no table of the lesson says: a wrong edition, a country overtaken.",
            "One sentence names its denominator, and says no more than its source does.",
        ),
    ),
    Question(
        id="02.1",
        variable="answer_1",
        objective=_NAME,
        points=2,
        minutes=4,
        right=Number(11.25, tolerance=0.06, unit="%"),
        wrong=(
            Wrong(
                Number(10),
                "That is the share in the sentence. Divide the second number by the first, and see whether it agrees.",
            ),
            Wrong(
                Number(11),
                "Rounded to a whole number. Type the arithmetic itself, and see how far it is from the share in the sentence.",
            ),
            Wrong(
                Number(0.1125, tolerance=0.0006),
                "Right as a fraction. The question asks for per cent: of a hundred.",
            ),
            Wrong(
                Number(40_000 / 4_500, tolerance=0.02),
                "You divided all by the part. A share is the part divided by all.",
            ),
            Wrong(
                Number(4_000),
                "That is ten per cent of the students. The question asks for the share.",
            ),
        ),
        otherwise="A share is the part divided by the whole, times 100. The part is 4,500.",
        explain="A little more than 11 per cent. The sentence rounds down, and no great harm is done. But now you know how far each of its numbers may be off.",
        hints=(
            "Which number is the part, and which is the whole?",
            "Divide the part by the whole and multiply by 100.",
            "Type 4_500 / ... * 100.",
        ),
    ),
    Question(
        id="02.2",
        variable="answer_2",
        objective=_NAME,
        points=2,
        minutes=6,
        right=Number(4.6, tolerance=0.06, unit="times"),
        wrong=(
            Wrong(
                Number(29.4 / 8.3, tolerance=0.03),
                "That is how much the others spend for their share of the arrivals. Do the same for the first group, and then compare the two.",
            ),
            Wrong(
                Number(70.6 / 91.7, tolerance=0.02),
                "That is the first group: how much it spends for its share of the arrivals. Do the same for the others, and then compare the two.",
            ),
            Wrong(
                Number(5),
                "Near, and rounded to a whole number. The question asks for one decimal.",
            ),
            Wrong(
                Number(70.6 / 29.4, tolerance=0.03),
                "That compares what the two groups spend in all. The question is about one visitor of each group.",
            ),
            Wrong(
                Number(0.217, tolerance=0.005),
                "The right two numbers, divided the other way round.",
            ),
        ),
        otherwise="For each group divide its share of spending by its share of arrivals. Then divide the second result by the first.",
        explain="More than four times as much. Shares that add up still do not say how many visitors or how much money; but together they say something about one visitor.",
        hints=(
            "Think of 100 visitors who spend 100 coins in all.",
            "How many coins has each of the 91.7 visitors, and how many has each of the 8.3?",
            "(29.4 / 8.3) / (... / ...): the same division for the first group fills the gap.",
        ),
    ),
    Question(
        id="02.3",
        variable="share_ahead",
        objective=_NAME,
        points=2,
        minutes=8,
        right=Function(
            (
                Case((79, 121), Number(64.46, tolerance=0.06)),
                Case((80, 193), Number(40.93, tolerance=0.06)),
                Case((1, 60), Number(0)),
                Case((60, 60), Number(98.33, tolerance=0.06)),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((79, 121), Number(65.29, tolerance=0.06)),
                        Case((80, 193), Number(41.45, tolerance=0.06)),
                        Case((1, 60), Number(1.67, tolerance=0.06)),
                        Case((60, 60), Number(100)),
                    )
                ),
                "Your function counts the country itself among those ahead of it. How many are ahead of the first?",
            ),
            Wrong(
                Function(
                    (
                        Case((79, 121), Number(34.71, tolerance=0.06)),
                        Case((80, 193), Number(58.55, tolerance=0.06)),
                        Case((1, 60), Number(98.33, tolerance=0.06)),
                        Case((60, 60), Number(0)),
                    )
                ),
                "That is the share behind. The question asks for the share ahead.",
            ),
            Wrong(
                Function(
                    (
                        Case((79, 121), Number(65.0, tolerance=0.06)),
                        Case((80, 193), Number(41.15, tolerance=0.06)),
                        Case((1, 60), Number(0)),
                        Case((60, 60), Number(100)),
                    )
                ),
                "You took one away from the list as well. How many countries does the whole list have?",
            ),
            Wrong(
                Function(
                    (
                        Case((79, 121), Number(0.6446, tolerance=0.0006)),
                        Case((80, 193), Number(0.4093, tolerance=0.0006)),
                        Case((1, 60), Number(0)),
                        Case((60, 60), Number(0.9833, tolerance=0.0006)),
                    )
                ),
                "Right as a fraction. The question asks for per cent: multiply by 100.",
            ),
        ),
        otherwise="Put the arithmetic of the lesson in place of the dots: those ahead, divided by all, times 100. Use the names rank and ranked.",
        explain="Two numbers in, one out, and it works for every list. The first country has nobody ahead of it: zero.",
        hints=(
            "How many countries are ahead of the one in third place?",
            "One fewer than its place. Divide that by how many are ranked, and multiply by 100.",
            "result = (rank - 1) / ... * 100",
        ),
    ),
    Question(
        id="02.4",
        variable="answer_4",
        objective=_NAME,
        points=4,
        minutes=8,
        right=Mapping(
            {"A": "outdated", "B": "holds up", "C": "depends on the definition", "D": "unverified"}
        ),
        wrong=(
            Wrong(
                Mapping(
                    {
                        "A": "needs repair",
                        "B": "holds up",
                        "C": "depends on the definition",
                        "D": "unverified",
                    }
                ),
                "Three of four. Was A ever true? Then a harsher word than needed has been used.",
            ),
            Wrong(
                Mapping({"A": "outdated", "B": "holds up", "C": "needs repair", "D": "unverified"}),
                "Three of four. Look at C again: can all three counts be right, each for its own kind of centre?",
            ),
            Wrong(
                Mapping(
                    {
                        "A": "outdated",
                        "B": "holds up",
                        "C": "depends on the definition",
                        "D": "needs repair",
                    }
                ),
                "Three of four. Look at D again: what contradicts it? Not to find something is not to refute it.",
            ),
        ),
        otherwise="For each claim ask in this order: did we find anything to check it against? Does it agree? Was it right once? Do the counts count the same thing?",
        explain="Four verdicts, four different sentences to write. The most useful word of a checker is unverified, and the least used.",
        hints=(
            "One of the four agrees exactly. Begin with it.",
            "One was true until a certain month, and one could not be found anywhere.",
            "The one that remains has several counts, each of another thing.",
        ),
    ),
    Question(
        id="02.5",
        variable="answer_5",
        objective=_NAME,
        points=4,
        minutes=8,
        right=Mapping({"A": "population", "B": "unit", "C": "denominator", "D": "date"}),
        wrong=(
            Wrong(
                Mapping({"A": "population", "B": "unit", "C": "date", "D": "denominator"}),
                "You have exchanged C and D. One names the wrong list, the other the wrong year.",
            ),
            Wrong(
                Mapping({"A": "denominator", "B": "unit", "C": "population", "D": "date"}),
                "You have exchanged A and C. A population is who was counted; a denominator is what a number is out of.",
            ),
            Wrong(
                Mapping({"A": "date", "B": "unit", "C": "denominator", "D": "population"}),
                "You have exchanged A and D. Read once more which of the two joins people of one place with money of another.",
            ),
        ),
        otherwise="For each sentence ask: who is counted, in what, out of how many, of when? One of the four questions has no good answer.",
        explain="The same four questions work on any sentence with a number in it, this course's included.",
        hints=(
            "Begin with the sentence that has two currencies in it.",
            "Two of them are about a ranking. Which has the wrong year, and which the wrong length of the list?",
            "The one that remains takes people from a country and money from a city.",
        ),
    ),
    Question(
        id="02.6",
        variable="answer_6",
        objective=_TRACE,
        points=2,
        minutes=4,
        right=Listing(("c", "a", "d", "b"), ordered=True),
        wrong=(
            Wrong(
                Listing(("b", "d", "a", "c"), ordered=True),
                "The right chain, told backwards. The question wants whoever counted first.",
            ),
            Wrong(
                Listing(("c", "a", "b", "d"), ordered=True),
                "The beginning is right. Look at the last two: which of them has read the other?",
            ),
            Wrong(
                Listing(("a", "c", "d", "b"), ordered=True),
                "Nearly. The newspaper reports what somebody else counted. Who was it?",
            ),
        ),
        otherwise="Ask of each: did they count themselves, or had they read it somewhere? Whoever counted stands first, whoever is furthest away last.",
        explain="You would cite the first link, and say through which link you know it if you could not read the first yourself.",
        hints=(
            "Who pays the institutes, and has to know how many there are?",
            "Whoever quotes somebody stands behind the one who is quoted.",
            "First the ministry. Last the study.",
        ),
    ),
    Question(
        id="02.7",
        variable="answer_7",
        objective=_TRACE,
        points=2,
        minutes=3,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "A label is wrong. Does that make the numbers wrong? Say only what you have seen.",
            ),
            Wrong(
                Choice("b"),
                "You know that the reference points elsewhere. Do you know where the figures came from?",
            ),
            Wrong(
                Choice("d"),
                "A figure can be right under a wrong reference. Leaving it out punishes the number for its label.",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="The finding is about the chain, so the sentence is about the chain. It says what we saw, and what we did not.",
        hints=(
            "What exactly did we find out: something about the number, or about its label?",
            "Which sentence says no more than that?",
            "One of them also says how we judged.",
        ),
    ),
    Question(
        id="02.8",
        variable="answer_8",
        objective=_COMPARE,
        points=2,
        minutes=4,
        right=Choice("d"),
        wrong=(
            Wrong(
                Choice("a"),
                "Look at the two methods: were the same people counted in the same way?",
            ),
            Wrong(
                Choice("b"),
                "That is a cause, and no figure here speaks of causes. Look at the two methods.",
            ),
            Wrong(
                Choice("c"),
                "The first figure may have been counted perfectly well, for what it counted. What did it count?",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="Two figures, two definitions. The difference between them is growth and method together, and these two rows cannot part them.",
        hints=(
            "Read the method that stands beside each figure.",
            "What could one listen to in 2006, and what else in 2023?",
            "One sentence gives both figures and refuses to subtract them.",
        ),
    ),
    Question(
        id="02.9",
        variable="answer_9",
        objective=_OWN,
        points=2,
        minutes=4,
        right=Number(18),
        wrong=(
            Wrong(
                Number(52),
                "That is how many claims there are in all. Keep only those where own_check is true.",
            ),
            Wrong(
                Number(34),
                "Those are the claims whose verdict rests on a source. The question asks for the others.",
            ),
        ),
        otherwise="The column own_check holds True and False. Its sum counts the True ones.",
        explain="More than a third of our verdicts rest on our own inference, or on a search that found nothing. Each may be overturned by one good source.",
        hints=(
            "The table is claims, the column own_check.",
            "A column of True and False can be added up: True counts as one.",
            'claims["..."].sum(), with the name of the column in place of the dots.',
        ),
    ),
    Question(
        id="02.10",
        variable="answer_10",
        objective=_OWN,
        points=2,
        minutes=3,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "This doubts the authors. The question is how *we* could be wrong.",
            ),
            Wrong(
                Choice("c"),
                "True of everything, and so of no help: nobody could go and look.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="A useful doubt names the thing that would settle the matter, so that somebody can go and look.",
        hints=(
            "A good doubt can be tested.",
            "Which of the three tells a reader where to look?",
            "Look for the one that names something to look up.",
        ),
    ),
    OpenQuestion(
        id="02.11",
        objective=_REPAIR,
        points=12,
        minutes=20,
        rubric=(
            Criterion(
                "The figures",
                "Each figure agrees with a source of the lesson or the table claims; pairs of numbers come from one population.",
                (
                    Level(
                        0,
                        "The figures are as they were.",
                        "600,000 tourists spent 15.1 million dollars in Astana.",
                    ),
                    Level(
                        1,
                        "One figure is mended, others are left.",
                        "80th in 2024; 600,000 tourists spent 15.1 million dollars.",
                    ),
                    Level(
                        2,
                        "Most are mended; one pair still mixes two populations or editions.",
                        "12,400 guests; 80th of 121 in 2024.",
                    ),
                    Level(
                        3,
                        "Each figure is its source's, with population, year and denominator.",
                        "80th of 193 in 2024; 12,400 registered guests spent about 15.5 million dollars.",
                    ),
                ),
            ),
            Criterion(
                "The reasoning",
                "The paragraph no longer claims what its figures cannot show: momentum, success, a cause.",
                (
                    Level(
                        0,
                        "The conclusion stands as before.",
                        "Kazakhstan's soft power has momentum.",
                    ),
                    Level(
                        1,
                        "The conclusion is softened by a word.",
                        "Kazakhstan's soft power perhaps has momentum.",
                    ),
                    Level(
                        2,
                        "The conclusion is dropped, without a reason.",
                        "Kazakhstan was 80th of 193 in 2024.",
                    ),
                    Level(
                        3,
                        "It says what the figures allow, and why no more.",
                        "The list grew in 2024, so the two places are no trend.",
                    ),
                ),
            ),
            Criterion(
                "The sources",
                "Each figure names whoever counted it, or the link through which we know it.",
                (
                    Level(0, "No source.", "Experts say that 15,000 have studied abroad."),
                    Level(
                        1,
                        "Some figures have a source.",
                        "12,831 scholarships (Kazinform); the rest without.",
                    ),
                    Level(
                        2,
                        "Each figure has a source, not always the nearest to the counting.",
                        "A study says that there are 14 Abai centres.",
                    ),
                    Level(
                        3,
                        "Each figure has a source, and second-hand is said.",
                        "14 Abai centres were reported in 2021 (Qazaq TV).",
                    ),
                ),
            ),
            Criterion(
                "Fairness",
                "The tone is kind to the authors; one sentence says how the writer's own check could be wrong.",
                (
                    Level(0, "Mocks the authors, or doubts nothing.", "The authors cannot count."),
                    Level(
                        1,
                        "Polite, with no doubt about the own check.",
                        "The corrected figures are as follows.",
                    ),
                    Level(2, "A doubt that fits anything.", "Of course, errors are possible."),
                    Level(
                        3,
                        "A doubt that names what would settle it.",
                        "Guests who did not register are missing; a border count by city would settle it.",
                    ),
                ),
            ),
        ),
    ),
]
