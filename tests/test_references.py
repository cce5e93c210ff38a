"""Citations lead to their reference and back, in every form and with any number of pages open."""

import re

import nbformat
import pytest
from nbconvert import HTMLExporter

from softpower import data, notebooks, references
from softpower.cli import main
from softpower.errors import CourseError

LIST = "## References"


def seen(text, name="05"):
    """Return what a reader sees of a text, its citations by key."""
    return re.sub(r"<[^>]*>", "", references.rewritten([text + "\n\n" + LIST], name)[0])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It scored 36 [@brandfinance2026].", "It scored 36 (Brand Finance 2026)."),
        ("It says so [@yessirkep2025, §2].", "It says so (Yessirkep et al. 2025, §2)."),
        ("@[yessirkep2025, §2] gives it.", "Yessirkep and colleagues (2025, §2) gives it."),
        ("So [@ani2023; @24kg2024].", "So (ANI 2023; 24.kg 2024)."),
        ("So [@ani2023], [@24kg2024].", "So (ANI 2023; 24.kg 2024)."),
        ("It grew (see [@ani2023]).", "It grew (see ANI 2023)."),
        ("(One says that it grew [@ani2023].)", "(One says that it grew [ANI 2023].)"),
        ("**Documents** [@ani2023]; [@eri2021, page 1]", "**Documents** ANI 2023; Weekly e-bulletin 2021, page 1"),
        ("Later [@asahi2022b].", "Later (Asahi Shimbun 2022b)."),
        ("Abroad [@kazinform].", "Abroad (Kazinform, no date)."),
        ("Code `[@ani2023]` stays.", "Code `[@ani2023]` stays."),
        # the old form
        ("It scored 36 [brandfinance2026](#References).", "It scored 36 (Brand Finance 2026)."),
        ("[yessirkep2025](#References) gives it.", "Yessirkep and colleagues (2025) gives it."),
        ("From 60 [ani2023](#References) to 41 [24kg2024](#References).", "From 60 (ANI 2023) to 41 (24.kg 2024)."),
        ("as [yessirkep2025, §2](#References) quotes", "as Yessirkep and colleagues (2025, §2) quotes"),
    ],
)  # fmt: skip
def test_a_reader_sees_author_and_year(written, shown):
    assert seen(written).startswith(shown + "\n")


def test_writing_twice_changes_nothing_and_keys_come_back():
    text = f"One [@ani2023, p. 1; @24kg2024]. @[ani2023] said it. (See [@eri2021].)\n\n{LIST}"
    once = references.rewritten([text], "05")
    assert references.rewritten(once, "05") == once
    assert references.keyed(once[0]).startswith(text.partition(LIST)[0])
    half = once[0].replace("\n\n## R", " Half old [brandfinance2026](#References).\n\n## R")
    assert "Half old (<a" in references.rewritten([half], "05")[0]


def test_every_citation_has_its_line_and_every_line_its_ways_back():
    (page,) = references.rewritten([f"A [@ani2023]. B [@ani2023, p. 2].\n\n{LIST}"], "05")
    anchors = re.findall(r' id="([^"]*)"', page)
    assert sorted(re.findall(r'href="#([^"]*)"', page)) == sorted(
        ["ref-05-ani2023"] * 2 + ["cite-05-ani2023-1", "cite-05-ani2023-2"]
    )
    assert set(re.findall(r'href="#([^"]*)"', page)) == set(anchors)
    assert f'title="{data.reference("ani2023")}"' in page
    assert f"<{data.source('ani2023')['url']}>" in page


def test_the_anchors_of_lessons_and_exercises_differ():
    paths = (
        "notebooks/05_japan.ipynb",
        "my_work/05_japan/exercise_05_japan.ipynb",
        "data/essays/soft_power_30.md",
    )
    assert [references.page_name(path) for path in paths] == ["05", "x05", "soft_power_30"]


def test_no_two_sources_are_cited_alike_and_letters_follow_the_keys():
    keys = data.load("sources")["source_id"]
    assert len({data.citation(key) for key in keys}) == len(keys)
    for key in keys:
        letter = re.search(r"\d{4}([b-z])$", key)
        if letter and data.citation(key)[-1].isalpha():
            assert data.citation(key).endswith(letter[1]), key
    assert not [key for key in keys if re.search(r"\b[a-z]+\d{4}[a-z]?\b", data.reference(key))]


def test_an_unknown_source_is_named():
    with pytest.raises(CourseError, match="nobody1999"):
        references.rewritten([f"X [@nobody1999].\n\n{LIST}"], "05")


def page(folder, name, words=100):
    """Write a notebook with a citation, much text, and its list; return its path."""
    made = nbformat.v4.new_notebook(metadata={"kernelspec": notebooks.KERNEL})
    texts = ["Cited [@ani2023].", *["word " * words] * 12, LIST]
    made.cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
    made.cells[-1].metadata["softpower"] = {"part": "references"}
    path = folder / name
    nbformat.write(made, path)
    return path


def test_the_command_writes_checks_and_gives_back_the_keys(tmp_path, capsys):
    path = page(tmp_path, "05_x.ipynb")
    assert main(["references", "--check", str(path)]) == 1
    assert "05_x.ipynb" in capsys.readouterr().out
    assert main(["references", str(path)]) == 0
    assert main(["references", "--check", str(path)]) == 0
    assert main(["references", "--short", str(path)]) == 0
    assert nbformat.read(path, 4).cells[0].source == "Cited [@ani2023]."


def test_an_export_keeps_the_ways(tmp_path):
    path = page(tmp_path, "05_x.ipynb")
    html, _ = HTMLExporter().from_notebook_node(references.rewrite(path))
    for part in ('id="ref-05-ani2023"', 'href="#ref-05-ani2023"', 'href="#cite-05-ani2023-1"'):
        assert part in html
