"""Scenes: each in every theme and shape, what a part and a scene may be, and that refusals are in words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pypdfium2 as pdfium
import pytest

from dxassets.backends.pages import svg_to_pdf
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.brand import Palette
from dxassets.colors import blend, parse_color
from dxassets.errors import InputError
from dxassets.geometry import Box
from dxassets.renderers.scenes import (
    draw_scene,
    part_ids,
    part_of,
    scene_ids,
    scene_of,
    unused_parts,
)
from dxassets.scenes import DrawnScene, SceneRoom, parse_scene, read_part, scene_svg, tints_of
from dxassets.scenes.drawing import _HAZE, TALL_BELOW, _standing_box
from dxassets.scenes.tints import CLEAR, ROLES
from tests.drawing_support import ROOT, THEMES, project

SCENES = tuple(sorted(path.stem for path in (ROOT / "templates/scenes").glob("*.toml")))
ROOMS = {"wide": (600, 315), "square": (360, 360), "tall": (180, 480), "strip": (960, 160)}
FOCAL = "".join(f"[focal.{each}]\nleft = -9\ntop = -9\nright = 9\nbottom = 1\n" for each in ("wide", "tall"))
TITLE = 'title = { vi = "Thử", en = "Try" }\n'
HEAVIEST = 34_000
"""Bytes of a scene with all its side groups; with its focal group alone it is two thirds of that."""


def palette(theme: str) -> Palette:
    found = project().brand.theme(theme)
    assert found is not None
    return found.palette


@cache
def drawn(scene: str, theme: str, room: SceneRoom) -> DrawnScene:
    return draw_scene(project().resources, scene, palette=palette(theme), room=room)


def room(size: str, **changes: Any) -> SceneRoom:
    return replace(SceneRoom(Box(0, 0, *ROOMS[size])), **changes)


def document(markup: str, size: tuple[float, float], ground: str = "") -> str:
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{ground}{markup}</svg>'
    )


def pixels(markup: str, shape: str) -> Any:
    return svg_to_pixels(document(markup, ROOMS[shape]), alpha=True)


def part(body: str, attributes: str = 'viewBox="0 0 100 100"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'.encode()


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        read_part(data, "scenes/parts/mine.svg", "mine")
    (problem,) = caught.value.problems
    assert problem.where.startswith("scenes/parts/mine.svg")
    return problem.vi, problem.en


# --- all that are shipped ------------------------------------------------------------------------------


def test_there_are_places_and_causes() -> None:
    places = {"highland", "delta", "coast", "city", "commune-office", "school"}
    causes = {"service-counter", "helping-hand", "market", "farm-online", "digital-team", "handshake"}
    duties = {"law", "health", "fire-safety", "election"}
    assert set(SCENES) == places | causes | duties
    assert scene_ids(project().resources) == list(SCENES)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_drawn_in_every_theme_and_shape(scene: str, theme: str) -> None:
    colors = set(map(str, tints_of(palette(theme)).values()))
    for shape, (width, height) in ROOMS.items():
        result = drawn(scene, theme, room(shape))
        picture = pixels(result.markup, shape)
        covered = picture[..., 3] > 0
        assert covered[-1].all(), "the ground runs from edge to edge, and to the lower edge"
        inside = result.focal
        left, right = round(inside.x), round(inside.right)
        top, bottom = round(max(inside.y, 0)), round(min(inside.bottom, height))
        group = picture[top:bottom, max(left, 0) : min(right, width)]
        assert (group[..., 3] > 0).mean() > 0.55
        assert len(np.unique(group[..., :3].reshape(-1, 3), axis=0)) > 20
        used = set(re.findall(r'fill="(#[0-9a-f]{6})"', result.markup))
        hazy = {each for each in used if each not in colors}
        assert hazy <= _hazy(scene, theme), "each colour is a role's, or a role's in the haze"


def _hazy(scene: str, theme: str) -> set[str]:
    """Every role's colour at each depth that a scene has things in."""
    tints = tints_of(palette(theme))
    depths = {each.depth for each in scene_of(project().resources, scene).placements}
    return {
        str(blend(color, tints["haze"], depth * _HAZE))
        for color in tints.values()
        for depth in depths
        if depth
    }


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_is_light_and_plain(scene: str) -> None:
    for shape, size in ROOMS.items():
        markup = drawn(scene, "digital", room(shape)).markup
        assert len(markup.encode()) <= HEAVIEST
        root = ElementTree.fromstring(document(markup, size))  # noqa: S314  (our own)
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "g", "defs", "clipPath", "path", "rect", "circle", "ellipse", "polygon", "use"}
        ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        assert len(set(ids)) == len(ids)
        assert all(each.startswith("scene-") for each in ids)
        referred = {each.removeprefix("#") for each in re.findall(r'href="([^"]+)"', markup)}
        assert referred <= set(ids)


@pytest.mark.parametrize("scene", SCENES)
def test_the_focal_group_is_never_left_out_or_cut(scene: str) -> None:
    """What may not be cut and has its middle in the focal box lies in it whole, so there is always room."""
    told = scene_of(project().resources, scene)
    for shape in ROOMS:
        asked = room(shape)
        result = drawn(scene, "digital", asked)
        assert asked.box.contains(result.focal, 0.5)
        focal = told.focal[result.arrangement]
        group: list[str] = []
        for given in told.placements:
            placement = given.standing(result.arrangement)
            if placement is None or placement.across or placement.cut:
                continue
            box = _standing_box(placement, part_of(project().resources, placement.part))
            if focal.x < box.center_x < focal.right and not placement.depth:
                assert focal.x - 1 <= box.x, placement
                assert box.right <= focal.right + 1, placement
                group.append(placement.part)
        assert len(group) >= 2
        assert not set(group) & set(result.left_out) - {"shrub"}


@pytest.mark.parametrize("part_id", part_ids(project().resources))
def test_no_part_is_drawn_outside_its_box(part_id: str) -> None:
    """A part's box says whether there is room for it, so nothing may stand out of it."""
    found = part_of(project().resources, part_id)
    around = found.view.pad(0.2 * max(found.view.width, found.view.height))
    tall = 280 * around.height / around.width
    shapes = "".join(f"<{shape.tag}{shape.geometry}/>" for shape in found.shapes)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="280" height="{tall:.0f}" '
        f'viewBox="{around.x} {around.y} {around.width} {around.height}">{shapes}</svg>'
    )
    alpha = svg_to_pixels(svg, alpha=True)[..., 3]
    rows, columns = np.nonzero(alpha)
    unit = around.width / alpha.shape[1]
    seen = Box(
        around.x + columns.min() * unit,
        around.y + rows.min() * unit,
        (np.ptp(columns) + 1) * unit,
        (np.ptp(rows) + 1) * unit,
    )
    assert found.view.contains(seen, 2 * unit)
    assert seen.width > 0.9 * found.view.width - 2 * unit, "the box is no larger than the drawing"


def test_every_part_is_used_and_every_title_is_told() -> None:
    assert unused_parts(project().resources) == []
    titles = [scene_of(project().resources, each).title for each in SCENES]
    assert len({title.vi for title in titles}) == len({title.en for title in titles}) == len(SCENES)


def test_bundled_campaigns_and_causes_name_scenes_that_there_are() -> None:
    """All but the cause that knows nothing."""
    told = [tomllib.loads(file.read_text("utf-8")) for file in sorted((ROOT / "campaigns").glob("*/*.toml"))]
    days = [day for each in told for day in each.get("days", [])]
    causes = [tomllib.loads(file.read_text("utf-8")) for file in (ROOT / "campaigns/causes").glob("*.toml")]
    named = [each.get("scene") for each in (*days, *causes)]
    assert len(days) >= 4
    assert len(causes) >= 7
    assert named.count(None) == 1
    assert {name for name in named if name is not None} <= set(SCENES)


GROUNDS = {
    "cream": ("#f7ecd2", "#f2dfb8"),
    "forest": ("#0b3d2e", "#14573f"),
    "night": ("#101418", "#1c242c"),
    "violet": ("#2b0a4d", "#5a1a8a"),
}
"""Themes that nobody has made yet."""


@pytest.mark.parametrize("theme", [*THEMES, *GROUNDS])
def test_people_stay_people_in_every_theme(theme: str) -> None:
    """Skins keep their order from light to dark, and none turns to the theme's colour."""
    if theme in GROUNDS:
        ground = tuple(parse_color(each) for each in GROUNDS[theme])
        tints = tints_of(palette("brocade").model_copy(update={"ground": ground}))
    else:
        tints = tints_of(palette(theme))
    skins = [tints[f"skin-{at}"] for at in (1, 2, 3, 4)]
    lights = [sum(skin) for skin in skins]
    assert lights == sorted(lights, reverse=True)
    assert all(skin.red > skin.green > skin.blue for skin in skins)
    assert sum(tints["hair"]) < min(lights)
    assert sum(tints["white"]) > 690
    assert set(tints) == set(ROLES) | set(CLEAR)


# --- where things stand ----------------------------------------------------------------------------------


def test_the_same_scene_gives_the_same_bytes_and_each_room_its_own() -> None:
    resources = project().resources
    first, again, other = (
        draw_scene(resources, "highland", palette=palette(theme), room=room("wide"))
        for theme in ("digital", "digital", "light")
    )
    assert first == again
    assert first.markup != other.markup
    assert first.boxes == other.boxes


@pytest.mark.parametrize(("more", "arrangement"), [(0.0, "wide"), (-0.5, "tall")])
def test_a_place_narrower_than_four_fifths_of_its_height_takes_the_tall_one(
    more: float, arrangement: str
) -> None:
    focus = Box(0, 0, TALL_BELOW * 400 + more, 400)
    assert SceneRoom(Box(0, 0, 900, 900), focus=focus).arrangement == arrangement


@pytest.mark.parametrize("scene", SCENES)
def test_the_focal_group_stands_where_it_is_asked_to(scene: str) -> None:
    focus = Box(330, 60, 240, 210)
    result = drawn(scene, "light", room("wide", focus=focus))
    assert focus.contains(result.focal, 0.01)
    assert result.focal.bottom == pytest.approx(focus.bottom)
    assert result.focal.center_x == pytest.approx(focus.center_x)
    assert (
        result.focal.width == pytest.approx(focus.width)
        or result.focal.height == pytest.approx(focus.height)
    )  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_but_land_and_sky_stands_where_type_will(scene: str) -> None:
    calm = (Box(0, 0, 250, 240), Box(250, 0, 350, 50))
    result = drawn(scene, "digital", room("wide", focus=Box(300, 60, 280, 230), calm=calm))
    assert [box for box in result.boxes for each in calm if box.overlaps(each)] == []
    assert result.boxes


def alone(place: str, asked: SceneRoom) -> DrawnScene:
    """A scene of one square of 100 units, a unit being a px, its middle on that of the room."""
    text = TITLE + FOCAL.replace("9", "50").replace("bottom = 1", "bottom = 50")
    scene = parse_scene(f'{text}[[parts]]\npart = "square"\n{place}'.encode(), "x", "x")
    square = read_part(part('<path class="leaf" d="M0 0H100V100H0Z"/>', SQUARE), "x", "square")
    return scene_svg(scene, {"square": square}, tints=tints_of(palette("light")), room=asked)


SQUARE = 'viewBox="0 0 100 100" data-foot="50 50"'
MIDDLE = SceneRoom(Box(0, 0, 1000, 1000), focus=Box(450, 450, 100, 100))


@pytest.mark.parametrize(
    ("calm", "moved"),
    [
        (Box(0, 0, 1000, 500), (0, 50)),
        (Box(0, 0, 1000, 500.5), None),
        (Box(0, 0, 480, 1000), (30, 0)),
        (Box(530, 0, 470, 1000), (-20, 0)),
        (Box(0, 0, 1000, 450), (0, 0)),
    ],
)
def test_a_sun_makes_room_for_type_as_long_as_it_stays_near(
    calm: Box, moved: tuple[float, float] | None
) -> None:
    result = alone("light = true", replace(MIDDLE, calm=(calm,)))
    if moved is None:
        assert (result.boxes, result.left_out) == ((), ("square",))
    else:
        assert result.boxes == (Box(450, 450, 100, 100).move(*moved),)
        assert f"translate({moved[0]} {moved[1]})" in result.markup
    still = alone("", replace(MIDDLE, calm=(calm,)))
    assert bool(still.boxes) == (moved == (0, 0))


@pytest.mark.parametrize(("cut", "least"), [(True, 30), (False, 99)])
def test_a_thing_is_left_out_where_too_little_of_it_is_seen(cut: bool, least: int) -> None:
    for side in (-1, 1):
        for seen, there in ((least, True), (least - 0.5, False)):
            x = side * (550 - seen)
            result = alone(f"x = {x}\ncut = {str(cut).lower()}", MIDDLE)
            assert bool(result.boxes) == there, (x, seen)


def test_side_groups_go_when_the_room_is_narrow() -> None:
    wide = drawn("highland", "digital", room("strip"))
    narrow = drawn("highland", "digital", room("square"))
    assert len(wide.boxes) > len(narrow.boxes)
    boxes = [box for box in wide.boxes if box.right < wide.focal.x or box.x > wide.focal.right]
    assert boxes


def test_modules_stand_on_their_corner_where_the_days_do() -> None:
    upright, turned = (drawn("delta", "digital", room("wide", turned=turn)).markup for turn in (False, True))
    assert "rotate" not in upright
    assert turned.count("rotate(-45)") == 1


@pytest.mark.parametrize("shape", ["panel", "arch", "disc", "bow-left", "bow-right"])
def test_a_shape_has_a_sky_and_leaves_its_corners_free(shape: Any) -> None:
    picture = pixels(drawn("coast", "digital", room("wide", shape=shape)).markup, "wide")
    alpha = picture[..., 3]
    assert alpha[60, 300] == 255
    corners = {
        "panel": ((0, 0), (0, -1), (-1, 0), (-1, -1)),
        "arch": ((0, 0), (0, -1)),
        "disc": ((0, 0), (0, -1), (-1, 0), (-1, -1)),
        "bow-left": ((0, 0), (-1, 0)),
        "bow-right": ((0, -1), (-1, -1)),
    }
    free = {(0, 0), (0, -1), (-1, 0), (-1, -1)} & set(corners[shape])
    for row, column in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        assert (alpha[row, column] < 255) == ((row, column) in free)


def test_ids_begin_as_they_are_asked_to() -> None:
    markup = drawn("delta", "digital", room("wide", prefix="day")).markup
    assert "scene-" not in markup
    assert 'id="day-edge"' in markup


def test_a_pdf_shows_what_a_picture_shows() -> None:
    width, height = ROOMS["wide"]
    ground = '<path fill="#ffffff" d="M0 0H600V315H0Z"/>'
    svg = document(drawn("highland", "light", room("wide")).markup, (width, height), ground)
    shown = svg_to_pixels(svg).astype(int)
    pdf = pdfium.PdfDocument(svg_to_pdf(svg, width * 25.4 / 96, height * 25.4 / 96, title="Thử"))
    printed = np.asarray(pdf[0].render(scale=shown.shape[1] / pdf[0].get_width()).to_pil().convert("RGB"))
    assert printed.shape == shown.shape
    different = np.abs(printed.astype(int) - shown).max(axis=2) > 40
    assert different.mean() < 0.03
