// The page's side of the labs: what Python and a lab's script both hold, and the line between them.
// The labs are anywidget components; this is all of the widget protocol that they speak.
const models = new Map();
let send = () => {};

export function connect(sender) { send = sender; }

function place(state, paths, buffers) {
  paths?.forEach((path, number) => {
    const last = path[path.length - 1];
    path.slice(0, -1).reduce((inner, key) => inner[key], state)[last] = new DataView(buffers[number].buffer);
  });
}

class Model {
  constructor(id, state) {
    Object.assign(this, { id, state, dirty: {}, heard: new Map(), busy: false, views: [], waiting: [] });
    this.widget_manager = {};
  }
  get(name) { return this.state[name]; }
  set(name, value) {
    const given = typeof name === "object" ? name : { [name]: value };
    for (const [key, one] of Object.entries(given)) {
      if (this.state[key] === one) continue;
      this.state[key] = one;
      this.dirty[key] = one;
      this.tell(`change:${key}`, this, one);
    }
    this.tell("change", this);
  }
  on(names, work) {
    for (const name of names.split(" ")) this.heard.set(name, [...(this.heard.get(name) ?? []), work]);
  }
  off(names, work) {
    if (!names) return this.heard.clear();
    for (const name of names.split(" ")) {
      this.heard.set(name, (this.heard.get(name) ?? []).filter((one) => work && one !== work));
    }
  }
  tell(name, ...said) { for (const work of this.heard.get(name) ?? []) work(...said); }
  // While Python answers, moves gather: the newest is sent next, not each of them.
  save_changes() {
    if (this.busy || !Object.keys(this.dirty).length) return;
    const state = this.dirty;
    this.dirty = {};
    this.post({ method: "update", state, buffer_paths: [] });
  }
  send(content, _callbacks, buffers) {
    if (this.busy) this.waiting.push([content, buffers]);
    else this.post({ method: "custom", content }, buffers);
  }
  post(data, buffers = []) {
    this.busy = true;
    send({ comm: this.id, data }, buffers, this);
  }
  answered() {
    this.busy = false;
    this.save_changes();
    if (!this.busy && this.waiting.length) {
      const [content, buffers] = this.waiting.shift();
      this.post({ method: "custom", content }, buffers);
    }
  }
}

export function answered(id) { models.get(id)?.answered(); }

export function heard({ about, comm, data, buffers }) {
  if (about === "comm_open") {
    place(data.state, data.buffer_paths, buffers);
    models.set(comm, new Model(comm, data.state ?? {}));
  } else if (about === "comm_close") {
    models.delete(comm);
  } else if (about === "comm_msg") {
    const model = models.get(comm);
    if (!model) return;
    if (data.method === "update") {
      place(data.state, data.buffer_paths, buffers);
      for (const [name, value] of Object.entries(data.state)) {
        if (name in model.dirty) continue; // what was moved since then is newer
        model.state[name] = value;
        model.tell(`change:${name}`, model, value);
      }
      model.tell("change", model);
    } else if (data.method === "custom") {
      model.tell("msg:custom", data.content, (buffers ?? []).map((one) => new DataView(one.buffer)));
    }
  }
}

const styles = new Set();
const scripts = new Map();
function script(source) {
  if (!scripts.has(source)) {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    scripts.set(source, import(address).finally(() => URL.revokeObjectURL(address)));
  }
  return scripts.get(source);
}

export async function show(id, holder) {
  const model = models.get(id);
  if (!model) return;
  const css = model.get("_css");
  if (css && !styles.has(css)) {
    styles.add(css);
    document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  }
  const module = await script(model.get("_esm"));
  const lab = typeof module.default === "function" ? await module.default() : module.default ?? module;
  await lab.initialize?.({ model, experimental: {} });
  const end = await lab.render?.({ model, el: holder, experimental: {} });
  holder.dataset.lab = id;
  return end;
}

// Python is gone: every lab that is on the page says so.
export function deaf() {
  for (const model of models.values()) model.tell("comm_live_update");
  models.clear();
}
