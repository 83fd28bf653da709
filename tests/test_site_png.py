"""The PNG that the page writes: every pixel as it was, light, and each byte packed about once."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.site_support import CHROMIUM

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
WIDTH = 300
_WRITE = """async ({ width, height, rgba, most }) => {
  const data = Uint8ClampedArray.from(atob(rgba), (sign) => sign.charCodeAt(0));
  const Plain = window.CompressionStream;
  let fed = 0;
  window.CompressionStream = class {
    constructor(format) {
      const counted = new TransformStream({
        transform(chunk, out) {
          fed += chunk.length;
          out.enqueue(chunk);
        },
      });
      this.writable = counted.writable;
      this.readable = counted.readable.pipeThrough(new Plain(format));
    }
  };
  const file = await window.dxassetsPng({ width, height, data, most });
  window.CompressionStream = Plain;
  return { fed, file: file && btoa([...file].map((byte) => String.fromCharCode(byte)).join("")) };
}"""
Pixels = np.ndarray[Any, np.dtype[np.uint8]]


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Generator[Page]:
    """A page with the script that writes PNG, as one from a folder has it."""
    context = browser.new_context(service_workers="block")
    opened = context.new_page()
    opened.goto(f"{address}banner.html")
    opened.add_script_tag(url=f"{address}js/png.js")
    yield opened
    context.close()


def flat(height: int) -> Pixels:
    """Shapes of one colour each, as most banners are."""
    pixels = np.full((height, WIDTH, 3), (10, 40, 120), np.uint8)
    for at in range(0, height, 12):
        pixels[at : at + 7, at % 90 : at % 90 + 70] = (250, 210, at % 256)
    return pixels


def photo(height: int) -> Pixels:
    """Soft colours with a little noise: what filters are for."""
    y, x = np.mgrid[0:height, 0:WIDTH]
    soft = np.stack([x / WIDTH * 200, y / max(height, 1) * 200, (x + y) / (WIDTH + height) * 220], axis=2)
    return (soft + np.random.default_rng(7).integers(0, 3, soft.shape)).astype(np.uint8)


def written(page: Page, pixels: Pixels, most: int = 0) -> tuple[bytes | None, int]:
    """The file, and how many bytes were packed for it."""
    rgba = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)]).tobytes()
    told = {"width": pixels.shape[1], "height": pixels.shape[0], "most": most}
    found = page.evaluate(_WRITE, {**told, "rgba": base64.b64encode(rgba).decode()})
    return found["file"] and base64.b64decode(found["file"]), found["fed"]


def filters_of(data: bytes) -> set[int]:
    """The filters of its rows, by their numbers (W3C PNG, 9.2)."""
    at, packed = 8, b""
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += size + 12
    rows = zlib.decompress(packed)
    width = Image.open(io.BytesIO(data)).width
    return set(rows[:: 3 * width + 1])


@pytest.mark.parametrize("height", [1, 2, 127, 128, 129, 600])
@pytest.mark.parametrize("draw", [flat, photo])
def test_every_pixel_comes_back(page: Page, draw: Any, height: int) -> None:
    pixels = draw(height)
    data, _ = written(page, pixels)
    assert data is not None
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert picture.mode == "RGB"
        assert np.array_equal(np.asarray(picture), pixels)


def test_flat_art_has_no_filters_and_a_photo_has(page: Page) -> None:
    art, _ = written(page, flat(600))
    soft, _ = written(page, photo(600))
    assert art is not None
    assert soft is not None
    assert filters_of(art) == {0}
    assert filters_of(soft) <= {1, 2, 4}
    out = io.BytesIO()
    Image.fromarray(photo(600)).save(out, "PNG", optimize=True)
    assert len(soft) < 1.1 * len(out.getvalue())


@pytest.mark.parametrize("draw", [flat, photo])
def test_a_large_picture_is_packed_once_but_for_a_few_bands(page: Page, draw: Any) -> None:
    """Packing takes most of the time: both ways of writing rows are tried with a fifth of them."""
    pixels = draw(1280)
    _, fed = written(page, pixels)
    whole = (3 * WIDTH + 1) * len(pixels)
    assert whole < fed <= 1.2 * whole


def test_what_is_over_its_budget_loses_levels_and_then_is_none(page: Page) -> None:
    pixels = photo(200)
    plain, _ = written(page, pixels)
    assert plain is not None
    same, _ = written(page, pixels, len(plain))
    assert same == plain
    fewer, _ = written(page, pixels, len(plain) - 1)
    assert fewer is not None
    assert len(fewer) < len(plain)
    with Image.open(io.BytesIO(fewer)) as picture:
        apart = abs(np.asarray(picture).astype(int) - pixels)
    assert 0 < apart.max() <= 2
    assert written(page, pixels, 500)[0] is None
