"""Banners as files: a few in every format and on paper, read back; the same each time, and each its own."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, RectangleObject

from dxassets.backends.qr_reader import decode_qr
from dxassets.errors import GateError
from dxassets.geometry import Box
from dxassets.jobs import Job
from dxassets.kinds.registry import check
from tests.drawing_support import (
    DAYS,
    PROVINCE_URL,
    QUIET_ZONE,
    THEMES,
    Pixels,
    assert_different_renderings,
    assert_same_renderings,
    banner_job,
    banner_spec,
    difference,
    frame_job,
    layout,
    open_picture,
    opencv_reads,
    page_pixels,
    project,
    qr_job,
    read_picture,
    rendered,
    shaper,
    signed_by,
    svg_elements,
    tag,
    zxing_reads,
)

PRINT_PREVIEW_PX = 2400
PRINTED = [
    preset.id
    for preset in project().presets.presets
    if preset.medium == "print" and preset.format == "pdf"  # strips for papers go into Word as pictures
]


# --- finished files -------------------------------------------------------------------------------

REALLY_RENDERED = [
    ("share-1200x630", "digital", "png"),
    ("share-1200x630", "formal", "jpg"),
    ("linkedin-1200x627", "light", "webp"),
    ("instagram-1080x1080", "brocade", "jpg"),
    ("leaderboard-728x90", "brocade", "png"),
    ("skyscraper-160x600", "light", "png"),
    ("button-120x60", "formal", "png"),
    ("portal-header-1200x300", "digital", "webp"),
    ("screen-1920x1080", "light", "png"),
]
MODES = {"png": {"RGB", "P"}, "jpg": {"RGB"}, "webp": {"RGB"}}


@pytest.mark.parametrize(("preset", "theme", "file_format"), REALLY_RENDERED)
def test_a_finished_picture_passes_its_gates_and_other_readers(
    preset: str, theme: str, file_format: str
) -> None:
    job = banner_job(preset, theme, file_format=file_format)
    asset, wanted = rendered(job), banner_spec(job).preset
    findings = check(job, asset)
    image = open_picture(asset.data)
    assert image.size == (wanted.width, wanted.height) == (findings.width, findings.height)
    assert image.mode in MODES[file_format]
    assert wanted.max_bytes is None or len(asset.data) <= wanted.max_bytes
    assert findings.least_contrast is not None
    assert findings.least_contrast >= 3
    if wanted.qr == "card":
        pixels = np.asarray(image.convert("RGB"))
        assert zxing_reads(pixels) == [PROVINCE_URL]
        (code,) = asset.facts.codes
        assert code.box is not None
        around = pixels[int(code.box.y) : int(code.box.bottom), int(code.box.x) : int(code.box.right)]
        assert opencv_reads(around)[0] == PROVINCE_URL
        quiet = around[2 : int(QUIET_ZONE * code.module), 2 * QUIET_ZONE : -2 * QUIET_ZONE]
        assert quiet.min() >= (255 if file_format == "png" else 215)  # lossy files ring at the symbol
        assert findings.decoded == ((PROVINCE_URL, code.module),)


def test_a_code_is_read_after_the_picture_was_shared_smaller() -> None:
    image = open_picture(rendered(banner_job("facebook-event-1920x1005")).data).convert("RGB")
    smaller = image.resize((image.width * 2 // 3, image.height * 2 // 3))
    assert decode_qr(np.asarray(smaller)) == (PROVINCE_URL,)


@pytest.mark.parametrize(("preset", "theme"), [("share-1200x630", "brocade"), ("poster-a4", "digital")])
def test_the_svg_is_well_formed_has_the_presets_size_and_needs_no_font(preset: str, theme: str) -> None:
    job = banner_job(preset, theme, file_format="svg")
    root, *rest = svg_elements(rendered(job).data)
    wanted = banner_spec(job).preset
    unit = "" if wanted.unit == "px" else "mm"
    assert (root.get("width"), root.get("height")) == (f"{wanted.width}{unit}", f"{wanted.height}{unit}")
    assert root.get("viewBox") == f"0 0 {wanted.width} {wanted.height}"
    tags = {tag(element) for element in rest}
    assert not tags & {"text", "image", "script", "foreignObject", "style", "a"}
    hrefs = [value for element in rest for key, value in element.attrib.items() if key.endswith("href")]
    assert all(value.startswith("#") for value in hrefs)
    titles = {tag(element): element.text for element in rest if tag(element) in {"title", "desc"}}
    assert titles == {"title": job.title, "desc": job.alt}
    check(job, rendered(job))


# --- print ----------------------------------------------------------------------------------------

TO_MM = 25.4 / 72
PAGES = ["poster-a4", "bang-ron-6000x800", "phuon-800x2500"]


def fonts_in(resources: Any) -> list[str]:
    """The names of all fonts below a PDF's resources."""
    entries = resources.get_object()
    found = list(entries.get("/Font", DictionaryObject()).get_object())
    for form in entries.get("/XObject", DictionaryObject()).get_object().values():
        found += fonts_in(form.get_object().get("/Resources", DictionaryObject()))
    return found


def sides(box: RectangleObject) -> tuple[float, float]:
    return float(box.width) * TO_MM, float(box.height) * TO_MM


@pytest.mark.parametrize("preset", PAGES)
def test_a_page_is_as_large_as_it_says_with_bleed_and_holds_no_font(preset: str) -> None:
    job = banner_job(preset, "brocade")
    wanted = banner_spec(job).preset
    reader = pypdf.PdfReader(io.BytesIO(rendered(job).data))
    (page,) = reader.pages
    scale = 10 if preset == "bang-ron-6000x800" else 1
    assert sides(page.trimbox) == pytest.approx((wanted.width / scale, wanted.height / scale), abs=0.05)
    bled = (wanted.width + 2 * wanted.bleed) / scale, (wanted.height + 2 * wanted.bleed) / scale
    assert sides(page.mediabox) == pytest.approx(bled, abs=0.05)
    assert float(page.trimbox.left - page.mediabox.left) * TO_MM == pytest.approx(
        wanted.bleed / scale, abs=0.01
    )
    assert fonts_in(page["/Resources"]) == []
    assert page.extract_text().strip() == ""
    assert reader.metadata is not None
    assert reader.metadata.title == job.title


@pytest.mark.parametrize("preset", PAGES)
def test_a_page_passes_its_gates_and_its_code_reads(preset: str) -> None:
    job = banner_job(preset, "brocade")
    findings = check(job, rendered(job))
    codes = rendered(job).facts.codes
    assert len(codes) == (preset != "bang-ron-6000x800")  # nobody can reach a code over a street
    scale = rendered(job).facts.scale
    assert findings.decoded == tuple((PROVINCE_URL, pytest.approx(code.module * scale)) for code in codes)
    draw = rendered(job).preview
    assert draw is not None
    preview = open_picture(draw())
    assert (preview.format, max(preview.size)) == ("WEBP", 480)


@pytest.mark.parametrize(
    ("preset", "theme"),
    [("poster-a4", theme) for theme in THEMES]
    + [("bang-ron-6000x800", "digital"), ("share-1200x630", "formal")],
)
def test_a_page_looks_like_the_picture(preset: str, theme: str) -> None:
    picture = read_picture(rendered(banner_job(preset, theme, file_format="png")).data)
    job = banner_job(preset, theme, file_format="pdf")
    wanted = banner_spec(job).preset
    page = Image.fromarray(page_pixels(rendered(job).data, 2500))
    across = page.width / (wanted.width + 2 * wanted.bleed)
    down = page.height / (wanted.height + 2 * wanted.bleed)
    canvas = Box(wanted.bleed, wanted.bleed, wanted.width, wanted.height)
    trim = (canvas.x * across, canvas.y * down, canvas.right * across, canvas.bottom * down)
    size = (600, round(600 * wanted.height / wanted.width))
    trimmed = page.resize(size, Image.Resampling.BOX, box=trim)
    small = Image.fromarray(picture).convert("RGB").resize(size, Image.Resampling.BOX)
    assert_same_renderings(np.asarray(trimmed), np.asarray(small), most=2)


def test_a_print_preset_as_picture_is_a_preview() -> None:
    image = open_picture(rendered(banner_job("poster-a4", "light", file_format="png")).data)
    assert max(image.size) == PRINT_PREVIEW_PX
    assert image.size[0] / image.size[1] == pytest.approx(210 / 297, abs=0.001)


@pytest.mark.parametrize("preset", PRINTED)
def test_ground_and_band_reach_the_bleed(preset: str) -> None:
    wanted = banner_spec(banner_job(preset)).preset
    assert wanted.bleed > 0
    assert wanted.page_scale == (10 if wanted.width > 5080 else 1)


def test_the_bleed_is_painted_on_all_sides() -> None:
    for theme in THEMES:
        page = page_pixels(rendered(banner_job("poster-a4", theme)).data, 660).astype(int)
        edges = (page[2], page[-3], page[:, 2], page[:, -3])
        inner = (page[12], page[-13], page[:, 12], page[:, -13])
        for edge, line in zip(edges, inner, strict=True):
            white = (edge == 255).all(axis=1).mean() - (line == 255).all(axis=1).mean()
            assert white < 0.1, theme


# --- sameness and difference ----------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["png", "jpg", "webp", "svg", "pdf"])
def test_same_job_same_bytes(file_format: str) -> None:
    job = banner_job("rectangle-300x250", "brocade", "01-11", file_format)
    first = rendered(job)
    drawn_between = signed_by(job, "Sở Y tế")
    rendered.cache_clear()
    rendered(drawn_between)
    again = rendered(job)
    assert again is not first
    assert again.data == first.data
    assert again == first


@pytest.mark.parametrize("preset", ["portal-popup-800x600", "leaderboard-728x90", "button-120x60"])
def test_no_two_themes_or_days_come_out_the_same(preset: str) -> None:
    pictures: dict[str, Pixels] = {
        f"{theme} {day}": read_picture(rendered(banner_job(preset, theme, day, "png")).data)[..., :3]
        for theme in THEMES
        for day in DAYS
    }
    assert len(pictures) == 8
    assert_different_renderings(pictures, least=1.0)
    for theme in THEMES[1:]:
        assert difference(pictures["digital 10-10"], pictures[f"{theme} 10-10"]) > 20


def test_a_picture_over_its_budget_is_an_error_by_name() -> None:
    job = banner_job("share-1200x630", file_format="jpg")
    preset = banner_spec(job).preset.model_copy(update={"max_bytes": 5_000})
    with pytest.raises(GateError, match="share-1200x630"):
        rendered(replace(job, spec=replace(banner_spec(job), preset=preset)))


def test_a_tight_budget_costs_quality_and_says_so() -> None:
    job = banner_job("share-1200x630", file_format="jpg")
    best = rendered(job)
    preset = banner_spec(job).preset.model_copy(update={"max_bytes": len(best.data) - 1})
    lighter = rendered(replace(job, spec=replace(banner_spec(job), preset=preset)))
    assert len(lighter.data) < len(best.data)
    assert dict(best.facts.notes)["encoder"] == "jpg quality 90"
    assert dict(lighter.facts.notes)["encoder"] == "jpg quality 84"


def test_every_line_of_type_is_in_the_font() -> None:
    for day in DAYS:
        for line in layout(banner_job("share-1200x630", day=day))[0].lines:
            assert shaper().missing(line.text, line.weight) == []


# --- language --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "job",
    [
        banner_job("share-1200x630", file_format="svg"),
        banner_job("poster-a4", file_format="svg"),
        frame_job("ring", 1080, file_format="svg"),
        qr_job("svg"),
    ],
    ids=["screen", "print", "frame", "code"],
)
def test_an_svg_says_its_language(job: Job) -> None:
    root = re.match(rb"<svg [^>]*>", rendered(job).data)
    assert root is not None
    assert b' lang="vi" xml:lang="vi"' in root[0]


@pytest.mark.parametrize(
    "job", [banner_job("poster-a4", file_format="pdf"), qr_job("pdf")], ids=["print", "code"]
)
def test_a_pdf_says_its_language(job: Job) -> None:
    assert pypdf.PdfReader(io.BytesIO(rendered(job).data)).root_object["/Lang"] == "vi"
