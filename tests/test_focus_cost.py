"""What looking for faces costs: copies and looks are counted, and their px."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from dxassets.backends.rasterizer import resized
from dxassets.backends.subject import find_subject
from dxassets.backends.yunet import search
from dxassets.backends.yunet.finding import FoundFace
from tests.test_focus import portrait

Pixels = NDArray[np.uint8]
FIRST, LARGEST = 40_000, 300_000
"""Px of the first copy and of the largest; a third more or less, since sides are whole steps of 32."""


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


@pytest.mark.parametrize("factor", [1, 4])
def test_a_face_costs_one_look_at_a_very_small_picture(looks: list[tuple[int, ...]], factor: int) -> None:
    """However large the photo is. The network's time goes by the px that it is shown."""
    pixels = portrait("office")
    found = find_subject(np.repeat(np.repeat(pixels, factor, axis=0), factor, axis=1), may_turn=True)
    assert found is not None
    assert found.kind == "face"
    assert areas(looks) == [pytest.approx(FIRST, rel=0.34)]
    assert all(side % 32 == 0 for side in looks[0])


def test_without_a_face_there_is_one_more_look(looks: list[tuple[int, ...]]) -> None:
    chance = np.random.default_rng(3)
    find_subject(chance.integers(0, 255, (1500, 2000, 3), dtype=np.uint8))
    assert areas(looks) == [pytest.approx(FIRST, rel=0.34), pytest.approx(LARGEST, rel=0.34)]


def test_a_photo_that_may_lie_on_its_side_is_turned_small(looks: list[tuple[int, ...]]) -> None:
    chance = np.random.default_rng(3)
    find_subject(chance.integers(0, 255, (1500, 2000, 3), dtype=np.uint8), may_turn=True)
    assert areas(looks) == [*[pytest.approx(FIRST, rel=0.34)] * 4, pytest.approx(LARGEST, rel=0.34)]


def test_a_small_photo_is_not_enlarged_beyond_what_the_first_look_takes(
    looks: list[tuple[int, ...]],
) -> None:
    find_subject(np.zeros((60, 80, 3), dtype=np.uint8))
    assert areas(looks) == [pytest.approx(FIRST, rel=0.34)] * 2
