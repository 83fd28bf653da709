// The panel for an office that is not on the list. The banner without a name is fetched once for each look;
// while somebody types, only the name is drawn by the server and laid over it.

import {} from "./banner.js";
import { byId, fill } from "./shell.js";

const own = byId("own");
const ownName = byId("own-name");
const said = byId("own-said");
let asking = null;
let drawnUrl = "";

function look() {
  const chosen = new URLSearchParams();
  for (const part of ["day", "theme", "preset"]) chosen.set(part, own.elements[part].value);
  return chosen;
}

// `banner.js`, which is joined to this, has a `tell` of its own.
function tellOwn(text, wrong = false) {
  said.textContent = text;
  said.classList.toggle("wrong", wrong);
  ownName.setAttribute("aria-invalid", String(wrong));
  if (wrong) layName(""); // no name stands on the picture that is not the one in the field
}

function showBase() {
  const source = `${own.dataset.up}live/base.svg?${look()}`;
  if (byId("own-base").getAttribute("src") !== source) {
    byId("own-base").src = source;
    layName("");
  }
  byId("own-show").hidden = false;
}

function layName(svg) {
  if (drawnUrl) URL.revokeObjectURL(drawnUrl);
  drawnUrl = svg ? URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })) : "";
  if (drawnUrl) byId("own-drawn").src = drawnUrl;
  else byId("own-drawn").removeAttribute("src");
  byId("own-drawn").hidden = !drawnUrl;
}

/** Asks for the name as it stands now; an answer that comes after another letter was typed is dropped. */
async function drawName() {
  asking?.abort();
  const typed = ownName.value.trim();
  const noRoom = own.elements.preset.selectedOptions[0].hasAttribute("data-no-name");
  if (!typed || noRoom) {
    layName("");
    tellOwn(noRoom ? own.dataset.noName : "");
    return;
  }
  const mine = (asking = new AbortController());
  const chosen = look();
  chosen.set("name", typed);
  chosen.set("lang", own.elements.lang.value);
  try {
    const answer = await fetch(`${own.dataset.up}live/name.svg?${chosen}`, { signal: mine.signal });
    if (answer.ok) {
      const svg = await answer.text();
      if (asking !== mine) return;
      layName(svg);
      tellOwn(fill(own.dataset.drawn, { name: typed }));
    } else {
      const problem = await answer.json();
      if (asking === mine) tellOwn(problem.detail, true);
    }
  } catch (error) {
    if (error.name !== "AbortError") tellOwn(own.dataset.offline, true);
  }
}

own.addEventListener("input", (event) => {
  if (event.target !== ownName || byId("own-show").hidden) showBase();
  drawName();
});
// What was sought in vain is what somebody would type here.
let carried = "";
byId("agency")?.addEventListener("found", (event) => {
  if (event.detail || (ownName.value && ownName.value !== carried)) return;
  carried = ownName.value = event.target.value.trim();
  byId("own-panel").open = true;
  showBase();
  drawName();
});
ownName.addEventListener("focus", showBase, { once: true });
// A browser that goes back fills the form again, after everything else.
addEventListener("pageshow", () => {
  if (!ownName.value) return;
  byId("own-panel").open = true;
  showBase();
  drawName();
});
