// The words that go into a pack: posts for each day, what pictures say, and what is in it.

const quoted = (cell) => `"${cell.replaceAll('"', '""')}"`;
/** No spreadsheet takes a cell for a formula; the same as dxassets/agencies/csv_text.py. */
const guarded = (cell) => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** A table that Excel opens by itself: UTF-8 with its mark. */
export function csvOf(rows) {
  return new Blob(["\ufeff", ...rows.map((row) => `${row.map((cell) => quoted(guarded(cell))).join(",")}\r\n`)]);
}

/** What an office may post on each day: in full, in short, and as a greeting. */
export function postsOf(days, name, t) {
  return days.flatMap(({ name: day, greeting, slogan, short, about, link }) => [
    day.toLocaleUpperCase("vi"),
    "",
    `[${t("long_post")}]`,
    ...[greeting, `“${slogan}”`, about, link, `– ${name}`].filter(Boolean),
    "",
    `[${t("short_post")}]`,
    ...[`${greeting}: “${short}”`, link, `– ${name}`].filter(Boolean),
    "",
    `[${t("greeting")}]`,
    `${name} – ${greeting}`,
    "",
    "",
  ]);
}

/** What lies where, and what could not be made. */
export function linesOf(name, left, t) {
  const told = left.length ? ["", t("left"), ...left.map((line) => `- ${line}`)] : [];
  return [t("readme", { name }), "", ...t("folders").split("\n"), ...told];
}
