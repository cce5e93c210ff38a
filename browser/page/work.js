// A notebook as a page to work in: its words are there at once, Python gets ready behind them.
import * as keep from "./keep.js";
import * as labs from "./labs.js";
import { pack, unpack } from "./zip.js";

const WORDS = {
  coming: (share) => `Python is getting ready: ${Math.round(share * 100)} %. You can read meanwhile.`,
  starting: "Python is starting. You can read meanwhile.",
  ready: "Ready",
  waits: "This cell runs as soon as Python is ready.",
  runs: "Working",
  failed: "Python could not be fetched: is the connection lost? What you wrote is kept. ",
  lacking: "What this cell needs could not be fetched: is the connection lost? Run the cell again when it is back. ",
  again: "Try again",
  stopped: "Python was stopped. Run the first cell of the page, then go on.",
  unkept: "This browser keeps nothing after the window is closed (a private window, or a full disk). Choose My work, Save my work before you leave.",
  twice: "This page is open in another tab or window, too. Work in one of the two: what was written last is what is kept.",
  changed: "The course has changed this cell since you filled it in. Yours is kept. ",
  see: "Show the new one in place of mine",
  loaded: (files, cells) => `Loaded: ${cells} cells and ${files} other files of your work.`,
  unread: "This file holds no work of this course. Choose the file that Save my work gave you, or an exercise's notebook.",
  replace: "What is in this browser now will be replaced where the file has something else. Save my work first if you want to keep both. Load it?",
  afresh: "Everything that you wrote on this page will be taken away, and the page begins afresh. Go on?",
  saved: "Saved among your downloads. Load my work takes it back, on any computer.",
  handed: "The notebook to hand in is among your downloads. Give it to your teacher as it is.",
  framed: "This page stands inside another one, where a browser may keep nothing. ",
  own: "Open it in a window of its own",
};

// The labs and the verdicts ask the page for its theme.
const dark = matchMedia("(prefers-color-scheme: dark)");
const theme = () => { document.documentElement.dataset.theme = dark.matches ? "dark" : "light"; };
dark.addEventListener("change", theme);
theme();

const page = JSON.parse(document.getElementById("document").textContent);
const { notebook, path, lessons, parts } = page;
const at = (selector, within = document) => within.querySelector(selector);
const status = at("#status"), notes = at("#notes");
const cells = new Map(); // by id, in the order of the page
let mine = {}; // what is kept of this page: { cells: { id: { source, was, outputs } } }
let worker = null, python = "off", waiting = 0, current = null;
let leaving = false; // what is kept is newer than what this page holds: it writes no more

function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// One sentence at the top, once.
function note(name, words, ...more) {
  at(`[data-note="${name}"]`, notes)?.remove();
  const line = made("p", {}, words, ...more);
  line.dataset.note = name;
  notes.append(line);
}
const quiet = (name) => at(`[data-note="${name}"]`, notes)?.remove();

function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

// ---- What is kept

let late = null, changed = false;
function keepSoon() {
  changed = true;
  clearTimeout(late);
  late = setTimeout(keepNow, 400);
}
// Only what this page has changed: another tab may have written since.
async function keepNow() {
  clearTimeout(late);
  if (!changed || leaving) return;
  changed = false;
  if (await keep.put("cells", path, mine)) return;
  changed = true; // it is tried again
  note("unkept", WORDS.unkept);
}

// What a learner filled in stands, also over the course's newer words; a cell that only ran gives
// way to them, with what it showed.
function standing(own, given) {
  return own && (own.source !== own.was || own.was === given) ? own : undefined;
}

function remember(cell, change) {
  mine.cells[cell.id] = { was: cell.given, source: cell.source(), outputs: [], ...mine.cells[cell.id], ...change };
  mine.when = new Date().toISOString();
  keepSoon();
}

// ---- A cell: its source, its button, what it shows

const WRITE = /^\s*%%write\b[^\n]*\n?/;

class Cell {
  constructor(section) {
    this.section = section;
    this.id = section.dataset.cell;
    this.given = notebook.cells.find((one) => one.id === this.id).source;
    this.box = at("textarea", section);
    this.button = at("button.run", section);
    this.out = at(".outputs", section);
    this.outputs = [];
    this.head = section.classList.contains("write") ? this.given.match(WRITE)[0].trimEnd() : null;
    this.box.addEventListener("input", () => { this.fit(); remember(this, { source: this.source(), was: this.given }); });
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.run();
        if (event.shiftKey) next(this)?.focus();
      }
    });
    this.button.addEventListener("click", () => this.run());
    this.fit();
    this.shown = this.box.value; // as the page shows it, without the empty lines of a place for words
  }
  focus() {
    (this.box.offsetParent ? this.box : this.button).focus();
    this.section.scrollIntoView({ block: "nearest" });
  }
  source() {
    if (this.box.value === this.shown) return this.given;
    return this.head === null ? this.box.value : `${this.head}\n${this.box.value}`;
  }
  fill(source) {
    if (source === this.given) this.box.value = this.shown;
    else this.box.value = this.head === null ? source : source.replace(WRITE, "");
    this.fit();
  }
  fit() {
    if (this.head !== null) this.box.value = this.box.value.replace(/^\n+(?=\S)/, "");
    this.box.rows = Math.max(this.head === null ? 1 : 5, this.box.value.split("\n").length);
    this.box.style.height = "auto";
    if (this.box.scrollHeight) this.box.style.height = `${this.box.scrollHeight + 2}px`;
  }
  run() {
    const id = this.id;
    this.section.dataset.state = "waits";
    waiting += 1;
    if (python === "off" || python === "failed") start();
    worker.postMessage({ kind: "run", id, source: this.source() });
    say(python === "ready" ? WORDS.runs : WORDS.waits);
    at("#stop").hidden = false;
  }
  begin() {
    current = this;
    quiet("lacking");
    this.section.dataset.state = "runs";
    // The room is kept while the new picture is on its way, so that the page does not jump.
    this.out.style.minHeight = `${this.out.offsetHeight}px`;
    this.out.replaceChildren();
    this.outputs = [];
  }
  done(well) {
    this.out.style.minHeight = "";
    this.section.dataset.state = well ? "done" : "wrong";
    this.button.setAttribute("aria-label", `${this.button.dataset.label}, has run`);
    const stored = this.outputs.map(({ place: _, ...output }) => {
      const { [LIVE]: __, ...data } = output.data ?? {};
      return output.data ? { ...output, data } : output;
    }).filter((output) => !output.data || Object.keys(output.data).length);
    remember(this, { outputs: stored, source: this.source() });
  }
  show(output) {
    const last = this.outputs[this.outputs.length - 1];
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text += output.text;
      this.out.lastElementChild.textContent = last.text;
      return;
    }
    this.outputs.push(output);
    const holder = made("div", { className: `output ${output.output_type} ${output.name ?? ""}` });
    if (output.place) holder.dataset.place = output.place;
    this.out.append(holder);
    draw(output, holder);
  }
}

const LIVE = "application/vnd.jupyter.widget-view+json";
function draw(output, holder) {
  const { data } = output;
  if (output.output_type === "stream") holder.append(made("pre", { textContent: output.text }));
  else if (output.output_type === "error") holder.append(made("pre", { className: "error", textContent: output.traceback.join("\n") }));
  else if (data[LIVE]) labs.show(data[LIVE].model_id, holder).catch((error) => holder.append(made("p", { className: "error", textContent: String(error) })));
  else if (output.shown || data["text/html"]) holder.innerHTML = output.shown ?? data["text/html"];
  else if (data["image/svg+xml"]) holder.innerHTML = data["image/svg+xml"];
  else if (data["image/png"]) holder.append(made("img", { src: `data:image/png;base64,${data["image/png"]}`, alt: data["text/plain"] ?? "" }));
  else holder.append(made("pre", { textContent: data["text/plain"] ?? "" }));
  scrollers(holder);
}

// What is wider than the page is moved by keyboard, too.
function scrollers(holder) {
  for (const wide of [holder, ...holder.querySelectorAll("pre, .scroll")]) {
    if (wide.scrollWidth > wide.clientWidth + 1) Object.assign(wide, { tabIndex: 0, role: "group" }).setAttribute("aria-label", "Wider than the window");
  }
}

function next(cell) {
  const list = [...cells.values()];
  return list[list.indexOf(cell) + 1];
}

// ---- Python, in a worker of its own

function start() {
  python = "coming";
  say(WORDS.starting);
  quiet("failed");
  const own = new Worker(new URL("../run/worker.js", import.meta.url));
  const fail = (why) => { if (own === worker) hear.failed(why); };
  worker = own;
  own.onmessage = ({ data }) => { if (own === worker) hear[data.kind]?.(data); };
  own.onerror = fail;
  labs.connect((message, buffers, model) => worker?.postMessage({ kind: "comm", id: model.id, message: JSON.stringify(message), buffers }));
  // What is asked for before it is there waits in the worker.
  keep.all("files").then((files) => own.postMessage({ kind: "boot", notebook: path, lessons, parts, files })).catch(fail);
}

// A Python that failed or was stopped is heard no more, and no cell waits for it.
function dismiss() {
  worker?.terminate();
  worker = current = null;
  python = "off";
  waiting = 0;
  for (const cell of cells.values()) {
    cell.out.style.minHeight = "";
    if (["waits", "runs"].includes(cell.section.dataset.state)) delete cell.section.dataset.state;
  }
  labs.deaf();
  at("#stop").hidden = true;
}

function ended() {
  waiting -= 1;
  current = null;
  if (!waiting) { say(WORDS.ready); at("#stop").hidden = true; }
}

const hear = {
  progress({ share }) {
    if (python === "coming" && !waiting) say(share < 1 ? WORDS.coming(share) : WORDS.starting);
  },
  ready({ times }) {
    python = "ready";
    document.documentElement.dataset.python = "ready";
    window.softpowerTimes = times;
    if (!waiting) say(WORDS.ready);
  },
  failed(why) {
    console.warn(why?.why ?? why?.message);
    dismiss();
    python = "failed";
    say("");
    const again = made("button", { type: "button", textContent: WORDS.again });
    again.addEventListener("click", start);
    note("failed", WORDS.failed, again);
  },
  begin({ id }) { cells.get(id)?.begin(); },
  output({ output }) {
    if (output.output_type === "update_display_data") {
      for (const holder of document.querySelectorAll(`[data-place="${CSS.escape(output.place)}"]`)) {
        const hidden = at(".softpower-twin", holder)?.hidden;
        holder.replaceChildren();
        draw(output, holder);
        if (hidden && at(".softpower-twin", holder)) at(".softpower-twin", holder).hidden = true;
      }
      for (const cell of cells.values()) {
        for (const one of cell.outputs) if (one.place === output.place) Object.assign(one, { data: output.data, shown: output.shown });
      }
    } else current?.show(output);
  },
  clear() { current?.out.replaceChildren(); if (current) current.outputs = []; },
  comm: labs.heard,
  answered({ id }) { labs.answered(id); },
  done({ id, well }) {
    cells.get(id)?.done(well);
    ended();
  },
  trouble({ id, why }) {
    console.error(why);
    const cell = cells.get(id);
    if (!cell) return;
    if (cell === current) {
      cell.show({ output_type: "stream", name: "stderr", text: why });
      hear.done({ id, well: false });
    } else { // it has not begun, and what it showed before stands
      delete cell.section.dataset.state;
      note("lacking", WORDS.lacking);
      ended();
    }
  },
  async files({ files }) {
    const pairs = files.map(([name, bytes]) => [name, bytes ?? null]);
    if (!(await keep.putAll({ files: pairs }))) note("unkept", WORDS.unkept);
    // Only now, so that a tab which opens meanwhile finds them kept, or is told.
    for (const [name, bytes] of pairs) others?.postMessage({ kind: "file", name, bytes });
  },
};

function stop() {
  dismiss();
  start();
  note("stopped", WORDS.stopped);
}

// ---- Other tabs of the course: one record of learning, and no page twice

const others = "BroadcastChannel" in window ? new BroadcastChannel("softpower-course") : null;
if (others) {
  others.onmessage = ({ data }) => {
    if (data.kind === "file" && worker) worker.postMessage({ kind: "put", path: data.name, bytes: data.bytes });
    if (data.kind === "who" && data.path === path) { others.postMessage({ kind: "here", path }); note("twice", WORDS.twice); }
    if (data.kind === "here" && data.path === path) note("twice", WORDS.twice);
    if (data.kind === "loaded") { close(); location.reload(); }
  };
  others.postMessage({ kind: "who", path });
}

// ---- Save, load, hand in, begin afresh

// What is written next is the last word on it: neither this page nor its Python writes over it.
function close() {
  leaving = true;
  dismiss();
}

function download(blob, name) {
  const link = made("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// The notebook as JupyterLab would have saved it, with the learner's cells in it.
function filled(book, kept) {
  const copy = structuredClone(book);
  for (const cell of copy.cells) {
    if (cell.cell_type !== "code") continue;
    const own = standing(kept?.cells?.[cell.id], cell.source);
    cell.outputs = (own?.outputs ?? []).map(({ shown: _, ...output }) => ("data" in output ? { ...output, metadata: output.metadata ?? {} } : output));
    for (const output of cell.outputs) if (output.output_type === "execute_result") output.execution_count = null;
    if (own) cell.source = own.source;
  }
  return copy;
}
const asFile = (book) => new TextEncoder().encode(JSON.stringify(book, null, 1) + "\n");

async function books() {
  const answer = await fetch(new URL("../books.json", import.meta.url));
  return answer.json();
}

export async function everything() {
  await keepNow();
  const files = (await keep.all("files")).map(([name, bytes]) => [`my_work/${name}`, bytes]);
  const kept = await keep.all("cells");
  const all = kept.length ? await books() : {};
  for (const [place, work] of kept) {
    if (!all[place]) continue;
    const name = place.startsWith("my_work/") ? place : `my_work/lessons/${place.split("/").pop()}`;
    files.push([name, asFile(filled(all[place], work))]);
  }
  return files;
}

async function save() {
  download(pack(await everything()), `soft_power_my_work_${new Date().toISOString().slice(0, 10)}.zip`);
  note("saved", WORDS.saved);
}

async function handIn() {
  await keepNow();
  const blob = new Blob([asFile(filled(notebook, mine))], { type: "application/x-ipynb+json" });
  download(blob, path.split("/").pop());
  note("saved", WORDS.handed);
}

// A notebook's cells are found by their ids: the course's newer words stand, the learner's cells do.
function taken(book, given, before) {
  const own = { cells: { ...before?.cells } };
  let number = 0;
  for (const cell of book.cells ?? []) {
    const home = given.cells.find((one) => one.id === cell.id && one.cell_type === "code");
    if (!home || cell.cell_type !== "code") continue;
    const source = Array.isArray(cell.source) ? cell.source.join("") : String(cell.source ?? "");
    if (source === home.source) continue;
    own.cells[cell.id] = { source, was: home.source, outputs: [] };
    number += 1;
  }
  return [own, number];
}

// A name of a file inside my_work, and nowhere else.
const inside = (name) => name.split("/").every((part) => part && part !== "." && part !== "..");

async function load(file) {
  const all = await books();
  const names = Object.fromEntries(Object.keys(all).map((place) => [place.split("/").pop(), place]));
  const found = file.name.endsWith(".ipynb") ? [[file.name, new Uint8Array(await file.arrayBuffer())]] : await unpack(file);
  await keepNow();
  const before = new Map(await keep.all("cells"));
  const rooms = { cells: new Map(), files: new Map() };
  let count = 0, number = 0, known = 0;
  for (const [name, bytes] of found) {
    const last = name.split("/").pop();
    const place = names[last] ?? names[last.replace(/ ?\(\d+\)(?=\.ipynb$)/, "")];
    if (last.endsWith(".ipynb")) {
      if (!place) continue;
      const [own, more] = taken(JSON.parse(new TextDecoder().decode(bytes)), all[place], rooms.cells.get(place) ?? before.get(place));
      rooms.cells.set(place, own);
      number += more;
      known += 1;
    } else if (/(^|\/)my_work\//.test(name)) {
      const own = name.replace(/^.*?my_work\//, "");
      if (!inside(own)) continue;
      rooms.files.set(own, bytes);
      count += 1;
    }
  }
  if (!known && !count) throw new Error("nothing of this course");
  close();
  const said = WORDS.loaded(count, number);
  if (await keep.putAll(rooms)) {
    history.replaceState({ said }, "");
    others?.postMessage({ kind: "loaded" });
    location.reload();
  } else { // a page that is opened anew would hold nothing of it
    leaving = false;
    mine = rooms.cells.get(path) ?? mine;
    restore();
    start();
    note("saved", said);
    note("unkept", WORDS.unkept);
  }
}

at("#save")?.addEventListener("click", save);
at("#hand-in")?.addEventListener("click", handIn);
at("#load")?.addEventListener("change", async (event) => {
  const file = event.target.files[0];
  event.target.value = "";
  if (!file || !confirm(WORDS.replace)) return;
  try {
    await load(file);
  } catch (error) {
    console.warn(error);
    note("unread", WORDS.unread);
  }
});
at("#afresh")?.addEventListener("click", async () => {
  if (!confirm(WORDS.afresh)) return;
  close();
  await keep.put("cells", path, null);
  location.reload();
});
at("#stop").addEventListener("click", stop);

// What Python shows leads to notebooks; here each is a page.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.outputs a[href*=".ipynb"]');
  if (!link) return;
  event.preventDefault();
  const [file, place] = link.getAttribute("href").split("/").pop().split("#");
  location.href = file.replace(/\.ipynb$/, ".html") + (place ? `#${place}` : "");
});

// ---- Without a network

// Once Python is here, so that the first visit waits for nothing.
async function keepSite() {
  try {
    await navigator.serviceWorker.register(new URL("../../sw.js", import.meta.url));
    const ready = await navigator.serviceWorker.ready;
    const fill = () => (python === "ready" ? ready.active.postMessage("fill") : setTimeout(fill, 2000));
    fill();
  } catch (error) {
    console.warn(error); // a browser without it needs the network, and nothing else
  }
}

// ---- The page opens

function restore() {
  for (const cell of cells.values()) {
    const own = standing(mine.cells[cell.id], cell.given);
    at(".changed", cell.section)?.remove();
    if (!own) { // what only ran, and is other by now, is forgotten
      delete mine.cells[cell.id];
      continue;
    }
    if (own.source !== cell.given) {
      cell.fill(own.source);
      if (own.was !== cell.given) {
        const button = made("button", { type: "button", textContent: WORDS.see });
        const line = made("p", { className: "changed" }, WORDS.changed, button);
        button.addEventListener("click", () => { cell.fill(cell.given); remember(cell, { source: cell.given, was: cell.given }); line.remove(); });
        cell.section.prepend(line);
      }
    }
    if (own.outputs?.length) {
      cell.out.replaceChildren();
      cell.outputs = [];
      for (const output of own.outputs) cell.show(output);
      cell.outputs = own.outputs;
    }
  }
}

for (const section of document.querySelectorAll("section.code")) {
  const cell = new Cell(section);
  cells.set(cell.id, cell);
}
for (const holder of document.querySelectorAll(".outputs .output")) scrollers(holder);
mine = (await keep.get("cells", path)) ?? {};
mine.cells ??= {};
restore();
if (!(await keep.ready())) note("unkept", WORDS.unkept);
if (window.top !== window.self) note("framed", WORDS.framed, made("a", { href: location.href, target: "_blank", textContent: WORDS.own }));
if (history.state?.said) { note("saved", history.state.said); history.replaceState(null, ""); }
addEventListener("pagehide", keepNow);
document.addEventListener("visibilitychange", () => { if (document.hidden) keepNow(); });
start();
document.documentElement.dataset.page = "ready";
navigator.storage?.persist?.().catch(() => {});
if ("serviceWorker" in navigator) keepSite();
window.softpower = { cells, everything, filled: () => filled(notebook, mine), runAll: () => { for (const cell of cells.values()) cell.run(); } };
