"""The brief: one A4 page whatever the plan, with its charts, and no words but the learner's own."""

import copy
import re

import pytest

from softpower import brief, policy, scenario, texts
from softpower.translation import pseudo

LONG = "Сөз көп, words enough for a very long plan indeed "


def longest():
    """A plan as full as its form allows."""
    plan = copy.deepcopy(policy.example())
    for name, part in policy.schema()["properties"].items():
        if part.get("type") == "string":
            plan[name] = (LONG * 20)[: part["maxLength"]]
        if part.get("type") == "array":
            plan[name] = [_long_row(plan[name], part["items"], n) for n in range(part["maxItems"])]
    return plan


def _long_row(rows, part, position):
    row = dict(rows[min(position, len(rows) - 1)])
    for name, field in part["properties"].items():
        if "maxLength" in field:
            row[name] = (LONG * 20)[: field["maxLength"]]
        if policy.choices(field):
            row[name] = max(policy.choices(field), key=len)
    return row


PLANS = {"example": policy.example, "longest": longest, "empty": policy.new_plan}


@pytest.mark.parametrize("name", PLANS)
def test_brief_is_one_a4_page_and_nothing_is_cut_off(browser, tmp_path, name):
    plan = PLANS[name]()
    path = brief.write(plan, tmp_path / "brief.html")
    page = browser.new_page()
    page.goto(path.as_uri())
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    size = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [float(side) for side in size.groups()] == pytest.approx([595, 842], abs=2)
    assert page.evaluate(
        "document.querySelector('main').scrollHeight + 2 * parseFloat(getComputedStyle(document.body).paddingTop) <= document.body.clientHeight + 1"
    )
    shown = page.inner_text("body")
    for part in ("included", "left_out", "problem", "message"):
        assert " ".join(plan[part].split()) in " ".join(shown.split())
    assert page.locator("svg[role=img]").count() == 1
    assert page.locator("tbody .bar").count() == len(plan["instruments"])
    page.close()


def test_the_brief_shows_what_was_typed_and_runs_none_of_it():
    plan = policy.example() | {"title": "<script>alert(1)</script> & more"}
    html = brief.html(plan)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html
    assert "<script>alert" not in html


def test_the_brief_of_a_draft_says_so():
    plan = policy.example()
    assert "Draft" not in brief.html(plan)
    plan["instruments"][0]["points"] = 1
    assert "Draft: parts are missing or wrong" in brief.html(plan)


def test_the_picture_says_on_its_face_that_it_is_no_forecast():
    result = scenario.run(policy.example(), target={"measure": "score", "value": 37.5})
    svg = brief.fan_svg(result)
    assert "Not a forecast" in svg.split("aria-label")[1].split(">", 1)[1]
    for words in ("With the plan", "Without it", "target 37.5", "2030"):
        assert words in svg
    assert brief.sentence(result) in svg.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "fewer than 1 in 2,000"),
        (0.0278, "about 1 in 35"),
        (0.28, "about 3 in 10"),
        (0.99, "more than 19 in 20"),
    ],
)
def test_chances_are_said_as_people_say_them(share, words):
    assert brief.chance_in_words(share) == words


def test_what_to_believe_is_said_for_each_chance():
    said = brief.believe_in_words(scenario.run(policy.example()))
    assert [sentence[:8] for sentence in said] == ["For 50%:", "For 80%:", "For 90%:"]
    assert all("times what the plan's central values add" in sentence for sentence in said)
    easy = brief.believe_in_words(
        scenario.run(policy.example(), target={"measure": "score", "value": 30})
    )
    assert all("nothing" in sentence for sentence in easy)


def test_a_draft_says_what_is_still_open_and_a_finished_plan_does_not():
    plan = policy.example()
    assert "Still open" not in brief.html(plan)
    draft = plan | {"title": "", "end": plan["start"]}
    page = brief.html(draft)
    assert "Still open in this draft" in page and "still to write" in page
    assert "is not after its start" in page
    assert "Sources: ." not in brief.html(policy.new_plan())


def test_the_memos_frame_has_the_examples_words_in_the_readers_language(elsewhere):
    plan = policy.example()
    with texts.found_in(elsewhere), texts.speaking(pseudo.CODE):
        frame = " ".join(brief.memo_frame(plan).split())
    said = [plan["problem"], plan["message"], *(row["transfer"] for row in plan["instruments"])]
    said += [row["measures"] for row in plan["kpis"]]
    assert [words for words in said if words in frame] == []
