// Labs in which one writes: nothing that is typed is lost, and a commitment is asked for once.
import assert from "node:assert/strict";
import test from "node:test";
import { open, pause } from "./harness.js";

test("commit: what is typed is sent together, and the form goes after the commitment", async () => {
  const { model, type, all, fire, el } = await open("commit");
  type("The effect of the programme", "4,5");
  type("How I came to it", "beyond the others");
  fire(el.querySelector("form"), "submit");
  const { typed } = model.saved.at(-1);
  assert.deepEqual([typed.estimate, typed.reason], ["4,5", "beyond the others"]);
  assert.ok(!all("form")[0].hidden);
  model.arrive({ committed: { estimate: 4.5, reason: "beyond the others" }, revealed: [["Your estimate", "4.5"], ["True effect (simulated)", "4.0"]] });
  assert.ok(all("form")[0].hidden);
  assert.match(el.textContent, /You committed to 4\.5 points/);
  assert.match(el.textContent, /True effect/);
});

test("transfer: all three conditions and a reason go together", async () => {
  const { model, all, type, fire, el } = await open("transfer");
  const groups = all("fieldset");
  assert.equal(groups.length, 3);
  for (const group of groups) group.querySelector("input").checked = true;
  type("What I know that says so", "I have been there");
  fire(el.querySelector("form"), "submit");
  const { at, ...typed } = model.saved.at(-1).typed;
  assert.ok(at > 0);
  assert.deepEqual(typed, { marketplace: "met", messenger: "met", attitudes: "met", reason: "I have been there" });
  model.arrive({ course: [["marketplace", "met", "partly", "Many voices.", "RSF"]], status: "Your verdict: worth a trial." });
  assert.match(all(".scroll")[0].textContent, /Many voices/);
});

test("transfer: what is typed stays with its pair", async () => {
  const { model, type, choose, labelled } = await open("transfer");
  type("What I know that says so", "half a thought");
  const [first, second] = model.get("instruments");
  choose("Borrow", second.id);
  assert.equal(labelled("What I know that says so").value, "");
  choose("Borrow", first.id);
  assert.equal(labelled("What I know that says so").value, "half a thought");
});

test("desk: a code is sent at once, a reason after a pause, and the tally is Python's", async () => {
  const { model, all, type, said, press, fire } = await open("desk");
  const [first, second] = model.get("statements");
  const radio = all("input[type=radio]")[1];
  radio.checked = true;
  fire(radio, "change");
  assert.deepEqual(model.saved.at(-1).given[first.statement_id], [radio.value, ""]);
  assert.match(said(), /Saving…/);
  model.arrive({ saved: "1 of 24 statements coded." });
  model.fire("msg:custom", { saved: true });
  assert.match(said(), /1 of 24/);
  type("Why?", "a word");
  await pause(500);
  assert.deepEqual(model.saved.at(-1).given[first.statement_id], [radio.value, "a word"]);
  press("Next statement");
  assert.equal(all("blockquote")[0].textContent, second.statement);
  assert.ok(all("input[type=radio]").every((one) => !one.checked));
});

test("desk: what Python never got is there when the desk opens again", async () => {
  const { model, all, fire, leave, window } = await open("desk");
  const radio = all("input[type=radio]")[0];
  radio.checked = true;
  fire(radio, "change");
  const kept = window.sessionStorage.getItem(`softpower ${model.get("file")}`);
  assert.match(kept, new RegExp(radio.value));
  leave();
});
