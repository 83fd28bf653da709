// The avatar page: a photo is chosen, laid under a frame, and saved. Nothing leaves the page.

import { compose } from "./compose.js";
import { drawnFrame, frameOf } from "./frames.js";
import { LEAST_ZOOM, MOST_ZOOM, moved, settle } from "./framing.js";
import { watchKeys, watchStage } from "./gestures.js";
import { warnInApp } from "./inapp.js";
import { written } from "./notation.js";
import { openPhoto } from "./photo.js";
import { addressOf, canShare, download, fileOf } from "./saving.js";
import { byId, data, notice, say, startPage } from "./shell.js";

const { opening } = data;
const stage = byId("stage");
const context = stage.getContext("2d");
const side = stage.width;
const studio = byId("studio");
const app = warnInApp();
// Where people are in portraits: a little above the middle.
const START = { focusX: 0.5, focusY: 0.42, zoom: LEAST_ZOOM, rotation: 0 };
const STEP = 12;

let photo = null;
let placement = START;
let frame = null;
let ground = "#ffffff";
let wanted = "";
let waiting = 0;
let telling = 0;
let taken = 0;

function chosen(name) {
  return document.querySelector(`input[name="${name}"]:checked`).value;
}

// --- drawing

function draw() {
  waiting = 0;
  compose(context, {
    photo,
    placement,
    frame: frame && drawnFrame(frame, side),
    opening,
    ground,
  });
  stage.dataset.placement = JSON.stringify(placement);
  for (const circle of document.querySelectorAll(".circle")) {
    const small = circle.getContext("2d");
    small.imageSmoothingQuality = "high";
    small.drawImage(stage, 0, 0, circle.width, circle.height);
  }
}

function redraw() {
  if (photo && !waiting) waiting = requestAnimationFrame(draw);
}

async function changeFrame() {
  const theme = chosen("theme");
  const id = `${chosen("day")}-${theme}-${chosen("style")}`;
  wanted = id;
  try {
    const found = await frameOf(id);
    if (wanted !== id) return;
    frame = found;
    ground = data.grounds[theme];
    byId("worn").replaceChildren(found.image);
    byId("drop").className = `stage theme-${theme}`;
    stage.dataset.frame = id;
    redraw();
  } catch {
    if (wanted === id) tell(say("frame_failed"), true);
  }
}

// --- words

function tell(text, wrong = false) {
  const message = byId("message");
  message.textContent = text;
  message.classList.toggle("wrong", wrong);
}

function tellPlacement() {
  clearTimeout(telling);
  telling = setTimeout(() => {
    tell(say("placed", { zoom: written(placement.zoom, 1, data.lang), turn: Math.round(placement.rotation) }));
  }, 600);
}

// --- moving

function place(next) {
  placement = settle(next, photo);
  byId("zoom").value = Math.log2(placement.zoom);
  byId("zoom").setAttribute("aria-valuetext", `${written(placement.zoom, 1, data.lang)}×`);
  byId("turn").value = placement.rotation;
  redraw();
  tellPlacement();
}

function move(dx, dy) {
  place(moved(placement, photo, opening, side, dx, dy));
}

/** Zooms and turns about a point of the stage, which then moves by `dx`, `dy`. */
function pinch({ x, y, factor, turn, dx, dy }) {
  const before = placement;
  const next = settle({ ...before, zoom: before.zoom * factor, rotation: before.rotation + turn }, photo);
  const grown = next.zoom / before.zoom;
  const angle = (turn * Math.PI) / 180;
  const [fromX, fromY] = [x - dx - opening.x * side, y - dy - opening.y * side];
  const [toX, toY] = [
    grown * (Math.cos(angle) * fromX - Math.sin(angle) * fromY),
    grown * (Math.sin(angle) * fromX + Math.cos(angle) * fromY),
  ];
  placement = next;
  move(fromX - toX + dx, fromY - toY + dy);
}

const about = (factor, turn) => pinch({ x: opening.x * side, y: opening.y * side, factor, turn, dx: 0, dy: 0 });

function act(name, strong = false) {
  const step = strong ? 5 * STEP : STEP;
  const acts = {
    left: () => move(-step, 0),
    right: () => move(step, 0),
    up: () => move(0, -step),
    down: () => move(0, step),
    "zoom-in": () => about(1.1, 0),
    "zoom-out": () => about(1 / 1.1, 0),
    "turn-left": () => about(1, -90),
    "turn-right": () => about(1, 90),
    "tilt-left": () => about(1, strong ? -15 : -3),
    "tilt-right": () => about(1, strong ? 15 : 3),
    reset: () => place(START),
  };
  acts[name]();
}

// --- the photo

/** Opens the first of `files`; of two that are chosen shortly after one another the later one counts. */
async function take(files) {
  if (!files.length) return;
  taken += 1;
  const mine = taken;
  tell(say("reading"));
  try {
    const opened = await openPhoto(files[0]);
    if (taken !== mine) return;
    photo = opened;
    studio.classList.add("has-photo");
    stage.tabIndex = 0;
    place(START);
    clearTimeout(telling);
    tell(say(files.length > 1 ? "many" : "ready"));
  } catch (error) {
    if (taken === mine) tell(say(error.reason ?? "unreadable"), true);
  }
}

function watchFiles() {
  const input = byId("file");
  input.addEventListener("change", async () => {
    await take(input.files);
    input.value = ""; // the same photo may be chosen again
  });
  const drop = byId("drop");
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragenter" || name === "dragover");
    });
  }
  addEventListener("drop", (event) => take(event.dataTransfer.files));
  addEventListener("paste", (event) => take(event.clipboardData.files));
}

// --- saving

function save(type) {
  draw(); // what is not drawn yet
  const file = fileOf(stage, type, `${say("file_name")}-${stage.dataset.frame}`);
  if (!file) {
    tell(say("save_failed"), true);
    return null;
  }
  return file;
}

async function saveAs(type) {
  const file = save(type);
  if (!file) return;
  if (app) {
    const picture = Object.assign(new Image(side, side), { alt: byId("result-title").textContent });
    picture.src = await addressOf(file);
    byId("result-picture").replaceChildren(picture);
    byId("result").showModal();
  } else {
    download(file);
    notice(say("saved", { name: file.name }));
  }
}

async function share() {
  const file = save("image/jpeg");
  if (!file) return;
  try {
    await navigator.share({ files: [file], title: say("share_title") });
  } catch (error) {
    if (error.name !== "AbortError") await saveAs("image/jpeg");
  }
}

function watchButtons() {
  const isOn = () => photo !== null;
  watchStage(stage, { move, pinch, isOn });
  watchKeys(stage, act, isOn);
  for (const button of document.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => act(button.dataset.do));
  }
  byId("zoom").max = Math.log2(MOST_ZOOM);
  byId("zoom").addEventListener("input", (event) => about(2 ** event.target.value / placement.zoom, 0));
  byId("turn").addEventListener("input", (event) => about(1, event.target.value - placement.rotation));
  byId("frame").addEventListener("change", changeFrame);
  byId("save").addEventListener("click", () => saveAs("image/jpeg"));
  byId("save-png").addEventListener("click", () => saveAs("image/png"));
  byId("result-close").addEventListener("click", () => byId("result").close());
  byId("share").hidden = !canShare();
  byId("share").addEventListener("click", share);
}

function start() {
  watchFiles();
  watchButtons();
  changeFrame();
}

startPage();
if (Object.keys(data.frames).length) start();
