"""Shaping and outlines, held against fontTools, which reads the same files in its own way."""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import Any

import numpy as np
import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTFont
from hypothesis import given
from PIL import Image, ImageDraw, ImageFont

from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.backends.shaper import Shaper
from dxassets.errors import AssetError
from dxassets.vietnamese import clean, upper
from tests.drawing_support import LETTERS, ROOT, WEIGHTS, Pixels, project, shaper, vietnamese

SAMPLE = "ẲẶộỆgyỵđƯQ0/&’–"


def font_bytes(weight: int) -> bytes:
    return (ROOT / "brand" / project().brand.typefaces.display.files[str(weight)]).read_bytes()


@cache
def fonttools(weight: int) -> Any:
    return TTFont(io.BytesIO(font_bytes(weight)))


def glyph_name(char: str, weight: int) -> str:
    names: Any = fonttools(weight).getBestCmap()
    return names[ord(char)]


def true_bounds(char: str, weight: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in em, y down, as fontTools draws the glyph."""
    font = fonttools(weight)
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[glyph_name(char, weight)].draw(pen)
    left, low, right, high = pen.bounds
    em = font["head"].unitsPerEm
    return left / em, -high / em, right / em, -low / em


def true_advance(char: str, weight: int) -> float:
    font = fonttools(weight)
    return float(font["hmtx"][glyph_name(char, weight)][0]) / font["head"].unitsPerEm


# --- letters --------------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", WEIGHTS)
def test_each_weight_has_every_vietnamese_letter_as_its_own_glyph(weight: int) -> None:
    font = shaper().font(weight)
    assert font.missing(LETTERS) == []
    ids = [font.shape(letter) for letter in LETTERS]
    assert {len(glyphs) for glyphs in ids} == {1}
    assert len({glyphs[0].id for glyphs in ids}) == 134
    assert all(font.outline(glyphs[0].id) for glyphs in ids)
    assert 0 not in {glyphs[0].id for glyphs in ids}


@pytest.mark.parametrize("weight", WEIGHTS)
def test_everything_the_campaign_says_can_be_drawn(weight: int) -> None:
    campaign = project().campaign
    said = [agency.name for agency in campaign.offices] + [day.slogan.text for day in campaign.days]
    said += [link.label for link in campaign.links] + [campaign.call_to_action, campaign.title]
    assert shaper().missing("".join(text + upper(text) for text in said), weight) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số 😀", ["😀"]),
        ("→ Số → 漢", ["→", "漢"]),
        ("a\u0000b", ["\x00"]),
        ("Sở Nội vụ", []),
        ("", []),
    ],
)
def test_missing_characters_are_told_once_and_in_order(text: str, expected: list[str]) -> None:
    assert shaper().missing(text) == expected


def test_a_missing_character_is_an_error_by_name_in_both_languages() -> None:
    with pytest.raises(AssetError) as caught:
        shaper().ink("Chúc mừng 😀", 700)
    (problem,) = caught.value.problems
    assert "U+1F600" in problem.vi
    assert "U+1F600" in problem.en
    with pytest.raises(AssetError):
        shaper().line_to_svg("→", 700, x=0, baseline=0, size=10)


@given(vietnamese)
def test_decomposed_text_is_drawn_as_the_composed_one_once_it_is_clean(text: str) -> None:
    text = f"Số {text}"
    composed = clean(text)
    decomposed = clean(unicodedata.normalize("NFD", text))
    font = shaper().font(800)
    assert font.shape(decomposed) == font.shape(composed)
    assert font.ink(decomposed) == font.ink(composed)


# --- bounds and outlines against fontTools and FreeType -------------------------------------------


@pytest.mark.parametrize("weight", WEIGHTS)
def test_ink_agrees_with_fonttools(weight: int) -> None:
    for char in LETTERS + SAMPLE:
        ink = shaper().ink(char, weight)
        found = (ink.left, ink.top, ink.right, ink.bottom)
        assert found == pytest.approx(true_bounds(char, weight), abs=0.0011), char  # bounds are whole units
        assert ink.advance == pytest.approx(true_advance(char, weight)), char


@pytest.mark.parametrize("weight", [500, 800])
def test_outlines_enclose_the_same_area_in_the_same_box(weight: int) -> None:
    font, reference = shaper().font(weight), fonttools(weight)
    glyphs = reference.getGlyphSet()
    for char in SAMPLE + LETTERS[::5]:
        (glyph,) = font.shape(char)
        ours, theirs = AreaPen(), AreaPen(glyphs)
        parse_path(font.outline(glyph.id), ours)
        glyphs[glyph_name(char, weight)].draw(theirs)
        assert ours.value == pytest.approx(-theirs.value), char  # y is turned down
        box = BoundsPen(None)
        parse_path(font.outline(glyph.id), box)
        left, top, right, low = box.bounds
        em = font.units_per_em
        drawn = (left / em, top / em, right / em, low / em)
        assert drawn == pytest.approx(true_bounds(char, weight), abs=1e-6), char


def freetype_pixels(text: str, weight: int, size: int) -> Pixels:
    """`text` drawn black on white by FreeType, each glyph at its own advance without kerning."""
    face = ImageFont.truetype(io.BytesIO(font_bytes(weight)), size, layout_engine=ImageFont.Layout.BASIC)
    image = Image.new("L", (size, 2 * size), 255)
    ImageDraw.Draw(image).text((0.1 * size, 1.4 * size), text, font=face, fill=0, anchor="ls")
    return np.asarray(image)


@pytest.mark.parametrize("char", "ẲộQđ8")
def test_a_drawn_letter_looks_as_freetype_draws_it(char: str) -> None:
    size = 400
    line = shaper().line_to_svg(char, 800, x=0.1 * size, baseline=1.4 * size, size=size)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{2 * size}">'
        f'<rect width="{size}" height="{2 * size}" fill="#fff"/>{line}</svg>'
    )
    ours = svg_to_pixels(svg)[..., 0]
    theirs = freetype_pixels(char, 800, size)
    unlike = np.abs(ours.astype(int) - theirs.astype(int)) > 128
    assert (ours < 128).sum() > 1000
    assert unlike.sum() < 0.02 * (ours < 128).sum()  # FreeType hints; only edges may differ


@pytest.mark.parametrize("weight", WEIGHTS)
def test_stacked_capitals_reach_beyond_the_ascent_the_font_claims(weight: int) -> None:
    claimed = fonttools(weight)["hhea"].ascent / fonttools(weight)["head"].unitsPerEm
    assert claimed == 1.0
    assert -shaper().ink("Ẳ", weight).top > 1.15
    assert max(-shaper().ink(letter, weight).top for letter in LETTERS) > 1.2


def test_the_tallest_letter_reaches_1_23_em() -> None:
    tallest = max(LETTERS, key=lambda letter: -shaper().ink(letter, 900).top)
    assert tallest == "Ẳ"
    assert -shaper().ink("Ẳ", 900).top == pytest.approx(1.23, abs=0.01)


# --- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", ["AV", "Tổ", "LT"])
def test_kerning_is_kept(pair: str) -> None:
    together = shaper().ink(pair, 700).advance
    apart = sum(true_advance(char, 700) for char in pair)
    assert together < apart - 0.005


def test_kerning_also_keeps_a_mark_clear_of_its_neighbour() -> None:
    assert shaper().ink("Vì", 700).advance > sum(true_advance(char, 700) for char in "Vì")


def test_no_text_has_no_ink() -> None:
    ink = shaper().ink("", 700)
    assert (ink.advance, ink.width) == (0, 0)


def test_a_blank_has_an_advance_and_no_ink() -> None:
    ink = shaper().ink(" ", 700)
    assert ink.advance > 0.15
    assert ink.width == 0
    assert "<path" not in shaper().line_to_svg(" ", 700, x=0, baseline=0, size=10)


def test_each_weight_is_heavier_than_the_one_before() -> None:
    def blackness(weight: int) -> int:
        line = shaper().line_to_svg("Chuyển đổi số", weight, x=5, baseline=60, size=40)
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="80">{line}</svg>'
        return int(svg_to_pixels(svg, alpha=True)[..., 3].sum(dtype=np.int64))

    found = [blackness(weight) for weight in WEIGHTS]
    assert found == sorted(set(found))


@pytest.mark.parametrize("text", ["Đắk Nông", "ẲẶ Ộg", "“Số hóa”"])
def test_a_line_stands_where_its_ink_says(text: str) -> None:
    x, baseline, size = 40.0, 120.0, 72.0
    line = shaper().line_to_svg(text, 800, x=x, baseline=baseline, size=size)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200">{line}</svg>'
    drawn = svg_to_pixels(svg, alpha=True)[..., 3] > 0
    box = shaper().ink(text, 800).box(x, baseline, size)
    columns, rows = np.flatnonzero(drawn.any(axis=0)), np.flatnonzero(drawn.any(axis=1))
    assert columns[0] == pytest.approx(box.x, abs=1.2)
    assert columns[-1] + 1 == pytest.approx(box.right, abs=1.2)
    assert rows[0] == pytest.approx(box.y, abs=1.2)
    assert rows[-1] + 1 == pytest.approx(box.bottom, abs=1.2)


@pytest.mark.parametrize("text", ["Sở Y tế", "ẲẶ Ộg", "UBND XÃ ĐẮK R'LẤP"])
@pytest.mark.parametrize("x", [3.0, 3.5])
def test_a_mask_covers_what_the_outlines_cover(text: str, x: float) -> None:
    mask = shaper().font(600).mask(text, x=x, baseline=40.25, size=28, width=420, height=64)
    line = shaper().line_to_svg(text, 600, x=x, baseline=40.25, size=28)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="420" height="64">{line}</svg>'
    drawn = svg_to_pixels(svg, alpha=True)[..., 3]
    unlike = np.abs(mask.astype(int) - drawn.astype(int))
    assert mask.shape == drawn.shape
    assert mask.max() == 255
    assert unlike.max() <= 24
    assert unlike[drawn > 0].mean() < 3


def test_a_mask_of_blanks_is_empty_and_one_that_is_too_small_is_cut() -> None:
    font = shaper().font(600)
    assert not font.mask(" ", x=0, baseline=10, size=10, width=20, height=20).any()
    whole = font.mask("Số", x=2, baseline=30, size=28, width=60, height=40)
    part = font.mask("Số", x=2, baseline=30, size=28, width=20, height=40)
    assert np.array_equal(part, whole[:, :20])


def test_a_shaper_measures_the_same_before_and_after_many_other_lines() -> None:
    fresh = Shaper({700: font_bytes(700)})
    before = fresh.ink("Ngày Chuyển đổi số", 700)
    for number in range(9000):
        fresh.ink(str(number), 700)
    assert fresh.ink("Ngày Chuyển đổi số", 700) == before
