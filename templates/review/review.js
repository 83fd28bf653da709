// The review page: all framed photos, the most doubtful first. One is opened, moved, zoomed or turned, and all
// corrections are saved as a file that `dxassets frame --corrections` takes. Nothing leaves the page.

import { compose } from "./compose.js";
import { MOST_ZOOM, moved, pinched, settle } from "./framing.js";
import { actsOf, watchKeys, watchStage } from "./gestures.js";

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const { opening, texts } = data;
const stage = byId("stage");
const side = stage.width;
const CARD = 320; // px of a card's canvas
const DOUBTFUL = 0.3;
const FILE = "sua-khung.json";

const frame = Object.assign(new Image(), { src: data.frame });
const entries = data.photos.map((photo, at) => {
  const [focusX, focusY, zoom, rotation] = photo.place;
  const home = { focusX, focusY, zoom, rotation };
  return { ...photo, at, home, placement: home, isChanged: false, image: null, card: null };
});
let open = null;
let isSaved = true;
let filter = "all";

const say = (name, parts = {}) => texts[name].replace(/\{(\w+)\}/g, (hole, key) => (key in parts ? parts[key] : hole));

// --- drawing

function loaded(entry) {
  entry.image ??= (async () => {
    const image = Object.assign(new Image(), { src: entry.source });
    await Promise.all([image.decode(), frame.decode()]);
    return image;
  })();
  return entry.image;
}

async function drawEntry(canvas, entry) {
  const source = await loaded(entry);
  compose(canvas.getContext("2d"), {
    photo: { source, width: entry.width, height: entry.height },
    placement: entry.placement,
    frame,
    opening,
    edge: opening.edge,
    ground: data.ground,
    around: data.around,
  });
}

// --- cards

function wordsOf(entry) {
  const told = [];
  if (entry.sure === null) told.push(entry.found);
  else told.push(say(entry.faces > 1 ? "faces" : "face", entry));
  if (entry.turned) told.push(say("turned", entry));
  return told.join(" · ");
}

/** The photo's file; which folder it lies in is told where somebody asks. */
const nameOf = ({ photo }) => photo.split(/[\\/]/).pop();

function cardOf(entry) {
  const card = Object.assign(document.createElement("button"), { type: "button", className: "card" });
  const canvas = Object.assign(document.createElement("canvas"), { width: CARD, height: CARD });
  const name = Object.assign(document.createElement("b"), { textContent: nameOf(entry), title: entry.photo });
  const words = document.createElement("small");
  card.append(canvas, name, words);
  card.addEventListener("click", () => show(entry));
  card.dataset.result = entry.result;
  Object.assign(entry, { card, canvas, words });
  watcher.observe(card);
  return card;
}

// photos are decoded when they come near the window: a folder has hundreds
const watcher = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      const entry = entries.find(({ card }) => card === target);
      drawEntry(entry.canvas, entry);
    }
  },
  { rootMargin: "400px" },
);

const isDoubtful = (entry) => entry.doubt >= DOUBTFUL;
const isShown = { all: () => true, doubtful: isDoubtful, changed: (entry) => entry.isChanged };

function refresh() {
  for (const entry of entries) {
    entry.card.hidden = !isShown[filter](entry);
    entry.card.classList.toggle("changed", entry.isChanged);
    entry.words.textContent = entry.isChanged ? say("by_hand") : wordsOf(entry);
    entry.words.className = entry.isChanged ? "own" : entry.doubt >= 0.6 ? "bad" : isDoubtful(entry) ? "fair" : "";
  }
  const changed = entries.filter((entry) => entry.isChanged).length;
  byId("save").disabled = changed === 0;
  if (!isSaved || !changed) byId("said").textContent = changed ? say("changed", { count: changed }) : say("nothing");
  for (const button of document.querySelectorAll("[data-filter]")) {
    const name = button.dataset.filter;
    button.textContent = say(name, { count: entries.filter(isShown[name]).length });
    button.setAttribute("aria-pressed", String(name === filter));
  }
}

// --- the desk, where one photo is put right

function show(entry) {
  open = entry;
  byId("name").textContent = nameOf(entry);
  byId("found").textContent = wordsOf(entry);
  if (!byId("desk").open) byId("desk").showModal();
  redraw();
}

function redraw() {
  byId("zoom").value = Math.log2(open.placement.zoom);
  byId("turn").value = open.placement.rotation;
  stage.dataset.placement = JSON.stringify(open.placement);
  drawEntry(stage, open);
}

function put(next) {
  open.placement = settle(next, open, data.least);
  open.isChanged = JSON.stringify(open.placement) !== JSON.stringify(open.home);
  isSaved = false;
  redraw();
}

const move = (dx, dy) => put(moved(open.placement, open, opening, side, dx, dy, data.least));
const pinch = (asked) => put(pinched(open.placement, open, opening, side, asked, data.least));
const about = (factor, turn) => pinch({ x: opening.x * side, y: opening.y * side, factor, turn, dx: 0, dy: 0 });
const act = actsOf({ move, about, reset: () => put(open.home) });

function step(by) {
  const shown = entries.filter((entry) => !entry.card.hidden);
  const at = shown.indexOf(open) + by;
  leave();
  if (shown[at]) show(shown[at]);
  else byId("desk").close();
}

/** The card of the photo that was open shows what it is like now. */
function leave() {
  if (!open) return;
  drawEntry(open.canvas, open);
  refresh();
}

// --- saving

function save() {
  const short = (value) => Math.round(value * 1e5) / 1e5;
  const photos = entries
    .filter((entry) => entry.isChanged)
    .map(({ result, photo, placement: { focusX, focusY, zoom, rotation } }) => ({
      result,
      photo,
      focus: [short(focusX), short(focusY)],
      zoom: short(zoom),
      rotate: short(rotation),
    }));
  const blob = new Blob([`${JSON.stringify({ format: 1, photos }, null, 1)}\n`], { type: "application/json" });
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: FILE });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  isSaved = true;
  byId("said").textContent = say("saved", { name: FILE });
}

byId("photos").append(...entries.map(cardOf));
byId("zoom").min = Math.log2(data.least);
byId("zoom").max = Math.log2(MOST_ZOOM);
byId("zoom").addEventListener("input", (event) => about(2 ** event.target.value / open.placement.zoom, 0));
byId("turn").addEventListener("input", (event) => about(1, event.target.value - open.placement.rotation));
watchStage(stage, { move, pinch, isOn: () => open !== null });
watchKeys(stage, act, () => open !== null);
for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => act(button.dataset.do));
}
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}
for (const button of document.querySelectorAll("[data-filter]")) {
  button.addEventListener("click", () => {
    filter = button.dataset.filter;
    refresh();
  });
}
byId("done").addEventListener("click", () => byId("desk").close());
byId("desk").addEventListener("close", () => {
  leave();
  open = null;
});
byId("save").addEventListener("click", save);
addEventListener("beforeunload", (event) => {
  if (!isSaved) event.preventDefault();
});
refresh();
