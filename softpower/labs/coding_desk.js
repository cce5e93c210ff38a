// Shows one statement at a time with a radio button for each code; Python keeps the file.

/**
 * The codebook, and the list of all statements with what they were given.
 * @param {any[]} codes
 */
function deskTables(codes) {
  const rules = table([t("Code"), t("Use it when"), t("Not when"), t("Example")],
    codes.map((code) => [code.name, code.use_when, code.not_when, code.example]), { heading: "" });
  const all = table([t("Statement"), t("Your code")], [], { heading: "plain" });
  return { all, parts: [fold(t("The codebook"), rules), fold(t("All statements and your codes"), all)] };
}

/**
 * What is typed at the desk, and its way to the file.
 * @param {View} view
 * @param {HTMLElement} said  the line that says whether it is saved
 * @param {() => Record<string, string[]>} mine  everything given so far, with what stands on the desk now
 * @param {() => void} list
 */
function deskKeeper(view, said, mine, list) {
  const unsaved = draft(view.get("file"), view.get("given"));
  const late = patience(said, t("Not saved yet: Python is busy, or was restarted. This window keeps your codes. If this line stays, run the notebook's first cell and this desk's cell again."));
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;

  /** @param {Record<string, string[]>} given */
  function put(given) {
    unsaved.keep(given);
    unsaved.sent(given);
    say(said, t("Saving…"));
    late.begin();
    view.put({ given });
    list();
  }
  function keep() {
    clearTimeout(timer);
    const given = mine();
    if (given !== view.get("given")) put(given);
  }
  function soon() {
    unsaved.keep(mine());
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  }
  const answer = () => { if (!late.on) say(said, view.get("saved")); };
  // The tally may read as before, when only a reason was added: Python sends a message as well.
  view.on("msg:custom", ({ saved }) => {
    late.end();
    answer();
    if (!saved) return;
    unsaved.saved(view.get("given"));
    unsaved.drop();
  });
  view.end(() => { keep(); late.end(); });
  return { keep, soon, put, answer, left: unsaved.left };
}

export default lab("desk", (view) => {
  const statements = view.get("statements"), codes = view.get("codes");
  const given = (/** @type {any} */ one) => view.get("given")[one.statement_id] ?? ["", ""];
  const open = statements.findIndex((/** @type {any} */ one) => !given(one)[0]);
  let current = Math.max(0, open);

  const progress = element("p");
  const text = element("blockquote", { id: unique("statement") });
  const who = element("p");
  // Read aloud when another statement comes: the focus stays on the button.
  const card = element("div", { "aria-live": "polite" }, progress, text, who);

  const { group, inputs } = ticks("radio", t("Which code fits best?"),
    codes.map((/** @type {any} */ code) => [code.code, ""]), () => keeper.keep());
  group.setAttribute("aria-describedby", text.id);
  inputs.forEach((input, n) => input.after(" ", element("strong", { textContent: codes[n].name }),
    element("span", { textContent: ` ${codes[n].definition}` })));
  const [note, label] = field("textarea", t("Why? (a word or two, for your talk with the other reader)"), { rows: 2 });
  note.addEventListener("input", () => keeper.soon());
  note.addEventListener("change", () => keeper.keep());

  const said = statusLine();
  const previous = button(t("Previous statement"), () => move(-1));
  const next = button(t("Next statement"), () => move(1));
  const { all, parts } = deskTables(codes);

  function mine() {
    const code = ticked(inputs)[0] ?? "";
    const [before, words] = given(statements[current]);
    if (before === code && words === note.value) return view.get("given");
    return { ...view.get("given"), [statements[current].statement_id]: [code, note.value] };
  }

  function list() {
    const names = Object.fromEntries(codes.map((/** @type {any} */ code) => [code.code, code.name]));
    refill(all, statements.map((/** @type {any} */ one) => [one.statement, names[given(one)[0]] ?? t("not coded")]), "plain");
  }

  /** @param {number} step */
  function move(step) {
    keeper.keep();
    current = Math.min(statements.length - 1, Math.max(0, current + step));
    show();
  }

  function show() {
    const one = statements[current];
    const [code, why] = given(one);
    progress.textContent = t("Statement {place} of {count}", { place: number(current + 1), count: number(statements.length) });
    text.textContent = one.statement;
    who.textContent = t("Respondent {number}", { number: one.respondent.slice(1) });
    for (const input of inputs) input.checked = input.value === code;
    note.value = why;
    previous.disabled = current === 0;
    next.disabled = current === statements.length - 1;
    keeper.answer();
    list();
  }

  const keeper = deskKeeper(view, said, mine, list);
  view.box.append(card, group, element("p", {}, label, note), element("div", {}, previous, " ", next), said, ...parts);
  const left = keeper.left();
  if (left) keeper.put(left);
  show();
});
