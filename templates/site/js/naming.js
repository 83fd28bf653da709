// An agency's name in its slot: the same as `set_agency` of dxassets/typesetting, with what it calls (blocks.py,
// fitting.py, paragraph.py, breaking.py), which explain it. Both are tested with tests/data/naming.json.

import { inkOf } from "./lettering.js";

const LEADING = 1.34;
const LINE_GAP = 0.09;
const COST_WEIGHT = 0.055;
const LINE_COST = 0.12;
const UNEVENNESS = 14;
const ORPHAN = 3;

function lineCost(offsets, costs, start, end, { space, mean, lines }) {
  const width = offsets[end] - offsets[start] - space;
  let cost = UNEVENNESS * ((width - mean) / mean) ** 2;
  const isLast = end === offsets.length - 1;
  if (!isLast) cost += costs[end - 1];
  else if (lines > 1 && end - start === 1 && end > lines) cost += ORPHAN;
  return cost;
}

/** The best way to set words of these widths in exactly so many lines: where they end, and what it costs. */
export function balancedBreaking(widths, costs, space, lines) {
  const count = widths.length;
  if (lines > count) return null;
  const offsets = [0];
  for (const width of widths) offsets.push(offsets.at(-1) + width + space);
  const mean = (offsets[count] - space) / lines;
  const best = [Array.from({ length: count + 1 }, (_, end) => ({ cost: end ? Infinity : 0, start: 0 }))];
  for (let line = 1; line <= lines; line += 1) {
    const row = Array.from({ length: count + 1 }, () => ({ cost: Infinity, start: 0 }));
    for (let end = line; end <= count - lines + line; end += 1) {
      row[end] = { cost: Infinity, start: line - 1 };
      for (let start = line - 1; start < end; start += 1) {
        const cost = best[line - 1][start].cost + lineCost(offsets, costs, start, end, { space, mean, lines });
        if (cost < row[end].cost) row[end] = { cost, start };
      }
    }
    best.push(row);
  }
  const ends = [];
  for (let line = lines, end = count; line > 0; line -= 1) {
    ends.unshift(end);
    end = best[line][end].start;
  }
  return { ends, cost: best[lines][count].cost };
}

/** A name in one line, two lines, … in em: the best breaks for each number. */
function settings(lettering, words, costs, mostLines) {
  const widths = words.map((word) => inkOf(lettering, word).advance);
  const { space } = lettering.first;
  const found = [];
  for (let count = 1; count <= mostLines; count += 1) {
    const breaking = balancedBreaking(widths, costs, space, count);
    if (!breaking) break;
    const lines = breaking.ends.map((end, at) => words.slice(breaking.ends[at - 1] ?? 0, end).join(" "));
    const inks = lines.map((line) => inkOf(lettering, line));
    const needed = inks.slice(1).map((below, at) => inks[at].bottom - below.top + LINE_GAP);
    const leading = Math.max(LEADING, ...needed);
    const ascent = -inks[0].top;
    found.push({
      lines,
      inks,
      leading,
      ascent,
      cost: breaking.cost,
      width: Math.max(...inks.map((ink) => ink.width)),
      height: ascent + (lines.length - 1) * leading + inks.at(-1).bottom,
    });
  }
  return found;
}

/** The largest setting inside the slot, or null if even the smallest does not fit. */
function fit(slot, choices) {
  let best = null;
  for (const setting of choices) {
    const size = Math.min(slot.largest, slot.width / setting.width, slot.height / setting.height);
    if (!(size >= slot.smallest)) continue;
    const cost = setting.cost + LINE_COST * setting.lines.length;
    const score = size * Math.exp(-COST_WEIGHT * cost);
    if (best === null || score > best.score) best = { score, size, setting };
  }
  return best;
}

function place(slot, { size, setting }) {
  let baseline = slot.y + setting.ascent * size;
  return setting.lines.map((text, at) => {
    const ink = setting.inks[at];
    const edge = slot.center ? slot.x + (slot.width - ink.width * size) / 2 : slot.x;
    const line = { text, size, x: edge - ink.left * size, baseline };
    baseline += setting.leading * size;
    return line;
  });
}

/**
 * The lines of the first of `names` that fits the slot, with its number in `name`; null if none does. A name is
 * its words with what a line's end after each but the last costs (`breakCosts`); capitals are made here.
 */
export function setAgency(lettering, slot, names) {
  for (const [name, { words, costs }] of names.entries()) {
    const capitals = words.map((word) => word.toUpperCase().normalize("NFC"));
    const found = fit(slot, settings(lettering, capitals, costs, slot.lines));
    if (found) return { name, lines: place(slot, found) };
  }
  return null;
}
