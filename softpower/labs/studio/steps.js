// The ten steps of the form, each with its fields or its rows, and how far each is.

class StudioSteps {
  /** @param {StudioPlan} plan @param {StudioFields} fields */
  constructor(plan, fields) {
    this.plan = plan;
    this.fields = fields;
    this.form = plan.view.get("form").properties;
    this.steps = plan.view.get("steps");
    this.open = new Set([0]);
    this.addedTo = "";
    /** @type {{ name: string, position: number, row: any }[]} */
    this.removed = [];
    this.part = element("div", { className: "steps" });
    this.undo = button(t("Undo the last removal"), () => this.takeBack(), { hidden: true });
    this.built = () => {}; // what is done when the form was made anew
  }

  /** Makes the form anew and keeps the place of whoever is writing. */
  build() {
    const { id, selectionStart: from, selectionEnd: to } = /** @type {any} */ (document.activeElement ?? {});
    this.fields.controls.clear();
    this.part.replaceChildren(...this.steps.map((/** @type {any} */ step, /** @type {number} */ n) => this.step(step, n)));
    this.built();
    if (!id?.startsWith(this.plan.name)) return;
    const again = /** @type {HTMLInputElement} */ (this.part.querySelector(`#${CSS.escape(id)}`));
    again?.focus();
    if (again && from >= 0) again.setSelectionRange(from, to);
  }

  /** @param {{ title: string, parts: string[] }} step @param {number} n */
  step({ title, parts }, n) {
    const details = element("details", { open: this.open.has(n) },
      element("summary", {}, element("strong", { textContent: title }), " ", element("span", { className: "count" })),
      ...parts.map((name) => (this.form[name].type === "array" ? this.rows(name) : this.fields.make([name], this.form[name]))));
    details.addEventListener("toggle", () => (details.open ? this.open.add(n) : this.open.delete(n)));
    return details;
  }

  /** One part with rows, such as the instruments. @param {string} name */
  rows(name) {
    const part = this.form[name], title = part.items.title;
    const add = button(t("Add: {title}", { title }), () => {
      this.plan.send();
      this.addedTo = name;
      this.plan.view.send({ ask: "row", section: name });
    });
    const made = (this.plan.rows[name] ?? []).map((/** @type {any} */ row, /** @type {number} */ position) => this.row(name, row, position));
    return element("div", {}, element("p", { className: "hint", textContent: part.description ?? "" }),
      element("div", { className: "rows" }, ...made), add);
  }

  /** @param {string} name @param {any} row @param {number} position */
  row(name, row, position) {
    const { title, properties } = this.form[name].items;
    const called = row.id || `${title} ${number(position + 1)}`;
    const fields = Object.entries(properties).filter(([key]) => key !== "id" || name === "sources")
      .map(([key, meaning]) => this.fields.make([name, position, key],
        meaning.$ref ? { title: t("Short name"), type: "string", maxLength: 24 } : meaning));
    const remove = button(t("Remove {row}", { row: called }), () => {
      this.removed.push({ name, position, row });
      this.plan.rows[name].splice(position, 1);
      this.build();
      this.plan.send();
      this.undo.hidden = false;
      this.undo.focus();
    });
    return element("fieldset", {}, element("legend", { textContent: called }),
      element("div", { className: "fields" }, ...fields), remove);
  }

  takeBack() {
    const { name, position, row } = this.removed.pop();
    this.plan.rows[name].splice(position, 0, row);
    this.undo.hidden = this.removed.length === 0;
    this.build();
    this.plan.send();
    this.goTo([name, position]);
  }

  /** A row that was removed from another plan does not belong in this one. */
  forget() {
    this.removed.length = 0;
    this.undo.hidden = true;
  }

  /** @param {Path} path */
  goTo(path) {
    const n = this.steps.findIndex((/** @type {any} */ step) => step.parts.includes(path[0]));
    const details = /** @type {HTMLDetailsElement} */ (this.part.children[n]);
    details.open = true;
    (this.fields.find(path) ?? details.querySelector("button, input, textarea, select")).focus();
  }

  /** How far each step is. @param {any[]} found */
  counts(found) {
    this.steps.forEach((/** @type {any} */ { parts }, /** @type {number} */ n) => {
      const mine = (/** @type {string} */ level) => found.filter((one) => parts.includes(one.path[0]) && one.level === level).length;
      const said = [
        mine("missing") && tn("{count} to write", "{count} to write", mine("missing")),
        mine("error") && tn("{count} wrong", "{count} wrong", mine("error")),
        mine("warning") && tn("{count} to think about", "{count} to think about", mine("warning")),
      ].filter(Boolean);
      this.part.children[n].querySelector(".count").textContent = said.join(", ") || t("done");
    });
  }
}
