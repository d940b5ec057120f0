// Serves this page where there is no connection. It stores only the page's own small files, each
// time they are loaded; the large ones are kept by engine.js.

const PAGE = "wsis-model-page";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", event => {
  const own = event.request.method === "GET" && event.request.url.startsWith(self.registration.scope);
  if (own) event.respondWith(answer(event.request));
});

async function answer(request) {
  const large = request.url.endsWith(".gz");
  try {
    const response = await fetch(request);
    if (response.ok && !large) (await caches.open(PAGE)).put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await caches.match(request, {ignoreSearch: true});
    if (kept) return kept;
    throw error;
  }
}
