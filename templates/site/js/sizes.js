// Each size in small, in the day and look that are chosen: they come when somebody sees the place where they
// stand, after the first picture. Until then, and where none come, an outline shows the proportions.

import { handed } from "./handing.js";
import { byId, data } from "./shell.js";

const SMALL = "thumb-of-size";
const LONGEST = 60;
const THINNEST = 5;
let shownSizes = "";
let areSeen = null;

function whenSeen() {
  areSeen ??= new Promise((resolve) => {
    const watch = new IntersectionObserver((found) => {
      if (!found.some((each) => each.isIntersecting)) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(byId("sizes"));
  });
  return areSeen;
}

/** Each size with the place of its picture. */
const places = () =>
  [...document.querySelectorAll("#sizes .size")].map((option) => [option.firstElementChild.value, option.querySelector(".size-picture")]);

/** Shows the proportions of every size. */
export function outlineSizes() {
  for (const [preset, place] of places()) {
    const { width, height } = data.presets[preset];
    const scale = LONGEST / Math.max(width, height);
    const [wide, tall] = [width, height].map((side) => Math.max(THINNEST, Math.round(side * scale)));
    const outline = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const shape = document.createElementNS(outline.namespaceURI, "rect");
    outline.setAttribute("class", "outline");
    outline.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    outline.setAttribute("aria-hidden", "true");
    shape.setAttribute("width", wide);
    shape.setAttribute("height", tall);
    outline.append(shape);
    place.append(outline);
  }
}

/** Shows every size as it looks on that day in that theme. */
export async function showSizes({ day, theme }) {
  const id = `${day}-${theme}`;
  if (!(`sizes/${id}.js` in data.digests) || id === shownSizes) return;
  shownSizes = id;
  await whenSeen();
  const sheet = await handed(`sizes ${id}`, `sizes/${id}.js`).catch(() => null);
  if (id !== shownSizes) return;
  if (sheet === null) shownSizes = "";
  for (const [preset, place] of places()) {
    const address = sheet?.[preset];
    if (!address) {
      place.querySelector(`.${SMALL}`)?.remove();
      continue;
    }
    const picture = place.querySelector(`.${SMALL}`) ?? Object.assign(new Image(), { className: SMALL, alt: "" });
    picture.src = address;
    if (!picture.isConnected) place.append(picture);
  }
}
