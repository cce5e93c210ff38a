// What a page says by itself, in its language; what Python says comes from the course's package.
import { words } from "./page.js";

// Whole and plain, so that each is found for the catalogues.
function t(message, places = {}) {
  return (words[message] ?? message).replace(/\{(\w+)\}/g, (hole, name) => String(places[name] ?? hole));
}

export const WORDS = {
  coming: (share) => t("Python is getting ready: {share} %. You can read meanwhile.", { share: Math.round(share * 100) }),
  starting: t("Python is starting. You can read meanwhile."),
  ready: t("Ready"),
  waits: t("This cell runs as soon as Python is ready."),
  runs: t("Working"),
  failed: t("Python could not be fetched: is the connection lost? What you wrote is kept."),
  lacking: t("What this cell needs could not be fetched: is the connection lost? Run the cell again when it is back."),
  again: t("Try again"),
  stopped: t("Python was stopped, and begins anew. What you typed stays. Run the cell again when you like, and before it those above that it needs."),
  above: t("Run the cells above, then this one"),
  unkept: t("This browser keeps nothing after the window is closed (a private window, or a full disk). Choose My work, Save my work before you leave."),
  twice: t("This page is open in another tab or window, too. What you write in one appears in the other."),
  changed: t("The course has changed this cell since you filled it in. Yours is kept."),
  see: t("Show the new one in place of mine"),
  loaded: (files, cells) => t("Loaded: {cells} cells and {files} other files of your work.", { files, cells }),
  unread: t("This file holds no work of this course. Choose the file that Save my work gave you, or an exercise's notebook."),
  unfetched: t("The course's pages could not be fetched, so that nothing was loaded: is the connection lost? What is here is kept. Try again when it is back."),
  replace: t("What is in this browser now will be replaced where the file has something else. Save my work first if you want to keep both. Load it?"),
  afresh: t("Everything that you wrote on this page will be taken away, and the page begins afresh. Go on?"),
  saved: t("Saved among your downloads. Load my work takes it back, on any computer."),
  handed: t("The notebook to hand in is among your downloads. Give it to your teacher as it is."),
  framed: t("This page stands inside another one, where a browser may keep nothing."),
  own: t("Open it in a window of its own"),
  run: (label) => t("{label}, has run", { label }),
  wide: t("Wider than the window"),
};
