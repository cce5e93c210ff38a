"""Another country in lessons 08 and 10: laid out, checked row by row, made and run."""

import copy
import re
from datetime import date

import pytest
from conftest import ROOT

import softpower.country
from softpower import cli, data, keep, labs, notebooks, policy, scenario
from softpower.commands import country, lessons
from softpower.country import check, lesson, rows, tables
from softpower.errors import CourseError

HERE = "Uzbekistan"
READY = ROOT / "data" / "own_country_examples" / "uzbekistan"
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def whole():
    return tables.read(READY)


@pytest.fixture
def mine(whole):
    return copy.deepcopy(whole)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder in which somebody works, with the course's tables of Uzbekistan laid out."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    assert cli.main(["country", HERE]) == 0
    return tmp_path / "uzbekistan"


def row(read, name, **cells):
    """The number and the cells of the first row that has these cells."""
    for number, one in read[name]:
        if all(one[column] == value for column, value in cells.items()):
            return number, one
    raise AssertionError((name, cells))


def said(read, **kinds):
    return check.faults(read, HERE, TODAY, **kinds)


def test_the_tables_of_uzbekistan_have_no_fault(whole):
    assert said(whole) == []


def test_they_say_of_every_gap_where_we_looked(whole):
    gaps = [one for _, one in whole["assets"] if one["finding"] == "no data"]
    assert len(gaps) > 5 and all(one["note"] for one in gaps)


def test_their_scores_are_those_of_the_course(whole):
    ours = data.load("asset_benchmark").query("country == @HERE").set_index("indicator")["value"]
    for _, one in whole["scores"]:
        if one["indicator"] in ours and one["value"]:
            assert float(one["value"]) == ours[one["indicator"]]


# One cell is changed, and what must be said of its row.
ONE_CELL = [
    ("assets", {"indicator": "Olympic medals"}, {"source_id": ""}, "the cell source_id is empty."),
    ("assets", {"indicator": "Olympic medals"}, {"year": "20x4"}, "'20x4' is no year."),
    ("assets", {"indicator": "Olympic medals"}, {"year": "3024"}, "3024 is no year that a figure"),
    ("assets", {"indicator": "Olympic medals"}, {"unit": "medalls"}, "Did you mean 'medals'?"),
    ("assets", {"indicator": "Olympic medals"}, {"value": "13 medals"}, "Write a bare number"),
    ("assets", {"indicator": "Olympic medals"}, {"value": ""}, "so value and unit must be there"),
    ("assets", {"indicator": "Olympic medals"}, {"finding": "many"}, "finding says 'many'."),
    ("assets", {"indicator": "Olympic medals"}, {"finding": "none"}, "none is a zero"),
    ("assets", {"indicator": "Olympic medals"}, {"year": "", "note": ""}, "has no year"),
    (
        "assets",
        {"indicator": "Olympic medals"},
        {"found": "Kazakhstan won one"},
        "your own country",
    ),
    (
        "assets",
        {"indicator": "Olympic medals"},
        {"source_id": "kunuz2024c"},
        "Did you mean 'kunuz2024",
    ),
    ("assets", {"indicator": "Power Language Index"}, {"note": ""}, "where you looked"),
    ("assets", {"indicator": "Bukhara Biennial"}, {"marker": ""}, "needs its marker"),
    (
        "assets",
        {"indicator": "religious tolerance"},
        {"status": "observed"},
        "was read second-hand",
    ),
    (
        "assets",
        {"status": "derived"},
        {"note": "", "year": "2023"},
        "does not say how you computed",
    ),
    ("scores", {"indicator": "visitors"}, {"year": "2024"}, "other countries' figures are of 2019"),
    (
        "scores",
        {"indicator": "visitors"},
        {"unit": "people"},
        "compared in 'thousand arrivals a year'",
    ),
    ("scores", {"indicator": "visitors"}, {"value": ""}, "there is no value"),
    ("scores", {"indicator": "music market"}, {"value": "5"}, "says no data, and there is a value"),
    ("scores", {"indicator": tables.SCORE}, {"value": "345"}, "goes from 0 to 100"),
    ("scores", {"indicator": tables.SCORE}, {"value": "59.1"}, "goes with a score of about 34"),
    ("scores", {"indicator": tables.RANK, "year": "2024"}, {"value": "194"}, "a list of 193"),
    ("scores", {"indicator": tables.RANK, "year": "2024"}, {"year": "2019"}, "edition of 2019"),
    ("instruments", {"instrument": "Sharq Taronalari"}, {"kind": "party"}, "kind says 'party'."),
    ("instruments", {"instrument": "Sharq Taronalari"}, {"outcome": "Joy."}, "do not fit"),
    ("sources", {"source_id": "daryo2023"}, {"url": "daryo.uz"}, "is no address"),
    ("sources", {"source_id": "daryo2023"}, {"url": ""}, "nobody could find it"),
    ("sources", {"source_id": "daryo2023"}, {"read_on": "26.11.2026"}, "like 2026-11-26"),
    ("sources", {"source_id": "daryo2023"}, {"read_on": "2026-02-30"}, "no day of the calendar"),
    ("sources", {"source_id": "daryo2023"}, {"read_on": "2031-01-01"}, "still to come"),
    ("sources", {"source_id": "daryo2023"}, {"year": "2022"}, "round brackets"),
    ("sources", {"source_id": "pvuz2019"}, {"reference": "Pravda (2019)."}, "where you read it"),
]


@pytest.mark.parametrize(("name", "which", "change", "sentence"), ONE_CELL)
def test_a_fault_is_one_sentence_with_its_file_and_row(mine, name, which, change, sentence):
    number, one = row(mine, name, **which)
    one.update(change)
    found = said(mine)
    told = [one for one in found if sentence in one]
    assert len(told) == 1 and len(found) <= 2, found  # the second: what the change leaves bare
    assert told[0].startswith(f"{name}.csv")
    if "goes with a score" not in sentence:  # two rows belong together there
        assert f"row {number}" in told[0]


def test_a_source_that_stands_in_no_table_is_named_where_it_is_used(mine):
    number, _ = row(mine, "sources", source_id="dunyo2025")
    mine["sources"] = [pair for pair in mine["sources"] if pair[0] != number]
    assert [one for one in said(mine) if "no source 'dunyo2025'" in one]


def test_a_source_that_nothing_names_is_said(mine):
    row(mine, "assets", source_id="koreaherald2025")[1]["source_id"] = "dunyo2025"
    row(mine, "instruments", source_id="koreaherald2025")[1]["source_id"] = "dunyo2025"
    assert [re.sub(r"\d+ \(", "N (", one) for one in said(mine)] == [
        "sources.csv, row N (koreaherald2025): no table names this source. Name it, or delete "
        "the row."
    ]


def test_a_source_of_the_course_is_not_written_again(mine):
    row(mine, "sources", source_id="dunyo2025")[1]["source_id"] = "unesco2023"
    row(mine, "assets", source_id="dunyo2025")[1]["source_id"] = "unesco2023"
    row(mine, "assets", source_id="unesco2023")[1]["status"] = "second-hand"
    assert any("the course has this source already" in one for one in said(mine))


@pytest.mark.parametrize("other", ["Uzbekistan", "uzbekistan"])
def test_a_row_that_stands_twice_is_named_with_the_first(mine, other):
    number, one = row(mine, "scores", indicator="visitors")
    mine["scores"].append((99, {**one, "country": other}))
    assert any(f"row 99: {other} · visitors" in found for found in said(mine))
    assert any(f"already in row {number}" in found for found in said(mine))


def test_a_country_has_one_name(mine):
    row(mine, "scores", indicator="visitors")[1]["country"] = "Uzbekiston"
    assert any("stands elsewhere as 'Uzbekistan'" in found for found in said(mine))


def test_a_gap_is_written_and_never_left_out(mine):
    for name, indicator in (("assets", "Olympic medals"), ("scores", "visitors")):
        mine[name] = [pair for pair in mine[name] if pair[1]["indicator"] != indicator]
    mine["assets"] = [pair for pair in mine["assets"] if pair[1]["marker"] != "creativity"]
    found = "\n".join(said(mine))
    assert "assets.csv: the indicator 'Olympic medals' is missing" in found
    assert "scores.csv: Uzbekistan has no row 'visitors'" in found
    assert "nothing stands under the marker creativity" in found


def test_a_neighbour_of_ones_own_may_be_compared_with(mine):
    _, one = row(mine, "scores", indicator="visitors")
    mine["scores"].append((99, {**one, "country": "Peru", "value": "4372"}))
    assert said(mine) == []
    laid = tables.frames(mine, HERE)["asset_benchmark"].query("country == 'Peru'")
    assert laid["value"].notna().sum() == 1 and len(laid) == len(tables.measures())


def test_a_new_country_is_laid_out_with_headings_an_example_and_a_guide(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    assert cli.main(["country", "Costa  Rica", "--semicolons"]) == 0
    folder = tmp_path / "costa_rica"
    for name in tables.NAMES:
        lines = (folder / f"{name}.csv").read_text("utf-8-sig").splitlines()
        assert lines[0] == ";".join(tables.columns(name))
    guide = (folder / "columns.md").read_text("utf-8")
    assert all(f"**{column}**" in guide for name in tables.NAMES for column in tables.columns(name))
    # Untouched, it is said in few sentences what is still to be done, and nothing is made.
    capsys.readouterr()
    assert cli.main(["country", "Costa Rica"]) == 1
    told = capsys.readouterr().out
    assert "assets.csv: rows 2 to 14, 16 to 19 are not filled in yet." in told
    assert told.count("this is still the example") == 3 and "Nothing was made" in told
    assert not list(folder.glob("*.ipynb"))


def test_a_name_that_is_nearly_another_is_asked_about():
    assert rows.meant("Kyrgystan") == "Kyrgyzstan"
    assert rows.meant("uzbekistan") == "Uzbekistan"
    assert [rows.meant(name) for name in ("Niger", "Austria", "Iraq", "Malta")] == [""] * 4


@pytest.mark.parametrize("name", ["  ", "123", "Kazakhstan", "Франция", 'A" or "B', "Kyrgystan"])
def test_what_is_no_other_country_is_said_and_nothing_is_written(
    name, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    assert cli.main(["country", name]) == 2
    assert capsys.readouterr().err and not list(tmp_path.iterdir())


def test_a_table_that_is_missing_or_has_another_heading_is_said(desk, capsys):
    good = (desk / "scores.csv").read_text("utf-8-sig")
    (desk / "scores.csv").write_text(good.replace("indicator,", "indicators,", 1), "utf-8")
    assert cli.main(["country", HERE]) == 2
    assert "scores.csv, row 1: the line of headings lacks indicator" in capsys.readouterr().err
    (desk / "scores.csv").unlink()
    assert cli.main(["country", HERE]) == 2
    assert "scores.csv is not in" in capsys.readouterr().err


def test_a_row_with_a_cell_too_many_and_a_file_in_an_old_encoding_are_said(desk):
    text = (desk / "assets.csv").read_text("utf-8-sig")
    (desk / "assets.csv").write_text(text + "identity markers,a,b,c,d,e,f,g,h,i,j,k,l\n", "utf-8")
    with pytest.raises(CourseError, match=r"assets\.csv, row \d+: it has more or fewer cells"):
        tables.read(desk)
    (desk / "assets.csv").write_bytes("список".encode("cp1251"))
    with pytest.raises(CourseError, match=r"assets\.csv cannot be read.*CSV UTF-8"):
        tables.read(desk)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The two lessons with Uzbekistan, run once by the command itself."""
    work = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("SOFTPOWER_WORK", str(work))
        assert cli.main(["country", HERE]) == 0
        before = {path.name: path.read_bytes() for path in work.glob("*/*.csv")}
        assert cli.main(["country", HERE]) == 0
    folder = work / "uzbekistan"
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before
    return {path.stem[:2]: notebooks.read(path) for path in folder.glob("*.ipynb")}


def shown(cell):
    return "".join(
        output.get("text", "") + output.get("data", {}).get("text/plain", "")
        for output in cell.get("outputs", ())
    )


def test_both_lessons_run_with_uzbekistan_and_show_its_figures(made):
    assert sorted(made) == ["08", "10"]
    cells = {cell.id: cell for lesson in made.values() for cell in lesson.cells}
    assert "About 11.7 million" in shown(cells["inventory-table"])
    assert "Uzbekistan is number 2 (shared) of the 3" in shown(cells["lab"])
    assert " 92 " in shown(cells["rank-share"])
    assert "34.5" in shown(cells["places"])
    assert "reach a score of 35.5 or more" in shown(cells["luck-fan"])
    assert "Bukhara Biennial" in shown(cells["instruments-table"])
    assert "Darakchi.uz" in shown(cells["own-sources"])


@pytest.mark.parametrize("number", lesson.LESSONS)
def test_what_was_said_of_kazakhstan_is_said_of_no_other_country(made, number):
    ours = {cell.id: cell for cell in lessons.read(number).cells}
    plan = {one["id"]: one["do"] for one in lesson.recipe(number)["cell"]}
    for cell in made[number].cells:
        if cell.cell_type == "code":
            assert "Kazakh" not in cell.source, cell.id
        elif plan[cell.id] == "case":
            assert lesson.CASE in cell.source
        elif plan[cell.id] == "keep" and cell.id != "references":
            assert not re.search("kazakh|steppe|astana", ours[cell.id].source, re.IGNORECASE), (
                cell.id
            )
        # A sentence of the lesson that names its country has not got another name; a question may.
        if cell.id in ours and cell.cell_type == "markdown":
            for sentence in re.findall(r"[^.?\n]*Kazakhstan[^.?\n]*\.", ours[cell.id].source):
                assert sentence.replace("Kazakhstan", HERE) not in cell.source, cell.id


def test_every_citation_and_link_of_a_made_lesson_leads_somewhere(made):
    for made_lesson in made.values():
        text = "\n".join(c.source for c in made_lesson.cells if c.cell_type == "markdown")
        there = set(re.findall(r'id="([^"]+)"', text))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= there
        for target in re.findall(r"\]\(([^)#]+\.ipynb)\)", text):
            assert target.endswith(tuple(path.name for path in ROOT.glob("notebooks/*.ipynb")))


@pytest.mark.parametrize("number", lesson.LESSONS)
def test_the_list_of_cells_knows_every_cell_of_the_lesson_once(whole, number, tmp_path):
    plain = lessons.read(number)
    lesson.made(number, plain, whole, HERE, tmp_path, ROOT / "notebooks")
    plain.cells[5].id = "renamed"
    with pytest.raises(CourseError, match=r"has changed, and lesson\d\d\.toml does not fit"):
        lesson.made(number, plain, whole, HERE, tmp_path, ROOT / "notebooks")


def test_a_country_without_a_place_gets_the_lessons_without_its_fan(mine, tmp_path):
    for _, one in mine["scores"]:
        if one["indicator"] in (tables.RANK, tables.SCORE):
            one.update(value="", status="no data", note="Not among the countries ranked.")
    assert said(mine) == []
    ids = {
        cell.id
        for number in lesson.LESSONS
        for cell in lesson.made(
            number, lessons.read(number), mine, HERE, tmp_path, ROOT / "notebooks"
        ).cells
    }
    assert {"no-rank", "no-place"} <= ids
    assert not {"rank-share", "places", "luck-fan", "believe-table", "switches"} & ids


def test_a_lesson_in_which_somebody_has_written_is_kept(made, tmp_path, capsys):
    country.write({"08_assets.ipynb": made["08"]}, tmp_path)
    country.write({"08_assets.ipynb": made["08"]}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["08_assets.ipynb"]
    mine = copy.deepcopy(made["08"])
    next(cell for cell in mine.cells if cell.id == "mine").source += "The Registan."
    notebooks.write(mine, tmp_path / "08_assets.ipynb")
    country.write({"08_assets.ipynb": made["08"]}, tmp_path)
    assert "It is kept as 08_assets-earlier-1.ipynb" in capsys.readouterr().out
    assert "The Registan." in (tmp_path / "08_assets-earlier-1.ipynb").read_text("utf-8")


def test_a_lesson_that_stops_is_one_sentence_and_nothing_is_made(desk, monkeypatch, capsys):
    def stops(notebook, folder):
        raise CourseError("A cell failed.\n\x1b[31mKeyError\x1b[39m: 'Uzbekistan'")

    monkeypatch.setattr(notebooks, "run", stops)
    assert cli.main(["country", HERE]) == 2
    told = capsys.readouterr().err
    assert "nothing was made: KeyError: 'Uzbekistan'" in told and told.count("\n") == 1
    assert not list(desk.glob("*.ipynb"))


@pytest.fixture
def used(desk, monkeypatch):
    """The tables of Uzbekistan laid over the course's, as in a made lesson that somebody works in."""
    monkeypatch.delenv("SOFTPOWER_PRINTED", raising=False)
    softpower.country.use(HERE, desk)
    yield desk
    data.lay_over({}, home="Kazakhstan")
    scenario.world.cache_clear()


def test_what_is_done_in_a_made_lesson_is_kept_beside_its_tables(used):
    assert keep.my_work("policy_plan.json") == used / "policy_plan.json"
    assert softpower.country.plan() == {}
    keep.write_json(used / "policy_plan.json", {"title": "Silk and steel"})
    assert softpower.country.plan()["title"] == "Silk and steel"


def test_the_labs_and_the_scenario_speak_of_the_country(used):
    bench = labs.AssetBenchmark()
    assert [bar["country"] for bar in bench.bars] == ["South Korea", HERE, "Kazakhstan"]
    assert [bar["home"] for bar in bench.bars] == [False, True, False] and bench.home == HERE
    assert "Kazakhstan" in [name for name, _ in bench.countries]
    assert softpower.country.aim() == {"measure": "score", "value": 35.5}
    assert scenario.world()[1:3] == (34.5, 92)
    assert len(softpower.country.sources()) > 20


def test_the_form_of_a_plan_speaks_of_no_other_country_than_its_own(used):
    """Kazakhstan stays in it as a country to borrow from, and nowhere else."""
    form = str(policy.shown(policy.schema()))
    assert (
        form.count("Kazakhstan") == 2
    )  # the list of precedents, as it is stored and as it is shown
    assert "Great Steppe" not in form and "many peoples" not in form
    assert policy.in_words("instruments", "marker", "heritage") == "heritage"


def test_the_form_of_a_plan_for_kazakhstan_has_the_words_of_the_document():
    assert "the Great Steppe and nomadic heritage" in str(policy.shown(policy.schema()))


def test_tables_that_were_spoilt_after_the_lesson_was_made_stop_it_in_one_sentence(desk):
    text = (desk / "assets.csv").read_text("utf-8-sig")
    (desk / "assets.csv").write_text(text.replace("13,medals", "many,medals"), "utf-8")
    with pytest.raises(CourseError, match=r"assets\.csv, row 10 .*Faults in the tables: 1\."):
        softpower.country.use(HERE, desk)
    assert data.home() == "Kazakhstan"


def test_without_a_place_no_fan_is_drawn_and_it_is_said(monkeypatch):
    data.lay_over({}, home="Atlantis")
    scenario.world.cache_clear()
    try:
        with pytest.raises(CourseError, match="No place of Atlantis is known"):
            scenario.run({})
        assert softpower.country.aim() == {"measure": "rank", "value": 60}
    finally:
        data.lay_over({}, home="Kazakhstan")
        scenario.world.cache_clear()
