"""Marking by hand: nothing that a person gave is written over, by keyboard alone, by two people."""

import http.client
import json
import threading
import webbrowser

import pytest
from grading_class import EXERCISE, handed_in
from grading_room import folder_of, grade, table
from playwright.sync_api import expect

from softpower.errors import CourseError
from softpower.grading import agreement, sheets
from softpower.grading.desk import Desk, Sheet, contents

KNOWN = {"77": EXERCISE}
BLANK = {"level": "", "comment": ""}


@pytest.fixture
def out(tmp_path, one_warm_process):
    people = {name: handed_in(essay=f"Words of {name}.") for name in ("Ann", "Bob", "Cy")}
    grade(folder_of(tmp_path, **people), tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def desk(out):
    made = Desk(Sheet(out / "marking.csv"), KNOWN)
    thread = threading.Thread(target=made.serve)
    thread.start()
    yield made
    made.end()
    thread.join(60)
    assert not thread.is_alive()


def key_of(out, student, place=0):
    return [row["row_id"] for row in table(out / "marking.csv") if row["student"] == student][place]


def levels(out):
    return {row["student"]: row["level"] for row in reversed(table(out / "marking.csv"))}


def test_a_mark_is_written_at_once_and_the_rest_of_the_sheet_stays(out):
    before = table(out / "marking.csv")
    now = {"level": "2", "comment": "=good"}
    assert Sheet(out / "marking.csv").put(key_of(out, "Bob"), BLANK, now) is None
    after = table(out / "marking.csv")
    changed = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    assert [two["level"] for _, two in changed] == ["2"]
    assert changed[0][1]["comment"] == sheets.GUARD + "=good"  # no formula


def test_a_mark_given_elsewhere_meanwhile_is_never_written_over(out):
    sheet, key = Sheet(out / "marking.csv"), key_of(out, "Bob")
    theirs, mine = {"level": "3", "comment": "theirs"}, {"level": "1", "comment": "mine"}
    assert sheet.put(key, BLANK, theirs) is None
    assert sheet.put(key, BLANK, mine) == theirs and levels(out)["Bob"] == "3"
    assert sheet.put(key, theirs, mine) is None and levels(out)["Bob"] == "1"
    with pytest.raises(CourseError, match="no longer"):
        sheet.put("nobody", BLANK, mine)


def test_two_who_mark_at_once_lose_nothing(out):
    sheets_of_two = [Sheet(out / "marking.csv"), Sheet(out / "marking.csv")]
    keys = [row["row_id"] for row in table(out / "marking.csv")]

    def mark(sheet, mine):
        for key in mine:
            while True:
                try:
                    assert sheet.put(key, BLANK, {"level": "1", "comment": "x"}) is None
                    break
                except CourseError:
                    continue

    two = [
        threading.Thread(target=mark, args=(sheet, keys[number::2]))
        for number, sheet in enumerate(sheets_of_two)
    ]
    for one in two:
        one.start()
    for one in two:
        one.join()
    assert {row["level"] for row in table(out / "marking.csv")} == {"1"}


def test_a_sheet_saved_while_results_are_written_is_read_again(out, tmp_path, monkeypatch):
    written, marked = sheets.write, []

    def saved_meanwhile(path, columns, rows, *rest, **more):
        if path.name == "marking.csv" and not marked:
            marked.append(True)
            rows = list(rows)
            now = {"level": "3", "comment": "just now"}
            monkeypatch.setattr(sheets, "write", written)
            Sheet(out / "marking.csv").put(key_of(out, "Cy"), BLANK, now)
        return written(path, columns, rows, *rest, **more)

    monkeypatch.setattr(sheets, "write", saved_meanwhile)
    grade(tmp_path / "submissions", out)
    assert marked and levels(out)["Cy"] == "3"


def request(desk, method, path, token=None, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", desk.server.server_address[1], timeout=60)
    headers = {"X-Token": token or ""} | headers
    connection.request(method, path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_only_this_machine_and_only_with_the_token(desk):
    assert desk.server.server_address[0] == "127.0.0.1"
    for method, path in (("GET", "/"), ("GET", "/answers"), ("POST", "/mark"), ("POST", "/end")):
        assert request(desk, method, path)[0] == 403
        assert request(desk, method, path, "wrong")[0] == 403
    assert request(desk, "GET", "/answers", desk.token)[0] == 200
    assert request(desk, "GET", "/answers", desk.token, Host="evil.example")[0] == 403
    assert request(desk, "GET", "/answers", desk.token, Origin="http://evil.example")[0] == 403
    assert request(desk, "POST", "/mark", desk.token, {"row_id": 3})[0] == 409
    assert request(desk, "GET", "/../marking.csv", desk.token)[0] == 404


def test_what_a_learner_wrote_is_no_html(tmp_path, one_warm_process):
    essay = "<script>alert(1)</script> <img src=x onerror=alert(2)> four words of mine"
    grade(folder_of(tmp_path, Ann=handed_in(essay=essay)), tmp_path / "out")
    (found,) = contents(Sheet(tmp_path / "out" / "marking.csv").rows(), KNOWN)
    html = found["answers"][0]["html"]
    assert "<script" not in html and "<img" not in html and "four words" in html


# --- in a browser -------------------------------------------------------------------------


@pytest.fixture
def page(desk, browser):
    context = browser.new_context()
    opened = context.new_page()
    outside = []
    context.route(
        "**/*",
        lambda route: (
            route.continue_()
            if desk.host in route.request.url
            else (outside.append(route.request.url), route.abort())
        ),
    )
    opened.goto(desk.address)
    opened.wait_for_selector("fieldset")
    yield opened
    assert not outside
    context.close()


def kept(page):
    page.locator("#said", has_text="Kept.").wait_for()


def test_a_class_is_marked_with_the_keys_alone(page, out):
    criteria = len(EXERCISE.open[0].rubric)
    for _ in range(3):
        for _ in range(criteria):
            page.keyboard.press("2")
        kept(page)
        page.keyboard.press("n")
    page.locator("#count", has_text="3 of 3 marked").wait_for()
    assert {row["level"] for row in table(out / "marking.csv")} == {"2"}


def test_a_comment_is_kept_and_offered_again(page, out):
    page.keyboard.press("c")
    page.keyboard.type("Say where Nye says so.")
    page.keyboard.press("Escape")
    kept(page)
    page.keyboard.press("n")
    page.locator("#who", has_text="Answer 2").wait_for()
    page.keyboard.press("c")
    page.keyboard.press("Alt+1")
    kept(page)
    said = [row["comment"] for row in table(out / "marking.csv") if row["comment"]]
    assert said == ["Say where Nye says so."] * 2
    expect(page.locator("button.early").first).to_have_text("Say where Nye says so.")


def test_names_are_hidden_where_wished(page):
    expect(page.locator("#who")).to_contain_text("Ann")
    page.check("#hide")
    expect(page.locator("#who")).not_to_contain_text("Ann")


def test_the_page_says_that_somebody_else_has_marked_and_asks(page, out):
    Sheet(out / "marking.csv").put(key_of(out, "Ann"), BLANK, {"level": "3", "comment": "mine"})
    page.keyboard.press("0")
    page.wait_for_selector("#other:not([hidden])")
    expect(page.locator("#said")).to_contain_text("level 3")
    assert levels(out)["Ann"] == "3"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Write mine over it
    kept(page)
    assert levels(out)["Ann"] == "0"


def test_while_the_page_asks_every_key_is_answered(page, out):
    Sheet(out / "marking.csv").put(key_of(out, "Ann"), BLANK, {"level": "3", "comment": "theirs"})
    page.keyboard.press("0")
    page.wait_for_selector("#other:not([hidden])")
    for key in "1n2p":
        page.evaluate("document.getElementById('said').textContent = ''")
        page.keyboard.press(key)
        page.locator("#said", has_text="t keeps theirs, m writes yours").wait_for()
    page.click("#end")  # nor does it end with a question open
    expect(page.locator("#other button").first).to_be_focused()
    expect(page.locator("#who")).to_contain_text("Answer 1")
    assert levels(out)["Ann"] == "3"
    page.keyboard.press("t")
    page.locator("#said", has_text="Theirs stands").wait_for()
    assert levels(out)["Ann"] == "3"
    page.keyboard.press("n")
    page.locator("#who", has_text="Answer 2").wait_for()
    # And the other way: m writes one's own.
    Sheet(out / "marking.csv").put(key_of(out, "Bob"), BLANK, {"level": "3", "comment": ""})
    page.keyboard.press("1")
    page.wait_for_selector("#other:not([hidden])")
    page.keyboard.press("m")
    kept(page)
    assert levels(out)["Bob"] == "1"


def test_what_is_no_level_waits(page, out):
    rows = table(out / "marking.csv")
    for row in rows:
        row["level"] = "2.5" if row["student"] == "Ann" else "1"
    sheets.write(out / "marking.csv", list(rows[0]), rows)
    page.reload()
    page.locator("#count", has_text="2 of 3 marked").wait_for()


def test_axe_finds_nothing(page, axe):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": 1200 if scheme == "light" else 360, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert axe(page, "html") == []


def test_the_command_opens_the_page_and_writes_the_marks_when_it_ends(
    tmp_path,
    one_warm_process,
    monkeypatch,
):
    def marker(address):
        opened = http.client.HTTPConnection(address.split("/")[2], timeout=60)

        def mark():
            token = address.partition("token=")[2]
            for row in table(tmp_path / "out" / "marking.csv"):
                now = {"level": "2", "comment": ""}
                body = json.dumps({"row_id": row["row_id"], "seen": BLANK, "now": now})
                opened.request("POST", "/mark", body, {"X-Token": token})
                assert json.loads(opened.getresponse().read())["kept"]
            opened.request("POST", "/end", "{}", {"X-Token": token})
            opened.getresponse().read()

        threading.Thread(target=mark).start()

    monkeypatch.setattr(webbrowser, "open", marker)
    grade(folder_of(tmp_path, Ann=handed_in()), tmp_path / "out", "--mark")
    (row,) = table(tmp_path / "out" / "gradebook.csv")
    assert row["to_mark"] == "0" and float(row["total"]) > 7


# --- two markers --------------------------------------------------------------------------


def test_two_of_one_name_are_told_apart_where_markers_differ():
    rows = [{"student": "Ann", "number": number} for number in ("41", "42")]
    found = agreement.compare({row["number"]: (row, "1", "2") for row in rows})
    assert [row["student"] for row in found["rows"]] == ["Ann (41)", "Ann (42)"]


def test_two_sheets_are_put_together_and_compared(out, tmp_path):
    mine, theirs = table(out / "marking.csv"), table(out / "marking.csv")
    for number, (one, other) in enumerate(zip(mine, theirs, strict=True)):
        one["level"] = "2" if number % 3 else ""
        other["level"], other["comment"] = "2,0" if number % 2 else "1", "from the other"
    columns = list(mine[0])
    sheets.write(out / "marking.csv", columns, mine)
    sheets.write(tmp_path / "other.csv", columns, theirs, ";")
    for _ in range(3):  # and again: it stays as it is
        grade(tmp_path / "submissions", out, "--second-marker", tmp_path / "other.csv")
        rows = table(out / "marking.csv")
        got = [row["level"] for row in rows]
        assert got == [a["level"] or b["level"] for a, b in zip(mine, theirs, strict=True)]
        # Her words go to the student where they do not speak for another level than counts.
        fits = [not n % 3 or bool(n % 2) for n in range(len(rows))]
        assert [row["comment"] for row in rows] == [f * "from the other" for f in fits]
        assert all("from the other" in row["other_markers"] for row in rows)
        text = (out / "report.html").read_text("utf-8")
        both = [n for n in range(len(mine)) if n % 3]
        assert f"{len(both)} criteria were marked by two people" in text
        assert f"same level in {sum(n % 2 for n in both)} of them" in text
        assert "kappa" in text and "Where two markers differ" in text
    # A mark of the second marker that the first has changed is the first's.
    filled = next(n for n in range(len(mine)) if not n % 3)
    rows[filled]["level"] = "0"
    sheets.write(out / "marking.csv", columns, rows)
    grade(tmp_path / "submissions", out, "--second-marker", tmp_path / "other.csv")
    assert table(out / "marking.csv")[filled]["level"] == "0"
    grade(tmp_path / "submissions", out)  # nor is anything lost without the other sheet
    assert [row["level"] for row in table(out / "marking.csv")] == [row["level"] for row in rows]


def test_agreement_is_the_courses_own():
    pairs = {n: ({"student": "x"}, *two) for n, two in enumerate(zip("0011", "0010", strict=True))}
    found = agreement.compare(pairs)
    assert "(75%)" in found["said"] and "0.50" in found["said"] and len(found["rows"]) == 1
    assert agreement.compare({}) is None
    assert "cannot be had" in agreement.compare({1: ({}, "2", "2.0")})["said"]
