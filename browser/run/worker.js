// Python in a worker of its own, so that the page can be read and scrolled while it works.
// It takes { boot, run, comm, put } from the page and tells { progress, ready, again, begin, output,
// done, comm, files, trouble, failed }.
"use strict";

const HERE = new URL(".", self.location).href;
const SITE = "/lib/python3.12/site-packages/";
let python, kernel, start;

const tell = (message, transfer = []) => self.postMessage(message, transfer);

// How far we are, in bytes of what is fetched; the page makes words of it.
const sizes = {}, arrived = {};
function counted(name, response, whole) {
  sizes[name] = whole;
  arrived[name] = 0;
  const count = new TransformStream({
    transform(piece, out) {
      arrived[name] += piece.byteLength;
      const sum = (numbers) => Object.values(numbers).reduce((a, b) => a + b, 0);
      tell({ kind: "progress", share: sum(arrived) / sum(sizes) });
      out.enqueue(piece);
    },
  });
  return response.body.pipeThrough(count);
}

async function get(name) {
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch(new URL(name, HERE).href);
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      return response;
    } catch (error) {
      if (tries === 2) throw error;
      await new Promise((done) => setTimeout(done, 1000 * (tries + 1)));
    }
  }
}

// The files of a packed folder (tar, gzip), as [path, bytes].
async function unpacked(name, size) {
  const packed = counted(name, await get(name), size);
  const bytes = new Uint8Array(await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  const words = new TextDecoder();
  const field = (from, length) => words.decode(bytes.subarray(from, from + length)).replace(/\0[^]*$/, "");
  const files = [];
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0;) {
    const length = parseInt(field(at + 124, 12), 8) || 0;
    const path = (field(at + 345, 155) && field(at + 345, 155) + "/") + field(at, 100);
    if (bytes[at + 156] === 48) files.push([path, bytes.subarray(at + 512, at + 512 + length)]);
    at += 512 + Math.ceil(length / 512) * 512;
  }
  return files;
}

const folders = new Set();
function lay(files, root) {
  for (const [path, bytes] of files) {
    const folder = root + path.slice(0, path.lastIndexOf("/") + 1);
    if (!folders.has(folder)) {
      python.FS.mkdirTree(folder);
      folders.add(folder);
    }
    python.FS.writeFile(root + path, bytes, { canOwn: true });
  }
}

async function boot({ notebook, lessons, files, parts, again, language, said }) {
  start = performance.now();
  const times = {};
  const mark = (name) => { times[name] = Math.round(performance.now() - start); };
  const base = unpacked("base.tar.gz", parts.base).then((found) => (mark("fetched"), found));
  base.catch(() => {});
  // What is said in another language than English; English is written in the course itself.
  const words = said && get(said).then((answer) => answer.arrayBuffer());
  words?.catch(() => {});
  importScripts(HERE + "pyodide.js");
  python = await self.loadPyodide({
    indexURL: HERE,
    lockFileURL: HERE + "lock.json",
    env: { HOME: "/home/pyodide", MPLBACKEND: "agg", MPLCONFIGDIR: "/etc/matplotlib", JUPYTER_WIDGETS_ECHO: "0", SOFTPOWER_LANGUAGE: language, SOFTPOWER_LOCALE: "/etc/softpower/locale/", ...parts.env },
  });
  mark("python");
  lay(await base, SITE);
  python.FS.mkdirTree("/etc/matplotlib");
  if (words) lay([[`${language}/LC_MESSAGES/softpower.mo`, new Uint8Array(await words)]], "/etc/softpower/locale/");
  mark("laid");
  python.runPython(`import sys; sys.path.insert(0, "/etc/softpower")`);
  kernel = python.pyimport("softpower_kernel");
  mark("kernel");
  python.FS.mkdirTree("/course/my_work");
  for (const file of files) lend(file);
  kernel.start((text, buffers) => {
    const message = JSON.parse(text);
    message.buffers = buffers.toJs();
    buffers.destroy();
    tell(message);
  }, notebook, lessons);
  mark("started");
  // What every lesson's first cell asks for is there before it is asked for.
  python.runPython("from softpower import data, feedback, figures");
  mark("ready");
  tell({ kind: "ready", times });
  sizeOfLate = parts.late;
  await repeat(again ?? []);
  rest();
}

// What ran at another visit runs again before anything else, and shows nothing.
async function repeat(cells) {
  if (cells.some(({ source }) => NEEDS_LATE.test(source))) await later().catch(() => {});
  const ids = cells.filter(({ source }) => kernel.run(source)).map(({ id }) => id);
  if (ids.length) tell({ kind: "again", ids });
}

// A file that cannot be laid stays in the page's keeping, and nothing else waits for it.
function lend([path, bytes]) {
  try {
    kernel.put(path, bytes);
  } catch (error) {
    console.warn(path, error);
  }
}

// What few cells need comes while the reader reads, so that no first chart waits for it, or as soon
// as such a cell is asked for; where it did not come, it is asked for again.
let resting;
function rest() {
  clearTimeout(resting);
  resting = setTimeout(() => later().catch(() => {}), 1500);
}
let coming = null, sizeOfLate = 0;
function later() {
  coming ??= late(sizeOfLate).catch((error) => {
    coming = null;
    throw error;
  });
  return coming;
}
async function late(size) {
  const files = await unpacked("late.tar.gz", size);
  lay(files.filter(([path]) => path !== "libopenblas.so"), SITE);
  lay(files.filter(([path]) => path === "libopenblas.so"), "/usr/lib/");
  await python._api.loadDynlib("/usr/lib/libopenblas.so", true);
}
const NEEDS_LATE = /\b(index|labs|evaluation|coding|scenario|scipy|step|smooth)\b/;

function keep() {
  const found = kernel.changed();
  const files = found.toJs({ dict_converter: Array.from });
  found.destroy();
  if (files.length) tell({ kind: "files", files });
}

const works = {
  async run({ id, source }) {
    if (NEEDS_LATE.test(source)) await later();
    tell({ kind: "begin", id });
    const began = performance.now();
    const well = kernel.run(source);
    keep();
    tell({ kind: "done", id, well, took: performance.now() - began });
    rest();
  },
  async comm({ id, message, buffers }) {
    try {
      await later();
      kernel.answer(message, buffers ?? []);
      keep();
    } finally {
      tell({ kind: "answered", id });
    }
  },
  put({ path, bytes }) {
    kernel.put(path, bytes);
  },
};

// One thing after the other, in the order in which they were asked for. Python's start is the first
// of them, also where something is asked for before it; where it fails, nothing follows.
let begin;
const begun = new Promise((done) => { begin = done; });
let line = begun;
self.onmessage = ({ data }) => {
  if (data.kind === "boot") {
    boot(data).then(begin, (error) => tell({ kind: "failed", why: String(error) }));
    return;
  }
  if (data.kind === "run" && NEEDS_LATE.test(data.source)) begun.then(later).catch(() => {});
  line = line.then(() => works[data.kind](data)).catch((error) => {
    tell({ kind: "trouble", id: data.id, why: String(error) });
  });
};
