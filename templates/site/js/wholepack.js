// The way to an office's whole pack. What packs is loaded when it is first asked for.

import { byId, loadScript, say } from "./shell.js";

/** `speaker()` tells who speaks: `{ id, names, start, banners }`; `drawingTools()` brings what draws. */
export function watchPack(speaker, drawingTools) {
  const button = byId("zip");
  button?.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const tools = await drawingTools();
      if (!window.dxassetsPacking) await loadScript("js/packing.js");
      await window.dxassetsPacking(byId("packing"), { ...tools, speaker });
      button.hidden = true;
      byId("packing").querySelector("input, button").focus();
    } catch {
      byId("zip-note").textContent = say("failed", { name: byId("zip-words").textContent });
    } finally {
      button.disabled = false;
    }
  });
}
