// Builds the plan's form from its JSON Schema; Python checks, saves, draws and counts.
const HEADINGS = {
  missing: "Still to write",
  error: "Errors: these stop the plan",
  warning: "Warnings: the plan may go on, but read these",
};
const STEPS = [
  ["1. Who and when", ["title", "decision_maker", "start", "end"]],
  ["2. The problem", ["problem", "evidence"]],
  ["3. Audiences", ["audiences"]],
  ["4. The narrative", ["message", "counter_voice"]],
  ["5. Objectives", ["objectives"]],
  ["6. Instruments and budget", ["instruments"]],
  ["7. Indicators", ["kpis"]],
  ["8. Assumptions", ["assumptions"]],
  ["9. Risks and inclusion", ["risks", "included", "left_out"]],
  ["10. Your own sources", ["sources"]],
];

function render({ model, el }) {
  const form = model.get("form").properties;
  const prefix = unique("studio");
  let plan = structuredClone(model.get("plan"));
  let timer = 0, waiting = 0, edit = model.get("edit");
  const unsaved = draft(model.get("file"), plan);
  const controls = new Map(); // path as text -> {input, note, field}
  const key = (path) => path.join(".");
  let typing = null; // the field in which somebody is writing

  // --- The plan: written here, sent to Python after a short pause, at once on leaving a field.
  function send() {
    clearTimeout(timer);
    timer = 0;
    unsaved.keep(plan);
    unsaved.sent(plan);
    edit = `${prefix} ${Date.now()}`;
    model.set("plan", structuredClone(plan));
    model.set("edit", edit);
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => say(status, "Not saved yet: Python is busy, or was restarted. This window keeps your words. If these lines stay, run the notebook's first cell and this form's cell again."), 6000);
  }
  function sendSoon() {
    unsaved.keep(plan);
    clearTimeout(timer);
    timer = setTimeout(send, 400);
  }
  function put(path, value) {
    let part = plan;
    for (const step of path.slice(0, -1)) part = part[step];
    part[path.at(-1)] = value;
    begun();
    sendSoon();
  }
  const get = (path) => path.reduce((part, step) => part?.[step], plan);

  // --- One field of the form.
  const isNumber = (field) => ["number", "integer"].includes(field.type) || "anyOf" in field;
  function options(field) {
    const kind = field["x-refers-to"];
    if (field.enum) return field.enum.map((value) => [value, value]);
    if (field.oneOf) return field.oneOf.map((choice) => [choice.const, choice.title]);
    const named = kind.split(" or ")[0];
    const rows = (plan[named] ?? []).filter((row) => row.id);
    const made = rows.map((row) => [row.id, `${row.id} ${row.name || row.text || row.who || ""}`.slice(0, 70)]);
    return kind.endsWith("rivals") ? [...made, ["rivals", "rivals: the countries now above"]] : made;
  }
  function fillSelect(select, field, value) {
    const known = options(field);
    const stray = value && !known.some(([option]) => option === value) ? [[value, value]] : [];
    const wanted = [["", "choose"], ...stray, ...known];
    const now = [...select.options].map((option) => [option.value, option.textContent]);
    if (JSON.stringify(now) !== JSON.stringify(wanted)) {
      select.replaceChildren(...wanted.map(([option, text]) => element("option", { value: option, textContent: text })));
    }
    select.value = value ?? "";
  }
  function control(path, field) {
    const id = `${prefix}-${path.join("-")}`;
    const value = get(path) ?? "";
    const chosen = field.enum || field.oneOf || (field["x-refers-to"] && field["x-refers-to"] !== "sources");
    const long = field.type === "string" && (field.maxLength ?? 0) > 80;
    const input = element(chosen ? "select" : long ? "textarea" : "input", { id });
    if (chosen) fillSelect(input, field, value);
    else input.value = value;
    if (long) input.rows = Math.ceil(field.maxLength / 110);
    if (isNumber(field) && !field.anyOf) input.inputMode = "decimal";
    if (field["x-refers-to"] === "sources") input.setAttribute("list", `${prefix}-sources`);
    const note = element("span", { className: "note", id: `${id}-note` });
    const hint = element("span", { className: "hint", id: `${id}-hint`, textContent: field.description ?? "" });
    input.setAttribute("aria-describedby", `${hint.id} ${note.id}`);
    input.addEventListener("input", () => {
      typing = input;
      put(path, input.value);
    });
    // Nobody is told that a word is too short while it is being typed.
    input.addEventListener("change", () => {
      typing = null;
      send();
    });
    controls.set(key(path), { input, note, field, path });
    const wide = long || Boolean(field["x-refers-to"]); // names are seen whole
    return element("div", { className: `field${wide ? " long" : ""}` },
      element("label", { htmlFor: id, textContent: field.title }), hint, input, note);
  }

  // --- One section with rows, such as the instruments.
  function list(name) {
    const part = form[name];
    const box = element("div", { className: "rows" });
    const title = part.items.title;
    const add = element("button", { type: "button", textContent: `Add: ${title}` });
    add.addEventListener("click", () => {
      send();
      addedTo = name;
      model.send({ ask: "row", section: name });
    });
    (plan[name] ?? []).forEach((row, position) => {
      const fields = Object.entries(part.items.properties)
        .filter(([field]) => field !== "id" || name === "sources")
        .map(([field, meaning]) => control([name, position, field],
          meaning.$ref ? { title: "Short name", type: "string", maxLength: 24 } : meaning));
      const remove = element("button", { type: "button", textContent: `Remove ${row.id || `${title} ${position + 1}`}` });
      remove.addEventListener("click", () => {
        removed.push({ name, position, row });
        plan[name].splice(position, 1);
        build();
        send();
        undo.hidden = false;
        undo.focus();
      });
      box.append(element("fieldset", {},
        element("legend", { textContent: row.id || `${title} ${position + 1}` }),
        element("div", { className: "fields" }, ...fields), remove));
    });
    return element("div", {}, element("p", { className: "hint", textContent: part.description ?? "" }), box, add);
  }

  let addedTo = "";
  const removed = [];
  const open = new Set([STEPS[0][0]]);
  const steps = element("div", { className: "steps" });
  const counts = new Map();
  const datalist = element("datalist", { id: `${prefix}-sources` },
    ...model.get("sources").map((row) => element("option", { value: row.source_id, label: row.short })));

  function build() {
    const { id, selectionStart: from, selectionEnd: to } = document.activeElement;
    controls.clear();
    steps.replaceChildren(...STEPS.map(([heading, names]) => {
      const count = element("span", { className: "count" });
      counts.set(heading, count);
      const details = element("details", { open: open.has(heading) },
        element("summary", {}, element("strong", { textContent: heading }), " ", count),
        ...names.map((name) => (form[name].type === "array" ? list(name) : control([name], form[name]))));
      details.addEventListener("toggle", () => (details.open ? open.add(heading) : open.delete(heading)));
      details.dataset.names = names.join(" ");
      return details;
    }));
    begun();
    showReport();
    const again = id.startsWith(prefix) && steps.querySelector(`#${CSS.escape(id)}`);
    if (again) again.focus();
    if (again && from >= 0) again.setSelectionRange(from, to);
  }

  const written = () => Object.values(plan).some((part) => part && part !== plan.format && part.length !== 0);
  function begun() {
    const [before, after] = written()
      ? ["To begin with something else instead: ", ". It asks first, and keeps what you wrote."]
      : ["Nothing is written yet. Begin with section 1, or ", " and change it."];
    if (start.firstChild.textContent !== before) {
      start.firstChild.textContent = before;
      start.lastChild.textContent = after;
    }
  }

  // --- What Python says.
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const total = element("p", { className: "total" });
  const findings = element("div");
  function goTo(path) {
    const wanted = [...controls.values()].find((c) => key(c.path) === key(path))
      ?? [...controls.values()].find((c) => key(c.path).startsWith(`${key(path)}.`));
    const details = [...steps.children].find((d) => d.dataset.names.split(" ").includes(path[0]));
    details.open = true;
    (wanted?.input ?? details.querySelector("button, input, textarea, select")).focus();
  }
  function showReport() {
    const report = model.get("report");
    say(total, report.summary);
    if (!waiting) say(status, `${model.get("saved")} ${report.summary}`);
    for (const { input, note } of controls.values()) {
      note.textContent = "";
      input.removeAttribute("aria-invalid");
    }
    for (const finding of report.findings) {
      const control = controls.get(key(finding.path));
      if (!control || finding.level === "missing" || control.input === typing) continue;
      control.note.textContent = finding.message[0].toUpperCase() + finding.message.slice(1);
      control.note.className = `note ${finding.level}`;
      if (finding.level === "error") control.input.setAttribute("aria-invalid", "true");
    }
    for (const [heading, names] of STEPS) {
      const mine = report.findings.filter((finding) => names.includes(finding.path[0]));
      const parts = [["missing", "to write"], ["error", "wrong"], ["warning", "to think about"]]
        .map(([level, word]) => [mine.filter((finding) => finding.level === level).length, word])
        .filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
      counts.get(heading).textContent = parts.join(", ") || "done";
    }
    const opened = new Set([...findings.querySelectorAll("details")].filter((d) => d.open).map((d) => d.dataset.level));
    findings.replaceChildren(...Object.entries(HEADINGS).flatMap(([level, heading]) => {
      const mine = report.findings.filter((finding) => finding.level === level);
      if (mine.length === 0) return [];
      const items = mine.map((finding) => {
        const go = element("button", { type: "button", className: "go", textContent: finding.place });
        go.addEventListener("click", () => goTo(finding.path));
        return element("li", {}, go, ` ${finding.message}`);
      });
      const box = element("details", { open: level === "error" || opened.has(level) },
        element("summary", { textContent: `${heading} (${mine.length})` }), element("ul", {}, ...items));
      box.dataset.level = level;
      return [box];
    }));
  }
  function refreshSelects() {
    for (const { input, field, path } of controls.values()) {
      if (input.tagName === "SELECT" && input !== document.activeElement) fillSelect(input, field, get(path));
    }
  }

  // --- The scenario.
  const target = element("fieldset", { className: "target" }, element("legend", { textContent: "Target for the last year" }));
  const measure = element("select", { id: `${prefix}-measure` },
    element("option", { value: "score", textContent: "a score of at least" }),
    element("option", { value: "rank", textContent: "a rank no worse than" }));
  const value = element("input", { id: `${prefix}-value`, inputMode: "decimal", size: 6 });
  const rivals = element("input", { id: `${prefix}-rivals`, type: "checkbox", checked: model.get("rivals_move") });
  measure.value = model.get("target").measure;
  value.value = model.get("target").value;
  function aim() {
    model.set("target", { measure: measure.value, value: value.value }); // Python reads the number
    model.save_changes();
  }
  measure.addEventListener("change", () => { value.value = measure.value === "rank" ? 60 : 37.5; aim(); });
  value.addEventListener("change", aim);
  rivals.addEventListener("change", () => { model.set("rivals_move", rivals.checked); model.save_changes(); });
  target.append(element("label", { htmlFor: measure.id, textContent: "Measure " }), measure,
    element("label", { htmlFor: value.id, textContent: " Value " }), value,
    element("span", {}, " ", rivals, element("label", { htmlFor: rivals.id, textContent: " rivals move as your assumption says" })));
  const fan = element("div", { className: "fan" });
  const said = element("p");
  const believe = element("ul");
  function showPicture() {
    const picture = model.get("picture");
    fan.innerHTML = picture.svg.replace(/#[0-9a-f]{3,6}\b/gi, themed); // drawn by Python from numbers; nothing that a learner typed is in it
    said.textContent = picture.said;
    believe.replaceChildren(...picture.believe.map((sentence) => element("li", { textContent: sentence })));
  }

  // --- Beginning, undoing, printing, handing in.
  const start = element("p", {}, "Nothing is written yet. Begin with section 1, or ");
  const example = element("button", { type: "button", textContent: "start from the worked example" });
  example.addEventListener("click", () => (written() ? asked(example, { ask: "example" }) : model.send({ ask: "example" })));
  start.append(example, " and change it.");

  // Whatever takes the place of a plan asks first, and the plan that stood there is kept as a file.
  const question = element("div", { className: "question", hidden: true });
  question.setAttribute("role", "group");
  question.setAttribute("aria-label", "Replace the plan?");
  function asked(button, message) {
    const yes = element("button", { type: "button", textContent: "Replace it" });
    const no = element("button", { type: "button", textContent: "Keep mine" });
    const close = () => { question.hidden = true; question.replaceChildren(); };
    yes.addEventListener("click", () => { close(); if (timer) send(); replacing = true; model.send(message); });
    no.addEventListener("click", () => { close(); button.focus(); });
    question.replaceChildren(element("p", { textContent: `This takes the place of the plan in the form. Yours is kept in a file beside it, and "Begin again" has a button to take it back.` }), yes, " ", no);
    button.closest("p").after(question);
    question.hidden = false;
    no.focus();
  }
  let replacing = false;
  const other = (label, message) => {
    const button = element("button", { type: "button", textContent: label });
    button.addEventListener("click", () => asked(button, message));
    return element("p", {}, button);
  };
  const formers = element("div");
  const again = element("details", {}, element("summary", { textContent: "Begin again, or take an earlier plan back" }),
    other("Start from an empty plan", { ask: "empty" }), formers);
  function showFormers() {
    formers.replaceChildren(...model.get("former").map(({ name, title, when }) => other(`Take back ${name}: ${title}, ${when}`, { ask: "former", name })));
  }
  const undo = element("button", { type: "button", textContent: "Undo the last removal", hidden: true });
  undo.addEventListener("click", () => {
    const { name, position, row } = removed.pop();
    plan[name].splice(position, 0, row);
    undo.hidden = removed.length === 0;
    build();
    send();
    goTo([name, position]);
  });
  const brief = element("button", { type: "button", textContent: "Write the one-page brief" });
  brief.addEventListener("click", () => { send(); model.send({ ask: "brief" }); });
  const page = element("span");
  page.setAttribute("role", "status");
  function showPage() {
    const { html, name, said } = model.get("page");
    page.replaceChildren(said ? ` ${said}` : "");
    if (!html) return;
    const link = element("a", { textContent: `Open ${name} to print it`, target: "_blank", rel: "noopener" });
    link.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    page.replaceChildren(" ", link, ` ${said}`);
  }
  const text = element("textarea", { readOnly: true, rows: 8, id: `${prefix}-json` });
  const hand = element("details", {}, element("summary", { textContent: "The plan as text, to hand in" }),
    element("label", { htmlFor: text.id, textContent: "Copy it, and paste it into the exercise" }), text, copier(text));
  hand.addEventListener("toggle", () => { text.value = JSON.stringify(plan, null, 1); });
  text.addEventListener("focus", () => text.select());

  function arrived() {
    // Python answers with a plan of its own only when it added a row, opened the example, or
    // found that another window has written in the file.
    const theirs = model.get("plan");
    if (timer || JSON.stringify(theirs) === JSON.stringify(plan)) return;
    plan = structuredClone(theirs);
    unsaved.saved(plan);
    const first = replacing || document.activeElement === example;
    if (first) { // another plan: a row removed from the one before does not belong in it
      removed.length = 0;
      undo.hidden = true;
    }
    replacing = false;
    build();
    if (first) goTo(["title"]);
    if (addedTo) {
      goTo([addedTo, plan[addedTo].length - 1]);
      addedTo = "";
    }
  }
  function reported() {
    showReport();
    refreshSelects();
    if (hand.open) text.value = JSON.stringify(plan, null, 1);
  }

  const box = frame(model, "softpower-studio", datalist,
    element("h3", { textContent: "Policy studio" }), start, total, steps, undo, status, findings,
    element("h3", { textContent: "What would you have to believe?" }), target, fan, said, believe,
    element("p", {}, brief, page), hand, again, question);
  box.addEventListener("focusin", ({ relatedTarget }) => {
    if (!box.contains(relatedTarget)) model.send({ ask: "look" });
  });
  function heard({ of, saved, read }) {
    if (of !== edit) return;
    clearTimeout(waiting);
    waiting = 0;
    showReport();
    if (!saved) return;
    unsaved.saved(model.get("plan"));
    unsaved.sent(read); // the file holds the numbers that Python read
    if (!timer) unsaved.drop();
    showNumbers(read);
  }
  // A number field that one has left shows what was read: "12 000" becomes 12000.
  function showNumbers(read) {
    for (const { input, field, path } of controls.values()) {
      const value = path.reduce((part, step) => part?.[step], read);
      if (!isNumber(field) || typeof value !== "number" || input === document.activeElement) continue;
      if (input.value !== String(value)) input.value = value;
    }
  }

  el.append(box);
  const left = unsaved.left();
  if (left) {
    plan = left;
    sendSoon();
  }
  build();
  showPicture();
  showFormers();
  const watched = { "change:former": showFormers, "change:plan": arrived, "change:report": reported, "change:saved": showReport, "change:picture": showPicture, "change:page": showPage, "msg:custom": heard };
  for (const [event, react] of Object.entries(watched)) model.on(event, react);
  return () => {
    if (timer) send();
    clearTimeout(waiting);
    for (const [event, react] of Object.entries(watched)) model.off(event, react);
  };
}

export default { render };
