// How a photo is searched for faces: the same order, sizes and scores as dxassets/backends/yunet/search.py, which
// explains them, and as finding.py beside it; tests/data/faces.json has numbers for both.

import { STEP, look } from "./yunet.js";

const SAME_FACE = 0.3;
const CROWD = 400;
const GLANCE_AREA = 20_000;
const FIRST_AREA = 40_000;
const SECOND_AREA = 300_000;
const ENLARGED = 2;
const LARGE = 32;
const CLEAR = 36;
const WANTED = 56;
const SURE_AT_A_GLANCE = 0.86;
const SURE_AT_LAST = 0.75;
const SURE = 0.8;
const SURE_ALONE = 0.87;
const DOUBTFUL = 0.78;
const HINTED = 0.6;
const GLIMPSED = 0.35;
const COMPANION = 0.6;
const UPRIGHT = 0.88;
const TURNED = 0.86;
const MARGIN = 0.06;
const TURNED_HINT = 0.5;
const HAIR = 1e-9;
const ASIDE = 0.3;
const BROWS = 0.82;
const LOWER = 0.057;

/**
 * The faces of a photo of `width` × `height` px, the most prominent first, in shares of its sides once it is turned
 * by `turn`: `{ boxes, scores, turn }`. `copy(width, height)` gives the photo at that size as `{ width, height, data }`.
 */
export async function search(net, { width, height, mayTurn }, copy) {
  const upright = { width, height };
  const tiny = await copy(...sizeOf(upright, GLANCE_AREA));
  const glanced = findFaces(net, tiny, COMPANION);
  const isClear = (least) =>
    glanced.length && glanced[0].score >= least && glanced[0].height * tiny.height >= LARGE - HAIR;
  if (isClear(SURE_AT_A_GLANCE)) return told(glanced, upright, 0);
  const small = await copy(...sizeOf(upright, FIRST_AREA));
  const first = findFaces(net, small, GLIMPSED);
  const best = first.length ? first[0].score : 0;
  const closer = async (found, turn) => {
    const lying = turn % 180 ? { width: height, height: width } : upright;
    const tall = sizeOf(lying, FIRST_AREA)[1];
    const sure = Math.max(...found.filter((face) => face.score >= SURE).map((face) => face.height * tall));
    const all = sure >= CLEAR ? found : merged(await second(net, lying, found, turn, copy), found);
    return told(all.filter((face) => face.score >= COMPANION), lying, turn);
  };
  if (best >= SURE && (best >= UPRIGHT || !mayTurn)) return closer(first, 0);
  const { faces: turned, turn } = mayTurn ? surestTurned(net, small) : { faces: [], turn: 0 };
  const score = turned.length ? turned[0].score : 0;
  if (score >= Math.max(TURNED, best + MARGIN)) return closer(turned, turn);
  if (best >= SURE) return closer(first, 0);
  const found = believed(await second(net, upright, first, 0, copy), first);
  if (!found.length && score >= TURNED_HINT) {
    const lying = turn % 180 ? { width: height, height: width } : upright;
    const sure = (await second(net, lying, turned, turn, copy)).filter((face) => face.score >= SURE_ALONE);
    if (sure.length) return told(sure, lying, turn);
  }
  return told(!found.length && isClear(SURE_AT_LAST) ? glanced : found, upright, 0);
}

function surestTurned(net, small) {
  const looks = [90, 270, 180].map((turn) => ({ faces: findFaces(net, quarterTurned(small, turn), GLIMPSED), turn }));
  const best = ({ faces }) => (faces.length ? faces[0].score : 0);
  return looks.reduce((surest, one) => (best(one) > best(surest) ? one : surest));
}

/** The faces in a larger copy: so large that the surest face of the first has a good size, if there is one. */
async function second(net, lying, first, turn, copy) {
  let area = SECOND_AREA;
  if (first.length && first[0].score >= SURE) {
    const [wide, tall] = sizeOf(lying, FIRST_AREA);
    const factor = WANTED / (first[0].height * tall);
    area = Math.min(SECOND_AREA, Math.max(1.5 * FIRST_AREA, factor ** 2 * wide * tall));
  }
  area = Math.max(Math.min(area, ENLARGED ** 2 * lying.width * lying.height), FIRST_AREA);
  const [wide, tall] = sizeOf(lying, area);
  const picture = turn % 180 ? await copy(tall, wide) : await copy(wide, tall);
  return findFaces(net, quarterTurned(picture, turn), COMPANION);
}

function believed(found, first) {
  const hints = first.filter((hint) => hint.score >= HINTED);
  const isSure = (face) =>
    face.score >= SURE_ALONE || (face.score >= DOUBTFUL && hints.some((hint) => overlap(face, hint) > SAME_FACE));
  return found.some(isSure) ? found : [];
}

const merged = (found, first) => [
  ...found,
  ...first.filter((face) => found.every((one) => overlap(face, one) <= SAME_FACE)),
];

function overlap(one, other) {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const shared = Math.max(0, across) * Math.max(0, down);
  return shared / (one.width * one.height + other.width * other.height - shared);
}

/** Large, clear faces near the middle first; their boxes from brows to chin, squares in px. */
function told(faces, { width, height }, turn) {
  const weight = (face) => {
    const away = Math.hypot(face.x + face.width / 2 - 0.5, face.y + face.height / 2 - 0.5) / Math.sqrt(0.5);
    return face.height * face.score ** 2 * (1 - ASIDE * Math.min(1, away));
  };
  const ranked = [...faces].sort((one, other) => weight(other) - weight(one));
  const boxes = ranked.map((face) => {
    const tall = BROWS * face.height;
    const wide = (tall * height) / width;
    const middle = face.y + face.height / 2 + LOWER * face.height;
    return { x: face.x + (face.width - wide) / 2, y: middle - tall / 2, width: wide, height: tall };
  });
  return { boxes, scores: ranked.map((face) => face.score), turn: ranked.length ? turn : 0 };
}

/** Width and height of a copy: whole steps that are nearest to the photo's shape, and to the area. */
export function sizeOf({ width, height }, area) {
  const rows = evenly(Math.sqrt((area * height) / width) / STEP);
  const choices = [];
  for (let row = Math.max(1, rows - 1); row < Math.max(1, rows) + 2; row += 1) {
    choices.push([row, Math.max(1, evenly((row * width) / height))]);
  }
  const unlike = ([down, across]) =>
    Math.abs(Math.log((down / across / height) * width)) + Math.abs(Math.log((down * across * STEP ** 2) / area)) / 2;
  const [down, across] = choices.reduce((best, one) => (unlike(one) < unlike(best) ? one : best));
  return [across * STEP, down * STEP];
}

/** The nearest whole number, the even one of two, as Python rounds. */
function evenly(value) {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 ? low + 1 : low;
}

/** A picture turned clockwise by quarters. */
export function quarterTurned(picture, turn) {
  if (!turn) return picture;
  const { width, height } = picture;
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = { 90: x * height + height - 1 - y, 180: width * height - 1 - (y * width + x), 270: (width - 1 - x) * height + y };
      to[at[turn]] = from[y * width + x];
    }
  }
  const sides = turn === 180 ? { width, height } : { width: height, height: width };
  return { ...sides, data: new Uint8ClampedArray(to.buffer) };
}

/** The faces in a picture with a score of at least `least`, the surest first, in shares of its sides. */
export function findFaces(net, picture, least) {
  const rows = look(net, picture).flatMap(({ stride, heads }) => placesOf(heads, stride, least));
  rows.sort((one, other) => other.score - one.score);
  const kept = [];
  for (const row of rows.slice(0, CROWD)) {
    if (kept.every((one) => overlap(one, row) <= SAME_FACE)) kept.push(row);
  }
  const { width, height } = picture;
  return kept.map(({ score, x, y, width: wide, height: tall }) => ({
    score,
    x: x / width,
    y: y / height,
    width: wide / width,
    height: tall / height,
  }));
}

const chance = (value) => 1 / (1 + Math.exp(-value));

function placesOf([face, box, object], stride, least) {
  const found = [];
  const row = face.width + 2;
  for (let down = 0; down < face.height; down += 1) {
    for (let across = 0; across < face.width; across += 1) {
      const at = (down + 1) * row + across + 1;
      const score = Math.sqrt(chance(face.data[at]) * chance(object.data[at]));
      if (score < least) continue;
      const [x, y, wide, tall] = [0, 1, 2, 3].map((number) => box.data[number * box.places + at]);
      const [width, height] = [Math.exp(wide) * stride, Math.exp(tall) * stride];
      found.push({
        score,
        x: (across + x) * stride - width / 2,
        y: (down + y) * stride - height / 2,
        width,
        height,
      });
    }
  }
  return found;
}
