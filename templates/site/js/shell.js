// What every page does: light or dark, the service worker where there is a server, copying, short notices.

export const root = document.documentElement;
export const data = JSON.parse(document.getElementById("data").textContent);
export const isServed = location.protocol === "http:" || location.protocol === "https:";

export const byId = (id) => document.getElementById(id);

/** A text of the page's own with its {holes} filled. */
export function say(name, parts = {}) {
  return fill(data.texts[name], parts);
}

export function fill(text, parts) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in parts ? parts[name] : hole));
}

let hiding = 0;

/** Says something in passing, to eyes and to screen readers. */
export function notice(text) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.classList.add("on");
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove("on"), 3500);
}

/** Copies text; pages that were opened from a folder may have no clipboard but the old one. */
export async function copy(text, button) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
    button.focus();
  }
  notice(say(done ? "copied" : "not_copied"));
  button.classList.toggle("done", done);
  setTimeout(() => button.classList.remove("done"), 1500);
}

/** The address of a file of the site: with the digits that its list gives it, else the page's own for it. */
export function placeOf(path) {
  const digits = data.digests?.[path] ?? root.dataset.version;
  return root.dataset.up + (path.includes("?") ? path : `${path}?v=${digits}`);
}

/** Runs a script of the site once; how data comes in where `fetch` is not allowed. */
export function loadScript(path) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = placeOf(path);
    script.onload = () => resolve(script.remove());
    script.onerror = () => {
      script.remove();
      reject(new Error(path));
    };
    document.head.append(script);
  });
}

function switchLook() {
  const dark = root.dataset.look ? root.dataset.look === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.look = dark ? "light" : "dark";
  try {
    localStorage.setItem("dxassets-look", root.dataset.look);
  } catch {
    // a page opened from a folder may keep nothing
  }
}

function install() {
  // browsers load a manifest's icons as pictures of the page, and the avatar page loads none
  if (!document.body.classList.contains("page-avatar")) {
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "manifest", href: placeOf("manifest.webmanifest") }),
    );
  }
  if (!("serviceWorker" in navigator)) return;
  const register = () => navigator.serviceWorker.register(`${root.dataset.up}sw.js`, { updateViaCache: "none" }).catch(() => {});
  // later than everything that is being looked at
  addEventListener("load", () => setTimeout(register, 1500));
}

let isTouched = false;

/** Comes again, unless somebody has begun something here. */
function comeAgain() {
  if (!isTouched) location.reload();
}

/** A page that some cache has kept too long notices: the number of what is published is asked for past every cache. */
function watchEdition() {
  for (const name of ["pointerdown", "keydown", "drop"]) {
    addEventListener(name, () => (isTouched = true), { capture: true, once: true });
  }
  window.dxassetsEdition = async (published) => {
    if (published === root.dataset.edition) return;
    const workers = navigator.serviceWorker;
    if (workers?.controller) {
      workers.addEventListener("controllerchange", comeAgain, { once: true });
      const registration = await workers.getRegistration();
      await registration?.update().catch(() => {}); // of a copy that is half-way nothing is taken
    } else if (performance.getEntriesByType("navigation")[0]?.type !== "reload") {
      comeAgain();
    }
  };
  loadScript(`edition.js?now=${Date.now()}`).catch(() => {});
}

export function startPage() {
  byId("look").addEventListener("click", switchLook);
  const tongue = byId("tongue");
  tongue.addEventListener("click", () => {
    tongue.hash = location.hash;
  });
  if (!isServed) return;
  install();
  watchEdition();
}
