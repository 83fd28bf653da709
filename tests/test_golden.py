"""A few small golden pictures: a theme that suddenly looks different should be noticed by a person.

They are tolerant (an encoder's or rasteriser's new version is no fault) and tiny. After a change that was
looked at and meant: `DXASSETS_GOLDEN=write pytest tests/test_golden.py`.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.drawing_support import banner_job, rendered

FOLDER = Path(__file__).parent / "data" / "golden"
SIZE = (160, 84)
MEAN, WORST = 3.0, 60.0
CASES = [
    ("digital", "10-10"),
    ("digital", "01-11"),
    ("brocade", "10-10"),
    ("brocade", "01-11"),
    ("formal", "10-10"),
    ("light", "01-11"),
]


def small(data: bytes) -> Image.Image:
    """A finished picture as a thumbnail: fine enough for composition, too coarse for antialiasing."""
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB").resize(SIZE, Image.Resampling.BOX)


@pytest.mark.parametrize(("theme", "day"), CASES)
def test_a_theme_looks_as_it_was_approved(theme: str, day: str, tmp_path: Path) -> None:
    golden = FOLDER / f"{theme}-{day}.png"
    now = small(rendered(banner_job("share-1200x630", theme, day)).data)
    if os.environ.get("DXASSETS_GOLDEN") == "write":
        FOLDER.mkdir(parents=True, exist_ok=True)
        now.save(golden, optimize=True)
    with Image.open(golden) as approved:
        apart = np.abs(np.asarray(now, dtype=float) - np.asarray(approved.convert("RGB"), dtype=float))
    if apart.mean() > MEAN or np.percentile(apart, 99.9) > WORST:
        now.save(tmp_path / "now.png")
        pytest.fail(f"differs by {apart.mean():.1f} on average: compare {golden} with {tmp_path / 'now.png'}")


def test_the_goldens_are_not_alike() -> None:
    pictures = {(FOLDER / f"{theme}-{day}.png").read_bytes() for theme, day in CASES}
    assert len(pictures) == len(CASES)
