// Shared by every lab, and put before its own script: makes elements, pictures and the lab's box.
function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// A name for ids, used once on the page. Every lab loads this script for itself, so the page counts.
function unique(name) {
  window.softpowerLabs = (window.softpowerLabs ?? 0) + 1;
  return `softpower-${name}-${window.softpowerLabs}`;
}

// A colour as Python or a lab's script names it, in the words of lab.css: it follows the page's theme.
const THEMED = {
  "#222": "ink", "#222222": "ink", "#fff": "paper", "#ffffff": "paper", "#0067a5": "kazakhstan", "#b34700": "korea",
  "#8a3c7a": "japan", "#00735c": "britain", "#6b6b6b": "neutral", "#4f5d6b": "neutral", "#595959": "faint", "#555555": "faint",
  "#ddd": "pale", "#dddddd": "pale", "#e4e4e4": "pale", "#eeeeee": "pale", "#bbb": "bar", "#c9c9c9": "bar",
};
const themed = (value) => {
  const name = THEMED[String(value).toLowerCase()];
  return name ? `var(--${name})` : value;
};

function shape(tag, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, themed(value));
  if (text !== "") made.textContent = text;
  return made;
}

function picture({ width, height, label, strokes, dots, words }) {
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  for (const { points, colour, width: thick, dash } of strokes) {
    svg.append(shape("polyline", { points, fill: "none", stroke: colour, "stroke-width": thick, "stroke-dasharray": dash }));
  }
  for (const { x, y, colour, note } of dots) {
    const dot = shape("circle", { cx: x, cy: y, r: 4.5, fill: colour });
    dot.append(shape("title", {}, note));
    svg.append(dot);
  }
  for (const { x, y, text, colour, anchor, weight } of words) {
    svg.append(shape("text", { x, y, fill: colour, "text-anchor": anchor, "font-weight": weight, "font-size": 13, stroke: "#fff", "stroke-width": 4, "paint-order": "stroke" }, text));
  }
  return svg;
}

// The box of a lab. JupyterLab would take plain keys as its own commands; in a lab they
// belong to the controls. A kernel that is restarted leaves the lab on the page, deaf: it says so.
function frame(model, name, ...children) {
  // Hosts other than JupyterLab show the twin below a live lab as well: it rests while the lab lives.
  setTimeout(() => {
    const own = box.closest(".output_container, .output, .cell-output-ipywidget-background, .output_area")?.parentElement;
    for (const twin of own?.querySelectorAll(".softpower-twin") ?? []) twin.hidden = true;
  });
    setTimeout(() => scrollers(box), 600);
  const deaf = element("p", { className: "deaf wrong" });
  deaf.setAttribute("role", "alert");
  const box = element("div", { className: `softpower-lab ${name}` }, deaf, ...children);
  new ResizeObserver(() => scrollers(box)).observe(box);
  box.addEventListener("keydown", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); });
  model.on("comm_live_update", () => {
    deaf.textContent = "Python was restarted or stopped, so this lab no longer answers. Run the first cell of the notebook, then this lab's cell.";
  });
  return box;
}

// A picture that is wider than its window is moved sideways: by finger, by mouse, and by keyboard.
function scrollers(box) {
  for (const holder of box.querySelectorAll("div:has(> svg)")) {
    if (holder.scrollWidth > holder.clientWidth + 1) {
      holder.tabIndex = 0;
      holder.setAttribute("role", "group");
      holder.setAttribute("aria-label", "A picture, wider than the window");
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) holder.removeAttribute(name);
    }
  }
}

// A button that puts the text of a box on the clipboard, and says so.
function copier(box) {
  const said = element("span");
  said.setAttribute("role", "status");
  const button = element("button", { type: "button", textContent: "Copy" });
  button.addEventListener("click", async () => {
    say(said, "");
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      document.execCommand("copy"); // where a page may not use the clipboard by itself
    }
    say(said, " Copied. Paste it where it is asked for.");
  });
  return element("p", {}, button, said);
}

// Draws a picture anew when its holder changes its width, so that a narrow page gets a narrower
// picture and no smaller letters. Returns the width to draw in, and what ends the watching.
function fitted(holder, least, most, draw) {
  let last = most;
  const width = () => { last = Math.max(least, Math.min(most, Math.floor(holder.clientWidth) || most)); return last; };
  const watch = new ResizeObserver(() => { const before = last; if (holder.clientWidth && width() !== before) draw(); });
  watch.observe(holder);
  return [width, () => watch.disconnect()];
}

// Sets the words of a line only where they change: a screen reader would repeat the same ones.
function say(line, words) {
  if (line.textContent !== words) line.textContent = words;
}

// What is typed and not yet saved, kept in this browser tab: neither a reload nor a kernel that
// is gone takes a word with it. A draft continues the work as it was saved, or as it was sent
// since then (the answer may have been lost), and no other work.
function draft(name, opened) {
  const key = `softpower ${name}`;
  const safely = (work) => { try { return work(); } catch { return null; } };
  let before = [JSON.stringify(opened)];
  return {
    left: () => safely(() => {
      const [from, work] = JSON.parse(sessionStorage.getItem(key));
      return from.includes(before[0]) ? work : null;
    }),
    keep: (work) => safely(() => sessionStorage.setItem(key, JSON.stringify([before, work]))),
    sent: (work) => { if (before.length < 20) before.push(JSON.stringify(work)); },
    saved: (work) => { before = [JSON.stringify(work)]; },
    drop: () => safely(() => sessionStorage.removeItem(key)),
  };
}

// The colour of a country, the same as in every chart; whatever is no such country is neutral.
const COUNTRIES = { Kazakhstan: "kazakhstan", "South Korea": "korea", Japan: "japan", "United Kingdom": "britain" };
const countryColour = (name) => `var(--${COUNTRIES[name] ?? "neutral"})`;

// Numbers stand under each other, last digit under last digit: their columns are set to the right.
const isFigure = (text) => /^[−+-]?[\d,.]+ ?%?$|^…$|^(no such place|no data)$/.test(text.trim());
function alignNumbers(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  for (let column = 0; column < (table.tHead?.rows[0]?.cells.length ?? 0); column += 1) {
    const cells = rows.map((row) => row.cells[column]).filter(Boolean);
    const figures = cells.length > 0 && cells.every((cell) => isFigure(cell.textContent)) && cells.some((cell) => /\d/.test(cell.textContent));
    for (const cell of [table.tHead.rows[0].cells[column], ...cells]) cell.classList.toggle("figure", figures);
  }
  return table;
}

function grid(headings, rows, caption) {
  const head = element("tr", {}, ...headings.map((text) => element("th", { scope: "col", textContent: text })));
  const body = rows.map((row) => element("tr", {}, ...row.map((text) => element("td", { textContent: text }))));
  return alignNumbers(element("table", {}, element("caption", { textContent: caption }),
    element("thead", {}, head), element("tbody", {}, ...body)));
}

