"""The house stands: each module imports from the floors below its own, and none is too large."""

import ast
import re
from pathlib import Path

import softpower

PACKAGE = Path(softpower.__file__).parent
ROOT = PACKAGE.parent
LONGEST_FILE, LONGEST_FUNCTION = 450, 60  # lines; a script's function, 80: test_labs_scripts.py
# What was longer when the limit came. The list only gets shorter: cut one, and take it off.
LONG_FILES = {
    "tests/feedback_figures.py",
    "tests/grading_class.py",
    "tests/test_feedback_reading.py",
    "tests/test_grading_batch.py",
    "tests/test_grading_cases.py",
    "tests/test_grading_sandbox.py",
    "tests/test_grading_term.py",
}
LONG_FUNCTIONS = {
    ("tests/grading_class.py", "submissions"),
}


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


def code():
    """Each file of code that is written by hand, by its path in the course."""
    for room in ("softpower", "browser", "tests", "benchmarks", "docs", "start.py", "conftest.py"):
        for path in sorted([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*")):
            name = path.relative_to(ROOT)
            # browser/.parts holds what others wrote, once the site has been made here.
            ours = not {"node_modules", "_build", "site", ".parts"} & set(name.parts)
            if ours and path.suffix in (".py", ".js"):
                yield name.as_posix(), path.read_text("utf-8")


def functions(source):
    """Each function of a Python source, with how many lines it has."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def test_no_file_of_code_is_long():
    lengths = {name: len(text.splitlines()) for name, text in code()}
    assert len(lengths) > 200
    assert {name for name, lines in lengths.items() if lines > LONGEST_FILE} == LONG_FILES


def test_no_function_is_long():
    found = {
        (name, function)
        for name, text in code()
        if name.endswith(".py")
        for function, lines in functions(text)
        if lines > LONGEST_FUNCTION
    }
    assert found == LONG_FUNCTIONS


def test_a_long_function_is_found_inside_another():
    lines = "\n".join(f"        {n}" for n in range(60))
    source = f"class A:\n  def f():\n    def g():\n{lines}\n"
    assert dict(functions(source)) == {"f": 62, "g": 61}
