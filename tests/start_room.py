"""Where the tests of start.py work: a small course of its own, with one exercise."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.fixture(name="start")
def small_course(tmp_path, monkeypatch):
    """start.py in a small course of its own, with one exercise, a fake installer and no Jupyter."""
    shutil.copy(ROOT / "start.py", tmp_path)
    (tmp_path / "requirements.txt").write_text("a==1\n")
    (tmp_path / "requirements-test.txt").write_text("a==1\nb==2\n")
    exercise = tmp_path / "exercises" / "01_first"
    exercise.mkdir(parents=True)
    (exercise / "01_first.ipynb").write_text("task")
    spec = importlib.util.spec_from_file_location("start", tmp_path / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ran, module.called, module.folders = [], [], []

    def run(label, command):
        module.ran.append(command)
        if "venv" in command:
            os.makedirs(module.BIN)
            Path(module.PYTHON).write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
            Path(module.PYTHON).chmod(0o755)

    def call(command, folder=module.HERE):
        module.called.append(command)
        module.folders.append(folder)
        return 0

    monkeypatch.setattr(module, "run", run)
    monkeypatch.setattr(module, "call", call)
    monkeypatch.setattr(module.signal, "signal", lambda *_: None)
    return module


def sentence(start, *arguments):
    with pytest.raises(SystemExit) as stopped:
        start.main(list(arguments))
    text = str(stopped.value)
    assert "Traceback" not in text
    return text
