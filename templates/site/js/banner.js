// The banner page: agency, day, look and size are chosen; the picture and its files follow.

import { agencyCalled, agencyOf, everyAgency } from "./agencies.js";
import { watchCombobox } from "./combobox.js";
import { quoted } from "./escaping.js";
import { warnInApp } from "./inapp.js";
import { byId, copy, data, fill, loadScript, root, say, startPage } from "./shell.js";
import { weighed } from "./notation.js";
import { addressOf, download } from "./saving.js";
import { fold } from "./search.js";
import { outlineSizes, showSizes } from "./sizes.js";
import { cleaned, problemOf } from "./typed.js";
import { watchPack } from "./wholepack.js";

const FORMATS = { webp: "WebP" };
const GROWS = CSS.supports("field-sizing", "content"); // a field is as tall as its text by itself
const shelves = new Map();
const [first] = data.first ?? [""]; // the id of the agency that is shown to whoever asks for none
const sizes = Object.keys(data.presets);
const state = { agency: first, name: "", short: "", day: "", theme: "", preset: "" };
const drawable = data.looks.flatMap(([day, theme, numbers]) =>
  numbers.map((number) => ({ day, theme, preset: sizes[number], drawn: true })),
);
const app = warnInApp();
let shown = null; // the agency whose banners are on the page; "" where its name was typed
let isSought = false; // while somebody types in the field, it and what is said of it are theirs
let drawing = 0;
let current = null; // the last picture that the page drew

/** Takes an agency's list (dxassets/renderers/site/shelf_lists.py). */
window.dxassetsShelf = (id, { words, looks }) => {
  const { folder } = agencyOf(id);
  const whole = (day, theme, start, [preset, alt, embed, plain, shown, told]) => {
    const files = Object.entries(told).map(([end, [bytes, digits]]) => ({
      path: `${folder}/${start}${preset}${end}?v=${digits}`,
      format: end.split(".").pop(),
      bytes,
    }));
    const picture = shown && (files[Object.keys(told).indexOf(shown)]?.path ?? `${folder}/${start}${preset}${shown}`);
    return {
      day,
      theme,
      preset,
      alt: words[alt],
      embed: words[embed]?.replaceAll("{}", start).replaceAll("{alt}", () => quoted(words[alt])),
      plain: words[plain],
      picture,
      files,
    };
  };
  const banners = looks.flatMap(([day, theme, start, told]) => told.map((banner) => whole(day, theme, start, banner)));
  shelves.set(id, banners);
};

/** What draws names: it comes when a name is to be drawn, and what failed is tried again the next time. */
async function drawingTools() {
  if (!window.dxassetsDrawing) await loadScript("js/drawing.js");
  return window.dxassetsDrawing;
}

const nameOf = (path) => path.split("?")[0].split("/").pop();

const radios = (name) => [...document.querySelectorAll(`#controls input[name="${name}"]`)];
const field = byId("agency");

// --- who speaks

/** What the page makes itself is made of these names; the typed ones where no agency is chosen. */
function namesOf() {
  const office = agencyOf(state.agency);
  return office ? [office.name, office.short] : [state.name, state.short || state.name];
}

const titleOf = () => namesOf()[0];

/** Says in the field who speaks. */
function nameWho() {
  if (!isSought) field.value = titleOf();
  fitFields();
}

let fitting = 0;

/** What depends on the room that texts take is measured once, right before they are seen: while somebody types,
 * the page must not be laid out twice for a letter. */
function fitFields() {
  fitting ||= requestAnimationFrame(() => {
    fitting = 0;
    const areas = GROWS ? [] : [...document.querySelectorAll(".texts textarea")];
    for (const area of areas) area.style.height = "auto";
    const isCut = field.scrollWidth > field.clientWidth;
    const heights = areas.map((area) => area.scrollHeight + 3); // with its border: no line is cut
    areas.forEach((area, at) => { // all are measured before one is changed: the page is laid out once
      area.style.height = `${heights[at]}px`;
    });
    byId("whole-name").textContent = isCut ? field.value : ""; // the whole name, where the field is too short for it
  });
}

/** How files of the one who speaks begin. */
function startOf() {
  const plain = fold(state.name)
    .replace(/['’ʼ]/g, "")
    .replace(/[^a-z0-9]+/g, "-");
  return state.agency || plain.replace(/^-|-$/g, "").slice(0, 60);
}

const sameLook = (one, other) => one.day === other.day && one.theme === other.theme && one.preset === other.preset;

/** Ready-made banners, and those that can be drawn; the page draws no logos. */
function bannersOf(id) {
  const ready = shelves.get(id) ?? [];
  if (agencyOf(id)?.logo) return ready;
  return [...ready, ...drawable.filter((look) => !ready.some((banner) => sameLook(banner, look)))];
}

// --- what is there to choose

/** What is shown where nobody wished: what is ready-made, the day's own theme, or the first. */
function firstOf(name, left, there) {
  const ready = new Set(left.filter((banner) => !banner.drawn).map((banner) => banner[name]));
  const values = radios(name).map((radio) => radio.value);
  const worn = name === "theme" ? values.find((value) => there.has(value) && value === data.worn[state.day]) : undefined;
  return values.find((value) => ready.has(value)) ?? worn ?? values.find((value) => there.has(value)) ?? "";
}

/** Offers only what the agency has in the day and look that are chosen; keeps as much of the wish as it can. */
function offer(banners) {
  let left = banners;
  for (const name of ["day", "theme", "preset"]) {
    const there = new Set(left.map((banner) => banner[name]));
    if (!there.has(state[name])) state[name] = firstOf(name, left, there);
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
  const whole = app !== null && banner.files.find((file) => file.format === "png" || file.format === "jpg");
  picture.src = root.dataset.up + (whole ? whole.path : banner.picture);
  return picture;
}

function captionOf(preset) {
  const name = Object.assign(document.createElement("b"), { lang: "vi", textContent: titleOf() });
  byId("caption").replaceChildren(name, `${preset.title} · ${sizeOf(preset)}`);
}

function show(banner) {
  drawing += 1;
  byId("drawn-note").textContent = "";
  if (banner.drawn) {
    showDrawn(banner, drawing);
    return;
  }
  const preset = data.presets[banner.preset];
  const picture = pictureOf(banner, preset);
  for (const name of ["load", "error"]) picture.addEventListener(name, () => showSizes(state), { once: true });
  byId("show").replaceChildren(picture);
  captionOf(preset);
  offerFiles("", banner.files.map((file) => () => link(file)));
  tellWords(banner);
}

function tellWords(banner) {
  byId("alt").value = banner.alt;
  byId("embed").value = banner.embed ?? "";
  byId("embed-field").hidden = !banner.embed;
  byId("embed-hint").hidden = Boolean(banner.plain) || Boolean(banner.drawn);
  byId("drawn-hint").hidden = Boolean(banner.plain) || !banner.drawn;
  byId("mail-hint").hidden = !banner.plain;
  byId("plain").value = banner.plain ?? "";
  byId("plain-field").hidden = !banner.plain;
  fitFields();
}

// --- pictures that the page makes

function tellTyped(text) {
  const said = byId("typed-said");
  if (said) said.textContent = state.agency ? "" : text;
  byId("typed-name")?.setAttribute("aria-invalid", String(Boolean(text) && !state.agency));
}

/** Draws the name, and offers the files; what was asked for since then wins. */
async function showDrawn(look, mine) {
  let made;
  let tools;
  try {
    tools = await drawingTools();
    made = await tools.namedLook(look, namesOf());
  } catch {
    if (mine === drawing) tell(say("not_drawn"));
    return;
  }
  if (mine !== drawing) return;
  const wrong = made.missing ? say("no_glyph", { letters: made.missing.map((letter) => `“${letter}”`).join(", ") }) : made.noFit ? say("no_fit") : "";
  tellTyped(wrong);
  if (wrong) {
    byId("show").replaceChildren(Object.assign(document.createElement("p"), { textContent: wrong }));
    offerFiles("", []);
    tellWords({ alt: "" });
    return;
  }
  const { altOf, paint } = tools;
  const kept = byId("show").querySelector("canvas");
  const canvas = paint(kept ?? document.createElement("canvas"), made);
  canvas.id = "picture";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", altOf(made));
  canvas.lang = data.spoken;
  if (canvas !== kept) byId("show").replaceChildren(canvas);
  captionOf(made.preset);
  tellWords({ alt: altOf(made), ...tools.wordsOf(made, startOf()), drawn: true });
  current = made;
  const formats = formatsOf(made, tools);
  offerFiles(formats.join(" "), formats.map(([format, times]) => () => maker(format, times)));
  byId("drawn-note").textContent = made.preset.medium === "print" ? paperNote(made, tools) : "";
  if (app) holdPicture(made, canvas, mine);
  showSizes(state);
}

/** What each format of a print is for; of a page that is too heavy for the site the drawing is left. */
function paperNote(made, { hasPage }) {
  if (hasPage(made)) return say("print_pdf");
  const { heavy } = made.base.page ?? {};
  return heavy ? say("print_heavy", { size: weighed(heavy, data.lang) }) : say("print_svg");
}

function formatsOf(made, { hasPage, hasRoom, writesWebp }) {
  const { preset } = made;
  const dense = preset.medium === "web" && hasRoom(preset, 2);
  const found = [["png", 1], ...(dense ? [["png", 2]] : []), ["jpg", 1], ...(writesWebp() ? [["webp", 1]] : []), ["svg", 1]];
  const paper = hasPage(made) ? [["pdf", 1], ["svg", 1]] : [["svg", 1]];
  return preset.medium === "print" ? [...paper, ...found.slice(0, -1)] : found;
}

/** Inside an app the picture is held and saved, so it is one that every program opens. */
async function holdPicture(made, canvas, mine) {
  const { altOf, fileOfLook } = await drawingTools();
  const file = await fileOfLook(made, "jpg", startOf());
  if (!file || mine !== drawing) return;
  const picture = Object.assign(new Image(), { id: "picture", alt: altOf(made), lang: data.spoken, src: await addressOf(file) });
  canvas.replaceWith(picture);
}

/** Shows the buttons of files; those of the same name stand there already, whoever's name is typed. */
function offerFiles(name, makers) {
  const place = byId("downloads");
  if (name && place.dataset.offered === name) return;
  place.dataset.offered = name;
  place.replaceChildren(...makers.map((made) => made()));
  place.firstElementChild?.classList.add("strong");
}

/** A button that makes a file of the picture that is shown when it is pressed. */
function maker(format, times) {
  const label = `${FORMATS[format] ?? format.toUpperCase()}${times === 1 ? "" : ` @${times}x`}`;
  const button = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: say("make", { format: label }) });
  const note = (text) => {
    byId("drawn-note").textContent = text;
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    note(say("making", { format: label }));
    try {
      const file = await (await drawingTools()).fileOfLook(current, format, startOf(), times);
      if (file) download(file);
      note(file ? say("made", { name: file.name, size: weighed(file.size, data.lang) }) : say("too_heavy", { format: label }));
    } catch {
      note(say("not_made"));
    } finally {
      button.disabled = false;
    }
  });
  return button;
}

/** Who speaks, for whoever packs all of it. */
function speaker() {
  const ready = shelves.get(state.agency) ?? [];
  const banners = agencyOf(state.agency)?.logo ? ready : [...ready, ...drawable];
  return { id: state.agency, names: namesOf(), start: startOf(), banners };
}

function tellAll(banners) {
  document.querySelector(".everything").hidden = app !== null || banners.length === 0;
  dispatchEvent(new Event("dxassets-speaker"));
}

// --- the address holds the choice, so that it can be passed on

/** Takes what the address says; gives what there is to tell of it. */
async function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const name of ["day", "theme", "preset"]) if (said.has(name)) state[name] = said.get(name);
  const who = said.get("co-quan") ?? said.get("agency");
  return who === null ? "" : speak(who, said.get("ten-gon") ?? "");
}

/** Lets an agency speak, by its id or its name; a name that is not on the list as if it had been typed. */
async function speak(who, short = "") {
  const name = cleaned(who);
  const here = () => agencyOf(who) ?? agencyCalled(name);
  let missed = "";
  if (!here()) await everyAgency().catch(() => (missed = say("no_list")));
  const office = here();
  const isTyped = !missed && !office && drawable.length > 0 && problemOf(name) === "";
  state.agency = isTyped ? "" : (office?.id ?? first);
  state.name = isTyped ? name : "";
  state.short = isTyped ? cleaned(short) : "";
  if (isTyped) {
    byId("typed").open = true;
    byId("typed-name").value = state.name;
    byId("typed-short").value = state.short;
  }
  return missed;
}

async function follow() {
  const missed = await readAddress();
  await refresh();
  if (missed) tell(missed);
}

function writeAddress() {
  const { agency, name, short, ...look } = state;
  const who = agency ? { "co-quan": agency } : { "co-quan": name, ...(short ? { "ten-gon": short } : {}) };
  history.replaceState(null, "", `#${new URLSearchParams({ ...who, ...look })}`);
}

function tell(text) {
  byId("said").textContent = text;
}

/** Stays with the agency whose banners are on the page: what the field says is what is shown and taken. */
function stay(missed) {
  tell(say("failed", { name: agencyOf(missed).name }));
  byId("bench").classList.toggle("bare", shown === null);
  if (!shown) return;
  state.agency = shown;
  nameWho();
}

async function refresh() {
  const wanted = state.agency;
  try {
    if (agencyOf(wanted)?.list && !shelves.has(wanted)) await loadScript(agencyOf(wanted).list);
  } catch {
    if (state.agency === wanted) stay(wanted);
    return;
  }
  if (state.agency !== wanted) return;
  shown = wanted;
  if (!isSought) tell("");
  byId("bench").classList.remove("bare");
  nameWho();
  const banners = bannersOf(wanted);
  show(offer(banners));
  tellAll(banners);
  writeAddress();
}

// --- what is typed

/** Draws what stands in the two fields, letter by letter. */
function takeTyped() {
  const [name, short] = [byId("typed-name").value, byId("typed-short").value];
  const problem = name.trim() ? problemOf(cleaned(name)) || (short.trim() && problemOf(cleaned(short))) : "";
  if (problem || !name.trim()) {
    byId("typed-said").textContent = problem;
    byId("typed-name").setAttribute("aria-invalid", String(Boolean(problem)));
    return;
  }
  state.name = cleaned(name);
  state.short = cleaned(short);
  state.agency = agencyCalled(state.name)?.id ?? "";
  tellTyped("");
  refresh();
}

/** What was searched in vain is what somebody wants to type; what draws it comes meanwhile. */
async function carrySearch() {
  const typed = byId("typed-name");
  if (!byId("typed").open) return;
  drawingTools().then(({ prepare }) => prepare(), () => {});
  if (!typed.value && typed.dataset.searched) {
    typed.value = typed.dataset.searched;
    takeTyped();
  }
  await everyAgency().catch(() => {}); // a name that is on the list is known as such, however soon it was typed
  if (typed.value && !state.agency) takeTyped();
}

function tellFound(count) {
  if (byId("typed-name")) byId("typed-name").dataset.searched = count === 0 ? field.value : "";
  tell(count === 0 ? byId("said").dataset.none : "");
  byId("found").textContent = count === 0 ? "" : count === 1 ? say("found_one") : say("found", { count });
  field.dispatchEvent(new CustomEvent("found", { detail: count }));
}

function start() {
  field.addEventListener("input", () => (isSought = true));
  watchCombobox(field, byId("agencies"), everyAgency, {
    choose: (agency) => {
      isSought = false;
      if (agency) {
        Object.assign(state, { agency: agency.id, name: "", short: "" });
        refresh();
      } else {
        field.value = titleOf();
      }
    },
    found: tellFound,
    failed: () => tell(say("no_list")),
  });
  byId("controls").addEventListener("change", (event) => {
    if (event.target.name in state) {
      state[event.target.name] = event.target.value;
      refresh();
    }
  });
  byId("typed-form")?.addEventListener("input", takeTyped);
  byId("typed")?.addEventListener("toggle", carrySearch);
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copy(byId(button.dataset.copy).value, button));
  }
  watchPack(speaker, drawingTools);
  addEventListener("hashchange", follow);
  outlineSizes();
  follow();
}

startPage();
if (first) start();
