// A page without a browser, and a model without Python: enough to work a lab's script.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Window } from "happy-dom";

// A lab's timers (what is said where Python takes long) hold no test open.
const timer = globalThis.setTimeout;
globalThis.setTimeout = (...given) => {
  const made = timer(...given);
  made.unref();
  return made;
};

// What Python wrote for these tests: each lab's script and what it holds at first, in English and
// in a language whose words are all changed.
const { folder, states, example } = JSON.parse(readFileSync(process.env.SOFTPOWER_LABS, "utf8"));

export const names = Object.keys(states.en);
export const plan = example.plan;
// Names of sources stay as they are in every language.
export const cited = new Set(example.sources.match(/[A-Za-z]{2,}/g));

/** What both sides hold. It fires what anywidget's model fires, and remembers what goes to Python. */
export class FakeModel {
  constructor(state) {
    this.state = structuredClone(state);
    this.listeners = [];
    this.changed = {};
    this.saved = []; // what was sent to Python as values, one entry a save
    this.sent = []; // what was sent as messages
  }

  get(name) { return this.state[name]; }

  set(name, value) {
    this.changed[name] = value;
    this.arrive({ [name]: value });
  }

  save_changes() {
    this.saved.push(this.changed);
    this.changed = {};
  }

  send(message) { this.sent.push(message); }

  on(events, react) { for (const event of events.split(" ")) this.listeners.push([event, react]); }

  off(events, react) {
    const gone = events.split(" ");
    this.listeners = this.listeners.filter(([event, one]) => one !== react || !gone.includes(event));
  }

  fire(event, ...told) { for (const [name, react] of [...this.listeners]) if (name === event) react(...told); }

  /** Python's answer: values that change together. */
  arrive(values) {
    Object.assign(this.state, values);
    for (const name of Object.keys(values)) this.fire(`change:${name}`);
    this.fire("change");
  }
}

/** An empty page, as the scripts find it. */
function page() {
  const window = new Window({ url: "http://localhost/", width: 1366, height: 900 });
  for (const one of ["window", "document", "sessionStorage", "ResizeObserver", "Node", "CSS", "Blob", "getComputedStyle"]) {
    Object.defineProperty(globalThis, one, { value: one === "getComputedStyle" ? window.getComputedStyle.bind(window) : window[one], configurable: true });
  }
  Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
  return window;
}

/** The kit by itself, on an empty page. */
export async function kit() {
  page();
  return import(pathToFileURL(path.join(folder, "kit.mjs")));
}

/** Opens a lab on a page of its own. */
export async function open(name, { lang = "en", state = {} } = {}) {
  const window = page();
  const module = await import(pathToFileURL(path.join(folder, `${name}.mjs`)));
  const model = new FakeModel({ ...states[lang][name], ...state });
  const el = window.document.createElement("div");
  window.document.body.append(el);
  const leave = module.default.render({ model, el });
  return { model, el, leave, window, box: el.querySelector(".softpower-lab"), ...hands(el, window) };
}

/** What a learner does, by the words on the page. */
function hands(el, window) {
  const all = (selector) => [...el.querySelectorAll(selector)];
  const fire = (node, type) => node.dispatchEvent(new window.Event(type, { bubbles: true, cancelable: true }));
  const labelled = (words) => {
    const label = all("label").find((one) => one.textContent.includes(words));
    return label.htmlFor ? window.document.getElementById(label.htmlFor) : label.querySelector("input, select");
  };
  const button = (words) => all("button").find((one) => one.textContent.includes(words) && !one.closest("[hidden]"));
  return {
    all,
    fire,
    labelled,
    button,
    press(words) { button(words).click(); },
    choose(words, value) { const select = labelled(words); select.value = value; fire(select, "change"); },
    tick(words, on = true) { const input = labelled(words); input.checked = on; fire(input, "change"); },
    type(words, text, type = "input") { const input = labelled(words); input.value = text; fire(input, type); },
    said: () => all("[role=status]").map((one) => one.textContent).join(" "),
    label: () => el.querySelector("svg[role=img]")?.getAttribute("aria-label") ?? "",
  };
}

/** Lets timers of so many milliseconds run. */
export const pause = (milliseconds) => new Promise((done) => { timer(done, milliseconds); });
