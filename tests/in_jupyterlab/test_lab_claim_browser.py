"""The claim browser: its filters and cards, with a mouse, the keyboard and axe-core."""

import re

import pandas as pd
from conftest import tab_to
from playwright.sync_api import expect

from softpower import data, labs
from softpower.labs.claim_browser import card, chosen, summary

CLAIMS = data.load("claims")


def test_filters_narrow_together_and_an_empty_filter_means_all():
    both = chosen(CLAIMS, {"source_id": "eri2021", "verdict": "holds up", "topic": ""})
    assert set(both["source_id"]) == {"eri2021"} and set(both["verdict"]) == {"holds up"}
    assert len(chosen(CLAIMS, {"source_id": ""})) == len(CLAIMS)
    assert len(chosen(CLAIMS, {"topic": "no such topic"})) == 0


def test_the_summary_counts_by_verdict():
    claims = pd.DataFrame({"verdict": ["holds up", "holds up", "outdated"]})
    assert summary(claims, CLAIMS) == f"3 of {len(CLAIMS)} claims. holds up: 2, outdated: 1"


def test_every_card_says_where_how_why_and_how_the_check_could_fail():
    for _, claim in CLAIMS.iterrows():
        shown = dict(card(claim))
        assert claim["place"] in shown["Where"]
        assert claim["check"] in shown["Checked against"]
        assert claim["doubt"] in shown["How our check could be wrong"]
        assert ("Our own inference" in shown["How our check could be wrong"]) is claim["own_check"]


def test_the_twin_shows_what_the_filters_leave():
    caption, table = labs.ClaimBrowser(choices={"verdict": "outdated"}).twin()
    assert set(table["Verdict"]) == {"outdated"}
    assert f"{len(table)} of {len(CLAIMS)} claims" in caption


def test_a_claim_is_found_and_opened_by_mouse_and_by_keyboard(run_notebook, axe):
    page = run_notebook("from softpower import labs\nlabs.ClaimBrowser()")
    lab = page.locator(".softpower-claims")
    lab.wait_for()
    lab.get_by_label("Verdict").select_option("outdated")
    lab.get_by_label("Topic").select_option("Japan")
    outdated = chosen(CLAIMS, {"verdict": "outdated", "topic": "Japan"})
    page.wait_for_function(
        "(n) => document.querySelectorAll('.softpower-claims details').length === n",
        arg=len(outdated),
    )
    said = re.compile(f"^{len(outdated)} of {len(CLAIMS)}")
    expect(lab.get_by_role("status")).to_have_text(said)
    lab.get_by_label("Verdict").focus()
    tab_to(page, lab.locator("details > summary").first)  # past the list's own scrolling
    page.keyboard.press("Enter")
    expect(lab).to_contain_text(outdated.iloc[0]["doubt"], use_inner_text=True)
    assert axe(page, ".jp-OutputArea-output") == []
    lab.get_by_label("Document").press("ArrowDown")  # JupyterLab must leave the arrows alone
    page.wait_for_function(
        "() => document.querySelector('.softpower-claims [role=status]')"
        ".textContent.startsWith('0 of ')"
    )
