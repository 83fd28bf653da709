// Draws an agency's name into a banner without one, and makes files of it. Everything happens in the page.

import { breakCosts } from "./breaks.js";
import { escaped, quoted } from "./escaping.js";
import { forgetHanded, handed } from "./handing.js";
import { letteringOf, missingIn, needsSpare, outlineOf, shape } from "./lettering.js";
import { setAgency } from "./naming.js";
import { lexiconOf } from "./seams.js";
import { data, loadScript, placeOf } from "./shell.js";
import { unpacked } from "./unpacking.js";

const MOST_KEPT = 8; // pictures; each is a few megabytes
const PRINT_PX = 2400;
const MOST_PX = 16_700_000; // what a phone's canvas holds
const QUALITIES = [0.92, 0.86, 0.8, 0.74, 0.68];
const TYPES = { png: "image/png", jpg: "image/jpeg", webp: "image/webp", svg: "image/svg+xml", pdf: "application/pdf" };

const FILES_BEGIN = "ten-tep-bat-dau-"; // as in dxassets/renderers/site/model.py
const MARGIN = 3; // px round a slot, for soft edges

const pictures = new Map();
const painted = new WeakMap(); // what a canvas shows

/** The same once, kept nowhere: for what is large and wanted one time. */
export async function taken(name, path) {
  try {
    return await handed(name, path);
  } finally {
    forgetHanded(name);
  }
}

const tables = new Map(); // outlines that the drawings of a day share, by the table's name

/** A table of outlines; another edition's comes by another name, and is none. */
async function tableOf([name, path]) {
  if (!tables.has(name)) {
    const table = await taken(name, path);
    if (!table) throw new Error(path);
    tables.set(name, JSON.parse(await unpacked(table).text()));
  }
  return tables.get(name);
}

async function fetchBase(id) {
  const digits = await handed("bases", "js/bases.js");
  const base = await handed(`base ${id}`, `bases/${id}.js?v=${digits[id]}`);
  forgetHanded(`base ${id}`);
  const table = await tableOf(base.shapes);
  const svg = (await unpacked(base.svg).text()).replace(/ d="#(\d+)"/g, (_, row) => ` d="${table[row]}"`);
  const image = Object.assign(new Image(), { alt: "" });
  image.src = URL.createObjectURL(new Blob([svg], { type: TYPES.svg }));
  await image.decode();
  return { ...base, svg, image };
}

/** A banner without a name: its drawing, and the name's slot. The last few are kept. */
function baseOf({ day, theme, preset }) {
  const id = `${day}-${theme}-${preset}`;
  if (!pictures.has(id)) {
    const promise = fetchBase(id);
    promise.catch(() => pictures.delete(id));
    pictures.set(id, promise);
    if (pictures.size > MOST_KEPT) forget(pictures.keys().next().value);
  }
  return pictures.get(id);
}

function forget(id) {
  pictures.get(id).then(({ image }) => URL.revokeObjectURL(image.src), () => {});
  pictures.delete(id);
}

let first = null;

/** Letters and word list, the spare face only where one of `names` needs it. */
async function toolsFor(names) {
  const [table, words] = await Promise.all([handed("letters", "js/letters.js"), handed("words", "js/words.js")]);
  first ??= { lettering: letteringOf(table), lexicon: lexiconOf(...words) };
  const said = names.join(" ").toUpperCase().normalize("NFC");
  if (!first.lettering.spare && needsSpare(first.lettering, said)) {
    first.lettering = letteringOf(table, await handed("spare", "js/letters-spare.js"));
  }
  return first;
}

/** Fetches what every name needs, before somebody has typed one. */
export function prepare() {
  toolsFor([]).catch(() => {});
}

/**
 * A look with a name: `{ base, lettering, lines, name }`, or what is wrong with it: `{ missing }`, `{ noFit }`.
 * `names` are the full name and the short one, as Python would have them.
 */
export async function namedLook(look, names) {
  const [base, { lettering, lexicon }] = await Promise.all([baseOf(look), toolsFor(names)]);
  const preset = data.presets[look.preset];
  const plain = { look, base, lettering, preset, lines: [], name: names[0] };
  if (!base.slot) return plain;
  const missing = missingIn(lettering, names.join(" ").toUpperCase().normalize("NFC"));
  if (missing.length) return { missing };
  const found = setAgency(lettering, base.slot, names.map((name) => breakCosts(lexicon, name, data.phrases)));
  return found ? { ...plain, lines: found.lines, name: names[found.name] } : { noFit: true };
}

/** How many px a unit of the size has in a picture for screens. */
const scaleOf = (preset) => (preset.unit === "px" ? 1 : PRINT_PX / Math.max(preset.width, preset.height));

/** Whether a device's canvas has room for the picture at so many times its px. */
export function hasRoom(preset, times) {
  const scale = scaleOf(preset) * times;
  return preset.width * preset.height * scale * scale <= MOST_PX;
}

/** Gives a canvas' pixels back at once: a phone has room for few, and its collector comes late. */
export function release(canvas) {
  Object.assign(canvas, { width: 0, height: 0 });
}

let ground = { base: null, canvas: null };

/** The picture without a name in just so many px. Drawing an SVG takes its time: the last one is kept. */
function groundOf(base, width, height) {
  const { canvas } = ground;
  if (ground.base === base && canvas.width === width && canvas.height === height) return canvas;
  if (canvas) release(canvas);
  ground = { base, canvas: Object.assign(document.createElement("canvas"), { width, height }) };
  ground.canvas.getContext("2d", { alpha: false }).drawImage(base.image, 0, 0, width, height);
  return ground.canvas;
}

/** Lays the bare picture on the canvas; where another name stands on it, only below that name. */
function clear(context, base, scale) {
  const { canvas } = context;
  const bare = groundOf(base, canvas.width, canvas.height);
  if (painted.get(canvas) !== base) {
    context.drawImage(bare, 0, 0);
  } else if (base.slot) {
    const { x, y, width, height } = base.slot;
    const [left, top] = [Math.max(0, Math.floor(x * scale) - MARGIN), Math.max(0, Math.floor(y * scale) - MARGIN)];
    const wide = Math.min(canvas.width - left, Math.ceil(width * scale) + 2 * MARGIN);
    const tall = Math.min(canvas.height - top, Math.ceil(height * scale) + 2 * MARGIN);
    context.drawImage(bare, left, top, wide, tall, left, top, wide, tall);
  }
}

/** The picture on a canvas, `times` as many px as it has; on one that shows the same look only the name is drawn. */
export function paint(canvas, { base, lettering, lines, preset }, times = 1) {
  const scale = scaleOf(preset) * times;
  const [width, height] = [Math.round(preset.width * scale), Math.round(preset.height * scale)];
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
    painted.delete(canvas);
  }
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  clear(context, base, scale);
  context.fillStyle = base.color;
  for (const line of lines) {
    const k = (line.size * scale) / lettering.first.em;
    for (const { face, glyph, x, y } of shape(lettering, line.text).glyphs) {
      context.setTransform(k, 0, 0, k, line.x * scale + x * k, line.baseline * scale + y * k);
      context.fill(shapeOf(face, glyph));
    }
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  painted.set(canvas, base);
  return canvas;
}

function shapeOf(face, glyph) {
  face.shapes[glyph] ??= new Path2D(outlineOf(face, glyph));
  return face.shapes[glyph];
}

/** The picture's words. */
export function altOf({ base, name }) {
  return base.alt.replace("{}", () => name);
}

const fileStart = (start, { day, theme }) => `${start}-${day}-${theme}-`;

/** The HTML for other pages, and a mail's plain text, where it is a size for them; files begin with `start`. */
export function wordsOf({ base, name, look }, start) {
  const told = base.embed?.replaceAll(FILES_BEGIN, fileStart(start, look));
  return { embed: told?.replaceAll("{}", () => quoted(name)), plain: base.plain?.replaceAll("{}", () => name) };
}

function svgOf(drawn) {
  const { base, lettering, lines, preset } = drawn;
  const groups = lines.map((line) => {
    const glyphs = shape(lettering, line.text).glyphs.filter(({ face, glyph }) => outlineOf(face, glyph));
    const paths = glyphs.map(({ face, glyph, x, y }) => `<path transform="translate(${x} ${y})" d="${outlineOf(face, glyph)}"/>`);
    const place = `translate(${line.x.toFixed(3)} ${line.baseline.toFixed(3)}) scale(${(line.size / lettering.first.em).toFixed(6)})`;
    return `<g fill="${base.color}"><g transform="${place}">${paths.join("")}</g></g>`;
  });
  const head = base.svg.indexOf(">", base.svg.indexOf("<svg")) + 1;
  let open = base.svg.slice(0, head);
  if (preset.unit === "mm") open = open.replace(/width="([\d.]+)" height="([\d.]+)"/, 'width="$1mm" height="$2mm"');
  const body = base.svg.slice(head, base.svg.lastIndexOf("</svg>"));
  return `${open}<desc>${escaped(altOf(drawn))}</desc>${body}${groups.join("")}</svg>`;
}

const WEBP = /data:image\/webp;base64,[A-Za-z0-9+/=]+/g;

/** A drawing whose pictures every program reads: browsers draw WebP, which is lighter, and few others do. */
async function readable(svg) {
  const told = new Map();
  for (const [address] of svg.matchAll(WEBP)) {
    const image = Object.assign(new Image(), { src: address });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const { data: levels } = context.getImageData(0, 0, canvas.width, canvas.height);
    const isWhole = levels.every((level, at) => at % 4 !== 3 || level === 255);
    told.set(address, isWhole ? canvas.toDataURL(TYPES.jpg, QUALITIES[0]) : canvas.toDataURL(TYPES.png));
  }
  return svg.replace(WEBP, (address) => told.get(address));
}

let worker = null;
let asked = 0;

function startWorker() {
  try {
    worker ??= new Worker(placeOf("js/png.js"));
  } catch {
    worker = null; // a page from a folder may start none
  }
}

function byWorker(picture) {
  asked += 1;
  const number = asked;
  return new Promise((resolve, reject) => {
    const hear = ({ data: answer }) => {
      if (answer.number !== number) return;
      worker.removeEventListener("message", hear);
      resolve(answer.file);
    };
    worker.addEventListener("message", hear);
    worker.addEventListener("error", reject, { once: true });
    worker.postMessage({ number, picture });
  });
}

async function pngFile(canvas, most) {
  if (typeof CompressionStream === "undefined") return blobOf(canvas, TYPES.png, 1);
  const { width, height } = canvas;
  const picture = { width, height, most, data: canvas.getContext("2d").getImageData(0, 0, width, height).data };
  startWorker();
  if (worker) {
    try {
      return await byWorker(picture);
    } catch {
      worker = null;
    }
  }
  if (!window.dxassetsPng) await loadScript("js/png.js");
  return window.dxassetsPng(picture);
}

const blobOf = (canvas, type, quality) => new Promise((resolve) => canvas.toBlob(resolve, type, quality));

/** The best quality within the budget; null where there is none. */
async function lossyFile(canvas, type, most) {
  for (const quality of QUALITIES) {
    const file = await blobOf(canvas, type, quality);
    if (file === null || file.type !== type) return null;
    if (!most || file.size <= most) return file;
  }
  return null;
}

let webp = null;

/** Whether this browser writes WebP; it is asked once. */
export function writesWebp() {
  const probe = () => Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).toDataURL(TYPES.webp);
  webp ??= probe().startsWith(`data:${TYPES.webp}`);
  return webp;
}

/** Whether the print's PDF page lies in the site; heavy ones do not, and the drawing says how heavy. */
export const hasPage = ({ base }) => Boolean(base.page?.digits);

/** The print's PDF page with the name in it as paths; pdf-lib comes when the first is asked for. */
async function pageOf({ base, look, lettering, lines }) {
  const id = `${look.day}-${look.theme}-${look.preset}`;
  const { digits, scale, bleed } = base.page;
  if (!window.dxassetsPage) {
    await Promise.all(["js/pdf-lib.js", "js/printing.js"].map(loadScript));
  }
  const pdf = await taken(`page ${id}`, `bases/${id}.pdf.js?v=${digits}`);
  const drawn = lines.map(({ text, ...line }) => {
    const glyphs = shape(lettering, text).glyphs.map(({ face, glyph, x, y }) => ({ x, y, d: outlineOf(face, glyph) }));
    return { ...line, em: lettering.first.em, glyphs: glyphs.filter(({ d }) => d) };
  });
  return window.dxassetsPage({ pdf, scale, bleed, color: base.color, lines: drawn });
}

/** The picture as a file of that format; null where none is within the size's budget. */
export async function fileOfLook(drawn, format, start, times = 1) {
  const { preset, look } = drawn;
  const name = `${fileStart(start, look)}${look.preset}${times === 1 ? "" : `@${times}x`}.${format}`;
  if (format === "svg") return new File([await readable(svgOf(drawn))], name, { type: TYPES.svg });
  if (format === "pdf") return new File([await pageOf(drawn)], name, { type: TYPES.pdf });
  const canvas = paint(document.createElement("canvas"), drawn, times);
  const most = (preset.most ?? 0) * times;
  try {
    const made = format === "png" ? await pngFile(canvas, most) : await lossyFile(canvas, TYPES[format], most);
    return made && new File([made], name, { type: TYPES[format] });
  } finally {
    release(canvas);
  }
}
