"""The figures of the checks: what passes, what is refused, and how many mistakes are named."""

import feedback_figures as figures
import pytest

EACH = pytest.mark.parametrize("question", figures.checked(), ids=lambda q: q.id)


@pytest.fixture(scope="module")
def counted():
    return figures.figures()


def test_no_wrong_answer_passes_and_no_right_one_is_refused(counted, capsys):
    counts, poor, refused = counted
    with capsys.disabled():
        print(f"\n{figures.table(counts)}")
        fed = counts["right answers"], counts["right answers in odd forms"]
        print(
            f"right answers fed: {fed[0]} as asked, {fed[1]} in odd forms; refused: {len(refused)}"
        )
    assert not refused
    assert not [one for one in poor if one.kind == "passed"]
    assert counts["usual wrong answers"] > 1_000 and counts["right answers"] > 400
    assert counts["right answers in odd forms"] > 1_000


def test_nine_of_ten_listed_mistakes_are_named(counted):
    counts, poor, _ = counted
    judged = sum(counts[f"listed: {kind}"] for kind in ("own", "pointed", "general", "passed"))
    general = [f"{one.question}: {one.answer!r}" for one in poor if one.kind == "general"]
    assert judged == 0 or counts["listed: own"] >= 0.9 * judged, general[:40]


def test_nine_of_ten_usual_mistakes_are_named_or_pointed_at(counted):
    counts, _, _ = counted
    named = counts["usual: own"] + counts["usual: pointed"]
    assert named >= 0.9 * (named + counts["usual: general"])


@EACH
def test_what_cannot_be_read_hears_about_its_form_or_what_to_look_at(question):
    for answer in figures.UNREADABLE:
        one = figures.tried(question, answer)
        assert one.status in ("wrong", "not yet") and len(one.text) > 10


@EACH
def test_no_message_gives_the_answer_away(question):
    assert not list(figures.leaks(question))


@EACH
def test_the_last_hint_leaves_a_gap(question):
    assert not figures.pasted(question, question.hints[2]), "pasted, it passes"


@EACH
def test_no_general_message_is_the_whole_method(question):
    assert not figures.whole_method(question), question.otherwise


def test_a_listed_mistake_is_of_a_question_that_is_there():
    known = {question.id for question in figures.checked()}
    assert set(figures.listed()) | set(figures.typed()) <= known
    assert len(figures.typed()) > 60


# A test that cannot fail is a defect: these show that the ones above can.


def made(entry, tmp_path):
    path = tmp_path / "lesson99.toml"
    path.write_text(entry, encoding="utf-8")
    return figures.loader.read(path)[0]


ENTRY = """
[[question]]
id = "99.1"
objective = "o"
points = 1
minutes = 1
answer = { number = 11.25, tolerance = 0.06 }
right = "R."
otherwise = "OTHERWISE"
hints = ["A", "B", "HINT"]
"""


@pytest.mark.parametrize("hint", ["4500 / 40000 * 100", "Type 4_500 / 40_000 * 100.", "11.25",
                                  "answer = 4500 / 40000 * 100"])  # fmt: skip
def test_a_hint_that_can_be_pasted_is_seen(tmp_path, hint):
    question = made(ENTRY.replace("HINT", hint), tmp_path)
    assert figures.pasted(question, question.hints[2])
    assert not figures.pasted(question, "Type 4_500 / ... * 100.")


def test_a_message_that_holds_the_answer_is_seen(tmp_path):
    assert list(figures.leaks(made(ENTRY.replace("OTHERWISE", "It is about 11.3."), tmp_path)))
    assert not list(figures.leaks(made(ENTRY.replace("OTHERWISE", "Not 10, nor 12."), tmp_path)))


LETTERS = """
[[question]]
id = "99.1"
objective = "o"
points = 1
minutes = 1
answer = ANSWER
right = "R."
hints = ["A", "B", "C"]
"""


@pytest.mark.parametrize(
    "said", ["Look at c once more.", "You have the two the wrong way round.", "Take the other one."]
)
def test_a_message_that_names_the_letter_or_what_is_left_is_seen(said, tmp_path):
    entry = LETTERS.replace("ANSWER", '{ letter = "c" }') + "[question.letters]\n"
    assert list(figures.leaks(made(f'{entry}a = "Why?"\nb = "{said}"', tmp_path)))
    assert not list(figures.leaks(made(f'{entry}a = "A c-note."\nb = "Read b."', tmp_path)))


@pytest.mark.parametrize(
    ("answer", "wrong", "said"),
    [
        ('{ list = ["a", "d"] }', '{ list = ["a"] }', "Look at d as well."),
        ('{ list = ["a", "d"] }', '{ has = ["c"], lacks = ["a"] }', "Why not a?"),
        ('{ mapping = { A = "tea", B = "milk", C = "ale" } }', '{ has = { A = "ale" } }', "Is tea hot?"),
        ('{ mapping = { A = "yes", B = "no" } }', '{ but = { A = "no" } }', "The other way round."),
    ],
)  # fmt: skip
def test_a_message_that_names_what_is_missing_is_seen(answer, wrong, said, tmp_path):
    entry = LETTERS.replace("ANSWER", answer) + 'otherwise = "Read it."\n[[question.wrong]]\n'
    for message, seen in ((said, True), ("Look once more at B, or at b.", False)):
        question = made(f'{entry}answer = {wrong}\nmessage = "{message}"', tmp_path)
        assert bool(list(figures.leaks(question))) is seen


def test_a_general_message_that_is_the_method_is_seen(tmp_path):
    said = "Divide the part by the whole and multiply by 100."
    assert figures.whole_method(made(ENTRY.replace("OTHERWISE", said), tmp_path))
    assert not figures.whole_method(
        made(ENTRY.replace("OTHERWISE", "Which is the whole?"), tmp_path)
    )
