// Shared by every lab, and put before its own script: makes elements, pictures and the lab's box.
function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function shape(tag, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
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
    svg.append(shape("text", { x, y, fill: colour, "text-anchor": anchor, "font-weight": weight, "font-size": 13 }, text));
  }
  return svg;
}

// The box of a lab. JupyterLab would take plain keys as its own commands; in a lab they
// belong to the controls.
function frame(name, ...children) {
  const box = element("div", { className: `softpower-lab ${name}` }, ...children);
  box.addEventListener("keydown", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); });
  return box;
}

function grid(headings, rows, caption) {
  const head = element("tr", {}, ...headings.map((text) => element("th", { scope: "col", textContent: text })));
  const body = rows.map((row) => element("tr", {}, ...row.map((text) => element("td", { textContent: text }))));
  return element("table", {}, element("caption", { textContent: caption }),
    element("thead", {}, head), element("tbody", {}, ...body));
}

