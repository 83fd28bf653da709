// Where a photo shows in somebody's own frame. The same as dxassets/kinds/frame/own.py, which explains it; both
// are tested with the drawings in tests/data/holes.json.

export const GRID = 135;
const SEEN = 128;
const LEAST_HOLE = 0.3;
const MOST_HOLE = 0.97;
const SPECK = 0.01;
const FARTHEST = 0.15;

/** The circle round the hole in `count` × `count` values of transparency (0 is see-through), or what is wrong. */
export function findHole(alpha, count) {
  const middle = count / 2;
  const circle = Math.PI * middle ** 2;
  const away = (cell) => Math.hypot((cell % count) + 0.5 - middle, Math.floor(cell / count) + 0.5 - middle);
  const left = new Set();
  for (let cell = 0; cell < count * count; cell += 1) {
    if (alpha[cell] < SEEN && away(cell) <= middle) left.add(cell);
  }
  const holes = [];
  for (const first of [...left]) {
    if (!left.has(first)) continue;
    const cells = spread(left, first, count);
    let [nearest, farthest] = [Infinity, 0];
    for (const cell of cells) {
      nearest = Math.min(nearest, away(cell));
      farthest = Math.max(farthest, away(cell));
    }
    const isOutside = farthest > middle - 1.5 && nearest > 0.3 * middle;
    if (cells.length >= SPECK * circle && !isOutside) holes.push(cells);
  }
  if (holes.length !== 1) return { fault: holes.length ? "many" : "none" };
  return openingOf(holes[0], count, circle);
}

function openingOf(cells, count, circle) {
  if (cells.length > MOST_HOLE * circle) return { fault: "blank" };
  if (cells.length < LEAST_HOLE * circle) return { fault: "small" };
  const columns = cells.map((cell) => cell % count);
  const rows = cells.map((cell) => Math.floor(cell / count));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length + 0.5;
  if (Math.hypot(mean(columns) - count / 2, mean(rows) - count / 2) > FARTHEST * count) return { fault: "aside" };
  const between = (values) =>
    (values.reduce((one, other) => Math.min(one, other)) + values.reduce((one, other) => Math.max(one, other)) + 1) / 2;
  const [x, y] = [between(columns), between(rows)];
  const far = cells.reduce((most, _, at) => Math.max(most, Math.hypot(columns[at] + 0.5 - x, rows[at] + 0.5 - y)), 0);
  return { opening: { x: x / count, y: y / count, radius: (far + 1) / count } };
}

function spread(left, first, count) {
  const waiting = [first];
  left.delete(first);
  const cells = [];
  while (waiting.length) {
    const cell = waiting.pop();
    cells.push(cell);
    const column = cell % count;
    const near = [cell - count, cell + count];
    if (column > 0) near.push(cell - 1);
    if (column < count - 1) near.push(cell + 1);
    for (const next of near) if (left.delete(next)) waiting.push(next);
  }
  return cells;
}
