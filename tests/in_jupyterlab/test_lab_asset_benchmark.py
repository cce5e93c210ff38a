"""The asset benchmark in a real JupyterLab: by mouse, by keyboard, by screen reader."""

import re

from playwright.sync_api import expect

from softpower import labs

READY = "() => document.querySelector('.softpower-benchmark [role=status]').textContent"


def test_the_twin_names_what_is_missing():
    lab = labs.AssetBenchmark(indicator="films at festivals")
    caption, table = lab.twin()
    assert "No data for 2 of 3 countries." in caption
    assert table.iloc[:, 1].tolist() == ["43", "no data", "no data"]
    assert "no data" in lab._repr_mimebundle_()[0]["text/html"]


def test_a_country_without_a_figure_is_drawn_and_named(run_notebook, axe):
    page = run_notebook("from softpower import labs\nlabs.AssetBenchmark()")
    lab = page.locator(".softpower-benchmark")
    lab.wait_for()
    lab.get_by_label("Indicator").select_option("films at festivals")
    page.wait_for_function(READY + ".includes('nobody to compare it with')")
    picture = lab.get_by_role("img")
    drawn = re.compile("Kazakhstan 43, Uzbekistan no data, South Korea no data")
    expect(picture).to_have_attribute("aria-label", drawn)
    expect(lab.locator("rect[fill^=url]")).to_have_count(2)
    expect(lab.get_by_label("per million people")).to_be_disabled()
    lab.get_by_text("Notes on these figures").click()
    lab.get_by_text("What can be compared at all").click()
    expect(lab).to_contain_text(
        "8 have a figure for Kazakhstan and 5 can be compared", use_inner_text=True
    )
    assert axe(page, ".jp-OutputArea-output") == []


def test_the_keyboard_reaches_every_control(run_notebook):
    page = run_notebook("from softpower import labs\nlabs.AssetBenchmark(indicator='visitors')")
    lab = page.locator(".softpower-benchmark")
    lab.wait_for()
    lab.get_by_label("Indicator").focus()
    page.keyboard.press("Tab")
    for country in ["Uzbekistan", "Kyrgyzstan", "Azerbaijan", "Georgia"]:
        expect(lab.locator(":focus")).to_have_value(country)
        if country == "Georgia":
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.wait_for_function(READY + ".includes('of the 4 countries')")
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_function(
        "() => document.querySelector('.softpower-benchmark h3')"
        ".textContent.includes('per million people')"
    )
    expect(lab.get_by_role("status")).to_contain_text("number 2 of the 4")
