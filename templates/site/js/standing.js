// What stands out in a photo without faces: the same maths as dxassets/backends/subject.py, which explains it;
// tests/test_site_same.py holds both to one another.

const GIST = 48;
const MOST_ENLARGED = 2;
const POWER = 4;
const MIDDLE = 0.5;
const UPPER_MIDDLE = 0.42;
const REACH = 0.35;
const LEAST_DIFFERENT = 12;
const MOST_SPREAD = 0.9;

/** The middle of what stands out, in shares of the sides, or null; `copy(width, height)` gives a photo so large. */
export async function middleOf(photo, copy) {
  const factor = Math.min(GIST / Math.max(photo.width, photo.height), MOST_ENLARGED);
  const [width, height] = [photo.width, photo.height].map((side) => Math.max(1, Math.round(side * factor)));
  return standingOut((await copy(width, height)).data, width, height);
}

function standingOut(data, width, height) {
  const different = differences(data, width, height);
  const most = Math.max(...different);
  if (most < LEAST_DIFFERENT) return null;
  const upper = height > width ? UPPER_MIDDLE : MIDDLE;
  const prior = different.map((_, at) => {
    const [x, y] = [((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height];
    return Math.exp(-((x - MIDDLE) ** 2 + (y - upper) ** 2) / (2 * REACH ** 2));
  });
  const seen = spreadOf(
    prior.map((weight, at) => weight * (different[at] / most) ** POWER),
    width,
    height,
  );
  return seen.far > MOST_SPREAD * spreadOf(prior, width, height).far ? null : seen;
}

/** How far each place's colour lies from the usual one: in light, red against green, yellow against blue. */
function differences(data, width, height) {
  const places = Array.from({ length: width * height }, (_, at) => data.subarray(4 * at, 4 * at + 3));
  const axes = [
    ([red, green, blue]) => (red + green + blue) / 3,
    ([red, green]) => red - green,
    ([red, green, blue]) => (red + green) / 2 - blue,
  ].map((axis) => {
    const values = places.map(axis);
    const usual = median(values);
    return smooth(values.map((value) => value - usual), width, height);
  });
  return places.map((_, at) => Math.hypot(...axes.map((values) => values[at])));
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The mean of each place and its eight neighbours; beyond an edge the edge goes on. */
function smooth(values, width, height) {
  const within = (at, length) => Math.min(Math.max(at, 0), length - 1);
  return values.map((_, at) => {
    let sum = 0;
    for (let shift = 0; shift < 9; shift += 1) {
      const x = within((at % width) + (shift % 3) - 1, width);
      const y = within(Math.floor(at / width) + Math.floor(shift / 3) - 1, height);
      sum += values[y * width + x];
    }
    return sum / 9;
  });
}

/** Weighted middle, and the mean distance from it along an axis, in shares of the sides. */
function spreadOf(weights, width, height) {
  const place = (at) => [((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height];
  let [total, x, y, far] = [0, 0, 0, 0];
  weights.forEach((weight, at) => {
    const [right, down] = place(at);
    total += weight;
    x += weight * right;
    y += weight * down;
  });
  [x, y] = [x / total, y / total];
  weights.forEach((weight, at) => {
    const [right, down] = place(at);
    far += weight * ((right - x) ** 2 + (down - y) ** 2);
  });
  return { x, y, far: Math.sqrt(far / total / 2) };
}
