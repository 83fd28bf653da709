// Whether a photo's file says how the photo lies (EXIF's orientation): then nobody else has to find out.

const BEGINS = 0xd8;
const NOTES = 0xe1; // APP1, where EXIF stands
const PX = 0xda; // a scan
const ORIENTATION = 0x0112;

/** Whether a JPEG's EXIF asks for a turn or a mirror; browsers have done it already. */
export function isTold(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== BEGINS) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== PX; ) {
    const length = view.getUint16(at + 2);
    const isExif = bytes[at + 1] === NOTES && String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === "Exif";
    if (isExif) return orientationIn(bytes.subarray(at + 10, at + 2 + length)) > 1;
    at += 2 + length;
  }
  return false;
}

function orientationIn(notes) {
  const tiff = new DataView(notes.buffer, notes.byteOffset, notes.byteLength);
  try {
    const isLittle = tiff.getUint16(0) === 0x4949;
    const first = tiff.getUint32(4, isLittle);
    for (let entry = 0; entry < tiff.getUint16(first, isLittle); entry += 1) {
      const at = first + 2 + 12 * entry;
      if (tiff.getUint16(at, isLittle) !== ORIENTATION) continue;
      const said = tiff.getUint16(at + 8, isLittle);
      return said <= 8 ? said : 1;
    }
  } catch {
    // a broken tag says nothing
  }
  return 1;
}
