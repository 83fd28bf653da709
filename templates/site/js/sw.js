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
  event.respondWith(answer(event, path === "" || path.endsWith("/") ? `${path}index.html` : path));
});

/** From the shell if it is there; else from the network, and what came is kept for later. */
async function answer(event, path) {
  const { request } = event;
  const shell = await caches.open(SHELL_CACHE);
  const kept = await shell.match(path, { ignoreSearch: true });
  if (kept) return kept;
  try {
    const fresh = await fetch(request);
    // a phone that has no room left gets its answer all the same
    if (fresh.status === 200) event.waitUntil(keep(request, fresh.clone()).catch(() => {}));
    return fresh;
  } catch (error) {
    const seen = await caches.open(SEEN_CACHE);
    const last = await seen.match(request, { ignoreSearch: true });
    if (last) return last;
    if (request.mode === "navigate") return shell.match("index.html");
    throw error;
  }
}

async function keep(request, answer) {
  const seen = await caches.open(SEEN_CACHE);
  await seen.put(request, answer);
  const keys = await seen.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_SEEN)).map((key) => seen.delete(key)));
}
