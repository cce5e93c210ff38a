// Python, in a worker of its own: started, stopped, asked, and heard.
import * as keep from "./keep.js";
import * as labs from "./labs.js";
import { cells, redraw } from "./cells.js";
import { mine } from "./mine.js";
import { at, language, lessons, made, note, notebook, parts, path, quiet, say } from "./page.js";
import * as tabs from "./tabs.js";
import { WORDS } from "./words.js";

let worker = null, python = "off", waiting = 0, current = null;
export const rests = () => python === "ready" && !waiting;

// What a page needs to go on after a break runs again by itself: the first cell, which fetches the
// course's tools, where it has run here before, and the learner's answers of one line.
function again() {
  const setup = notebook.cells.find((cell) => cell.metadata?.softpower?.part === "setup")?.id;
  if (!Object.keys(mine).length) return [];
  return [...cells.values()]
    .map((cell) => ({ id: cell.id, source: cell.source().trim() }))
    .filter(({ id, source }) => id === setup || (id in mine && /^answer_\w+ = .+$/.test(source)));
}

export function start() {
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
  keep.all("files").then((files) => own.postMessage({ kind: "boot", notebook: path, lessons, parts, files, again: again(), language, said: language === "en" ? null : new URL("softpower.mo", location.href).href })).catch(fail);
}

export function run(list) {
  for (const cell of list) {
    cell.state("waits");
    waiting += 1;
    if (python === "off" || python === "failed") start();
    worker.postMessage({ kind: "run", id: cell.id, source: cell.source() });
  }
  say(python === "ready" ? WORDS.runs : WORDS.waits);
  at("#stop").hidden = false;
}

// Another tab has written a file of my_work.
export const put = ({ name, bytes }) => worker?.postMessage({ kind: "put", path: name, bytes });

// A Python that failed or was stopped is heard no more, and no cell waits for it.
export function dismiss() {
  worker?.terminate();
  worker = current = null;
  python = "off";
  waiting = 0;
  for (const cell of cells.values()) cell.rest();
  labs.deaf();
  at("#stop").hidden = true;
}

export function stop() {
  dismiss();
  start();
  note("stopped", WORDS.stopped);
}

function ended() {
  waiting -= 1;
  current = null;
  if (waiting) return;
  say(WORDS.ready);
  at("#stop").hidden = true;
}

const hear = {
  progress({ share }) {
    if (python === "coming" && !waiting) say(share < 1 ? WORDS.coming(share) : WORDS.starting);
  },
  ready({ times }) {
    python = "ready";
    document.documentElement.dataset.python = "ready";
    window.softpowerTimes = times;
    say(waiting ? WORDS.runs : WORDS.ready);
  },
  again({ ids }) { for (const id of ids) cells.get(id)?.state("done"); },
  failed(why) {
    console.warn(why?.why ?? why?.message);
    dismiss();
    python = "failed";
    say("");
    const again = made("button", { type: "button", textContent: WORDS.again });
    again.addEventListener("click", start);
    note("failed", WORDS.failed, again);
  },
  begin({ id }) {
    current = cells.get(id);
    quiet("lacking");
    current?.begin();
  },
  output({ output }) {
    if (output.output_type === "update_display_data") redraw(output);
    else current?.show(output);
  },
  clear() { current?.clear(); },
  comm: labs.heard,
  answered({ id }) { labs.answered(id); },
  done({ id, well }) {
    cells.get(id)?.done(well);
    quiet("stopped");
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
      cell.state(null);
      note("lacking", WORDS.lacking);
      ended();
    }
  },
  async files({ files }) {
    const pairs = files.map(([name, bytes]) => [name, bytes ?? null]);
    if (!(await keep.put({ files: pairs }))) note("unkept", WORDS.unkept);
    // Only now, so that a tab which opens meanwhile finds them kept, or is told.
    for (const [name, bytes] of pairs) tabs.tell({ kind: "file", name, bytes });
  },
};
