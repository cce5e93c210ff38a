// What all parts of a page to work in share: the notebook it was made from, and its notes.
const said = JSON.parse(document.getElementById("document").textContent);
export const { notebook, path, lessons, parts, words = {} } = said;
export const language = document.documentElement.lang;

export const at = (selector, within = document) => within.querySelector(selector);

export function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// One sentence below the bar, once: it is seen wherever on the page one is, until it is closed.
export function note(name, words, ...more) {
  quiet(name);
  const notes = at("#notes"), close = made("button", { type: "button", className: "close", textContent: "×" });
  close.setAttribute("aria-label", notes.dataset.close);
  close.addEventListener("click", () => quiet(name));
  const line = made("p", {}, words, ...[...more, close].flatMap((one) => [" ", one]));
  line.dataset.note = name;
  notes.append(line);
}
export const quiet = (name) => at(`#notes [data-note="${name}"]`)?.remove();

export function say(words) {
  const status = at("#status");
  if (status.textContent !== words) status.textContent = words;
}
