"""The network against numbers of OpenCV's own reading of it, and against plain sums of a second kind.

`tests/data/faces.json` holds what `cv2.FaceDetectorYN` says of drawn portraits by the original ONNX file; the
web page's network is held against the same numbers (`tests/test_site_faces.py`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from dxassets.backends.rasterizer import resized
from dxassets.backends.yunet import network, search
from dxassets.backends.yunet.finding import FoundFace, find_faces
from dxassets.geometry import Box
from tests.test_focus import portrait

FACES = json.loads((Path(__file__).parent / "data" / "faces.json").read_text(encoding="utf-8"))


def picture_of(case: dict[str, Any]) -> NDArray[np.uint8]:
    return resized(portrait(case["portrait"]), case["width"], case["height"])


@pytest.mark.parametrize("case", FACES["pictures"], ids=lambda case: f"{case['portrait']}-{case['width']}")
def test_faces_are_those_that_opencv_finds(case: dict[str, Any]) -> None:
    found = find_faces(picture_of(case), least=FACES["least"])
    assert len(found) == len(case["faces"]) == 1
    for ours, theirs in zip(found, case["faces"], strict=True):
        assert ours.score == pytest.approx(theirs[0], abs=0.005)
        box = (ours.box.x, ours.box.y, ours.box.width, ours.box.height)
        points = [side for point in ours.points for side in point]
        assert (*box, *points) == pytest.approx(theirs[1:], abs=0.5)


def test_a_unit_is_a_mixing_and_a_sum_over_nine_places() -> None:
    """Against OpenCV's correlation, which has zeros around the picture, too."""
    chance = np.random.default_rng(1)
    channels = chance.normal(size=(16, 20, 27)).astype(np.float32)
    layer = network._empty(16, 20, 27)
    layer.inner[...] = channels
    unit = network._net().middle[1]
    mixed = np.tensordot(unit.mix, channels, 1) + unit.mix_bias[:, None, None]
    for bent in (True, False):
        ours = network._unit(layer, unit, bent=bent)
        for channel in range(len(mixed)):
            kernel = unit.around[channel].reshape(3, 3)
            theirs = cv2.filter2D(mixed[channel], -1, kernel, borderType=cv2.BORDER_CONSTANT)
            theirs += unit.bias[channel]
            expected = np.maximum(theirs, 0) if bent else theirs
            assert np.abs(ours.inner[channel] - expected).max() < 1e-3
        assert not ours.grid[:, 0].any()
        assert not ours.grid[:, :, -1].any()


@pytest.mark.parametrize("shape", [(1, 1), (33, 64), (31, 97)])
def test_any_size_is_looked_at(shape: tuple[int, int]) -> None:
    assert find_faces(np.full((*shape, 3), 90, dtype=np.uint8), least=0.5) == []


# --- which faces are believed ---------------------------------------------------------------------------


def face(score: float, x: float = 0.5, height: float = 0.2) -> FoundFace:
    return FoundFace(score, Box(x - height / 2, 0.4, height, height), ())


@pytest.mark.parametrize(
    ("score", "hint", "believed"),
    [(0.87, None, True), (0.86, None, False), (0.78, 0.6, True), (0.77, 0.6, False), (0.78, 0.59, False)],
)
def test_a_doubtful_face_is_believed_if_two_copies_show_it(
    score: float, hint: float | None, *, believed: bool
) -> None:
    first = [] if hint is None else [face(hint)]
    assert bool(search._believed([face(score)], first)) is believed
    assert not search._believed([face(0.8)], [face(0.8, x=0.1)])


def test_large_clear_faces_near_the_middle_come_first() -> None:
    def first(*faces: FoundFace) -> float:
        return search._prominent(list(faces), (100, 100))[0].box.center_x

    assert first(face(0.9, 0.3, 0.1), face(0.9, 0.7, 0.12)) == pytest.approx(0.7)
    assert first(face(0.95, 0.3, 0.1), face(0.8, 0.7, 0.12)) == pytest.approx(0.3)
    assert first(face(0.9, 0.1, 0.1), face(0.9, 0.5, 0.1)) == pytest.approx(0.5)


def test_a_face_of_the_network_becomes_one_from_brows_to_chin() -> None:
    """Square in px, lower than the network's box, as measured (docs/focus.md)."""
    (found,) = search._prominent([face(0.9, 0.5, 0.2)], (200, 100))
    assert found.box.height == pytest.approx(0.164)
    assert found.box.width == pytest.approx(0.328)
    assert found.box.center_y == pytest.approx(0.5 + 0.057 * 0.2)
