// Shows one simulated world and a form; Python checks the commitment and only then sends the truth.

/**
 * The form; what is typed and not yet committed to survives a reload and a lost kernel.
 * @param {View} view
 */
function commitForm(view) {
  const [estimate, estimateLabel] = field("input", t("The effect of the programme, in points"),
    { type: "text", inputMode: "decimal", size: 8, autocomplete: "off" });
  const [reason, reasonLabel] = field("textarea", t("How I came to it"), { rows: 2 });
  const commit = element("button", { type: "submit", textContent: t("Commit to this estimate") });
  const form = element("form", {},
    element("p", {}, estimateLabel, estimate),
    element("p", {}, reasonLabel, element("br"), reason),
    element("p", {}, commit, " ", t("A commitment cannot be changed. The true effect appears after it.")));
  const unsaved = draft(`commit ${view.get("world")}`, view.get("committed"));
  const left = unsaved.left();
  if (left) [estimate.value, reason.value] = left;
  form.addEventListener("input", () => unsaved.keep([estimate.value, reason.value]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    view.put({ typed: { estimate: estimate.value, reason: reason.value, at: Date.now() } });
  });
  return { form, drop: unsaved.drop };
}

export default lab("commit", (view) => {
  const { columns, rows } = view.get("table");
  const drawing = element("div");
  const figures = fold(t("The same figures as a table"), table(columns, rows, { caption: t("Favourable views, simulated") }));
  const { form, drop } = commitForm(view);
  const said = element("p", { tabIndex: -1 });
  const result = element("div");
  const line = statusLine();
  const committed = () => "estimate" in view.get("committed");

  function draw() {
    const { estimate, reason } = view.get("committed");
    drawing.replaceChildren(picture(view.get("picture")));
    form.hidden = committed();
    said.textContent = committed()
      ? t("You committed to {estimate} points. Your reason: {reason}", { estimate: number(estimate), reason }) : "";
    const revealed = view.get("revealed");
    result.replaceChildren(...(revealed.length
      ? [table([t("What"), t("Points")], revealed, { caption: t("In points") })] : []));
    say(line, view.get("status"));
    line.className = `status ${committed() ? "" : "wrong"}`;
  }

  view.box.append(element("h3", { textContent: view.get("title") }), drawing, figures, form, said, result, line);
  view.on("picture status", draw);
  view.on("revealed", () => {
    draw();
    if (!committed()) return;
    drop();
    said.focus();
  });
  draw();
});
