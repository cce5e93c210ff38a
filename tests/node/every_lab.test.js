// What every lab's script promises, whatever it is about.
import assert from "node:assert/strict";
import test from "node:test";
import { cited, names, open } from "./harness.js";

// A word of English: two Latin letters. Names of files and the texts of a source stay as they are.
const stays = /\b[\w./-]+\.(?:csv|json|html)\b|my_work/g;

for (const name of names) {
  test(`${name} is drawn, speaks English and says so`, async () => {
    const { box } = await open(name);
    assert.equal(box.lang, "en");
    assert.ok(box.textContent.length > 40);
  });

  test(`${name} leaves nothing behind`, async () => {
    const { model, leave } = await open(name);
    assert.ok(model.listeners.length > 0);
    leave();
    assert.deepEqual(model.listeners, []);
  });

  test(`${name} says when Python is gone`, async () => {
    const { model, el } = await open(name);
    const alert = el.querySelector("[role=alert]");
    assert.equal(alert.textContent, "");
    model.fire("comm_live_update");
    assert.match(alert.textContent, /Run the first cell/);
  });

  test(`${name} has a label for each control, and a name for each picture`, async () => {
    const { all, el } = await open(name);
    for (const control of all("input, select, textarea")) {
      const label = control.closest("label") ?? el.querySelector(`label[for="${control.id}"]`);
      assert.ok(label?.textContent.trim() || control.getAttribute("aria-label"), control.outerHTML);
    }
    for (const picture of all("svg")) assert.ok(picture.getAttribute("aria-label"), name);
    for (const line of all("button")) assert.ok(line.textContent.trim() || line.getAttribute("aria-label"));
  });

  test(`${name} keeps no English word in another language`, async () => {
    const { box, all } = await open(name, { lang: "xx" });
    assert.equal(box.lang, "xx");
    const heard = all("[aria-label], [title]").flatMap((one) => [one.getAttribute("aria-label"), one.getAttribute("title")]);
    for (const line of all("textarea")) line.textContent = ""; // settings as text are for a program
    const leaves = all("*").flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data));
    const shown = [...leaves, ...heard.filter(Boolean)].join(" ").replace(stays, "");
    const found = (shown.match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !cited.has(word));
    assert.deepEqual([...new Set(found)], []);
  });
}
