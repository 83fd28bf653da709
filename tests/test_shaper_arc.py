"""Type on an arc: upright to the curve, spaced as the font says, above the circle and at its foot."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings

from dxassets.backends.rasterizer import svg_to_pixels, type_mask
from dxassets.geometry import Box
from dxassets.vietnamese import upper
from tests.drawing_support import shaper, vietnamese

CENTER, RADIUS, SIZE = (500.0, 500.0), 400.0, 48.0


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
