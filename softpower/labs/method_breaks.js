// Draws the series as chosen; Python says whether the drawing supports the claim.
const VERDICTS = { supported: "Supported.", "not supported": "Not supported.", "not shown": "Not shown." };

function render({ model, el }) {
  const keep = (name, value) => { model.set(name, value); model.save_changes(); };

  const ways = element("fieldset", { className: "choices" }, element("legend", { textContent: "Draw the series" }));
  const group = unique("drawing");
  for (const [way, text] of Object.entries(model.get("drawings"))) {
    const button = element("input", { type: "radio", name: group, value: way, checked: way === model.get("drawing") });
    button.addEventListener("change", () => keep("drawing", way));
    ways.append(element("label", {}, button, " ", text));
  }

  const rule = element("select");
  for (const text of model.get("rules")) {
    rule.append(element("option", { value: text, textContent: text, selected: text === model.get("rule") }));
  }
  rule.addEventListener("change", () => keep("rule", rule.value));
  const ruleLabel = element("p", {}, element("label", {}, "The one rule: ", rule));

  const claims = element("select");
  claims.append(element("option", { value: "", textContent: "choose a claim" }));
  for (const [key, text] of Object.entries(model.get("claims"))) {
    claims.append(element("option", { value: key, textContent: text, selected: key === model.get("claim") }));
  }
  claims.addEventListener("change", () => keep("claim", claims.value));
  const claimLabel = element("p", {}, element("label", {}, "Claim: ", claims));

  const chart = element("div");
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const figures = element("details", {}, element("summary", { textContent: "The same figures as a table" }),
    grid(["Year", "Million people a week", "Counted by"], model.get("rows"), "The audience as published"));

  function draw() {
    const [word, reason] = model.get("verdict");
    chart.replaceChildren(picture(model.get("picture")));
    ruleLabel.hidden = model.get("drawing") !== "restricted";
    // The verdict is a word in colour; the reason is there to be read.
    const look = word === "supported" ? "right" : word === "not supported" ? "wrong" : "";
    const words = word ? `${VERDICTS[word]} ${reason}` : "";
    if (status.textContent !== words) {
      status.replaceChildren(...(word ? [element("strong", { className: look, textContent: VERDICTS[word] }), ` ${reason}`] : []));
    }
  }

  el.append(frame(model, "softpower-breaks", ways, ruleLabel, chart, claimLabel, status,
    figures, element("p", { className: "source", textContent: model.get("source") })));
  model.on("change:picture change:verdict", draw);
  draw();
  return () => model.off("change:picture change:verdict", draw);
}

export default { render };
