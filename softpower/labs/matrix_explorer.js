// Draws the matrix with its filters; Python says what an opened cell holds.
const mark = (letter) => (letter === "–" ? "empty" : `grade-${letter}`);

// Cuts the countries, in their order, into two parts of about the same number of rows.
function halves(rows) {
  const countries = [...new Set(rows.map((row) => row.case))];
  const size = (some) => rows.filter((row) => some.includes(row.case)).length;
  const cuts = countries.map((_, n) => [countries.slice(0, n + 1), countries.slice(n + 1)]);
  cuts.sort((one, two) => Math.abs(size(one[0]) - size(one[1])) - Math.abs(size(two[0]) - size(two[1])));
  return (cuts[0] ?? []).filter((some) => some.length);
}

function render({ model, el }) {
  const id = unique("matrix");
  const { names, values } = model.get("options");
  const selects = Object.entries(names).map(([column, name]) => {
    const select = element("select", { id: `${id}-${column}` },
      ...values[column].map((value) => element("option", { value, textContent: value })));
    select.addEventListener("change", () => {
      model.set("filters", { ...model.get("filters"), [column]: select.value });
      model.save_changes();
    });
    return [column, select, element("label", { htmlFor: select.id, textContent: `${name} ` })];
  });
  const bar = element("p", { className: "filters" }, ...selects.flatMap(([, select, label]) => [element("span", {}, label, select), " "]));

  const outcomes = model.get("outcomes");
  // The whole matrix in one picture: two tables side by side, one below the other where there is no room.
  const body = element("div", { className: "stacks" });
  const shapes = Object.entries(model.get("grades"));
  const key = element("p", { className: "key" }, ...shapes.flatMap(([grade, letter]) => {
    const sign = element("span", { className: `sign ${mark(letter)}`, textContent: letter });
    sign.setAttribute("aria-hidden", "true");
    return [element("span", { className: "entry" }, sign, ` ${grade}`), " "];
  }));
  const how = element("p", { className: "how", textContent: "Press a cell, or move with the arrow keys and press Enter: what stands behind it appears here." });
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const columns = element("p");
  const panel = element("section", { className: "cell", tabIndex: -1 });
  panel.setAttribute("aria-label", "The opened cell");
  panel.setAttribute("aria-live", "polite");

  const aside = element("div", { className: "beside" }, key, how, panel);

  let at = [0, 0];
  const grid = () => [...body.querySelectorAll("tr.instrument")].map((row) => [...row.querySelectorAll("button")]);
  function stand(row, column, focus) {
    const cells = grid();
    if (!cells.length) return;
    at = [Math.min(Math.max(row, 0), cells.length - 1), Math.min(Math.max(column, 0), outcomes.length - 1)];
    for (const button of cells.flat()) button.tabIndex = -1;
    const here = cells[at[0]][at[1]];
    here.tabIndex = 0;
    if (focus) here.focus();
  }
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  body.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    stand(at[0] + move[0], at[1] + move[1], true);
  });

  function draw() {
    for (const [column, select] of selects) select.value = model.get("filters")[column];
    const rows = model.get("rows");
    body.replaceChildren(...halves(rows).map((countries) => {
      const head = element("tr", {}, element("th", { scope: "col", className: "corner", textContent: "Instrument" }),
        ...outcomes.map((name) => element("th", { scope: "col" }, element("span", { textContent: name }))));
      return element("table", {},
        element("caption", { className: "visually-hidden", textContent: `${countries.join(", ")}: instruments and outcomes; each cell holds the grade of its evidence` }),
        element("thead", {}, head),
        ...countries.map((country) => element("tbody", {},
          element("tr", {}, element("th", { scope: "rowgroup", colSpan: outcomes.length + 1, className: "country", textContent: country })),
          ...rows.flatMap((one, row) => (one.case === country ? [line(one, row)] : [])))));
    }), aside);
    stand(0, 0);
    say(status, model.get("status"));
    say(columns, model.get("columns"));
    show();
  }

  function line({ id: key, instrument, grades }, row) {
    return element("tr", { className: "instrument" }, element("th", { scope: "row", textContent: instrument }),
      ...grades.map(([letter, grade], column) => {
        const button = element("button", { type: "button", textContent: letter, tabIndex: -1, className: mark(letter) });
        button.dataset.cell = `${key} ${outcomes[column]}`;
        button.setAttribute("aria-label", `${instrument}, ${outcomes[column]}: ${grade}`);
        button.addEventListener("click", () => {
          stand(row, column);
          pressed = true;
          model.set("opened", [key, outcomes[column]]);
          model.save_changes();
          show();
        });
        return element("td", {}, button);
      }));
  }

  // The opened cell is marked in the picture too. On a narrow page, where the tables stand one
  // below the other, what stands behind it appears under its row, and not a long way down.
  const detail = element("tr", { className: "detail" }, element("td", { colSpan: outcomes.length + 1 }));
  function show() {
    const opened = model.get("opened").join(" ");
    const here = [...body.querySelectorAll("td button")].find((button) => button.dataset.cell === opened);
    const narrow = !getComputedStyle(body).gridTemplateColumns.includes(" ");
    const home = narrow && here ? detail.firstChild : aside;
    if (home === aside) detail.remove();
    else here.closest("tr").after(detail);
    if (panel.parentElement !== home) home.append(panel);
    for (const button of body.querySelectorAll("td button")) button.setAttribute("aria-pressed", String(button.dataset.cell === opened));
  }

  let pressed = false;
  function open() {
    const { title, grade, says, reason, source } = model.get("cell");
    if (title === undefined) {
      panel.textContent = "Nothing is opened.";
      return;
    }
    panel.replaceChildren(element("h3", { textContent: title }),
      element("p", { textContent: says || "Nothing is said." }),
      element("p", {}, element("strong", { textContent: `Evidence: ${grade}. ` }), reason),
      element("p", { textContent: `${says ? "Source" : "Where we looked"}: ${source}` }));
    if (pressed) panel.scrollIntoView({ block: "nearest" }); // on a low window it stands below the edge
    pressed = false;
  }

  const box = frame(model, "softpower-matrix", bar, status, columns, body);
  el.append(box);
  const events = { rows: draw, status: draw, columns: draw, cell: open, opened: show };
  for (const [name, act] of Object.entries(events)) model.on(`change:${name}`, act);
  draw();
  open();
  return () => { for (const [name, act] of Object.entries(events)) model.off(`change:${name}`, act); };
}

export default { render };
