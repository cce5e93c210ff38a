// Deals one card at a time and draws the heaps; Python says what a placing shows.
const WORDS = { same: "As the course does.", defensible: "Defensible.", other: "Think again." };
const SIGNS = { same: "✓", defensible: "≈", other: "?" };

function render({ model, el }) {
  const { title, one, ends, key: keyWords } = model.get("words");
  const cards = model.get("cards");
  const heaps = model.get("heaps");
  const id = unique("sorter");
  const most = cards.length;
  // Where the learner stopped; at the first card where all are placed.
  const first = () => Math.max(0, cards.findIndex((card) => !(card.id in model.get("placed"))));
  let current = first();

  const progress = element("p", { className: "number" });
  const text = element("p", { className: "text" });
  const detail = element("p", { hidden: !cards[0].detail });
  // Read aloud when another card comes: the focus stays on the button.
  const card = element("div", { className: "card" }, progress, text, detail);
  card.setAttribute("aria-live", "polite");
  const status = element("div", { className: "reply" });
  status.setAttribute("role", "status");
  const tally = element("p", { className: "tally" });

  // The heaps are the buttons; on each heap lie the cards that were put there.
  const steps = element("div", { className: `steps ${ends.length ? "line" : ""}` });
  steps.setAttribute("role", "group");
  steps.setAttribute("aria-label", ends.length ? `Place the ${one} on the line, ${ends.join(" to ")}` : `Where does the ${one} belong?`);
  const marks = new Map();
  const buttons = heaps.map(([heap, meaning]) => {
    const button = element("button", { type: "button", className: "heap" },
      element("strong", { textContent: heap }), element("br"), element("span", { textContent: meaning }));
    button.dataset.step = heap;
    button.addEventListener("click", () => {
      model.set("placed", { ...model.get("placed"), [cards[current].id]: heap });
      model.save_changes();
      draw();
    });
    const list = element("div", { className: "marks" });
    marks.set(heap, list);
    steps.append(element("div", { className: "step" }, button, list));
    return button;
  });
  const line = element("div", { className: "ends", hidden: !ends.length },
    ...ends.map((end) => element("span", { textContent: end })));

  const go = (to, focus) => {
    current = Math.min(most - 1, Math.max(0, to));
    draw();
    if (focus) buttons[0].focus();
  };
  const move = (words, step) => {
    const button = element("button", { type: "button", textContent: `${words} ${one}` });
    button.addEventListener("click", () => go(current + step));
    return button;
  };
  const previous = move("Previous", -1), next = move("Next", 1);
  const jump = element("select", { id: `${id}-jump` });
  jump.addEventListener("change", () => go(Number(jump.value)));
  const moves = element("div", { className: "moves" }, previous, " ", next, " ",
    element("label", { htmlFor: jump.id, textContent: "Go to " }), jump);

  // --- The end: what to think about again, the key, and beginning anew.
  const again = element("ol");
  const key = element("details", {}, element("summary", { textContent: keyWords }));
  const end = element("section", { className: "end", hidden: true, tabIndex: -1 });
  end.setAttribute("aria-label", `All ${most} are placed`);
  const heading = element("h3", { textContent: `All ${most} are placed` });
  const result = element("p");
  const askAgain = element("p", { textContent: "To think about again:" });
  end.append(heading, result, askAgain, again, key);

  const begin = element("button", { type: "button", textContent: "Begin again" });
  const back = element("button", { type: "button", textContent: "Take my former placings back" });
  const question = element("div", { className: "question", hidden: true });
  question.setAttribute("role", "group");
  question.setAttribute("aria-label", "Begin again?");
  const yes = element("button", { type: "button", textContent: "Clear the heaps" });
  const no = element("button", { type: "button", textContent: "Keep them" });
  question.append(element("p", { textContent: "This clears the heaps. What you placed is kept, and a button takes it back." }), yes, " ", no);
  const close = (focus) => { question.hidden = true; focus?.focus(); };
  begin.addEventListener("click", () => { question.hidden = false; no.focus(); });
  no.addEventListener("click", () => close(begin));
  yes.addEventListener("click", () => { close(); current = 0; model.send({ ask: "begin" }); buttons[0].focus(); });
  back.addEventListener("click", () => { model.send({ ask: "back" }); buttons[0].focus(); });
  const anew = element("p", { className: "anew" }, begin, " ", back);

  function mark(number, verdict, heap) {
    const { text: words, short } = cards[number];
    const button = element("button", { type: "button", className: `mark ${verdict}`, title: words,
      textContent: `${SIGNS[verdict] ?? ""} ${number + 1} ${short}` });
    button.setAttribute("aria-label", `${number + 1}, ${short}, on ${heap}: ${WORDS[verdict] ?? ""} Go to it.`);
    if (number === current) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => go(number, true));
    return button;
  }

  function drawReply(verdict, reason, complete) {
    const words = verdict ? [`${SIGNS[verdict]} ${WORDS[verdict]}`, ` ${reason}`] : ["", ""];
    const last = complete ? ` All ${most} are placed: the result stands below.` : "";
    if (status.textContent !== words.join("") + last) {
      status.replaceChildren(element("strong", { textContent: words[0] }), words[1], last);
    }
    status.className = `reply ${verdict}`;
  }

  function drawEnd(complete) {
    const replies = model.get("replies"), placed = model.get("placed");
    end.hidden = !complete;
    if (!complete) return;
    say(result, model.get("tally"));
    const wrong = cards.map((card, number) => [card, number]).filter(([card]) => replies[card.id]?.[0] === "other");
    askAgain.hidden = wrong.length === 0;
    again.replaceChildren(...wrong.map(([card, number]) => {
      const there = element("button", { type: "button", textContent: `Go to ${number + 1}` });
      there.setAttribute("aria-label", `Go to ${number + 1}, ${card.short}`);
      there.addEventListener("click", () => go(number, true));
      return element("li", {}, `${card.text} You said “${placed[card.id]}”. ${replies[card.id][1]} `, there);
    }));
    const rows = model.get("key");
    const names = [one[0].toUpperCase() + one.slice(1), "The course", "Also defensible", "Why"];
    if (rows.length) key.replaceChildren(key.firstChild, grid(names, rows, "The course's placings; argue with them."));
  }

  function draw() {
    const placed = model.get("placed"), replies = model.get("replies");
    const here = cards[current];
    const complete = cards.every((card) => placed[card.id] && replies[card.id]);
    say(progress, `${one[0].toUpperCase()}${one.slice(1)} ${current + 1} of ${most}`);
    say(text, here.text);
    say(detail, `Who: ${here.detail}`);
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(placed[here.id] === button.dataset.step));
    }
    const [verdict, reason] = placed[here.id] ? replies[here.id] ?? ["", ""] : ["", ""];
    drawReply(verdict, reason, complete);
    say(tally, [model.get("tally"), model.get("problem")].join(" ").trim());
    for (const [heap, list] of marks) {
      list.replaceChildren(...cards.flatMap((card, number) =>
        (placed[card.id] === heap ? [mark(number, replies[card.id]?.[0], heap)] : [])));
    }
    previous.disabled = current === 0;
    next.disabled = current === most - 1;
    jump.replaceChildren(...cards.map((card, number) => element("option", { value: number,
      textContent: `${number + 1}. ${card.text.length > 48 ? `${card.text.slice(0, 47)}…` : card.text}${placed[card.id] ? ` (${placed[card.id]})` : ""}` })));
    jump.value = current;
    drawEnd(complete);
    begin.hidden = Object.keys(placed).length === 0;
    back.hidden = !model.get("former");
  }

  const box = frame(model, "softpower-sorter", element("h3", { textContent: title }), card, line, steps, status, moves, tally, end, anew, question);
  el.append(box);
  const watched = "change:replies change:tally change:placed change:key change:former change:problem";
  model.on(watched, draw);
  draw();
  return () => model.off(watched, draw);
}

export default { render };
