// Whether a picture's file is all there. Browsers show what has arrived of a photo and leave the rest blank.
// Of a JPEG the same is asked as in dxassets/backends/jpeg_heads.py.

const SEGMENT = 0xff;
const [SCAN, END] = [0xda, 0xd9];
const PROGRESSIVE = [0xc2, 0xc6, 0xca, 0xce];
const FRAMES = [0xc0, 0xc1, ...PROGRESSIVE]; // the kinds of frame that browsers show
const [GRAY, NEARLY] = [128, 8]; // what libjpeg paints where data are missing, and how far a profile may move it
const NOTHING = 16; // zeros that a download which broke off leaves where its end was
const STRIP = 256; // rows of two pictures that are compared at a time

/** Whether the file of a JPEG, PNG or WebP surely ends before its picture does. */
export function isCutShort(bytes) {
  if (isJpeg(bytes)) return !hasAllScans(bytes) || (!hasEnd(bytes) && isEmpty(bytes.subarray(-NOTHING)));
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith("\x89PNG")) return !String.fromCharCode(...bytes.subarray(-65_536)).includes("IEND");
  if (/^RIFF....WEBP/s.test(start)) return new DataView(bytes.buffer).getUint32(4, true) + 8 > bytes.length;
  return false;
}

/** Whether a file has its end marker; of others than JPEGs that isn't asked. */
export const hasEnd = (bytes) => !isJpeg(bytes) || endOf(bytes) >= 0;

/**
 * Whether a JPEG's end marker may stand behind a file that was cut short: some programs put one there, and browsers
 * then paint gray and say nothing. So it may where `picture` ends gray, and where gray couldn't be seen.
 */
export function mayBeCut(bytes, picture) {
  return isJpeg(bytes) && (headOf(bytes).isLayered || hasGrayCorner(picture));
}

/** A JPEG with an end marker, its own or one in the place of what is left of it. */
export const withEnd = (bytes) => blobOf(bodyOf(bytes));

/** A JPEG with other data before its end marker: only if the picture is whole, it looks as before. */
export function withMore(bytes) {
  // what no decoder takes for nothing, and every restart marker that it may wait for
  const bits = Array.from({ length: 224 }, (_, at) => 16 + at);
  const more = Array.from({ length: 8 }, (_, number) => [...bits, SEGMENT, 0xd0 + number]).flat();
  return blobOf(bodyOf(bytes), Uint8Array.from(more));
}

const blobOf = (...parts) => new Blob([...parts, Uint8Array.of(SEGMENT, END)], { type: "image/jpeg" });

/** All of a JPEG before its end marker. */
function bodyOf(bytes) {
  const end = endOf(bytes);
  if (end >= 0) return bytes.subarray(0, end);
  return bytes.at(-1) === SEGMENT ? bytes.subarray(0, -1) : bytes;
}

/** Whether a corner is as gray as what libjpeg paints; which one is the file's last, depends on how it lies. */
function hasGrayCorner(picture) {
  const { width, height } = picture;
  const canvas = Object.assign(document.createElement("canvas"), { width: 2, height: 2 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  for (const [x, y] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
    context.drawImage(picture, x * (width - 1), y * (height - 1), 1, 1, x, y, 1, 1);
  }
  const { data } = context.getImageData(0, 0, 2, 2);
  return [0, 4, 8, 12].some((at) => [0, 1, 2].every((color) => Math.abs(data[at + color] - GRAY) <= NEARLY));
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

/**
 * What a JPEG's segments say before its first scan: where its header begins, behind its marker, how many components
 * it has, and whether several scans lie over one another.
 */
function headOf(bytes) {
  let [at, isProgressive, components] = [2, false, 0];
  while (bytes[at] === SEGMENT && bytes[at + 1] !== SCAN) {
    const marker = bytes[at + 1];
    if (PROGRESSIVE.includes(marker)) isProgressive = true;
    if (FRAMES.includes(marker)) components = bytes[at + 9];
    at += marker === SEGMENT ? 1 : 2 + bytes[at + 2] * 256 + bytes[at + 3];
  }
  return { scan: at + 2, isProgressive, components, isLayered: isProgressive || bytes[at + 4] < components };
}

/** Where a marker stands; -1 without one. */
function markerAt(bytes, marker, from) {
  for (let at = bytes.indexOf(SEGMENT, from); at >= 0; at = bytes.indexOf(SEGMENT, at + 1)) {
    if (bytes[at + 1] === marker) return at;
  }
  return -1;
}

/**
 * The first end marker after the first scan: those of the small pictures in a phone's notes come before it, none can
 * stand inside of one, and what comes behind is another picture.
 */
const endOf = (bytes) => markerAt(bytes, END, headOf(bytes).scan);

/** Whether scans bring all coefficients to their last bit (T.81, G.1.1.1). */
function hasAllScans(bytes) {
  const { scan, isProgressive, components } = headOf(bytes);
  if (!isProgressive) return true;
  const seen = new Set();
  const body = bodyOf(bytes);
  for (let at = scan; at >= 2; at = markerAt(body, SCAN, at) + 2) {
    const count = bytes[at + 2];
    const [first, last, bits] = bytes.subarray(at + 3 + 2 * count, at + 6 + 2 * count);
    for (let each = 0; each < count && (bits & 15) === 0; each += 1) {
      for (let k = first; k <= last; k += 1) seen.add(64 * bytes[at + 3 + 2 * each] + k);
    }
  }
  return seen.size === 64 * components;
}
