// Shows one statement at a time with a radio button for each code; Python keeps the file.
function render({ model, el }) {
  const id = unique("desk");
  const statements = model.get("statements");
  const first = statements.findIndex((one) => !(model.get("given")[one.statement_id] ?? [""])[0]);
  let current = Math.max(0, first);
  let timer, waiting = 0;
  const unsaved = draft(model.get("file"), model.get("given"));

  const progress = element("p");
  const text = element("blockquote", { id: `${id}-text` });
  const who = element("p");

  // Read aloud when another statement comes: the focus stays on the button.
  const card = element("div", {}, progress, text, who);
  card.setAttribute("aria-live", "polite");

  const radios = model.get("codes").map((code) => {
    const radio = element("input", { type: "radio", name: id, value: code.code });
    radio.addEventListener("change", () => keep());
    return radio;
  });
  const choices = element("fieldset", {}, element("legend", { textContent: "Which code fits best?" }),
    ...model.get("codes").map((code, n) => element("label", {}, radios[n], " ",
      element("strong", { textContent: code.code }), element("span", { textContent: ` ${code.definition}` }))));
  choices.setAttribute("aria-describedby", text.id);

  const note = element("textarea", { id: `${id}-note`, rows: 2 });
  note.addEventListener("input", () => {
    unsaved.keep(mine());
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  note.addEventListener("change", () => keep());
  const why = element("p", {},
    element("label", { htmlFor: note.id, textContent: "Why? (a word or two, for your talk with the other reader)" }), note);

  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const previous = element("button", { type: "button", textContent: "Previous statement" });
  const next = element("button", { type: "button", textContent: "Next statement" });
  previous.addEventListener("click", () => move(-1));
  next.addEventListener("click", () => move(1));

  const head = (...names) => element("thead", {}, element("tr", {},
    ...names.map((name) => element("th", { scope: "col", textContent: name }))));
  const rules = element("details", {}, element("summary", { textContent: "The codebook" }),
    element("table", {}, head("Code", "Use it when", "Not when", "Example"), element("tbody", {},
      ...model.get("codes").map((code) => element("tr", {},
        element("th", { scope: "row", textContent: code.code }),
        ...[code.use_when, code.not_when, code.example].map((cell) => element("td", { textContent: cell })))))));
  const body = element("tbody");
  const all = element("details", {}, element("summary", { textContent: "All statements and your codes" }),
    element("table", {}, head("Statement", "Your code"), body));

  // Everything given so far, with what stands on the desk now.
  function mine() {
    const code = radios.find((radio) => radio.checked)?.value ?? "";
    const key = statements[current].statement_id;
    const [before, words] = model.get("given")[key] ?? ["", ""];
    if (before === code && words === note.value) return model.get("given");
    return { ...model.get("given"), [key]: [code, note.value] };
  }

  function keep() {
    clearTimeout(timer);
    const given = mine();
    if (given !== model.get("given")) put(given);
  }

  function put(given) {
    unsaved.keep(given);
    unsaved.sent(given);
    say(status, "Saving…");
    clearTimeout(waiting);
    waiting = setTimeout(() => say(status, "Not saved yet: Python is busy, or was restarted. This window keeps your codes. If this line stays, run the notebook's first cell and this desk's cell again."), 6000);
    model.set("given", given);
    model.save_changes();
    list();
  }

  function move(step) {
    keep();
    current = Math.min(statements.length - 1, Math.max(0, current + step));
    show();
  }

  function list() {
    const given = model.get("given");
    body.replaceChildren(...statements.map((one) => element("tr", {},
      element("th", { scope: "row", className: "plain", textContent: one.statement }),
      element("td", { textContent: (given[one.statement_id] ?? [""])[0] || "not coded" }))));
  }

  function show() {
    const one = statements[current];
    const [code, why] = model.get("given")[one.statement_id] ?? ["", ""];
    progress.textContent = `Statement ${current + 1} of ${statements.length}`;
    text.textContent = one.statement;
    who.textContent = `Respondent ${one.respondent.slice(1)}`;
    for (const radio of radios) radio.checked = radio.value === code;
    note.value = why;
    previous.disabled = current === 0;
    next.disabled = current === statements.length - 1;
    answer();
    list();
  }

  const answer = () => { if (!waiting) say(status, model.get("saved")); };
  const heard = ({ saved }) => {
    clearTimeout(waiting);
    waiting = 0;
    answer();
    if (!saved) return;
    unsaved.saved(model.get("given"));
    unsaved.drop();
  };
  const box = frame(model, "softpower-desk", card, choices, why,
    element("div", {}, previous, " ", next), status, rules, all);
  el.append(box);
  // The tally may read as before, when only a reason was added: Python sends a message as well.
  model.on("msg:custom", heard);
  const left = unsaved.left();
  if (left) put(left);
  show();
  return () => { keep(); clearTimeout(waiting); model.off("msg:custom", heard); };
}

export default { render };
