// What scripts of the site hand over: how data comes in where `fetch` is not allowed, and only when it is needed.

import { loadScript } from "./shell.js";

// a page has several scripts, and each has this module within it
const arrived = (window.dxassetsArrived ??= new Map());
const coming = new Map();

window.dxassetsHand = (name, value) => arrived.set(name, value);

/** What the script at `path` hands over by that name; what failed is tried again the next time. */
export function handed(name, path) {
  if (!coming.has(name)) {
    const promise = loadScript(path).then(() => {
      const value = arrived.get(name);
      arrived.delete(name);
      return value;
    });
    promise.catch(() => coming.delete(name));
    coming.set(name, promise);
  }
  return coming.get(name);
}

/** Keeps it no longer. */
export function forgetHanded(name) {
  coming.delete(name);
}
