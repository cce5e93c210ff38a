"""The course in another language: nothing forgotten, nothing changed on the way.

The pseudo-language stands for all: every word changed, every figure respelled, a third longer.
"""

import gettext
import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from conftest import ROOT
from grading_fake import InThisProcess
from made_notebooks import answers, lacking, run_all
from test_grading_structure import handed_in

from softpower import feedback, notebooks, references, texts
from softpower.commands import edition, translate
from softpower.errors import CourseError
from softpower.grading import assignment, judge, pages
from softpower.grading.sandbox import Limits
from softpower.translation import blocks, po, proof, pseudo, sources
from softpower.translation import pages as translated

CYRILLIC = re.compile("[а-я]")


@pytest.fixture(scope="session")
def said(today):
    """What the pseudo-language says."""
    return {name: pseudo.entries(messages) for name, messages in today.items()}


@pytest.fixture(scope="session")
def made(said, tmp_path_factory):
    """The edition in the pseudo-language, in a folder like the course's."""
    target = tmp_path_factory.mktemp("course") / "editions" / pseudo.CODE
    whole = edition.Catalogue(entry for part in said.values() for entry in part)
    edition.make(pseudo.CODE, ROOT, target, whole)
    assert whole.missing == []  # a learner could read nothing that no catalogue has
    return target


# --- catalogues -------------------------------------------------------------------------------


def test_each_kind_of_text_is_found(today):
    words = {name: " ".join(one.text for one in messages) for name, messages in today.items()}
    assert "In what is it counted?" in words["lesson02"]  # a heading
    assert "Three countries score about 60 to 70" in words["lesson00"]  # the words over a chart
    assert "Japan has the longest bar." in words["bank00"]
    assert any(one.key == ("table", "South Korea") for one in today["tables"])
    assert any(one.context == "table" and one.text == "What is done" for one in today["tables"])
    assert "Source: {sources}." in words["package"] and "Twenty acts" in words["essays"]
    assert all(f"lesson{n:02}" in today and f"bank{n:02}" in today for n in range(11))
    assert all(f"exercise{n:02}" in today for n in range(1, 11))
    assert sum(map(len, today.values())) > 9000
    code = [one for part in today.values() for one in part if "feedback.check(" in one.text]
    assert all("`" in one.text for one in code), "code is no text"


def test_the_templates_hold_what_there_is_to_read(today):
    """Each catalogue has its template, as ``extract`` would write it today."""
    for name, messages in today.items():
        path = ROOT / edition.CATALOGUES / edition.TEMPLATES / f"{name}.pot"
        made = po.written(map(po.Entry, messages))
        assert made == path.read_text("utf-8"), f"softpower translate extract: {name}"


def test_a_new_text_is_told_and_written(tmp_path, capsys, monkeypatch, today):
    monkeypatch.setattr(sources, "catalogues", lambda root: {"lesson05": today["lesson05"]})
    assert translate.extract(tmp_path) == 0
    assert translate.extract(tmp_path, True) == 0
    more = po.Message("05/new", "A new sentence.")
    monkeypatch.setattr(
        sources, "catalogues", lambda root: {"lesson05": [*today["lesson05"], more]}
    )
    assert translate.extract(tmp_path, True) == 1
    assert "no catalogue has 05/new: 'A new sentence.'" in capsys.readouterr().out


def test_a_change_in_one_text_is_a_change_of_one_entry(today):
    messages = today["lesson05"]
    other = [replace(messages[7], text=messages[7].text + " More."), *messages[:7], *messages[8:]]
    before, after = (
        set(po.written(map(po.Entry, part)).split("\n\n")) for part in (messages, other)
    )
    assert len(before - after) == len(after - before) == 1


AWKWARD = po.Message("a/b", 'Two lines,\n"quoted", a tab\tand a \\ backslash', note="a place")
COUNTED = po.Message("", "{count} answer", "{count} answers", note="package")
ENTRIES = [
    po.Entry(AWKWARD, ("Две строки,\n«в кавычках»\tи \\",)),
    po.Entry(COUNTED, ("{count} ответ", "{count} ответа", "{count} ответов")),
    po.Entry(po.Message("table", "Japan"), ("Япония",), reason="a name"),
    po.Entry(po.Message("table", "Old"), ("Старое",), stale=True, former="Older"),
]


def test_catalogues_are_as_others_read_them():
    text = po.written(ENTRIES, "ru")
    assert po.parsed(text) == ENTRIES
    theirs = polib.pofile(text)
    assert [(one.msgctxt or "", one.msgid) for one in theirs] == [
        one.message.key for one in ENTRIES
    ]
    assert theirs[0].msgstr == ENTRIES[0].said[0] and theirs[3].fuzzy
    assert po.parsed(str(theirs))[:3] == ENTRIES[:3]  # as an editor writes it back
    compiled = gettext.GNUTranslations(io.BytesIO(po.compiled(ENTRIES, "ru")))
    assert compiled.pgettext("table", "Japan") == "Япония"
    assert compiled.pgettext("table", "Old") == "Old"  # nothing stale is shown
    assert compiled.ngettext("{count} answer", "{count} answers", 3) == "{count} ответа"


def test_an_update_keeps_what_is_said_and_marks_what_is_stale(tmp_path, monkeypatch):
    lesson = [po.Message("05/a", "One two three four."), po.Message("05/a", "Gone tomorrow.")]
    monkeypatch.setattr(sources, "catalogues", lambda root: {"lesson05": lesson})
    translate.update(tmp_path, "ru")
    path = tmp_path / edition.CATALOGUES / "ru" / "lesson05.po"
    done = [po.Entry(one, (f"Перевод {n}",)) for n, one in enumerate(lesson)]
    path.write_text(po.written(done, "ru"), encoding="utf-8")
    changed = [po.Message("05/a", "One two three five."), po.Message("05/b", "Quite another.")]
    monkeypatch.setattr(sources, "catalogues", lambda root: {"lesson05": changed})
    translate.update(tmp_path, "ru")
    stale, new = po.parsed(path.read_text("utf-8"))
    assert stale.stale and stale.said == ("Перевод 0",) and stale.former == "One two three four."
    assert new.said == ("",) and not new.stale
    shown = edition.Catalogue([stale, new]).say("05/a", "One two three five.", "paragraph")
    assert shown == '<span lang="en">One two three five.</span>'


# --- Markdown ---------------------------------------------------------------------------------


def test_cut_and_put_together_every_page_is_as_it_was():
    for _, _, path in sources.lessons(ROOT):
        for cell in notebooks.read(path).cells:
            text = translated.prose(cell)
            if text:
                assert "".join(piece.text for piece in blocks.cut(text[1])) == text[1], cell.id
    for _, name, path in sources.markdown_pages(ROOT):
        text = references.keyed(path.read_text("utf-8"))
        assert blocks.changed(text, lambda block, kind: block) == text, name


def test_a_translator_sees_sensible_units():
    text = (
        "## A heading\n\nA paragraph\nof two lines.\n\n- one item\n- `code` alone: `x`\n\n> said so\n\n"
        "| a head | 12 |\n| --- | --- |\n| a cell with `a|b` | 3.5 |\n\n```python\nx = 'not me'\n```\n"
    )
    assert blocks.messages(text) == [
        *("A heading", "A paragraph\nof two lines.", "one item", "`code` alone: `x`", "said so"),
        *("a head", "a cell with `a|b`"),
    ]


def test_only_the_words_over_a_chart_change_in_code():
    code = 'figures.bars(\n    t, "ось",\n    finding="It falls" if x else "It " "rises",\n    by="a b",\n)'
    other = translated.with_words(code, lambda text, kind: f'«{text}» "q"')
    assert 'finding="«It falls» \\"q\\"" if x else "«It rises» \\"q\\""' in other
    assert 'by="a b"' in other and '"ось"' in other


# --- the pseudo-language, whole ---------------------------------------------------------------


def test_a_true_translation_has_no_fault(today, said, made):
    found = [one for name in today for one in proof.faults(today[name], said[name])]
    assert found == []
    assert translate.of_notebooks(ROOT, made) == []


def test_every_word_of_a_made_page_is_changed(made):
    for _, _, path in sources.lessons(ROOT):
        for cell in notebooks.read(made / path.relative_to(ROOT)).cells:
            text = translated.prose(cell)
            if text and notebooks.part(cell) != "references":
                said_ = " ".join(blocks.messages(text[1])).replace("&#x27;", "")
                left = blocks.WORD.findall(blocks.UNSPOKEN.sub(" ", said_))
                assert not [w for w in left if w.isascii()], f"{path.stem}/{cell.id}"


def test_links_lead_to_headings_as_they_are_called_now(made):
    found = 0
    for path in sorted((made / "notebooks").glob("*.ipynb")):
        cells = notebooks.read(path).cells
        prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        for file, anchor in re.findall(r"\]\(([\w.]*)#([^()\s]+)\)", prose):
            target = notebooks.read(path.parent / file).cells if file else cells
            texts_ = [cell.source for cell in target if cell.cell_type == "markdown"]
            assert anchor in translated.headings(texts_), (path.stem, anchor)
            found += 1
    assert found > 10


def test_what_has_no_translation_stands_in_english_and_says_so(tmp_path):
    few = edition.Catalogue([po.Entry(po.Message("", edition.NOTE), ("Не всё переведено.",))])
    folder = edition.make("ru", ROOT, tmp_path / "ru", few)
    first = notebooks.read(folder / "notebooks" / "05_japan.ipynb").cells[0].source
    assert '<small lang="ru">Не всё переведено.</small>' in first
    assert (
        '<span lang="en">'
        in notebooks.read(folder / "notebooks" / "05_japan.ipynb").cells[1].source
    )
    assert (folder / "exercises" / "05_japan" / "exercise_05_japan.ipynb").exists()


def test_an_edition_that_is_made_again_keeps_what_a_learner_did(tmp_path, monkeypatch):
    """Also where a file of the edition is open, as on Windows, and its folder will not go."""
    monkeypatch.setattr(edition, "_write", lambda *_: None)  # what is made matters little here
    monkeypatch.setattr(
        edition.exercises, "release", lambda _, folder: (folder / "05").mkdir(parents=True)
    )
    folder, none = tmp_path / "ru", edition.Catalogue([])
    kept = edition.make("ru", ROOT, folder, none) / "my_work" / "answers.json"
    kept.parent.mkdir()
    kept.write_text("{}")
    remove, busy = shutil.rmtree, [True]

    def rmtree(path, ignore_errors=False):
        if busy and Path(path).exists() and not Path(path).name.startswith("."):
            if ignore_errors:
                return
            busy.clear()
            raise PermissionError(path)
        remove(path, ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", rmtree)
    with pytest.raises(PermissionError):
        edition.make("ru", ROOT, folder, none)
    assert busy == [] and kept.read_text() == "{}"
    edition.make("ru", ROOT, folder, none)
    assert kept.read_text() == "{}" and (folder / "exercises" / "05").is_dir()
    assert not list(tmp_path.glob(".*"))


def test_a_lesson_that_was_worked_in_is_set_aside_when_an_edition_is_made_again(
    tmp_path, monkeypatch
):
    def write(language, root, made, *_):
        for name in ("00.ipynb", "01.ipynb"):
            (made / "notebooks").mkdir(parents=True, exist_ok=True)
            (made / "notebooks" / name).write_text(f"lesson {said[0]}")

    monkeypatch.setattr(edition, "_write", write)
    monkeypatch.setattr(edition.options, "sentences", lambda root: {})
    monkeypatch.setattr(edition.exercises, "release", lambda *_: None)
    said, folder, none = ["today"], tmp_path / "ru", edition.Catalogue([])
    edition.make("ru", ROOT, folder, none)
    (folder / "notebooks" / "00.ipynb").write_text("my own words")
    for said[0], number in (("tomorrow", 1), ("the day after", 1)):
        edition.make("ru", ROOT, folder, none)
        aside = folder / "my_work" / f"lessons_{number}"
        assert [(p.name, p.read_text()) for p in aside.iterdir()] == [("00.ipynb", "my own words")]
        assert (folder / "notebooks" / "00.ipynb").read_text() == f"lesson {said[0]}"
        assert len(list((folder / "my_work").iterdir())) == 1


def test_what_is_lacking_is_told(today):
    asked = [("table", "South Korea: offices", "07/a"), ("", "Not in it.", "07/b")]
    asked += [("table", "Индицаторсс (one word)", "07/c"), ("table", "Япония", "07/d")]
    asked += [("table", "Japan: hillsides", "07/e"), ("table", "KAZ", "07/f")]
    assert [place for place, _, _ in lacking(asked, today)] == ["07/b", "07/c", "07/e"]


def test_all_made_notebooks_run_and_their_checks_answer(made, today, tmp_path):
    """All in one process; every worked answer is right in the other language, too.

    Whatever they show, a catalogue has: the pseudo-language's own lacks what was not extracted.
    """
    result = run_all(made, pseudo.CODE, tmp_path)
    assert result["errors"] == []
    said = answers(result)
    checked = [q for q in feedback.bank().values() if q.points and hasattr(q, "right")]
    assert len(said) >= len(checked)
    assert set(said.values()) == {"right"}
    assert lacking(result["lacks"], today) == []


def test_a_mixed_class_has_the_same_points(made):
    """English and pseudo-language, marked together, with the released exercises of both."""
    name = "01_what_is_soft_power"
    path = made / "exercises" / name / f"exercise_{name}.ipynb"
    english, other = handed_in(), handed_in(path)
    own = assignment.exercises(feedback.bank(), ROOT / "exercises")
    cells = assignment.notebook.read(path.read_bytes())
    both = own | {"01": assignment.with_cells(own["01"], cells, pseudo.CODE)}
    course = judge.Course(both, Limits(), "fake")
    results = [
        judge.grade(
            judge.Job("Ann", "", "work.ipynb", "Ann", json.dumps(one).encode()),
            course,
            InThisProcess(),
        )
        for one in (english, other)
    ]
    points = [[(s["question"], s["points"]) for s in one["scores"]] for one in results]
    assert points[0] == points[1] and results[0]["open"] == results[1]["open"]
    assert not any("stand outside" in remark for one in results for remark in one["remarks"])
    with texts.speaking(pseudo.CODE), texts.found_in(made / "locale"):
        page = pages.feedback("Ann", both["01"], "", results[1]["scores"], results[1]["cells"])
        assert CYRILLIC.search(page) and CYRILLIC.search(both["01"].title)
    assert results[1]["language"] == pseudo.CODE and both["01"].title == own["01"].title
    assert pages.tasks(both["01"]) == pages.tasks(own["01"])  # an English reader's are English


def changed_cell(notebook, kind):
    """Plant one fault in a made notebook; returns the kind by which it must be found."""
    text = next(
        c for c in notebook.cells if c.source.count("\n\n") > 2 and c.cell_type == "markdown"
    )
    code = next(c for c in notebook.cells if "finding=" in c.source)
    if kind == "an argument":
        code.source = code.source.replace("finding=", "colour='red', finding=", 1)
        return "code"
    if kind == "a dropped block":
        text.source = text.source.rpartition("\n\n")[0]
        return "blocks"
    if kind == "a heading's level":
        cell = next(c for c in notebook.cells if c.source.startswith("## "))
        cell.source = "#" + cell.source
        return "blocks"
    if kind == "a list's mark":
        cell = next(c for c in notebook.cells if "\n- " in c.source)
        cell.source = cell.source.replace("\n- ", "\n1. ", 1)
        return "blocks"
    if kind == "metadata":
        notebook.cells[0].metadata["softpower"]["part"] = "text"
        return "metadata"
    notebook.cells.pop(4)
    return "cells"


@pytest.mark.parametrize(
    "kind",
    ["an argument", "a dropped block", "a heading's level", "a list's mark", "metadata", "a cell"],
)
def test_a_fault_in_a_made_notebook_is_found(made, kind):
    name = "notebooks/05_japan.ipynb"
    source, other = notebooks.read(ROOT / name), notebooks.read(made / name)
    wanted = changed_cell(other, kind)
    assert [one.kind for one in proof.of_notebook(source, other, "05")] == [wanted]


def test_a_text_that_became_two_is_told_and_no_page_is_made_of_it(said, tmp_path, monkeypatch):
    lesson, *rest = said["lesson01"]
    twice = replace(lesson, said=(f"{lesson.said[0]}\n\n# Another heading",))
    split = edition.Catalogue([twice, *rest, *said["package"]])
    with pytest.raises(CourseError, match=r"01_.*headings"):
        edition.make(pseudo.CODE, ROOT, tmp_path / pseudo.CODE, split)

    monkeypatch.setattr(sources, "catalogues", lambda root: {"lesson01": [lesson.message]})
    monkeypatch.setattr(translate, "terms", lambda *_: [])
    folder = tmp_path / edition.CATALOGUES / "ru"
    folder.mkdir(parents=True)
    (folder / "lesson01.po").write_text(po.written([twice], "ru"), encoding="utf-8")
    monkeypatch.setattr(edition, "make", lambda *_: pytest.fail("a page was made"))
    assert translate.check(tmp_path, "ru") == 1


def test_numbers_written_as_words_are_listed_for_a_reader(today):
    listed = proof.for_a_reader(today["lesson00"])
    assert listed and all(proof.NUMBER_WORDS.search(one.text) for one in listed)
