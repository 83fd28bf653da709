// The avatar page: a photo is chosen, laid under a frame, and saved. Nothing leaves the page.

import { compose } from "./compose.js";
import { leave, pickUp } from "./crossing.js";
import { drawnFrame, frameOf } from "./frames.js";
import { facesIn, prepareFaces } from "./finding.js";
import { LEAST_GROUP_ZOOM, LEAST_ZOOM, MOST_ZOOM, moved, pinched, settle } from "./framing.js";
import { openFrame } from "./ownframe.js";
import { actsOf, watchKeys, watchStage } from "./gestures.js";
import { warnInApp } from "./inapp.js";
import { written } from "./notation.js";
import { openPhoto } from "./photo.js";
import { mainFaces, placementFor } from "./placing.js";
import { addressOf, canShare, download, fileOf } from "./saving.js";
import { byId, data, notice, say, startPage } from "./shell.js";
import { showThumbs } from "./thumbs.js";

const stage = byId("stage");
const context = stage.getContext("2d");
const side = stage.width;
const studio = byId("studio");
const app = warnInApp();
// Where people are in portraits: a little above the middle.
const START = { focusX: 0.5, focusY: 0.42, zoom: LEAST_ZOOM, rotation: 0 };
const FACES_WITHIN = 600; // ms that a photo waits for its faces before it is shown without

let opening = Object.values(data.openings)[0];
let photo = null;
let photoFile = null;
let faces = null;
let isGroup = false;
let alone = START; // where the photo lies without faces
let home = START;
let placement = START;
let frame = null;
let ground = "#ffffff";
let wanted = "";
let brought = null; // somebody's own frame
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
    edge: opening.edge,
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

/** Where photos lie in the frame that is chosen. One that nobody has moved finds its place anew. */
function openAt(next) {
  if (next === opening) return;
  const isHome = photo && JSON.stringify(placement) === JSON.stringify(settle(home, photo, leastZoom()));
  opening = next;
  const hole = document.querySelector("#hole circle");
  for (const [name, share] of [["cx", next.x], ["cy", next.y], ["r", next.radius]]) hole.setAttribute(name, 100 * share);
  if (isHome) goHome();
  else if (photo) place(placement);
}

function wear(next, id, behind) {
  frame = next;
  ground = behind;
  openAt(next.opening);
  byId("worn").replaceChildren(next.image);
  stage.dataset.frame = wanted = id;
  redraw();
}

/** Puts on a frame from a file; one that is none leaves everything as it was. */
async function bring(file) {
  if (!file) return;
  try {
    brought = await openFrame(file);
    byId("brought-choice").hidden = false;
    byId("brought").checked = true;
    changeFrame();
    tell(say("frame_on"));
  } catch (error) {
    tell(say(error.reason ?? "frame_unreadable"), true);
  }
}

async function changeFrame() {
  if (chosen("style") === "brought" && brought) return wear(brought, "rieng", "#ffffff");
  const theme = chosen("theme");
  const style = chosen("style") === "own" ? data.styles[theme] : chosen("style");
  const id = `${chosen("day")}-${theme}-${style}`;
  wanted = id;
  try {
    const found = await frameOf(id);
    if (wanted !== id) return;
    byId("drop").className = `stage theme-${theme}`;
    wear(Object.assign(found, { opening: data.openings[style] }), id, data.grounds[theme]);
  } catch {
    if (wanted === id) tell(say("frame_failed"), true);
  }
}

// --- the address holds the choice, so that an office can send it to its people

const CHOICES = ["day", "theme", "style"];

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const name of CHOICES) {
    const wish = [...document.querySelectorAll(`input[name="${name}"]`)].find((radio) => radio.value === said.get(name));
    if (wish && !wish.closest("[hidden]")) wish.checked = true;
  }
}

function writeAddress() {
  history.replaceState(null, "", `#${new URLSearchParams(CHOICES.map((name) => [name, chosen(name)]))}`);
}

function choose() {
  writeAddress();
  showThumbs(chosen);
  return changeFrame();
}

/** The photo goes along to the other language. */
async function cross(event) {
  if (!photoFile || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await leave(photoFile, placement, isGroup).catch(() => {});
  location.assign(byId("tongue").href);
}

async function arrive() {
  const left = await pickUp();
  if (!left) return;
  await take([left.file]);
  if (!photo) return;
  if (left.isGroup && !byId("group-choice").hidden) byId("group").checked = isGroup = true;
  byId("zoom").min = Math.log2(leastZoom());
  place(left.placement);
}

// --- words

function tell(text, wrong = false) {
  clearTimeout(telling); // where the photo lay before is old news by now
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

const leastZoom = () => (isGroup ? LEAST_GROUP_ZOOM : LEAST_ZOOM);

function place(next) {
  placement = settle(next, photo, leastZoom());
  byId("zoom").value = Math.log2(placement.zoom);
  byId("zoom").setAttribute("aria-valuetext", `${written(placement.zoom, 1, data.lang)}×`);
  byId("turn").value = placement.rotation;
  redraw();
  tellPlacement();
}

const move = (dx, dy) => place(moved(placement, photo, opening, side, dx, dy, leastZoom()));
const pinch = (asked) => place(pinched(placement, photo, opening, side, asked, leastZoom()));
const about = (factor, turn) => pinch({ x: opening.x * side, y: opening.y * side, factor, turn, dx: 0, dy: 0 });
const act = actsOf({ move, about, reset: () => place(home) });

// --- the photo

/** Opens the first of `files`; of two that are chosen shortly after one another the later one counts. */
async function take(files) {
  if (!files.length) return;
  taken += 1;
  const mine = taken;
  tell(say("reading"));
  prepareFaces();
  try {
    const opened = await openPhoto(files[0]);
    if (taken !== mine) return;
    const looking = facesIn(opened);
    const found = await Promise.race([looking, new Promise((resolve) => setTimeout(resolve, FACES_WITHIN, null))]);
    if (taken !== mine) return;
    photo = opened;
    photoFile = files[0];
    welcome(found);
    studio.classList.add("has-photo");
    if (byId("drop").getBoundingClientRect().bottom > innerHeight / 2) byId("drop").scrollIntoView(); // with the choices
    stage.tabIndex = 0;
    const words = files.length > 1 ? "many" : "ready";
    const told = tellFound(found, words);
    if (!found) looking.then((late) => comeLate(mine, late, words, told));
  } catch (error) {
    if (taken === mine) tell(say(error.reason ?? "unreadable"), true);
  }
}

/** Where a photo without faces lies: by what stands out, else by its upper third if it is upright. */
function faceless(middle) {
  const usual = { x: 0.5, y: photo.height > photo.width ? 1 / 3 : 0.5 };
  const { x, y } = middle ?? usual;
  return settle({ ...START, focusX: x, focusY: y }, photo);
}

/** Puts a photo where its faces stand well. */
function welcome(found) {
  faces = found?.boxes.length ? found : null;
  alone = faceless(found?.middle);
  const many = faces ? mainFaces(faces.boxes).length : 0;
  byId("group-choice").hidden = many < 2;
  byId("group").checked = isGroup = false;
  goHome();
}

function goHome() {
  home = faces ? placementFor(faces, photo, 2 * opening.radius * side, isGroup) : alone;
  byId("zoom").min = Math.log2(leastZoom());
  place(home);
  clearTimeout(telling);
}

/** Faces that took long count only if nobody has moved the photo since, and don't talk over what was told meanwhile. */
function comeLate(mine, found, words, told) {
  if (taken !== mine || JSON.stringify(placement) !== JSON.stringify(home)) return;
  const isLastWord = byId("message").textContent === told;
  welcome(found);
  tellFound(found, words, isLastWord);
}

/** Tells what was found in the photo; gives what it told. */
function tellFound(found, words, isToBeTold = true) {
  const told = [say(words)];
  if (!photo.isEnded) told.push(say("unended"));
  if (found?.turn) told.unshift(say("turned"));
  if (isToBeTold) tell(told.join(" "));
  stage.dataset.faces = found ? found.boxes.length : "";
  return told.join(" ");
}

function watchFiles() {
  const input = byId("file");
  input.addEventListener("click", prepareFaces); // while somebody looks for the photo
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
  const picture = Object.assign(new Image(side, side), { alt: byId("result-title").textContent });
  picture.src = await addressOf(file);
  if (app !== null) {
    byId("result-picture").replaceChildren(picture);
    byId("result").showModal();
    return;
  }
  download(file);
  notice(say("saved", { name: file.name }));
  byId("held-picture").replaceChildren(picture); // for browsers that took no file, and say nothing of it
  byId("held").hidden = false;
}

/** One share at a time, however fast the button is pressed. */
async function share() {
  const button = byId("share");
  if (button.disabled) return;
  const file = save("image/jpeg");
  if (!file) return;
  button.disabled = true;
  try {
    await navigator.share({ files: [file], title: say("share_title") });
  } catch (error) {
    if (error.name !== "AbortError" && error.name !== "InvalidStateError") await saveAs("image/jpeg");
  } finally {
    button.disabled = false;
  }
}

function watchButtons() {
  const isOn = () => photo !== null;
  watchStage(stage, { move, pinch, isOn });
  watchKeys(stage, act, isOn);
  for (const button of document.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => act(button.dataset.do));
  }
  byId("group").addEventListener("change", (event) => {
    isGroup = event.target.checked;
    goHome();
  });
  byId("zoom").max = Math.log2(MOST_ZOOM);
  byId("zoom").addEventListener("input", (event) => about(2 ** event.target.value / placement.zoom, 0));
  byId("turn").addEventListener("input", (event) => about(1, event.target.value - placement.rotation));
  byId("frame").addEventListener("change", choose);
  byId("frame-file").addEventListener("change", async (event) => {
    event.stopPropagation();
    await bring(event.target.files[0]);
    event.target.value = ""; // the same file may be chosen again
  });
  byId("save").addEventListener("click", () => saveAs("image/jpeg"));
  byId("save-png").addEventListener("click", () => saveAs("image/png"));
  byId("result-close").addEventListener("click", () => byId("result").close());
  byId("share").hidden = !canShare();
  byId("share").addEventListener("click", share);
}

function start() {
  watchFiles();
  watchButtons();
  readAddress();
  choose();
  addEventListener("hashchange", () => {
    readAddress();
    choose();
  });
  byId("tongue").addEventListener("click", cross);
  arrive();
}

startPage();
if (data.hasFrames) start();
