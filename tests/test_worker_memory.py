"""A worker stays small: what it keeps from one asset for the next has an end, and so has what a photo takes.

`make bench` holds the same processes against smaller ones; here they are held to the megabytes that were
promised, for these do not depend on how fast or how busy a machine is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.memory import CAN_TELL, peak_of
from bench.photos import FRAME, JPEG_KINDS, PHOTO_48, photo_of, ring_of
from bench.spine import BUILD
from dxassets.api import Project

MOST = 400 * 2**20
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CAN_TELL, reason="reads a process's memory from /proc"),
]


def test_a_worker_that_makes_all_web_and_social_banners_needs_less_than_400_mb() -> None:
    assert 100 * 2**20 < peak_of(BUILD, "every") < MOST


@pytest.mark.parametrize("kind", JPEG_KINDS)
def test_framing_a_photo_of_48_megapixels_needs_less_than_400_mb(
    project: Project, tmp_path: Path, kind: str
) -> None:
    photo, ring = tmp_path / "48.jpg", tmp_path / "ring.png"
    photo.write_bytes(photo_of(PHOTO_48, **JPEG_KINDS[kind]))
    ring.write_bytes(ring_of(project))
    assert 50 * 2**20 < peak_of(FRAME, str(photo), str(ring)) < MOST
