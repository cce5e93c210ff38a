"""Code, notebooks and prose are clean, and nothing in the repository ties it to one machine."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import codespell_lib
import nbformat
import pytest

ROOT = Path(__file__).parent.parent
OURS_ALONE = {".git", ".venv", "my_work", "_build", "jupyter_execute", "node_modules"}


def tracked():
    """The files of the repository; in a download without git, all but what start.py makes."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        files = [p for p in ROOT.rglob("*") if not OURS_ALONE & set(p.relative_to(ROOT).parts)]
        files = [p for p in files if "cache" not in str(p) and not p.name.endswith(".pyc")]
    return [path for path in files if path.is_file()]


@pytest.mark.parametrize(
    "command",
    [["check", "--no-cache"], ["format", "--check", "--no-cache"]],
    ids=["lint", "format"],
)
def test_code_and_notebooks_are_in_the_house_style(command):
    ruff = [sys.executable, "-m", "ruff", *command, "--output-format", "concise", "."]
    done = subprocess.run(ruff, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"Run ruff format . and ruff check --fix .\n{done.stdout}"


def docstrings(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""


def prose(path):
    """What a reader of this file reads as prose."""
    if path.suffix == ".md":
        return path.read_text("utf-8")
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    if path.suffix == ".py":
        source = path.read_text("utf-8")
        return "\n".join(docstrings(source))
    if path.parent.name == "bank":  # every text of a question is read by a learner
        return path.read_text("utf-8")
    return ""


def test_prose_is_spelt_right_and_the_british_way(tmp_path):
    # codespell knows British to American; turned round, it tells what is not British.
    folder = Path(codespell_lib.__file__).parent / "data"
    british = dict(
        line.split("->")
        for line in (folder / "dictionary_en-GB_to_en-US.txt").read_text("utf-8").splitlines()
    )
    turned = "\n".join(f"{them.split(',')[0]}->{us}" for us, them in british.items())
    (tmp_path / "british.txt").write_text(turned, "utf-8")
    texts = tmp_path / "texts"
    for path in tracked():
        # Code and addresses have their own spelling.
        text = re.sub(r"(?s)```.*?```|`[^`\n]*`|https?://\S+|\(#?[\w/.-]+\)", " ", prose(path))
        if text.strip():
            copy = texts / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, "utf-8")
    codespell = [sys.executable, "-m", "codespell_lib", "--toml", ROOT / "pyproject.toml"]
    dictionaries = ["-D", "-", "-D", tmp_path / "british.txt"]
    done = subprocess.run(
        [*codespell, *dictionaries, "."], cwd=texts, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


# Written in pieces, or this file would find itself.
ELSEWHERE = {
    "a path of one machine": r"(?<![\w.~])/(root|work|home/\w+|Users/\w+)/\w|C:\\\\?Users",
    "the host of a package registry": r"pypi\.o"
    r"rg|python"
    r"hosted\.o"
    r"rg|registry\.npm"
    r"js|"
    r"repo\.anaconda\.c"
    r"om|conda\.anaconda\.o"
    r"rg",
}


@pytest.mark.parametrize("pattern", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_no_file_names(pattern):
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if match := re.search(pattern, text):
            found.append(f"{path.relative_to(ROOT)}: {match[0]}")
    assert not found


def test_no_colour_is_spelt_outside_the_palette():
    # "&#36;" is a letter in HTML, and "#fff" in a test is what a page is held against.
    spelt = re.compile(r"(?<![&\w])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
    found = {}
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        kind = path.suffix in {".py", ".js", ".mjs", ".css", ".html", ".toml"}
        if kind and not name.startswith("tests/"):
            found[name] = spelt.findall(path.read_text("utf-8"))
    assert found.pop("softpower/palette.py")
    assert not {name: colours for name, colours in found.items() if colours}


def test_a_slow_connection_can_download_the_course():
    assert sum(path.stat().st_size for path in tracked()) < 20 * 2**20


def test_one_version_stands_everywhere():
    places = {
        "pyproject.toml": r'^version = "(.+)"$',
        "CITATION.cff": r"^version: (.+)$",
        "data/datapackage.json": r'^ "version": "(.+)",$',
        "softpower/__init__.py": r'^__version__ = "(.+)"$',
        "CHANGELOG.md": r"^## ([\d.]+),",  # the newest stands first
    }
    found = {
        name: re.search(pattern, (ROOT / name).read_text("utf-8"), re.M)[1]
        for name, pattern in places.items()
    }
    assert len(set(found.values())) == 1, found
