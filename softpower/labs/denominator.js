// Draws one bar a field; Python says what share of it stands ahead.
const ROW = 34, LEFT = 142;

/** @param {Drawing} drawing @param {number} width @param {any[]} bars @param {string} label */
function drawBars(drawing, width, bars, label) {
  drawing.begin(width, bars.length * ROW, label);
  bars.forEach(({ field: name, ahead }, row) => {
    const y = row * ROW, full = width - LEFT;
    drawing.name(0, y + 20, name, LEFT - 6, { "font-size": 14 });
    if (ahead === null) {
      drawing.word(LEFT, y + 20, t("no such place"), { "font-size": 14, fill: "faint" });
      return;
    }
    const edge = LEFT + full * ahead / 100;
    drawing.block(LEFT, y + 4, full, ROW - 12, { fill: "pale" });
    drawing.block(LEFT, y + 4, edge - LEFT, ROW - 12, { fill: "neutral" });
    drawing.line(edge, y, edge, y + ROW - 4, { stroke: "ink", "stroke-width": 3 });
  });
}

export default lab("denominator", (view) => {
  const shown = element("strong");
  const { input, label } = slider(t("Place on the list"), { min: 1, max: view.get("highest"), step: 1 }, (rank) => {
    shown.textContent = ` ${number(rank)}`;
    view.put({ rank });
  });
  const drawing = new Drawing();
  const holder = element("div", {}, drawing.svg);
  const width = fitted(view, holder, 230, 480, draw);
  const lines = element("ul");
  const said = statusLine("visually-hidden");

  function draw() {
    const rank = view.get("rank"), bars = view.get("bars");
    input.value = rank;
    shown.textContent = ` ${number(rank)}`;
    drawBars(drawing, width(), bars, view.get("status"));
    lines.replaceChildren(...bars.map((/** @type {any} */ { text }) => element("li", { textContent: text })));
    say(said, view.get("status"));
  }

  view.box.append(element("p", {}, label, shown, element("br"), input), holder,
    element("p", { textContent: t("Dark: the countries ahead. Light: the countries behind. Upright line: the place.") }),
    lines, said);
  view.on("rank bars status", draw);
  draw();
});
