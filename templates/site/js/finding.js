// Asks for the faces of a photo. What finds them, and its numbers, come with the first photo and not before.

import { loadScript, placeOf } from "./shell.js";

const SCRIPT = "js/faces.js";
let worker = null;
let number = 0;

/** Fetches what finds faces; called as soon as somebody chooses a photo. */
export function prepareFaces() {
  if (worker) return;
  try {
    worker = new Worker(placeOf(SCRIPT));
  } catch {
    worker = null; // a page from a folder may start none
  }
}

/**
 * The faces of a photo: `{ boxes, scores, turn }`; without boxes where there are none (then `middle` is
 * that of what stands out, if anything does), or none can be sought.
 */
export async function facesIn(photo) {
  const none = { boxes: [], scores: [], turn: 0 };
  const asked = { width: photo.width, height: photo.height, mayTurn: !photo.isTold };
  prepareFaces();
  if (worker) {
    const found = await askWorker(photo, asked).catch(() => null);
    if (found) return found;
    worker = null;
  }
  try {
    if (!window.dxassetsFaces) await loadScript(SCRIPT);
    return await window.dxassetsFaces(asked, async (width, height) => copyOf(photo, width, height));
  } catch {
    return none;
  }
}

function askWorker(photo, asked) {
  number += 1;
  const mine = number;
  const here = worker;
  return new Promise((resolve, reject) => {
    here.onerror = reject;
    here.onmessage = ({ data }) => {
      if (data.number !== mine) return; // another photo was chosen since
      if (data.found) {
        resolve(data.found);
        return;
      }
      const copy = copyOf(photo, ...data.wanted);
      here.postMessage({ copy, number }, [copy.data.buffer]);
    };
    here.postMessage({ photo: asked, number: mine });
  });
}

/** The photo at that size; halved first where it is much larger, since some browsers skip px otherwise. */
function copyOf(photo, width, height) {
  let seen = photo.source;
  let [wide, tall] = [seen.width, seen.height];
  while (wide >= 4 * width && tall >= 4 * height) {
    [wide, tall] = [Math.ceil(wide / 2), Math.ceil(tall / 2)];
    seen = drawnAt(seen, wide, tall, "low").canvas; // of a half that is the mean of four px, and soon made
  }
  const { data } = drawnAt(seen, width, height, "high").getImageData(0, 0, width, height);
  return { width, height, data };
}

function drawnAt(source, width, height, quality) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = quality;
  context.drawImage(source, 0, 0, width, height);
  return context;
}
