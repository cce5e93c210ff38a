// A notebook as a page to work in: its words are there at once, Python gets ready behind them.
import * as carry from "./carry.js";
import { Cell, cells, scrollers } from "./cells.js";
import * as keep from "./keep.js";
import * as mine from "./mine.js";
import { at, language, made, note, notebook, path, quiet } from "./page.js";
import * as python from "./python.js";
import * as tabs from "./tabs.js";
import { WORDS } from "./words.js";

// The labs and the verdicts ask the page for its theme.
const dark = matchMedia("(prefers-color-scheme: dark)");
const theme = () => { document.documentElement.dataset.theme = dark.matches ? "dark" : "light"; };
dark.addEventListener("change", theme);
theme();

// ---- Other tabs of the course: one record of learning, one page whichever tab it is written in

const show = (ids) => { for (const id of ids) cells.get(id)?.restore(); };
const here = (work) => (message) => { if (message.path === path) work(message); };
tabs.listen({
  file: python.put,
  cells: here(({ cells: theirs }) => show(mine.adopt(theirs))),
  who: here(() => { tabs.tell({ kind: "here", path }); note("twice", WORDS.twice); }),
  here: here(() => note("twice", WORDS.twice)),
  gone: here(() => { quiet("twice"); tabs.tell({ kind: "who", path }); }),
  anew(message) {
    if (message.path && message.path !== path) return;
    mine.close();
    python.dismiss();
    location.reload();
  },
});
const greet = () => tabs.tell({ kind: "who", path });

// A tab that slept heard nothing: it looks again at what is kept.
async function wake() {
  show(await mine.read().catch(() => []));
}

// ---- The menu, and links

const menu = at("details.menu");
const fold = (event) => {
  if (!menu.open || (event.type === "click" && menu.contains(event.target))) return;
  if (event.type === "keydown") {
    if (event.key !== "Escape") return;
    if (menu.contains(document.activeElement)) at("summary", menu).focus();
  }
  menu.open = false;
};
document.addEventListener("click", fold);
document.addEventListener("keydown", fold);
at("#stop").addEventListener("click", python.stop);
carry.listen();

// The same page of another language has the same places: the switch leads to the one that is seen.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".languages a");
  if (!link) return;
  const line = 10 * parseFloat(getComputedStyle(document.documentElement).fontSize); // where a place that is led to stands
  const above = [...document.querySelectorAll("main section[id]")].filter((one) => one.getBoundingClientRect().top < line);
  link.hash = above.length > 1 ? above.at(-1).id : "";
});

// What Python shows leads to notebooks; here each is a page.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.outputs a[href*=".ipynb"]');
  if (!link) return;
  event.preventDefault();
  const [file, place] = link.getAttribute("href").split("/").pop().split("#");
  location.href = file.replace(/\.ipynb$/, ".html") + (place ? `#${place}` : "");
});

// ---- Without a network

// Once Python is here and rests, so that the first visit waits for nothing.
async function keepSite() {
  try {
    await navigator.serviceWorker.register(new URL("../../sw.js", import.meta.url));
    const ready = await navigator.serviceWorker.ready;
    const fill = () => (python.rests() ? ready.active.postMessage({ fill: language }) : setTimeout(fill, 3000));
    setTimeout(fill, 3000);
  } catch (error) {
    console.warn(error); // a browser without it needs the network, and nothing else
  }
}

// ---- The page opens

for (const section of document.querySelectorAll("section.code")) {
  const cell = new Cell(section, python.run);
  cells.set(cell.id, cell);
}
for (const holder of document.querySelectorAll(".outputs .output")) scrollers(holder);
const kept = await mine.read().then(() => keep.ready(), () => false);
show(cells.keys());
if (!kept) note("unkept", WORDS.unkept);
if (window.top !== window.self) note("framed", WORDS.framed, made("a", { href: location.href, target: "_blank", textContent: WORDS.own }));
if (history.state?.said) { note("saved", history.state.said); history.replaceState(null, ""); }
addEventListener("pagehide", () => { mine.leave(); tabs.tell({ kind: "gone", path }); });
addEventListener("pageshow", (event) => { if (event.persisted) { greet(); wake(); } });
document.addEventListener("visibilitychange", () => (document.hidden ? mine.leave() : wake()));
greet();
python.start();
document.documentElement.dataset.page = "ready";
navigator.storage?.persist?.().catch(() => {});
if ("serviceWorker" in navigator) keepSite();
window.softpower = { cells, everything: carry.everything, filled: () => carry.filled(notebook, mine.mine), runAll: () => python.run([...cells.values()]) };
