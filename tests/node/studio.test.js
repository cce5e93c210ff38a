// The policy studio: a plan is written, sent, checked, replaced and taken back.
import assert from "node:assert/strict";
import test from "node:test";
import { open, pause, plan } from "./harness.js";

const answered = (model, read = model.get("plan"), saved = true) =>
  model.fire("msg:custom", { of: model.get("edit"), saved, read });

test("a word is sent after a pause, at once on leaving the field", async () => {
  const { model, type, fire, labelled } = await open("studio");
  type("Title", "Abai");
  assert.equal(model.saved.length, 0);
  await pause(500);
  assert.equal(model.saved.at(-1).plan.title, "Abai");
  type("Title", "Abai houses");
  fire(labelled("Title"), "change");
  assert.equal(model.saved.at(-1).plan.title, "Abai houses");
  answered(model);
});

test("a finding stands at its field, but not while one is writing there", async () => {
  const { model, type, labelled, fire, all } = await open("studio");
  const report = { summary: "0 of 100 points.", findings: [{ level: "error", path: ["title"], place: "Title", message: "say more." }] };
  type("Title", "A");
  model.arrive({ report });
  const note = () => labelled("Title").closest(".field").querySelector(".note").textContent;
  assert.equal(note(), "");
  fire(labelled("Title"), "change");
  model.arrive({ report });
  assert.equal(note(), "Say more.");
  assert.equal(labelled("Title").getAttribute("aria-invalid"), "true");
  assert.equal(all("summary .count")[0].textContent, "1 wrong");
  assert.equal(all("details[data-level=error] li").length, 1);
});

test("a row is Python's to add, and a removed one comes back in its place", async () => {
  const { model, press, all, button } = await open("studio");
  press("Add: instrument");
  assert.deepEqual(model.sent.at(-1), { ask: "row", section: "instruments" });
  model.arrive({ plan });
  assert.equal(all("legend").filter((one) => /^I\d$/.test(one.textContent)).length, plan.instruments.length);
  answered(model, plan);
  press("Remove I2");
  assert.deepEqual(model.get("plan").instruments.map(({ id }) => id).includes("I2"), false);
  assert.ok(!button("Undo the last removal").hidden);
  press("Undo the last removal");
  assert.deepEqual(model.get("plan").instruments.map(({ id }) => id), plan.instruments.map(({ id }) => id));
});

test("another plan is never put in the place of one's own unasked", async () => {
  const { model, press, el } = await open("studio", { state: { plan } });
  assert.match(el.textContent, /To begin with something else instead/);
  press("start from the worked example");
  assert.ok(!model.sent.some(({ ask }) => ask === "example"));
  press("Keep mine");
  press("start from the worked example");
  press("Replace it");
  assert.deepEqual(model.sent.at(-1), { ask: "example" });
});

test("a number field that one has left shows what was read", async () => {
  const { model, labelled, type, fire } = await open("studio", { state: { plan } });
  type("Points of 100", "1 0");
  fire(labelled("Points of 100"), "change");
  const read = structuredClone(model.get("plan"));
  read.instruments[0].points = 10;
  answered(model, read);
  assert.equal(labelled("Points of 100").value, "10");
});

test("choices show words and send keys; a reference lists the rows of the plan", async () => {
  const { all } = await open("studio", { state: { plan }, lang: "xx" });
  const selects = all("select").filter((one) => [...one.options].some((option) => option.value && option.textContent !== option.value));
  assert.ok(selects.length > 3);
  const references = all("select").flatMap((one) => [...one.options]).filter((option) => option.value === "A1");
  assert.ok(references.every((option) => option.textContent.startsWith("A1 ")));
});

test("the scenario is drawn from Python's marks, and a target goes back as it was typed", async () => {
  const { model, choose, type, fire, labelled, all } = await open("studio", { state: { plan } });
  assert.ok(all("svg polygon").length === 4);
  choose("Measure", "rank");
  assert.deepEqual(model.saved.at(-1).target, { measure: "rank", value: "60" });
  type("Value", "7o");
  fire(labelled("Value"), "change");
  assert.deepEqual(model.saved.at(-1).target, { measure: "rank", value: "7o" });
  model.arrive({ picture: { drawing: {}, said: "Write the target as a number.", believe: [] } });
  assert.match(all(".softpower-studio")[0].textContent, /Write the target as a number/);
});
