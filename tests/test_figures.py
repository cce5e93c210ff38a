"""Charts and tables reach every reader: with eyes, with a screen reader, in an export."""

import base64
import io
import re
from xml.etree import ElementTree

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbconvert import HTMLExporter

from softpower import data, figures, texts
from softpower.errors import CourseError
from softpower.figures import style
from softpower.figures.picture import in_the_dark, no_widow
from softpower.palette import DARK, IN_THE_DARK, PALE
from softpower.translation import pseudo

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
CENTRES = data.load("centres_abroad")
CHARTS["map"] = figures.map(CENTRES, "country", by="case", finding="A < B & C")
FAKE_TEXTS = ("No description has been provided", "<Figure size", ".png")


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_carries_finding_sentence_source_and_table(chart):
    html = chart._repr_mimebundle_()["text/html"]
    alternative = re.search(r'alt="([^"]+)"', html).group(1)
    assert alternative.startswith("A &lt; B &amp; C. ")
    assert len(alternative) > 60
    assert "ource" in html and ("Brand Finance" in html or "Wikipedia 2024" in html)
    assert html.count("<table ") == 1 and "<summary>" in html and "<caption" in html


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


def test_bars_stand_in_order_and_leave_out_what_is_missing():
    frame = pd.DataFrame({"country": ["A", "B", "C"], "value": [1.0, None, 3.0]})
    chart = figures.bars(frame, "country", "value", finding="F")
    assert chart.values == "Value: C 3, A 1."
    assert chart.table["country"].tolist() == ["C", "A"]


def test_a_line_with_breaks_speaks_of_each_rule_apart():
    audience = data.load("bbc_audience").query("part == 'all'")
    chart = figures.breaks(audience, "year", "value", by="rule", finding="F")
    assert "counted in 4 ways" in chart.values
    assert "radio estimate, 138 in 1998 to 182 in 2008" in chart.values
    assert "59 in 1974 to" not in chart.values  # nothing runs from one rule into the next


def test_an_axis_of_plain_values_carries_their_unit():
    audience = data.load("bbc_audience").query("part == 'all'")
    drawn = figures.lines(audience, "year", "value", finding="F")
    assert drawn.values.startswith("Million people a week")


def words(chart, part):
    """Return the words in one of the two drawings, "w" or "n"."""
    wide, narrow = re.search(
        r'<svg id="w".*?>(.*)</svg><svg id="n".*?>(.*)</svg></svg>', chart.svg
    ).groups()
    return re.findall(r"<t(?:ext|span)[^>]*>([^<]+)</t", wide if part == "w" else narrow)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_picture_holds_two_drawings_in_text_of_a_readable_size(chart):
    assert "".join(words(chart, "w")) and "".join(words(chart, "n"))
    said = r"font(?:-size)?:[^;\"]*?([\d.]+)px|font-size=\"(\d+)\""
    sizes = [float(one or other) for one, other in re.findall(said, chart.svg)]
    # A phone shows 254 of the narrow drawing's 320 pixels in JupyterLab: 9 pixels at least.
    assert min(sizes) * 254 / 320 >= 8.7
    ElementTree.fromstring(chart.svg)  # an image is drawn only where it is well formed


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_picture_is_small(chart):
    assert len(chart.svg) < (90_000 if chart is CHARTS["map"] else 40_000)


def test_a_chart_is_the_same_in_every_byte_and_keeps_its_words():
    again = figures.bars(SCORES.query("year == 2026"), "country", "score", finding="A < B & C")
    assert again.svg == CHARTS["bars"].svg
    assert {"35.9", "Kazakhstan", "70.6"} <= set(words(again, "n"))


def test_what_stands_under_a_chart_does_not_repeat_its_bars():
    bundle = CHARTS["bars"]._repr_mimebundle_()["text/html"]
    caption = bundle[bundle.index("<figcaption>") : bundle.index("</figcaption>")]
    assert "35.9" not in caption and "Source: Brand Finance 2026" in caption


def test_long_lists_of_sources_are_folded():
    html = CHARTS["lines"]._repr_mimebundle_()["text/html"]
    summary = re.search(r"<summary><small>([^<]*)</small></summary>", html)[1]
    assert summary.startswith("4 sources (") and "Sources: " in html


@pytest.mark.parametrize(
    ("frame", "x", "colour"),
    [
        (pd.DataFrame({"country": ["Japan"], "v": [1]}), "country", figures.PURPLE),
        (pd.DataFrame({"item": ["fund"], "case": ["Japan"], "v": [1]}), "item", figures.PURPLE),
        (pd.DataFrame({"country": ["Germany"], "v": [1]}), "country", figures.NEUTRAL),
        (pd.DataFrame({"item": ["fees"], "v": [1]}), "item", figures.NEUTRAL),
    ],
)
def test_a_country_has_its_colour_and_all_else_is_neutral(frame, x, colour):
    svg = figures.bars(frame, x, "v", finding="F").svg.lower()
    others = {figures.NEUTRAL, *figures.COLOURS.values()} - {colour}
    assert colour.lower() in svg and not any(other.lower() in svg for other in others)
    assert (
        figures.BLUE.lower()
        in figures.bars(frame, x, "v", finding="F", colour="Kazakhstan").svg.lower()
        or x == "country"
    )


def test_rules_of_counting_wear_no_countrys_colour():
    svg = figures.breaks(data.load("bbc_audience"), "year", "value", by="rule", finding="F").svg
    assert not any(colour.lower() in svg.lower() for colour in figures.COLOURS.values())


def test_a_scale_that_is_cut_off_says_so_and_years_end_with_the_data():
    chart = CHARTS["lines"]
    assert any("the axis begins at 30" in word for word in words(chart, "w"))
    years = [int(word) for word in words(chart, "w") if re.fullmatch(r"20\d\d", word)]
    assert min(years) == 2020 and max(years) == 2026


def test_a_title_has_no_widow():
    title = "One index takes Japan to the top; the other keeps it between 2nd and 4th"
    assert no_widow(title).endswith("2nd\u00a0and\u00a04th")
    assert no_widow("Two short words") == "Two short words"


def test_a_column_is_of_years_only_where_years_stand_in_it():
    assert style.is_year("year", [2024, 2026])
    assert not style.is_year("times a year", [0.5, 12.25])  # it keeps its decimals


def test_a_column_has_one_number_of_decimals_and_money_its_own():
    frame = pd.DataFrame({"a": [1, 0.3, 0.98], "b": [16, 19.7, np.nan], "n": [5, 1200, 3]})
    rows = figures.plain_table(frame).splitlines()
    assert [row.split() for row in rows[1:]] == [
        ["1.00", "16.0", "5"],
        ["0.30", "19.7", "1,200"],
        ["0.98", "no", "data", "3"],
    ]
    long = pd.DataFrame({"unit": ["US$", "%"], "value": [124697797831.0, 2.5]})
    assert figures.plain_table(long).splitlines()[1].split() == ["US$", "124,697,797,831"]


def test_years_have_no_comma_and_a_yearly_figure_keeps_its_decimals():
    frame = pd.DataFrame({"year": [2025, 2026], "points a year": [0.25, 1.5]})
    assert [row.split() for row in figures.plain_table(frame).splitlines()[1:]] == [
        ["2025", "0.25"],
        ["2026", "1.50"],
    ]


def test_a_table_takes_headings_and_decimals_and_marks_a_gap():
    frame = pd.DataFrame({"rank": [1, 2, 7], "score": [70.25, 69.5, 40.125]})
    shown = figures.table(
        frame, caption="C", labels={"score": "points"}, decimals={"score": 1}, gap="rank"
    )
    text = shown._repr_mimebundle_()["text/plain"].splitlines()
    assert text[1].split() == ["Rank", "Points"]
    assert [line.split() for line in text[2:]] == [
        ["1", "70.2"],
        ["2", "69.5"],
        ["⋮", "⋮"],
        ["7", "40.1"],
    ]


def test_a_key_in_a_cell_is_an_author_and_a_year():
    frame = pd.DataFrame({"who": ["yessirkep2025 gives it"], "source_id": ["24kg2024"]})
    text = figures.plain_table(frame)
    assert "Yessirkep et al. 2025 gives it" in text and "24.kg 2024" in text


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


@pytest.mark.parametrize("colour", [*figures.COLOURS.values(), figures.NEUTRAL, figures.GREY])
def test_every_colour_can_carry_text_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


@pytest.mark.parametrize("colour", [*figures.COLOURS.values(), figures.NEUTRAL, figures.GREY])
def test_every_colour_has_a_twin_that_can_carry_text_in_the_dark(colour):
    assert (luminance(IN_THE_DARK[colour]) + 0.05) / (luminance(DARK) + 0.05) >= 4.5


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_every_colour_of_a_chart_is_changed_in_the_dark(chart):
    used = {found.upper() for found in re.findall(r"#[0-9A-Fa-f]{3,6}\b", chart.svg)}
    assert used - {PALE.upper()} <= set(IN_THE_DARK)
    rules = in_the_dark(chart.svg)
    assert all(twin in rules for colour, twin in IN_THE_DARK.items() if colour in used)


def test_a_chart_wears_the_theme_of_its_page(browser):
    from PIL import Image

    page = browser.new_page(color_scheme="light")  # the page decides, not the system
    html = CHARTS["bars"]._repr_mimebundle_()["text/html"]
    grounds = {}
    for theme in ("light", "dark"):
        page.set_content(f'<html style="color-scheme:{theme}"><body>{html}</body></html>')
        page.evaluate("() => document.querySelector('img').decode()")
        shot = Image.open(io.BytesIO(page.locator("img").screenshot())).convert("RGB")
        grounds[theme] = shot.getpixel((shot.width - 8, shot.height // 2))
    page.close()
    assert grounds == {"light": (255, 255, 255), "dark": (0x1C, 0x1C, 0x1C)}


def test_a_chart_keeps_its_own_colours_where_no_theme_is_known():
    html = CHARTS["bars"]._repr_mimebundle_()["text/html"]
    picture = base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]).decode()
    assert picture.replace(f"<style>{in_the_dark(CHARTS['bars'].svg)}</style>", "") == (
        CHARTS["bars"].svg
    )


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
    assert chart.values == "G 4 in 2020, 2 in 2021."
    assert any("rank" in word for word in words(chart, "w"))


def test_a_map_names_every_country_in_words_and_tells_whose_the_places_are():
    chart = CHARTS["map"]
    for row in CENTRES.itertuples():
        assert row.country in chart.values
    assert "South Korea: 30 countries" in words(chart, "w")
    assert figures.ORANGE in chart.svg and figures.PURPLE in chart.svg and figures.BLUE in chart.svg


def test_a_region_names_its_countries_with_their_figures():
    frame = pd.DataFrame({"country": ["Kazakhstan", "Kyrgyzstan"], "value": [5.0, 3.0]})
    chart = figures.map(frame, "country", "value", region="Central Asia", finding="F")
    shown = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", chart.svg)
    assert {"Kazakhstan", "5", "Kyrgyzstan", "3"} <= set(shown)
    assert chart.values == "Value: Kazakhstan 5, Kyrgyzstan 3."


def test_a_country_without_an_outline_is_named():
    with pytest.raises(CourseError, match="Atlantis"):
        figures.map(pd.DataFrame({"country": ["Atlantis"]}), "country", finding="F")


def test_a_caption_is_in_the_readers_language_wherever_it_was_written(elsewhere):
    caption = "What one must believe to reach rank 60 or better."
    with texts.found_in(elsewhere), texts.speaking(pseudo.CODE):
        shown = figures.table(pd.DataFrame({"rank": [60]}), caption=caption)._repr_mimebundle_()
    assert caption not in shown["text/html"] and caption not in shown["text/plain"]
