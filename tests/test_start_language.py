"""start.py in another language: what it says, and the edition that it makes and opens."""

import ast
import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from start_room import sentence, small_course  # noqa: F401


def test_a_language_is_spoken_and_remembered(start, tmp_path, capsys, monkeypatch):
    monkeypatch.delenv(start.SETTING, raising=False)  # the test command sets it
    table = tmp_path / "softpower" / "locale" / "start" / "ru.json"
    table.parent.mkdir(parents=True)
    line = "Setting up the course. This happens once and takes one to five minutes."
    table.write_text(f'{{"{line}": "Готовим курс."}}', encoding="utf-8")
    assert "no such language" in sentence(start, "--language", "de")
    assert "no such language" in sentence(start, "--language")
    assert start.environment()[start.SETTING] == "en"
    start.main(["--language", "ru"])
    assert start.environment()[start.SETTING] == "ru"
    assert "Готовим курс." in capsys.readouterr().out
    start.CHOSEN["language"] = "en"
    start.main([])
    assert start.environment()[start.SETTING] == "ru"


def sentences():
    """What start.py says: its texts that begin as a sentence does, but for docstrings."""
    nodes = list(ast.walk(ast.parse((ROOT / "start.py").read_text("utf-8"))))
    inside = [node for node in nodes if isinstance(node, (ast.Module, ast.FunctionDef))]
    docs = {ast.get_docstring(node, clean=False) for node in inside}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant)} - docs
    return {
        one
        for one in texts
        if isinstance(one, str) and re.match(r"[A-Z][a-z]*[A-Z]?[a-z]*\.? ", one)
    }


@pytest.mark.parametrize("table", sorted(ROOT.glob("softpower/locale/start/*.json")))
def test_each_sentence_is_said_in_each_language(table):
    said = json.loads(table.read_text("utf-8"))
    assert set(said) == sentences()
    for english, other in said.items():
        kept = r"\{\w+\}|(?<!\S)--?\w+"  # places and options
        assert re.findall(kept, english) == re.findall(kept, other)
        assert re.search("[а-я]", other) and "!" not in other


@pytest.fixture
def in_russian(start, tmp_path, monkeypatch):
    """The small course with Russian catalogues, and a fake command that makes the edition."""
    monkeypatch.delenv(start.SETTING, raising=False)
    for name in ("softpower/locale/start/ru.json", "translations/ru/lesson00.po"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("{}")
    (tmp_path / "softpower" / "__init__.py").write_text("")
    finished = start.run

    def run(label, command):
        finished(label, command)
        if "translate" in command:
            place = tmp_path / "editions" / command[-1] / "exercises" / "01_first"
            place.mkdir(parents=True, exist_ok=True)
            (place / "01_first.ipynb").write_text("задание")

    monkeypatch.setattr(start, "run", run)
    return tmp_path / "editions" / "ru"


def made(start):
    return [command[-2:] for command in start.ran if "translate" in command]


def test_a_course_in_another_language_opens_in_its_own_folder(start, in_russian, tmp_path):
    start.main(["--language", "ru"])
    assert made(start) == [["build", "ru"]]
    assert f"--ServerApp.root_dir={in_russian}" in start.called[-1]
    assert (in_russian / "my_work" / "01_first" / "01_first.ipynb").read_text() == "задание"
    assert not (tmp_path / "my_work").exists()
    settings = Path(start.VENV, "etc", "jupyter", "labconfig", "default_setting_overrides.json")
    assert "ru_RU" in settings.read_text()
    start.CHOSEN["language"] = "en"
    start.main(["--language", "en"])
    assert f"--ServerApp.root_dir={start.HERE}" in start.called[-1]
    assert "ru_RU" not in settings.read_text()


def test_an_edition_is_made_once_and_again_when_a_catalogue_changed(start, in_russian, tmp_path):
    for _ in range(2):
        start.main(["--language", "ru"])
    assert len(made(start)) == 1
    (tmp_path / "translations" / "ru" / "lesson00.po").write_text("other words")
    start.main(["--language", "ru"])
    assert len(made(start)) == 2


def test_a_copy_for_students_has_its_edition_and_makes_none(start, in_russian, tmp_path):
    shutil.rmtree(tmp_path / "translations")
    (in_russian / "exercises").mkdir(parents=True)
    start.main(["--language", "ru"])
    assert made(start) == []
    assert f"--ServerApp.root_dir={in_russian}" in start.called[-1]


def test_a_lecturer_can_mark_a_class_of_several_languages(start, in_russian, tmp_path):
    (tmp_path / "translations" / "templates").mkdir()
    start.main(["grade", "class", "--out", "results"])
    assert made(start) == [["build", "ru"]]


def test_a_language_that_cannot_be_remembered_is_no_traceback(start, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", start.REMEMBERED)

    monkeypatch.setattr(start, "open", refuse, raising=False)
    assert f"cannot be written: {start.HERE}" in sentence(start, "--language", "en")
