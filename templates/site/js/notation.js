// Numbers and weights as people write them; the command has the same in dxassets/notation.py.

const UNITS = [["kB", 1e3], ["MB", 1e6], ["GB", 1e9]];

/** `value` with just so many decimals: 1.234,5 in Vietnamese, 1,234.5 in English. */
export function written(value, places, lang) {
  return new Intl.NumberFormat(lang, { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
}

/** So many bytes: 812 B, 95 kB, 1,2 MB, 128 MB. */
export function weighed(bytes, lang) {
  if (bytes < 1000) return `${bytes}\u00a0B`;
  let told = "";
  for (const [unit, each] of UNITS) {
    const tenths = Math.round(bytes / (each / 10));
    const places = unit === "kB" || tenths >= 1000 ? 0 : 1;
    const value = places ? tenths / 10 : Math.round(bytes / each);
    told = `${written(value, places, lang)}\u00a0${unit}`;
    if (value < 1000) break;
  }
  return told;
}
