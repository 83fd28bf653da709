"""The day's mark: whatever its numerals, their bar stands equally far from both neighbours."""

from __future__ import annotations

import numpy as np
import pytest

from dxassets import load_campaign
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.renderers.faces import shaper_of
from dxassets.typesetting.blocks import Draft, place_mark, set_mark

HEIGHT, MARGIN = 600, 60


def gaps(numerals: str) -> tuple[float, float]:
    """The least distance from the bar to the ink on its left and on its right, in heights of the mark."""
    shaper = shaper_of(load_campaign().resources)
    mark, draft = set_mark(numerals, HEIGHT, shaper.measure), Draft()
    place_mark(draft, mark, MARGIN, MARGIN, shaper.measure)
    digits = "".join(
        shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size)
        for line in draft.lines
    )
    wide, high = round(mark.width) + 2 * MARGIN, HEIGHT + 2 * MARGIN
    view = f'xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
    ink = svg_to_pixels(f"<svg {view}>{digits}</svg>", alpha=True)[..., 3] > 127
    (left_foot, foot), (right_foot, _), (_, head), (left_head, _) = draft.bars[0].points
    before, behind = [], []
    for y in range(MARGIN, MARGIN + HEIGHT):
        rise = (foot - y - 0.5) / (foot - head)
        left_edge = left_foot + rise * (left_head - left_foot)
        right_edge = left_edge + right_foot - left_foot
        columns = np.nonzero(ink[y])[0]
        before += [left_edge - column - 1 for column in columns[columns < left_edge][-1:]]
        behind += [column - right_edge for column in columns[columns > right_edge][:1]]
    return min(before) / HEIGHT, min(behind) / HEIGHT


@pytest.mark.parametrize("digit", range(10))
def test_the_bar_stands_in_the_middle(digit: int) -> None:
    left, right = gaps(f"1{digit}/{digit}1")
    assert left == pytest.approx(0.15, abs=0.01)
    assert right == pytest.approx(0.15, abs=0.01)


@pytest.mark.parametrize("numerals", ["10/10", "01/11", "30/4"])
def test_the_campaigns_own_marks_are_even(numerals: str) -> None:
    left, right = gaps(numerals)
    assert left == pytest.approx(right, abs=0.015)
