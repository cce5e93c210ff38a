"""The tables: whole, described, sourced, and clear when something is missing."""

import json
import re
import shutil

import pandas as pd
import pytest
from frictionless import Package, system

from softpower import data, evaluation
from softpower.commands import dictionary
from softpower.errors import CourseError
from softpower.trace import marks
from softpower.trace.reading import SCALES

FIGURE_TABLES = [name for name in data.names() if "status" in data.load(name)]


def problems(descriptor):
    with system.use_context(trusted=True):
        report = Package(str(descriptor)).validate()
    return report.flatten(["title", "type", "note"])


def test_the_whole_data_package_is_valid():
    assert problems(data.folder() / "datapackage.json") == []


def test_an_unknown_source_is_caught(tmp_path):
    shutil.copytree(data.folder(), tmp_path / "data")
    path = tmp_path / "data" / "gspi_scores.csv"
    path.write_text(path.read_text().replace("brandfinance2026", "nobody1999"))
    assert any(
        "foreign-key" in str(problem) for problem in problems(path.parent / "datapackage.json")
    )


def test_a_score_beyond_the_scale_is_caught(tmp_path):
    shutil.copytree(data.folder(), tmp_path / "data")
    path = tmp_path / "data" / "gspi_scores.csv"
    path.write_text(path.read_text().replace(",35.9,", ",359,"))
    assert any(
        "constraint" in str(problem) for problem in problems(path.parent / "datapackage.json")
    )


@pytest.mark.parametrize("name", data.names())
def test_every_column_and_table_is_described(name):
    resource = data.resource(name)
    assert resource["title"] and resource["description"] and resource["licenses"]
    columns = list(pd.read_csv(data.folder() / resource["path"], nrows=0))
    assert columns == [field["name"] for field in resource["schema"]["fields"]]
    assert all(len(field["description"]) > 10 for field in resource["schema"]["fields"])


def test_every_file_belongs_to_a_table():
    files = {path.name for path in data.folder().glob("*.csv")}
    assert files == {resource["path"] for resource in data.manifest()["resources"]}


@pytest.mark.parametrize("name", FIGURE_TABLES)
def test_a_derived_or_simulated_figure_says_how(name):
    table = data.load(name)
    made = table[table["status"].isin(["derived", "simulated"])]
    if made.empty:
        return
    assert made["formula" if "formula" in made else "note"].notna().all()


# As the article prints it; the sum in its formula is another, and is said to be.
PRINTED = "hallyu-exports-rise-2019"


def worked_out(formula, unit):
    """Return what a formula may come to in a row's unit; nothing where it is words."""
    plain = re.sub(r"([\d.]+)% of", r"\1 / 100 *", formula)
    try:
        made = marks.evaluate(re.sub(r"\b(won|instruments|outcomes)\b", "", plain))
    except (SyntaxError, ValueError):
        return ()
    scale = next((SCALES[word] for word in unit.split() if word in SCALES), 1)
    return (made, made * 100) if "%" in unit else (made, made / scale)


def test_what_is_derived_is_what_its_formula_comes_to():
    """Where it is words (a count, a function), no sum may hide in them."""
    found = {}
    for row in data.load("derived").itertuples():
        made = worked_out(row.formula, row.unit)
        sums = re.search(r"\d[\s)]*[-+/*×][\s(]*\d", row.formula)
        assert made or not sums or row.derived_id == PRINTED, row.derived_id
        half = 0.5 * 10 ** -len(f"{row.value:.10g}".partition(".")[2])
        if made:
            found[row.derived_id] = any(abs(one - row.value) <= half + 1e-9 for one in made)
    assert len(found) > 120 and all(found.values()), [name for name, so in found.items() if not so]


def test_an_interval_that_is_derived_is_what_its_function_gives():
    stated = data.load("derived").set_index("derived_id")["value"]
    for asked, end in ((1000, ""), (100, "-100")):
        made = evaluation.two_proportions(0.13, asked, 0.02, asked)
        for bound in ("low", "high"):
            said = stated[f"korea-unfamiliar-{bound}{end}"]
            assert round(100 * getattr(made, bound), 1) == said


def test_the_dictionary_is_what_the_manifest_makes():
    assert (data.folder() / "README.md").read_text(encoding="utf-8") == dictionary.page()


# What was seen of a source that was not read whole.
SAYS_HOW = "second-hand|copy|through|abstract read|summary read"


def test_every_source_has_a_reference_and_says_how_it_was_read():
    sources = data.load("sources")
    assert sources["reference"].str.len().min() > 15
    second_hand = sources[sources["read"] == "second-hand"]
    assert second_hand["reference"].str.contains(SAYS_HOW, case=False).all()


def test_a_wrong_name_gets_the_names():
    with pytest.raises(CourseError, match=r"Did you mean 'gspi_scores'\? The tables are: .*terms"):
        data.load("gspi_score")


def test_a_missing_table_says_what_to_do(tmp_path, monkeypatch):
    shutil.copytree(data.folder(), tmp_path / "data")
    (tmp_path / "data" / "terms.csv").unlink()
    monkeypatch.setattr(data, "_PLACES", (tmp_path / "data",))
    with pytest.raises(CourseError, match=r"terms\.csv is missing. Download the course again"):
        data.load("terms")
    monkeypatch.setattr(data, "_PLACES", (tmp_path / "nowhere",))
    with pytest.raises(CourseError, match="folder data/"):
        data.folder()


def test_a_wrong_source_gets_a_guess():
    with pytest.raises(CourseError, match="Did you mean 'konyrshin2025'"):
        data.source("konyrshin2024")


def test_a_table_is_a_fresh_copy():
    mine = data.load("terms")
    mine.loc[0, "term"] = "changed"
    assert data.load("terms").loc[0, "term"] != "changed"


def test_the_source_line_names_each_source_once_and_admits_what_is_second_hand():
    scores = data.load("gspi_scores").query("year == 2026")
    assert data.source_line(scores) == "Source: Brand Finance 2026 (second-hand)."
    assert data.source_line(pd.DataFrame({"x": [1]})) == ""


def test_the_fields_say_what_each_column_means():
    meanings = data.fields("gspi_scores").set_index("column")["meaning"]
    assert "0 to 100" in meanings["score"]


def test_the_manifest_is_sorted_so_that_a_stranger_finds_a_table():
    manifest = json.loads((data.folder() / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in manifest["resources"]]
    assert names == sorted(names)
