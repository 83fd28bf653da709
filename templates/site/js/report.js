// A unit finds its form by a few letters. Of many units the page makes the form itself: a workbook is an archive of
// texts, and a unit's name and id are put into those of a blank.

import { handed } from "./handing.js";
import { warnInApp } from "./inapp.js";
import { download } from "./saving.js";
import { find, fold } from "./search.js";
import { byId, data, notice, say, startPage } from "./shell.js";
import { startZip } from "./zip.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const MOST_SHOWN = 40; // of thousands: who sees so many types another letter

/** Text as it stands in XML of ASCII signs. */
function escaped(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  return text.replace(/[&<>]/g, (sign) => signs[sign]).replace(/[^\0-\x7f]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}

/** The form of a unit, made of the texts of a blank. */
export function formOf(parts, { id, name }, title) {
  const own = { "[[unit.name]]": name, "[[unit.id]]": id, "[[book]]": `${title} \u2013 ${name}` };
  const zip = startZip();
  for (const [path, text] of Object.entries(parts)) {
    let said = text;
    for (const [hole, words] of Object.entries(own)) said = said.replaceAll(`>${hole}<`, () => `>${escaped(words)}<`);
    zip.add(path, new TextEncoder().encode(said));
  }
  return new File([zip.close()], `bieu-so-lieu-${id}.xlsx`, { type: XLSX });
}

const searched = (words) => [...new Set(fold(words).replace(/['’ʼ]/g, "").split(/[^a-z0-9]+/))].join(" ");

function tell(count) {
  byId("found").textContent = count ? say("found", { count }) : say("none");
}

/** The list that stands in the page, less what was not meant. */
function narrowList() {
  const list = [...document.querySelectorAll("[data-unit]")].map((item) => ({ item, search: searched(item.dataset.unit) }));
  byId("unit").addEventListener("input", ({ target }) => {
    const found = new Set(find(list, target.value));
    for (const each of list) each.item.hidden = !found.has(each);
    for (const area of document.querySelectorAll(".area")) area.hidden = !area.querySelector("li:not([hidden])");
    tell(found.size);
  });
}

async function make(unit) {
  try {
    download(formOf(await handed(`blank ${unit.blank}`, `forms/blank-${unit.blank}.js`), unit, data.book));
    notice(say("made", { name: unit.name }));
  } catch {
    notice(say("failed"));
  }
}

function item(unit) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button small" });
  button.append(Object.assign(document.createElement("span"), { textContent: unit.name }));
  button.addEventListener("click", () => make(unit));
  const line = document.createElement("li");
  line.append(button, " ", Object.assign(document.createElement("span"), { className: "quiet", textContent: unit.above }));
  return line;
}

/** A list of thousands: it comes when somebody begins to type. */
function searchList() {
  let units = null;
  byId("unit").addEventListener("input", async ({ target }) => {
    try {
      units ??= (await handed("units", "forms/units.js")).map(([id, name, above, blank]) => ({
        id, name, above, blank, search: searched(`${name} ${above}`),
      }));
    } catch {
      byId("found").textContent = say("failed");
      return;
    }
    const found = target.value.trim() ? find(units, target.value) : [];
    byId("made").replaceChildren(...found.slice(0, MOST_SHOWN).map(item));
    tell(found.length);
  });
}

startPage();
warnInApp();
if (byId("finder")) {
  byId("finder").hidden = false;
  (data.makes ? searchList : narrowList)();
}
