// Labs of choices: what is chosen goes to Python, and what Python answers is drawn.
import assert from "node:assert/strict";
import test from "node:test";
import { open } from "./harness.js";

test("claims: a filter is sent with the others, and the list is Python's", async () => {
  const { model, choose, all } = await open("claims");
  choose("Verdict", "outdated");
  assert.deepEqual(model.saved, [{ choices: { verdict: "outdated" } }]);
  model.arrive({ shown: [{ id: "c1", says: "It grew.", card: [["Where", "page 1"]] }], status: "1 of 38 claims." });
  assert.equal(all(".claims details").length, 1);
  assert.match(all(".claims details")[0].textContent, /It grew\.Wherepage 1/);
});

test("denominator: the slider sends a number, and bars follow", async () => {
  const { model, type, all, label } = await open("denominator");
  type("Place on the list", "60");
  assert.deepEqual(model.saved, [{ rank: 60 }]);
  model.arrive({ status: "Place 60.", bars: [{ field: "of 60", ahead: 98, text: "59 ahead" }, { field: "of 30", ahead: null, text: "no place" }] });
  assert.equal(label(), "Place 60.");
  assert.match(all("svg")[0].textContent, /no such place/);
  assert.equal(all("svg rect").length, 2);
});

test("benchmark: countries, an indicator and a division are sent", async () => {
  const { model, tick, choose, all } = await open("benchmark");
  tick("Georgia");
  assert.deepEqual(model.saved.at(-1).chosen.sort(), ["Georgia", "South Korea", "Uzbekistan"]);
  choose("Indicator", "films at festivals");
  assert.deepEqual(model.saved.at(-1), { indicator: "films at festivals" });
  const bar = { country: "Georgia", name: "Georgia", colour: "neutral", share: null, label: "no data", note: "We looked.", home: false };
  model.arrive({ bars: [bar, { ...bar, country: "Kazakhstan", name: "Kazakhstan", colour: "kazakhstan", share: 1, label: "43" }], can_divide: false });
  assert.equal(all("rect[fill^=url]").length, 1);
  assert.equal(all("rect[fill='var(--kazakhstan)']").length, 1);
  assert.ok(all("li").some((one) => one.textContent === "We looked."));
  assert.match(all(".softpower-benchmark")[0].textContent, /would say nothing/);
});

test("breaks: a drawing, a rule and a claim are sent; the verdict is a word and a reason", async () => {
  const { model, tick, choose, all, said } = await open("breaks");
  assert.ok(all("p").find((one) => one.textContent.startsWith("The one rule:")).hidden);
  tick("restricted");
  assert.deepEqual(model.saved.at(-1), { drawing: "restricted" });
  choose("Claim:", "half");
  assert.deepEqual(model.saved.at(-1), { claim: "half" });
  model.arrive({ verdict: { word: "Supported.", look: "right", reason: "Same measure." } });
  assert.equal(said().trim(), "Supported. Same measure.");
  assert.equal(all(".status strong")[0].className, "right");
});

test("timeline: strands and a start are sent, the story is told", async () => {
  const { model, tick, choose, said, all } = await open("timeline");
  tick("Money");
  assert.deepEqual(model.saved.at(-1).strands.sort(), ["heritage", "money"]);
  choose("Cool Japan began in", "2002");
  assert.deepEqual(model.saved.at(-1), { start: 2002 });
  model.arrive({ story: ["It worked.", "We cannot know."] });
  assert.equal(said(), "Tempting to say: It worked. But: We cannot know.");
  assert.ok(all("table").length === 1);
});

test("pencil: lifts are years, and after the commitment nothing moves", async () => {
  const { model, tick, press, all } = await open("pencil");
  tick("2008 to 2009");
  assert.deepEqual(model.saved.at(-1), { lifts: [2008] });
  assert.ok(all(".scroll")[0].hidden);
  press("Commit");
  assert.deepEqual(model.saved.at(-1), { committed: true });
  model.arrive({ key: [["2008 to 2009", "lifted", "new rule", "Television came in.", "BBC"]] });
  assert.match(all(".scroll")[0].textContent, /Television came in/);
  assert.ok(all("fieldset input").every((input) => input.disabled));
});

test("matrix: arrows move inside it, a press opens a cell", async () => {
  const { model, all, window, choose } = await open("matrix");
  choose("Country", "Japan");
  assert.equal(model.saved.at(-1).filters.case, "Japan");
  const cells = all("td button");
  assert.equal(cells.filter((one) => one.tabIndex === 0).length, 1);
  cells[0].focus();
  cells[0].dispatchEvent(new window.KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  assert.equal(window.document.activeElement, cells[1]);
  cells[1].click();
  assert.deepEqual(model.saved.at(-1).opened.join(" "), cells[1].dataset.cell);
  model.arrive({ cell: { title: "UK", grade: "stated", says: "", reason: "Nothing found.", source: "Page 1" } });
  assert.match(all(".cell")[0].textContent, /Nothing is said\.Evidence: stated\. Nothing found\.Where we looked: Page 1/);
});

test("meter: readers by their names, and no picture where nothing can be compared", async () => {
  const { model, all, choose, press } = await open("meter");
  choose("The other reader", "the course's second reader");
  assert.deepEqual(model.saved.at(-1), { second: "the course's second reader" });
  press("Look again for files");
  assert.deepEqual(model.saved.at(-1), { looked: 1 });
  assert.equal(all("svg").length, 1);
  model.arrive({ result: {}, sentence: "No statement in common." });
  assert.equal(all("svg").length, 0);
});
