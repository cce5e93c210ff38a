// What every lab is made of: elements, names for ids, and lines that are said once.

/**
 * Makes an element. Properties with a hyphen, "role" and "list" are set as attributes.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function element(tag, properties = {}, ...children) {
  const made = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "list") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

/**
 * Returns a name for ids, used once on the page. Every lab loads this script for itself, so the page counts.
 * @param {string} name
 */
function unique(name) {
  const page = /** @type {{ softpowerLabs?: number }} */ (window);
  page.softpowerLabs = (page.softpowerLabs ?? 0) + 1;
  return `softpower-${name}-${page.softpowerLabs}`;
}

/**
 * Sets the words of a line only where they change: a screen reader would repeat the same ones.
 * @param {Element} line
 * @param {string} words
 */
function say(line, words) {
  if (line.textContent !== words) line.textContent = words;
}

/**
 * The same for a line whose words differ in weight: pieces are texts or elements.
 * @param {Element} line
 * @param {(string | Node)[]} pieces
 */
function sayPieces(line, pieces) {
  const words = pieces.map((piece) => (typeof piece === "string" ? piece : piece.textContent)).join("");
  if (line.textContent !== words) line.replaceChildren(...pieces);
}

/**
 * A line that is read aloud whenever its words change.
 * @param {string} [className]
 * @param {Record<string, any>} [properties]
 */
const statusLine = (className = "status", properties = {}) => element("p", { className, role: "status", ...properties });

/**
 * A button that does something.
 * @param {string} words
 * @param {(event: Event) => void} act
 * @param {Record<string, any>} [properties]
 */
function button(words, act, properties = {}) {
  const made = element("button", { type: "button", textContent: words, ...properties });
  made.addEventListener("click", act);
  return made;
}

/**
 * A part that one opens.
 * @param {string} words
 * @param {...(Node | string)} inside
 */
const fold = (words, ...inside) => element("details", {}, element("summary", { textContent: words }), ...inside);
