// Shows one statement at a time with a radio button for each code; Python keeps the file.
let made = 0;

function render({ model, el }) {
  const id = `softpower-desk-${made++}`;
  const statements = model.get("statements");
  const first = statements.findIndex((one) => !(model.get("given")[one.statement_id] ?? [""])[0]);
  let current = Math.max(0, first);
  let timer;

  const progress = element("p");
  const text = element("blockquote", { id: `${id}-text` });
  const who = element("p");

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
  note.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
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

  function keep() {
    clearTimeout(timer);
    const chosen = radios.find((radio) => radio.checked);
    const now = [chosen ? chosen.value : "", note.value];
    const key = statements[current].statement_id;
    const before = model.get("given")[key] ?? ["", ""];
    if (before[0] === now[0] && before[1] === now[1]) return;
    status.textContent = "Saving…";
    model.set("given", { ...model.get("given"), [key]: now });
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
    status.textContent = model.get("saved");
    list();
  }

  const answer = () => { status.textContent = model.get("saved"); };
  const box = frame("softpower-desk", progress, text, who, choices, why,
    element("div", {}, previous, " ", next), status, rules, all);
  el.append(box);
  model.on("change:saved", answer);
  // The tally may read as before, when only a reason was added: answer on every message.
  model.on("msg:custom", answer);
  show();
  return () => { keep(); model.off("change:saved", answer); model.off("msg:custom", answer); };
}

export default { render };
