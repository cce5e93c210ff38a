"""Lesson 10, Design a policy: the checks in the lesson and exercise 10."""

from softpower import data
from softpower.feedback.answers import (
    AnyOf,
    Case,
    Choice,
    Function,
    Listing,
    Mapping,
    Number,
    SamePlan,
    ValidPlan,
    Words,
)
from softpower.feedback.question import Criterion, Level, OpenQuestion, Question, Wrong

_DESIGN = "design a plan whose parts hold together"
_ALLOCATE = "allocate 100 points"
_TARGETS = "set targets with a baseline, a source and their noise"
_BELIEVE = "state what one must believe"
_DEFEND = "defend the plan in a memo"


def _memo():
    """The rubric of the memo, from the table that the lesson shows."""
    for name, rows in data.load("rubric").groupby("criterion", sort=False):
        levels = tuple(
            Level(int(row["points"]), row["descriptor"], row["sample"])
            for row in rows.to_dict("records")
        )
        yield Criterion(name, rows["look_for"].iloc[0], levels)


QUESTIONS = [
    Question(
        id="10.a",
        variable="answer_a",
        objective=_DESIGN,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "That is something the plan will do. Who is different afterwards, and how?",
            ),
            Wrong(
                Choice("c"),
                "That says how much is spent. Money is the beginning of a plan; what is its end?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Somebody knows something that they did not know before: that can be asked, and it can fail.",
        hints=(
            "An objective is about the audience.",
            "Ask of each line: could the ministry reach it without anybody abroad noticing?",
            "Two of the lines say what the ministry does. In the third somebody else does something.",
        ),
    ),
    Question(
        id="10.b",
        variable="answer_b",
        objective=_TARGETS,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "Eight places are more than five, and yet less than twice the noise. How often would a country that does nothing move so far?",
            ),
            Wrong(
                Choice("b"),
                "Others move as well, so some of the eight places may be theirs. Nothing in this figure says how many are the plan's.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="It is smaller than twice the noise of one year. The plan may have worked; this number cannot tell.",
        hints=(
            "Compare eight places with the typical move of one year.",
            "The rule of thumb asks for a change of at least twice the noise.",
            "What can you honestly say of a change that chance makes every few years?",
        ),
    ),
    Question(
        id="10.c",
        variable="answer_c",
        objective=_BELIEVE,
        right=Choice("a"),
        wrong=(
            Wrong(
                Choice("b"),
                "The scenario cannot promise anything: it only draws what follows from what the plan's author assumed.",
            ),
            Wrong(
                Choice("c"),
                "Ranks wobble, so a few paths get there without any plan. That is why the second fan is drawn.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="If, then: the sentence carries its condition with it, and the reader can disagree with the condition.",
        hints=(
            "Ask of each sentence what it rests on, and whether it says so.",
            "A scenario turns beliefs into consequences. It does not test the beliefs.",
            "One sentence makes a promise, one forgets chance. The third carries its condition with it.",
        ),
    ),
    Question(
        id="10.1",
        variable="answer_1",
        objective=_DESIGN,
        points=2,
        minutes=3,
        right=Mapping(
            {
                "A": "inclusion",
                "B": "measurement",
                "C": "leadership",
                "D": "outreach_infrastructure",
            }
        ),
        wrong=(
            Wrong(
                Mapping(
                    {
                        "A": "inclusion",
                        "B": "leadership",
                        "C": "measurement",
                        "D": "outreach_infrastructure",
                    }
                ),
                "You have exchanged two. A mandate says who must act; a survey says what came of it.",
            ),
            Wrong(
                Mapping(
                    {
                        "A": "narrative",
                        "B": "measurement",
                        "C": "leadership",
                        "D": "outreach_infrastructure",
                    }
                ),
                "A is about who is shown, and with whom they work. The story they tell is another lever.",
            ),
        ),
        otherwise="Show the table levers, and look for the idea of each sentence in the column What it means.",
        explain="Four levers, four different questions: who is shown, what came of it, who must act, where we meet.",
        hints=(
            "Begin with the sentence about a survey.",
            "figures.table(data.load('levers'), caption='The levers') shows all seven with their meaning.",
            "The one about a library is about a place; the one about a date is about who is responsible.",
        ),
    ),
    Question(
        id="10.2",
        variable="answer_2",
        objective=_TARGETS,
        points=2,
        minutes=3,
        right=Listing(("b", "e")),
        wrong=(
            Wrong(
                Listing(("a", "b", "e")),
                "One of the three counts money. Money goes in; what came out of somebody's head?",
            ),
            Wrong(
                Listing(("b", "d", "e")),
                "One of the three counts what was done. A visitor has come through the door: has anything changed for them?",
            ),
            Wrong(
                Listing(("c", "d")),
                "Both count what the programme did. An outcome is in the audience.",
            ),
        ),
        otherwise="Ask of each line: is it something the programme spends, something it does, or something the audience knows, thinks or does?",
        explain="Both are about what the audience knows or does. The others say what was spent and what was done.",
        hints=(
            "Outcomes are in somebody else's head or hands.",
            "Cross out what is spent, then what is done.",
            "Two lines remain: one about knowing, one about advising a friend.",
        ),
    ),
    Question(
        id="10.3",
        variable="answer_3",
        objective=_TARGETS,
        points=2,
        minutes=4,
        right=Number(3.1, tolerance=0.05, unit="points"),
        wrong=(
            Wrong(
                Number(22),
                "That is the distance in places. The question asks for the distance in points of score.",
            ),
            Wrong(
                AnyOf((Number(39.0, tolerance=0.01), Number(35.9, tolerance=0.01))),
                "That is the score of one of the two countries. The question asks how far apart they are.",
            ),
            Wrong(
                Number(-3.1, tolerance=0.05),
                "The right distance, the wrong way round: how much would Kazakhstan have to gain?",
            ),
            Wrong(
                Number(31.6, tolerance=0.15),
                "That compares Kazakhstan with the leading countries. Look for the country at rank 60.",
            ),
        ),
        otherwise="Look up two scores of 2026 in the table, that of Kazakhstan and that of the country at rank 60, and subtract.",
        explain="So few points, so many places: the list is crowded here, and a small wobble moves a country far.",
        hints=(
            "You need two rows of the table: Kazakhstan, and Cyprus at rank 60.",
            "places.query('rank == 60') shows who stands there.",
            "Take Kazakhstan's score away from the other one.",
        ),
    ),
    Question(
        id="10.4",
        variable="answer_4",
        objective=_TARGETS,
        points=2,
        minutes=4,
        right=Number(10.7, tolerance=0.1, unit="places"),
        wrong=(
            Wrong(
                Number(5.34, tolerance=0.06),
                "That is the noise itself. The rule of thumb asks for twice as much.",
            ),
            Wrong(
                Number(12),
                "That is the largest rise. One country's luck is not the noise; use the standard deviation of all.",
            ),
        ),
        otherwise="scenario.observed_wobble(changes) gives the standard deviation in places. Then double it.",
        explain="A country in this part of the table must move that far in a year before the move says much. Few do.",
        hints=(
            "The lesson's section on targets computes the noise.",
            "scenario.observed_wobble(data.load('gspi_rank_changes')) is one standard deviation.",
            "2 * scenario.observed_wobble(changes)",
        ),
    ),
    Question(
        id="10.5",
        variable="share",
        objective=_ALLOCATE,
        points=3,
        minutes=5,
        right=Function(
            (
                Case((20,), Number(0.5, 0.001)),
                Case((60,), Number(0.75, 0.001)),
                Case((0,), Number(0, 0.001)),
                Case((5,), Number(0.2, 0.001)),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((20,), Number(0.2, 0.001)),
                        Case((60,), Number(0.6, 0.001)),
                        Case((0,), Number(0, 0.001)),
                        Case((5,), Number(0.05, 0.001)),
                    )
                ),
                "You divide by 100, so that every point buys the same. Here each further point buys less than the one before.",
            ),
            Wrong(
                Function(
                    (
                        Case((20,), Number(1, 0.001)),
                        Case((60,), Number(3, 0.001)),
                        Case((0,), Number(0, 0.001)),
                        Case((5,), Number(0.25, 0.001)),
                    )
                ),
                "You divide by 20 alone, so that 60 points would buy three times everything there is. Add the points below the line too.",
            ),
        ),
        otherwise="Try share(20): it should give one half. Divide the points by the sum of the points and twenty.",
        explain="Twenty points buy half, sixty buy three quarters: each further point buys less. The shape is the course's assumption, and you may argue with it.",
        hints=(
            "A fraction: the points on top. What stands below?",
            "Below stands a sum of two numbers. One of them is the points again.",
            "points / (points + 20)",
        ),
    ),
    Question(
        id="10.6",
        variable="answer_6",
        objective=_DESIGN,
        points=2,
        minutes=4,
        right=Listing(("a", "c", "f")),
        wrong=(
            Wrong(
                Listing(("a", "b", "c", "f")),
                "One of the four only gets a warning: a plan may put most of its points on one thing, if it can say why.",
            ),
            Wrong(
                Listing(("a", "c", "e", "f")),
                "One of the four only gets a warning: an outcome may stand without a comparison, but then it proves little.",
            ),
            Wrong(
                Listing(("b", "d", "e")),
                "These three may stand: each makes a plan doubtful, and none makes it impossible. The question asks for the others.",
            ),
        ),
        otherwise="Ask of each fault: does it make the plan impossible to carry out or to judge, or only doubtful?",
        explain="A sum that is no sum, a reference to nothing, an order that is none: such a plan cannot be carried out or judged. The others are judgements, and stay yours.",
        hints=(
            "Three of them are impossible; three are only unwise.",
            "Change policy.example() yourself and run policy.report on it.",
            "Look for a wrong sum, a name that leads nowhere, and numbers out of order.",
        ),
    ),
    Question(
        id="10.7",
        variable="answer_7",
        objective=_BELIEVE,
        points=3,
        minutes=5,
        right=Number(1.17, tolerance=0.035, unit="points"),
        wrong=(
            Wrong(
                Number(0.87, tolerance=0.035),
                "That is the gain for an even chance. The question asks for four paths in five.",
            ),
            Wrong(
                Number(1.33, tolerance=0.035),
                "That is the gain for nine paths in ten. The question asks for four in five.",
            ),
            Wrong(
                Number(1.10, tolerance=0.02),
                "That holds if the rivals gain nothing. The plan's own assumptions let them move.",
            ),
            Wrong(
                AnyOf(
                    (
                        Number(5.8, tolerance=0.1),
                        Number(7.7, tolerance=0.1),
                        Number(8.8, tolerance=0.1),
                    )
                ),
                "That is how many times the authors' own belief it would take. The question asks for the points of score.",
            ),
            Wrong(
                Number(0.15, tolerance=0.01),
                "That is what the plan's author believes. How much would one have to believe?",
            ),
            Wrong(
                Number(0.67, tolerance=0.035),
                "That is the gain for a score of 37.5. Run the scenario without a target of your own: it then aims at rank 60.",
            ),
        ),
        otherwise="Run scenario.run(plan).believe and read the row of 80%, the column needed.",
        explain="Several times what the plan's author believes, every year, while the rivals move too. Now you can say what the target asks for.",
        hints=(
            "The result of scenario.run has a table called believe.",
            "result = scenario.run(plan), then result.believe.",
            "Row 80%, column needed.",
        ),
    ),
    Question(
        id="10.8",
        variable="answer_8",
        objective=_BELIEVE,
        points=2,
        minutes=3,
        right=Choice("d"),
        wrong=(
            Wrong(
                Choice("a"),
                "The scenario has not looked into the future. It has only followed assumptions.",
            ),
            Wrong(
                Choice("b"),
                "The middle line is one of thousands. Half of the paths end above it, half below.",
            ),
            Wrong(
                Choice("c"),
                "A small chance is not the same as no use: the plan may reach people whom the rank does not see.",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="It names the condition, the chance with and without the plan, and leaves the reader free to disagree.",
        hints=(
            "A good sentence says if, and says compared with what.",
            "Cross out every sentence that speaks of what will happen.",
            "Three sentences say more than the paths can carry: one foresees, one trusts the middle, one gives up. Which is left?",
        ),
    ),
    Question(
        id="10.9",
        variable="answer_9",
        objective=_DESIGN,
        points=2,
        minutes=3,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "Success elsewhere is where the question begins. What made it possible there, and is it here?",
            ),
            Wrong(
                Choice("b"),
                "One likeness is named, and no difference. A rich culture is what every country says that it has.",
            ),
            Wrong(
                Choice("d"),
                "This refuses every loan. Some things do travel: which condition fails, and could the plan meet it?",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="A condition, a difference, and a change made because of it: that is how a precedent travels.",
        hints=(
            "Look for a difference that has a consequence.",
            "Lesson 07 asked what must be alike for an instrument to work elsewhere.",
            "One answer changes the plan because of what is different.",
        ),
    ),
    Question(
        id="10.10",
        variable="answer_10",
        objective=_TARGETS,
        points=2,
        minutes=3,
        right=Listing(
            (
                Words("nothing", also=("a",)),
                Words("before", also=("b", "the same audience before")),
                Words("similar", also=("c", "a similar audience without the plan")),
                Words("lot", also=("d", "people chosen by lot")),
            ),
            ordered=True,
        ),
        wrong=(
            Wrong(
                Listing(("lot", "similar", "before", "nothing"), ordered=True),
                "All four in order, from the strongest. The question begins with the weakest.",
            ),
            Wrong(
                Listing(("nothing", "similar", "before", "lot"), ordered=True),
                "Two in the middle have changed places. If the whole world likes the country more this year, which of the two comparisons notices?",
            ),
        ),
        otherwise="Ask of each: if something else changed in the same year, would this comparison notice?",
        explain="From a number alone to chance deciding who takes part: each step shuts out one more other explanation.",
        hints=(
            "The weakest compares with nothing at all.",
            "A year changes much besides your plan. Which comparison sees that too?",
            "Chance is the strongest, because nobody chose who takes part.",
        ),
    ),
    Question(
        id="10.11",
        variable="answer_11",
        objective=_ALLOCATE,
        points=12,
        minutes=5,
        right=ValidPlan(other_than="steppe_voices"),
        wrong=(
            Wrong(
                SamePlan("steppe_voices"),
                "This is the lesson's worked plan, as it stands. It is valid, and it is not yours: change what you would do differently.",
            ),
        ),
        otherwise="Open the plan in the studio: it lists what is still to write and what is wrong.",
        explain="Your plan holds together: 100 points, every reference leads somewhere, every objective has an outcome. Read its warnings once more before you defend it.",
        hints=(
            "The studio's list says what stops the plan, and takes you there.",
            "Open The plan as text, to hand in, select all, copy, and paste between the quotation marks.",
            "policy.report(answer_11) shows the same list here.",
        ),
    ),
    OpenQuestion(
        id="10.12",
        objective=_DEFEND,
        points=21,
        minutes=30,
        rubric=tuple(_memo()),
    ),
    OpenQuestion(
        id="10.13",
        objective=_DEFEND,
        points=6,
        minutes=20,
        rubric=(
            Criterion(
                "Evidence",
                "Does the review judge by the rubric, and quote what it judges?",
                (
                    Level(0, "A general impression.", "I liked your memo very much."),
                    Level(
                        1,
                        "Points for each criterion, without reasons.",
                        "Problem 3, evidence 2, options 1.",
                    ),
                    Level(
                        2,
                        "Points with a reason for most criteria.",
                        "Options 1: the festival is dismissed in half a sentence.",
                    ),
                    Level(
                        3,
                        "Points, reason and the words in question, for every criterion.",
                        "Measurement 2: “familiarity will rise to 20” has a year and a source, and no comparison. I looked for a twin city and found none.",
                    ),
                ),
            ),
            Criterion(
                "Use to the author",
                "Could the author act on it tomorrow, and would they want to?",
                (
                    Level(0, "Nothing to do, or unkind.", "You should rewrite this."),
                    Level(1, "Advice that fits any memo.", "Give more details and examples."),
                    Level(
                        2,
                        "One change that the author can make.",
                        "Name the two cities without a Corner in which you would ask the same question.",
                    ),
                    Level(
                        3,
                        "The one change that matters most, why, and what is already strong.",
                        "Keep the paragraph on the critic: it made me trust the rest. The change that would help most: ask your question in 2027, before the first event, or the 20 will have nothing to stand on.",
                    ),
                ),
            ),
        ),
    ),
]
