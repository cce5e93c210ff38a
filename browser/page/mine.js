// What is kept of this page: { cell: { source, was, outputs } }, as this tab knows it.
import * as keep from "./keep.js";
import { note, path } from "./page.js";
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
  return adopt(await keep.cellsOf(path));
}

export function remember(cell, change) {
  mine[cell.id] = { was: cell.given, source: cell.source(), outputs: [], ...mine[cell.id], ...change };
  changed.add(cell.id);
  clearTimeout(late);
  late = setTimeout(keepNow, 400);
}

// Only what was changed here: another tab may have written since.
export async function keepNow() {
  clearTimeout(late);
  if (!changed.size || leaving) return;
  const cells = Object.fromEntries([...changed].map((id) => [id, mine[id]]));
  changed.clear();
  const kept = await keep.put({ cells: keep.asPairs(path, cells) });
  tabs.tell({ kind: "cells", path, cells });
  if (kept) return;
  for (const id of Object.keys(cells)) changed.add(id); // it is tried again
  note("unkept", WORDS.unkept);
}

// What is written next is the last word on it: this page does not write over it.
export function close(closed = true) {
  leaving = closed;
}

// What a learner filled in stands, also over the course's newer words; a cell that only ran gives
// way to them, with what it showed.
export function standing(own, given) {
  return own && (own.source !== own.was || own.was === given) ? own : undefined;
}
