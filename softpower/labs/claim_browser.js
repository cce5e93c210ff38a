// Draws three filters and a list of claims; Python chooses which and says how each was checked.
export default lab("claims", (view) => {
  const form = element("div", { className: "filters" });
  for (const { column, label: words, options } of view.get("filters")) {
    const [select, label] = choose(words, [["", t("all")], ...options],
      (value) => view.put({ choices: { ...view.get("choices"), [column]: value } }));
    select.value = view.get("choices")[column] ?? "";
    form.append(element("div", {}, label, select));
  }
  const said = statusLine();
  const list = element("div", { className: "claims" });

  /** @param {{ says: string, card: [string, string][] }} claim */
  const claimed = ({ says, card }) => fold(says, element("dl", {}, ...card.flatMap(([term, text]) =>
    [element("dt", { textContent: term }), element("dd", { textContent: text })])));

  function draw() {
    say(said, view.get("status"));
    list.replaceChildren(...view.get("shown").map(claimed));
  }

  view.box.append(form, said, list);
  view.on("shown status", draw);
  draw();
});
