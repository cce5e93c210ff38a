"""What every lab promises, in a real JupyterLab: its arrow keys are the learner's, its twin is a table."""

import pytest

from softpower import labs

# Every native control that arrow keys move; a lab without one (the sorter) has only buttons.
CONTROLS = "input[type=range], input[type=number], select, input[type=radio]"


@pytest.fixture(autouse=True)
def a_folder_for_the_learner(tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTPOWER_WORK", str(tmp_path))


@pytest.mark.parametrize("name", labs.__all__)
def test_a_lab_has_a_twin_with_words_and_rows(name):
    caption, table = getattr(labs, name)().twin()
    assert len(caption) > 20 and len(table) > 0


def test_the_arrow_keys_stay_in_the_lab(run_notebook, tmp_path):
    home = (
        f"import os; os.environ['SOFTPOWER_WORK'] = {str(tmp_path)!r}\nfrom softpower import labs"
    )
    page = run_notebook(home, *(f"labs.{name}()" for name in labs.__all__))
    page.wait_for_function(
        "(n) => document.querySelectorAll('.softpower-lab').length >= n",
        arg=len(labs.__all__),
        timeout=180_000,
    )
    lost = page.evaluate(
        """(controls) => [...document.querySelectorAll(".softpower-lab")].filter((lab) => {
            const control = [...lab.querySelectorAll(controls)].find((c) => c.offsetParent && !c.disabled);
            if (!control) return false;
            control.focus();
            const before = document.activeElement;
            control.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", keyCode: 40, bubbles: true, cancelable: true }));
            return document.activeElement !== before;
        }).map((lab) => lab.className)""",
        CONTROLS,
    )
    assert lost == []
