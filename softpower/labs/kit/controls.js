// Native controls, each with its label: the keyboard and a screen reader know them already.

/** @typedef {[value: string | number, text: string]} Option  what is sent to Python, what is read */

/**
 * Fills a list to choose from.
 * @param {HTMLSelectElement} select
 * @param {Option[]} options
 * @param {string | number} [value]
 */
function fill(select, options, value) {
  select.replaceChildren(...options.map(([key, text]) => element("option", { value: key, textContent: text })));
  if (value !== undefined) select.value = String(value);
}

/**
 * The label of a control, with room before what stands beside it.
 * @param {HTMLElement} control
 * @param {string} words
 */
const labelled = (control, words) => element("label", { htmlFor: control.id, textContent: `${words} ` });

/**
 * A list to choose from, and its label.
 * @param {string} label
 * @param {Option[]} options
 * @param {(value: string) => void} act
 * @returns {[HTMLSelectElement, HTMLLabelElement]}
 */
function choose(label, options, act) {
  const select = element("select", { id: unique("choice") });
  fill(select, options);
  select.addEventListener("change", () => act(select.value));
  return [select, labelled(select, label)];
}

/**
 * Boxes to tick, or buttons of which one is pressed, under one heading.
 * @param {"checkbox" | "radio"} type
 * @param {string} legend
 * @param {Option[]} options
 * @param {(chosen: string[]) => void} act  what is ticked now
 * @param {string} [className]
 * @returns {{ group: HTMLFieldSetElement, inputs: HTMLInputElement[] }}
 */
function ticks(type, legend, options, act, className = "") {
  const name = unique("group");
  const inputs = options.map(([value]) => element("input", type === "radio" ? { type, value, name } : { type, value }));
  for (const input of inputs) input.addEventListener("change", () => act(ticked(inputs)));
  const group = element("fieldset", { className }, element("legend", { textContent: legend }),
    ...options.map(([, text], n) => element("label", {}, inputs[n], ` ${text}`)));
  return { group, inputs };
}

/** @param {HTMLInputElement[]} inputs */
const ticked = (inputs) => inputs.filter((input) => input.checked).map((input) => input.value);

/**
 * A slider with its label and the place where its value is read.
 * @param {string} label
 * @param {{ min?: number, max: number, step: number }} range
 * @param {(value: number) => void} act
 */
function slider(label, range, act) {
  const input = element("input", { type: "range", id: unique("slider"), min: 0, ...range });
  input.addEventListener("input", () => act(Number(input.value)));
  const output = element("output");
  output.setAttribute("for", input.id);
  return { input, output, label: labelled(input, label) };
}

/**
 * A field for words or for a number, and its label.
 * @template {"input" | "textarea"} Tag
 * @param {Tag} tag
 * @param {string} label
 * @param {Record<string, any>} properties
 * @returns {[HTMLElementTagNameMap[Tag], HTMLLabelElement]}
 */
function field(tag, label, properties) {
  const input = element(tag, { id: unique("field"), ...properties });
  return [input, labelled(input, label)];
}

/**
 * A question that is asked before something is done, and the focus that goes with it.
 * @param {string} name  for a screen reader
 * @returns {{ box: HTMLElement, ask: (words: string, yes: string, no: string, from: HTMLElement, act: () => void) => void }}
 */
function question(name) {
  const box = element("div", { className: "question", hidden: true, role: "group", "aria-label": name });
  const close = () => { box.hidden = true; box.replaceChildren(); };
  return {
    box,
    ask(words, yes, no, from, act) {
      const keep = button(no, () => { close(); from.focus(); });
      box.replaceChildren(element("p", { textContent: words }), button(yes, () => { close(); act(); }), " ", keep);
      box.hidden = false;
      box.onkeydown = ({ key }) => { if (key === "Escape") keep.click(); };
      keep.focus();
    },
  };
}

/**
 * A button that puts the text of a box on the clipboard, and says so.
 * @param {HTMLTextAreaElement} box
 */
function copier(box) {
  const said = element("span", { role: "status" });
  const copy = button(t("Copy"), async () => {
    say(said, "");
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      document.execCommand("copy"); // where a page may not use the clipboard by itself
    }
    say(said, t("Copied. Paste it where it is asked for."));
  });
  return element("p", {}, copy, " ", said);
}
