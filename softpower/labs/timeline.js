// Draws the strands that are ticked; Python places them and says what they tempt one to say.
export default lab("timeline", (view) => {
  const { group, inputs } = ticks("checkbox", t("Show"), view.get("options"), (strands) => view.put({ strands }), "choices");
  const [start, label] = choose(t("Cool Japan began in"), view.get("years"), (year) => view.put({ start: Number(year) }));
  const chart = element("div");
  const said = statusLine();
  const compared = element("div");
  const source = element("p", { className: "source" });
  const strong = (/** @type {string} */ words) => element("strong", { textContent: words });

  function draw() {
    for (const input of inputs) input.checked = view.get("strands").includes(input.value);
    start.value = view.get("start");
    chart.replaceChildren(picture(view.get("picture")));
    const [claim, doubt] = view.get("story");
    sayPieces(said, claim ? [strong(t("Tempting to say:")), ` ${claim} `, strong(t("But:")), ` ${doubt}`] : [doubt]);
    source.textContent = view.get("source");
    compared.replaceChildren(table([t("What is counted"), t("Last figure before the start"), t("Latest figure")],
      view.get("rows"), { caption: t("Before {year}, and now", { year: view.get("start") }) }));
  }

  view.box.append(group, element("p", {}, label, start), chart, said, compared, source);
  view.on("story picture rows source", draw);
  draw();
});
