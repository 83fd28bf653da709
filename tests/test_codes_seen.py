"""Codes as phones meet them: black on white, and another mask where one does not read."""

from __future__ import annotations

from itertools import product
from typing import Any, cast

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from dxassets.backends.qr import MASKS, QrMatrix, encode
from dxassets.backends.qr_reader import decode_qr
from dxassets.checks import gates
from dxassets.errors import GateError
from dxassets.geometry import Box
from dxassets.jobs import Code, Facts
from dxassets.renderers import codes
from tests.drawing_support import EVERY_THEME, banner_job, project, read_picture, rendered

Pixels = NDArray[np.uint8]
SCREENS = tuple(
    preset.id for preset in project().presets.presets if preset.qr == "card" and preset.unit == "px"
)
PAYLOAD = "https://daknong.gov.vn"


def drawn(matrix: QrMatrix, module: int = 4, quiet: int = 4) -> Pixels:
    cells = np.pad(np.array(matrix.rows, dtype=bool), quiet)
    gray = np.where(np.kron(cells, np.ones((module, module), dtype=bool)), 0, 255).astype(np.uint8)
    return np.repeat(gray[..., None], 3, axis=2)


def opencv(pixels: Pixels) -> str:
    return cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(pixels))[0]


# --- masks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mask", MASKS)
def test_every_mask_says_the_same(mask: int) -> None:
    assert opencv(drawn(encode(PAYLOAD, "M", mask=mask), module=8)) == PAYLOAD


def test_masks_are_different_symbols_of_one_size() -> None:
    symbols = {encode(PAYLOAD, "M", mask=mask).rows for mask in MASKS}
    assert len(symbols) == len(MASKS)
    assert len({len(rows) for rows in symbols}) == 1
    assert encode(PAYLOAD, "M").rows in symbols


@pytest.mark.parametrize("blind", [0, 1, 3, 8])
def test_a_mask_that_does_not_read_gives_way_to_the_next(blind: int) -> None:
    """A picture in which the first few do not read: what is taken is the next; where none does, the usual."""
    seen: list[QrMatrix] = []

    def show(matrix: QrMatrix) -> Pixels:
        seen.append(matrix)
        return np.full((80, 80, 3), 255, np.uint8) if len(seen) <= blind else drawn(matrix)

    taken = codes.readable_code(PAYLOAD, "M", show)
    assert len(seen) == blind + 1
    assert taken is seen[-1]


def test_where_no_mask_reads_the_gate_has_the_word() -> None:
    nothing = np.full((80, 80, 3), 255, np.uint8)
    assert codes.readable_code(PAYLOAD, "M", lambda _matrix: nothing) == encode(PAYLOAD, "M")


# --- a second reading with more margin -----------------------------------------------------------------


class Cut:
    """A picture whose code is only read when enough of what is around it is seen."""

    def __init__(self, least: float) -> None:
        self.least = least

    def part(self, box: Box) -> Pixels:
        return drawn(encode(PAYLOAD)) if box.width >= self.least else np.full((60, 60, 3), 255, np.uint8)


def facts(module: float) -> Facts:
    return Facts(400, 400, "px", "rgb", safe=Box(0, 0, 400, 400), least_module=module)


@pytest.mark.parametrize(("least", "reads"), [(132.0, True), (180.0, True), (180.1, False)])
def test_a_code_is_read_again_with_six_modules_more_around_it(least: float, *, reads: bool) -> None:
    code = Code(PAYLOAD, Box(100, 100, 132, 132), 4.0)
    picture = cast("Any", Cut(least))
    if reads:
        assert gates.check_code(picture, facts(4), code) == 4.0
    else:
        with pytest.raises(GateError, match="QR code reads"):
            gates.check_code(picture, facts(4), code)


def test_more_margin_never_lets_another_text_pass() -> None:
    class Other:
        def part(self, box: Box) -> Pixels:
            del box
            return drawn(encode("https://daknong.gov.vn/"))

    with pytest.raises(GateError):
        gates.check_code(cast("Any", Other()), facts(4), Code(PAYLOAD, Box(100, 100, 132, 132), 4.0))


# --- black on white ------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", EVERY_THEME)
def test_on_screens_modules_are_black_on_white(theme: str) -> None:
    made = rendered(banner_job("instagram-1080x1080", theme, file_format="png"))
    (code,) = made.facts.codes
    assert code.box is not None
    pixels = read_picture(made.data)
    inner = code.box.pad(-3 * code.module)
    part = pixels[round(inner.y) : round(inner.bottom), round(inner.x) : round(inner.right), :3]
    dark = part[part.max(axis=2) < 128]
    light = part[part.min(axis=2) >= 128]
    assert np.median(dark, axis=0).tolist() == [0, 0, 0]
    assert np.median(light, axis=0).tolist() == [255, 255, 255]


# --- as they are ---------------------------------------------------------------------------------------


def test_the_product_reads_what_it_draws() -> None:
    for preset, theme in product(SCREENS, EVERY_THEME):
        made = rendered(banner_job(preset, theme, file_format="png"))
        (code,) = made.facts.codes
        assert code.box is not None
        box = code.box.pad(40)
        pixels = read_picture(made.data)[..., :3]
        seen = pixels[max(0, int(box.y)) : int(box.bottom), max(0, int(box.x)) : int(box.right)]
        assert decode_qr(seen) == (code.payload,)
