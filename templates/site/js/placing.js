// Where a photo lies when nobody has said where: the same maths as `placement_for` in dxassets/framing.py, which
// explains it; both are tested with the numbers in tests/data/placing.json.

import { LEAST_GROUP_ZOOM, LEAST_ZOOM, settle } from "./framing.js";

const MOST_ZOOM_UNASKED = 5;
const MOST_ENLARGED_UNASKED = 2;
const FACES_SEEN = 2.6;
const HEAD_RADIUS = 0.85;
const HEAD_RISE = 0.15;
const NEAREST = 0.75;
const FACE_RADIUS = 0.6;
const LEAST_COMPANION = 0.4;
const FARTHER = 0.98;

/**
 * The settled placement for faces: `boxes` (x, y, width, height in shares of the photo turned by `turn`, the most
 * prominent first), `openingPx` the opening's diameter. With `isGroup` all main faces are shown.
 */
export function placementFor({ boxes, turn }, photo, openingPx, isGroup) {
  const upright = turn % 180 ? { width: photo.height, height: photo.width } : photo;
  const short = Math.min(upright.width, upright.height);
  const closest = Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM_UNASKED, (MOST_ENLARGED_UNASKED * short) / openingPx));
  const company = mainFaces(boxes).map((box) => ({
    x: (box.x + box.width / 2) * upright.width,
    y: (box.y + box.height / 2) * upright.height,
    height: box.height * upright.height,
  }));
  return turnedBack(ofFaces(company, upright, closest, isGroup), turn);
}

/** The faces that are no passers-by. */
export function mainFaces(boxes) {
  return boxes.filter((box) => box.height >= LEAST_COMPANION * boxes[0].height);
}

function ofFaces(company, photo, closest, isGroup) {
  const together = around(company, photo, closest);
  if (areSeen(company, together, photo)) return together;
  if (!isGroup) return nearer(company[0], photo, closest);
  const { x, y, reach } = holding(company);
  let zoom = Math.min(Math.min(photo.width, photo.height) / (2 * reach), closest);
  for (;;) {
    const wide = settle({ focusX: x / photo.width, focusY: y / photo.height, zoom, rotation: 0 }, photo, LEAST_GROUP_ZOOM);
    if (zoom <= LEAST_GROUP_ZOOM || areSeen(company, wide, photo)) return wide;
    zoom *= FARTHER;
  }
}

/** One face, closer than usual if it lies in a corner where only a smaller circle reaches. */
function nearer(face, photo, closest) {
  const usual = around([face], photo, closest);
  const most = Math.min(closest, Math.min(photo.width, photo.height) / (2 * NEAREST * face.height));
  const { x, y } = holding([face]);
  let placed = usual;
  while (!areSeen([face], placed, photo)) {
    if (placed.zoom >= most) return usual;
    const zoom = Math.min(placed.zoom / FARTHER, most);
    placed = settle({ focusX: x / photo.width, focusY: y / photo.height, zoom, rotation: 0 }, photo);
  }
  return placed;
}

function around(faces, photo, closest) {
  const { x, y, reach } = holding(faces);
  const zoom = Math.min(Math.min(photo.width, photo.height) / (2 * reach), closest);
  return settle({ focusX: x / photo.width, focusY: y / photo.height, zoom, rotation: 0 }, photo);
}

/** Middle and radius of the circle that holds these heads, no smaller than for a single one. */
function holding(faces) {
  const heads = faces.map(({ x, y, height }) => ({ x, y: y - HEAD_RISE * height, radius: HEAD_RADIUS * height }));
  const middle = (low, high) => (Math.min(...low) + Math.max(...high)) / 2;
  const x = middle(heads.map((head) => head.x - head.radius), heads.map((head) => head.x + head.radius));
  const y = middle(heads.map((head) => head.y - head.radius), heads.map((head) => head.y + head.radius));
  const all = Math.max(...heads.map((head) => Math.hypot(head.x - x, head.y - y) + head.radius));
  return { x, y, reach: Math.max(all, (Math.max(...faces.map((face) => face.height)) * FACES_SEEN) / 2) };
}

function areSeen(faces, { focusX, focusY, zoom }, photo) {
  const reach = Math.min(photo.width, photo.height) / (2 * zoom);
  return faces.every(
    ({ x, y, height }) =>
      Math.hypot(x - focusX * photo.width, y - focusY * photo.height) + FACE_RADIUS * height <= reach,
  );
}

/** The placement on the photo as it came, of one on the photo turned upright. */
function turnedBack(placement, turn) {
  const { focusX: x, focusY: y } = placement;
  const came = { 0: [x, y], 90: [y, 1 - x], 180: [1 - x, 1 - y], 270: [1 - y, x] }[turn];
  return { ...placement, focusX: came[0], focusY: came[1], rotation: turn > 180 ? turn - 360 : turn };
}
