"""Each number of the gates on both sides of its limit: what just passes, and what is just stopped."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dxassets.backends.qr import encode
from dxassets.checks import contrast, gates, likeness
from dxassets.checks.pictures import Picture
from dxassets.colors import Rgb
from dxassets.errors import GateError
from dxassets.geometry import Box
from dxassets.jobs import Facts, Hole, TextArea
from dxassets.kinds.frame import hole as holes
from dxassets.kinds.frame import seen as frames
from dxassets.kinds.registry import check
from dxassets.renderers.pictures.briefing import LEAST_MODULE_MM, LEAST_MODULE_PX, LEAST_MODULE_SHARED_PX
from dxassets.renderers.pictures.pieces import draw_card
from dxassets.typesetting.layout import CodeCard
from tests.drawing_support import banner_job, banner_spec, frame_job, png, rendered

SHARE = banner_job("share-1200x630", "digital")
LEAFLET = banner_job("leaflet-a5", "digital")
RING = frame_job("ring", 1080)


def stops(message: str, *, when: bool) -> AbstractContextManager[Any]:
    return pytest.raises(GateError, match=message) if when else nullcontext()


def gray(level: int) -> Rgb:
    return Rgb(level, level, level)


# --- contrast: a block of gray on a flat ground, which is measured to the hundredth ------------------


def block(ink: int, ground: int, **area: Any) -> tuple[Picture, Facts]:
    """A picture of 200 × 100 px with a block of “type” in it, and what is said of it."""
    pixels = np.full((100, 200, 3), ground, dtype=np.uint8)
    pixels[30:70, 60:140] = ink
    looks: dict[str, Any] = {"size": 20.0, "weight": 600, **area}
    line = TextArea("Số", Box(50, 20, 100, 60), gray(ink), outline='<path d="M60 30h80v40h-80z"/>', **looks)
    return Picture(png(pixels), "image/png"), Facts(200, 100, "px", "rgb", texts=(line,))


@pytest.mark.parametrize(
    ("ink", "area", "faint"),
    [
        (118, {}, False),  # 4.54:1 on white
        (119, {}, True),  # 4.48
        (148, {"size": 24.0}, False),  # 3.03
        (149, {"size": 24.0}, True),  # 2.99
        (148, {"size": 18.66, "weight": 700}, False),
        (149, {"size": 18.66, "weight": 700}, True),
        (119, {"size": 23.99}, True),
        (119, {"size": 18.66, "weight": 600}, True),
        (119, {"size": 18.65, "weight": 700}, True),
    ],
)
def test_small_type_needs_4_5_and_large_type_3(ink: int, area: dict[str, Any], *, faint: bool) -> None:
    with stops("has a contrast of", when=faint):
        contrast.least_contrast(*block(ink, 255, **area))


@pytest.mark.parametrize(
    ("odd", "lossy", "faint"), [(4, False, False), (7, False, True), (39, True, False), (42, True, True)]
)
def test_a_few_odd_pixels_are_passed_over_and_a_few_more_are_not(
    odd: int, *, lossy: bool, faint: bool
) -> None:
    """Half a percent of the ground's at either end, four where an encoder blurs edges."""
    line = TextArea("Số", Box(0, 0, 1, 1), gray(0), 20, 600, "")
    for worst in (0.0, 0.01):
        ground = np.full(1000, 1.0, dtype=np.float32)
        ground[:odd] = worst
        found = contrast._contrast(line, ground, np.zeros(9, dtype=np.float32), lossy=lossy)
        assert (found < 4.5) is faint


# --- size, ink, codes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize(("off", "wrong"), [(0.099, False), (0.101, True)])
def test_a_page_may_be_a_tenth_of_a_millimetre_off(off: float, sign: int, *, wrong: bool) -> None:
    asset = rendered(LEAFLET)
    height = asset.facts.height + sign * off
    with stops("mm, not", when=wrong):
        gates.check_size(Picture(asset.data, asset.media_type), replace(asset.facts, height=height))


def lines(gap_em: float, **below: Any) -> Facts:
    """Two lines of 10 units, so many em apart."""
    above: Any = TextArea("Ạ", Box(0, 0, 50, 10), gray(0), 10.0, 600, "")
    second = replace(above, text="Ẩ", **{"box": Box(0, 10 + 10 * gap_em, 50, 10), **below})
    return Facts(100, 100, "px", "rgb", safe=Box(0, 0, 100, 100), texts=(above, second))


@pytest.mark.parametrize(("gap", "near"), [(0.06, False), (0.07, False), (0.059, True), (0.0, True)])
def test_lines_keep_six_hundredths_of_an_em_apart(gap: float, *, near: bool) -> None:
    with stops("em apart", when=near):
        gates.check_gaps(lines(gap))


def test_only_lines_of_one_kind_are_neighbours() -> None:
    for other in ({"size": 11.0}, {"weight": 700}, {"color": gray(9)}, {"box": Box(60, 10.1, 30, 10)}):
        gates.check_gaps(lines(0.01, **other))


@pytest.mark.parametrize(("out", "stopped"), [(0.19, False), (0.21, True)])
@pytest.mark.parametrize("side", ["left", "top", "right", "bottom"])
def test_ink_may_leave_the_safe_area_by_two_thousandths(side: str, out: float, *, stopped: bool) -> None:
    box = {
        "left": Box(-out, 40, 10, 10),
        "top": Box(40, -out, 10, 10),
        "right": Box(90 + out, 40, 10, 10),
        "bottom": Box(40, 90 + out, 10, 10),
    }[side]
    area = TextArea("Số", box, gray(0), 10.0, 600, "")
    with stops("leaves the safe area", when=stopped):
        gates.check_ink(Facts(100, 100, "px", "rgb", safe=Box(0, 0, 100, 100), texts=(area,)))


def test_a_module_is_at_least_3_px_on_screens_and_0_4_mm_on_paper() -> None:
    """Told by the facts of finished assets; the gate that holds them to it is tested with theirs."""
    screen = rendered(banner_job("rectangle-300x250"))
    assert screen.facts.least_module == LEAST_MODULE_PX == 3.0
    assert rendered(LEAFLET).facts.least_module == LEAST_MODULE_MM == 0.4


@pytest.mark.parametrize("preset", ["share-1200x630", "linkedin-1200x627", "instagram-1080x1080"])
def test_a_module_is_at_least_5_px_where_a_picture_is_passed_on(preset: str) -> None:
    asset = rendered(banner_job(preset))
    (code,) = asset.facts.codes
    assert code.module >= asset.facts.least_module == LEAST_MODULE_SHARED_PX == 5.0
    thin = replace(code, module=4.99)
    with stops("module", when=True):
        gates.check_codes(Picture(asset.data, asset.media_type), replace(asset.facts, codes=(thin,)))


def test_a_raster_of_twice_the_size_may_weigh_twice_as_much() -> None:
    limit = banner_spec(SHARE).preset.max_bytes
    assert limit is not None
    assert rendered(SHARE).facts.max_bytes == limit
    twice = replace(SHARE, spec=replace(banner_spec(SHARE), scale=2))
    assert rendered(twice).facts.max_bytes == 2 * limit
    asset = rendered(SHARE)
    for over in (0, 1):
        padded = replace(asset, data=b"x" * (limit + over))
        with stops(f"weighs {limit + 1} bytes", when=bool(over)):
            gates.check_weight(padded)


@pytest.mark.parametrize(
    ("mean", "odd", "unlike"), [(0.99, 69.0, False), (1.0, 70.0, False), (1.01, 0.0, True), (0.0, 70.1, True)]
)
def test_a_page_may_differ_from_its_drawing_by_so_much(
    monkeypatch: pytest.MonkeyPatch, mean: float, odd: float, *, unlike: bool
) -> None:
    monkeypatch.setattr(likeness, "difference", lambda _picture, _drawing: (mean, odd))
    with stops("the PDF page differs from its drawing", when=unlike):
        likeness.check_likeness(Picture(b"", "application/pdf"), "<svg/>")


# --- frames -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("radius", "small"), [(334.9, False), (334.7, True)])
def test_a_hole_is_at_least_62_percent_of_the_frame(radius: float, *, small: bool) -> None:
    asset = rendered(RING)
    with stops("too small", when=small):
        holes.check_hole(Picture(asset.data, asset.media_type), asset.facts, Hole(540, 478, radius, 539))


def ring(*spots: tuple[float, float, int]) -> tuple[Picture, Facts]:
    """An opaque ring of 1000 px from 350 to 490, with spots: right of its middle, their alpha."""
    rows, columns = np.mgrid[:1000, :1000] + 0.5
    away = np.hypot(columns - 500, rows - 500)
    pixels = np.full((1000, 1000, 4), 90, dtype=np.uint8)
    pixels[..., 3] = 255 * ((away > 350) & (away < 490))
    for x, y, alpha in spots:
        pixels[int(500 + y), int(500 + x), 3] = alpha
    facts = Facts(1000, 1000, "px", "rgba", hole=Hole(500, 500, 350, 490))
    return Picture(png(pixels), "image/png"), facts


@pytest.mark.parametrize(
    ("spot", "message"),
    [
        ((348.7, 0, 1), ""),  # a px and a half of the edge are left to the rasterizer
        ((347.7, 0, 1), "not all transparent"),
        ((347.7, 0, 0), ""),
        ((490.7, 0, 9), ""),
        ((492.2, 0, 9), "leaves the circle"),
        ((492.2, 0, 0), ""),
    ],
)
def test_not_a_pixel_stands_on_the_face_or_outside_the_circle(
    spot: tuple[float, float, int], message: str
) -> None:
    picture, facts = ring(spot)
    assert facts.hole is not None
    with stops(message, when=bool(message)):
        holes.check_hole(picture, facts, facts.hole)


def block_on_a_ring(
    ink: int, ground: int, *, size: float, seen_at: int, reach: float = 0.0
) -> tuple[Picture, Facts]:
    """An opaque square of 1080 px with a block of “type” near the top, or as far from its middle as said."""
    top = 540 - 540 * reach if reach else 60.0
    pixels = np.full((1080, 1080, 4), (ground, ground, ground, 255), dtype=np.uint8)
    half = 80 if not reach else 5
    pixels[round(top) : round(top) + 80, 540 - half : 540 + half] = (ink, ink, ink, 255)
    outline = f'<path d="M{540 - half} {top}h{2 * half}v80h{-2 * half}z"/>'
    area = TextArea("Số", Box(540 - half, top, 2 * half, 80), gray(ink), size, 700, outline, seen_at=seen_at)
    return Picture(png(pixels), "image/png"), Facts(1080, 1080, "px", "rgba", texts=(area,))


@pytest.mark.parametrize(
    ("seen_at", "ink", "faint"), [(170, 149, False), (170, 150, True), (40, 149, False), (40, 150, True)]
)
def test_reduced_type_keeps_3_to_1(seen_at: int, ink: int, *, faint: bool) -> None:
    """3.02 and 2.98 on a copy of 170 px, and on the larger ones of a mark that is seen at 40."""
    with stops(r"is left with a contrast of 2\.9", when=faint):
        frames.check_seen(*block_on_a_ring(ink, 255, size=60.0, seen_at=seen_at))


@pytest.mark.parametrize(("px", "small"), [(5.9, False), (5.95, False), (5.89, True)])
def test_what_is_read_at_170_px_is_5_9_px_an_em(px: float, *, small: bool) -> None:
    with stops("is only 5.9 px high", when=small):
        frames.check_seen(*block_on_a_ring(0, 255, size=px * 1080 / 170 + 1e-9, seen_at=170))


@pytest.mark.parametrize(("seen_at", "small"), [(170, True), (80, False), (40, False)])
def test_a_mark_is_seen_not_read(seen_at: int, *, small: bool) -> None:
    """What must be seen on copies of 80 and 40 px is made out, whatever its size."""
    with stops("px high", when=small):
        frames.check_seen(*block_on_a_ring(0, 255, size=5.0 * 1080 / seen_at, seen_at=seen_at))


@pytest.mark.parametrize(("reach", "out"), [(0.985, False), (0.996, True)])
def test_type_keeps_within_99_percent_of_the_circle_that_is_cut(reach: float, *, out: bool) -> None:
    with stops("leaves the circle", when=out):
        frames.check_seen(*block_on_a_ring(0, 255, size=60.0, seen_at=170, reach=reach))


# --- a card that melts into its ground ----------------------------------------------------------------


@pytest.mark.parametrize(("ground", "edged"), [(225, False), (229, True)])
def test_a_card_has_a_hairline_below_a_contrast_of_1_3(ground: int, *, edged: bool) -> None:
    """White on #e1e1e1 is 1.31:1, on #e5e5e5 1.26:1."""
    palette = banner_spec(SHARE).theme.palette.model_copy(
        update={"ground": (gray(0), gray(ground)), "card": gray(255)}
    )
    card = CodeCard(Box(0, 0, 99, 99), Box(12, 12, 75, 75), 3.0)
    assert ("stroke-opacity" in draw_card(card, encode("https://a.vn"), palette)) is edged


def test_each_gate_is_asked_for_every_asset() -> None:
    asset = rendered(SHARE)
    check(SHARE, asset)
    first = asset.facts.texts[0]
    beside, onto = (replace(first, box=box) for box in (Box(-50, 0, 40, 9), first.box.move(0, 1)))
    near = replace(first, box=first.box.move(0, first.box.height + 0.01 * first.size))
    faults = {
        "touches": replace(asset.facts, texts=(first, onto)),
        "em apart": replace(asset.facts, texts=(first, near)),
        "leaves the safe area": replace(asset.facts, texts=(beside,)),
        "not 1201": replace(asset.facts, width=1201),
        "a module of the QR code": replace(asset.facts, least_module=99.0),
        "weighs": replace(asset.facts, max_bytes=9),
        "has a contrast of": replace(asset.facts, texts=(replace(first, color=gray(200)),)),
    }
    for message, facts in faults.items():
        with pytest.raises(GateError, match=message):
            check(SHARE, replace(asset, facts=facts))
