"use strict";
const token = new URLSearchParams(location.search).get("token") || "";
const $ = (id) => document.getElementById(id);
const speech = JSON.parse($("speech").textContent);
const filled = (message, places) => message.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
const t = (message, places = {}) => filled(speech.messages[message] ?? message, places);
const tn = (one, many, count, places = {}) => {
  const form = speech.plural[count < 200 ? count : 100 + (count % 100)] ?? speech.plural[2]; // 2.5 points
  return filled((speech.messages[one] ?? [one, many])[form], { count, ...places });
};
let questions = [], question = null, list = [], place = 0, current = 0, waiting = 0;
const pending = new Map(); // comments on their way, by row

const ask = async (path, body) => {
  const answer = await fetch(path, {
    method: body ? "POST" : "GET", headers: { "X-Token": token },
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

const say = (text, bad) => { $("said").textContent = text; $("said").className = bad ? "bad" : ""; };
const element = (name, text, more) => Object.assign(document.createElement(name), { textContent: text || "" }, more);
// What stands in the sheet and is no level ("2.5", "7") waits, as the grader counts it.
const isLevel = (text, criterion) => {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && Number.isInteger(number) && number >= 0 && number < criterion.levels.length;
};
const isDone = (answer) => answer.marks.every((mark, number) => isLevel(mark.level, question.criteria[number]));
// With hidden names the order must not tell who it is: it follows a fingerprint.
const order = (answer) => answer.marks[0].row_id;

function sort() {
  list = [...question.answers];
  if ($("hide").checked) list.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const open = list.filter((answer) => !isDone(answer));
  if ($("open-only").checked) list = open;
  place = 0;
}

function show(focus) {
  const answer = list[place];
  $("other").hidden = true;
  $("criteria").replaceChildren();
  $("task-text").innerHTML = question.task; // made by the grader, without HTML of the learner's
  $("task").hidden = !question.task;
  const done = question.answers.filter(isDone).length;
  $("count").textContent = t("{done} of {all} marked", { done, all: question.answers.length });
  if (!answer) {
    $("who").textContent = t("Nothing waits here");
    $("answer").replaceChildren();
    return;
  }
  const where = { number: place + 1, all: list.length, who: answer.who };
  $("who").textContent = $("hide").checked ? t("Answer {number} of {all}", where) : t("Answer {number} of {all}: {who}", where);
  $("answer").innerHTML = answer.html;
  $("answer").scrollTop = 0;
  question.criteria.forEach((criterion, number) => $("criteria").append(field(criterion, answer.marks[number], number)));
  current = Math.max(0, answer.marks.findIndex((mark, number) => !isLevel(mark.level, question.criteria[number])));
  if (focus) focusOn(current);
}

function focusOn(number) {
  const set = $("criteria").children[number];
  if (!set) return $("next").focus();
  current = number;
  (set.querySelector("input:checked") || set.querySelector("input")).focus();
}

function field(criterion, mark, number) {
  const set = element("fieldset");
  set.append(element("legend", criterion.name), element("p", criterion.look));
  criterion.levels.forEach((level, index) => {
    const label = element("label", "", { className: "level" });
    const radio = element("input", "", { type: "radio", name: `level-${number}`, value: String(index) });
    radio.checked = mark.level.trim() !== "" && Number(mark.level.replace(",", ".")) === index;
    radio.addEventListener("change", () => (asks() ? first() : keep(mark, { level: String(index), comment: mark.comment }, set)));
    label.append(radio, ` ${tn("{level}: {looks} ({points} point)", "{level}: {looks} ({points} points)", level.points, { level: index, looks: level.looks, points: level.shown })}`);
    if (level.sample) label.title = level.sample;
    set.append(label);
  });
  const samples = element("details");
  samples.append(element("summary", t("A sample of each level")));
  criterion.levels.forEach((level, index) => { if (level.sample) samples.append(element("p", `${index}: ${level.sample}`)); });
  const label = element("label", t("Comment to the student"));
  const box = element("textarea", "", { value: mark.comment });
  label.append(box);
  const write = () => {
    clearTimeout(waiting);
    pending.delete(mark.row_id);
    if (box.value.trim() !== mark.comment.trim()) return keep(mark, { level: mark.level, comment: box.value }, set);
  };
  box.addEventListener("input", () => { pending.set(mark.row_id, write); clearTimeout(waiting); waiting = setTimeout(write, 700); });
  box.addEventListener("change", write);
  const insert = (text) => {
    if (!box.value.includes(text)) box.value = box.value.trim() ? `${box.value.trim()} ${text}` : text;
    box.focus();
    return write();
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { write(); focusOn(number); }
    const text = event.altKey && criterion.earlier[Number(event.key) - 1];
    if (text) { event.preventDefault(); insert(text); }
  });
  set.append(samples, label);
  if (criterion.earlier.length) {
    const earlier = element("details");
    earlier.append(element("summary", t("Earlier comments")));
    criterion.earlier.forEach((text) => {
      const button = element("button", text, { type: "button", className: "early" });
      button.addEventListener("click", () => insert(text));
      earlier.append(button);
    });
    set.append(earlier);
  }
  if (mark.note) set.append(element("p", mark.note, { className: "note" }));
  set.addEventListener("focusin", () => { current = number; });
  return set;
}

// While the page asks which of two marks stands, nothing else is sent, and every key says so.
const asks = () => !$("other").hidden;
let answered = Promise.resolve();
function first() {
  say(`${$("other").dataset.said} ${t("The page waits for your answer: t keeps theirs, m writes yours.")}`, true);
  $("other").firstElementChild.focus();
}

let turn = Promise.resolve(); // one mark after the other, in the order in which they were given
function keep(mark, now, set) {
  turn = turn.then(() => send(mark, now, set));
  return turn;
}

async function send(mark, now, set) {
  await answered;
  const whole = { level: now.level, comment: now.comment.trim() };
  try {
    const answer = await ask("/mark", { row_id: mark.row_id, seen: { level: mark.level, comment: mark.comment }, now: whole });
    if (answer.kept) {
      Object.assign(mark, whole, { note: "" });
      set.querySelectorAll(".note").forEach((note) => note.remove());
      remember(mark);
      $("count").textContent = t("{done} of {all} marked", { done: question.answers.filter(isDone).length, all: question.answers.length });
      say(t("Kept."));
    } else collide(mark, whole, answer.there, set);
  } catch (error) {
    say(error instanceof TypeError ? t("The page has lost its connection: run the command again. This mark was not kept.") : error.message, true);
  }
}

// Somebody has marked the same answer elsewhere: nothing is written over it without a word.
function collide(mark, mine, there, set) {
  const level = there.level || t("none");
  const places = {
    criterion: set.querySelector("legend").textContent, mine: mine.level || t("none"),
    theirs: there.comment ? t("{level}, “{comment}”", { level, comment: there.comment }) : level,
  };
  $("other").dataset.said = question.criteria.length > 1
    ? t("Somebody else has marked this meanwhile ({criterion}): level {theirs}. Yours, {mine}, was not written.", places)
    : t("Somebody else has marked this meanwhile: level {theirs}. Yours, {mine}, was not written.", places);
  const theirs = element("button", t("Keep theirs (t)"), { type: "button" });
  const own = element("button", t("Write mine over it (m)"), { type: "button" });
  answered = new Promise((go) => {
    const settle = (act) => () => { Object.assign(mark, there); $("other").hidden = true; go(); act(); };
    theirs.addEventListener("click", settle(() => { say(t("Theirs stands.")); show(true); }));
    own.addEventListener("click", settle(() => keep(mark, mine, set).then(() => asks() || show(true))));
  });
  $("other").replaceChildren(theirs, " ", own);
  $("other").hidden = false;
  first();
}

function remember(mark) {
  const number = question.answers.flatMap((answer) => answer.marks.map((one, index) => [one, index])).find(([one]) => one === mark);
  const known = number && question.criteria[number[1]].earlier;
  if (known && mark.comment && !known.includes(mark.comment) && known.length < 8) known.push(mark.comment);
}

async function go(step) {
  if (asks()) return first();
  await Promise.all([...pending.values()].map((write) => write()));
  await turn;
  if (asks()) return first();
  const next = place + step;
  if (next < 0 || next >= list.length) return say(step > 0 ? t("That was the last answer.") : t("This is the first answer."));
  place = next;
  say("");
  show(true);
}

let acts = Promise.resolve(); // keys that come faster than the page follow each other
async function act(key) {
  if (key === "n") return go(1);
  if (key === "p") return go(-1);
  const set = $("criteria").children[Math.min(current, question.criteria.length - 1)];
  if (!set) return undefined;
  if (key === "c") return set.querySelector("textarea").focus();
  const level = set.querySelector(`input[value="${key}"]`);
  if (level) {
    const number = current;
    level.click();
    focusOn(number + 1);
  }
  return undefined;
}

document.addEventListener("keydown", (event) => {
  if (!$("keys").checked || event.ctrlKey || event.altKey || event.metaKey || !question) return;
  if (event.target.matches("textarea, select") || !/^[0-9npctm]$/.test(event.key)) return;
  event.preventDefault();
  if (asks()) {
    if (event.key === "t") $("other").firstElementChild.click();
    else if (event.key === "m") $("other").lastElementChild.click();
    else first();
    return;
  }
  acts = acts.then(() => act(event.key));
});
$("next").addEventListener("click", () => go(1));
$("back").addEventListener("click", () => go(-1));
$("hide").addEventListener("change", () => { sort(); show(); });
$("open-only").addEventListener("change", () => { sort(); show(); });
$("question").addEventListener("change", () => { question = questions[Number($("question").value)]; sort(); show(); });
$("end").addEventListener("click", async () => {
  if (asks()) return first();
  await Promise.all([...pending.values()].map((write) => write()));
  await turn;
  if (asks()) return first();
  await ask("/end", {});
  document.querySelector("main").replaceChildren(element("h1", t("Marking has ended")), element("p", t("The results are being written. You can close this page.")));
});

ask("/answers").then((found) => {
  questions = found;
  questions.forEach((one, number) => $("question").append(element("option", one.title, { value: String(number) })));
  question = questions[0];
  if (!question) return say(t("No answer waits to be marked."));
  sort();
  show(true);
}).catch((error) => say(error.message, true));
