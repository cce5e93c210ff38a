"""The house stands: each module of the package imports only from the floors below its own."""

import ast
import re
from pathlib import Path

import softpower

PACKAGE = Path(softpower.__file__).parent


def floors():
    """The floor of each module, as the package's docstring says."""
    lines = re.findall(r"^- (\d): (.+)$", softpower.__doc__, re.M)
    return {name: int(floor) for floor, names in lines for name in names.split(", ")}


def imported(source):
    """The modules of the package that a source imports, by their first name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "softpower":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("softpower."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("softpower."))


def rooms():
    """Each file of the package, with the name of the module that it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def upward(source, room, known):
    """What a source of one room imports that does not lie below it."""
    return [name for name in imported(source) if name != room and known[name] >= known[room]]


def test_every_module_has_one_floor():
    names = {room for _, room in rooms()} - {"__init__", "__main__"}
    assert names == set(floors())


def test_nothing_is_imported_upwards():
    known = floors()
    found = {
        str(path.relative_to(PACKAGE)): upward(path.read_text("utf-8"), room, known)
        for path, room in rooms()
        if room in known
    }
    assert {path: names for path, names in found.items() if names} == {}


def test_an_import_upwards_or_on_the_same_floor_is_found():
    known = floors()
    assert upward("def f():\n    from softpower import labs", "index", known) == ["labs"]
    assert upward("import softpower.evaluation", "index", known) == ["evaluation"]
    assert upward("from softpower.data import load", "index", known) == []
