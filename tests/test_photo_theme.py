"""The theme `photo`: when asked for, in every size, with a photo, a scene or neither; type on calm ground."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dxassets import Project, Wanted, plan
from dxassets.api import with_scene
from dxassets.api.single import banner_job, finished
from dxassets.jobs import Job
from dxassets.kinds.banner.render import layout_of
from dxassets.typesetting.layout import Layout
from tests.conftest import CampaignCopy
from tests.drawing_support import THEMES, page_pixels, preset_ids, project
from tests.test_own_scenes import pixels_of, put, valley

SCENES = ("none", "highland", "photo")
LOOKED_AT = (
    "share-1200x630",
    "instagram-1080x1080",
    "story-1080x1920",
    "skyscraper-160x600",
    "youtube-art-2560x1440",
)


def showing(scene: str, folder: Path) -> Project:
    return with_scene(project(), put(folder, valley()) if scene == "photo" else scene)


def job_of(shown: Project, preset: str, day: str = "10-10", file_format: str = "png") -> Job:
    return banner_job(shown, file_format, day=day, theme="photo", preset=preset)  # type: ignore[arg-type]


def composed(shown: Project, preset: str, day: str = "10-10") -> Layout:
    job = job_of(shown, preset, day)
    return layout_of(job.spec, job.inputs, shown.resources)[0]


def test_it_is_made_only_when_it_is_asked_for(copy: CampaignCopy) -> None:
    from dxassets import load_campaign  # noqa: PLC0415

    wanted = Wanted(days=("10-10",), presets=("share-1200x630",), kinds=("banner", "frame"))
    assert {job.theme for job in plan(project(), wanted).jobs} == set(THEMES)
    asked = plan(project(), replace(wanted, themes=("photo",))).jobs
    assert {job.theme for job in asked} == {"photo"}
    copy.edit('title = "', 'themes = ["light", "photo"]\ntitle = "', count=1)
    assert {job.theme for job in plan(load_campaign(copy.folder), wanted).jobs} == {"light", "photo"}


@pytest.mark.parametrize("scene", SCENES)
def test_all_type_stands_on_the_panel_in_every_size(scene: str, tmp_path: Path) -> None:
    shown = showing(scene, tmp_path)
    for preset in preset_ids():
        for day in ("10-10", "01-11"):
            layout = composed(shown, preset, day)
            panel, plan = layout.calm_panel, layout.brief.plan
            if "slogan" not in layout.brief.levels:
                assert panel is None
                continue
            if plan.call == "panel" or (plan.skeleton == "line" and not layout.brief.on_pixels):
                continue  # composed to be scanned or read from afar: its type stands on the ground
            assert panel is not None, (preset, plan.id)
            assert plan.id.endswith("-panel")
            on = [panel] if layout.panel is None else [panel, layout.panel]
            inks = [line.ink for line in layout.lines] + list(layout.badges)
            slots = [] if layout.slot is None else [layout.slot.box]
            for ink in [*inks, *slots]:
                assert any(box.contains(ink) for box in on), (preset, plan.id)
            picture = layout.brief.size.width * layout.brief.size.height
            assert panel.width * panel.height < 0.86 * picture, preset


@pytest.mark.parametrize("theme", THEMES)
def test_no_other_theme_sets_type_on_panels(theme: str) -> None:
    for preset in preset_ids():
        job = banner_job(project(), "png", day="10-10", theme=theme, preset=preset)
        assert not [each.id for each in job.spec.plans if each.panel is not None]


@pytest.mark.parametrize("preset", LOOKED_AT)
def test_it_looks_complete_with_a_photo_a_scene_or_neither(preset: str, tmp_path: Path) -> None:
    pictures = {}
    for scene in SCENES:
        shown = showing(scene, tmp_path)
        asset = finished(job_of(shown, preset), shown.resources)
        pictures[scene] = pixels_of(asset.data).astype(int)
    layout = composed(project(), preset)
    panel = layout.calm_panel
    assert panel is not None
    for picture in pictures.values():
        inside = picture[int(panel.y) + 2 : int(panel.bottom) - 2, int(panel.x) + 2 : int(panel.right) - 2]
        beside = picture[:, int(panel.right) + 20 :] if panel.right < 0.8 * picture.shape[1] else None
        below = picture[int(panel.bottom) + 20 :]
        seen = below if beside is None else beside
        assert seen.reshape(-1, 3).std(axis=0).max() > 6  # something is there
        assert inside.size
    assert abs(pictures["photo"] - pictures["highland"]).mean() > 4
    assert abs(pictures["highland"] - pictures["none"]).mean() > 2


@pytest.mark.parametrize("scene", SCENES)
def test_a_print_goes_on_over_its_bleed(scene: str, tmp_path: Path) -> None:
    """At the trim's edge nothing begins or ends: the bleed shows what is beside it."""
    shown = showing(scene, tmp_path)
    asset = finished(job_of(shown, "poster-a4", file_format="pdf"), shown.resources)
    page = page_pixels(asset.data, 880).astype(int)  # 4 px a millimetre, 5 mm of bleed
    for row in (200, 700, 1000):
        assert abs(page[row, 19] - page[row, 22]).max() < 60
    assert abs(page[2] - page[18]).max() < 60
