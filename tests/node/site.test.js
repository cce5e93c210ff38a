// The browser edition: what is kept, what the page does when something fails, what its workers do.
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { alone, BROWSER, Disk, keeper, open, settled } from "./site.js";

const { pack } = await import(`data:text/javascript,${encodeURIComponent((await import("node:fs")).readFileSync(`${BROWSER}/page/zip.js`, "utf8"))}`);
const zip = async (files) => pack(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])).arrayBuffer();
const PLACE = "my_work/01_x/exercise_01_x.ipynb";
const cellOf = (text, id) => JSON.parse(text).cells.find((one) => one.id === id);
const output = (text) => ({ kind: "output", output: { output_type: "stream", name: "stdout", text } });
const ran = (id, text) => [{ kind: "begin", id }, output(text), { kind: "done", id, well: true }];

test("what a full disk does not take is held, and read before what is older", async () => {
  const disk = new Disk(), keep = await keeper(disk);
  assert.equal(await keep.put({ files: [["record.json", "old"]] }), true);
  assert.equal(await keep.put({ files: [["words.txt", "old"]] }), true);
  disk.full = true;
  assert.equal(await keep.put({ files: [["record.json", "new"]] }), false);
  assert.equal(await keep.put({ files: [["words.txt", null]] }), false);
  assert.deepEqual(await keep.all("files"), [["record.json", "new"]]);
  disk.full = false;
  assert.equal(await keep.put({ files: [["record.json", "newest"]] }), true);
  assert.deepEqual(await keep.all("files"), [["record.json", "newest"]]);
});

test("where a browser keeps nothing, memory does", async () => {
  const disk = new Disk();
  disk.blocked = true;
  const keep = await keeper(disk);
  assert.equal(await keep.put({ cells: [["a", 1]] }), false);
  assert.deepEqual(await keep.all("cells"), [["a", 1]]);
  await keep.put({ cells: [["a", null]] });
  assert.deepEqual(await keep.all("cells"), []);
});

test("names and values are read in one step", async () => {
  const disk = new Disk(), keep = await keeper(disk);
  await keep.put({ files: [["b", "of b"]] });
  const step = disk.step.bind(disk);
  disk.step = (mode) => {
    const now = step(mode);
    setImmediate(() => { disk.rooms.files = new Map([["a", "of a"], ["b", "of b"]]); }); // another tab
    return now;
  };
  for (const [name, value] of await keep.all("files")) assert.equal(value, `of ${name}`);
});

test("Save my work holds what a full disk did not take", async () => {
  const page = await open({ a: "1" });
  page.type("a", "first");
  await page.leave();
  page.disk.full = true;
  page.type("a", "second");
  await page.leave();
  assert.match(page.note("unkept"), /Save my work/);
  assert.equal(cellOf((await page.everything()).get(PLACE), "a").source, "second");
});

test("a page that changed nothing writes nothing over another tab's work", async () => {
  const page = await open({ a: "1" });
  page.disk.rooms.cells.set(`${PLACE}#a`, { source: "of the other tab", was: "1", outputs: [] });
  assert.equal(cellOf((await page.everything()).get(PLACE), "a").source, "of the other tab");
});

test("a cell that only ran takes the course's newer words, one that was filled in stays", async () => {
  const write = "%%write 01.1\n\n\n\n";
  const before = await open({ ran: "old", mine: "answer = ...", words: write });
  before.type("mine", "answer = 5");
  for (const id of ["ran", "mine", "words"]) { before.run(id); before.python().tell(...ran(id, "shown")); }
  await before.leave();
  const newer = { ran: "new", mine: "answer = ...  # newer", words: write.replace("\n", "\n\n") };
  const after = await open(newer, before.disk);
  assert.equal(after.box("ran").value, "new");
  assert.equal(after.box("mine").value, "answer = 5");
  const changed = [...after.window.document.querySelectorAll(".changed")];
  assert.deepEqual(changed.map((one) => one.parentElement.dataset.cell), ["mine"]);
  const handed = after.window.softpower.filled();
  assert.deepEqual(handed.cells.map((one) => one.source), ["new", "answer = 5", newer.words]);
  assert.deepEqual(handed.cells.map((one) => one.outputs.length), [0, 1, 0]);
  // It runs again under the newer words, and a third version comes.
  after.run("ran");
  after.python().tell(...ran("ran", "shown"));
  await after.leave();
  assert.equal((await open({ ...newer, ran: "newest" }, before.disk)).box("ran").value, "newest");
});

test("what a start that fails leaves behind: nothing, and the next start is ready", async () => {
  const page = await open({ a: "1", b: "2" });
  page.run("a");
  page.python().tell({ kind: "ready", times: {} }, ...ran("a", "shown"));
  page.at("#stop").click();
  const [, failing] = page.workers;
  page.run("a");
  page.run("b");
  failing.tell({ kind: "failed", why: "no network" }, { kind: "trouble", id: "a", why: "no" }, { kind: "trouble", id: "b", why: "no" });
  assert.ok(failing.gone && page.at("#stop").hidden);
  for (const id of ["a", "b"]) assert.equal(page.section(id).dataset.state, undefined);
  page.at('[data-note="failed"] button').click();
  await settled();
  page.python().tell({ kind: "ready", times: {} });
  assert.equal(page.at("#status").textContent, "Ready");
  page.run("b");
  page.python().tell(...ran("b", "shown"));
  assert.equal(page.at("#status").textContent, "Ready");
  assert.ok(page.at("#stop").hidden);
  assert.equal(page.window.softpower.filled().cells[0].outputs[0].text, "shown");
});

test("a cell is run after a start that failed, and Python's start is asked for once", async () => {
  const page = await open({ a: "1" });
  page.python().tell({ kind: "failed", why: "no network" });
  page.run("a");
  await settled();
  assert.equal(page.workers.length, 2);
  assert.deepEqual(page.python().sent.map((one) => one.kind).sort(), ["boot", "run"]);
  page.python().tell({ kind: "ready", times: {} }, ...ran("a", "shown"));
  assert.equal(page.at("#status").textContent, "Ready");
});

test("a cell that could not begin keeps what it showed; one that broke says why", async () => {
  const page = await open({ a: "1" });
  page.run("a");
  page.python().tell({ kind: "ready", times: {} }, ...ran("a", "shown"));
  page.run("a");
  page.python().tell({ kind: "trouble", id: "a", why: "TypeError: Failed to fetch" });
  assert.match(page.note("lacking"), /Run the cell again/);
  assert.equal(page.window.softpower.filled().cells[0].outputs[0].text, "shown");
  page.run("a");
  page.python().tell({ kind: "begin", id: "a" }, { kind: "trouble", id: "a", why: "RangeError" });
  assert.equal(page.note("lacking"), undefined);
  assert.equal(page.window.softpower.filled().cells[0].outputs[0].text, "RangeError");
  assert.equal(page.at("#status").textContent, "Ready");
});

test("a page says so where its files cannot be read", async () => {
  const disk = new Disk();
  const step = disk.step.bind(disk);
  let reads = 0;
  disk.step = (mode) => { if (mode === "readonly" && (reads += 1) > 1) throw new Error("closing"); return step(mode); };
  const page = await open({ a: "1" }, disk);
  await settled();
  assert.match(page.note("failed"), /Try again/);
});

test("a name in a file of work that leads elsewhere is left out", async () => {
  const page = await open({ a: "1" });
  const bad = ["../lib/x.pyc", "a/../../lib/x", "/lib/x", "./x", "a//x"];
  await page.load("work.zip", await zip(Object.fromEntries([...bad, "01_x/words.txt"].map((name) => [`my_work/${name}`, "text"]))));
  assert.equal(page.reloads, 1);
  assert.deepEqual([...page.disk.rooms.files.keys()], ["01_x/words.txt"]);
  assert.match(page.window.history.state.said, /0 cells and 1 other files/);
});

const saved = (source) => JSON.stringify({ cells: [{ id: "a", cell_type: "code", source }] });

test("loaded work is not overwritten by what the page still held", async () => {
  const page = await open({ a: "1", b: "2" });
  page.type("b", "just typed");
  page.run("a");
  await page.load("exercise_01_x.ipynb", saved("loaded"));
  assert.ok(page.workers[0].gone);
  page.workers[0].tell(...ran("a", "late"), { kind: "files", files: [["record.json", "late"]] });
  await page.leave();
  const kept = (id) => page.disk.rooms.cells.get(`${PLACE}#${id}`).source;
  assert.deepEqual([kept("a"), kept("b")], ["loaded", "just typed"]);
  assert.equal(page.disk.rooms.files.size, 0);
});

test("work loaded where nothing is kept is on the page, and in what is saved", async () => {
  const disk = new Disk();
  disk.blocked = true;
  const page = await open({ a: "1" }, disk);
  await page.load("work.zip", await zip({ "my_work/record.json": "{}", [PLACE]: saved("loaded") }));
  assert.equal(page.reloads, 0);
  assert.equal(page.box("a").value, "loaded");
  assert.match(page.note("unkept"), /Save my work/);
  const everything = await page.everything();
  assert.equal(cellOf(everything.get(PLACE), "a").source, "loaded");
  assert.equal(everything.get("my_work/record.json"), "{}");
  assert.deepEqual(page.python().sent[0].files.map(([name]) => name), ["record.json"]);
});

test("a page begun afresh stays so, whatever was typed the moment before", async () => {
  const page = await open({ a: "1" });
  page.type("a", "first");
  await page.leave();
  page.type("a", "second");
  page.at("#afresh").click();
  await settled();
  await page.leave();
  assert.equal(page.reloads, 1);
  assert.equal(page.disk.rooms.cells.size, 0);
});

/** Python's worker with a Python that only notes what it is asked. */
function python({ put = () => {}, fetched = () => true } = {}) {
  const told = [], done = [];
  const kernel = { put: (path) => { put(path); done.push(`put ${path}`); }, start() { done.push("start"); }, run: (source) => { done.push(source); return true; }, changed: () => ({ toJs: () => [], destroy() {} }) };
  const FS = { mkdirTree() {}, writeFile() {} };
  const self = {
    location: "http://localhost/run/worker.js",
    postMessage: (message) => { if (message.kind !== "progress") told.push(message); },
    loadPyodide: async () => ({ FS, runPython() {}, pyimport: () => kernel, _api: { async loadDynlib() {} } }),
  };
  const fetch = async (name) => { if (!fetched(name)) throw new TypeError("Failed to fetch"); return new Response(gzipSync(Buffer.alloc(1024))); };
  alone("run/worker.js", { self, fetch, importScripts() {}, setTimeout: (work) => setImmediate(work), clearTimeout: clearImmediate });
  return { told, done, say: (data) => self.onmessage({ data }), kinds: () => told.map((one) => one.kind) };
}
const BOOT = { kind: "boot", notebook: "n", lessons: [], parts: { base: 1, late: 1 } };
/** Waits for what streams bring: they take their time. */
async function until(true_) { while (!true_()) await new Promise((done) => { setTimeout(done, 5); }); }

test("what is asked for before Python starts waits for it", async () => {
  const worker = python();
  worker.say({ kind: "put", path: "newer.json" });
  worker.say({ kind: "run", id: "a", source: "1" });
  worker.say({ ...BOOT, files: [["record.json", null]] });
  await until(() => worker.kinds().includes("done"));
  assert.deepEqual(worker.done, ["put record.json", "start", "put newer.json", "1"]);
  assert.deepEqual(worker.kinds(), ["ready", "begin", "done"]);
});

test("what ran at another visit runs before what is asked for, and waits for what it needs", async () => {
  const worker = python();
  worker.say({ kind: "run", id: "b", source: "2" });
  worker.say({ ...BOOT, files: [], again: [{ id: "setup", source: "from softpower import labs" }] });
  await until(() => worker.kinds().includes("done"));
  assert.deepEqual(worker.done, ["start", "from softpower import labs", "2"]);
  assert.deepEqual(worker.kinds(), ["ready", "again", "begin", "done"]);
});

test("where Python does not start, one thing is told", async () => {
  const worker = python({ fetched: () => false });
  worker.say({ kind: "run", id: "a", source: "1" });
  worker.say({ ...BOOT, files: [] });
  await until(() => worker.told.length);
  await settled();
  assert.deepEqual(worker.kinds(), ["failed"]);
});

test("a file that cannot be laid keeps no page from starting", async () => {
  const worker = python({ put: (path) => { if (path === "bad") throw new Error("not a folder"); } });
  worker.say({ ...BOOT, files: [["bad", null], ["good", null]] });
  await until(() => worker.kinds().includes("ready"));
  assert.deepEqual(worker.done, ["put good", "start"]);
});

test("what few cells need is fetched again where it did not come", async () => {
  let lost = true;
  const worker = python({ fetched: (name) => !(lost && name.includes("late")) });
  worker.say({ ...BOOT, files: [] });
  worker.say({ kind: "run", id: "a", source: "labs.IndexLab()" });
  await until(() => worker.kinds().includes("trouble"));
  assert.ok(!worker.kinds().includes("begin"));
  lost = false;
  worker.say({ kind: "run", id: "a", source: "labs.IndexLab()" });
  await until(() => worker.kinds().includes("done"));
});

test("only the bytes of this version are kept for want of a network", async () => {
  const now = { "work/run/base.tar.gz": "new", "work/run/late.tar.gz": "new", "work/index.html": "page" };
  const kept = Object.fromEntries(Object.entries(now).map(([name, text]) => [name, createHash("sha256").update(text).digest("hex").slice(0, 16)]));
  const store = new Map(), asked = [], heard = {};
  const cache = {
    match: async (key) => store.get(key), keys: async () => [...store.keys()].map((url) => ({ url })),
    put: async (key, answer) => { store.set(key, await answer.text()); }, delete: async ({ url }) => store.delete(url),
  };
  const self = { location: "http://localhost/sw.js", addEventListener: (name, work) => { heard[name] = work; }, skipWaiting() {}, clients: {} };
  const server = { ...now, "work/run/late.tar.gz": "of yesterday", "work/index.html": "page, with what its server adds" };
  const fetch = async (address, { cache: way }) => { asked.push(way); return new Response(server[address.replace("http://localhost/", "")]); };
  alone("run/offline.js", { self, fetch, crypto: webcrypto, caches: { open: async () => cache, match: cache.match } }, (text) => text.replace("{{kept}}", JSON.stringify(kept)).replace("{{folder}}", "work"));
  const fill = () => new Promise((done, failed) => { heard.message({ data: { fill: "en" }, waitUntil: (work) => work.then(done, failed) }); });
  const names = () => [...store.keys()].map((key) => key.replace(/^.*\/|\?.*$/g, "")).sort();
  await fill();
  assert.deepEqual(names(), ["base.tar.gz", "index.html"]);
  server["work/run/late.tar.gz"] = "new";
  await fill();
  assert.deepEqual(names(), ["base.tar.gz", "index.html", "late.tar.gz"]);
  assert.deepEqual([...new Set(asked)], ["no-cache"]);
});

const own = (source, was = "1") => ({ source, was, outputs: [] });

test("two tabs of a page: each cell is kept by itself, and each tab shows what the other wrote", async () => {
  const page = await open({ a: "1", b: "1" });
  page.disk.rooms.cells.set(`${PLACE}#b`, own("of the other tab"));
  page.others.tell({ kind: "cells", path: PLACE, cells: { b: own("of the other tab") } });
  assert.equal(page.box("b").value, "of the other tab");
  page.type("a", "mine");
  await page.leave();
  assert.deepEqual([...page.disk.rooms.cells].map(([key, { source }]) => [key, source]).sort(), [[`${PLACE}#a`, "mine"], [`${PLACE}#b`, "of the other tab"]]);
  assert.deepEqual(Object.keys(page.others.heard.find((one) => one.kind === "cells").cells), ["a"]);
  page.others.tell({ kind: "cells", path: "another/page.ipynb", cells: { a: own("elsewhere") } });
  assert.equal(page.box("a").value, "mine");
});

test("what is being typed here is not written over by another tab", async () => {
  const page = await open({ a: "1" });
  page.type("a", "mine, this moment");
  page.others.tell({ kind: "cells", path: PLACE, cells: { a: own("older") } });
  assert.equal(page.box("a").value, "mine, this moment");
});

test("a tab that slept looks again at what is kept", async () => {
  const page = await open({ a: "1" });
  page.disk.rooms.cells.set(`${PLACE}#a`, own("written meanwhile"));
  page.window.document.dispatchEvent(new page.window.Event("visibilitychange"));
  await settled();
  assert.equal(page.box("a").value, "written meanwhile");
});

test("the note on a second tab goes with that tab", async () => {
  const page = await open({ a: "1" });
  page.others.tell({ kind: "who", path: PLACE });
  assert.match(page.note("twice"), /appears in the other/);
  page.others.tell({ kind: "gone", path: PLACE });
  assert.equal(page.note("twice"), undefined);
});

test("a page that is left before its words are kept finds them again, and older last words give way", async () => {
  const page = await open({ a: "1", b: "1" });
  const step = page.disk.step;
  page.disk.step = () => ({ objectStore: () => ({ put() {} }) }); // it never comes to its end
  page.type("a", "the last word");
  page.window.dispatchEvent(new page.window.Event("pagehide"));
  page.disk.step = step;
  const after = await open({ a: "1", b: "1" }, page.disk);
  assert.equal(after.box("a").value, "the last word");
  await after.leave();
  assert.equal(after.disk.rooms.cells.get(`${PLACE}#a`).source, "the last word");
  assert.deepEqual(Object.keys(after.disk.small), []);
  after.disk.small.setItem(`softpower-course ${PLACE}#a`, JSON.stringify({ source: "older", was: "1", when: 1 }));
  assert.equal((await open({ a: "1", b: "1" }, after.disk)).box("a").value, "the last word");
});

test("work of an earlier site, kept by the page, is found", async () => {
  const disk = new Disk();
  disk.rooms.cells.set(PLACE, { cells: { a: own("of before"), b: own("of before") } });
  disk.rooms.cells.set(`${PLACE}#b`, own("newer"));
  const page = await open({ a: "1", b: "1" }, disk);
  assert.deepEqual([page.box("a").value, page.box("b").value], ["of before", "newer"]);
  page.at("#afresh").click();
  await settled();
  assert.equal(disk.rooms.cells.size, 0);
});

test("the first cell and the answers run again by themselves where they ran, and only there", async () => {
  const sources = { setup: "from softpower import data", a: "answer_1 = ...", b: "answer_2 = ...", c: "1" };
  const page = await open(sources);
  const again = () => page.python().sent.find((one) => one.kind === "boot").again;
  await settled();
  assert.deepEqual(again(), []);
  page.type("a", 'answer_1 = "b"');
  page.run("setup");
  page.python().tell({ kind: "ready", times: {} }, ...ran("setup", ""));
  page.at("#stop").click();
  await settled();
  assert.deepEqual(again(), [{ id: "setup", source: sources.setup }, { id: "a", source: 'answer_1 = "b"' }]);
  page.python().tell({ kind: "ready", times: {} }, { kind: "again", ids: ["setup", "a"] });
  assert.equal(page.section("setup").dataset.state, "done");
  assert.match(page.note("stopped"), /What you typed stays/);
  page.run("c");
  page.python().tell(...ran("c", "1"));
  assert.equal(page.note("stopped"), undefined);
});

test("a name of a cell above offers to run the cells above, a word without its marks does not", async () => {
  const page = await open({ a: "from course import table, other\nx = 1", b: "table(x)", c: 'answer = "y"' });
  const unknown = (cell, name) => {
    const error = { output_type: "error", ename: "NameError", evalue: `name '${name}' is not defined`, traceback: ["NameError"] };
    page.run(cell);
    page.python().tell({ kind: "ready", times: {} }, { kind: "begin", id: cell }, { kind: "output", output: error }, { kind: "done", id: cell, well: false });
    return page.section(cell).querySelector(".outputs button") !== null;
  };
  assert.deepEqual(["Japan", "Жапония", "course2"].map((name) => unknown("b", name)), [false, false, false]);
  assert.deepEqual([unknown("a", "x"), unknown("b", "x"), unknown("b", "table")], [false, true, true]);
  page.python().sent.length = 0;
  page.section("b").querySelector(".outputs button").click();
  assert.deepEqual(page.python().sent.filter((one) => one.kind === "run").map((one) => one.id), ["a", "b"]);
});

test("an exercise's notebook is told by its cells, whatever its name", async () => {
  const answers = { cells: [{ id: "a", cell_type: "code", source: "2" }] };
  const page = await open({ a: "1" }, new Disk(), { "my_work/solutions/solution_01_x.ipynb": answers });
  await page.load("Иванов упражнение 1.ipynb", saved("loaded"));
  assert.deepEqual([...page.disk.rooms.cells].map(([key, { source }]) => [key, source]), [[`${PLACE}#a`, "loaded"]]);
  const other = await open({ a: "1" });
  await other.load("shopping.ipynb", JSON.stringify({ cells: [{ id: "zzz", cell_type: "code", source: "1" }] }));
  assert.match(other.note("unread"), /no work of this course/);
});

test("of two copies in a file of work, the one with the right name stands", async () => {
  const page = await open({ a: "1" });
  await page.load("w.zip", await zip({ [PLACE]: saved("newest"), "my_work/01_x/copy of before.ipynb": saved("old") }));
  assert.equal(page.disk.rooms.cells.get(`${PLACE}#a`).source, "newest");
});

test("without a connection work is saved whole, and nothing is loaded half", async () => {
  const disk = new Disk(), there = "my_work/02_y/exercise_02_y.ipynb";
  disk.rooms.cells.set(`${there}#c`, own("of another page"));
  const page = await open({ a: "1" }, disk);
  page.lost = true;
  page.type("a", "mine");
  const all = await page.everything();
  assert.deepEqual([cellOf(all.get(PLACE), "a").source, cellOf(all.get(there), "c").source], ["mine", "of another page"]);
  await page.load("exercise_01_x.ipynb", saved("loaded"));
  assert.match(page.note("unread"), /could not be fetched/);
  assert.equal(page.box("a").value, "mine");
});

test("the menu closes by Escape and by a click beside it", async () => {
  const page = await open({ a: "1" });
  const menu = page.at("details.menu");
  menu.open = true;
  page.window.document.dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "Escape" }));
  assert.equal(menu.open, false);
  menu.open = true;
  page.at(".menu p").dispatchEvent(new page.window.Event("click", { bubbles: true }));
  assert.equal(menu.open, true);
  page.at("main").dispatchEvent(new page.window.Event("click", { bubbles: true }));
  assert.equal(menu.open, false);
});

test("every script of a page is asked for with the page", async () => {
  const { readdirSync, readFileSync } = await import("node:fs");
  const scripts = readdirSync(`${BROWSER}/page`).filter((name) => name.endsWith(".js")).sort();
  const asked = [...readFileSync(`${BROWSER}/page/work.html`, "utf8").matchAll(/modulepreload" href="\{\{page\}\}\/([\w.]+)"/g)].map(([, name]) => name).sort();
  assert.deepEqual(asked, scripts);
});
