// Browsers inside other apps: they ignore downloads, so pictures are held and saved there.

import { byId, copy, fill } from "./shell.js";

const APPS = [
  [/FBAN|FBAV|FB_IAB|FBIOS/, "Facebook"],
  [/Instagram/, "Instagram"],
  [/Zalo/i, "Zalo"],
  [/Messenger/, "Messenger"],
  [/TikTok|musical_ly|BytedanceWebview/, "TikTok"],
];

/** The app that this browser lives in, or null. */
export function appOf(userAgent) {
  const found = APPS.find(([pattern]) => pattern.test(userAgent));
  return found ? found[1] : null;
}

/** Says in the page's note how files are saved here, if this is such a browser; gives the app, or null. */
export function warnInApp() {
  const app = appOf(navigator.userAgent);
  const note = byId("in-app");
  if (app && note) {
    note.querySelector("p").textContent = fill(note.dataset.words, { app });
    note.hidden = false;
    byId("copy-address").addEventListener("click", (event) => copy(location.href, event.currentTarget));
  }
  return app;
}
