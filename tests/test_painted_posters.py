"""The theme `poster`: paper, a flat sun, one group of people in few flat colours, a heavy headline."""

from __future__ import annotations

import colorsys
import io
import re
from collections import Counter
from itertools import pairwise
from math import hypot

import numpy as np
import pytest
from PIL import Image

from dxassets.geometry import Box, bounding_box
from dxassets.kinds.registry import check
from dxassets.renderers.motifs import motif_of
from dxassets.renderers.pictures.art import Art
from dxassets.renderers.scenes import draw_scene, part_of, scene_ids, scene_of
from dxassets.scenes import ROLES, DrawnScene, SceneRoom, flat_tints_of
from dxassets.typesetting.layout import Layout
from tests.drawing_support import DAYS, banner_job, layout, preset_ids, project, rendered
from tests.test_scenes import palette

ROOM = Box(0, 0, 900, 900)
POSTER = palette("poster")


def drawn(scene: str, *, people: bool) -> DrawnScene:
    return draw_scene(project().resources, scene, palette=POSTER, room=SceneRoom(ROOM, people=people))


def art_of(made: Layout) -> Art:
    motif = motif_of(project().resources, "pixels")
    return Art(made, motif, bleed=0, tones=4, figures=3, edges=2, seed="x")


def bare(made: Layout) -> list[Box]:
    """Type that stands on the ground itself, not on the code's panel."""
    boxes = [line.ink for line in made.lines] + list(made.badges)
    if made.slot is not None:
        boxes.append(made.slot.box)
    return [box for box in boxes if made.panel is None or not box.overlaps(made.panel)]


def inside(points: list[tuple[float, float]], x: float, y: float) -> bool:
    """Whether a point lies in a polygon, by the crossings of a ray."""
    found = False
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


# --- the group alone ---------------------------------------------------------------------------------


@pytest.mark.parametrize("scene", scene_ids(project().resources))
def test_people_stand_alone_and_as_large_as_their_place(scene: str) -> None:
    whole, group = drawn(scene, people=False), drawn(scene, people=True)
    assert len(group.boxes) < len(whole.boxes)
    assert group.boxes, "nobody is left"
    # all that is drawn is of the group, and the group fills its place in one direction
    assert bounding_box(group.boxes).width == pytest.approx(group.focal.width, rel=1e-6)
    place = SceneRoom(ROOM).place
    used = max(group.focal.width / place.width, group.focal.height / place.height)
    assert used == pytest.approx(1, rel=1e-6)


def test_what_people_stand_at_comes_with_them() -> None:
    resources = project().resources
    counter = part_of(resources, "counter")
    placed = next(
        each for each in scene_of(resources, "service-counter").placements if each.part == "counter"
    )
    assert placed.group
    assert placed.cut
    wide = max(box.width for box in drawn("service-counter", people=True).boxes)
    scale = drawn("service-counter", people=True).focal.height / 650
    assert wide == pytest.approx(counter.view.width * placed.scale * scale, rel=0.25)


def test_no_land_and_no_light_comes_with_people() -> None:
    """Hills run from edge to edge, and a sun would stand before the theme's own."""
    for scene in scene_ids(project().resources):
        for box in drawn(scene, people=True).boxes:
            assert ROOM.pad(1).contains(box), scene


# --- few flat colours --------------------------------------------------------------------------------


def test_every_role_has_a_flat_colour() -> None:
    assert set(ROLES) <= set(flat_tints_of(POSTER))


def test_hues_are_those_of_three_paints() -> None:
    """Red, gold to brown, and the deep blue: no green, no violet, whatever a part is called."""
    for role, color in flat_tints_of(POSTER).items():
        red, green, blue = (int(str(color)[at : at + 2], 16) / 255 for at in (1, 3, 5))
        hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
        if saturation < 0.2 or value < 0.2:
            continue
        degrees = hue * 360
        assert degrees <= 55 or degrees >= 345 or 190 <= degrees <= 230, (role, str(color))


@pytest.mark.parametrize("suffix", ["", "-shade", "-light"])
def test_skins_go_from_light_to_dark(suffix: str) -> None:
    tints = flat_tints_of(POSTER)
    light = [
        sum(int(str(tints[f"skin-{at}{suffix}"])[i : i + 2], 16) for i in (1, 3, 5)) for at in range(1, 5)
    ]
    assert light == sorted(light, reverse=True)
    assert all(one - other >= 24 for one, other in pairwise(light))


def test_light_and_shade_stay_apart() -> None:
    tints = flat_tints_of(POSTER)
    for role in ("red", "gold", "navy", "white", "skin-2"):
        assert len({str(tints[role + suffix]) for suffix in ("", "-shade", "-light")}) == 3, role


# --- sun, rays and ground ----------------------------------------------------------------------------


@pytest.mark.parametrize("preset", preset_ids())
def test_the_sun_and_the_ground_never_reach_type(preset: str) -> None:
    for day in DAYS:
        made, _ = layout(banner_job(preset, "poster", day))
        art = art_of(made)
        sun = art.sun
        numbers = [float(text) for text in re.findall(r"-?\d+\.\d+", art.foot)]
        for box in bare(made):
            near_x = min(max(sun.x, box.x), box.right)
            near_y = min(max(sun.y, box.y), box.bottom)
            assert hypot(near_x - sun.x, near_y - sun.y) >= sun.radius - 1e-6, (preset, day)
            if numbers and box.center_x < made.scene_focus.x:  # type: ignore[union-attr]
                assert box.bottom <= numbers[2] or box.right <= numbers[3] + 1e-6, (preset, day)


def test_rays_run_beyond_every_corner_and_leave_as_much_paper() -> None:
    made, _ = layout(banner_job("instagram-1080x1080", "poster"))
    art = art_of(made)
    wedges = [
        [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", wedge)]
        for wedge in art.rays(22).split("z")
        if wedge
    ]
    assert len(wedges) == 22
    size = made.brief.size
    covered = Counter(
        any(inside(wedge, x + 0.3, y + 0.3) for wedge in wedges)
        for x in range(0, int(size.width), 30)
        for y in range(0, int(size.height), 30)
    )
    assert 0.4 < covered[True] / covered.total() < 0.6


def test_no_ray_is_red() -> None:
    """A red sun with red rays is a flag of war; in this country above all nobody hangs that."""
    for color in POSTER.modules[:2]:
        red, green, _ = (int(str(color)[at : at + 2], 16) for at in (1, 3, 5))
        assert green > 0.6 * red


def test_the_headline_is_heavy_and_in_capitals() -> None:
    made, _ = layout(banner_job("poster-a3", "poster"))
    head = [line for line in made.lines if line.role in {"lead", "slogan"}]
    assert {line.weight for line in head} == {900}
    assert all(line.text == line.text.upper() for line in head)
    usual, _ = layout(banner_job("poster-a3", "digital"))
    assert {line.weight for line in usual.lines if line.role == "slogan"} == {800}


def test_a_finished_poster_has_few_colours() -> None:
    """Read back: nine tenths of the pixels are one of a dozen colours, dithering and edges aside."""
    picture = Image.open(
        io.BytesIO(rendered(banner_job("poster-a4", "poster", file_format="png")).data)
    ).convert("RGB")
    coarse = np.asarray(picture.resize((300, 424), 0), dtype=np.int64) // 24
    _, counts = np.unique(coarse.reshape(-1, 3), axis=0, return_counts=True)
    assert np.sort(counts)[-14:].sum() / counts.sum() > 0.9


@pytest.mark.parametrize("preset", ["poster-a4", "bang-ron-4000x700", "standee-800x1800"])
def test_a_printed_poster_passes_its_gates(preset: str) -> None:
    """A badge without round corners had arcs without a radius: in a PDF, a bolt across the page."""
    job = banner_job(preset, "poster", file_format="pdf")
    check(job, rendered(job))
