// Keeps the pages for times without a network. VERSION, SHELL and FRAMES stand above, written by the build.
// A new build is a new VERSION: its shell is fetched whole, then the old one is dropped.

const SHELL_CACHE = `shell-${VERSION}`;
const SEEN_CACHE = "seen"; // banners that were looked at, newest last
const MOST_SEEN = 60;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(SHELL_CACHE)
      .then((cache) => cache.addAll([...SHELL, ...FRAMES].map((path) => new Request(path, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELL_CACHE && name !== SEEN_CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const scope = new URL(self.registration.scope);
  if (event.request.method !== "GET" || !address.href.startsWith(scope.href)) return;
  const path = address.pathname.slice(scope.pathname.length);
  event.respondWith(answer(event.request, path === "" || path.endsWith("/") ? `${path}index.html` : path));
});

/** From the shell if it is there; else from the network, and what came is kept for later. */
async function answer(request, path) {
  const shell = await caches.open(SHELL_CACHE);
  const kept = await shell.match(path, { ignoreSearch: true });
  if (kept) return kept;
  const seen = await caches.open(SEEN_CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.status === 200) {
      await seen.put(request, fresh.clone());
      const keys = await seen.keys();
      await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_SEEN)).map((key) => seen.delete(key)));
    }
    return fresh;
  } catch (error) {
    const last = await seen.match(request, { ignoreSearch: true });
    if (last) return last;
    throw error;
  }
}
