// A cell of the page: its source, its button, what it shows.
import * as labs from "./labs.js";
import { mine, remember, standing } from "./mine.js";
import { at, language, made, notebook } from "./page.js";
import { WORDS } from "./words.js";

export const cells = new Map(); // by id, in the order of the page
const LIVE = "application/vnd.jupyter.widget-view+json";
const WRITE = /^\s*%%write\b[^\n]*\n?/;

export class Cell {
  // `run` takes the cells that are to run, in their order.
  constructor(section, run) {
    this.section = section;
    this.ask = run;
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
        if (event.shiftKey) this.next()?.focus();
      }
    });
    this.button.addEventListener("click", () => this.run());
    this.fit();
    this.shown = this.box.value; // as the page shows it, without the empty lines of a place for words
  }
  run() { this.ask([this]); }
  next() {
    const list = [...cells.values()];
    return list[list.indexOf(this) + 1];
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
    const words = this.head === null ? source : source.replace(WRITE, "");
    const shown = source === this.given ? this.shown : words;
    if (this.box.value !== shown) this.box.value = shown;
    this.fit();
  }
  fit() {
    if (this.head !== null) this.box.value = this.box.value.replace(/^\n+(?=\S)/, "");
    this.box.rows = Math.max(this.head === null ? 1 : 5, this.box.value.split("\n").length);
    this.box.style.height = "auto";
    if (this.box.scrollHeight) this.box.style.height = `${this.box.scrollHeight + 2}px`;
  }
  // The page is at it: no cell, or this one.
  state(name) {
    if (name) this.section.dataset.state = name;
    else delete this.section.dataset.state;
  }
  rest() {
    this.out.style.minHeight = "";
    if (["waits", "runs"].includes(this.section.dataset.state)) this.state(null);
  }
  begin() {
    this.state("runs");
    // The room is kept while the new picture is on its way, so that the page does not jump.
    this.out.style.minHeight = `${this.out.offsetHeight}px`;
    this.clear();
  }
  clear() {
    this.out.replaceChildren();
    this.outputs = [];
  }
  done(well) {
    this.out.style.minHeight = "";
    this.state(well ? "done" : "wrong");
    this.button.setAttribute("aria-label", WORDS.run(this.button.dataset.label));
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
    if (output.ename === "NameError" && this.isFromAbove(output.evalue.match(/'(.+?)'/)?.[1])) this.offer(holder);
  }
  // Whether a cell above brings a name; a word whose quotation marks are missing comes from none.
  isFromAbove(name) {
    const list = [...cells.values()];
    const lines = list.slice(0, list.indexOf(this)).flatMap((cell) => cell.source().split("\n"));
    const brings = (line) => (/^\s*(from|import|def|for|with)\b/.test(line) ? line : line.includes("=") ? line.split("=")[0] : "");
    return lines.some((line) => brings(line).match(/[\p{L}\p{N}_]+/gu)?.includes(name));
  }
  // It has most often not run again since the page was opened.
  offer(holder) {
    const button = made("button", { type: "button", textContent: WORDS.above });
    button.addEventListener("click", () => {
      const list = [...cells.values()];
      this.ask(list.slice(0, list.indexOf(this) + 1));
    });
    holder.append(button);
  }
  // Shows what is kept of it; what only ran, and is other by now, is forgotten.
  restore() {
    at(".changed", this.section)?.remove();
    const own = standing(mine[this.id], this.given);
    if (!own) {
      delete mine[this.id];
      return;
    }
    this.fill(own.source);
    const elsewhere = (own.language ?? "en") !== language; // on the page of another language
    if (own.source !== this.given && own.was !== this.given && !elsewhere) this.differs();
    if (!own.outputs?.length || elsewhere || at("[data-lab]", this.out)) return; // a lab that lives is not newer elsewhere
    this.clear();
    for (const output of own.outputs) this.show(output);
    this.outputs = own.outputs;
  }
  differs() {
    const button = made("button", { type: "button", textContent: WORDS.see });
    const line = made("p", { className: "changed" }, WORDS.changed, " ", button);
    button.addEventListener("click", () => {
      this.fill(this.given);
      remember(this, { source: this.given, was: this.given });
      line.remove();
    });
    this.section.prepend(line);
  }
}

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

// What was shown before is other now: a lab's printed twin.
export function redraw(output) {
  for (const holder of document.querySelectorAll(`[data-place="${CSS.escape(output.place)}"]`)) {
    const hidden = at(".softpower-twin", holder)?.hidden;
    holder.replaceChildren();
    draw(output, holder);
    if (hidden && at(".softpower-twin", holder)) at(".softpower-twin", holder).hidden = true;
  }
  for (const cell of cells.values()) {
    for (const one of cell.outputs) if (one.place === output.place) Object.assign(one, { data: output.data, shown: output.shown });
  }
}

// What is wider than the page is moved by keyboard, too.
export function scrollers(holder) {
  for (const wide of [holder, ...holder.querySelectorAll("pre, .scroll")]) {
    if (wide.scrollWidth > wide.clientWidth + 1) Object.assign(wide, { tabIndex: 0, role: "group" }).setAttribute("aria-label", WORDS.wide);
  }
}
