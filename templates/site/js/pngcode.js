// A small PNG of opaque pixels (W3C PNG, third edition): RGB, its rows as they are or each by the filter that suits it,
// deflated. Flat art is lighter without filters, a photo with them: a few bands of the picture tell which.

import { crc32 } from "./zip.js";

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const CHANNELS = 3;
const STEPS = [1, 2, 4]; // where a lossless file is over its budget, levels are left out: nobody sees one of 255
const [SUB, UP, PAETH] = [1, 2, 4];
const [BANDS, BAND_ROWS] = [8, 16];
const WORTH = 0.9; // of a sample's weight: filters cost more time than all else, and bands favour them a little

/** What stands for each level where they are whole `step`s. */
function levelsBy(step) {
  const last = 255 - (255 % step);
  return Uint8Array.from({ length: 256 }, (_, level) => (level > last ? level : Math.min(255, Math.round(level / step) * step)));
}

/** RGBA as rows of RGB, the number of a row's filter (none) before each: how PNG has them. */
function plainRows(data, width, height, step) {
  const rows = new Uint8Array((width * CHANNELS + 1) * height);
  const levels = levelsBy(step);
  let from = 0;
  let to = 0;
  for (let row = 0; row < height; row += 1) {
    to += 1;
    for (const end = from + 4 * width; from < end; from += 4, to += CHANNELS) {
      rows[to] = levels[data[from]];
      rows[to + 1] = levels[data[from + 1]];
      rows[to + 2] = levels[data[from + 2]];
    }
  }
  return rows;
}

function paeth(left, up, corner) {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

const sizeOf = (value) => (value < 128 ? value : 256 - value);

/** The filter whose differences are smallest. `row` and `above` begin with a filter's number. */
function bestFilter(row, above) {
  let [sub, up, both] = [0, 0, 0];
  for (let at = 1; at < row.length; at += 1) {
    const isFirst = at <= CHANNELS;
    const left = isFirst ? 0 : row[at - CHANNELS];
    const corner = isFirst ? 0 : above[at - CHANNELS];
    sub += sizeOf((row[at] - left) & 255);
    up += sizeOf((row[at] - above[at]) & 255);
    both += sizeOf((row[at] - paeth(left, above[at], corner)) & 255);
  }
  if (sub <= up && sub <= both) return SUB;
  return up <= both ? UP : PAETH;
}

function isSame(row, above) {
  for (let at = 1; at < row.length; at += 1) if (row[at] !== above[at]) return false;
  return true;
}

function filter(kind, row, above, out) {
  out[0] = kind;
  for (let at = 1; at < row.length; at += 1) {
    const isFirst = at <= CHANNELS;
    const left = isFirst ? 0 : row[at - CHANNELS];
    const guess = kind === SUB ? left : kind === UP ? above[at] : paeth(left, above[at], isFirst ? 0 : above[at - CHANNELS]);
    out[at] = row[at] - guess;
  }
}

/** Plain rows, each filtered. */
function filteredRows(rows, length) {
  const out = new Uint8Array(rows.length);
  let above = new Uint8Array(length);
  for (let start = 0; start < rows.length; start += length) {
    const row = rows.subarray(start, start + length);
    if (isSame(row, above)) out[start] = UP; // its differences are none
    else filter(bestFilter(row, above), row, above, out.subarray(start, start + length));
    above = row;
  }
  return out;
}

/** Some bands of the rows, evenly taken. */
function sampleOf(rows, length) {
  const height = rows.length / length;
  if (height <= BANDS * BAND_ROWS) return rows;
  const out = new Uint8Array(BANDS * BAND_ROWS * length);
  for (let band = 0; band < BANDS; band += 1) {
    const first = Math.round(((height - BAND_ROWS) * band) / (BANDS - 1));
    out.set(rows.subarray(first * length, (first + BAND_ROWS) * length), band * BAND_ROWS * length);
  }
  return out;
}

async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(kind, body) {
  const out = new Uint8Array(body.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, body.length);
  out.set([...kind].map((sign) => sign.charCodeAt(0)), 4);
  out.set(body, 8);
  view.setUint32(body.length + 8, crc32(out.subarray(4, body.length + 8)));
  return out;
}

function fileOfRows(width, height, packed) {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, 2], 8); // 8 bits a channel, RGB
  const parts = [SIGNATURE, chunk("IHDR", head), chunk("IDAT", packed), chunk("IEND", new Uint8Array(0))];
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const asTheyAre = (rows) => rows;

/** The ways of writing rows, the lighter one first, as far as a sample tells. */
async function ways(rows, length) {
  const sample = sampleOf(rows, length);
  const [plain, filtered] = await Promise.all([deflated(sample), deflated(filteredRows(sample, length))]);
  return WORTH * plain.length <= filtered.length ? [asTheyAre, filteredRows] : [filteredRows, asTheyAre];
}

/** The PNG of RGBA pixels, lossless where that is within `most` bytes (0: any); null where nothing is. */
export async function pngOf({ width, height, data, most }) {
  const length = width * CHANNELS + 1;
  for (const step of STEPS) {
    const rows = plainRows(data, width, height, step);
    for (const way of await ways(rows, length)) {
      const file = fileOfRows(width, height, await deflated(way(rows, length)));
      if (!most || file.length <= most) return file;
    }
  }
  return null;
}
