// Opens a photo: upright, at a size that the smallest phone can hold, and with plain words when it can't.

import { isTold } from "./exif.js";
import { areAlike, hasEnd, isCutShort, mayBeCut, withEnd, withMore } from "./wholeness.js";

// Safari's canvas ends at 16.7 million px; half of that is plenty for a picture of 1080 px.
const MOST_PIXELS = 8_000_000;

// A photo of 16 × 8 px, white on its left and black on its right, that lies on its side (EXIF orientation 6).
const TRIAL =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDABsSFBcUERsXFhceHBsg" +
  "KEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIABABAREA/8QAHwAAAQUBAQEB" +
  "AQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAk" +
  "M2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKj" +
  "pKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AOmrzOv/2Q==";

/** A file that is no photo; `reason` names the text that explains it. */
export class PhotoProblem extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * The photo in a file: `source` to draw, and `width` and `height` of the upright original, whose px are what
 * placements are measured in; `isTold`: the file said how it lies; `isEnded`: it had its end marker.
 */
export async function openPhoto(file) {
  if (file.size === 0) throw new PhotoProblem("empty");
  try {
    const photo = await loaded(file, (image) => photoIn(file, image));
    if (photo) return photo;
  } catch {
    // what it is instead is looked up below
  }
  throw new PhotoProblem(await kindOf(file).catch(() => "unreadable"));
}

async function photoIn(file, image) {
  const { naturalWidth: width, naturalHeight: height } = image;
  if (!width || file.type === "image/svg+xml") return null; // a drawing may have no size
  const decoding = reduced(file, image).catch(() => null); // while the bytes are read
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = isCutShort(bytes) ? null : await whole(bytes, decoding);
  return found && { width, height, ...found, isTold: isTold(bytes) };
}

/** The picture of a file that is all there; nothing where more is missing than a JPEG's end marker. */
async function whole(bytes, decoding) {
  const isEnded = hasEnd(bytes);
  const again = (file) => loaded(file, (image) => reduced(file, image));
  const source = isEnded ? await decoding : await again(withEnd(bytes));
  if (!source) return null;
  const isWhole = (isEnded && !mayBeCut(bytes, source)) || areAlike(source, await again(withMore(bytes)));
  return isWhole ? { source, isEnded } : null;
}

/** What `use` makes of a file's image. Browsers turn it upright by themselves, and decode it only when they must. */
async function loaded(file, use) {
  const address = URL.createObjectURL(file);
  try {
    const image = await new Promise((resolve, reject) => {
      const arriving = new Image();
      arriving.onload = () => resolve(arriving);
      arriving.onerror = reject;
      arriving.src = address;
    });
    return await use(image);
  } finally {
    URL.revokeObjectURL(address);
  }
}

let trusted = null;

/** Whether `createImageBitmap` turns photos upright while it reduces them; some versions of Safari do not. */
function isTrusted() {
  trusted ??= (async () => {
    const bytes = Uint8Array.from(atob(TRIAL), (sign) => sign.charCodeAt(0));
    const bitmap = await decoded(new Blob([bytes], { type: "image/jpeg" }), 4, 8);
    const canvas = Object.assign(document.createElement("canvas"), { width: 4, height: 8 });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    const shade = (y) => context.getImageData(2, y, 1, 1).data[0];
    return bitmap.width === 4 && bitmap.height === 8 && shade(1) > 180 && shade(6) < 75;
  })().catch(() => false);
  return trusted;
}

function decoded(file, width, height) {
  return createImageBitmap(file, {
    imageOrientation: "from-image",
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: "medium",
  });
}

/** The picture, small enough to be held: decoded beside the page where the browser can, else on a canvas. */
async function reduced(file, image) {
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (naturalWidth * naturalHeight)));
  const width = Math.max(1, Math.round(naturalWidth * scale));
  const height = Math.max(1, Math.round(naturalHeight * scale));
  if (await isTrusted()) {
    const bitmap = await decoded(file, width, height).catch(() => null);
    if (bitmap) return bitmap;
  }
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

const RAW = /\.(nef|nrw|dng|cr2|cr3|crw|arw|srf|sr2|raf|orf|rw2|pef|srw|3fr|iiq|erf|mrw|rwl|x3f)$/i;

/** What a file that can't be opened is: a camera's raw file by its name, others by their first bytes. */
async function kindOf(file) {
  if (RAW.test(file.name)) return "raw";
  const bytes = new Uint8Array(await file.slice(0, 32).arrayBuffer());
  const text = String.fromCharCode(...bytes);
  const brand = text.slice(4, 12);
  if (/^ftyp(hei|hev|mif1|msf1)/.test(brand)) return "heic";
  if (brand.startsWith("ftyp") && !brand.startsWith("ftypavi")) return "video";
  if (text.startsWith("%PDF")) return "pdf";
  if (text.startsWith("PK\x03\x04") || text.startsWith("\xd0\xcf\x11\xe0")) return "word";
  if (text.startsWith("\x1aE\xdf\xa3")) return "video";
  const isPicture =
    text.startsWith("\xff\xd8\xff") || text.startsWith("\x89PNG") || /^(RIFF....WEBP|GIF8|BM)/s.test(text);
  if (isPicture || brand.startsWith("ftypavi")) return "broken";
  return /^(II\*|MM\0|<svg|<\?xml|8BPS)/.test(text) ? "format" : "unknown";
}
