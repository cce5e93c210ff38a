// A page of the browser edition without a browser and without Python: what it keeps goes to a disk
// that can be full, and its Python is a worker that does nothing by itself.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { Window } from "happy-dom";

export const BROWSER = path.resolve(import.meta.dirname, "../../browser");
const read = (name) => readFileSync(path.join(BROWSER, name), "utf8");

const sorted = (room, [from, to]) => [...room].filter(([key]) => key >= from && key <= to).sort(([a], [b]) => (a < b ? -1 : 1));

/** localStorage: its names are its own, its functions are not. */
function storage() {
  const hidden = (value) => ({ value, enumerable: false });
  const store = {};
  return Object.defineProperties(store, {
    setItem: hidden((name, text) => { store[name] = text; }), getItem: hidden((name) => store[name] ?? null), removeItem: hidden((name) => { delete store[name]; }),
  });
}

/** What a browser keeps, also when a page is opened anew. */
export class Disk {
  rooms = { cells: new Map(), files: new Map() };
  full = false;
  blocked = false;
  small = storage(); // the store that needs no wait

  indexedDB() {
    const later = (asked, name) => { setImmediate(() => asked[name]?.()); return asked; };
    return { open: () => later({ result: { transaction: (_, mode) => this.step(mode) } }, this.blocked ? "onerror" : "onsuccess") };
  }

  step(mode) {
    const work = [], step = {};
    const ask = (answer) => { const asked = {}; work.push(() => { asked.result = structuredClone(answer()); }); return asked; };
    step.objectStore = (name) => {
      const room = this.rooms[name];
      return {
        getAll: (range) => ask(() => sorted(room, range).map(([, value]) => value)),
        getAllKeys: (range) => ask(() => sorted(room, range).map(([key]) => key)),
        put: (value, key) => { const copy = structuredClone(value); return ask(() => { room.set(key, copy); }); },
        delete: (key) => ask(() => { room.delete(key); }),
      };
    };
    setImmediate(() => {
      if (mode === "readwrite" && this.full) return step.onabort?.();
      for (const one of work) one();
      step.oncomplete?.();
    });
    return step;
  }
}

const IDBKeyRange = { bound: (...range) => range };

/** The other tabs: what they are told, and what they tell. */
class Channel {
  constructor() { Channel.last = Object.assign(this, { heard: [] }); }
  postMessage(data) { this.heard.push(structuredClone(data)); }
  tell(...messages) { for (const data of messages) this.onmessage({ data }); }
}

class FakeWorker {
  constructor() { this.sent = []; this.gone = false; FakeWorker.made.push(this); }
  postMessage(message) { this.sent.push(message); }
  terminate() { this.gone = true; }
  tell(...messages) { for (const data of messages) this.onmessage({ data }); }
}

/** The scripts of a page in a folder of their own, so that each page has its own state. */
function scripts() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "softpower-page-"));
  for (const name of readdirSync(path.join(BROWSER, "page"))) copyFileSync(path.join(BROWSER, "page", name), path.join(folder, name));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  return (name) => import(pathToFileURL(path.join(folder, name)));
}

const shown = (source) => source.replace(/^%%write.*\n/, "").replace(/^\n+|\n+$/g, "");
function filled(sources, place) {
  const cells = Object.entries(sources).map(([id, source]) => ({ id, source, cell_type: "code", metadata: id === "setup" ? { softpower: { part: "setup" } } : {}, outputs: [] }));
  const sections = cells.map(({ id, source }) => `<section class="code${source.startsWith("%%write") ? " write" : ""}" data-cell="${id}">
    <div class="cell"><button class="run" data-label="Run"></button><div><textarea>${shown(source)}</textarea></div></div><div class="outputs"></div></section>`);
  const said = { notebook: { cells }, path: place, lessons: [], parts: {} };
  const parts = { document: JSON.stringify(said), words: sections.join("\n"), hand_in: '<button id="hand-in"></button>', title: "", described: "", around: "", reading: "", language: "en", languages: "", page: "page" };
  const html = read("page/work.html").replace(/<link[^>]*>/g, "").replace(/<script type="module"[^>]*><\/script>/, "");
  return { html: html.replace(/\{\{t:(.*?)\}\}/g, "$1").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]), books: { [place]: said.notebook } };
}

/** The part that keeps, by itself. */
export function keeper(disk) {
  Object.assign(globalThis, { indexedDB: disk.indexedDB(), IDBKeyRange });
  return scripts()("keep.js");
}

/** Opens a page with these cells, { id: source }; the course may have more pages, { place: notebook }. */
export async function open(sources, disk = new Disk(), more = {}) {
  const place = "my_work/01_x/exercise_01_x.ipynb";
  const window = new Window({ url: "http://localhost/exercise_01_x.html" });
  const { html, books } = filled(sources, place);
  window.document.write(html);
  const page = { window, disk, reloads: 0, workers: (FakeWorker.made = []), saved: [] };
  const given = {
    window, document: window.document, CSS: window.CSS, history: window.history, navigator: {}, Worker: FakeWorker,
    indexedDB: disk.indexedDB(), matchMedia: () => ({ addEventListener() {} }), confirm: () => true,
    addEventListener: window.addEventListener.bind(window), location: { href: window.location.href, reload() { page.reloads += 1; } },
    IDBKeyRange, BroadcastChannel: Channel, localStorage: disk.small,
    fetch: async () => { if (page.lost) throw new TypeError("Failed to fetch"); return new Response(JSON.stringify({ ...books, ...more })); },
  };
  window.BroadcastChannel = Channel;
  for (const [name, value] of Object.entries(given)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  await scripts()("work.js");
  const section = (id) => window.document.querySelector(`[data-cell="${id}"]`);
  const at = (selector) => window.document.querySelector(selector);
  return Object.assign(page, {
    at, section,
    box: (id) => section(id).querySelector("textarea"),
    type(id, words) { page.box(id).value = words; page.box(id).dispatchEvent(new window.Event("input")); },
    run(id) { section(id).querySelector("button.run").click(); },
    others: Channel.last,
    python: () => page.workers[page.workers.length - 1],
    async load(name, bytes) {
      const file = Object.assign(new Blob([bytes]), { name });
      Object.defineProperty(at("#load"), "files", { value: [file], configurable: true });
      at("#load").dispatchEvent(new window.Event("change"));
      await settled();
    },
    leave() { window.dispatchEvent(new window.Event("pagehide")); return settled(); },
    everything: async () => new Map((await window.softpower.everything()).map(([n, bytes]) => [n, new TextDecoder().decode(bytes)])),
    note: (name) => at(`[data-note="${name}"]`)?.textContent,
  });
}

/** Lets everything that was asked for come to its end: nothing here takes time. */
export async function settled() { for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate); }

/** Runs a script that has no page: a worker. What it does not find in `given` is not there. */
export function alone(name, given, change = (text) => text) {
  const context = vm.createContext({ console: { warn() {}, error() {} }, URL, performance, TextDecoder, TransformStream, DecompressionStream, Response, ...given });
  vm.runInContext(change(read(name)), context);
}
