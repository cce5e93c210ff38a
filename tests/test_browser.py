"""The course in a browser: its parts, its pages, and the file of saved work."""

import json
import re
import subprocess
import sys
import zipfile
from html import unescape
from urllib.parse import unquote

import pytest
from conftest import LESSONS, ROOT, SOLUTIONS

from browser import build, in_place_of_jupyter, pages, parts, runtime
from softpower.errors import CourseError
from softpower.feedback import kindly, writing


def test_every_part_has_a_version_a_licence_and_a_sum():
    everything = parts.wanted()
    found = everything["pyodide"] + everything["package"]
    for part in found:
        assert all(part[key].strip() for key in ("name", "version", "licence", "file"))
        assert re.fullmatch(r"[0-9a-f]{64}", part["sha256"]), part["name"]
    assert len({part["file"] for part in found}) == len(found)
    assert set(runtime.CORE) <= {part["file"] for part in found}


def test_where_no_part_can_be_had_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "KEPT", tmp_path)
    monkeypatch.setattr(parts, "_from_index", lambda lines, folder: {})
    monkeypatch.setattr(parts.urllib.request, "urlopen", lambda *_, **__: 1 / 0)
    monkeypatch.setattr(parts.urllib.error, "URLError", ZeroDivisionError)
    with pytest.raises(CourseError) as said:
        parts.fetch()
    assert "Check the connection" in str(said.value)


def test_a_part_with_other_bytes_is_never_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "KEPT", tmp_path)
    part = parts.wanted()["pyodide"][0]
    assert not parts._keep(part, b"something else") and not list(tmp_path.iterdir())


def test_looking_for_pip_leaves_nbgrader_whole():
    """A question for pip by importlib makes setuptools, and so nbgrader, fail ever after."""
    code = "from browser import parts; parts._with_pip('unused'); import nbgrader.utils"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


@pytest.fixture(scope="module")
def texts():
    """Every page to work in, by its name."""
    return {d.name: pages.page(d, {}) for d in pages.documents(solutions=True)}


def test_each_notebook_is_a_page_with_each_of_its_cells(texts):
    assert len(texts) == len(LESSONS) + 2 * len(SOLUTIONS)
    for document in pages.documents(solutions=True):
        text = texts[document.name]
        assert not re.search(r"\{\{\w+\}\}", text)
        for cell in document.notebook.cells:
            place = "data-cell" if cell.cell_type == "code" else "id"
            name = cell.id if cell.cell_type == "code" else f"cell-{cell.id}"
            assert f'{place}="{name}"' in text, f"{document.name}, {cell.id}"
        # An exercise is handed in; a lesson and a worked answer are not.
        assert ('id="hand-in"' in text) == document.name.startswith("exercise_")
        held = re.search(r'id="document">(.*?)</script>', text, re.DOTALL)[1]
        assert json.loads(held)["notebook"]["cells"][0]["id"] == document.notebook.cells[0].id


def test_each_link_between_pages_to_work_in_finds_its_place(texts):
    for name, text in texts.items():
        if name.startswith("solution"):
            continue  # a worked answer is what somebody typed: no place to lead to
        body = text.partition("<main>")[2].partition("<script")[0]
        for file, place in re.findall(r'href="([\w.-]+\.html)?(#[^"]*)?"', body):
            if file == "index.html" or not (file or place):
                continue
            there = texts[file.removesuffix(".html")] if file else text
            if place:
                wanted = unquote(place[1:]).replace("&amp;", "&")
                assert f'id="{wanted}"' in there or f'id="{place[1:]}"' in there, (name, place)


def test_each_text_of_a_page_has_its_place_in_a_notebook(texts):
    sources = {(d.name, c.id): c.source for d in pages.documents() for c in d.notebook.cells}
    for place, one in in_place_of_jupyter.CELLS.items():
        assert one["there"] in sources[place], place
        heading = sources[place].partition("\n")[0]
        assert one["here"].strip().startswith(heading), place  # links lead to it
    everything = "".join(str(d.notebook) for d in pages.documents())
    stored = everything + "".join(sources.values())
    for there, here in in_place_of_jupyter.EVERYWHERE:
        assert there in stored and there not in here, there


def test_no_page_speaks_of_what_only_an_installed_course_has(texts):
    desk = re.compile(r"Run All|Kernel|Ctrl|start\.py|first line, and type|square brackets to its")
    for name, text in texts.items():
        body = text.partition("<main>")[2].partition("<script")[0]
        said = re.sub(r"<textarea.*?</textarea>", "", body, flags=re.DOTALL)
        assert not desk.findall(said), name


def test_what_python_says_fits_where_one_works(monkeypatch):
    def said():
        gone = kindly.sentence(NameError("no", name="labs"), "labs.IndexLab()")
        return gone, writing.Written("").line

    gone, empty = said()
    assert "Run All Above" in gone and "below its first line" in empty
    monkeypatch.setattr("sys.platform", "emscripten")
    gone, empty = said()
    assert "button below" in gone and "button to its left" in empty
    assert "menu" not in gone and "first line" not in empty


def classes_alone(style):
    """The classes to which a rule of a style sheet gives a look wherever they stand."""
    heads = re.findall(r"([^{}]+){", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
    return {
        found for head in heads for found in re.findall(r"(?:^|,)\s*\.([\w-]+)\s*(?=,|$)", head)
    }


def test_no_rule_of_a_page_to_work_in_reaches_into_a_lab():
    page = classes_alone((ROOT / "browser" / "page" / "work.css").read_text("utf-8"))
    labs = (ROOT / "softpower" / "labs" / "lab.css").read_text("utf-8")
    named = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"{[^}]*}", "", labs)))
    assert {"bar", "outputs"} <= page and {"cell", "heap"} <= named
    assert page & named == set()


def test_worked_answers_stand_apart_from_exercises(texts):
    everything = pages.documents(solutions=True)
    work, answers = pages.index(everything).split("<h2>Worked answers</h2>")
    assert work.count('href="exercise_') == answers.count('href="solution_') == len(SOLUTIONS)
    assert 'href="exercise_' not in answers and 'href="solution_' not in work
    assert "Worked answers" not in pages.index(pages.documents())
    for name, text in texts.items():
        title = unescape(re.search(r"<h1.*?>(.*?)</h1>", text)[1])
        assert title.startswith("Worked answers") == name.startswith("solution_")
        assert f"<title>{title} ·" in unescape(text)


def test_where_the_usual_address_is_taken_another_one_serves(tmp_path, monkeypatch):
    class Taken(build.Server):
        def __init__(self, address, handler):
            if address[1] == 8000:
                raise OSError(98, "Address already in use")
            super().__init__(address, handler)

    monkeypatch.setattr(build, "Server", Taken)
    with build._serving(tmp_path) as serving:
        assert serving.server_address[1] not in (0, 8000)


def test_the_file_of_saved_work_is_a_zip_that_every_program_reads(tmp_path):
    files = {"my_work/record.json": '{"a": 1}', "my_work/Әлия/words.txt": "жұмсақ күш"}
    (tmp_path / "files.json").write_text(json.dumps(files), "utf-8")
    (tmp_path / "zip.mjs").write_text((ROOT / "browser" / "page" / "zip.js").read_text("utf-8"))
    (tmp_path / "try.mjs").write_text(
        """import { readFileSync, writeFileSync } from "node:fs";
        import { pack, unpack } from "./zip.mjs";
        const files = Object.entries(JSON.parse(readFileSync("files.json", "utf8")));
        const bytes = files.map(([name, text]) => [name, new TextEncoder().encode(text)]);
        writeFileSync("out.zip", Buffer.from(await pack(bytes).arrayBuffer()));
        const other = await unpack(new Blob([readFileSync("other.zip")]));
        const read = other.map(([name, content]) => [name, new TextDecoder().decode(content)]);
        process.stdout.write(JSON.stringify(Object.fromEntries(read)));"""
    )
    with zipfile.ZipFile(tmp_path / "other.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    done = subprocess.run(
        [runtime.node(), "try.mjs"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == files
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.testzip() is None
        assert {n: archive.read(n).decode("utf-8") for n in archive.namelist()} == files
