// Without a network the reader is told so, in the fund's words. Nothing with data is ever kept:
// only the offline page, which comes before this text, and the sheet and mark it is drawn with.
const CACHE = "offline-" + hash(PAGE + KEPT.join());

function hash(text) {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) | 0;
  return (sum >>> 0).toString(36);
}

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT);
}

async function forgetOlder() {
  const names = (await caches.keys()).filter((name) => name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.clients.claim();
}

function offline() {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(PAGE, { status: 503, headers });
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(offline));
  else if (KEPT.includes(pathname + search))
    event.respondWith(fetch(request).catch(() => caches.match(request)));
});
