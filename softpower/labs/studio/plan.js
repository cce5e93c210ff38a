// The plan as it is written here: sent to Python after a short pause, at once on leaving a field,
// and kept in this window until Python says that it is saved.

/** @typedef {(string | number)[]} Path  where in the plan a value stands */

class StudioPlan {
  /** @param {View} view @param {HTMLElement} line  where it says that nothing is saved yet */
  constructor(view, line) {
    this.view = view;
    this.rows = structuredClone(view.get("plan"));
    this.edit = view.get("edit");
    this.name = unique("studio");
    this.unsaved = draft(view.get("file"), this.rows);
    this.late = patience(line, t("Not saved yet: Python is busy, or was restarted. This window keeps your words. If these lines stay, run the notebook's first cell and this form's cell again."));
    this.changed = () => {}; // what is done at every change
  }

  /** @param {Path} path */
  at(path) { return path.reduce((part, step) => part?.[step], this.rows); }

  /** @param {Path} path @param {string} value */
  put(path, value) {
    this.at(path.slice(0, -1))[path.at(-1)] = value;
    this.changed();
    this.soon();
  }

  soon() {
    this.unsaved.keep(this.rows);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), 400);
  }

  send() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.unsaved.keep(this.rows);
    this.unsaved.sent(this.rows);
    this.edit = `${this.name} ${Date.now()}`;
    this.view.put({ plan: structuredClone(this.rows), edit: this.edit });
    this.late.begin();
  }

  /** Takes up what this window kept and Python never got. */
  resume() {
    const left = this.unsaved.left();
    if (!left) return;
    this.rows = left;
    this.soon();
  }

  /** Takes Python's plan, where it is another one; returns whether it was. */
  arrived() {
    const theirs = this.view.get("plan");
    if (this.timer || JSON.stringify(theirs) === JSON.stringify(this.rows)) return false;
    this.rows = structuredClone(theirs);
    this.unsaved.saved(this.rows);
    return true;
  }

  /** What Python read and saved. @param {{ saved: boolean, read: any }} answer */
  answered({ saved, read }) {
    this.late.end();
    if (!saved) return;
    this.unsaved.saved(this.view.get("plan"));
    this.unsaved.sent(read); // the file holds the numbers that Python read
    if (!this.timer) this.unsaved.drop();
  }

  /** Whether anybody has written anything. */
  written() {
    return Object.values(this.rows).some((part) => part && part !== this.rows.format && part.length !== 0);
  }

  leave() {
    if (this.timer) this.send();
    this.late.end();
  }
}
