"""Lesson 09, Kazakhstan as an audience: the checks in the lesson and exercise 09."""

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

_POWERS = "describe what four powers offer and what limits each"
_COPING = "explain multi-vector balancing and the ways of coping"
_CODE = "code interview statements by a codebook"
_AGREE = "compute how far two readers agree, and how sure one can be"
_FIVE = "say what five interviews can show and what they cannot"

QUESTIONS = [
    Question(
        id="09.a",
        variable="answer_a",
        objective=_POWERS,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "Five officials were asked, and they spoke of some values. The sentence has made a people and a rejection out of that.",
            ),
            Wrong(
                Choice("b"),
                "One respondent is quoted who expects growth. The study itself adds that Turkey is unlikely to become the centre of gravity.",
            ),
            Wrong(
                Choice("d"),
                "The study calls Russia's potential enormous and finds that it is not used efficiently. That is another thing than lost.",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="It says whose view it is, keeps the word some, and gives both halves of the finding.",
        hints=(
            "Compare how many people were asked with how many each sentence speaks about.",
            "Ask of each sentence: did anybody say so, and did they say so much?",
            "Three of the four go further than the study: to a whole people, to a first place, to an end.",
        ),
    ),
    Question(
        id="09.b",
        variable="answer_b",
        objective=_AGREE,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "Both numbers can be right at once. Go back to the twenty newspaper articles.",
            ),
            Wrong(
                Choice("c"),
                "How high is high? Ask what two readers would reach who did not look at the units at all.",
            ),
            Wrong(
                Choice("d"),
                "With many codes in use chance gives little, and high agreement would then give a high kappa. Think of the opposite case.",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="One code is so common that agreement is nearly free. Show the table of codes beside the number.",
        hints=(
            "Kappa compares what was reached with what chance would give.",
            "When is the agreement that chance gives very high?",
            "Think of the articles, of which nearly all had the common code.",
        ),
    ),
    Question(
        id="09.c",
        variable="answer_c",
        objective=_FIVE,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "A majority is a count, and five people who were chosen on purpose cannot be counted for all officials.",
            ),
            Wrong(
                Choice("c"),
                "The study quotes one official who expects it. Has anybody asked society, twice?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="It says that a view exists, who holds it and with what reasons. That is what interviews are good for.",
        hints=(
            "Two of the three would need a survey.",
            "Look for a word that counts, or a word that speaks of change.",
            "Two of the three speak for people who were not asked. Which one does not?",
        ),
    ),
    Question(
        id="09.1",
        variable="answer_1",
        objective=_POWERS,
        points=2,
        minutes=3,
        right=Mapping({"the West": "b", "Russia": "d", "China": "a", "Turkey": "c"}),
        wrong=(
            Wrong(
                Mapping({"the West": "b", "Russia": "a", "China": "d", "Turkey": "c"}),
                "You have exchanged two neighbours. For which of them do the officials name the remarks of its politicians?",
            ),
            Wrong(
                Mapping({"the West": "a", "Russia": "d", "China": "b", "Turkey": "c"}),
                "You have exchanged two. Where is it the values that are doubted, and where the size of the partner?",
            ),
        ),
        otherwise="The table of limits in the lesson has one row for each power.",
        explain="Two limits lie with the sender, one with the audience, and one with both. What a sender does, it can change by itself.",
        hints=(
            "Begin with the power whose own problems are named.",
            "Two limits are about what people in Kazakhstan feel: about values, and about dependence.",
            "The one that remains is about what politicians and journalists of a country say.",
        ),
    ),
    Question(
        id="09.2",
        variable="answer_2",
        objective=_POWERS,
        points=2,
        minutes=3,
        right=AnyOf((Number(69.1, tolerance=0.15, unit="%"), Number(0.691, tolerance=0.0015))),
        wrong=(
            Wrong(
                AnyOf((Number(45.1, tolerance=0.1), Number(0.451, tolerance=0.001))),
                "That is the United Kingdom alone. Add the United States before you divide.",
            ),
            Wrong(
                AnyOf((Number(24.1, tolerance=0.1), Number(0.241, tolerance=0.001))),
                "That is the United States alone. Add the United Kingdom before you divide.",
            ),
            Wrong(
                Number(7975, tolerance=0.5),
                "That is the number of graduates. The question asks for their share of all.",
            ),
            Wrong(
                Number(70, tolerance=0.05),
                "That is the study's round figure. Work it out from the three numbers, and see whether it was rounded fairly.",
            ),
            Wrong(
                AnyOf((Number(30.9, tolerance=0.1), Number(0.309, tolerance=0.001))),
                "That is the share of those who studied somewhere else. The question asks for the two countries.",
            ),
        ),
        otherwise="Add the two countries, and divide by all graduates.",
        explain="The study writes almost 70%, and the sum agrees. A check that confirms is worth as much as one that does not.",
        hints=(
            "Three numbers are given. Which is the whole?",
            "Two parts together, divided by the whole, times one hundred.",
            "(5200 + 2775) / 11534 * 100",
        ),
    ),
    Question(
        id="09.3",
        variable="answer_3",
        objective=_POWERS,
        points=2,
        minutes=3,
        right=Choice("d"),
        wrong=(
            Wrong(
                Choice("a"),
                "One number counts students of one year, the other graduates of many years. Which population is each?",
            ),
            Wrong(
                Choice("b"),
                "Channels that are offered, beside students who have left: two things that cannot be added or ranked.",
            ),
            Wrong(
                Choice("c"),
                "One counts all students of one year, the other everybody who ever studied there, by an estimate.",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="Part and whole of one population, counted by one body: this is the only pair of the four that may be divided.",
        hints=(
            "Ask of each number: who is in it, and when?",
            "Two numbers may be compared when they count the same thing in the same way.",
            "Look for a part and its whole.",
        ),
    ),
    Question(
        id="09.4",
        variable="answer_4",
        objective=_COPING,
        points=2,
        minutes=3,
        right=Mapping(
            {
                "A": Words("multi-vector", also=("multi vector", "multivector")),
                "B": Words("careful decisions", also=("careful decision",)),
                "C": "own culture",
                "D": "society",
            }
        ),
        wrong=(
            Wrong(
                Mapping(
                    {
                        "A": "multi-vector",
                        "B": "careful decisions",
                        "C": "society",
                        "D": "own culture",
                    }
                ),
                "You have exchanged two. One is a programme that somebody decides on; the other happens without a plan.",
            ),
            Wrong(
                Mapping(
                    {
                        "A": "careful decisions",
                        "B": "multi-vector",
                        "C": "own culture",
                        "D": "society",
                    }
                ),
                "You have exchanged two. One keeps several partners at once; the other weighs one decision.",
            ),
        ),
        otherwise="Ask who acts in each sentence: the state towards several powers, the state towards one decision, the state towards its own culture, or people.",
        explain="Three of the four are policies. The fourth is not anybody's policy, and the study finds it strong.",
        hints=(
            "One of the four happens without anybody's decision.",
            "Several partners at once is the mark of the first name on the list.",
            "A is about partners, B about a decision, C about a programme, D about people.",
        ),
    ),
    Question(
        id="09.5",
        variable="answer_5",
        objective=_CODE,
        points=2,
        minutes=4,
        right=Listing(("attraction", "resistance"), ordered=True),
        wrong=(
            Wrong(
                Listing(("resistance", "attraction"), ordered=True),
                "Both codes are there. Give them in the order in which the sentence says them.",
            ),
            Wrong(
                Listing(("channel", "resistance"), ordered=True),
                "A university can be a channel. Here the point of the first half is that it is admired.",
            ),
            Wrong(
                Listing(("attraction", "state filter"), ordered=True),
                "The limit in the second half comes from people. A state filter comes from the state.",
            ),
        ),
        otherwise="Split the sentence at the word but, and code each half by the codebook.",
        explain="One sentence, two units. If you gave it a single code, half of what was said would be lost.",
        hints=(
            "The word but joins two things that were said.",
            "First half: is something admired? Second half: who sets the limit?",
            "People admire in the first half, and people refuse in the second.",
        ),
    ),
    Question(
        id="09.6",
        variable="answer_6",
        objective=_CODE,
        points=3,
        minutes=5,
        right=Mapping(
            {"A": "necessity", "B": "channel", "C": "state filter", "D": "trend", "E": "resistance"}
        ),
        wrong=(
            Wrong(
                Mapping(
                    {
                        "A": "trend",
                        "B": "channel",
                        "C": "state filter",
                        "D": "trend",
                        "E": "resistance",
                    }
                ),
                "Look again at A. Does it say where things are heading, or that they cannot be otherwise?",
            ),
            Wrong(
                Mapping(
                    {
                        "A": "necessity",
                        "B": "attraction",
                        "C": "state filter",
                        "D": "trend",
                        "E": "resistance",
                    }
                ),
                "Look again at B. It names a means. Does it say that anybody is drawn to it?",
            ),
            Wrong(
                Mapping(
                    {
                        "A": "necessity",
                        "B": "channel",
                        "C": "resistance",
                        "D": "trend",
                        "E": "resistance",
                    }
                ),
                "Look again at C. Who sets the limit there: people, or an office?",
            ),
            Wrong(
                Mapping(
                    {
                        "A": "necessity",
                        "B": "channel",
                        "C": "state filter",
                        "D": "trend",
                        "E": "state filter",
                    }
                ),
                "Look again at E. Who sets the limit there: people, or an office?",
            ),
        ),
        otherwise="Read the column Not when in the codebook: it says which code to prefer.",
        explain="Each of these was written to be clear. The real ones are not, which is why a second reader is needed.",
        hints=(
            "Five statements, five different codes of the six.",
            "Ask of each: no choice, a means, a limit by the state, a direction, a limit by people?",
            "The code that is not used is attraction.",
        ),
    ),
    Question(
        id="09.7",
        variable="answer_7",
        objective=_AGREE,
        points=2,
        minutes=4,
        right=AnyOf((Number(8 / 12, tolerance=0.007), Number(800 / 12, tolerance=0.7, unit="%"))),
        wrong=(
            Wrong(
                Number(8),
                "That is how many units they coded alike. The share needs to know out of how many.",
            ),
            Wrong(
                AnyOf((Number(4 / 12, tolerance=0.007), Number(400 / 12, tolerance=0.7))),
                "That is the share on which they part. The question asks for the other one.",
            ),
            Wrong(
                Number(0.6, tolerance=0.005),
                "That is kappa, which the next question but one asks for. Here the plain share is wanted.",
            ),
        ),
        otherwise="Count the positions at which both lists have the same code, and divide by the number of units.",
        explain="Two units in three. Whether that is much depends on what chance would give.",
        hints=(
            "Put the two lists beside each other and count.",
            "coding.percent_agreement(first, second) does it as well.",
            "There are twelve units, and on four of them the readers part.",
        ),
    ),
    Question(
        id="09.8",
        variable="beyond_chance",
        objective=_AGREE,
        points=3,
        minutes=6,
        right=Function(
            (
                Case((0.9, 0.5), Number(0.8, tolerance=0.001)),
                Case((0.5, 0.5), Number(0, tolerance=0.001)),
                Case((1.0, 0.3), Number(1, tolerance=0.001)),
                Case((0.9, 0.905), Number(-0.0526, tolerance=0.001)),
            )
        ),
        wrong=(
            Wrong(
                Function(
                    (
                        Case((0.9, 0.5), Number(0.4, tolerance=0.001)),
                        Case((0.5, 0.5), Number(0, tolerance=0.001)),
                        Case((1.0, 0.3), Number(0.7, tolerance=0.001)),
                        Case((0.9, 0.905), Number(-0.005, tolerance=0.0005)),
                    )
                ),
                "You have the distance from chance. Divide it by the whole way from chance to perfect agreement, so that perfect readers get 1.",
            ),
            Wrong(
                Function(
                    (
                        Case((0.9, 0.5), Number(1.8, tolerance=0.001)),
                        Case((0.5, 0.5), Number(1, tolerance=0.001)),
                        Case((1.0, 0.3), Number(3.3333, tolerance=0.001)),
                        Case((0.9, 0.905), Number(0.99448, tolerance=0.0001)),
                    )
                ),
                "You have divided one by the other. Readers who agree only by chance should get 0, and yours get 1.",
            ),
            Wrong(
                Function(
                    (
                        Case((0.9, 0.5), Number(0.4 / 0.9, tolerance=0.001)),
                        Case((0.5, 0.5), Number(0, tolerance=0.001)),
                        Case((1.0, 0.3), Number(0.7, tolerance=0.001)),
                        Case((0.9, 0.905), Number(-0.005 / 0.9, tolerance=0.0001)),
                    )
                ),
                "You have divided by the observed agreement. Divide by what there was left to gain above chance.",
            ),
        ),
        otherwise="How far did they come from chance, and how far could they have come?",
        explain="Perfect readers get 1, chance gets 0, and less than chance gets a number below 0.",
        hints=(
            "Two distances are needed: chance to observed, and chance to perfect.",
            "Divide the first distance by the second. Perfect agreement is 1.",
            "return (observed - expected) / (1 - expected)",
        ),
    ),
    Question(
        id="09.9",
        variable="answer_9",
        objective=_AGREE,
        points=2,
        minutes=4,
        right=Number(0.6, tolerance=0.006),
        wrong=(
            Wrong(
                Number(8 / 12, tolerance=0.007),
                "That is the plain share of agreement. Kappa takes off what chance would give.",
            ),
            Wrong(
                Number(24 / 144, tolerance=0.002),
                "That is the agreement that chance would give. One step is missing: the function of the last question.",
            ),
            Wrong(
                Number(0.5, tolerance=0.005),
                "That is the distance from chance. Divide it by what there was left to gain.",
            ),
        ),
        otherwise="Use coding.cohen_kappa(first, second), or your own function with the share of question 7 and the agreement by chance.",
        explain="Agreement of 0.67 and kappa of 0.60: with six codes in use chance gives little, so the two lie close together.",
        hints=(
            "The package has a function for it.",
            "By hand: chance is the sum over the codes of one share times the other.",
            "coding.cohen_kappa(first, second)",
        ),
    ),
    Question(
        id="09.10",
        variable="answer_10",
        objective=_AGREE,
        points=2,
        minutes=4,
        right=Listing(("resistance", "state filter")),
        wrong=(
            Wrong(
                Listing(("attraction", "channel")),
                "These two were mixed once. Another pair was mixed more often.",
            ),
            Wrong(
                Listing(("channel", "state filter")),
                "These two were never mixed here. Look at the units on which the readers part, and count the pairs.",
            ),
        ),
        otherwise="Write down both codes for each unit on which the readers part. Which pair comes most often?",
        explain="Three times of four. The rule that needs work is the one between a limit by people and a limit by the state.",
        hints=(
            "There are four units on which they part.",
            "coding.weak_codes(first, second) has a column mixed_with.",
            "Both codes name a limit to foreign influence.",
        ),
    ),
    OpenQuestion(
        id="09.11",
        objective=_FIVE,
        points=12,
        minutes=25,
        rubric=(
            Criterion(
                "What was said",
                "Two themes at least, from the statements, attributed to respondents.",
                (
                    Level(
                        0, "No theme, or one that is not in the statements.", "They like Russia."
                    ),
                    Level(1, "A theme without a statement behind it.", "They want balance."),
                    Level(
                        2,
                        "Two themes, each with a statement.",
                        "No way round Russia (s05, s06); society as a limit (s10, s21).",
                    ),
                    Level(
                        3,
                        "Two themes with statements, and one voice that does not fit.",
                        "Most speak of limits set by society or the state; R1 adds that young people do take on another way of thinking (s02).",
                    ),
                ),
            ),
            Criterion(
                "How sure",
                "Agreement reported with more than one number, and in words.",
                (
                    Level(0, "Nothing on agreement.", "The codes are right."),
                    Level(1, "One number.", "We agreed on 70%."),
                    Level(
                        2,
                        "A share, a kappa or alpha, and an interval.",
                        "Agreement 0.67, kappa 0.59 (0.35 to 0.79).",
                    ),
                    Level(
                        3,
                        "The numbers, and which code they parted on and why.",
                        "Agreement 0.67, kappa 0.59 (0.35 to 0.79); we parted mostly on channel, because the rule did not say what to do when a means comes with something else.",
                    ),
                ),
            ),
            Criterion(
                "Limits",
                "What five interviews cannot show, tied to this study's method.",
                (
                    Level(0, "None.", "The study proves it."),
                    Level(1, "Small sample, and no more.", "Five is few."),
                    Level(
                        2,
                        "Two limits of this study.",
                        "Five chosen officials from one kind of body; notes without a recording.",
                    ),
                    Level(
                        3,
                        "Two limits of this study, and what each may do to the findings.",
                        "All five work in security bodies, so state filters may loom larger here than they would for teachers; without a recording we read the authors' notes.",
                    ),
                ),
            ),
            Criterion(
                "Fairness",
                "Powers described by attribution, so that a friend and a critic of each could accept it.",
                (
                    Level(0, "Takes a side, or mocks.", "China is a danger."),
                    Level(1, "Neutral words without attribution.", "China's influence is limited."),
                    Level(
                        2, "Attributed.", "The study reports strong stereotypes about China (R5)."
                    ),
                    Level(
                        3,
                        "Attributed, and with what speaks the other way.",
                        "R5 speaks of stereotypes about China, while R3 names business that stands up for it.",
                    ),
                ),
            ),
        ),
    ),
]
