// Lays a name into a print's PDF page as paths: a copy of the page without one, and one more stream of its content
// (ISO 32000-1, 8.5). Loaded with pdf-lib when the first PDF is asked for.

const PT_PER_MM = 72 / 25.4;
const COMMAND = /([MLQClqcz])([^MLQClqcz]*)/g;
const NUMBER = /-?\d*\.?\d+/g;

const told = (value) => value.toFixed(3).replace(/\.?0+$/, "");

/** Points of one command, counted from where the pen is. */
function points(rest, x, y) {
  const values = (rest.match(NUMBER) ?? []).map(Number);
  return values.map((value, at) => value + (at % 2 ? y : x));
}

/** A quadratic curve as the cubic one that PDF knows. */
function cubic(x, y, [cx, cy, endX, endY]) {
  return [x + (2 * (cx - x)) / 3, y + (2 * (cy - y)) / 3, endX + (2 * (cx - endX)) / 3, endY + (2 * (cy - endY)) / 3, endX, endY];
}

/** The path of a glyph (SVG data as `outlineOf` gives it), moved, as operators. */
function glyphOf({ d, x: left, y: top }) {
  const out = [];
  let [x, y] = [0, 0];
  for (const [, command, rest] of d.matchAll(COMMAND)) {
    if (command === "z") {
      out.push("h");
      continue;
    }
    const isStep = command === command.toLowerCase();
    const all = isStep ? points(rest, x, y) : points(rest, 0, 0);
    const kind = command.toUpperCase();
    const found = kind === "Q" ? cubic(x, y, all) : all;
    [x, y] = found.slice(-2);
    const placed = found.map((value, at) => told(value + (at % 2 ? top : left)));
    out.push(`${placed.join(" ")} ${{ M: "m", L: "l" }[kind] ?? "c"}`);
  }
  return `${out.join("\n")}\nf`;
}

/** Each line of the name as operators; the drawing's y runs down, the page's up from its foot. */
function contentOf({ lines, color, scale, bleed }, height) {
  const k = scale * PT_PER_MM;
  const ink = [1, 3, 5].map((at) => told(parseInt(color.slice(at, at + 2), 16) / 255));
  const groups = lines.map(({ x, baseline, size, em, glyphs }) => {
    const each = ((size / em) * k).toFixed(8);
    const place = `${((x + bleed) * k).toFixed(5)} ${(height - (baseline + bleed) * k).toFixed(5)}`;
    return `q\n${each} 0 0 -${each} ${place} cm\n${glyphs.map(glyphOf).join("\n")}\nQ`;
  });
  return `q\n${ink.join(" ")} rg\n${groups.join("\n")}\nQ`;
}

/** The PDF with the name in it: `pdf` is the page without one, as base64. */
window.dxassetsPage = async ({ pdf, ...name }) => {
  const bytes = Uint8Array.from(atob(pdf), (sign) => sign.charCodeAt(0));
  if (!name.lines.length) return bytes;
  const copy = await window.PDFLib.PDFDocument.load(bytes, { updateMetadata: false });
  const page = copy.getPage(0);
  page.node.normalize();
  page.node.addContentStream(copy.context.register(copy.context.flateStream(contentOf(name, page.getHeight()))));
  return copy.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false });
};
