// The index lab: what is chosen, what is drawn, and what waits for the first move.
import assert from "node:assert/strict";
import test from "node:test";
import { open, pause } from "./harness.js";

test("before the first move nothing answers the guesses", async () => {
  const { model, all, el, press } = await open("index");
  assert.equal(all("svg .bounds").length, 0);
  assert.doesNotMatch(el.querySelector(".said").textContent, /The weight that helps/);
  assert.equal(all("svg g").length, model.get("view").rows.length);
  press("Show it now");
  assert.deepEqual(model.saved.at(-1), { moved: true });
  assert.match(el.querySelector(".said").textContent, /The weight that helps|No single indicator/);
});

test("points, doubt and lists are sent with all other settings", async () => {
  const { model, type, choose, tick, all } = await open("index");
  type("World Heritage sites", "10");
  assert.equal(model.saved.at(-1).settings.points.heritage_sites, 10);
  assert.ok(model.saved.at(-1).moved);
  type("Doubt", "60");
  assert.equal(model.get("settings").doubt, 60);
  assert.ok(all("output").some((one) => one.textContent === "60%"));
  choose("Mean", "geometric");
  assert.equal(model.get("settings").aggregation, "geometric");
  const use = all("input[type=checkbox]")[0];
  use.checked = false;
  use.dispatchEvent(new window.Event("change"));
  assert.equal(Object.keys(model.get("settings").points).length, model.get("options").indicators.length - 1);
  assert.ok(tick);
});

test("the bounds are asked for when one rests, and drawn when they come", async () => {
  const { model, all } = await open("index", { state: { moved: true } });
  await pause(400);
  assert.equal(model.sent.at(-1).ask, "bounds");
  const countries = model.get("view").rows.map(({ country }) => country);
  model.arrive({ bounds: Object.fromEntries(countries.map((country) => [country, [1, 28]])) });
  assert.equal(all("svg .bounds").length, 3 * countries.length);
  model.fire("msg:custom", { limits: "Within your doubt.", of: model.get("view").json });
  assert.match(all(".said")[0].textContent, /Within your doubt\./);
});

test("settings of last time are offered where one looks first, until the first move", async () => {
  const { model, press, button } = await open("index", { state: { former: true } });
  assert.ok(!button("Take my last settings back"));
  press("Take them up again");
  assert.deepEqual(model.sent.at(-1), { ask: "back" });
  model.arrive({ moved: true });
  assert.ok(!button("Take them up again"));
  assert.ok(button("Take my last settings back"));
});

test("settings travel as text, and a problem is said while the picture stays", async () => {
  const { model, press, all, said, labelled } = await open("index");
  labelled("Your settings as text").value = "{";
  press("Load these settings");
  assert.deepEqual(model.sent.at(-1), { ask: "load", text: "{" });
  model.fire("msg:custom", { loaded: "This is not JSON." });
  assert.match(said(), /This is not JSON/);
  model.arrive({ bounds: { "South Korea": [1, 28] } }); // they come late: what stands there is the reader's
  assert.equal(labelled("Your settings as text").value, "{");
  model.arrive({ view: { ...model.get("view"), json: '{"doubt": 1}' } });
  assert.equal(labelled("Your settings as text").value, '{"doubt": 1}');
  model.arrive({ view: { ...model.get("view"), problem: "Nothing counts." } });
  assert.match(said(), /Nothing counts/);
  assert.ok(all("svg g").length > 20);
});
