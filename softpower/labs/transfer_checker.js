// Draws a form with three conditions; Python judges and then shows the course's judgement.
function render({ model, el }) {
  const id = unique("transfer");
  const instruments = model.get("instruments");
  function choice(name, label, options) {
    const select = element("select", { id: `${id}-${name}` },
      ...options.map(([value, textContent]) => element("option", { value, textContent })));
    select.addEventListener("change", () => {
      model.set("chosen", { ...model.get("chosen"), [name]: select.value });
      model.save_changes();
    });
    return [select, element("p", {}, element("label", { htmlFor: select.id, textContent: `${label} ` }), select)];
  }
  const [instrument, instrumentLine] = choice("instrument", "Borrow", instruments.map((one) => [one.id, one.name]));
  const [audience, audienceLine] = choice("audience", "For people in", model.get("audiences").map((name) => [name, name]));
  const plan = element("p");

  const groups = Object.entries(model.get("conditions")).map(([name, meaning]) => {
    const radios = model.get("judgements").map((value) => element("input", { type: "radio", name: `${id}-${name}`, value }));
    const group = element("fieldset", {}, element("legend", { textContent: name[0].toUpperCase() + name.slice(1) }),
      element("p", { className: "meaning", textContent: meaning }),
      ...radios.map((radio) => element("label", {}, radio, ` ${radio.value[0].toUpperCase()}${radio.value.slice(1)} `)));
    return [name, radios, group];
  });
  const reason = element("textarea", { id: `${id}-reason`, rows: 2, style: "width:100%;box-sizing:border-box" });
  const form = element("form", {}, ...groups.map(([, , group]) => group),
    element("p", {}, element("label", { htmlFor: reason.id, textContent: "What I know that says so (a few words are needed)" }), element("br"), reason),
    element("p", {}, element("button", { type: "submit", textContent: "Judge, then show the course's view" })));
  // What is typed and not yet judged stays with its instrument and audience, whatever is chosen
  // in between, and survives a reload and a lost kernel.
  const unsaved = () => draft(`transfer ${Object.values(model.get("chosen")).join(" ")}`, model.get("mine"));
  const typed = () => ({ ...Object.fromEntries(groups.map(([name, radios]) => [name, radios.find((radio) => radio.checked)?.value])), reason: reason.value });
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => unsaved().keep(typed()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    asked = true;
    const judged = groups.map(([name, radios]) => [name, radios.find((radio) => radio.checked)?.value ?? ""]);
    model.set("typed", { ...Object.fromEntries(judged), reason: reason.value, at: Date.now() });
    model.save_changes();
  });
  let asked = false;
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const result = element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: "Your judgement beside the course's" });

  function draw() {
    const course = model.get("course");
    say(status, model.get("status"));
    result.hidden = course.length === 0;
    const columns = ["Condition", "You", "The course", "The course's reason", "Source"];
    result.replaceChildren(element("table", {}, element("caption", { textContent: "The course's judgement is its own; argue with it." }),
      element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col", textContent: name })))),
      element("tbody", {}, ...course.map((row) => element("tr", {}, ...row.map((cell) => element("td", { textContent: cell })))))));
    if (asked) (result.hidden ? status : result).scrollIntoView({ block: "nearest" });
    asked = false;
  }

  function choose() {
    const chosen = model.get("chosen");
    instrument.value = chosen.instrument;
    audience.value = chosen.audience;
    plan.textContent = `For Kazakhstan: ${instruments.find((one) => one.id === chosen.instrument).plan}.`;
    const mine = unsaved().left() ?? model.get("mine");
    for (const [name, radios] of groups) for (const radio of radios) radio.checked = mine[name] === radio.value;
    reason.value = mine.reason ?? "";
    draw();
  }

  const box = frame(model, "softpower-transfer", instrumentLine, audienceLine, plan, form, status, result);
  el.append(box);
  const events = { chosen: choose, mine: choose, course: draw, status: draw };
  for (const [name, act] of Object.entries(events)) model.on(`change:${name}`, act);
  choose();
  return () => { for (const [name, act] of Object.entries(events)) model.off(`change:${name}`, act); };
}

export default { render };
