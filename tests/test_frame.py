"""Avatar frames: the face shows through, a ring stays in the circle that people's pictures are cut to."""

from __future__ import annotations

from dataclasses import replace
from math import pi

import numpy as np
import pytest
from PIL import Image

from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.errors import FitError
from dxassets.jobs import MEDIA_TYPES, Job
from dxassets.kinds.frame.ring import RING, SIDE
from dxassets.kinds.frame.styles import STYLE_OF
from dxassets.kinds.registry import check
from dxassets.vietnamese import upper
from tests.drawing_support import (
    DAYS,
    EVERY_THEME,
    Pixels,
    assert_different_renderings,
    difference,
    frame_job,
    frame_spec,
    open_picture,
    read_picture,
    rendered,
    svg_elements,
    tag,
)

STYLES = ("ring", "square")
SIZES = (1080, 2048)
EVERY = [(style, theme, day) for style in STYLES for theme in EVERY_THEME for day in DAYS]


def distances(side: int, x: float, y: float) -> np.ndarray:
    """How far each pixel of a frame lies from (`x`, `y`), in the grid's units."""
    rows, columns = (np.mgrid[:side, :side] + 0.5) * SIDE / side
    return np.hypot(columns - x, rows - y)


def named(job: Job, name: str) -> Job:
    spec = frame_spec(job)
    return replace(job, spec=replace(spec, day=replace(spec.day, name=name)))


@pytest.mark.parametrize(("style", "theme", "day"), EVERY)
def test_a_frame_passes_its_gates_and_the_face_shows_through(style: str, theme: str, day: str) -> None:
    job = frame_job(style, 1080, theme, day)
    asset = rendered(job)
    image = open_picture(asset.data)
    assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (1080, 1080))
    alpha = np.asarray(image)[..., 3]
    ring = STYLE_OF["ring" if style == "ring" else "square"].ring
    hole = distances(1080, ring.center, ring.hole_y)
    above = np.mgrid[:1080, :1080][0] < 760  # a plate reaches into the hole below
    assert not alpha[(hole < ring.hole - 1) & above].any()
    outer = distances(1080, SIDE / 2, SIDE / 2)
    assert (alpha[(hole > ring.hole + 12) & (outer < ring.outer - 6)] == 255).all()
    if style == "ring":
        assert not alpha[outer > RING.outer + 1].any()
        assert not alpha[outer > SIDE / 2].any()
    else:
        assert (alpha[outer > RING.outer + 1] == 255).all()
    findings = check(job, asset)
    assert (findings.width, findings.height) == (1080, 1080)
    assert findings.least_contrast is not None
    assert findings.least_contrast >= 3


@pytest.mark.parametrize("style", STYLES)
def test_the_large_size_is_the_same_frame(style: str) -> None:
    small, large = (open_picture(rendered(frame_job(style, size)).data) for size in SIZES)
    assert (large.mode, large.size) == ("RGBA", (2048, 2048))
    shrunk = large.convert("RGBa").resize((540, 540), Image.Resampling.BOX)
    halved = small.convert("RGBa").resize((540, 540), Image.Resampling.BOX)
    assert difference(np.asarray(shrunk), np.asarray(halved)) < 2
    check(frame_job(style, 2048), rendered(frame_job(style, 2048)))


def test_the_hole_is_large_enough_for_a_face_and_sits_high() -> None:
    assert 2 * RING.hole / SIDE >= 0.62
    assert RING.hole_y < RING.center
    assert RING.hole_y - RING.hole > RING.center - RING.outer  # some ring is left at the top


@pytest.mark.parametrize("day", DAYS)
def test_type_stays_between_the_hole_and_the_circle(day: str) -> None:
    """Seen in the picture itself: the arc's ink alone, drawn by its outlines."""
    asset = rendered(frame_job("ring", 1080, day=day))
    outlines = {area.outline for area in asset.facts.texts}
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="1080">{"".join(outlines)}</svg>'
    ink = svg_to_pixels(svg, alpha=True)[..., 3] > 0
    assert ink.sum() > 10_000
    assert distances(1080, RING.center, RING.hole_y)[ink].min() > RING.hole + 6
    assert distances(1080, RING.center, RING.center)[ink].max() < RING.outer - 6


@pytest.mark.parametrize("day", DAYS)
def test_the_frame_says_the_day(day: str) -> None:
    job = frame_job("ring", 1080, day=day)
    spec = frame_spec(job)
    said = "".join(area.text for area in rendered(job).facts.texts)
    assert spec.day.mark is not None
    left, right = spec.day.mark.split("/")
    assert said == upper(spec.day.name).replace(" ", "") + left + right


def test_letters_with_the_tallest_marks_still_clear_both_edges() -> None:
    asset = rendered(named(frame_job("ring", 1080), "Ngày Ẳ Ẵ Ặ Ộ Ẳ Ặ"))
    outline = asset.facts.texts[0].outline
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="1080">{outline}</svg>'
    ink = svg_to_pixels(svg, alpha=True)[..., 3] > 0
    assert distances(1080, RING.center, RING.hole_y)[ink].min() > RING.hole + 2
    assert distances(1080, RING.center, RING.center)[ink].max() < RING.outer - 2


def test_a_longer_name_gets_smaller_type_and_a_name_too_long_fails_by_name() -> None:
    usual = rendered(frame_job("ring", 1080)).facts.texts[0].size
    longer = rendered(
        named(frame_job("ring", 1080), "Ngày Chuyển đổi số của các dân tộc thành phố Gia Nghĩa tỉnh Đắk Nông")
    )
    assert longer.facts.texts[0].size < usual
    name = "Ngày Chuyển đổi số của toàn thể cán bộ, chiến sĩ và nhân dân các dân tộc tỉnh Đắk Nông anh hùng"
    with pytest.raises(FitError) as caught:
        rendered(named(frame_job("square", 1080), name))
    (problem,) = caught.value.problems
    assert name in problem.vi
    assert name in problem.en


def test_the_arc_is_not_wider_than_the_upper_part_of_the_ring() -> None:
    for day in DAYS:
        boxes = [area.box for area in rendered(frame_job("ring", 1080, day=day)).facts.texts[:-2]]
        assert max(box.bottom for box in boxes) < RING.center + RING.outer * np.sin(0.1 * pi) + 60
        assert boxes[0].center_x + boxes[-1].center_x == pytest.approx(SIDE, abs=12)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("theme", EVERY_THEME)
def test_the_svg_is_well_formed_and_shows_the_same(style: str, theme: str) -> None:
    job = frame_job(style, 1080, theme, file_format="svg")
    asset = rendered(job)
    assert asset.media_type == MEDIA_TYPES["svg"]
    root, *rest = svg_elements(asset.data)
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("1080", "1080", "0 0 1080 1080")
    assert not {tag(element) for element in rest} & {"text", "image", "script", "style"}
    drawn = svg_to_pixels(asset.data.decode(), alpha=True)
    assert np.array_equal(drawn, read_picture(rendered(frame_job(style, 1080, theme)).data))


@pytest.mark.parametrize("style", STYLES)
def test_the_svg_passes_its_gates(style: str) -> None:
    job = frame_job(style, 1080, file_format="svg")
    findings = check(job, rendered(job))
    assert (findings.width, findings.height) == (1080, 1080)


@pytest.mark.parametrize("file_format", ["png", "svg"])
def test_same_job_same_bytes(file_format: str) -> None:
    job = frame_job("ring", 1080, "brocade", file_format=file_format)
    first = rendered(job)
    rendered.cache_clear()
    assert rendered(job) == first
    assert rendered(job) is not first


def test_no_two_frames_come_out_the_same() -> None:
    pictures: dict[str, Pixels] = {
        " ".join(names): read_picture(rendered(frame_job(names[0], 1080, names[1], names[2])).data)
        for names in EVERY
    }
    smaller = {
        name: np.asarray(Image.fromarray(pixels).convert("RGBa").resize((270, 270)))
        for name, pixels in pictures.items()
    }
    assert len(smaller) == 2 * len(EVERY_THEME) * 2
    assert_different_renderings(smaller, least=0.5)
