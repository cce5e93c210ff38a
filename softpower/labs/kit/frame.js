// The box of a lab, and what joins it to Python.

/**
 * @typedef {object} Model  what Python and the page both hold (anywidget)
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(message: any) => void} send
 * @property {(event: string, react: (message: any) => void) => void} on
 * @property {(event: string, react: (message: any) => void) => void} off
 */

/**
 * @typedef {object} View  one copy of a lab on the page
 * @property {HTMLElement} box
 * @property {(name: string) => any} get
 * @property {(values: Record<string, any>) => void} put  sends values to Python
 * @property {(message: any) => void} send  asks Python
 * @property {(names: string, react: (message: any) => void) => void} on  names of values, or whole events
 * @property {(act: () => void) => void} end  what is done when the lab leaves the page
 */

/**
 * Makes the module of a lab. `build` puts the lab's parts into the box.
 * @param {string} name  the lab's class in lab.css, without "softpower-"
 * @param {(view: View) => void} build
 */
function lab(name, build) {
  return {
    /** @param {{ model: Model, el: HTMLElement }} place */
    render({ model, el }) {
      speak(model);
      /** @type {(() => void)[]} */
      const ends = [];
      /** @type {View} */
      const view = {
        box: frame(model, `softpower-${name}`, ends),
        get: (trait) => model.get(trait),
        put(values) {
          for (const [trait, value] of Object.entries(values)) model.set(trait, value);
          model.save_changes();
        },
        send: (message) => model.send(message),
        on(names, react) {
          const events = names.split(" ").map((one) => (one === "change" || one.includes(":") ? one : `change:${one}`));
          for (const event of events) model.on(event, react);
          ends.push(() => events.forEach((event) => model.off(event, react)));
        },
        end: (act) => { ends.push(act); },
      };
      build(view);
      el.append(view.box);
      return () => ends.forEach((end) => end());
    },
  };
}

/**
 * JupyterLab would take plain keys as its own commands; in a lab they belong to the controls. A
 * kernel that is restarted leaves the lab on the page, deaf: it says so.
 * @param {Model} model
 * @param {string} name
 * @param {(() => void)[]} ends
 */
function frame(model, name, ends) {
  const deaf = element("p", { className: "deaf wrong", role: "alert" });
  const box = element("div", { className: `softpower-lab ${name}`, lang: speech.lang }, deaf);
  // Hosts other than JupyterLab show the twin below a live lab as well: it rests while the lab lives.
  setTimeout(() => {
    const own = box.closest(".output_container, .output, .cell-output-ipywidget-background, .output_area")?.parentElement;
    for (const twin of own?.querySelectorAll(".softpower-twin") ?? []) /** @type {HTMLElement} */ (twin).hidden = true;
  });
  setTimeout(() => scrollers(box), 600);
  const watch = new ResizeObserver(() => scrollers(box));
  watch.observe(box);
  box.addEventListener("keydown", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); });
  const gone = () => {
    deaf.textContent = t("Python was restarted or stopped, so this lab no longer answers. Run the first cell of the notebook, then this lab's cell.");
  };
  model.on("comm_live_update", gone);
  ends.push(() => { watch.disconnect(); model.off("comm_live_update", gone); });
  return box;
}

/**
 * A picture that is wider than its window is moved sideways: by finger, by mouse, and by keyboard.
 * @param {HTMLElement} box
 */
function scrollers(box) {
  for (const holder of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll("div:has(> svg)"))) {
    if (holder.scrollWidth > holder.clientWidth + 1) {
      holder.tabIndex = 0;
      holder.setAttribute("role", "group");
      holder.setAttribute("aria-label", t("A picture, wider than the window"));
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) holder.removeAttribute(name);
    }
  }
}
