// A learner's work leaves this browser and comes back: save, load, hand in, begin afresh.
import * as keep from "./keep.js";
import { cells } from "./cells.js";
import { adopt, close, keepNow, mine, standing } from "./mine.js";
import { at, language, made, note, notebook, path } from "./page.js";
import * as python from "./python.js";
import * as tabs from "./tabs.js";
import { WORDS } from "./words.js";
import { pack, unpack } from "./zip.js";

const SOLUTIONS = "my_work/solutions/";

function download(blob, name) {
  const link = made("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// The notebook as JupyterLab would have saved it, with the learner's cells in it.
export function filled(book, kept) {
  const copy = structuredClone(book);
  for (const cell of copy.cells) {
    if (cell.cell_type !== "code") continue;
    const own = standing(kept[cell.id], cell.source);
    cell.outputs = (own?.outputs ?? []).map(({ shown: _, ...output }) => ("data" in output ? { ...output, metadata: output.metadata ?? {} } : output));
    for (const output of cell.outputs) if (output.output_type === "execute_result") output.execution_count = null;
    if (own) cell.source = own.source;
  }
  return copy;
}

// Where the course's page cannot be had: the learner's cells alone, which can be loaded again.
function bare(kept) {
  const alone = ([id, { source }]) => ({ cell_type: "code", execution_count: null, id, metadata: {}, outputs: [], source });
  return { cells: Object.entries(kept).map(alone), metadata: {}, nbformat: 4, nbformat_minor: 5 };
}
const asFile = (book) => new TextEncoder().encode(JSON.stringify(book, null, 1) + "\n");

// The notebooks as the course gives them, in one of its languages.
async function books(spoken = language) {
  const folder = spoken === "en" ? "work" : `${spoken}/work`;
  const answer = await fetch(new URL(`../../${folder}/books.json`, import.meta.url));
  if (!answer.ok) throw new Error(`books.json: ${answer.status}`);
  return answer.json();
}

export async function everything() {
  await keepNow();
  const files = (await keep.all("files")).map(([name, bytes]) => [`my_work/${name}`, bytes]);
  const kept = await keep.everyPage();
  const others = Object.keys(kept).some((place) => place !== path);
  const all = { ...(others ? await books().catch(() => ({})) : {}), [path]: notebook };
  for (const [place, work] of Object.entries(kept)) {
    const name = place.startsWith("my_work/") ? place : `my_work/lessons/${place.split("/").pop()}`;
    files.push([name, asFile(all[place] ? filled(all[place], work) : bare(work))]);
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

const codeOf = (book) => (book.cells ?? []).filter((cell) => cell.cell_type === "code");
const lastOf = (name) => name.split("/").pop();

// A notebook is known by its cells, whatever its name; the name tells an exercise from its answers.
function placeOf(book, name, all) {
  const ids = codeOf(book).map((cell) => cell.id);
  const shared = Object.entries(all).map(([place, given]) => {
    const known = new Set(codeOf(given).map((cell) => cell.id));
    return [place, ids.filter((id) => known.has(id)).length];
  });
  const most = Math.max(...shared.map(([, count]) => count));
  if (!most || most < ids.length / 2) return undefined;
  const places = shared.filter(([, count]) => count === most).map(([place]) => place);
  return places.find((place) => lastOf(place) === lastOf(name)) ?? places.find((place) => !place.startsWith(SOLUTIONS)) ?? places[0];
}

// A notebook's cells are found by their ids: the course's newer words stand, the learner's cells do.
function taken(book, given, spoken) {
  const own = {};
  for (const cell of codeOf(book)) {
    const home = codeOf(given).find((one) => one.id === cell.id);
    const source = Array.isArray(cell.source) ? cell.source.join("") : String(cell.source ?? "");
    if (home && source !== home.source) own[cell.id] = { source, was: home.source, outputs: [], language: spoken, when: Date.now() };
  }
  return own;
}

// A name of a file inside my_work, and nowhere else.
const inside = (name) => name.split("/").every((part) => part && part !== "." && part !== "..");

// Reads a file of saved work, or a notebook: { pages: { place: cells }, files: [[name, bytes]] }.
async function opened(file, all) {
  const start = new TextDecoder().decode(await file.slice(0, 2).arrayBuffer());
  const found = start === "PK" ? await unpack(file) : [["notebook.ipynb", new Uint8Array(await file.arrayBuffer())]];
  if (start !== "PK") found[0][0] = file.name.replace(/ ?\(\d+\)(?=\.ipynb$)/, "").replace(/(\.ipynb)?$/, ".ipynb");
  const names = new Set(Object.keys(all).map(lastOf));
  // A copy under another name comes first, so that it does not lie over what has the right one.
  found.sort(([one], [other]) => names.has(lastOf(one)) - names.has(lastOf(other)));
  const pages = {}, files = [];
  for (const [name, bytes] of found) {
    const own = name.replace(/^.*?my_work\//, "");
    if (name.endsWith(".ipynb")) {
      const book = JSON.parse(new TextDecoder().decode(bytes));
      // What a learner changed is told from the words of the notebook's own language.
      const spoken = book.metadata?.softpower?.language ?? "en";
      const given = spoken === language ? all : await books(spoken).catch(() => all);
      const place = placeOf(book, name, given);
      if (place) pages[place] = { ...pages[place], ...taken(book, given[place], spoken) };
    } else if (/(^|\/)my_work\//.test(name) && inside(own)) files.push([own, bytes]);
  }
  return { pages, files };
}

async function load(file, all) {
  const { pages, files } = await opened(file, all);
  if (!files.length && !Object.keys(pages).length) throw new Error("nothing of this course");
  await keepNow();
  close();
  python.dismiss(); // nor does its Python write over it
  const pairs = Object.entries(pages).flatMap(([place, work]) => keep.asPairs(place, work));
  const said = WORDS.loaded(files.length, pairs.length);
  if (await keep.put({ cells: pairs, files })) {
    history.replaceState({ said }, "");
    tabs.tell({ kind: "anew" });
    location.reload();
  } else { // a page that is opened anew would hold nothing of it
    close(false);
    for (const id of adopt(pages[path] ?? {})) cells.get(id)?.restore();
    python.start();
    note("saved", said);
    note("unkept", WORDS.unkept);
  }
}

async function asked(event) {
  const file = event.target.files[0];
  event.target.value = "";
  if (!file || !confirm(WORDS.replace)) return;
  let all;
  try {
    all = await books();
  } catch {
    note("unread", WORDS.unfetched);
    return;
  }
  await load(file, all).catch((error) => {
    console.warn(error);
    note("unread", WORDS.unread);
  });
}

async function afresh() {
  if (!confirm(WORDS.afresh)) return;
  close();
  python.dismiss();
  await keep.forget(path);
  tabs.tell({ kind: "anew", path });
  location.reload();
}

export function listen() {
  at("#save")?.addEventListener("click", save);
  for (const button of document.querySelectorAll("#hand-in, .hand-in button")) button.addEventListener("click", handIn);
  at("#load")?.addEventListener("change", asked);
  at("#afresh")?.addEventListener("click", afresh);
}
