// Who is on the list. The page knows the first agency by itself; the others come when somebody looks for one: of
// thousands, the list weighs more than the page.

import { handed } from "./handing.js";
import { fold } from "./search.js";
import { data } from "./shell.js";

const byIds = new Map();
let all = null;

/** An agency of the list, which tells it as `[id, name, short name]`, and where its ready-made banners lie. */
function remembered([id, name, short, more = {}]) {
  const words = fold(`${name} ${short}`).replace(/['’ʼ]/g, "").split(/[^a-z0-9]+/).filter(Boolean);
  const office = { id, name, short, ...more, search: [...new Set(words)].join(" ") };
  byIds.set(id, office);
  return office;
}

if (data.first) remembered(data.first);

/** All agencies, once their list is here; what failed is tried again the next time. */
export async function everyAgency() {
  all ??= (await handed("agencies", "js/agencies.js")).map(remembered);
  return all;
}

/** The agency of that id, of those that are here. */
export const agencyOf = (id) => byIds.get(id);

const plain = (name) => name.replaceAll("\u00a0", " ");

/** The agency of that name, of those that are here. */
export function agencyCalled(name) {
  return [...byIds.values()].find((each) => plain(each.name) === plain(name));
}
