// Draws one bar a field; Python says what share of it stands ahead.
const ROW = 34, LEFT = 142;

function render({ model, el }) {
  const id = unique("denominator");
  const slider = element("input", { type: "range", id, min: 1, max: model.get("highest"), step: 1 });
  const number = element("strong");
  const picture = shape("svg", { role: "img", viewBox: "0 0 480 100" });
  const drawing = element("div", {}, picture);
  const [fit, unwatch] = fitted(drawing, 230, 480, () => draw());
  const lines = element("ul");
  const status = element("p", { className: "visually-hidden" });
  status.setAttribute("role", "status");

  slider.addEventListener("input", () => {
    number.textContent = ` ${slider.value}`;
    model.set("rank", Number(slider.value));
    model.save_changes();
  });

  function draw() {
    const rank = model.get("rank");
    slider.value = rank;
    number.textContent = ` ${rank}`;
    const bars = model.get("bars"), WIDTH = fit();
    picture.setAttribute("viewBox", `0 0 ${WIDTH} ${bars.length * ROW}`);
    picture.setAttribute("aria-label", model.get("status"));
    picture.replaceChildren(...bars.flatMap(({ field, ahead }, row) => {
      const y = row * ROW, full = WIDTH - LEFT;
      const name = shape("text", { x: 0, y: y + 20, "font-size": 14, fill: "#222222" }, field);
      if (ahead === null) {
        return [name, shape("text", { x: LEFT, y: y + 20, "font-size": 14, fill: "#595959" }, "no such place")];
      }
      const edge = LEFT + full * ahead / 100;
      return [name,
        shape("rect", { x: LEFT, y: y + 4, width: full, height: ROW - 12, fill: "#dddddd" }),
        shape("rect", { x: LEFT, y: y + 4, width: edge - LEFT, height: ROW - 12, fill: "#6b6b6b" }),
        shape("line", { x1: edge, x2: edge, y1: y, y2: y + ROW - 4, stroke: "#222222", "stroke-width": 3 })];
    }));
    lines.replaceChildren(...bars.map(({ text }) => element("li", { textContent: text })));
    say(status, model.get("status"));
  }

  const label = element("label", { htmlFor: id, textContent: "Place on the list" });
  const legend = element("p", { textContent: "Dark: the countries ahead. Light: the countries behind. Upright line: the place." });
  const box = frame(model, "softpower-denominator", element("p", {}, label, number, element("br"), slider), drawing, legend, lines, status);
  el.append(box);
  for (const name of ["rank", "bars", "status"]) model.on(`change:${name}`, draw);
  draw();
  return () => { unwatch(); for (const name of ["rank", "bars", "status"]) model.off(`change:${name}`, draw); };
}

export default { render };
