"""The sorters: their replies, and a learner who works them with a mouse or the keyboard."""

from itertools import pairwise

import pytest
from conftest import tab_to
from playwright.sync_api import expect

from softpower import data, labs
from softpower.errors import CourseError
from softpower.labs.sorter import KEY, dealt, decks, reply, tally

ACTS = data.load("acts").fillna("").set_index("act_id")
HEAPS = data.load("heaps").set_index(["deck", "heap"])["if_so"]
STEPS = list(HEAPS["acts"].index)
ORDER = dealt("acts")["id"].tolist()
CARDS = [(deck, row.id) for deck in decks().index for row in dealt(deck).itertuples()]


@pytest.mark.parametrize(("deck", "card"), CARDS)
def test_every_placing_gets_its_reason(deck, card):
    row = dealt(deck).set_index("id").loc[card]
    verdicts = {heap: reply(row, heap, if_so) for heap, if_so in HEAPS[deck].items()}
    assert verdicts[row["heap"]] == ("same", row["reason"])
    for heap, (verdict, text) in verdicts.items():
        expected = "same" if heap == row["heap"] else "other"
        assert verdict == ("defensible" if heap == row["also"] else expected)
        assert row["reason"] in text
        # A wrong placing is told what would be the case if the card lay there.
        assert (HEAPS[deck][heap] in text) == (verdict == "other")


def test_the_tally_counts_what_the_placings_show():
    replies = {"a": ("same", ""), "b": ("other", ""), "c": ("same", "")}
    assert tally(replies).startswith("3 placed: 2 as the course does, 0 defensible, 1 ")


def test_the_twin_shows_every_act_and_keeps_the_key_folded():
    lab = labs.ContinuumSorter(placed={ORDER[0]: "coercion"})
    caption, table = lab.twin()
    assert "1 placed" in caption
    assert len(table) == 20
    assert table["Yours"].tolist()[:2] == ["coercion", "not placed"]
    html = lab._repr_mimebundle_()[0]["text/html"]
    open_part, folded = html.split(f"<details><summary>{KEY}</summary>")
    for act in ACTS.itertuples():
        assert act.reason not in open_part.replace("&#x27;", "'")
        assert act.reason in folded.replace("&#x27;", "'").replace("&quot;", '"')


def test_the_key_is_kept_back_until_the_last_card():
    right = ACTS["step"].to_dict()
    lab = labs.ContinuumSorter(placed={act: right[act] for act in ORDER[:-1]})
    assert lab.key == [] and "reason" not in lab.cards[0]
    lab.placed = right
    assert [row[1] for row in lab.key] == [right[act] for act in ORDER]
    assert labs.sorter_key()["The course"].tolist() == [right[act] for act in ORDER]


@pytest.mark.parametrize("deck", decks().index)
def test_every_card_comes_and_none_gives_away_the_next(deck):
    rows = dealt(deck)
    assert rows["id"].is_unique and rows["short"].str.len().max() <= 24
    assert set(rows["heap"]) | set(rows["also"]) - {""} <= set(HEAPS[deck].index)
    assert all(one != another for one, another in pairwise(rows["heap"]))
    assert (rows["heap"] != rows["also"]).all()


def test_the_first_act_is_not_the_one_that_everybody_knows():
    assert ORDER[0] != "a01"


def test_a_deck_that_is_not_there_is_told_in_words():
    with pytest.raises(CourseError, match="There are: acts, japan, assets"):
        labs.CardSorter("poker")


def test_the_placings_are_there_when_the_cell_is_run_again(tmp_path):
    file = tmp_path / "my_work" / "acts.json"
    labs.ContinuumSorter(file)
    assert not file.exists()  # looking writes nothing
    labs.ContinuumSorter(file).placed = {"a01": "coercion"}
    assert labs.ContinuumSorter(file).tally.startswith("1 placed: 1 as the course does")
    file.write_text('{"placed": {"a01": "magic", "nobody": "payment"}}', encoding="utf-8")
    assert labs.ContinuumSorter(file).placed == {}


def test_beginning_again_keeps_what_was_placed(tmp_path):
    file = tmp_path / "acts.json"
    lab = labs.ContinuumSorter(file)
    lab.placed = {"a01": "coercion"}
    lab._asked(None, {"ask": "begin"}, None)
    assert lab.placed == {}
    again = labs.ContinuumSorter(file)  # a kernel later
    assert again.former and again.placed == {}
    again._asked(None, {"ask": "back"}, None)
    assert again.placed == {"a01": "coercion"}


def opened(tmp_path):
    return f"from softpower import labs\nlabs.ContinuumSorter({str(tmp_path / 'acts.json')!r})"


def test_a_click_gives_the_reply_and_a_mark_on_the_line(run_notebook, axe, tmp_path):
    page = run_notebook(opened(tmp_path))
    lab = page.locator(".softpower-sorter")
    lab.wait_for()
    first = ACTS.loc[ORDER[0]]
    wrong = next(step for step in STEPS if step not in (first["step"], first["also"]))
    lab.locator(f"[data-step={wrong}]").click()
    status = lab.get_by_role("status")
    status.filter(has_text="Think again").filter(has_text=first["reason"]).wait_for()
    lab.locator(f"[data-step={first['step']}]").click()
    status.filter(has_text="As the course does").wait_for()
    mark = lab.get_by_role("button", name=f"1, {first['short']}, on {first['step']}")
    expect(mark).to_contain_text(first["short"])
    # The next act is read aloud, though the focus stays on the button.
    card = lab.locator("[aria-live=polite]")
    lab.get_by_role("button", name="Next act").click()
    expect(card).to_contain_text("Act 2 of 20")
    # Any act can be reached, from the list and from its mark on the line.
    lab.get_by_label("Go to", exact=True).select_option("12")
    expect(card).to_contain_text(ACTS.loc[ORDER[12], "act"])
    mark.click()
    expect(card).to_contain_text("Act 1 of 20")
    assert axe(page, ".jp-OutputArea-output") == []
    again = run_notebook(opened(tmp_path)).locator(".softpower-sorter")
    again.get_by_text("Act 2 of 20").wait_for()


def test_the_end_lists_what_to_think_about_and_asks_before_beginning_again(
    run_notebook, axe, tmp_path
):
    right = ACTS["step"].to_dict()
    last, wrong = ORDER[-1], ORDER[3]
    steps = {act: right[act] for act in ORDER[:-1]}
    steps[wrong] = next(
        step for step in STEPS if step not in (right[wrong], ACTS.loc[wrong, "also"])
    )
    labs.ContinuumSorter(tmp_path / "acts.json").placed = steps
    page = run_notebook(opened(tmp_path))
    lab = page.locator(".softpower-sorter")
    lab.get_by_text("Act 20 of 20").wait_for()
    expect(lab).not_to_contain_text(KEY, use_inner_text=True)
    lab.locator(f"[data-step={right[last]}]").click()
    end = lab.get_by_role("region", name="All 20 are placed")
    end.wait_for()
    expect(end).to_contain_text(
        "20 placed: 19 as the course does, 0 defensible, 1 to think about again"
    )
    listed = end.get_by_role("listitem")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text(ACTS.loc[wrong, "reason"])
    expect(lab.get_by_role("status")).to_contain_text("All 20 are placed")
    end.get_by_text(KEY).click()
    expect(end.get_by_role("row")).to_have_count(21)
    assert axe(page, ".jp-OutputArea-output") == []

    lab.get_by_role("button", name="Begin again").click()
    lab.get_by_role("button", name="Keep them").click()
    expect(end).to_be_visible()
    lab.get_by_role("button", name="Begin again").click()
    lab.get_by_role("button", name="Clear the heaps").click()
    lab.get_by_text("0 placed: 0").first.wait_for()
    end.wait_for(state="hidden")
    lab.get_by_role("button", name="Take my former placings back").click()
    end.wait_for()


def test_the_keyboard_alone_does_the_whole_exercise(run_notebook, tmp_path):
    page = run_notebook(opened(tmp_path))
    lab = page.locator(".softpower-sorter")
    wanted = ACTS.loc[ORDER, "step"].tolist()
    for position, step in enumerate(wanted):
        lab.locator("button.heap").first.focus()
        tab_to(page, lab.locator(f"button.heap[data-step={step}]"))
        page.keyboard.press("Enter")
        page.wait_for_function(
            "(n) => document.querySelector('.softpower-sorter')"
            ".textContent.includes(`${n} placed: ${n} as the course does`)",
            arg=position + 1,
        )
        if position < len(wanted) - 1:
            tab_to(page, lab.get_by_role("button", name="Next act"))
            page.keyboard.press("Space")
            expect(lab.locator("[aria-live=polite]")).to_contain_text(f"Act {position + 2} of 20")
    expect(lab).to_contain_text("20 placed: 20 as the course does")


@pytest.mark.parametrize("deck", ["japan", "assets"])
def test_cards_are_sorted_on_heaps_by_touch(run_notebook, axe, tmp_path, deck):
    file = str(tmp_path / "cards.json")
    page = run_notebook(f"from softpower import labs\nlabs.CardSorter({deck!r}, {file!r})")
    lab = page.locator(".softpower-sorter")
    lab.wait_for()
    rows = dealt(deck)
    heaps = lab.locator("button.heap")
    expect(heaps).to_have_count(len(HEAPS[deck]))
    sizes = heaps.evaluate_all("(all) => all.map((b) => b.getBoundingClientRect().height)")
    assert min(sizes) >= 40  # a finger finds it
    for position, row in enumerate(rows.itertuples()):
        lab.locator(f'[data-step="{row.heap}"]').click()
        if position < len(rows) - 1:
            lab.get_by_role("button", name="Next sentence").click()
    lab.get_by_text(f"{len(rows)} placed: {len(rows)} as the course does").first.wait_for()
    lab.get_by_role("region", name=f"All {len(rows)} are placed").wait_for()
    assert axe(page, ".jp-OutputArea-output") == []
