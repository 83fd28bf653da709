// Keeps the pages for times without a network. EDITION and KEPT, the SHA-256 of each kept file by its path, stand
// above, written by the build. A new edition is fetched whole, and each file is compared with its digest: of a copy
// that is half-way nothing is taken, the former edition stays whole, and the next visit tries again.

// caches belong to the whole host: those of other campaigns, and of other programs, are left alone
const OURS = `dxassets ${self.registration.scope} `;
const SHELL_CACHE = `${OURS}${EDITION}`;
const SEEN_CACHE = `${OURS}seen`; // banners that were looked at, newest last
const MOST_SEEN = 60;
const TABLE = /\/js\/shapes-/; // what the banners of a day share: no banner pushes it out, only its own next edition
const PATIENT = ["default", "reload"]; // what a cache on the way holds, then past all caches

self.addEventListener("install", (event) => {
  event.waitUntil(fill(["reload"]).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith(OURS) && name !== SHELL_CACHE && name !== SEEN_CACHE))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const scope = new URL(self.registration.scope);
  if (event.request.headers.has("range")) return; // films are asked for in parts, which only a server gives
  if (event.request.method !== "GET" || !address.href.startsWith(scope.href)) return;
  let path = address.pathname.slice(scope.pathname.length);
  if (path === "" || path.endsWith("/")) path += "index.html";
  const said = address.searchParams.get("v");
  const digest = Object.hasOwn(KEPT, path) ? KEPT[path] : null;
  if (digest && (said === null || digest.startsWith(said))) event.respondWith(fromShell(event, path, digest));
  else if (/^[0-9a-f]{10}$/.test(said)) event.respondWith(fromOutside(event, address.href, said));
  else if (path === "edition.js") event.respondWith(fromNetwork(event));
  else if (event.request.mode === "navigate" && /^(en\/)?[\w-]+\.html$/.test(path)) event.respondWith(fromNowhere(event));
  // whatever else lies here is not ours
});

const addressOf = (path) => (path.endsWith(".html") ? path : `${path}?v=${KEPT[path].slice(0, 10)}`);

async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What lies at `address` if its SHA-256 begins with `digest`; null when something else lies there. */
async function whole(address, digest, ways) {
  for (const cache of ways) {
    const answer = await fetch(address, { cache });
    if (answer.status !== 200) continue;
    const bytes = await answer.arrayBuffer();
    if (!(await digestOf(bytes)).startsWith(digest)) continue;
    const headers = new Headers(answer.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name); // unpacked by now
    return new Response(bytes, { headers });
  }
  return null;
}

/** Puts into the shell what is not there; fails as a whole where one file is not the one of this edition. */
async function fill(ways) {
  const shell = await caches.open(SHELL_CACHE);
  await Promise.all(
    Object.keys(KEPT).map(async (path) => {
      if (await shell.match(path)) return;
      const answer = await whole(addressOf(path), KEPT[path], ways);
      if (!answer) throw new Error(`${path} is not the one of this edition`);
      await shell.put(path, answer);
    }),
  );
}

async function fromShell(event, path, digest) {
  const shell = await caches.open(SHELL_CACHE);
  const kept = await shell.match(path);
  if (kept) return kept;
  event.waitUntil(fill(PATIENT).catch(() => {})); // somebody has emptied it
  const answer = await whole(addressOf(path), digest, PATIENT);
  if (answer) return answer;
  return path.endsWith(".html") ? fetch(event.request) : Response.error(); // a page of another edition is whole, too
}

/** What is published now; without a network nothing is said, and nothing complained of. */
function fromNetwork(event) {
  const silence = () => new Response("", { headers: { "content-type": "text/javascript" } });
  return fetch(event.request.url, { cache: "no-store" }).catch(silence);
}

/** A page that is none of ours: without a network the way home is shown. */
async function fromNowhere(event) {
  try {
    return await fetch(event.request);
  } catch {
    const shell = await caches.open(SHELL_CACHE);
    return (await shell.match("index.html")) ?? Response.error();
  }
}

/** Pictures and lists by their digest: kept where they were seen, else fetched, and never another one. */
async function fromOutside(event, address, digest) {
  const seen = await caches.open(SEEN_CACHE);
  const last = await seen.match(address);
  if (last) return last;
  const answer = await whole(address, digest, PATIENT);
  if (!answer) return Response.error();
  // a phone that has no room left gets its answer all the same
  event.waitUntil(keep(seen, address, answer.clone()).catch(() => {}));
  return answer;
}

async function keep(seen, address, answer) {
  await seen.put(address, answer);
  const keys = await seen.keys();
  const banners = keys.filter(({ url }) => !TABLE.test(url));
  const place = address.split("?")[0];
  const former = keys.filter(({ url }) => TABLE.test(url) && url !== address && url.split("?")[0] === place);
  const old = [...former, ...banners.slice(0, Math.max(0, banners.length - MOST_SEEN))];
  await Promise.all(old.map((key) => seen.delete(key)));
}
