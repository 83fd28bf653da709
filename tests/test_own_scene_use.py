"""An agency's own photo in what is made: how many px, how often it is decoded, a whole campaign."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from dxassets import Wanted, build, load_campaign, verify
from dxassets.api import with_scene
from dxassets.api.live import NameLayers
from dxassets.api.single import banner_job
from dxassets.colors import contrast, luminance
from dxassets.geometry import Box
from dxassets.kinds.banner import render as rendering
from dxassets.kinds.registry import render
from dxassets.renderers import own_scenes
from dxassets.renderers.grading import _ends
from dxassets.renderers.pictures import layers
from dxassets.renderers.pictures.logo import needed_px_per_unit
from dxassets.resources import Resource
from dxassets.scenes.cropping import PhotoRoom
from tests.drawing_support import page_pixels, project
from tests.photo_support import large_jpeg
from tests.test_own_scenes import IMAGES, SCENIC, behind, made, pixels_of, put, valley

# --- how much of it ----------------------------------------------------------------------------------


def on_page(data: bytes, kind: int) -> list[Any]:
    """What pdfium finds of that kind on a page."""
    found: list[Any] = list(pdfium.PdfDocument(data)[0].get_objects(max_depth=8))
    return [item for item in found if item.type == kind]


def page_images(data: bytes) -> list[tuple[int, int]]:
    """Width and height in px of the pictures on a page."""
    return [item.get_px_size() for item in on_page(data, pdfium.raw.FPDF_PAGEOBJ_IMAGE)]


@pytest.mark.parametrize("theme", ["digital", "photo"])
def test_a_print_has_the_px_that_the_eye_sees_from_its_distance(theme: str, tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(large_jpeg(6000, 4000))
    asset = made(file, theme, "poster-a3", "pdf")
    spec = banner_job(behind(file), "pdf", day="10-10", theme=theme, preset="poster-a3").spec
    wanted = (spec.preset.width + 2 * spec.preset.bleed) * needed_px_per_unit(spec.preset)
    widths = sorted(width for width, _ in page_images(asset.data))
    assert widths[-1] == pytest.approx(wanted, abs=2)
    assert len(widths) <= 2
    assert len(on_page(asset.data, pdfium.raw.FPDF_PAGEOBJ_PATH)) > 20


def test_a_small_photo_is_never_blown_up_and_is_told(tmp_path: Path) -> None:
    file = put(tmp_path, valley(300, 200))
    asset = made(file, "photo", "poster-a3", "pdf")
    assert max(width for width, _ in page_images(asset.data)) <= 300
    assert dict(asset.facts.notes)["scene_sharpness"].startswith("too coarse")
    large = made(put(tmp_path, valley(3000, 2000), "b.jpg"), "photo", "poster-a3", "pdf")
    assert "scene_sharpness" not in dict(large.facts.notes)


def test_a_master_has_the_photo_within_and_looks_like_its_png(tmp_path: Path) -> None:
    file = put(tmp_path, valley())
    svg = made(file, "digital", "instagram-1080x1080", "svg").data.decode()
    kinds = IMAGES.findall(svg)
    assert kinds == ["image/jpeg", "image/png"]
    picture = pixels_of(made(file, "digital", "instagram-1080x1080").data)
    page = page_pixels(made(file, "digital", "instagram-1080x1080", "pdf").data, 1080)
    assert np.abs(picture.astype(int) - page.astype(int)).mean() < 3


def test_a_heavy_photo_gets_fewer_px_until_the_file_is_light_enough(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(2).integers(0, 256, (700, 1000, 3), dtype=np.uint8))
    file = put(tmp_path, noise)
    shown = behind(file)
    job = banner_job(shown, "jpg", day="10-10", theme="photo", preset="rectangle-300x250")
    light = replace(
        job, spec=replace(job.spec, preset=job.spec.preset.model_copy(update={"max_bytes": 17_000}))
    )
    found = render(light, shown.resources)
    assert len(found.data) <= 17_000
    assert "fewer px" in dict(found.facts.notes)["scene_softened"]
    assert "scene_softened" not in dict(render(job, shown.resources).facts.notes)


def test_a_very_small_photo_gets_fewer_px_still(tmp_path: Path) -> None:
    """Fewer than its own, not than the picture could show: else each step would give the same heavy file."""
    file = put(tmp_path, valley(40, 33))
    room = PhotoRoom(Box(0, 0, 1200, 630), (600, 315), None)
    palette = project().brand.themes[0].palette
    widths: list[int] = []
    for coarser in (1.0, 2.0, 4.0):
        read = Resource(file.name, file.read_bytes(), "small")
        drawn = own_scenes.draw_own_scene(
            read, (0.5, 0.5), room, palette=palette, grade=0.5, density=1.5, coarser=coarser
        )
        data = base64.b64decode(drawn.markup.split("base64,")[1].split('"')[0])
        widths.append(Image.open(io.BytesIO(data)).width)
    assert widths == [40, 20, 10]


# --- the same, and not more often than needed ----------------------------------------------------------


def test_the_same_photo_gives_the_same_bytes_and_another_another_key(tmp_path: Path) -> None:
    file, other = put(tmp_path, valley()), put(tmp_path, valley().rotate(180), "b.jpg")
    same = tmp_path / "c.jpg"
    same.write_bytes(file.read_bytes())
    jobs = [
        banner_job(with_scene(project(), each), "png", day="10-10", theme="light", preset="share-1200x630")
        for each in (file, other, same)
    ]
    assert jobs[0].key == jobs[2].key != jobs[1].key
    aside = with_scene(project(), file, focus=(0.1, 0.1))
    assert banner_job(aside, "png", day="10-10", theme="light", preset="share-1200x630").key != jobs[0].key
    first = render(jobs[0], behind(file).resources).data
    rendering._base.cache_clear()
    own_scenes._decoded.cache_clear()
    own_scenes._looked_at.cache_clear()
    assert render(jobs[2], with_scene(project(), same).resources).data == first


def test_a_photo_is_decoded_once_for_all_agencies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = with_scene(project(), put(tmp_path, valley()))
    read: list[float] = []
    true = own_scenes.read_photo
    monkeypatch.setattr(own_scenes, "read_photo", lambda *a, **k: read.append(k["least"]) or true(*a, **k))
    own_scenes._decoded.cache_clear()
    own_scenes._looked_at.cache_clear()
    drawn = []
    draw = layers.draw_day_scene
    monkeypatch.setattr(layers, "draw_day_scene", lambda *a, **k: drawn.append(1) or draw(*a, **k))
    for agency in [office.id for office in project().campaign.offices[:4]]:
        job = banner_job(shown, "png", day="10-10", theme="digital", preset="share-1200x630", agency=agency)
        render(job, shown.resources)
    assert len(read) == 2  # once to look at it, once to draw it
    assert len(drawn) == 1


# --- a whole campaign ---------------------------------------------------------------------------------


def test_a_build_shows_the_photo_says_so_and_can_be_verified(tmp_path: Path) -> None:
    shown = with_scene(load_campaign(), put(tmp_path, valley(500, 300)))
    wanted = Wanted(
        days=("10-10",),
        themes=("photo", "formal"),
        presets=("share-1200x630", "button-120x60"),
        kinds=("banner",),
    )
    report = build(shown, wanted, out=tmp_path / "out", jobs=1)
    assert report.exit_code == 0
    assert verify(report.folder) == []
    assert [path.split("/")[-2:] for path in report.without_scene] == [
        ["formal", "button-120x60.png"],
        ["formal", "share-1200x630.png"],
        ["photo", "button-120x60.png"],
    ]
    assert [path.split("/")[-2:] for path in report.coarse_scene] == [["photo", "share-1200x630.png"]]
    again = build(shown, wanted, out=tmp_path / "out", jobs=1)
    assert again.made == ()
    assert "--scene, focus " in (report.folder / "manifest.json").read_text("utf-8")


def test_the_server_shows_the_campaigns_photo(tmp_path: Path) -> None:
    shown = with_scene(load_campaign(), put(tmp_path, valley()))
    svg = NameLayers(shown).base_svg(day="10-10", theme="digital", preset="share-1200x630")
    assert IMAGES.search(svg) is not None


def test_frames_and_codes_know_nothing_of_scenes(tmp_path: Path) -> None:
    from dxassets import plan  # noqa: PLC0415

    wanted = Wanted(days=("10-10",), themes=("digital",), kinds=("frame", "qr"))
    before = {job.path: job.key for job in plan(project(), wanted).jobs}
    assert before == {job.path: job.key for job in plan(behind(put(tmp_path, valley())), wanted).jobs}


def test_a_white_code_stands_out_from_the_lightest_photo() -> None:
    for name in SCENIC:
        theme = project().brand.theme(name)
        assert theme is not None
        brightest = _ends(theme.palette)[2]
        assert contrast(luminance(brightest), luminance(theme.palette.card)) > 1.05
