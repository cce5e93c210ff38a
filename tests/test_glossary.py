"""The glossary: one definition a term, three languages, and a page equal to its table."""

import re
from pathlib import Path

import pytest

from softpower import cli, data
from softpower.commands import glossary

ROOT = Path(__file__).parent.parent
TABLE = data.load("glossary")
CYRILLIC = re.compile(r"^[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі\s«»(),.-]+$")


def test_the_page_is_what_the_table_makes_today():
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == glossary.page(TABLE)


def test_every_term_has_a_line_with_both_translations():
    page = glossary.page(TABLE)
    for row in TABLE.itertuples():
        line = next(line for line in page.splitlines() if line.startswith(f"| **{row.term}** |"))
        # Each is marked with its language, or a screen reader reads it as English.
        assert row.definition in line
        assert f'<span lang="kk">{row.kazakh}' in line and f'<span lang="ru">{row.russian}' in line
        assert (f"{row.kazakh}*" in line) == (row.translation_by == "konyrshin2025")


def test_the_terms_of_lesson_01_are_defined_once():
    first = data.load("terms").set_index("term")["definition"]
    assert TABLE.set_index("term")["definition"].loc[first.index].to_dict() == first.to_dict()


@pytest.mark.parametrize("language", ["kazakh", "russian"])
def test_translations_are_in_their_own_letters(language):
    foreign = TABLE.loc[~TABLE[language].str.match(CYRILLIC), "term"].tolist()
    # The abstracts keep the first in English; the z of the second is a sign of statistics.
    assert foreign == ["Cool Japan", "z-score"]


def test_no_two_terms_share_a_translation_in_one_language():
    for language in ("kazakh", "russian"):
        assert TABLE.loc[TABLE[language].duplicated(keep=False), ["term", language]].empty


def test_a_bar_in_a_cell_cannot_break_the_table():
    odd = TABLE.head(1).assign(definition="this | that")
    assert "this / that" in glossary.page(odd)


def test_the_check_says_that_a_page_is_old_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["glossary"]) == 2  # no folder of the course, and none is made
    assert not (tmp_path / "docs").exists()
    (tmp_path / "docs").mkdir()
    old = tmp_path / "docs" / "glossary.md"
    old.write_text("An older page.", encoding="utf-8")
    assert cli.main(["glossary", "--check"]) == 1
    assert old.read_text(encoding="utf-8") == "An older page."
    assert cli.main(["glossary"]) == 0 and cli.main(["glossary", "--check"]) == 0
