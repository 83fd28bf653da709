// A text field with a list below it, as the ARIA authoring practices describe it.

import { find } from "./search.js";

/**
 * `listed()` gives, in time, what there is to choose from, as `{ id, name, search }`; `choose(item)` is called for the
 * one that is taken, `failed()` where the list does not come.
 */
export function watchCombobox(input, box, listed, { choose, found, failed }) {
  let shown = [];
  let at = -1;
  let opening = Promise.resolve();
  let asked = 0;

  const close = () => {
    asked += 1;
    box.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    at = (next + shown.length) % shown.length;
    [...box.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    input.setAttribute("aria-activedescendant", box.children[at].id);
    box.children[at].scrollIntoView({ block: "nearest" });
  };
  const show = async (typed) => {
    asked += 1;
    const mine = asked;
    const list = await listed().catch(() => null);
    if (mine !== asked) return;
    if (list === null) {
      failed();
      return;
    }
    shown = find(list, typed);
    box.replaceChildren(
      ...shown.map((item) => {
        const row = Object.assign(document.createElement("li"), { id: `agency-${item.id}`, textContent: item.name });
        row.lang = "vi";
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        return row;
      }),
    );
    at = -1;
    box.hidden = shown.length === 0;
    input.setAttribute("aria-expanded", String(!box.hidden));
    input.removeAttribute("aria-activedescendant");
    found(shown.length);
  };
  const open = (typed) => {
    opening = show(typed);
    return opening;
  };
  const take = (index) => {
    const item = shown[index];
    close();
    choose(item);
  };

  input.addEventListener("focus", () => {
    input.select();
    listed().catch(() => {});
  });
  input.addEventListener("click", () => open(""));
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      await (box.hidden ? open("") : opening);
      if (!box.hidden) mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? shown.length - 1 : at - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      await opening; // whoever types fast has chosen before the list is here
      if (!box.hidden && shown.length) take(Math.max(at, 0));
    } else if (event.key === "Escape") {
      close();
    }
  });
  box.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  box.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (row) take([...box.children].indexOf(row));
  });
  input.addEventListener("blur", () => {
    close();
    choose(null);
  });
}
