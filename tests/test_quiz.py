"""A quiz for a platform says what the bank says: text, key, tolerance and feedback come back."""

import re
import zipfile
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from softpower import cli
from softpower.feedback.answers import Choice
from softpower.feedback.loader import bank
from softpower.quiz import canvas, items, moodle

ROOT = Path(__file__).parent.parent
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


@pytest.fixture(autouse=True)
def at_home(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def carried():
    """Every question that Moodle can judge, by id."""
    import os

    here = os.getcwd()
    os.chdir(ROOT)
    found = {question.id: items.read(question) for question in bank().values()}
    os.chdir(here)
    kinds = {item.kind for item in found.values() if item}
    assert kinds == {"choice", "choices", "number", "parts", "order", "words", "essay"}
    return {name: item for name, item in found.items() if item}


def text(element, path):
    return unescape(element.findtext(f"{path}/text") or "")


@pytest.fixture(scope="module")
def in_moodle(carried):
    tree = ET.fromstring(moodle.written(list(carried.values()), "Test").partition("\n")[2])
    return {text(q, "name"): q for q in tree.iter("question") if q.get("type") != "category"}


@pytest.fixture(scope="module")
def in_canvas(carried):
    fits = [item for item in carried.values() if canvas.carries(item)]
    tree = ET.fromstring(canvas.assessment(fits, "Test").partition("\n")[2])
    return {one.get("title"): one for one in tree.iter(f"{QTI}item")}


def test_nearly_every_marked_question_without_code_is_carried(carried):
    road = [q.id for q in bank().values() if q.points and not q.optional]
    left = {name for name in road if name not in carried}
    assert left <= {"03.13", "05.7", "07.1", "10.10", "10.11", "09.5"}, left


def test_a_letter_has_its_key_and_each_other_letter_its_own_words(carried, in_moodle):
    for name, item in carried.items():
        if item.kind != "choice":
            continue
        answers = in_moodle[name].findall("answer")
        keys = dict(zip(item.options, answers, strict=True))
        assert {k: a.get("fraction") == "100" for k, a in keys.items()} == {
            k: k == item.question.right.letter for k in item.options
        }
        for wrong in (w for w in item.question.wrong if isinstance(w.answer, Choice)):
            said = text(keys[wrong.answer.letter], "feedback")
            assert said == items.plain(wrong.message), name


def test_a_number_passes_where_it_passes_in_the_course(carried, in_moodle):
    """The key, and each known mistake, judged by the file's own numbers."""
    for name, item in carried.items():
        if item.kind != "number":
            continue
        answers = in_moodle[name].findall("answer")
        key = answers[0]
        value, slack = float(key.findtext("text")), float(key.findtext("tolerance"))
        assert item.question.right.takes(value), name
        for answer in answers[1:]:
            if answer.findtext("text") != "*":
                mistake = float(answer.findtext("text"))
                assert abs(mistake - value) > slack, (name, mistake)
                assert text(answer, "feedback"), name
        assert answers[-1].findtext("text") == "*"


def test_the_parts_of_a_question_keep_their_words(carried, in_moodle):
    for name, item in carried.items():
        if item.kind != "parts":
            continue
        gaps = re.findall(
            r"\{\d+:(MULTICHOICE|NUMERICAL):((?:\\.|[^}\\])*)\}",
            text(in_moodle[name], "questiontext"),
        )
        right = item.question.right.items
        assert len(gaps) == len(right), name
        for (kind, inside), (part, form) in zip(gaps, right.items(), strict=True):
            if kind == "NUMERICAL":
                value, _, slack = inside[1:].partition("#")[0].partition(":")
                assert items.simple(form).takes(float(value)) and float(slack) >= 0, (name, part)
                continue
            chosen = {
                one[1:].partition("#")[0] for one in re.split(r"(?<!\\)~", inside) if one[0] == "="
            }
            assert chosen == items.passing(form), (name, part)


# What Moodle's own reader does inside a gap (question/type/multianswer, read in version 3.7): it
# parts at ~ and #, undoes one layer of entities, and takes the stroke before } and # away.
GAP = re.compile(r"\{(\d+):(MULTICHOICE|NUMERICAL):(.+?(?<!\\))\}", re.S)
ALTERNATIVE = re.compile(r"~?(=?)(.+?)(?<![\\&])(?:#((?:[^~#}]|(?<=[\\&])[~#}])*))?(?=~|$)", re.S)


def shown(text):
    """A text of a gap as Moodle shows it: undone once by the reader, once as HTML."""
    return unescape(unescape(text or "").replace("\\}", "}").replace("\\#", "#"))


def in_gaps(html):
    """The gaps of embedded answers as Moodle reads them: (kind, [(right, words, feedback)])."""
    for _, kind, inside in GAP.findall(html):
        found = ALTERNATIVE.findall(inside)
        yield kind, [(sign == "=", shown(words), shown(said)) for sign, words, said in found]


def test_moodles_reader_finds_every_word_of_a_gap_as_the_bank_has_it(carried, in_moodle):
    for name, item in carried.items():
        if item.kind != "parts":
            continue
        html = in_moodle[name].findtext("questiontext/text")
        messages = items.part_messages(item)
        gaps = list(in_gaps(html))
        for (kind, found), (part, form) in zip(
            gaps, item.question.right.items.items(), strict=True
        ):
            if kind == "NUMERICAL":
                continue
            assert [words for _, words, _ in found] == items.words_to_choose(item), (name, part)
            assert {words for right, words, _ in found if right} == items.passing(form)
            for _, words, said in found:
                assert said == messages.get((part, words), ""), (name, part, words)


def test_signs_that_part_a_gap_come_back_as_they_were():
    for text in ("50 % of a/b", "~}#", "a \\ b", "R&D", "x < y", 'say "so"', "Қазақстан; ёлка"):
        (_, found), *_ = in_gaps(
            f"{{1:MULTICHOICE:={moodle._escaped(text)}#{moodle._escaped(text)}}}"
        )
        assert found == [(True, text, text)]


def test_a_matching_answer_is_plain_text(carried, in_moodle):
    for name, item in carried.items():
        if item.kind == "order":
            texts = [a.findtext("text") for a in in_moodle[name].iter("answer")]
            assert texts == [items.bare(item.options[one]) for one in item.question.right.items]
            assert not re.search(r"[<>]|&\w+;", "".join(texts)), name


def test_moodles_fractions_are_among_those_that_it_knows(carried, in_moodle):
    """It leaves out a question whose fraction is none of these (question/engine/bank.php)."""
    known = {0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60}
    known |= {66.66667, 70, 75, 80, 83.33333, 90, 100}
    for name, question in in_moodle.items():
        for answer in question.iter("answer"):
            assert abs(float(answer.get("fraction", 100))) in known, name


def test_several_letters_add_up_and_a_wrong_one_takes_back(carried, in_moodle):
    for name, item in carried.items():
        if item.kind == "choices":
            fractions = [float(a.get("fraction")) for a in in_moodle[name].findall("answer")]
            assert sum(f for f in fractions if f > 0) == pytest.approx(100, abs=0.01), name
            assert all(f < 0 for f in fractions if f <= 0), name


def test_an_open_question_brings_its_rubric_to_the_marker(carried, in_moodle):
    for name, item in carried.items():
        if item.kind == "essay":
            shown = text(in_moodle[name], "graderinfo")
            for criterion in item.question.rubric:
                assert criterion.name in unescape(shown)


def test_points_and_hints_are_the_banks(carried, in_moodle):
    for name, item in carried.items():
        assert float(in_moodle[name].findtext("defaultgrade")) == item.points
        hints = [text(hint, ".") for hint in in_moodle[name].findall("hint")]
        if item.kind != "essay":
            assert hints == [items.plain(hint) for hint in item.question.hints]


def test_canvas_gets_the_same_key_and_the_same_words(carried, in_canvas):
    for name, made in in_canvas.items():
        item = carried[name]
        if item.kind != "choice":
            continue
        full = next(
            rule
            for rule in made.iter(f"{QTI}respcondition")
            if rule.findtext(f"{QTI}setvar") == "100"
        )
        assert full.find(f"{QTI}conditionvar/{QTI}varequal").text == item.question.right.letter
        words = {f.get("ident"): "".join(f.itertext()) for f in made.iter(f"{QTI}itemfeedback")}
        for wrong in (w for w in item.question.wrong if isinstance(w.answer, Choice)):
            assert items.plain(wrong.message) in unescape(words[f"{wrong.answer.letter}_fb"])


def rules(made):
    """The rules of a question for Canvas: (what it compares with, whether it gives points)."""
    for rule in made.iter(f"{QTI}respcondition"):
        values = [one for one in rule.iter(f"{QTI}varequal")]
        yield values, rule.find(f"{QTI}setvar") is not None


def test_canvas_takes_no_mistake_for_right(carried, in_canvas):
    """Its reader takes each number or word that any rule compares with for a right answer."""
    kinds = set()
    for name, made in in_canvas.items():
        item = carried[name]
        named = [one.text for values, _ in rules(made) for one in values]
        if item.kind == "number":
            assert len(named) == 1 and item.question.right.takes(float(named[0])), name
        elif item.kind == "words":
            assert named and all(map(item.question.right.accepts, named)), name
        kinds.add(item.kind)
    assert {"number", "words"} <= kinds


def test_canvas_finds_the_list_of_each_part_by_a_name_that_it_keeps(carried, in_canvas):
    """Its reader changes a name with a blank in it, and looks for [name] in the task."""
    for name, made in in_canvas.items():
        item = carried[name]
        names = [one.get("ident") for one in made.iter() if one.get("ident")]
        assert all(re.fullmatch(r"[\w.-]+", one) for one in names), name
        if item.kind not in ("parts", "order"):
            continue
        lists = list(made.iter(f"{QTI}response_lid"))
        words = {
            label.get("ident"): "".join(label.itertext()).strip()
            for label in made.iter(f"{QTI}response_label")
        }
        right = [values[0] for values, points in rules(made) if points]
        assert [one.get("respident") for one in right] == [one.get("ident") for one in lists], name
        keys = [words[one.text] for one in right]
        if item.kind == "order":
            assert keys == [items.bare(item.options[one]) for one in item.question.right.items]
            continue
        task = made.findtext(f"{QTI}presentation/{QTI}material/{QTI}mattext")
        for one, key, form in zip(lists, keys, item.question.right.items.values(), strict=True):
            assert f"[{one.get('ident').removeprefix('response_')}]" in task, name
            assert {key} == items.passing(form), name


def test_what_canvas_shows_has_words_for_every_rule(in_canvas):
    for name, made in in_canvas.items():
        named = {link.get("linkrefid") for link in made.iter(f"{QTI}displayfeedback")}
        there = [f.get("ident") for f in made.iter(f"{QTI}itemfeedback")]
        assert named <= set(there) and len(there) == len(set(there)), name


def test_no_task_speaks_of_cells_or_quotation_marks(carried):
    spoken = re.compile(r"\b(run the cell|quotation marks|three dots|as a list)\b", re.I)
    assert [name for name, item in carried.items() if spoken.search(item.task)] == []


def test_a_task_keeps_its_question_where_how_to_type_is_left_out(carried):
    for name, item in carried.items():
        whole = "\n".join(items._shown(cell) for cell in items._task_cells(item.question))
        asks = re.sub(r"<[^>]+>", "", item.task)
        assert "?" in asks or "?" not in whole, name
        if item.kind == "number" and item.question.right.decimals:
            assert "decimal" in asks, name


def test_a_task_brings_the_table_that_it_needs(carried):
    for name in ("05.5", "06.2", "07.2", "08.3", "09.8", "09.10", "10.3", "10.7"):
        assert "<table" in carried[name].task, name


def test_the_command_writes_a_file_and_names_what_it_leaves_out(tmp_path, capsys):
    assert cli.main(["quiz", "x02", "--out", str(tmp_path / "q.xml")]) == 0
    said = capsys.readouterr().out
    assert "11 questions for Moodle, 40 points" in said and "02.code1" in said
    assert cli.main(["quiz", "02.a", "03", "--canvas", "--out", str(tmp_path / "q.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "q.zip") as archive:
        manifest = ET.fromstring(archive.read("imsmanifest.xml"))
        named = [one.get("href") for one in manifest.iter() if one.tag.endswith("}file")]
        assert set(named) | {"imsmanifest.xml"} == set(archive.namelist())


@pytest.mark.parametrize(
    ("asked", "said"), [("12", "no lesson, exercise or question '12'"), ("10.11", "can judge none")]
)
def test_a_selection_that_has_nothing_is_said_and_nothing_is_written(tmp_path, asked, said, capsys):
    out = tmp_path / "q.xml"
    assert cli.main(["quiz", asked, "--out", str(out)]) == 2
    assert said in capsys.readouterr().err and not out.exists()


def test_what_is_left_out_is_told_why_by_what_it_is(tmp_path, capsys):
    """Each named once, with a reason that is true of it."""
    asked = ["00", "03.13", "05.7", "07.1", "10.10", "10.11", "02.code1"]
    assert cli.main(["quiz", *asked, "--out", str(tmp_path / "q.xml")]) == 2
    said = capsys.readouterr().err
    for name, why in {
        "00.a, 00.b, 00.c, 00.d": "it asks about the notebook itself",
        "05.7": "it asks for a list that is typed",
        "07.1": "its letters stand in a table",
        "10.10": "it asks for an order of words",
        "03.13, 10.11": "it asks for code, for the settings of a lab, or for a plan",
        "02.code1": "it belongs to the part In code",
    }.items():
        assert f"{name}: {why}" in said
    assert cli.main(["quiz", "01.4", "02.a", "--canvas", "--out", str(tmp_path / "q.zip")]) == 0
    said = capsys.readouterr().out
    assert "01.4: it has several parts" in said and "1 question for Canvas" in said
