"""The one door for texts: another language reaches every place, English is what is written."""

import babel.messages.mofile as mofile
import pytest
from babel.messages.catalog import Catalog

from softpower import texts


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A small catalogue of Russian, as an edition has it."""
    made = Catalog(locale="ru")
    made.add("{country} is {rank} of {count}.", "{country}: {rank} из {count}.")
    made.add(
        ("{count} answer", "{count} answers"),
        ("{count} ответ", "{count} ответа", "{count} ответов"),
    )
    made.add("South Korea", "Республика Корея", context="table")
    made.add("South Korea", "Корея")
    made.add("{first} and {last}", "{first} и {last}")
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "softpower.mo").open("wb") as file:
        mofile.write_mo(file, made)
    monkeypatch.setenv(texts.FOLDER, str(tmp_path))


def test_english_is_what_is_written():
    assert texts.language() == "en"
    assert texts.text("{country} is {rank}.", country="Japan", rank=4) == "Japan is 4."
    assert texts.text("A set {a, b} without places") == "A set {a, b} without places"
    assert texts.texts("{count} answer", "{count} answers", 1) == "1 answer"
    assert texts.texts("{count} answer", "{count} answers", 1200) == "1,200 answers"
    assert texts.cell("South Korea") == "South Korea"
    assert texts.text("") == ""


@pytest.mark.parametrize(
    ("count", "written"), [(1, "1 ответ"), (2, "2 ответа"), (5, "5 ответов"), (21, "21 ответ")]
)
def test_plurals_are_the_languages_own(elsewhere, count, written):
    with texts.speaking("ru"):
        assert texts.texts("{count} answer", "{count} answers", count) == written


def test_a_message_and_a_table_cell_are_translated_apart(elsewhere):
    with texts.speaking("ru"):
        assert texts.text("South Korea") == "Корея"
        assert texts.cell("South Korea") == "Республика Корея"
        said = texts.text("{country} is {rank} of {count}.", country="Япония", rank=4, count=193)
        assert said == "Япония: 4 из 193."
    assert texts.cell("South Korea") == "South Korea"


def test_what_a_catalogue_lacks_is_shown_in_english(elsewhere):
    with texts.speaking("ru"):
        assert texts.text("Not translated yet.") == "Not translated yet."
        assert texts.cell(3.5) == 3.5
    with texts.speaking("de"):  # no catalogue at all
        assert texts.text("South Korea") == "South Korea"


def test_the_environment_names_the_language(monkeypatch):
    monkeypatch.setenv(texts.SETTING, "kk")
    assert texts.language() == "kk"
    with texts.speaking("ru"):
        assert texts.language() == "ru"
    assert texts.language() == "kk"


def test_numbers_are_written_as_the_language_writes_them():
    assert texts.number(12400) == "12,400"
    assert texts.number(35.9) == "35.9"
    assert texts.number(-0.001, 1) == "0.0"
    assert texts.percent(12.34, 1) == "12.3%"
    with texts.speaking("ru"):
        assert texts.number(12400.5, 1) == "12\u00a0400,5"
        assert texts.percent(12) == "12\u202f%"


def test_places_and_lists(elsewhere):
    assert [texts.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]
    )
    assert texts.listing([]) == ""
    assert texts.listing(["a"]) == "a"
    assert texts.listing(["a", "b", "c"]) == "a, b and c"
    assert texts.listing(["a", "b"], "or") == "a or b"
    with texts.speaking("ru"):
        assert texts.listing(["а", "б"]) == "а и б"
        assert texts.ordinal(3) == "3"
