"""What stands in quotation marks is in the table of quotations, in the same words."""

import csv
import re
import shutil

import nbformat
import pytest
from conftest import LESSONS, ROOT, SOLUTIONS

from softpower import data, references, trace

QUOTED = re.compile(r'"([^"\n]+)"|“([^”\n]+)”')
TARGET = re.compile(r'\]\([^\s)]+(?:\s+"[^"\n]*")?\)')
TAG = re.compile(r"<[^<>]*>")  # the link of a citation has the whole reference as its title
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
DOCUMENTS = ("eri2021", "konyrshin2025", "momynkulov2025", "sadyrbayeva2024", "yessirkep2025")


def plain(words):
    """Words without the differences of form that the table does not keep."""
    for mark, form in (("’", "'"), ("‘", "'"), ("–", "-"), ("—", "-")):
        words = words.replace(mark, form)
    return " ".join(words.split()).strip(" .,;:?")


def quoted(text, least=2):
    """The passages of so many words in double quotation marks, outside code and addresses."""
    text = TAG.sub("", TARGET.sub("]", CODE.sub("", text)))
    found = (match.group(1) or match.group(2) for match in QUOTED.finditer(text))
    return [words for words in found if len(words.split()) >= least]


def of_notebook(path):
    """Each place of a notebook that a reader reads as prose."""
    for cell in nbformat.read(path, as_version=4).cells:
        # A list of references has titles in it, and quotes nobody.
        if cell.id != "references" and (
            cell.cell_type == "markdown" or cell.source.startswith("%%write")
        ):
            yield f"{path.name}, cell {cell.id}", quoted(cell.source)


def of_texts(paths=None):
    """Each text of the bank, the labs, the brief and the plans; two words there are a name."""
    for path in paths or trace.every():
        if path.suffix in (".toml", ".py", ".js", ".json"):
            for passage in trace.naming.texts(path):
                yield f"{path.name}, {passage.where}", quoted(passage.text, least=3)


def of_data(folder=ROOT / "data"):
    """Each sentence of the tables and of the essays, the table of quotations left out."""
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in ("quotations", "sources"):
            with path.open(encoding="utf-8", newline="") as file:
                for number, row in enumerate(csv.reader(file), start=1):
                    for field in row:
                        yield f"{path.name}, row {number}", quoted(field)
    for path in sorted((folder / "essays").glob("*.md")):
        text = references.body(path.read_text(encoding="utf-8"))
        yield path.name, quoted(text)


def everything():
    for path in (*LESSONS, *SOLUTIONS):
        yield from of_notebook(path)
    yield from of_texts()
    yield from of_data()


def missing(places, known):
    return [
        f"{where}: {words!r} is no row of data/quotations.csv"
        for where, passages in places
        for words in passages
        if plain(words) not in known
    ]


@pytest.fixture(scope="module")
def table():
    return data.load("quotations")


def test_everything_in_quotation_marks_is_in_the_table(table):
    assert not missing(everything(), set(map(plain, table["words"])))


def test_every_row_is_used(table):
    used = {plain(words) for _, passages in everything() for words in passages}
    assert not [words for words in table["words"] if plain(words) not in used]


def test_a_changed_word_is_caught_in_each_form_of_quotation_mark(table):
    known = set(map(plain, table["words"]))
    right = "the ability to get what you want through attraction rather than coercion or payments"
    assert plain(right) in known
    for text in (f'He wrote "{right}".', f"He wrote “{right}”.", f'He wrote "{right}."'):
        assert not missing([("here", quoted(text))], known)
    for text in (f'"{right.replace("payments", "payment")}"', f"“{right.replace('get', 'have')}”"):
        assert missing([("here", quoted(text))], known) == [
            f"here: {quoted(text)[0]!r} is no row of data/quotations.csv"
        ]


def test_a_quotation_in_no_table_is_named_with_its_file_and_place(table, tmp_path):
    known = set(map(plain, table["words"]))
    copy = tmp_path / "data"
    shutil.copytree(ROOT / "data", copy)
    with (copy / "acts.csv").open("a", encoding="utf-8") as file:
        file.write('z99,"He called it ""a victory of the steppe"".",,,,,,\n')
    rows = len((copy / "acts.csv").read_text("utf-8").splitlines())
    assert missing(of_data(copy), known) == [
        f"acts.csv, row {rows}: 'a victory of the steppe' is no row of data/quotations.csv"
    ]
    lesson = nbformat.read(LESSONS[1], as_version=4)
    lesson.cells[1].source += '\n\nHe called it "a victory of the steppe".'
    nbformat.write(lesson, tmp_path / "planted.ipynb")
    (found,) = missing(of_notebook(tmp_path / "planted.ipynb"), known)
    assert found.startswith(f"planted.ipynb, cell {lesson.cells[1].id}: 'a victory")


def test_a_quotation_in_a_message_or_a_lab_is_read(tmp_path):
    folder = ROOT / "softpower"
    for path, words in (
        (folder / "feedback" / "bank" / "lesson01.toml", 'right = "'),
        (folder / "labs" / "timeline.py", '"With this many lines'),
    ):
        text = path.read_text("utf-8")
        planted = tmp_path / path.name
        said = words + "He wrote “a victory of the steppe”. "
        planted.write_text(text.replace(words, said, 1), "utf-8")
        (found,) = missing(of_texts([planted]), set())
        assert found.startswith(path.name) and "'a victory of the steppe'" in found


def test_code_and_addresses_are_no_quotations():
    text = (
        'Write `answer = "two words"`, as [Nye](#References "Nye, J. S. (2004). Soft power.") did.'
    )
    assert not quoted(text)


def test_a_row_says_whose_words_they_are(table):
    owner = dict(zip(table["quotation_id"], table["source_id"], strict=True))
    kind = dict(zip(table["quotation_id"], table["kind"], strict=True))
    assert not [k for k in owner if (kind[k] == "document") != (owner[k] in DOCUMENTS)]
    assert not [k for k in owner if (kind[k] == "own") != (owner[k] == "course2026")]
    assert list(table["quotation_id"]) == sorted(table["quotation_id"])
