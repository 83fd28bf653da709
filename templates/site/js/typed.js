// A name that somebody typed, cleaned and held to what Python holds it to (vietnamese.py, models.py, campaign.py).

import { fold } from "./search.js";
import { say } from "./shell.js";

const STRANGE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u;

/** In NFC, each run of blanks one blank, none at the ends. */
export function cleaned(text) {
  return text
    .normalize("NFC")
    .trim()
    .replace(/\s+/g, (white) => (/[^\u00a0\u202f\u2007]/.test(white) ? " " : "\u00a0"));
}

/** What is wrong with a cleaned name, in words; "" where nothing is. */
export function problemOf(name) {
  if (STRANGE.test(name)) return say("strange");
  return /[a-z0-9]/.test(fold(name)) ? "" : say("no_letters");
}
