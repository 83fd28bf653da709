"""Every gate of a frame is shown to shut: the face kept clear, the circle that is cut, legible type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from dxassets.backends.rasterizer import resized
from dxassets.checks.pictures import Picture
from dxassets.colors import parse_color
from dxassets.errors import GateError
from dxassets.jobs import Job, Rendered, TextArea
from dxassets.kinds.frame import rings
from dxassets.kinds.frame import seen as frames
from dxassets.kinds.registry import check, render
from tests.drawing_support import (
    frame_job,
    open_picture,
    png,
    project,
    read_picture,
    rendered,
    shuts,
    with_data,
    with_facts,
)

RING = frame_job("ring", 1080)


def painted(asset: Rendered, paint: Callable[[np.ndarray], None]) -> Rendered:
    pixels = read_picture(asset.data).copy()
    paint(pixels)
    return with_data(asset, png(pixels))


def spot(x: int, y: int, alpha: int) -> Callable[[np.ndarray], None]:
    def paint(pixels: np.ndarray) -> None:
        pixels[y - 2 : y + 2, x - 2 : x + 2] = (255, 0, 0, alpha)

    return paint


@pytest.mark.parametrize(("x", "y"), [(540, 478), (540, 117), (178, 478), (540, 839)])
def test_a_spot_on_the_face(x: int, y: int) -> None:
    shuts(RING, painted(rendered(RING), spot(x, y, 30)), "not all transparent")


@pytest.mark.parametrize(("x", "y"), [(5, 5), (1030, 900), (60, 1010)])
def test_a_ring_that_leaves_the_circle(x: int, y: int) -> None:
    shuts(RING, painted(rendered(RING), spot(x, y, 255)), "leaves the circle")


def test_a_square_frame_may_fill_its_corners() -> None:
    job = frame_job("square", 1080)
    check(job, painted(rendered(job), spot(5, 5, 255)))


def test_a_frame_that_is_not_there() -> None:
    def wipe(pixels: np.ndarray) -> None:
        pixels[...] = 0

    shuts(RING, painted(rendered(RING), wipe), "empty")


def test_a_hole_too_small_for_a_face() -> None:
    hole = rendered(RING).facts.hole
    assert hole is not None
    shuts(RING, with_facts(rendered(RING), hole=replace(hole, radius=300.0)), "too small")


def test_a_frame_that_lost_its_name() -> None:
    def wipe(pixels: np.ndarray) -> None:
        top = pixels[:104]
        top[top[..., 3] == 255] = (10, 56, 154, 255)

    shuts(RING, painted(rendered(RING), wipe), "has a contrast of 1.00")


def test_a_frame_with_faint_type() -> None:
    spec: Any = RING.spec
    palette = spec.theme.palette.model_copy(update={"ink": parse_color("#0a389a")})
    theme = spec.theme.model_copy(update={"palette": palette})
    job = replace(RING, spec=replace(spec, theme=theme))
    shuts(job, rendered(job), "has a contrast of")


def with_texts(asset: Rendered, change: Callable[[TextArea], TextArea]) -> Rendered:
    return with_facts(asset, texts=tuple(change(area) for area in asset.facts.texts))


def named(job: Job, name: str) -> Job:
    spec: Any = job.spec
    return replace(job, spec=replace(spec, agency_name=name))


@pytest.mark.parametrize("style", ["ring", "square"])
def test_a_frame_with_an_agency_passes(style: str) -> None:
    job = named(frame_job(style, 1080), "UBND phường Quảng Thành")
    assert check(job, rendered(job)).least_contrast is not None


@pytest.mark.parametrize("style", ["ring", "square"])
@pytest.mark.parametrize("dy", [22, 60])
def test_type_outside_the_circle_that_is_cut(style: str, dy: float) -> None:
    """The agency's name slips down, in the picture and in what is said of it: a square still shows it."""
    job = named(frame_job(style, 1080, file_format="svg"), "Sở Y tế")
    asset = rendered(job)
    foot = next(area for area in asset.facts.texts if area.box.y > 900 and area.seen_at == 170)
    slipped = f'<g transform="translate(0 {dy})">{foot.outline}</g>'
    data = asset.data.replace(foot.outline.encode(), slipped.encode())
    assert data != asset.data

    def moved_down(area: TextArea) -> TextArea:
        return (
            replace(area, outline=slipped, box=area.box.move(0, dy)) if area.outline == foot.outline else area
        )

    broken = with_facts(with_texts(with_data(asset, data), moved_down), safe=None)
    with pytest.raises(GateError) as caught:
        frames.check_seen(Picture(data, asset.media_type), broken.facts)
    assert "leaves the circle" in caught.value.problems[0].en
    assert "hình tròn" in caught.value.problems[0].vi


def test_type_too_small_to_be_read_at_170_px(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rings, "_FOOT", replace(rings.foot_room(1.9), largest=36.0, smallest=36.0))
    job = named(RING, "Sở Y tế")
    shuts(job, render(job, project().resources), r"'SỞYTẾ' is only 5\.7 px high when the picture is 170 px")


def test_type_too_thin_to_be_seen_at_170_px() -> None:
    """At full size its colour is what it should be; reduced, hairlines drown in the ground."""
    job = frame_job("ring", 1080, file_format="svg")
    asset = rendered(job)
    name = asset.facts.texts[0]
    line = '<path d="M172.3 231.5A480 480 0 0 1 907.7 231.5" stroke="{}" stroke-width="1" fill="none"/>'
    data = asset.data.replace(name.outline.encode(), line.format(name.color).encode())

    def thinned(area: TextArea) -> TextArea:
        return replace(area, outline=line.format("#000")) if area.outline == name.outline else area

    with pytest.raises(GateError, match=r"is left with a contrast of .* when the picture is \d+ px"):
        frames.check_seen(Picture(data, asset.media_type), with_texts(asset, thinned).facts)


@pytest.mark.parametrize("color", ["#e0b050", "#d9c9a0"])
def test_a_mark_that_melts_into_its_ring(color: str) -> None:
    job = frame_job("ring", 1080, "formal")

    def paint(pixels: np.ndarray) -> None:
        foot = pixels[840:]
        foot[(foot[..., 1] < 120) & (foot[..., 3] == 255)] = (*parse_color(color), 255)

    with pytest.raises(GateError, match=r"'1010' is left with a contrast of .* when the picture is "):
        frames.check_seen(Picture(painted(rendered(job), paint).data, "image/png"), rendered(job).facts)


def test_a_mark_smudged_out_of_sight() -> None:
    """Blurred as far as a copy of 18 px would blur it: the strokes are gone at 40 px."""
    blurred = open_picture(rendered(RING).data).resize((18, 18), Image.Resampling.BOX).resize((1080, 1080))
    assert frames.seen_contrast(resized(read_picture(rendered(RING).data), 40, 40), mark_outline(), 1080) > 5
    assert frames.seen_contrast(resized(np.asarray(blurred), 40, 40), mark_outline(), 1080) < 3


def mark_outline() -> str:
    return "".join(area.outline for area in rendered(RING).facts.texts if area.seen_at == 40)
