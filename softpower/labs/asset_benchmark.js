// Draws one bar a country; a country without a figure keeps its row, hatched and named.
const ROW = 30;
function render({ model, el }) {
  const id = unique("benchmark");

  const select = element("select", { id: `${id}-indicator` });
  for (const kind of new Set(model.get("indicators").map((one) => one.kind))) {
    const group = element("optgroup", { label: kind });
    for (const one of model.get("indicators").filter((one) => one.kind === kind)) {
      group.append(element("option", { value: one.indicator, textContent: one.indicator }));
    }
    select.append(group);
  }
  select.addEventListener("change", () => { model.set("indicator", select.value); model.save_changes(); });
  const indicator = element("p", {},
    element("label", { htmlFor: select.id, textContent: "Indicator " }), select);

  const boxes = model.get("countries").map((country) => {
    const box = element("input", { type: "checkbox", value: country });
    box.addEventListener("change", () => {
      model.set("chosen", boxes.filter((one) => one.checked).map((one) => one.value));
      model.save_changes();
    });
    return box;
  });
  const countries = element("fieldset", {}, element("legend", { textContent: "Beside Kazakhstan" }),
    ...boxes.map((box) => element("label", {}, box, ` ${box.value}`)));

  const divide = element("input", { type: "checkbox" });
  divide.addEventListener("change", () => { model.set("per_million", divide.checked); model.save_changes(); });
  const why = element("span");
  const division = element("p", {}, element("label", {}, divide, " per million people"), why);

  const heading = element("h3");
  heading.setAttribute("aria-live", "polite"); // "per million" may leave the place as it is
  const picture = element("div");
  const [fit, unwatch] = fitted(picture, 250, 680, () => draw());
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const source = element("small");
  const notes = element("ul");
  const rows = element("tbody");
  const head = element("tr", {}, ...["Culture indicator of the Soft Power 30", "Kazakhstan", "Countries chosen"]
    .map((name) => element("th", { scope: "col", textContent: name })));
  const counted = element("p");
  const table = element("table", {}, element("thead", {}, head), rows);

  function draw() {
    select.value = model.get("indicator");
    for (const box of boxes) box.checked = model.get("chosen").includes(box.value);
    divide.checked = model.get("per_million");
    divide.disabled = !model.get("can_divide");
    why.textContent = divide.disabled ? " (dividing this one by people would say nothing)" : "";
    say(heading, model.get("heading"));
    say(status, model.get("sentence"));
    source.textContent = model.get("source");

    const bars = model.get("bars");
    const all = fit(), LEFT = all < 450 ? 104 : 150, RIGHT = all < 450 ? 76 : 110, WIDTH = all - LEFT - RIGHT;
    const height = ROW * bars.length + 6;
    const words = bars.map((bar) => `${bar.country} ${bar.label}`).join(", ");
    const svg = shape("svg", { viewBox: `0 0 ${LEFT + WIDTH + RIGHT} ${height}`, width: "100%",
      role: "img", "aria-label": `${model.get("heading")}. ${words}.` });
    const hatch = shape("pattern", { id: `${id}-hatch`, width: 8, height: 8, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)" });
    hatch.append(shape("rect", { width: 8, height: 8, fill: "#fff" }), shape("rect", { width: 3, height: 8, fill: "#bbb" }));
    const defs = shape("defs", {});
    defs.append(hatch);
    svg.append(defs);
    bars.forEach((bar, row) => {
      const y = row * ROW + 4;
      const missing = bar.share === null || bar.share === undefined;
      svg.append(shape("text", { x: LEFT - 8, y: y + 16, "text-anchor": "end", "font-size": 14,
        "font-weight": bar.home ? 700 : 400, fill: "#222" }, bar.country));
      const width = missing ? WIDTH : Math.max(2, bar.share * WIDTH);
      svg.append(shape("rect", { x: LEFT, y, width, height: ROW - 8,
        fill: missing ? `url(#${id}-hatch)` : countryColour(bar.country),
        stroke: missing ? "#6b6b6b" : "none" }));
      svg.append(shape("text", { x: LEFT + width + 6, y: y + 16, "font-size": 14, fill: "#222",
        "font-style": missing ? "italic" : "normal" }, bar.label));
    });
    picture.replaceChildren(svg);

    const told = new Map();
    for (const bar of bars) if (bar.note) told.set(bar.note, [...(told.get(bar.note) ?? []), bar.country]);
    notes.replaceChildren(...[...told].map(([note, names]) =>
      element("li", { textContent: names.length === bars.length ? note : `${names.join(", ")}: ${note}` })));

    counted.textContent = model.get("coverage_sentence");
    rows.replaceChildren(...model.get("coverage").map((one) => element("tr", {},
      element("th", { scope: "row", textContent: one.indicator }),
      element("td", { textContent: one.own }), element("td", { textContent: one.others }))));
  }

  const box = frame(model, "softpower-benchmark", indicator, countries, division, heading, picture, status, source,
    element("details", {}, element("summary", { textContent: "Notes on these figures" }), notes),
    element("details", {}, element("summary", { textContent: "What can be compared at all" }), counted,
      table));
  el.append(box);
  // Python sends everything that a move changes in one message; draw once it is complete.
  model.on("change", draw);
  draw();
  return () => { unwatch(); model.off("change", draw); };
}

export default { render };
