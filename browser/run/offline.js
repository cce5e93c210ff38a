// After the first visit the course works without a network: its pages and what runs them are kept.
// A file that did not change between two versions of the site is not fetched again.
"use strict";

const KEPT = {{kept}};
const FOLDER = "{{folder}}"; // of the pages to work in
const NAME = "softpower-course";
const ROOT = new URL(".", self.location).href;

const stamped = (name) => `${ROOT}${name}?${KEPT[name]}`;

// What is kept is what its sum says: not the bytes of yesterday that a cache on the way still has.
// A page is not measured: its server may add to it, and it is asked for anew in any case.
async function isRight(name, answer) {
  if (!answer.ok || answer.redirected) return false;
  if (name.endsWith(".html")) return true;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("").startsWith(KEPT[name]);
}

// Of the pages, those of the reader's language are fetched ahead; of others, what was visited stays.
async function fill(language) {
  const store = await caches.open(NAME);
  const wanted = new Set(Object.keys(KEPT).map(stamped));
  const folder = (language === "en" ? "" : `${language}/`) + `${FOLDER}/`;
  const ours = (name) => [folder, `${FOLDER}/page/`, `${FOLDER}/run/`].some((one) => name.startsWith(one));
  for (const name of Object.keys(KEPT).filter(ours)) {
    if (await store.match(stamped(name))) continue;
    const answer = await fetch(ROOT + name, { cache: "no-cache" });
    if (await isRight(name, answer.clone())) await store.put(stamped(name), answer);
  }
  for (const request of await store.keys()) if (!wanted.has(request.url)) await store.delete(request);
}

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data?.fill) event.waitUntil(fill(event.data.fill).catch(() => {}));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const name = request.url.replace(/[?#].*$/, "").slice(ROOT.length).replace(/(^|\/)$/, "$1index.html");
  if (request.method !== "GET" || !request.url.startsWith(ROOT) || !(name in KEPT)) return;
  event.respondWith((async () => {
    const kept = await caches.match(stamped(name)).catch(() => undefined);
    // A page is asked for anew, so that a newer version is met at once; what it runs is kept.
    if (kept && !name.endsWith(".html")) return kept;
    try {
      return await fetch(request, { cache: "no-cache" });
    } catch (error) {
      if (kept) return kept;
      throw error;
    }
  })());
});
