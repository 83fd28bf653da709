"""Which compositions a picture may have, and where a scene stands beside the column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dxassets.geometry import Box
from dxassets.kinds.banner.render import layout_of
from dxassets.renderers.compositions import compositions_of
from dxassets.renderers.pictures.plans import Plans
from dxassets.typesetting.composition import Composition, ScenePlace
from dxassets.typesetting.layout import Layout
from tests.drawing_support import banner_job, banner_spec, preset_ids, project


def made(focus: tuple[float, float, float, float]) -> Composition:
    scene = ScenePlace(box=(0.0, 0.0, 0.5, 1.0), focus=focus)
    title = {"vi": "a", "en": "a"}
    return Composition.model_validate(
        {"id": "a", "title": title, "families": ("wide",), "skeleton": "stack", "scene": scene}
    )


@pytest.mark.parametrize(("right", "taken"), [(0.4, True), (0.46, True), (0.44, False), (0.3, False)])
def test_a_scene_whose_people_would_be_dwarfs_is_not_taken(right: float, *, taken: bool) -> None:
    """An X header's left 27 % lies under the avatar: two fifths of the people's room must be free of it."""
    free = 0.27
    width = (right - free) / 0.4 if taken else (right - free) / 0.39
    plan = made((max(0.0, right - width), 0.1, min(width, right), 0.8))
    assert plan.scene is not None
    seen = (right - free) / plan.scene.focus[2]
    assert (seen >= 0.4) is taken
    preset = project().presets.preset("x-header-1500x500")
    assert preset is not None
    day = project().campaign.days[0]
    theme = project().brand.themes[0]
    assert bool(Plans((plan,)).of(preset, day, theme)) is taken


@pytest.mark.parametrize("theme", ["digital", "brocade", "light", "poster"])
@pytest.mark.parametrize("preset", preset_ids())
def test_a_scene_beside_the_column_stays_beside_it(preset: str, theme: str) -> None:
    """Also where a wide safe edge moves the column: type that runs into a scene has no contrast there."""
    job = banner_job(preset, theme)
    spec = banner_spec(job)
    layout, lines = layout_of(spec, job.inputs, project().resources)
    box, plan = layout.scene_box, layout.brief.plan
    if box is None or plan.scene is None or plan.scene.box[2] >= 0.99:
        return
    if plan.scene.box[3] < 0.9:
        return  # above or below the column
    for line in (*layout.lines, *lines):
        inked = line.ink
        if layout.panel is not None and layout.panel.overlaps(inked):
            continue
        shared = min(box.right, inked.right) - max(box.x, inked.x)
        assert shared <= 0.01 * layout.brief.size.width, line.text


def test_a_column_that_a_safe_edge_moves_moves_the_scene() -> None:
    job = banner_job("x-header-1500x500", "digital")
    layout, _ = layout_of(banner_spec(job), job.inputs, project().resources)
    scene = layout.brief.plan.scene
    assert scene is not None
    assert layout.scene_box is not None
    column = layout.content.part(layout.brief.plan.column)
    assert scene.box[0] * 1500 < column.right  # as it stands in the file, it would lie under the domain
    assert layout.scene_box.x == pytest.approx(column.right + 0.06 * 500)  # air for the domain's last letter
    assert layout.scene_box.right == pytest.approx(1500)


def test_a_scene_at_the_left_ends_where_the_column_begins() -> None:
    job = banner_job("linkedin-1200x627", "brocade")
    layout, _ = layout_of(banner_spec(job), job.inputs, project().resources)
    assert layout.brief.plan.id == "landscape-arch"
    moved = replace(layout, content=Box(300, 30, 870, 570))
    assert isinstance(moved, Layout)
    column = moved.content.part(moved.brief.plan.column)
    assert moved.scene_box is not None
    assert moved.scene_box.right <= column.x
    assert layout.scene_box is not None
    assert layout.scene_box.right <= layout.content.part(layout.brief.plan.column).x


def test_every_composition_that_a_theme_prefers_is_its_own() -> None:
    """What is ranked 40 is for those that name it: no theme takes another's bones by chance."""
    wanted = {name for theme in project().brand.every_theme for name in theme.prefers}
    for plan in compositions_of(project().resources):
        assert (plan.id in wanted) == (plan.rank == 40), plan.id
