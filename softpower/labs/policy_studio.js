// Builds the plan's form from its JSON Schema; Python checks, saves, draws and counts.
export default lab("studio", (view) => {
  const line = statusLine();
  const plan = new StudioPlan(view, line);
  const fields = new StudioFields(plan);
  const steps = new StudioSteps(plan, fields);
  const report = studioReport((path) => steps.goTo(path));
  const replace = studioReplace(plan);
  const start = studioStart(plan, replace.ask);
  const hand = studioHand(plan);

  function showReport() {
    const told = view.get("report");
    report.show(told);
    if (!plan.late.on) say(line, `${view.get("saved")} ${told.summary}`);
    fields.notes(told.findings);
    steps.counts(told.findings);
  }
  // Python answers with a plan of its own only when it added a row, opened the example, or found
  // that another window has written in the file.
  function arrived() {
    if (!plan.arrived()) return;
    const another = replace.done() || document.activeElement === start.example;
    if (another) steps.forget();
    steps.build();
    if (another) steps.goTo(["title"]);
    if (!steps.addedTo) return;
    steps.goTo([steps.addedTo, plan.rows[steps.addedTo].length - 1]);
    steps.addedTo = "";
  }
  function heard(/** @type {any} */ answer) {
    if (answer.of !== plan.edit) return;
    plan.answered(answer);
    showReport();
    if (answer.saved) fields.showNumbers(answer.read);
  }

  plan.changed = start.show;
  steps.built = () => { start.show(); showReport(); };
  view.box.append(fields.sources, element("h3", { textContent: t("Policy studio") }), start.part, report.total, steps.part,
    steps.undo, line, report.findings, ...studioScenario(view), studioBrief(plan, () => plan.send()), hand.part,
    studioAgain(view, replace.ask), replace.box);
  view.box.addEventListener("focusin", ({ relatedTarget }) => {
    if (!view.box.contains(/** @type {Node} */ (relatedTarget))) view.send({ ask: "look" });
  });
  plan.resume();
  steps.build();
  view.on("plan", arrived);
  view.on("report", () => { showReport(); fields.refresh(); hand.show(); });
  view.on("saved", showReport);
  view.on("msg:custom", heard);
  view.end(() => plan.leave());
});
