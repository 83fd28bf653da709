"""The network itself: a picture in, for each place how likely a face is there, and how it lies.

YuNet (Wu, Peng and Yu 2023) in the version of OpenCV's model zoo of March 2023, MIT licence (see LICENSE
beside `weights.bin`, which `tools/face-weights` made of it). It is built of one unit, used 27 times: a
mixing of channels at each place, then a sum over 3 × 3 places in each channel.
`templates/site/js/yunet.js` is the same for the web page.

How it is made fast in numpy. A layer is kept as channels × places, with a border of zeros around the
picture, as one long row per channel: so a neighbour is a fixed distance away, and sums over neighbours are
a few products over a row. They run over so few channels at a time that they stay in the processor's own
memory. Products of matrices are cut into pieces just small enough that the BLAS below numpy
keeps to one thread: its other threads would wait busily.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.yunet import WEIGHTS

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Pixels = NDArray[np.uint8]

STRIDES = (8, 16, 32)
"""Px of the picture from one place to the next, for small, middling and large faces."""
STEP = STRIDES[-1]
"""Px that width and height are a multiple of."""
NUMBERS = 16
"""Of each place: face, box (4), object, five points (10); in the order of the network's four heads."""

_ALONE = 64**3
"""Multiplications in one product of matrices: the most that OpenBLAS does not share among threads."""
_CACHED = 131_072
"""Floats that are summed up at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class _Convolution:
    """Mixing of channels (out × in, and a bias), then weights of 3 × 3 (channels × 9) and a bias."""

    mix: Floats
    mix_bias: Floats
    around: Floats
    bias: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Net:
    """All units by where they stand; four heads are one unit.

    `first` are the first convolution's weights: of the quarters that lie at a place itself, and of those of
    `_BESIDE`.
    """

    first: tuple[Floats, ...]
    first_bias: Floats
    stem: _Convolution
    middle: tuple[_Convolution, ...]
    deep: tuple[tuple[_Convolution, _Convolution], ...]
    neck: tuple[_Convolution, ...]
    heads: tuple[_Convolution, ...]


_CHANNELS = ((16, 16), (16, 32), (32, 32), (32, 64))
_HEADS = (1, 4, 1, 10)
_QUARTERS = ((0, 0), (0, 1), (1, 1), (1, 0))
"""Row and column of 2 × 2 px, in an order in which all that lie in one row or column are neighbours."""
_BESIDE = ((2, 4), (1, 3), (2, 3))
"""Quarters of the place above that a place needs, of that to the left, and of that above to the left."""


@cache
def _net() -> _Net:
    """The weights, read once; `weights.bin` holds them in the order of the original's graph."""
    numbers = np.frombuffer(WEIGHTS.read_bytes(), "<f2").astype(np.float32)
    taken = 0

    def take(*shape: int) -> Floats:
        nonlocal taken
        count = int(np.prod(shape))
        taken += count
        return np.ascontiguousarray(numbers[taken - count : taken].reshape(shape))

    def unit(inputs: int, outputs: int) -> _Convolution:
        return _Convolution(take(outputs, inputs), take(outputs), take(outputs, 9), take(outputs))

    first, first_bias = take(16, 3, 3, 3), take(16, 1)
    stem = unit(16, 16)
    middle = tuple(unit(*channels) for channels in _CHANNELS)
    deep = tuple((unit(64, 64), unit(64, 64)) for _ in STRIDES)
    neck = tuple(unit(64, 64) for _ in STRIDES)[::-1]
    parts = [[unit(64, count) for _ in STRIDES] for count in _HEADS]
    heads = tuple(
        _Convolution(
            *(
                np.concatenate([getattr(part[level], name) for part in parts])
                for name in ("mix", "mix_bias", "around", "bias")
            )
        )
        for level in range(len(STRIDES))
    )
    return _Net(_by_quarters(first), first_bias, stem, middle, deep, neck, heads)


def _by_quarters(first: Floats) -> tuple[Floats, ...]:
    """Weights (16 × colour × 3 × 3) in the order of `_QUARTERS`: for a place itself, then for `_BESIDE`."""

    def chosen(rows: tuple[int, int], columns: tuple[int, int], quarters: slice) -> Floats:
        # `rows` and `columns`: which of the three a quarter's px with even and with odd number are
        parts = [first[:, :, rows[down], columns[across]] for down, across in _QUARTERS[quarters]]
        return np.ascontiguousarray(np.concatenate(parts, axis=1))

    (above, beside, corner) = (slice(*which) for which in _BESIDE)
    here, before = (1, 2), (1, 0)
    return (
        chosen(here, here, slice(None)),
        chosen(before, here, above),
        chosen(here, before, beside),
        chosen(before, before, corner),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Activation:
    """Channels × places, with a border of zeros: height + 2 rows of width + 2."""

    data: Floats
    height: int
    width: int

    @property
    def grid(self) -> Floats:
        """Channels × height + 2 × width + 2."""
        return self.data.reshape(-1, self.height + 2, self.width + 2)

    @property
    def inner(self) -> Floats:
        """Channels × height × width, without the border."""
        return self.grid[:, 1:-1, 1:-1]


def _empty(channels: int, height: int, width: int) -> _Activation:
    """A layer of zeros."""
    return _Activation(np.zeros((channels, (height + 2) * (width + 2)), dtype=np.float32), height, width)


def _unset(channels: int, height: int, width: int) -> _Activation:
    """A layer of any numbers."""
    return _Activation(np.empty((channels, (height + 2) * (width + 2)), dtype=np.float32), height, width)


def look(picture: Pixels) -> list[Floats]:
    """What the network says of an sRGB picture (height × width × 3, both multiples of `STEP`).

    For each of `STRIDES` an array of `NUMBERS` × rows × columns; face and object as logits.
    """
    net = _net()
    layer = _unit(_first(picture, net), net.stem)
    layer = _halved(layer)
    for unit in net.middle:
        layer = _unit(layer, unit)
    found: list[_Activation] = []
    for one, two in net.deep:
        layer = _unit(_unit(_halved(layer), one), two)
        found.append(layer)
    top: _Activation | None = None
    said: list[Floats] = []
    for layer, neck, heads in zip(found[::-1], net.neck[::-1], net.heads[::-1], strict=True):
        if top is not None:
            layer.inner[...] += top.inner.repeat(2, axis=1).repeat(2, axis=2)
        top = _unit(layer, neck)
        said.append(_unit(top, heads, bent=False).inner)
    return said[::-1]


def _first(picture: Pixels, net: _Net) -> _Activation:
    """The first convolution: 3 × 3 on every second px, blue first as OpenCV has it; negative becomes 0.

    The picture is laid out as four of half its sides, one to each place of 2 × 2 px: of a place's nine px
    four lie right there, and the others with the neighbours above, to the left, and above to the left.
    """
    height, width = picture.shape[0] // 2, picture.shape[1] // 2
    quarters = _empty(3 * len(_QUARTERS), height, width)
    for at, (down, across) in enumerate(_QUARTERS):
        quarters.inner[3 * at : 3 * at + 3] = picture[down::2, across::2, ::-1].transpose(2, 0, 1)
    out = _unset(16, height, width)
    total, part = out.data, np.empty_like(out.data)
    _multiply(net.first[0], quarters.data, total)
    row = width + 2
    for weights, (begin, end), away in zip(net.first[1:], _BESIDE, (row, 1, row + 1), strict=True):
        _multiply(weights, quarters.data[3 * begin : 3 * end, :-away], part[:, away:])
        total[:, away:] += part[:, away:]
    total += net.first_bias
    np.maximum(total, 0, out=total)
    _without_border(out)
    return out


def _without_border(layer: _Activation) -> None:
    """Makes the border zero."""
    layer.grid[:, 0] = layer.grid[:, -1] = 0
    layer.grid[:, :, 0] = layer.grid[:, :, -1] = 0


def _multiply(weights: Floats, data: Floats, out: Floats) -> None:
    """The product of both, piece by piece."""
    places = data.shape[1]
    piece = min(places, _ALONE // weights.size)
    pieces = places // piece

    def cut(array: Floats) -> Any:
        row, one = array.strides
        return np.lib.stride_tricks.as_strided(array, (pieces, len(array), piece), (piece * one, row, one))

    np.matmul(weights, cut(data), out=cut(out))
    rest = pieces * piece
    np.matmul(weights, data[:, rest:], out=out[:, rest:])


def _unit(layer: _Activation, unit: _Convolution, *, bent: bool = True) -> _Activation:
    """One unit; `bent`: negative results become 0."""
    channels = len(unit.mix)
    mixed = _unset(channels, layer.height, layer.width)
    _multiply(unit.mix, layer.data, mixed.data)
    mixed.data[...] += unit.mix_bias[:, None]
    _without_border(mixed)
    out = _unset(channels, layer.height, layer.width)
    row = layer.width + 2
    begin, end = row + 1, (layer.height + 1) * row - 1
    out.data[:, :begin] = out.data[:, end:] = 0
    few = max(1, _CACHED // (3 * mixed.data.shape[1]))
    for at in range(0, channels, few):
        taken = slice(at, min(at + few, channels))
        total = _around(mixed.data[taken], unit.around[taken], row)
        total += unit.bias[taken, None]
        if bent:
            np.maximum(total, 0, out=out.data[taken, begin:end])
        else:
            out.data[taken, begin:end] = total
    out.grid[:, :, 0] = 0
    out.grid[:, :, -1] = 0
    return out


def _around(data: Floats, weights: Floats, row: int) -> Floats:
    """The sum over each place's nine, from the first that lies within the border to the last.

    Of three places side by side for three rows first, as products of matrices whose lines overlap; what the
    rows below one another have, is added.
    """
    channels, places = data.shape
    whole, one = data.strides
    beside = np.lib.stride_tricks.as_strided(data, (channels, 3, places - 2), (whole, one, one))
    rows = np.matmul(weights.reshape(channels, 3, 3), beside)
    length = places - 2 - 2 * row
    total = rows[:, 0, :length] + rows[:, 1, row : row + length]
    total += rows[:, 2, 2 * row : 2 * row + length]
    return total


def _halved(layer: _Activation) -> _Activation:
    """The largest of each 2 × 2 places."""
    inner = layer.inner
    out = _empty(len(inner), layer.height // 2, layer.width // 2)
    rows = np.maximum(inner[:, ::2], inner[:, 1::2])
    np.maximum(rows[:, :, ::2], rows[:, :, 1::2], out=out.inner)
    return out
