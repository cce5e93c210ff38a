// Draws one act at a time with four buttons; Python says what a placement shows.
const WORDS = { same: "As the course does.", defensible: "Defensible.", other: "Think again." };

function render({ model, el }) {
  const acts = model.get("acts");
  const steps = Object.entries(model.get("steps"));
  // Where the learner stopped; at the first act where all are placed.
  let current = Math.max(0, acts.findIndex(({ act_id }) => !(act_id in model.get("placed"))));

  const progress = element("p");
  const act = element("p", { style: "font-size:1.1rem;font-weight:600" });
  const actor = element("p");
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const tally = element("p");
  // Read aloud when another act comes: the focus stays on the button.
  const card = element("div", {}, progress, act, actor);
  card.setAttribute("aria-live", "polite");

  const choices = element("div", { className: "steps" });
  choices.setAttribute("role", "group");
  choices.setAttribute("aria-label", "Place the act between coercion and attraction");
  const buttons = steps.map(([step, meaning]) => {
    const button = element("button", { type: "button" },
      element("strong", { textContent: step }), element("br"), element("span", { textContent: meaning }));
    button.dataset.step = step;
    button.addEventListener("click", () => {
      model.set("placed", { ...model.get("placed"), [acts[current].act_id]: step });
      model.save_changes();
      draw();
    });
    choices.append(button);
    return button;
  });

  const previous = element("button", { type: "button", textContent: "Previous act" });
  const next = element("button", { type: "button", textContent: "Next act" });
  previous.addEventListener("click", () => { current = Math.max(0, current - 1); draw(); });
  next.addEventListener("click", () => { current = Math.min(acts.length - 1, current + 1); draw(); });

  const board = element("tr");
  const headings = element("tr", {}, ...steps.map(([step]) => element("th", { scope: "col", textContent: step })));
  const summary = element("details", {}, element("summary", { textContent: "Where you have placed them" }),
    element("table", {}, element("thead", {}, headings), element("tbody", {}, board)));

  function draw() {
    const { act_id, act: text, actor: who } = acts[current];
    const placed = model.get("placed");
    const [verdict, reason] = model.get("replies")[act_id] ?? ["", ""];
    say(progress, `Act ${current + 1} of ${acts.length}`);
    say(act, text);
    say(actor, `Who: ${who}`);
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(placed[act_id] === button.dataset.step));
    }
    const answered = placed[act_id] !== undefined && verdict;
    say(status, answered ? `${WORDS[verdict]} ${reason}` : "");
    status.className = `status ${verdict === "other" ? "wrong" : "right"}`;
    say(tally, model.get("tally"));
    previous.disabled = current === 0;
    next.disabled = current === acts.length - 1;
    board.replaceChildren(...steps.map(([step]) => {
      const mine = acts.filter((a) => placed[a.act_id] === step);
      const again = ({ act_id }) => (model.get("replies")[act_id]?.[0] === "other" ? " (think again)" : "");
      return element("td", {}, ...mine.map((a) => element("p", { textContent: `${a.act}${again(a)}` })));
    }));
  }

  const box = frame(model, "softpower-sorter", card, choices, status, element("div", { className: "moves" }, previous, " ", next), tally, summary);
  el.append(box);
  model.on("change:replies", draw);
  model.on("change:tally", draw);
  draw();
  return () => { model.off("change:replies", draw); model.off("change:tally", draw); };
}

export default { render };
