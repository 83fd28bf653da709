// The banner page: agency, day, look and size are chosen; the picture and its files follow.

import { watchCombobox } from "./combobox.js";
import { warnInApp } from "./inapp.js";
import { byId, copy, data, fill, isServed, loadScript, root, say, startPage } from "./shell.js";
import { weighed } from "./notation.js";
import { download } from "./saving.js";
import { zipOf } from "./zip.js";

const FORMATS = { webp: "WebP" };
const shelves = new Map();
const agencies = new Map(data.agencies.map((agency) => [agency.id, agency]));
const state = { agency: data.first, day: "", theme: "", preset: "" };
const app = warnInApp();
let shown = null; // the agency whose banners are on the page

window.dxassetsShelf = (id, { words, banners }) => {
  const { folder } = agencies.get(id);
  const whole = ({ start, alt, embed, picture, files, ...banner }) => ({
    ...banner,
    alt: words[alt],
    embed: words[embed]?.replaceAll("{}", words[start]),
    picture: picture && `${folder}/${words[start]}${picture}`,
    files: Object.entries(files).map(([name, bytes]) => ({
      path: `${folder}/${words[start]}${name}`,
      format: name.split(".").pop(),
      bytes,
    })),
  });
  shelves.set(id, banners.map(whole));
};

const nameOf = (path) => path.split("/").pop();

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
    download: nameOf(file.path),
    textContent: say("download", { format: FORMATS[file.format] ?? file.format.toUpperCase(), size: weighed(file.bytes, data.lang) }),
  });
  return button;
}

function pictureOf(banner, preset) {
  if (!banner.picture) return Object.assign(document.createElement("p"), { textContent: say("no_picture") });
  const picture = Object.assign(new Image(), { id: "picture", alt: banner.alt, lang: data.spoken, decoding: "async" });
  if (preset.unit === "px") Object.assign(picture, { width: preset.width, height: preset.height });
  // inside an app the picture is held and saved, so it is the one that every program opens
  const whole = app && banner.files.find((file) => file.format === "png" || file.format === "jpg");
  picture.src = root.dataset.up + (whole ? whole.path : banner.picture);
  return picture;
}

function show(banner) {
  const preset = data.presets[banner.preset];
  byId("show").replaceChildren(pictureOf(banner, preset));
  const name = Object.assign(document.createElement("b"), { lang: "vi", textContent: agencies.get(shown).name });
  byId("caption").replaceChildren(name, `${preset.title} · ${sizeOf(preset)}`);
  byId("downloads").replaceChildren(...banner.files.map(link));
  byId("downloads").firstElementChild?.classList.add("strong");
  byId("alt").value = banner.alt;
  byId("embed").value = banner.embed ?? "";
  byId("embed-field").hidden = !banner.embed;
  for (const area of document.querySelectorAll(".texts textarea")) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 3}px`; // with its border: no line is cut
  }
}

function tellAll(banners) {
  const files = banners.flatMap((banner) => banner.files);
  const size = weighed(files.reduce((sum, file) => sum + file.bytes, 0), data.lang);
  const { folder } = agencies.get(shown);
  byId("zip").hidden = !isServed || app !== null;
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

function tell(text) {
  byId("said").textContent = text;
}

/** Stays with the agency whose banners are on the page: what the field says is what is shown and taken. */
function stay(missed) {
  tell(say("failed", { name: agencies.get(missed).name }));
  byId("bench").classList.toggle("bare", shown === null);
  if (shown === null) return;
  state.agency = shown;
  field.value = agencies.get(shown).name;
}

async function refresh() {
  const wanted = state.agency;
  try {
    if (!shelves.has(wanted)) await loadScript(`${agencies.get(wanted).folder}/list.js`);
  } catch {
    if (state.agency === wanted) stay(wanted);
    return;
  }
  if (state.agency !== wanted) return;
  shown = wanted;
  tell("");
  byId("bench").classList.remove("bare");
  const banners = shelves.get(wanted);
  field.value = agencies.get(wanted).name;
  show(offer(banners));
  tellAll(banners);
  writeAddress();
}

// --- everything in one archive

/** Packs what is on the page now; who goes on to another agency meanwhile is not told of this one any more. */
async function pack() {
  const button = byId("zip");
  const packed = shown;
  const files = shelves.get(packed).flatMap((banner) => banner.files);
  const note = (text) => {
    if (shown === packed) byId("zip-note").textContent = text;
  };
  button.disabled = true;
  try {
    const entries = [];
    for (const file of files) {
      note(say("zipping", { done: entries.length, count: files.length }));
      const answer = await fetch(root.dataset.up + file.path).catch(() => null);
      if (!answer?.ok) {
        note(say("failed", { name: nameOf(file.path) }));
        return;
      }
      entries.push({ name: nameOf(file.path), bytes: new Uint8Array(await answer.arrayBuffer()) });
    }
    download(new File([zipOf(entries)], `${packed}.zip`, { type: "application/zip" }));
    note(say("zipped", { count: files.length }));
  } finally {
    button.disabled = false;
  }
}

function tellFound(count) {
  tell(count === 0 ? byId("said").dataset.none : "");
  byId("found").textContent = count === 0 ? "" : count === 1 ? say("found_one") : say("found", { count });
}

/** On phones sizes stand in rows that are moved sideways: the chosen one to the middle of its row. */
function bringSizeInView() {
  const option = document.querySelector("#sizes :checked")?.closest(".option");
  if (!option) return;
  const [row, box] = [option.parentElement.getBoundingClientRect(), option.getBoundingClientRect()];
  option.parentElement.scrollLeft += box.left - row.left - (row.width - box.width) / 2;
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
  refresh().then(bringSizeInView);
}

startPage();
if (data.first) start();
