"""What a machine can prove of a translation: a planted fault is found, and a true sentence has none."""

from dataclasses import replace

import pytest

from softpower.commands import edition, translate
from softpower.translation import blocks, po, proof, sources

SOURCE = po.Message(
    "05/fund",
    "The **fund** lost 35.9 billion yen of 12,400 [@konyrshin2025, p. 3]; see `answer_1` and "
    "[the lesson](05_japan.ipynb#fund), since {BASE_YEAR} {count} in all.",
)
TRUE = (
    "**Фонд** потерял 35,9 миллиарда иен из 12\u00a0400 [@konyrshin2025, p. 3]; см. `answer_1` и "
    "[урок](05_japan.ipynb#fund), с {BASE_YEAR} всего {count}."
)
PLANTED = {
    "a digit": ("35,9", "35,8", "figures"),
    "a decimal point": ("35,9", "35.9", "figures"),
    "thousands with a plain space": ("12\u00a0400", "12 400", "figures"),
    "a figure that is gone": ("35,9 миллиарда", "много", "figures"),
    "a citation": ("konyrshin2025", "eri2021", "citations"),
    "a citation's page": ("p. 3", "p. 4", "citations"),
    "a code span": ("`answer_1`", "`ответ_1`", "code"),
    "a link": ("05_japan", "06_japan", "links"),
    "a place": ("{count}", "{number}", "places"),
    "a place in capitals": ("{BASE_YEAR}", "{BASE_YAER}", "places"),
    "an open bracket": ("всего {count}.", "всего {count}. {", "places"),
    "a mark": ("**Фонд**", "**Фонд", "marks"),
    "a block more": ("; см.", "\n\nСм.", "blocks"),
    "English left": ("потерял", "lost much of its money and потерял", "English"),
}


def test_the_true_sentence_has_no_fault():
    assert proof.faults([SOURCE], [po.Entry(SOURCE, (TRUE,))]) == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_by_its_name(name):
    was, becomes, kind = PLANTED[name]
    assert was in TRUE
    found = proof.faults([SOURCE], [po.Entry(SOURCE, (TRUE.replace(was, becomes, 1),))])
    assert kind in {one.kind for one in found} and found[0].place == "05/fund"


def test_the_command_tells_each_fault_and_says_so_in_its_end(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sources, "catalogues", lambda root: {"lesson05": [SOURCE]})
    monkeypatch.setattr(translate, "terms", lambda root, language: [])
    monkeypatch.setattr(translate, "of_notebooks", lambda root, folder: [])
    monkeypatch.setattr(edition, "make", lambda language, root: tmp_path)
    path = tmp_path / edition.CATALOGUES / "ru" / "lesson05.po"
    path.parent.mkdir(parents=True)
    for said, code in ((TRUE, 0), (TRUE.replace("35,9", "35,8"), 1), ("", 1)):
        path.write_text(po.written([po.Entry(SOURCE, (said,))], "ru"), encoding="utf-8")
        assert translate.check(tmp_path, "ru") == code
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "The edition ru says what its source says."
    assert told[1].startswith("05/fund: figures: 35.9 became 35.8") and told[2] == "1 faults."
    assert told[3].startswith("05/fund: missing:")


def test_a_word_in_a_language_of_its_own_is_not_translated():
    row = '| **soft power** | What it is. | <span lang="kk">жұмсақ күш</span> |\n'
    assert blocks.messages(row) == ["**soft power**", "What it is."]
    assert blocks.messages('So <span lang="kk">күш</span> is power.') != []


def test_one_message_said_in_two_ways_is_found():
    none = po.Message("", "None.")
    said = {
        name: [po.Entry(none, (word,))] for name, word in (("bank03", "Нет."), ("bank06", "Нет."))
    }
    assert proof.twofold(said) == []
    said["bank08"] = [
        po.Entry(none, ("Числа нет.",)),
        po.Entry(po.Message("x", "None."), ("Нет.",)),
    ]
    (found,) = proof.twofold(said)
    assert found.place == "bank08" and "'Нет.' in bank03" in found.said


def test_a_number_that_is_to_be_typed_keeps_its_point():
    text = po.Message("", "Write 9 ** 0.5, and 12,400 in words.")
    for said, reason, kinds in (
        ("Напишите 9 ** 0.5, а 12\u00a0400 словами.", "typed into Python", []),
        ("Напишите 9 ** 0.5, а 12\u00a0400 словами.", "", ["figures"]),
        ("Напишите 9 ** 0.6, а 12\u00a0400 словами.", "typed into Python", ["figures"]),
    ):
        found = proof.faults([text], [po.Entry(text, (said,), reason=reason)])
        assert [one.kind for one in found] == kinds


def test_what_is_missing_stale_or_gone_is_found():
    other = po.Message("05/fund", "Gone.")
    kinds = [
        proof.faults([SOURCE], []),
        proof.faults([SOURCE], [po.Entry(SOURCE, (TRUE,), stale=True)]),
        proof.faults([SOURCE], [po.Entry(SOURCE, (TRUE,)), po.Entry(other, ("Нет.",))]),
    ]
    assert [[one.kind for one in found] for found in kinds] == [["missing"], ["stale"], ["gone"]]


def test_the_glossary_and_a_buttons_space_are_kept():
    text = po.Message("05/a", "Soft power is attraction.")
    entry = po.Entry(text, ("Мягкая сила — это притяжение.",))
    terms = [("soft power", "мягкая сила"), ("attraction", "привлекательность")]
    assert [one.kind for one in proof.faults([text], [entry], terms)] == ["term"]
    excused = replace(entry, reason="a play on words")
    assert proof.faults([text], [excused], terms) == []
    label = po.Message("", "Reveal", note="labs/timeline.js")
    long = po.Entry(label, ("Показать то, что было на самом деле",))
    assert [one.kind for one in proof.faults([label], [long])] == ["space"]
