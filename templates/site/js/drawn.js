// What draws names, in a script of its own: the page shows its first picture without it.

import { altOf, fileOfLook, hasPage, hasRoom, namedLook, paint, prepare, taken, wordsOf, writesWebp } from "./drawing.js";

window.dxassetsDrawing = { altOf, fileOfLook, hasPage, hasRoom, namedLook, paint, prepare, taken, wordsOf, writesWebp };
