// Frames in small beside the names of their styles, in the day and colours that are chosen. They come when
// somebody sees the place where they stand, and not before.

import { byId, data, loadScript } from "./shell.js";

const sheets = new Map();
const isSeen = new Promise((resolve) => {
  const place = document.querySelector('input[name="style"]')?.closest("label");
  const watch = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && resolve(watch.disconnect()));
  if (place) watch.observe(place);
});

window.dxassetsThumbs = (name, sheet) => sheets.set(name, sheet);

/** Shows each style as it looks in what is chosen; where the small pictures do not come, the names say enough. */
export async function showThumbs(chosen) {
  await isSeen;
  const [day, theme] = [chosen("day"), chosen("theme")];
  const name = `${day}-${theme}`;
  if (!sheets.has(name)) await loadScript(`thumbs/${name}.js`).catch(() => {});
  const sheet = sheets.get(name);
  if (!sheet || name !== `${chosen("day")}-${chosen("theme")}`) return;
  for (const radio of byId("frame").querySelectorAll('input[name="style"]')) {
    const address = sheet[radio.value === "own" ? data.styles?.[theme] : radio.value];
    const words = radio.nextElementSibling;
    const shown = words.querySelector(".thumb");
    if (!address || shown?.src === address) continue;
    const picture = Object.assign(new Image(48, 48), { className: "thumb", alt: "", src: address });
    (shown ?? words.querySelector(".icon"))?.remove();
    words.prepend(picture);
  }
}
