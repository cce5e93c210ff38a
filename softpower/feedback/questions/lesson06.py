"""Lesson 06, the United Kingdom: the checks in the lesson and exercise 06."""

from softpower.feedback.answers import AnyOf, Choice, Mapping, Number
from softpower.feedback.question import Criterion, Level, OpenQuestion, Question, Wrong

_SERIES = "read a long series whose method changed, and draw it honestly"
_NETWORKS = "compare networks, after asking what each of them counts"
_MONEY = "follow an institution's money to those who pay"
_DIVERSITY = "argue diversity as a message, and tell a difference from an effect"
_RANK = "say what a fall from second to third place can mean"

QUESTIONS = [
    Question(
        id="06.a",
        variable="answer_a",
        objective=_SERIES,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "The addition is right: 357. The whole is smaller for a reason that lies in the people.",
            ),
            Wrong(
                Choice("b"),
                "All three come from one report about one year. What may one person do in one week?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="The three parts add up to 357 million, and the people are 318 million. The 39 million too many are people counted a second or a third time.",
        hints=(
            "Think of yourself: do you only ever use one screen?",
            "The measure counts a person once, however many platforms they use.",
            "The sum counts uses; the whole counts people.",
        ),
    ),
    Question(
        id="06.b",
        variable="answer_b",
        objective=_DIVERSITY,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "That is the finding of the lesson, and more countries do not cure it. Who came through the door in the first place?",
            ),
            Wrong(
                Choice("c"),
                "Joy is not trust, and nobody who stayed away was asked. What do you compare with?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="The lot makes the two groups alike before the programme begins. What differs afterwards, the programme may have done.",
        hints=(
            "Which finding compares people who were alike beforehand?",
            "What would make those inside and those outside the same kind of people?",
            "Chance does: a lot has no favourites.",
        ),
    ),
    Question(
        id="06.1",
        variable="answer_1",
        objective=_SERIES,
        points=2,
        minutes=5,
        right=Mapping({"A": "yes", "B": "no", "C": "yes", "D": "no"}),
        wrong=(
            Wrong(
                Mapping({"A": "yes", "B": "yes", "C": "yes", "D": "no"}),
                "B looks harmless: one year apart. But in 2009 television came in. Look at the column of rules.",
            ),
            Wrong(
                Mapping({"A": "no", "B": "no", "C": "no", "D": "no"}),
                "You are stricter than needed. Two of the pairs were counted by the same rule.",
            ),
            Wrong(
                Mapping({"A": "yes", "B": "yes", "C": "yes", "D": "yes"}),
                "That is the joined line. Look at the column of rules beside each figure.",
            ),
        ),
        otherwise="Look up the rule of each figure in the table. Same rule: yes. Different rules: no.",
        explain="Nearness in time does not make figures comparable, and distance does not spoil them. The rule decides.",
        hints=(
            "The table above has a column 'counted by'.",
            "Two pairs share a rule, two do not.",
            "1998 and 2008 are both radio estimates; 2015 and 2025 share the newest measure.",
        ),
    ),
    Question(
        id="06.2",
        variable="answer_2",
        objective=_SERIES,
        points=2,
        minutes=4,
        right=Number(49.048, tolerance=0.1, unit="%"),
        wrong=(
            Wrong(
                Number(1.49048, tolerance=0.006),
                "That is how many times as many. How many per cent more?",
            ),
            Wrong(
                Number(0.49048, tolerance=0.006),
                "That is the growth as a part of one. Multiply by 100.",
            ),
            Wrong(
                Number(149.048, tolerance=0.1),
                "That is the later figure as a percentage of the earlier. How much more is it?",
            ),
            Wrong(
                Number(32.907, tolerance=0.1),
                "You divided the growth by the later figure. Growth is measured from where it began.",
            ),
            Wrong(
                Number(430.5, tolerance=0.6),
                "You began in 1974, with a figure counted by another rule.",
            ),
            Wrong(
                Number(103.0),
                "That is the growth in million people. The question asks for percent.",
            ),
        ),
        otherwise="Later figure divided by earlier figure, minus one, times 100, both by the newest measure.",
        explain="About half as many again, by one rule. That is the growth that can be defended.",
        hints=(
            "Use only figures of the Global Audience Measure.",
            "Its first year is 2015, its last 2025.",
            "(313 / 210 - 1) * 100",
        ),
    ),
    Question(
        id="06.3",
        variable="answer_3",
        objective=_SERIES,
        points=2,
        minutes=4,
        right=Number(72.5, tolerance=0.06, unit="%"),
        wrong=(
            Wrong(
                Number(0.725, tolerance=0.0006),
                "That is the share as a part of one. Multiply by 100.",
            ),
            Wrong(
                Number(27.5, tolerance=0.06),
                "That is the part of the rise that may be new listeners. The question asks for the other part.",
            ),
            Wrong(
                AnyOf((Number(37.5, tolerance=0.06), Number(35.0, tolerance=0.06))),
                "That is one of the two countries. There is a second one.",
            ),
            Wrong(
                Number(14.5),
                "That is what the two countries add in million people. The question asks for a percentage.",
            ),
            Wrong(
                Number(7.92, tolerance=0.06),
                "You divided by the whole audience. The question asks for a share of the rise.",
            ),
        ),
        otherwise="Add the two countries, divide by the rise, multiply by 100.",
        explain="A number nearly three quarters as large as the whole rise came from asking in more places. These people had perhaps listened for years.",
        hints=(
            "How many people came from wider surveys, in both countries together?",
            "What is the whole of which you want the share: the audience, or its rise?",
            "(7.5 + 7.0) / 20 * 100",
        ),
    ),
    Question(
        id="06.4",
        variable="answer_4",
        objective=_SERIES,
        points=2,
        minutes=3,
        right=Number(-5.0),
        wrong=(
            Wrong(
                Number(6.0),
                "That is the change of the published figure, which mixes two rules. By radio alone?",
            ),
            Wrong(Number(5.0), "The size is right. Did the radio audience rise or fall?"),
            Wrong(
                Number(11.0),
                "That is what television and the web added in 2009: the size of the step. By how much did radio change?",
            ),
            Wrong(Number(-6.0), "The published figure rose by that much. Take radio alone."),
        ),
        otherwise="Compare the radio audience of 2009 with the radio audience of 2008.",
        explain="Radio lost five million in the year of the record. Because 2009 was counted both ways, we know it.",
        hints=(
            "Until 2008 the published figure is radio.",
            "Two figures of radio: 182 in 2008, and which one in 2009?",
            "177 - 182",
        ),
    ),
    Question(
        id="06.5",
        variable="answer_5",
        objective=_SERIES,
        points=2,
        minutes=3,
        right=Number(4.0),
        wrong=(
            Wrong(
                Number(-14.0),
                "That is the published fall. The question leaves the closing services in, in both years.",
            ),
            Wrong(
                Number(18.0),
                "You compared 184 with 166, the same year counted twice. Compare with the year before.",
            ),
            Wrong(Number(-4.0), "The size is right. Which of the two years has more?"),
        ),
        otherwise="Take the estimate that still counts the closing services, and compare it with 2010.",
        explain="Counted as in the year before, the audience rose by about four million, by the BBC's own estimate. The published fall of fourteen comes from a decision about whom to count.",
        hints=(
            "Both years must count the same services.",
            "The BBC's own estimate for 2011 with them is about 184 million.",
            "184 - 180",
        ),
    ),
    Question(
        id="06.6",
        variable="answer_6",
        objective=_MONEY,
        points=2,
        minutes=5,
        right=Mapping(
            {"2021–22": Number(57.19, tolerance=0.1), "2022–23": Number(68.84, tolerance=0.1)}
        ),
        wrong=(
            Wrong(
                Mapping(
                    {
                        "2021–22": Number(0.5719, tolerance=0.006),
                        "2022–23": Number(0.6884, tolerance=0.006),
                    }
                ),
                "These are shares as parts of one. Multiply by 100.",
            ),
            Wrong(
                Mapping(
                    {
                        "2021–22": Number(174.85, tolerance=0.1),
                        "2022–23": Number(145.26, tolerance=0.1),
                    }
                ),
                "A part cannot be more than the whole. Which of the two sums is the whole?",
            ),
            Wrong(
                Mapping(
                    {
                        "2021–22": Number(42.81, tolerance=0.1),
                        "2022–23": Number(31.16, tolerance=0.1),
                    }
                ),
                "These are the shares of everything else. The question asks for the fees.",
            ),
            Wrong(
                Mapping({"2021–22": 57, "2022–23": 69}),
                "You rounded to whole numbers. Give the results with one decimal.",
            ),
        ),
        otherwise="In each year: fees divided by total income, times 100.",
        explain="In one year the share of fees rose by more than eleven points, while the whole income shrank. The less else there is, the more an institution depends on those who pay.",
        hints=(
            "Fees are the part, total income the whole.",
            "513 of 897, and 601 of 873.",
            '{"2021–22": 513 / 897 * 100, "2022–23": 601 / 873 * 100}',
        ),
    ),
    Question(
        id="06.7",
        variable="answer_7",
        objective=_NETWORKS,
        points=2,
        minutes=2,
        right=Choice("a"),
        wrong=(
            Wrong(
                Choice("b"),
                "Working in a country and having an office there are two things. Is one unit the same in both numbers?",
            ),
            Wrong(
                Choice("c"),
                "The division is right, and the units are not: centres on one side, work of any kind on the other.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Same unit, same year. Ask for both before you compare.",
        hints=(
            "Ask of each number: what is one of it?",
            "Look for the sentence in which both sides count the same thing.",
            "Two sentences compare offices or centres with 'works in'.",
        ),
    ),
    Question(
        id="06.8",
        variable="answer_8",
        objective=_DIVERSITY,
        points=2,
        minutes=3,
        right=Choice("d"),
        wrong=(
            Wrong(
                Choice("a"),
                "'Raised' names an effect. Were those who took part like the others beforehand?",
            ),
            Wrong(
                Choice("b"),
                "That goes too far the other way: the gap may be partly the programme's work. What can be said for certain?",
            ),
            Wrong(
                Choice("c"),
                "Who makes a survey is a reason to read its method, not to throw away its figures.",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="It gives the difference, its size, and what cannot be read from it. You can put it into an essay and defend it.",
        hints=(
            "Which sentence reports a difference without turning it into an effect?",
            "Two sentences claim to know what the programmes did. One refuses to look.",
            "Look for the one that says what the figures leave open.",
        ),
    ),
    Question(
        id="06.9",
        variable="answer_9",
        objective=_RANK,
        points=2,
        minutes=4,
        right=Mapping({"at least, in 2024": 71.2, "at most, in 2025": 72.8}, tolerance=0.01),
        wrong=(
            Wrong(
                Mapping({"at least, in 2024": 72.8, "at most, in 2025": 71.2}, tolerance=0.01),
                "You have exchanged the two years. In which of them did China stand just below the United Kingdom?",
            ),
            Wrong(
                Mapping({"at least, in 2024": 71.2, "at most, in 2025": 69.2}, tolerance=0.01),
                "The first is right. 69.2 is the score of 2026. Which country stood just above in 2025?",
            ),
            Wrong(
                Mapping({"at least, in 2024": 71.2, "at most, in 2025": 79.5}, tolerance=0.01),
                "The first is right. 79.5 is the score of the first country. Who stood between it and the United Kingdom in 2025?",
            ),
        ),
        otherwise="Who stood just below the United Kingdom in 2024, and who just above it in 2025?",
        explain="A neighbour's scores fence the unknown ones in: 71.2 or more, then 72.8 or less. The score may even have risen, and the place been lost all the same.",
        hints=(
            "A country's score is at least that of the country below it.",
            "And at most that of the country above it.",
            "The neighbour is China in both years.",
        ),
    ),
    OpenQuestion(
        id="06.10",
        objective="argue diversity as a message",
        points=12,
        minutes=20,
        rubric=(
            Criterion(
                "The argument",
                "What diversity is to say abroad and at home, in the learner's own words, with one example from Kazakhstan.",
                (
                    Level(0, "No argument.", "Diversity is good."),
                    Level(
                        1, "A claim about abroad or about home.", "It makes the country attractive."
                    ),
                    Level(
                        2,
                        "Both sides, with an example.",
                        "A Korean ensemble from Almaty on tour shows openness abroad and belonging at home.",
                    ),
                    Level(
                        3,
                        "Both sides, with an example and a reason why it should work.",
                        "A Korean ensemble from Almaty on tour shows that the country lets people be several things at once; those who live between cultures elsewhere will notice, and so will the ensemble's neighbours.",
                    ),
                ),
            ),
            Criterion(
                "A figure and its limit",
                "One figure from the British case with source, and what it cannot show.",
                (
                    Level(
                        0,
                        "No figure, or one that is made up.",
                        "Most people like Britain for its diversity.",
                    ),
                    Level(
                        1, "A figure without its limit.", "75% of participants trust the country."
                    ),
                    Level(
                        2,
                        "A figure and its limit.",
                        "75% of participants trust it and 49% of others, but they chose to take part.",
                    ),
                    Level(
                        3,
                        "A figure with source and limit, and what follows for the claim.",
                        "75% of participants trust it and 49% of others [nationalmuseums2018]. As they chose to take part, I claim only that trust and taking part go together.",
                    ),
                ),
            ),
            Criterion(
                "How we would know",
                "A way to find out whether the message works, with something to compare with.",
                (
                    Level(0, "None.", "We will see it."),
                    Level(1, "A count of activity.", "We count the concerts."),
                    Level(
                        2,
                        "A question put to the audience.",
                        "We ask visitors before and after whether they think of Kazakhstan as open.",
                    ),
                    Level(
                        3,
                        "A question, and a comparison that is fair.",
                        "Tickets are given by lot among those who apply; a month later we ask both groups the same question.",
                    ),
                ),
            ),
            Criterion(
                "A risk",
                "One way in which the message can turn against the country, and what to do about it.",
                (
                    Level(0, "No risk.", "There is no risk."),
                    Level(1, "A risk is named.", "People may not believe it."),
                    Level(
                        2,
                        "A risk with a reason.",
                        "If a community shown on stage has a complaint at home, the stage becomes its loudspeaker.",
                    ),
                    Level(
                        3,
                        "A risk with a reason and an answer to it.",
                        "If a community shown on stage has a complaint at home, the stage becomes its loudspeaker. So ask each community what it wants to show, and show nothing that is not true at home.",
                    ),
                ),
            ),
        ),
    ),
]
