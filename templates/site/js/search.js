// Finding a name without its marks: “so xay dung” finds Sở Xây dựng.

/** Text without marks, in lower case. */
export function fold(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
}

const LEAST_TOGETHER = 4; // letters; fewer are found together in too many names

/**
 * Those of `list` whose `search` holds all words of `typed`, those that begin with them first; words that were
 * typed without blanks (“cujut”) are found, too, where nothing else is.
 */
export function find(list, typed) {
  const words = fold(typed)
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const rank = (search) => (words.length && search.startsWith(words[0]) ? 0 : 1);
  const found = list
    .filter(({ search }) => words.every((word) => ` ${search}`.includes(` ${word}`)))
    .sort((one, two) => rank(one.search) - rank(two.search));
  const together = words.join("");
  if (found.length || together.length < LEAST_TOGETHER) return found;
  return list.filter(({ search }) => search.replaceAll(" ", "").includes(together));
}
