"""The glossary: one definition a term, three languages, and a page equal to its two tables."""

import re
from pathlib import Path

import pandas as pd
import pytest

from softpower import cli, data
from softpower.commands import glossary

ROOT = Path(__file__).parent.parent
TABLE = data.load("glossary")
USES = data.load("glossary_uses")
NAMES = {"kk": "Kazakh", "ru": "Russian"}
COLUMNS = {"kk": "kazakh", "ru": "russian"}
CYRILLIC = re.compile(r"^[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі\s«»(),.-]+$")


def plain(word):
    """Return a word as it is in any text: at the head of a sentence, or without ё."""
    return word.casefold().replace("ё", "е")


def test_the_page_is_what_the_tables_make_today():
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == glossary.page(TABLE, USES)


def test_every_term_has_a_line_with_both_translations():
    page = glossary.page(TABLE, USES)
    abstracts = USES[USES["source_id"] == "konyrshin2025"]
    starred = set(abstracts[["term", "language", "word"]].itertuples(index=False, name=None))
    for row in TABLE.itertuples():
        line = next(line for line in page.splitlines() if line.startswith(f"| **{row.term}** |"))
        # Each is marked with its language, or a screen reader reads it as English.
        assert row.definition in line
        assert f'<span lang="kk">{row.kazakh}' in line and f'<span lang="ru">{row.russian}' in line
        for code, column in COLUMNS.items():
            word = getattr(row, column)
            assert (f"{word}*</span>" in line) == ((row.term, code, word) in starred)


def test_every_other_use_has_a_line_with_its_source_and_says_whether_the_word_is_ours():
    lines = glossary.page(TABLE, USES).partition("## Words found in use")[2].splitlines()
    listed = USES[USES["source_id"] != "konyrshin2025"]
    assert len([line for line in lines if line.startswith("| **")]) == len(listed) > 50
    for row in listed.itertuples():
        start = f'| **{row.term}** | {NAMES[row.language]} | <span lang="{row.language}">{row.word}'
        line = next(line for line in lines if line.startswith(start))
        assert f'href="#ref-glossary-{row.source_id}"' in line
        ours = TABLE.set_index("term").loc[row.term, COLUMNS[row.language]]
        assert ("†" in line) == (plain(row.word) != plain(ours))


def test_a_word_is_listed_once_and_its_term_is_in_the_glossary():
    assert not USES.duplicated(["term", "language", "word"]).any()
    assert set(USES["term"]) <= set(TABLE["term"])


def test_the_terms_of_lesson_01_are_defined_once():
    first = data.load("terms").set_index("term")["definition"]
    assert TABLE.set_index("term")["definition"].loc[first.index].to_dict() == first.to_dict()


@pytest.mark.parametrize("language", ["kazakh", "russian"])
def test_translations_are_in_their_own_letters(language):
    foreign = TABLE.loc[~TABLE[language].str.match(CYRILLIC), "term"].tolist()
    # The abstracts keep the first in English; the z of the second is a sign of statistics.
    assert foreign == ["Cool Japan", "z-score"]
    used = USES[USES["language"] == {"kazakh": "kk", "russian": "ru"}[language]]
    assert set(used.loc[~used["word"].str.match(CYRILLIC), "term"]) <= set(foreign)


def test_a_russian_word_has_no_kazakh_letter():
    russian = USES.loc[USES["language"] == "ru", "word"]
    assert not pd.concat([russian, TABLE["russian"]]).str.contains("[әғқңөұүһі]", case=False).any()


def test_no_two_terms_share_a_translation_in_one_language():
    for language in ("kazakh", "russian"):
        assert TABLE.loc[TABLE[language].duplicated(keep=False), ["term", language]].empty


def test_a_bar_in_a_cell_cannot_break_the_table():
    odd = TABLE.head(1).assign(definition="this | that")
    assert "this / that" in glossary.page(odd, USES[:0])


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
