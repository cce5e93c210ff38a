"""The policy plan: what is told to whoever writes one, and that nothing they wrote is lost."""

import copy
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from softpower import cli, data, policy
from softpower.errors import CourseError
from softpower.feedback.special import plans
from softpower.schema import faults


@pytest.fixture
def plan():
    return policy.example()


def said(plan, level):
    return [str(finding) for finding in policy.check(plan) if finding.level == level]


def changed(plan, *path_and_value):
    *path, value = path_and_value
    plan = copy.deepcopy(plan)
    part = plan
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return plan


@pytest.mark.parametrize(
    "plan",
    [*map(policy.example, plans.PUBLISHED), plans.own_plan()],
    ids=["lesson", "exercise", "own"],
)
def test_schema_is_a_schema_and_the_plans_follow_it(plan):
    Draft202012Validator.check_schema(policy.schema())
    Draft202012Validator(policy.schema()).validate(plan)
    assert policy.is_valid(policy.check(plan))


def test_levers_and_markers_are_those_of_the_tables():
    fields = policy.schema()["properties"]["instruments"]["items"]["properties"]
    assert list(policy.choices(fields["lever"])) == data.load("levers")["lever"].tolist()
    assert (
        list(policy.choices(fields["marker"])) == data.load("identity_markers")["marker"].tolist()
    )
    assert set(data.load("advice")["lever"]) <= set(data.load("levers")["lever"])


def test_every_field_has_a_title_for_the_form():
    for part in policy.schema()["properties"].values():
        fields = part.get("items", {}).get("properties", {})
        for field in (part, *fields.values()):
            assert field.get("title") or field["$ref"] == "#/$defs/id"


def test_example_teaches_by_its_warnings(plan):
    warnings = " ".join(said(plan, "warning"))
    assert "the starting point has still to be measured" in warnings
    assert "without a comparison" in warnings


def test_a_first_survey_is_asked_to_be_paid_for_only_where_nothing_is_paid(plan):
    assert "points of its own" not in " ".join(said(plan, "warning"))
    unpaid = changed(plan, "instruments", 3, "lever", "narrative")
    assert "points of its own" in " ".join(said(unpaid, "warning"))


def test_an_empty_plan_is_not_yet_written_rather_than_wrong():
    findings = policy.check(policy.new_plan())
    assert {finding.level for finding in findings} == {"missing"}
    named = {finding.path[0] for finding in findings}
    assert named == set(policy.schema()["required"]) - {"format"}


def test_every_part_of_a_plan_is_written_in_one_step():
    parts = [part for step in policy.steps() for part in step["parts"]]
    assert sorted([*parts, "format"]) == sorted(policy.schema()["properties"])


ERRORS = {
    "budget short": (("instruments", 0, "points", 25), "add up to 95, 5 short of 100"),
    "budget over": (("instruments", 0, "points", 35), "add up to 105, 5 over 100"),
    "objective nowhere": (("instruments", 0, "objective", "O9"), "'O9' leads nowhere"),
    "audience nowhere": (("objectives", 0, "audience", "A7"), "There are: A1, A2"),
    "unknown source": (("evidence", 0, "source", "nye1066"), "neither a source of the course"),
    "unknown instrument": (("assumptions", 0, "about", "I8"), "'I8' leads nowhere"),
    "no outcome": (("kpis", 2, "level", "output"), "no outcome shows it"),
    "no instrument": (("instruments", 2, "objective", "O1"), "no instrument serves it"),
    "low above central": (("assumptions", 0, "low", 0.3), "out of order"),
    "target before baseline": (("kpis", 0, "target_year", 2027), "a change needs two moments"),
    "target too late": (("kpis", 0, "target_year", 2032), "after the plan is judged"),
    "ends before it starts": (("end", 2027), "not after its start"),
    "starts outside": (("instruments", 0, "starts", 2026), "lies outside the plan"),
    "same name twice": (("objectives", 1, "id", "O1"), "names two rows"),
    "unknown lever": (("instruments", 0, "lever", "magic"), "choose one of"),
    "text for a number": (("instruments", 0, "points", "many"), "this should be a number"),
    "number for text": (("title", 7), "this should be text"),
    "too short": (("problem", "Unknown."), "8 characters so far, at least 40"),
    "too long": (("title", "x" * 91), "at most 90"),
    "minus points": (("instruments", 0, "points", -5), "too low"),
    "an unknown part": (("slogan", "Great"), "no part called 'slogan'"),
    "true for a number": (("kpis", 0, "target", True), "this should be a number"),
    "baseline in words": (("kpis", 0, "baseline", "unknown"), "to be measured"),
}


ERRORS |= {
    "target before the plan": (("kpis", 1, "target_year", 2026), "lies before the first year"),
    "a decimal comma as text": (
        ("instruments", 0, "points", "37,5"),
        "number itself, with a point before decimals: 37.5",
    ),
    "per cent as text": (("kpis", 0, "target", "30 %"), "without the sign or word after it: 30"),
    "thousands as text": (("kpis", 0, "target", "12 000"), "decimals: 12000"),
    "a name in Cyrillic": (
        ("objectives", 0, "id", "О1"),
        "letter of the Russian keyboard in it. Type it in Latin letters: O1",
    ),
    "a word in Cyrillic": (("sources", 0, "id", "опрос"), "A short name takes Latin ones"),
    "a reference in Cyrillic": (("instruments", 0, "objective", "О1"), "Did you mean 'O1'?"),
    "another name": (
        ("evidence", 0, "source", "Konyrshin2052"),
        "Did you mean 'konyrshin2025'?",
    ),
    "a source misspelt": (
        ("evidence", 0, "source", "konyrshn2025"),
        "Did you mean 'konyrshin2025'?",
    ),
    "a million points": (("instruments", 0, "points", 1000000), "1,000,000 is too high"),
    "four hundred digits": (
        ("instruments", 0, "points", 10**400),
        "more than fifteen digits is too high",
    ),
    "five thousand digits": (("kpis", 0, "target", "9" * 5000), "this should be a number"),
    "half a year": (("start", 2027.5), "this should be a whole number, and it is 2,027.5"),
    "a part misspelt": (("audience", []), "Did you mean 'audiences'?"),
}


@pytest.mark.parametrize(("change", "words"), ERRORS.values(), ids=ERRORS)
def test_errors_stop_and_say_where(plan, change, words):
    broken = changed(plan, *change)
    assert any(words in message for message in said(broken, "error")), said(broken, "error")
    assert not policy.is_valid(policy.check(broken))
    assert not any(words in message for message in said(plan, "error"))


WARNINGS = {
    "smaller than noise": (("kpis", 1, "target", 36.4), "(+0.5) is smaller than twice the noise"),
    "a rank": (("kpis", 1, "measures", "Global Soft Power Index rank"), "a rank moves when others"),
    "no noise": (("kpis", 1, "noise", 0), "without any noise is rare"),
    "a point, not a range": (
        (
            "assumptions",
            0,
            {
                "about": "I1",
                "low": 1,
                "central": 1,
                "high": 1,
                "basis": "data",
                "because": "It was so in Korea.",
            },
        ),
        "low and high are the same",
    ),
    "no measurement": (("instruments", 3, "lever", "narrative"), "nothing is set aside"),
}


WARNINGS |= {
    "noise of four years": (
        ("kpis", 1, "target", 38.4),
        "(+2.5) is smaller than twice the noise of 4 years",
    ),
    "worse, not better": (("kpis", 1, "target", 30), "lies below the baseline (35.9)"),
    "nothing changes": (("kpis", 1, "target", 35.9), "promises that nothing changes"),
    "more than all": (("kpis", 0, "target", 250), "250 per cent of anybody"),
    "less than none": (("kpis", 2, "target", -20), "-20 per cent of anybody"),
    "a baseline in the middle": (
        ("kpis", 0, "baseline_year", 2028),
        "already changed by then cannot be seen",
    ),
    "started at the end": (
        ("instruments", 0, "starts", 2030),
        "the year in which the plan is judged",
    ),
    "another audience": (("instruments", 0, "audience", "A2"), "it reaches A2, and its objective"),
    "a rank called place": (
        ("kpis", 1, "measures", "Place in the Global Soft Power Index"),
        "a rank moves when others",
    ),
    "a place as the unit": (("kpis", 1, "unit", "place (of 193)"), "a rank moves when others"),
}


@pytest.mark.parametrize(("change", "words"), WARNINGS.values(), ids=WARNINGS)
def test_warnings_teach_and_do_not_stop(plan, change, words):
    doubtful = changed(plan, *change)
    assert any(words in message for message in said(doubtful, "warning"))
    assert not any(words in message for message in said(plan, "warning"))
    assert policy.is_valid(policy.check(doubtful))


def test_warnings_about_the_whole_set_of_instruments(plan):
    for row in plan["instruments"]:
        row |= {"marker": "heritage", "precedent_case": "Kazakhstan", "points": 12}
    plan["instruments"][0]["points"] = 64
    plan["assumptions"] = plan["assumptions"][1:3]
    warnings = " ".join(said(plan, "warning"))
    for words in (
        "64 of 100 points",
        "same identity marker",
        "Kazakhstan's own",
        "rivals stand still",
        "counts it as nothing",
    ):
        assert words in warnings
    assert policy.is_valid(policy.check(plan))


def test_less_may_be_better_where_the_measure_says_so(plan):
    plan["kpis"][1] |= {"measures": "Adults who have never heard of Kazakhstan", "target": 30}
    assert not any("lies below the baseline" in text for text in said(plan, "warning"))


def test_noise_grows_with_the_square_root_of_the_years(plan):
    for years, promised, warned in (
        (1, 1.4, False),
        (4, 1.4, True),
        (4, 2.7, False),
        (9, 2.7, True),
    ):
        row = {"baseline_year": 2026, "target_year": 2026 + years, "target": 35.9 + promised}
        tried = copy.deepcopy(plan)
        tried["end"] = 2035
        tried["kpis"][1] |= row
        assert any("smaller than twice the noise" in t for t in said(tried, "warning")) is warned


def test_an_instrument_twice_and_an_audience_that_nothing_reaches(plan):
    plan["instruments"][1]["name"] = plan["instruments"][0]["name"].upper() + "."
    for row in plan["instruments"]:
        row["audience"] = "A1"
    warnings = " ".join(said(plan, "warning"))
    assert "stands here more than once" in warnings
    assert "no instrument reaches this audience" in warnings


def test_figures_are_shown_as_people_write_them(plan):
    for points in (1_000_000, 123456789012345678, 1e300, 37.5):
        for text in said(changed(plan, "instruments", 0, "points", points), "error"):
            assert "e+" not in text


def test_no_mess_in_a_plan_raises(plan):
    odd = [None, 3, "text", [], {}, [None], [[]], {"id": {}}, float("nan"), float("inf"), True]
    for name in plan:
        for value in odd:
            findings = policy.check(changed(plan, name, value))
            assert value is plan[name] or name == "sources" or findings
    for section in ("instruments", "kpis", "assumptions", "audiences"):
        for field in plan[section][0]:
            for value in odd:
                policy.check(changed(plan, section, 0, field, value))


def test_a_budget_that_is_not_a_number_is_not_a_hundred(plan):
    assert not policy.is_valid(
        policy.check(changed(plan, "instruments", 0, "points", float("nan")))
    )


def test_what_is_no_plan_is_refused_in_words():
    with pytest.raises(CourseError, match="A plan is a dictionary"):
        policy.check([])


def test_new_rows_take_the_next_free_name(plan):
    assert policy.new_row(plan, "instruments")["id"] == "I5"
    plan["instruments"].pop(1)
    assert policy.new_row(plan, "instruments")["id"] == "I2"
    assert "id" not in policy.new_row(plan, "risks")


# --- Its form -----------------------------------------------------------------------------

odd = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 3000), st.floats(), st.text(max_size=50)),
    lambda inside: st.one_of(
        st.lists(inside, max_size=4), st.dictionaries(st.text(max_size=4), inside, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_the_form_is_what_the_library_for_json_schema_finds(data):
    plan = copy.deepcopy(policy.example())
    for _ in range(data.draw(st.integers(1, 3))):
        section = data.draw(st.sampled_from(sorted(plan)))
        value = data.draw(odd)
        if isinstance(plan[section], list) and plan[section] and data.draw(st.booleans()):
            row = plan[section][0]
            if isinstance(row, dict) and row:
                row[data.draw(st.sampled_from([*sorted(row), "slip"]))] = value
        else:
            plan[section] = value
    ours = {(f.keyword, f.path) for f in faults(policy.schema(), plan)}
    library = Draft202012Validator(policy.schema()).iter_errors(plan)
    assert ours == {(e.validator, tuple(e.absolute_path)) for e in library}


def test_a_plan_is_read_once_and_a_change_is_seen_at_the_next_check(plan, monkeypatch):
    module = sys.modules["softpower.policy.plan"]
    read, readable = [], module._readable
    monkeypatch.setattr(module, "_readable", lambda part: read.append(1) or readable(part))
    before = policy.check(plan)
    assert len(read) <= len(policy.SECTIONS)
    plan["instruments"] = []
    assert policy.check(plan) != before and not isinstance(plan, policy.Plan)


def test_the_first_check_of_a_plan_imports_nothing_heavy():
    code = (
        "import sys; from softpower import policy; policy.check(policy.example()); "
        "print({'jsonschema', 'scipy', 'matplotlib', 'nbformat'} & set(sys.modules) or 'none')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "none"


# --- The command --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "code", "words"), [(30, 0, "the plan is valid"), (20, 1, "10 short of 100")]
)
def test_command_exits_one_on_errors(tmp_path, capsys, plan, points, code, words):
    path = tmp_path / "plan.json"
    path.write_text(
        policy.dumps(changed(plan, "instruments", 0, "points", points)), encoding="utf-8"
    )
    assert cli.main(["plan", str(path)]) == code
    assert words in capsys.readouterr().out


def test_command_explains_a_damaged_file_in_one_sentence(tmp_path, capsys):
    (tmp_path / "plan.json").write_text("{", encoding="utf-8")
    assert cli.main(["plan", str(tmp_path / "plan.json")]) != 0
    assert "damaged at line 1" in capsys.readouterr().err


def test_a_source_may_be_written_as_a_lesson_prints_it(plan):
    for written in ("Astana Times 2014", "astanatimes2014", "Konyrshin2025"):
        assert policy.is_valid(policy.check(changed(plan, "evidence", 0, "source", written)))
    assert policy.course_source("Astana Times 2014") == "astanatimes2014"
    assert policy.course_source("My uncle") is None


def test_whoever_measures_need_not_be_a_source(plan):
    before = policy.check(plan)
    named = changed(plan, "kpis", 0, "source", "The two universities")
    assert policy.check(named) == before
    typo = changed(plan, "kpis", 0, "source", "brandfinence2026")
    assert any("Did you mean 'brandfinance2026'?" in text for text in said(typo, "warning"))


def test_an_objective_that_waits_for_a_later_section_is_not_wrong_yet(plan):
    begun = plan | {"instruments": [], "kpis": [], "assumptions": []}
    assert list(said(begun, "error")) == []
    assert any("no instrument serves it" in text for text in said(begun, "missing"))
    assert not policy.is_valid(policy.check(begun))
