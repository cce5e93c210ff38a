// The sorter: cards are placed, the reply comes, the key at the end.
import assert from "node:assert/strict";
import test from "node:test";
import { open } from "./harness.js";

test("a heap takes the card, and the reply is Python's", async () => {
  const { model, all, said, press } = await open("sorter");
  const [first, second] = model.get("cards");
  all("button.heap")[0].click();
  assert.deepEqual(model.saved, [{ placed: { [first.id]: model.get("heaps")[0][0] } }]);
  model.arrive({ replies: { [first.id]: ["same", "Because."] }, tally: "1 placed" });
  assert.match(said(), /✓ As the course does\. Because\./);
  assert.equal(all(".mark").length, 1);
  press("Next act");
  assert.match(all(".card")[0].textContent, new RegExp(second.text.slice(0, 20)));
  assert.match(all(".card .number")[0].textContent, /Act 2 of 20/);
});

test("after the last card the key is there, and what to think about again", async () => {
  const { model, all, button } = await open("sorter");
  const cards = model.get("cards"), heap = model.get("heaps")[0][0];
  const placed = Object.fromEntries(cards.map(({ id }) => [id, heap]));
  const replies = Object.fromEntries(cards.map(({ id }, n) => [id, n === 3 ? ["other", "Not so."] : ["same", "So."]]));
  model.arrive({ placed, replies, tally: "20 placed", key: [["An act", heap, "–", "Why"]] });
  const end = all("section.end")[0];
  assert.ok(!end.hidden);
  assert.equal(end.querySelectorAll("li").length, 1);
  assert.match(end.textContent, /You said “.+”\. Not so\./);
  button("Go to 4").click();
  assert.match(all(".card .number")[0].textContent, /Act 4 of 20/);
});

test("beginning again asks first", async () => {
  const { model, press, all } = await open("sorter", { state: { placed: { a: "b" }, former: true } });
  press("Begin again");
  assert.deepEqual(model.sent, []);
  press("Clear the heaps");
  assert.deepEqual(model.sent, [{ ask: "begin" }]);
  press("Take my former placings back");
  assert.deepEqual(model.sent.at(-1), { ask: "back" });
  assert.ok(all(".question")[0].hidden);
});

test("Escape keeps the heaps; clearing them begins at the first card", async () => {
  const { model, all, press, window } = await open("sorter", { state: { placed: { a: "b" } } });
  press("Next act");
  press("Begin again");
  all(".question")[0].dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape" }));
  assert.ok(all(".question")[0].hidden);
  assert.deepEqual(model.sent, []);
  press("Begin again");
  press("Clear the heaps");
  assert.match(all(".card .number")[0].textContent, /Act 1 of 20/);
});

test("cards without a line are sentences", async () => {
  const { all, button } = await open("cards");
  assert.ok(button("Next sentence"));
  assert.ok(all(".ends")[0].hidden);
  assert.equal(all(".steps")[0].getAttribute("aria-label"), "Where does the sentence belong?");
});
