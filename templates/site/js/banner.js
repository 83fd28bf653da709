// The banner page: agency, day, look and size are chosen; the picture and its files follow.

import { watchCombobox } from "./combobox.js";
import { byId, copy, data, fill, isServed, loadScript, notice, root, say, startPage, weight } from "./shell.js";
import { download } from "./saving.js";
import { zipOf } from "./zip.js";

const FORMATS = { webp: "WebP" };
const shelves = new Map();
const agencies = new Map(data.agencies.map((agency) => [agency.id, agency]));
const state = { agency: data.first, day: "", theme: "", preset: "" };

window.dxassetsShelf = (id, { words, banners }) => {
  const { folder } = agencies.get(id);
  const whole = ({ alt, embed, shown, files, ...banner }) => ({
    ...banner,
    alt: words[alt],
    embed: words[embed],
    shown: shown && `${folder}/${shown}`,
    files: Object.entries(files).map(([path, bytes]) => ({
      path: `${folder}/${path}`,
      format: path.split(".").pop(),
      bytes,
    })),
  });
  shelves.set(id, banners.map(whole));
};

const radios = (name) => [...document.querySelectorAll(`#controls input[name="${name}"]`)];
const field = byId("agency");

// --- what is there to choose

/** Offers only what the agency has in the day and look that are chosen; keeps as much of the wish as it can. */
function offer(banners) {
  let left = banners;
  for (const name of ["day", "theme", "preset"]) {
    const there = new Set(left.map((banner) => banner[name]));
    if (!there.has(state[name])) state[name] = radios(name).find((radio) => there.has(radio.value))?.value ?? "";
    for (const radio of radios(name)) {
      radio.closest(".option").hidden = !there.has(radio.value);
      radio.checked = radio.value === state[name];
    }
    left = left.filter((banner) => banner[name] === state[name]);
  }
  for (const medium of document.querySelectorAll(".medium")) {
    medium.hidden = !medium.querySelector(".option:not([hidden])");
  }
  return left[0];
}

function sizeOf({ width, height, unit }) {
  return fill(data.sizes[unit], { width, height });
}

function link(file) {
  const button = Object.assign(document.createElement("a"), {
    className: "button",
    href: root.dataset.up + file.path,
    download: file.path.split("/").pop(),
    textContent: say("download", { format: FORMATS[file.format] ?? file.format.toUpperCase(), size: weight(file.bytes) }),
  });
  return button;
}

function pictureOf(banner, preset) {
  if (!banner.shown) return Object.assign(document.createElement("p"), { textContent: say("no_picture") });
  const picture = Object.assign(new Image(), { id: "picture", alt: banner.alt, lang: "vi", decoding: "async" });
  if (preset.unit === "px") Object.assign(picture, { width: preset.width, height: preset.height });
  picture.src = root.dataset.up + banner.shown;
  return picture;
}

function show(banner) {
  const preset = data.presets[banner.preset];
  byId("show").replaceChildren(pictureOf(banner, preset));
  const name = Object.assign(document.createElement("b"), { lang: "vi", textContent: agencies.get(state.agency).name });
  byId("caption").replaceChildren(name, `${preset.title} · ${sizeOf(preset)}`);
  byId("downloads").replaceChildren(...banner.files.map(link));
  byId("downloads").firstElementChild?.classList.add("strong");
  byId("alt").value = banner.alt;
  byId("embed").value = banner.embed ?? "";
  byId("embed-field").hidden = !banner.embed;
}

function tellAll(banners) {
  const files = banners.flatMap((banner) => banner.files);
  const size = weight(files.reduce((sum, file) => sum + file.bytes, 0));
  const { folder } = agencies.get(state.agency);
  byId("zip").hidden = !isServed;
  byId("zip-words").textContent = say("all", { count: files.length, size });
  byId("zip-note").textContent = isServed ? "" : say("folder", { count: files.length, size, folder });
}

// --- the address holds the choice, so that it can be passed on

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(state)) if (said.has(name)) state[name] = said.get(name);
  if (!agencies.has(state.agency)) state.agency = data.first;
}

function writeAddress() {
  history.replaceState(null, "", `#${new URLSearchParams(state)}`);
}

async function refresh() {
  const wanted = state.agency;
  try {
    if (!shelves.has(wanted)) await loadScript(`${agencies.get(wanted).folder}/list.js`);
  } catch {
    notice(say("failed", { name: agencies.get(wanted).name }));
    return;
  }
  if (state.agency !== wanted) return;
  const banners = shelves.get(wanted);
  field.value = agencies.get(wanted).name;
  show(offer(banners));
  tellAll(banners);
  writeAddress();
}

// --- everything in one archive

async function pack() {
  const button = byId("zip");
  const note = byId("zip-note");
  const { folder } = agencies.get(state.agency);
  const files = shelves.get(state.agency).flatMap((banner) => banner.files);
  button.disabled = true;
  try {
    const entries = [];
    for (const file of files) {
      note.textContent = say("zipping", { done: entries.length, count: files.length });
      const answer = await fetch(root.dataset.up + file.path).catch(() => null);
      if (!answer?.ok) {
        note.textContent = say("failed", { name: file.path.split("/").pop() });
        return;
      }
      entries.push({ name: file.path.slice(folder.length + 1), bytes: new Uint8Array(await answer.arrayBuffer()) });
    }
    download(new File([zipOf(entries)], `${state.agency}.zip`, { type: "application/zip" }));
    note.textContent = say("zipped", { count: files.length });
  } finally {
    button.disabled = false;
  }
}

function tellFound(count) {
  byId("found").textContent = count === 0 ? say("found_none") : count === 1 ? say("found_one") : say("found", { count });
}

function start() {
  readAddress();
  watchCombobox(field, byId("agencies"), data.agencies, {
    choose: (agency) => {
      if (agency) {
        state.agency = agency.id;
        refresh();
      } else {
        field.value = agencies.get(state.agency).name;
      }
    },
    found: tellFound,
  });
  byId("controls").addEventListener("change", (event) => {
    if (event.target.name in state) {
      state[event.target.name] = event.target.value;
      refresh();
    }
  });
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copy(byId(button.dataset.copy).value, button));
  }
  byId("zip").addEventListener("click", pack);
  addEventListener("hashchange", () => {
    readAddress();
    refresh();
  });
  refresh();
}

startPage();
if (data.first) start();
