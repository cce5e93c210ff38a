// What a learner does is kept in this browser, under the course's own name: another folder or a
// newer site of the same address finds it again. What the browser does not keep, memory holds.
const NAME = "softpower-course";
const ROOMS = ["cells", "files"];
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
  });
}

export async function get(room, key) {
  const [kept] = (await ready()) ? await ask("readonly", (store) => [store(room).get(key)]) : [];
  return memory[room].has(key) ? memory[room].get(key) ?? undefined : kept;
}

export async function all(room) {
  const [keys, values] = (await ready())
    ? await ask("readonly", (store) => [store(room).getAllKeys(), store(room).getAll()])
    : [[], []];
  const kept = keys.map((key, number) => [key, values[number]]);
  return [...new Map([...kept, ...memory[room]])].filter(([, value]) => value !== null);
}

// Says whether it is kept for good; else it is in memory. A value of null takes away.
export const put = (room, key, value) => putAll({ [room]: [[key, value]] });

// Takes { room: [[key, value], ...] }; what it does not name stays as it is.
export async function putAll(rooms) {
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
