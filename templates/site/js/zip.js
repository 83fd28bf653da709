// A zip archive that only stores (pictures are compressed already): APPNOTE.TXT 6.3, sections 4.3.7 to 4.3.16.

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const UTF8 = 1 << 11;
const DAY = (1 << 5) | 1; // 1 January 1980: archives of the same files are the same
const numbers = (...pairs) => {
  const out = [];
  for (const [value, size] of pairs) for (let at = 0; at < size; at += 1) out.push((value / 256 ** at) & 255);
  return Uint8Array.from(out);
};

const MOST_ENTRIES = 0xffff; // an archive of more, or of more bytes, has fields of its own (Zip64)
const MOST_BYTES = 0xffffffff;

/**
 * An archive that grows: `add(name, bytes)`, then `close()` gives it as a Blob. Each entry becomes a Blob at once, so
 * that the browser may keep it on the disk: the page holds no more than the one that is added. `RangeError` when it
 * gets too large for a plain archive.
 */
export function startZip() {
  const body = [];
  const directory = [];
  let offset = 0;
  return {
    add(name, bytes) {
      const label = new TextEncoder().encode(name);
      const said = [[20, 2], [UTF8, 2], [0, 2], [0, 2], [DAY, 2], [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4], [label.length, 2], [0, 2]];
      const next = offset + 30 + label.length + bytes.length;
      if (body.length === MOST_ENTRIES || next > MOST_BYTES) throw new RangeError(name);
      body.push(new Blob([numbers([0x04034b50, 4], ...said), label, bytes]));
      directory.push(numbers([0x02014b50, 4], [20, 2], ...said, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), label);
      offset = next;
    },
    count: () => body.length,
    close() {
      const size = directory.reduce((sum, part) => sum + part.length, 0);
      const count = body.length;
      const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]);
      return new Blob([...body, ...directory, end], { type: "application/zip" });
    },
  };
}
