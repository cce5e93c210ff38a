"""The prose check finds planted errors and is quiet on what is right."""

import contextlib
import random
import shutil
import tomllib
from dataclasses import replace
from functools import partial

import nbformat
import pytest

from softpower import data, figures, notebooks, references, trace
from softpower.cli import main
from softpower.errors import CourseError
from softpower.feedback import loader


def notebook(folder, *cells, name="planted.ipynb"):
    """Write a notebook with Markdown cells and its list of references; return its path."""
    made = nbformat.v4.new_notebook()
    texts = ["# A lesson on Kazakhstan", *cells, "## References"]
    made.cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
    made.cells[-1].metadata["softpower"] = {"part": "references"}
    path = folder / name
    notebooks.write(made, path)
    with contextlib.suppress(CourseError):  # of a source that does not exist
        notebooks.write(references.rewrite(path), path)
    return path


def problems(path):
    return [(item.figure.text, item.problem) for item in trace.trace(path) if item.problem]


RIGHT = "In 2024 Kazakhstan was 80th of 193 countries [@24kg2024]."


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("spent $15.1m there", 15.1e6, "dollar"),
        ("spent US$ 15.1 million", 15.1e6, "dollar"),
        ("about 1,250 dollars each", 1250, "dollar"),
        ("¥50 billion", 50e9, "yen"),
        ("five million Kazakhs", 5e6, ""),
        ("a six-fold rise", 6, ""),
        ("2.7 per cent of GDP", 2.7, "percent"),
        ("2.7% of GDP", 2.7, "percent"),
        ("ranked 80th", 80, "rank"),
        ("a change of −3.1", -3.1, ""),
        ("**597,000** arrivals", 597000, ""),
    ],
)
def test_a_figure_is_read_in_each_form_in_which_prose_writes_it(text, value, kind):
    (figure,) = trace.figures_in(text)
    assert figure.low <= value <= figure.high
    assert figure.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "In 2024, in the 1990s, in 2008–09 and since 16 December 1991",
        "Lesson 02, Table 1, Figures 2 and 3, section 5.1, §5.5, pages 3–5",
        "### Question 3 · 2 points · 3 minutes",
        "**Points** 32 · **Minutes** about 50",
        "Divide: `15.1 / 0.6 = 25`, on a scale from 0 to 100",
        "The Soft Power 30, COVID-19, EXPO-2017 and statement s25",
        "[lesson 03](03_measuring_soft_power.ipynb) and [@eri2021, page 2]",
        "1. First do this.\n2. Then do that, in 15 minutes and 150 words.",
        "In the 21st century three countries did twenty things",
    ],
)
def test_dates_numbers_of_things_and_own_arithmetic_are_no_figures(text):
    assert trace.figures_in(text) == []


def test_what_is_right_passes(tmp_path):
    assert problems(notebook(tmp_path, RIGHT)) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("In 2024 Kazakhstan was 70th of 193 countries [@24kg2024].", "70th"),
        ("In 2024 Kazakhstan was 80th of 121 in the world [@ani2023].", "80th"),
        ("Kazakhstan was 80th of 193 countries in 2024.", "80th"),
        ("In 2024 South Korea was 80th [@24kg2024].", "80th"),
        ("In 2026 Kazakhstan was 87th [@brandfinance2026].", "87th"),
        ("Kazakhstan scored 35.4 in 2026 [@brandfinance2026].", "35.4"),
    ],
    ids=[
        "wrong",
        "another source's",
        "unsourced",
        "another country's",
        "another year's",
        "decimal",
    ],
)
def test_a_planted_error_is_caught(tmp_path, text, figure):
    title = "# Which country?"
    path = notebook(tmp_path, text)
    planted = nbformat.read(path, as_version=4)
    planted.cells[0].source = title
    nbformat.write(planted, path)
    assert figure in [found for found, _ in problems(path)]


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("Kazakhstan scored 36 in 2026 [@brandfinance2026].", True),
        ("Kazakhstan scored 34 in 2026 [@brandfinance2026].", False),
        ("About 600,000 arrivals in 2024 [@astanatimes2024b].", True),
        ("More than 590,000 arrivals in 2024 [@astanatimes2024b].", True),
        ("More than 598,000 arrivals in 2024 [@astanatimes2024b].", False),
        ("Arrivals fell by 3.1 per cent in 2019 [@unwto2023].", True),
    ],
)
def test_rounding_is_the_readers_rounding(tmp_path, text, passes):
    assert (problems(notebook(tmp_path, text)) == []) is passes


def test_a_citation_needs_a_source_and_a_reference(tmp_path):
    unknown = notebook(tmp_path, "Somebody says so [@nobody1999].")
    assert "no such source" in problems(unknown)[0][1]
    unwritten = notebook(tmp_path, RIGHT)
    changed = nbformat.read(unwritten, as_version=4)
    changed.cells[1].source += " [@ani2023]"
    notebooks.write(changed, unwritten)
    assert "softpower references" in problems(unwritten)[0][1]


def test_a_link_leads_to_a_listed_source(tmp_path):
    path = notebook(tmp_path, "See [this page](https://example.org/unlisted).")
    assert problems(path) == [
        ("https://example.org/unlisted", "the link is no address in data/sources.csv")
    ]


def test_an_essay_is_read_by_paragraph(tmp_path):
    essay = tmp_path / "essay.md"
    text = f"# Kazakhstan\n\n{RIGHT}\n\nIt ranked 193 countries.\n\n## References\n"
    essay.write_text(references.rewritten([text], "essay")[0] + "\n")
    assert [figure for figure, _ in problems(essay)] == ["193"]


def test_the_command_names_notebook_figure_and_sentence(tmp_path, capsys):
    good, bad = notebook(tmp_path, RIGHT), "Kazakhstan came 12th [@24kg2024]."
    assert main(["trace", str(good)]) == 0
    assert "gspi_ranks [KAZ, rank, 2024]" in capsys.readouterr().out
    assert main(["trace", str(notebook(tmp_path, bad, name="bad.ipynb"))]) == 1
    said = capsys.readouterr().out
    assert "bad.ipynb" in said and "12th" in said and "Kazakhstan came" in said


@pytest.mark.parametrize("path", trace.every(), ids=lambda path: path.name)
def test_every_figure_of_the_course_has_a_row_and_a_source(path):
    found = [
        f"{item.where} {item.figure.text}: {item.problem}. {item.figure.sentence}"
        for item in trace.trace(path)
        if item.problem
    ]
    assert found == []


def with_chart(folder, finding):
    """Write a notebook with one chart of the scores of 2026, run, under a finding."""
    path = notebook(folder)
    code = f"figures.bars(scores, 'country', 'score', finding={finding!r})"
    scores = data.load("gspi_scores").query("year == 2026")
    shown = figures.bars(scores, "country", "score", finding=finding)._repr_mimebundle_()
    cell = nbformat.v4.new_code_cell(code)
    cell.outputs = [nbformat.v4.new_output("display_data", shown)]
    made = nbformat.read(path, 4)
    made.cells.insert(1, cell)
    nbformat.write(made, path)
    return path


def test_what_stands_over_a_chart_is_read_against_the_charts_own_sources(tmp_path):
    right = "Three countries score about 60 to 70; Kazakhstan scores 36"
    assert problems(with_chart(tmp_path, right)) == []
    (problem,) = problems(with_chart(tmp_path, right.replace("36", "46")))
    assert problem[0] == "46" and "brandfinance2026" in problem[1]


def with_another_digit(text, figure_text, rng):
    """Return a text in which one digit of a figure is another, or None where that cannot be."""
    start = text.find(figure_text)
    places = [i for i, letter in enumerate(figure_text) if letter.isdigit()]
    if start < 0 or not places or text.count(figure_text) > 1:
        return None
    place = rng.choice(places)
    digit = rng.choice([d for d in "123456789" if d != figure_text[place]])
    changed = figure_text[:place] + digit + figure_text[place + 1 :]
    return text[:start] + changed + text[start + len(figure_text) :]


def read_with_its_check(path):
    """Each passage of a file with the function that follows a figure of it."""
    if path.suffix == ".csv":
        for passage, record in trace.tables.passages(path.stem):
            yield passage, partial(trace.tables.followed, name=path.stem, record=record)
    else:
        for passage in trace.naming.texts(path):
            yield passage, trace.follow


def mutants(path, rng, each):
    """Yield (whether it is a rank, whether it is caught) for one-digit changes of a file."""
    for passage, follow in read_with_its_check(path):
        before = passage.figures()
        for number, figure in enumerate(before):
            for _ in range(each):
                text = with_another_digit(passage.text, figure.text, rng)
                changed = replace(passage, text=text) if text else passage
                after = changed.figures()
                if len(after) == len(before) and after[number].text != figure.text:
                    found = follow(after[number], changed)
                    yield figure.kind == "rank", bool(found.problem)


PLACES = {".ipynb": 2, ".md": 2, ".toml": 2, ".py": 3, ".js": 3, ".json": 3, ".csv": 1}


def test_a_digit_that_is_wrong_is_found_ninety_seven_times_of_a_hundred():
    rng, planted, by_place = random.Random(1), [], {}
    for path in trace.every():
        made = list(mutants(path, rng, PLACES[path.suffix]))
        planted += made
        by_place.setdefault(path.suffix, []).extend(made)
    ranks = [found for rank, found in planted if rank]
    for place, made in [*by_place.items(), ("all", planted)]:
        caught = sum(found for _, found in made)
        print(f"{place}: {len(made)} planted, {caught / max(1, len(made)):.1%} caught")
    print(f"ranks: {len(ranks)} planted, {sum(ranks) / len(ranks):.1%} caught")
    assert len(planted) >= 2000
    assert sum(found for _, found in planted) / len(planted) >= 0.97
    assert sum(ranks) / len(ranks) >= 0.97


@pytest.mark.parametrize(
    "path",
    [path for path in references.pages() if path.suffix == ".ipynb"],
    ids=lambda path: path.stem,
)
def test_each_cell_names_the_rows_that_carry_its_figures(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    trace.name_rows(copy)
    named = [trace.named_rows(cell) for cell in notebooks.read(path).cells]
    assert named == [trace.named_rows(cell) for cell in notebooks.read(copy).cells]


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of data/ in which something can be planted, beside the course's own notebooks."""
    root = data.folder().parent
    for name in ("notebooks", "solutions"):
        (tmp_path / name).symlink_to(root / name)
    shutil.copytree(root / "data", tmp_path / "data")
    monkeypatch.setattr(data, "_PLACES", (tmp_path / "data",))
    forget()
    yield tmp_path / "data"
    monkeypatch.undo()
    forget()


def forget():
    """Forget what was read of the tables."""
    for module in (data, trace.ledger, trace.carriers, trace.bank):
        for one in vars(module).values():
            getattr(one, "cache_clear", lambda: None)()


def others():
    return [path for path in trace.every() if path.suffix != ".ipynb"]


def test_what_carries_the_other_figures_is_written_down_as_it_stands_today(copied):
    before = (copied / trace.ledger.CARRIED).read_text(encoding="utf-8")
    assert [(item.where, item.figure.text) for item in trace.naming.name(others())] == []
    assert (copied / trace.ledger.CARRIED).read_text(encoding="utf-8") == before


def test_every_kind_of_file_is_read():
    assert {path.suffix for path in trace.every()} == set(PLACES)


def test_every_mark_of_a_person_is_still_used():
    seen = {(path.name, one.place) for path in others() for one in trace.naming.texts(path)}
    used = {
        (path.name, place, figure.text)
        for path in others()
        for one in trace.naming.texts(path)
        for figure in one.figures()
        for place in (one.place, "*")
    }
    for file, places in trace.ledger.read(trace.ledger.MARKED).items():
        for place, marks in places.items():
            assert place == "*" or (file, place) in seen, f"{file}: there is no {place}"
            unused = [text for text in marks if (file, place, text) not in used]
            assert not unused, f"{file}, {place}: nothing says {unused} any more"


@pytest.mark.parametrize("path", sorted(loader.FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_mark_of_a_question_is_still_used(path):
    said = {}
    for one in trace.naming.texts(path):
        said.setdefault(one.place.partition(",")[0], set()).update(f.text for f in one.figures())
    for entry in tomllib.loads(path.read_text("utf-8"))["question"]:
        unused = set(entry.get("figures", {})) - said.get(entry["id"], set())
        assert not unused, f"{path.name}, question {entry['id']}: nothing says {unused} any more"


def test_no_two_sentences_of_the_tables_are_each_others_witnesses():
    """What carries a figure is followed until a row has it as its own number, or a person says so."""
    for file, places in trace.ledger.read("carried.toml").items():
        for place, marks in places.items():
            for figure, carried in marks.items():
                seen, at = [], f"{file.removesuffix('.csv')} [{place}]"
                while " [" in carried and at not in seen:
                    seen.append(at)
                    at = carried
                    table, _, key = at.removesuffix("]").partition(" [")
                    carried = trace.ledger.of(f"{table}.csv", key).get(figure, "")
                assert at not in seen, f"{figure}: {seen}"


def test_a_message_may_use_the_numbers_of_its_own_task_and_no_invented_ones(tmp_path):
    """How near is near enough, and the mistakes that other messages are for, give no number."""
    path, said = tmp_path / "lesson06.toml", "Which part of the figure of 2016 has"
    text = (loader.FOLDER / path.name).read_text(encoding="utf-8")
    assert text.count(said) == 1
    for added, given in [("10 years", False), ("490 people", False), ("6.1 million homes", True)]:
        path.write_text(
            text.replace(said, f"They listened in {added}. Which part has"), encoding="utf-8"
        )
        (passage,) = [one for one in trace.bank.passages(path) if added in one.text]
        (figure,) = passage.figures()
        assert trace.marks.is_given(figure, passage.given) == given, added


def test_a_figure_in_a_message_that_disagrees_with_its_row_is_found(tmp_path):
    path = loader.FOLDER / "lesson06.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count("318 million") == 1
    planted = tmp_path / path.name
    planted.write_text(text.replace("318 million", "338 million"), encoding="utf-8")
    assert problems(path) == []
    (problem,) = [item for item in trace.trace(planted) if item.problem]
    assert problem.figure.text == "338 million" and problem.where == "question 06.a, right"


@pytest.mark.parametrize(
    ("table", "right", "wrong"),
    [
        ("claims", "979,781 tourists", "979,787 tourists"),  # a sentence against a row
        ("derived", "994.8 / 240.8", "994.8 / 248.8"),  # a formula against its value
        ("case_series", "of them 488", "of them 489"),  # what only this sentence says
    ],
)
def test_a_wrong_digit_in_a_sentence_of_a_table_is_found(copied, table, right, wrong):
    path = copied / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    forget()
    assert problems(path)


def test_a_wrong_digit_in_a_lab_and_in_a_plan_is_found(tmp_path):
    labs, plans = loader.FOLDER.parent.parent / "labs", loader.FOLDER.parent.parent
    for path, right, wrong in (
        (labs / "timeline.py", "almost any story can", "one story of 97 can"),
        (
            plans / "policy" / "examples" / "after_the_games.json",
            "12,400 foreigners were",
            "12,500 foreigners were",
        ),
    ):
        planted = tmp_path / path.name
        planted.write_text(path.read_text("utf-8").replace(right, wrong), "utf-8")
        assert problems(path) == [] and len(problems(planted)) == 1


MARK = trace.Passage("It says 39 of 357 [@bbc2025].", given=frozenset((357.0, 318.0)), marks={})


@pytest.mark.parametrize(
    ("figure", "mark", "passes"),
    [
        ("39 million", "357 - 318", True),
        ("38 million", "357 - 318", False),
        ("39 million", "358.5 - 319.5", False),  # numbers of nowhere
        ("39 million", "gspi_scores [KAZ, 2026]", False),
        ("36", "gspi_scores [KAZ, 2026]", True),
        ("36", "gspi_scores [KAZ, 1926]", False),
        ("357", "task", True),
        ("358", "task", False),
        ("100", "scale", True),
        ("10", "scale", False),
        ("10", "invented", True),
        ("10", "__import__('os')", False),
        ("10", "whatever", False),
    ],
)
def test_a_mark_carries_what_it_says_and_no_more(figure, mark, passes):
    (read,) = trace.figures_in(figure)
    _, problem = trace.marks.check(read, mark, MARK)
    assert (problem == "") is passes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Four in five of the twenty-five said so.", ["Four in five", "twenty-five"]),
        ("It rose tenfold, by a third, for 4 million in twenty places.", ["a third", "twenty"]),
        ("The second time it was read second-hand by one of us.", ["second"]),
        ("In [lesson two](02_x.ipynb) `three` is code.", []),
    ],
)
def test_numbers_in_words_are_listed_with_their_place_and_sentence(tmp_path, capsys, text, words):
    path = notebook(tmp_path, text)
    found = [(word, sentence) for _, word, sentence in trace.spelt(path) if sentence in text]
    assert [word for word, _ in found] == words
    assert main(["trace", "--words", str(path)]) == 0
    said = capsys.readouterr().out
    assert all(f"planted.ipynb: {word}: {sentence}" in said for word, sentence in found)


def test_the_sources_are_listed_by_the_day_of_reading_oldest_first(capsys):
    assert main(["trace", "--ages"]) == 0
    days = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert len(days) == len(data.load("sources")) and days == sorted(days)
