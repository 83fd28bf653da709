// YuNet, a small network that finds faces: the same as dxassets/backends/yunet/network.py, with the same numbers
// (MIT licence, Copyright (c) 2020 Shiqi Yu; its text lies beside them). Layers are channels × places, each channel a
// row with a border of zeros around the picture.

export const STEP = 32;
const STRIDES = [8, 16, 32];
const HEADS = [1, 4, 1, 10];

/** 16-bit floats, two bytes each, as numbers. */
function widened(bytes) {
  const numbers = new Float32Array(bytes.length / 2);
  for (let at = 0; at < numbers.length; at += 1) {
    const half = bytes[2 * at] | (bytes[2 * at + 1] << 8);
    const power = (half >> 10) & 31;
    const part = half & 1023;
    const size = power ? 2 ** (power - 15) * (1 + part / 1024) : 2 ** -14 * (part / 1024);
    numbers[at] = half & 0x8000 ? -size : size;
  }
  return numbers;
}

/** The network's parts, out of the bytes of its file. */
export function readNet(bytes) {
  const numbers = widened(bytes);
  let taken = 0;
  const take = (count) => numbers.subarray(taken, (taken += count));
  const unit = (inputs, outputs) => ({
    inputs,
    outputs,
    mix: take(inputs * outputs),
    mixBias: take(outputs),
    around: take(9 * outputs),
    bias: take(outputs),
  });
  const first = { weights: take(16 * 27), bias: take(16) };
  const stem = unit(16, 16);
  const middle = [unit(16, 16), unit(16, 32), unit(32, 32), unit(32, 64)];
  const deep = STRIDES.map(() => [unit(64, 64), unit(64, 64)]);
  const neck = STRIDES.map(() => unit(64, 64)).reverse();
  const heads = HEADS.map((count) => STRIDES.map(() => unit(64, count)));
  return { first, stem, middle, deep, neck, heads };
}

function empty(channels, height, width) {
  const places = (height + 2) * (width + 2);
  return { channels, height, width, places, data: new Float32Array(channels * places) };
}

/** The first convolution: 3 × 3 on every second px of RGBA px, blue first; negative becomes 0. */
function firstLayer({ width, height, data }, { weights, bias }) {
  const out = empty(16, height / 2, width / 2);
  const row = out.width + 2;
  const near = new Float32Array(27);
  for (let y = 0; y < out.height; y += 1) {
    for (let x = 0; x < out.width; x += 1) {
      for (let dy = 0; dy < 3; dy += 1) {
        for (let dx = 0; dx < 3; dx += 1) {
          const down = 2 * y + dy - 1;
          const across = 2 * x + dx - 1;
          const isIn = down >= 0 && across >= 0;
          const at = 4 * (down * width + across);
          for (let color = 0; color < 3; color += 1) {
            near[9 * color + 3 * dy + dx] = isIn ? data[at + 2 - color] : 0;
          }
        }
      }
      const place = (y + 1) * row + x + 1;
      for (let channel = 0; channel < 16; channel += 1) {
        let sum = bias[channel];
        for (let at = 0; at < 27; at += 1) sum += weights[27 * channel + at] * near[at];
        out.data[channel * out.places + place] = sum > 0 ? sum : 0;
      }
    }
  }
  return out;
}

/** One unit: channels are mixed, then each is summed over 3 × 3 places. */
function through(layer, { inputs, outputs, mix, mixBias, around, bias }, isBent = true) {
  const { height, width, places } = layer;
  const out = empty(outputs, height, width);
  const row = width + 2;
  const mixed = new Float32Array(places);
  for (let channel = 0; channel < outputs; channel += 1) {
    mixed.fill(mixBias[channel]);
    // four inputs at a time: fewer ways to memory and back
    for (let from = 0; from < inputs; from += 4) {
      const at = channel * inputs + from;
      const a = mix[at];
      const b = mix[at + 1];
      const c = mix[at + 2];
      const d = mix[at + 3];
      const one = layer.data.subarray(from * places, (from + 1) * places);
      const two = layer.data.subarray((from + 1) * places, (from + 2) * places);
      const three = layer.data.subarray((from + 2) * places, (from + 3) * places);
      const four = layer.data.subarray((from + 3) * places, (from + 4) * places);
      for (let place = 0; place < places; place += 1) {
        mixed[place] += a * one[place] + b * two[place] + c * three[place] + d * four[place];
      }
    }
    mixed.fill(0, 0, row);
    mixed.fill(0, places - row);
    for (let place = row; place < places; place += row) mixed[place] = mixed[place - 1] = 0;
    const [k0, k1, k2, k3, k4, k5, k6, k7, k8] = around.subarray(9 * channel, 9 * channel + 9);
    const target = out.data.subarray(channel * places, (channel + 1) * places);
    for (let y = 1; y <= height; y += 1) {
      for (let at = y * row + 1, end = at + width; at < end; at += 1) {
        const up = at - row;
        const low = at + row;
        const sum =
          bias[channel] +
          k0 * mixed[up - 1] + k1 * mixed[up] + k2 * mixed[up + 1] +
          k3 * mixed[at - 1] + k4 * mixed[at] + k5 * mixed[at + 1] +
          k6 * mixed[low - 1] + k7 * mixed[low] + k8 * mixed[low + 1]; // prettier-ignore
        target[at] = isBent && sum < 0 ? 0 : sum;
      }
    }
  }
  return out;
}

/** The largest of each 2 × 2 places. */
function halved(layer) {
  const out = empty(layer.channels, layer.height / 2, layer.width / 2);
  const [row, wide] = [layer.width + 2, out.width + 2];
  for (let channel = 0; channel < out.channels; channel += 1) {
    for (let y = 0; y < out.height; y += 1) {
      for (let x = 0; x < out.width; x += 1) {
        const at = channel * layer.places + (2 * y + 1) * row + 2 * x + 1;
        out.data[channel * out.places + (y + 1) * wide + x + 1] = Math.max(
          layer.data[at],
          layer.data[at + 1],
          layer.data[at + row],
          layer.data[at + row + 1],
        );
      }
    }
  }
  return out;
}

/** Adds to each place what the layer of half the size says there. */
function addCoarser(layer, coarser) {
  const [row, wide] = [layer.width + 2, coarser.width + 2];
  for (let channel = 0; channel < layer.channels; channel += 1) {
    for (let y = 0; y < layer.height; y += 1) {
      for (let x = 0; x < layer.width; x += 1) {
        const from = channel * coarser.places + ((y >> 1) + 1) * wide + (x >> 1) + 1;
        layer.data[channel * layer.places + (y + 1) * row + x + 1] += coarser.data[from];
      }
    }
  }
}

/**
 * What the network says of a picture (`data` RGBA, width and height multiples of `STEP`): for each stride its four
 * heads as layers: face, box, object, points.
 */
export function look(net, picture) {
  let layer = halved(through(firstLayer(picture, net.first), net.stem));
  for (const unit of net.middle) layer = through(layer, unit);
  const found = net.deep.map(([one, two]) => (layer = through(through(halved(layer), one), two)));
  let top = null;
  return found
    .map((_, at) => found.length - 1 - at)
    .map((at) => {
      if (top) addCoarser(found[at], top);
      top = through(found[at], net.neck[at]);
      return { stride: STRIDES[at], heads: net.heads.map((units) => through(top, units[at], false)) };
    })
    .reverse();
}
