"""An agency's own photo behind a banner's type: where it lies, in which colours, and never under type."""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dxassets import Project
from dxassets.api import with_scene
from dxassets.api.single import banner_job, finished
from dxassets.colors import oklab
from dxassets.geometry import Box, Size
from dxassets.kinds.banner import render as rendering
from dxassets.renderers.grading import _ends, _ramp, graded, tone_of
from dxassets.scenes.cropping import CLOSEST, PhotoRoom, crop_of, open_room
from tests.drawing_support import THEMES, Pixels, open_picture, project, zxing_reads
from tests.photo_support import FORMATS, exif, in_file, saved

SCENIC = ("digital", "brocade", "light", "photo")
SHAPES = (
    "share-1200x630",
    "instagram-1080x1080",
    "skyscraper-160x600",
    "x-header-1500x500",
    "leaderboard-728x90",
)
IMAGES = re.compile(r'<image x="[^>]*href="data:([^;]+);')


def valley(width: int = 1500, height: int = 1000) -> Image.Image:
    """A sky over hills, with grain, and somebody in red left of the middle."""
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    hills = down > 0.55 + 0.08 * np.sin(9 * across)
    sky = np.stack((90 + 110 * down, 150 + 70 * down, 225 - 10 * down), -1)
    land = np.stack((60 + 60 * down, 110 + 20 * across, 40 + 20 * down), -1)
    pixels = np.where(hills[..., None], land, sky)
    pixels[np.hypot((across - 0.3) * width, (down - 0.5) * height) < 0.12 * height] = (215, 40, 45)
    grain = np.random.default_rng(3).normal(0, 4, (height, width, 1))
    return Image.fromarray((pixels + grain).clip(0, 255).astype(np.uint8))


def put(folder: Path, image: Image.Image, name: str = "a.jpg") -> Path:
    file = folder / name
    file.write_bytes(saved(image, "jpeg", quality=92))
    return file


def pixels_of(data: bytes) -> Pixels:
    """A finished picture in its colours, also where its file has a palette."""
    return np.asarray(open_picture(data).convert("RGB"))


@cache
def behind(file: Path, focus: tuple[float, float] | None = None) -> Project:
    return with_scene(project(), file, focus=focus)


def made(file: Path, theme: str, preset: str, file_format: str = "png", **more: object) -> rendering.Rendered:
    shown = behind(file)
    job = banner_job(shown, file_format, day="10-10", theme=theme, preset=preset, **more)  # type: ignore[arg-type]
    return finished(job, shown.resources)


# --- where it lies -----------------------------------------------------------------------------------

lengths, shares = st.floats(20, 5000), st.floats(0, 1)


@given(lengths, lengths, st.tuples(shares, shares), lengths, lengths, st.tuples(shares, shares))
def test_a_crop_fills_its_room_shows_the_focal_point_and_stays_on_the_photo(
    wide: float, high: float, focus: tuple[float, float], width: float, height: float, at: tuple[float, float]
) -> None:
    box = Box(7, -3, width, height)
    room = PhotoRoom(box, (box.x + at[0] * width, box.y + at[1] * height))
    crop = crop_of(Size(wide, high), focus, room)
    assert Box(0, 0, wide, high).contains(crop, 1e-6 * max(wide, high))
    assert crop.width / crop.height == pytest.approx(width / height, rel=1e-6)
    enlarged = min(wide / crop.width, high / crop.height)
    assert 1 - 1e-9 <= enlarged <= CLOSEST + 1e-9
    x, y = focus[0] * wide, focus[1] * high
    assert crop.contains(Box(x, y, 0, 0), 1e-6 * max(wide, high))
    away = abs((x - crop.x) / crop.width - at[0]), abs((y - crop.y) / crop.height - at[1])
    if enlarged < CLOSEST - 1e-6:  # nothing kept it from its target
        assert max(away) < 1e-5


@given(st.sampled_from(["top", "right", "bottom", "left"]), st.floats(0.05, 0.6))
def test_what_fades_and_what_does_not_make_up_the_room(side: str, share: float) -> None:
    box = Box(5, 9, 200, 120)
    across = box.height if side in {"top", "bottom"} else box.width
    room = PhotoRoom(box, (0, 0), (side, share * across))  # type: ignore[arg-type]
    strip = room.strip
    assert strip is not None
    assert box.contains(strip, 1e-9)
    assert box.contains(room.solid, 1e-9)
    assert strip.overlaps(room.solid)
    assert strip.width * strip.height + room.solid.width * room.solid.height > box.width * box.height
    cover = room.cover(50) if side in {"top", "left"} else room.cover(50)[::-1]
    assert list(cover) == sorted(cover)
    assert cover[0] < 0.01
    assert cover[-1] == 1.0


def test_the_largest_room_beside_type_is_taken() -> None:
    picture = Box(0, 0, 100, 100)
    assert open_room(picture, Box(5, 5, 90, 40)) == (Box(0, 45, 100, 55), "top")
    assert open_room(picture, Box(5, 60, 90, 35)) == (Box(0, 0, 100, 60), "bottom")
    assert open_room(picture, Box(5, 5, 40, 90)) == (Box(45, 0, 55, 100), "left")
    assert open_room(picture, Box(60, 5, 35, 90)) == (Box(0, 0, 60, 100), "right")
    assert open_room(picture, Box(100, 0, 9, 9)) == (picture, None)


def test_the_focal_point_is_seen_wherever_it_is(tmp_path: Path) -> None:
    for at in ((0.06, 0.1), (0.94, 0.35), (0.5, 0.5)):
        pixels = np.full((600, 900, 3), 90, dtype=np.uint8)
        x, y = int(at[0] * 900), int(at[1] * 600)
        pixels[y - 30 : y + 30, x - 30 : x + 30] = (255, 0, 0)
        file = put(tmp_path, Image.fromarray(pixels), f"{at[0]}.jpg")
        for preset in SHAPES:
            shown = with_scene(project(), file, focus=at)
            job = banner_job(shown, "png", day="10-10", theme="photo", preset=preset)
            picture = pixels_of(finished(job, shown.resources).data).astype(int)
            red = (picture[..., 0] - picture[..., 1:].max(axis=2)) > 60
            assert red.mean() > 0.0005, (at, preset)


# --- its colours -------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", [*THEMES, "photo"])
def test_a_themes_ramp_grows_lighter_and_takes_its_hue(theme: str) -> None:
    found = project().brand.theme(theme)
    assert found is not None
    ramp = _ramp(*_ends(found.palette))
    lightness = [oklab(color)[0] for color in ramp]
    assert len(ramp) == 256
    assert all(after > before - 0.002 for before, after in pairwise(lightness))
    assert lightness[0] < 0.3
    assert lightness[-1] > 0.9


def test_a_duotone_has_the_ramps_colours_alone_and_a_tint_keeps_the_photos() -> None:
    pixels = np.asarray(valley(300, 200))
    theme = project().brand.theme("digital")
    assert theme is not None
    whole = graded(pixels, range(256), theme.palette, 1.0)
    known = {tuple(color) for color in _ramp(*_ends(theme.palette))}
    assert {tuple(color) for color in whole.reshape(-1, 3)} <= known
    assert np.array_equal(graded(pixels, range(256), theme.palette, 0.0), pixels)
    parts = [
        graded(pixels[:90], range(256), theme.palette, 0.8),
        graded(pixels[90:], range(256), theme.palette, 0.8),
    ]
    assert np.array_equal(np.vstack(parts), graded(pixels, range(256), theme.palette, 0.8))


def test_flat_light_is_spread_and_no_photo_is_torn_apart() -> None:
    foggy = np.clip(np.random.default_rng(1).normal(120, 8, (200, 300, 3)), 0, 255).astype(np.uint8)
    for pixels in (
        foggy,
        np.zeros((9, 9, 3), np.uint8),
        np.full((9, 9, 3), 255, np.uint8),
        np.asarray(valley(90, 60)),
    ):
        tone = tone_of(pixels)
        steps = np.diff(tone)
        assert len(tone) == 256
        assert steps.min() >= 0
        assert steps.max() <= 2
    assert tone_of(foggy)[140] - tone_of(foggy)[100] > 40


# --- type never lies on it ----------------------------------------------------------------------------


def hostile(name: str) -> Image.Image:
    """Photos on which no type could be read."""
    if name in {"white", "black"}:
        return Image.new("RGB", (900, 600), name)
    if name == "sky":
        return Image.fromarray(
            np.linspace((255, 255, 255), (190, 225, 255), 600)[:, None].repeat(900, 1).astype("uint8")
        )
    board = (np.indices((600, 900)).sum(axis=0) % 2 * 255).astype(np.uint8)
    return Image.fromarray(board)


@pytest.mark.parametrize("name", ["white", "black", "checkers", "sky"])
@pytest.mark.parametrize("theme", SCENIC)
def test_type_can_be_read_whatever_the_photo_shows(name: str, theme: str, tmp_path: Path) -> None:
    file = put(tmp_path, hostile(name))
    for preset in SHAPES:
        asset = made(file, theme, preset)  # the gates have measured its contrast
        assert dict(asset.facts.notes)["scene"]


@pytest.mark.parametrize("theme", SCENIC)
@pytest.mark.parametrize("preset", SHAPES)
def test_behind_type_is_what_was_there_without_the_photo(theme: str, preset: str, tmp_path: Path) -> None:
    """Black or white, not one px round the type differs."""
    pictures = []
    for name in ("white", "black"):
        asset = made(put(tmp_path, hostile(name), f"{name}.jpg"), theme, preset)
        pictures.append((asset, pixels_of(asset.data).astype(int)))
    (asset, white), (_, black) = pictures
    for area in asset.facts.texts:
        box = area.box
        part = np.s_[int(box.y) : int(box.bottom) + 1, int(box.x) : int(box.right) + 1]
        assert np.abs(white[part] - black[part]).max() <= 6, area.text  # what a palette of 256 colours costs
    shown = not dict(asset.facts.notes)["scene"].startswith("left out")
    assert shown or theme != "photo"
    assert (np.abs(white - black).mean() > 2) == shown


@pytest.mark.parametrize("theme", SCENIC)
def test_codes_are_read_over_a_photo(theme: str, tmp_path: Path) -> None:
    for at, image in enumerate((hostile("white"), hostile("black"), valley())):
        asset = made(put(tmp_path, image, f"{at}.jpg"), theme, "share-1200x630")
        assert zxing_reads(pixels_of(asset.data)) == [project().campaign.main_url]


# --- its file ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_that_frames_take_is_taken_whatever_it_is_called(
    file_format: str, tmp_path: Path
) -> None:
    usual = pixels_of(made(put(tmp_path, valley(600, 400)), "photo", "half-page-300x600").data).astype(int)
    file = tmp_path / "b.dat"
    file.write_bytes(saved(valley(600, 400), file_format))
    shown = with_scene(project(), file)
    job = banner_job(shown, "png", day="10-10", theme="photo", preset="half-page-300x600")
    found = pixels_of(finished(job, shown.resources).data).astype(int)
    assert np.abs(found - usual).mean() < 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_sideways_photo_stands_upright(orientation: int, tmp_path: Path) -> None:
    usual = pixels_of(made(put(tmp_path, valley(600, 400)), "photo", "half-page-300x600").data).astype(int)
    file = tmp_path / "b.jpg"
    file.write_bytes(
        saved(in_file(valley(600, 400), orientation), "jpeg", quality=92, exif=exif(orientation))
    )
    shown = with_scene(project(), file)
    job = banner_job(shown, "png", day="10-10", theme="photo", preset="half-page-300x600")
    assert np.abs(pixels_of(finished(job, shown.resources).data).astype(int) - usual).mean() < 2


def test_odd_photos_are_taken(tmp_path: Path) -> None:
    deep = Image.fromarray(np.asarray(valley(400, 300).convert("L")).astype(np.uint16) * 257)
    for name, data in {
        "cmyk": saved(valley(400, 300).convert("CMYK"), "jpeg"),
        "deep": saved(deep, "png"),
        "panorama": saved(valley(2400, 240), "jpeg"),
        "tower": saved(valley(240, 2400), "jpeg"),
        "tiny": saved(valley(40, 33), "png"),
    }.items():
        file = tmp_path / name
        file.write_bytes(data)
        small = ("instagram-1080x1080", "skyscraper-160x600")
        for preset in small if name == "tiny" else ("share-1200x630", *small):
            asset = made(file, "digital", preset)
            assert ("scene_sharpness" in dict(asset.facts.notes)) or name != "tiny"


def test_nothing_of_the_file_but_its_px_gets_out(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(saved(valley(600, 400), "jpeg", exif=exif(1, place=True), comment=b"bi-mat"))
    svg = made(file, "digital", "share-1200x630", "svg").data.decode()
    held = [base64.b64decode(found) for found in re.findall(r"base64,([A-Za-z0-9+/=]+)", svg)]
    assert held
    for data in held:
        image = Image.open(io.BytesIO(data))
        assert not image.getexif()
        assert b"bi-mat" not in data
        assert set(image.info) <= {"icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
