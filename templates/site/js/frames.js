// Frames come as small scripts that hand over an SVG: that works from a folder, too, and leaves the canvas
// clean. Each comes once and is kept.

import { loadScript } from "./shell.js";

const frames = new Map();
const arriving = new Map();

window.dxassetsFrame = (id, svg) => arriving.set(id, svg);

async function fetchFrame(id) {
  await loadScript(`frames/${id}.js`);
  const address = URL.createObjectURL(new Blob([arriving.get(id)], { type: "image/svg+xml" }));
  arriving.delete(id);
  const image = Object.assign(new Image(), { src: address, alt: "" });
  await image.decode();
  return { image, drawn: null };
}

/** The frame of that id as an image; what failed is tried again the next time. */
export function frameOf(id) {
  if (!frames.has(id)) {
    const promise = fetchFrame(id);
    promise.catch(() => frames.delete(id));
    frames.set(id, promise);
  }
  return frames.get(id);
}

/** The frame on a canvas of `side` px: drawing an SVG takes its time, so it is done once, and only for a photo. */
export function drawnFrame(frame, side) {
  if (!frame.drawn) {
    frame.drawn = Object.assign(document.createElement("canvas"), { width: side, height: side });
    frame.drawn.getContext("2d").drawImage(frame.image, 0, 0, side, side);
  }
  return frame.drawn;
}
