// Whether a picture's file is all there. Browsers show what has arrived of a photo and leave the rest blank.

const SEGMENT = 0xff;
const [SCAN, END] = [0xda, 0xd9];

/** Whether the file of a JPEG, PNG or WebP ends before its picture does. */
export function isCutShort(bytes) {
  if (bytes[0] === SEGMENT && bytes[1] === 0xd8) return !hasJpegEnd(bytes);
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith("\x89PNG")) return !String.fromCharCode(...bytes.subarray(-65_536)).includes("IEND");
  if (/^RIFF....WEBP/s.test(start)) return new DataView(bytes.buffer).getUint32(4, true) + 8 > bytes.length;
  return false;
}

/** The end marker after the first scan: those of the small pictures in a phone's notes come before it. */
function hasJpegEnd(bytes) {
  let at = 2;
  while (bytes[at] === SEGMENT && bytes[at + 1] !== SCAN) {
    at += bytes[at + 1] === SEGMENT ? 1 : 2 + bytes[at + 2] * 256 + bytes[at + 3];
  }
  for (at = bytes.indexOf(SEGMENT, at + 2); at >= 0; at = bytes.indexOf(SEGMENT, at + 1)) {
    if (bytes[at + 1] === END) return true;
  }
  return false;
}
