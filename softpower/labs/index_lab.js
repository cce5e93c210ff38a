// Draws the ranking that Python computed, and sends back what the reader chooses.
const ROW = 15.5, TOP = 24;

function render({ model, el }) {
  const options = model.get("options");
  const id = unique("index");
  const controls = {};

  // --- controls ---
  // "Rank: only the order counts" is an option and what it means; the meaning stands below.
  function choose(key, label, entries) {
    const meaning = element("span", { className: "meaning", id: `${id}-${key}-meaning` });
    const meanings = new Map(entries.map(([value, text]) => [value, text.split(": ")[1] ?? ""]));
    const select = element("select", { id: `${id}-${key}` },
      ...entries.map(([value, text]) => element("option", { value, textContent: text.split(": ")[0] })));
    select.setAttribute("aria-describedby", meaning.id);
    select.addEventListener("change", () => change({ [key]: select.value }));
    controls[key] = { select, show: (value) => { select.value = value; meaning.textContent = meanings.get(value); } };
    return element("p", {}, element("label", { htmlFor: select.id, textContent: label }), select, meaning);
  }

  function slider(name, label, most, step, onInput) {
    const input = element("input", { type: "range", id: `${id}-${name}`, min: 0, max: most, step });
    const output = element("output", { htmlFor: input.id });
    input.addEventListener("input", () => onInput(Number(input.value)));
    return { input, output, label: element("label", { htmlFor: input.id, textContent: label }) };
  }

  const general = element("div", { className: "general" },
    choose("hold", "Watch this country", options.countries.map((name) => [name, name])),
    choose("missing", "Gaps", Object.entries(options.missing)),
    choose("normalisation", "Normalisation", Object.entries(options.normalisation)),
    choose("aggregation", "Mean", Object.entries(options.aggregation)));

  const doubt = slider("doubt", "Doubt: how far may the weights lie from yours?", 100, 10,
    (value) => change({ doubt: value }));
  const doubtRow = element("div", { className: "doubt" }, doubt.label, doubt.input, doubt.output);

  const weights = {};
  const fieldset = element("fieldset", { className: "points" },
    element("legend", { textContent: "Points, from 0 to 10" }));
  for (const { indicator, title, pillar, counts, unit } of options.indicators) {
    const use = element("input", { type: "checkbox", title: "Use this indicator" });
    use.setAttribute("aria-label", `Use ${title}`);
    const points = slider(indicator, title, options.most_points, 1, (value) => {
      change({ points: { ...model.get("settings").points, [indicator]: value } });
    });
    points.label.title = `${pillar}: ${counts} Unit: ${unit}.`;
    use.addEventListener("change", () => {
      const chosen = { ...model.get("settings").points };
      if (use.checked) chosen[indicator] = Number(points.input.value);
      else delete chosen[indicator];
      change({ points: chosen });
    });
    weights[indicator] = { use, ...points };
    fieldset.append(element("div", { className: "point" }, use, points.label, points.input, points.output));
  }

  // --- what it shows ---
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const neighbours = element("p"), helps = element("p"), limits = element("p"), notes = element("p", { className: "key" });
  // What answers the lesson's guesses waits for the first move, or for a reader who asks.
  const ready = element("button", { type: "button", textContent: "Show it now" });
  const guess = element("p", { className: "guess" });
  guess.append(element("span", { textContent: "Guess first. After your first move, it says here which weight helps, and a thin line shows how far any weighting can bend each rank. " }), ready);
  ready.addEventListener("click", () => {
    model.set("moved", true);
    model.save_changes();
    said.tabIndex = -1;
    said.focus(); // the button goes, and the keyboard stays here
  });
  const said = element("div", { className: "said" }, guess, neighbours, limits, helps);
  const drawing = element("div", { className: "drawing" });
  const picture = shape("svg", { role: "img", viewBox: "0 0 480 100" });
  drawing.append(picture);
  const key = element("p", { className: "key" });
  key.append("Dot: rank by your points. Thick bar: nine of ten weightings. Thin line, after your first move: the best and worst that any weighting within your doubt can give; it follows a moment later.");
  const body = element("tbody");
  const heads = ["Country", "Rank", "Nine of ten weightings", "Best possible", "Worst possible"];
  const table = element("details", {}, element("summary", { textContent: "The same ranks as a table" }),
    element("table", {}, element("caption", { textContent: "Ranks by your points, with their intervals and exact bounds." }),
      element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col", textContent: text })))), body));

  // --- verdict, and settings to save, share and load ---
  const ask = element("button", { type: "button", textContent: "What could any choice do for this country?" });
  const verdict = element("p");
  verdict.setAttribute("role", "status");
  ask.addEventListener("click", () => {
    say(verdict, "One moment: every combination is tried.");
    model.send({ ask: "verdict" });
  });
  const text = element("textarea", { id: `${id}-json`, rows: 8, spellcheck: false });
  const load = element("button", { type: "button", textContent: "Load these settings" });
  const save = element("button", { type: "button", textContent: "Save as a file" });
  const loaded = element("p");
  loaded.setAttribute("role", "status");
  load.addEventListener("click", () => {
    say(loaded, "");
    model.send({ ask: "load", text: text.value });
  });
  const back = element("button", { type: "button", textContent: "Take my last settings back" });
  back.addEventListener("click", () => { say(loaded, ""); model.send({ ask: "back" }); });
  const again = element("button", { type: "button", textContent: "Begin again" });
  again.addEventListener("click", () => { say(loaded, ""); model.send({ ask: "again" }); });
  const drawBack = () => { back.hidden = !model.get("former"); };
  save.addEventListener("click", () => {
    const file = new Blob([model.get("view").json], { type: "application/json" });
    const link = element("a", { href: URL.createObjectURL(file), download: "my_index.json" });
    link.click();
    URL.revokeObjectURL(link.href);
  });
  const share = element("details", {}, element("summary", { textContent: "Save, share or load these settings" }),
    element("label", { htmlFor: text.id, textContent: "Your settings as text: copy them, or put in somebody else's." }),
    text, copier(text), element("p", {}, load, " ", save));

  // --- moving ---
  function change(part) {
    model.set("settings", { ...model.get("settings"), ...part });
    model.set("moved", true);
    model.save_changes();
    drawControls();
  }

  function drawControls() {
    const settings = model.get("settings");
    for (const [name, { show }] of Object.entries(controls)) show(settings[name]);
    doubt.input.value = settings.doubt;
    doubt.output.textContent = `${settings.doubt} %`;
    for (const [name, { use, input, output, label }] of Object.entries(weights)) {
      const used = name in settings.points;
      use.checked = used;
      input.disabled = !used;
      label.classList.toggle("unused", !used);
      if (used) input.value = settings.points[name];
      output.textContent = used ? `${settings.points[name]}` : "–";
    }
  }

  // On a narrow page the picture is drawn narrower, not smaller.
  let WIDTH = 560, LEFT = 150;
  const [width, unwatch] = fitted(drawing, 250, 560, () => draw());
  const x = (rank, last) => LEFT + 12 + ((rank - 1) / Math.max(1, last - 1)) * (WIDTH - LEFT - 24);

  function draw() {
    const view = model.get("view"), moved = model.get("moved");
    const bounds = moved ? model.get("bounds") : {};
    guess.hidden = moved;
    status.className = `status ${view.problem ? "wrong" : ""}`;
    say(status, view.problem || view.status);
    if (view.problem) say(limits, "");
    if (!view.rows) return;
    say(neighbours, moved ? view.neighbours : "");
    say(helps, moved ? view.helps : "");
    say(notes, view.notes);
    if (document.activeElement !== text) text.value = view.json;
    WIDTH = width();
    LEFT = WIDTH < 380 ? 132 : 150;
    const last = view.rows.length, height = TOP + last * ROW + 6;
    const parts = [];
    for (const rank of [1, 5, 10, 15, 20, 25, 30].filter((r) => r <= last)) {
      parts.push(shape("line", { x1: x(rank, last), x2: x(rank, last), y1: TOP - 4, y2: height - 6, class: "grid" }));
      parts.push(shape("text", { x: x(rank, last), y: 13, "text-anchor": "middle" }, rank));
    }
    view.rows.forEach(({ country, rank, low, high }, place) => {
      const y = TOP + place * ROW + ROW / 2, held = country === view.held;
      const group = shape("g", { class: held ? "held" : "other", style: `--own: ${COUNTRIES[country] ? countryColour(country) : "var(--ink)"}` });
      if (held) group.append(shape("rect", { x: 0, y: y - ROW / 2, width: WIDTH, height: ROW, class: "band" }));
      group.append(shape("text", { x: LEFT - 4, y: y + 4, "text-anchor": "end" }, country));
      if (bounds[country]) {
        const [best, worst] = bounds[country];
        group.append(shape("line", { x1: x(best, last), x2: x(worst, last), y1: y, y2: y, class: "bounds" }));
        for (const end of [best, worst]) {
          group.append(shape("line", { x1: x(end, last), x2: x(end, last), y1: y - 4, y2: y + 4, class: "bounds" }));
        }
      }
      group.append(shape("line", { x1: x(low, last) - 4, x2: x(high, last) + 4, y1: y, y2: y, class: "interval" }));
      group.append(shape("circle", { cx: x(rank, last), cy: y, r: 4.5 }));
      parts.push(group);
    });
    picture.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
    picture.setAttribute("aria-label", `Ranks of ${last} countries with their intervals; the table below has every figure. ${view.status}`);
    picture.replaceChildren(...parts);
    body.replaceChildren(...view.rows.map(({ country, rank, low, high }) => element("tr", {},
      ...[country, rank, low === high ? low : `${low} to ${high}`, ...(bounds[country] ?? ["…", "…"])]
        .map((value) => element("td", { textContent: value })))));
    alignNumbers(body.parentElement);
  }

  // The exact bounds take longer than a picture should: ask for them when the reader rests.
  let rest;
  function askForBounds(pause = 250) {
    clearTimeout(rest);
    rest = setTimeout(() => model.send({ ask: "bounds", of: model.get("view").json }), pause);
  }

  function onView() {
    limits.classList.add("stale"); // it keeps its place, so that nothing below jumps
    say(verdict, "");
    draw();
    if (model.get("moved") && !model.get("view").problem) askForBounds();
  }

  function onReply(reply) {
    if (reply.loaded) say(loaded, reply.loaded);
    if (reply.verdict) say(verdict, reply.verdict);
    if (reply.limits && reply.of === model.get("view").json) {
      say(limits, reply.limits);
      limits.classList.remove("stale");
      if (Object.keys(model.get("bounds")).length < model.get("view").rows.length) askForBounds(0);
    }
  }

  el.append(frame(model, "softpower-index",
    general,
    element("div", { className: "columns" },
      element("div", { className: "choices" }, fieldset, doubtRow, said),
      element("div", { className: "shows" }, status, drawing, key)),
    notes, element("p", {}, ask, " ", again, " ", back), loaded, verdict, table, share));
  const listeners = [["change:view", onView], ["change:bounds", draw], ["msg:custom", onReply], ["change:settings", drawControls], ["change:former", drawBack], ["change:moved", onView]];
  for (const [event, listener] of listeners) model.on(event, listener);
  drawControls();
  drawBack();
  onView();
  return () => {
    clearTimeout(rest);
    unwatch();
    for (const [event, listener] of listeners) model.off(event, listener);
  };
}

export default { render };
