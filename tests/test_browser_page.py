"""What may fail under a page to work in, in Chromium: one sentence says so, and nothing is lost.

The pages are the built ones. Behind them stands no Python but a worker that says back what it is
asked to run, so that only the page and its keeping are tried; ``test_browser_walk.py`` has Python, too.
"""

import json
import random
import re
import shutil
import tarfile
import threading
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import expect

from browser import build, pages

RAN = re.compile("^ran: from softpower")
LESSON, EXERCISE = "00_start_here", "exercise_01_what_is_soft_power"
WORKER = """
self.onmessage = ({ data }) => {
  if (data.kind === "boot") self.postMessage({ kind: "ready", times: {} });
  if (data.kind !== "run") return;
  self.postMessage({ kind: "begin", id: data.id });
  if (data.source.includes("endless")) return;
  self.postMessage({ kind: "output", output: { output_type: "stream", name: "stdout", text: "ran: " + data.source } });
  self.postMessage({ kind: "done", id: data.id, well: true });
};
"""


# A browser whose disk is full takes what is put, and then ends the step.
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    const asked = put.apply(this, given);
    if (window.full) this.transaction.abort();
    return asked;
  };
  window.full = true;
}"""


def make(folder, change=lambda text: text, editions=(), solutions=False):
    """Make the pages into a folder; ``change`` is what a newer version of the course changes."""
    run = folder / "work" / "run"
    run.mkdir(parents=True)
    (run / "worker.js").write_text(WORKER)
    build.working(folder, {}, solutions, editions)
    for name in (f"{EXERCISE}.html", "books.json"):
        path = folder / "work" / name
        path.write_text(change(path.read_text("utf-8")), "utf-8")
    build.offline(folder)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("site") / "course")


@contextmanager
def served(folder):
    """A server that can be gone: no connection is left open behind it."""
    with pytest.MonkeyPatch.context() as patch, build.server(folder) as serving:
        patch.setattr(build.Handler, "protocol_version", "HTTP/1.0")
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{serving.server_address[1]}"
        serving.shutdown()


@pytest.fixture
def site(made):
    """The pages on a server of their own: another address, where nothing is kept yet."""
    with served(made) as address:
        yield f"{address}/work"


def opened(context, address):
    page = context.new_page()
    page.goto(address)
    return ready(page)


def ready(page):
    page.wait_for_selector("html[data-page=ready][data-python=ready]")
    return page


@contextmanager
def opened_anew(*windows):
    """What is done inside opens these pages anew, by itself: they are the new ones afterwards."""
    for page in windows:
        page.evaluate("() => { window.old = true; }")
    yield
    for page in windows:
        page.wait_for_function("() => !window.old", polling=200)
        ready(page)


def cell(page, name):
    return page.locator(f'[data-cell="{name}"]')


def shown(page, name):
    return cell(page, name).locator(".outputs")


def write(page, name, text):
    cell(page, name).locator("textarea").fill(text)


def source(page, name):
    return page.evaluate("name => window.softpower.cells.get(name).source()", name)


def run(page, name):
    cell(page, name).locator("button.run").click()
    page.wait_for_selector(f'[data-cell="{name}"][data-state=done]')


def notes(page):
    return page.locator("#notes p").evaluate_all("all => all.map((one) => one.dataset.note)")


def saved(page, folder):
    """The notebooks in the file of Save my work: ``{name: {cell: source}}``."""
    page.locator(".menu").evaluate("menu => { menu.open = true; }")
    with page.expect_download() as saving:
        page.locator("#save").click()
    saving.value.save_as(folder / "saved.zip")
    with zipfile.ZipFile(folder / "saved.zip") as archive:
        books = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    return {
        name.rpartition("/")[2].removesuffix(".ipynb"): {
            c["id"]: c["source"] for c in book["cells"]
        }
        for name, book in books.items()
    }


def test_a_reload_takes_nothing_away_not_even_the_last_letter(context, site):
    page = opened(context, f"{site}/{LESSON}.html")
    run(page, "setup")
    write(page, "write-here", "Typed, and left at once.")
    page.reload()
    ready(page)
    assert source(page, "write-here") == "%%write 00.practice\nTyped, and left at once."
    expect(shown(page, "setup")).to_have_text(RAN)
    assert not notes(page)


def test_what_a_cell_showed_stands_also_where_the_database_did_not_take_it_in_time(context, site):
    page = opened(context, f"{site}/{LESSON}.html")
    page.evaluate(FULL)  # no step of this page's is seen to its end
    run(page, "setup")
    page.reload()
    ready(page)
    expect(shown(page, "setup")).to_have_text(RAN)
    # And what comes later finds it in the database.
    page.wait_for_function("() => !Object.keys(localStorage).length")
    page.reload()
    ready(page)
    expect(shown(page, "setup")).to_have_text(RAN)


def test_a_browser_that_keeps_nothing_says_so_and_saves(context, site, tmp_path):
    context.add_init_script(
        """IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };"""
    )
    page = opened(context, f"{site}/{LESSON}.html")
    expect(page.locator("#notes")).to_contain_text("Save my work before you leave")
    assert notes(page) == ["unkept"]
    write(page, "a-answer", 'answer_a = "Kazakhstan"')
    run(page, "a-answer")
    assert saved(page, tmp_path)[LESSON]["a-answer"] == 'answer_a = "Kazakhstan"'


def test_a_full_disk_says_so_and_saves_what_is_newest(browser, site, tmp_path):
    # Without what works offline, which would fill the little room that there is by itself.
    context = browser.new_context(accept_downloads=True, service_workers="block")
    page = context.new_page()
    disk = context.new_cdp_session(page)
    origin = {"origin": site.removesuffix("/work")}
    disk.send("Storage.overrideQuotaForOrigin", origin | {"quotaSize": 200_000})  # bytes
    page.goto(f"{site}/{LESSON}.html")
    ready(page)
    write(page, "a-answer", "answer_a = 1")
    page.evaluate("() => dispatchEvent(new Event('pagehide'))")  # kept, without the wait
    newest = f'answer_a = "newest, and {"long " * 40_000}"'
    write(page, "a-answer", newest)
    page.wait_for_selector("[data-note=unkept]")
    assert saved(page, tmp_path)[LESSON]["a-answer"] == newest
    # There is room again: what waited is kept with the next word.
    disk.send("Storage.overrideQuotaForOrigin", origin)
    write(page, "b-answer", "answer_b = 2")
    page.wait_for_function(
        "() => !Object.keys(localStorage).some((name) => name.startsWith('softpower-course'))"
    )
    page.reload()
    ready(page)
    assert source(page, "a-answer") == newest
    assert source(page, "b-answer") == "answer_b = 2"
    context.close()


def test_two_tabs_of_a_page_lose_none_of_each_others_words(context, site):
    one = opened(context, f"{site}/{LESSON}.html")
    other = opened(context, f"{site}/{LESSON}.html")
    for page in (one, other):
        page.wait_for_selector("[data-note=twice]")
    write(other, "a-answer", "answer_a = 'of the other'")
    one.wait_for_function(
        "() => window.softpower.cells.get('a-answer').source() === \"answer_a = 'of the other'\"",
        polling=200,  # a tab behind another one draws nothing: the usual way of asking waits for that
    )
    write(one, "b-answer", "answer_b = 'of the one'")
    run(one, "setup")
    other.wait_for_function(
        "() => window.softpower.cells.get('setup').out.innerText.startsWith('ran')",
        polling=200,
    )
    other.goto("about:blank")  # a page that is left says so; one that is killed cannot
    one.wait_for_selector("[data-note=twice]", state="detached")
    one.reload()
    ready(one)
    assert source(one, "a-answer") == "answer_a = 'of the other'"
    assert source(one, "b-answer") == "answer_b = 'of the one'"


def test_a_lost_connection_is_one_sentence_and_a_button(context, site):
    context.route("**/worker.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{site}/{LESSON}.html")
    page.wait_for_selector("[data-note=failed]")
    write(page, "a-answer", "answer_a = 'meanwhile'")
    expect(page.locator("#notes")).to_contain_text("What you wrote is kept")
    assert notes(page) == ["failed"]
    context.unroute("**/worker.js")
    page.get_by_role("button", name="Try again").click()
    ready(page)
    expect(page.locator("#status")).to_have_text("Ready")
    assert not notes(page)
    page.reload()
    ready(page)
    assert source(page, "a-answer") == "answer_a = 'meanwhile'"


# Pyodide's part for the course's own worker: it runs nothing, and says back what it is given.
PYODIDE = """
self.loadPyodide = async () => ({
  FS: { mkdirTree() {}, writeFile() {} },
  runPython() {},
  _api: { async loadDynlib() {} },
  pyimport: () => ({
    start(page) { this.page = page; },
    run(source) {
      const output = { output_type: "stream", name: "stdout", text: "ran: " + source };
      this.page(JSON.stringify({ kind: "output", output }), { toJs: () => [], destroy() {} });
      return true;
    },
    changed: () => ({ toJs: () => [], destroy() {} }),
    put() {},
  }),
});
"""


class Breaking(build.Handler):
    """A server whose line breaks in the middle of the files that are named here."""

    lines = frozenset()

    def do_GET(self):
        name = self.path.rpartition("/")[2]
        if name not in self.lines:
            return super().do_GET()
        content = (Path(self.directory) / "work" / "run" / name).read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2])
        self.close_connection = True
        return None


def test_a_line_that_breaks_in_the_middle_of_a_file_is_one_sentence(context, tmp_path, monkeypatch):
    run_folder = make(tmp_path / "course") / "work" / "run"
    shutil.copy(ROOT / "browser" / "run" / "worker.js", run_folder)
    (run_folder / "pyodide.js").write_text(PYODIDE)
    for name in ("base", "late"):
        (tmp_path / name).write_bytes(random.Random(name).randbytes(300_000))
        with tarfile.open(run_folder / f"{name}.tar.gz", "w:gz") as packed:
            packed.add(tmp_path / name, name)
    monkeypatch.setattr(build, "Handler", Breaking)
    monkeypatch.setattr(Breaking, "lines", {"base.tar.gz", "late.tar.gz"})
    with served(tmp_path / "course") as address:
        page = context.new_page()
        page.goto(f"{address}/{pages.FOLDER}/{LESSON}.html")
        write(page, "a-answer", "answer_a = 'meanwhile'")
        page.wait_for_selector("[data-note=failed]")
        assert notes(page) == ["failed"]
        monkeypatch.setattr(Breaking, "lines", {"late.tar.gz"})
        page.get_by_role("button", name="Try again").click()
        ready(page)
        run(page, "setup")
        # A cell that needs what did not come says so, and runs when the line is back.
        write(page, "b-answer", "labs")
        cell(page, "b-answer").locator("button.run").click()
        page.wait_for_selector("[data-note=lacking]")
        assert notes(page) == ["lacking"]
        monkeypatch.setattr(Breaking, "lines", frozenset())
        run(page, "b-answer")
        expect(shown(page, "b-answer")).to_have_text("ran: labs")
        assert not notes(page)
        assert source(page, "a-answer") == "answer_a = 'meanwhile'"


BOX = "one => { const { left, right, height } = one.getBoundingClientRect(); return [left, right, height]; }"


def test_on_a_telephone_the_bar_keeps_its_height_and_the_menu_is_seen_whole(browser, site):
    page = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(f"{site}/{LESSON}.html")
    ready(page)
    bar, status = page.locator(".bar"), page.locator("#status")
    heights = set()
    for words in ("Ready", "Python is getting ready: 92 %. You can read meanwhile."):
        status.evaluate("(one, words) => { one.textContent = words; }", words)
        heights.add(bar.evaluate(BOX)[2])
    assert len(heights) == 1  # what is read below does not jump
    page.locator("summary.button").tap()
    menu = page.locator(".menu > div")
    expect(menu).to_be_visible()
    left, right, _ = menu.evaluate(BOX)
    assert left >= 0 and right <= 390
    page.close()


def test_stop_ends_what_does_not_end(context, site):
    page = opened(context, f"{site}/{LESSON}.html")
    write(page, "a-answer", "answer_a = 'endless'")
    cell(page, "a-answer").locator("button.run").click()
    page.wait_for_selector("[data-cell=a-answer][data-state=runs]")
    page.locator("#stop").click()
    page.wait_for_selector("[data-note=stopped]")
    run(page, "setup")
    expect(page.locator("#stop")).to_be_hidden()
    assert not notes(page)
    assert source(page, "a-answer") == "answer_a = 'endless'"


def newer(text):
    """The course has changed what stands in a cell, and the words around it."""
    return text.replace("answer_1 = ", "answer_1 =   ").replace(
        "from softpower import data", "from softpower import data, newer"
    )


def test_a_newer_site_keeps_what_was_filled_in_and_brings_its_own_words(context, made, tmp_path):
    (tmp_path / "first").symlink_to(made)
    with served(tmp_path) as address:
        page = opened(context, f"{address}/first/{pages.FOLDER}/{EXERCISE}.html")
        answer = page.evaluate(
            "() => [...window.softpower.cells.values()].find((c) => c.given.startsWith('answer_1 ')).id"
        )
        write(page, answer, 'answer_1 = "mine"')
        run(page, answer)
        run(page, "setup")
        # The same address, a newer site, in another folder of the server; the first is gone.
        make(tmp_path / "moved", newer)
        (tmp_path / "first").unlink()
        page.goto(f"{address}/moved/{pages.FOLDER}/{EXERCISE}.html")
        ready(page)
        assert source(page, answer) == 'answer_1 = "mine"'
        assert "newer" in source(page, "setup")
        expect(page.locator(".changed")).to_have_count(1)
        cell(page, answer).get_by_role("button", name="Show the new one").click()
        expect(page.locator(".changed")).to_have_count(0)
        assert source(page, answer).startswith("answer_1 =   ")
        page.close()


def test_after_the_first_visit_it_works_without_a_network(context, made):
    with served(made) as address:
        page = opened(context, f"{address}/{pages.FOLDER}/{LESSON}.html")
        # Everything is kept when as many files are there as the site has.
        count = sum(path.is_file() for path in (made / "work").rglob("*"))
        page.evaluate(
            """async () => {
                const store = await caches.open("softpower-course");
                window.kept = 0;
                setInterval(async () => { window.kept = (await store.keys()).length; }, 200);
            }"""
        )
        page.wait_for_function("count => window.kept === count", arg=count, polling=200)
    page.goto(f"{address}/{pages.FOLDER}/{EXERCISE}.html")
    ready(page)
    run(page, "setup")
    write(page, "setup", "from softpower import data  # mine")
    page.reload()
    ready(page)
    assert source(page, "setup") == "from softpower import data  # mine"


def test_what_is_loaded_may_have_any_name_and_reaches_each_tab(context, site, tmp_path):
    page = opened(context, f"{site}/{EXERCISE}.html")
    other = opened(context, f"{site}/{EXERCISE}.html")
    document = next(one for one in pages.documents() if one.name == EXERCISE)
    book = document.bare
    answer = next(one for one in book["cells"] if one["source"].startswith("answer_1 "))
    answer["source"] = 'answer_1 = "loaded"'
    (tmp_path / "Иванов упражнение 1.ipynb").write_text(json.dumps(book), "utf-8")
    page.on("dialog", lambda dialog: dialog.accept())
    with opened_anew(page, other):
        page.locator("#load").set_input_files(tmp_path / "Иванов упражнение 1.ipynb")
    for one in (page, other):
        assert source(one, answer["id"]) == 'answer_1 = "loaded"'
    said = page.locator("[data-note=saved]")
    expect(said).to_have_text(re.compile("Loaded: 1 cells? and 0 other files"))
