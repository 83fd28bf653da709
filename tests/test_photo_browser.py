"""HDR, and PNG's own colours, as the tests' browser shows them: files made here, read back by both."""

from __future__ import annotations

import base64
import io
import struct
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser

from tests.photo_support import png_chunk, read, saved
from tests.rare_photo_support import chunked, deep_avif, deep_png, eight, hdr_file

SIDE, TALL = 16, 40
SKIN = [(0.70, 0.30, 0.20), (0.50, 0.42, 0.38), (0.60, 0.50, 0.45), (0.42, 0.33, 0.28)]
CHANCE = np.random.default_rng(1).uniform(0.2, 0.8, (24, 3)).tolist()
COLORS = [*((gray,) * 3 for gray in np.linspace(0, 1, 20)), *SKIN, *CHANCE]
CODES = np.array(COLORS).repeat(SIDE, axis=0)[None].repeat(TALL, axis=0)
ADOBE = struct.pack(">8I", 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)


def gamma(value: int) -> bytes:
    return png_chunk(b"gAMA", struct.pack(">I", value))


FILES = {
    "png, pq": hdr_file(CODES, "png", "pq"),
    "png, hlg": hdr_file(CODES, "png", "hlg"),
    "png, pq, display p3": hdr_file(CODES, "png", "pq", primaries=12),
    "png, pq, 400 cd/m²": hdr_file(CODES, "png", "pq", peak=400),
    "png, pq, 150 cd/m²": hdr_file(CODES, "png", "pq", peak=150),
    "avif, pq": hdr_file(CODES, "avif", "pq"),
    "avif, hlg": hdr_file(CODES, "avif", "hlg"),
    "avif, pq, 10 bits": deep_avif(CODES, "pq", 10),
    "avif, hlg, 12 bits": deep_avif(CODES, "hlg", 12),
    "png, gamma": chunked(saved(eight(CODES), "png"), gamma(55_556)),
    "png, gamma of sRGB": chunked(saved(eight(CODES), "png"), gamma(45_000)),
    "png, gamma and colours": chunked(saved(eight(CODES), "png"), gamma(45_455) + png_chunk(b"cHRM", ADOBE)),
    "png, colours alone": chunked(saved(eight(CODES), "png"), png_chunk(b"cHRM", ADOBE)),
    "png, video": deep_png(CODES, png_chunk(b"cICP", bytes((9, 1, 0, 1)))),
}


def patches(pixels: NDArray[np.uint8]) -> NDArray[np.floating[Any]]:
    """The mean of each colour's middle."""
    cut = pixels.reshape(TALL, len(COLORS), SIDE, 3)[4:12, :, 4:12].astype(float)
    return cut.mean(axis=(0, 2))


@pytest.mark.parametrize("name", FILES)
def test_a_photo_has_the_colours_that_the_browser_shows(browser: Browser, name: str) -> None:
    """Asked for: within 8 of 255; measured 3 (docs/colours.md)."""
    data = FILES[name]
    kind = "avif" if name.startswith("avif") else "png"
    page = browser.new_page(viewport={"width": SIDE * len(COLORS), "height": 100})
    try:
        address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        page.set_content(f"<body style='margin:0'><img style='display:block' src='{address}'>")
        page.evaluate("document.querySelector('img').decode()")
        shot = Image.open(io.BytesIO(page.locator("img").screenshot())).convert("RGB")
    finally:
        page.close()
    apart = np.abs(patches(read(data).pixels) - patches(np.asarray(shot)))
    assert apart.max() <= 8, COLORS[int(apart.max(axis=1).argmax())]
