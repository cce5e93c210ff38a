// The kit that all labs share: words, numbers, tables, controls, pictures, drafts.
import assert from "node:assert/strict";
import test from "node:test";
import { FakeModel, kit, pause } from "./harness.js";

const russian = { lang: "ru", thousands: "\u00a0", point: ",", percent: "\u202f", messages: {
  "Place {rank}.": "Место: {rank}.",
  "{count} answer": ["{count} ответ", "{count} ответа", "{count} ответов"],
}, plural: Array.from({ length: 200 }, (_, n) => (n % 10 === 1 && n % 100 !== 11 ? 0
  : [2, 3, 4].includes(n % 10) && ![12, 13, 14].includes(n % 100) ? 1 : 2)) };

test("English is what is written", async () => {
  const { speak, t, tn, number, percent } = await kit();
  speak(new FakeModel({ speech: { lang: "en" } }));
  assert.equal(t("Place {rank}.", { rank: 3 }), "Place 3.");
  assert.equal(t("Plain {braces}"), "Plain {braces}");
  assert.equal(tn("{count} answer", "{count} answers", 1), "1 answer");
  assert.equal(tn("{count} answer", "{count} answers", 1200), "1,200 answers");
  assert.equal(number(1234567.5), "1,234,567.5");
  assert.equal(number(-0.001, 1), "0.0");
  assert.equal(percent(12), "12%");
});

test("another language has its own words, forms and numbers", async () => {
  const { speak, t, tn, number, percent } = await kit();
  speak(new FakeModel({ speech: russian }));
  assert.equal(t("Place {rank}.", { rank: number(3) }), "Место: 3.");
  const forms = [1, 2, 5, 11, 21, 112, 1001].map((count) => tn("{count} answer", "{count} answers", count));
  assert.deepEqual(forms, ["1 ответ", "2 ответа", "5 ответов", "11 ответов", "21 ответ", "112 ответов", "1\u00a0001 ответ"]);
  assert.equal(number(12400.5), "12\u00a0400,5");
  assert.equal(percent(12), "12\u202f%");
  assert.equal(t("Not translated yet."), "Not translated yet.");
});

test("a lab in English after one in another language speaks English", async () => {
  const { speak, t } = await kit();
  speak(new FakeModel({ speech: russian }));
  speak(new FakeModel({ speech: { lang: "en" } }));
  assert.equal(t("Place {rank}.", { rank: 1 }), "Place 1.");
});

test("columns of numbers are set to the right, words are not", async () => {
  const { table } = await kit();
  const made = table(["Country", "Rank", "Share"], [["Japan", 4, "70.6"], ["Kazakhstan", "1,200", "…"]], { caption: "Ranks" });
  assert.deepEqual([...made.querySelectorAll("th")].map((one) => one.className), ["", "figure", "figure"]);
  assert.equal(made.querySelector("caption").textContent, "Ranks");
  assert.equal(made.querySelectorAll("th[scope=col]").length, 3);
});

test("a line is said again only where its words change", async () => {
  const { say, sayPieces, element } = await kit();
  const line = element("p", { textContent: "Same." });
  const before = line.firstChild;
  say(line, "Same.");
  assert.equal(line.firstChild, before);
  sayPieces(line, [element("strong", { textContent: "Sa" }), "me."]);
  assert.equal(line.firstChild, before);
  sayPieces(line, ["Other."]);
  assert.equal(line.textContent, "Other.");
});

test("a question keeps the focus on the safe answer and gives it back", async () => {
  const { question, button } = await kit();
  const from = button("Begin again", () => {});
  const done = [];
  const { box, ask } = question("Sure?");
  document.body.append(from, box);
  ask("Really?", "Yes", "No", from, () => done.push("yes"));
  assert.equal(document.activeElement.textContent, "No");
  document.activeElement.click();
  assert.ok(box.hidden && document.activeElement === from && done.length === 0);
  ask("Really?", "Yes", "No", from, () => done.push("yes"));
  box.querySelector("button").click();
  assert.deepEqual(done, ["yes"]);
});

test("a drawing names its colours and never spells them", async () => {
  const { Drawing, picture } = await kit();
  const drawing = new Drawing().begin(100, 50, "A line");
  drawing.line(0, 0, 10, 10, { stroke: "ink", "stroke-width": 2 });
  drawing.block(0, 0, 5, 5, { fill: "none", stroke: "pale" });
  drawing.word(0, 10, "Words");
  assert.match(drawing.svg.innerHTML, /stroke="var\(--ink\)"/);
  assert.match(drawing.svg.innerHTML, /fill="none"/);
  assert.equal(drawing.svg.getAttribute("aria-label"), "A line");
  assert.equal(drawing.begin(10, 10, "Empty").svg.childNodes.length, 0);
  const marks = { bands: [{ points: "0,0 1,1 2,0", colour: "accent", opacity: 0.2 }], blocks: [], strokes: [{ points: "0,0 9,9", colour: "ink", width: 1, dash: "" }],
    dots: [{ x: 1, y: 1, colour: "japan", note: "1 in 2000" }], words: [{ x: 1, y: 2, text: "Start", colour: "ink", anchor: "end", weight: "bold" }] };
  const drawn = picture({ width: 20, height: 10, label: "All", size: 11, halo: true, ...marks });
  assert.deepEqual([...drawn.children].map((one) => one.localName), ["polygon", "polyline", "circle", "text"]);
});

test("a long name is fitted into its room", async () => {
  const { Drawing } = await kit();
  const drawing = new Drawing().begin(300, 50, "Names");
  assert.equal(drawing.name(100, 20, "Japan", 90, { "text-anchor": "end" }).length, 1);
  const long = drawing.name(100, 20, "A very long name of a country", 90, { "text-anchor": "end" });
  assert.equal(long.length, 2);
  for (const line of long) assert.equal(line.getAttribute("text-anchor"), "end");
});

test("a draft continues the work that it was begun from, and no other", async () => {
  const { draft } = await kit();
  const one = draft("plan", { title: "" });
  assert.equal(one.left(), null);
  one.keep({ title: "Half" });
  assert.deepEqual(draft("plan", { title: "" }).left(), { title: "Half" });
  assert.equal(draft("plan", { title: "Another" }).left(), null);
  one.drop();
  assert.equal(draft("plan", { title: "" }).left(), null);
});

test("patience says that nothing is saved only where it takes long", async () => {
  const { patience, element } = await kit();
  const line = element("p");
  const late = patience(line, "Not saved yet");
  late.begin();
  assert.ok(late.on);
  late.end();
  await pause(10);
  assert.equal(line.textContent, "");
  assert.ok(!late.on);
});
