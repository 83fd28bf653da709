// Films play while they are in sight, and stand still for who asked the system for less motion.

import { warnInApp } from "./inapp.js";
import { startPage } from "./shell.js";

startPage();
warnInApp();

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const films = [...document.querySelectorAll(".film video")];
const stopped = new WeakSet(); // by whoever looks at it: it is not begun again

const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) target.pause();
      else if (!calm.matches && !stopped.has(target)) target.play().catch(() => {}); // a browser may save data
    }
  },
  { threshold: 0.5 },
);

for (const film of films) {
  film.addEventListener("click", () => stopped.add(film));
  film.addEventListener("keydown", () => stopped.add(film));
  seen.observe(film);
}

/** Back to the still, without a frame of motion. */
calm.addEventListener("change", () => {
  if (calm.matches) for (const film of films) film.load();
});
