"""The labs' scripts in Node: lint, types, and each lab worked with a model without Python.

What Node needs is pinned in ``tests/node/``; whoever uses the course needs none of it.
"""

import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from softpower import data, labs, policy, texts
from softpower.labs import lab as kit
from softpower.translation import pseudo

NODE = Path(__file__).parent / "node"
LABS = Path(kit.__file__).parent
# Each script once, and how the lab that it is tested with is made.
MADE = {
    "sorter": lambda: labs.ContinuumSorter(),
    "cards": lambda: labs.CardSorter("japan"),
    "claims": lambda: labs.ClaimBrowser(),
    "denominator": lambda: labs.DenominatorLab(rank=79),
    "index": lambda: labs.IndexLab(),
    "commit": lambda: labs.CommitThenReveal("one"),
    "timeline": lambda: labs.StrandTimeline(),
    "breaks": lambda: labs.MethodBreaks(),
    "pencil": lambda: labs.PencilLift(),
    "matrix": lambda: labs.MatrixExplorer(),
    "transfer": lambda: labs.TransferChecker(),
    "benchmark": lambda: labs.AssetBenchmark(),
    "desk": lambda: labs.CodingDesk(),
    "meter": lambda: labs.AgreementMeter(),
    "studio": lambda: labs.PolicyStudio(),
}


def missing(what):
    """Fail where everything must run, skip on a machine of one's own."""
    said = f"{what} Install Node 20 or newer with npm, then start again."
    pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)


@pytest.fixture(scope="module")
def node():
    """A function that runs a tool of ``tests/node`` in a folder; what is pinned is installed."""
    if not (shutil.which("node") and shutil.which("npm")):
        missing("The tests of the labs' scripts need Node, and it is not here.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    if int(re.match(r"v(\d+)", version)[1]) < 20:
        missing(f"The tests of the labs' scripts need a newer Node than {version.strip()}.")
    lock, done = NODE / "package-lock.json", NODE / "node_modules" / "installed.json"
    if not done.exists() or done.read_text("utf-8") != lock.read_text("utf-8"):
        install = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        for _ in range(3):  # the network may stumble once
            made = subprocess.run(install, cwd=NODE, capture_output=True, text=True)
            if made.returncode == 0:
                break
        else:
            missing(f"npm could not install what tests/node pins: {made.stderr[-800:]}")
        shutil.copy(lock, done)

    def run(tool, *arguments, folder=NODE, **environment):
        command = ["node", NODE / "node_modules" / tool, *arguments]
        return subprocess.run(
            command, cwd=folder, env=os.environ | environment, capture_output=True, text=True
        )

    return run


def lint(node, folder):
    return node(
        *("eslint/bin/eslint.js", "--max-warnings=0", "--config", NODE / "eslint.config.js", "."),
        folder=folder,
    )


def test_the_scripts_are_in_the_house_style(node):
    done = lint(node, LABS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("folder", ["browser", "softpower/grading/templates"])
def test_no_function_of_another_script_is_long(node, folder):
    done = node(
        *("eslint/bin/eslint.js", "--no-config-lookup", "--ignore-pattern", "**/offline.js"),
        *("--ignore-pattern", "**/.parts/**", "."),  # what others wrote, once the site was made
        *("--rule", '{"max-lines-per-function": ["error", 80]}'),
        folder=NODE.parent.parent / folder,
    )
    assert done.returncode == 0, done.stdout + done.stderr


FAULTS = {
    "glued": ("t(`Place ${view}.`);", "no-restricted-syntax"),
    "inside": ('view.put({ x: `${t("Go to")} ` });', "no-restricted-syntax"),
    "added": ('tn("One", "Many" + view, 2);', "no-restricted-syntax"),
    "raw": ("view.box.innerHTML = view;", "no-restricted-properties"),
    "unknown": ("unknownName();", "no-undef"),
    "long": ("\n" * 80, "max-lines-per-function"),
}


def test_a_fault_in_a_script_is_found(node, tmp_path):
    for name, (fault, _) in FAULTS.items():
        inside = f"  {fault}\n  view.end(() => {{}});\n"
        script = f'export default lab("x", (view) => {{\n{inside}}});\n'
        (tmp_path / f"{name}.js").write_text(script, "utf-8")
    found = lint(node, tmp_path).stdout.split("\n\n")
    for name, (_, rule) in FAULTS.items():
        assert any(f"{name}.js" in part and rule in part for part in found), name


def test_the_scripts_types_fit(node):
    done = node("typescript/bin/tsc", "--project", NODE)
    assert done.returncode == 0, done.stdout


def state(made):
    """What a lab holds when it opens, as the browser gets it."""
    kept = made.get_state(made.keys)
    return {name: kept[name] for name in made.trait_names(sync=True) if not name.startswith("_")}


@pytest.fixture(scope="module")
def written(tmp_path_factory, elsewhere):
    """What the tests in Node read: each script, and its lab's first state in two languages."""
    folder = tmp_path_factory.mktemp("labs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTPOWER_WORK", str(folder / "work"))
        english = {name: make() for name, make in MADE.items()}
        patch.setenv(texts.SETTING, pseudo.CODE)
        patch.setenv(texts.FOLDER, str(elsewhere))
        changed = {name: make() for name, make in MADE.items()}
        states = {
            code: {name: state(made) for name, made in by_name.items()}
            for code, by_name in (("en", english), (pseudo.CODE, changed))
        }
    scripts = {name: made._esm for name, made in english.items()}
    for name, code in scripts.items():
        (folder / f"{name}.mjs").write_text(code, "utf-8")
    names = re.findall(r"^(?:async )?(?:function|class|const) (\w+)", kit.script(), re.M)
    (folder / "kit.mjs").write_text(f"{kit.script()}export {{ {', '.join(names)} }};\n", "utf-8")
    file = folder / "labs.json"
    example = {"plan": policy.example(), "sources": " ".join(data.load("sources")["short"])}
    plain = {"folder": str(folder), "states": states, "example": example}
    file.write_text(json.dumps(plain, default=lambda value: None), "utf-8")
    return file


def test_each_lab_works_with_a_model_without_python(node, written):
    tests = sorted(str(path.name) for path in NODE.glob("*.test.js"))
    # What waits without end is a fault and no hang.
    command = ["node", "--test", "--test-timeout=600000", "--test-reporter=tap", *tests]
    done = subprocess.run(
        command,
        cwd=NODE,
        env=os.environ | {"SOFTPOWER_LABS": str(written)},
        capture_output=True,
        text=True,
    )
    count = re.search(r"^# pass (\d+)$", done.stdout, re.M)
    failed = re.findall(r"^ *not ok .*(?:\n(?! *ok ).*){0,20}", done.stdout, re.M)
    assert done.returncode == 0, "\n".join(failed) or done.stdout + done.stderr
    assert int(count[1]) > 100


def test_every_message_of_the_scripts_is_found_for_the_catalogues():
    from babel.messages.extract import extract_javascript

    keywords = {"t": None, "tn": (1, 2)}
    for name, make in MADE.items():
        code = make()._esm
        found = list(extract_javascript(io.BytesIO(code.encode()), keywords, [], {}))
        plain, counted = texts.in_script(code)
        assert {m if isinstance(m, str) else m[0] for _, f, m, _ in found if f == "t"} == set(plain)
        assert {tuple(m[:2]) for _, f, m, _ in found if f == "tn"} == set(counted)
        assert len(plain) > 1, name
