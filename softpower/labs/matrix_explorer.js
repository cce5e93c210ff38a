// Draws the matrix with its filters; Python says what an opened cell holds.
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
  const body = element("tbody");
  const matrix = element("table", {},
    element("caption", { className: "visually-hidden", textContent: "Instruments and outcomes; each cell holds the grade of its evidence" }),
    element("thead", {}, element("tr", {}, ...["Country", "Instrument", ...outcomes].map((name) => element("th", { scope: "col", textContent: name })))), body);
  const key = element("p", { textContent: "A compared · B over time · C one figure · D figure without a source · E stated · – empty. Arrow keys move from cell to cell, Enter opens one." });
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const panel = element("section", { className: "cell", tabIndex: -1 });
  panel.setAttribute("aria-label", "The opened cell");
  panel.setAttribute("aria-live", "polite");

  let at = [0, 0];
  const grid = () => [...body.rows].map((row) => [...row.querySelectorAll("button")]);
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
    body.replaceChildren(...model.get("rows").map(({ id: key, case: country, instrument, grades }, row) =>
      element("tr", {},
        element("td", { textContent: country }), element("th", { scope: "row", textContent: instrument }),
        ...grades.map(([letter, grade], column) => {
          const button = element("button", { type: "button", textContent: letter, tabIndex: -1, className: grade === "empty" ? "empty" : "" });
          button.setAttribute("aria-label", `${instrument}, ${outcomes[column]}: ${grade}`);
          button.addEventListener("click", () => {
            stand(row, column);
            model.set("opened", [key, outcomes[column]]);
            model.save_changes();
          });
          return element("td", {}, button);
        }))));
    stand(0, 0);
    say(status, model.get("status"));
  }

  function open() {
    const { title, grade, says, reason, source } = model.get("cell");
    if (title === undefined) {
      panel.textContent = "Press a letter or a dash in the matrix: what stands behind it appears here.";
      return;
    }
    panel.replaceChildren(element("h3", { textContent: title }),
      element("p", { textContent: says || "Nothing is said." }),
      element("p", {}, element("strong", { textContent: `Evidence: ${grade}. ` }), reason),
      element("p", { textContent: `${says ? "Source" : "Where we looked"}: ${source}` }));
  }

  const box = frame(model, "softpower-matrix", bar, status, key, panel,
    element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: "The matrix" }, matrix));
  el.append(box);
  model.on("change:rows", draw);
  model.on("change:status", draw);
  model.on("change:cell", open);
  draw();
  open();
  return () => { model.off("change:rows", draw); model.off("change:status", draw); model.off("change:cell", open); };
}

export default { render };
