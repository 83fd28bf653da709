// Where a photo lies under an avatar frame. The same maths as dxassets/framing.py, which explains it;
// both are tested with the numbers in tests/data/framing.json.

export const LEAST_ZOOM = 1;
export const MOST_ZOOM = 8;
export const LEAST_GROUP_ZOOM = 0.4;

function within(share, margin) {
  const least = Math.min(margin, 1 - margin);
  return Math.min(Math.max(share, least), 1 - least);
}

// The remainder as Python has it: never below zero.
const modulo = (value, by) => ((value % by) + by) % by;

/**
 * The nearest placement that leaves no part of the opening empty; rotation within (-180, 180].
 * With `least` below 1 the photo may be smaller than the opening, and then stays within it.
 */
export function settle(placement, photo, least = LEAST_ZOOM) {
  const zoom = Math.min(Math.max(placement.zoom, least), MOST_ZOOM);
  const reach = Math.min(photo.width, photo.height) / (2 * zoom);
  return {
    focusX: within(placement.focusX, reach / photo.width),
    focusY: within(placement.focusY, reach / photo.height),
    zoom,
    rotation: 180 - modulo(180 - placement.rotation, 360),
  };
}

/** From px of the photo to px of a frame of `side` px, in the canvas's order: a, b, c, d, e, f. */
export function transformOf(placement, photo, opening, side) {
  const k = (placement.zoom * 2 * opening.radius * side) / Math.min(photo.width, photo.height);
  const angle = (placement.rotation * Math.PI) / 180;
  const a = k * Math.cos(angle);
  const b = k * Math.sin(angle);
  const x = placement.focusX * photo.width;
  const y = placement.focusY * photo.height;
  return { a, b, c: -b, d: a, e: opening.x * side - a * x + b * y, f: opening.y * side - b * x - a * y };
}

/** The placement after the photo was dragged by `dx`, `dy` px of the frame, settled. */
export function moved(placement, photo, opening, side, dx, dy, least = LEAST_ZOOM) {
  const { a, b } = transformOf(placement, photo, opening, side);
  const squared = a * a + b * b;
  return settle(
    {
      ...placement,
      focusX: placement.focusX - (a * dx + b * dy) / squared / photo.width,
      focusY: placement.focusY - (a * dy - b * dx) / squared / photo.height,
    },
    photo,
    least,
  );
}

/**
 * The placement after it was zoomed and turned about the point `x`, `y` (px of the frame), which then moves by `dx`,
 * `dy`; settled.
 */
export function pinched(placement, photo, opening, side, { x, y, factor, turn, dx, dy }, least = LEAST_ZOOM) {
  const asked = { ...placement, zoom: placement.zoom * factor, rotation: placement.rotation + turn };
  const next = settle(asked, photo, least);
  const grown = next.zoom / placement.zoom;
  const angle = (turn * Math.PI) / 180;
  const [fromX, fromY] = [x - dx - opening.x * side, y - dy - opening.y * side];
  const toX = grown * (Math.cos(angle) * fromX - Math.sin(angle) * fromY);
  const toY = grown * (Math.sin(angle) * fromX + Math.cos(angle) * fromY);
  return moved(next, photo, opening, side, fromX - toX + dx, fromY - toY + dy, least);
}
