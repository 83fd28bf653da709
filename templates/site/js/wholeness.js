// Whether a picture's file is all there. Browsers show what has arrived of a photo and leave the rest blank.
// Of a JPEG the same is asked as in dxassets/backends/jpeg_heads.py.

const SEGMENT = 0xff;
const [SCAN, END] = [0xda, 0xd9];
const PROGRESSIVE = [0xc2, 0xc6, 0xca, 0xce];
const NOTHING = 16; // zeros that a download which broke off leaves where its end was
const STRIP = 256; // rows of two pictures that are compared at a time

/** Whether the file of a JPEG, PNG or WebP surely ends before its picture does. */
export function isCutShort(bytes) {
  if (isJpeg(bytes)) return !hasEnd(bytes) && (isEmpty(bytes.subarray(-NOTHING)) || !hasAllScans(bytes));
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith("\x89PNG")) return !String.fromCharCode(...bytes.subarray(-65_536)).includes("IEND");
  if (/^RIFF....WEBP/s.test(start)) return new DataView(bytes.buffer).getUint32(4, true) + 8 > bytes.length;
  return false;
}

/**
 * Of a JPEG without an end marker two files: one with the marker, and one with other data before it. Only if the
 * picture is whole do both look alike. Nothing for any other file.
 */
export function withEnds(bytes) {
  if (!isJpeg(bytes) || hasEnd(bytes)) return null;
  const body = bytes.at(-1) === SEGMENT ? bytes.subarray(0, -1) : bytes;
  // what no decoder takes for nothing, and every restart marker that it may wait for
  const bits = Array.from({ length: 224 }, (_, at) => 16 + at);
  const more = Array.from({ length: 8 }, (_, number) => [...bits, SEGMENT, 0xd0 + number]).flat();
  const file = (...parts) => new Blob([...parts, Uint8Array.of(SEGMENT, END)], { type: "image/jpeg" });
  return [file(body), file(body, Uint8Array.from(more))];
}

/** Whether two pictures of one size have the same px. */
export function areAlike(one, other) {
  const { width, height } = one;
  const canvas = Object.assign(document.createElement("canvas"), { width, height: Math.min(STRIP, height) });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const strip = (picture, top) => {
    context.drawImage(picture, 0, -top);
    return new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  };
  for (let top = 0; top < height; top += STRIP) {
    const theirs = strip(other, top);
    if (strip(one, top).some((px, at) => px !== theirs[at])) return false;
  }
  return true;
}

const isEmpty = (bytes) => bytes.every((byte) => byte === 0);

const isJpeg = (bytes) => bytes[0] === SEGMENT && bytes[1] === 0xd8;

/** What a JPEG's segments say before its first scan: where its header begins, behind its marker, and of its px. */
function headOf(bytes) {
  let [at, isProgressive, components] = [2, false, 0];
  while (bytes[at] === SEGMENT && bytes[at + 1] !== SCAN) {
    const marker = bytes[at + 1];
    if (PROGRESSIVE.includes(marker)) [isProgressive, components] = [true, bytes[at + 9]];
    at += marker === SEGMENT ? 1 : 2 + bytes[at + 2] * 256 + bytes[at + 3];
  }
  return { scan: at + 2, isProgressive, components };
}

/** Where the next scan's header begins; -1 without one. */
function nextScan(bytes, from) {
  for (let at = bytes.indexOf(SEGMENT, from); at >= 0; at = bytes.indexOf(SEGMENT, at + 1)) {
    if (bytes[at + 1] === SCAN) return at + 2;
  }
  return -1;
}

/** The end marker after the first scan: those of the small pictures in a phone's notes come before it. */
function hasEnd(bytes) {
  const { scan } = headOf(bytes);
  for (let at = bytes.lastIndexOf(SEGMENT); at >= scan; at = bytes.lastIndexOf(SEGMENT, at - 1)) {
    if (bytes[at + 1] === END) return true;
  }
  return false;
}

/** Whether scans bring all coefficients to their last bit (T.81, G.1.1.1). */
function hasAllScans(bytes) {
  const { scan, isProgressive, components } = headOf(bytes);
  if (!isProgressive) return true;
  const seen = new Set();
  for (let at = scan; at >= 0; at = nextScan(bytes, at)) {
    const count = bytes[at + 2];
    const [first, last, bits] = bytes.subarray(at + 3 + 2 * count, at + 6 + 2 * count);
    for (let each = 0; each < count && (bits & 15) === 0; each += 1) {
      for (let k = first; k <= last; k += 1) seen.add(64 * bytes[at + 3 + 2 * each] + k);
    }
  }
  return seen.size === 64 * components;
}
