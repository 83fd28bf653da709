// Somebody's own frame, opened in the page: a PNG or SVG that is shown as a picture, so nothing in it runs.

import { GRID, findHole } from "./hole.js";

const LEAST_SIDE = 400;
const SQUARE = 1.02;

/** The frame in a file, as `frameOf` gives one, and its opening; an error with a `reason` when it is no frame. */
export async function openFrame(file) {
  const image = Object.assign(new Image(), { alt: "" });
  image.src = await asAddress(file);
  try {
    await image.decode();
  } catch {
    throw wrong("unreadable");
  }
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  if (width && height && Math.max(width / height, height / width) > SQUARE) throw wrong("not_square");
  if (file.type !== "image/svg+xml" && Math.min(width, height) < LEAST_SIDE) throw wrong("tiny");
  const found = findHole(transparencyOf(image), GRID);
  if (found.fault) throw wrong(found.fault);
  return { image, drawn: null, opening: { ...found.opening, edge: 0.5 } };
}

const wrong = (reason) => Object.assign(new Error(reason), { reason: `frame_${reason}` });

async function asAddress(file) {
  if (!["image/png", "image/svg+xml"].includes(file.type)) throw wrong("unreadable");
  return URL.createObjectURL(file);
}

/** Reduced by halves, for a good mean. */
function transparencyOf(image) {
  let size = GRID * 8;
  let seen = drawn(image, size);
  while (size > GRID) {
    size /= 2;
    seen = drawn(seen, size);
  }
  const { data } = seen.getContext("2d").getImageData(0, 0, GRID, GRID);
  return Array.from({ length: GRID * GRID }, (_, cell) => data[4 * cell + 3]);
}

function drawn(image, size) {
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  canvas.getContext("2d", { willReadFrequently: size === GRID }).drawImage(image, 0, 0, size, size);
  return canvas;
}
