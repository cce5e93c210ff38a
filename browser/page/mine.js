// What is kept of this page: { cell: { source, was, outputs, language, when } }, as this tab knows it.
import * as keep from "./keep.js";
import { language, note, path } from "./page.js";
import * as tabs from "./tabs.js";
import { WORDS } from "./words.js";

export const mine = {};
const changed = new Set(); // the cells that were changed here and are not kept yet
let late = null;
let leaving = false; // what is kept is newer than what this page holds: it writes no more

// Lays what is kept over what this tab knows, but for what was changed here meanwhile; returns the
// ids of the cells that are other now.
export function adopt(theirs) {
  const other = Object.keys(theirs).filter((id) => !changed.has(id) && JSON.stringify(mine[id]) !== JSON.stringify(theirs[id]));
  for (const id of other) mine[id] = theirs[id];
  return other;
}
export async function read() {
  const kept = await keep.cellsOf(path);
  const last = lastWords().filter(([id, own]) => !(kept[id]?.when >= own.when));
  for (const [id, own] of last) kept[id] = { outputs: [], ...kept[id], ...own };
  const other = adopt(kept);
  for (const [id] of last) keepSoon(id);
  return other;
}

// Who types goes on typing, so that a moment is waited; what a cell shows is kept at once.
export function remember(cell, change) {
  mine[cell.id] = { was: cell.given, source: cell.source(), outputs: [], ...mine[cell.id], ...change, language, when: Date.now() };
  keepSoon(cell.id, "outputs" in change ? 0 : 400);
}
function keepSoon(id, wait = 400) {
  changed.add(id);
  clearTimeout(late);
  late = setTimeout(keepNow, wait);
}

// Only what was changed here: another tab may have written since.
export async function keepNow() {
  clearTimeout(late);
  if (!changed.size || leaving) return;
  const cells = Object.fromEntries([...changed].map((id) => [id, mine[id]]));
  const kept = await keep.put({ cells: keep.asPairs(path, cells) });
  tabs.tell({ kind: "cells", path, cells });
  if (!kept) return note("unkept", WORDS.unkept); // it is tried again with the next word
  for (const id of Object.keys(cells)) {
    if (mine[id] !== cells[id]) continue; // changed meanwhile
    changed.delete(id);
    lay(id, null);
  }
}

// What is written next is the last word on it: this page does not write over it.
export function close(closed = true) {
  leaving = closed;
  if (closed) for (const [id] of lastWords()) lay(id, null);
}

// A page that is being left may not see to the end what it gives the database to keep. So its last
// words, and what its cells showed last, lie in a smaller store that needs no wait, until they are
// seen to be kept.
const PLACE = `softpower-course ${path}#`;
function lay(id, own) {
  try {
    if (own) localStorage.setItem(PLACE + id, JSON.stringify(own));
    else localStorage.removeItem(PLACE + id);
  } catch { /* a browser that keeps nothing has said so */ }
}
function lastWords() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PLACE));
    return names.map((name) => [name.slice(PLACE.length), JSON.parse(localStorage.getItem(name))]);
  } catch {
    return [];
  }
}
const words = ({ source, was, language, when }) => ({ source, was, language, when });
export function leave() {
  // Where there is no room for both, every cell's words stand before what any cell showed.
  for (const part of leaving ? [] : [words, (own) => own]) for (const id of changed) lay(id, part(mine[id]));
  return keepNow();
}

// What a learner filled in stands, also over the course's newer words; a cell that only ran gives
// way to them, with what it showed.
export function standing(own, given) {
  return own && (own.source !== own.was || own.was === given) ? own : undefined;
}
