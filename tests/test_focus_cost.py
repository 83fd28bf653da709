"""What looking for faces costs: copies and looks are counted, and their px."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dxassets.backends.photos import Photo
from dxassets.backends.rasterizer import resized
from dxassets.backends.subject import find_subject
from dxassets.backends.yunet import search
from dxassets.backends.yunet.finding import FoundFace
from dxassets.geometry import Box
from tests.test_focus import portrait

Pixels = NDArray[np.uint8]
TINY, FIRST, LARGEST = 20_000, 40_000, 300_000
"""Px of the tiny copy, of the first and of the largest; a third more or less: sides are whole steps of 32."""


def test_the_network_is_read_only_when_a_face_is_looked_for() -> None:
    code = "import dxassets.backends.yunet.network as n, sys; sys.exit(n._net.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_another_process_finds_the_same() -> None:
    pixels = resized(portrait("office"), 720, 540)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(find_subject, pixels).result(timeout=60) == find_subject(pixels)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The shape of each picture that the network is shown."""
    shown: list[tuple[int, ...]] = []
    real = search.find_faces

    def noted(picture: Pixels, *, least: float) -> list[FoundFace]:
        shown.append(picture.shape[:2])
        return real(picture, least=least)

    monkeypatch.setattr(search, "find_faces", noted)
    return shown


def areas(looks: list[tuple[int, ...]]) -> list[int]:
    return [height * width for height, width in looks]


def near(*wanted: int) -> list[Any]:
    return [pytest.approx(area, rel=0.34) for area in wanted]


@pytest.mark.parametrize("factor", [1, 4])
def test_a_large_face_costs_one_glance_at_a_tiny_picture(looks: list[tuple[int, ...]], factor: int) -> None:
    """However large the photo is. The network's time goes by the px that it is shown."""
    pixels = portrait("office")
    found = find_subject(np.repeat(np.repeat(pixels, factor, axis=0), factor, axis=1), may_turn=True)
    assert found is not None
    assert found.kind == "face"
    assert areas(looks) == near(TINY)
    assert all(side % 32 == 0 for side in looks[0])


def test_a_face_farther_away_costs_one_look_more(looks: list[tuple[int, ...]]) -> None:
    pixels = np.full((900, 1200, 3), 190, dtype=np.uint8)
    pixels[240:870, 200:1040] = resized(portrait("office"), 840, 630)
    found = find_subject(pixels)
    assert found is not None
    assert found.kind == "face"
    assert areas(looks) == near(TINY, FIRST)


@pytest.mark.parametrize(
    ("score", "height", "at_once"),
    [(0.86, 32.0, True), (0.8599, 32.0, False), (0.86, 31.9, False), (0.95, 80.0, True)],
)
def test_at_a_glance_only_large_clear_faces_are_believed(
    monkeypatch: pytest.MonkeyPatch, score: float, height: float, *, at_once: bool
) -> None:
    shown: list[FoundFace] = [FoundFace(score, Box(20, 20, height, height), ())]
    asked: list[int] = []

    def found(picture: Pixels, *, least: float) -> list[FoundFace]:
        asked.append(picture.shape[0] * picture.shape[1])
        return shown if len(asked) == 1 and least == search.COMPANION else []

    monkeypatch.setattr(search, "find_faces", found)
    find_subject(np.zeros((600, 800, 3), dtype=np.uint8))
    assert asked == (near(TINY) if at_once else near(TINY, FIRST, LARGEST))


@pytest.mark.parametrize(
    ("score", "height", "is_believed"), [(0.75, 32.0, True), (0.7499, 32.0, False), (0.75, 31.9, False)]
)
def test_where_larger_copies_show_nobody_the_glance_has_the_last_word(
    monkeypatch: pytest.MonkeyPatch, score: float, height: float, *, is_believed: bool
) -> None:
    shown: list[FoundFace] = [FoundFace(score, Box(20, 20, height, height), ())]
    asked: list[int] = []

    def found(picture: Pixels, *, least: float) -> list[FoundFace]:
        del least
        asked.append(picture.shape[0] * picture.shape[1])
        return shown if len(asked) == 1 else []

    monkeypatch.setattr(search, "find_faces", found)
    subject = find_subject(np.zeros((600, 800, 3), dtype=np.uint8), may_turn=True)
    assert (subject is not None) is is_believed
    assert asked == near(TINY, FIRST, FIRST, FIRST, FIRST, LARGEST)


def test_without_a_face_there_are_two_more_looks(looks: list[tuple[int, ...]]) -> None:
    chance = np.random.default_rng(3)
    find_subject(chance.integers(0, 255, (1500, 2000, 3), dtype=np.uint8))
    assert areas(looks) == near(TINY, FIRST, LARGEST)


def test_a_photo_that_may_lie_on_its_side_is_turned_small(looks: list[tuple[int, ...]]) -> None:
    chance = np.random.default_rng(3)
    find_subject(chance.integers(0, 255, (1500, 2000, 3), dtype=np.uint8), may_turn=True)
    assert areas(looks) == near(TINY, FIRST, FIRST, FIRST, FIRST, LARGEST)


def test_a_small_photo_is_not_enlarged_beyond_what_the_first_look_takes(
    looks: list[tuple[int, ...]],
) -> None:
    find_subject(np.zeros((60, 80, 3), dtype=np.uint8))
    assert areas(looks) == near(TINY, FIRST, FIRST)


def test_a_photo_of_a_file_and_its_px_show_the_same_face() -> None:
    """One is copied by Pillow, which has it already, the other by libvips."""
    pixels = resized(portrait("garden"), 1200, 1200)
    image = Image.fromarray(pixels)
    one, other = find_subject(pixels), find_subject(Photo(image, 1200, 1200, "png"))
    assert one is not None
    assert other is not None
    for ours, theirs in zip(one.boxes, other.boxes, strict=True):
        assert (ours.x, ours.y, ours.height) == pytest.approx((theirs.x, theirs.y, theirs.height), abs=0.01)
