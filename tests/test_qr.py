"""QR codes, read back by two readers that share no code: zxing-cpp and OpenCV."""

from __future__ import annotations

import re

import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from dxassets.backends.qr import ErrorCorrectionLevel, QrMatrix, encode, matrix_to_path
from dxassets.backends.qr_reader import decode_qr
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.jobs import MEDIA_TYPES
from tests.drawing_support import (
    PROVINCE_URL,
    Pixels,
    open_picture,
    opencv_reads,
    page_pixels,
    qr_job,
    read_picture,
    rendered,
    svg_elements,
    tag,
    zxing_reads,
)

QUIET_ZONE = 4  # modules (ISO/IEC 18004)
ZALO_URL = "https://zalo.me/1234567890123456789"
LEVELS: tuple[ErrorCorrectionLevel, ...] = ("M", "Q", "H")
SIDES = {
    ZALO_URL: {"M": 29, "Q": 33, "H": 37},
    PROVINCE_URL: {"M": 33, "Q": 37, "H": 45},
}
urls = st.from_regex(
    re.compile(r"https://[a-z0-9-]{1,20}\.(gov\.)?vn(/[A-Za-z0-9._~%-]{0,20}){0,4}(\?[a-z]=[0-9&=]{0,20})?"),
    fullmatch=True,
)


def picture(matrix: QrMatrix, module: int, quiet: int = QUIET_ZONE) -> Pixels:
    """The symbol as black and white pixels, painted without SVG."""
    dark = np.pad(np.array(matrix.rows), quiet)
    return np.where(dark.repeat(module, axis=0).repeat(module, axis=1), 0, 255).astype(np.uint8)


def drawn(matrix: QrMatrix, *, x: float, y: float, module: float, side: int) -> Pixels:
    path = matrix_to_path(matrix, x=x, y=y, module=module)
    return svg_to_pixels(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path d="{path}" fill="#000" shape-rendering="crispEdges"/></svg>'
    )[..., 0]


# --- symbols --------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", SIDES, ids=["zalo", "province"])
@pytest.mark.parametrize("level", LEVELS)
def test_the_links_take_as_many_modules_as_the_standard_says(url: str, level: ErrorCorrectionLevel) -> None:
    matrix = encode(url, level)
    assert matrix.side == SIDES[url][level]
    assert {len(row) for row in matrix.rows} == {matrix.side}


def test_the_links_are_as_long_as_their_sizes_were_worked_out_for() -> None:
    assert (len(ZALO_URL), len(PROVINCE_URL)) == (35, 59)


@pytest.mark.parametrize("url", SIDES, ids=["zalo", "province"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("module", range(3, 11))
def test_two_readers_see_the_same_symbol(url: str, level: ErrorCorrectionLevel, module: int) -> None:
    matrix = encode(url, level)
    pixels = picture(matrix, module)
    (found,) = zxingcpp.read_barcodes(pixels)
    assert found.text == url
    assert found.ec_level == level
    text, modules = opencv_reads(pixels)
    assert text == url
    if module > 3:  # at 3 px OpenCV squints: it reads the text, but not every module
        assert np.array_equal(modules, np.array(matrix.rows))


@given(urls, st.sampled_from(LEVELS))
def test_any_address_comes_back(url: str, level: ErrorCorrectionLevel) -> None:
    pixels = picture(encode(url, level), 4)
    assert decode_qr(pixels) == (url,)
    assert zxing_reads(pixels) == [url]


def test_a_higher_level_survives_more_damage() -> None:
    def reads_with_spot(level: ErrorCorrectionLevel, modules: int) -> bool:
        pixels = picture(encode(PROVINCE_URL, level), 6)
        middle, half = pixels.shape[0] // 2, modules * 6 // 2
        pixels[middle - half : middle + half, middle - half : middle + half] = 255
        return decode_qr(pixels) == (PROVINCE_URL,)

    assert reads_with_spot("H", 14)
    assert not reads_with_spot("M", 18)


def test_the_same_payload_makes_the_same_symbol() -> None:
    once = encode(PROVINCE_URL, "M")
    encode.cache_clear()
    assert encode(PROVINCE_URL, "M") == once
    assert encode(PROVINCE_URL, "Q") != once


# --- the path -------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [1, 3, 4, 7])
@pytest.mark.parametrize("level", LEVELS)
def test_the_path_covers_the_dark_modules_exactly(level: ErrorCorrectionLevel, module: int) -> None:
    matrix = encode(ZALO_URL, level)
    side = (matrix.side + 2 * QUIET_ZONE) * module
    found = drawn(matrix, x=QUIET_ZONE * module, y=QUIET_ZONE * module, module=module, side=side)
    assert np.array_equal(found, picture(matrix, module))


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=5, max_size=5))
def test_any_pattern_of_modules_is_drawn_as_it_is(rows: list[list[bool]]) -> None:
    matrix = QrMatrix(tuple(tuple(row) for row in rows), "M")
    assert np.array_equal(drawn(matrix, x=4, y=4, module=2, side=18), picture(matrix, 2, quiet=2))


# --- the reader -----------------------------------------------------------------------------------


def test_every_code_in_a_picture_is_read_from_top_to_bottom() -> None:
    first, second = picture(encode("https://a.vn"), 4), picture(encode("https://b.vn"), 4)
    assert decode_qr(np.vstack([first, second])) == ("https://a.vn", "https://b.vn")
    assert decode_qr(np.vstack([second, first])) == ("https://b.vn", "https://a.vn")
    assert decode_qr(np.hstack([second, first])) == ("https://b.vn", "https://a.vn")


def test_a_picture_without_a_code_reads_as_none() -> None:
    assert decode_qr(np.full((200, 200, 3), 255, np.uint8)) == ()


# --- the card -------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", ["province", "handbook", "identity"])
def test_the_card_is_read_by_both_readers_in_every_format(link: str) -> None:
    url = {
        "province": PROVINCE_URL,
        "handbook": "https://dx.mic.gov.vn/",
        "identity": "https://onetouch.mic.gov.vn/dxd/",
    }[link]
    pictures = {
        "png": read_picture(rendered(qr_job("png", link)).data),
        "svg": svg_to_pixels(rendered(qr_job("svg", link)).data.decode()),
        "pdf": page_pixels(rendered(qr_job("pdf", link)).data, 800),
    }
    for pixels in pictures.values():
        assert zxing_reads(pixels) == [url]
        assert opencv_reads(pixels)[0] == url


def test_the_card_is_black_and_white_enough_and_has_its_quiet_zone() -> None:
    asset = rendered(qr_job("png"))
    image = open_picture(asset.data)
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (asset.facts.width, asset.facts.height))
    (code,) = asset.facts.codes
    assert code.box is not None
    quiet = QUIET_ZONE * code.module
    symbol = code.box.pad(-quiet)
    pixels = np.asarray(image)
    frame = pixels[int(code.box.y + 2) : int(symbol.y), int(symbol.x) : int(symbol.right)]
    assert (frame == 255).all()
    assert symbol.width == 33 * code.module


def test_the_card_says_where_it_leads() -> None:
    asset = rendered(qr_job("svg"))
    said = " ".join(area.text for area in asset.facts.texts)
    assert said == "Chuyên mục Chuyển đổi số tỉnh Đắk Nông daknong.gov.vn"
    elements = {tag(element): element.text for element in svg_elements(asset.data)}
    assert elements["title"] == qr_job("svg").title
    assert elements["desc"] == qr_job("svg").alt
    assert "text" not in elements


@pytest.mark.parametrize("file_format", ["png", "svg", "pdf"])
def test_the_card_comes_out_the_same_each_time(file_format: str) -> None:
    first = rendered(qr_job(file_format))
    rendered.cache_clear()
    again = rendered(qr_job(file_format))
    assert again is not first
    assert again.data == first.data
    assert first.media_type == MEDIA_TYPES[file_format]
