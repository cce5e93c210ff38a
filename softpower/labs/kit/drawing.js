// The one way to draw: a Drawing has the same marks as Python's (softpower/figures/drawing.py),
// and colours by the names of its palette, so that a picture follows the page's theme.

/** @typedef {Record<string, string | number>} Look  attributes of SVG; a colour is a name */

/** How wide a text is, about: Cyrillic letters are wider than Latin ones. @param {string} text @param {number} size */
const widthOf = (text, size) => text.length * size * (/[\u0400-\u04ff]/.test(text) ? 0.64 : 0.54);
const PAINTS = new Set(["fill", "stroke"]);
/** @param {string | number} value */
const paint = (value) => (/^[a-z]+$/.test(String(value)) && value !== "none" ? `var(--${value})` : String(value));

/**
 * @param {string} tag
 * @param {Look} attributes
 * @param {string} [text]
 */
function shape(tag, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, PAINTS.has(name) ? paint(value) : String(value));
  }
  if (text !== "") made.textContent = text;
  return made;
}

/**
 * The look that keeps a text in its room: where it is too long, its letters stand closer.
 * @param {string} text
 * @param {number} size
 * @param {number} room
 * @returns {Look}
 */
const fit = (text, size, room) => (widthOf(text, size) > room ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {});

class Drawing {
  constructor() {
    this.svg = shape("svg", { role: "img", viewBox: "0 0 480 100" });
    this.hand = /** @type {Element} */ (this.svg); // where the next mark goes
  }

  /**
   * Begins a picture anew.
   * @param {number} width
   * @param {number} height
   * @param {string} label  what the picture shows, for those who do not see it
   */
  begin(width, height, label) {
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("aria-label", label);
    this.svg.replaceChildren();
    this.hand = this.svg;
    return this;
  }

  /** @param {string} tag @param {Look} look @param {string} [text] */
  mark(tag, look, text) {
    const made = shape(tag, look, text);
    this.hand.append(made);
    return made;
  }

  /** Draws what follows as one thing, until `whole` is called. @param {Look} look */
  group(look) { this.hand = this.svg.appendChild(shape("g", look)); }

  whole() { this.hand = this.svg; }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {Look} look */
  line(x1, y1, x2, y2, look) { return this.mark("line", { x1, y1, x2, y2, ...look }); }

  /** @param {string} points @param {Look} look */
  stroke(points, look) { return this.mark("polyline", { points, fill: "none", ...look }); }

  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {Look} look */
  block(x, y, width, height, look) { return this.mark("rect", { x, y, width, height, ...look }); }

  /** @param {number} x @param {number} y @param {Look} look @param {string} [note] */
  dot(x, y, look, note) {
    const made = this.mark("circle", { cx: x, cy: y, r: 4.5, ...look });
    if (note) made.append(shape("title", {}, note));
    return made;
  }

  /** @param {number} x @param {number} y @param {string} text @param {Look} [look] */
  word(x, y, text, look = {}) { return this.mark("text", { x, y, "font-size": 13, fill: "ink", ...look }, text); }

  /**
   * Words in a room of a given width: what is a little too long is set narrower, what is much too
   * long stands on two lines. Returns what was drawn.
   * @param {number} x
   * @param {number} y
   * @param {string} text
   * @param {number} room
   * @param {Look} [look]
   */
  name(x, y, text, room, look = {}) {
    const size = Number(look["font-size"] ?? 13);
    if (widthOf(text, size) <= 1.3 * room || !text.includes(" ")) return [this.word(x, y, text, { ...look, ...fit(text, size, room) })];
    const words = text.split(" ");
    const cut = words.findIndex((_, n) => words.slice(0, n + 1).join(" ").length >= text.length / 2) + 1;
    return [words.slice(0, cut), words.slice(cut)].map((some) => some.join(" ")).filter(Boolean).map((line, n) =>
      this.word(x, y + (n - 0.5) * size, line, { ...look, ...fit(line, size, room) }));
  }
}

/**
 * Draws what Python laid out: a Drawing as plain data.
 * @param {any} data
 */
function picture({ width, height, label, bands, blocks, strokes, dots, words, size, halo }) {
  const drawing = new Drawing().begin(width, height, label);
  for (const { points, colour, opacity } of bands) drawing.mark("polygon", { points, fill: colour, "fill-opacity": opacity });
  for (const { x, y, width: wide, height: high, colour } of blocks) drawing.block(x, y, wide, high, { fill: colour });
  for (const { points, colour, width: thick, dash } of strokes) {
    drawing.stroke(points, { stroke: colour, "stroke-width": thick, "stroke-dasharray": dash });
  }
  for (const { x, y, colour, note } of dots) drawing.dot(x, y, { fill: colour }, note);
  // Letters that stand on lines have an edge of paper around them.
  const edge = halo ? { stroke: "paper", "stroke-width": 4, "paint-order": "stroke" } : {};
  for (const { x, y, text, colour, anchor, weight } of words) {
    drawing.word(x, y, text, { fill: colour, "text-anchor": anchor, "font-weight": weight, "font-size": size, ...edge });
  }
  return drawing.svg;
}

/**
 * Draws a picture anew when its holder changes its width, so that a narrow page gets a narrower
 * picture and no smaller letters. Returns the width to draw in.
 * @param {View} view
 * @param {HTMLElement} holder
 * @param {number} least
 * @param {number} most
 * @param {() => void} draw
 */
function fitted(view, holder, least, most, draw) {
  let last = most;
  const width = () => { last = Math.max(least, Math.min(most, Math.floor(holder.clientWidth) || most)); return last; };
  const watch = new ResizeObserver(() => { const before = last; if (holder.clientWidth && width() !== before) draw(); });
  watch.observe(holder);
  view.end(() => watch.disconnect());
  return width;
}
