"""What a teacher of policy would ask of a plan's words: asked where it should be, and only there."""

import copy
import tomllib
from pathlib import Path

import pytest

from softpower import policy
from softpower.feedback.special import plans

REASONABLE = tomllib.loads(
    (Path(__file__).parent / "reasonable_plans.toml").read_text(encoding="utf-8")
)["plan"]
BOXES = {"who": "audiences", "where": "audiences", "text": "objectives", "transfer": "instruments"}


def said(plan):
    return [str(finding) for finding in policy.check(plan)]


def with_words(words):
    """Return a plan of its own with these words in its first rows."""
    plan = plans.own_plan()
    plan["decision_maker"] = words.get("decision_maker", plan["decision_maker"])
    for name, section in BOXES.items():
        plan[section][0][name] = words.get(name, plan[section][0][name])
    plan["kpis"][0] |= words.get("kpi", {})
    plan["instruments"][0]["precedent_case"] = "another country"
    return plan


@pytest.mark.parametrize("words", REASONABLE, ids=lambda words: words["decision_maker"])
def test_a_reasonable_plan_hears_nothing_new(words):
    plan = with_words(words)
    assert policy.is_valid(policy.check(plan))
    assert [line for line in said(plan) if "still to be measured" not in line] == []


def test_there_are_ten_reasonable_plans():
    assert len(REASONABLE) >= 10


@pytest.mark.parametrize("who", ["Our ministry of culture", "Weights and measures agency"])
def test_an_office_is_not_taken_for_oneself(who):
    assert not any(
        "you write the plan" in line for line in said(with_words({"decision_maker": who}))
    )


OUTPUT, INPUT, CLICK = "counts what the plan does", "what is spent", "a click costs"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"decision_maker": "Everybody"}, "nobody signs"),
        ({"decision_maker": "Me and my classmates"}, "who can approve it"),
        ({"who": "The whole world"}, "cannot be asked before and after"),
        ({"who": "Foreigners"}, "cannot be asked before and after"),
        ({"where": "All over the world"}, "run a survey everywhere"),
        ({"text": "Hold 20 concerts in two years"}, "something the plan does"),
        ({"transfer": "It was a great success there, so it will be here too."}, "where the question begins"),
        ({"kpi": {"measures": "Number of reading circles held", "unit": "circles"}}, OUTPUT),
        ({"kpi": {"measures": "Twenty evenings in five cities", "unit": "concerts"}}, OUTPUT),
        ({"kpi": {"measures": "Budget spent", "unit": "million tenge"}}, INPUT),
        ({"kpi": {"measures": "Likes on Instagram", "unit": "likes"}}, CLICK),
        ({"kpi": {"measures": "Views of our films on YouTube", "unit": "views"}}, CLICK),
        ({"kpi": {"measures": "Number of teachers trained", "unit": "teachers"}}, "whom the plan reached"),
        ({"kpi": {"measures": "Number of agreements signed", "unit": "agreements"}}, "what it signed"),
        ({"text": "Improve the image of Kazakhstan abroad"}, "stand over any plan"),
        ({"text": "We will open five cultural centres"}, "something the plan does"),
        ({"decision_maker": "The government"}, "nobody signs"),
        ({"kpi": {"measures": "Share of people who know nothing of Kazakhstan", "unit": "%",
                  "baseline": 31, "target": 40}}, "more of this is worse"),
        ({"kpi": {"measures": "Students who can name a writer", "target": 18, "noise": 25}},
         "the noise alone could reach it"),
        ({"kpi": {"measures": "Global Soft Power Index score", "unit": "points of 100", "level": "impact",
                  "baseline": 35.9, "target": 60, "noise": 0.66}}, "points of score a year are promised"),
    ],
)  # fmt: skip
def test_words_that_leave_the_question_open_are_asked_about(words, expected):
    assert any(expected in line for line in said(with_words(words)))
    assert not any(expected in line for line in said(plans.own_plan()))


def test_a_rank_that_is_to_fall_is_told_so_first():
    rank = {
        "measures": "Rank in the index",
        "unit": "place",
        "baseline": 82,
        "target": 90,
        "noise": 5,
    }
    first, *_ = [line for line in said(with_words({"kpi": rank})) if "K1" in line]
    assert "the plan promises a fall" in first
    up = said(with_words({"kpi": rank | {"target": 60}}))
    assert not any("promises a fall" in line for line in up)


def test_a_large_noise_is_written_without_powers_of_ten():
    kpi = {"measures": "Visits", "baseline": 100, "target": 200, "noise": 2000, "unit": "visits"}
    assert any(
        "(2 × 3,460)" in line or "(2 × 3,464)" in line for line in said(with_words({"kpi": kpi}))
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda p: p["instruments"][0].update(precedent="Institutes of Korea"), "South Korea, and Japan"),
        (lambda p: p["instruments"][1].update(points=0), "it has no points"),
        (lambda p: p["instruments"][3].update(points=1), "1 of 100 points for measurement"),
        (lambda p: p["instruments"][3].update(starts=2029), "Who asks before?"),
        (lambda p: p["assumptions"][0].update(central=3, high=4), "from one instrument"),
        (lambda p: p["assumptions"][3].update(low=-0.3, central=-0.2), "the rivals lose"),
        (lambda p: p["sources"].append({"id": "my-book", "reference": "A book on horses"}), "refers to this source"),
        (lambda p: p["objectives"][1].update(text=p["objectives"][0]["text"]), "stands in 2 rows"),
        (lambda p: p.update(counter_voice=p["message"]), "stands in another box"),
        (lambda p: p.update(counter_voice="Only enemies of the country would say no."), "would nod"),
        (lambda p: p.update(counter_voice="Nobody would disagree with a plan like this."), "Who hears it"),
        (lambda p: p.update(left_out="Nobody is left out, for the plan is there for all of them."), "others get none"),
        (lambda p: p["risks"][0].update(risk="There are no risks."), "one thing"),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_are_asked_about(change, expected):
    plan = copy.deepcopy(plans.own_plan())
    change(plan)
    assert any(expected in line for line in said(plan))
    assert not any(expected in line for line in said(plans.own_plan()))


def test_a_counter_voice_may_say_nobody_and_against():
    plan = plans.own_plan()
    plan["counter_voice"] = "Nobody asked us before the stadium was built, and I am against it."
    assert said(plan) == said(plans.own_plan())


def test_one_text_in_many_boxes_stops_a_plan():
    plan = plans.own_plan()
    for name in ("problem", "message", "counter_voice", "included", "left_out"):
        plan[name] = "This will be written later in the week, when there is time."
    found = [f for f in policy.check(plan) if f.level == "error"]
    assert len(found) == 1 and "stands in 5 boxes" in found[0].message


@pytest.mark.parametrize("name", plans.PUBLISHED)
def test_the_published_plans_hear_none_of_it(name):
    from softpower.policy.doubts import doubts

    assert list(doubts(policy.example(name))) == []


EVERYBODY, EVERYWHERE = "cannot be asked before and after", "run a survey everywhere"
DOES, ANY_PLAN = "something the plan does", "stand over any plan"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"where": "Europe"}, EVERYWHERE),
        ({"where": "Весь мир"}, EVERYWHERE),
        ({"where": "Страны Европы"}, EVERYWHERE),
        ({"where": "бүкіл әлем"}, EVERYWHERE),
        ({"where": "Еуропа"}, EVERYWHERE),
        ({"who": "Все люди"}, EVERYBODY),
        ({"who": "барлық адамдар"}, EVERYBODY),
        ({"decision_maker": "Правительство"}, "nobody signs"),
        ({"decision_maker": "Қазақстан үкіметі"}, "nobody signs"),
        ({"decision_maker": "Наша группа"}, "who can approve it"),
        ({"decision_maker": "Біздің топ"}, "who can approve it"),
        ({"text": "Провести фестиваль в Анкаре"}, DOES),
        ({"text": "Көрмелер мен концерттер ұйымдастыру"}, DOES),
        ({"text": "Повысить узнаваемость Казахстана за рубежом"}, ANY_PLAN),
        ({"text": "Қазақстанның имиджін жақсарту"}, ANY_PLAN),
        ({"transfer": "Там это имело успех, поэтому сработает и у нас."}, "where the question begins"),
        ({"transfer": "Кореяда табысты болды, сондықтан бізде де болады."}, "where the question begins"),
        ({"kpi": {"measures": "Число проведённых концертов"}}, OUTPUT),
        ({"kpi": {"measures": "Іс-шаралар саны"}}, OUTPUT),
        ({"kpi": {"measures": "Израсходованный бюджет", "unit": "млн тенге"}}, INPUT),
        ({"kpi": {"measures": "Жұмсалған қаржы", "unit": "млн теңге"}}, INPUT),
        ({"kpi": {"measures": "Подписчики в Instagram"}}, CLICK),
        ({"kpi": {"measures": "Число участников курсов"}}, "whom the plan reached"),
        ({"kpi": {"measures": "Қатысушылар саны"}}, "whom the plan reached"),
        ({"kpi": {"measures": "Место в рейтинге", "unit": "место"}}, "a rank moves when others move"),
        ({"kpi": {"measures": "Рейтингтегі орны", "unit": "орын"}}, "a rank moves when others move"),
        ({"kpi": {"measures": "Доля тех, кто ничего не знает о Казахстане", "unit": "%",
                  "baseline": 31, "target": 40}}, "more of this is worse"),
    ],
)  # fmt: skip
def test_the_common_doubts_are_read_in_russian_and_kazakh_too(words, expected):
    assert any(expected in line for line in said(with_words(words)))


@pytest.mark.parametrize(
    "words",
    [
        {"decision_maker": "Министерство культуры и информации", "where": "Анкара и Берлин",
         "who": "Студенты университетов, 18–25 лет",
         "text": "Студенты двух городов называют без подсказки одну книгу из Казахстана",
         "transfer": "Языку можно учить везде. Но интерес к корейскому рос вместе с песнями.",
         "kpi": {"measures": "Студенты, которые знают одну книгу", "unit": "% опрошенных"}},
        {"decision_maker": "Астана қаласының әкімдігі, туризм басқармасы", "where": "Анкара, Ташкент",
         "who": "Университет студенттері, 18–25 жас",
         "text": "Студенттер қазақ жазушысының бір кітабын атай алады",
         "transfer": "Тілді кез келген жерде үйретуге болады, бірақ сұраныс әзірге аз.",
         "kpi": {"measures": "Бір кітапты атай алатын студенттердің үлесі", "unit": "% сұралғандар"}},
        {"kpi": {"measures": "Доля тех, кто ничего не знает о Казахстане", "unit": "%",
                 "baseline": 31, "target": 20, "noise": 2}},
    ],
    ids=["Russian", "Kazakh", "less is better"],
)  # fmt: skip
def test_a_reasonable_plan_in_russian_or_kazakh_hears_nothing_new(words):
    plan = with_words(words)
    assert [line for line in said(plan) if "still to be measured" not in line] == []
