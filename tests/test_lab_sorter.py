"""The continuum sorter: its replies, and a learner who works it with a mouse or the keyboard."""

from itertools import pairwise

import pytest

from softpower import data, labs
from softpower.labs.sorter import STEPS, reply, tally

ACTS = data.load("acts").fillna("").set_index("act_id")


@pytest.mark.parametrize("act_id", ACTS.index)
def test_every_placement_gets_a_reply_that_fits(act_id):
    act = ACTS.loc[act_id]
    verdicts = {step: reply(act, step) for step in STEPS}
    assert verdicts[act["step"]][0] == "same"
    for step, (verdict, text) in verdicts.items():
        assert verdict == (
            "same" if step == act["step"] else "defensible" if step == act["also"] else "other"
        )
        if verdict == "other":  # a hint towards the right side, never the answer
            assert act["step"] not in text.split("Ask:")[0]


def test_a_reply_points_to_the_side_where_the_act_stands():
    assert "softer" in reply(ACTS.loc["a16"], "coercion")[1]
    assert "harder" in reply(ACTS.loc["a01"], "attraction")[1]


def test_the_tally_counts_what_the_placements_show():
    replies = {"a": ("same", ""), "b": ("other", ""), "c": ("same", "")}
    assert tally(replies).startswith("3 placed: 2 as the course does, 0 defensible, 1 ")


def test_the_twin_shows_every_act_and_the_learners_step():
    lab = labs.ContinuumSorter(placed={"a01": "coercion"})
    caption, table = lab.twin()
    assert "1 placed" in caption
    assert len(table) == 20
    assert table["Your step"].tolist()[:2] == ["coercion", "not placed"]
    assert "<caption" in lab._repr_mimebundle_()[0]["text/html"]


def test_every_act_comes_and_none_gives_away_the_next():
    shown = [act["act_id"] for act in labs.ContinuumSorter().acts]
    assert sorted(shown) == sorted(ACTS.index)
    steps = ACTS.loc[shown, "step"].tolist()
    assert all(one != another for one, another in pairwise(steps))


def test_the_placements_are_there_when_the_cell_is_run_again(tmp_path):
    file = tmp_path / "my_work" / "acts.json"
    labs.ContinuumSorter(file)
    assert not file.exists()  # looking writes nothing
    labs.ContinuumSorter(file).placed = {"a01": "coercion"}
    assert labs.ContinuumSorter(file).tally.startswith("1 placed: 1 as the course does")
    file.write_text('{"placed": {"a01": "magic", "nobody": "payment"}}', encoding="utf-8")
    assert labs.ContinuumSorter(file).placed == {}


def opened(tmp_path):
    return f"from softpower import labs\nlabs.ContinuumSorter({str(tmp_path / 'acts.json')!r})"


def test_a_click_gives_the_reply(run_notebook, axe, tmp_path):
    page = run_notebook(opened(tmp_path))
    lab = page.locator(".softpower-sorter")
    lab.wait_for(timeout=60_000)
    lab.get_by_role("button", name="attraction").click()
    status = lab.get_by_role("status")
    page.wait_for_function(
        "() => document.querySelector('.softpower-sorter [role=status]').textContent.length > 0"
    )
    assert "Think again. The course places it on the harder side" in status.inner_text()
    lab.get_by_role("button", name="coercion").click()
    page.wait_for_function(
        "() => document.querySelector('.softpower-sorter [role=status]')"
        ".textContent.startsWith('As the course does.')"
    )
    # The next act is read aloud, though the focus stays on the button.
    lab.get_by_role("button", name="Next act").click()
    assert "Act 2 of 20" in lab.locator("[aria-live=polite]").inner_text()
    assert axe(page, ".jp-OutputArea-output") == []
    again = run_notebook(opened(tmp_path)).locator(".softpower-sorter")
    again.get_by_text("Act 2 of 20").wait_for(timeout=60_000)


def test_the_keyboard_alone_does_the_whole_exercise(run_notebook, tmp_path):
    page = run_notebook(opened(tmp_path))
    page.locator(".softpower-sorter").wait_for(timeout=60_000)
    page.locator(".softpower-sorter button").first.focus()
    shown = [act["act_id"] for act in labs.ContinuumSorter().acts]
    wanted = ACTS.loc[shown, "step"].tolist()
    for position, step in enumerate(wanted):
        for _ in range(12):
            on = page.evaluate("() => document.activeElement.dataset.step ?? ''")
            if on == step:
                break
            order = list(STEPS)
            backwards = on in order and order.index(on) > order.index(step)
            page.keyboard.press("Shift+Tab" if backwards or on == "" else "Tab")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "(n) => document.querySelector('.softpower-sorter')"
            ".textContent.includes(`${n} placed: ${n} as the course does`)",
            arg=position + 1,
        )
        if position < len(wanted) - 1:
            while page.evaluate("() => document.activeElement.textContent") != "Next act":
                page.keyboard.press("Tab")
            page.keyboard.press("Space")
    assert "20 placed: 20 as the course does" in page.locator(".softpower-sorter").inner_text()
