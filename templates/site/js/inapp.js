// Browsers inside other apps: they ignore downloads, so pictures are held and saved there. Such a browser is known
// by what it is, not by its name: the names only say which app it is.

import { byId, copy, fill, say } from "./shell.js";

const APPS = [
  [/MessengerForiOS|Orca-Android|\bMessenger/, "Messenger"],
  [/Barcelona/, "Threads"],
  [/Instagram/, "Instagram"],
  [/FBAN|FBAV|FB_IAB|FBIOS/, "Facebook"],
  [/Zalo/i, "Zalo"],
  [/Telegram/i, "Telegram"],
  [/MicroMessenger|WeChat/i, "WeChat"],
  [/TikTok|musical_ly|BytedanceWebview|\btrill_/i, "TikTok"],
  [/\bLine\//i, "Line"],
];

/** Whether a browser is another app's: Android's says `; wv)`, and on iOS only Safari and its like say `Safari/`. */
function isInside(userAgent, touches) {
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touches > 1);
  return /;\s*wv\)/.test(userAgent) || (isApple && /AppleWebKit/.test(userAgent) && !/Safari\//.test(userAgent));
}

/** The app that this browser lives in, "" for one that says no name, or null. */
export function appOf(userAgent, touches = 0) {
  const found = APPS.find(([pattern]) => pattern.test(userAgent));
  if (found) return found[1];
  return isInside(userAgent, touches) ? "" : null;
}

/** Says in the page's note how files are saved here, if this is such a browser; gives the app, or null. */
export function warnInApp() {
  if (navigator.standalone) return null; // the site itself, from the first screen of an iPhone
  const app = appOf(navigator.userAgent, navigator.maxTouchPoints);
  const note = byId("in-app");
  if (app !== null && note) {
    note.querySelector("p").textContent = fill(note.dataset.words, { app: app || say("some_app") });
    note.hidden = false;
    byId("copy-address").addEventListener("click", (event) => copy(location.href, event.currentTarget));
  }
  return app;
}
