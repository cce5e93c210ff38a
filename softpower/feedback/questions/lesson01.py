"""Lesson 01, What is soft power?: the checks in the lesson and exercise 01."""

from softpower.feedback.answers import AnyOf, Choice, Listing, Mapping, Number, Words
from softpower.feedback.question import Criterion, Level, OpenQuestion, Question, Wrong

_TELL = "tell a resource from an outcome"
_SMART = 'spot the misuse of "smart power"'
_DEFINE = "define eight terms"
_PLACE = "place acts on the continuum"

QUESTIONS = [
    Question(
        id="01.a",
        variable="answer_a",
        objective=_SMART,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "This sentence uses only attraction. Wilson's term needs a second ingredient.",
            ),
            Wrong(
                Choice("c"),
                "Here one is given up for the other. In Wilson's definition, what happens to each of the two?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Smart power is the combination, and each half makes the other stronger.",
        hints=(
            "Smart power is a combination. What is combined?",
            "Mark the hard and the soft means in each sentence. Then ask what each does for the other.",
            "In one sentence there is only one of them; in another one is exchanged for the other.",
        ),
    ),
    Question(
        id="01.b",
        variable="answer_b",
        objective=_TELL,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "Students and scholarships are something that the country has: a resource. What do the students do later?",
            ),
            Wrong(
                Choice("b"),
                "Opening a centre is an act, and the centre a resource. Who changed their mind?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="Somebody else decided differently: that is an outcome. Whether the scholarship caused it is the next question, and a harder one.",
        hints=(
            "An outcome is in somebody else's head or hands.",
            "Ask of each line: who thinks or does something different now?",
            "Two lines describe what a country has or does. One describes what another country did.",
        ),
    ),
    Question(
        id="01.c",
        variable="answer_c",
        objective="tell two indices of one name apart",
        right=Choice("a"),
        wrong=(
            Wrong(
                Choice("b"),
                "Neither list need be wrong. Look at what goes into each: does the same thing go into both?",
            ),
            Wrong(
                Choice("c"),
                "The longer list explains a little: there are more countries that can stand ahead. It cannot be the whole reason; the two do not even count the same things.",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="One counts what a country has, the other what people think of it. A name is not a definition.",
        hints=(
            "Read the column that says what each index counts.",
            "One index has 29 measures of things. The other asks people.",
            "Would a country with excellent exports and little fame stand equally high on both?",
        ),
    ),
    Question(
        id="01.1",
        variable="answer_1",
        objective=_DEFINE,
        points=2,
        minutes=3,
        right=Mapping(
            {
                "A": Words("smart power", also=("smart",)),
                "B": "public diplomacy",
                "C": "cultural diplomacy",
                "D": Words("hard power", also=("hard",)),
            }
        ),
        wrong=(
            Wrong(
                Mapping(
                    {
                        "A": "smart power",
                        "B": "cultural diplomacy",
                        "C": "public diplomacy",
                        "D": "hard power",
                    }
                ),
                "You have exchanged two diplomacies. One of them speaks to foreign publics about anything; the other is a part of cultural policy.",
            ),
            Wrong(
                Mapping(
                    {
                        "A": "soft power",
                        "B": "public diplomacy",
                        "C": "cultural diplomacy",
                        "D": "hard power",
                    }
                ),
                "A speaks of combining two kinds of power. Soft power is only one of the two.",
            ),
        ),
        otherwise="Open the table of terms in the lesson and compare it with the sentence, word by word.",
        explain="Four of the eight terms are yours.",
        hints=(
            "Begin with the one that names force.",
            "Two of them are kinds of diplomacy. Which one mentions culture?",
            "The one that remains combines two kinds of power.",
        ),
    ),
    Question(
        id="01.2",
        variable="answer_2",
        objective=_DEFINE,
        points=2,
        minutes=2,
        right=Listing(
            (
                Words("coercion", also=("force", "coercing", "threat", "threats")),
                Words("payments", also=("payment", "paying", "pay")),
            )
        ),
        wrong=(
            Wrong(
                Listing(("hard power", "smart power")),
                "Those are kinds of power. The definition names two means of getting what you want.",
            ),
            Wrong(
                Listing(("attraction", Words("coercion", also=("force",)))),
                "Attraction is what Nye sets against the other two. You need both of the others.",
            ),
            Wrong(
                AnyOf(
                    (
                        Listing((Words("coercion", also=("force",)), "persuasion")),
                        Listing(("persuasion", Words("payments", also=("payment",)))),
                    )
                ),
                "Persuasion is a step of our own line. Nye's sentence names another means; read it once more.",
            ),
            Wrong(
                Listing(("culture", "political values", "foreign policy")),
                "Those are the three resources. The question asks for the two means that attraction replaces.",
            ),
        ),
        otherwise='Read Nye\'s definition in the lesson again, after the words "rather than".',
        explain="Both matter: a country that pays is not attracting, even if nobody is hurt.",
        hints=(
            'They stand after the words "rather than".',
            "One uses a stick, the other a purse.",
            'The answer has the form ["...", "..."]; the first word begins with c, the second with p.',
        ),
    ),
    Question(
        id="01.3",
        variable="answer_3",
        objective=_TELL,
        points=2,
        minutes=4,
        right=Listing(("a", "d", "e")),
        wrong=(
            Wrong(
                Listing(("b", "c", "f")),
                "Those three are the outcomes. The question asks for the resources.",
            ),
            Wrong(
                Listing(("a", "c", "d", "e")),
                "Look at c once more: who does something there, the country itself or somebody else?",
            ),
            Wrong(
                AnyOf(
                    (
                        Listing(("a", "b", "d", "e")),
                        Listing(("a", "b", "d")),
                        Listing(("a", "b", "e")),
                        Listing(("b", "d", "e")),
                    )
                ),
                "Look at b once more: a survey can be counted too, but what does this one find, and in whose heads?",
            ),
            Wrong(
                AnyOf((Listing(("a", "d")), Listing(("a", "e")), Listing(("d", "e")))),
                "Both are resources, and one more is missing. Which line is also something that the country itself brings along?",
            ),
            Wrong(
                Listing(("a", "b", "c", "d", "e", "f")),
                "All six together cannot be right: some of them happen in other people's heads.",
            ),
        ),
        otherwise="Ask of each line: is this something the country has, or something that others think or do?",
        explain="Resources can be counted at home. Outcomes have to be looked for abroad, and that is why they are so rarely measured.",
        hints=(
            "A resource would still be there if nobody abroad ever looked at it.",
            "Cross out every line in which somebody abroad thinks or does something.",
            "Three lines remain.",
        ),
    ),
    Question(
        id="01.4",
        variable="answer_4",
        objective=_PLACE,
        points=2,
        minutes=4,
        right=Mapping(
            {
                "A": "coercion",
                "B": AnyOf((Words("payment"), Words("attraction"))),
                "C": "persuasion",
                "D": "attraction",
            }
        ),
        wrong=(
            Wrong(
                Mapping(
                    {
                        "A": "payment",
                        "B": AnyOf((Words("payment"), Words("attraction"))),
                        "C": "persuasion",
                        "D": "attraction",
                    }
                ),
                "Look at A: is a benefit offered there, or is something threatened if the other side does not give in?",
            ),
            Wrong(
                Mapping(
                    {
                        "A": "coercion",
                        "B": AnyOf((Words("payment"), Words("attraction"))),
                        "C": "attraction",
                        "D": "persuasion",
                    }
                ),
                "You have exchanged C and D. In one of them somebody makes a case; in the other nobody argues at all.",
            ),
        ),
        otherwise="For each act ask: force, benefit, argument, or because others want it?",
        explain="B can be defended as payment or as attraction: a scholarship is money, and it reaches only those who already want to come. A continuum has no walls.",
        hints=(
            "Begin with the act in which something is threatened.",
            "Then look for the act in which somebody argues a case.",
            "In one act nobody does anything to the other side at all.",
        ),
    ),
    Question(
        id="01.5",
        variable="answer_5",
        objective=_SMART,
        points=2,
        minutes=3,
        right=Choice("c"),
        wrong=(
            Wrong(
                Choice("a"),
                "The sentence sets smart power against hard power. What place has hard power in Wilson's definition?",
            ),
            Wrong(
                Choice("b"),
                "A point between two things has a little less of each. What does Wilson's definition do with the two?",
            ),
            Wrong(
                Choice("d"),
                "Being small or clever is not part of Wilson's definition. Look for the two kinds of power.",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="Here hard and soft means work together, each helping the other. The other sentences use the word for something else, and careful readers notice.",
        hints=(
            "Wilson's definition has two ingredients.",
            "Which sentence has both ingredients, and says that they help each other?",
            "In one sentence a promise of protection and a cultural programme support each other.",
        ),
    ),
    Question(
        id="01.6",
        variable="answer_6",
        objective="follow the debate",
        points=2,
        minutes=4,
        right=Mapping(
            {
                "Mattern": "b",
                "Lomer": "d",
                "Kroenig and colleagues": "c",
                "Keating and Kaczmarska": "a",
            }
        ),
        wrong=(
            Wrong(
                Mapping(
                    {
                        "Mattern": "a",
                        "Lomer": "d",
                        "Kroenig and colleagues": "c",
                        "Keating and Kaczmarska": "b",
                    }
                ),
                "You have exchanged two of them. One writes about language, the others about Russia's conservative values.",
            ),
            Wrong(
                Mapping(
                    {
                        "Mattern": "b",
                        "Lomer": "c",
                        "Kroenig and colleagues": "d",
                        "Keating and Kaczmarska": "a",
                    }
                ),
                "You have exchanged two of them. One writes about education abroad, the others compare three American policies.",
            ),
        ),
        otherwise="Go back to the table of the debate and read the column of questions first.",
        explain="Each asks a different question of the same concept: what it is, who can use it, when it works, how we would know.",
        hints=(
            "One of the four doubts concerns students.",
            "One of them lists conditions.",
            "The two that remain: one is about words that force, the other about states that are not liberal.",
        ),
    ),
    Question(
        id="01.7",
        variable="answer_7",
        objective="follow the debate",
        points=2,
        minutes=2,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "Newspapers argue freely here, so ideas can compete. Which condition fails?",
            ),
            Wrong(
                Choice("c"),
                "People's opinion does count here: ministers follow the polls. Which condition fails?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="The message reaches people who could act on it, and they do not believe the one who brings it.",
        hints=(
            "Take the three conditions one by one and look for a sentence about each.",
            "What do the listeners know about the broadcaster?",
            "The first and the third condition are met, in so many words.",
        ),
    ),
    Question(
        id="01.8",
        variable="answer_8",
        objective="tell two indices of one name apart",
        points=2,
        minutes=4,
        right=Number(98.4848, tolerance=0.06, unit="%"),
        wrong=(
            Wrong(
                Number(0.984848, tolerance=0.006),
                "That is the share as a part of one. The question asks for percent.",
            ),
            Wrong(
                Number(1.5152, tolerance=0.06),
                "That is South Korea's own share of the list. How many countries stand behind it?",
            ),
            Wrong(
                Number(100.0),
                "A country cannot stand ahead of itself. How many of the 66 are left?",
            ),
            Wrong(
                Number(93.7824, tolerance=0.06),
                "That is the other index, with 193 countries. This question is about the one with 66.",
            ),
            Wrong(
                Number(98.0),
                "Very near. The question asks for one decimal; you may also type the arithmetic itself.",
            ),
            Wrong(
                Number(65.0),
                "That is how many countries stand behind it. Divide by the number of countries ranked.",
            ),
        ),
        otherwise="Count the countries behind South Korea, divide by all that are ranked, and multiply by 100.",
        explain="A rank means something only beside the number of countries ranked. Lesson 02 makes a habit of this.",
        hints=(
            "How many of the 66 countries stand behind the first one?",
            "Divide that number by 66, then multiply by 100.",
            "(66 - ...) / ... * 100: fill the two gaps, and you may hand in the arithmetic itself.",
        ),
    ),
    Question(
        id="01.9",
        variable="answer_9",
        objective="tell two indices of one name apart",
        points=2,
        minutes=2,
        right=Choice("d"),
        wrong=(
            Wrong(
                Choice("a"),
                "The two places stand on two lists, made by two makers from different things. Can a fall be read from them?",
            ),
            Wrong(
                Choice("b"), "Neither maker need have made a mistake. What does each of them count?"
            ),
            Wrong(
                Choice("c"),
                "Look again at what that index counts. Was anybody asked for an opinion?",
            ),
        ),
        otherwise="Choose one of the letters a, b, c and d.",
        explain="It names the maker, the edition, what is counted, and the number of countries. A reader can check it.",
        hints=(
            "A sentence about a rank needs four things beside it.",
            "Maker, edition, what is counted, how many countries.",
            "One sentence has all four and claims no more. The others draw a conclusion.",
        ),
    ),
    Question(
        id="01.10",
        variable="answer_10",
        objective=_TELL,
        points=2,
        minutes=3,
        right=Choice("b"),
        wrong=(
            Wrong(
                Choice("a"),
                "The number may well be right. The trouble comes after it: what is concluded from it?",
            ),
            Wrong(
                Choice("c"),
                "Culture that earns money is still culture. The trouble comes later: what is concluded from it?",
            ),
        ),
        otherwise="Choose one of the letters a, b and c.",
        explain="From a resource straight to an outcome: the most common leap in writing about soft power. The official's remark about sushi is the answer to it.",
        hints=(
            "Which part of the sentence is a resource, and which an outcome?",
            "What would one have to know to get from the first part to the second?",
            "Think of the remark about eating sushi.",
        ),
    ),
    OpenQuestion(
        id="01.11",
        objective="define soft power and weigh it",
        points=12,
        minutes=20,
        rubric=(
            Criterion(
                "Definition",
                "Getting what one wants, because others are drawn, rather than by force or payment. In the learner's own words.",
                (
                    Level(
                        0,
                        "No definition, or one that covers every kind of influence.",
                        "Soft power is when a country is strong in the world.",
                    ),
                    Level(
                        1,
                        "Names culture or image, without what it is for.",
                        "Soft power is the culture of a country that people like.",
                    ),
                    Level(
                        2,
                        "Attraction is set against force or payment.",
                        "Soft power is influence by attraction and not by force.",
                    ),
                    Level(
                        3,
                        "Attraction against both force and payment, and the aim: others do what one wants.",
                        "A country has soft power when others do what it hopes for because they are drawn to it, and not because they are threatened or paid.",
                    ),
                ),
            ),
            Criterion(
                "Resource and outcome",
                "One example of each, and the gap between them seen.",
                (
                    Level(0, "The two are not told apart.", "Our music gives us influence."),
                    Level(1, "One of the two is named.", "The dombra is a resource of Kazakhstan."),
                    Level(
                        2,
                        "Both are named, with an example each.",
                        "Abai Centers are a resource; a student who stays friendly to Kazakhstan is an outcome.",
                    ),
                    Level(
                        3,
                        "Both, and a reason why the first need not lead to the second.",
                        "Abai Centers are a resource. Whether a learner of Kazakh later speaks up for the country is an outcome, and the language course alone does not decide it.",
                    ),
                ),
            ),
            Criterion(
                "One critic",
                "A critic from the lesson, reported fairly and used.",
                (
                    Level(0, "No critic.", "Some people disagree with this."),
                    Level(1, "A name without the argument.", "Mattern criticises the concept."),
                    Level(
                        2, "The argument is reported.", "Mattern says that words can coerce too."
                    ),
                    Level(
                        3,
                        "The argument is reported and changes something in the answer.",
                        "Mattern says that words can coerce too, so I would not call every broadcast soft power before asking how it speaks.",
                    ),
                ),
            ),
            Criterion(
                "Clarity",
                "A civil servant who has never heard the term understands it at one reading, in 150 words or fewer.",
                (
                    Level(
                        0,
                        "Cannot be followed.",
                        "It has to do with how that which is perceived becomes what it is for others.",
                    ),
                    Level(
                        1,
                        "Can be followed with effort, or far over 150 words.",
                        "A page of sentences each of which defines the term anew.",
                    ),
                    Level(
                        2,
                        "Clear, with some words a newcomer would not know.",
                        "It co-opts rather than coerces, in the discourse on power resources.",
                    ),
                    Level(
                        3,
                        "Clear at one reading, nothing superfluous.",
                        "Think of a friend whose advice you follow because you respect them. States have friends of that kind too.",
                    ),
                ),
            ),
        ),
    ),
]
