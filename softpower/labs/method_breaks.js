// Draws the series as chosen; Python says whether the drawing supports the claim.
export default lab("breaks", (view) => {
  const { group } = ticks("radio", t("Draw the series"), view.get("drawings"), ([drawing]) => view.put({ drawing }), "choices");
  const ways = /** @type {HTMLInputElement[]} */ ([...group.querySelectorAll("input")]);
  const [rule, ruleLabel] = choose(t("The one rule:"), view.get("rules"), (value) => view.put({ rule: value }));
  const ruleLine = element("p", {}, ruleLabel, rule);
  const [claim, claimLabel] = choose(t("Claim:"), [["", t("choose a claim")], ...view.get("claims")],
    (value) => view.put({ claim: value }));
  const chart = element("div");
  const said = statusLine();
  const figures = fold(t("The same figures as a table"),
    table([t("Year"), t("Million people a week"), t("Counted by")], view.get("rows"), { caption: t("The audience as published") }));

  function draw() {
    for (const way of ways) way.checked = way.value === view.get("drawing");
    rule.value = view.get("rule");
    claim.value = view.get("claim");
    chart.replaceChildren(picture(view.get("picture")));
    ruleLine.hidden = view.get("drawing") !== "restricted";
    // The verdict is a word in colour; the reason is there to be read.
    const { look, word, reason } = view.get("verdict");
    sayPieces(said, word ? [element("strong", { className: look, textContent: word }), ` ${reason}`] : []);
  }

  view.box.append(group, ruleLine, chart, element("p", {}, claimLabel, claim), said, figures,
    element("p", { className: "source", textContent: view.get("source") }));
  view.on("picture verdict", draw);
  draw();
});
