// Lays a photo under its frame. What is seen on the stage is what is saved, pixel by pixel.

import { LEAST_ZOOM, settle, transformOf } from "./framing.js";

const FEW = 10; // px a side that are left of a blurred photo
const DARKER = 0.82; // of its light

/**
 * Draws ground, photo and frame on a square canvas. A photo at a zoom below 1 has `around` around it, or, without
 * that colour, itself: enlarged and blurred.
 */
export function compose(context, { photo, placement, frame, opening, ground, edge = 0.5, around = null }) {
  const side = context.canvas.width;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = ground;
  context.fillRect(0, 0, side, side);
  context.save();
  context.beginPath();
  context.arc(opening.x * side, opening.y * side, opening.radius * side, 0, 2 * Math.PI);
  context.clip();
  context.beginPath(); // an opening may reach beyond the circle that is cut
  context.arc(side / 2, side / 2, edge * side, 0, 2 * Math.PI);
  context.clip();
  context.imageSmoothingQuality = "high";
  if (placement.zoom < LEAST_ZOOM) {
    if (around) fillWith(context, around);
    else drawBlurred(context, photo, placement, opening);
  }
  drawPhoto(context, photo, placement, opening, side);
  context.restore();
  if (frame) context.drawImage(frame, 0, 0, side, side);
}

function drawPhoto(context, photo, placement, opening, side) {
  const { a, b, c, d, e, f } = transformOf(placement, photo, opening, side);
  context.setTransform(a, b, c, d, e, f);
  context.drawImage(photo.source, 0, 0, photo.width, photo.height);
  context.setTransform(1, 0, 0, 1, 0, 0);
}

function fillWith(context, color) {
  context.fillStyle = color;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

/** The opening's square, filled by the photo, reduced to a few px and enlarged again; halved, for a good mean. */
function drawBlurred(context, photo, placement, opening) {
  const whole = settle({ ...placement, zoom: LEAST_ZOOM }, photo);
  const square = { x: 0.5, y: 0.5, radius: 0.5 };
  let size = FEW * 32;
  let seen = Object.assign(document.createElement("canvas"), { width: size, height: size });
  drawPhoto(seen.getContext("2d"), photo, whole, square, size);
  while (size > FEW) {
    const half = Object.assign(document.createElement("canvas"), { width: size / 2, height: size / 2 });
    half.getContext("2d").drawImage(seen, 0, 0, size / 2, size / 2);
    seen = half;
    size /= 2;
  }
  const few = seen.getContext("2d");
  few.fillStyle = `rgba(0, 0, 0, ${1 - DARKER})`;
  few.fillRect(0, 0, size, size);
  const side = context.canvas.width;
  const [left, top, wide] = [opening.x - opening.radius, opening.y - opening.radius, 2 * opening.radius];
  context.drawImage(seen, left * side, top * side, wide * side, wide * side);
}
