"""What the avatar page saves is what the command makes of the same file, whatever the photo shows."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page

from dxassets import Project
from dxassets.api import FrameWanted, frame_photos
from dxassets.backends.rasterizer import resized
from tests.photo_support import saved as file_of
from tests.rare_photo_support import hdr_file
from tests.site_support import CHROMIUM, Open, landscape, saved, until
from tests.test_focus import portrait

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")

APART, FAR = 2.0, 60
"""Of 255: how much all px differ at most on average, and from where one counts as out of its place."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A photo's file, how many faces are in it, and whether its group is asked for."""

    name: str
    data: bytes
    faces: int
    group: bool = False


def pq(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """A picture's codes by SMPTE ST 2084, its white at 203 cd/m²."""
    shares = pixels / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    powered = (203 * linear / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * powered) / (1 + 18.6875 * powered)) ** 78.84375


def photos() -> dict[str, Chosen]:
    one = resized(portrait("office"), 1200, 900)
    group = np.full((700, 2000, 3), 200, dtype=np.uint8)
    for left in (20, 720, 1420):
        group[100:650, left : left + 550] = resized(portrait("garden"), 550, 550)

    def jpeg(pixels: NDArray[np.uint8]) -> bytes:
        return file_of(Image.fromarray(pixels), "jpeg")

    return {
        "a face": Chosen("a.jpg", jpeg(one), 1),
        "no face": Chosen("a.jpg", file_of(landscape(1600, 1200), "jpeg"), 0),
        "sideways": Chosen("a.jpg", jpeg(np.rot90(one)), 1),
        "HDR": Chosen("a.png", hdr_file(pq(one), "png", "pq", primaries=1), 1),
        "a group": Chosen("a.jpg", jpeg(group), 3, group=True),
        "no end": Chosen("a.jpg", jpeg(one)[:-2], 1),
    }


def choose_on(page: Page, file: Path, chosen: Chosen) -> dict[str, float]:
    """Where the page puts the photo by itself."""
    page.set_input_files("#file", str(file))
    until(page, f"document.getElementById('stage').dataset.faces === '{chosen.faces}'")
    if chosen.group:
        page.check("#group", force=True)
    page.wait_for_timeout(60)
    said: dict[str, float] = json.loads(page.get_attribute("#stage", "data-placement") or "")
    return said


def made_by_command(
    project: Project, file: Path, chosen: Chosen, placed: dict[str, float], out: Path
) -> NDArray[np.int64]:
    """What the command makes, which must put the photo at the same place, but for a hair; then just there."""
    fit = "group" if chosen.group else "auto"
    wanted = FrameWanted(day="10-10", theme="digital", size=1080, format="png", fit=fit)
    (photo,) = frame_photos(project, [file], out=out, wanted=wanted).photos
    assert photo.result is not None
    assert photo.framed is not None
    framed = photo.framed
    assert (placed["focusX"], placed["focusY"]) == pytest.approx((framed.focus_x, framed.focus_y), abs=0.02)
    assert placed["zoom"] == pytest.approx(framed.zoom, rel=0.1)
    assert placed["rotation"] == pytest.approx(framed.rotation)
    put = {"result": photo.result.name, "focus": [placed["focusX"], placed["focusY"]], "zoom": placed["zoom"]}
    corrections = out / "sua-khung.json"
    corrections.write_text(
        json.dumps({"format": 1, "photos": [{**put, "rotate": placed["rotation"]}]}), encoding="utf-8"
    )
    (again,) = frame_photos(project, [file], out=out, wanted=wanted, corrections=corrections).photos
    assert again.result == photo.result
    return np.asarray(Image.open(io.BytesIO(photo.result.read_bytes())).convert("RGB")).astype(int)


@pytest.mark.parametrize("name", photos())
def test_what_the_page_saves_is_what_the_command_makes(
    open_page: Open, project: Project, tmp_path: Path, name: str
) -> None:
    chosen = photos()[name]
    file = tmp_path / chosen.name
    file.write_bytes(chosen.data)
    page = open_page("avatar.html")
    until(page, "document.getElementById('stage').dataset.frame !== undefined")
    placed = choose_on(page, file, chosen)
    web = np.asarray(saved(page, "#save-png").convert("RGB")).astype(int)
    own = made_by_command(project, file, chosen, placed, tmp_path / "out")
    assert web.shape == own.shape == (1080, 1080, 3)
    apart = np.abs(web - own).mean(axis=2)
    assert apart.mean() < APART
    assert (apart > FAR).sum() < 1080
