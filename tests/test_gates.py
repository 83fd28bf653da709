"""Every gate is shown to shut: a good asset passes, the same asset with one thing wrong does not."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import numpy as np
import pypdf
import pytest
from PIL import Image

from dxassets.backends.qr import encode
from dxassets.backends.rasterizer import encode_pixels
from dxassets.checks import decode_codes, read_back
from dxassets.errors import GateError
from dxassets.geometry import Box
from dxassets.jobs import MEDIA_TYPES, Code, Job, Rendered
from dxassets.kinds.registry import check
from tests.drawing_support import (
    PROVINCE_URL,
    banner_job,
    frame_job,
    line,
    moved,
    open_picture,
    png,
    qr_job,
    read_picture,
    rendered,
    repainted,
    share,
    shuts,
    with_data,
    with_facts,
)

SHARE = banner_job("share-1200x630", "digital")
LEAFLET = banner_job("leaflet-a5", "digital")
RING = frame_job("ring", 1080)
WHITE = (255, 255, 255)


def code_box() -> Box:
    (code,) = rendered(SHARE).facts.codes
    assert code.box is not None
    return code.box


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
    first, second = line("giải quyết", facts), line("các vấn", facts)
    near = moved(second, 0, first.box.bottom + 0.03 * first.size - second.box.y)
    texts = tuple(near if area is second else area for area in facts.texts)
    shuts(SHARE, share(texts=texts), "0.030 em apart")


def test_type_on_the_card_of_a_code() -> None:
    facts = rendered(SHARE).facts
    call = line("Quét mã", facts)
    onto = moved(call, 0, code_box().bottom - call.box.y - 2)
    texts = tuple(onto if area is call else area for area in facts.texts)
    shuts(SHARE, share(texts=texts), "touches")


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
