// Deals one card at a time and draws the heaps; Python says what a placing shows.
const SIGNS = { same: "✓", defensible: "≈", other: "?" };

/** What a verdict is called. @param {string} [verdict] @returns {string} */
const verdictName = (verdict) => ({
  same: t("As the course does."), defensible: t("Defensible."), other: t("Think again."),
})[verdict] ?? "";

/** The sentences about one card: an act on a line, or a sentence on a heap. @param {any} words */
const cardWords = ({ kind, ends }) => (kind === "act" ? {
  ask: t("Place the act on the line, {low} to {high}", { low: ends[0], high: ends[1] }),
  name: t("Act"),
  previous: t("Previous act"),
  next: t("Next act"),
  place: (/** @type {Record<string, string>} */ places) => t("Act {place} of {count}", places),
} : {
  ask: t("Where does the sentence belong?"),
  name: t("Sentence"),
  previous: t("Previous sentence"),
  next: t("Next sentence"),
  place: (/** @type {Record<string, string>} */ places) => t("Sentence {place} of {count}", places),
});

/** The card on the desk. It is read aloud when another comes: the focus stays on the button. @param {any} words */
function cardDesk(words) {
  const progress = element("p", { className: "number" }), text = element("p", { className: "text" }), detail = element("p");
  return {
    part: element("div", { className: "card", "aria-live": "polite" }, progress, text, detail),
    show(/** @type {any} */ card, /** @type {number} */ at, /** @type {number} */ most) {
      say(progress, words.place({ place: number(at + 1), count: number(most) }));
      say(text, card.text);
      detail.hidden = !card.detail;
      say(detail, t("Who: {who}", { who: card.detail }));
    },
  };
}

/**
 * The heaps are the buttons; on each heap lie the cards that were put there.
 * @param {View} view
 * @param {string} ask
 * @param {(heap: string) => void} put
 */
function cardHeaps(view, ask, put) {
  const { ends } = view.get("words");
  const part = element("div", { className: `steps ${ends.length ? "line" : ""}`, role: "group", "aria-label": ask });
  const heaps = view.get("heaps").map((/** @type {string[]} */ [heap, name, meaning]) => {
    const press = button("", () => put(heap), { className: "heap" });
    press.append(element("strong", { textContent: name }), element("br"), element("span", { textContent: meaning }));
    press.dataset.step = heap;
    const marks = element("div", { className: "marks" });
    part.append(element("div", { className: "step" }, press, marks));
    return { heap, name, press, marks };
  });
  const line = element("div", { className: "ends", hidden: !ends.length },
    ...ends.map((/** @type {string} */ end) => element("span", { textContent: end })));
  return { heaps, part, line };
}

/**
 * A card that lies on a heap: one goes back to it.
 * @param {any} card
 * @param {number} at
 * @param {string} verdict
 * @param {string} heap
 * @param {() => void} go
 */
function cardMark(card, at, verdict, heap, go) {
  const named = t("{number}, {card}, on {heap}: {verdict} Go to it.",
    { number: number(at + 1), card: card.short, heap, verdict: verdictName(verdict) });
  return button(`${SIGNS[/** @type {keyof SIGNS} */ (verdict)] ?? ""} ${number(at + 1)} ${card.short}`, go,
    { className: `mark ${verdict}`, title: card.text, "aria-label": named });
}

/**
 * The end: what to think about again, and the key.
 * @param {View} view
 * @param {string} name  what one card is called
 * @param {(at: number) => void} go
 */
function cardEnd(view, name, go) {
  const cards = view.get("cards");
  const all = tn("All {count} is placed", "All {count} are placed", cards.length);
  const result = element("p"), again = element("ol");
  const ask = element("p", { textContent: t("To think about again:") });
  const key = element("details", {}, element("summary", { textContent: view.get("words").key }));
  const part = element("section", { className: "end", hidden: true, tabIndex: -1, "aria-label": all },
    element("h3", { textContent: all }), result, ask, again, key);
  const names = Object.fromEntries(view.get("heaps"));
  const item = (/** @type {number} */ at) => {
    const card = cards[at], reason = view.get("replies")[card.id][1];
    const there = button(t("Go to {number}", { number: number(at + 1) }), () => go(at),
      { "aria-label": t("Go to {number}, {card}", { number: number(at + 1), card: card.short }) });
    const said = t("{text} You said “{heap}”. {reason}", { text: card.text, heap: names[view.get("placed")[card.id]], reason });
    return element("li", {}, said, " ", there);
  };
  return {
    part,
    show(/** @type {boolean} */ complete) {
      part.hidden = !complete;
      if (!complete) return;
      say(result, view.get("tally"));
      const replies = view.get("replies");
      const wrong = [...cards.keys()].filter((at) => replies[cards[at].id]?.[0] === "other");
      ask.hidden = wrong.length === 0;
      again.replaceChildren(...wrong.map(item));
      if (!view.get("key").length) return;
      key.replaceChildren(key.firstChild, table([name, t("The course"), t("Also defensible"), t("Why")],
        view.get("key"), { caption: t("The course's placings; argue with them.") }));
    },
  };
}

/**
 * Beginning again, and the way back.
 * @param {View} view
 * @param {() => void} begun  the heaps are clear
 * @param {() => void} first  to the first heap
 */
function cardAnew(view, begun, first) {
  const { box, ask } = question(t("Begin again?"));
  const begin = button(t("Begin again"), () => ask(
    t("This clears the heaps. What you placed is kept, and a button takes it back."), t("Clear the heaps"), t("Keep them"),
    begin, () => { view.send({ ask: "begin" }); begun(); }));
  const back = button(t("Take my former placings back"), () => { view.send({ ask: "back" }); first(); });
  return {
    part: element("p", { className: "anew" }, begin, " ", back),
    box,
    show() {
      begin.hidden = Object.keys(view.get("placed")).length === 0;
      back.hidden = !view.get("former");
    },
  };
}

/** @param {View} view @param {Record<string, string>} names  of the heaps */
function jumpOptions(view, names) {
  const placed = view.get("placed");
  return view.get("cards").map((/** @type {any} */ card, /** @type {number} */ at) => {
    const words = card.text.length > 48 ? `${card.text.slice(0, 47)}…` : card.text;
    const heap = placed[card.id];
    return [at, `${number(at + 1)}. ${words}${heap ? ` (${names[heap]})` : ""}`];
  });
}

export default lab("sorter", (view) => {
  const words = cardWords(view.get("words")), cards = view.get("cards"), most = cards.length;
  const names = Object.fromEntries(view.get("heaps"));
  // Where the learner stopped; at the first card where all are placed.
  let current = Math.max(0, cards.findIndex((/** @type {any} */ one) => !(one.id in view.get("placed"))));

  const card = cardDesk(words);
  const { heaps, part: steps, line } = cardHeaps(view, words.ask, (heap) => {
    view.put({ placed: { ...view.get("placed"), [cards[current].id]: heap } });
    draw();
  });
  const reply = element("div", { className: "reply", role: "status" });
  const tally = element("p", { className: "tally" });
  const first = () => heaps[0].press.focus();
  const go = (/** @type {number} */ to) => { current = Math.min(most - 1, Math.max(0, to)); draw(); };
  const goTo = (/** @type {number} */ to) => { go(to); first(); };
  // At either end the button goes grey, and the keyboard would be left nowhere.
  const step = (/** @type {number} */ to) => { go(to); if (to === 0 || to === most - 1) first(); };
  const previous = button(words.previous, () => step(current - 1)), next = button(words.next, () => step(current + 1));
  const [jump, jumpLabel] = choose(t("Go to"), [], (at) => go(Number(at)));
  const end = cardEnd(view, words.name, goTo);
  const anew = cardAnew(view, () => goTo(0), first);

  function drawReply(/** @type {string} */ verdict, /** @type {string} */ reason, /** @type {boolean} */ complete) {
    const last = complete ? [" ", tn("All {count} is placed: the result stands below.", "All {count} are placed: the result stands below.", most)] : [];
    const said = verdict ? [element("strong", { textContent: `${SIGNS[/** @type {keyof SIGNS} */ (verdict)]} ${verdictName(verdict)}` }), ` ${reason}`] : [];
    sayPieces(reply, [...said, ...last]);
    reply.className = `reply ${verdict}`;
  }

  function draw() {
    const placed = view.get("placed"), replies = view.get("replies"), here = cards[current];
    const complete = cards.every((/** @type {any} */ one) => placed[one.id] && replies[one.id]);
    card.show(here, current, most);
    const [verdict, reason] = (placed[here.id] && replies[here.id]) || ["", ""];
    drawReply(verdict, reason, complete);
    say(tally, [view.get("tally"), view.get("problem")].join(" ").trim());
    for (const { heap, name, press, marks } of heaps) {
      press.setAttribute("aria-pressed", String(placed[here.id] === heap));
      marks.replaceChildren(...cards.flatMap((/** @type {any} */ one, /** @type {number} */ at) => {
        if (placed[one.id] !== heap) return [];
        const mark = cardMark(one, at, replies[one.id]?.[0], name, () => goTo(at));
        if (at === current) mark.setAttribute("aria-current", "true");
        return [mark];
      }));
    }
    previous.disabled = current === 0;
    next.disabled = current === most - 1;
    fill(jump, jumpOptions(view, names), current);
    end.show(complete);
    anew.show();
  }

  view.box.append(element("h3", { textContent: view.get("words").title }), card.part, line, steps, reply,
    element("div", { className: "moves" }, previous, " ", next, " ", jumpLabel, jump), tally, end.part, anew.part, anew.box);
  view.on("replies tally placed key former problem", draw);
  draw();
});
