// What a learner does is kept in this browser, under the course's own name: another folder or a
// newer site of the same address finds it again. What the browser does not keep, memory holds.
// In `cells` each cell has a key of its own, "page#cell": two tabs never write over each other's.
const NAME = "softpower-course";
const ROOMS = ["cells", "files"];
const LAST = "\uffff";
let base = null; // null: not asked yet; false: this browser keeps nothing
const memory = { cells: new Map(), files: new Map() }; // what is newer than what is kept; null: taken away

function open() {
  return new Promise((done) => {
    let asked;
    try {
      asked = indexedDB.open(NAME, 1);
    } catch {
      return done(false);
    }
    asked.onupgradeneeded = () => { for (const room of ROOMS) asked.result.createObjectStore(room); };
    asked.onsuccess = () => {
      asked.result.onclose = () => { base = null; }; // the browser let go of it: it is asked again
      done(asked.result);
    };
    asked.onerror = asked.onblocked = () => done(false);
  });
}

export async function ready() {
  base ??= await open();
  return base !== false;
}

// One step, in which everything is done, or nothing.
function ask(mode, work) {
  return new Promise((done, failed) => {
    const step = base.transaction(ROOMS, mode);
    const asked = work((room) => step.objectStore(room));
    step.oncomplete = () => done(asked?.map((one) => one.result));
    step.onerror = step.onabort = () => failed(step.error ?? new Error("not kept"));
    if (mode === "readwrite") step.commit?.(); // also where the page is being closed
  });
}

// Returns [[key, value], ...] in the order of the keys, from one key to another, both included.
export async function all(room, from = "", to = LAST) {
  const range = (await ready()) && IDBKeyRange.bound(from, to);
  const [keys, values] = range
    ? await ask("readonly", (store) => [store(room).getAllKeys(range), store(room).getAll(range)])
    : [[], []];
  const kept = new Map(keys.map((key, number) => [key, values[number]]));
  for (const [key, value] of memory[room]) if (key >= from && key <= to) kept.set(key, value);
  return [...kept].filter(([, value]) => value !== null);
}

// Says whether it is kept for good; else it is in memory. Takes { room: [[key, value], ...] }; a
// value of null takes away, and what is not named stays as it is.
export async function put(rooms) {
  const list = Object.entries(rooms).flatMap(([room, pairs]) => [...pairs].map((pair) => [room, ...pair]));
  let kept = await ready();
  try {
    if (kept) await ask("readwrite", (store) => {
      for (const [room, key, value] of list) value === null ? store(room).delete(key) : store(room).put(value, key);
    });
  } catch {
    kept = false;
  }
  for (const [room, key, value] of list) kept ? memory[room].delete(key) : memory[room].set(key, value);
  return kept;
}

// The cells of each page, { page: { cell: what is kept } }. Work of an earlier site has one key a page.
function pages(pairs) {
  const found = {};
  for (const [key, value] of pairs) {
    const [page, cell] = key.split("#");
    found[page] ??= {};
    if (cell === undefined) Object.assign(found[page], value.cells);
    else found[page][cell] = value;
  }
  return found;
}
export const everyPage = async () => pages(await all("cells"));
export const cellsOf = async (page) => pages(await all("cells", page, `${page}#${LAST}`))[page] ?? {};
export const asPairs = (page, cells) => Object.entries(cells).map(([cell, value]) => [`${page}#${cell}`, value]);
export async function forget(page) {
  const pairs = await all("cells", page, `${page}#${LAST}`);
  return put({ cells: pairs.map(([key]) => [key, null]) });
}
