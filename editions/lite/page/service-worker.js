// The course's service worker. What belongs to the edition is fetched once, kept in this browser
// and answered from there, so that the course works without a network. All other requests go to
// JupyterLite's own worker, by which Python reads and writes files in the browser.
//
// The builder puts lines before this one: FILES, each path of the edition with its SHA-256, and
// EDITION, the sum of all. When one file changes, this script changes, and the browser takes it.

const SCOPE = new URL("./", location.href);
const KEPT = `asked-to-join ${SCOPE.pathname} `;
const QUIET = 1_000; // ms without a request from the page before the rest is fetched
let lastAsked = 0;

if (self.registration.active) self.skipWaiting = async () => {}; // page.js says when

addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(clients.claim());
  if (event.data === "keep all") event.waitUntil(keepAll(event.source));
});
addEventListener("fetch", (event) => {
  const path = pathOf(new URL(event.request.url));
  if (event.request.method !== "GET" || !(path in FILES)) return;
  lastAsked = Date.now();
  event.stopImmediatePropagation();
  event.respondWith(answer(event, path));
});
importScripts("jupyterlite-worker.js");

function pathOf({ origin, pathname }) {
  if (origin !== SCOPE.origin || !pathname.startsWith(SCOPE.pathname)) return null;
  const path = decodeURIComponent(pathname.slice(SCOPE.pathname.length));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

async function answer(event, path) {
  const cache = await caches.open(KEPT + EDITION);
  const kept = await cache.match(path);
  if (kept) return kept;
  const fresh = await fetch(new URL(path, SCOPE), { cache: "no-cache" });
  if (fresh.ok) event.waitUntil(keep(cache, path, fresh.clone()));
  return fresh;
}

// Keep a file, unless it is one of another edition: the server may have been given a newer one.
async function keep(cache, path, response) {
  const content = await response.clone().arrayBuffer();
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const hex = Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex === FILES[path]) await cache.put(path, response);
}

async function keepAll(page) {
  const cache = await caches.open(KEPT + EDITION);
  let [fetched, lacking] = [0, 0];
  for (const path of Object.keys(FILES)) {
    if (await cache.match(path)) continue;
    while (Date.now() - lastAsked < QUIET) await new Promise((done) => setTimeout(done, QUIET));
    const response = await fetch(new URL(path, SCOPE), { cache: "no-cache" }).catch(() => null);
    if (response?.ok) await keep(cache, path, response);
    if (await cache.match(path)) fetched++;
    else lacking++; // the next visit tries again
  }
  if (fetched && !lacking) page.postMessage("all kept");
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(KEPT) && name !== KEPT + EDITION);
  await Promise.all(older.map((name) => caches.delete(name)));
}
