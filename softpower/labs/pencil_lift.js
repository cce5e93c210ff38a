// A box for each gap of the series; Python draws the line without it, and keeps the key until one commits.
function render({ model, el }) {
  const heading = element("h3", { textContent: "Where must the pencil lift?" });
  const chart = element("div");
  const boxes = model.get("gaps").map(([year, words]) => {
    const box = element("input", { type: "checkbox", value: year });
    box.addEventListener("change", () => {
      model.set("lifts", boxes.filter((one) => one.checked).map((one) => Number(one.value)));
      model.save_changes();
    });
    return [box, words];
  }).map(([box, words]) => Object.assign(box, { words }));
  const choices = element("fieldset", { className: "gaps" }, element("legend", { textContent: "Lift the pencil between" }),
    ...boxes.map((box) => element("label", {}, box, ` ${box.words}`)));
  const commit = element("button", { type: "button", textContent: "Commit, then show the rules" });
  commit.addEventListener("click", () => { model.set("committed", true); model.save_changes(); });
  const promise = element("p", {}, commit, " A commitment cannot be changed. The rules appear after it.");
  const status = element("p", { className: "status", tabIndex: -1 });
  status.setAttribute("role", "status");
  const result = element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: "What changed in the counting" });

  function draw() {
    chart.replaceChildren(picture(model.get("picture")));
    const lifts = model.get("lifts"), committed = model.get("committed");
    for (const box of boxes) {
      box.checked = lifts.includes(Number(box.value));
      box.disabled = committed;
    }
    promise.hidden = committed;
    const had = commit === document.activeElement;
    say(status, model.get("status"));
    const key = model.get("key");
    result.hidden = !committed;
    if (committed) {
      result.replaceChildren(grid(["Between", "You", "The counting", "What happened", "Source"], key, "Where the pencil lifts, and where it need not"));
    }
    if (had && committed) status.focus();
  }

  el.append(frame(model, "softpower-pencil", heading, chart, choices, promise, status, result,
    element("p", { className: "source", textContent: model.get("source") })));
  const watched = "change:picture change:status change:key change:committed change:lifts";
  model.on(watched, draw);
  draw();
  return () => model.off(watched, draw);
}

export default { render };
