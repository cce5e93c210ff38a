// Beginning with another plan, the way back to an earlier one, printing, and handing in.

/**
 * Whatever takes the place of a plan asks first, and the plan that stood there is kept as a file.
 * @param {StudioPlan} plan
 */
function studioReplace(plan) {
  const { box, ask } = question(t("Replace the plan?"));
  const words = t("This takes the place of the plan in the form. Yours is kept in a file beside it, and “Begin again” has a button to take it back.");
  let replacing = false;
  return {
    box,
    /** Whether the plan that arrives was asked for here. */
    done() {
      const was = replacing;
      replacing = false;
      return was;
    },
    /** @param {HTMLElement} from @param {any} message */
    ask(from, message) {
      from.closest("p").after(box);
      ask(words, t("Replace it"), t("Keep mine"), from, () => {
        if (plan.timer) plan.send();
        replacing = true;
        plan.view.send(message);
      });
    },
  };
}

/** The line at the top: how to begin, and with what else. @param {StudioPlan} plan @param {(from: HTMLElement, message: any) => void} ask */
function studioStart(plan, ask) {
  const example = button(t("start from the worked example"), () => (plan.written()
    ? ask(example, { ask: "example" }) : plan.view.send({ ask: "example" })));
  const before = element("span"), after = element("span");
  return {
    part: element("p", {}, before, " ", example, after),
    example,
    show() {
      say(before, plan.written() ? t("To begin with something else instead:") : t("Nothing is written yet. Begin with section 1, or"));
      say(after, plan.written() ? t(". It asks first, and keeps what you wrote.") : t(" and change it."));
    },
  };
}

/** @param {View} view @param {(from: HTMLElement, message: any) => void} ask */
function studioAgain(view, ask) {
  const other = (/** @type {string} */ words, /** @type {any} */ message) => {
    const made = button(words, () => ask(made, message));
    return element("p", {}, made);
  };
  const formers = element("div");
  const show = () => formers.replaceChildren(...view.get("former").map((/** @type {any} */ { name, title, when }) =>
    other(t("Take back {file}: {title}, {when}", { file: name, title, when }), { ask: "former", name })));
  view.on("former", show);
  show();
  return fold(t("Begin again, or take an earlier plan back"), other(t("Start from an empty plan"), { ask: "empty" }), formers);
}

/** The brief, and the link to it. @param {StudioPlan} plan */
function studioBrief({ view }, send = () => {}) {
  const page = element("span", { role: "status" });
  view.on("page", () => {
    const { html, name, said } = view.get("page");
    page.replaceChildren(said ? ` ${said}` : "");
    if (!html) return;
    const href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    const link = element("a", { textContent: t("Open {file} to print it", { file: name }), target: "_blank", rel: "noopener", href });
    page.replaceChildren(" ", link, ` ${said}`);
  });
  return element("p", {}, button(t("Write the one-page brief"), () => { send(); view.send({ ask: "brief" }); }), page);
}

/** The plan as text. @param {StudioPlan} plan */
function studioHand(plan) {
  const [text, label] = field("textarea", t("Copy it, and paste it into the exercise"), { readOnly: true, rows: 8 });
  const part = fold(t("The plan as text, to hand in"), label, text, copier(text));
  const show = () => { if (part.open) text.value = JSON.stringify(plan.rows, null, 1); };
  part.addEventListener("toggle", show);
  text.addEventListener("focus", () => text.select());
  return { part, show };
}
