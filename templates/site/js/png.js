// Writes PNG files beside the page, in a worker; where a page was opened from a folder and may have none, within it.

import { pngOf } from "./pngcode.js";

if (typeof document === "undefined") {
  self.onmessage = async ({ data: { number, picture } }) => postMessage({ number, file: await pngOf(picture) });
} else {
  self.dxassetsPng = pngOf;
}
