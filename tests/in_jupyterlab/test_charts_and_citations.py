"""A chart has its words and its table, and a citation leads to its own page and back."""

import re

from playwright.sync_api import expect
from test_references import page as cited_on

from softpower import data
from softpower.cli import main


def test_the_alternative_text_reaches_jupyterlab(run_notebook, axe):
    page = run_notebook(
        "from softpower import data, figures\n"
        'figures.bars(data.load("gspi_scores").query("year == 2026"), "country", "score", finding="F")'
    )
    picture = page.locator(".jp-OutputArea-output img")
    picture.wait_for()
    expect(picture).to_have_attribute("alt", re.compile("Kazakhstan 35.9"))
    page.get_by_text("The same figures as a table").click()
    expect(page.locator(".jp-OutputArea-output table caption")).to_be_visible()
    assert axe(page, ".jp-OutputArea-output") == []


def test_in_jupyterlab_a_citation_leads_to_its_own_page_and_back(jupyter, browser):
    address, folder = jupyter
    for name in ("05_x.ipynb", "06_x.ipynb"):
        main(["references", str(cited_on(folder, name))])
    window = browser.new_page(viewport={"width": 1280, "height": 700})
    window.goto(f"{address}/lab/tree/05_x.ipynb?reset")
    window.get_by_role("link", name="ANI 2023").first.wait_for()
    window.evaluate("window.jupyterapp.commands.execute('docmanager:open', {path: '06_x.ipynb'})")
    shown = window.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    shown.locator("[data-jupyter-id='ref-06-ani2023']").wait_for(state="attached")
    citation = shown.get_by_role("link", name="ANI 2023")
    assert citation.get_attribute("title") == data.reference("ani2023")
    citation.click()
    back = shown.get_by_role("link", name="1", exact=True)
    window.wait_for_function("e => e.getBoundingClientRect().top < 700", arg=back.element_handle())
    window.wait_for_function(
        "e => e.getBoundingClientRect().top < 0", arg=citation.element_handle()
    )
    back.click()
    window.wait_for_function(
        "e => e.getBoundingClientRect().top > 0", arg=citation.element_handle()
    )
    window.close()
