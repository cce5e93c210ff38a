// Draws three measures with their intervals, and where two readers part; Python computes.
const ROW = 40, LOW = -0.5, HIGH = 1;

/** @param {Drawing} drawing @param {number} all  the width @param {any[]} measures */
function drawMeasures(drawing, all, measures) {
  const LEFT = all < 400 ? 142 : 160, WIDTH = all - LEFT - 22;
  const at = (/** @type {number} */ value) => LEFT + (Math.max(LOW, value) - LOW) / (HIGH - LOW) * WIDTH;
  const height = ROW * measures.length + 34, size = all < 400 ? 13 : 14;
  drawing.begin(all, height, measures.map((one) => one.line).join("; "));
  for (const tick of [-0.5, 0, 0.5, 1]) {
    drawing.line(at(tick), 4, at(tick), height - 26, { stroke: tick ? "pale" : "neutral" });
    drawing.word(at(tick), height - 8, number(tick).replace("-", "−"), { "text-anchor": "middle" });
  }
  measures.forEach((one, n) => {
    const y = n * ROW + 24;
    drawing.name(LEFT - 10, y + 5, one.name, LEFT - 12, { "text-anchor": "end", "font-size": size });
    if (one.value === null) {
      drawing.word(at(0), y + 5, t("not defined"), { "font-size": size, "font-style": "italic" });
      return;
    }
    drawing.line(at(one.low), y, at(one.high), y, { stroke: "neutral", "stroke-width": 6, opacity: 0.5 });
    drawing.dot(at(one.value), y, { r: 6, fill: "ink" });
    drawing.word(at(one.value), y - 11, one.shown, { "text-anchor": "middle", "font-weight": 700 });
  });
}

/** The tables under the picture. @param {any} result */
function meterTables({ table: pairs, weak, apart }) {
  const readers = [t("One reader"), t("The other")];
  const counts = (/** @type {number[]} */ row, /** @type {number} */ i) => row.map((count, j) =>
    element("td", { textContent: number(count), className: i === j ? "same" : "" }));
  return [
    fold(t("Which codes are weak?"), table(
      [t("Code"), ...readers, t("Both"), t("Agreement on it"), t("Most often mixed with")],
      weak.map((/** @type {any} */ row) => [row.code, number(row.first), number(row.second), number(row.both),
        number(row.agreement, 2), row.mixed_with || t("none")]), { heading: "" })),
    fold(tn("The {count} statement on which they part", "The {count} statements on which they part", apart.length),
      table([t("Statement"), ...readers],
        apart.map((/** @type {any} */ row) => [row.statement, row.first, row.second]), { heading: "plain" })),
    fold(t("Every pair of codes"),
      element("p", { textContent: t("Rows: one reader. Columns: the other. Shaded: alike.") }),
      table([t("Code"), ...pairs.codes],
        pairs.rows.map((/** @type {number[]} */ row, /** @type {number} */ i) => [pairs.codes[i], ...counts(row, i)]), { heading: "" })),
  ];
}

export default lab("meter", (view) => {
  const readers = [["first", t("One reader")], ["second", t("The other reader")]].map(([trait, words]) => {
    const [select, label] = choose(words, [], (value) => view.put({ [trait]: value }));
    return { trait, select, part: element("div", {}, label, select) };
  });
  const again = button(t("Look again for files"), () => view.put({ looked: view.get("looked") + 1 }));
  const drawing = new Drawing();
  const holder = element("div");
  const width = fitted(view, holder, 240, 570, draw);
  const said = statusLine();
  const tables = element("div");

  function list() {
    const names = view.get("names");
    const options = view.get("readers").map((/** @type {string} */ name) => [name, names[name] ?? name]);
    for (const { trait, select } of readers) fill(select, options, view.get(trait));
  }

  function draw() {
    for (const { trait, select } of readers) select.value = view.get(trait);
    say(said, view.get("sentence"));
    const result = view.get("result");
    if (!result.measures) { holder.replaceChildren(); tables.replaceChildren(); return; }
    drawMeasures(drawing, width(), result.measures);
    holder.replaceChildren(drawing.svg);
    tables.replaceChildren(...meterTables(result));
  }

  view.box.append(element("div", { className: "readers" }, ...readers.map(({ part }) => part), again), holder, said, tables);
  view.on("readers", list);
  view.on("change", draw);
  list();
  draw();
});
