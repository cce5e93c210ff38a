// Draws the matrix with its filters; Python says what an opened cell holds.
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {string} letter */
const mark = (letter) => (letter === "–" ? "empty" : `grade-${letter}`);

/** Cuts the countries, in their order, into two parts of about the same number of rows. @param {any[]} rows */
function halves(rows) {
  const countries = [...new Set(rows.map((row) => row.case))];
  const size = (/** @type {string[]} */ some) => rows.filter((row) => some.includes(row.case)).length;
  const cuts = countries.map((_, n) => [countries.slice(0, n + 1), countries.slice(n + 1)]);
  cuts.sort((one, two) => Math.abs(size(one[0]) - size(one[1])) - Math.abs(size(two[0]) - size(two[1])));
  return (cuts[0] ?? []).filter((some) => some.length);
}

/** What each letter means. @param {[string, string][]} grades */
const gradeKey = (grades) => element("p", { className: "key" }, ...grades.flatMap(([grade, letter]) => {
  const sign = element("span", { className: `sign ${mark(letter)}`, textContent: letter, "aria-hidden": "true" });
  return [element("span", { className: "entry" }, sign, ` ${grade}`), " "];
}));

/** @param {View} view */
function matrixFilters(view) {
  const { names, values } = view.get("options");
  const made = Object.entries(names).map(([column, name]) => {
    const [select, label] = choose(name, values[column],
      (value) => view.put({ filters: { ...view.get("filters"), [column]: value } }));
    return { column, select, part: element("span", {}, label, select) };
  });
  return {
    part: element("p", { className: "filters" }, ...made.flatMap(({ part }) => [part, " "])),
    show: () => { for (const { column, select } of made) select.value = view.get("filters")[column]; },
  };
}

/**
 * One stop of Tab for the whole matrix, arrows inside it.
 * @param {HTMLElement} body
 */
function roving(body) {
  let at = [0, 0];
  const cells = () => [...body.querySelectorAll("tr.instrument")].map((row) => [...row.querySelectorAll("button")]);
  /** @param {number} row @param {number} column @param {boolean} [focus] */
  function stand(row, column, focus) {
    const all = cells();
    if (!all.length) return;
    at = [Math.min(Math.max(row, 0), all.length - 1), Math.min(Math.max(column, 0), all[0].length - 1)];
    for (const one of all.flat()) one.tabIndex = -1;
    const here = all[at[0]][at[1]];
    here.tabIndex = 0;
    if (focus) here.focus();
  }
  body.addEventListener("keydown", (event) => {
    const move = MOVES[/** @type {keyof MOVES} */ (event.key)];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    stand(at[0] + move[0], at[1] + move[1], true);
  });
  return { stand, stopAt: (/** @type {Element} */ cell) => cells().forEach((row, n) => {
    const column = row.indexOf(/** @type {HTMLButtonElement} */ (cell));
    if (column >= 0) stand(n, column);
  }) };
}

/**
 * Rows of one part of the countries as a table.
 * @param {any[]} rows
 * @param {string[]} countries
 * @param {[string, string][]} outcomes
 * @param {(event: Event, cell: string[]) => void} press
 */
function matrixTable(rows, countries, outcomes, press) {
  const names = Object.fromEntries(rows.map((row) => [row.case, row.country]));
  const line = (/** @type {any} */ { id: key, name, grades }) => element("tr", { className: "instrument" },
    element("th", { scope: "row", textContent: name }),
    ...outcomes.map(([outcome, said], column) => {
      const [letter, grade] = grades[column];
      const cell = button(letter, (event) => press(event, [key, outcome]), { tabIndex: -1, className: mark(letter),
        "aria-label": t("{instrument}, {outcome}: {grade}", { instrument: name, outcome: said, grade }) });
      cell.dataset.cell = `${key} ${outcome}`;
      return element("td", {}, cell);
    }));
  const head = element("tr", {}, element("th", { scope: "col", className: "corner", textContent: t("Instrument") }),
    ...outcomes.map(([, said]) => element("th", { scope: "col" }, element("span", { textContent: said }))));
  const caption = t("{countries}: instruments and outcomes; each cell holds the grade of its evidence",
    { countries: countries.map((country) => names[country]).join(", ") });
  return element("table", {}, element("caption", { className: "visually-hidden", textContent: caption }),
    element("thead", {}, head),
    ...countries.map((country) => element("tbody", {},
      element("tr", {}, element("th", { scope: "rowgroup", colSpan: outcomes.length + 1, className: "country", textContent: names[country] })),
      ...rows.filter((row) => row.case === country).map(line))));
}

/** What stands behind a cell. @param {any} cell */
const opened = ({ title, grade, says, reason, source }) => (title === undefined ? [t("Nothing is opened.")] : [
  element("h3", { textContent: title }),
  element("p", { textContent: says || t("Nothing is said.") }),
  element("p", {}, element("strong", { textContent: t("Evidence: {grade}.", { grade }) }), " ", reason),
  element("p", { textContent: says ? t("Source: {source}", { source }) : t("Where we looked: {source}", { source }) })]);

export default lab("matrix", (view) => {
  const outcomes = view.get("outcomes");
  const filters = matrixFilters(view);
  // The whole matrix in one picture: two tables side by side, one below the other where there is no room.
  const body = element("div", { className: "stacks" });
  const { stand, stopAt } = roving(body);
  const said = statusLine(), columns = element("p");
  const panel = element("section", { className: "cell", tabIndex: -1, "aria-label": t("The opened cell"), "aria-live": "polite" });
  const how = element("p", { className: "how", textContent: t("Press a cell, or move with the arrow keys and press Enter: what stands behind it appears here.") });
  const aside = element("div", { className: "beside" }, gradeKey(view.get("grades")), how, panel);
  const detail = element("tr", { className: "detail" }, element("td", { colSpan: outcomes.length + 1 }));
  let pressed = false;

  function press(/** @type {Event} */ event, /** @type {string[]} */ cell) {
    stopAt(/** @type {Element} */ (event.currentTarget));
    pressed = true;
    view.put({ opened: cell });
    show();
  }

  function draw() {
    filters.show();
    const rows = view.get("rows");
    body.replaceChildren(...halves(rows).map((countries) => matrixTable(rows, countries, outcomes, press)), aside);
    stand(0, 0);
    say(said, view.get("status"));
    say(columns, view.get("columns"));
    show();
  }

  // The opened cell is marked in the picture too. On a narrow page, where the tables stand one
  // below the other, what stands behind it appears under its row, and not a long way down.
  function show() {
    const wanted = view.get("opened").join(" ");
    const cells = /** @type {HTMLElement[]} */ ([...body.querySelectorAll("td button")]);
    const here = cells.find((cell) => cell.dataset.cell === wanted);
    const narrow = !getComputedStyle(body).gridTemplateColumns.includes(" ");
    const home = narrow && here ? detail.firstElementChild : aside;
    if (home === aside) detail.remove();
    else here.closest("tr").after(detail);
    if (panel.parentElement !== home) home.append(panel);
    for (const cell of cells) cell.setAttribute("aria-pressed", String(cell === here));
  }

  function open() {
    panel.replaceChildren(...opened(view.get("cell")));
    if (pressed) panel.scrollIntoView({ block: "nearest" }); // on a low window it stands below the edge
    pressed = false;
  }

  view.box.append(filters.part, said, columns, body);
  view.on("rows status columns", draw);
  view.on("cell", open);
  view.on("opened", show);
  draw();
  open();
});
