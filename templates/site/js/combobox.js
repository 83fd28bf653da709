// A text field with a list below it, as the ARIA authoring practices describe it.

import { find } from "./search.js";

/** `list` is of `{ id, name, search }`; `choose(item)` is called for the one that is taken. */
export function watchCombobox(input, box, list, { choose, found }) {
  let shown = [];
  let at = -1;

  const close = () => {
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
  const open = (typed) => {
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
  const take = (index) => {
    const item = shown[index];
    close();
    choose(item);
  };

  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => open(""));
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (box.hidden) open("");
      if (shown.length) mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? shown.length - 1 : at - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
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
