"""Places for words: what was typed is read, counted, kept and shown."""

import json

import pytest
from IPython.core.interactiveshell import InteractiveShell

from softpower import keep
from softpower.feedback import record, writing


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("%%write 01.11\nSoft power is attraction.", "Soft power is attraction."),
        ("%%write 01.11\n\n\n", ""),
        ("%%write", ""),
        ("%%write 01.11 On the first line.\nAnd on.", "On the first line.\nAnd on."),
        ("%%write Жұмсақ күш — тартымдылық.", "Жұмсақ күш — тартымдылық."),
        ("%%writeSoft power\nis", "%%writeSoft power\nis"),
        ("%%Soft power is 01.11\nattraction", "%%Soft power is 01.11\nattraction"),
        ("%%write 01.11\n### BEGIN SOLUTION\nA model.\n### END SOLUTION", "A model."),
        ("%%write 2024 was the year", "2024 was the year"),
    ],
)
def test_the_words_are_what_was_typed_and_nothing_typed_is_left_out(source, words):
    assert writing.words(source) == words


def test_words_are_counted_as_a_reader_counts():
    assert writing.count("Soft power — 35,9 – is, in “2025”, low.") == 7
    assert writing.count("") == writing.count("… – *") == 0


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    made = InteractiveShell()
    writing.register(made, record.written, record.last_words)
    monkeypatch.setattr("IPython.get_ipython", lambda: made)
    yield made
    InteractiveShell.clear_instance()


def test_an_empty_cell_shows_what_was_kept_of_it_before(shell, capsys):
    shell.run_cell("%%write 01.11\nMy words of yesterday.")
    shell.run_cell("%%write 01.12\nAnother place.")
    capsys.readouterr()
    shell.run_cell("%%write 01.11\n\n")
    assert "former='My words of yesterday.'" in capsys.readouterr().out
    shell.run_cell("%%write 01.13\n\n")
    assert "former=''" in capsys.readouterr().out
    shown = writing.Written("", former="My words.")._repr_mimebundle_()["text/markdown"]
    assert shown.startswith("My words.") and "The cell is empty" in shown
    assert writing.Written("").line.startswith("Nothing is written here yet.")


@pytest.mark.parametrize(
    "source",
    [
        "%%write 01.11\nMy words, don't you see? { \" ''' \\",
        "%%write 01.11 My words, don't you see? { \" ''' \\",
        "%%My words, don't you see? { \" ''' \\ 01.11",
        "%%wriMy words, don't you see? { \" ''' \\te 01.11\n\n",
    ],
)
def test_running_the_cell_keeps_the_words_wherever_they_were_typed(shell, source):
    assert shell.run_cell(source).success
    versions = json.loads(keep.my_work("record.json").read_text("utf-8"))["words"]["01.11"]
    assert "y words, don't you see? { \" ''' \\" in versions[-1]["text"]


def test_an_emptied_cell_and_a_new_version_take_nothing_away(shell):
    for text in ("One.", "Two.", "Two.", ""):
        shell.run_cell(f"%%write 01.11\n{text}\n")
    kept = record.read()["words"]["01.11"]
    assert [version["text"] for version in kept] == ["One.", "Two."]


def test_a_disk_that_is_full_is_told_and_stops_nothing(shell, monkeypatch, capsys):
    def full(path, text):
        raise keep.CourseError("full")

    monkeypatch.setattr(keep, "write", full)
    assert shell.run_cell("%%write 01.11\nMy words.\n").success
    assert "could not be made" in str(
        writing.Written("My words.", record.written("01.11", "x")).line
    )


def test_a_damaged_record_is_set_aside(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))
    (tmp_path / "record.json").write_text("{ not json")
    assert record.read() == {"checks": {}, "words": {}, "last": ""}
    assert [path.read_text() for path in tmp_path.glob("*damaged*")] == ["{ not json"]
    assert record.checked("01.1", "right", 1.0) and record.read()["checks"]["01.1"]["best"] == 1


def test_words_are_shown_with_their_number():
    shown = writing.Written("One two.\n\nThree.")._repr_mimebundle_()["text/markdown"]
    assert shown.startswith("One two.\n\nThree.\n\n*3 words, kept")
