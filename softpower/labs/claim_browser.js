// Draws three filters and a list of claims; Python chooses which and says how each was checked.
function render({ model, el }) {
  const form = element("div", { className: "filters" });
  for (const { column, label, options } of model.get("filters")) {
    const select = element("select", { id: unique(column) },
      element("option", { value: "", textContent: "all" }),
      ...options.map(({ value, text }) => element("option", { value, textContent: text })));
    select.value = model.get("choices")[column] ?? "";
    select.addEventListener("change", () => {
      model.set("choices", { ...model.get("choices"), [column]: select.value });
      model.save_changes();
    });
    form.append(element("div", {}, element("label", { htmlFor: select.id, textContent: label }), select));
  }
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const list = element("div", { className: "claims" });

  function draw() {
    say(status, model.get("status"));
    list.replaceChildren(...model.get("shown").map(({ says, card }) => element("details", {},
      element("summary", { textContent: says }),
      element("dl", {}, ...card.flatMap(([term, text]) =>
        [element("dt", { textContent: term }), element("dd", { textContent: text })])))));
  }

  const box = frame(model, "softpower-claims", form, status, list);
  el.append(box);
  model.on("change:shown", draw);
  model.on("change:status", draw);
  draw();
  return () => { model.off("change:shown", draw); model.off("change:status", draw); };
}

export default { render };
