// What a learner does is kept in this browser, under the course's own name: another folder or a
// newer site of the same address finds it again. Where the browser keeps nothing, memory does.
const NAME = "softpower-course";
const ROOMS = ["cells", "files"];
let base = null; // null: not asked yet; false: this browser keeps nothing
const memory = { cells: new Map(), files: new Map() };

function open() {
  return new Promise((done) => {
    let asked;
    try {
      asked = indexedDB.open(NAME, 1);
    } catch {
      return done(false);
    }
    asked.onupgradeneeded = () => { for (const room of ROOMS) asked.result.createObjectStore(room); };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = asked.onblocked = () => done(false);
  });
}

export async function ready() {
  base ??= await open();
  return base !== false;
}

function ask(room, mode, work) {
  return new Promise((done, failed) => {
    const step = base.transaction(room, mode);
    const asked = work(step.objectStore(room));
    step.oncomplete = () => done(asked?.result);
    step.onerror = step.onabort = () => failed(step.error ?? new Error("not kept"));
  });
}

export async function get(room, key) {
  if (!(await ready())) return memory[room].get(key);
  return ask(room, "readonly", (store) => store.get(key));
}

export async function all(room) {
  if (!(await ready())) return [...memory[room]];
  const keys = await ask(room, "readonly", (store) => store.getAllKeys());
  const values = await ask(room, "readonly", (store) => store.getAll());
  return keys.map((key, number) => [key, values[number]]);
}

// Says whether it is kept for good; it is in memory in any case.
export async function put(room, key, value) {
  if (value === null) memory[room].delete(key);
  else memory[room].set(key, value);
  if (!(await ready())) return false;
  try {
    await ask(room, "readwrite", (store) => (value === null ? store.delete(key) : store.put(value, key)));
    return true;
  } catch {
    return false;
  }
}

// Everything of before is replaced in one step, or nothing is.
export async function replace(rooms) {
  for (const room of ROOMS) memory[room] = new Map(rooms[room]);
  if (!(await ready())) return false;
  try {
    await new Promise((done, failed) => {
      const step = base.transaction(ROOMS, "readwrite");
      for (const room of ROOMS) {
        const store = step.objectStore(room);
        store.clear();
        for (const [key, value] of rooms[room]) store.put(value, key);
      }
      step.oncomplete = done;
      step.onerror = step.onabort = () => failed(step.error);
    });
    return true;
  } catch {
    return false;
  }
}
