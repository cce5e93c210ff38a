// The scenario: what one would have to believe, as a picture and in sentences.

/** @param {View} view */
function studioScenario(view) {
  const [measure, measureLabel] = choose(t("Measure"),
    [["score", t("a score of at least")], ["rank", t("a rank no worse than")]], (chosen) => {
      value.value = chosen === "rank" ? "60" : "37.5";
      aim();
    });
  const [value, valueLabel] = field("input", t("Value"), { inputMode: "decimal", size: 6 });
  const [rivals, rivalsLabel] = field("input", t("rivals move as your assumption says"), { type: "checkbox", checked: view.get("rivals_move") });
  measure.value = view.get("target").measure;
  value.value = view.get("target").value;
  const aim = () => view.put({ target: { measure: measure.value, value: value.value } }); // Python reads the number
  value.addEventListener("change", aim);
  rivals.addEventListener("change", () => view.put({ rivals_move: rivals.checked }));

  const fan = element("div", { className: "fan" }), said = element("p"), believe = element("ul");
  function show() {
    const shown = view.get("picture");
    fan.replaceChildren(...(shown.drawing.width ? [picture(shown.drawing)] : []));
    said.textContent = shown.said;
    believe.replaceChildren(...shown.believe.map((/** @type {string} */ sentence) => element("li", { textContent: sentence })));
  }
  view.on("picture", show);
  show();
  const target = element("fieldset", { className: "target" }, element("legend", { textContent: t("Target for the last year") }),
    measureLabel, measure, " ", valueLabel, value, " ", element("span", {}, rivals, " ", rivalsLabel));
  return [element("h3", { textContent: t("What would you have to believe?") }), target, fan, said, believe];
}
