// Letters of an agency's name: what HarfBuzz says of them, from a table (dxassets/renderers/site/lettering.py).
// The same rules as dxassets/backends/fonts.py: whole words in the spare face where the first can't set them.

const CLUSTER = /.[\u0300-\u036f]*/gsu;
const STACKED = /[^\P{L}][\u0300-\u036f]+|[ĔĕĬĭŎŏŬŭ][\u0300-\u036f]*/u;
const BLANKS = /([ \u00a0]+)/;

/** A table made ready: each letter by its text. */
function faceOf(table) {
  const letters = new Map(table.letters.map((letter, at) => [letter, at]));
  return { ...table, letters, ill: new Set(table.ill), paths: [], shapes: [] };
}

const lettersIn = (text) => text.match(CLUSTER) ?? [];

/** The path of a glyph in units of its face, y down. */
export function outlineOf(face, glyph) {
  face.paths[glyph] ??= face.outlines[glyph].reduce(
    (path, number, at, all) => (at % 3 ? path : `${path}M${all[at + 1]} ${all[at + 2]}${face.contours[number]}`),
    "",
  );
  return face.paths[glyph];
}

function glyphsOf(face, at) {
  const said = face.glyphs[at];
  return typeof said === "number" ? [said, 0, 0] : said;
}

/** Letters in one face: each glyph with its place, and how far the pen moves. */
function run(face, text) {
  const glyphs = [];
  let pen = 0;
  let before = -1;
  for (const letter of lettersIn(text)) {
    const at = face.letters.get(letter);
    if (before >= 0) pen += face.kerns[face.left[before]][face.right[at]];
    const said = glyphsOf(face, at);
    for (let part = 0; part < said.length; part += 3) {
      glyphs.push({ face, glyph: said[part], x: pen + said[part + 1], y: said[part + 2] });
    }
    pen += face.advances[at];
    before = at;
  }
  return { glyphs, advance: pen };
}

const lacks = (face, word) => lettersIn(word).filter((letter) => !face.letters.has(letter));
const setsMarksWell = (face, word) => lettersIn(word).every((letter) => !face.ill.has(face.letters.get(letter)));

/** What sets names: `first` and `spare` are tables; `spare` may come later (`needsSpare` tells for which names). */
export function letteringOf(first, spare = null) {
  return { first: faceOf(first), spare: spare && faceOf(spare), inks: new Map() };
}

/** Whether the first face can't set a name well; the spare one may. */
export function needsSpare(lettering, text) {
  const { first } = lettering;
  return lacks(first, text).length > 0 || !setsMarksWell(first, text);
}

function chosen({ first, spare }, word) {
  const drawn = lacks(first, word).length === 0;
  if (drawn && (spare === null || setsMarksWell(first, word))) return first;
  if (spare !== null && lacks(spare, word).length === 0 && (!drawn || setsMarksWell(spare, word))) return spare;
  return drawn ? first : null;
}

const wordsIn = (text) => text.split(BLANKS).filter(Boolean);

/** The letters of `text` that neither face has, in order, once each. */
export function missingIn(lettering, text) {
  const lost = wordsIn(text).filter((word) => chosen(lettering, word) === null);
  return [...new Set(lost.flatMap((word) => lacks(lettering.first, word)))];
}

/** A line as glyphs with their places (units of the first face), kerned; nothing of it may be missing. */
export function shape(lettering, text) {
  const pieces = [];
  for (const word of STACKED.test(text) || needsSpare(lettering, text) ? wordsIn(text) : [text]) {
    const face = word.trim() ? chosen(lettering, word) : lettering.first;
    if (pieces.length && pieces.at(-1).face === face) pieces.at(-1).text += word;
    else pieces.push({ face, text: word });
  }
  const glyphs = [];
  let pen = 0;
  for (const piece of pieces) {
    const set = run(piece.face, piece.text);
    glyphs.push(...set.glyphs.map((glyph) => ({ ...glyph, x: glyph.x + pen })));
    pen += set.advance;
  }
  return { glyphs, advance: pen };
}

/** Advance and bounds of the ink of a line, in em, y down. */
export function inkOf(lettering, text) {
  const known = lettering.inks.get(text);
  if (known) return known;
  const { em } = lettering.first;
  const { glyphs, advance } = shape(lettering, text);
  const ink = { advance: advance / em, left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { face, glyph, x, y } of glyphs) {
    const box = face.boxes[glyph];
    if (!box.length) continue;
    ink.left = Math.min(ink.left, (x + box[0]) / em);
    ink.top = Math.min(ink.top, (y + box[1]) / em);
    ink.right = Math.max(ink.right, (x + box[2]) / em);
    ink.bottom = Math.max(ink.bottom, (y + box[3]) / em);
  }
  if (ink.left === Infinity) Object.assign(ink, { left: 0, top: 0, right: 0, bottom: 0 });
  ink.width = ink.right - ink.left;
  lettering.inks.set(text, ink);
  return ink;
}
