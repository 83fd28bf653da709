"""Banners as they were before they shared a stream: each encoded, and read back, as if it stood alone."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

from dxassets.backends.rasterizer import Pixels, read_pixels
from dxassets.backends.read_pictures import SEEN
from dxassets.checks import gates
from dxassets.kinds.banner import render as rendering

_codes_of_pixels = gates.codes_of_pixels


@contextmanager
def each_whole() -> Generator[None]:
    """In the body nothing is taken from one picture for the next but its base's pixels."""
    with (
        patch.object(rendering, "render", partial(rendering.render, shared=False)),
        patch.object(SEEN, "read", _read_whole),
        patch.object(gates, "codes_of_pixels", _codes_of_pixels.__wrapped__),
    ):
        yield


def forget() -> None:
    """Keep nothing of what was drawn and judged: the next banner is the first of its look."""
    rendering.forget_bases()
    SEEN.forget()
    _codes_of_pixels.cache_clear()


def _read_whole(data: bytes) -> tuple[Pixels, None]:
    return read_pixels(data), None
