// Draws the strands that are ticked; Python places them and says what they tempt one to say.
function render({ model, el }) {
  const strands = element("fieldset", { className: "choices" }, element("legend", { textContent: "Show" }));
  for (const [strand, text] of model.get("options")) {
    const box = element("input", { type: "checkbox", value: strand, checked: model.get("strands").includes(strand) });
    box.addEventListener("change", () => {
      const ticked = [...strands.querySelectorAll("input:checked")].map((input) => input.value);
      model.set("strands", ticked);
      model.save_changes();
    });
    strands.append(element("label", {}, box, " ", text));
  }

  const start = element("select");
  for (const [year, text] of model.get("years")) {
    start.append(element("option", { value: year, textContent: text, selected: year === model.get("start") }));
  }
  start.addEventListener("change", () => { model.set("start", Number(start.value)); model.save_changes(); });
  const chooser = element("p", {}, element("label", {}, "Cool Japan began in ", start));

  const chart = element("div");
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const compared = element("div");
  const source = element("p", { className: "source" });

  function draw() {
    const [claim, doubt] = model.get("story");
    chart.replaceChildren(picture(model.get("picture")));
    const words = claim ? `Tempting to say: ${claim} But: ${doubt}` : doubt;
    if (status.textContent !== words) {
      status.replaceChildren(...(claim ? [element("strong", { textContent: "Tempting to say:" }), ` ${claim} `, element("strong", { textContent: "But:" }), ` ${doubt}`] : [doubt]));
    }
    source.textContent = model.get("source");
    compared.replaceChildren(grid(["What is counted", "Last figure before the start", "Latest figure"],
      model.get("rows"), `Before ${model.get("start")}, and now`));
  }

  el.append(frame(model, "softpower-timeline", strands, chooser, chart, status, compared, source));
  model.on("change:story change:picture change:rows change:source", draw);
  draw();
  return () => model.off("change:story change:picture change:rows change:source", draw);
}

export default { render };
