"""Every gate is shown to shut: a good asset passes, the same asset with one thing wrong does not."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image

from dxassets.backends.qr import encode
from dxassets.backends.rasterizer import encode_pixels, resized
from dxassets.checks import check, contrast, decode_codes, frames, read_back
from dxassets.checks.contrast import is_large
from dxassets.checks.pictures import Picture
from dxassets.colors import Rgb, parse_color
from dxassets.errors import GateError
from dxassets.geometry import Box
from dxassets.jobs import MEDIA_TYPES, Code, Facts, Job, Rendered, TextArea
from dxassets.renderers import render
from tests.drawing_support import (
    PROVINCE_URL,
    Recolored,
    banner_job,
    frame_job,
    moved,
    open_picture,
    png,
    project,
    qr_job,
    read_picture,
    rendered,
    repainted,
    with_data,
    with_facts,
)

SHARE = banner_job("share-1200x630", "digital")
LEAFLET = banner_job("leaflet-a5", "digital")
RING = frame_job("ring", 1080)
WHITE = (255, 255, 255)


def shuts(job: Job, asset: Rendered, message: str) -> None:
    """The asset is stopped, by the gate that says so in English, and says it in Vietnamese too."""
    with pytest.raises(GateError, match=message) as caught:
        check(job, asset)
    (problem,) = caught.value.problems
    assert problem.vi
    assert problem.vi != problem.en


def share(**facts: Any) -> Rendered:
    return with_facts(rendered(SHARE), **facts)


def code_box() -> Box:
    (code,) = rendered(SHARE).facts.codes
    assert code.box is not None
    return code.box


def line(text: str, facts: Facts) -> TextArea:
    return next(area for area in facts.texts if area.text.startswith(text))


# --- what passes ----------------------------------------------------------------------------------

GOOD = [
    SHARE,
    LEAFLET,
    RING,
    banner_job("share-1200x630", "formal", file_format="jpg"),
    banner_job("share-1200x630", "light", file_format="webp"),
    banner_job("share-1200x630", "brocade", file_format="svg"),
    banner_job("leaflet-a5", "formal", file_format="png"),
    banner_job("leaflet-a5", "light", file_format="svg"),
    qr_job("png"),
    qr_job("svg"),
    qr_job("pdf"),
]


@pytest.mark.parametrize("job", GOOD, ids=lambda job: job.path.replace("/", " "))
def test_the_good_asset_passes(job: Job) -> None:
    findings = check(job, rendered(job))
    assert (findings.width, findings.height) == pytest.approx(
        (rendered(job).facts.width, rendered(job).facts.height), abs=0.1
    )
    assert [payload for payload, _ in findings.decoded] == [
        code.payload for code in rendered(job).facts.codes
    ]
    assert all(module > 0 for _, module in findings.decoded)
    assert findings.least_contrast is not None
    assert findings.least_contrast >= 3


# --- weight ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("job", [SHARE, LEAFLET, RING], ids=["png", "pdf", "frame"])
def test_an_empty_file(job: Job) -> None:
    shuts(job, with_data(rendered(job), b""), "empty")


def test_a_file_over_its_budget_by_a_byte() -> None:
    weight = len(rendered(SHARE).data)
    check(SHARE, share(max_bytes=weight))
    shuts(SHARE, share(max_bytes=weight - 1), f"weighs {weight} bytes")


# --- size and mode --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1200, 631), (1199, 630), (630, 1200)])
def test_a_picture_of_another_size(size: tuple[int, int]) -> None:
    other = png(np.asarray(open_picture(rendered(SHARE).data).convert("RGB").resize(size)))
    shuts(SHARE, with_data(rendered(SHARE), other), "not 1200×630")


def test_a_banner_with_transparency() -> None:
    pixels = np.dstack([read_picture(rendered(SHARE).data), np.full((630, 1200), 255, np.uint8)])
    shuts(SHARE, with_data(rendered(SHARE), png(pixels)), "has 4 channels, not 3")


def test_a_banner_in_gray() -> None:
    gray = np.asarray(open_picture(rendered(SHARE).data).convert("L"))
    shuts(SHARE, with_data(rendered(SHARE), png(gray)), "channels, not 3")


def test_a_frame_without_transparency() -> None:
    opaque = np.ascontiguousarray(read_picture(rendered(RING).data)[..., :3])
    shuts(RING, with_data(rendered(RING), png(opaque)), "has 3 channels, not 4")


@pytest.mark.parametrize("job", [SHARE, LEAFLET, RING], ids=["png", "pdf", "frame"])
def test_a_file_that_does_not_open(job: Job) -> None:
    shuts(job, with_data(rendered(job), b"not a picture at all"), "can't be opened")


@pytest.mark.parametrize("share_left", [0.5, 0.99])
@pytest.mark.parametrize("file_format", ["png", "jpg", "webp", "svg", "pdf"])
def test_a_file_that_breaks_off(file_format: str, share_left: float) -> None:
    job = banner_job("portal-popup-800x600", file_format=file_format)
    data = rendered(job).data
    check(job, rendered(job))
    with pytest.raises(GateError):
        check(job, with_data(rendered(job), data[: int(len(data) * share_left)]))


def test_an_svg_that_is_not_well_formed() -> None:
    job = banner_job("share-1200x630", "brocade", file_format="svg")
    data = rendered(job).data
    shuts(job, with_data(rendered(job), data.replace(b"</svg>", b"")), "not well formed")
    shuts(job, with_data(rendered(job), data.replace(b"<desc>", b"<desc>A & B")), "not well formed")
    shuts(job, with_data(rendered(job), data.replace(b'width="1200"', b'width="1201"', 1)), "not 1200×630")


def test_a_page_of_another_size() -> None:
    wrong = rendered(banner_job("poster-a4", "digital"))
    shuts(LEAFLET, with_data(rendered(LEAFLET), wrong.data), "mm, not")
    size = rendered(LEAFLET).facts.width
    check(LEAFLET, with_facts(rendered(LEAFLET), width=size + 0.09))
    shuts(LEAFLET, with_facts(rendered(LEAFLET), width=size + 0.11), "mm, not")


def test_a_document_with_a_page_too_many() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(rendered(LEAFLET).data))
    writer.add_blank_page()
    stream = io.BytesIO()
    writer.write(stream)
    assert rendered(LEAFLET).facts.pages == 1
    shuts(LEAFLET, with_data(rendered(LEAFLET), stream.getvalue()), "page")


# --- codes ----------------------------------------------------------------------------------------


def test_a_code_that_is_painted_over() -> None:
    shuts(SHARE, repainted(rendered(SHARE), code_box(), WHITE), r"the QR code reads \[\]")


def test_a_code_with_a_hole_in_the_middle() -> None:
    spot = code_box().pad(-code_box().width * 0.3)
    shuts(SHARE, repainted(rendered(SHARE), spot, (200, 30, 40)), r"the QR code reads \[\]")


def with_code(url: str) -> Rendered:
    """The banner with the code of another address in the place of its own."""
    (code,) = rendered(SHARE).facts.codes
    pixels = read_picture(rendered(SHARE).data).copy()
    dark = (
        np.pad(np.array(encode(url).rows), 4)
        .repeat(int(code.module), axis=0)
        .repeat(int(code.module), axis=1)
    )
    box = code_box()
    left, top = int(box.x), int(box.y)
    pixels[top : top + dark.shape[0], left : left + dark.shape[1]] = np.where(dark, 0, 255)[..., None]
    return with_data(rendered(SHARE), png(pixels))


def test_a_code_that_leads_elsewhere() -> None:
    wrong = PROVINCE_URL.replace("daknong", "daknonq")
    assert len(wrong) == len(PROVINCE_URL)
    check(SHARE, with_code(PROVINCE_URL))
    shuts(SHARE, with_code(wrong), "daknonq")


def test_a_code_in_another_place_than_it_is_said_to_be() -> None:
    (code,) = rendered(SHARE).facts.codes
    elsewhere = replace(code, box=code_box().move(-500, 0))
    with pytest.raises(GateError):
        check(SHARE, share(codes=(elsewhere,), texts=()))


def test_a_code_with_modules_too_small() -> None:
    (code,) = rendered(SHARE).facts.codes
    check(SHARE, share(least_module=code.module))
    shuts(SHARE, share(least_module=code.module + 0.01), "a module of the QR code is only")
    shuts(SHARE, share(codes=(replace(code, module=2.9),)), "a module of the QR code is only")


def test_a_second_code_that_is_not_there() -> None:
    (code,) = rendered(SHARE).facts.codes
    other = Code("https://dx.mic.gov.vn/", Box(20, 20, 100, 100), 4)
    with pytest.raises(GateError):
        check(SHARE, share(codes=(code, other), texts=()))


def test_a_code_of_a_page_that_leads_elsewhere() -> None:
    (code,) = rendered(LEAFLET).facts.codes
    shuts(LEAFLET, with_facts(rendered(LEAFLET), codes=(replace(code, payload="https://a.vn"),)), "reads")


# --- ink ------------------------------------------------------------------------------------------

SIDES = [(-1, 0), (1, 0), (0, -1), (0, 1)]


@pytest.mark.parametrize("side", SIDES)
def test_text_outside_the_safe_area(side: tuple[int, int]) -> None:
    facts = rendered(SHARE).facts
    assert facts.safe is not None
    first = facts.texts[0]
    box = first.box
    reach = {
        (-1, 0): -box.x - 3,
        (1, 0): facts.safe.right - box.right + 3,
        (0, -1): -box.y - 3,
        (0, 1): facts.safe.bottom - box.bottom + 3,
    }[side]
    out = moved(first, abs(side[0]) * reach, abs(side[1]) * reach)
    shuts(SHARE, share(texts=(out,), codes=()), "leaves the safe area")


def test_a_safe_area_is_that_of_its_preset_not_of_the_page() -> None:
    job = banner_job("youtube-art-2560x1440")
    facts = rendered(job).facts
    assert facts.safe is not None
    assert facts.safe.x > 500
    out = moved(facts.texts[0], -200, 0)
    shuts(job, with_facts(rendered(job), texts=(out, *facts.texts[1:])), "leaves the safe area")


def test_a_code_outside_the_safe_area() -> None:
    (code,) = rendered(SHARE).facts.codes
    out = replace(code, box=code_box().move(300, 0))
    shuts(SHARE, share(codes=(out,), texts=()), "leaves the safe area")


def test_two_lines_that_touch() -> None:
    facts = rendered(SHARE).facts
    first, second = line("Chuyển", facts), line("vì", facts)
    onto = moved(second, first.box.x - second.box.x, first.box.bottom - second.box.y - 0.5)
    texts = tuple(onto if area is second else area for area in facts.texts)
    shuts(SHARE, share(texts=texts), "touches")


def test_two_lines_that_almost_touch() -> None:
    facts = rendered(SHARE).facts
    first, second = line("Chuyển", facts), line("các vấn", facts)
    near = moved(second, 0, first.box.bottom + 0.03 * first.size - second.box.y)
    texts = tuple(near if area is second else area for area in facts.texts)
    shuts(SHARE, share(texts=texts), "0.030 em apart")


def test_type_on_the_card_of_a_code() -> None:
    facts = rendered(SHARE).facts
    call = line("Quét mã", facts)
    onto = moved(call, 0, code_box().bottom - call.box.y - 2)
    texts = tuple(onto if area is call else area for area in facts.texts)
    shuts(SHARE, share(texts=texts), "touches")


# --- contrast -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "color"), [("ink", "#0a389a"), ("ink_soft", "#2b5fb8"), ("accent", "#0f4fb5")]
)
def test_type_in_nearly_the_grounds_colour(role: str, color: str) -> None:
    job = Recolored(SHARE).role(**{role: parse_color(color)})
    shuts(job, rendered(job), "has a contrast of")


def test_type_that_fails_only_at_one_end_of_the_gradient() -> None:
    ground = (parse_color("#061850"), parse_color("#f2f6ff"))
    job = Recolored(SHARE).role(ground=ground)
    shuts(job, rendered(job), "has a contrast of")


@pytest.mark.parametrize("preset", ["rectangle-300x250", "share-1200x630", "story-1080x1920"])
def test_the_gate_knows_type_that_was_laid_over_by_itself(
    preset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = banner_job(preset)
    asset = rendered(job)
    covers = [area.cover.data for area in asset.facts.texts if area.cover is not None]
    assert covers
    looked_at: list[bytes] = []
    places_of = contrast._places_of

    def noting(cover: Any, **rest: Any) -> Any:
        looked_at.append(cover.tobytes())
        return places_of(cover, **rest)

    monkeypatch.setattr(contrast, "_places_of", noting)
    found = check(job, asset).least_contrast
    assert set(covers) <= set(looked_at)
    bare = tuple(replace(area, cover=None) for area in asset.facts.texts)
    drawn_again = check(job, with_facts(asset, texts=bare)).least_contrast
    assert found == pytest.approx(drawn_again, abs=0.05)


def test_the_limit_for_small_type_is_stricter() -> None:
    gray = parse_color("#6b7b98")  # about 4:1 on the light ground: enough for a headline, not for a caption
    light = banner_job("share-1200x630", "light")
    large = Recolored(light).role(ink=gray)
    found = check(large, rendered(large)).least_contrast
    assert found is not None
    assert 3 <= found < 4.5
    small = Recolored(light).role(ink_soft=gray)
    shuts(small, rendered(small), "at least 4.5 is needed")


@pytest.mark.parametrize(
    ("size", "weight", "unit", "expected"),
    [
        (24.0, 500, "px", True),
        (23.9, 600, "px", False),
        (18.66, 700, "px", True),
        (18.6, 900, "px", False),
        (6.36, 500, "mm", True),  # 18 pt
        (6.3, 600, "mm", False),
        (4.95, 700, "mm", True),  # 14 pt
    ],
)
def test_what_counts_as_large(size: float, weight: int, unit: Any, expected: bool) -> None:
    area = TextArea("Số", Box(0, 0, 1, 1), Rgb(0, 0, 0), size, weight, "")
    assert is_large(area, Facts(100, 100, unit, "rgb")) is expected


def test_type_that_is_missing_from_the_picture() -> None:
    """Painted over with its own ground: the box is where it should be, and nothing stands in it."""
    for start in ("CHUYỂN", "Chuyển", "SỞ"):
        found = [area for area in rendered(SHARE).facts.texts if area.text.startswith(start)]
        for area in found:
            shuts(SHARE, repainted(rendered(SHARE), area.box.pad(2), (10, 56, 154)), "has a contrast of 1.00")
    assert line("Chuyển", rendered(SHARE).facts)


def test_type_that_was_drawn_in_another_colour() -> None:
    facts = rendered(SHARE).facts
    slogan = line("Chuyển", facts)
    texts = tuple(replace(area, color=Rgb(10, 56, 154)) if area is slogan else area for area in facts.texts)
    shuts(SHARE, share(texts=texts), "has a contrast of")


def stripes(asset: Rendered, area: TextArea, color: tuple[int, int, int]) -> Rendered:
    """The asset with a bright stripe through one line's ground, type kept."""
    pixels = read_picture(asset.data).copy()
    top, bottom = int(area.box.y), int(area.box.bottom)
    left, right = int(area.box.x), int(area.box.right)
    part = pixels[top:bottom, left : left + (right - left) // 4]
    dark = part.astype(int).sum(axis=2) < 450
    part[dark] = color
    return with_data(asset, png(pixels))


def test_a_bright_module_behind_a_part_of_a_line() -> None:
    slogan = line("Chuyển", rendered(SHARE).facts)
    shuts(SHARE, stripes(rendered(SHARE), slogan, (235, 240, 255)), "has a contrast of")


@pytest.mark.parametrize("file_format", ["jpg", "webp"])
def test_contrast_is_measured_in_lossy_files_too(file_format: Any) -> None:
    job = banner_job("share-1200x630", "formal", file_format=file_format)
    faint = Recolored(job).role(ink=parse_color("#d4353a"))
    shuts(faint, rendered(faint), "has a contrast of")


def test_contrast_is_measured_on_pages_too() -> None:
    faint = Recolored(LEAFLET).role(ink=parse_color("#0a389a"))
    shuts(faint, rendered(faint), "has a contrast of")


def test_contrast_is_measured_in_svg_too() -> None:
    job = banner_job("share-1200x630", "light", file_format="svg")
    faint = Recolored(job).role(accent=parse_color("#dfe9fb"))
    shuts(faint, rendered(faint), "has a contrast of")


def test_an_svg_that_lost_its_type() -> None:
    job = banner_job("share-1200x630", "light", file_format="svg")
    slogan = line("Chuyển", rendered(job).facts)
    without = rendered(job).data.decode().replace(slogan.outline, "")
    assert without != rendered(job).data.decode()
    shuts(job, with_data(rendered(job), without.encode()), "has a contrast of 1.00")


# --- frames ---------------------------------------------------------------------------------------


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
    foot = next(area for area in asset.facts.texts if area.box.y > 900 and area.seen_at == 200)
    slipped = f'<g transform="translate(0 {dy})">{foot.outline}</g>'
    data = asset.data.replace(foot.outline.encode(), slipped.encode())
    assert data != asset.data

    def moved_down(area: TextArea) -> TextArea:
        return (
            replace(area, outline=slipped, box=area.box.move(0, dy)) if area.outline == foot.outline else area
        )

    broken = with_facts(with_texts(with_data(asset, data), moved_down), safe=None)
    with pytest.raises(GateError) as caught:
        frames.check_frame(Picture(data, asset.media_type), broken.facts)
    assert "leaves the circle" in caught.value.problems[0].en
    assert "hình tròn" in caught.value.problems[0].vi


def test_type_too_small_to_be_read_at_200_px(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dxassets.renderers.frame._FOOT_SIZE", 31.0)
    monkeypatch.setattr("dxassets.renderers.frame._FOOT_SMALLEST", 31.0)
    job = named(RING, "Sở Y tế")
    shuts(job, render(job, project().resources), r"'SỞYTẾ' is only 5\.7 px high when the picture is 200 px")


def test_type_too_thin_to_be_seen_at_200_px() -> None:
    """At full size its colour is what it should be; reduced, hairlines drown in the ground."""
    job = frame_job("ring", 1080, file_format="svg")
    asset = rendered(job)
    name = asset.facts.texts[0]
    line = '<path d="M172.3 231.5A480 480 0 0 1 907.7 231.5" stroke="{}" stroke-width="1" fill="none"/>'
    data = asset.data.replace(name.outline.encode(), line.format(name.color).encode())

    def thinned(area: TextArea) -> TextArea:
        return replace(area, outline=line.format("#000")) if area.outline == name.outline else area

    with pytest.raises(GateError, match=r"is left with a contrast of .* when the picture is 200 px"):
        frames.check_frame(Picture(data, asset.media_type), with_texts(asset, thinned).facts)


@pytest.mark.parametrize("color", ["#e0b050", "#d9c9a0"])
def test_a_mark_that_melts_into_its_ring(color: str) -> None:
    job = frame_job("ring", 1080, "formal")

    def paint(pixels: np.ndarray) -> None:
        foot = pixels[840:]
        foot[(foot[..., 1] < 120) & (foot[..., 3] == 255)] = (*parse_color(color), 255)

    with pytest.raises(GateError, match=r"'1010' is left with a contrast of .* when the picture is 40 px"):
        frames.check_frame(Picture(painted(rendered(job), paint).data, "image/png"), rendered(job).facts)


def test_a_mark_smudged_out_of_sight() -> None:
    """Blurred as far as a copy of 18 px would blur it: the strokes are gone at 40 px."""
    blurred = open_picture(rendered(RING).data).resize((18, 18), Image.Resampling.BOX).resize((1080, 1080))
    assert frames.seen_contrast(resized(read_picture(rendered(RING).data), 40, 40), mark_outline(), 1080) > 5
    assert frames.seen_contrast(resized(np.asarray(blurred), 40, 40), mark_outline(), 1080) < 3


def mark_outline() -> str:
    return "".join(area.outline for area in rendered(RING).facts.texts if area.seen_at == 40)


# --- reading back files of which nothing is known -------------------------------------------------


@pytest.mark.parametrize(
    "job", [SHARE, LEAFLET, RING, GOOD[5], qr_job("pdf")], ids=lambda job: job.path[-25:]
)
def test_a_files_size_is_read_back(job: Job) -> None:
    asset = rendered(job)
    assert read_back(asset.data, asset.media_type) == pytest.approx(
        (asset.facts.width, asset.facts.height), abs=0.1
    )


@pytest.mark.parametrize("media_type", MEDIA_TYPES.values())
@pytest.mark.parametrize("data", [b"", b"nothing", b"<svg", b"%PDF-1.7\n", b"PK\x03\x04"])
def test_what_is_not_a_file_of_ours_is_a_value_error(media_type: str, data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^not an? "):
        read_back(data, media_type)


@pytest.mark.parametrize("job", [SHARE, LEAFLET, *GOOD[3:]], ids=lambda job: job.path.replace("/", " "))
def test_a_files_codes_are_found_wherever_they_stand(job: Job) -> None:
    asset = rendered(job)
    assert decode_codes(asset.data, asset.media_type) == (PROVINCE_URL,)


def test_a_file_without_a_code_has_none() -> None:
    asset = rendered(RING)
    assert decode_codes(asset.data, asset.media_type) == ()


def test_a_rotated_palette_png_counts_as_rgb() -> None:
    """A PNG over its budget becomes a palette: libvips and browsers still see three channels."""
    pixels = read_picture(rendered(SHARE).data)
    whole = encode_pixels(pixels, "png", None)
    assert whole is not None
    image = Image.fromarray(pixels).quantize(256)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    assert open_picture(stream.getvalue()).mode == "P"
    check(SHARE, with_data(rendered(SHARE), stream.getvalue()))


def test_every_gate_speaks_both_languages() -> None:
    with pytest.raises(GateError) as caught:
        check(SHARE, with_data(rendered(SHARE), b""))
    (problem,) = caught.value.problems
    assert re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", problem.vi)
