// A box for each gap of the series; Python draws the line without it, and keeps the key until one commits.
export default lab("pencil", (view) => {
  const chart = element("div");
  const { group, inputs } = ticks("checkbox", t("Lift the pencil between"), view.get("gaps"),
    (years) => view.put({ lifts: years.map(Number) }), "gaps");
  const commit = button(t("Commit, then show the rules"), () => view.put({ committed: true }));
  const promise = element("p", {}, commit, " ", t("A commitment cannot be changed. The rules appear after it."));
  const said = statusLine("status", { tabIndex: -1 });
  const result = element("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": t("What changed in the counting") });

  function draw() {
    const lifts = view.get("lifts"), committed = view.get("committed");
    chart.replaceChildren(picture(view.get("picture")));
    for (const input of inputs) {
      input.checked = lifts.includes(Number(input.value));
      input.disabled = committed;
    }
    promise.hidden = committed;
    const had = commit === document.activeElement;
    say(said, view.get("status"));
    result.hidden = !committed;
    if (committed) {
      result.replaceChildren(table([t("Between"), t("You"), t("The counting"), t("What happened"), t("Source")],
        view.get("key"), { caption: t("Where the pencil lifts, and where it need not") }));
    }
    if (had && committed) said.focus();
  }

  view.box.append(element("h3", { textContent: t("Where must the pencil lift?") }), chart, group, promise, said, result,
    element("p", { className: "source", textContent: view.get("source") }));
  view.on("picture status key committed lifts", draw);
  draw();
});
