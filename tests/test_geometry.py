from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.geometry import Box, Insets, Size, bounding_box

lengths = st.integers(-1000, 1000)
sides = st.integers(1, 1000)
boxes = st.builds(Box, lengths, lengths, sides, sides)


def test_size() -> None:
    assert Size(1200, 630).aspect == pytest.approx(1.905, abs=0.001)
    assert Size(1200, 630).short_side == Size(630, 1200).short_side == 630


def test_edges_and_middle() -> None:
    box = Box(10, 20, 30, 40)
    assert (box.right, box.bottom, box.center_x, box.center_y) == (40, 60, 25, 40)


def test_insets_are_taken_off_their_own_sides() -> None:
    assert Box(0, 0, 100, 50).inset(Insets(top=1, right=2, bottom=3, left=4)) == Box(4, 1, 94, 46)


@given(boxes, st.integers(0, 100))
def test_a_padded_box_holds_the_box_and_pads_back(box: Box, distance: int) -> None:
    padded = box.pad(distance)
    assert padded.contains(box)
    assert padded.pad(-distance) == box
    assert padded.width == box.width + 2 * distance


@given(boxes, st.sampled_from([0.25, 0.5, 2.0, 8.0]))
def test_scaling_back_gives_the_box(box: Box, factor: float) -> None:
    assert box.scale(factor).scale(1 / factor) == box


@given(boxes, lengths, lengths)
def test_moving_keeps_the_size(box: Box, dx: int, dy: int) -> None:
    moved = box.move(dx, dy)
    assert (moved.x - box.x, moved.y - box.y) == (dx, dy)
    assert (moved.width, moved.height) == (box.width, box.height)


@given(boxes, boxes)
def test_boxes_overlap_when_they_share_a_cell(first: Box, second: Box) -> None:
    across = range(max(int(first.x), int(second.x)), min(int(first.right), int(second.right)))
    down = range(max(int(first.y), int(second.y)), min(int(first.bottom), int(second.bottom)))
    shared = len(across) * len(down) > 0
    assert first.overlaps(second) == second.overlaps(first) == shared


def test_boxes_that_share_only_an_edge_do_not_overlap() -> None:
    assert not Box(0, 0, 10, 10).overlaps(Box(10, 0, 10, 10))
    assert not Box(0, 0, 10, 10).overlaps(Box(0, 10, 10, 10))
    assert Box(0, 0, 10, 10).overlaps(Box(9.9, 9.9, 10, 10))


@pytest.mark.parametrize("side", [(-1, 0), (1, 0), (0, -1), (0, 1)])
def test_a_box_does_not_contain_what_sticks_out(side: tuple[int, int]) -> None:
    box = Box(0, 0, 10, 10)
    out = box.move(*side)
    assert box.contains(box)
    assert not box.contains(out)
    assert box.contains(out, tolerance=1)
    assert not box.contains(out, tolerance=0.9)


@given(st.lists(boxes, min_size=1))
def test_the_bounding_box_holds_all_and_no_more(many: list[Box]) -> None:
    bound = bounding_box(many)
    assert all(bound.contains(box) for box in many)
    assert any(box.x == bound.x for box in many)
    assert any(box.y == bound.y for box in many)
    assert any(box.right == bound.right for box in many)
    assert any(box.bottom == bound.bottom for box in many)
