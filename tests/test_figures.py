"""Charts and tables reach every reader: with eyes, with a screen reader, in an export."""

import re

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbconvert import HTMLExporter

from softpower import data, figures

SCORES = data.load("gspi_scores")
CHARTS = {
    "bars": figures.bars(SCORES.query("year == 2026"), "country", "score", finding="A < B & C"),
    "lines": figures.lines(SCORES, "year", "score", by="country", finding="A < B & C"),
    "breaks": figures.breaks(SCORES, "year", "score", by="country", finding="A < B & C"),
    "panels": figures.panels(
        SCORES, "year", "score", by="country", finding="A < B & C", start=2021
    ),
    "points": figures.points(SCORES, "year", "score", name="country", finding="A < B & C"),
}
FAKE_TEXTS = ("No description has been provided", "<Figure size", ".png")


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_carries_finding_sentence_source_and_table(chart):
    html = chart._repr_mimebundle_()["text/html"]
    alternative = re.search(r'alt="([^"]+)"', html).group(1)
    assert alternative.startswith("A &lt; B &amp; C. ")
    assert len(alternative) > 60
    assert "Source" in html and "Brand Finance" in html
    assert html.count("<table>") == 1 and "<summary>" in html and "<caption" in html
    assert chart.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_the_text_of_a_chart_is_its_sentence(chart):
    # nbval compares this text, so a figure that changes fails a test.
    assert chart._repr_mimebundle_()["text/plain"] == chart.alternative_text


def test_the_alternative_text_reaches_an_export():
    cell = nbformat.v4.new_code_cell("chart")
    bundle = CHARTS["bars"]._repr_mimebundle_()
    cell.outputs = [nbformat.v4.new_output("display_data", data=bundle)]
    html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    texts = re.findall(r'<img[^>]+alt="([^"]*)"', html)
    assert texts and all("Kazakhstan 35.9" in text for text in texts)
    assert not any(fake in text for text in texts for fake in FAKE_TEXTS)


def test_the_alternative_text_reaches_jupyterlab(run_notebook, axe):
    page = run_notebook(
        "from softpower import data, figures\n"
        'figures.bars(data.load("gspi_scores").query("year == 2026"), "country", "score", finding="F")'
    )
    picture = page.locator(".jp-OutputArea-output img")
    picture.wait_for(timeout=60_000)
    assert "Kazakhstan 35.9" in picture.get_attribute("alt")
    page.get_by_text("The same figures as a table").click()
    assert page.locator(".jp-OutputArea-output table caption").is_visible()
    assert axe(page, ".jp-OutputArea-output") == []


def test_bars_stand_in_order_and_leave_out_what_is_missing():
    frame = pd.DataFrame({"country": ["A", "B", "C"], "value": [1.0, None, 3.0]})
    chart = figures.bars(frame, "country", "value", finding="F")
    assert chart.sentence == "Value: C 3, A 1."
    assert chart.table["country"].tolist() == ["C", "A"]


def test_a_line_with_breaks_speaks_of_each_rule_apart():
    audience = data.load("bbc_audience").query("part == 'all'")
    chart = figures.breaks(audience, "year", "value", by="rule", finding="F")
    assert "counted in 4 ways" in chart.sentence
    assert "radio estimate, 138 in 1998 to 182 in 2008" in chart.sentence
    assert "59 in 1974 to" not in chart.sentence  # nothing runs from one rule into the next


def test_an_axis_of_plain_values_carries_their_unit():
    audience = data.load("bbc_audience").query("part == 'all'")
    drawn = figures.lines(audience, "year", "value", finding="F")
    assert drawn.sentence.startswith("Million people a week")


def test_a_table_shows_what_is_missing_and_writes_years_without_commas():
    frame = pd.DataFrame({"year": [2026], "visits": [1234567.0], "cost": [None], "who": [None]})
    frame["cost"] = frame["cost"].astype("float64")
    text = figures.plain_table(frame)
    assert "2026" in text and "1,234,567" in text and "no data" in text and "–" in text


def test_a_table_has_headings_with_scope_and_escapes_its_text():
    frame = pd.DataFrame({"<b>": ["<script>"]})
    html = figures.table_html(frame, caption="x < y")
    assert '<th scope="col"' in html and "<script>" not in html and "x &lt; y" in html


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", figures.CYCLE)
def test_every_colour_can_carry_text_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_names_at_the_ends_of_lines_do_not_touch():
    heights = figures.apart([69.2, 35.9, 70.6, 70.6], gap=2)
    assert list(np.argsort(heights)) == [1, 0, 2, 3]
    assert np.diff(np.sort(heights)).min() == pytest.approx(2)
    assert heights[1] == 35.9  # far from the others, so not moved


def test_a_computed_chart_credits_the_tables_it_was_worked_out_from():
    rows = data.load("cross_section")
    totals = rows.groupby("country", as_index=False)["value"].sum()
    chart = figures.bars(totals, "country", "value", finding="Sums", sources=rows)
    for row in rows["source_id"].unique():
        assert data.source(row)["short"] in chart.source
    assert "derived" in chart.source


def test_a_panel_of_ranks_is_drawn_and_told():
    ranks = pd.DataFrame({"year": [2020, 2021], "value": [4, 2], "unit": "rank", "index": "G"})
    chart = figures.panels(ranks, "year", "value", by="index", finding="F")
    assert chart.sentence == "G from 4 in 2020 to 2 in 2021."
