// A small PNG of opaque pixels (W3C PNG, third edition): RGB, each row by the filter that suits it, deflated.

import { crc32 } from "./zip.js";

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const CHANNELS = 3;
const STEPS = [1, 2, 4]; // where a lossless file is over its budget, levels are left out: nobody sees one of 255

/** RGBA to rows of RGB, levels rounded to whole `step`s. */
function rgbOf(data, width, height, step) {
  const rows = new Uint8Array(width * height * CHANNELS);
  const last = 255 - (255 % step);
  for (let from = 0, to = 0; from < data.length; from += 4, to += CHANNELS) {
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const level = data[from + channel];
      rows[to + channel] = step === 1 || level > last ? level : Math.min(255, Math.round(level / step) * step);
    }
  }
  return rows;
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function filtered(kind, rows, start, stride, out) {
  let sum = 0;
  for (let at = 0; at < stride; at += 1) {
    const here = start + at;
    const left = at >= CHANNELS ? rows[here - CHANNELS] : 0;
    const up = start ? rows[here - stride] : 0;
    const corner = start && at >= CHANNELS ? rows[here - stride - CHANNELS] : 0;
    const guess = kind === 1 ? left : kind === 2 ? up : kind === 4 ? paeth(left, up, corner) : 0;
    const value = (rows[here] - guess) & 255;
    out[at] = value;
    sum += value < 128 ? value : 256 - value;
  }
  return sum;
}

/** All rows unfiltered, or each by the filter whose differences are smallest. */
function filteredRows(rows, width, height, kinds) {
  const stride = width * CHANNELS;
  const out = new Uint8Array((stride + 1) * height);
  const tried = kinds.map(() => new Uint8Array(stride));
  for (let row = 0; row < height; row += 1) {
    let best = 0;
    let least = Infinity;
    kinds.forEach((kind, index) => {
      const sum = filtered(kind, rows, row * stride, stride, tried[index]);
      if (sum < least) [best, least] = [index, sum];
    });
    out[row * (stride + 1)] = kinds[best];
    out.set(tried[best], row * (stride + 1) + 1);
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

/** The PNG of RGBA pixels, lossless where that is within `most` bytes (0: any); null where nothing is. */
export async function pngOf({ width, height, data, most }) {
  for (const step of STEPS) {
    const rows = rgbOf(data, width, height, step);
    const ways = await Promise.all([[0], [1, 2, 4]].map((kinds) => deflated(filteredRows(rows, width, height, kinds))));
    const packed = ways[0].length <= ways[1].length ? ways[0] : ways[1];
    const file = fileOfRows(width, height, packed);
    if (!most || file.length <= most) return file;
  }
  return null;
}
