"""Lesson 08, Kazakhstan's assets: the checks in the lesson and exercise 08."""

from softpower.feedback.answers import Case, Choice, Function, Listing, Mapping, Number, Words
from softpower.feedback.question import Criterion, Level, OpenQuestion, Question, Wrong

_INVENTORY = "inventory assets by indicator and marker"
_GAP = "tell a zero from a gap in the data"
_BENCHMARK = "benchmark assets without hiding what is missing"
_MOVE = "judge whether a change of rank is larger than the noise"
_STORY = "critique the story"

# The words of the lesson's table mean the same.
_ZERO = Words("zero", also=("none",))
_NOTHING = Words("gap", also=("no data",))

QUESTIONS = [
    Question(
        id="08.a",
        variable="answer_a",
        objective=_GAP,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "For one of the two somebody looked and counted. For the other the bulletin says itself that it has nothing to count with.",
            ),
            Wrong(
                Choice("b"),
                "One of the two was looked for in a complete list, and nothing was found in it. That is knowledge, not a gap.",
            ),
            Wrong(
                Choice("d"),
                "You have the two words the wrong way round. Which of them can only be written after somebody has counted?",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="No museum in the top 100: the list has an end, and somebody read to it. No data: nobody could look. Only the first says something about Kazakhstan.",
        hints=(
            "Ask of each: did somebody count?",
            "A top 100 can be read from its first line to its last. Is there such a list for the music market?",
            "A zero is the result of a count. A gap is the lack of one.",
        ),
    ),
    Question(
        id="08.b",
        variable="answer_b",
        objective=_BENCHMARK,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "A computer adds a 0 like any other number. Countries that have a figure then pass Kazakhstan.",
            ),
            Wrong(
                Choice("c"),
                "The number is the lowest that can be given. What does the lowest value on one indicator do to an average?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="The index now says something that nobody knows. Leave the cell empty, say so, and show what the rank would be with the lowest and the highest value that are possible.",
        hints=(
            "What is the lowest possible score on an indicator?",
            "Compare a country that gets the lowest value with one that is left out.",
            "The ranking changes. Did anybody's knowledge change?",
        ),
    ),
    Question(
        id="08.c",
        variable="answer_c",
        objective=_MOVE,
        right=Choice("a"),
        wrong=(
            Wrong(
                Choice("b"),
                "Too much. The ranking may be useful and this move still be too small to read. Say what you know: how large ordinary moves are.",
            ),
            Wrong(
                Choice("c"),
                "Before a move can prove anything, it has to be larger than moves that happen without a reason. Look at the spread again.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="It neither proves nor refutes. That is the honest use of a noisy number.",
        hints=(
            "How many of the countries in the chart moved by five places or more?",
            "Compare five with the standard deviation.",
            "Something that happens to one country in three in a year needs no special reason.",
        ),
    ),
    Question(
        id="08.1",
        variable="answer_1",
        objective=_GAP,
        points=2,
        minutes=3,
        right=Mapping({"A": "figure", "B": _ZERO, "C": _NOTHING, "D": _NOTHING}),
        wrong=(
            Wrong(
                Mapping({"A": "figure", "B": "zero", "C": "zero", "D": "gap"}),
                "Look again at C. Did anybody find that there are no correspondents, or did nobody ask?",
            ),
            Wrong(
                Mapping({"A": "figure", "B": "gap", "C": "gap", "D": "gap"}),
                "Look again at B. The whole list was read, and the country was not on it. Is that not knowing?",
            ),
            Wrong(
                Mapping({"A": "figure", "B": "zero", "C": "gap", "D": "zero"}),
                "Look again at D. The shop closed before it counted: what does that tell you about the sales?",
            ),
        ),
        otherwise="Ask of each sentence: did somebody count, and what did they find?",
        explain="A zero takes as much work as any other figure. A gap takes none.",
        hints=(
            "Find the sentences in which somebody finished counting.",
            "A finished count gives a figure, which may be zero. An unfinished one gives a gap.",
            "Two of the four were never counted to the end.",
        ),
    ),
    Question(
        id="08.2",
        variable="answer_2",
        objective=_BENCHMARK,
        points=2,
        minutes=4,
        right=Words("Mongolia"),
        wrong=(
            Wrong(
                Words("Japan", also=("JPN",)),
                "Japan has the highest of all ten. The question asks for the highest among the six that it names.",
            ),
            Wrong(
                Words("Georgia", also=("GEO",)),
                "Georgia has the most visitors for its size, which is another question. Look at the column spending per visitor.",
            ),
            Wrong(
                Words("Azerbaijan", also=("AZE",)),
                "Close: it has the second highest of the six. Read down the column once more.",
            ),
            Wrong(
                Words("Kazakhstan", also=("KAZ",)),
                "Kazakhstan stands in the middle of the six. Read down the column once more.",
            ),
        ),
        otherwise="Look for the largest number of the six in the column spending per visitor, and write the country beside it.",
        explain="The smallest number of visitors goes with the highest spending for each. Perhaps those who fly far stay longer than those who cross a land border; the table does not say. More visitors is not the same as more attraction.",
        hints=(
            "Only one column of the table is needed, and six of its rows.",
            "Write the six numbers below one another, and take the largest.",
            "It is the country with the fewest visitors of the six.",
        ),
    ),
    Question(
        id="08.3",
        variable="answer_3",
        objective=_BENCHMARK,
        points=2,
        minutes=4,
        right=Number(8515 / 20.8, tolerance=2),
        wrong=(
            Wrong(
                Number(8515, tolerance=1),
                "That is the number of arrivals, in thousands. Divide it by the number of people.",
            ),
            Wrong(
                Number(20.8 / 8515, tolerance=0.0005),
                "You have divided the people by the arrivals. Which of the two should be on top?",
            ),
            Wrong(
                Number(8515 / 20.8 * 1000, tolerance=2000),
                "You have multiplied by a thousand. Leave the arrivals in thousands, as the table has them.",
            ),
            Wrong(
                Number(8.515 / 20.8, tolerance=0.002),
                "That is how many arrivals there were for each person. Leave the arrivals in thousands and the people in millions.",
            ),
            Wrong(
                Number(7726 / 3.9, tolerance=10),
                "That is Georgia's figure. Take the two numbers of Kazakhstan.",
            ),
        ),
        otherwise="Divide Kazakhstan's visitors (in thousands) by its population (in millions).",
        explain="About 409 thousand arrivals for each million people. Georgia has nearly five times as many. A small open country looks large per head; that too is a choice of the one who compares.",
        hints=(
            "Two numbers of one row are needed: visitors and population.",
            "Arrivals for each million people: which of the two is shared out among which?",
            "The arrivals, without their comma, divided by the population: 8515 / ...",
        ),
    ),
    Question(
        id="08.4",
        variable="times_noise",
        objective=_MOVE,
        points=3,
        minutes=6,
        right=Function(
            (
                Case((5, 5.3), Number(5 / 5.3, tolerance=0.006)),
                Case((-7, 5.3), Number(7 / 5.3, tolerance=0.006)),
                Case((12, 4), Number(3)),
                Case((-9, 3), Number(3)),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((5, 5.3), Number(5 / 5.3, tolerance=0.006)),
                        Case((-7, 5.3), Number(-7 / 5.3, tolerance=0.006)),
                        Case((12, 4), Number(3)),
                        Case((-9, 3), Number(-3)),
                    )
                ),
                "A fall comes out below zero. A long fall is as unusual as a long rise: take the minus away first.",
            ),
            Wrong(
                Function(
                    (
                        Case((5, 5.3), Number(5.3 / 5, tolerance=0.006)),
                        Case((-7, 5.3), Number(5.3 / 7, tolerance=0.006)),
                        Case((12, 4), Number(4 / 12, tolerance=0.006)),
                        Case((-9, 3), Number(3 / 9, tolerance=0.006)),
                    )
                ),
                "With your function a longer move gives a smaller number. Which of the two is divided by the other?",
            ),
            Wrong(
                Function(
                    (
                        Case((5, 5.3), Number(5 - 5.3, tolerance=0.006)),
                        Case((-7, 5.3), Number(7 - 5.3, tolerance=0.006)),
                        Case((12, 4), Number(8)),
                        Case((-9, 3), Number(6)),
                    )
                ),
                "That is by how many places the move passes the deviation. The question asks how many times it is as long.",
            ),
            Wrong(
                Function(
                    (
                        Case((5, 5.3), Number(5 / 10.6, tolerance=0.003)),
                        Case((-7, 5.3), Number(7 / 10.6, tolerance=0.003)),
                        Case((12, 4), Number(1.5)),
                        Case((-9, 3), Number(1.5)),
                    )
                ),
                "You have put the rule's two into the function. Let it give the length alone; the rule comes afterwards.",
            ),
        ),
        otherwise="A move of ten places, where five are typical, is two deviations long. What do you do with ten and five?",
        explain="A move of one deviation is an ordinary year, up or down. The rule of the lesson waits for more than two.",
        hints=(
            "Take the minus away before anything else: abs(move).",
            "Then ask how often the deviation goes into the move.",
            "result = abs(move) / ...",
        ),
    ),
    Question(
        id="08.5",
        variable="answer_5",
        objective=_MOVE,
        points=2,
        minutes=3,
        right=Listing(("c", "e")),
        wrong=(
            Wrong(
                Listing(("b", "c", "e")),
                "A move of seven is more than one standard deviation, and the rule asks for two.",
            ),
            Wrong(
                Listing(("c",)),
                "You have looked at moves upwards only. A fall can be larger than the noise as well.",
            ),
            Wrong(
                Listing(("e",)),
                "You have looked at moves downwards only. A rise can be larger than the noise as well.",
            ),
            Wrong(
                Listing(("a", "b", "c", "e")),
                "You have taken every move of about one standard deviation. The rule asks for two.",
            ),
        ),
        otherwise="Take twice the standard deviation of the lesson, and keep the moves that are larger, upwards or downwards.",
        explain="Two of five. Even for these the rule says only that something is likely to have happened, and not what.",
        hints=(
            "The lesson has a rule of thumb with the number two in it.",
            "Two times 5.3 is about 10.7. The sign does not matter.",
            "There are two such moves, one in each direction.",
        ),
    ),
    Question(
        id="08.6",
        variable="answer_6",
        objective=_MOVE,
        points=2,
        minutes=5,
        right=Number(5),
        wrong=(
            Wrong(
                Number(4),
                "You have counted rows of the table, or falls only. A row can stand for two countries, and a rise counts as well.",
            ),
            Wrong(
                Number(3),
                "Those are the rows of the falls. One of them stands for two countries, and a rise counts as well.",
            ),
            Wrong(
                Number(1),
                "You have counted rises only. Ask for moves in either direction.",
            ),
            Wrong(
                Number(51),
                "That is all of the countries. Keep only those that moved by ten places or more.",
            ),
        ),
        otherwise="Keep the rows whose change is 10 or more, or -10 or less, and add up their countries.",
        explain="About one country in ten makes such a move in a year. Large moves are rare, and they happen without being a triumph or a disaster.",
        hints=(
            "The table has a row for each size of move, and the number of countries that made it.",
            'changes["change"].abs() gives the size of a move without its direction.',
            'changes.loc[changes["change"].abs() >= 10, "countries"].sum()',
        ),
    ),
    Question(
        id="08.7",
        variable="answer_7",
        objective=_INVENTORY,
        points=2,
        minutes=4,
        right=Mapping({"A": "heritage", "B": "language", "C": "values", "D": "creativity"}),
        wrong=(
            Wrong(
                Mapping({"A": "heritage", "B": "creativity", "C": "values", "D": "language"}),
                "You have exchanged two. A translation carries books; a pavilion of new art carries what is made now.",
            ),
            Wrong(
                Mapping({"A": "creativity", "B": "language", "C": "values", "D": "heritage"}),
                "You have exchanged two. Which of the exhibitions shows gold of the steppe, and which new art?",
            ),
        ),
        otherwise="Find the instrument in the lesson's table, and read the marker beside it.",
        explain="Each of the four markers has an instrument here. In your plan every instrument will have to name the marker that it carries.",
        hints=(
            "Ask what a visitor would learn about: the past, the language, how people live together, or what is made today?",
            "The table of twelve instruments in the lesson gives the marker of each.",
            "Each of the four markers is used once.",
        ),
    ),
    Question(
        id="08.8",
        variable="answer_8",
        objective=_INVENTORY,
        points=2,
        minutes=3,
        right=Choice("d"),
        wrong=(
            Wrong(
                Choice("a"),
                "That counts people who were there. What do they think or do differently?",
            ),
            Wrong(
                Choice("b"),
                "That counts visits, and one person may have made several. What changed afterwards?",
            ),
            Wrong(
                Choice("c"),
                "Money spent is a result for hotels. Has anybody been attracted to anything for longer than a week?",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="Only this one asks the same question before and after, of people at whom the Games were aimed. We found no such figure for the Games of 2024.",
        hints=(
            "Three of the four are about the week of the Games itself.",
            "To last beyond the week, something must have changed in what people think or want.",
            "Look for the word before.",
        ),
    ),
    Question(
        id="08.9",
        variable="answer_9",
        objective=_STORY,
        points=2,
        minutes=3,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "This one mocks, and nobody who believes the story would listen. A counter-voice is stated as its holder would state it.",
            ),
            Wrong(
                Choice("c"),
                "This one agrees with the story. What does the story leave out?",
            ),
            Wrong(
                Choice("d"),
                "This one leaves the story alone and attacks its source. What would somebody say who has read it with goodwill?",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="It names what the story leaves out, it says whose view it is, and one could answer it.",
        hints=(
            "Would the person whose view it is recognise it?",
            "A fair counter-voice can be answered with a fact or a policy.",
            "Leave out the one that mocks, the one that agrees and the one about the author.",
        ),
    ),
    OpenQuestion(
        id="08.10",
        objective=_STORY,
        points=12,
        minutes=25,
        rubric=(
            Criterion(
                "Narrative",
                "Three sentences that a foreign reader could repeat, resting on at least two markers.",
                (
                    Level(
                        0, "A list of assets, or a slogan.", "Kazakhstan: steppe, oil and Dimash."
                    ),
                    Level(
                        1,
                        "Sentences, without a line that joins them.",
                        "Kazakhstan has a steppe. It has many peoples. It has universities.",
                    ),
                    Level(
                        2,
                        "A story that rests on one marker.",
                        "On the Great Steppe people learnt to live with the horse, and their games and songs are still alive.",
                    ),
                    Level(
                        3,
                        "A story that joins two markers or more and says why it matters to the audience.",
                        "People of the steppe have always had to get on with whoever came past. In Kazakhstan they still do, in more than one language. If you live in a city of many peoples, we may have something to tell each other.",
                    ),
                ),
            ),
            Criterion(
                "Assets behind it",
                "Each claim rests on an asset with a figure, a zero or a gap, rightly named and sourced.",
                (
                    Level(0, "No asset is named.", "We have a rich culture."),
                    Level(
                        1,
                        "Assets are named without figures.",
                        "We have World Heritage and Bolashak.",
                    ),
                    Level(
                        2,
                        "Figures with sources; gaps are passed over.",
                        "There are six World Heritage Sites (Astana Times 2025).",
                    ),
                    Level(
                        3,
                        "Figures with sources, and what is not known is said.",
                        "There are six World Heritage Sites (Astana Times 2025). How many people abroad can name one has not been counted.",
                    ),
                ),
            ),
            Criterion(
                "Counter-voice",
                "A view that the story leaves out, attributed, as its holder would put it.",
                (
                    Level(
                        0, "None, or a mocking one.", "Only enemies of the country would disagree."
                    ),
                    Level(1, "A doubt without a holder.", "Some may say that it is not so."),
                    Level(
                        2,
                        "A fair doubt with a holder.",
                        "Momynkulov reports that the West criticises the political system.",
                    ),
                    Level(
                        3,
                        "A fair doubt with a holder, and an answer that the holder would hear out.",
                        "Momynkulov reports criticism of the political system in the West. A story of many voices will be believed there in so far as those voices may also disagree in public; the plan should begin with festivals that their communities run themselves.",
                    ),
                ),
            ),
            Criterion(
                "One figure to collect",
                "A figure that would show an outcome, with a baseline.",
                (
                    Level(0, "None.", "We shall see the results."),
                    Level(1, "A count of activities.", "The number of concerts."),
                    Level(
                        2,
                        "An outcome without a baseline.",
                        "How many Germans know where Kazakhstan is.",
                    ),
                    Level(
                        3,
                        "An outcome, among whom, with a baseline and a later date.",
                        "The share of visitors to one festival in Berlin who can name a work from Kazakhstan, asked at the door this year and by post a year later.",
                    ),
                ),
            ),
        ),
    ),
]
