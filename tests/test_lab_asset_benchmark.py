"""The asset benchmark in a real JupyterLab: by mouse, by keyboard, by screen reader."""

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
    lab.wait_for(timeout=60_000)
    lab.get_by_label("Indicator").select_option("films at festivals")
    page.wait_for_function(READY + ".includes('nobody to compare it with')")
    picture = lab.get_by_role("img")
    assert "Kazakhstan 43, Uzbekistan no data, South Korea no data" in picture.get_attribute(
        "aria-label"
    )
    assert lab.locator("rect[fill^=url]").count() == 2
    assert lab.get_by_label("per million people").is_disabled()
    lab.get_by_text("Notes on these figures").click()
    lab.get_by_text("What can be compared at all").click()
    assert "8 have a figure for Kazakhstan and 5 can be compared" in lab.inner_text()
    assert axe(page, ".jp-OutputArea-output") == []


def test_the_keyboard_reaches_every_control(run_notebook):
    page = run_notebook("from softpower import labs\nlabs.AssetBenchmark(indicator='visitors')")
    lab = page.locator(".softpower-benchmark")
    lab.wait_for(timeout=60_000)
    lab.get_by_label("Indicator").focus()
    page.keyboard.press("Tab")
    for country in ["Uzbekistan", "Kyrgyzstan", "Azerbaijan", "Georgia"]:
        assert page.evaluate("() => document.activeElement.value") == country
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
    assert "number 2 of the 4" in lab.get_by_role("status").inner_text()
