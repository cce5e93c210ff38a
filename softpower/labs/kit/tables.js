// Tables: a caption, headings with scope, and numbers that stand under each other.

/** @param {string} text */
const isFigure = (text) => /^[−+-]?[\d,.\u00a0\u202f]+[ \u00a0\u202f]?%?$|^…$/.test(text.trim())
  || [t("no such place"), t("no data")].includes(text);

/**
 * Sets the columns of numbers to the right, last digit under last digit.
 * @param {HTMLTableElement} made
 */
function alignNumbers(made) {
  const rows = [...made.querySelectorAll("tbody tr")];
  const heads = made.querySelector("thead tr").children;
  for (let column = 0; column < heads.length; column += 1) {
    const cells = rows.map((row) => row.children[column]).filter(Boolean);
    const texts = cells.map((cell) => cell.textContent);
    const figures = texts.length > 0 && texts.every(isFigure) && texts.some((text) => /\d/.test(text));
    for (const cell of [heads[column], ...cells]) cell.classList.toggle("figure", figures);
  }
  return made;
}

/** @typedef {string | number | HTMLTableCellElement} Cell */

/**
 * Rows for a table's body. Their first cell is a heading where a class is given for it ("" for none).
 * @param {Cell[][]} rows
 * @param {string} [heading]
 */
function tableRows(rows, heading) {
  const cell = (/** @type {Cell} */ text, /** @type {number} */ place) => {
    if (text instanceof Node) return text;
    if (place === 0 && heading !== undefined) return element("th", { scope: "row", className: heading, textContent: text });
    return element("td", { textContent: text });
  };
  return rows.map((row) => element("tr", {}, ...row.map(cell)));
}

/**
 * A table.
 * @param {string[]} heads
 * @param {Cell[][]} rows
 * @param {{ caption?: string, heading?: string }} [look]  what the table says; the class of its row headings
 */
function table(heads, rows, { caption = "", heading } = {}) {
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col", textContent: text })));
  const parts = [element("thead", {}, head), element("tbody", {}, ...tableRows(rows, heading))];
  return alignNumbers(element("table", {}, ...(caption ? [element("caption", { textContent: caption })] : []), ...parts));
}

/**
 * Puts other rows into a table.
 * @param {HTMLTableElement} made
 * @param {Cell[][]} rows
 * @param {string} [heading]
 */
function refill(made, rows, heading) {
  made.querySelector("tbody").replaceChildren(...tableRows(rows, heading));
  alignNumbers(made);
}
