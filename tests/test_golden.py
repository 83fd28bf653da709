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

from tests.drawing_support import banner_job, frame_job, rendered

FOLDER = Path(__file__).parent / "data" / "golden"
SIZE, FRAME_SIZE = (160, 84), (120, 120)
MEAN, WORST = 3.0, 60.0
CASES = [
    ("digital", "10-10"),
    ("digital", "01-11"),
    ("brocade", "10-10"),
    ("brocade", "01-11"),
    ("formal", "10-10"),
    ("light", "01-11"),
]


FRAMES = [
    ("foot", "digital"),
    ("badge", "formal"),
    ("woven", "brocade"),
    ("ribbon", "light"),
    ("square", "light"),
    ("ring", "digital"),
]


def small(data: bytes, size: tuple[int, int]) -> Image.Image:
    """A finished picture on gray as a thumbnail: fine enough for composition, too coarse for antialiasing."""
    with Image.open(io.BytesIO(data)) as picture:
        shown = picture.convert("RGBA")
    ground = Image.new("RGBA", shown.size, (128, 128, 128, 255))
    return Image.alpha_composite(ground, shown).convert("RGB").resize(size, Image.Resampling.BOX)


def hold(now: Image.Image, name: str, folder: Path) -> None:
    """Fails where a picture is not as it was approved, and leaves it in a folder to be compared."""
    golden = FOLDER / f"{name}.png"
    if os.environ.get("DXASSETS_GOLDEN") == "write":
        FOLDER.mkdir(parents=True, exist_ok=True)
        now.save(golden, optimize=True)
    with Image.open(golden) as approved:
        apart = np.abs(np.asarray(now, dtype=float) - np.asarray(approved.convert("RGB"), dtype=float))
    if apart.mean() > MEAN or np.percentile(apart, 99.9) > WORST:
        now.save(folder / "now.png")
        pytest.fail(f"differs by {apart.mean():.1f} on average: compare {golden} with {folder / 'now.png'}")


@pytest.mark.parametrize(("theme", "day"), CASES)
def test_a_theme_looks_as_it_was_approved(theme: str, day: str, tmp_path: Path) -> None:
    picture = rendered(banner_job("share-1200x630", theme, day)).data
    hold(small(picture, SIZE), f"{theme}-{day}", tmp_path)


@pytest.mark.parametrize(("style", "theme"), FRAMES)
def test_a_frame_looks_as_it_was_approved(style: str, theme: str, tmp_path: Path) -> None:
    picture = rendered(frame_job(style, 1080, theme)).data
    hold(small(picture, FRAME_SIZE), f"frame-{style}-{theme}", tmp_path)


def test_the_goldens_are_not_alike() -> None:
    names = [f"{theme}-{day}" for theme, day in CASES]
    names += [f"frame-{style}-{theme}" for style, theme in FRAMES]
    assert len({(FOLDER / f"{name}.png").read_bytes() for name in names}) == len(names)
