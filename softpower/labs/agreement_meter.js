// Draws three measures with their intervals, and where two readers part; Python computes.
const ROW = 40, LOW = -0.5, HIGH = 1;
function render({ model, el }) {
  const id = unique("meter");

  const chooser = (trait, words) => {
    const select = element("select", { id: `${id}-${trait}` });
    select.addEventListener("change", () => { model.set(trait, select.value); model.save_changes(); });
    return [select, element("label", { htmlFor: select.id, textContent: words })];
  };
  const [first, firstLabel] = chooser("first", "One reader");
  const [second, secondLabel] = chooser("second", "The other reader");
  const again = element("button", { type: "button", textContent: "Look again for files" });
  again.addEventListener("click", () => { model.set("looked", model.get("looked") + 1); model.save_changes(); });

  const picture = element("div");
  const [fit, unwatch] = fitted(picture, 240, 570, () => draw());
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const tables = element("div");

  const table = (headings, rows, className = "") => alignNumbers(element("table", {},
    element("thead", {}, element("tr", {}, ...headings.map((name) => element("th", { scope: "col", textContent: name })))),
    element("tbody", {}, ...rows.map(([head, ...cells]) => element("tr", {},
      element("th", { scope: "row", className, textContent: head }),
      ...cells.map((cell) => (cell instanceof Node ? cell : element("td", { textContent: cell }))))))));
  const fold = (words, ...inside) => element("details", {}, element("summary", { textContent: words }), ...inside);

  const chosen = () => { first.value = model.get("first"); second.value = model.get("second"); };
  function list() {
    for (const select of [first, second]) {
      select.replaceChildren(...model.get("readers").map((name) => element("option", { value: name, textContent: model.get("names")[name] ?? name })));
    }
    chosen();
  }

  function draw() {
    chosen();
    say(status, model.get("sentence"));
    const { measures, table: pairs, weak, apart } = model.get("result");
    if (!measures) { picture.replaceChildren(); tables.replaceChildren(); return; }

    const all = fit(), LEFT = all < 400 ? 142 : 160, WIDTH = all - LEFT - 22;
    const at = (value) => LEFT + (Math.max(LOW, value) - LOW) / (HIGH - LOW) * WIDTH;
    const height = ROW * measures.length + 34;
    const svg = shape("svg", { viewBox: `0 0 ${all} ${height}`, width: "100%", role: "img",
      "aria-label": measures.map((one) => `${one.name} ${one.label}`).join("; ") });
    for (const tick of [-0.5, 0, 0.5, 1]) {
      svg.append(shape("line", { x1: at(tick), x2: at(tick), y1: 4, y2: height - 26, stroke: tick ? "#ddd" : "#6b6b6b" }),
        shape("text", { x: at(tick), y: height - 8, "text-anchor": "middle", "font-size": 13, fill: "#222" }, `${tick}`.replace("-", "−")));
    }
    measures.forEach((one, n) => {
      const y = n * ROW + 24;
      svg.append(shape("text", { x: LEFT - 10, y: y + 5, "text-anchor": "end", "font-size": all < 400 ? 13 : 14, fill: "#222" }, one.name));
      if (one.value === null) {
        svg.append(shape("text", { x: at(0), y: y + 5, "font-size": all < 400 ? 13 : 14, "font-style": "italic", fill: "#222" }, "not defined"));
        return;
      }
      svg.append(shape("line", { x1: at(one.low), x2: at(one.high), y1: y, y2: y, stroke: "#6b6b6b", "stroke-width": 6, opacity: 0.5 }),
        shape("circle", { cx: at(one.value), cy: y, r: 6, fill: "#222" }),
        shape("text", { x: at(one.value), y: y - 11, "text-anchor": "middle", "font-size": 13, "font-weight": 700, fill: "#222" }, one.shown));
    });
    picture.replaceChildren(svg);

    tables.replaceChildren(
      fold("Which codes are weak?", table(["Code", "One reader", "The other", "Both", "Agreement on it", "Most often mixed with"],
        weak.map((row) => [row.code, row.first, row.second, row.both, row.agreement.toFixed(2), row.mixed_with || "none"]))),
      fold(`The ${apart.length} statements on which they part`, table(["Statement", "One reader", "The other"],
        apart.map((row) => [row.statement, row.first, row.second]), "plain")),
      fold("Every pair of codes", element("p", { textContent: "Rows: one reader. Columns: the other. Shaded: alike." }),
        table(["Code", ...pairs.codes], pairs.rows.map((row, i) => [pairs.codes[i],
          ...row.map((count, j) => element("td", { textContent: count, className: i === j ? "same" : "" }))]))));
  }

  const box = frame(model, "softpower-meter", element("div", { className: "readers" }, element("div", {}, firstLabel, first),
      element("div", {}, secondLabel, second), again),
    picture, status, tables);
  el.append(box);
  model.on("change:readers", list);
  model.on("change", draw);
  list();
  draw();
  return () => { unwatch(); model.off("change:readers", list); model.off("change", draw); };
}

export default { render };
