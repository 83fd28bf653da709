"""Shaping and outlines, held against fontTools, which reads the same files in its own way."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTFont
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from dxassets.backends.rasterizer import svg_to_pixels, type_mask
from dxassets.backends.shaper import Shaper
from dxassets.errors import AssetError
from dxassets.geometry import Box
from dxassets.vietnamese import clean, upper
from tests.drawing_support import LETTERS, ROOT, WEIGHTS, Pixels, project, shaper

SAMPLE = "ẲẶộỆgyỵđƯQ0/&’–"
CENTER, RADIUS, SIZE = (500.0, 500.0), 400.0, 48.0
vietnamese = st.text(st.sampled_from(LETTERS + " ABCdeghi'-–0123456789"), min_size=1, max_size=12)


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
    said += [link.label for _, link in campaign.links.items()] + [campaign.call_to_action, campaign.title]
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


# --- type on an arc -------------------------------------------------------------------------------

ARC_TEXT = "NGÀY CHUYỂN ĐỔI SỐ TỈNH ĐẮK NÔNG"


def turns(path: str) -> tuple[float, float, float]:
    """Where a glyph of the arc stands, and by how many degrees it is turned."""
    found = re.search(r"translate\(([-\d.]+) ([-\d.]+)\) rotate\(([-\d.]+)\)", path)
    assert found is not None
    x, y, angle = (float(group) for group in found.groups())
    return x, y, angle


def test_arc_glyphs_stand_upright_to_the_curve() -> None:
    glyphs = shaper().arc_glyphs(ARC_TEXT, 700, center=CENTER, radius=RADIUS, size=SIZE)
    assert len(glyphs) == len(ARC_TEXT.replace(" ", ""))
    for path, _ in glyphs:
        x, y, degrees = turns(path)
        assert math.hypot(x - CENTER[0], y - CENTER[1]) == pytest.approx(RADIUS, abs=0.01)
        outwards = math.degrees(math.atan2(x - CENTER[0], CENTER[1] - y))
        assert degrees == pytest.approx(outwards, abs=0.01)
    angles = [turns(path)[2] for path, _ in glyphs]
    assert angles == sorted(angles)


def test_the_middle_of_an_arc_is_straight_up() -> None:
    (path, box), *_ = shaper().arc_glyphs("H", 700, center=CENTER, radius=RADIUS, size=SIZE)
    assert turns(path)[2] == 0
    assert box.center_x == pytest.approx(CENTER[0], abs=0.02 * SIZE)
    ends = [
        turns(path)[2] for path, _ in shaper().arc_glyphs("HAH", 700, center=CENTER, radius=RADIUS, size=SIZE)
    ]
    assert ends[0] == pytest.approx(-ends[-1], abs=0.01)


def test_kerning_is_kept_on_an_arc() -> None:
    def spacing(text: str) -> list[float]:
        placed = shaper().arc_glyphs(text, 700, center=CENTER, radius=RADIUS, size=SIZE)
        return [b - a for a, b in pairwise(math.radians(turns(path)[2]) for path, _ in placed)]

    line = shaper().font(700).shape("AVA")
    em = shaper().font(700).units_per_em
    middles = [(glyph.x + glyph.advance / 2) / em * SIZE for glyph in line]
    assert [step * RADIUS for step in spacing("AVA")] == pytest.approx(
        [b - a for a, b in pairwise(middles)], abs=0.01
    )


def test_an_arc_takes_the_angle_it_says() -> None:
    angle = shaper().arc_angle(ARC_TEXT, 700, radius=RADIUS, size=SIZE)
    degrees = [
        turns(path)[2]
        for path, _ in shaper().arc_glyphs(ARC_TEXT, 700, center=CENTER, radius=RADIUS, size=SIZE)
    ]
    assert math.radians(degrees[-1] - degrees[0]) < angle < math.radians(degrees[-1] - degrees[0]) * 1.06
    assert shaper().arc_angle(ARC_TEXT, 700, radius=2 * RADIUS, size=SIZE) == pytest.approx(angle / 2)


def test_arc_ink_lies_in_its_boxes_and_between_two_circles() -> None:
    glyphs = shaper().arc_glyphs(ARC_TEXT, 700, center=CENTER, radius=RADIUS, size=SIZE)
    rows, columns = np.mgrid[:1000, :1000] + 0.5
    distance = np.hypot(columns - CENTER[0], rows - CENTER[1])
    for path, box in glyphs:
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000">{path}</svg>'
        drawn = svg_to_pixels(svg, alpha=True)[..., 3] > 0
        assert drawn.any()
        assert columns[drawn].min() >= box.x - 1
        assert columns[drawn].max() <= box.right + 1
        assert rows[drawn].min() >= box.y - 1
        assert rows[drawn].max() <= box.bottom + 1
        assert distance[drawn].min() >= RADIUS - 0.25 * SIZE - 1
        assert distance[drawn].max() <= RADIUS + 1.25 * SIZE + 1


def foot(text: str, *, radius: float = RADIUS, size: float = SIZE) -> tuple[tuple[str, Box], ...]:
    return shaper().arc_glyphs(text, 700, center=CENTER, radius=radius, size=size, at_foot=True)


def test_letters_at_the_foot_stand_inwards_and_read_from_left_to_right() -> None:
    glyphs = foot(ARC_TEXT)
    assert len(glyphs) == len(ARC_TEXT.replace(" ", ""))
    for path, _ in glyphs:
        x, y, degrees = turns(path)
        assert y > CENTER[1]
        assert math.hypot(x - CENTER[0], y - CENTER[1]) == pytest.approx(RADIUS, abs=0.01)
        assert degrees == pytest.approx(-math.degrees(math.atan2(x - CENTER[0], y - CENTER[1])), abs=0.01)
    places = [turns(path)[0] for path, _ in glyphs]
    assert places == sorted(places)
    ((path, box),) = foot("H")
    assert turns(path)[2] == 0
    assert box.center_x == pytest.approx(CENTER[0], abs=0.02 * SIZE)
    assert box.bottom == pytest.approx(CENTER[1] + RADIUS, abs=0.5)


def test_letters_at_the_foot_keep_the_fonts_distances_at_their_heads() -> None:
    line = shaper().font(700).shape("AVA")
    em = shaper().font(700).units_per_em
    middles = [(glyph.x + glyph.advance / 2) / em * SIZE for glyph in line]
    angles = [-math.radians(turns(path)[2]) for path, _ in foot("AVA")]
    heads = RADIUS + shaper().ink("AVA", 700).top * SIZE
    assert [(b - a) * heads for a, b in pairwise(angles)] == pytest.approx(
        [b - a for a, b in pairwise(middles)], abs=0.01
    )
    whole = shaper().arc_angle("AVA", 700, radius=RADIUS, size=SIZE, at_foot=True)
    assert whole * heads == pytest.approx(shaper().ink("AVA", 700).advance * SIZE)


def test_ink_at_the_foot_lies_in_its_boxes_and_between_two_circles() -> None:
    rows, columns = np.mgrid[:1000, :1000] + 0.5
    distance = np.hypot(columns - CENTER[0], rows - CENTER[1])
    for path, box in foot("ẲẬ ĐỘC QUỲNH"):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000">{path}</svg>'
        drawn = svg_to_pixels(svg, alpha=True)[..., 3] > 0
        assert drawn.any()
        assert columns[drawn].min() >= box.x - 1
        assert columns[drawn].max() <= box.right + 1
        assert rows[drawn].min() >= box.y - 1
        assert rows[drawn].max() <= box.bottom + 1
        assert distance[drawn].min() >= RADIUS - 1.25 * SIZE - 1
        assert distance[drawn].max() <= RADIUS + 0.25 * SIZE + 1


def touches(paths: list[str], around: str = "<g>") -> bool:
    """Every second letter is drawn by itself: whether a pixel belongs to both halves."""
    view = Box(0, 0, 1000, 1000)
    one, other = (
        type_mask(f"{around}{''.join(paths[start::2])}</g>", view, 1000, 1000) > 127 for start in (0, 1)
    )
    return bool((one & other).any())


@pytest.mark.parametrize("at_foot", [False, True])
@settings(max_examples=40, deadline=None)
@given(text=vietnamese)
def test_letters_that_do_not_touch_on_a_line_do_not_touch_on_an_arc(at_foot: bool, text: str) -> None:
    text = upper(text)
    line = shaper().line_to_svg(text, 700, x=20, baseline=500, size=SIZE)
    around, *paths = re.findall(r"<g[^>]*>|<path[^>]*/>", line)
    assume(not touches(paths, around))  # a few pairs that no word has, such as ĨÌ
    glyphs = shaper().arc_glyphs(text, 700, center=CENTER, radius=RADIUS, size=SIZE, at_foot=at_foot)
    assert len(glyphs) == len(paths)
    assert not touches([path for path, _ in glyphs])
