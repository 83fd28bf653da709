"""What a second process gives on this machine, just now: bare encoders in one process, and in two."""

from __future__ import annotations

import os
from collections.abc import Generator
from concurrent.futures import Executor, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

import numpy as np

from bench.table import seconds_of
from dxassets.backends.rasterizer import encode_pixels

_CORES = 2
_SIDE = 600
_PICTURES, _SLICES = 320, 10  # in one process five seconds of work


class Encoders:
    """Two processes that encode the same picture as PNG, again and again."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._seconds = dict.fromkeys((1, 2), 0.0)

    def take_turn(self) -> None:
        """Encode some hundred pictures in one process, and as many in two.

        They change places often: what else the machine does in these seconds hits both alike.
        """
        for _slice in range(_SLICES):
            for processes in self._seconds:
                self._seconds[processes] += seconds_of(partial(self._encode, processes))

    @property
    def gain(self) -> float:
        """How many times as fast two processes were as one, over all turns."""
        return self._seconds[1] / self._seconds[2]

    def _encode(self, processes: int) -> None:
        share = _PICTURES // _SLICES // processes
        wait([self._pool.submit(encode, share) for _ in range(processes)])


def encode(pictures: int) -> None:
    """Encode a picture with something all over it so many times."""
    chance = np.random.default_rng(7)
    pixels = np.sort(chance.integers(0, 255, (_SIDE, _SIDE, 3), dtype=np.uint8), axis=0)
    for _ in range(pictures):
        encode_pixels(pixels, "png", None)


@contextmanager
def encoders() -> Generator[Encoders]:
    """The two, warm."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        wait([pool.submit(encode, 8) for _ in range(2)])
        yield Encoders(pool)


@contextmanager
def two_cores() -> Generator[None]:
    """In the body this process, and whatever it starts, runs on two cores; where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:_CORES])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
