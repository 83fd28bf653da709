"""The avatar that the page saves is the one that the command makes, of photos with and without faces."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page

from dxassets.api import FrameWanted, Project, frame_photos, load_campaign
from dxassets.backends.rasterizer import resized
from tests.rare_photo_support import hdr_file
from tests.site_support import CHROMIUM, Open, choose, jpeg, landscape, saved, shared_folder, until
from tests.test_focus import portrait

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")


@pytest.fixture(scope="module")
def same_project(site: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """The campaign of the site."""
    assert site.is_dir()
    return load_campaign(shared_folder(tmp_path_factory, worker_id) / "small-campaign")


def with_face(path: Path) -> Path:
    return jpeg(Image.fromarray(resized(portrait("office"), 1600, 1200)), path)


def far_away(path: Path) -> Path:
    scene = np.full((1400, 1050, 3), 120, dtype=np.uint8)
    scene[150:550, 350:650] = resized(portrait("ao-dai"), 300, 400)
    return jpeg(Image.fromarray(scene), path)


def sideways(path: Path) -> Path:
    lying = np.ascontiguousarray(np.rot90(resized(portrait("garden"), 1200, 1200)))
    return jpeg(Image.fromarray(lying), path)


def turned_by_its_file(path: Path) -> Path:
    lying = Image.fromarray(resized(portrait("office"), 1600, 1200)).transpose(Image.Transpose.ROTATE_90)
    return jpeg(lying, path, orientation=6)


def nobody(path: Path) -> Path:
    return jpeg(landscape(1200, 1600), path)


def one_red_thing(path: Path) -> Path:
    pixels = np.random.default_rng(3).integers(100, 140, (900, 1200, 3)).astype(np.uint8)
    pixels[200:360, 740:900] = (210, 30, 30)
    return jpeg(Image.fromarray(pixels), path)


def hdr(path: Path) -> Path:
    """White paper at 400 cd/m², in PQ."""
    light = (resized(portrait("office"), 800, 600) / 255.0) ** 2.2 * 400 / 10_000
    root = light ** (2610 / 16384)
    codes = ((3424 / 4096 + 2413 / 128 * root) / (1 + 2392 / 128 * root)) ** (2523 / 32)
    path = path.with_suffix(".png")
    path.write_bytes(hdr_file(codes, "png", "pq", primaries=1))
    return path


def group(path: Path) -> Path:
    wide = np.full((700, 2000, 3), 200, dtype=np.uint8)
    for left in (20, 720, 1420):
        wide[100:650, left : left + 550] = resized(portrait("garden"), 550, 550)
    return jpeg(Image.fromarray(wide), path)


STYLE = "ring"
PHOTOS: dict[str, Callable[[Path], Path]] = {
    "with a face": with_face,
    "far away": far_away,
    "sideways": sideways,
    "turned by its file": turned_by_its_file,
    "nobody": nobody,
    "one red thing": one_red_thing,
    "hdr": hdr,
    "group": group,
}


def by_page(page: Page, photo: Path, *, is_group: bool) -> tuple[NDArray[np.uint8], dict[str, float]]:
    """What the page saves, and where it put the photo."""
    choose(page, photo)
    until(page, "document.getElementById('stage').dataset.faces !== ''")
    if is_group:
        page.check("#group", force=True)
    page.wait_for_timeout(100)
    picture = np.asarray(saved(page, "#save-png").convert("RGB"))
    return picture, json.loads(page.get_attribute("#stage", "data-placement") or "")


@pytest.mark.parametrize("name", PHOTOS)
def test_the_saved_avatar_is_the_commands(
    open_page: Open, same_project: Project, tmp_path: Path, name: str
) -> None:
    photo = PHOTOS[name](tmp_path / "a.jpg")
    page = open_page("avatar.html")
    page.check(f'input[name="style"][value="{STYLE}"]', force=True)
    until(page, f"document.getElementById('stage').dataset.frame.endsWith('-{STYLE}')")
    here, placed = by_page(page, photo, is_group=name == "group")
    day, theme = (
        page.evaluate(f"document.querySelector('[name={each}]:checked').value") for each in ("day", "theme")
    )
    wanted = FrameWanted(
        day=day, theme=theme, style=STYLE, format="png", fit="group" if name == "group" else "auto"
    )
    (made,) = frame_photos(same_project, [photo], out=tmp_path / "out", wanted=wanted).photos
    assert made.framed is not None
    assert made.result is not None
    framed = made.framed
    assert (placed["focusX"], placed["focusY"]) == pytest.approx((framed.focus_x, framed.focus_y), abs=0.02)
    assert placed["zoom"] == pytest.approx(framed.zoom, rel=0.06)
    assert placed["rotation"] == pytest.approx(framed.rotation)
    there = np.asarray(Image.open(made.result).convert("RGB"))
    assert here.shape == there.shape
    apart = np.abs(here.astype(int) - there)
    assert apart.mean() < 4
    assert np.mean(apart.max(axis=-1) > 60) < 0.04  # but for edges a px or two away
