"""The policy studio: a form that checks, saves at every change, and can be worked by keyboard."""

import json

import pytest
from conftest import run_all, until
from playwright.sync_api import expect

from softpower import keep, labs, policy
from softpower.errors import CourseError
from softpower.labs.policy_studio import picture, report, summary

FILE = "policy_plan.json"
OPEN = f"from softpower import labs\nlabs.PolicyStudio('{FILE}')"


@pytest.fixture
def file(jupyter):
    """The plan's file in the folder where the browser's notebooks run."""
    _, folder = jupyter
    for path in folder.glob("policy_plan*"):
        path.unlink()
    return folder / FILE


def studio(page):
    lab = page.locator(".softpower-studio")
    lab.wait_for()
    return lab


ASKS = "This takes the place of the plan in the form."


def until_saved(page, file, holds):
    def said():
        return file.read_text(encoding="utf-8") if file.exists() else "null"

    until(page, lambda: (plan := json.loads(said())) is not None and holds(plan), said)


def test_the_summary_counts_points_and_findings():
    plan = policy.example()
    warnings = sum(finding.level == "warning" for finding in policy.check(plan))
    assert summary(plan, policy.check(plan)).endswith(f"{warnings} warnings. The plan is valid.")
    plan["instruments"][0]["points"] = 20
    told = summary(plan, policy.check(plan))
    assert told == f"90 of 100 points given out; 0 still to write, 1 error, {warnings} warnings."


def test_report_and_picture_are_plain_data_and_never_raise():
    for plan in (policy.new_plan(), policy.example(), policy.example() | {"end": 2099}):
        json.dumps([report(plan), picture(plan, {"measure": "rank", "value": 60})])
    for value in (None, 0, 1000):  # nothing, and ranks that nobody can have
        said = picture(policy.example(), {"measure": "rank", "value": value})["said"]
        assert said.startswith("Write the target as a number from 1 to 193")


def test_a_plan_is_saved_at_every_change_and_opened_again(tmp_path):
    path = tmp_path / "my_work" / FILE
    lab = labs.PolicyStudio(path)
    assert not path.exists()  # looking writes nothing
    lab.plan = lab.plan | {"title": "Half a plan"}
    assert policy.read(path)["title"] == "Half a plan"
    again = labs.PolicyStudio(path)
    assert again.plan["title"] == "Half a plan"
    caption, table = again.twin()
    assert "still to write" in caption
    assert "Half a plan" in table["Written so far"].tolist()


def test_without_a_path_the_plan_lies_in_the_learners_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    lab = labs.PolicyStudio()
    lab.plan = policy.example()
    assert policy.my_plan() == policy.read(tmp_path / FILE) == policy.example()


def test_a_damaged_file_is_told_and_kept(tmp_path):
    path = tmp_path / FILE
    path.write_text('{"title": "Cut', encoding="utf-8")
    lab = labs.PolicyStudio(path)
    assert "damaged at line 1" in lab.saved
    lab.plan = lab.plan | {"title": "New"}
    assert [p.read_text(encoding="utf-8") for p in tmp_path.glob("*damaged*")] == ['{"title": "Cut']


def test_a_full_disk_is_told_in_words(tmp_path, monkeypatch):
    def refuse(*_):
        raise CourseError("policy_plan.json could not be saved.")

    lab = labs.PolicyStudio(tmp_path / FILE)
    monkeypatch.setattr(keep, "write", refuse)
    lab.plan = lab.plan | {"title": "New"}
    assert lab.saved == "policy_plan.json could not be saved."
    assert lab.plan["title"] == "New"


def test_from_the_example_to_a_brief_by_mouse(run_notebook, file, axe):
    page = run_notebook(OPEN)
    lab = studio(page)
    expect(lab.locator("svg")).to_contain_text("Not a forecast")
    lab.get_by_role("button", name="start from the worked example").click()
    page.wait_for_function(
        "() => document.querySelector('.softpower-studio .total').textContent.startsWith('100')"
    )
    until_saved(page, file, lambda plan: policy.is_valid(policy.check(plan)))

    lab.locator("summary", has_text="6. Instruments").click()
    points = lab.get_by_label("Points of 100").first
    points.fill("20")
    points.blur()
    page.wait_for_function(
        "() => document.querySelector('.softpower-studio').textContent.includes('10 short of 100')"
    )
    until_saved(page, file, lambda plan: plan["instruments"][0]["points"] == 20)

    lab.get_by_role("button", name="Remove I4").click()
    until_saved(page, file, lambda plan: len(plan["instruments"]) == 3)
    lab.get_by_role("button", name="Undo the last removal").click()
    until_saved(page, file, lambda plan: [r["id"] for r in plan["instruments"]][-1] == "I4")

    lab.get_by_label("Measure", exact=True).select_option("score")
    page.wait_for_function(
        "() => document.querySelector('.softpower-studio svg').textContent.includes('target 37.5')"
    )
    lab.get_by_text("The plan as text, to hand in").click()
    lab.get_by_role("button", name="Copy").click()
    lab.get_by_text("Copied. Paste it").wait_for()
    lab.get_by_role("button", name="Write the one-page brief").click()
    lab.get_by_role("link", name="Open policy_plan.html to print it").wait_for()
    brief = file.with_suffix(".html")
    until(page, lambda: brief.exists() and "Steppe Voices" in brief.read_text(encoding="utf-8"))
    for step in lab.locator(".steps > details:not([open]) > summary").all()[::-1]:
        step.click()
    assert axe(page, ".jp-OutputArea-output") == []


def test_nothing_replaces_a_plan_unasked_and_every_plan_comes_back(run_notebook, file, axe):
    page = run_notebook(OPEN)
    lab = studio(page)
    opening = lab.get_by_text("Nothing is written yet")
    expect(opening).to_be_visible()
    example = lab.get_by_role("button", name="start from the worked example", exact=True)
    title = lab.get_by_label("Title", exact=True)
    title.click()
    page.keyboard.type("My own plan")
    assert not opening.is_visible()  # at the first letters, not when the page is built again
    until_saved(page, file, lambda plan: plan["title"] == "My own plan")

    lab.get_by_text("To begin with something else instead").wait_for()
    example.click()  # it is found where it was, and asks now
    lab.get_by_text(ASKS).wait_for()
    assert axe(page, ".jp-OutputArea-output") == []
    lab.get_by_role("button", name="Keep mine").click()
    expect(title).to_have_value("My own plan")

    example.click()
    lab.get_by_role("button", name="Replace it").click()
    until_saved(page, file, lambda plan: "Steppe Voices" in plan["title"])
    lab.get_by_text("Begin again, or take").click()
    former = file.with_name("policy_plan-former-1.json")
    assert policy.read(former)["title"] == "My own plan"
    lab.get_by_role("status").filter(has_text=f"is kept as {former.name}").wait_for()

    lab.get_by_role("button", name=f"Take back {former.name}").click()
    lab.get_by_role("button", name="Replace it").click()
    until_saved(page, file, lambda plan: plan["title"] == "My own plan")
    until_title(page, "My own plan")


def test_nobody_is_told_that_a_word_is_short_while_writing_it(run_notebook, file):
    page = run_notebook(OPEN)
    lab = studio(page)
    lab.get_by_label("Title", exact=True).click()
    page.keyboard.type("Abai")
    until_saved(page, file, lambda plan: plan["title"] == "Abai")
    # What Python said of the plan has been shown, whatever it was.
    lab.get_by_role("status").filter(has_text="Saved in policy_plan.json").first.wait_for()
    field = lab.locator(".field", has=page.get_by_label("Title", exact=True))
    expect(field).not_to_contain_text("Say a little more")
    page.keyboard.press("Tab")
    field.get_by_text("Say a little more: 4 characters so far").wait_for()


def test_the_brief_of_an_unfinished_plan_says_beside_its_link_what_is_open(tmp_path):
    lab = labs.PolicyStudio(tmp_path / FILE)
    lab.plan = policy.example() | {"title": ""}
    lab._write_brief()
    assert lab.page["said"] == "It is marked as a draft: 1 point is still open in the lists above."
    assert "Draft: parts are missing or wrong." in lab.page["html"]
    lab.plan = policy.example() | {"end": 2099}
    lab._write_brief()
    assert lab.page.get("html") is None and "2099" in lab.page["said"]
    lab.plan = policy.example()
    lab._write_brief()
    assert lab.page["said"] == ""


def test_no_message_replaces_a_plan_without_a_copy(tmp_path):
    lab = labs.PolicyStudio(tmp_path / FILE)
    lab.plan = lab.plan | {"title": "Mine"}
    for ask in ("example", "empty"):
        lab._asked(None, {"ask": ask}, None)
    # The example that nobody touched is not kept; the button says whose words come back.
    assert [former["title"] for former in lab.former] == ["“Mine”"]
    lab._asked(None, {"ask": "former", "name": "../elsewhere.json"}, None)
    assert lab.plan == policy.new_plan()


READ = {"12,000": 12000, "12 000": 12000, "12\u00a0000": 12000, "35 000 000": 35_000_000}
READ |= {"12,5": 12.5, "12.5": 12.5, "0,125": 0.125, "−3": -3, "1.234.567,5": 1234567.5}
READ |= {"35,000,000": 35_000_000, "2027": 2027, "12,": None, "a dozen": None, "1,2,3": None}


@pytest.mark.parametrize(("typed", "number"), READ.items())
def test_numbers_are_read_as_people_write_them(typed, number):
    assert policy.read_number(typed) == number


def test_a_number_that_could_be_two_is_asked_about():
    with pytest.raises(CourseError, match=r"12,000 or as 12\.0"):
        policy.read_number("12.000")
    plan = policy.example()
    plan["kpis"][0]["target"] = "12.000"
    assert policy.read_numbers(plan) == plan  # what was typed stays
    told = [f.message for f in policy.check(plan) if f.path == ("kpis", 0, "target")]
    assert told == [
        "12.000 can be read as 12,000 or as 12.0. Which do you mean? Write 12000 or 12.0."
    ]


def test_a_half_finished_plan_is_written_by_keyboard_and_reopened(run_notebook, file):
    page = run_notebook(OPEN)
    lab = studio(page)
    lab.get_by_label("Title", exact=True).focus()
    page.keyboard.type("Қазақстан by keyboard")
    page.keyboard.press("Tab")
    page.keyboard.type("Ministry of Culture")
    page.keyboard.press("Tab")
    page.keyboard.type("2027")
    until_saved(page, file, lambda plan: plan["start"] == 2027)
    lab.locator("summary", has_text="3. Audiences").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Add: audience
    page.wait_for_function("() => document.activeElement.id.endsWith('audiences-0-who')")
    page.keyboard.type("Students")
    until_saved(page, file, lambda plan: plan["audiences"][0].get("who") == "Students")
    status = lab.get_by_role("status").first
    expect(status).to_contain_text("Saved in policy_plan.json")

    again = studio(run_notebook(OPEN))
    expect(again.get_by_label("Title", exact=True)).to_have_value("Қазақстан by keyboard")
    expect(again.get_by_role("status").first).to_contain_text("Your plan was opened")
    again.locator("summary", has_text="5. Objectives").click()
    again.get_by_role("button", name="Add: objective").click()
    audience = again.get_by_label("Audience", exact=True)
    expect(audience.locator("option")).to_have_text(["choose", "A1 Students"])


def test_a_number_with_a_space_or_a_comma_is_kept_as_it_was_meant(run_notebook, file):
    policy.PlanFile(file).save(policy.example())
    page = run_notebook(OPEN)
    lab = studio(page)
    lab.locator("summary", has_text="7. Indicators").click()
    target = lab.get_by_label("Target", exact=True).first
    for typed, number in {"12,000": 12000, "12 500": 12500, "12,5": 12.5}.items():
        target.fill(typed)
        lab.get_by_label("Target year").first.focus()
        until_saved(page, file, lambda plan, number=number: plan["kpis"][0]["target"] == number)
        page.wait_for_function(
            "([id, text]) => document.getElementById(id).value === text",
            arg=[target.get_attribute("id"), str(number)],
        )


def test_what_is_no_number_stays_as_it_was_typed(run_notebook, file):
    page = run_notebook(OPEN)
    lab = studio(page)
    year = lab.get_by_label("First year")
    year.fill("next year")
    year.blur()
    page.wait_for_function(
        "() => document.querySelector('.softpower-studio').textContent.includes('should be a whole number')"
    )
    expect(year).to_have_value("next year")
    until_saved(page, file, lambda plan: plan["start"] == "next year")


def until_title(page, text):
    page.wait_for_function(
        "(t) => document.querySelector('.softpower-studio textarea')?.value === t",
        arg=text,
    )


def test_no_word_is_lost_when_the_kernel_or_the_page_goes(run_notebook, file):
    page = run_notebook(OPEN, anew=True)
    lab = studio(page)
    title = lab.get_by_label("Title", exact=True)
    title.fill("One")
    until_saved(page, file, lambda plan: plan["title"] == "One")

    # The page goes before the pause after which the form sends what was typed.
    title.focus()
    page.keyboard.type(" two")
    page.reload()
    run_all(page)
    until_title(page, "One two")
    until_saved(page, file, lambda plan: plan["title"] == "One two")

    page.evaluate(
        "() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart(); }"
    )
    lab.get_by_role("alert").filter(has_text="no longer answers").wait_for()
    title.fill("Typed into a deaf form")
    lab.get_by_role("status").filter(has_text="Not saved yet").wait_for()
    run_all(page)
    page.wait_for_function("() => !document.querySelector('.softpower-studio .deaf')?.textContent")
    until_title(page, "Typed into a deaf form")
    until_saved(page, file, lambda plan: plan["title"] == "Typed into a deaf form")


def test_two_windows_write_one_plan(run_notebook, file):
    one, two = run_notebook(OPEN), run_notebook(OPEN)
    studio(one)
    studio(two).get_by_label("Title", exact=True).fill("From window two")
    until_saved(two, file, lambda plan: plan["title"] == "From window two")
    decides = studio(one).get_by_label("Who decides")
    decides.focus()  # the form looks at the file, shows what is new, and leaves the focus here
    until_title(one, "From window two")
    one.keyboard.type("A minister, in window one")
    until_saved(one, file, lambda plan: plan["decision_maker"] == "A minister, in window one")
    assert policy.read(file)["title"] == "From window two"
    assert [path.name for path in file.parent.glob("policy_plan*.json")] == [FILE]
