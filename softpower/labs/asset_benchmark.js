// Draws one bar a country; a country without a figure keeps its row, hatched and named.
const ROW = 30;

/** A pattern for what is not known. @param {Drawing} drawing @param {string} id */
function hatched(drawing, id) {
  const turned = { patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  const hatch = shape("pattern", { id, width: 8, height: 8, ...turned });
  hatch.append(shape("rect", { width: 8, height: 8, fill: "paper" }), shape("rect", { width: 3, height: 8, fill: "bar" }));
  drawing.mark("defs", {}).append(hatch);
}

/**
 * @param {Drawing} drawing
 * @param {number} all  the width
 * @param {any[]} bars
 * @param {string} heading
 * @param {string} pattern  its id
 */
function drawBars(drawing, all, bars, heading, pattern) {
  const LEFT = all < 450 ? 104 : 150, RIGHT = all < 450 ? 76 : 110, WIDTH = all - LEFT - RIGHT;
  drawing.begin(all, ROW * bars.length + 6, `${heading}. ${bars.map((bar) => `${bar.name} ${bar.label}`).join(", ")}.`);
  hatched(drawing, pattern);
  bars.forEach((bar, row) => {
    const y = row * ROW + 4, missing = (bar.share ?? null) === null;
    const width = missing ? WIDTH : Math.max(2, bar.share * WIDTH);
    const look = missing ? { fill: `url(#${pattern})`, stroke: "neutral" } : { fill: bar.colour, stroke: "none" };
    drawing.name(LEFT - 8, y + 16, bar.name, LEFT - 10, { "text-anchor": "end", "font-size": 14, "font-weight": bar.home ? 700 : 400 });
    drawing.block(LEFT, y, width, ROW - 8, look);
    drawing.name(LEFT + width + 6, y + 16, bar.label, RIGHT - 8, { "font-size": 14, "font-style": missing ? "italic" : "normal" });
  });
}

/** Each note once, with the countries that it is about. @param {any[]} bars */
function noted(bars) {
  const told = new Map();
  for (const { note, name } of bars) if (note) told.set(note, [...(told.get(note) ?? []), name]);
  return [...told].map(([note, names]) =>
    element("li", { textContent: names.length === bars.length ? note : `${names.join(", ")}: ${note}` }));
}

/** The list of indicators, those of one kind together. @param {View} view @returns {[HTMLSelectElement, HTMLElement]} */
function indicatorList(view) {
  const [select, label] = choose(t("Indicator"), [], (indicator) => view.put({ indicator }));
  const indicators = view.get("indicators");
  for (const kind of new Set(indicators.map((/** @type {any} */ one) => one.kind))) {
    const group = element("optgroup", { label: String(kind) });
    for (const one of indicators.filter((/** @type {any} */ other) => other.kind === kind)) {
      group.append(element("option", { value: one.indicator, textContent: one.name }));
    }
    select.append(group);
  }
  return [select, element("p", {}, label, select)];
}

export default lab("benchmark", (view) => {
  const pattern = unique("hatch");
  const [select, indicator] = indicatorList(view);
  const { group, inputs } = ticks("checkbox", t("Beside {country}", { country: view.get("home") }), view.get("countries"), (chosen) => view.put({ chosen }));
  const divide = element("input", { type: "checkbox" });
  divide.addEventListener("change", () => view.put({ per_million: divide.checked }));
  const why = element("span");
  const division = element("p", {}, element("label", {}, divide, " ", t("per million people")), " ", why);

  const heading = element("h3", { "aria-live": "polite" }); // "per million" may leave the place as it is
  const drawing = new Drawing();
  const holder = element("div", {}, drawing.svg);
  const width = fitted(view, holder, 250, 680, draw);
  const said = statusLine();
  const source = element("small");
  const notes = element("ul");
  const counted = element("p");
  const coverage = table([t("Culture indicator of the Soft Power 30"), view.get("home"), t("Countries chosen")], [], { heading: "" });

  function draw() {
    select.value = view.get("indicator");
    for (const input of inputs) input.checked = view.get("chosen").includes(input.value);
    divide.checked = view.get("per_million");
    divide.disabled = !view.get("can_divide");
    why.textContent = divide.disabled ? t("(dividing this one by people would say nothing)") : "";
    say(heading, view.get("heading"));
    say(said, view.get("sentence"));
    source.textContent = view.get("source");
    const bars = view.get("bars");
    drawBars(drawing, width(), bars, view.get("heading"), pattern);
    notes.replaceChildren(...noted(bars));
    counted.textContent = view.get("coverage_sentence");
    refill(coverage, view.get("coverage"), "");
  }

  view.box.append(indicator, group, division, heading, holder, said, source,
    fold(t("Notes on these figures"), notes), fold(t("What can be compared at all"), counted, coverage));
  // Python sends everything that a move changes in one message; draw once it is complete.
  view.on("change", draw);
  draw();
});
