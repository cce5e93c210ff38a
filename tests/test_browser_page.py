"""What may fail under a page to work in, in Chromium: one sentence says so, and nothing is lost.

The pages are the built ones. Behind them stands no Python but a worker that says back what it is
asked to run, so that only the page and its keeping are tried; ``walk_browser.py`` has the whole.
"""

import json
import re
import threading
import zipfile
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest

from browser import build, languages, pages
from softpower.translation import pseudo, sources

LONG = 60_000  # ms: a machine that does other things, too, is slow and not wrong
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
def served(folder, port=0):
    """A server that can be gone: no connection is left open behind it."""
    with pytest.MonkeyPatch.context() as patch, build.server(folder, port) as serving:
        patch.setattr(build.Handler, "protocol_version", "HTTP/1.0")
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{serving.server_address[1]}", serving.server_address[1]
        serving.shutdown()


@pytest.fixture
def site(made):
    """The pages on a server of their own: another address, where nothing is kept yet."""
    with served(made) as (address, _):
        yield f"{address}/work"


@pytest.fixture
def context(browser):
    made = browser.new_context(accept_downloads=True)
    made.set_default_timeout(LONG)
    yield made
    made.close()


def opened(context, address):
    page = context.new_page()
    page.goto(address)
    return ready(page)


def ready(page):
    page.wait_for_selector("html[data-page=ready][data-python=ready]")
    return page


def cell(page, name):
    return page.locator(f'[data-cell="{name}"]')


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
    assert cell(page, "setup").locator(".outputs").inner_text().startswith("ran: from softpower")
    assert not notes(page)


def test_a_browser_that_keeps_nothing_says_so_and_saves(context, site, tmp_path):
    context.add_init_script(
        """IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };"""
    )
    page = opened(context, f"{site}/{LESSON}.html")
    assert notes(page) == ["unkept"]
    assert "Save my work before you leave" in page.locator("#notes").inner_text()
    write(page, "a-answer", 'answer_a = "Kazakhstan"')
    run(page, "a-answer")
    assert saved(page, tmp_path)[LESSON]["a-answer"] == 'answer_a = "Kazakhstan"'


def test_a_full_disk_says_so_and_saves_what_is_newest(context, site, tmp_path):
    page = opened(context, f"{site}/{LESSON}.html")
    write(page, "a-answer", "answer_a = 1")
    page.evaluate("() => dispatchEvent(new Event('pagehide'))")  # kept, without the wait
    page.evaluate(FULL)
    write(page, "a-answer", 'answer_a = "newest"')
    page.wait_for_selector("[data-note=unkept]")
    assert saved(page, tmp_path)[LESSON]["a-answer"] == 'answer_a = "newest"'
    # There is room again: what waited is kept with the next word.
    page.evaluate("() => { window.full = false; }")
    write(page, "b-answer", "answer_b = 2")
    page.reload()
    ready(page)
    assert source(page, "a-answer") == 'answer_a = "newest"'
    assert source(page, "b-answer") == "answer_b = 2"


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
    assert notes(page) == ["failed"] and "What you wrote is kept" in page.inner_text("#notes")
    context.unroute("**/worker.js")
    page.get_by_role("button", name="Try again").click()
    ready(page)
    assert not notes(page) and page.inner_text("#status") == "Ready"
    page.reload()
    ready(page)
    assert source(page, "a-answer") == "answer_a = 'meanwhile'"


def test_stop_ends_what_does_not_end(context, site):
    page = opened(context, f"{site}/{LESSON}.html")
    write(page, "a-answer", "answer_a = 'endless'")
    cell(page, "a-answer").locator("button.run").click()
    page.wait_for_selector("[data-cell=a-answer][data-state=runs]")
    page.locator("#stop").click()
    page.wait_for_selector("[data-note=stopped]")
    run(page, "setup")
    assert not notes(page) and page.locator("#stop").is_hidden()
    assert source(page, "a-answer") == "answer_a = 'endless'"


def newer(text):
    """The course has changed what stands in a cell, and the words around it."""
    return text.replace("answer_1 = ", "answer_1 =   ").replace(
        "from softpower import data", "from softpower import data, newer"
    )


def test_a_newer_site_keeps_what_was_filled_in_and_brings_its_own_words(context, made, tmp_path):
    with served(made) as (address, port):
        page = opened(context, f"{address}/work/{EXERCISE}.html")
        answer = page.evaluate(
            "() => [...window.softpower.cells.values()].find((c) => c.given.startsWith('answer_1 ')).id"
        )
        write(page, answer, 'answer_1 = "mine"')
        run(page, answer)
        run(page, "setup")
    # The same address, a newer site, in another folder of the server.
    make(tmp_path / "new" / "moved", newer)
    with served(tmp_path / "new", port) as (address, _):
        page.goto(f"{address}/moved/work/{EXERCISE}.html")
        ready(page)
        assert source(page, answer) == 'answer_1 = "mine"'
        assert "newer" in source(page, "setup")
        assert page.locator(".changed").count() == 1
        cell(page, answer).get_by_role("button", name="Show the new one").click()
        assert source(page, answer).startswith("answer_1 =   ")
        assert not page.locator(".changed").count()
    page.close()


def test_after_the_first_visit_it_works_without_a_network(context, made):
    with served(made) as (address, _):
        page = opened(context, f"{address}/work/{LESSON}.html")
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
    page.goto(f"{address}/work/{EXERCISE}.html")
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
    with page.expect_navigation(), other.expect_navigation():
        page.locator("#load").set_input_files(tmp_path / "Иванов упражнение 1.ipynb")
    for one in (page, other):
        assert source(ready(one), answer["id"]) == 'answer_1 = "loaded"'
    said = page.locator("[data-note=saved]").inner_text()
    assert re.search(r"Loaded: 1 cells? and 0 other files", said)


# --- in another language ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def in_two(tmp_path_factory):
    """The pages in English and in the pseudo-language: two lessons, an exercise, its answers."""
    folder = tmp_path_factory.mktemp("languages")
    few = [one for one in sources.lessons(languages.ROOT) if one[1] in ("00", "01", "x01")]

    def of_pages_alone(root):  # what Python says behind them is tried elsewhere
        return sources.of_pages(root) | {"browser": sources.browser(root)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "lessons", lambda root: few)
        patch.setattr(sources, "markdown_pages", lambda root: [])
        patch.setattr(sources, "catalogues", of_pages_alone)
        edition = languages.make(pseudo.CODE, folder / "editions")
        return make(folder / "site", editions=[edition], solutions=True)


SILENT = {"script", "style", "textarea", "code", "nav", "td"}
SAID = {"aria-label", "title", "alt", "data-label", "content"}


class Read(HTMLParser):
    """What of a page is read or read out, but for code, references, names of languages and parts."""

    def __init__(self, text):
        super().__init__()
        self.silent, self.words = 0, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        if tag not in ("a", "span") and "viewport" not in dict(attrs).values():
            self.words += [said for name, said in attrs if name in SAID]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        self.words += [] if self.silent else [data]


def english(text):
    """The English words of a page; a word of two letters may be anybody's."""
    listed = r'<a id="cite-.*?</a>|<section class="words" id="cell-references">.*?</section>'
    said = " ".join(Read(re.sub(listed, "", text, flags=re.DOTALL)).words)
    return re.findall(r"\b[A-Za-z]{3,}\b", said)


def test_no_english_word_is_on_a_page_of_another_language(in_two):
    made = sorted((in_two / pseudo.CODE / "work").glob("*.html"))
    assert len(made) == 6  # with the lists of pages and of parts
    assert {path.name: english(path.read_text("utf-8")) for path in made} == {
        path.name: [] for path in made
    }
    here = (in_two / "work" / made[0].name).read_text("utf-8")
    assert len(english(here)) > 100  # one English word would be seen
    page = (in_two / pseudo.CODE / "work" / f"{LESSON}.html").read_text("utf-8")
    held = json.loads(re.search(r'id="document">(.*?)</script>', page, re.DOTALL)[1])
    assert len(held["words"]) > 20
    assert not re.findall(
        r"\b(?!share|cells|files|label)[A-Za-z]{3,}", "".join(held["words"].values())
    )


def test_the_switch_keeps_the_place_and_the_answers(context, in_two):
    with served(in_two) as (address, _):
        page = opened(context, f"{address}/work/{EXERCISE}.html")
        answer = page.evaluate(
            "() => [...window.softpower.cells.values()].find((c) => c.given.startsWith('answer_1 ')).id"
        )
        write(page, answer, 'answer_1 = "mine"')
        number = cell(page, answer).get_attribute("id")
        cell(page, answer).evaluate("one => one.scrollIntoView()")
        page.locator(f".languages a[lang={pseudo.CODE}]").dispatch_event("click")
        page.wait_for_url(f"{address}/{pseudo.CODE}/work/{EXERCISE}.html#*")
        ready(page)
        assert page.url.partition("#")[2] == number
        assert source(page, answer) == 'answer_1 = "mine"'
        assert not page.locator(".changed").count()
        # What a page says later is in its language, too.
        write(page, answer, "answer_1 = 'endless'")
        cell(page, answer).locator("button.run").click()
        page.wait_for_selector(f"[data-cell={answer}][data-state=runs]")
        page.locator("#stop").click()
        page.wait_for_selector("[data-note=stopped]")
        said = page.locator("[data-note=stopped]").text_content()
        assert len(said) > 50 and not re.search("[A-Za-z]{3}", said)
        page.locator(".languages a[lang=en]").dispatch_event("click")
        page.wait_for_url(f"{address}/work/{EXERCISE}.html*")
        assert source(ready(page), answer) == "answer_1 = 'endless'"
