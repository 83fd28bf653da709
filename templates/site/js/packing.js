// Packs all that an office needs into one archive, on the device: pictures of every size in the looks that are chosen,
// frames, codes, letter, words to post, calendar. Piece by piece: no more than one is held at a time.

import { weighed } from "./notation.js";
import { csvOf, linesOf, postsOf } from "./packwords.js";
import { download, fileOf } from "./saving.js";
import { byId, data, fill, isServed, loadScript, root } from "./shell.js";
import { unpacked } from "./unpacking.js";
import { startZip } from "./zip.js";

const MEDIA = ["web", "social", "screen", "print"];
const SORTS = ["frames", "codes", "letter", "words", "calendar"];
const FRAME_PX = 1080;
const CODE_PX = 1200;

const frames = new Map();
let goods = null;
let tools = null;
let running = null;
let shown = ""; // for whom the panel is

window.dxassetsFrame = (id, svg) => frames.set(id, svg);

const t = (name, parts = {}) => fill(goods.texts[data.lang][name], parts);
const made = (tag, parts) => Object.assign(document.createElement(tag), parts);
const textFile = (lines) => new Blob(["\ufeff", lines.join("\r\n"), "\r\n"]);
const lastOf = (path) => path.split("?")[0].split("/").pop();

// --- what goes in

class Missing extends Error {}

/** A file of the site: from the server, or by the script that hands it over where pages lie in a folder; heavy ones have none. */
async function fileOfSite(path) {
  const [address, script] = goods.files[path] ?? [path];
  if (!isServed && script) {
    const text = await tools.taken(`file ${path}`, script);
    return unpacked(text).blob();
  }
  if (!isServed) throw new Missing(path);
  const answer = await fetch(root.dataset.up + address);
  if (!answer.ok) throw new Error(path);
  return answer.blob();
}

async function painted(svg, width, height, name) {
  const image = made("img", { alt: "", src: URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })) });
  try {
    await image.decode();
    const canvas = made("canvas", { width, height });
    canvas.getContext("2d").drawImage(image, 0, 0, width, height);
    const file = await fileOf(canvas, "image/png", name);
    Object.assign(canvas, { width: 0, height: 0 }); // its pixels go at once
    return file;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

async function frameOf(id, digits) {
  if (!frames.has(id)) await loadScript(`frames/${id}.js?v=${digits}`);
  return frames.get(id);
}

/** In which format a drawn size goes in: its own, and a drawing where its page can't be made. */
function formatOf(look, base) {
  const own = goods.presets[look.preset];
  return own === "pdf" && !base.page?.digits ? "svg" : own;
}

/** One picture that the page draws, or why there is none. */
async function drawnPicture(look, who) {
  const drawn = await tools.namedLook(look, who.names);
  if (drawn.missing) return { left: t("no_glyph", { letters: drawn.missing.join(" ") }) };
  if (drawn.noFit) return { left: t("no_fit") };
  const format = formatOf(look, drawn.base);
  const file = (await tools.fileOfLook(drawn, format, who.start)) ?? (await tools.fileOfLook(drawn, "jpg", who.start));
  if (!file) return { left: t("too_heavy") };
  return { file, alt: tools.altOf(drawn) };
}

function pictureItems(who, wish) {
  const items = [];
  const wanted = who.banners.filter(({ day, theme, preset }) => wish.looks.has(`${day} ${theme}`) && wish.sorts.has(data.presets[preset].medium));
  const seen = new Set();
  for (const banner of wanted) {
    const look = `${banner.day} ${banner.theme} ${banner.preset}`;
    const twin = wanted.find((each) => each.drawn && `${each.day} ${each.theme} ${each.preset}` === look);
    const folder = `banner/${banner.day}-${banner.theme}/`;
    if (seen.has(look)) continue;
    seen.add(look);
    if (banner.drawn || (!isServed && twin)) {
      items.push({ folder, name: `${banner.day}-${banner.theme}-${banner.preset}`, make: () => drawnPicture(twin ?? banner, who) });
      continue;
    }
    for (const { path } of banner.files) {
      items.push({ folder, name: lastOf(path), make: async () => ({ file: await fileOfSite(path), alt: banner.alt }) });
    }
  }
  return items;
}

function frameItems(wish) {
  const chosen = goods.frames.filter(([day, theme]) => wish.looks.has(`${day} ${theme}`));
  return chosen.flatMap(([day, theme, style, digits]) => {
    const id = `${day}-${theme}-${style}`;
    const svg = async () => ({ file: new Blob([await frameOf(id, digits)]) });
    const png = async () => ({ file: await painted(await frameOf(id, digits), FRAME_PX, FRAME_PX, id) });
    return [["png", png], ["svg", svg]].map(([format, make]) => ({ folder: "khung-anh/", name: `${id}.${format}`, make }));
  });
}

function codeItems() {
  return goods.codes.flatMap(([path, width, height]) => {
    const name = lastOf(path);
    const png = async () => {
      const scale = CODE_PX / Math.max(width, height);
      const svg = await (await fileOfSite(path)).text();
      return { file: await painted(svg, Math.round(width * scale), Math.round(height * scale), name) };
    };
    return [
      { folder: "ma-qr/", name, make: async () => ({ file: await fileOfSite(path) }) },
      { folder: "ma-qr/", name: name.replace(/\.svg$/, ".png"), make: png },
    ];
  });
}

const paperItems = () => goods.papers.map(([path, folder]) => ({ folder, name: lastOf(path), make: async () => ({ file: await fileOfSite(path) }) }));

function calendarItems(who) {
  const own = goods.calendars.find((each) => each.for.includes(who.id)) ?? goods.calendars.find((each) => each.for.includes(""));
  return own ? [{ folder: "lich/", name: "lich.ics", make: async () => ({ file: new Blob([own.ics]) }) }] : [];
}

function itemsOf(who, wish) {
  const has = (sort) => wish.sorts.has(sort);
  return [
    ...pictureItems(who, wish),
    ...(has("frames") ? frameItems(wish) : []),
    ...(has("codes") ? codeItems() : []),
    ...(has("letter") ? paperItems() : []),
    ...(has("calendar") ? calendarItems(who) : []),
  ];
}

// --- packing

/** Makes one piece and puts it in; what could not be made is noted, with why. */
async function put(zip, item, told) {
  let piece;
  try {
    piece = await item.make();
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    piece = { left: t("not_here", { path: error.message }) };
  }
  if (!piece.file) {
    told.left.push(`${item.name}: ${piece.left ?? t("not_made")}`);
    return;
  }
  const path = item.folder + (piece.file.name && item.folder.startsWith("banner/") ? piece.file.name : item.name);
  zip.add(path, new Uint8Array(await piece.file.arrayBuffer()));
  if (piece.alt) told.alts.push([path, piece.alt]);
}

async function addWords(zip, who, wish, told) {
  const bytes = async (blob) => new Uint8Array(await blob.arrayBuffer());
  if (wish.sorts.has("words")) {
    const days = Object.keys(goods.days).filter((day) => [...wish.looks].some((look) => look.startsWith(`${day} `)));
    zip.add("loi-dang/loi-dang.txt", await bytes(textFile(postsOf(days.map((day) => goods.days[day]), who.names[0], t))));
    if (told.alts.length) zip.add("loi-dang/mo-ta-anh.csv", await bytes(csvOf([[t("file"), t("alt")], ...told.alts])));
  }
  zip.add("doc-truoc.txt", await bytes(textFile(linesOf(who.names[0], told.left, t))));
}

/** The archive, or null where somebody said stop. */
async function packed(who, wish, step) {
  const items = itemsOf(who, wish);
  const zip = startZip();
  const told = { left: [], alts: [] };
  for (const [at, item] of items.entries()) {
    if (wish.stop.stopped) return null;
    step(at, items.length, item.name);
    await put(zip, item, told);
  }
  if (wish.stop.stopped) return null;
  await addWords(zip, who, wish, told);
  return { archive: zip.close(), count: zip.count(), left: told.left };
}

async function run(panel, who, wish) {
  const [bar, note] = [panel.querySelector("progress"), panel.querySelector("#pack-note")];
  const step = (done, count, name) => {
    Object.assign(bar, { max: count, value: done });
    note.textContent = t("packing", { done: done + 1, count, name });
  };
  try {
    const found = await packed(who, wish, step);
    if (!found) return t("stopped");
    const file = new File([found.archive], `tron-goi-${who.start}.zip`, { type: "application/zip" });
    download(file);
    const parts = { name: who.names[0], count: found.count, size: weighed(file.size, data.lang) };
    return [t("packed", parts), ...(found.left.length ? [t("some_left", { count: found.left.length })] : [])].join(" ");
  } catch (error) {
    return error instanceof RangeError ? t("too_much") : t("failed");
  }
}

// --- the panel

function checks(name, legend, list) {
  const group = made("fieldset", { className: "choices packs" });
  group.append(made("legend", { textContent: legend }));
  for (const [value, label, checked] of list) {
    const row = made("label", { className: "check" });
    row.append(made("input", { type: "checkbox", name, value, checked }), made("span", { textContent: label }));
    group.append(row);
  }
  return group;
}

/** What a choice of the page is called there. */
const called = (name, value) => document.querySelector(`#controls input[name="${name}"][value="${value}"]`)?.nextElementSibling.textContent.trim() ?? value;

function looksOf(who) {
  const found = new Map();
  for (const { day, theme } of who.banners) {
    const mine = data.worn[day] === theme;
    found.set(`${day} ${theme}`, [`${day} ${theme}`, `${called("day", day)} – ${called("theme", theme)}`, mine]);
  }
  return [...found.values()];
}

function sortsOf(who) {
  const media = new Set(who.banners.map(({ preset }) => data.presets[preset].medium));
  const there = { frames: goods.frames.length, codes: goods.codes.length, letter: goods.papers.length, words: 1, calendar: goods.calendars.length };
  return [...MEDIA.filter((each) => media.has(each)), ...SORTS.filter((each) => there[each])].map((each) => [each, t(each), true]);
}

const chosenIn = (panel, name) => new Set([...panel.querySelectorAll(`input[name="${name}"]:checked`)].map((box) => box.value));

function wishOf(panel) {
  return { looks: chosenIn(panel, "pack-look"), sorts: chosenIn(panel, "pack-sort"), stop: { stopped: false } };
}

function tellCount(panel) {
  if (running) return;
  const wish = wishOf(panel);
  const count = itemsOf(tools.speaker(), wish).length;
  panel.querySelector("#pack-note").textContent = count ? t("count", { count }) : t("nothing");
  panel.querySelector("#pack-go").disabled = count === 0;
}

async function go(panel) {
  const wish = wishOf(panel);
  const [start, stop, bar] = ["#pack-go", "#pack-stop", "progress"].map((each) => panel.querySelector(each));
  running = wish.stop;
  const show = (isRunning) => {
    start.hidden = isRunning;
    stop.hidden = bar.hidden = !isRunning;
    for (const box of panel.querySelectorAll("input")) box.disabled = isRunning;
  };
  show(true);
  stop.focus();
  const said = await run(panel, tools.speaker(), wish);
  running = null;
  show(false);
  start.focus();
  panel.querySelector("#pack-note").textContent = said;
}

/** Opens the panel in `panel`; once more for another office, it offers what that one has. */
window.dxassetsPacking = async (panel, given) => {
  tools = given;
  goods ??= await tools.taken("goods", "js/goods.js");
  const build = () => {
    const who = tools.speaker();
    const now = JSON.stringify([who.names, who.banners.length]);
    if (running || now === shown) return;
    shown = now;
    const start = made("button", { className: "button strong", type: "button", id: "pack-go", textContent: t("go") });
    const stop = made("button", { className: "button", type: "button", id: "pack-stop", textContent: t("stop"), hidden: true });
    const actions = made("div", { className: "actions" });
    actions.append(start, stop);
    const bar = made("progress", { hidden: true, max: 1, value: 0 });
    bar.setAttribute("aria-label", t("title"));
    const note = made("p", { className: "quiet", id: "pack-note" });
    note.setAttribute("role", "status");
    const parts = [checks("pack-look", t("looks"), looksOf(who)), checks("pack-sort", t("what"), sortsOf(who))];
    panel.replaceChildren(...parts, actions, bar, note);
    start.addEventListener("click", () => go(panel));
    stop.addEventListener("click", () => {
      if (running) running.stopped = true;
    });
    tellCount(panel);
  };
  build();
  panel.hidden = false;
  panel.addEventListener("change", () => tellCount(panel));
  addEventListener("dxassets-speaker", build);
};
