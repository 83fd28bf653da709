// Finding a name without its marks: “cu jut” finds Cư Jút.

/** Text without marks, in lower case. */
export function fold(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
}

/** Those of `list` whose `search` holds all words of `typed`, those that begin with them first. */
export function find(list, typed) {
  const words = fold(typed)
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const rank = (search) => (words.length && search.startsWith(words[0]) ? 0 : 1);
  return list
    .filter(({ search }) => words.every((word) => ` ${search}`.includes(` ${word}`)))
    .sort((one, two) => rank(one.search) - rank(two.search));
}
