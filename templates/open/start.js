// The start page of `dxassets open`: buttons, dropped files, and what the program tells while it works.
"use strict";

const $ = (id) => document.getElementById(id);
const WORDS = JSON.parse($("words").textContent);
const said = (name, parts = {}) => WORDS[name].replace(/\{(\w+)\}/g, (_, key) => parts[key]);
let chosen = null;
let busy = false;

function notice(text, good = false) {
  $("notice").hidden = !text;
  $("notice").textContent = text || "";
  $("notice").classList.toggle("good", good);
  if (text) $("notice").scrollIntoView({ block: "nearest" });
}

async function call(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error(said("lost"));
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error((body.problems || [String(answer.status)]).join("\n"));
  return body;
}

const press = (name, words = {}) => call(`do/${name}`, { method: "POST", body: JSON.stringify(words) });

async function attempt(action) {
  notice("");
  try {
    await action();
  } catch (error) {
    notice(error.message);
  }
}

// --- the campaign --------------------------------------------------------------------------------

function showCampaigns(campaigns) {
  const select = $("campaign");
  select.replaceChildren(new Option(said("none"), ""));
  for (const own of [true, false]) {
    const found = campaigns.filter((each) => each.own === own);
    if (!found.length) continue;
    const group = document.createElement("optgroup");
    group.label = said(own ? "own" : "bundled");
    group.append(...found.map((each) => new Option(each.title, each.key)));
    select.append(group);
  }
  select.value = chosen || "";
}

async function loadCampaigns() {
  showCampaigns((await press("campaigns")).campaigns);
}

function showEnabled() {
  for (const button of document.querySelectorAll(".needs")) {
    button.setAttribute("aria-disabled", String(!chosen || busy));
  }
}

// --- work ------------------------------------------------------------------------------------------

function showWork(work) {
  busy = Boolean(work) && work.status === "running";
  $("work").hidden = !work;
  if (!work) return;
  $("work-title").textContent = work.title;
  const status = $("work-status");
  const many = work.total ? said("of", work) : "";
  const text = [said(work.status), many].filter(Boolean).join(" · ");
  if (status.textContent !== text) status.textContent = text;
  status.dataset.status = work.status;
  const bar = $("bar");
  if (work.total) {
    bar.max = work.total;
    bar.value = work.done;
  } else if (busy) {
    bar.removeAttribute("value");
  } else {
    bar.max = 1;
    bar.value = work.status === "done" ? 1 : 0;
  }
  $("stop").hidden = !busy;
  const lines = $("lines");
  if (lines.childElementCount > work.lines.length) lines.replaceChildren();
  for (const line of work.lines.slice(lines.childElementCount)) {
    const item = document.createElement("li");
    item.className = line.tone;
    item.textContent = line.text;
    lines.append(item);
  }
  $("made").hidden = !work.results.length;
  if ($("results").childElementCount !== work.results.length) {
    $("results").replaceChildren(
      ...work.results.map((result) => {
        const link = document.createElement("a");
        link.href = result.href;
        link.target = "_blank";
        link.rel = "noopener";
        link.textContent = result.name;
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
  }
}

let title = null;
function listen() {
  const events = new EventSource("events");
  events.onmessage = (event) => {
    const state = JSON.parse(event.data);
    chosen = state.chosen;
    if ($("campaign").value !== (chosen || "")) $("campaign").value = chosen || "";
    if (state.work && state.work.title !== title) {
      title = state.work.title;
      $("lines").replaceChildren();
      $("results").replaceChildren();
    }
    showWork(state.work);
    showEnabled();
  };
  events.addEventListener("closed", () => {
    events.close();
    for (const part of document.querySelectorAll("main > section, #close")) part.hidden = true;
    notice(said("closed"), true);
  });
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) notice(said("lost"));
  };
}

const ticks = () => Object.fromEntries(["every", "draft"].map((id) => [id, $(id).checked ? "yes" : "no"]));

async function begin(name, words) {
  $("lines").replaceChildren();
  $("results").replaceChildren();
  await press(name, words);
  $("work").hidden = false;
  $("work").scrollIntoView({ block: "nearest" });
}

// --- dropped files -----------------------------------------------------------------------------------

async function filesOf(entry, path = "") {
  if (entry.isFile) {
    const file = await new Promise((found, failed) => entry.file(found, failed));
    return [{ path: path + file.name, file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((ready, failed) => reader.readEntries(ready, failed));
    if (!some.length) break;
    found.push(...some);
  }
  const inside = await Promise.all(found.map((each) => filesOf(each, `${path}${entry.name}/`)));
  return inside.flat();
}

async function send(zone, files) {
  if (!files.length) return;
  const { drop } = await press("drop");
  let done = 0;
  for (const { path, file } of files) {
    notice(said("uploading", { done: (done += 1), total: files.length }), true);
    const name = path.split("/").map(encodeURIComponent).join("/");
    await call(`drop/${drop}/${name}`, { method: "PUT", body: file });
  }
  notice("");
  const first = files[0].path.split("/");
  await begin(zone, { drop, name: first.length > 1 ? first[0] : "", ...ticks() });
}

for (const zone of document.querySelectorAll(".zone")) {
  const name = zone.dataset.zone;
  for (const type of ["dragenter", "dragover"]) {
    zone.addEventListener(type, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const type of ["dragleave", "drop"]) zone.addEventListener(type, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    attempt(async () => send(name, (await Promise.all(entries.map((entry) => filesOf(entry)))).flat()));
  });
  for (const input of zone.querySelectorAll("input")) {
    input.addEventListener("change", () => {
      const files = [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
      attempt(async () => {
        await send(name, files);
        input.value = "";
      });
    });
  }
}
for (const button of document.querySelectorAll("[data-pick]")) {
  button.addEventListener("click", () => $(button.dataset.pick).click());
}
for (const type of ["dragover", "drop"]) window.addEventListener(type, (event) => event.preventDefault());

// --- buttons -----------------------------------------------------------------------------------------

$("campaign").addEventListener("change", () =>
  attempt(async () => {
    if ($("campaign").value) await press("choose", { key: $("campaign").value });
  }),
);
for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    attempt(() => begin(button.dataset.do, ticks()));
  });
}
$("stop").addEventListener("click", () => attempt(() => press("stop")));
$("folder").addEventListener("click", () =>
  attempt(async () => notice(said("folder", await press("folder")), true)),
);
$("close").addEventListener("click", () => attempt(() => press("close")));

// --- a new campaign ------------------------------------------------------------------------------------

const form = $("form");
const askDay = () => {
  $("ask-day").hidden = !form.elements.cause.selectedOptions[0].hasAttribute("data-asks-day");
};
form.elements.cause.addEventListener("change", askDay);
async function offer() {
  if (form.elements.cause.options.length) return;
  const choices = await press("choices");
  form.elements.province.append(...choices.provinces.map((name) => new Option(name, name)));
  for (const cause of choices.causes) {
    const option = new Option(cause.title, cause.id, false, cause.id === choices.usual);
    option.toggleAttribute("data-asks-day", cause.asks_day);
    form.elements.cause.append(option);
  }
}
$("new").addEventListener("click", () =>
  attempt(async () => {
    await offer();
    $("wizard-problems").hidden = true;
    askDay();
    $("wizard").showModal();
  }),
);
$("cancel").addEventListener("click", () => $("wizard").close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const made = await press("create", Object.fromEntries(new FormData(form)));
    chosen = made.key;
    showCampaigns(made.campaigns);
    showEnabled();
    $("wizard").close();
    notice(said("created", made), true);
  } catch (error) {
    $("wizard-problems").textContent = error.message;
    $("wizard-problems").hidden = false;
  }
});

loadCampaigns().then(listen, (error) => notice(error.message));
