// Finds faces beside the page, in a worker; where a page was opened from a folder and may have none, within it.
// The build writes the network's numbers above, as `dxassetsNet`, in base64.

import { search } from "./facesearch.js";
import { middleOf } from "./standing.js";
import { look, readNet } from "./yunet.js";

const net = readNet(Uint8Array.from(atob(self.dxassetsNet), (sign) => sign.charCodeAt(0)));

/** The faces of a photo; without any, `middle` is that of what stands out. */
async function seenIn(photo, copy) {
  const found = await search(net, photo, copy);
  return found.boxes.length ? found : { ...found, middle: await middleOf(photo, copy) };
}

if (typeof document === "undefined") {
  look(net, { width: 160, height: 128, data: new Uint8ClampedArray(4 * 160 * 128) }); // while a photo is chosen and decoded
  // the page has the photo: it is asked for copies of it, and told what was found
  const arriving = new Map();
  const copyFor = (number) => (width, height) =>
    new Promise((resolve) => {
      arriving.set(number, resolve);
      postMessage({ wanted: [width, height], number });
    });
  self.onmessage = async ({ data: { photo, copy, number } }) => {
    if (copy) arriving.get(number)(copy);
    else postMessage({ found: await seenIn(photo, copyFor(number)), number });
  };
} else {
  self.dxassetsFaces = seenIn;
}
