// Draws a form with three conditions; Python judges and then shows the course's judgement.

/** One group of buttons a condition. @param {View} view */
function conditionGroups(view) {
  return view.get("conditions").map((/** @type {any} */ { condition, name, meaning }) => {
    const { group, inputs } = ticks("radio", name, view.get("judgements"), () => {});
    group.firstChild.after(element("p", { className: "meaning", textContent: meaning }));
    for (const label of group.querySelectorAll("label")) label.append(" ");
    return { condition, inputs, group };
  });
}

export default lab("transfer", (view) => {
  const chosen = (/** @type {any} */ part) => view.put({ chosen: { ...view.get("chosen"), ...part } });
  const instruments = view.get("instruments");
  const [instrument, instrumentLabel] = choose(t("Borrow"),
    instruments.map((/** @type {any} */ one) => [one.id, one.name]), (value) => chosen({ instrument: value }));
  const [audience, audienceLabel] = choose(t("For people in"), view.get("audiences"), (value) => chosen({ audience: value }));
  const plan = element("p");
  const groups = conditionGroups(view);
  const [reason, reasonLabel] = field("textarea", t("What I know that says so (a few words are needed)"), { rows: 2 });
  const form = element("form", {}, ...groups.map((/** @type {any} */ one) => one.group),
    element("p", {}, reasonLabel, element("br"), reason),
    element("p", {}, element("button", { type: "submit", textContent: t("Judge, then show the course's view") })));
  const said = statusLine();
  const result = element("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": t("Your judgement beside the course's") });
  let asked = false;

  // What is typed and not yet judged stays with its instrument and audience, whatever is chosen
  // in between, and survives a reload and a lost kernel.
  const unsaved = () => draft(`transfer ${Object.values(view.get("chosen")).join(" ")}`, view.get("mine"));
  const judged = () => Object.fromEntries(groups.map((/** @type {any} */ one) => [one.condition, ticked(one.inputs)[0] ?? ""]));
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => unsaved().keep({ ...judged(), reason: reason.value }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    asked = true;
    view.put({ typed: { ...judged(), reason: reason.value, at: Date.now() } });
  });

  function draw() {
    const course = view.get("course");
    say(said, view.get("status"));
    result.hidden = course.length === 0;
    result.replaceChildren(table([t("Condition"), t("You"), t("The course"), t("The course's reason"), t("Source")],
      course, { caption: t("The course's judgement is its own; argue with it.") }));
    if (asked) (result.hidden ? said : result).scrollIntoView({ block: "nearest" });
    asked = false;
  }

  function choosePair() {
    const pair = view.get("chosen");
    instrument.value = pair.instrument;
    audience.value = pair.audience;
    plan.textContent = t("For Kazakhstan: {plan}.", { plan: instruments.find((/** @type {any} */ one) => one.id === pair.instrument).plan });
    const mine = unsaved().left() ?? view.get("mine");
    for (const { condition, inputs } of groups) for (const input of inputs) input.checked = mine[condition] === input.value;
    reason.value = mine.reason ?? "";
    draw();
  }

  view.box.append(element("p", {}, instrumentLabel, instrument), element("p", {}, audienceLabel, audience), plan, form, said, result);
  view.on("chosen mine", choosePair);
  view.on("course status", draw);
  choosePair();
});
