"""Whatever somebody wrote reaches the marker: in its place, out of it, in a damaged file."""

import json

import pytest
from grading_class import ESSAY, EXERCISE, TASKS, as_bytes, cells, code, notebook, text

from softpower.grading import assignment
from softpower.grading.notebook import read, read_with_remark

BLANK = "*Write your answer here: click twice on this line, delete it, and type.*"
PLACE = "%%write 77.4"
WORDS = "My own words on attraction, which nobody handed out."


def answer(made):
    texts, remarks = assignment.open_answers(read(as_bytes(notebook(made))), EXERCISE)
    return texts["77.4"][0], remarks


def raw(source, grade_id=""):
    return text(source, grade_id) | {"cell_type": "raw"}


BEFORE = cells()[:-1]  # up to the task of the open question
IN_PLACE = {
    "place": [code(f"{PLACE}\n{WORDS}", "q4")],
    "place, metadata lost": [code(f"{PLACE}\n{WORDS}")],
    "first line": [code(f"{PLACE} {WORDS}", "q4")],
    "typed over the magic": [code(f"%%{WORDS}", "q4")],
    "another's number": [code(f"%%write\n{WORDS}", "q4")],
    "text cell": [text(WORDS, "q4")],
    "below the placeholder": [text(f"{BLANK}\n\n{WORDS}", "q4")],
    "inside the placeholder": [text(f"*Write your answer here: {WORDS}*", "q4")],
    "beside the placeholder": [text(BLANK, "q4"), text(WORDS)],
    "code, as it is": [code(WORDS, "q4")],
    "code, a new cell": [code(PLACE, "q4"), code(WORDS)],
    "raw": [raw(WORDS, "q4")],
    "raw, metadata lost": [raw(WORDS)],
    "a string": [code(f"'''{WORDS}'''")],
    "a variable": [code(f'answer_4 = """{WORDS}"""', "q4")],
    "under a heading of one's own": [text(f"## My essay\n\n{WORDS}", "q4")],
    "heading apart": [text("## My essay"), text(WORDS)],
    "begins like the rubric": [text(f"The rubric asks for this. {WORDS}", "q4")],
    "like a question": [text(f"### Question of power\n\n{WORDS}", "q4")],
}


@pytest.mark.parametrize("made", IN_PLACE.values(), ids=IN_PLACE)
def test_words_in_the_questions_own_section_are_its_answer(made):
    found, remarks = answer([*BEFORE, *made])
    assert WORDS in found
    assert "Write your answer here" not in found and remarks == []


def test_words_in_the_tasks_own_cell_are_the_answer():
    task = text(f"{TASKS[4]}\n\n{WORDS}")
    assert answer([*BEFORE[:-1], task, code(PLACE, "q4")]) == (WORDS, [])


@pytest.mark.parametrize("kind", [text, raw, lambda t: code(f"'''{t}'''"), code])
def test_words_elsewhere_are_shown_with_a_question_mark(kind):
    made = [*BEFORE[:3], kind(WORDS), *BEFORE[3:], code(PLACE, "q4")]
    found, remarks = answer(made)
    assert WORDS in found and "From cell 4 of the notebook" in found
    assert len(remarks) == 1 and "outside the question's own place" in remarks[0]


@pytest.mark.parametrize(
    "kind",
    [
        lambda t: "# " + t.replace("\n", "\n# "),
        lambda t: f"print({t!r})",
        lambda t: f"essay = f{t!r}",
        lambda t: f"essay = {t[:30]!r} + {t[30:60]!r} + {t[60:]!r}",
        lambda t: f"essay: str = {t!r}",
    ],
)
def test_words_in_comments_prints_and_sums_reach_the_marker(kind):
    words = f"{WORDS} {WORDS} {WORDS}"
    found, remarks = answer([*BEFORE[:3], code(kind(words)), *BEFORE[3:], code(PLACE, "q4")])
    assert words in found and len(remarks) == 1


def test_a_short_comment_or_code_switched_off_is_no_answer():
    made = [code("# check this again"), code("# x = 1\n# print(x)\n" * 30)]
    assert answer([*BEFORE[:3], *made, *BEFORE[3:], code(PLACE, "q4")]) == ("", [])


def test_a_note_beside_a_task_of_one_who_answered_is_no_answer():
    found, remarks = answer([*BEFORE[:3], text("check again"), *BEFORE[3:], text(ESSAY, "q4")])
    assert found == ESSAY and remarks == []


@pytest.mark.parametrize(
    "made",
    [
        [text(BLANK, "q4")],
        [code(PLACE + "\n" * 6, "q4")],
        [code("", "q4")],
        [],
        [code("x = 1\nprint(x)")],
        [code("this is not = python (")],
    ],
)
def test_where_nothing_was_written_nothing_is_found(made):
    assert answer([*BEFORE, *made]) == ("", [])


def test_a_task_cut_in_two_or_of_another_edition_is_no_answer():
    heading, _, words = TASKS[4].partition("\n\n")
    split = [*BEFORE[:-1], text(heading), text(words), code(PLACE, "q4")]
    assert answer(split) == ("", [])
    other = [*BEFORE[:-1], text("### Question 4 · 9 points\n\nAn older task of other words.")]
    assert answer([*other, code(PLACE, "q4")]) == ("", [])
    references = text(
        '## References\n\n- <span id="ref-x77-a"></span>Somebody (2020). A book of nine words or more, read whole.'
    )
    assert answer([*BEFORE, code(PLACE, "q4"), references]) == ("", [])


def test_the_task_at_which_a_file_breaks_off_is_nobodys_words():
    made, own = [*cells()[:-1], text(TASKS[4])], as_bytes(notebook([text(WORDS), text(TASKS[4])]))
    content = as_bytes(notebook(made))
    begin = content.rindex(json.dumps(TASKS[4].split()[-1]).encode().strip(b'"'))
    for end in range(begin - 20, begin + 3):
        found, guesses = read_with_remark(content[:end])[0], set()
        assert found[-1].is_cut
        texts, remarks = assignment.open_answers(found, EXERCISE, None, guesses)
        assert (texts["77.4"][0], remarks, guesses) == ("", [], set())
    texts, _ = assignment.open_answers(read(own[: own.index(WORDS.encode()) + 20]), EXERCISE)
    assert WORDS[:20] in texts["77.4"][0]  # a learner's own, also where it breaks off


# Files that no program reads any more


def whole():
    return json.dumps(
        notebook([*BEFORE, code(f"{PLACE}\nЖұмсақ күш — тартымдылық, деді.", "q4")]),
        ensure_ascii=False,
    )


ALIVE = {
    "utf-16 with mark": whole().encode("utf-16"),
    "utf-16 without": whole().encode("utf-16-le"),
    "utf-16, the other way": whole().encode("utf-16-be"),
    "zeros at the end": whole().encode() + b"\0" * 500,
    "text after the end": whole().encode() + b"\nsent from my phone",
    "a comma too many": whole().replace('"cells": [', '"cells": [,').encode(),
    "broken off": whole().encode()[:-90],
    "git conflict": whole().replace('"cells": [', '<<<<<<< HEAD\n"cells": [\n=======\n').encode(),
    "tabs": whole().replace("тартымдылық", "\tтартымдылық").encode(),
}


@pytest.mark.parametrize("content", ALIVE.values(), ids=ALIVE)
def test_what_can_be_saved_of_a_damaged_file_is_read(content):
    found, remark = read_with_remark(content)
    texts, _ = assignment.open_answers(found, EXERCISE)
    assert "деді" in texts["77.4"][0]
    assert len(found) >= len(BEFORE)
    damaged = content in (
        ALIVE["text after the end"],
        ALIVE["a comma too many"],
        ALIVE["broken off"],
        ALIVE["git conflict"],
    )
    assert bool(remark) == damaged


def test_the_russian_windows_page_keeps_its_letters():
    content = whole().replace("Жұмсақ күш", "Мягкая сила").encode("cp1251", errors="replace")
    found, _ = read_with_remark(content)
    assert "Мягкая сила" in assignment.open_answers(found, EXERCISE)[0]["77.4"][0]


def test_forty_thousand_blank_lines_take_no_time():
    found = read(as_bytes(notebook([*BEFORE, code("answer_1 = 1" + "\n" * 40_000)])))
    assert assignment.assigns(found[-1].source, "answer_1")
    assert not assignment.assigns("\n" * 40_000, "answer_1")


def test_a_remark_outside_the_answers_is_kept_for_the_report():
    made = [*cells(), text("Dear teacher, I am not sure of the second one.")]
    for essay, expected in (([code(f"{PLACE}\n{WORDS}", "q4")], 1), ([], 0)):
        asides = []
        _, remarks = assignment.open_answers(
            read(as_bytes(notebook([text("Dear teacher, I am not sure."), *made[:-2], *essay]))),
            EXERCISE,
            asides,
        )
        # Without an essay it may be one: then it is the marker's.
        assert (len(asides), len(remarks)) == (expected, 1 - expected)
