// The fields of the plan's form, made from its JSON Schema.

/** @typedef {{ input: any, note: HTMLElement, field: any, path: Path }} Control */

/** @param {Path} path */
const pathKey = (path) => path.join(".");
/** @param {any} field */
const takesNumber = (field) => ["number", "integer"].includes(field.type) || "anyOf" in field;

class StudioFields {
  /** @param {StudioPlan} plan */
  constructor(plan) {
    this.plan = plan;
    /** @type {Map<string, Control>} */
    this.controls = new Map();
    this.typing = null; // the field in which somebody is writing
    this.sources = element("datalist", { id: `${plan.name}-sources` },
      ...plan.view.get("sources").map((/** @type {any} */ row) => element("option", { value: row.source_id, label: row.short })));
  }

  /** What may be chosen in a field. @param {any} field @returns {Option[]} */
  options(field) {
    if (field.enum) return field.enum.map((/** @type {string} */ value, /** @type {number} */ n) => [value, field.shown[n]]);
    if (field.oneOf) return field.oneOf.map((/** @type {any} */ choice) => [choice.const, choice.title]);
    const kind = field["x-refers-to"];
    const rows = (this.plan.rows[kind.split(" or ")[0]] ?? []).filter((/** @type {any} */ row) => row.id);
    const made = rows.map((/** @type {any} */ row) => [row.id, `${row.id} ${row.name || row.text || row.who || ""}`.slice(0, 70)]);
    return kind.endsWith("rivals") ? [...made, ["rivals", t("rivals: the countries now above")]] : made;
  }

  /** @param {HTMLSelectElement} select @param {any} field @param {string} value */
  fill(select, field, value) {
    const known = this.options(field);
    /** @type {Option[]} */
    const stray = value && !known.some(([option]) => option === value) ? [[value, value]] : [];
    /** @type {Option[]} */
    const wanted = [["", t("choose")], ...stray, ...known];
    const now = [...select.options].map((option) => [option.value, option.textContent]);
    if (JSON.stringify(now) !== JSON.stringify(wanted)) fill(select, wanted);
    select.value = value ?? "";
  }

  refresh() {
    for (const { input, field, path } of this.controls.values()) {
      if (input.tagName === "SELECT" && input !== document.activeElement) this.fill(input, field, this.plan.at(path));
    }
  }

  /** The element in which a field is written. @param {any} field @param {string} id @param {any} value */
  input(field, id, value) {
    const refers = field["x-refers-to"];
    const long = field.type === "string" && (field.maxLength ?? 0) > 80;
    if (field.enum || field.oneOf || (refers && refers !== "sources")) {
      const select = element("select", { id });
      this.fill(select, field, value);
      return select;
    }
    const input = element(long ? "textarea" : "input", { id, value });
    if (long) /** @type {HTMLTextAreaElement} */ (input).rows = Math.ceil(field.maxLength / 110);
    if (takesNumber(field) && !field.anyOf) input.inputMode = "decimal";
    if (refers === "sources") input.setAttribute("list", this.sources.id);
    return input;
  }

  /** One field with its label, its hint and its note. @param {Path} path @param {any} field */
  make(path, field) {
    const id = `${this.plan.name}-${path.join("-")}`;
    const input = this.input(field, id, this.plan.at(path) ?? "");
    const note = element("span", { className: "note", id: `${id}-note` });
    const hint = element("span", { className: "hint", id: `${id}-hint`, textContent: field.description ?? "" });
    input.setAttribute("aria-describedby", `${hint.id} ${note.id}`);
    input.addEventListener("input", () => {
      this.typing = input;
      this.plan.put(path, input.value);
    });
    // Nobody is told that a word is too short while it is being typed.
    input.addEventListener("change", () => {
      this.typing = null;
      this.plan.send();
    });
    this.controls.set(pathKey(path), { input, note, field, path });
    const wide = input.tagName === "TEXTAREA" || Boolean(field["x-refers-to"]); // names are seen whole
    return element("div", { className: `field${wide ? " long" : ""}` },
      element("label", { htmlFor: id, textContent: field.title }), hint, input, note);
  }

  /** A number field that one has left shows what was read: "12 000" becomes 12000. @param {any} read */
  showNumbers(read) {
    for (const { input, field, path } of this.controls.values()) {
      const value = path.reduce((part, step) => part?.[step], read);
      if (!takesNumber(field) || typeof value !== "number" || input === document.activeElement) continue;
      if (input.value !== String(value)) input.value = value;
    }
  }

  /** What the check says beside each field. @param {any[]} found */
  notes(found) {
    for (const { input, note } of this.controls.values()) {
      note.textContent = "";
      input.removeAttribute("aria-invalid");
    }
    for (const { path, level, message } of found) {
      const control = this.controls.get(pathKey(path));
      if (!control || level === "missing" || control.input === this.typing) continue;
      control.note.textContent = message[0].toUpperCase() + message.slice(1);
      control.note.className = `note ${level}`;
      if (level === "error") control.input.setAttribute("aria-invalid", "true");
    }
  }

  /** The element of a place, or of the first field inside it. @param {Path} path */
  find(path) {
    const all = [...this.controls.values()];
    const found = all.find((one) => pathKey(one.path) === pathKey(path))
      ?? all.find((one) => pathKey(one.path).startsWith(`${pathKey(path)}.`));
    return found?.input;
  }
}
