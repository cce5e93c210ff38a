// Draws the ranking that Python computed, and sends back what the reader chooses.
const ROW = 15.5, TOP = 24;

/**
 * The lists above the sliders; what an option means stands below it.
 * @param {any} options
 * @param {(part: Record<string, any>) => void} change
 */
function indexLists(options, change) {
  const lists = {
    hold: [t("Watch this country"), options.countries],
    missing: [t("Gaps"), options.missing],
    normalisation: [t("Normalisation"), options.normalisation],
    aggregation: [t("Mean"), options.aggregation],
  };
  const made = Object.entries(lists).map(([key, [words, entries]]) => {
    const [select, label] = choose(words, entries, (value) => change({ [key]: value }));
    const meaning = element("span", { className: "meaning", id: unique("meaning") });
    select.setAttribute("aria-describedby", meaning.id);
    const meanings = new Map(entries.map((/** @type {string[]} */ [value, , text]) => [value, text ?? ""]));
    const show = (/** @type {any} */ settings) => {
      select.value = settings[key];
      meaning.textContent = meanings.get(settings[key]);
    };
    return { show, part: element("p", {}, label, select, meaning) };
  });
  return {
    part: element("div", { className: "general" }, ...made.map(({ part }) => part)),
    show: (/** @type {any} */ settings) => made.forEach(({ show }) => show(settings)),
  };
}

/**
 * One row of points an indicator: a box that uses it, a slider, and how many points.
 * @param {any} options
 * @param {() => Record<string, number>} points  as they are set
 * @param {(part: Record<string, any>) => void} change
 */
function indexPoints(options, points, change) {
  const rows = options.indicators.map((/** @type {any} */ { indicator, title, meaning }) => {
    const use = element("input", { type: "checkbox", title: t("Use this indicator"), "aria-label": t("Use {indicator}", { indicator: title }) });
    const set = slider(title, { max: options.most_points, step: 1 }, (value) => change({ points: { ...points(), [indicator]: value } }));
    set.label.title = meaning;
    use.addEventListener("change", () => {
      const { [indicator]: _, ...others } = points();
      change({ points: use.checked ? { ...others, [indicator]: Number(set.input.value) } : others });
    });
    const show = (/** @type {any} */ settings) => {
      const used = indicator in settings.points;
      use.checked = used;
      set.input.disabled = !used;
      set.label.classList.toggle("unused", !used);
      if (used) set.input.value = settings.points[indicator];
      set.output.textContent = used ? number(settings.points[indicator]) : "–";
    };
    return { show, part: element("div", { className: "point" }, use, set.label, set.input, set.output) };
  });
  const part = element("fieldset", { className: "points" }, element("legend", { textContent: t("Points, from 0 to 10") }),
    ...rows.map((/** @type {any} */ row) => row.part));
  return { part, show: (/** @type {any} */ settings) => rows.forEach((/** @type {any} */ row) => row.show(settings)) };
}

/** How far the weights may lie from one's own. @param {(part: Record<string, any>) => void} change */
function indexDoubt(change) {
  const { input, output, label } = slider(t("Doubt: how far may the weights lie from yours?"), { max: 100, step: 10 },
    (value) => change({ doubt: value }));
  const show = (/** @type {any} */ { doubt }) => {
    input.value = doubt;
    output.textContent = percent(doubt);
  };
  return { part: element("div", { className: "doubt" }, label, input, output), show };
}

/**
 * What answers the lesson's guesses: it waits for the first move, or for a reader who asks.
 * @param {View} view
 */
function indexAnswers(view) {
  const neighbours = element("p"), helps = element("p"), limits = element("p");
  const ready = button(t("Show it now"), () => {
    view.put({ moved: true });
    part.tabIndex = -1;
    part.focus(); // the button goes, and the keyboard stays here
  });
  const guess = element("p", { className: "guess" },
    element("span", { textContent: t("Guess first. After your first move, it says here which weight helps, and a thin line shows how far any weighting can bend each rank.") }), " ", ready);
  const part = element("div", { className: "said" }, guess, neighbours, limits, helps);
  return {
    part,
    limits,
    show(/** @type {any} */ shown, /** @type {boolean} */ moved) {
      guess.hidden = moved;
      if (shown.problem) say(limits, "");
      say(neighbours, moved ? shown.neighbours : "");
      say(helps, moved ? shown.helps : "");
    },
  };
}

/**
 * Asking for a verdict; saving, sharing and loading settings.
 * @param {View} view
 */
function indexSettings(view) {
  const verdict = element("p", { role: "status" }), loaded = element("p", { role: "status" });
  const asked = (/** @type {any} */ message) => { say(loaded, ""); view.send(message); };
  const ask = button(t("What could any choice do for this country?"), () => {
    say(verdict, t("One moment: every combination is tried."));
    view.send({ ask: "verdict" });
  });
  const again = button(t("Begin again"), () => asked({ ask: "again" }));
  const back = button(t("Take my last settings back"), () => asked({ ask: "back" }));
  const [text, label] = field("textarea", t("Your settings as text: copy them, or put in somebody else's."), { rows: 8, spellcheck: false });
  const load = button(t("Load these settings"), () => asked({ ask: "load", text: text.value }));
  const save = button(t("Save as a file"), () => {
    const file = new Blob([view.get("view").json], { type: "application/json" });
    const link = element("a", { href: URL.createObjectURL(file), download: "my_index.json" });
    link.click();
    URL.revokeObjectURL(link.href);
  });
  const offer = element("p", {}, element("span", { textContent: t("Your settings of last time are kept.") }), " ",
    button(t("Take them up again"), () => asked({ ask: "back" })));
  let written = ""; // what is pasted stays while the bounds come
  const older = element("p", { textContent: t("This is the text of your last settings that gave a ranking."), hidden: true });
  const drawBack = () => {
    offer.hidden = view.get("moved") || !view.get("former"); // where one looks first; later its place is below
    back.hidden = !view.get("moved") || !view.get("former");
  };
  view.on("former moved", drawBack);
  drawBack();
  return {
    offer,
    asks: element("p", {}, ask, " ", again, " ", back),
    loaded,
    verdict,
    share: fold(t("Save, share or load these settings"), label, text, older, copier(text), element("p", {}, load, " ", save)),
    show(/** @type {any} */ { json, problem }) {
      if (document.activeElement !== text && json !== written) text.value = written = json;
      older.hidden = !problem;
    },
  };
}

/**
 * Ranks by points: a dot, nine of ten weightings, and the exact bounds where they are known.
 * @param {Drawing} drawing
 * @param {number} width  on a narrow page the picture is drawn narrower, not smaller
 * @param {any} shown
 * @param {Record<string, [number, number]>} bounds
 */
function drawRanks(drawing, width, shown, bounds) {
  const last = shown.rows.length, height = TOP + last * ROW + 6, left = width < 380 ? 132 : 150;
  const x = (/** @type {number} */ rank) => left + 12 + ((rank - 1) / Math.max(1, last - 1)) * (width - left - 24);
  drawing.begin(width, height, shown.label);
  for (const rank of [1, 5, 10, 15, 20, 25, 30].filter((one) => one <= last)) {
    drawing.mark("line", { x1: x(rank), x2: x(rank), y1: TOP - 4, y2: height - 6, class: "grid" });
    drawing.mark("text", { x: x(rank), y: 13, "text-anchor": "middle" }, number(rank));
  }
  shown.rows.forEach((/** @type {any} */ { country, name, colour, rank, low, high }, /** @type {number} */ place) => {
    const y = TOP + place * ROW + ROW / 2, held = country === shown.held;
    drawing.group({ class: held ? "held" : "other", style: `--own: var(--${colour})` });
    if (held) drawing.mark("rect", { x: 0, y: y - ROW / 2, width, height: ROW, class: "band" });
    drawing.mark("text", { x: left - 4, y: y + 4, "text-anchor": "end", ...fit(name, 12, left - 6) }, name);
    if (bounds[country]) {
      const [best, worst] = bounds[country];
      drawing.mark("line", { x1: x(best), x2: x(worst), y1: y, y2: y, class: "bounds" });
      for (const end of [best, worst]) drawing.mark("line", { x1: x(end), x2: x(end), y1: y - 4, y2: y + 4, class: "bounds" });
    }
    drawing.mark("line", { x1: x(low) - 4, x2: x(high) + 4, y1: y, y2: y, class: "interval" });
    drawing.mark("circle", { cx: x(rank), cy: y, r: 4.5 });
    drawing.whole();
  });
}

/** @param {any} shown @param {Record<string, [number, number]>} bounds */
const rankRows = (shown, bounds) => shown.rows.map((/** @type {any} */ { country, name, rank, low, high }) =>
  [name, number(rank), low === high ? number(low) : t("{low} to {high}", { low: number(low), high: number(high) }),
    ...(bounds[country]?.map((bound) => number(bound)) ?? ["…", "…"])]);

export default lab("index", (view) => {
  const settings = () => view.get("settings");
  /** @param {Record<string, any>} part */
  function change(part) {
    view.put({ settings: { ...settings(), ...part }, moved: true });
    drawControls();
  }
  const options = view.get("options");
  const controls = [indexLists(options, change), indexPoints(options, () => settings().points, change), indexDoubt(change)];
  const drawControls = () => controls.forEach(({ show }) => show(settings()));
  const [general, points, doubt] = controls.map(({ part }) => part);

  const said = statusLine();
  const answers = indexAnswers(view);
  const kept = indexSettings(view);
  const notes = element("p", { className: "key" });
  const drawing = new Drawing();
  const holder = element("div", { className: "drawing" }, drawing.svg);
  const width = fitted(view, holder, 250, 560, draw);
  const key = element("p", { className: "key", textContent: t("Dot: rank by your points. Thick bar: nine of ten weightings. Thin line, after your first move: the best and worst that any weighting within your doubt can give; it follows a moment later.") });
  const ranks = table([t("Country"), t("Rank"), t("Nine of ten weightings"), t("Best possible"), t("Worst possible")], [],
    { caption: t("Ranks by your points, with their intervals and exact bounds.") });

  function draw() {
    const shown = view.get("view"), moved = view.get("moved");
    const bounds = moved ? view.get("bounds") : {};
    said.className = `status ${shown.problem ? "wrong" : ""}`;
    say(said, shown.problem || shown.status);
    answers.show(shown, moved);
    if (!shown.rows) return;
    say(notes, shown.notes);
    kept.show(shown);
    drawRanks(drawing, width(), shown, bounds);
    refill(ranks, rankRows(shown, bounds));
  }

  // The exact bounds take longer than a picture should: ask for them when the reader rests.
  /** @type {ReturnType<typeof setTimeout>} */
  let rest;
  function askForBounds(pause = 250) {
    clearTimeout(rest);
    rest = setTimeout(() => view.send({ ask: "bounds", of: view.get("view").json }), pause);
  }
  function onView() {
    answers.limits.classList.add("stale"); // it keeps its place, so that nothing below jumps
    say(kept.verdict, "");
    draw();
    if (view.get("moved") && !view.get("view").problem) askForBounds();
  }
  function onReply(/** @type {any} */ reply) {
    if (reply.loaded) say(kept.loaded, reply.loaded);
    if (reply.verdict) say(kept.verdict, reply.verdict);
    if (reply.limits && reply.of === view.get("view").json) {
      say(answers.limits, reply.limits);
      answers.limits.classList.remove("stale");
      if (Object.keys(view.get("bounds")).length < view.get("view").rows.length) askForBounds(0);
    }
  }

  view.box.append(kept.offer, general,
    element("div", { className: "columns" },
      element("div", { className: "choices" }, points, doubt, answers.part),
      element("div", { className: "shows" }, said, holder, key)),
    notes, kept.asks, kept.loaded, kept.verdict, fold(t("The same ranks as a table"), ranks), kept.share);
  view.on("view moved", onView);
  view.on("bounds", draw);
  view.on("settings", drawControls);
  view.on("msg:custom", onReply);
  view.end(() => clearTimeout(rest));
  drawControls();
  onView();
});
