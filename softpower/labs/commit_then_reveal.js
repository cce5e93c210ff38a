// Draws one simulated world and a form; Python checks the commitment and only then sends the truth.
// A made-up country wears no real country's colour: what differs is thickness, dashes and the name.
const LOOK = {
  other: { stroke: "#c9c9c9", "stroke-width": 1.2 },
  mean: { stroke: "#6b6b6b", "stroke-width": 3, "stroke-dasharray": "2 4" },
  path: { stroke: "#222", "stroke-width": 2.5, "stroke-dasharray": "9 5" },
  treated: { stroke: "#222", "stroke-width": 4 },
};
const INK = { mean: "#6b6b6b", path: "#222", treated: "#222" };
function table(caption, columns, rows) {
  return alignNumbers(element("table", {}, element("caption", { textContent: caption }),
    element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col", textContent: name })))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", { textContent: cell })))))));
}

function render({ model, el }) {
  const id = unique("commit");
  const heading = element("h3", { textContent: `World ${model.get("world")} · simulated data` });
  const drawing = element("div");
  const { columns, rows } = model.get("table");
  const figures = element("details", {}, element("summary", { textContent: "The same figures as a table" }),
    table("Favourable views, simulated", columns, rows));

  const estimate = element("input", { id: `${id}-estimate`, type: "text", inputMode: "decimal", size: 8, autocomplete: "off" });
  const reason = element("textarea", { id: `${id}-reason`, rows: 2, style: "width:100%;box-sizing:border-box" });
  const button = element("button", { type: "submit", textContent: "Commit to this estimate" });
  const form = element("form", {},
    element("p", {}, element("label", { htmlFor: estimate.id, textContent: "The effect of the programme, in points " }), estimate),
    element("p", {}, element("label", { htmlFor: reason.id, textContent: "How I came to it" }), element("br"), reason),
    element("p", {}, button, " A commitment cannot be changed. The true effect appears after it."));
  // What is typed and not yet committed to survives a reload and a lost kernel.
  const unsaved = draft(`commit ${model.get("world")}`, model.get("committed"));
  const left = unsaved.left();
  if (left) [estimate.value, reason.value] = left;
  form.addEventListener("input", () => unsaved.keep([estimate.value, reason.value]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    model.set("typed", { estimate: estimate.value, reason: reason.value, at: Date.now() });
    model.save_changes();
  });

  const said = element("p", { tabIndex: -1 });
  const result = element("div");
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");

  function draw() {
    const { lines, start, years, values, size: [width, height, left, right, floor] } = model.get("picture");
    const committed = "estimate" in model.get("committed");
    const picture = shape("svg", { viewBox: `0 0 ${width} ${height}`, width: "100%", role: "img",
      "aria-label": "Favourable views of Country A and nine others over the years of the simulation; the table below has the figures" });
    for (const [value, y] of values) {
      picture.append(shape("line", { x1: left, x2: right, y1: y, y2: y, stroke: "#e4e4e4" }),
        shape("text", { x: left - 6, y, "text-anchor": "end", "dominant-baseline": "middle", "font-size": 12, fill: "#222" }, `${value}`));
    }
    for (const [year, x] of years) {
      picture.append(shape("text", { x, y: floor + 18, "text-anchor": "middle", "font-size": 12, fill: "#222" }, `${year}`));
    }
    picture.append(
      shape("text", { x: (left + right) / 2, y: floor + 36, "text-anchor": "middle", "font-size": 12, fill: "#222" }, "Year of the simulation"),
      shape("text", { x: 4, y: 12, "font-size": 12, "font-weight": 600, fill: "#222" }, "Favourable views, % (simulated)"),
      shape("line", { x1: start, x2: start, y1: 20, y2: floor, stroke: "#222", "stroke-dasharray": "3 3" }),
      shape("text", { x: start + 5, y: 30, "font-size": 12, fill: "#222" }, "programme begins"));
    // A name moves away from the one above it, so that two ends that meet can both be read.
    let last = -Infinity;
    const named = lines.filter(({ kind }) => kind !== "other").sort((a, b) => a.end - b.end);
    for (const { kind, points } of lines) picture.append(shape("polyline", { points, fill: "none", ...LOOK[kind] }));
    for (const { kind, name, end } of named) {
      last = Math.max(end, last + 15);
      picture.append(shape("text", { x: right + 6, y: last, "dominant-baseline": "middle", "font-size": 12,
        "font-weight": 600, fill: INK[kind] }, name));
    }
    drawing.replaceChildren(picture);

    form.hidden = committed;
    const { estimate: number, reason: words } = model.get("committed");
    said.textContent = committed ? `You committed to ${number} points. Your reason: ${words}` : "";
    const revealed = Object.entries(model.get("revealed"));
    result.replaceChildren(...(revealed.length ? [table("In points", ["What", "Points"], revealed)] : []));
    say(status, model.get("status"));
    status.className = `status ${committed ? "" : "wrong"}`;
  }

  function moveOn() {
    draw();
    if ("estimate" in model.get("committed")) {
      unsaved.drop();
      said.focus();
    }
  }

  const box = frame(model, "softpower-commit", heading, drawing, figures, form, said, result, status);
  el.append(box);
  model.on("change:picture", draw);
  model.on("change:revealed", moveOn);
  model.on("change:status", draw);
  draw();
  return () => { model.off("change:picture", draw); model.off("change:revealed", moveOn); model.off("change:status", draw); };
}

export default { render };
