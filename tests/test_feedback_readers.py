"""Two readers' lists: answers to questions drawn at random, written from the tasks alone."""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import feedback_figures as figures
import pandas as pd
import pytest

from softpower import data, evaluation, feedback, index
from softpower.feedback import plain

READERS = Path(__file__).parent / "readers"


@cache
def known():
    """Return the names that a cell of an exercise may use."""
    table, indicators = index.cross_section()
    table, _ = index.complete(table, "drop_countries")
    scaled = index.normalise(table, "minmax", indicators["direction"])
    return {"pd": pd, "data": data, "evaluation": evaluation, "index": index, "scaled": scaled}


def value(answer):
    """Return what an answer holds once its cell has run."""
    if isinstance(answer, str) and answer.startswith("= "):
        return eval(answer[2:], dict(known()))
    if isinstance(answer, str) and answer.startswith("def "):
        names = dict(known())
        exec(answer, names)
        return next(names[name] for name in reversed(names) if name not in known())
    return answer


def lists(which):
    """Yield each question of a list, with its answers by kind."""
    for path in sorted(READERS.glob(f"{which}_*.toml")):
        for question, answers in tomllib.loads(path.read_text("utf-8")).items():
            yield feedback.bank()[question], answers


def judged(question, answer):
    return question.judge(plain(value(answer), question.calls))


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_reader_s_answers_meet_the_figures_too(which, capsys):
    counts, passed, refused, general, questions = Counter(), [], [], [], 0
    for question, answers in lists(which):
        questions += 1
        counts["right"] += len(answers["right"])
        for kind, fair in (("right", False), ("asks", True)):
            for answer in answers.get(kind, ()):
                message = judged(question, answer)
                if message.status != "right" and not (fair and message.unread):
                    refused.append((question.id, answer, message.text))
        for answer, _ in answers["wrong"]:
            try:
                held = value(answer)
            except Exception:  # a cell that stops leaves nothing to check
                continue
            one = figures.tried(question, held)
            counts[one.kind] += 1
            if one.kind == "passed":
                passed.append((question.id, answer))
            elif one.kind != "own":
                general.append((question.id, answer))
        for answer in answers["unreadable"]:
            if judged(question, answer).status == "right":
                passed.append((question.id, answer))
    wrong = sum(counts[kind] for kind in ("own", "pointed", "general", "passed", "not yet"))
    with capsys.disabled():
        print(
            f"\n{which} reader, {questions} questions: {wrong} mistakes, passed {len(passed)}; "
            f"{counts['right']} right answers, refused {len(refused)}; named {counts['own']}, "
            f"pointed at {counts['pointed']}, general {counts['general']}"
        )
    assert not passed
    assert not refused
    assert counts["own"] >= 0.9 * wrong, general
    assert questions >= 40 and wrong > 400 and counts["right"] > 300
