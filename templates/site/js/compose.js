// Lays a photo under its frame. What is seen on the stage is what is saved, pixel by pixel.

import { transformOf } from "./framing.js";

/** Draws ground, photo and frame on a square canvas. */
export function compose(context, { photo, placement, frame, opening, ground }) {
  const side = context.canvas.width;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = ground;
  context.fillRect(0, 0, side, side);
  context.save();
  context.beginPath();
  context.arc(opening.x * side, opening.y * side, opening.radius * side, 0, 2 * Math.PI);
  context.clip();
  const { a, b, c, d, e, f } = transformOf(placement, photo, opening, side);
  context.imageSmoothingQuality = "high";
  context.setTransform(a, b, c, d, e, f);
  context.drawImage(photo.source, 0, 0, photo.width, photo.height);
  context.restore();
  if (frame) context.drawImage(frame, 0, 0, side, side);
}
