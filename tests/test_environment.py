"""Whoever installs the course in another way gets the same packages: conda, Binder, pip."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from rattler import MatchSpec

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
CONDA_SPECS = [line for line in CONDA if isinstance(line, str)]
BY_PIP = next(line["pip"] for line in CONDA if isinstance(line, dict))
PYTHON = next(line for line in CONDA_SPECS if line.startswith("python="))
# conda-forge's name where it is not PyPI's: this one leaves out a desktop toolkit.
CONDA_NAMES = {"matplotlib": "matplotlib-base"}


def pins(name):
    """The pinned requirements of a file: name -> list of requirements, one a marker."""
    found = {}
    for line in (ROOT / name).read_text("utf-8").splitlines():
        if line and line[0] not in " #":
            requirement = Requirement(line.rstrip(" \\"))
            found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def wanted(*groups):
    lines = PROJECT["project"]["dependencies"] + [
        line for group in groups for line in PROJECT["dependency-groups"][group]
    ]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    "file, groups",
    [
        ("requirements.txt", ["build"]),
        ("requirements-site.txt", ["build", "site"]),
        ("requirements-test.txt", ["build", "site", "test"]),
    ],
)
def test_each_dependency_is_pinned_at_a_version_it_allows(file, groups):
    pinned = pins(file)
    for requirement in wanted(*groups):
        for pin in pinned[canonicalize_name(requirement.name)]:
            version = str(pin.specifier).removeprefix("==")
            assert requirement.specifier.contains(version), f"{file} is old: {requirement}"


def test_every_pin_is_exact_and_has_a_hash():
    for file in ("requirements.txt", "requirements-site.txt", "requirements-test.txt"):
        text = (ROOT / file).read_text("utf-8")
        for block in re.split(r"\n(?=[A-Za-z0-9])", text)[1:]:
            assert re.match(r"[\w.-]+==[\w.]+( ; [^\\]+)? \\\n +--hash=sha256:", block), block[:80]


def test_the_tests_run_on_the_packages_that_learners_get():
    tested = pins("requirements-test.txt")
    for name, requirements in pins("requirements.txt").items():
        theirs = {str(r.specifier) for r in requirements}
        assert theirs == {str(r.specifier) for r in tested[name]}, name


def test_conda_gets_the_same_versions():
    conda = dict(line.split("=", 1) for line in CONDA_SPECS if "=" in line)
    conda |= dict(line.split("==", 1) for line in BY_PIP if "==" in line)
    pinned = pins("requirements.txt")
    for requirement in wanted():
        name = canonicalize_name(requirement.name)
        assert f"=={conda[CONDA_NAMES.get(name, name)]}" == str(pinned[name][0].specifier)
    extra = set(conda) - {CONDA_NAMES.get(r.name, r.name) for r in wanted()} - {"python"}
    assert not extra, "in environment.yml, but not in pyproject.toml"


def test_conda_gets_a_python_that_the_course_allows():
    allowed = SpecifierSet(PROJECT["project"]["requires-python"])
    assert allowed.contains(PYTHON.removeprefix("python="))


@pytest.mark.parametrize("line", CONDA_SPECS)
def test_conda_can_read_the_requirement(line):
    assert MatchSpec(line).name is not None


def test_conda_installs_the_course_itself():
    assert "--editable ." in BY_PIP


def test_binder_can_read_the_repository():
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"Building conda environment for {PYTHON}" in done.stdout + done.stderr
    assert "environment.yml" in done.stdout + done.stderr
