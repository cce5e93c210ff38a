"""Machines with 32 bits and few packages, as a browser is one: the methods run and say the same."""

import importlib
import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from softpower import coding, data, evaluation, index, policy, scenario

METHODS = (
    *(
        "index.build",
        "index.choices",
        "index.rank_bounds",
        "index.rank_intervals",
        "index.settings",
    ),
    *("index.tables", "coding", "evaluation", "scenario"),
)


class Narrow:
    """numpy as a browser has it: its own integers have 32 bits, and some calls take no others.

    An integer of 64 bits that nobody handed in and nobody asked for is what this machine makes
    of "the machine's own"; it becomes one of 32 bits, as there.
    """

    intp = int_ = np.int32

    def __getattr__(self, name):
        found = getattr(np, name)
        plain = callable(found) and not isinstance(found, type | np.ufunc)
        return self.as_there(name, found) if plain else found

    @staticmethod
    def as_there(name, function):
        def called(*given, **named):
            arrays = [one for one in (*given, *named.values()) if isinstance(one, np.ndarray)]
            wide = [one for one in arrays if one.dtype == np.int64]
            if name in ("bincount", "repeat") and wide:
                raise TypeError("Cannot cast array data from dtype('int64') to dtype('int32')")
            made = function(*given, **named)
            own = getattr(made, "dtype", None) == np.int64 and not wide
            if not own or any(one is np.int64 for one in (*given, *named.values())):
                return made
            small = made.astype(np.int32)
            assert (small == made).all(), f"np.{name} made a number that has no room in 32 bits"
            return small

        return called


def own_table():
    """Ten countries by three indicators, one of them twice, so that scores tie."""
    values = np.random.default_rng(5).random((10, 3)).round(1)
    values[7] = values[2]
    names = [f"c{number}" for number in range(10)]
    return index.normalise(pd.DataFrame(values, names, ["one", "two", "three"]))


def ranks():
    table = own_table()
    weights = index.draw_weights(table, 400)
    yield index.rank(index.aggregate(table, index.equal_weights(table)))
    for part in (table, table.drop("c7")):  # with ties and without: two ways to count
        yield index.rank_distribution(part, weights).shares
        yield index.share_above(part, weights, "c2")
        yield pd.Series(index.rank_bounds(part, "c2"))
    yield index.choice_effects(table, "c2")
    yield index.weight_effects(table, index.equal_weights(table), "c2")
    yield index.to_reach(table, "c9", 1, index.equal_weights(table))


def lab():
    table, indicators = index.cross_section()
    settings = index.default_settings(table.columns, "Kazakhstan")
    explored = index.explore(table, settings, indicators["direction"], draws=300)
    yield explored.ranks
    yield pd.Series(index.explored_bounds(explored, "Kazakhstan", settings))


def agreement():
    first, second = list("aabbccabca") * 5, list("aabbcacbca") * 5
    speakers = [number % 5 for number in range(50)]
    yield coding.weak_codes(first, second)
    for measure in coding.MEASURES:
        yield pd.Series(coding.bootstrap_interval(first, second, measure, draws=200))
        drawn = coding.bootstrap_interval(first, second, measure, speakers=speakers, draws=200)
        yield pd.Series(drawn)


def before_and_after():
    panel = evaluation.simulated_panel(evaluation.WORLDS["one"])
    yield panel
    yield evaluation.placebo_in_space(panel, evaluation.TREATED, evaluation.START)
    yield evaluation.by_people_asked(0.31, 0.25, [100, 1000])
    yield evaluation.verdicts(data.load("transfer"))


def plans():
    changes = data.load("gspi_rank_changes")
    yield pd.Series([scenario.observed_wobble(changes)])
    scores = scenario.field(data.load("gspi_bands"), scenario.quoted_places())
    yield pd.Series([scenario.calibrate(scores, 3.0, draws=20)])
    result = scenario.run(policy.example(), fade=0.1, shared=0.5)
    yield result.fan
    yield result.believe


@pytest.mark.parametrize("method", [ranks, lab, agreement, before_and_after, plans])
def test_a_method_says_the_same_where_integers_have_32_bits(monkeypatch, method):
    expected = list(method())
    for name in METHODS:
        module = importlib.import_module(f"softpower.{name}")
        assert module.np is np
        monkeypatch.setattr(module, "np", Narrow())
    for here, there in zip(expected, method(), strict=True):
        same = pd.testing.assert_series_equal if here.ndim == 1 else pd.testing.assert_frame_equal
        same(here, there, check_dtype=False, check_index_type=False)


def test_the_narrow_machine_refuses_what_a_browser_refuses():
    narrow = Narrow()
    assert narrow.arange(3).dtype == narrow.argsort([2.0, 1.0]).dtype == np.int32
    assert narrow.zeros(2, dtype=np.int64).dtype == np.int64
    for call in (narrow.bincount, lambda wide: narrow.repeat([1, 2], wide)):
        with pytest.raises(TypeError, match="int32"):
            call(np.array([1, 2], np.int64))
    with pytest.raises(AssertionError, match="no room"):
        narrow.array([2**40])


LOOK = """
import json, sys
steps = {}
def step(name):
    steps[name] = sorted(set(sys.modules))
from softpower import data, feedback, figures, labs
step("imports")
labs.IndexLab()._repr_mimebundle_()
step("lab")
bars = figures.bars(data.load("gspi_scores").query("year == 2026"), "country", "score", finding="x")
bars._repr_mimebundle_()
step("chart")
print(json.dumps(steps))
"""
HEAVY = {"IPython", "anywidget", "ipywidgets", "jsonschema", "matplotlib", "nbformat", "scipy"}
# What a chart of the course never uses; the half that opens windows is the slowest to load.
UNUSED = {"matplotlib.pyplot", "matplotlib.animation", "matplotlib.style", "tkinter", "scipy"}


def test_nothing_heavy_is_loaded_before_it_is_used():
    # A learner's own notebook: what only a printed page shows is not computed.
    own = {name: value for name, value in os.environ.items() if name != "SOFTPOWER_PRINTED"}
    command = [sys.executable, "-c", LOOK]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=own)
    steps = {name: set(found) for name, found in json.loads(done.stdout).items()}
    rooms = {name: {module.split(".")[0] for module in found} for name, found in steps.items()}
    assert rooms["imports"] & HEAVY == set()
    others = {name for name in rooms["imports"] if not name.startswith("_")}
    known = {"numpy", "pandas", "dateutil", "pytz", "six", "softpower", "cython_runtime"}
    assert others - set(sys.stdlib_module_names) <= known
    assert rooms["lab"] & {"scipy", "jsonschema", "nbformat", "matplotlib"} == set()
    assert steps["chart"] & UNUSED == set() and "matplotlib.figure" in steps["chart"]


def test_a_command_that_reads_notebooks_makes_no_grammar_that_it_does_not_ask_for():
    code = "import sys, softpower.commands.release; print({'lark', 'rfc3987_syntax'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
